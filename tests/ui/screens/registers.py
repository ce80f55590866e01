"""Registers outside cases: all of them, one with its lines, a line, the page on which one is written."""

from __future__ import annotations

from datetime import timedelta

from dsl_desk.rehearsal.stage import Stage
from tests.ui.screens.story import Story


def play(story: Story) -> None:
    """Changes of the filter that wait, ran out and are closed; a breach whose hours run."""
    told: dict[str, str] = {}

    def act(stage: Stage) -> None:
        registers, now = stage.desk.registers, stage.desk.book.now().local
        today, before = now.date(), now.date() - timedelta(days=9)
        asked = {
            "site": "Example video site", "change": "temporary", "starts": before.isoformat(),
            "ends": (today - timedelta(days=1)).isoformat(), "reason": "Films on volcanoes for geography.",
            "group": "Year 5", "requester": "Sam Sample", "requester_post": "Teacher", "asked_on": before.isoformat(),
        }  # fmt: skip
        one = registers.record("filter-changes", asked)
        decided = {"decision": "granted", "decision_reason": "Needed for lessons", "decided_on": before.isoformat()}
        registers.follow("filter-changes", one, "decided", decided)
        registers.follow("filter-changes", one, "applied", {"applied_by": "IT", "applied_on": before.isoformat()})
        registers.correct("filter-changes", one, {"group": "Year 6"}, "It was the other class")
        registers.record("filter-changes", {**asked, "site": "Games", "change": "block"})
        registers.record("data-breaches", {
            "known_at": (now - timedelta(hours=29)).isoformat(timespec="minutes"), "cause": "astray",
            "what": "A class list went to the wrong parent by e-mail.", "data": "30 pupils of Year 4",
            "contained": "Rang the parent; it was deleted unread.", "told_by": "Sam Sample",
        })  # fmt: skip
        told["one"] = one

    story.play(act)
    story.at.window.place_requested.emit("registers")
    story.at.on("Registers")
    story.shoot("registers")
    registers = story.desk.registers
    registers.open_register("filter-changes")
    story.at.on("Filter changes")
    story.shoot("register")
    registers.open_item("filter-changes", told["one"])
    story.at.on("Example video site")
    story.shoot("register-item")
    registers.open_register("data-breaches")
    story.at.on("Data breaches")
    story.at.press("Record a data breach…")
    story.at.on("Record a data breach")
    story.shoot("register-form")

"""Registers outside cases: all of them, one with its lines, a line, the page on which one is written."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from dsl_desk.rehearsal.stage import Stage
from dsl_desk.ui.registers.own_pages import OWN_PAGES
from tests.ui.screens.story import Story

TABLE = (
    "Term,Kept in which system,Asked for,Granted,Refused,For a time,Still unblocked after their day,"
    "Decided by who asked\n"
    "Spring 2026,IT tickets,14,9,5,3,0,0\n"
    "Summer 2026,IT tickets,11,8,3,2,1,0\n"
)


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
    registers.open_register("filter-counts")
    story.at.until(lambda: story.at.has("Bring a table…"), "a register that takes a table")
    story.at.press("Bring a table…")
    story.at.file(_table(story))
    story.at.on("Record these lines?")
    story.shoot("register-table-brought")


def _table(story: Story) -> Path:
    """Numbers of two terms, as whoever keeps the requests would save them."""
    path = story.stage.out / "counts.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def named(story: Story) -> None:
    """The four registers whose lines have a page of their own."""
    told: dict[str, str] = {}

    def act(stage: Stage) -> None:
        registers, now = stage.desk.registers, stage.desk.book.now().local
        today, ahead = now.date().isoformat(), (now.date() + timedelta(days=14)).isoformat()
        told["filtering-checks"] = registers.record("filtering-checks", {
            "checked_on": today, "checked_by": "Sam Sample", "witness": "Robin Example", "trigger": "planned",
            "system": "filtering", "device": "Pupil tablet 14", "place": "on-site", "group": "pupils",
            "channel": "Example browser", "tests": "The test page of the provider.", "result": "fault",
            "expected": "It is blocked.", "actual": "It opened.", "action": "Ask the provider to mend it.",
            "owner": "IT provider", "action_by": ahead, "next_on": ahead,
        })  # fmt: skip
        told["monitoring-alerts"] = alert = registers.record("monitoring-alerts", {
            "seen_at": today, "source": "alert", "system": "Example monitoring", "group": "pupils",
            "about": "A search for gift cards, many times in one lesson.", "rank": "today", "look_by": today,
        })  # fmt: skip
        registers.follow("monitoring-alerts", alert, "outcome", {
            "outcome": "case", "case": stage.references[0], "outcome_words": "It fits what was told.",
            "outcome_on": today,
        })  # fmt: skip
        told["removable-media"] = registers.record("removable-media", {
            "medium": "Encrypted stick no. 3", "owner": "school", "holder": "Sam Sample", "encrypted": "yes",
            "purpose": "To hand a pack to the police.", "data": "One evidence pack.", "checked": "no",
            "asked_on": today,
        })  # fmt: skip
        told["data-breaches"] = registers.record("data-breaches", {
            "known_at": (now - timedelta(hours=29)).isoformat(timespec="minutes"), "cause": "lost",
            "what": "A class list was left on a bus.", "data": "30 pupils of Year 4",
            "contained": "Rang the company; it was found.", "told_by": "Sam Sample",
        })  # fmt: skip

    story.play(act)
    for register, item in told.items():
        story.desk.registers.open_item(register, item)
        _until_page(story, register)
        story.shoot(f"register-{register}")


def _until_page(story: Story, register: str) -> None:
    story.at.until(lambda: isinstance(story.at.page, OWN_PAGES[register]), register)

"""What is due in the real window: late first on Home, at the case, explained there; term dates told in Settings."""

import os
from datetime import timedelta

from PySide6.QtWidgets import QPlainTextEdit

from dsl_desk.domain.wider_entries import DateSet, DeadlineMissed
from dsl_desk.ui.case.deadlines import DueInCase
from tests.services.scenes import begun
from tests.services.test_deadlines import TERMS, allegation
from tests.ui.desk.test_home import HOME, open_desk
from tests.ui.walk import walk

__all__ = ["open_desk"]
SIZES = ((1366, 768), (683, 384))
"""As most laptops show it, and the same with words of twice the size."""


def titles(hands):
    return [row.text() for row in hands.rows()]


def walked(hands, name=""):
    if name and (folder := os.environ.get("DSL_DESK_PICTURES")):
        for width, height in SIZES:
            hands.window.resize(width, height)
            hands.quiet()
            hands.window.grab().save(f"{folder}/{name}-{width}.png")
    for width, height in SIZES:
        hands.window.resize(width, height)
        hands.quiet()
        assert walk(hands.window) == [], (width, height)
    hands.window.resize(*SIZES[0])
    hands.quiet()


def dated(stage, days):
    """A case in which a meeting was due so many days from now."""
    ref, now = begun(stage, summary="Unkind words in a game"), stage.around.clock.now().local
    day = (now.date() + timedelta(days=days)).isoformat()
    stage.desk.work.note(ref.strand, DateSet(what="Strategy meeting", on=day))
    return ref


def test_what_is_late_stands_first_and_falls_away_once_it_is_explained(stage, open_desk):
    stage.sign_in("dsl")
    lado = allegation(stage)
    ref = dated(stage, -3)
    hands = open_desk()
    halted, late, *others = titles(hands)
    assert (halted, late) == (f"{lado.reference} is halted", f"A date that others set: {ref.reference}")
    assert f"Ring the LADO: {lado.reference}" in others
    assert "Was due" in hands.rows()[1].accessibleName()
    walked(hands, "home")

    hands.rows()[1].click()
    hands.on(ref.reference)
    (part,) = hands.page.findChildren(DueInCase)
    assert part.missed is not None
    walked(hands, "case")
    part.missed.click()
    hands.on("Why it was late")
    walked(hands, "why")
    hands.press("Save and go on")
    hands.quiet()
    assert "Choose what was late" in hands.errors()
    hands.choose("What was late", "A date that others set")
    hands.type("Why", "Nobody told us the new day.")
    hands.press("Save and go on")
    hands.on(ref.reference)
    (told,) = hands.ask(lambda desk: desk.book.load(ref.strand).told(DeadlineMissed))
    assert (told.data.reason, told.data.deadline) == ("Nobody told us the new day.", "date")
    assert told.by == (stage.accounts["dsl"],)
    hands.press("Home")
    hands.on(HOME)
    hands.quiet()
    assert not any(ref.reference in title for title in titles(hands))


def test_term_dates_are_told_in_settings_and_what_was_understood_is_said(stage, open_desk):
    stage.sign_in("dsl")
    hands = open_desk()
    hands.press("Settings")
    hands.on("Settings")
    (row,) = [row for row in hands.rows() if row.text() == "Term dates"]
    assert "Missing" in row.accessibleName()
    row.click()
    hands.on("Term dates")
    walked(hands)

    hands.type("Terms", "Autumn")
    hands.press("Save")
    hands.quiet()
    assert hands.errors()[0].startswith("Line 1 could not be read")
    (area,) = [one for one in hands.page.findChildren(QPlainTextEdit) if one.accessibleName() == "Terms"]
    area.setPlainText(TERMS)
    hands.press("Save")
    hands.until(lambda: "School from Thursday 3 September 2026" in hands.words(), "the terms read back")
    walked(hands, "terms")
    assert hands.ask(lambda desk: len(desk.deadlines.calendar().terms)) == 2

"""Low-level concerns in the window: the Headteacher's line among the registers, patterns, and taking one up."""

from dsl_desk.domain.words import Grade
from tests.ui.registers.test_registers import go, sound


def record(hands, about):
    hands.press("Record a concern…")
    hands.on("Record a low-level concern")
    hands.type("Whom it is about", about)
    hands.type("What they do here", "Teaching assistant")
    hands.type("When it happened, or “not known”", "not known")
    hands.type("When it was shared with you", "today")
    hands.press("They told it themselves", "Who shared it")
    hands.type("What happened, in plain words", "Was alone with a pupil.")
    hands.type("The context", "After a club.")
    hands.type("Why it is plainly low-level", "The door had a window.")
    hands.press("Record this entry")
    hands.on("Low-level concerns")


def test_the_headteacher_records_sees_a_pattern_and_takes_one_up(registers, stage):
    hands = registers("head")
    go(hands, "Low-level concerns")
    sound(hands)
    record(hands, "Sedge Alder")
    record(hands, "Ms S. Alder")
    hands.open_row("Sedge Alder")
    hands.on("Sedge Alder")
    assert "Another concern stands here about this name." in hands.words()
    sound(hands)
    hands.press("Not low-level any more")
    hands.on("Take it up as an allegation")
    assert "Ring the LADO first." in hands.words()
    sound(hands)
    hands.press("Begin the case")
    hands.quiet()
    assert "Write why it is no longer plainly low-level" in hands.errors()
    hands.type("Why it is no longer plainly low-level", "A pupil was hurt.")
    hands.press("Begin the case")
    hands.comes("MI-")
    strand = hands.opened.desk.case.strand
    assert hands.ask(lambda services: services.book.load(strand).grade) is Grade.POLICE_FIRST


def test_nobody_else_sees_that_there_is_one(registers, stage):
    stage.sign_in("head")
    hands = registers("dsl")
    assert not [row for row in hands.rows() if "Low-level" in row.text()]

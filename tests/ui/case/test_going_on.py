"""Enter in the last field does what the main button does, where nothing final is done by habit; and on from there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from dsl_desk.domain.case_entries import AccessRecorded, DeviceNamed, PurposeRecorded
from dsl_desk.domain.case_words import Agency, Effect, HoldBack
from dsl_desk.domain.follow_up_entries import AdviceRecorded, DeviceSecured, HoldBackSet
from dsl_desk.domain.words import Grade
from dsl_desk.ui.case.by_two import ApplyPanel
from dsl_desk.ui.halt import HaltState
from dsl_desk.ui.review.before_panels import DeclarePanel
from tests.services.scenes import looking
from tests.ui.case.test_case_place import begun
from tests.ui.walk import walk

PAIR = ("dsl", "deputy")


def to_declare(bench, *, declared=()):
    def act(desk):
        strand, review = begun(desk), desk.review
        secured = DeviceSecured(device="A tablet", held_by="Pat Example", place="Safe")
        desk.work.secure_device(strand, secured)
        desk.work.hold_back(strand, HoldBackSet(party="press", decision=HoldBack.WAIT, reason="not yet"))
        for name in PAIR:
            review.name_reviewer(strand, bench.stage.accounts[name])
        review.name_device(
            strand, DeviceNamed(make="Made Up", serial="1", location="office", state="off", this_laptop=False)
        )
        review.record_access(strand, AccessRecorded(access="filtered", granted_by="somebody"))
        review.record_purpose(strand, PurposeRecorded(reason="report", purpose="to see what is offered"))
        for name in declared:
            review.declare(strand, bench.stage.proves(name))
        return strand

    strand = bench.on_store(act)
    bench.tasks.open_part(strand, "both_declared")
    bench.rest()
    return strand


def sign(bench, proof, name):
    """Sign-in name, Enter, passphrase, Enter."""
    secret = bench.stage.cast.secret(name)
    proof.name.setFocus()
    bench.type(secret.sign_in_name)
    bench.key(Qt.Key.Key_Return)
    assert bench.focused is proof.passphrase.editor
    bench.type(secret.passphrase)
    bench.key(Qt.Key.Key_Return)
    bench.rest()


def test_both_declare_with_enter_and_the_main_button_leads_on_to_the_looking(bench):
    strand = to_declare(bench)
    for count, name in enumerate(PAIR, 1):
        assert isinstance(bench.page, DeclarePanel)
        sign(bench, bench.page.proof, name)
        case = bench.on_store(lambda desk: desk.book.load(strand))
        assert len(case.declared()) == count
    assert walk(bench.window) == []

    bench.go_on()

    bench.waits_for("Begin a review session")


def test_enter_without_a_passphrase_signs_nothing_and_leads_to_the_button(bench):
    strand = to_declare(bench)
    page = bench.page
    page.proof.passphrase.setFocus()
    bench.key(Qt.Key.Key_Return)
    assert bench.focused is page.primary
    assert bench.on_store(lambda desk: desk.book.load(strand)).declared() == ()


def test_the_way_back_from_what_was_gone_on_to_leads_to_the_case_as_it_stands(bench):
    to_declare(bench, declared=PAIR)
    bench.go_on()
    bench.waits_for("Begin a review session")
    bench.press("Back to")
    bench.waits_for("MI-")
    assert bench.case.panel.go.text().endswith("11")


def test_what_opens_a_stop_is_not_signed_by_enter(bench):
    strand = bench.on_store(lambda desk: begun(desk, grade="5b"))
    advice = AdviceRecorded(
        who="Officer 1", agency=Agency.POLICE, at="now", words="Go on.", effect=Effect.SCHOOL_MAY_PROCEED
    )
    bench.on_store(lambda desk: desk.advice.record(strand, advice))
    bench.tasks.open_part(strand, "apply_advice")
    bench.rest()
    page = bench.page
    assert isinstance(page, ApplyPanel)
    page.which.editor.setCurrentIndex(1)
    page.reason.set_text("They said so.")
    sign(bench, page.both.first, "dsl")
    assert bench.focused is page.both.second.name.editor
    sign(bench, page.both.second, "head")
    assert bench.page is page
    assert bench.focused is page.primary
    assert bench.on_store(lambda desk: desk.book.load(strand)).grade is Grade.POLICE_FIRST

    bench.key(Qt.Key.Key_Return)
    bench.rest()

    assert bench.on_store(lambda desk: desk.book.load(strand)).grade is Grade.OPEN


def test_going_on_in_a_case_that_stopped_this_laptop_leads_to_the_stop_page_and_to_no_form(bench):
    def stopped_here(desk):
        strand = looking(bench.stage, this_laptop=True)
        desk.halt.stop(strand, Grade.STOP_IMAGES, where="review")
        return strand

    strand = bench.on_store(stopped_here)
    try:
        bench.case.open_next(strand)
        bench.rest()

        assert bench.window.halt.state is HaltState.STOPPED
        assert bench.case.form is None
        assert bench.page is bench.case.panel
    finally:
        bench.window.release()


def test_who_must_not_be_told_stands_on_the_page_that_going_on_leads_to(bench):
    strand = to_declare(bench)
    before = bench.page.hold_back
    assert before is None

    bench.case.open_next(strand)
    bench.rest()

    assert isinstance(bench.page, DeclarePanel)
    assert bench.page.hold_back is not None
    shown = [text.text() for text in bench.page.hold_back.findChildren(QLabel)]
    assert any("Press" in words for words in shown), shown

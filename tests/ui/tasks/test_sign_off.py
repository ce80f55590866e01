"""Judgement and signature by two, through the real pages, on a real desk."""

from __future__ import annotations

from PySide6.QtCore import Qt

from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.papers.panel import PaperPanel
from dsl_desk.ui.sign_off.judge_panel import ActPanel, ConcludePanel, JudgePanel, WaitsPanel
from dsl_desk.ui.sign_off.sign_panel import SignPanel
from tests.ui.tasks.played import shown
from tests.ui.walk import walk


def test_each_judges_alone_and_the_first_does_not_see_the_others_words(at, qtbot):
    played = at("looked")
    assert played.tasks.open_part(played.strand, "both_judged")
    page = shown(played, qtbot, JudgePanel)

    page.primary_requested.emit()
    assert page.errors.isVisible()

    page.choice.set_key("substance")
    page.reasons.set_text("Both offers are there to read.")
    page.primary_requested.emit()
    waits = shown(played, qtbot, WaitsPanel)
    assert waits.primary is not None
    played.window.set_lock_page(Page(PageKind.GATE, "Unlock the desk"))
    waits.primary.click()
    assert played.window.is_locked
    played.window.unlocked("Deputy Example")
    played.on_store(qtbot, lambda stage: stage.sign_in("deputy"))
    played.tasks.open_part(played.strand, "both_judged")
    page = shown(played, qtbot, JudgePanel)
    page.choice.set_key("cannot_tell")
    page.reasons.set_text("A payment is not shown.")
    page.primary_requested.emit()
    page = shown(played, qtbot, ConcludePanel)

    page.conclusion.set_text("Substance as to the names.")
    page.primary_requested.emit()
    assert page.errors.isVisible()
    page.disagreement.set_text("Whether the trading has substance.")
    page.primary_requested.emit()
    concluded = shown(played, qtbot, WaitsPanel)
    assert concluded.primary is not None
    with qtbot.waitSignal(played.tasks.next_requested) as asked:
        concluded.primary.click()
    assert asked.args == [played.strand]
    case = played.case(qtbot)
    assert case.conclusion().data.reviewers_differ
    assert {told.data.judgement.value for told in case.current_judgements()} == {"substance", "cannot_tell"}

    assert played.tasks.open_part(played.strand, "action")
    page = shown(played, qtbot, ActPanel)
    with qtbot.waitSignal(played.tasks.left):
        for field in page._needed:
            field.set_text("Friday")
        page.primary_requested.emit()


def test_two_sign_each_with_their_own_passphrase(at, qtbot):
    played = at("judged")
    assert played.tasks.open_part(played.strand, "signed_by_both")
    for name, place in (("dsl", 1), ("deputy", 2)):
        page = shown(played, qtbot, SignPanel)
        page.read.click()
        paper = shown(played, qtbot, PaperPanel)
        assert paper.document.pageCount() >= 1
        paper.back_requested.emit()
        page = shown(played, qtbot, SignPanel)
        page.agree.setChecked(True)
        played.prove(page.proof, name)
        if place == 1:
            page.proof.passphrase.set_text("not this one")
            page.primary_requested.emit()
            qtbot.waitUntil(lambda page=page: page.errors.isVisible())
            assert page.proof.passphrase.text() == ""
            played.prove(page.proof, name)
        page.primary_requested.emit()
        qtbot.waitUntil(lambda page=page: played.window.page is not page)
    page = shown(played, qtbot, SignPanel)

    assert played.case(qtbot).sign_off_state().is_valid
    page.ink.click()
    shown(played, qtbot, PaperPanel)


def test_nobody_signs_what_was_not_read(at, qtbot):
    played = at("judged")
    played.tasks.open_part(played.strand, "signed_by_both")
    page = shown(played, qtbot, SignPanel)
    page.agree.setChecked(True)
    played.prove(page.proof, "dsl")

    with qtbot.assertNotEmitted(page.sign_requested):
        qtbot.mouseClick(page.sign, Qt.MouseButton.LeftButton)

    assert page.errors.isVisible()


SIZES = {"100%": (1366, 768), "200%": (683, 384)}


def test_every_page_of_judging_and_signing_can_be_named_reached_hit_and_read(at, qtbot, qapp):
    played = at("judged")
    faults = {}
    for kind in ("both_judged", "action", "signed_by_both"):
        before = played.window.page
        played.tasks.open_part(played.strand, kind)
        qtbot.waitUntil(lambda before=before: played.window.page is not before)
        for size, room in SIZES.items():
            played.window.resize(*room)
            for _ in range(6):
                qapp.processEvents()
            if found := walk(played.window):
                faults[kind, size] = found

    assert faults == {}

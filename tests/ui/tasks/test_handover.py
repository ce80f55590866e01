"""Three kinds of pack through the real pages: written, read back, verified, and a receipt for them."""

from __future__ import annotations

from dsl_desk.domain.words import PackKind
from dsl_desk.ui.handover.done_panel import DonePanel
from dsl_desk.ui.handover.plan_panel import PlanPanel
from dsl_desk.ui.handover.writing_panel import WritingPanel
from dsl_desk.ui.papers.panel import PaperPanel
from tests.ui.tasks.played import settle, shown
from tests.ui.walk import walk


def plan(played, qtbot, *, how: str = "by_hand", kind: str = "as-it-stands", people=("dsl",), before=None):
    played.tasks.open_pack(played.strand)
    qtbot.waitUntil(lambda: isinstance(played.window.page, PlanPanel) and played.window.page is not before)
    page = played.window.page
    if page.which is not None:
        page.which.set_key(kind)
        page.which.chosen.emit(kind)
    page.how.set_key(how)
    page.how.chosen.emit(how)
    page.name.set_text("Example Police")
    page.medium.set_text("encrypted stick no. 3")
    page.seal.set_text("B-1")
    page.set_folder(played.stage.handover)
    for fields, name in zip((page.first, page.second), people, strict=False):
        played.prove(fields, name)
    return page


def test_a_signed_off_pack_is_written_verified_and_signed_for(at, qtbot):
    played = at("signed")
    page = plan(played, qtbot, kind="signed-off", people=("dsl", "deputy"))
    page.primary_requested.emit()
    assert isinstance(played.window.page, WritingPanel)
    assert page.first.passphrase.text() == ""

    page = shown(played, qtbot, DonePanel)
    page.verify.click()
    qtbot.waitUntil(page.verify.isEnabled)
    assert "every signature holds" in page._notice.words
    page.primary_requested.emit()
    shown(played, qtbot, PaperPanel).back_requested.emit()
    page.received_by.set_text("the officer at the counter")
    page.record.click()
    qtbot.waitUntil(lambda: page.receipt.text() == "Recorded")

    case = played.case(qtbot)
    assert [pack.kind for pack in case.packs] == [PackKind.SIGNED_OFF]
    assert case.packs[0].sealed_at


def test_nothing_is_written_before_every_field_is_answered_and_the_passphrase_fits(at, qtbot):
    played = at("concern")
    played.tasks.open_pack(played.strand)
    page = shown(played, qtbot, PlanPanel)
    with qtbot.assertNotEmitted(page.make_requested):
        page.primary_requested.emit()
    assert len(page.errors.links) == 5
    page = plan(played, qtbot, before=page)
    page.first.passphrase.set_text("not this one")
    page.primary_requested.emit()

    qtbot.waitUntil(lambda: played.window.page is page and page.errors.isVisible())

    assert page.first.passphrase.text() == ""
    assert list(played.stage.handover.iterdir()) == []


def test_a_cancelled_pack_leaves_nothing_on_the_medium_and_is_on_record(at, qtbot):
    played = at("concern")
    page = plan(played, qtbot)
    page.primary_requested.emit()
    writing = shown(played, qtbot, WritingPanel)
    writing.cancel.click()

    qtbot.waitUntil(lambda: played.window.page is page)

    assert list(played.stage.handover.iterdir()) == []
    assert all(not pack.is_unfinished for pack in played.case(qtbot).packs)


def test_every_page_of_a_pack_can_be_named_reached_hit_and_read(at, qtbot, qapp):
    played = at("concern")
    faults: list[object] = []

    def look(name):
        for size in ((1366, 768), (683, 384)):
            played.window.resize(*size)
            settle(qapp)
            faults.extend((name, size, one) for one in walk(played.window))

    page = plan(played, qtbot, how="aes_zip")
    look("plan")
    page.primary_requested.emit()
    page = shown(played, qtbot, DonePanel)
    assert page.code.isVisible()
    assert len(list(played.stage.handover.glob("*.zip"))) == 1
    look("done")
    page.primary_requested.emit()
    shown(played, qtbot, PaperPanel)
    look("paper")

    assert faults == []

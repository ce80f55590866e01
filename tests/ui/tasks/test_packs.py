"""The register of packs: found again, verified again, signed for with a scan; nothing of others' cases."""

from __future__ import annotations

from dsl_desk.domain.follow_up_entries import ReceiptAttached
from dsl_desk.domain.words import PackKind
from dsl_desk.services.handover import Handover
from dsl_desk.ui.packs.panel import PackPanel, PacksPanel
from dsl_desk.ui.packs.presenter import PacksPresenter
from tests.ui.tasks.played import settle, shown
from tests.ui.walk import walk, walk_in_each_size


def make_pack(played, stage):
    plan = Handover(
        kind=PackKind.AS_IT_STANDS, folder=stage.handover, medium="encrypted stick no. 5", recipient="police",
        recipient_name="Example Police",
    )  # fmt: skip
    return stage.desk.handover.make(played.strand, plan, [stage.proves("dsl")]).pack


def test_a_pack_is_found_again_verified_again_and_signed_for_with_its_scan(at, qtbot, qapp, tmp_path):
    played = at("concern")
    folder = played.on_store(qtbot, lambda stage: make_pack(played, stage))
    played.tasks.open_packs()
    page = shown(played, qtbot, PacksPanel)
    assert walk_in_each_size(played.window, lambda: settle(qapp)) == []
    page.finder.set_text("nobody at all")
    assert page._shown == ()
    page.finder.set_text("example police")
    assert [line.receipt for line in page._shown] == [""]
    page.table.row_opened.emit(0)
    one = shown(played, qtbot, PackPanel)
    settle(qapp)
    assert walk(played.window) == []

    presenter: PacksPresenter = played.tasks.packs
    presenter.check(one, folder, one._line)
    qtbot.waitUntil(lambda: one.verdict is not None)
    assert "complete and unchanged" in _said(one)

    one.ask.button.click()
    assert len(one.errors.links) == 2
    scan = tmp_path / "receipt.png"
    scan.write_bytes(played.stage.cast.file("trading-page.png").read_bytes())
    one.received_by.set_text("PC 1234 Example")
    presenter._receipt(one, one._line, "PC 1234 Example", "LOG-1", scan)
    qtbot.waitUntil(lambda: played.window.page is not one)
    again = shown(played, qtbot, PackPanel)
    assert again._line.has_scan
    kept = played.case(qtbot).latest(ReceiptAttached).data
    assert (kept.received_by, kept.pack, kept.media_type, kept.size) == (
        "PC 1234 Example", 1, "image/png", scan.stat().st_size,
    )  # fmt: skip


def _said(page):
    return " ".join(child.text() for child in page.verdict.findChildren(type(page.title)))

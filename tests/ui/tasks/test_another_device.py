"""The looking moves to another device between sessions: with the reason, signed by a reviewer."""

from __future__ import annotations

from dsl_desk.domain.case_entries import DeviceChanged
from dsl_desk.ui.review.device import OTHER, ChangeDevicePanel
from tests.ui.tasks.played import settle, shown
from tests.ui.walk import walk_in_each_size


def test_another_device_is_named_with_the_reason_and_signed(at, qtbot, qapp):
    played = at("looked")
    played.tasks.open_part(played.strand, "change_device")
    page = shown(played, qtbot, ChangeDevicePanel)
    page.which.editor.set_key(OTHER)
    assert walk_in_each_size(played.window, lambda: settle(qapp)) == []
    page.primary_requested.emit()
    assert len(page.errors.links) == 9
    page.reason.set_text("The first one would not start.")
    page.make.set_text("Acorn 9")
    page.serial.set_text("EX-0099")
    page.location.set_text("Room 4")
    page.state.set_text("Switched off")
    page.mine.editor.set_key("no")
    page.pupils.editor.set_key("no")
    secret = played.stage.cast.secret("dsl")
    page.proof.name.set_text(secret.sign_in_name)
    page.proof.passphrase.set_text(secret.passphrase)
    page.primary_requested.emit()
    qtbot.waitUntil(lambda: played.tasks.device.page is None or bool(page._notice.words))
    assert played.tasks.device.page is None, page._notice.words
    told = played.case(qtbot).latest(DeviceChanged).data
    assert (told.make, told.reason) == ("Acorn 9", "The first one would not start.")
    assert played.case(qtbot).device.serial == "EX-0099"

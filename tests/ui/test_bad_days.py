"""What is wrong with disk, stick, key store or desk is said in the window: what happened, what was kept, what to do."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLineEdit

from dsl_desk.domain.errors import DiskFullError
from dsl_desk.store import backup, migrations
from dsl_desk.store.device_secret import KeyringLockedError, NoKeyringError
from dsl_desk.ui.desk.care_page import CarePage
from dsl_desk.ui.widgets import Notice
from tests.desks import set_up_once, stage
from tests.services.scenes import judged
from tests.ui.opened import Hands, remember
from tests.ui.walk import walk

__all__ = ["set_up_once", "stage"]

HOME = "What is waiting for me"


class RefusingKeyring:
    """A key store that answers with an error."""

    def __init__(self, error: type[Exception]) -> None:
        self._error = error

    def get(self, _name: str) -> str | None:
        raise self._error

    def set(self, _name: str, _value: str) -> None:
        raise self._error


@pytest.fixture
def open_window(qapp, theme, stage):
    made = []

    def opened(**changes) -> Hands:
        around = replace(stage.around, **changes)
        remember(around, stage.desk_folder)
        made.append(Hands(qapp, around))
        made[0].on("Unlock the desk")
        return made[0]

    yield opened
    for hands in made:
        hands.close()


def try_in(hands, stage, name="dsl") -> None:
    secret = stage.cast.secret(name)
    hands.unlock(secret.sign_in_name, secret.passphrase)


def said(hands) -> str:
    return " ".join(notice.words for notice in hands.page.findChildren(Notice) if notice.isVisible())


def told_at_the_door(hands, words: str) -> None:
    """The sentence stands on the page, no field is blamed for it, and the passphrase is forgotten."""
    hands.until(lambda: words in said(hands), words)
    assert not hands.page.errors.isVisible()
    assert all(not line.text() for line in hands.page.findChildren(QLineEdit) if "passphrase" in line.accessibleName())
    hands.quiet()
    assert walk(hands.window) == []


@pytest.mark.parametrize(
    ("error", "words"), [(KeyringLockedError, "locked"), (NoKeyringError, "no key store")], ids=["locked", "absent"]
)
def test_a_key_store_that_is_locked_or_absent_leads_to_one_code_and_says_why(open_window, stage, error, words):
    hands = open_window(keyring=RefusingKeyring(error))
    try_in(hands, stage)
    hands.on("One recovery code")
    assert words in said(hands)
    hands.quiet()
    assert walk(hands.window) == []


def test_a_second_window_on_the_same_desk_is_told_so(open_window, stage):
    stage.sign_in("dsl")
    hands = open_window()
    try_in(hands, stage, "deputy")
    told_at_the_door(hands, "already open")


def test_a_desk_of_a_newer_program_is_not_touched(open_window, stage, monkeypatch):
    hands = open_window()
    before = (stage.desk_folder / "desk.db").read_bytes()
    monkeypatch.setattr(migrations, "LATEST", 0)
    try_in(hands, stage)
    told_at_the_door(hands, "newer version")
    assert (stage.desk_folder / "desk.db").read_bytes() == before


def test_a_damaged_file_of_records_is_said_and_left_as_it_is(open_window, stage):
    file = stage.desk_folder / "desk.db"
    spoiled = bytearray(file.read_bytes())
    spoiled[4096:8192] = bytes(4096)
    file.write_bytes(spoiled)
    hands = open_window()
    try_in(hands, stage)
    told_at_the_door(hands, "Nothing was changed")
    assert file.read_bytes() == spoiled


def test_a_desk_whose_records_are_gone_is_not_made_anew(open_window, stage):
    (stage.desk_folder / "desk.db").unlink()
    hands = open_window()
    try_in(hands, stage)
    hands.until(lambda: bool(said(hands)), "a sentence")
    assert not (stage.desk_folder / "desk.db").exists()
    hands.quiet()
    assert walk(hands.window) == []


def test_a_stick_that_was_taken_away_leaves_the_desk_as_it_was(open_window, stage, tmp_path):
    hands = open_window()
    try_in(hands, stage)
    hands.on(HOME)
    hands.opened.desk.care.back_up(tmp_path / "gone" / "stick")
    hands.until(lambda: isinstance(hands.page, CarePage) and hands.page.verdict is not None, "an end")
    told = hands.page.verdict.accessibleName()
    assert "could not be finished" in told
    assert str(tmp_path) not in told
    hands.quiet()
    assert walk(hands.window) == []
    hands.press("Go to Home")
    hands.on(HOME)


def test_a_stick_pulled_out_while_it_is_written_is_said_and_the_desk_goes_on(open_window, stage, tmp_path, monkeypatch):
    stick = tmp_path / "stick"
    stick.mkdir()
    write = backup._write_set

    def pulled(*given):
        shutil.rmtree(stick)
        return write(*given)

    monkeypatch.setattr(backup, "_write_set", pulled)
    hands = open_window()
    try_in(hands, stage)
    hands.on(HOME)
    hands.opened.desk.care.back_up(stick)
    hands.until(lambda: isinstance(hands.page, CarePage) and hands.page.verdict is not None, "an end")
    told = hands.page.verdict.accessibleName()
    assert "could not be finished" in told
    assert "unchanged" in told
    assert str(tmp_path) not in told
    assert not stick.exists()

    monkeypatch.undo()
    stick.mkdir()
    hands.opened.desk.care.back_up(stick)
    hands.until(
        lambda: hands.page.verdict is not None and "finished" in hands.page.verdict.accessibleName(), "a backup"
    )
    assert "could not" not in hands.page.verdict.accessibleName()


def test_a_backup_says_apart_what_is_shut_away_and_what_is_damaged(open_window, stage, tmp_path):
    stage.sign_in("dsl")
    judged(stage)
    stage.lock()
    blobs = [file for file in (stage.desk_folder / "blobs").rglob("*") if file.is_file()]
    blobs[0].unlink()
    stick = tmp_path / "stick"
    stick.mkdir()
    hands = open_window()
    try_in(hands, stage)
    hands.on(HOME)
    hands.opened.desk.care.back_up(stick)
    hands.until(lambda: isinstance(hands.page, CarePage) and hands.page.verdict is not None, "an end")
    told = hands.page.verdict.accessibleName()
    assert "1 sealed file was left out: it is damaged." in told
    assert "shut away" not in told


def test_a_sealed_file_that_is_missing_is_named_by_the_check_and_nothing_is_repaired(open_window, stage):
    stage.sign_in("dsl")
    judged(stage)
    stage.lock()
    blobs = [file for file in (stage.desk_folder / "blobs").rglob("*") if file.is_file()]
    assert blobs
    blobs[0].unlink()
    hands = open_window()
    try_in(hands, stage)
    hands.on(HOME)
    hands.opened.desk.care.check()
    hands.until(lambda: isinstance(hands.page, CarePage) and hands.page.verdict is not None, "an end")
    assert "not as it should be" in hands.page.verdict.accessibleName()
    assert "ring for help" in hands.page.verdict.accessibleName()
    hands.quiet()
    assert walk(hands.window) == []


def test_a_full_disk_keeps_what_was_typed_on_its_page_and_in_words(open_window, stage, monkeypatch):
    hands = open_window()
    try_in(hands, stage)
    hands.on(HOME)
    strand = []

    def work(_):
        from dsl_desk.domain.words import SubjectKind
        from dsl_desk.rehearsal.lines import all_no
        from dsl_desk.services.concern import About, NewConcern
        from tests.services.scenes import concern as made_up

        about = About(kind=SubjectKind.PUPIL)
        services = hands.opened.desk.desks.services()
        begun = services.concern.begin(NewConcern(about=about, concern=made_up(), people=(), triage=all_no(about.kind)))
        strand.append(begun.strand)
        return services

    hands.opened.pool.start(work, owner=hands.window, done=strand.append)
    hands.until(lambda: len(strand) == 2, "a case")
    case, services = hands.opened.desk.case, strand[1]
    case.open(strand[0])
    hands.until(lambda: hands.page is case.panel, "the case")
    case.panel.act_requested.emit("call")
    hands.on("A call")
    hands.type("Whom you rang", "Duty desk")
    for name, field in case.form.fields.items():
        if name == "agency":
            field.editor.set_key("police")
        elif name == "outcome":
            field.editor.set_key("answered")
        elif name == "at":
            field.set_text("yesterday 10:05")

    def full(*_args, **_more):
        raise DiskFullError

    monkeypatch.setattr(services.book.desk, "write", full)
    hands.press("Save and go on")
    hands.until(lambda: "no room left" in said(hands), "the words about the disk")
    assert hands.page.title.text() == "A call"
    assert hands.field("Whom you rang").text() == "Duty desk"
    hands.quiet()
    assert walk(hands.window) == []

    monkeypatch.undo()
    hands.press("Save and go on")
    hands.until(lambda: hands.page is case.panel, "the case again")
    assert "Saved" in said(hands)


def test_a_folder_that_vanished_is_asked_for_anew(open_window, stage):
    hands = open_window()
    shutil.move(stage.desk_folder, stage.out / "elsewhere")
    try_in(hands, stage)
    hands.until(lambda: bool(said(hands)), "a sentence")
    assert not stage.desk_folder.exists()


def test_work_that_nobody_listens_to_does_not_fail_in_silence(open_window, stage):
    hands = open_window()
    try_in(hands, stage)
    hands.on(HOME)

    def work(_):
        raise DiskFullError

    hands.opened.pool.start(work, owner=hands.window)
    hands.until(lambda: "no room left" in said(hands), "the words")

    hands.window.lock_now()
    hands.opened.pool.start(work, owner=hands.window)
    hands.quiet()
    assert "no room left" not in said(hands)

"""Unlocking the real desk through the real window: right, wrong, by one code, by two, and back to the same place."""

import shutil
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from shiboken6 import isValid

from dsl_desk.domain.errors import NotReadableError
from dsl_desk.domain.words import SubjectKind
from dsl_desk.rehearsal.lines import all_no
from dsl_desk.services.concern import About, NewConcern
from dsl_desk.store.folder import Places
from dsl_desk.store.restore import superseded
from dsl_desk.store.values import Finding
from dsl_desk.ui.jobs import Job
from dsl_desk.ui.unlock.made_up import MadeUp, MadeUpPeople
from dsl_desk.ui.unlock.panel import UnlockPanel
from dsl_desk.ui.widgets import Text
from dsl_desk.window_app.desks import Desks
from tests.services.scenes import begun, concern
from tests.ui.gallery import window
from tests.ui.opened import Hands, remember
from tests.ui.pictures import settle
from tests.ui.walk import walk

HOME = "What is waiting for me"
NEW = "six plain words that nobody guesses"


@pytest.fixture
def hands(qapp, theme, stage):
    remember(stage.around, stage.desk_folder)
    hands = Hands(qapp, stage.around)
    hands.on("Unlock the desk")
    yield hands
    hands.close()


def come_in(hands, stage, name="dsl"):
    secret = stage.cast.secret(name)
    hands.unlock(secret.sign_in_name, secret.passphrase)


def test_unlocking_goes_home_and_says_who_came_in(hands, stage):
    come_in(hands, stage)
    hands.on(HOME)
    assert hands.page.isVisible()
    assert hands.opened.desk.halting.person == "Demo Placeholder, DSL"


def test_return_in_the_passphrase_unlocks(hands, stage):
    secret = stage.cast.secret("dsl")
    hands.type("Your sign-in name", secret.sign_in_name)
    hands.key(Qt.Key.Key_Return)
    hands.type("Your passphrase", secret.passphrase)
    hands.key(Qt.Key.Key_Return)
    hands.on(HOME)


def test_a_wrong_passphrase_is_said_at_the_field_and_forgotten(hands, stage):
    hands.unlock("demo", "not the passphrase")
    hands.until(lambda: bool(hands.errors()), "an error")
    assert "do not fit together" in hands.errors()[0]
    assert hands.field("Your passphrase").text() == ""
    assert walk(hands.window) == []
    come_in(hands, stage)
    hands.on(HOME)


def test_wrong_attempts_are_waited_for_and_told_to_who_comes_in_next(hands, stage):
    for attempt in range(1, 4):
        hands.unlock("demo", "not the passphrase")
        hands.until(lambda: hands.page.unlock.isEnabled() or hands.page.wait_notice.isVisible(), str(attempt))
    hands.unlock("demo", "not the passphrase")
    hands.until(hands.page.wait_notice.isVisible, "a wait")
    assert not hands.page.unlock.isEnabled()
    assert "Wait" in hands.page.wait_notice.words
    assert walk(hands.window) == []


def test_locking_hides_everything_and_comes_back_to_the_same_page_and_field(hands, stage):
    come_in(hands, stage)
    hands.on(HOME)
    hands.window.place_requested.emit("cases")
    hands.on("Cases")
    page, finder = hands.page, hands.page.cases.finder
    hands.type("Find cases by reference, name or word", "list")
    hands.key(Qt.Key.Key_F12)
    assert hands.page.title.text() == "Unlock the desk"
    assert not page.isVisible()
    hands.quiet()
    come_in(hands, stage)
    hands.on("Cases")
    assert hands.page is page
    assert finder.text() == "list"
    assert finder.hasFocus()


def test_somebody_else_never_sees_the_page_of_who_locked(hands, stage):
    come_in(hands, stage)
    hands.on(HOME)
    hands.window.place_requested.emit("cases")
    hands.on("Cases")
    page = hands.page
    hands.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    hands.quiet()
    come_in(hands, stage, "deputy")
    hands.on(HOME)
    assert hands.page is not page


def test_what_somebody_was_writing_is_never_saved_as_of_who_comes_in_next(hands, stage):
    """A draft that could not be kept in time, as on a full disk, is not tried again under another name."""
    come_in(hands, stage)
    hands.on(HOME)
    hands.window.new_concern_requested.emit()
    concern = hands.opened.desk.concern
    hands.until(lambda: concern.page is not None, "a new concern")
    concern._so_far.words["summary"] = "Made-up words about a made-up person."
    hands.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    hands.quiet()
    concern._saved = {}
    come_in(hands, stage, "deputy")
    hands.on(HOME)
    concern._save()
    hands.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    hands.quiet()
    hands.close()
    assert stage.sign_in("deputy").desk.drafts() == ()
    (kept,) = stage.sign_in("dsl").desk.drafts()
    assert b"made-up person" in kept.content


def test_a_lost_key_store_asks_for_one_code_and_goes_on(hands, stage):
    stage.around.keyring._kept.clear()
    come_in(hands, stage)
    hands.on("One recovery code")
    assert hands.field("Your sign-in name").text() == "demo"
    assert walk(hands.window) == []
    hands.type("Your passphrase", stage.cast.secret("dsl").passphrase)
    hands.type("Recovery code", stage.codes[1])
    hands.press("Unlock")
    hands.on(HOME)


def test_two_codes_give_somebody_a_new_passphrase(hands, stage):
    hands.press("I cannot unlock")
    hands.on("I cannot unlock")
    assert walk(hands.window) == []
    hands.press("I forgot my passphrase")
    hands.on("Two recovery codes")
    assert walk(hands.window) == []
    hands.type("First code", stage.codes[0])
    hands.type("Second code", "A1: WRNG-WRNG-WRNG-WRNG-WRNG-WRNG-WRNG")
    hands.press("Open the desk")
    hands.until(lambda: bool(hands.errors()), "an error")
    hands.type("Second code", stage.codes[2])
    hands.press("Open the desk")
    hands.on("The desk is open by two codes")
    assert walk(hands.window) == []
    hands.press("Demo Placeholder")
    hands.type("New sign-in name", "demo")
    hands.type("New passphrase", NEW)
    hands.type("The same again", NEW)
    hands.press("Give a new passphrase")
    hands.on("Unlock the desk")
    hands.unlock("demo", NEW)
    hands.on(HOME)


def opened_by_codes(hands, stage):
    hands.press("I cannot unlock")
    hands.on("I cannot unlock")
    hands.press("I forgot my passphrase")
    hands.on("Two recovery codes")
    hands.type("First code", stage.codes[0])
    hands.type("Second code", stage.codes[2])
    hands.press("Open the desk")
    hands.on("The desk is open by two codes")
    hands.quiet()


def by_key(hands):
    hands.key(Qt.Key.Key_F12)


def by_button(hands):
    hands.press("Nobody’s: lock the desk")


def by_being_away(hands):
    """As the watch says it after five minutes, and at once after the lid was shut or the screen locked."""
    assert hands.window.idle.running
    hands.window.idle.due.emit()


@pytest.mark.parametrize("locked_before", [False, True])
@pytest.mark.parametrize("lock", [by_key, by_button, by_being_away])
def test_a_desk_that_two_codes_opened_locks_as_everywhere(hands, stage, lock, locked_before):
    if locked_before:
        come_in(hands, stage)
        hands.on(HOME)
        hands.key(Qt.Key.Key_F12)
        hands.on("Unlock the desk")
        hands.quiet()
    opened_by_codes(hands, stage)
    hands.type("New passphrase", NEW)
    page = hands.page

    lock(hands)

    assert hands.page is hands.opened.desk.door.panel
    assert not hands.window.idle.running
    hands.quiet()
    assert hands.opened.desk.desks._open is None
    assert hands.opened.desk.door._recovered is None  # and with the page go the codes
    assert not isValid(page) or page.passphrase.text() == ""
    come_in(hands, stage)
    hands.on(HOME)


def test_a_passphrase_that_is_being_given_when_the_desk_locks_shuts_nobody_out_later(hands, stage):
    opened_by_codes(hands, stage)
    hands.press("Demo Placeholder")
    hands.type("New sign-in name", "demo")
    hands.type("New passphrase", NEW)
    hands.type("The same again", NEW)
    hands.press("Give a new passphrase")
    hands.key(Qt.Key.Key_F12)
    hands.on("Unlock the desk")
    hands.unlock("demo", NEW)
    hands.on(HOME)
    hands.quiet()

    assert hands.page.title.text() == HOME
    assert hands.opened.desk.desks.services() is not None


def test_an_older_state_is_opened_to_look_or_by_two(hands, stage, tmp_path):
    before = tmp_path / "before"
    shutil.copytree(stage.desk_folder, before)
    come_in(hands, stage)
    hands.on(HOME)
    hands.key(Qt.Key.Key_F12)
    hands.quiet()
    for name in ("desk.db", "desk.slots", "desk.slots.1"):
        if (before / name).exists():
            shutil.copy(before / name, stage.desk_folder / name)
    come_in(hands, stage)
    hands.on("These files are older than expected")
    assert walk(hands.window) == []
    deputy = stage.cast.secret("deputy")
    hands.type("Second person’s sign-in name", deputy.sign_in_name)
    hands.type("Second person’s passphrase", deputy.passphrase)
    hands.page.reason.set_text("The disk failed; the backup of this morning was put back.")
    hands.press("Record it and go on")
    hands.on(HOME)
    assert hands.opened.desk.door._older is None, "its page still holds the passphrase it was made for"


def test_a_folder_without_a_desk_is_refused_in_words(hands, stage, tmp_path):
    hands.press("I cannot unlock")
    hands.on("I cannot unlock")
    hands.opened.desk.door._on_folder(tmp_path)
    hands.quiet()
    assert "no desk in this folder" in hands.page._notice.words
    hands.opened.desk.door._on_folder(stage.desk_folder)
    hands.on("Unlock the desk")
    assert (stage.around.config / "last-desk").read_text() == str(stage.desk_folder)


def test_a_backup_is_put_back_from_the_door_and_two_say_that_it_was_meant(qapp, theme, stage, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    stage.sign_in("dsl").care.backup(stick, "stick")
    strand = begun(stage).strand
    stage.lock()
    remember(stage.around, stage.desk_folder)
    hands: Any = Hands(qapp, stage.around)
    hands.on("Unlock the desk")
    hands.press("I cannot unlock")
    hands.opened.desk.door.find_backups(stick)
    hands.on("Put a backup back")
    assert walk(hands.window) == []
    hands.press("Put this backup back")
    assert hands.page.title.text() == "Put a backup back", "nothing is put back before one was chosen"
    hands.page.choice.set_key("0")
    hands.press("Put this backup back")
    hands.on("Unlock the desk")
    assert "kept beside it" in hands.page._notice.words
    come_in(hands, stage)
    hands.on("These files are older than expected")
    deputy = stage.cast.secret("deputy")
    hands.type("Second person’s sign-in name", deputy.sign_in_name)
    hands.type("Second person’s passphrase", deputy.passphrase)
    hands.page.reason.set_text("The records were damaged; the backup of this morning was put back.")
    hands.press("Record it and go on")
    hands.on(HOME)
    hands.close()
    assert len(superseded(Places(folder=stage.desk_folder, config=stage.around.config))) == 1
    with pytest.raises(NotReadableError):  # begun after the backup, so it is not in it
        stage.sign_in("dsl").desk.records(strand)


def test_a_folder_without_a_backup_is_said_and_changes_nothing(hands, stage, tmp_path):
    hands.press("I cannot unlock")
    hands.on("I cannot unlock")
    (tmp_path / "empty").mkdir()
    hands.opened.desk.door.find_backups(tmp_path / "empty")
    hands.until(lambda: "no finished backup" in hands.page._notice.words, "what is missing")
    hands.opened.desk.door.show()
    come_in(hands, stage)
    hands.on(HOME)


@pytest.mark.parametrize("kept", ["x" * 5_000, "\0", ""], ids=["too-long", "no-name", "empty"])
def test_a_spoilt_note_of_the_last_desk_leads_to_the_first_page(qapp, theme, stage, kept):
    stage.around.config.mkdir(parents=True, exist_ok=True)
    (stage.around.config / "last-desk").write_text(kept)
    hands = Hands(qapp, stage.around)
    hands.until(lambda: hands.window.page is hands.opened.desk.set_up.welcome, "the first page")
    hands.close()


def test_the_older_links_of_a_long_record_are_read_behind_what_somebody_does(hands, stage, monkeypatch):
    monkeypatch.setattr("dsl_desk.store.aftermath.WHOLE_CHAIN", 3)
    amiss = Finding(where="entry 2", what="it is not linked to the entry before it")
    monkeypatch.setattr("dsl_desk.store.desk.rest_of_the_chain", lambda records, progress: (amiss,))
    told: list[str] = []
    monkeypatch.setattr(hands.window, "tell", lambda words, *_: told.append(words))

    come_in(hands, stage)
    hands.on(HOME)
    hands.until(lambda: bool(told), "what was found")

    assert told == [
        "Reading the older records found one thing amiss. Check everything, and keep a copy of the desk’s folder."
    ]


def test_a_long_record_that_holds_says_nothing(hands, stage, monkeypatch):
    monkeypatch.setattr("dsl_desk.store.aftermath.WHOLE_CHAIN", 3)
    read: list[int] = []
    real = Desks.read_on

    def reading(desks: Desks, progress: Callable[[int, int], None]) -> str:
        read.append(1)
        return real(desks, progress)

    monkeypatch.setattr(Desks, "read_on", reading)
    told: list[str] = []
    monkeypatch.setattr(hands.window, "tell", lambda words, *_: told.append(words))

    come_in(hands, stage)
    hands.on(HOME)
    hands.until(lambda: bool(read) and hands.opened.desk._reading is None, "the older links")

    assert told == []


def test_the_late_end_of_one_reading_is_not_taken_for_the_end_of_the_next(hands, stage, monkeypatch):
    come_in(hands, stage)
    hands.on(HOME)
    told: list[str] = []
    monkeypatch.setattr(hands.window, "tell", lambda words, *_: told.append(words))
    desk = hands.opened.desk
    first, second = (Job(lambda _: None, hands.opened.pool, hands.window, None) for _ in range(2))
    desk._reading = second

    kept: list[Job | None] = []
    for job, words in ((first, "what somebody else's reading found"), (second, "what this one found")):
        desk._on_read(job, words)
        kept.append(desk._reading)

    assert kept == [second, None]
    assert told == ["what this one found"]


def test_a_chair_with_no_record_comes_in_to_an_empty_home_and_finds_the_one_about_the_headteacher_later(hands, stage):
    come_in(hands, stage, "chair")
    hands.on(HOME)
    assert hands.opened.desk.halting.person.endswith("Chair of Governors")
    hands.window.lock_now()
    come_in(hands, stage, "deputy")
    hands.on(HOME)
    reference = hands.ask(about_the_headteacher)
    hands.window.lock_now()
    come_in(hands, stage, "chair")
    hands.on(HOME)
    hands.press("Cases")
    hands.open_row(reference)
    hands.comes(reference)


def about_the_headteacher(desk):
    about = About(kind=SubjectKind.HEADTEACHER)
    new = NewConcern(about=about, concern=concern(), triage=all_no(about.kind))
    return desk.concern.begin(new).reference


@pytest.mark.parametrize("size", [(1366, 768), (1280, 720)])
def test_at_the_door_of_a_rehearsal_every_passphrase_is_in_sight_beside_the_fields(qapp, theme, size):
    people = [
        MadeUp(name=f"Demo Person {n}", post="Reviewer", sign_in_name=f"demo{n}", passphrase=f"copper lantern {n}")
        for n in range(6)
    ]
    shell, panel = window(qapp), UnlockPanel()
    panel.show_beside(MadeUpPeople(people))
    shell.show()
    shell.show_page(panel)
    try:
        for around in (size, (683, 384), size):
            shell.resize(*around)
            settle(qapp)
            assert walk(shell) == []
        for person in people:
            (shown,) = [text for text in panel.findChildren(Text) if text.text().endswith(person.passphrase)]
            assert shown.visibleRegion().boundingRect().size() == shown.size()
        assert panel.unlock.visibleRegion().boundingRect().size() == panel.unlock.size()
    finally:
        shell.close()

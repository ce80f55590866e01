"""Settings in the real window: what is typed, refused, kept, and what holds from then on."""

import json

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from dsl_desk.ui.tokens import Role
from dsl_desk.ui.widgets import Notice
from tests.ui.settings.conftest import unlock

FRESH = "copper violin saturday bridge"


def said(hands):
    return " ".join(notice.words for notice in hands.page.findChildren(Notice) if notice.isVisible())


def go(hands, words, title=""):
    """Choose a line by its first words, and wait for its page."""
    (row,) = [row for row in hands.rows() if row.text() == words]
    row.click()
    hands.on(title or words)


def write(hands, label, text):
    """Type several lines in place of what stands there."""
    (area,) = [one for one in hands.page.findChildren(QPlainTextEdit) if one.accessibleName() == label]
    area.setPlainText(text)


def prove(hands, stage, name, label=""):
    secret = stage.cast.secret(name)
    hands.type(f"Sign-in name of {label}" if label else "Your sign-in name", secret.sign_in_name)
    hands.type(f"Passphrase of {label}" if label else "Your own passphrase", secret.passphrase)


def both(hands, stage, second="head"):
    prove(hands, stage, "dsl")
    hands.press("Another person who may let others in")
    prove(hands, stage, second, "the second person")


def test_what_is_typed_survives_the_lock_and_is_nobody_elses(settings, stage):
    hands = settings()
    go(hands, "Devices")
    hands.press("Add a device")
    hands.on("Add a device")
    hands.type("What you call it", "review tablet 1")
    hands.press("Save")
    hands.quiet()
    assert hands.errors() == [
        "Enter make and model", "Enter the serial number", "Enter where it is kept", "Enter who holds it",
    ]  # fmt: skip
    hands.key(Qt.Key.Key_F12)
    hands.on("Unlock the desk")
    unlock(hands, stage, "dsl")
    hands.on("Add a device")
    assert hands.field("What you call it").text() == "review tablet 1"
    hands.key(Qt.Key.Key_F12)
    hands.on("Unlock the desk")
    unlock(hands, stage, "head")
    hands.on("What is waiting for me")
    hands.press("Settings")
    hands.on("Settings")
    assert all("review tablet" not in line.text() for line in hands.window.findChildren(type(hands.page.title)))


def test_a_number_saved_here_stands_on_the_stop_page_at_once(settings):
    hands = settings()
    go(hands, "Whom to ring")
    hands.type("LADO (designated officer): Number", "01632 960777")
    hands.press("LADO (designated officer): I have checked it today")
    hands.press("Save the numbers")
    hands.on("Settings")
    assert "Saved" in said(hands)
    hands.quiet()
    assert ("LADO (designated officer)", "01632 960777") in hands.window.halt._numbers


def test_words_are_tried_kept_aside_and_put_in_force_with_the_passphrase(settings, stage):
    hands = settings()
    go(hands, "Policy")
    go(hands, "Words of pages and papers")
    go(hands, "Stop page: a picture, or not sure")
    label = "Stop page: a picture, or not sure, 3"
    write(hands, label, "Ring somebody.")
    hands.press("Keep for the next version")
    hands.quiet()
    assert hands.errors() == ["wording.stop_images: must name 999 and 101"]
    write(hands, label, "A child needs help now: 999. Otherwise 101. Ask for a log number.")
    hands.press("Keep for the next version")
    hands.on("Words of pages and papers")
    assert "Put it in force" in said(hands)
    hands.page.back_requested.emit()
    hands.on("Policy")
    go(hands, "1 change of words waits", "Put version 2 in force")
    hands.press("Put it in force")
    assert hands.errors() == ["Enter the sign-in name", "Enter the passphrase"]
    hands.type("Your sign-in name", "nobody")
    hands.type("Your own passphrase", "nothing that fits at all")
    hands.press("Put it in force")
    hands.until(lambda: "do not fit" in said(hands), "refused")
    prove(hands, stage, "dsl")
    hands.press("Put it in force")
    hands.on("Policy")
    assert "Version 2 is in force" in said(hands)
    hands.quiet()
    assert any("A child needs help now" in line for line in hands.window.halt._words.stop_images)


def test_an_account_is_ended_by_two_and_the_own_one_locks_the_desk(settings, stage):
    hands = settings()
    go(hands, "People and accounts")
    go(hands, "Mocka Stand-In")
    hands.press("End this account…")
    hands.on("End the account of Mocka Stand-In")
    hands.press("End the account")
    assert hands.errors()[0] == "Write why"
    hands.type("Why", "left the school")
    both(hands, stage)
    hands.press("End the account")
    hands.on("People and accounts")
    assert "Make a backup" in said(hands)
    (row,) = [row for row in hands.rows() if row.text() == "Mocka Stand-In"]
    assert row.accessibleName().endswith("Ended")
    go(hands, "Demo Placeholder")
    hands.press("End this account…")
    hands.on("End the account of Demo Placeholder")
    hands.type("Why", "moved to another school")
    both(hands, stage)
    hands.press("End the account")
    hands.on("Unlock the desk")
    unlock(hands, stage, "dsl")
    hands.until(lambda: bool(hands.errors()), "refused")
    unlock(hands, stage, "head")
    hands.on("What is waiting for me")


def test_somebody_with_a_post_is_let_in_by_two_and_comes_in(settings, stage):
    hands = settings()
    go(hands, "People and accounts")
    hands.press("Let somebody in")
    hands.on("Let somebody in")
    hands.press("Continue")
    hands.press("Sample Ditto, Online Safety Coordinator")
    hands.press("Continue")
    hands.on("Sample Ditto chooses a passphrase")
    hands.type("Sign-in name", "sample")
    hands.type("Passphrase", FRESH)
    hands.type("The same again", FRESH)
    hands.press("Continue")
    hands.on("Let Sample Ditto in")
    both(hands, stage)
    hands.press("Let them in")
    hands.on("People and accounts")
    assert "can sign in now" in said(hands)
    hands.key(Qt.Key.Key_F12)
    hands.on("Unlock the desk")
    hands.unlock("sample", FRESH)
    hands.on("What is waiting for me")
    hands.press("Settings")
    hands.on("Settings")
    go(hands, "School")
    assert hands.page.primary is None
    assert hands.field("Name of the school").isReadOnly()


def test_three_new_codes_are_shown_once_typed_back_and_handed_out(settings, stage):
    hands = settings()
    go(hands, "Recovery codes")
    go(hands, "Replace all three codes", "Who will keep the new envelopes?")
    hands.type("Envelope C is with", "Mocka Stand-In")
    hands.press("Continue")
    hands.until(lambda: "different holders" in said(hands), "two with one person")
    hands.type("Envelope C is with", "the trust")
    hands.press("Continue")
    hands.on("Replace all three codes")
    both(hands, stage)
    hands.press("Make new codes")
    hands.on("Copy three recovery codes by hand")
    shown = hands.page
    codes = [words.text() for words in shown.code_words]
    assert all(code.startswith(f"{letter}2: ") for letter, code in zip("ABC", codes, strict=True))
    hands.press("I have copied all three")
    hands.on("Type two of them back from paper")
    hands.type("First code", codes[0])
    hands.type("Second code", codes[2])
    hands.press("Compare")
    hands.on("Recovery codes")
    go(hands, "Who keeps the envelopes")
    hands.press("They are handed out")
    hands.on("Recovery codes")
    assert "with its keeper" in said(hands)


def test_colours_and_lock_hold_at_once_and_the_next_time(settings, stage, theme):
    hands = settings()
    go(hands, "Appearance and lock")
    hands.press("Dark")
    assert QApplication.palette().color(QPalette.ColorRole.Window).name().upper() == theme.colours[Role.PAGE]
    assert theme.colours.dark
    hands.press("150 %")
    assert "when the desk is next opened" in said(hands)
    hands.page.lock.editor.setCurrentIndex(0)
    hands.page.lock.editor.activated.emit(0)
    hands.quiet()
    kept = stage.around.config / "window.json"
    hands.until(lambda: kept.exists() and json.loads(kept.read_text())["lock_minutes"] == 1, "kept")
    assert json.loads(kept.read_text()) == {"appearance": "dark", "text_percent": 150, "lock_minutes": 1}
    assert hands.window.idle._after_ms == 60_000


def test_the_two_keys_are_tried_and_do_what_they_always_do(settings, stage):
    hands = settings()
    go(hands, "Try the two keys")
    hands.key(Qt.Key.Key_F8)
    assert hands.window.halt.is_up
    hands.press("Go back, record nothing")
    hands.press("Show the page again")
    hands.on("Try the two keys")
    assert hands.page.states["F8"].text() == "F8 works here"
    assert hands.page.states["Ctrl+L"].text() == "Not tried yet"
    hands.key(Qt.Key.Key_F12)
    hands.on("Unlock the desk")
    unlock(hands, stage, "dsl")
    hands.on("Try the two keys")
    assert hands.page.states["F12"].text() == "F12 works here"

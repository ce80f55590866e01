"""A newcomer: from the first page to the end of an own case, with nothing but what the window says.

Nobody here knows a title, an order or a page. On each page every empty field that can be seen is filled, the main
button is pressed, and what the page then says is done. From a case there is one way on: its button "Go to step …".
"""

from __future__ import annotations

import re

import pytest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLineEdit, QPlainTextEdit, QRadioButton, QWidget

from dsl_desk.app import Surroundings
from dsl_desk.rehearsal.play import QUICK
from dsl_desk.rehearsal.stage import MemoryKeyring
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.set_up.secret_pages import CodesPage
from dsl_desk.ui.widgets import Choice, Dropdown, Field, Row, TileGroup
from tests.ui.opened import Hands

PEOPLE = {"Pat Example": ("pat", "river lantern sofa thirteen"), "Sam Sample": ("sam", "copper violin saturday bridge")}
"""Two people who do not exist: name, sign-in name, passphrase."""
DATES = {"happened": "yesterday 2pm", "ends": "tomorrow 5pm", "By when": "friday", "When": "today", "given": "today"}
LIKELY = (
    "No", "Secondary school, online safety policy 2021", "Another device that pupils do not use", "Pornography",
)  # fmt: skip
"""Which of several answers most people would give; where none is likelier, the first."""
MOST_PAGES = 120


class Newcomer:
    """Somebody who reads the page and does what it asks."""

    def __init__(self, hands: Hands, folder) -> None:
        self.hands, self.folder = hands, folder
        self.names = list(PEOPLE)
        self.sits = self.names[0]
        self.codes: list[str] = []
        self.told: list[str] = []
        self.seen: list[str] = []
        self.looked = False

    # -- one page after the other

    def go_on(self) -> None:
        """Do what this page asks, whatever it is."""
        hands = self.hands
        hands.quiet()
        if hands.is_choosing():
            hands.file(self.folder)
            return
        page, before = hands.page, self.shown()
        self.seen.append(page.title.text())
        if page.kind is PageKind.SESSION and self.looked:
            hands.press("Finish looking…")
        elif page.title.text() == "Unlock the desk":
            self.unlock()
        elif page.kind is PageKind.PLACE and page.primary is None:
            hands.touch.press(hands.rows()[0])  # Home: the first thing that waits
        elif self.what_follows(page):
            pass
        else:
            self.fill(page)
            self.press_main(page)
        hands.quiet()
        if self.shown() == before:
            self.mend()
            hands.quiet()

    def shown(self) -> str:
        """What a person would notice as another page."""
        page = self.hands.page
        return f"{id(page)} {page.title.text()} {self.hands.said()} {self.hands.words()}"

    def what_follows(self, page: Page) -> bool:
        """A page that only says what comes next: the other takes the seat, or one goes back to the case."""
        said = self.hands.said()
        if "Record first whether it was referred" in said:
            backs = [one for one in self.buttons(page) if one.accessibleName().startswith("Back")]
            self.hands.touch.press(backs[0])
            self.hands.press("Refer it, or say why not…")
            return True
        if "then go to Home" in said and self.hands.has("Go to Home"):
            self.hands.press("Go to Home")
            return True
        other = next(name for name in self.names if name != self.sits)
        if f"{other} judges next" in said and self.hands.has("Lock the desk for them"):
            self.hands.press("Lock the desk for them")
            self.sits = other
            return True
        if page.primary is None or not page.primary.isVisible():
            backs = [one for one in self.buttons(page) if one.accessibleName().startswith("Back")]
            assert backs, f"a dead end: {self.hands.seen()} Seen before: {self.seen}"
            self.hands.touch.press(backs[0])
            return True
        return False

    def press_main(self, page: Page) -> None:
        if isinstance(page, CodesPage):
            self.codes = [words.text() for words in page.code_words]
        if page.kind is PageKind.SESSION:
            self.looked = True
        assert page.primary is not None
        self.hands.touch.press(page.primary)

    def unlock(self) -> None:
        name, secret = PEOPLE[self.sits]
        self.hands.unlock(name, secret)
        self.hands.until(lambda: self.hands.title != "Unlock the desk", "the open desk")

    # -- filling in

    def fill(self, page: Page) -> None:
        for editor in (*page.findChildren(QLineEdit), *page.findChildren(QPlainTextEdit)):
            label = editor.accessibleName()
            free = label.endswith(("(if you know it)", "(if any)", "(if you wish)"))
            skipped = not label or free or label.startswith("Find") or (label == "Name" and self.has_somebody(page))
            if editor.isVisible() and editor.isEnabled() and not self.text_of(editor) and not skipped:
                self.hands.touch.write(editor, self.answer(label, page))
        for box in page.findChildren(Dropdown):
            if box.isVisible() and not box.key and box.count() > 1:
                likely = [row for row in range(box.count()) if box.itemText(row) in LIKELY]
                self.hands.touch.pick(box, [*likely, min(len(self.told_of(page)) + 1, box.count() - 1)][0])
        for tiles in page.findChildren(TileGroup):
            if tiles.isVisible() and tiles.answer is None:
                self.choose(tiles)
        for choice in page.findChildren(Choice):
            if choice.isVisible() and choice.key is None:
                self.choose(choice)

    def has_somebody(self, page: Page) -> bool:
        """Whether somebody belongs to the concern already: nobody else was told of."""
        return any(one.accessibleName().endswith("Take out") for one in self.buttons(page))

    def choose(self, question: QWidget) -> None:
        """The likeliest of the answers that can be seen, else the first."""
        buttons = [one for one in question.findChildren(QRadioButton) if one.isVisible()]
        likely = [one for one in buttons if one.accessibleName() in LIKELY or one.text() in LIKELY]
        self.hands.touch.press((likely or buttons)[0])
        self.hands.quiet()

    def told_of(self, page: Page) -> list[str]:
        """How often a page of this purpose was shown before: the second reviewer is another one than the first."""
        return [title for title in self.seen[:-1] if "reviewer" in title and "reviewer" in page.title.text()]

    @staticmethod
    def text_of(editor) -> str:
        return editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()

    def answer(self, label: str, page: Page) -> str:
        """What somebody would type into a field of this label."""
        signs = self.signs(page)
        if "same again" in label or "assphrase" in label:
            return PEOPLE[signs][1]
        if re.search(r"ign-in name", label):
            return PEOPLE[signs][0]
        if "code" in label.lower():
            return self.codes[0] if "First" in label else self.codes[1]
        if label in ("Your name", "Designated Safeguarding Lead"):
            return self.names[0]
        if label in ("Headteacher", "Their name"):  # who holds a post is offered when the second account is made
            return self.names[1]
        if "Envelope" in label:
            return f"Keeper {label.split()[1]}"
        for part, date in DATES.items():
            if part in label and "What" not in label:
                return date
        return "Plain invented words"

    def signs(self, page: Page) -> str:
        """Who of the two types here: the first whose name the page still waits for."""
        title, words = page.title.text(), self.hands.words()
        if "chooses a passphrase" in title:
            return self.names[1]
        if "Let " in title or page.kind is PageKind.GATE:
            return self.names[0]
        done = words.count("\nDeclared") + words.count("\nConfirmed") + words.count("\nSigned at entry")
        return self.names[min(done, 1)]

    # -- when the page says that something is missing

    def mend(self) -> None:
        """The page did not change: tick what can be ticked, choose a file, read what is to be read."""
        hands, page = self.hands, self.hands.page
        for box in page.findChildren(QCheckBox):
            if box.isVisible() and not box.isChecked() and "without" not in box.text() and "large" not in box.text():
                hands.touch.press(box)
        problems = " ".join(link.text() for link in page.errors.links)
        if "Read the whole record" in problems:
            hands.press("Read the whole record")
            hands.comes("record")
            back = next(one for one in self.buttons(hands.page) if one.accessibleName().startswith("Back to"))
            hands.touch.press(back)
            hands.quiet()
        if "Somebody new" in problems:  # a name was typed that belongs to nobody yet
            hands.press("Somebody new…")
            return
        self.fill(page)

    def buttons(self, page: Page) -> list[QAbstractButton]:
        return [one for one in page.findChildren(QAbstractButton) if one.isVisible() and one.isEnabled()]


@pytest.fixture
def newcomer(qapp, tmp_path, theme):
    around = Surroundings(config=tmp_path / "laptop", keyring=MemoryKeyring(), cost=QUICK)
    hands = Hands(qapp, around)
    hands.folder = tmp_path / "desk"
    papers = tmp_path / "stick"
    papers.mkdir()
    yield Newcomer(hands, papers)
    hands.close()


def test_a_newcomer_reaches_the_end_of_an_own_case_with_nothing_but_what_the_window_says(newcomer):
    hands = newcomer.hands
    hands.until(lambda: hands.window.page is not None, "the first page")
    hands.folder.mkdir()
    hands.touch.press(hands.rows()[0])
    hands.quiet()
    hands.press("Another folder")
    hands.press("Choose the folder…")
    hands.file(hands.folder)
    for _ in range(MOST_PAGES):
        newcomer.go_on()
        if hands.page.kind is PageKind.PLACE:
            break
    finish_set_up(newcomer)
    hands.press("New concern")
    for _ in range(MOST_PAGES):
        newcomer.go_on()
        if hands.title.startswith("MI-") and "Closed" in hands.words():
            break
    reference = hands.title
    assert reference.startswith("MI-"), f"{hands.seen()} {newcomer.seen[-9:]}"
    hands.until(lambda: "Closed" in hands.words(), f"the end of the case; pages seen: {newcomer.seen}")


def finish_set_up(newcomer: Newcomer) -> None:
    """Home says that set-up is unfinished and what for: each line above "To look at again" is done."""
    hands = newcomer.hands
    hands.quiet()
    hands.press("Finish set-up")
    hands.comes("unfinished")
    for words in ("envelopes", "second account"):
        row = next(row for row in hands.rows() if words in row.text())
        hands.touch.press(row)
        hands.quiet()
        for _ in range(6):
            if hands.page.kind is PageKind.PLACE or "unfinished" in hands.title:
                break
            newcomer.go_on()
    if hands.page.kind is not PageKind.PLACE:
        hands.press("Back to Home")
    hands.until(lambda: hands.page.kind is PageKind.PLACE, "Home")


def test_fields_and_rows_are_known_by_their_words_alone(newcomer):
    """What the newcomer above relies on: every field has a label, every line words."""
    hands = newcomer.hands
    hands.on("Welcome to DSL Desk")
    assert all(row.text() for row in hands.page.findChildren(Row))
    hands.press("Begin a new desk")
    hands.quiet()
    assert all(field.label.text() for field in hands.page.findChildren(Field))

"""What a page of a case asks for, as plain data, and the page made from it."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtWidgets import QWidget

from dsl_desk.domain.case_words import Agency
from dsl_desk.domain.errors import InputError
from dsl_desk.ui.case.then import then_words
from dsl_desk.ui.dated import Dated
from dsl_desk.ui.help.then import Then
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.tokens import Space
from dsl_desk.ui.widgets import Button, Choice, Dropdown, Field, Kind, LineEdit, Notice, NoticeKind, Text, TextArea


class Asked(enum.Enum):
    """How an answer is given."""

    LINE = "line"
    TEXT = "text"
    WHEN = "when"
    """A date as people write it, in the past; read back in words."""
    TO_COME = "to_come"
    """A date that may lie ahead."""
    PICK = "pick"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One thing a page asks for."""

    name: str
    label: str
    how: Asked = Asked.LINE
    hint: str = ""
    missing: str = ""
    """What is said where it is empty; nothing where it may be left empty."""
    options: tuple[tuple[str, str], ...] = ()
    short: bool = False
    known: bool = False
    """Whether its label says "if you know it"."""
    only_if: tuple[str, str] | None = None
    """Asked only where another answer is this: its name and its key."""
    first: str = ""
    """What stands in it at the start; never for an answer that decides something anew: of a list, whom the step
    names, or what both concluded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A page of a case: its words and what it asks."""

    key: str
    title: str
    asks: tuple[Ask, ...]
    hint: str = ""
    topic: str = "case"
    """The topic of help that explains it."""
    guide: str = ""
    """One sentence to be read before anything is typed."""
    go_on: str = "&Save and go on"


class FormPanel(Page):
    """A page made from a form; it shows and asks, and holds no rules but what may not be empty."""

    help_topic = "case"

    def __init__(
        self, form: Form, now: Callable[[], datetime], *, back: str, skippable: bool, warning: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(PageKind.ASSISTANT, form.title, hint=form.hint, back=back, width=640, parent=parent)
        self.form, self.help_topic = form, form.topic
        self._dates = {
            ask.name: Dated(now, ahead=ask.how is Asked.TO_COME)
            for ask in form.asks
            if ask.how in (Asked.WHEN, Asked.TO_COME)
        }
        self.fields: dict[str, Field[QWidget]] = {}
        self._offered: list[Button] = []
        if warning:
            self.add(Notice(warning, kind=NoticeKind.WARN, icon="ear-off"))
        if form.guide:
            self.add(Notice(form.guide), space=Space.S)
        for index, ask in enumerate(form.asks):
            field = self._field(ask)
            self.fields[ask.name] = field
            self.add(field, space=0 if index == 0 and not form.guide and not warning else Space.M)
        for field in self.fields.values():
            if isinstance(field.editor, Choice):
                field.editor.chosen.connect(lambda _: self._open())
        self._open()
        self.add(Then(then_words(form.key)), space=Space.M)
        self.set_primary(form.go_on)
        self.later = self.add_action(self.tr("Save and come back &later"), Kind.QUIET)
        self.skip: Button | None = self.add_action(self.tr("&Leave this step out…"), Kind.QUIET) if skippable else None

    def _field(self, ask: Ask) -> Field[QWidget]:
        match ask.how:
            case Asked.TEXT:
                editor: QWidget = TextArea(3)
            case Asked.PICK:
                dropdown = Dropdown([("", self.tr("Choose…")), *ask.options])
                dropdown.set_key(ask.first)
                editor = dropdown
            case Asked.CHOICE:
                editor = plain_choice(ask.options)
            case _:
                editor = LineEdit(ask.first)
        dated = ask.name in self._dates
        hint = ask.hint or (self.tr("Such as 3/9/26, Friday 12.30 or yesterday 2pm.") if dated else "")
        width = 320 if ask.short or dated else None
        if ask.how is Asked.PICK:
            width = min(640, max(320, editor.sizeHint().width()))  # its longest line can be read whole
        field: Field[QWidget] = Field(ask.label, editor, hint=hint, width=width, optional=ask.known)
        if isinstance(editor, LineEdit) and dated:
            editor.textChanged.connect(lambda _, field=field, ask=ask: self._read_back(field, ask, hint))
            self._read_back(field, ask, hint)
        return field

    def _open(self) -> None:
        """Show what belongs to the answers so far."""
        for ask in self.form.asks:
            self.show_added(self.fields[ask.name], shown=self._belongs(ask))

    def _belongs(self, ask: Ask) -> bool:
        return ask.only_if is None or _value(self.fields[ask.only_if[0]]) == ask.only_if[1]

    def _read_back(self, field: Field[QWidget], ask: Ask, hint: str) -> None:
        try:
            read = self._dates[ask.name].read(field.text())
        except InputError:
            field.set_hint(hint)
        else:
            field.set_hint(self.tr("Read as: {when}").format(when=read.words))

    def offer(self, ways: Sequence[tuple[str, Callable[[], None]]]) -> None:
        """Offer the way to what has to come first; what was offered before goes."""
        for old in self._offered:
            old.hide()
            old.deleteLater()
        self._offered = []
        for words, go in ways:
            button = self.add_action(words)
            button.clicked.connect(go)
            self._offered.append(button)

    def words(self) -> dict[str, str]:
        """What was typed and chosen, by name; dates as typed."""
        return {name: _value(field) for name, field in self.fields.items()}

    def words_as_kept(self) -> dict[str, object]:
        """The same, as a draft keeps them: a date as it was read, so that it means that day on any other."""
        dates, typed = self._dates, self.words()
        return {name: dates[name].kept(said) if name in dates else said for name, said in typed.items()}

    def show_words(self, words: Mapping[str, object]) -> None:
        """Show what a draft kept."""
        for name, field in self.fields.items():
            kept, editor = str(words.get(name, "")), field.editor
            if not kept and name not in words:
                continue
            if isinstance(editor, Dropdown | Choice):
                editor.set_key(kept)
            elif kept:
                field.set_text(kept)
        self._open()

    def answers(self) -> dict[str, str]:
        """What goes on record: dates as they were read."""
        found = self.words()
        for ask in self.form.asks:
            if not self._belongs(ask):
                found[ask.name] = ""
            if ask.name in self._dates and found[ask.name].strip():
                found[ask.name] = self._dates[ask.name].read(found[ask.name]).iso
        return found

    def problems(self) -> list[tuple[QWidget, str]]:
        """What is missing or cannot be read, each with its field."""
        missing: list[tuple[QWidget, str]] = []
        for ask in self.form.asks:
            field, value = self.fields[ask.name], _value(self.fields[ask.name])
            if not self._belongs(ask):
                continue
            if not value.strip():
                if ask.missing:
                    missing.append((field, ask.missing))
            elif ask.name in self._dates:
                try:
                    self._dates[ask.name].read(value)
                except InputError as refused:
                    missing.append((field, str(refused)))
        return missing


def of_step(form: Form, title: str, why: str, agency: Agency | None) -> Form:
    """The same page for one step of a route: what the policy says of it first, and whom it goes to."""
    said = f"{why} {_beside(form.hint, why)}".strip() if why else form.hint
    if agency is None:
        return replace(form, hint=said)
    named = {"to", "agency"}
    asks = tuple(replace(ask, first=agency.value) if ask.name in named else ask for ask in form.asks)
    return replace(form, title=f"{title}: {form.title[:1].lower()}{form.title[1:]}", hint=said, asks=asks)


def _beside(hint: str, why: str) -> str:
    """The sentences of a page's hint that the policy does not say already."""
    known = why.casefold()
    told = [sentence for sentence in hint.split(". ") if sentence.strip(" .").casefold() not in known]
    return ". ".join(told)


def _value(field: Field[QWidget]) -> str:
    editor = field.editor
    if isinstance(editor, Dropdown | Choice):
        return editor.key or ""
    return field.text()


def plain_choice(options: Sequence[tuple[str, str]]) -> Choice:
    """Round buttons whose question stands above them already."""
    made = Choice("", options)
    for words in made.findChildren(Text):
        words.setVisible(bool(words.text()))
    return made


def pick(name: str, label: str, options: Sequence[tuple[str, str]], missing: str, *, hint: str = "") -> Ask:
    """A list that folds out."""
    return Ask(name=name, label=label, how=Asked.PICK, options=tuple(options), missing=missing, hint=hint)


def choice(name: str, label: str, options: Sequence[tuple[str, str]], missing: str) -> Ask:
    """Round buttons, none preset."""
    return Ask(name=name, label=label, how=Asked.CHOICE, options=tuple(options), missing=missing)


def text(name: str, label: str, missing: str = "", *, hint: str = "", only_if: tuple[str, str] | None = None) -> Ask:
    """Several lines."""
    return Ask(name=name, label=label, how=Asked.TEXT, missing=missing, hint=hint, only_if=only_if)


def line(
    name: str, label: str, missing: str = "", *, hint: str = "", short: bool = False, known: bool = False,
    only_if: tuple[str, str] | None = None,
) -> Ask:  # fmt: skip
    """One line."""
    return Ask(name=name, label=label, missing=missing, hint=hint, short=short, known=known, only_if=only_if)


def when(name: str, label: str, missing: str = "", *, only_if: tuple[str, str] | None = None) -> Ask:
    """A date in the past."""
    return Ask(name=name, label=label, how=Asked.WHEN, missing=missing, only_if=only_if)

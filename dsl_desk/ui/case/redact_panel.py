"""A redacted copy: parts of a picture covered for good, for whoever must not see the original."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage
from PySide6.QtWidgets import QWidget

from dsl_desk.ui.awaited import Awaited
from dsl_desk.ui.case.area_picture import AreaPicture
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.tokens import Role, Space
from dsl_desk.ui.widgets import Button, Field, Kind, LineEdit, Notice, NoticeKind, SideBySide, Text, in_column, in_line

SECONDS_SHOWN = 120
"""How long the original stays uncovered while parts are marked; it can be uncovered again."""


class RedactPanel(Page):
    """Covers parts of one exhibit; the original stays as it is.

    Signals: `uncover_requested(reason)`, `copy_requested(areas, reason, description)`.
    """

    help_topic = "redacted-copies"
    uncover_requested = Signal(str)
    copy_requested = Signal(object, str, str)

    def __init__(self, mark: str, shows: str, parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.ASSISTANT, self.tr("Redacted copy of {mark}").format(mark=mark), subtitle=shows,
            back=self.tr("Back to {mark}").format(mark=mark), width=1100, parent=parent,
        )  # fmt: skip
        self._left_s, self._awaited = 0, Awaited()
        self.why = Field(
            self.tr("&Why, and for whom"),
            LineEdit(),
            hint=self.tr("Such as: for the parents, without who wrote it."),
            width=620,
        )
        self.shows = Field(self.tr("What the copy sho&ws, in your words"), LineEdit(), optional=self.tr("if you wish"))
        self.show_it = Button(self.tr("Show it, to &mark parts"), icon="eye")
        self.show_it.clicked.connect(self._on_show)
        self.add(self.why, space=0)  # asked first, and above the picture however narrow the window
        self.add(self.show_it, space=Space.S)
        self.add(SideBySide(self._make_picture(), self._make_words(), ratio=(620, 380), gap=40, stacks_below=800))
        self.set_primary(self.tr("&Make the redacted copy"))
        self.primary_requested.connect(self._on_primary)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self.tick)
        self._on_changed()

    def _make_picture(self) -> QWidget:
        part, column = in_column(Space.M)
        self.picture = AreaPicture()
        self.picture.changed.connect(self._on_changed)
        self.count = Text("", role=Role.TEXT2)
        column.addWidget(self.count)
        column.addWidget(self.picture, 1)
        return part

    def _make_words(self) -> QWidget:
        part, column = in_column(Space.M)
        self.frame = Button(self.tr("&Cover what is in the frame"), icon="target")
        self.frame.clicked.connect(self.picture.cover_frame)
        self.undo = Button(self.tr("&Take the last one back"), Kind.QUIET)
        self.undo.clicked.connect(self.picture.take_back)
        column.addWidget(in_line(self.frame))
        column.addWidget(in_line(self.undo))
        keys = self.tr("Drag over each part. By keys: arrows, Shift and arrows, Enter, Backspace.")
        column.addWidget(Text(keys, role=Role.TEXT2))
        column.addWidget(self.shows)
        words = self.tr(
            "What is covered is gone from the copy for good; the desk reads the copy again to prove it. Names can also "
            "stand in what is left. The original stays as it is."
        )
        column.addWidget(Notice(words, kind=NoticeKind.PLAIN))
        column.addStretch(1)
        return part

    def focus_first(self) -> None:
        """To what is asked first; the picture is covered until it is answered."""
        self.why.setFocus()

    # -- seeing it

    def _on_show(self) -> None:
        if self.picture.has_picture:
            self.cover()
            return
        words = self.why.text().strip()
        if self.show_problems([] if words else [(self.why, self.tr("Write why parts are covered, and for whom"))]):
            self.show_it.setEnabled(False)
            self._awaited.ask()
            self.uncover_requested.emit(words)

    def show_picture(self, picture: QImage) -> None:
        """Show the original for a counted time."""
        self.show_it.setEnabled(True)
        if not self._awaited.comes() or not self.isVisible():
            return
        self._left_s = SECONDS_SHOWN
        self.picture.set_picture(picture)
        self.picture.setFocus()
        self._tick.start()
        self._on_changed()

    def tick(self) -> None:
        """One second less."""
        self._left_s -= 1
        if self._left_s <= 0:
            self.cover()
        else:
            self._on_changed()

    def cover(self) -> None:
        """Cover it at once and forget the picture, also one that is still to come; what was marked stays."""
        self._awaited.cover()
        self._tick.stop()
        self._left_s = 0
        self.picture.set_picture(None)
        self._on_changed()

    def hideEvent(self, event: QHideEvent) -> None:
        """What is not looked at is not shown."""
        super().hideEvent(event)
        self.cover()

    def _on_changed(self) -> None:
        seen, n = self.picture.has_picture, len(self.picture.areas)
        marked = self.tr("1 part is marked.") if n == 1 else self.tr("{n} parts are marked.").format(n=n)
        marked = marked if n else self.tr("Nothing is marked yet.")
        words = self.tr("{marked} The original is covered.").format(marked=marked)
        if seen:
            words = self.tr("{marked} Covered again in {s} seconds.").format(marked=marked, s=self._left_s)
        self.count.set_words(words)
        self.show_it.set_label(self.tr("Cover it &now") if seen else self.tr("Show it, to &mark parts"))
        self.frame.setEnabled(seen)
        self.undo.setEnabled(n > 0)

    # -- the copy

    def show_refused(self, words: str) -> None:
        """Say why not; what was marked and typed stays."""
        self.show_it.setEnabled(True)
        self.set_busy(False)
        self.show_notice(words, NoticeKind.WARN)

    def _on_primary(self) -> None:
        found: list[tuple[QWidget, str]] = []
        if not self.why.text().strip():
            found.append((self.why, self.tr("Write why parts are covered, and for whom")))
        if not self.picture.areas:
            found.append((self.picture, self.tr("Mark what is to be covered")))
        if self.show_problems(found):
            self.set_busy(True)
            self.copy_requested.emit(self.picture.areas, self.why.text().strip(), self.shows.text().strip())

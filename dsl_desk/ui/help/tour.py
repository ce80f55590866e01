"""A look round on the first day: a few calm cards on Home that point at things; offered once, never in the way.

The card is no dialog: everything beside it works, the halt and lock keys first of all. It stands on Home alone and
goes when Home goes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from dsl_desk.ui.jobs import JobPool
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.messages import announce
from dsl_desk.ui.page import Page
from dsl_desk.ui.painting import begin, colour, outline
from dsl_desk.ui.reading_order import order_tabs
from dsl_desk.ui.tokens import Look, Role, Size, Space
from dsl_desk.ui.widgets import Button, Kind, Text
from dsl_desk.ui.widgets.layouts import Flow, height_for

_WIDTH = 400


class Offered(Protocol):
    """Who was offered a look round on this laptop; runs on the store's thread."""

    def was_offered(self, account: str) -> bool:
        """Whether this person was."""
        ...

    def note_offered(self, account: str) -> None:
        """Do not offer it to this person again."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One card: what it says, and which part of the window it points at."""

    title: str
    words: str
    part: str = ""


def stops(tr: Callable[[str], str]) -> tuple[Stop, ...]:
    """The cards, in the order of the look round."""
    return (
        Stop(
            title=tr("Home"), part="home",
            words=tr("What is waiting for you stands here, the most urgent first. You can always come back to it."),
        ),
        Stop(
            title=tr("New concern"), part="new",
            words=tr("When somebody tells you something, begin here. One sentence is enough; nothing typed is lost."),
        ),
        Stop(
            title=tr("The steps of a case"), part="cases",
            words=tr("A concern becomes a case. Open it, and it shows its steps: what is next, and who must act."),
        ),
        Stop(
            title=tr("Halt"), part="halt",
            words=tr("Not sure about something? Press this, or F8. It stops everything and says whom to ring."),
        ),
        Stop(
            title=tr("Lock"), part="lock",
            words=tr("Somebody comes in? F12 covers everything at once. Afterwards you are back where you were."),
        ),
        Stop(
            title=tr("Help"), part="help",
            words=tr("F1 explains the page you are on. Help, at the left, has every topic, and this look round again."),
        ),
    )  # fmt: skip


class Pointer(QWidget):
    """A frame around the part that a card speaks of; nothing can be pressed through or on it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._target: QWidget | None = None
        self.hide()

    def point_at(self, target: QWidget | None) -> None:
        """Frame this part; none hides the frame."""
        self._target = target
        self.setVisible(target is not None and target.isVisible())
        if target is not None:
            parent = self.parentWidget()
            corner = target.mapTo(parent, QPoint()) if parent is not None else QPoint()
            self.setGeometry(QRect(corner, target.size()).adjusted(-5, -5, 5, 5))
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame."""
        outline(begin(self), QRectF(self.rect()), colour(self, Role.ACCENT), 3, Size.RADIUS_FOCUS, None)


class TourCard(QFrame):
    """What is said, how far one is, and the way on, back and out.

    Signals: `went_on`, `went_back`, `left`.
    """

    went_on = Signal()
    went_back = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("A look round"))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, Space.L, 20, Space.L)
        column.setSpacing(Space.S)
        head = QHBoxLayout()
        self.title, self.place = Text("", Look.HEADING), Text("", Look.CAPTION, Role.TEXT2, wrap=False)
        head.addWidget(self.title, 1)
        head.addWidget(self.place, 0, Qt.AlignmentFlag.AlignTop)
        self.words = Text("", Look.BODY)
        acts = QWidget()
        row = Flow(acts, gap=Space.S)
        self.on = Button("", Kind.PRIMARY, tall=False)
        self.before, self.out = Button(self.tr("Back"), Kind.QUIET), Button("", Kind.QUIET)
        self.before.setAccessibleName(self.tr("Back to the card before"))
        for button, signal in ((self.on, self.went_on), (self.before, self.went_back), (self.out, self.left)):
            button.clicked.connect(signal)
            row.add(button)
        column.addLayout(head)
        column.addWidget(self.words)
        column.addSpacing(Space.XS)
        column.addWidget(acts)
        self.hide()

    def offer(self) -> None:
        """Ask whether a look round is wanted."""
        self.title.set_words(self.tr("New here? A look round"))
        self.place.set_words("")
        self.words.set_words(
            self.tr("Six short cards, two minutes. You can leave at any time, and Help has it again whenever you like.")
        )
        self._name(self.tr("Show me round"), self.tr("Not now"), back=False)

    def show_stop(self, stop: Stop, at: int, of: int) -> None:
        """Show one card."""
        self.title.set_words(stop.title)
        self.place.set_words(self.tr("{at} of {of}").format(at=at, of=of))
        self.words.set_words(stop.words)
        self._name(self.tr("Next") if at < of else self.tr("Finish"), self.tr("Leave the look round"), back=at > 1)
        self.out.setVisible(at < of)

    def _name(self, on: str, out: str, *, back: bool) -> None:
        self.on.set_label(on)
        self.out.set_label(out)
        self.out.setVisible(True)
        self.before.setVisible(back)
        self.place_itself()
        announce(self, f"{self.title.text()}. {self.words.text()}")

    def place_itself(self) -> None:
        """Stand at the bottom right of the page."""
        parent = self.parentWidget()
        if parent is not None:
            width = min(_WIDTH, parent.width() - 2 * Space.M)
            height = min(height_for(self, width), parent.height() - Space.M)
            self.setGeometry(parent.width() - width - Space.M, parent.height() - height - Space.M, width, height)
            self.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves; Shift+Esc never comes here, for it halts."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw its ground and edge."""
        box = QRectF(self.rect())
        outline(begin(self), box, colour(self, Role.ACCENT), 2, Size.RADIUS_PANEL, colour(self, Role.PAGE))


class Tour(QObject):
    """Leads somebody round, once it was accepted or asked for.

    Signals: `home_wanted` (asked for from elsewhere: Home must be shown first), `ended`.
    """

    home_wanted = Signal()
    ended = Signal()

    def __init__(self, window: MainWindow, pool: JobPool, memory: Offered, home: Callable[[], Page]) -> None:
        super().__init__(window)
        self._window, self._pool, self._memory, self._home = window, pool, memory, home
        self.offers = True
        """Whether it is offered by itself; a rehearsal turns that off."""
        self.card, self._pointer = TourCard(window.page_host), Pointer(window.frame)
        self._stops, self._at, self._account, self._wanted = stops(self.tr), -1, "", False
        self.card.went_on.connect(self._on_next)
        self.card.went_back.connect(lambda: self._go(self._at - 1))
        self.card.left.connect(self.leave)
        window.page_changed.connect(self._on_page)
        window.locked.connect(self._put_away)
        window.page_host.installEventFilter(self)

    @property
    def shown(self) -> bool:
        """Whether a card stands on Home."""
        return not self.card.isHidden()

    def somebody_came(self, account: str) -> None:
        """Offer it to them on Home, if they were never asked on this laptop."""
        self._account = account if self.offers else ""
        self._on_page(self._window.page)

    def start(self) -> None:
        """Somebody asked for it."""
        self._wanted = True
        if self._window.page is self._home():
            self._on_page(self._window.page)
        else:
            self.home_wanted.emit()

    def leave(self) -> None:
        """End it, and give the page the focus back."""
        self._put_away()
        self.ended.emit()
        page = self._window.page
        if page is not None:
            page.focus_first()

    def _on_page(self, page: object) -> None:
        if page is not self._home():
            self._put_away()
        elif self._wanted:
            self._wanted = False
            self._go(0)
            self.card.on.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._account and not self._window.is_locked:
            account, self._account = self._account, ""
            self._pool.start(lambda _: self._fresh(account), owner=self, done=self._on_asked)

    def _fresh(self, account: str) -> bool:
        """On the store's thread: whether they were never asked; from now on they were."""
        if self._memory.was_offered(account):
            return False
        self._memory.note_offered(account)
        return True

    def _on_asked(self, fresh: bool) -> None:
        if fresh and self._window.page is self._home() and not self._window.is_locked:
            self._at = -1
            self.card.offer()
            self._show()

    def _on_next(self) -> None:
        if self._at + 1 < len(self._stops):
            self._go(self._at + 1)
        else:
            self.leave()

    def _go(self, at: int) -> None:
        self._at = at
        self.card.show_stop(self._stops[at], at + 1, len(self._stops))
        self._show()
        if not self.card.before.isVisible() and self.card.before.hasFocus():
            self.card.on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        self.card.show()
        self.card.place_itself()
        self._point()
        order_tabs(self._window)

    def _point(self) -> None:
        stop = self._stops[self._at] if self._at >= 0 else None
        self._pointer.point_at(self._window.landmark(stop.part) if stop is not None and self.shown else None)

    def _put_away(self) -> None:
        self.card.hide()
        self._pointer.point_at(None)
        self._at = -1

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window has another size: stand where the page ends now."""
        if event.type() is QEvent.Type.Resize and self.shown:
            QTimer.singleShot(0, self, self._stand_anew)
        return super().eventFilter(watched, event)

    def _stand_anew(self) -> None:
        if self.shown:
            self.card.place_itself()
            self._point()

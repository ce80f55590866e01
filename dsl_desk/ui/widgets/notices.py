"""What a page says before or after an act: guidance, warnings, verdicts, and what is wrong with an entry."""

from __future__ import annotations

import enum
from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from dsl_desk.ui.painting import begin, colour, colours_of, hairline, outline
from dsl_desk.ui.tokens import Look, Role, Size, Space
from dsl_desk.ui.widgets.links import ProblemLink
from dsl_desk.ui.widgets.text import Icon, Text


class NoticeKind(enum.Enum):
    """What a notice is for: icon, colour, ground."""

    GUIDE = ("circle-alert", Role.INK, Role.ACCENT_SOFT)
    PLAIN = ("circle-alert", Role.TEXT2, Role.SURFACE)
    OK = ("circle-check", Role.OK, Role.OK_SOFT)
    WARN = ("triangle-alert", Role.WARN, Role.WARN_SOFT)
    STOP = ("octagon-x", Role.DANGER, Role.DANGER_SOFT)

    @property
    def icon(self) -> str:
        """Its icon unless another is given."""
        return self.value[0]

    @property
    def role(self) -> Role:
        """Colour of bar and icon."""
        return self.value[1]

    @property
    def ground(self) -> Role:
        """What its words stand on."""
        return self.value[2]


LONG = 90
"""Characters of a notice above which it is set in plain type."""


class Notice(QFrame):
    """A bar at its side, an icon and words; the words carry the meaning."""

    def __init__(
        self,
        words: str,
        *,
        kind: NoticeKind = NoticeKind.GUIDE,
        icon: str = "",
        title: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 11, Space.L, 11)
        row.setSpacing(Space.M)
        self._icon = Icon(icon or kind.icon, 20, kind.role)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        self._title = Text(title, Look.READ_STRONG)
        if not title:
            self._title.hide()
        self._words = Text(words)
        self._weigh()
        column.addWidget(self._title)
        column.addWidget(self._words)
        row.addLayout(column, 1)
        self.setAccessibleName(f"{title} {words}".strip())

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def _weigh(self) -> None:
        """One short sentence stands out; more is read more easily in plain type."""
        stands_out = not self._title.text() and len(self.words) <= LONG and self._kind is not NoticeKind.PLAIN
        self._words.set_look(Look.READ_STRONG if stands_out else Look.BODY)

    def set_words(self, words: str, *, kind: NoticeKind | None = None, title: str = "") -> None:
        """Say something else."""
        if kind is not None:
            self._kind = kind
            self._icon.set_icon(kind.icon, kind.role)
        self._title.set_words(title)
        self._title.setVisible(bool(title))
        self._words.set_words(words)
        self._weigh()
        self.setAccessibleName(f"{title} {words}".strip())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and bar."""
        painter = begin(self)
        painter.fillRect(self.rect(), colour(self, self._kind.ground))
        if colours_of(self).contrast:
            outline(painter, QRectF(self.rect()), colour(self, Role.LINE), 2, 0, None)
        painter.fillRect(QRectF(0, 0, 4, self.height()), colour(self, self._kind.role))


class Verdict(QFrame):
    """The one sentence that counts after a check: it holds, or it does not."""

    def __init__(self, ok: bool, title: str, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role, self._soft = (Role.OK, Role.OK_SOFT) if ok else (Role.DANGER, Role.DANGER_SOFT)
        row = QHBoxLayout(self)
        row.setContentsMargins(26, 18, Space.XL, 18)
        row.setSpacing(20)
        row.addWidget(Icon("shield-check" if ok else "circle-alert", 36, self._role))
        column = QVBoxLayout()
        column.setSpacing(Space.XS)
        column.addWidget(Text(title, Look.TITLE))
        if words:
            column.addWidget(Text(words))
        row.addLayout(column, 1)
        self.setAccessibleName(f"{title}. {words}".strip())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw its ground and edge."""
        outline(
            begin(self), QRectF(self.rect()), colour(self, self._role), hairline(self), Size.RADIUS_PANEL,
            colour(self, self._soft),
        )  # fmt: skip


class ErrorSummary(QFrame):
    """ "There is a problem": each line leads to its field, in the same words as beside the field.

    Signals: `field_requested(index)` when a line is chosen.
    """

    field_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(23, 14, Space.XL, 14)
        self._column.setSpacing(Space.XS)
        head = QHBoxLayout()
        head.setSpacing(Space.M)
        head.addWidget(Icon("circle-alert", 20, Role.DANGER))
        head.addWidget(Text(self.tr("There is a problem"), Look.HEADING), 1)
        self._column.addLayout(head)
        self._links: list[ProblemLink] = []
        self.hide()

    @property
    def links(self) -> tuple[ProblemLink, ...]:
        """The lines, in the order of the fields."""
        return tuple(self._links)

    def show_problems(self, problems: Sequence[str]) -> None:
        """Show these problems, or hide where there is none."""
        for link in self._links:
            self._column.removeWidget(link)
            link.hide()
            link.deleteLater()
        self._links = [ProblemLink(words, self) for words in problems]
        for index, link in enumerate(self._links):
            link.clicked.connect(lambda _=False, index=index: self.field_requested.emit(index))
            self._column.addWidget(link)
        heading = self.tr("There is a problem")
        self.setAccessibleName(heading + ". " + ". ".join(problems))
        self.setVisible(bool(problems))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw its red edge."""
        outline(begin(self), QRectF(self.rect()), colour(self, Role.DANGER), 3, Size.RADIUS, colour(self, Role.PAGE))

"""Words and icons on a page."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from dsl_desk.ui.painting import Paragraph, begin, colour, colours_of, draw_icon, exact, font_of, split_mnemonic
from dsl_desk.ui.tokens import Look, Role


class Text(QLabel):
    """Words in one of the desk's styles; always plain text, whatever was pasted into it.

    Wraps with the style's line height, or stays on one line and ends in "…" with the whole as its tip.
    """

    def __init__(
        self,
        words: str = "",
        look: Look = Look.BODY,
        role: Role = Role.TEXT,
        *,
        wrap: bool = True,
        lead: int = 0,
        buddy: QWidget | None = None,
        mark: bool = False,
        right: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.look, self.role, self._wrap, self._lead, self._mark, self._right = look, role, wrap, lead, mark, right
        self._set: Paragraph | None = None
        self._labels, self._struck = buddy is not None, False
        self.setTextFormat(Qt.TextFormat.PlainText)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self.setFont(font_of(look, mark=mark))
        if buddy is not None:
            self.setBuddy(buddy)
        self.set_words(words)

    def set_words(self, words: str, *, lead: int | None = None) -> None:
        """Show other words."""
        self._lead = self._lead if lead is None else lead
        self._set = None
        self.setText(words)
        self.setAccessibleName(split_mnemonic(words)[0] if self._labels else words)
        self.updateGeometry()
        self.update()

    def set_role(self, role: Role) -> None:
        """Show them in another colour."""
        self.role = role
        self.update()

    def set_look(self, look: Look) -> None:
        """Set them in another style."""
        self.look, self._set = look, None
        self.setFont(font_of(look, mark=self._mark))
        self.updateGeometry()

    def set_mark(self) -> None:
        """It is a reference, a mark or a fingerprint: 0 and O must differ."""
        self._mark, self._set = True, None
        self.setFont(font_of(self.look, mark=True))
        self.updateGeometry()

    def set_struck(self) -> None:
        """Something else stands in its place: the words stay, with a line through them."""
        self._struck, self._set = True, None
        self.setAccessibleName(self.tr("Corrected since, as it was written: {words}").format(words=self.text()))
        self.update()

    @property
    def wraps(self) -> bool:
        """Whether it may take several lines."""
        return self._wrap

    def _paragraph(self) -> Paragraph:
        if self._set is None:
            words, at = split_mnemonic(self.text()) if self._labels else (self.text(), -1)
            self._set = Paragraph.of(
                words, self.look, underline=at, lead=self._lead, mark=self._mark, struck=self._struck
            )
        return self._set

    def hasHeightForWidth(self) -> bool:
        """Whether its height follows from its width."""
        return self._wrap

    def heightForWidth(self, width: int) -> int:
        """How tall its words are at a width."""
        return exact(self._paragraph().height_at(width)) if self._wrap else self.sizeHint().height()

    def sizeHint(self) -> QSize:
        """Its words on one line, or at a readable measure."""
        paragraph = self._paragraph()
        width, height = paragraph.one_line
        if self._wrap and width > 660:
            width = 660
            height = paragraph.height_at(width)
        return QSize(exact(width) + 1, exact(height))

    def minimumSizeHint(self) -> QSize:
        """Its widest word where it wraps; a few letters where it ends in dots."""
        paragraph = self._paragraph()
        natural, height = paragraph.one_line
        width = min(paragraph.least_width, 240) if self._wrap else min(natural, 48)
        return QSize(exact(width) + 1, exact(height))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words in the colour of the moment."""
        painter = begin(self)
        paragraph, ink = self._paragraph(), colour(self, self.role)
        if self._wrap:
            paragraph.fit(self.width()).draw(painter, QPointF(0, 0), ink)
            return
        paragraph.fit()
        top = max(0.0, (self.height() - paragraph.height) / 2)
        if paragraph.natural_width > self.width() + 0.5:
            painter.setFont(self.font())
            painter.setPen(ink)
            shown = self.fontMetrics().elidedText(paragraph.words, Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
            return
        left = self.width() - paragraph.natural_width if self._right else 0.0
        paragraph.draw(painter, QPointF(left, top), ink)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole as a tip where it had to be shortened."""
        super().resizeEvent(event)
        if not self._wrap:
            cut = self._paragraph().one_line[0] > self.width() + 0.5
            self.setToolTip(self._paragraph().words if cut else "")


class Icon(QWidget):
    """A small drawing; silent to screen readers unless it says something that no word beside it says."""

    def __init__(
        self, name: str, size: int = 20, role: Role = Role.TEXT, *, name_read: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.name, self.role, self._size = name, role, size
        self.setFixedSize(size, size)
        self.setAccessibleName(name_read)

    def set_icon(self, name: str, role: Role | None = None) -> None:
        """Show another drawing."""
        self.name, self.role = name, role or self.role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the colour of the moment."""
        heavy = colours_of(self).contrast
        draw_icon(begin(self), self.name, QRectF(0, 0, self._size, self._size), colour(self, self.role), heavy=heavy)

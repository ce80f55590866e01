"""What people fill in: label, hint, error and editor, always in this order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAccessible, QFocusEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from dsl_desk.ui.painting import exact, split_mnemonic
from dsl_desk.ui.tokens import Look, Role, Size
from dsl_desk.ui.widgets.buttons import Button, Kind
from dsl_desk.ui.widgets.form_part import FormPart
from dsl_desk.ui.widgets.text import Text

EditorT = TypeVar("EditorT", bound=QWidget)
LONGEST_LINE = 10_000
LONGEST_TEXT = 200_000
_LEAST_LIST = 320
_MOST_LINES = 14


def _set_invalid(editor: QWidget, invalid: bool) -> None:
    editor.setProperty("invalid", invalid)
    editor.update()
    if isinstance(editor, QPlainTextEdit):
        editor.viewport().update()


class LineEdit(QLineEdit):
    """One line to type; undo and redo are Qt's own."""

    def __init__(self, text: str = "", *, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setMaxLength(LONGEST_LINE)
        self.setTextMargins(6, 0, 6, 0)
        self.setPlaceholderText(placeholder)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("draws_focus", True)

    def sizeHint(self) -> QSize:
        """36 tall."""
        hint = super().sizeHint()
        return QSize(hint.width(), max(Size.FIELD, self.fontMetrics().height() + 12))

    def minimumSizeHint(self) -> QSize:
        """36 tall."""
        return QSize(80, self.sizeHint().height())


class TextArea(QPlainTextEdit):
    """Several lines to type; Tab goes on to the next field, pasted text comes without its dress."""

    def __init__(self, lines: int = 3, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setTabChangesFocus(True)
        self.setProperty("field", True)
        self.setProperty("draws_focus", True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setViewportMargins(4, 3, 4, 3)
        self.document().setDocumentMargin(4)
        self.setMinimumHeight(self.sizeHint().height())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """What was typed."""
        return self.toPlainText()

    def setText(self, text: str) -> None:
        """Show a text."""
        self.setPlainText(text)

    def sizeHint(self) -> QSize:
        """As tall as its lines."""
        return QSize(320, exact(self.fontMetrics().lineSpacing() * self._lines) + 26)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take the words of what is pasted and nothing else, up to a sane length."""
        if source.hasText():
            room = LONGEST_TEXT - len(self.toPlainText())
            self.textCursor().insertText(source.text()[: max(0, room)])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the edge of a focused field."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the edge of a field at rest."""
        super().focusOutEvent(event)
        self.update()


class _Lines(QStyledItemDelegate):
    """Lines of a list that folds out, as tall as whatever else is hit: a trembling hand chooses the right one."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As wide as its words, 28 tall or more."""
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), max(Size.CHECK, hint.height()))


class Dropdown(QComboBox):
    """One of a list that folds out; the wheel never changes it by accident."""

    def __init__(self, options: Sequence[tuple[str, str]], *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heard = False
        for key, words in options:
            self.addItem(words, key)
        self.setProperty("draws_focus", True)
        self.setItemDelegate(_Lines(self))
        self.setMaxVisibleItems(_MOST_LINES)
        if name:
            self.setAccessibleName(name)

    @property
    def key(self) -> str:
        """What is chosen."""
        return str(self.currentData() or "")

    def set_key(self, key: str) -> None:
        """Choose by key."""
        self.setCurrentIndex(max(0, self.findData(key)))

    def text(self) -> str:
        """The words that are chosen."""
        return self.currentText()

    def showEvent(self, event: QShowEvent) -> None:
        """Let a screen reader that is running choose from the list."""
        super().showEvent(event)
        if QAccessible.isActive() and not self._heard:
            self._heard = True
            self.view().selectionModel().selectionChanged.connect(self._on_listed)

    def _on_listed(self, chosen: QItemSelection) -> None:
        """A screen reader marks a line of the list without folding it out; Qt by itself would not choose it."""
        rows = [index.row() for index in chosen.indexes()]
        if rows and not self.view().isVisible() and rows[0] != self.currentIndex():
            self.setCurrentIndex(rows[0])
            self.activated.emit(rows[0])

    def minimumSizeHint(self) -> QSize:
        """Never wider than a page for one long name in the list; it is read whole where there is room."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), _LEAST_LIST), hint.height())

    def wheelEvent(self, event: QEvent) -> None:
        """Let the page scroll."""
        event.ignore()


class Field(FormPart, Generic[EditorT]):
    """Label, hint, error and editor; the label is the editor's name for screen readers.

    What may be left empty says when: `optional` is those words, or True where they are "if you know it".
    """

    def __init__(
        self,
        label: str,
        editor: EditorT,
        *,
        hint: str = "",
        width: int | None = None,
        optional: bool | str = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(2, parent)
        self.editor: EditorT = editor
        unless = optional if isinstance(optional, str) else self.tr("if you know it")
        shown = f"{label} ({unless})" if optional else label
        self.label = Text(shown, Look.STRONG, buddy=editor)
        self.hint = Text(hint, role=Role.TEXT2)
        if not hint:
            self.hint.hide()
        for part in (self.label, self.hint, self._error):
            self._column.addWidget(part)
        self._column.addSpacing(3)
        if width is None:
            self._column.addWidget(editor)
        else:
            editor.setMaximumWidth(width)
            line = QHBoxLayout()
            line.setContentsMargins(0, 0, 0, 0)
            line.addWidget(editor, 1)
            line.addStretch(0)
            self._column.addLayout(line)
        editor.setAccessibleName(split_mnemonic(shown)[0])
        editor.setAccessibleDescription(hint)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Go to its editor. (A focus proxy would make Tab stop wherever this part was made.)"""
        self.editor.setFocus(reason)

    def _describe(self, words: str) -> None:
        _set_invalid(self.editor, bool(words))
        self.editor.setAccessibleDescription(" ".join(part for part in (words, self.hint.text()) if part))

    def set_hint(self, words: str) -> None:
        """Show another hint, such as a date read back in words."""
        self.hint.set_words(words)
        self.hint.setVisible(bool(words))
        self.editor.setAccessibleDescription(" ".join(part for part in (self.error, words) if part))

    def text(self) -> str:
        """What was typed or chosen."""
        editor = self.editor
        return editor.text() if isinstance(editor, LineEdit | TextArea | Dropdown | QLineEdit) else ""

    def set_text(self, text: str) -> None:
        """Show a text in its editor."""
        if isinstance(self.editor, QLineEdit | TextArea):
            self.editor.setText(text)


class _SecretLine(LineEdit):
    """A passphrase on one line; Tab into it does not select it, so no key press wipes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        hints = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        self.setInputMethodHints(hints | Qt.InputMethodHint.ImhNoAutoUppercase)
        self.show_button = Button(self.tr("Show"), Kind.QUIET, parent=self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Put the cursor at the end."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.deselect()
            self.setCursorPosition(len(self.text()))

    def resizeEvent(self, event: object) -> None:
        """Keep the button inside at the right."""
        button = self.show_button
        size = button.sizeHint()
        tall = min(size.height(), self.height() - 6)
        button.setGeometry(self.width() - size.width() - 10, (self.height() - tall) // 2, size.width(), tall)
        self.setTextMargins(6, 0, size.width() + 16, 0)


class PassphraseField(Field[LineEdit]):
    """A passphrase; may be shown and may be pasted, capital letters count.

    Signals: `entered` when Return is pressed in it.
    """

    entered = Signal()

    def __init__(self, label: str, *, hint: str = "", width: int | None = None, parent: QWidget | None = None) -> None:
        line = _SecretLine()
        super().__init__(label, line, hint=hint, width=width, parent=parent)
        self._line = line
        line.returnPressed.connect(self.entered)
        line.show_button.clicked.connect(self._on_show_clicked)
        self._name_button()

    def _on_show_clicked(self) -> None:
        hidden = self._line.echoMode() is QLineEdit.EchoMode.Password
        self._line.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._name_button()
        self._line.resizeEvent(None)

    def _name_button(self) -> None:
        hidden = self._line.echoMode() is QLineEdit.EchoMode.Password
        words = self.tr("Show") if hidden else self.tr("Hide")
        self._line.show_button.set_label(words, name=f"{words}: {self._line.accessibleName()}")

    def clear(self) -> None:
        """Forget what was typed, and hide what comes next."""
        self._line.clear()
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._name_button()

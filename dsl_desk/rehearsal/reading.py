"""How a part of a page reads: its names, its words, and whether a paper on it is drawn by now."""

from __future__ import annotations

from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QAbstractButton, QWidget

from dsl_desk.ui.painting import split_mnemonic
from dsl_desk.ui.widgets import Field

_SAMPLE = 24
_PLAIN = 8
"""An empty sheet, its edge, the ground behind it and a scroll bar have fewer colours than this."""


def is_drawn(paper: QPdfView) -> bool:
    """Whether a paper is more than an empty sheet by now: it is drawn behind the window."""
    small = paper.grab().toImage().scaled(_SAMPLE, _SAMPLE)
    return len({small.pixel(x, y) for x in range(_SAMPLE) for y in range(_SAMPLE)}) > _PLAIN


def text_of(part: QWidget) -> str:
    """The words a part shows, where it shows any."""
    words = getattr(part, "text", None)
    return str(words()) if callable(words) else ""


def names_of(part: QWidget) -> tuple[str, ...]:
    """What a part is called: its accessible name, its words without the mark of its key, a field's label."""
    found = [part.accessibleName(), split_mnemonic(text_of(part))[0] if isinstance(part, QAbstractButton) else ""]
    if isinstance(part, Field):
        found.append(split_mnemonic(part.label.text())[0])
    return tuple(name for name in found if name)

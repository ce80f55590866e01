"""Walks every part of a window and says what a person could not name, reach, hit or read.

For any page of any feature: `assert walk(window) == []`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QScrollArea, QWidget

from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.painting import Paragraph
from dsl_desk.ui.reading_order import focus_chain, reading_order
from dsl_desk.ui.widgets import Button, Scroller, Status, Text

LEAST_TARGET = 24
SIZES = ((683, 384), (1366, 768))
"""What is left of a small screen with words twice as large, and the window as it opens."""
_SLACK = 1


def walk(window: QWidget) -> list[str]:
    """Every fault found in what is visible of a window, each in words."""
    return [*unnamed(window), *unreachable(window), *too_small(window), *clipped(window), *overflowing(window)]


def walk_in_each_size(window: QWidget, settle: Callable[[], object]) -> list[str]:
    """The same in the smallest window and in the usual one; `settle` lets the layout come to rest."""
    found: list[str] = []
    for size in SIZES:
        window.resize(*size)
        settle()
        settle()
        found += [f"{size}: {fault}" for fault in walk(window)]
    return found


def tell(widget: QWidget) -> str:
    """A widget as a person would find it."""
    words = widget.accessibleName() or (widget.text() if isinstance(widget, QLabel | QAbstractButton) else "")
    return f"{type(widget).__name__} {words[:60]!r}"


def name_of(widget: QWidget) -> str:
    """What a screen reader is told."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip()


def _visible(window: QWidget) -> Iterator[QWidget]:
    yield from (part for part in window.findChildren(QWidget) if part.isVisible() and part.window() is window.window())


def stops(window: QWidget) -> list[QWidget]:
    """Where Tab stops, in the order of the focus chain."""
    found = []
    for part in focus_chain(window)[1:]:
        open_to_tab = part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisible() and part.isEnabled()
        if open_to_tab and part.focusProxy() is None and part.window() is window.window():
            found.append(part)
    return found


def unnamed(window: QWidget) -> list[str]:
    """Focusable parts without a name for screen readers."""
    return [f"no name: {tell(widget)}" for widget in stops(window) if not name_of(widget)]


def unreachable(window: QWidget) -> list[str]:
    """Where the order of Tab is not the order of reading, or leaves something out; the halt button comes last."""
    if isinstance(window, MainWindow):
        window._order_tabs()  # as the key itself does it first
    chain = stops(window)
    wanted = [w for w in reading_order(window) if w.isVisible() and w.isEnabled() and w.focusProxy() is None]
    faults = [f"Tab never reaches: {tell(widget)}" for widget in wanted if widget not in chain]
    if not faults and chain != wanted:
        first = next(i for i, (one, other) in enumerate(zip(chain, wanted, strict=False)) if one is not other)
        faults.append(f"Tab goes to {tell(chain[first])} before {tell(wanted[first])}")
    pressed = [
        w for w in _visible(window) if isinstance(w, QAbstractButton) and w.focusPolicy() is Qt.FocusPolicy.NoFocus
    ]
    return faults + [
        f"by mouse alone: {tell(w)}" for w in pressed if w.isEnabled() and not isinstance(w.parent(), QLineEdit)
    ]


def too_small(window: QWidget) -> list[str]:
    """Targets one could miss, and buttons shown smaller than their words."""
    faults = []
    for widget in stops(window):
        if min(widget.width(), widget.height()) < LEAST_TARGET:
            faults.append(f"target {widget.width()} x {widget.height()}: {tell(widget)}")
        hint = widget.sizeHint()
        if isinstance(widget, Button) and (widget.width() < hint.width() or widget.height() < min(hint.height(), 24)):
            faults.append(f"button smaller than its words: {tell(widget)}")
    return faults


def clipped(window: QWidget) -> list[str]:
    """Words that do not fit where they stand, from the metrics of their type."""
    faults = []
    for widget in _visible(window):
        if not isinstance(widget, QLabel) or not widget.text() or widget.property("may_end_in_dots"):
            continue
        if isinstance(widget, Status):
            if widget.width() < widget.sizeHint().width() - _SLACK:
                faults.append(f"cut: {tell(widget)}")
        elif isinstance(widget, Text) and not widget.wraps:
            natural = Paragraph.of(widget.text(), widget.look).fit().natural_width
            if natural > widget.width() + _SLACK:
                faults.append(f"ends in dots ({widget.width()} of {natural:.0f}): {tell(widget)}")
        elif widget.hasHeightForWidth() and widget.height() + _SLACK < widget.heightForWidth(widget.width()):
            faults.append(f"cut: {widget.height()} of {widget.heightForWidth(widget.width())} tall, {tell(widget)}")
        elif isinstance(widget, Text):
            least = Paragraph.of(widget.text(), widget.look).least_width
            if min(least, 240) > widget.width() + _SLACK:
                faults.append(f"a word is broken: {tell(widget)}")
    return faults


def overflowing(window: QWidget) -> list[str]:
    """Parts that stick out of what holds them, sideways, where nobody can scroll."""
    faults = []
    for widget in _visible(window):
        if isinstance(widget, Scroller):
            inner = widget.widget()
            if inner is not None and inner.width() > widget.viewport().width() + _SLACK:
                faults.append(f"wider than its pane by {inner.width() - widget.viewport().width()}: {_widest(inner)}")
        if isinstance(widget, QAbstractButton | QLabel) and not _inside(widget):
            faults.append(f"sticks out: {tell(widget)}")
    return faults


def _widest(inner: QWidget) -> str:
    """The narrowest part that forces a pane to be too wide."""
    wide = [w for w in inner.findChildren(QWidget) if w.isVisible() and w.minimumSizeHint().width() > 200]
    wide.sort(key=lambda w: w.minimumSizeHint().width())
    return ", ".join(f"{tell(w)} {w.minimumSizeHint().width()}" for w in wide[-3:])


def _inside(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    if parent is None or isinstance(parent.parentWidget(), QScrollArea):
        return True
    room = QRect(QPoint(), parent.size()).adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK)
    return room.contains(widget.geometry())

"""Tab order is reading order: computed from how the parts stand, not from when they were made."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QSplitter, QStackedWidget, QWidget

_TAB = Qt.FocusPolicy.TabFocus.value
_SIDE_BY_SIDE = (QSplitter, QStackedWidget)
_HELD = (QWidget, QLayout)


def reading_order(root: QWidget) -> list[QWidget]:
    """Every part below `root` that Tab can reach, as one reads them."""
    found: list[QWidget] = []
    _gather(root, found)
    return [widget for widget in found if takes_tab(widget)]


def takes_tab(widget: QWidget) -> bool:
    """Whether Tab stops here; asked of every part of a page, so without making a flag of it."""
    return bool(widget.focusPolicy().value & _TAB)


def order_tabs(root: QWidget, *more: QWidget) -> None:
    """Let Tab go through `root` (and what follows it) as one reads; nothing is touched where it does so already."""
    chain = [widget for part in (root, *more) for widget in reading_order(part)]
    if not chain or chain == _as_it_is(chain):
        return
    for before, after in itertools.pairwise(chain):
        QWidget.setTabOrder(before, after)


def open_to_tab(host: QWidget) -> list[QWidget]:
    """What of a part Tab can reach just now."""
    return [part for part in reading_order(host) if part.isEnabled() and part.isVisible() and not part.focusProxy()]


@contextmanager
def focus_kept(root: QWidget) -> Iterator[None]:
    """Parts of `root` go to another parent: what had the focus gets it back, else the next part in order would."""
    held = [part for part in root.findChildren(QWidget) if part.hasFocus()]
    yield
    for part in held:
        part.setFocus(Qt.FocusReason.OtherFocusReason)


def _as_it_is(chain: list[QWidget]) -> list[QWidget]:
    """The same parts in the order in which Tab goes through them now."""
    wanted = {id(widget) for widget in chain}
    return [widget for widget in focus_chain(chain[0]) if id(widget) in wanted]


def focus_chain(first: QWidget) -> list[QWidget]:
    """Every part of a window in the order of Qt's chain of focus.

    Whatever the chain gives without a parent (the window itself) PySide makes a child
    of the part that was asked, for its own book-keeping; from then on each part that is
    deleted walks through the whole window. So the window is given back to nobody.
    """
    found, at = [first], first.nextInFocusChain()
    while at is not None and at is not first:
        found.append(at)
        at = at.nextInFocusChain()
    for widget in found:
        if widget.isWindow() and widget.parentWidget() is None:
            widget.setParent(None)
    return found


def _gather(widget: QWidget, found: list[QWidget]) -> None:
    """A part and all below it, into one list: a generator in a generator would hand each part up level by level."""
    found.append(widget)
    for part in _below(widget):
        _gather(part, found)


def _below(widget: QWidget) -> list[QWidget]:
    """The parts that stand directly in a part, in the order of reading."""
    if isinstance(widget, QScrollArea):
        inner = widget.widget()
        return [inner] if inner is not None else []
    if isinstance(widget, _SIDE_BY_SIDE):
        return [part for i in range(widget.count()) if (part := widget.widget(i)) is not None]
    children = widget.children()
    if not children:
        return []
    layout = widget.layout()
    laid_out = _of_layout(layout) if layout is not None else []
    seen = {id(part) for part in laid_out}
    others = [part for part in children if isinstance(part, QWidget) and id(part) not in seen and not part.isWindow()]
    return [*laid_out, *others]


def _of_layout(layout: QLayout) -> list[QWidget]:
    found: list[QWidget] = []
    for part in parts_of(layout):
        if isinstance(part, QLayout):
            found += _of_layout(part)
        else:
            found.append(part)
    return found


def parts_of(layout: QLayout) -> list[QWidget | QLayout]:
    """What a layout holds, in its order, without touching its items.

    An item that Python has seen is remembered under its address also after Qt deleted it;
    a part made later at that address was then taken for the item.
    """
    host = layout.parentWidget()
    inside = [*(host.children() if host is not None else ()), *layout.children()]
    found = [(at, part) for part in inside if isinstance(part, _HELD) and (at := layout.indexOf(part)) >= 0]
    return [part for _, part in sorted(found, key=lambda one: one[0])]

"""Areas that scroll, so that a screen reader cannot end the program by asking for a part that has just gone."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractScrollArea


def told_plainly(area: type[QAbstractScrollArea]) -> type[QAbstractScrollArea]:
    """A kind of area of which a screen reader is told as of a plain part.

    What Qt tells of an area that scrolls counts the bars that are in sight at that moment, and
    reads past the end of its list where it is asked for one that has gone since. It chooses what
    to tell by the name of the class; of a plain part the list is the same with and without bars in
    sight, and its end is held (decision 015).
    """
    return type("QWidget", (area,), {})

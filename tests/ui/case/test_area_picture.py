"""Marking parts of a picture: what was begun when everything was covered covers nothing later."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from dsl_desk.ui.case.area_picture import AreaPicture


def test_a_part_that_was_begun_when_the_picture_was_covered_is_not_marked_when_it_is_back(qtbot):
    place = AreaPicture()
    qtbot.addWidget(place)
    place.resize(400, 400)
    picture = QImage(64, 64, QImage.Format.Format_RGB32)
    place.set_picture(picture)
    QTest.mousePress(place, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    QTest.mouseMove(place, QPoint(200, 200))
    assert place._dragged is not None
    place.set_picture(None)
    place.set_picture(picture)
    QTest.mouseRelease(place, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    assert place.areas == ()

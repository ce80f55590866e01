"""The rehearsal by keyboard alone, from the first unlock on: no mouse is touched."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from dsl_desk.domain.case_entries import Judged
from dsl_desk.domain.case_words import Judgement
from dsl_desk.rehearsal import window_desk, window_first_case, window_headteacher, window_others
from dsl_desk.rehearsal.hands import Hands
from dsl_desk.rehearsal.keys import Keys
from dsl_desk.rehearsal.seat import Seat
from tests.desks import set_up_once, stage
from tests.ui.opened import remember

__all__ = ["set_up_once", "stage"]
WHOLE = (
    window_first_case.play,
    window_others.play_stopped,
    window_others.play_police_first,
    window_headteacher.play_headteacher,
    window_desk.play,
)
"""What the rehearsal plays once there is a desk, in its order."""
_MOUSE = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.Wheel, QEvent.Type.Drop)


class NoMouse(QObject):
    """Takes down every touch of the mouse."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.touched: list[str] = []
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if event.type() in _MOUSE:
            self.touched.append(f"{type(watched).__name__} {event.type().name}")
        return False


@pytest.fixture
def seat(qapp, theme, stage):
    remember(stage.around, stage.desk_folder)
    hands = Hands(qapp, stage.around, Keys(qapp), patience_ms=120_000)  # two shared cores
    hands.window.idle.blockSignals(True)  # on a busy machine a pause can be as long as a sleep
    yield Seat(stage=stage, hands=hands)
    hands.close()


def test_the_main_case_is_played_by_keyboard_alone(qapp, seat, heavy):
    """From the door to both signatures; the full count goes on to the pack and plays every other case and the desk."""
    mouse = NoMouse(qapp)
    seat.hands.on_screen.append(lambda name, _: print(name, flush=True))
    for scene in WHOLE if heavy(0, 1) else (window_first_case.until_signed,):
        scene(seat)
    qapp.removeEventFilter(mouse)

    assert mouse.touched == []
    reference = seat.stage.references[0]
    case = seat.ask(lambda services: services.book.load(services.desk.find(reference)))
    assert len(case.signatures) == 2
    assert [one.data.judgement for one in case.told(Judged)] == [Judgement.SUBSTANCE, Judgement.CANNOT_TELL]

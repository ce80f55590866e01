"""One timing of the real window in a process of its own: `lists`, `pack` or `exhibits`, its figures printed as JSON.

Offscreen, with real key presses and the real store. What is timed ends when the answer is on the page and painted.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dsl_desk.domain.case_reviewing import StopAnswer
from dsl_desk.domain.case_taking_in import Offered
from dsl_desk.domain.case_words import Intake
from dsl_desk.domain.words import Answer, PackKind, StrandId
from dsl_desk.services.handover import Handover
from dsl_desk.store.values import Source
from dsl_desk.ui.painting import resources
from dsl_desk.ui.proof import Proof
from dsl_desk.ui.sweeping import Sweeper
from dsl_desk.ui.theme import Theme
from tests.bench import schools
from tests.bench.material import Words
from tests.bench.watchdog import Watchdog, watched
from tests.ui.opened import Hands

HOMES = 9


class Window:
    """The window on a desk, open for its first person."""

    def __init__(self, folder: Path) -> None:
        self.app = QApplication(["dsl-desk"])
        self.sweeper = Sweeper()  # as the program has it: Python's own would sweep on the store's thread
        self.sweeper.spare_what_is_loaded()
        self._wakes = QTimer()
        self._wakes.setTimerType(Qt.TimerType.PreciseTimer)
        self._wakes.setInterval(2)
        self.theme = Theme(self.app, resources() / "fonts")
        self.hands = Hands(self.app, schools.around(folder))
        self.hands.unlock(schools.typed().sign_in_name, schools.typed().passphrase)
        self.hands.until(lambda: bool(self.hands.window.has_person), "somebody is signed in")
        self.quiet()

    def seconds(self, act: Callable[[], object], there: Callable[[], bool] = lambda: True) -> float:
        """From an act until it was answered and everything is painted."""
        begun = time.perf_counter()
        act()
        self._wakes.start()  # it waits as the program's own loop does: one that turned idly would take the other's time
        while self.hands.opened.pool.busy or not there():
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self._wakes.stop()
        self.app.processEvents()
        return time.perf_counter() - begun

    def quiet(self) -> None:
        """Everything that was asked for is answered."""
        for _ in range(3):
            self.seconds(self.app.processEvents)

    def until(self, holds: Callable[[], bool]) -> None:
        """The window lives until something holds."""
        loop = QEventLoop()
        self.hands.until(holds, "the end of the work", patience_ms=3_600_000)
        loop.quit()


def lists(folder: Path) -> dict[str, object]:
    """Home shown again and again; then typing into the list of all cases, a letter at a time."""
    window = Window(folder)
    go = window.hands.window.place_requested.emit
    homes = []
    for _ in range(HOMES):
        window.seconds(lambda: go("cases"))
        homes.append(window.seconds(lambda: go("home")))
    window.seconds(lambda: go("cases"))
    words = [*Words("lists").text(12).split(), "MI-2026-", "unlike anything", "ba", "mi"]  # made before the watch
    with watched() as dog:
        strokes = typing(window, words)
    return {
        "home": statistics.median(homes),
        "homes": homes,
        "p95": sorted(strokes)[int(len(strokes) * 0.95)],
        "strokes": strokes,
        **stall(dog),
    }


def typing(window: Window, words: Sequence[str]) -> list[float]:
    """Seconds of each keystroke of these words, from the key to the list that it leads to."""
    view = window.hands.opened.desk.home.cases.cases
    view.finder.setFocus()
    answers: list[int] = []
    view.model.modelReset.connect(lambda: answers.append(1))
    strokes = []

    def press(key: Callable[[], object]) -> None:
        before = len(answers)
        strokes.append(window.seconds(key, lambda: len(answers) > before))

    for word in words:
        for letter in word:
            press(lambda letter=letter: QTest.keyClicks(view.finder, letter))  # type: ignore[misc]  # bound now
        view.finder.selectAll()
        press(lambda: QTest.keyClick(view.finder, Qt.Key.Key_Delete))
    return strokes


def pack(folder: Path, case: str, out: Path) -> dict[str, object]:
    """A pack written through the window's own pages, to the page that says it is done."""
    window = Window(folder)
    handover, typed = window.hands.opened.desk.tasks.handover, schools.typed()
    window.seconds(lambda: handover.open(StrandId(case)), lambda: handover.plan is not None)
    plan = Handover(kind=PackKind.AS_IT_STANDS, folder=out, medium="stick", recipient="police")
    proof = Proof(sign_in_name=typed.sign_in_name, passphrase=typed.passphrase)
    with watched() as dog:
        begun = time.perf_counter()
        handover._make(plan, [proof])
        window.until(lambda: handover.done is not None or _refused(window))
        taken = time.perf_counter() - begun
    if handover.done is None:
        raise SystemExit(window.hands.seen())
    return {"seconds": taken, **stall(dog)}


def _refused(window: Window) -> bool:
    handover = window.hands.opened.desk.tasks.handover
    return not window.hands.opened.pool.busy and window.hands.window.page is handover.plan


def exhibits(folder: Path, case: str, files: Sequence[Path]) -> dict[str, object]:
    """So many exhibits taken in while a bar shows how far it is."""
    window = Window(folder)
    desk, ended = window.hands.opened.desk, list[object]()
    page = desk.care._show("Taking in", "Timed")

    def work(job: object) -> object:
        services = desk.desks.services()
        me = services.desk.me
        offered = Offered(
            intake=Intake.SUPPLIED, description="made up", source="stick", method="copied from a stick",
            supplied_by="Made-up Person",
            stop_answers=(StopAnswer(account=me.account, name=me.name, answer=Answer.NO),),
        )  # fmt: skip
        sources = [Source.from_path(file) for file in files]
        return services.exhibits.take_in(StrandId(case), offered, sources, progress=job)  # type: ignore[arg-type]

    with watched() as dog:
        begun = time.perf_counter()
        window.hands.opened.pool.start(
            work, owner=page, done=ended.append, failed=ended.append, progressed=page.show_progress
        )
        window.until(lambda: bool(ended))
        taken = time.perf_counter() - begun
    if isinstance(ended[0], str):
        raise SystemExit(ended[0])
    return {"seconds": taken, **stall(dog)}


def stall(dog: Watchdog) -> dict[str, object]:
    """The longest time in which the window could not answer, and where it was."""
    return {"stall": dog.longest, "at": dog.at}


def main(what: str, folder: Path, *more: str) -> None:
    """Do one and print it."""
    match what, more:
        case "lists", ():
            found = lists(folder)
        case "pack", (strand, out):
            found = pack(folder, strand, Path(out))
        case "exhibits", (strand, *files):
            found = exhibits(folder, strand, [Path(file) for file in files])
        case _:
            sys.exit("lists FOLDER | pack FOLDER CASE OUT | exhibits FOLDER CASE FILE…")
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
    import os

    os._exit(0)

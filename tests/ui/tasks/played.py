"""A case of the staged desk brought to a point, and the window that goes on from there on its one store thread."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from dsl_desk import app
from dsl_desk.domain.words import StrandId
from dsl_desk.rehearsal import first_case
from dsl_desk.rehearsal.stage import Stage
from dsl_desk.ui.jobs import JobPool
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.tasks import CaseTasks
from tests.desks import copied


@dataclass
class Played:
    """A window over a real desk."""

    stage: Stage
    window: MainWindow
    pool: JobPool
    tasks: CaseTasks
    strand: StrandId

    def on_store(self, qtbot, work):
        """Do something on the store's thread, and wait for it."""
        got, owner = [], QObject()

        def done(result):
            got.append(result)

        self.pool.start(lambda _: (work(self.stage),), owner=owner, done=done, failed=got.append)
        qtbot.waitUntil(lambda: bool(got))
        assert isinstance(got[0], tuple), got[0]
        return got[0][0]

    def case(self, qtbot):
        """The case now."""
        return self.on_store(qtbot, lambda stage: stage.desk.book.load(self.strand))

    def secret(self, name: str):
        """Sign-in name and passphrase of somebody of the cast."""
        return self.stage.cast.secret(name)

    def prove(self, fields, name: str) -> None:
        """Somebody types their own name and passphrase."""
        fields.name.set_text(self.secret(name).sign_in_name)
        fields.passphrase.set_text(self.secret(name).passphrase)

    def close(self) -> None:
        """Sign out on the store's thread, and end it."""
        owner = QObject()
        self.pool.start(lambda _: self.stage.lock(), owner=owner)
        self.pool.store.waitForDone(20_000)
        self.pool.close()
        self.window.keys.stop()


class _Silent:
    """A stage on which nobody declares."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def __getattr__(self, name: str):
        return getattr(self._stage, name)

    def proves(self, name: str):
        raise NobodyDeclaresError


class NobodyDeclaresError(Exception):
    """The scene ends before anybody declares."""


def with_nobody_declared(stage: Stage, strand: StrandId) -> None:
    """Reviewers, device, access and purpose, and no declaration."""
    with suppress(NobodyDeclaresError):
        first_case._prepare(cast("Stage", _Silent(stage)), strand)


_SCENES: dict[str, tuple[str, Callable[[Stage, StrandId], object]]] = {
    "named": ("concern", with_nobody_declared),
    "prepared": ("concern", first_case._prepare),
    "looked": ("prepared", first_case._look),
    "judged": ("looked", first_case._judge),
    "signed": ("judged", first_case._sign),
}
"""Each point, the one before it, and the scene between them."""


class Scenes:
    """The case played up to each point once; every test begins with a copy of the desk as it stood there."""

    def __init__(self, set_up: Stage, room: Path) -> None:
        self._set_up, self._room = set_up, room
        self._played: dict[str, tuple[Stage, StrandId]] = {}

    def copy(self, point: str, out: Path) -> tuple[Stage, StrandId]:
        """The desk at a point, locked, in a folder of its own."""
        stage, strand = self._at(point)
        return copied(stage, out), strand

    def _at(self, point: str) -> tuple[Stage, StrandId]:
        if point not in self._played:
            self._played[point] = self._play(point)
        return self._played[point]

    def _play(self, point: str) -> tuple[Stage, StrandId]:
        out = self._room / point
        if point == "concern":
            stage = copied(self._set_up, out)
            stage.sign_in("dsl")
            strand = first_case._concern(stage)
        else:
            before, scene = _SCENES[point]
            stage, strand = self.copy(before, out)
            stage.sign_in("dsl")
            scene(stage, strand)
        stage.lock()
        return stage, strand


def play(stage: Stage, strand: StrandId, qapp: QApplication, qtbot) -> Played:
    """Hand a case that was played up to a point over to a window, the desk open on its store thread."""
    window = MainWindow(qapp, stage.around.clock.now)
    qtbot.addWidget(window)
    window.set_person("Pat Example, DSL")
    window.show()
    pool = JobPool(window)
    tasks = CaseTasks(window, pool, lambda: stage.desk, app.verify, stage.around.clock.now)
    played = Played(stage, window, pool, tasks, strand)
    played.on_store(qtbot, lambda stage: stage.sign_in("dsl"))
    return played


def shown(played: Played, qtbot, kind):
    """The page of this kind, as soon as it is shown."""
    qtbot.waitUntil(lambda: isinstance(played.window.page, kind))
    return played.window.page


def settle(qapp: QApplication) -> None:
    """Let the layout come to rest."""
    for _ in range(6):
        qapp.processEvents()

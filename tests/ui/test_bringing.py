"""A file that is taken in ends with a lock or a stop at its next chunk, also where its page was left for another."""

from __future__ import annotations

import itertools
import threading
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject, Signal

from dsl_desk.domain.words import StrandId
from dsl_desk.ui.jobs import JobPool
from dsl_desk.ui.review.bringing import Bringing
from tests.ui.gallery import window

STRAND = StrandId("a" * 32)


class Form(QObject):
    """What the page of an exhibit shows of a file that is taken in."""

    cancel_requested = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.large = SimpleNamespace(isChecked=lambda: False)
        self.bar = SimpleNamespace(show_part=lambda *_: None)
        self.refused: list[str] = []

    def show_running(self, *, running: bool) -> None:
        """It runs."""

    def show_refused(self, words: str) -> None:
        """It ended without being kept."""
        self.refused.append(words)


class WithoutEnd:
    """Takes files in for ever; says which chunk was the first of each."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.first = threading.Event()

    @property
    def exhibits(self) -> WithoutEnd:
        return self

    def take_in(self, _strand, offered, _sources, *, larger_allowed, progress):
        self.begun.append(offered)
        self.first.set()
        for done in itertools.count():
            progress.report(done, done + 1)


@pytest.fixture
def pool(qapp):
    made = JobPool()
    yield made
    made.close()


@pytest.mark.parametrize("signal", ["locked", "halt.covered"])
def test_everything_that_is_being_taken_in_is_dropped(qapp, theme, qtbot, pool, tmp_path, signal):
    shell, services = window(qapp), WithoutEnd()
    bringing = Bringing(shell, pool, lambda: cast("Any", services))
    place = tmp_path / "made-up.txt"
    place.write_text("made up")
    forms = [Form(shell) for _ in range(2)]
    for at, form in enumerate(forms):
        bringing.take_in(STRAND, cast("Any", form), cast("Any", f"file {at}"), place)
    assert services.first.wait(60)

    (shell.halt.covered if signal == "halt.covered" else shell.locked).emit()

    qtbot.waitUntil(lambda: not pool.busy)
    qtbot.waitUntil(lambda: all(form.refused for form in forms))
    assert services.begun == ["file 0"]
    shell.close()

"""The whole rehearsal in the window: every screen by the clicks a person would make, and a picture of each."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from dsl_desk import app
from dsl_desk.app import Surroundings
from dsl_desk.paths import make_private, resources
from dsl_desk.rehearsal import (
    disposing,
    other_cases,
    registers_kept,
    window_desk,
    window_first_case,
    window_headteacher,
    window_opening,
    window_others,
)
from dsl_desk.rehearsal.cast import load_cast
from dsl_desk.rehearsal.hands import Hands
from dsl_desk.rehearsal.play import LAPTOP, QUICK, take_away
from dsl_desk.rehearsal.screens import Screens
from dsl_desk.rehearsal.seat import Seat
from dsl_desk.rehearsal.stage import MemoryKeyring, Stage, empty_folder
from dsl_desk.rehearsal.touch import HandsError, Touch
from dsl_desk.rehearsal.whole import has_screen
from dsl_desk.services.ports import NoProgress, Progress
from dsl_desk.store.files import write_beside
from dsl_desk.ui.theme import Appearance, Theme

Scene = Callable[[Seat], None]
OFFSCREEN = "offscreen"


def application() -> QApplication:
    """The application the window belongs to, dressed; without a screen it paints where nobody sees it."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    if not has_screen():
        os.environ.setdefault("QT_QPA_PLATFORM", OFFSCREEN)
    if os.environ.get("QT_QPA_PLATFORM") == OFFSCREEN:
        qInstallMessageHandler(_say)
    made = QApplication(sys.argv[:1])
    made.setApplicationName("DSL Desk")
    Theme(made, resources() / "fonts", Appearance.LIGHT)
    return made


def _say(_kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
    """Qt's warnings as they are, but for what a screen that nobody sees says at every dialog."""
    if not words.startswith("This plugin does not support"):
        sys.stderr.write(f"{words}\n")


def rehearse_in_window(
    out: Path,
    around: Surroundings | None = None,
    progress: Progress | None = None,
    *,
    touch: Touch | None = None,
    prepare: Callable[[Hands], None] = lambda _: None,
) -> Stage:
    """Play everything into an empty folder through the window; raises InputError where something is in it already.

    Raises HandsError where a page does not come that should. `prepare` is called with the hands before they begin.
    Nothing else on this laptop is touched: the key store lives in memory.
    """
    report = (progress or NoProgress()).report
    empty_folder(out)
    real = around or Surroundings(config=out / LAPTOP, keyring=MemoryKeyring(), cost=QUICK)
    stage = Stage(out=out, cast=load_cast(), around=replace(real, config=out / LAPTOP, rehearsal=True))
    make_private(stage.handover)
    hands = Hands(application(), stage.around, touch)
    hands.window.idle.blockSignals(True)  # on a busy machine a pause can be as long as a sleep; nobody has left here
    screens = Screens(out / "screens")
    hands.on_screen.append(screens.keep)
    prepare(hands)
    seat = Seat(stage=stage, hands=hands)
    scenes = _scenes()
    try:
        for number, scene in enumerate(scenes):
            report(number, len(scenes))
            scene(seat)
        report(len(scenes), len(scenes))
    except HandsError:
        screens.keep("where-it-could-not-go-on", hands.window)
        raise
    finally:
        hands.close()
        stage.lock()
    registers_kept.play(stage)
    disposing.play(stage)
    stage.lock()
    for pack in stage.packs:
        if not app.verify(pack, stage.root_fingerprint).good:
            raise other_cases.RehearsalFailedError
    write_beside(out / "rehearsal.json", stage.programme())
    take_away(out)
    shutil.rmtree(out / window_desk.STICK, ignore_errors=True)
    return stage


def _scenes() -> tuple[Scene, ...]:
    return (
        window_opening.play,
        window_first_case.play,
        window_others.play_stopped,
        window_others.play_police_first,
        window_headteacher.play_headteacher,
        window_desk.play,
    )

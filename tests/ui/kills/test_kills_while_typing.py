"""The laptop dies while somebody types: at most the last five seconds are lost, and no draft is damaged."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from dsl_desk import app
from dsl_desk.services.drafts import CONCERN, DraftService, Unfinished
from dsl_desk.services.unlock import Typed
from dsl_desk.ui.concern.so_far import SoFar
from tests.desks import set_up_once
from tests.ui.kills.typist import FileKeyring, around, letter

__all__ = ["set_up_once"]
LOST_AT_MOST_S = 5.0
TREE = Path(__file__).parents[3]
MOST_LETTERS = 600
"""About eight seconds of typing: kills before, between and after the savings."""


@pytest.fixture
def typed(set_up_once) -> Typed:
    secret = set_up_once.cast.secret("dsl")
    return Typed(sign_in_name=secret.sign_in_name, passphrase=secret.passphrase)


@pytest.fixture
def folder(set_up_once, tmp_path: Path) -> Path:
    """The set-up desk, its key store in a file."""
    shutil.copytree(set_up_once.out, tmp_path / "school")
    for name, value in set_up_once.around.keyring._kept.items():
        FileKeyring(tmp_path / "school" / "keyring.json").set(name, value)
    laptop = around(tmp_path / "school")
    (laptop.config / "last-desk").write_text(str(tmp_path / "school" / "desk"), encoding="utf-8")
    return tmp_path / "school"


def drafts(folder: Path, typed: Typed, begin: SoFar | None = None) -> tuple[list[str], Unfinished | None]:
    """What opening the desk finds amiss, and the concern's draft; with `begin` one is kept first."""
    laptop = replace(around(folder))
    desk = app.opener(folder / "desk", laptop).unlock(typed)
    services = app.services(desk, laptop.clock)
    try:
        kept = DraftService(services.book)
        if begin is not None:
            kept.save(Unfinished(page=CONCERN, words=begin.as_words()))
        assert len(desk.drafts()) == 1
        return [str(finding) for finding in desk.opening_findings], kept.find(CONCERN)
    finally:
        services.close()


def killed_while_typing(folder: Path, typed: Typed, letters: int) -> tuple[list[tuple[int, float]], float]:
    """Type, and die after so many letters: every letter that was typed, with its time; and the time of death."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.ui.kills.typist", str(folder), typed.sign_in_name],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=TREE,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    ) as typist:  # fmt: skip
        assert typist.stdin is not None
        assert typist.stdout is not None
        typist.stdin.write(typed.passphrase + "\n")
        typist.stdin.flush()
        told = []
        for line in typist.stdout:
            told.append(line)
            if len(told) == letters:
                typist.send_signal(signal.SIGKILL)
                died = time.monotonic()
                break
        else:
            pytest.fail("the window ended by itself")
        told += [line for line in typist.stdout if line.endswith("\n")]
        assert typist.wait() == -signal.SIGKILL
    pairs = [line.split() for line in told]
    return [(int(length), float(at)) for length, at in pairs], died


@pytest.mark.skipif(sys.platform == "win32", reason="a process is killed by signal here")
def test_a_kill_while_typing_loses_five_seconds_at_most_and_no_draft(folder, typed, heavy):
    answers = {"1": "no", "2": "no", "3": "no", "4": "no"}
    chance, lost_most, lost_letters = secrets.SystemRandom(), 0.0, 0
    drafts(folder, typed, SoFar(about="pupil", answers=answers, page="story"))
    kills = heavy(1, 100)
    for kill in range(kills):
        told, died = killed_while_typing(folder, typed, chance.randint(1, MOST_LETTERS))
        findings, draft = drafts(folder, typed)

        assert findings == []
        assert draft is not None
        kept = SoFar.of(draft.words).words.get("fact", "")
        assert kept == "".join(letter(place) for place in range(len(kept))), "the draft is damaged"
        lost = [at for length, at in told if length > len(kept)]
        lost_s = died - lost[0] if lost else 0.0
        lost_most, lost_letters = max(lost_most, lost_s), max(lost_letters, len(lost))
        print(f"kill {kill + 1}: {len(told)} letters typed, {len(lost)} lost, {lost_s:.1f} s")
        assert lost_s <= LOST_AT_MOST_S
    print(f"{kills} kills: {lost_most:.1f} s or {lost_letters} letters lost at most, no draft damaged")

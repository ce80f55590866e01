from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dsl_desk.domain.errors import DamagedError
from dsl_desk.store.connection import NotThisKeyError, open_database
from dsl_desk.store.slots_file import COPIES
from dsl_desk.store.wraps import wrap
from tests.store.keys.desks import DEPUTY, DSL, HEAD, Box, assert_one_valid_state, at, custody, killed_at_every_step


def volume_key(box: Box) -> bytes:
    desk = box.open()
    vk = custody(desk).holdings.vk
    desk.close(at(150))
    return vk


def opens(box: Box, vk: bytes) -> bool:
    try:
        open_database(box.folder / "desk.db", vk).close()
    except NotThisKeyError:
        return False
    return True


def test_one_person_gives_the_desk_a_fresh_key_and_everybody_still_gets_in(box: Box) -> None:
    old = volume_key(box)
    desk = box.open()
    desk.rotate()
    desk.close(at(200))
    assert assert_one_valid_state(box) == 2
    assert not opens(box, old)


def test_rotation_killed_at_every_step_leaves_one_valid_state(
    box: Box, tmp_path: Path, heavy: Callable[[int, int], int]
) -> None:
    old = volume_key(box)
    generations = []

    def judge(copy: Box) -> None:
        generations.append(assert_one_valid_state(copy, (HEAD, DSL, DEPUTY)[: heavy(1, 3)]))
        assert not opens(copy, old)

    steps = killed_at_every_step(box, tmp_path, lambda desk, _: desk.rotate(), judge, every=1 if heavy(0, 1) else 4)
    assert steps >= 20
    assert set(generations) <= {2, 3}


def test_rotation_killed_and_both_copies_of_the_slots_lost_opens_by_the_third(
    box: Box, tmp_path: Path, heavy: Callable[[int, int], int]
) -> None:
    def judge(copy: Box) -> None:
        for name in COPIES:
            (copy.folder / name).unlink(missing_ok=True)
        desk = copy.open()
        assert custody(desk).holdings.generation in (2, 3)
        desk.close(at(300))

    every = 1 if heavy(0, 1) else 7
    killed_at_every_step(box, tmp_path, lambda desk, _: desk.rotate(), judge, every=every)


def test_a_pending_key_that_somebody_planted_is_never_used(box: Box) -> None:
    desk = box.open()
    holdings = custody(desk).holdings
    evil = os.urandom(32)
    publics = {slot.key_id: holdings.register().holder(slot.key_id) for slot in holdings.slots.slots}
    with holdings.database.transaction():
        holdings.set_rotation_due()
    desk.close(at(200))

    def plant(content: dict[str, Any]) -> None:
        content["counter"] += 1  # else the day's checkpoint tells it from the file it signed
        for slot in content["slots"]:
            holder = publics[slot["key_id"]]
            assert holder is not None
            wrapped = wrap(holdings.desk, "volume", holdings.desk, 2, holder.agreement, evil).hex()
            slot["volume"].append({"generation": 2, "state": "pending", "wrap": wrapped})

    box.edit_slots(plant)
    assert assert_one_valid_state(box) == 2
    assert not opens(box, evil)


def test_a_generation_is_never_used_twice(box: Box) -> None:
    desk = box.open()
    database = custody(desk).holdings.database
    with database.transaction():
        database.set_state("vk_high", 7)
    desk.rotate()
    assert custody(desk).holdings.generation == 8
    desk.close(at(200))


def test_rotation_is_put_off_where_there_is_no_room(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = box.open()
    database = custody(desk).holdings.database
    with database.transaction():
        database.set_state("rotation_due", 1)
    desk.close(at(200))
    usage = shutil.disk_usage(box.folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1))
    desk = box.open(seconds=300)
    assert custody(desk).rotation_fault is not None
    assert custody(desk).holdings.generation == 1
    desk.close(at(400))
    monkeypatch.undo()
    desk = box.open(seconds=500)
    assert custody(desk).holdings.generation == 2
    desk.close(at(600))


def test_a_change_of_key_that_fails_leaves_the_desk_open_under_the_old_key(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = box.open()
    holdings = custody(desk).holdings

    def fails(_vk: bytes) -> None:
        raise DamagedError

    monkeypatch.setattr(type(holdings.database), "rekey", lambda _self, vk: fails(vk))
    with pytest.raises(DamagedError):
        desk.rotate()
    monkeypatch.undo()
    assert holdings.generation == 1
    assert {(w.generation, w.state) for slot in holdings.slots.slots for w in slot.volume} == {(1, "current")}
    desk.close(at(200))
    assert assert_one_valid_state(box) == 3

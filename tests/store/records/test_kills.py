"""The process ends at any point: one valid state is left, and what was acknowledged is there."""

from __future__ import annotations

import os
import secrets
import signal
import threading
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from dsl_desk.domain.words import Role
from dsl_desk.store.desk import OpenDesk
from tests.store.records.world import AT, World, call, follow_up, take_in

Act = Callable[[OpenDesk, World], object]
DIED = 9


def fork() -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the child touches no thread of its parent
        return os.fork()


def dies_at(world: World, point: str, act: Act) -> bool:
    """Do this in a process that ends at the named step; true where it ended there."""
    pid = fork()
    if not pid:
        code = 7
        try:

            def steps(name: str) -> None:
                if name == point:
                    os._exit(DIED)

            desk = world.open()
            world.steps = steps
            desk.unlocked.database.close()
            act(world.open(), world)
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == DIED


def whole(world: World) -> list[str]:
    """What opening and Check everything find after the next sign-in and its end."""
    first, _ = world.judge()
    world.open().close(AT)
    second, _ = world.judge()
    return first + second


INTAKE = (
    "blob: written", "blob: forced out", "blob: in its folder", "blob: in the transaction", "blob: recorded",
    "blob: head remembered", "blob: renamed", "blob: in place",
)  # fmt: skip


@pytest.mark.parametrize("point", INTAKE)
def test_a_kill_during_intake_leaves_the_blob_with_its_entry_or_neither(harmed: World, point: str):
    one = harmed.notes["one"]
    assert dies_at(harmed, point, lambda desk, world: take_in(desk, one, b"z" * 200_000, b"y", first=2))
    assert whole(harmed) == []
    desk = harmed.look()
    marks = [exhibit.mark for exhibit in desk.case(one).exhibits]
    desk.unlocked.database.close()
    assert marks == (["ABC/1"] if INTAKE.index(point) < 4 else ["ABC/1", "ABC/2", "ABC/3"])
    assert len(harmed.blob_files()) == 2 + len(marks)


RESTRICTING = (
    "restricting: new epoch kept", "restricting: sealed anew", "restricting: earlier keys and index gone",
    "restricting: entries written", "restricted", "rotation: rekeyed",
)  # fmt: skip


@pytest.mark.parametrize("point", RESTRICTING)
def test_a_kill_during_restricting_leaves_the_case_open_or_restricted_never_between(harmed: World, point: str):
    one, ada, ben = harmed.notes["one"], harmed.ada.account, harmed.ben.account
    assert dies_at(harmed, point, lambda desk, world: desk.restrict(one, [ada, ben], AT))
    harmed.load()
    assert whole(harmed) == []
    desk = harmed.look()
    after = RESTRICTING.index(point) >= 4
    assert desk.readers(one) == ((ada, ben) if after else None)
    assert (one in desk.kept.index.strands()) != after
    assert desk.unlocked.database.state("rotation_due") in (0, None)
    desk.unlocked.database.close()


DISPOSAL = (
    "disposal: entry written", "disposal: words gone", "disposal: files doomed", "disposed", "rotation: rekeyed",
    "rotation: one more", "disposal: file gone", "disposal: worked off",
)  # fmt: skip


@pytest.mark.parametrize("point", DISPOSAL)
def test_a_kill_during_disposal_leaves_the_record_whole_or_gone(harmed: World, point: str):
    one = harmed.notes["one"]

    def dispose(desk: OpenDesk, world: World) -> None:
        last = desk.records(one)[-1].strand_seq
        desk.dispose(one, 1, last, "DOB+25", AT, (world.ada.signer, world.ben.signer))

    assert dies_at(harmed, point, dispose)
    harmed.load()
    assert whole(harmed) == []
    desk = harmed.look()
    after = DISPOSAL.index(point) >= 3
    payloads = [row.payload is None for row in desk.kept.journal.rows(one)]
    desk.unlocked.database.close()
    assert set(payloads) == {after}
    assert len(harmed.blob_files()) == (2 if after else 3)


CONTENT = ("disposal: entry written", "disposal: files doomed", "content destroyed", *DISPOSAL[4:])


@pytest.mark.parametrize("which", ["one", "hidden"])
@pytest.mark.parametrize("point", CONTENT)
def test_a_kill_while_content_is_destroyed_leaves_it_whole_or_gone_and_every_entry(
    harmed: World, point: str, which: str
):
    strand = harmed.notes[which]
    desk = harmed.look()
    blob, before = desk.case(strand).exhibits[0].blob, desk.kept.journal.strand_head(strand).seq
    desk.unlocked.database.close()

    def destroy(desk: OpenDesk, world: World) -> None:
        desk.destroy_content(strand, [call("told so")], [blob], "police", AT, (world.ada.signer, world.ben.signer))

    assert dies_at(harmed, point, destroy)
    harmed.load()
    assert whole(harmed) == []
    desk = harmed.look()
    after = CONTENT.index(point) >= 2
    rows = list(desk.kept.journal.rows(strand))
    gone = desk.kept.database.one("SELECT 1 FROM blob WHERE blob = ?", (blob,)) is None
    desk.unlocked.database.close()
    assert all(row.payload is not None for row in rows)
    assert (len(rows) > before) is after
    assert gone is after
    assert len(harmed.blob_files()) == (2 if after else 3)


def _work(world: World, told: int) -> None:
    """Write entries and blobs one after the other, and tell of each that was acknowledged."""
    desk = world.open()
    one = world.notes["one"]
    number = 0
    while True:
        number += 1
        if number % 3:
            words = f"w{number}"
            desk.write(one, follow_up(words), call(words), at=AT)
            os.write(told, f"{words}\n".encode())
        else:
            sizes = [1 + secrets.randbelow(150_000) for _ in range(1 + secrets.randbelow(3))]
            blobs = take_in(desk, one, *(secrets.token_bytes(size) for size in sizes), first=10 * number)
            os.write(told, ("".join(f"b{blob}\n" for blob in blobs)).encode())


def _killed_at_random(world: World, seconds: float) -> list[str]:
    """What a process had acknowledged when it was killed."""
    reading, writing = os.pipe()
    pid = fork()
    if not pid:
        os.close(reading)
        try:
            _work(world, writing)
        finally:
            os._exit(7)
    os.close(writing)
    killer = threading.Timer(seconds, os.kill, (pid, signal.SIGKILL))
    killer.start()
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL
    killer.join()
    with os.fdopen(reading) as pipe:
        return pipe.read().split()


@pytest.mark.heavy
def test_kills_at_random_points_lose_nothing_that_was_acknowledged(
    good: World, tmp_path: Path, heavy: Callable[[int, int], int]
):
    acknowledged = 0
    for number in range(heavy(8, 200)):
        if number % 10 == 0:  # afresh now and then: checking everything costs what there is
            world = good.copy(tmp_path / f"desk-{number}")
        told = _killed_at_random(world, 0.05 + secrets.randbelow(250) / 1000)
        acknowledged += len(told)
        assert whole(world) == []
        desk = world.look()
        case = desk.case(world.notes["one"])
        words = {str(getattr(one.payload.data, "what", "")) for one in case.entries if one.payload}
        blobs = {exhibit.blob for exhibit in case.exhibits}
        desk.unlocked.database.close()
        assert {one for one in told if one[0] == "w"} <= words
        assert {one[1:] for one in told if one[0] == "b"} <= blobs
        assert len(world.blob_files()) == len(blobs) + 2
    assert acknowledged


def test_a_session_that_a_crash_left_open_is_ended_at_the_next_sign_in(harmed: World):
    assert dies_at(harmed, "entries written", lambda desk, world: desk.write(world.notes["one"], call("last"), at=AT))
    desk = harmed.open()
    assert len(desk.kept.register.left_open()) == 1
    assert desk.me.role == Role.DSL.value
    desk.close(AT)
    desk = harmed.look()
    assert desk.kept.register.left_open() == ()
    desk.unlocked.database.close()

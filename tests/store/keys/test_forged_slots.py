"""Slots and wraps that somebody exchanged, moved or planted: nothing opens by them, and nothing is changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dsl_desk.domain.errors import (
    DamagedError,
    StoreError,
)
from dsl_desk.store.slots_file import COPIES
from dsl_desk.store.wraps import wrap
from tests.store.keys.desks import DSL, HEAD, Box, at, custody


def test_slots_of_another_desk_are_refused(box: Box, tmp_path: Path) -> None:
    other = Box(tmp_path / "other desk")
    other.create().close(at(10))
    for name in COPIES:
        (box.folder / name).write_bytes((other.folder / name).read_bytes())
    box.ring.put(*next(iter(other.ring.kept.items())))
    with pytest.raises(DamagedError):
        box.open()


def test_another_desk_under_the_same_name_with_the_volume_key_wrapped_to_us_is_refused(
    box: Box, tmp_path: Path
) -> None:
    """An insider exchanges the records for ones of a root of their own, and hands everybody its volume key."""
    desk = box.open()
    register = custody(desk).holdings.register()
    name = custody(desk).holdings.desk
    desk.close(at(110))
    other = Box(tmp_path / "other desk")
    theirs = other.create()
    vk = custody(theirs).holdings.vk
    with custody(theirs).holdings.database.transaction():
        custody(theirs).holdings.database.set_state("desk_id", name)
    theirs.close(at(10))
    (box.folder / "desk.db").write_bytes((other.folder / "desk.db").read_bytes())

    def rewrap(content: dict[str, Any]) -> None:
        for slot in content["slots"]:
            holder = register.holder(slot["key_id"])
            assert holder is not None
            wrapped = wrap(name, "volume", name, 1, holder.agreement, vk).hex()
            slot["volume"] = [{"generation": 1, "state": "current", "wrap": wrapped}]

    box.edit_slots(rewrap)
    before = (box.folder / "desk.db").read_bytes()
    with pytest.raises(DamagedError):
        box.open(seconds=200)
    with pytest.raises(DamagedError):
        box.open_with_codes("AB", seconds=200)
    assert (box.folder / "desk.db").read_bytes() == before


@pytest.mark.parametrize("keys", [("sealed", "kdf"), ("sealed", "kdf", "slot"), ("volume",), ("tag",), ("holder",)])
def test_parts_of_a_slot_moved_to_another_holder_open_nothing(box: Box, keys: tuple[str, ...]) -> None:
    def move(content: dict[str, Any]) -> None:
        mine, head = content["slots"][:2]
        head.update({key: mine[key] for key in keys})
        if keys == ("tag",):
            mine["tag"] = "0" * 32

    box.edit_slots(move)
    with pytest.raises(StoreError, match="Nothing was changed"):
        box.open((HEAD[0], HEAD[1] if keys in (("volume",), ("holder",), ("tag",)) else DSL[1]))


def test_what_somebody_planted_in_slots_and_root_wraps_is_named_and_removed(box: Box) -> None:
    desk = box.open()
    holdings = custody(desk).holdings
    assert desk.opening_findings == ()
    with holdings.database.transaction():
        holdings.database.execute("INSERT INTO root_wrap (holders, wrap) VALUES (?, ?)", ("e" * 64, b"planted"))
    desk.close(at(110))

    def plant(content: dict[str, Any]) -> None:
        content["counter"] += 1  # else the day's checkpoint tells it from the file it signed
        first = content["slots"][0]
        first["volume"].append({"generation": 9, "state": "pending", "wrap": first["volume"][0]["wrap"]})
        content["slots"].append(first | {"slot": "e" * 32, "key_id": "e" * 64, "tag": "e" * 32})
        content["slots"].append(first | {"slot": "f" * 32, "holder": "f" * 32, "tag": "f" * 32})

    box.edit_slots(plant)
    desk = box.open(seconds=200)
    told = " ".join(str(one) for one in desk.opening_findings)
    for words in ("nobody was ever issued", "another holder", "volume key waited", "school root is wrapped"):
        assert words in told
    desk.close(at(210))
    assert len(box.slots()["slots"]) == 6
    assert all(len(slot["volume"]) == 1 for slot in box.slots()["slots"])

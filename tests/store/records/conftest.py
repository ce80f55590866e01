"""One good desk for the whole run, copied for each test that harms it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dsl_desk.domain.follow_up_entries import CallLogged, PersonLinked
from tests.store.records import world as made_up
from tests.store.records.world import World


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Four people, an open case, a restricted one, one restricted from birth that the Chair reads too."""
    return made_up.good_desk(tmp_path_factory.mktemp("school") / "good")


@pytest.fixture
def harmed(good: World, tmp_path: Path) -> World:
    """A copy of the good desk that a test may harm."""
    return good.copy(tmp_path / "desk")


@pytest.fixture
def school(tmp_path: Path) -> World:
    """A school with a fresh desk that nothing was recorded in, closed again."""
    world = made_up.new_school(tmp_path / "fresh")
    made_up.begin_desk(world).close(made_up.AT)
    return world


Judge = Callable[[World], list[str]]

__all__ = ["CallLogged", "PersonLinked"]

"""One made-up desk is set up for all tests here; each test gets a copy of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.keys.desks import Box, at


@pytest.fixture(scope="session")
def first_box(tmp_path_factory: pytest.TempPathFactory) -> Box:
    box = Box(tmp_path_factory.mktemp("desk") / "first")
    box.create().close(at(10))
    return box


@pytest.fixture
def box(first_box: Box, tmp_path: Path) -> Box:
    return first_box.copy(tmp_path / "laptop")

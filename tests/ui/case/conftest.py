"""A real desk behind a real window."""

from __future__ import annotations

import pytest

from tests.desks import set_up_once, stage  # noqa: F401 - fixtures
from tests.ui.concern.kit import Bench


@pytest.fixture
def bench(qtbot, stage, theme):  # noqa: F811 - a fixture
    made = Bench(qtbot, stage)
    yield made
    made.close()

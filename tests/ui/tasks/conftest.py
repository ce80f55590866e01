"""The staged desk, and a window over it, for the pages of a case's tasks."""

import pytest

from tests.desks import set_up_once, stage
from tests.ui.tasks.played import play

__all__ = ["set_up_once", "stage"]


@pytest.fixture
def at(stage, qapp, qtbot, theme):
    """A window over case 1 played until a point: `at("judged")`."""
    made = []

    def until(point: str):
        made.append(play(stage, qapp, qtbot, until=point))
        return made[0]

    yield until
    for played in made:
        played.close()

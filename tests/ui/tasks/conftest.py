"""The staged desk, and a window over it, for the pages of a case's tasks."""

import pytest

from tests.desks import set_up_once, stage
from tests.ui.tasks.played import Scenes, play

__all__ = ["set_up_once", "stage"]


@pytest.fixture(scope="session")
def scenes(set_up_once, tmp_path_factory):
    """Case 1 at each of its points, played once."""
    return Scenes(set_up_once, tmp_path_factory.mktemp("scenes"))


@pytest.fixture
def at(scenes, tmp_path, qapp, qtbot, theme):
    """A window over case 1 played until a point: `at("judged")`."""
    made = []

    def until(point: str):
        stage, strand = scenes.copy(point, tmp_path / "played")
        made.append(play(stage, strand, qapp, qtbot))
        return made[0]

    yield until
    for played in made:
        played.close()

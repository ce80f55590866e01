"""The set-up desk that tests of services begin with."""

import pytest

from tests.desks import set_up_once, stage
from tests.services.fake_desk import Keys
from tests.services.policy_scenes import ALL, LOOKING_IN_SCHOOL, Scene
from tests.services.random_world import PEOPLE

__all__ = ["set_up_once", "stage"]


@pytest.fixture(scope="session")
def keys():
    """Certificates of the invented people of the made-up school, made once."""
    return Keys.of(list(PEOPLE))


@pytest.fixture(params=ALL)
def scene(request, keys):
    """One made-up school and case, under each of the five profiles in turn."""
    return Scene(keys, request.param)


@pytest.fixture(params=sorted(LOOKING_IN_SCHOOL))
def school_that_looks(request, keys):
    """The same under each profile whose policy describes a check in school."""
    return Scene(keys, request.param)

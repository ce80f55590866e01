from __future__ import annotations

import pytest

from dsl_desk.domain.errors import DamagedError
from dsl_desk.store.back_off import WAITS, seconds_left
from tests.store.keys.desks import at


@pytest.mark.parametrize(
    ("failed", "wait"), [(0, 0), (1, 0), (2, 0), (3, 5), (4, 15), (5, 30), (6, 60), (7, 120), (8, 300), (900, 300)]
)
def test_waits_grow_with_wrong_attempts_and_end_at_five_minutes(failed: int, wait: int) -> None:
    assert seconds_left(failed, at(0).at_utc, at(0)) == wait
    assert seconds_left(failed, at(0).at_utc, at(wait)) == 0


def test_time_passed_shortens_the_wait_and_a_started_second_counts() -> None:
    assert seconds_left(4, at(0).at_utc, at(5.5)) == 10
    assert seconds_left(4, at(0).at_utc, at(14.999)) == 1


def test_a_clock_set_back_never_lengthens_and_never_shortens_beyond_the_wait() -> None:
    assert seconds_left(4, at(99999).at_utc, at(0)) == 15


def test_nothing_tried_nothing_to_wait_for() -> None:
    assert seconds_left(8, None, at(0)) == 0
    assert WAITS[:3] == (0, 0, 0)


def test_a_time_that_is_none_is_damage() -> None:
    with pytest.raises(DamagedError):
        seconds_left(5, "yesterday", at(0))

"""Days are shown by the school's clock: what began after midnight in summer did not begin the day before."""

from dataclasses import replace

import pytest

from dsl_desk.services.case_things import begun_on, local_day, local_words
from tests.desks import set_up_once, stage
from tests.services.scenes import begun

__all__ = ["set_up_once", "stage"]


def test_a_case_begun_after_midnight_in_summer_is_of_that_day(stage):
    stage.sign_in("dsl")
    strand = begun(stage).strand
    case = stage.desk.book.load(strand)
    first = case.entries[0]
    at_night = replace(
        first,
        at_utc="2026-08-31T23:30:00.000000Z",
        payload=replace(first.payload, at_local="2026-09-01T00:30:00.000000+01:00"),
    )
    assert begun_on(replace(case, entries=(at_night,))) == "1 September 2026"
    assert begun_on(replace(case, entries=(replace(at_night, payload=None),))) == "31 August 2026"


@pytest.mark.parametrize("words", [local_day, local_words])
def test_what_is_no_time_stays_as_it_was_written(words):
    assert words("unknown") == "unknown"

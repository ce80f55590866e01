"""Whoever looks for a word finds it however it was typed."""

import pytest

from dsl_desk.domain.finding import folded


@pytest.mark.parametrize(
    ("looked_for", "stands"),
    [("o'sample", "Pat O’SAMPLE"), ("O’Sample", "pat o'sample"), ("“Deputy”", 'the "deputy"'), ("STRASSE", "straße")],
)
def test_one_kind_of_apostrophe_and_quotation_mark_finds_the_other(looked_for: str, stands: str):
    assert folded(looked_for) in folded(stands)


def test_letters_stay_where_they_stand():
    assert len(folded("Pat O’Sample, “deputy”")) == len("Pat O’Sample, “deputy”")

"""The last word of a paragraph does not stand alone on its line; what cannot be helped stays as it is."""

from __future__ import annotations

import pytest

from dsl_desk.ui.painting import Paragraph
from dsl_desk.ui.tokens import Look

WORDS = "Is anyone in danger now, or likely to be hurt today?"


def lines(words: str, width: float, look: Look = Look.BODY, *, lead: int = 0) -> list[str]:
    found: list[str] = []
    paragraph = Paragraph.of(words, look, lead=lead).fit(width)
    layout = paragraph._wrapped()
    for at in range(layout.lineCount()):
        line = layout.lineAt(at)
        found.append(layout.text()[line.textStart() : line.textStart() + line.textLength()].replace("\u00a0", " "))
    return [line.strip() for line in found]


def breaks_before(last: str, words: str, look: Look) -> float:
    """A width at which the words wrapped one by one would leave the last one alone."""
    return Paragraph.of(words.removesuffix(last).strip(), look).fit().natural_width + 4


@pytest.mark.parametrize("look", [Look.BODY, Look.READ, Look.QUESTION])
@pytest.mark.parametrize("lead", [0, 3])
def test_last_word_takes_the_one_before_it_along(theme, look, lead):
    width = breaks_before("today?", WORDS, look)
    assert lines(WORDS, width, look, lead=lead)[1:] == ["hurt today?"]


def test_it_takes_no_more_lines_than_before(theme):
    width = breaks_before("today?", WORDS, Look.BODY)
    paragraph = Paragraph.of(WORDS, Look.BODY).fit(width)
    assert paragraph.lines == 2
    assert paragraph.natural_width <= width


def test_two_long_words_in_a_narrow_place_stay_each_on_its_line(theme):
    width = Paragraph.of("safeguarding", Look.BODY).fit().natural_width + 2
    assert lines("safeguarding responsibility", width + 20) == ["safeguarding", "responsibility"]


def test_what_stands_on_a_line_of_its_own_by_its_author_stays_there(theme):
    assert lines("Example Vale School\nNorthfield", 400) == ["Example Vale School", "Northfield"]


def test_where_it_fits_on_one_line_nothing_changes(theme):
    paragraph = Paragraph.of(WORDS, Look.BODY).fit(2000)
    assert paragraph.lines == 1
    assert paragraph.words == WORDS

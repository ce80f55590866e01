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


def lines_of_utf16(words: str, width: float) -> list[str]:
    """The same where letters take two places, as Qt counts them."""
    layout = Paragraph.of(words, Look.BODY).fit(width)._wrapped()
    raw = layout.text().encode("utf-16-le")
    parts = [(line.textStart(), line.textLength()) for line in map(layout.lineAt, range(layout.lineCount()))]
    told = [raw[2 * start : 2 * (start + length)].decode("utf-16-le") for start, length in parts]
    return [line.replace("\u00a0", " ").strip() for line in told]


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


@pytest.mark.parametrize("odd", ["\U0001f642", "\u05e9\u05dc\u05d5\u05dd", "\u202e", "\ud83d", "\0"])
def test_odd_letters_before_the_last_word_do_no_harm(theme, odd):
    words = f"{odd * 9} Is anyone {odd} in danger now, or likely to be hurt today?"
    width = breaks_before("today?", words, Look.BODY)
    assert Paragraph.of(words, Look.BODY).fit(width).lines == 2
    assert Paragraph.of(words, Look.BODY).fit(60).lines > 5
    for odd_alone in (odd, f" {odd}", f"{odd} ", f"{odd} {odd}"):
        assert Paragraph.of(odd_alone, Look.BODY).fit(1).lines >= 1


def test_emoji_before_the_last_words_do_not_keep_them_apart(theme):
    words = "\U0001f642\U0001f642\U0001f642 Is anyone in danger now, or likely to be hurt today?"
    assert lines_of_utf16(words, breaks_before("today?", words, Look.BODY))[1:] == ["hurt today?"]

"""Hostile text becomes visible, wraps, and keeps its order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl_desk.exports.papers.fonts import BODY, SANS, SMALL, FontError, load_fonts
from dsl_desk.exports.papers.text import shorten, text_width, visible, visual, wrap


@pytest.fixture(autouse=True)
def _fonts() -> None:
    load_fonts()


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain", "plain"),
        ("a\u202eb", "a‹U+202E›b"),
        ("a\x00b\x1b", "a‹U+0000›b‹U+001B›"),
        ("a\u2028b", "a‹U+2028›b"),
        ("\ufeffa", "‹U+FEFF›a"),
        ("tab\tand\u00a0blank", "tab and blank"),
        ("one\r\ntwo", "one\ntwo"),
        ("漢", "□‹U+6F22›"),
        ("💩", "□‹U+1F4A9›"),
        ("\ud800", "‹U+D800›"),
        ("e\u0301", "é"),
        ("q\u0301\u0302\u0303\u0304", "q\u0301\u0302\u0303‹U+0304›"),
        ("“Ünïcödé” – fine…", "“Ünïcödé” – fine…"),
    ],
)
def test_what_is_printed_shows_what_was_written(raw: str, shown: str) -> None:
    assert visible(raw, SANS) == shown


def test_line_breaks_in_a_one_line_value_are_shown() -> None:
    assert visible("Bob\nSigned: Head", SANS, keep_lines=False) == "Bob↵Signed: Head"


@given(st.text(max_size=600), st.floats(24, 500))
def test_every_line_fits_and_nothing_is_lost(text: str, width: float) -> None:
    lines = wrap(text, BODY, width)
    assert all(text_width(line, BODY) <= width + 0.01 for line in lines)
    assert "".join("".join(lines).split()) == "".join(visible(text, SANS).split())


def test_long_addresses_break_after_their_marks() -> None:
    lines = wrap("https://example.invalid/" + "folder/" * 20, SMALL, 150)
    assert all(line.endswith("/") for line in lines)


def test_shortened_text_ends_in_where_the_rest_stands() -> None:
    lines = wrap("many words " * 100, BODY, 200)
    kept = shorten(lines, 3, "… see chronology, entry 7", BODY, 200)
    assert len(kept) == 3
    assert kept[-1].endswith("… see chronology, entry 7")
    assert text_width(kept[-1], BODY) <= 200
    assert shorten(lines[:2], 3, "…", BODY, 200) == lines[:2]
    assert " ".join(shorten(lines, 4, "… see chronology, entry 7", BODY, 60)).endswith("… see chronology, entry 7")
    assert shorten(["x" * 30] * 3, 1, "…", BODY, 190)[0].endswith("x …")


@pytest.mark.parametrize(
    ("logical", "drawn"),
    [
        ("abc", "abc"),
        ("שלום", "םולש"),
        ("name שלום עולם end", "name םלוע םולש end"),
        ("שלום 123 עולם", "םלוע 123 םולש"),
        ("(שלום) x", "(םולש) x"),
        ("ש(ל)ם", "ם(ל)ש"),
        ("é ü", "é ü"),
        ("ש\u05b8ל", "לש\u05b8"),
        ("א 12:30 ב", "ב 12:30 א"),
    ],
)
def test_right_to_left_runs_are_turned_round(logical: str, drawn: str) -> None:
    assert visual(logical) == drawn


def test_missing_fonts_are_said_plainly(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr("dsl_desk.exports.papers.fonts.resources", lambda: tmp_path)
    monkeypatch.setattr("dsl_desk.exports.papers.fonts.pdfmetrics.getRegisteredFontNames", list)
    with pytest.raises(FontError, match="install it again"):
        load_fonts()

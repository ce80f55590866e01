"""Names in scripts whose letters join: shaped, in the right order, and still to be found in the paper."""

import io
import re
import subprocess
import unicodedata

import pytest
from reportlab.pdfgen.canvas import Canvas

from dsl_desk.exports.papers import render
from dsl_desk.exports.papers.disposal_certificate import DisposalCertificate, DisposedItem
from dsl_desk.exports.papers.fonts import BODY, BOLD, CODE, MONO, SANS, load_fonts
from dsl_desk.exports.papers.page import draw_line
from dsl_desk.exports.papers.shaping import joins, shaped
from dsl_desk.exports.papers.text import drawn, text_width, visible, visual, wrap
from tests.exports.papers.samples import frame

ARABIC, PERSIAN, PASHTO, VOWELS, NKO = "محمد علي الخالدي", "پورچگینی گل", "ښځه ټول", "مُحَمَّد", "ߒߞߏ"


@pytest.fixture(autouse=True)
def fonts():
    load_fonts()


def found(pdf):
    """What a reader copies out of the paper, in the order it is read."""
    text = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    plain = "".join(char for char in text if unicodedata.category(char) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", plain).split())


def line(text, style=BODY):
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    draw_line(canvas, visible(text, style.font), style, 60, 700)
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("name", [ARABIC, PERSIAN, "علي", "Name: فاطمة الزهراء, class 7B", "שלום כהן", "Zoë"])
def test_a_name_is_found_as_it_was_typed(name):
    text = found(line(name))
    assert all(word in text for word in re.findall(r"\w+", name))
    if name in (ARABIC, PERSIAN):
        assert text == name


def test_letters_take_the_form_that_their_neighbours_ask_for():
    """ba alone, at the beginning, between and at the end: four shapes of one letter."""
    alone, first, between, last = (
        shaped("ب", SANS)[0].char, shaped("بم", SANS)[1].char, shaped("مبم", SANS)[1].char, shaped("مب", SANS)[0].char,
    )  # fmt: skip
    assert len({alone, first, between, last}) == 4
    assert alone == "ب"


def test_the_first_letter_stands_at_the_right_and_two_letters_in_one_shape_are_one():
    assert [glyph.char for glyph in shaped("دار", SANS)] == list("راد")  # none of these joins to the next
    assert len(shaped("لا", SANS)) == 1
    assert found(line("علاء")) == "علاء"


def test_vowel_signs_stand_above_and_below_their_letters():
    (part,) = drawn(VOWELS, SANS)
    assert isinstance(part, tuple)
    marks = [glyph for glyph in part if glyph.stands_apart]
    assert len(marks) == 3  # two of the four stand as one
    assert any(mark.up for mark in marks)
    assert all(mark.advance == 0 for mark in marks)
    assert "محمد" in found(line(VOWELS))


@pytest.mark.parametrize("style", [BODY, CODE])
@pytest.mark.parametrize("name", [ARABIC, PERSIAN, VOWELS])
def test_a_shaped_line_is_as_wide_as_it_is_measured(name, style):
    advances = [glyph.advance for part in drawn(name, style.font) if isinstance(part, tuple) for glyph in part]
    assert text_width(name, style) == pytest.approx(sum(advances) * style.size)
    assert 0 < text_width(name, style) < 20 * style.size


@pytest.mark.parametrize("width", [30, 60, 200])
def test_a_long_word_that_joins_is_cut_within_its_column_and_nothing_is_lost(width):
    lines = wrap(ARABIC.replace(" ", "") * 6, BODY, width)
    assert "".join(lines) == ARABIC.replace(" ", "") * 6
    assert all(text_width(piece, BODY) <= width for piece in lines)


def test_brackets_and_numbers_of_a_shaped_run_stand_where_they_are_read():
    parts = drawn("لا (نعم) 15/3 في x", SANS)
    assert "15/3" in parts
    assert parts[-1] == " x"
    assert visual("نعم (لا)")[0] == "("


def test_latin_text_is_drawn_as_it_always_was():
    assert not joins("Office of Zoë Łukasz, 12 (a)")
    assert drawn("Office (fi)", SANS) == ["Office (fi)"]
    assert joins(NKO)
    assert joins("שָׁלוֹם")


def test_a_letter_that_the_face_lacks_is_named_and_not_guessed():
    assert visible("ܐ", SANS) == "□‹U+0710›"
    assert "□‹U+069A›" in visible(PASHTO, MONO)
    assert visible(PASHTO, BOLD) == PASHTO


def test_the_same_paper_twice_is_the_same_bytes_whatever_was_drawn_between():
    once = line(ARABIC)
    line(PERSIAN + NKO)
    assert line(ARABIC) == once


def test_no_private_character_is_copied_out_of_a_paper():
    content = DisposalCertificate(
        items=(DisposedItem(item=f"Record of {ARABIC}", rule="DOB+25", due="today", method="key destroyed"),),
        done_at="now", authorised_by=f"علاء {VOWELS}", done_by=PERSIAN, checks=(("Hold", PASHTO),),
    )  # fmt: skip
    pdf = render(content, frame())
    text = found(pdf)
    for name in (ARABIC, PERSIAN, PASHTO, "علاء"):
        assert all(word in text for word in name.split()), name
    assert not re.search("[\ue000-\uf8ff]", text)

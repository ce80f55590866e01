"""The two papers whose number of pages is promised: the review record and the officer summary."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields

from dsl_desk.exports.papers import render
from dsl_desk.exports.papers.frame import UNSIGNED_REVIEW
from dsl_desk.exports.papers.review_record import set_review_record
from tests.exports.papers import samples
from tests.exports.papers.test_papers import pages


def count_pages(pdf: bytes) -> int:
    return int(PdfFileReader(io.BytesIO(pdf)).root["/Pages"]["/Count"])


def test_form_with_little_to_say_is_one_sheet(tmp_path: Path) -> None:
    form = set_review_record(samples.review_record(1, judged=False), samples.frame())
    (page,) = pages(form.pdf, tmp_path)
    assert [box.page for box in form.signature_boxes] == [0, 0]
    assert "PE/1 01010101" in page
    assert "page 1 of 1" in page


@pytest.mark.parametrize("banner", ["", UNSIGNED_REVIEW])
@pytest.mark.parametrize("lines", [3, 6])
def test_form_with_up_to_six_lines_is_two_sheets(lines: int, banner: str, tmp_path: Path) -> None:
    frame = samples.frame(banner=banner, rehearsal=bool(banner))
    form = set_review_record(samples.review_record(lines), frame)
    first, second = pages(form.pdf, tmp_path, "-layout")
    for n in range(1, lines + 1):
        assert str(n * 1234567) in first
    assert [box.page for box in form.signature_boxes] == [1, 1]
    for words in ("JUDGED ALONE: SAM SAMPLE", "Cannot tell", "CONCLUSION", "PE/3 0f0f0f0f", "blue folder", "No stop."):
        assert words in second


def test_seventh_line_goes_to_the_continuation_sheet(tmp_path: Path) -> None:
    found = pages(render(samples.review_record(9), samples.frame()), tmp_path, "-layout")
    assert len(found) == 3
    assert "Lines 7 to 9 stand on the continuation sheet" in found[0]
    assert str(6 * 1234567) in found[0]
    for n in (7, 8, 9):
        assert str(n * 1234567) not in found[0]
        assert str(n * 1234567) in found[2]


def test_long_purpose_goes_on_in_full_on_the_continuation_sheet(tmp_path: Path) -> None:
    purpose = " ".join(f"purpose{n}" for n in range(300))
    found = pages(render(samples.review_record(2, purpose=purpose), samples.frame()), tmp_path)
    assert "… note A" in found[0]
    assert "Note A: Purpose" in found[2]
    assert "purpose299" in " ".join(found[2:])


def test_third_judgement_and_more_notes_than_letters_go_on_the_continuation_sheet(tmp_path: Path) -> None:
    content = samples.review_record(6, odd=" and on" * 200)
    third = replace(content.judgements[0], reviewer="Kim Fictional", judgement="None")
    long = tuple(replace(line, time="around ten " * 30, exhibit="PE/1 " * 30) for line in content.lines)
    content = replace(content, lines=long, judgements=(*content.judgements, third))
    text = " ".join(pages(render(content, samples.frame()), tmp_path)[2:])
    assert "Judged alone: Kim Fictional" in text
    assert "Note A2:" in text


def test_follow_up_prints_after_signing_and_away_from_the_signatures(tmp_path: Path) -> None:
    found = pages(render(samples.review_record(4, after_signing=("Parents told.",)), samples.frame()), tmp_path)
    assert "After signing" in found[2]
    assert "Parents told." in found[2]
    assert "Parents told." not in found[1]


@settings(max_examples=25)
@given(
    odd=st.text(max_size=2000),
    lines=st.integers(0, 12),
    banner=st.sampled_from(["", UNSIGNED_REVIEW]),
)
def test_signatures_always_lie_on_sheet_two_inside_the_page(odd: str, lines: int, banner: str) -> None:
    form = set_review_record(samples.review_record(lines, odd=odd), samples.frame(banner=banner))
    one, two = form.signature_boxes
    total = count_pages(form.pdf)
    assert one.page == two.page == (0 if total == 1 else 1)
    assert 42 <= one.left < one.right <= two.left < two.right <= 553
    for box in (one, two):
        assert 112 <= box.bottom < box.top < 800
        assert box.top - box.bottom >= 30


def test_empty_signature_fields_go_where_the_boxes_are() -> None:
    form = set_review_record(samples.review_record(4), samples.frame())
    writer = IncrementalPdfFileWriter(io.BytesIO(form.pdf))
    for box in form.signature_boxes:
        fields.append_signature_field(writer, fields.SigFieldSpec(box.field, on_page=box.page, box=box.box))
    out = io.BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(form.pdf)
    names = [name for name, _, _ in fields.enumerate_sig_fields(PdfFileReader(io.BytesIO(out.getvalue())))]
    assert names == ["Reviewer1", "Reviewer2"]


def test_officer_summary_says_everything_where_there_is_room(tmp_path: Path) -> None:
    first, second = pages(render(samples.officer_summary(), samples.frame()), tmp_path)
    for words in ("01632 960101", "coach_k", "Robin Madeup", "2 March 2013", "35-000000-000000-0", "sealed note"):
        assert words in first
    for words in ("2026-11-16 18:40", "16 November 2026, 18:40", "IT provider", "CCTV gate B", "Not asked"):
        assert words in second
    assert "…" not in (first + second).replace("shortened", "")


def test_officer_summary_with_huge_input_is_two_pages_and_says_what_it_left_out(tmp_path: Path) -> None:
    content = samples.officer_summary(times=100, odd=" and so on, at length" * 200)
    frame = samples.frame(banner=UNSIGNED_REVIEW, rehearsal=True)
    found = pages(render(content, frame), tmp_path)
    assert len(found) == 2
    assert "… see chronology, entry 4" in found[0]
    assert re.search(r"and 19\d more: see chronology, from entry \d+", found[0])
    for title in ("Accounts", "Times", "Who can prove", "said to the suspect", "vanishes", "did not do"):
        assert title in found[1]


@settings(max_examples=25)
@given(odd=st.text(max_size=3000), times=st.integers(0, 12))
def test_officer_summary_always_has_two_pages(odd: str, times: int) -> None:
    content = samples.officer_summary(times=times, odd=odd)
    assert count_pages(render(content, samples.frame())) == 2


def test_officer_summary_without_anything_says_so(tmp_path: Path) -> None:
    empty = replace(samples.officer_summary(times=0), who_to_ring=())
    found = pages(render(empty, samples.frame()), tmp_path)
    assert len(found) == 2
    assert " ".join(found).count("None recorded.") == 9

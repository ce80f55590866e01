"""The governor summary in its three forms, and the accessible twins."""

import csv
import html.parser
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from dsl_desk.domain.errors import DamagedError, InputError
from dsl_desk.exports.papers import render
from dsl_desk.exports.papers.frame import UNSIGNED_REVIEW
from dsl_desk.exports.papers.twins import chronology_html, review_record_html
from dsl_desk.exports.summary import (
    PublishedCell,
    PublishedRow,
    PublishedTable,
    Withheld,
    read_summary,
    summary_csv,
    summary_json,
    summary_schema,
)
from tests.exports.papers import samples
from tests.exports.papers.test_papers import pages


def one_table(*cells: PublishedCell, columns: tuple[str, ...] = ("Total",)) -> tuple[PublishedTable, ...]:
    return (PublishedTable(id="all", title="All", columns=columns, rows=(PublishedRow(label="All", cells=cells),)),)


def test_summary_is_read_back_as_it_was_published() -> None:
    summary = samples.governor_summary()
    raw = summary_json(summary)
    assert read_summary(raw) == summary
    value = json.loads(raw)
    assert value["format"] == "dsl-desk/summary/1"
    assert value["tables"][0]["rows"][1]["cells"][1] == {"value": None, "withheld": "withheld"}
    assert raw.endswith(b"}\n")


def test_unknown_optional_keys_are_ignored_and_other_formats_refused() -> None:
    value = json.loads(summary_json(samples.governor_summary()))
    assert read_summary(json.dumps({**value, "later": 1}).encode()) == samples.governor_summary()
    refused: list[object] = [{**value, "format": "dsl-desk/summary/2"}, {**value, "threshold": "5"}, [], {}]
    for broken in refused:
        with pytest.raises(DamagedError):
            read_summary(json.dumps(broken).encode())
    value["tables"][0]["rows"][0]["cells"][0] = {"value": 2, "withheld": None}
    with pytest.raises(DamagedError):
        read_summary(json.dumps(value).encode())


@pytest.mark.parametrize("value", [1, 4])
def test_summary_with_a_small_count_cannot_be_made(value: int) -> None:
    with pytest.raises(InputError):
        replace(samples.governor_summary(), tables=one_table(PublishedCell(value=value)))


def test_cell_says_a_count_or_why_not() -> None:
    for value, withheld in ((None, None), (7, Withheld.FEWER), (-1, None)):
        with pytest.raises(InputError):
            PublishedCell(value=value, withheld=withheld)
    with pytest.raises(InputError):
        replace(samples.governor_summary(), tables=one_table(PublishedCell(value=7), columns=("A", "B")))


def test_csv_holds_the_same_values_and_no_formula() -> None:
    summary = replace(samples.governor_summary(rehearsal=True), themes=("=1+1", "two\nlines"))
    raw = summary_csv(summary)
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    rows = list(csv.reader(io.StringIO(raw[3:].decode(), newline="")))
    assert ["Cases by concern and year group", "Bullying online", "Years 7–9", "12"] in rows
    assert ["Cases by concern and year group", "Unsuitable content", "Years 10–11", "withheld"] in rows
    assert ["theme", "'=1+1", "", ""] in rows
    assert ["theme", "two lines", "", ""] in rows
    assert ["about", "REHEARSAL", "", "nothing here is real"] in rows


def test_schema_names_every_part() -> None:
    schema = summary_schema()
    assert set(schema["properties"]) >= {"format", "period_from", "threshold", "site", "confirmed"}  # type: ignore[call-overload]
    assert set(schema["$defs"]) >= {"PublishedTable", "PublishedCell", "Withheld"}  # type: ignore[call-overload]


def test_paper_shows_withheld_cells_alike_and_no_name(tmp_path: Path) -> None:
    text = " ".join(pages(render(samples.governor_summary(rehearsal=True), samples.frame()), tmp_path, "-layout"))
    assert "REHEARSAL" in text
    assert "Pat Example" not in text
    assert "No person can be identified" in text
    assert "89" in text
    assert text.count("withheld") >= 7


def test_small_school_layout_says_fewer_than_the_threshold(tmp_path: Path) -> None:
    cell = PublishedCell(value=None, withheld=Withheld.FEWER)
    summary = replace(samples.governor_summary(), small_school=True, tables=one_table(cell))
    text = " ".join(pages(render(summary, samples.frame()), tmp_path, "-layout"))
    assert "fewer than 5" in text
    assert "small numbers" in text


def test_summary_without_facts_or_site_is_set(tmp_path: Path) -> None:
    bare = replace(
        samples.governor_summary(), site="", filtering_and_monitoring=(), other_facts=(), themes=(), lessons=()
    )
    text = " ".join(pages(render(bare, samples.frame()), tmp_path, "-layout"))
    assert "Themes" not in text
    assert b"REHEARSAL" not in summary_csv(bare)


class Reading(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]


@pytest.mark.parametrize("odd", ["", "<script>alert(1)</script>\u202e\x00\ud800&lt;' onload=x 漢 שלום"])
def test_twins_say_the_same_and_run_nothing(odd: str) -> None:
    frame = samples.frame(banner=UNSIGNED_REVIEW, rehearsal=True, school="School " + odd)
    form = review_record_html(samples.review_record(8, odd=odd, after_signing=("Parents told.",)), frame)
    told = chronology_html(samples.chronology(30, odd=odd), frame)
    for page in (form, told):
        page.encode("utf-8")
        reading = Reading()
        reading.feed(page)
        assert not set(reading.tags) & {"script", "a", "img", "iframe", "link", "base", "form", "object", "embed"}
        assert set(reading.attributes) <= {"lang", "charset", "class", "scope", "id"}
        assert "url(" not in page
        assert "@import" not in page
        assert UNSIGNED_REVIEW in page
        assert "REHEARSAL" in page
        assert "not a forensic copy" in page
    assert "northfield-confessions/post/9876536" in form
    assert "Parents told." in form
    assert "Corrected by entry 31" in told
    assert "Content withheld: privilege" in told


def test_twin_without_extras_has_no_banner_and_no_follow_up() -> None:
    form = review_record_html(samples.review_record(1), samples.frame())
    assert 'class="banner"' not in form
    assert "After signing" not in form
    plain = replace(samples.chronology(2), note="", reviewed=False)
    told = chronology_html(plain, replace(samples.frame(), printed_by=""))
    assert "forensic" not in told
    assert "Pat Example" not in told.split("<footer>")[1]

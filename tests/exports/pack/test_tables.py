"""No cell of a table can run in a spreadsheet, whatever was typed into the desk."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl_desk.domain.errors import InputError
from dsl_desk.exports.pack.tables import inert_cell, table_bytes, table_fault


@pytest.mark.parametrize(
    ("typed", "cell"),
    [
        ("plain", "plain"),
        ("", ""),
        ("=1+1", "'=1+1"),
        ("  =1+1", "'  =1+1"),
        ("\u00a0@SUM(A1)", "'\u00a0@SUM(A1)"),
        ("-3", "'-3"),
        ("+44 20 7946 0000", "'+44 20 7946 0000"),
        ("\tx", "'\tx"),
        ("＝1", "'＝1"),
        ("\u200b=1", "'\u200b=1"),
        ("a=1", "a=1"),
        ("two\r\nlines\nmore\u2028end", "two lines more end"),
        ("\ufeffx", "x"),
        ("\n=1", "' =1"),
        ("'=1", "'=1"),
    ],
)
def test_what_was_typed_stands_inert(typed: str, cell: str) -> None:
    assert inert_cell(typed) == cell


cells = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1)))
def test_every_table_that_is_written_reads_back_and_holds(rows: list[list[str]]) -> None:
    raw = table_bytes(rows)
    assert table_fault(raw) is None
    read = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))
    assert read == [[inert_cell(cell) for cell in row] for row in rows] or [""] in rows


@pytest.mark.parametrize("rows", [[], [["a"], ["a", "b"]], [["\ud800"]]])
def test_a_table_that_cannot_be_written_is_refused(rows: list[list[str]]) -> None:
    with pytest.raises(InputError):
        table_bytes(rows)


@pytest.mark.parametrize(
    "raw",
    [
        b"a,b\r\n",
        b"\xef\xbb\xbfa,b\n",
        b"\xef\xbb\xbfa,b",
        b"\xef\xbb\xbfa\r\n\xef\xbb\xbfb\r\n",
        b"\xef\xbb\xbf\xff\r\n",
        b'\xef\xbb\xbf"a\r\n',
        b"\xef\xbb\xbfa,b\r\nc\r\n",
        b"\xef\xbb\xbf=1\r\n",
        b'\xef\xbb\xbf"a\r\nb"\r\n',
        b"\xef\xbb\xbf",
        b"",
    ],
)
def test_a_table_that_is_not_as_it_must_be_is_named(raw: bytes) -> None:
    assert table_fault(raw) is not None

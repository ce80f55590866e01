"""A plain page is read quickly, any other with care; both readings agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl_desk.domain.words import PackKind
from dsl_desk.exports.pack.index import index_html
from dsl_desk.exports.pack.read_data import _Page, _read_plainly
from tests.exports.pack.kit import case

PIECES = st.sampled_from(
    [
        *("<p>", "</p>", '<a href="x&#61;1">', "</a>", "<style>", "</style>", "a { b: url(x) }", "<script>"),
        *("</script>", "<!-- ", " -->", "<", ">", " & ", "&lt;", '<p onclick="x">', "<P>", "<p id=x>", "<br/>"),
        *("words", "<![CDATA[", "<?x"),
    ]
)


def carefully(source: str) -> _Page:
    page = _Page()
    page.feed(source)
    page.close()
    return page


def same(one: _Page, two: _Page) -> bool:
    return (one.targets, "".join(one.styles), one.live) == (two.targets, "".join(two.styles), two.live)


@pytest.mark.parametrize("kind", list(PackKind))
def test_the_packs_own_page_is_plain(kind: PackKind) -> None:
    source = index_html(case(kind).contents).decode()
    page = _Page()
    assert _read_plainly(source, page)
    assert same(page, carefully(source))


@given(st.lists(PIECES, max_size=12).map("".join))
def test_a_page_that_is_read_quickly_reads_as_it_does_with_care(source: str) -> None:
    page = _Page()
    if _read_plainly(source, page):
        assert same(page, carefully(source))


def test_a_page_whose_style_never_ends_is_read_with_care() -> None:
    assert not _read_plainly("<p>words</p><style>a { b: url(x) }", _Page())

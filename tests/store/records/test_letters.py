"""Groups of three letters: what they find is what a look through every reference and title finds, and no less quick."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsl_desk.domain.follow_up_entries import CaseClosed
from dsl_desk.store import index, index_letters
from dsl_desk.store.connection import Database, open_database
from dsl_desk.store.index import Index
from dsl_desk.store.index_letters import LIKE, groups, like_values
from dsl_desk.store.migrations import migrate
from dsl_desk.store.values import CaseQuery, CaseSort
from tests.store.records.world import AT, World, begin_case, call, concern, moment

LETTERS = "aAbBzZéÉßıİKK%_~\"'-* .\0\n🙂ﬁ" + string.digits
TITLES = st.text(st.sampled_from(LETTERS) | st.characters(exclude_categories=["Cs"]), max_size=30)
STATES = ("open", "stopped", "closed")
SORTS = (CaseSort.CHANGED, CaseSort.OPENED, CaseSort.REFERENCE)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """Tables without a case in them."""
    made = open_database(tmp_path_factory.mktemp("letters") / "desk.db", bytes(range(32)), "create")
    migrate(made)
    return made


def _fill(database: Database, titles: list[str]) -> None:
    rows = [
        (f"{at:04x}", f"MI-2026-{at:03d}", STATES[at % 3], f"2026-11-{1 + at % 9:02d}", title, at + 1)
        for at, title in enumerate(titles)
    ]
    database.execute("DELETE FROM case_index")
    database.execute("DELETE FROM case_letters")
    database.many(
        "INSERT INTO case_index VALUES (?1, ?2, ?3, 'open', '', '', '2026-11-01', ?4, 'somebody', ?5, ?6)", rows
    )
    database.many(
        "INSERT INTO case_letters (strand, reference, title, rowid) VALUES (?, ?, ?, ?)",
        ((row[0], row[1], row[4], row[5]) for row in rows),
    )


def _plainly(database: Database, query: CaseQuery) -> list[str]:
    """The strands that a look through every reference and title finds."""
    states = query.states or STATES
    found = database.rows(
        f"SELECT strand FROM case_index WHERE ({LIKE}) AND state IN ({', '.join('?' * len(states))})"
        f" ORDER BY {query.sort.value} {'DESC' if query.descending else 'ASC'}, strand",
        (*like_values(query.words.strip()), *states),
    )
    return [row[0] for row in found]


@settings(max_examples=150, deadline=None)
@given(
    titles=st.lists(TITLES, min_size=1, max_size=12),
    typed=TITLES,
    cut=st.tuples(st.integers(0, 11), st.integers(0, 30), st.integers(1, 40)),
    few=st.sampled_from((0, 2, 2000)),
    states=st.sampled_from(((), ("open", "stopped"), ("closed",))),
    sort=st.sampled_from(SORTS),
    descending=st.booleans(),
)
def test_the_same_lines_are_found_as_by_looking_through_all_of_them(
    database: Database, titles: list[str], typed: str, cut: tuple[int, int, int], few: int, states: tuple[str, ...],
    sort: CaseSort, *, descending: bool,
) -> None:  # fmt: skip
    at, start, length = cut
    needles = [typed, titles[at % len(titles)][start : start + length]]
    needles += [needle.swapcase() for needle in needles]
    database.execute("BEGIN IMMEDIATE")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_letters, "_FEW", few)
        _fill(database, titles)
        for needle in filter(str.strip, needles):
            query = CaseQuery(words=needle, states=states, sort=sort, descending=descending, limit=5)
            plain = _plainly(database, query)
            page = Index(database).cases(query, ())
            assert [row.strand for row in page.rows] == plain[:5], needle
            assert (page.total, page.more) == (len(plain), False), needle
    database.execute("ROLLBACK")


@pytest.mark.parametrize("few", [0, 2000])
def test_letters_are_found_by_their_groups_capital_or_small(
    database: Database, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_letters, "_FEW", few)
    database.execute("BEGIN IMMEDIATE")
    _fill(database, ["Phone in the changing room", "a PHONE call", "50% of them", "nothing"])

    def found(words: str) -> list[str]:
        return [row.reference[-3:] for row in Index(database).cases(CaseQuery(words=words, descending=False), ()).rows]

    assert found("phone") == ["000", "001"]
    assert found("IN THE chan") == ["000"]
    assert found("0% of") == found("50%") == ["002"]
    assert found("026-003") == ["003"]
    assert found("50_") == found("phones") == found('pho"') == []
    assert found("in") == ["000", "003"], "two letters are looked for in every line"
    database.execute("ROLLBACK")


def test_what_is_typed_is_asked_for_in_groups_of_three() -> None:
    assert groups("Phone") == '"Pho" "hon" "one"'
    assert groups('a"b"') == '"a""b" """b"""'
    assert groups("ababab") == '"aba" "bab"'
    assert groups("ab") == groups("abc\0d") == ""
    assert groups("x" * 10_000) == '"xxx"'
    assert len(groups("".join(chr(0x4E00 + at) for at in range(10_000))).split()) == 22


def test_a_line_is_found_by_its_newest_title_until_it_is_restricted(school: World) -> None:
    desk = school.open()
    strand = begin_case(desk, "MI-2026-2222", concern("Zebedee was seen"))
    other = begin_case(desk, "MI-2026-3333", concern("Zebedee was not there"))

    def found(words: str) -> set[str]:
        return {row.strand for row in desk.cases(CaseQuery(words=words)).rows}

    def kept() -> list[tuple[str, str]]:
        rows = desk.unlocked.database.rows("SELECT strand, title FROM case_letters ORDER BY rowid")
        return [(row[0], row[1]) for row in rows]

    assert found("ebedee w") == {strand, other}
    desk.write(strand, concern("Quentin was seen"), at=AT)
    assert found("uenti") == {strand}
    assert kept() == [(strand, "Quentin was seen"), (other, "Zebedee was not there")]
    desk.restrict(strand, [school.ada.account, school.ben.account], AT)
    desk.write(strand, concern("Quentin was seen again"), call("later"), at=AT)
    assert kept() == [(other, "Zebedee was not there")]
    desk.dispose(other, 1, desk.records(other)[-1].strand_seq, "DOB+25", AT, (school.ada.signer, school.ben.signer))
    assert kept() == []
    assert desk.rebuild_index()
    desk.close(AT)
    assert school.judge() == ([], 0)


def test_groups_of_a_restricted_case_are_in_the_table_no_more(school: World) -> None:
    desk = school.open()
    strand = begin_case(desk, "MI-2026-2222", concern("qqzx"))
    database = desk.unlocked.database

    def terms() -> set[str]:
        with database.transaction():
            database.execute("CREATE VIRTUAL TABLE temp.told USING fts5vocab(main, case_letters, row)")
            told = {row[0] for row in database.rows("SELECT term FROM temp.told")}
            database.execute("DROP TABLE temp.told")
        return told

    assert {"qqz", "qzx"} <= terms()
    desk.restrict(strand, [school.ada.account, school.ben.account], AT)
    assert not {"qqz", "qzx"} & terms()
    desk.close(AT)


def test_older_records_that_are_only_looked_at_have_no_groups_and_are_searched_all_the_same(school: World) -> None:
    desk = school.open()
    strand = begin_case(desk, "MI-2026-2222", concern("Zebedee was seen"))
    database = desk.unlocked.database
    with database.transaction():
        database.execute("DROP TABLE case_letters")
        database.rows("PRAGMA user_version=1")
    desk.close(AT)
    desk = school.look()
    assert [row.strand for row in desk.cases(CaseQuery(words="ebedee")).rows] == [strand]
    assert desk.check(lambda _done, _total: None).findings == ()
    desk.unlocked.database.close()


def test_many_cases_are_counted_alike_by_groups_and_without(school: World, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = school.open()
    for number in range(6):
        strand = begin_case(desk, f"MI-2026-222{number + 2}", concern(f"concern number {number}"))
        if number % 3 == 0:
            desk.write(strand, CaseClosed(outcome="support given", retention="child"), at=moment(60 + number))
    monkeypatch.setattr(index, "_AT_ONCE", 1)
    monkeypatch.setattr(index, "MOST_FOUND", 4)
    queries = [
        CaseQuery(words=words, states=states, offset=offset, limit=2)
        for words in ("concern number", "222", "number 3", "nothing of it")
        for states in ((), ("open", "stopped"), ("closed",))
        for offset in (0, 2, 4)
    ]
    pages = [[desk.cases(query) for query in queries]]
    monkeypatch.setattr(index_letters, "_FEW", 0)
    assert [desk.cases(query) for query in queries] == pages[0]
    assert [(page.total, page.more) for page in pages[0][:9:3]] == [(4, True), (4, True), (2, False)]
    desk.close(AT)

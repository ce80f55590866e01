"""Lists, search, links, registers, drafts: what is quick to find is what the journal says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsl_desk.domain.case_entries import DeviceNamed
from dsl_desk.domain.desk_entries import ItemRecorded, SettingsChanged
from dsl_desk.domain.errors import InputError, NotReadableError, ProcedureError, StoreError
from dsl_desk.domain.follow_up_entries import CaseClosed
from dsl_desk.domain.wider_entries import DateSet
from dsl_desk.domain.words import CaseRef, StrandId
from dsl_desk.store import index
from dsl_desk.store.values import CaseQuery, CaseSort
from tests.store.records.world import (
    AT,
    RESTRICTED_REF,
    World,
    begin_case,
    begin_desk,
    call,
    concern,
    linked,
    moment,
    new_school,
)

REFS = ["MI-2026-2222", "MI-2026-3333", "MI-2026-4444", "MI-2026-5555", "MI-2026-6666"]


def many(school: World):
    desk = school.open()
    strands = {}
    for number, reference in enumerate(REFS):
        strands[reference] = begin_case(desk, reference, concern(f"concern number {number}\nand more"))
    desk.write(strands[REFS[1]], _closed(), at=moment(60))
    return desk, strands


def _closed() -> CaseClosed:
    return CaseClosed(outcome="support given", retention="child")


def test_a_page_of_the_list_is_filtered_ordered_and_counted_by_the_database(school: World):
    desk, strands = many(school)
    page = desk.cases(CaseQuery(sort=CaseSort.REFERENCE, descending=False, offset=1, limit=2))
    assert [row.reference for row in page.rows] == REFS[1:3]
    assert page.total == 5
    assert [row.reference for row in desk.cases(CaseQuery(states=("closed",))).rows] == [REFS[1]]
    assert desk.cases(CaseQuery(states=("open", "closed"), sites=("Main",))).total == 5
    assert desk.cases(CaseQuery(grades=("stop_images",))).total == 0
    assert [row.strand for row in desk.cases(CaseQuery(reference="444")).rows] == [strands[REFS[2]]]
    newest = desk.cases(CaseQuery()).rows[0]
    assert (newest.reference, newest.title, newest.category) == (REFS[1], "concern number 1", "harmful_content")
    desk.close(AT)


def test_restricted_cases_stand_apart_in_the_list_and_follow_the_filters(harmed: World):
    desk = harmed.look()
    page = desk.cases(CaseQuery(sort=CaseSort.REFERENCE, descending=False))
    assert [row.reference for row in page.restricted] == ["MI-2026-Q7ZB", RESTRICTED_REF]
    assert all(row.restricted for row in page.restricted)
    assert page.total == 1
    assert desk.cases(CaseQuery(states=("closed",))).restricted == ()
    desk.unlocked.database.close()


@pytest.mark.parametrize("words", ["", "  ", '"', "NEAR(", "a OR", "*", "concern AND x", "a:1", "(((", "''", "-"])
def test_search_takes_words_as_words_and_never_as_a_query(school: World, words: str):
    desk, _ = many(school)
    assert isinstance(desk.search(words), tuple)
    assert len(desk.search("concern number", 2)) == 2
    assert "\x02number\x03" in desk.search("numbers")[0].snippet
    desk.close(AT)


def test_a_list_is_counted_alike_whether_it_fits_at_once_or_not(school: World, monkeypatch: pytest.MonkeyPatch):
    desk, _ = many(school)
    queries = [
        CaseQuery(words=words, offset=offset, limit=2) for words in ("", "number 3", "none") for offset in (0, 2)
    ]
    queries += [CaseQuery(words="concern", limit=2, descending=descending) for descending in (True, False)]
    at_once = [desk.cases(query) for query in queries]
    monkeypatch.setattr(index, "_AT_ONCE", 1)
    assert [desk.cases(query) for query in queries] == at_once
    assert [page.total for page in at_once] == [5, 5, 5, 5, 0, 0, 5, 5]
    desk.close(AT)


def test_words_found_in_very_many_cases_are_counted_so_far_as_anybody_turns_pages(
    school: World, monkeypatch: pytest.MonkeyPatch
):
    desk, _ = many(school)
    monkeypatch.setattr(index, "_AT_ONCE", 1)
    monkeypatch.setattr(index, "MOST_FOUND", 3)
    found = desk.cases(CaseQuery(words="concern", limit=2))
    assert (found.total, found.more, len(found.rows)) == (3, True, 2)
    assert desk.cases(CaseQuery(words="concern", limit=2, offset=2)).total == 3
    few = desk.cases(CaseQuery(words="2026-4444", limit=1))
    assert (few.total, few.more) == (1, False)
    assert (desk.cases(CaseQuery(limit=2)).total, desk.cases(CaseQuery(limit=2)).more) == (5, False)
    desk.close(AT)


def test_words_of_very_many_entries_are_ranked_among_the_newest_alone(school: World, monkeypatch: pytest.MonkeyPatch):
    desk, _ = many(school)
    every = sorted(hit.seq for hit in desk.search("concern number", 1000))
    assert len(every) == len(REFS)
    monkeypatch.setattr(index, "_RANKED", 3)
    assert sorted(hit.seq for hit in desk.search("concern number", 1000)) == every[-3:]
    desk.close(AT)


def test_the_same_person_and_device_are_found_in_other_cases(school: World):
    desk, strands = many(school)
    device = DeviceNamed(make="Sample", serial="S-77", location="office", state="off", this_laptop=False)
    for reference in REFS[:2]:
        desk.write(strands[reference], linked("p-zebedee"), device, at=AT)
    assert {link.strand for link in desk.links("person", "p-zebedee")} == {strands[REFS[0]], strands[REFS[1]]}
    assert len(desk.links("device", "S-77")) == 2
    assert desk.links("device", "S-78") == ()
    desk.close(AT)


def test_a_rebuilt_index_equals_the_one_that_was_kept(harmed: World):
    desk = harmed.open()
    assert desk.rebuild_index()
    desk.write(harmed.notes["one"], call("later"), at=AT)
    assert desk.rebuild_index()
    desk.close(AT)
    assert harmed.judge() == ([], 1)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE case_index SET state = 'closed'",
        "DELETE FROM link_index",
        "DELETE FROM search WHERE rowid = (SELECT max(rowid) FROM search)",
        "INSERT INTO link_index VALUES ('planted', 'person', 'p', 1)",
        "DELETE FROM waiting_index",
        "UPDATE waiting_index SET since = '2099-01-01'",
        "INSERT INTO waiting_index VALUES ('stopped', '2026-01-01', 'planted')",
        "INSERT INTO search (rowid, words, strand, kind) VALUES (99999, 'x', 'y', 'z')",
        "DELETE FROM case_letters",
        "UPDATE case_letters SET title = 'x'",
        "INSERT INTO case_letters (rowid, reference, title, strand) VALUES (99999, 'x', 'y', 'z')",
        "INSERT INTO case_letters SELECT * FROM case_letters",
    ],
)
def test_an_index_that_was_tampered_with_is_seen_and_made_anew(harmed: World, sql: str):
    desk = harmed.open()
    with desk.unlocked.database.transaction():
        desk.unlocked.database.execute(sql)
    assert not desk.rebuild_index()
    assert desk.rebuild_index()
    desk.close(AT)
    assert harmed.judge() == ([], 1)


def test_what_waits_is_written_with_its_entry_and_gone_once_the_case_is_closed_or_restricted(school: World):
    desk, strands = many(school)
    key = next(kind for kind in desk.waiting_kinds() if kind.startswith("runs answer"))
    open_ones = {strands[ref] for ref in REFS if ref != REFS[1]}
    assert {strand for _, strand in desk.waiting_cases(key, 10)} == open_ones, "the closed one is gone"
    for ref, day in zip((REFS[0], REFS[2], REFS[3]), (2, 1, 3), strict=True):
        desk.write(strands[ref], DateSet(what="Strategy meeting", on=f"2026-12-0{day}"), at=AT)
    dated = next(kind for kind in desk.waiting_kinds() if kind.startswith("runs date"))
    first, second, third = desk.waiting_cases(dated, 10)
    assert [first, second, third] == [
        (f"2026-12-0{day}", strands[ref]) for day, ref in ((1, REFS[2]), (2, REFS[0]), (3, REFS[3]))
    ]
    assert desk.waiting_cases(dated, 2) == (first, second)
    assert desk.waiting_cases(dated, 2, latest_first=True) == (third, second)
    assert desk.waiting_cases(dated, 2, after="2026-12-02") == (second, third)
    assert set(desk.own_waiting([school.ada.account])) == open_ones
    assert desk.own_waiting([school.ben.account]) == ()
    desk.restrict(strands[REFS[0]], [school.ada.account, school.ben.account], AT)
    rows = desk.unlocked.database.rows("SELECT count(*) FROM waiting_index WHERE strand = ?", (strands[REFS[0]],))
    assert rows == [(0,)]
    desk.write(strands[REFS[0]], call("later"), at=AT)
    assert strands[REFS[0]] not in {strand for _, strand in desk.waiting_cases(key, 10)}
    assert [row.strand for row in desk.restricted_cases()] == [strands[REFS[0]]]
    assert desk.rebuild_index(), "made anew it is what was written"
    desk.close(AT)
    assert school.judge() == ([], 0)


def test_a_list_is_counted_anew_once_something_was_written(school: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(index, "_AT_ONCE", 1)
    monkeypatch.setattr(index, "_COUNTS", 1)
    desk, strands = many(school)
    everything, closed = CaseQuery(limit=2), CaseQuery(states=("closed",), limit=1)
    assert [desk.cases(query).total for query in (everything, closed, everything)] == [5, 1, 5]
    desk.write(strands[REFS[2]], _closed(), at=moment(70))
    assert [desk.cases(query).total for query in (everything, closed)] == [5, 2]
    desk.close(AT)


def test_a_restricted_register_is_found_however_often_it_is_asked_for(school: World):
    desk = school.open()
    assert desk.register_strands("allegations") == ()
    strand = desk.begin_register("allegations", AT, [school.ada.account, school.ben.account])
    assert desk.register_strands("allegations") == (strand,)
    assert desk.register_strands("allegations") == (strand,)
    seen: list[tuple[StrandId, ...]] = []

    def undone() -> None:
        seen.append(desk.register_strands("other"))
        raise ProcedureError("This was undone.")

    with pytest.raises(ProcedureError):
        desk.write(strand, ItemRecorded(register="other", item="1", fields={}), at=AT, within=undone)
    assert seen == [(strand,)]
    assert desk.register_strands("other") == (), "what was undone is forgotten"
    desk.close(AT)


def test_a_register_begins_once_and_gives_its_rows(school: World):
    desk = school.open()
    assert desk.register("training") == ()
    strand = desk.begin_register("training", AT)
    assert desk.begin_register("training", AT) == strand
    desk.write(strand, ItemRecorded(register="training", item="1", fields={"who": "Ada"}), at=AT)
    (row,) = desk.register("training")
    assert row.payload is not None
    assert desk.cases(CaseQuery()).total == 0
    secret = desk.begin_register("allegations", AT, [school.ada.account])
    assert desk.begin_register("allegations", AT) == secret
    desk.write(secret, ItemRecorded(register="allegations", item="1", fields={"who": "nobody"}), at=AT)
    assert len(desk.register("allegations")) == 1
    assert desk.search("nobody") == ()
    desk.close(AT)
    assert school.judge() == ([], 0)
    desk = school.look(school.ben)
    assert desk.register("allegations") == ()
    desk.unlocked.database.close()


def test_drafts_are_their_author_s_alone(harmed: World):
    desk, one = harmed.open(), harmed.notes["one"]
    first = desk.save_draft(None, None, b"before there is a case")
    desk.save_draft(None, one, b"in a case")
    assert desk.save_draft(first, None, b"before there is a case, again") == first
    assert {draft.content for draft in desk.drafts()} == {
        b"before there is a case, again", b"in a case", b"notes about Zebedee Quillfeather",
    }  # fmt: skip
    desk.close(AT)
    desk = harmed.open(harmed.cas)
    assert desk.drafts() == ()
    with pytest.raises(InputError):
        desk.drop_draft(first)
    with pytest.raises(NotReadableError):
        desk.save_draft(None, harmed.notes["hidden"], b"x")
    desk.close(AT)
    desk = harmed.open()
    desk.drop_draft(first)
    assert first not in {draft.draft for draft in desk.drafts()}
    desk.close(AT)


def test_a_draft_of_neither_kind_is_damage(harmed: World):
    desk = harmed.look()
    draft = desk.save_draft(None, None, b"x")
    with desk.unlocked.database.transaction():
        desk.unlocked.database.execute("UPDATE draft SET wrap = NULL WHERE draft = ?", (draft,))
    with pytest.raises(StoreError):
        desk.drafts()
    desk.unlocked.database.close()


def test_what_is_of_the_desk_is_not_searched(school: World):
    desk = school.open()
    desk.write(desk.desk_strand, SettingsChanged(settings={"contact": "Marmaduke Thistle"}), at=AT)
    assert desk.search("Marmaduke") == ()
    desk.close(AT)


@settings(max_examples=20)
@given(text=st.text(max_size=300))
def test_any_words_can_be_recorded_found_by_number_and_read_back(tmp_path_factory: pytest.TempPathFactory, text: str):
    world = new_school(tmp_path_factory.mktemp("words") / "desk")
    desk = begin_desk(world)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = ""
    strand = begin_case(desk, REFS[0], concern(text))
    assert desk.find(CaseRef(REFS[0])) == strand
    concerned = desk.records(strand)[1].payload
    assert concerned is not None
    assert getattr(concerned.data, "summary", None) == text
    desk.search(text)
    assert desk.rebuild_index()
    desk.close(AT)

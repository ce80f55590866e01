"""Destroying records by two people: gone everywhere, and that they stood there remains."""

from __future__ import annotations

import pytest

from dsl_desk.domain.errors import NotReadableError, ProcedureError
from dsl_desk.domain.follow_up_entries import CallLogged
from dsl_desk.domain.words import CaseRef
from dsl_desk.store.disposal import work_off_doomed
from dsl_desk.store.steps import no_steps
from tests.store.records.world import AT, OPEN_REF, World, begin_case, call, take_in


def by_two(world: World):
    return (world.ada.signer, world.ben.signer)


def test_a_case_disposed_of_is_gone_from_every_list_and_its_chain_holds(harmed: World):
    desk, one = harmed.open(), harmed.notes["one"]
    blob = desk.case(one).exhibits[0].blob
    last = desk.records(one)[-1].strand_seq
    entry = desk.dispose(one, 1, last, "DOB+25", AT, by_two(harmed))
    assert entry.payload is not None
    assert desk.find(CaseRef(OPEN_REF)) is None
    assert desk.search("picture") == ()
    assert [record.missing for record in desk.records(one)] == ["disposed"] * last
    with pytest.raises(NotReadableError):
        desk.content_bytes(blob, 1 << 20)
    assert desk.rebuild_index()
    desk.close(AT)
    assert len(harmed.blob_files()) == 2
    assert harmed.judge() == ([], 1)
    assert harmed.judge(harmed.cas) == ([], 2)


@pytest.mark.parametrize("which", ["one", "birth", "hidden"])
def test_a_part_disposed_of_leaves_the_rest_readable_under_a_new_key(harmed: World, which: str):
    desk, strand = harmed.open(), harmed.notes[which]
    before, epoch = desk.records(strand), desk.kept.strands.latest(strand).epoch
    gone = desk.case(strand).exhibits[:1]
    desk.dispose(strand, 1, 3, "end of purpose", AT, by_two(harmed))
    after = desk.records(strand)
    assert [record.missing for record in after[:4]] == ["disposed"] * 3 + [""]
    assert [record.digest for record in after[: len(before)]] == [record.digest for record in before]
    assert desk.kept.strands.latest(strand).epoch == epoch + 1
    assert desk.rebuild_index()
    desk.write(strand, call("and on"), at=AT)
    desk.close(AT)
    assert harmed.judge() == ([], 1)
    assert len(harmed.blob_files()) == 3 - (len(gone) if which == "one" else 0)
    desk = harmed.open()
    newest = desk.records(strand)[-1].payload
    assert newest is not None
    assert isinstance(newest.data, CallLogged)
    assert desk.readers(strand) == (None if which == "one" else desk.readers(strand))
    desk.close(AT)


def test_disposing_of_the_chair_s_session_leaves_a_chain_that_verifies(harmed: World):
    desk, birth = harmed.open(), harmed.notes["birth"]
    last = desk.records(birth)[-1].strand_seq
    desk.dispose(birth, 1, last, "DOB+25", AT, by_two(harmed))
    report = desk.check(lambda done, total: None)
    assert report.findings == ()
    assert report.disposed_signatures > 0
    desk.close(AT)
    assert harmed.judge(harmed.cas)[0] == []


def test_a_disposal_needs_two_different_people(harmed: World):
    desk, one = harmed.open(), harmed.notes["one"]
    ada, ben, cas = harmed.ada.signer, harmed.ben.signer, harmed.cas.signer
    for also in ((), (ada,), (ada, ada), (ben, cas)):
        with pytest.raises(ProcedureError):
            desk.dispose(one, 1, 2, "DOB+25", AT, also)
    assert all(record.payload for record in desk.records(one))
    desk.close(AT)
    assert harmed.judge() == ([], 1)


@pytest.mark.parametrize(("first", "last"), [(0, 1), (2, 1), (1, 99)])
def test_only_what_is_there_can_be_disposed_of(harmed: World, first: int, last: int):
    desk = harmed.open()
    with pytest.raises(ProcedureError):
        desk.dispose(harmed.notes["one"], first, last, "DOB+25", AT, by_two(harmed))
    with pytest.raises(ProcedureError):
        desk.dispose(desk.desk_strand, 1, 1, "DOB+25", AT, by_two(harmed))
    desk.close(AT)


def test_a_file_that_two_entries_name_stays_until_both_are_gone(school: World):
    desk = school.open()
    strand = begin_case(desk, OPEN_REF)
    (blob,) = take_in(desk, strand, b"kept")
    named = desk.kept.named(strand, blob)
    assert named is not None
    data = desk.records(strand)[-1].payload
    assert data is not None
    desk.write(strand, data.data, at=AT)
    desk.dispose(strand, 2, 2, "mistake", AT, by_two(school))
    assert len(school.blob_files()) == 1
    assert desk.content_bytes(blob, 10) == b"kept"
    last = desk.records(strand)[-1].strand_seq
    desk.dispose(strand, 3, last, "mistake", AT, by_two(school))
    assert school.blob_files() == []
    desk.close(AT)
    assert school.judge() == ([], 0)


def test_a_doomed_row_that_no_disposal_names_deletes_nothing(harmed: World):
    desk = harmed.look()
    database = desk.unlocked.database
    with database.transaction():
        database.execute("INSERT INTO doomed SELECT blob FROM blob")
    left = work_off_doomed(database, desk.kept.register, harmed.folder, no_steps)
    assert len(left) == 3
    assert len(harmed.blob_files()) == 3
    database.close()


def test_content_goes_alone_by_two_and_nothing_else_can_go_that_way(harmed: World):
    desk, one, hidden = harmed.open(), harmed.notes["one"], harmed.notes["hidden"]
    blob, other = desk.case(one).exhibits[0].blob, desk.case(hidden).exhibits[0].blob
    for strand, blobs, also in (
        (one, [], by_two(harmed)), (one, [other], by_two(harmed)), (desk.desk_strand, [blob], by_two(harmed)),
        (one, [blob], (harmed.ada.signer,)),
    ):  # fmt: skip
        with pytest.raises(ProcedureError):
            desk.destroy_content(strand, [call("why")], blobs, "police", AT, also)
    epoch = desk.kept.strands.latest(one).epoch
    told = desk.destroy_content(one, [call("why")], [blob], "police", AT, by_two(harmed))
    assert [record.payload.kind for record in told if record.payload] == ["call_logged", "disposed"]
    assert desk.kept.strands.latest(one).epoch == epoch + 1
    assert all(record.payload for record in desk.records(one))
    assert desk.content_bytes(other, 1 << 20)
    assert desk.rebuild_index()
    with pytest.raises(ProcedureError):
        desk.destroy_content(one, [call("again")], [blob], "police", AT, by_two(harmed))
    desk.close(AT)
    assert harmed.judge() == ([], 1)
    assert harmed.judge(harmed.cas) == ([], 2)
    assert len(harmed.blob_files()) == 2


def test_a_row_put_back_for_content_that_was_destroyed_is_named(harmed: World):
    """Somebody with the volume key keeps the row and the file of what two people destroyed, and plants them again."""
    desk, one = harmed.open(), harmed.notes["one"]
    blob = desk.case(one).exhibits[0].blob
    database, columns = desk.unlocked.database, "blob, sealed, file_sha256, quarantined"
    row = database.one(f"SELECT {columns} FROM blob WHERE blob = ?", (blob,))
    sealed = (harmed.folder / "blobs" / blob).read_bytes()
    desk.destroy_content(one, [call("why")], [blob], "police", AT, by_two(harmed))
    assert row is not None
    with desk.unlocked.database.transaction():
        desk.unlocked.database.execute(
            "INSERT INTO blob (blob, sealed, file_sha256, quarantined) VALUES (?,?,?,?)", row
        )
    (harmed.folder / "blobs" / blob).write_bytes(sealed)
    findings = desk.check(lambda _done, _total: None).findings
    assert any(one.where == f"file {blob}" and "a disposal names it" in one.what for one in findings)
    desk.close(AT)


def test_drafts_of_a_disposed_case_are_gone(harmed: World):
    desk, one = harmed.open(), harmed.notes["one"]
    desk.save_draft(None, one, b"begun")
    last = desk.records(one)[-1].strand_seq
    desk.dispose(one, 1, last, "DOB+25", AT, by_two(harmed))
    assert [draft.strand for draft in desk.drafts()] == [harmed.notes["hidden"]]
    desk.close(AT)

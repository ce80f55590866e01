"""A desk that nobody harmed: read, listed, searched, exported, checked."""

from __future__ import annotations

import pytest

from dsl_desk.domain.errors import NotReadableError
from dsl_desk.domain.words import CaseRef
from tests.store.records.world import AT, OPEN_REF, RESTRICTED_REF, SUBJECT, World


def test_a_good_desk_is_good_for_a_lead_who_cannot_read_a_colleagues_case(harmed: World):
    assert harmed.judge(harmed.ada) == ([], 1)


def test_a_good_desk_is_good_for_a_colleague_who_cannot_read_two_cases(harmed: World):
    assert harmed.judge(harmed.cas) == ([], 2)


def test_a_good_desk_is_good_for_the_chair_who_reads_one_case(harmed: World):
    assert harmed.judge(harmed.dot) == ([], 2)


def test_a_restricted_case_reads_whole_for_its_reader(harmed: World):
    desk = harmed.look()
    case = desk.case(harmed.notes["hidden"])
    assert case.ref == RESTRICTED_REF
    assert [one.mark for one in case.exhibits] == ["QQ/1", "QQ/2"]
    assert desk.readers(harmed.notes["hidden"]) == (harmed.ada.account, harmed.ben.account)
    assert desk.content_bytes(case.exhibits[0].blob, 1 << 20) == SUBJECT.encode() * 3000
    desk.unlocked.database.close()


def test_a_restricted_case_is_nothing_to_somebody_else(harmed: World):
    desk = harmed.look(harmed.cas)
    with pytest.raises(NotReadableError):
        desk.case(harmed.notes["hidden"])
    assert desk.find(CaseRef(RESTRICTED_REF)) is None
    assert desk.search("Quillfeather") == ()
    desk.unlocked.database.close()


def test_a_case_is_found_by_its_reference_and_its_words(harmed: World):
    desk = harmed.look()
    assert desk.find(CaseRef(OPEN_REF)) == harmed.notes["one"]
    assert desk.find(CaseRef(RESTRICTED_REF)) == harmed.notes["hidden"]
    assert [hit.kind for hit in desk.search("pictures reported")] == ["concern_recorded"]
    desk.unlocked.database.close()


def test_the_end_of_a_session_is_written_when_the_desk_closes(harmed: World):
    desk = harmed.open()
    desk.close(AT)
    assert harmed.judge() == ([], 1)

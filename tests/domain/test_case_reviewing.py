"""Two reviewers: named, declared, looking, recording, taking in (flows sections 4, 8 and 9)."""

from typing import Any

import msgspec
import pytest

from dsl_desk.domain.case_entries import (
    AccessRecorded,
    Declared,
    DeviceChanged,
    Halted,
    ReviewerNamed,
    ReviewFinished,
    ReviewOpened,
    ReviewPaused,
    ReviewResumed,
    SightingRecorded,
)
from dsl_desk.domain.case_words import Intake, PersonRole
from dsl_desk.domain.errors import HaltedError, InputError, ProcedureError
from dsl_desk.domain.words import Answer, Grade, SubjectKind
from tests.builders import (
    CHAIR,
    CODES,
    DEPUTY,
    DPO,
    DSL,
    HEAD,
    OSL,
    SENIOR,
    CaseBuilder,
    answers,
    device,
    no_from,
    offered,
    purpose,
    renamed,
    taken,
    there,
)

ROOM = ("Ada Quill", "Edie Plum")


def named(book: CaseBuilder, who, **more):
    return book.case.name_reviewer(DSL, who, position="Senior", **more)


# ---- reviewers


def test_one_person_with_two_accounts_is_not_two_reviewers():
    book = CaseBuilder()
    book.write(named(book, DSL), DSL)
    for who in (DSL, renamed(DSL, "7")):
        with pytest.raises(ProcedureError, match="two different people"):
            named(book, who)
        entry = ReviewerNamed(account=who.account, person=who.person, name="x", position="x", place=2)
        book.write(entry, DSL)
        assert len(book.case.reviewers) == 1


def test_a_subject_is_no_reviewer_under_any_account():
    book = CaseBuilder()
    book.link(SENIOR.person, PersonRole.SUBJECT, SubjectKind.STAFF, SENIOR.account)
    for who in (SENIOR, renamed(SENIOR, "7")):
        with pytest.raises(ProcedureError, match="not involved"):
            named(book, who)
        entry = ReviewerNamed(account=who.account, person=who.person, name="x", position="x", place=1)
        book.write(entry, DSL)
        assert not book.case.reviewers


@pytest.mark.parametrize("who", [DPO, CODES])
def test_only_senior_people_with_an_account_review(who):
    with pytest.raises(ProcedureError, match="account of their own"):
        named(CaseBuilder(), who)


@pytest.mark.parametrize("place", [3, -1])
def test_there_are_two_places(place):
    with pytest.raises(InputError, match="first and second"):
        named(CaseBuilder(), DSL, place=place)


def test_a_third_place_in_the_journal_is_not_taken():
    book = CaseBuilder()
    book.write(ReviewerNamed(account="a" * 32, person="p", name="x", position="x", place=3), DSL)
    assert not book.case.reviewers


def test_somebody_involved_reviews_only_with_a_recorded_reason():
    book = CaseBuilder()
    book.link(SENIOR.person, PersonRole.WITNESS)
    with pytest.raises(ProcedureError, match="all the same"):
        named(book, SENIOR)
    entry = named(book, SENIOR, reason="Nobody else is on site")
    assert (entry.interest, entry.reason) == ("linked to this case", "Nobody else is on site")
    with pytest.raises(ProcedureError, match="all the same"):
        named(book, HEAD, interest="line manager")


def test_a_senior_from_outside_reviews_for_a_limited_time():
    book = CaseBuilder()
    book.write(named(book, DSL), DSL)
    book.write(named(book, SENIOR, admitted_until="2026-12-18"), DSL)
    assert book.case.no_longer_admitted("2026-12-18") == ()
    assert [reviewer.account for reviewer in book.case.no_longer_admitted("2026-12-19")] == [SENIOR.account]


def test_a_reviewer_changes_with_a_reason_and_the_session_ends():
    book = CaseBuilder().looking()
    with pytest.raises(ProcedureError, match="reviewer changes"):
        named(book, HEAD)
    entry = named(book, HEAD, reason="Edie was called away")
    assert (entry.place, entry.replaces) == (2, SENIOR.account)
    book.write(entry, DSL)
    assert book.case.sessions[-1].ended_by == "reviewer changed"
    assert [reviewer.account for reviewer in book.case.reviewers] == [DSL.account, HEAD.account]
    with pytest.raises(ProcedureError, match="have not declared"):
        book.case.open_review(DSL, present=("Ada", "Bertram"), place="Room 4")


def test_a_reviewer_named_midway_ends_the_session_and_leaves():
    book = CaseBuilder().looking()
    book.sighting()
    book.link(SENIOR.person, PersonRole.SUBJECT, SubjectKind.STAFF, SENIOR.account)
    assert book.case.session is None
    assert [reviewer.account for reviewer in book.case.reviewers] == [DSL.account]
    assert len(book.case.told(SightingRecorded)) == 1
    assert book.case.subject_kinds == {SubjectKind.PUPIL, SubjectKind.STAFF}
    with pytest.raises(ProcedureError, match="nothing here"):
        book.case.answer_triage(SENIOR, answers(), "1")
    book.write(book.case.name_reviewer(DSL, HEAD, position="Headteacher", place=2), DSL)
    assert len(book.case.reviewers) == 2


def test_naming_a_subject_who_reviews_nothing_leaves_the_session_open():
    book = CaseBuilder().looking()
    book.link("p-pupil", PersonRole.SUBJECT)
    book.link("p-pupil", PersonRole.SUBJECT)
    assert book.case.session is not None
    assert book.case.links == (("p-pupil", PersonRole.SUBJECT),)


# ---- before looking


@pytest.mark.parametrize(
    ("left_out", "says"),
    [
        ("triage", "triage questions are not answered"),
        ("device", "device is not named"),
        ("purpose", "purpose is not written"),
        ("declare", "have not declared"),
        ("declare one", "have not declared"),
    ],
)
def test_looking_waits_for_everything_before_it(left_out, says):
    book = CaseBuilder()
    if left_out != "triage":
        book.triage()
    book.reviewers()
    if left_out != "device":
        book.write(book.case.name_device(DSL, device()), DSL)
    if left_out != "purpose":
        book.write(book.case.record_purpose(DSL, purpose()), DSL)
        for who in () if left_out == "declare" else (DSL,) if left_out == "declare one" else (DSL, SENIOR):
            book.write(book.case.declare(who, "I know of nothing"), who)
    with pytest.raises(ProcedureError, match=says):
        book.case.open_review(DSL, present=ROOM, place="Room 4")


def test_looking_waits_for_the_second_reviewer():
    book = CaseBuilder()
    book.triage()
    book.write(named(book, DSL), DSL)
    with pytest.raises(ProcedureError, match="two reviewers are not named"):
        book.case.open_review(DSL, present=ROOM, place="Room 4")


@pytest.mark.parametrize("present", [(), ("Ada Quill",), ("Ada Quill", "Ada Quill")])
def test_both_reviewers_are_in_the_room(present):
    with pytest.raises(ProcedureError, match="in the room"):
        CaseBuilder().ready().case.open_review(DSL, present=present, place="Room 4")


def test_only_a_reviewer_opens_a_session():
    with pytest.raises(ProcedureError, match="Only one of the two reviewers"):
        CaseBuilder().ready().case.open_review(HEAD, present=ROOM, place="Room 4")


def test_a_second_account_of_a_reviewer_is_not_the_reviewer():
    with pytest.raises(ProcedureError, match="Only one of the two reviewers"):
        CaseBuilder().ready().case.open_review(renamed(DSL, "7"), present=ROOM, place="Room 4")


def test_a_declaration_needs_the_purpose_and_a_new_purpose_needs_new_declarations():
    book = CaseBuilder().reviewers()
    with pytest.raises(ProcedureError, match="Write the purpose first"):
        book.case.declare(DSL, "I know of nothing")
    assert book.case.declared() == ()
    book = CaseBuilder().ready()
    assert len(book.case.declared()) == 2
    book.write(book.case.record_purpose(DSL, purpose()), DSL)
    assert book.case.declared() == ()


def test_a_declaration_in_anothers_name_does_not_count():
    book = CaseBuilder().reviewers()
    book.write(book.case.record_purpose(DSL, purpose()), DSL)
    book.write(Declared(text="I know of nothing"), HEAD)
    assert book.case.declared() == ()


def test_a_device_that_pupils_use_is_refused():
    with pytest.raises(ProcedureError, match="pupils do not use"):
        CaseBuilder().case.name_device(DSL, msgspec.structs.replace(device(), pupils_use_it=True))


def changed() -> DeviceChanged:
    return DeviceChanged(
        make="Plainbook 4", serial="PB-0002", location="Room 5", state="off", this_laptop=True, reason="battery dead"
    )


def test_the_device_changes_between_sessions_with_its_reason():
    book = CaseBuilder().ready()
    with pytest.raises(ProcedureError, match="named already"):
        book.case.name_device(DSL, device())
    book.write(book.case.change_device(DSL, changed()), DSL)
    assert book.case.device == changed()
    opened = book.case.open_review(DSL, present=ROOM, place="Room 5", state="on")
    assert (opened.this_laptop, opened.state) == (True, "on")


def test_the_device_does_not_change_while_looking_nor_before_one_is_named():
    with pytest.raises(ProcedureError, match="Finish the open session"):
        CaseBuilder().looking().case.change_device(DSL, changed())
    with pytest.raises(ProcedureError, match="No device is named"):
        CaseBuilder().reviewers().case.change_device(DSL, changed())


def test_access_is_recorded_with_who_gave_it():
    entry = AccessRecorded(access="unfiltered for one hour", granted_by="Headteacher")
    assert CaseBuilder().case.record_access(DSL, entry) is entry
    with pytest.raises(InputError, match="granted by"):
        CaseBuilder().case.record_access(DSL, msgspec.structs.replace(entry, granted_by=" "))


# ---- sessions


def test_one_session_at_a_time():
    book = CaseBuilder().looking()
    with pytest.raises(ProcedureError, match="open already"):
        book.case.open_review(DSL, present=ROOM, place="Room 4")
    book.write(ReviewOpened(no=2, present=ROOM, place="x", this_laptop=False), DSL)
    assert len(book.case.sessions) == 1


def test_a_session_opened_behind_a_stop_does_not_count():
    book = CaseBuilder().ready()
    book.write(book.case.halt(DSL, Grade.POLICE_FIRST), DSL)
    book.write(ReviewOpened(no=1, present=ROOM, place="x", this_laptop=False), DSL)
    assert book.case.session is None


def test_a_pause_is_a_gap_with_its_reason():
    book = CaseBuilder().looking()
    book.write(book.case.pause(DSL, "Fire drill"), DSL)
    book.write(ReviewPaused(reason="again"), DSL)
    assert there(book.case.session).is_paused
    with pytest.raises(ProcedureError, match="paused"):
        book.sighting()
    with pytest.raises(ProcedureError, match="in the room"):
        book.case.resume(DSL, present=("Ada",))
    book.write(book.case.resume(SENIOR, present=ROOM), SENIOR)
    gap = there(book.case.session).gaps[0]
    assert (gap.reason, bool(gap.until), len(there(book.case.session).gaps)) == ("Fire drill", True, 1)
    book.sighting()


def test_only_a_paused_session_is_resumed():
    with pytest.raises(ProcedureError, match="No session is paused"):
        CaseBuilder().looking().case.resume(DSL, present=ROOM)
    with pytest.raises(ProcedureError, match="No session is paused"):
        CaseBuilder().ready().case.resume(DSL, present=ROOM)


def test_entries_about_a_session_that_is_not_there_change_nothing():
    book = CaseBuilder().ready()
    book.write(ReviewPaused(reason="x"), DSL)
    book.write(ReviewResumed(), DSL)
    assert book.case.sessions == ()


def test_a_pause_that_was_open_ends_with_the_session():
    book = CaseBuilder().looking()
    book.write(book.case.pause(DSL, "Lunch"), DSL)
    book.write(book.case.halt(SENIOR, Grade.POLICE_FIRST), SENIOR)
    assert book.case.sessions[-1].gaps[-1].until == book.case.sessions[-1].ended_utc


def test_looking_needs_an_open_session():
    with pytest.raises(ProcedureError, match="No session is open"):
        CaseBuilder().ready().sighting()


def test_both_confirm_the_end_and_the_first_ends_the_session():
    book = CaseBuilder().looking()
    done: dict[str, Any] = {"access_withdrawn": True, "device_locked_away": True, "times_right": True}
    book.write(book.case.finish_review(SENIOR, **done), SENIOR)
    assert book.case.session is None
    ended = book.case.sessions[-1].ended_at
    with pytest.raises(ProcedureError, match="No session waits"):
        book.case.finish_review(SENIOR, **done)
    book.write(book.case.finish_review(DSL, **done), DSL)
    assert book.case.sessions[-1].finished_by == (SENIOR.account, DSL.account)
    assert book.case.sessions[-1].ended_at == ended


def test_an_end_that_is_not_as_it_should_be_needs_words():
    case = CaseBuilder().looking().case
    with pytest.raises(InputError, match="not as it should be"):
        case.finish_review(DSL, access_withdrawn=False, device_locked_away=True, times_right=True)
    assert case.finish_review(
        DSL, access_withdrawn=False, device_locked_away=True, times_right=True, note="IT will do it at four"
    ).note


def test_the_end_in_the_name_of_somebody_else_ends_nothing():
    book = CaseBuilder().looking()
    book.write(ReviewFinished(no=1, access_withdrawn=True, device_locked_away=True, times_right=True), HEAD)
    assert book.case.session is not None


def test_a_second_session_leaves_the_first_as_it_was():
    book = CaseBuilder().looking().finished()
    first = book.case.sessions[0]
    book.write(book.case.open_review(DSL, present=ROOM, place="Room 4"), DSL)
    book.finished()
    assert book.case.sessions[0] == first
    assert book.case.sessions[1].no == 2


# ---- sightings and exhibits


@pytest.mark.parametrize("answer", [Answer.YES, Answer.NOT_SURE])
def test_a_reason_to_stop_is_a_halt_and_no_sighting(answer):
    book = CaseBuilder().looking()
    entry = book.case.record_sighting(
        DSL,
        address="a.invalid",
        seen="x",
        concern="x",
        reason_to_stop=(*no_from(DSL), *no_from(SENIOR, answer=answer)),
    )
    assert isinstance(entry, Halted)
    assert (entry.grade, entry.last_item) == (Grade.STOP_IMAGES, "a.invalid")


def test_both_reviewers_answer_the_stop_question():
    book = CaseBuilder().looking()
    for said in ((), no_from(DSL), no_from(DSL, HEAD)):
        with pytest.raises(ProcedureError, match="Both reviewers answer"):
            book.case.record_sighting(DSL, address="a", seen="x", concern="x", reason_to_stop=said)


@pytest.mark.parametrize("field", ["address", "seen", "concern"])
def test_a_sighting_says_where_what_and_why(field):
    told = {"address": "a.invalid", "seen": "words", "concern": "unkind"} | {field: " "}
    with pytest.raises(InputError, match=f"missing: {field}"):
        CaseBuilder().looking().case.record_sighting(DSL, reason_to_stop=no_from(DSL, SENIOR), **told)


def test_material_of_a_session_needs_both_answers_and_supplied_material_one():
    book = CaseBuilder().looking()
    with pytest.raises(ProcedureError, match="Both reviewers answer"):
        book.case.allow_intake(DSL, offered(Intake.FILE, no_from(DSL)))
    book.case.allow_intake(DSL, offered(Intake.FILE, no_from(DSL, SENIOR)))
    book.case.allow_intake(HEAD, offered(Intake.SUPPLIED, no_from(HEAD)))


def test_what_is_brought_into_an_open_session_needs_the_answers_of_both_reviewers():
    book = CaseBuilder().looking()
    with pytest.raises(ProcedureError, match="Both reviewers answer"):
        book.case.allow_intake(DSL, offered(Intake.SUPPLIED, no_from(DSL)))
    book.case.allow_intake(DSL, offered(Intake.SUPPLIED, no_from(DSL, SENIOR)))
    assert not CaseBuilder().ready().case.takes_both(DSL.account)
    assert not book.case.takes_both(HEAD.account)


@pytest.mark.parametrize("intake", [Intake.CAPTURE, Intake.FILE])
def test_nothing_is_captured_outside_a_session(intake):
    with pytest.raises(ProcedureError, match="No session is open"):
        CaseBuilder().ready().case.allow_intake(DSL, offered(intake, no_from(DSL, SENIOR)))


@pytest.mark.parametrize("answer", [Answer.YES, Answer.NOT_SURE])
def test_supplied_material_that_might_show_a_child_is_not_opened(answer):
    with pytest.raises(HaltedError, match="Do not open it"):
        CaseBuilder().case.allow_intake(DSL, offered(Intake.SUPPLIED, no_from(DSL, answer=answer)))


def test_supplied_material_needs_the_answers_of_who_takes_it_in_and_who_brought_it():
    from dataclasses import replace

    case, told = CaseBuilder().case, offered(Intake.SUPPLIED, no_from(DSL))
    with pytest.raises(HaltedError, match="Do not open it"):
        case.allow_intake(DSL, replace(told, stop_answers=()))
    with pytest.raises(ProcedureError, match="themselves"):
        case.allow_intake(HEAD, told)
    with pytest.raises(InputError, match="who brought it"):
        case.allow_intake(DSL, replace(told, supplied_by=""))
    with pytest.raises(InputError, match="what it shows"):
        case.allow_intake(DSL, replace(told, description=" "))
    with pytest.raises(InputError, match="no sighting"):
        case.allow_intake(DSL, replace(told, sighting=3))


def test_an_exhibit_keeps_its_sighting_and_a_running_mark():
    book = CaseBuilder().looking()
    book.sighting()
    assert book.exhibit(DSL) == "AQ/1"
    assert book.exhibit(SENIOR) == "EP/1"
    assert book.exhibit(DSL) == "AQ/2"


def test_a_mark_that_another_exhibit_got_is_refused():
    book = CaseBuilder().looking()
    mark = book.exhibit()
    with pytest.raises(ProcedureError, match="Another exhibit"):
        book.case.add_exhibit(DSL, offered(Intake.CAPTURE, no_from(DSL, SENIOR)), taken(mark, DSL))


def test_an_exhibit_that_is_not_there_cannot_be_viewed():
    with pytest.raises(InputError, match="no exhibit"):
        CaseBuilder().case.view_exhibit(DSL, "AQ/1", "why not")


def test_a_closed_case_takes_nothing_in():
    from dsl_desk.domain.follow_up_entries import CaseClosed

    book = CaseBuilder()
    book.write(CaseClosed(outcome="support", retention="child"), DSL)
    with pytest.raises(ProcedureError, match="Reopen it first"):
        book.case.allow_intake(DSL, offered(Intake.SUPPLIED, no_from(DSL)))


def test_other_seniors_may_review_where_the_headteacher_is_the_subject():
    book = CaseBuilder()
    book.link(HEAD.person, PersonRole.SUBJECT, SubjectKind.HEADTEACHER, HEAD.account)
    book.reviewers(CHAIR, DEPUTY)
    assert len(book.case.reviewers) == 2
    with pytest.raises(ProcedureError, match="nothing here"):
        book.case.record_purpose(HEAD, purpose())
    assert OSL.account not in {reviewer.account for reviewer in book.case.reviewers}

"""Judging alone, concluding together, signing by both, and what voids it (flows steps 13 and 17, format section 5)."""

import re
from typing import Any

import pytest

from dsl_desk.domain.case_entries import Corrected, Halted, Judged, PurposeRecorded, SightingRecorded
from dsl_desk.domain.case_words import Decision, Judgement, PersonRole
from dsl_desk.domain.errors import HaltedError, InputError, ProcedureError
from dsl_desk.domain.follow_up_entries import (
    CallLogged,
    CaseClosed,
    ChildVoiceRecorded,
    DeviceSecured,
    FollowUpDone,
    SignedOff,
)
from dsl_desk.domain.payload import UnknownKind
from dsl_desk.domain.sign_off import Signer, SignOff, sign_off_text
from dsl_desk.domain.words import CaseRef, DeskId, Digest, Grade, PackKind, StrandId, SubjectKind
from tests.builders import (
    DSL,
    HEAD,
    REF,
    SENIOR,
    CaseBuilder,
    missing,
    profile,
    purpose,
    renamed,
    there,
)


def signed_by_one() -> tuple[CaseBuilder, int]:
    book = CaseBuilder().concluded()
    covers = book.case.last
    book.sign(DSL, covers)
    return book, covers


# ---- judging


def judged_before(case, by):
    """Judgements this person may read now: those of others wait until they have judged too."""
    return [told for told in case.told(Judged) if not case.is_hidden_from(told, by.account)]


def test_each_judges_before_reading_the_others_words():
    book = CaseBuilder().looking().finished()
    book.write(book.case.judge(DSL, Judgement.SUBSTANCE, "It names the teacher."), DSL)
    case = book.case
    assert len(case.judgements_visible_to(DSL.account)) == 1
    for other in (SENIOR, HEAD):
        assert case.judgements_visible_to(other.account) == ()
        assert not judged_before(case, other)
    assert judged_before(case, DSL)
    book.write(case.judge(SENIOR, Judgement.NONE, "It is a joke among friends."), SENIOR)
    for other in (DSL, SENIOR, HEAD):
        assert len(book.case.judgements_visible_to(other.account)) == 2
        assert len(judged_before(book.case, other)) == 2


def test_the_correction_of_a_judgement_waits_with_it_for_the_other_reviewer():
    """It says the same words again: the other would read them before judging."""
    book = CaseBuilder().looking().finished()
    book.write(book.case.judge(DSL, Judgement.SUBSTANCE, "It names the teacher."), DSL)
    judged = book.case.last
    book.write(book.case.correct(DSL, judged, {"reasons": "It names two teachers."}, "one was left out"), DSL)
    book.write(book.case.correct(DSL, book.case.last, {"reasons": "It names three teachers."}, "another"), DSL)
    book.write(book.case.correct(DSL, 1, {"reference": "x"}, "of something else"), DSL)

    def hidden(case, by):
        return [told.at for told in case.told(Corrected) if case.is_hidden_from(told, by.account)]

    for other in (SENIOR, HEAD):
        assert hidden(book.case, other) == [judged + 1, judged + 2]
    assert hidden(book.case, DSL) == []
    book.write(book.case.judge(SENIOR, Judgement.NONE, "It is a joke among friends."), SENIOR)
    assert hidden(book.case, SENIOR) == []


def test_the_judgement_of_a_former_reviewer_is_not_hidden():
    book = CaseBuilder().looking().finished()
    book.write(book.case.judge(SENIOR, Judgement.NONE, "Nothing there."), SENIOR)
    book.write(book.case.name_reviewer(DSL, HEAD, position="Headteacher", place=2, reason="Edie is ill"), DSL)
    assert book.case.current_judgements() == ()
    assert judged_before(book.case, DSL)


def test_nobody_judges_twice_or_for_another_or_while_looking():
    book = CaseBuilder().looking()
    with pytest.raises(ProcedureError, match="Finish the open session"):
        book.case.judge(DSL, Judgement.NONE, "x")
    done = book.case.finish_review(DSL, access_withdrawn=True, device_locked_away=True, times_right=True)
    book.write(done, DSL)
    with pytest.raises(ProcedureError, match="Both reviewers must confirm"):
        book.case.judge(DSL, Judgement.NONE, "x")
    book = CaseBuilder().looking().finished().judged()
    with pytest.raises(ProcedureError, match="You have judged"):
        book.case.judge(DSL, Judgement.NONE, "x")
    with pytest.raises(ProcedureError, match="Only one of the two"):
        book.case.judge(HEAD, Judgement.NONE, "x")


def test_judging_takes_two_reviewers_a_purpose_and_reasons():
    book = CaseBuilder()
    book.triage()
    book.write(book.case.name_reviewer(DSL, DSL, position="DSL"), DSL)
    with pytest.raises(ProcedureError, match="Name the second"):
        book.case.judge(DSL, Judgement.NONE, "x")
    book.write(book.case.name_reviewer(DSL, SENIOR, position="Senior"), DSL)
    with pytest.raises(ProcedureError, match="Write the purpose"):
        book.case.judge(DSL, Judgement.NONE, "x")
    with pytest.raises(InputError, match="missing: reasons"):
        CaseBuilder().ready().case.judge(DSL, Judgement.NONE, " ")


def test_after_more_looking_both_judge_anew():
    book = CaseBuilder().looking().finished().judged()
    book.write(book.case.open_review(DSL, present=("Ada", "Edie"), place="Room 4"), DSL)
    book.finished()
    assert not book.case.both_judged()
    assert book.judged().case.both_judged()
    assert len(book.case.told(Judged)) == 4


def test_a_disagreement_is_kept_and_must_be_written_down():
    book = CaseBuilder().looking().finished()
    with pytest.raises(ProcedureError, match="Both reviewers judge first"):
        book.case.conclude(DSL, "x")
    book.judged(same=False)
    assert book.case.reviewers_differ()
    with pytest.raises(InputError, match="both views are kept"):
        book.case.conclude(DSL, "Advice is sought.")
    entry = book.case.conclude(DSL, "Advice is sought.", disagreement="Whether it was meant.")
    assert entry.reviewers_differ
    assert not there(CaseBuilder().concluded().case.conclusion()).data.reviewers_differ


def test_a_conclusion_holds_only_while_both_judgements_do():
    book = CaseBuilder().concluded()
    assert book.case.conclusion() is not None
    book.write(book.case.open_review(DSL, present=("Ada", "Edie"), place="Room 4"), DSL)
    assert book.case.conclusion() is None
    assert CaseBuilder().looking().finished().judged().case.conclusion() is None


# ---- signing


def test_two_reviewers_sign_the_same_text():
    book, covers = signed_by_one()
    assert book.case.sign_off_state().words(book.case.last) == f"signed by one at {covers}, waiting for the second"
    assert not book.case.sign_off_state().is_valid
    book.sign(SENIOR, covers)
    state = book.case.sign_off_state()
    assert state.is_valid
    assert [signature.place for signature in state.signatures] == [1, 2]
    assert state.words(book.case.last) == f"signed off by both at {covers}, 2 entries of follow-up since"
    assert state.words(covers + 1).endswith("1 entry of follow-up since")


def test_second_sign_off_by_same_person_is_refused():
    book, covers = signed_by_one()
    with pytest.raises(ProcedureError, match="You have signed this"):
        book.sign(DSL, covers)
    with pytest.raises(ProcedureError, match="Only one of the two"):
        book.case.sign_off(renamed(DSL, "7"), covers=covers, sign_off="1" * 64, p7s="2", form="3")
    book.write(SignedOff(decision=Decision.AGREE, sign_off="1" * 64, p7s="2", form="3", covers=covers), DSL)
    assert not book.case.sign_off_state().is_valid


def test_somebody_who_is_no_reviewer_cannot_complete_a_sign_off():
    book, covers = signed_by_one()
    for by in ((HEAD,), (DSL, SENIOR), ()):
        book.write(SignedOff(decision=Decision.AGREE, sign_off="1" * 64, p7s="2", form="3", covers=covers), *by)
    assert not book.case.sign_off_state().is_valid


def test_both_must_sign_the_same_form():
    book, covers = signed_by_one()
    with pytest.raises(ProcedureError, match="another form"):
        book.sign(SENIOR, covers, text="9" * 64)
    with pytest.raises(ProcedureError, match="another form"):
        book.sign(SENIOR, covers + 1)
    book.write(SignedOff(decision=Decision.AGREE, sign_off="9" * 64, p7s="2", form="3", covers=covers), SENIOR)
    assert not book.case.sign_off_state().is_valid
    book.write(SignedOff(decision=Decision.AGREE, sign_off="1" * 64, p7s="2", form="3", covers=covers + 1), SENIOR)
    assert not book.case.sign_off_state().is_valid


@pytest.mark.parametrize("covers", [0, 1, 999])
def test_a_form_made_before_a_change_or_out_of_nothing_is_not_signed(covers):
    with pytest.raises(ProcedureError, match="has changed since"):
        CaseBuilder().concluded().sign(DSL, covers)


def test_signing_waits_for_judgements_and_conclusion():
    with pytest.raises(ProcedureError, match="judge first"):
        CaseBuilder().looking().finished().case.may_sign(DSL)
    with pytest.raises(ProcedureError, match="Write the conclusion"):
        CaseBuilder().looking().finished().judged().case.may_sign(DSL)
    book = CaseBuilder().concluded()
    with pytest.raises(ProcedureError, match="first reviewer signs first"):
        book.case.may_sign(SENIOR)
    book.sign(DSL, book.case.last)
    assert book.case.may_sign(SENIOR) == 2


def test_a_reviewer_who_was_named_after_the_looking_does_not_judge_it():
    book = CaseBuilder().looking().finished()
    book.write(book.case.name_reviewer(DSL, HEAD, position="Head", place=2, reason="away"), DSL)
    with pytest.raises(ProcedureError, match="No session waits"):  # nobody confirms what they did not see
        book.case.finish_review(HEAD, access_withdrawn=True, device_locked_away=True, times_right=True)
    with pytest.raises(ProcedureError, match="not there when it was looked at"):
        book.case.judge(HEAD, Judgement.SUBSTANCE, "As I was told.")


def test_a_disagreement_is_signed_with_its_reasons():
    book = CaseBuilder().concluded()
    sign: dict[str, Any] = {"covers": book.case.last, "sign_off": "1" * 64, "p7s": "2", "form": "3"}
    sign["decision"] = Decision.DISAGREE
    with pytest.raises(InputError, match="Write why you disagree"):
        book.case.sign_off(DSL, **sign)
    assert book.case.sign_off(DSL, **sign, reasons="The second page was not read.").reasons


@pytest.mark.parametrize(("ahead", "believed"), [(-1, True), (0, False), (1, False), (-10_000, False)])
def test_a_signature_over_what_is_not_written_yet_is_not_believed(ahead, believed):
    book = CaseBuilder().concluded()
    covers = max(book.case.last + 1 + ahead, 0)
    book.write(SignedOff(decision=Decision.AGREE, sign_off="1" * 64, p7s="2", form="3", covers=covers), DSL)
    assert bool(book.case.signatures) is believed


def substance(book: CaseBuilder):
    yield "purpose", PurposeRecorded(reason="x", purpose="y"), DSL
    yield "halt", Halted(grade=Grade.POLICE_FIRST), DSL
    yield "skip", book.case.skip_step(DSL, profile().routes[0].steps[0], "done by telephone"), DSL
    yield "reviewer", book.case.name_reviewer(DSL, HEAD, position="Head", place=2, reason="away"), DSL
    sighting = book.case.told(SightingRecorded)[0].at
    yield "correction", book.case.correct(DSL, sighting, {"seen": "other words"}, "misread"), DSL
    yield "unknown", UnknownKind(kind="of_a_newer_program"), DSL


def test_a_later_entry_of_substance_voids_the_sign_off_visibly():
    for n in range(6):
        book = CaseBuilder().signed()
        covers = book.case.sign_off_state().covers
        name, entry, by = list(substance(book))[n]
        at = book.write(entry, by) if name != "unknown" else _unknown(book)
        state = book.case.sign_off_state()
        assert (name, state.is_valid, state.void_since) == (name, False, at)
        assert state.words(at) == f"signed at {covers}, now {at}, unsigned"
        assert PackKind.SIGNED_OFF not in book.case.pack_kinds()


def _unknown(book: CaseBuilder) -> int:
    from dataclasses import replace

    from tests.builders import recorded

    at = book.case.last + 1
    entry = recorded(at, PurposeRecorded(reason="x", purpose="y"), DSL)
    assert entry.payload is not None
    odd = replace(entry.payload, kind="of_a_newer_program", data=UnknownKind(kind="of_a_newer_program"))
    book.case = book.case.apply(replace(entry, payload=odd))
    return at


def test_follow_up_never_voids_a_sign_off():
    book = CaseBuilder().signed()
    for entry in (
        ChildVoiceRecorded(not_asked_because="away today"),
        DeviceSecured(device="tablet", held_by="DSL", place="safe"),
        FollowUpDone(what="parents rung"),
    ):
        book.write(entry, DSL)
    at = book.case.told(FollowUpDone)[0].at
    book.write(book.case.correct(DSL, at, {"what": "both parents rung"}, "one was forgotten"), DSL)
    assert book.case.sign_off_state().is_valid
    assert len(book.case.corrections_of(at)) == 1


def test_both_sign_anew_after_a_change():
    book = CaseBuilder().signed()
    sighting = book.case.told(SightingRecorded)[0].at
    book.write(book.case.correct(DSL, sighting, {"seen": "other words"}, "misread"), DSL)
    covers = book.case.last
    for who in (DSL, SENIOR):
        book.sign(who, covers, text="8" * 64)
    assert book.case.sign_off_state().is_valid
    assert book.case.sign_off_state().covers == covers


def test_another_second_reviewer_voids_the_first_signature():
    book, covers = signed_by_one()
    book.write(book.case.name_reviewer(DSL, HEAD, position="Head", place=2, reason="Edie is ill"), DSL)
    assert book.case.sign_off_state().void_since > covers


def test_a_subject_cannot_sign():
    book, covers = signed_by_one()
    book.link(SENIOR.person, PersonRole.SUBJECT, SubjectKind.STAFF, SENIOR.account)
    with pytest.raises(ProcedureError, match="nothing here"):
        book.sign(SENIOR, covers)


def test_a_stopped_case_is_not_signed():
    book = CaseBuilder().concluded()
    book.write(book.case.halt(DSL, Grade.POLICE_FIRST), DSL)
    with pytest.raises(HaltedError, match="signing wait"):
        book.case.may_sign(DSL)


def test_a_reviewer_may_decline_with_reasons():
    case = CaseBuilder().concluded().case
    assert case.decline_sign_off(SENIOR, "A page is missing.").reasons
    with pytest.raises(InputError, match="reasons"):
        case.decline_sign_off(SENIOR, " ")
    with pytest.raises(ProcedureError, match="Only one of the two"):
        case.decline_sign_off(HEAD, "x")


def test_a_case_that_nobody_signed_says_so():
    assert CaseBuilder().case.sign_off_state() == SignOff()
    assert SignOff().words(5) == "not signed"


def test_a_reopened_review_is_a_second_one_with_its_own_signatures():
    book = CaseBuilder().signed()
    book.write(CaseClosed(outcome="support", retention="child"), DSL)
    book.write(book.case.reopen(DSL, "A second thread turned up."), DSL)
    assert book.case.review_no == 2
    assert book.case.sign_off_state().is_valid
    assert book.case.current_judgements() == ()
    with pytest.raises(ProcedureError, match="purpose is not written"):
        book.case.open_review(DSL, present=("Ada", "Edie"), place="Room 4")
    book.write(book.case.record_purpose(DSL, purpose()), DSL)
    assert not book.case.sign_off_state().is_valid


# ---- steps and corrections


def test_what_protects_a_child_is_never_skipped():
    route = profile().routes[0]
    case = CaseBuilder().case
    for number, step in enumerate(route.steps, 1):
        if number in {2, 3, 6, 7, 9, 10, 13, 17}:
            with pytest.raises(ProcedureError, match="cannot be skipped"):
                case.skip_step(DSL, step, "no time")
        else:
            with pytest.raises(InputError, match="missing: reason"):
                case.skip_step(DSL, step, "")
            assert case.skip_step(DSL, step, "no time").step == step.id


def test_a_correction_names_what_it_corrects():
    book = CaseBuilder()
    for at in (0, 99):
        with pytest.raises(InputError, match="no entry of that number"):
            book.case.correct(DSL, at, {"x": "y"}, "z")
    book.case = book.case.apply(missing(2))
    with pytest.raises(InputError, match="no entry of that number"):
        book.case.correct(DSL, 2, {"x": "y"}, "z")
    with pytest.raises(InputError, match="what the entry should say"):
        book.case.correct(DSL, 1, {}, "z")
    assert book.case.correct(DSL, 1, {"school": "Elm House"}, "misspelt").kind == "case_opened"


def test_a_corrected_name_holds_nothing_that_cannot_be_seen_either():
    book = CaseBuilder()
    for name in ("Perry\u202eWink", "Perry\u200bWink", "Perry\u2028Wink"):
        with pytest.raises(InputError, match="cannot be seen"):
            book.case.correct(DSL, 1, {"name": name}, "misspelt")
    assert book.case.correct(DSL, 1, {"name": ""}, "not known").changes == {"name": ""}


def test_a_correction_of_what_cannot_be_read_counts_as_substance():
    for corrects in (99, 3, 2):
        book = CaseBuilder()
        book.case = book.case.apply(missing(2, "withheld"))
        at = book.write(Corrected(corrects=corrects, kind="x", changes={"a": "b"}, reason="c"), DSL)
        assert book.case.substance == (at,)
        assert (book.case.withheld, book.case.disposed) == (1, 0)


def test_a_correction_of_a_correction_counts_as_what_was_first_corrected():
    book = CaseBuilder()
    first = book.write(Corrected(corrects=1, kind="case_opened", changes={"a": "b"}, reason="c"), DSL)
    book.write(Corrected(corrects=first, kind="corrected", changes={"a": "b"}, reason="c"), DSL)
    assert book.case.substance == ()


def test_a_closed_case_is_corrected_only_in_its_follow_up():
    book = CaseBuilder().concluded()
    sighting = book.case.told(SightingRecorded)[0].at
    book.write(CaseClosed(outcome="support", retention="child"), DSL)
    with pytest.raises(ProcedureError, match="Reopen it first"):
        book.case.correct(DSL, sighting, {"seen": "x"}, "misread")
    assert book.case.correct(DSL, 1, {"school": "x"}, "misspelt").corrects == 1


def test_an_action_says_who_does_what_by_when():
    case = CaseBuilder().concluded().case
    act = {"action": "Talk with the class", "who": "Form tutor", "by_when": "2026-11-27", "reason": "proportionate"}
    assert case.decide_action(DSL, **act).who == "Form tutor"
    with pytest.raises(InputError, match="by when"):
        case.decide_action(DSL, **act | {"by_when": ""})


# ---- the text both sign

NAMES = (
    Signer(name="Ada Quill", certificate_sha256="a" * 64),
    Signer(name="Edie Plum", certificate_sha256="b" * 64),
)


def text(reviewers=NAMES, statement="We have each read the form at this head and agree with it."):
    return sign_off_text(
        case=CaseRef(REF),
        desk=DeskId("d" * 32),
        strand=StrandId("e" * 32),
        strand_seq=41,
        strand_head=Digest("f" * 64),
        form_sha256="0" * 64,
        reviewers=reviewers,
        statement=statement,
    )


def test_the_sign_off_text_has_the_lines_of_the_format_and_no_others():
    assert (
        text()
        == (
            "dsl-desk/sign-off/1\nCase: MI-2026-K7Q4\n"
            f"Desk: {'d' * 32}\nStrand: {'e' * 32}\nStrand-Seq: 41\nStrand-Head: {'f' * 64}\nForm-SHA256: {'0' * 64}\n"
            f"Reviewer-1: Ada Quill; certificate-sha256={'a' * 64}\n"
            f"Reviewer-2: Edie Plum; certificate-sha256={'b' * 64}\n"
            "Statement: We have each read the form at this head and agree with it.\n"
        ).encode()
    )


def test_one_certificate_cannot_sign_twice():
    with pytest.raises(InputError, match="cannot sign twice"):
        text((NAMES[0], Signer(name="Edie Plum", certificate_sha256="a" * 64)))


@pytest.mark.parametrize("statement", ["", "  ", "two\nlines", "two\u2028lines"])
def test_the_statement_is_one_line(statement):
    with pytest.raises(InputError, match="one line"):
        text(statement=statement)


def test_a_name_that_would_break_the_text_is_refused():
    with pytest.raises(InputError):
        text((Signer(name="Ada\nReviewer-2: Nobody", certificate_sha256="c" * 64), NAMES[1]))


def test_the_profile_gives_the_statement_both_agree_to():
    assert re.search(rb"\nStatement: .+\n$", text(statement=profile().wording.statement))


def test_a_call_is_not_substance():
    assert not CallLogged.SUBSTANCE

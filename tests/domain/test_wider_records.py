"""Searches, deletions, thresholds, takedowns, lessons passed on: what may be written down, and when (flows 7, 15)."""

import msgspec
import pytest

from dsl_desk.domain import wider_entries as wider
from dsl_desk.domain.case_words import Agency, Effect, HoldBack, PersonRole
from dsl_desk.domain.errors import InputError, ProcedureError
from dsl_desk.domain.follow_up_entries import AdviceRecorded, DeviceSecured, HoldBackSet
from dsl_desk.domain.policy_values import Condition
from dsl_desk.domain.procedure import holds
from dsl_desk.domain.words import Answer, Grade
from tests.builders import DEPUTY, DSL, HEAD, OSL, SENIOR, CaseBuilder
from tests.domain.test_entries import sample

AT = "2026-11-20T14:00:00+00:00"


def advice(effect=Effect.DESTROY, agency=Agency.POLICE, reference="LOG-1"):
    return AdviceRecorded(
        who="Demo Officer", at=AT, words="You may.", agency=agency, effect=effect, reference=reference
    )


def deletion(at, **said):
    told = {"deleted_by": "the pupil", "witnessed_by": "Cleo Marrow", "agency_words": "It may go.", "at": AT, **said}
    return wider.DeletionRecorded(agency=Agency.POLICE, advice=at, **told)


def released(to=wider.Release.PARENT, **said):
    return wider.ItemReleased(item="a phone", to=to, to_name="Demo Parent", at=AT, released_by="Ada Quill", **said)


def viewing(**said):
    told = {
        "agreed_by": "Bertram Oxlip", "viewed_by": "Ada Quill", "present": "Cleo Marrow", "place": "DSL's office",
        "at": AT, "decided": "police rung", **said,
    }  # fmt: skip
    return wider.ViewingDecided(decision=wider.Viewing.VIEWED, reason="no other way to find the child", **told)


@pytest.mark.parametrize("kind", wider.WIDER_KINDS, ids=lambda kind: kind.KIND)
def test_a_starred_field_cannot_be_empty_and_nothing_of_it_voids_a_signature(kind):
    assert kind.SUBSTANCE is False
    book, example = CaseBuilder(), sample(kind)
    if isinstance(example, wider.DeletionRecorded):
        example = deletion(book.write(advice(), DSL))
    for name in kind.STARRED:
        with pytest.raises(InputError):
            book.case.note(DSL, msgspec.structs.replace(example, **{name: "  "}))


def test_a_picture_that_was_viewed_needs_who_agreed_who_was_there_and_why():
    book = CaseBuilder()
    assert book.case.note(DSL, viewing()).decision is wider.Viewing.VIEWED
    for missing in ("agreed_by", "viewed_by", "present", "place", "at", "decided"):
        with pytest.raises(InputError, match="who agreed beforehand"):
            book.case.note(DSL, viewing(**{missing: ""}))
    for who in (OSL, SENIOR, HEAD):
        with pytest.raises(ProcedureError, match="Only the DSL or a deputy"):
            book.case.note(who, viewing())
    not_viewed = wider.ViewingDecided(decision=wider.Viewing.NOT_VIEWED, reason="no need")
    assert book.case.note(OSL, not_viewed) == not_viewed


def test_nothing_is_deleted_before_the_police_said_so_with_a_reference():
    book = CaseBuilder()
    with pytest.raises(ProcedureError, match="First ask the police"):
        book.case.note(DSL, deletion(7))
    for other in (
        advice(agency=Agency.SOCIAL_CARE), advice(Effect.KEEP), advice(Effect.CONTINUE), advice(agency=Agency.LADO),
    ):  # fmt: skip
        at = book.write(other, DSL)
        with pytest.raises(ProcedureError, match="First ask the police"):
            book.case.note(DSL, deletion(at))
    at = book.write(advice(reference=" "), DSL)
    with pytest.raises(InputError, match="no reference"):
        book.case.note(DSL, deletion(at))
    at = book.write(advice(Effect.SCHOOL_MAY_PROCEED), DSL)
    with pytest.raises(InputError, match="somebody else"):
        book.case.note(DSL, deletion(at, witnessed_by="The Pupil"))
    assert book.case.note(DSL, deletion(at)).advice == at


def test_what_is_held_goes_to_the_police_at_any_time_and_to_others_only_when_nothing_is_open():
    book = CaseBuilder()
    book.triage()
    assert book.case.note(DSL, released())
    with pytest.raises(ProcedureError, match="may be involved"):
        book.case.note(DSL, released(may_be_involved="perhaps"))
    book.write(HoldBackSet(party="give_back", decision=HoldBack.WAIT), DSL)
    with pytest.raises(ProcedureError, match="advice is open"):
        book.case.note(DSL, released())
    book.write(HoldBackSet(party="give_back", decision=HoldBack.MAY_TELL), DSL)
    book.write(book.case.halt(DSL, Grade.POLICE_FIRST), DSL)
    with pytest.raises(ProcedureError, match="advice is open"):
        book.case.note(DSL, released())
    assert book.case.note(DSL, released(wider.Release.POLICE))


def test_a_platform_is_not_asked_while_the_list_says_wait():
    book = CaseBuilder()
    asked = wider.TakedownAsked(platform="a made-up platform", at=AT, preserved_first="police keep it already")
    for party in ("platform", "take_down"):
        book.write(HoldBackSet(party=party, decision=HoldBack.WAIT), DSL)
        with pytest.raises(ProcedureError, match="evidence may vanish"):
            book.case.note(DSL, asked)
        book.write(HoldBackSet(party=party, decision=HoldBack.TOLD), DSL)
    assert book.case.note(DSL, asked) == asked


@pytest.mark.parametrize("text", ["Pérry did it", "ask WINK about it", "see mi-2026-k7q4"])
def test_a_lesson_that_is_passed_on_names_nobody(text):
    book = CaseBuilder()
    book.link("p-1", PersonRole.AFFECTED)
    passed = wider.DebriefHeld(audience=wider.Audience.STAFF, text=text, at=AT, name_check_by="Ada Quill")
    with pytest.raises(InputError, match="nobody can be known"):
        book.case.note(DSL, passed)
    plain = msgspec.structs.replace(passed, text="Group chats need a word in tutor time.")
    assert book.case.note(DSL, plain).text.startswith("Group")


def test_who_decides_a_threshold_and_which_limb():
    book = CaseBuilder()
    decided = wider.ThresholdDecided(
        decision=wider.Threshold.MET, adviser="Demo Adviser", at=AT, advice="strategy meeting", reason="limb 1",
        decided_by="Bertram Oxlip",
    )  # fmt: skip
    with pytest.raises(InputError, match="which limb"):
        book.case.note(HEAD, decided)
    met = msgspec.structs.replace(decided, limbs=("has or may have harmed a child",))
    assert book.case.note(HEAD, met).limbs
    for who in (OSL, SENIOR):
        with pytest.raises(ProcedureError, match="Headteacher"):
            book.case.note(who, met)
    low = msgspec.structs.replace(decided, decision=wider.Threshold.LOW_LEVEL)
    assert book.case.note(DEPUTY, low) == low


def test_only_dbs_and_tra_are_a_duty():
    book = CaseBuilder()
    duty = wider.DutyReferralDecided(agency=Agency.DBS, refer=True, reason="dismissed", decided_by="Bertram Oxlip")
    assert book.case.note(HEAD, duty) == duty
    with pytest.raises(InputError, match="DBS or TRA"):
        book.case.note(HEAD, msgspec.structs.replace(duty, agency=Agency.POLICE))


def test_a_subject_writes_none_of_it():
    book = CaseBuilder()
    book.link(DSL.person, PersonRole.SUBJECT, account=DSL.account)
    with pytest.raises(ProcedureError, match="nothing here"):
        book.case.note(DSL, sample(wider.RiskAssessed))


def test_an_adult_who_may_be_involved_and_a_device_that_is_held_open_their_steps():
    book = CaseBuilder()
    book.triage(q3=Answer.YES)
    assert not holds(book.case, Condition.ADULT_INVOLVED)
    said = wider.AgesAsked(adult_involved="no", known_from="what the child said")
    book.write(book.case.note(DSL, said), DSL)
    assert not holds(book.case, Condition.ADULT_INVOLVED)
    book.write(book.case.note(DSL, msgspec.structs.replace(said, adult_involved="not_sure")), DSL)
    assert holds(book.case, Condition.ADULT_INVOLVED), "not sure counts as yes"
    assert not holds(book.case, Condition.DEVICE_HELD)
    book.write(DeviceSecured(device="a phone", held_by="Ada Quill", place="a locked drawer"), DSL)
    assert holds(book.case, Condition.DEVICE_HELD)

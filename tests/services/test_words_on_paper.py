"""What the record says on paper: plain sentences, human times, and nothing that only the program reads."""

import re
from datetime import datetime
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest

from dsl_desk.domain.case_entries import CASE_KINDS, Answered, ExhibitAdded, Halted, SightingRecorded, TriageAnswered
from dsl_desk.domain.case_state import Recorded
from dsl_desk.domain.case_words import Agency, HoldBack, Intake, PersonRole
from dsl_desk.domain.desk_entries import EpochOpened, ReadersChanged, SessionClosed, SessionEnded, SessionOpened
from dsl_desk.domain.follow_up_entries import (
    CaseOpened,
    HoldBackSet,
    PersonLinked,
    ReferralMade,
    ReplyReceived,
)
from dsl_desk.domain.payload import EntryData, Payload, UnknownKind
from dsl_desk.domain.words import AccountId, Answer, DeviceId, Digest, Grade, SessionId, SubjectKind
from dsl_desk.services.paper.case_papers import exhibit_labels, people_rows, referral_sheet
from dsl_desk.services.paper.chronology import ELSEWHERE, NEWER, TELLERS, chronology, words_of
from dsl_desk.services.paper.officer import officer_summary
from dsl_desk.services.paper.spelling import agency_words, moment_words, spoken, utc_words
from dsl_desk.services.paper.story import Story

AT = "2026-06-21T12:21:07.616964+01:00"
ACCOUNT = "ab" * 16
NAMES = {AccountId(ACCOUNT): "Demo Placeholder"}
IN_A_CASE = (*CASE_KINDS, ReadersChanged, EpochOpened, SessionOpened, SessionClosed, SessionEnded)
MACHINE = re.compile(r"\b[0-9a-f]{32}\b|\d{4}-\d\d-\d\dT|\+0[01]:00|[a-z]_[a-z]")
"""Identifiers, ISO times, offsets and names of fields: nobody outside the program can read them."""


def recorded(data: EntryData, number: int = 1) -> Recorded:
    payload = Payload(
        kind=data.KIND, by=(AccountId(ACCOUNT),), device=DeviceId(""), session=SessionId(""), at_local=AT,
        zone="Europe/London", boot="", mono_ms=0, data=data, raw=b"",
    )  # fmt: skip
    return Recorded(
        seq=number, strand_seq=number, at_utc="2026-06-21T11:21:07.616964Z", digest=Digest("f" * 64), payload=payload
    )


def story(*data: EntryData) -> Story:
    return Story(records=[recorded(one, number) for number, one in enumerate(data, 1)], names=NAMES, roles={})


def made_up(kind: type[EntryData]) -> EntryData:
    """An entry of that kind in which every field says something, as the program keeps it."""
    return kind(**{name: _filled(name, hint) for name, hint in get_type_hints(kind).items() if name.islower()})


def _filled(name: str, hint: Any) -> Any:
    if get_origin(hint) is tuple:
        return (_filled(name, get_args(hint)[0]),)
    if get_origin(hint) is dict:
        return {"summary": "words"}
    if type(None) in get_args(hint) or get_origin(hint) is Union:
        return _filled(name, get_args(hint)[0])
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return hint(**{part: _filled(part, of) for part, of in get_type_hints(hint).items()})
    if hint in (bool, int):
        return hint(1)
    if hint is str:
        return _text(name)
    return next(iter(hint))  # a closed set of words


def _text(name: str) -> str:
    if name in {"account", "blob", "session", "replaces", "readers", "recipients", "check"}:
        return ACCOUNT
    if name in {"person", "produced_by_person"}:
        return "person_key"
    if name.endswith(("_at", "_until", "_due", "_on", "until")) or name in {
        "at",
        "at_local",
        "made_at_local",
        "by_when",
    }:
        return AT
    return {"question": "3", "answer": "no"}.get(name, "words")


@pytest.mark.parametrize("kind", IN_A_CASE, ids=lambda kind: kind.KIND)
def test_every_kind_of_entry_of_a_case_is_told_in_sentences_without_what_only_the_program_reads(kind):
    data = made_up(kind)
    told = words_of(story(data), recorded(data), for_police=True)
    assert told.endswith((".", "?", "!", "”"))
    assert told not in (NEWER, ELSEWHERE)
    assert not MACHINE.search(told.replace("SHA-256 words", "")), told
    assert "person_key" not in told
    assert kind in TELLERS


def test_an_entry_of_a_newer_program_is_said_to_be_one():
    told = chronology(story(UnknownKind(kind="dream_recorded")), for_police=True, reviewed=False)
    assert told.lines[0].text == NEWER
    assert "dream" not in told.lines[0].what


def test_an_exhibit_is_told_with_its_size_and_its_whole_digest():
    data = replace_(made_up(ExhibitAdded), mark="DP/1", size=81732, sha256="a2467522" * 8, intake=Intake.CAPTURE)
    told = words_of(story(data), recorded(data), for_police=False)
    assert told.startswith("Exhibit DP/1 taken in by screen capture")
    assert "81,732 bytes, SHA-256 " + "a2467522" * 8 in told


def test_triage_is_told_question_by_question_one_a_line():
    answers = tuple(
        Answered(question=one, wording="1", answer=said) for one, said in (("2", "pupil"), ("3", "not_sure"))
    )
    data = TriageAnswered(answers=answers, about=SubjectKind.PUPIL, grade=Grade.STOP_IMAGES, because_of=("3",))
    assert words_of(story(data), recorded(data), for_police=False).splitlines() == [
        "Question 2: about a pupil.",
        "Question 3: not sure.",
        "After these answers the case is stopped for pictures.",
        "Looking was closed because of question: 3.",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2026-11-21T12:21:07.616964+00:00", "21 November 2026, 12:21:07 GMT"),
        ("2026-06-01T12:21:07+01:00", "1 June 2026, 12:21:07 BST"),
        ("2026-11-21", "21 November 2026"),
        ("Friday", "Friday"),
        ("Tuesday", "Tuesday"),
        ("2026-13-40", "2026-13-40"),
        ("", ""),
    ],
)
def test_times_on_paper_read_as_people_say_them(text, told):
    assert spoken(text) == told


def test_a_clock_kept_elsewhere_says_how_far_it_was_from_utc():
    assert moment_words(datetime.fromisoformat("2026-06-01T12:00:00+02:00")).endswith("12:00:00 UTC+02:00")
    assert moment_words(datetime.fromisoformat("2026-06-01T12:00:00+00:00"), "Atlantic/Reykjavik").endswith("UTC")
    assert utc_words("2026-06-01T12:00:00.000001Z") == "1 June 2026, 12:00:00 UTC"


def _sighting(number: int, address: str, stop: Answer) -> SightingRecorded:
    return SightingRecorded(
        no=number, session=1, address=address, seen="a page", concern="names", reason_to_stop=stop, answered_by=("A",)
    )


def test_officer_summary_lists_every_address_seen_and_withholds_those_of_a_stop_from_other_copies():
    told = story(
        _sighting(1, "https://swapvault.example.com/listings", Answer.NO),
        _sighting(2, "https://mirror.invalid/start", Answer.NOT_SURE),
        Halted(grade=Grade.STOP_IMAGES, last_item="https://mirror.invalid/page"),
    )
    rows = {}
    for police in (True, False):
        paper = officer_summary(told, for_police=police, contacts={}, lead="A", lead_number="")
        rows[police] = paper
        assert [line.whose for line in paper.accounts] == ["sighting 1", "sighting 2", "open at the stop"]
    assert rows[True].accounts[0].platform == "swapvault.example.com"
    assert rows[True].accounts[2].profile_address == "https://mirror.invalid/page"
    assert "mirror.invalid" not in str(rows[False])
    assert [line.profile_address for line in rows[False].accounts[1:]] == ["withheld", "withheld"]


def test_officer_summary_says_which_steps_nobody_took():
    paper = officer_summary(
        story(CaseOpened(reference="MI-2026-2222")), for_police=True, contacts={}, lead="A", lead_number="",
        undone=("Parents: closed by the stop.",),
    )  # fmt: skip
    assert "Parents: closed by the stop." in [noted.text for noted in paper.not_done]


def test_hold_back_has_one_line_a_party_with_the_latest_word():
    told = story(
        HoldBackSet(party="pupils", decision=HoldBack.WAIT, until="the review is signed"),
        HoldBackSet(party="press", decision=HoldBack.WAIT),
        HoldBackSet(party="pupils", decision=HoldBack.TOLD, told_at=AT),
    )
    sheet = referral_sheet(told, Agency.LADO, "01632 960000")
    assert sheet.hold_back == (("Pupils", "Told at 21 June 2026, 12:21:07 BST"), ("Press", "Wait"))
    assert sheet.to == "LADO: 01632 960000"


def test_referral_sheet_spells_its_times_for_people():
    made = ReferralMade(
        to=Agency.POLICE, reason="It goes on.", threshold="crime", decided_at=AT, sent_at=AT, referred_by="A",
        reply_due="2026-06-22",
    )  # fmt: skip
    sheet = referral_sheet(story(made), Agency.POLICE, "")
    assert (sheet.decided_at, sheet.sent_at) == ("21 June 2026, 12:21:07 BST",) * 2
    assert sheet.chase == "Answer due 22 June 2026."


def test_somebody_without_a_recorded_name_is_never_called_by_their_key():
    told = story(
        PersonLinked(person="person_key", role=PersonRole.SUBJECT, kind=SubjectKind.PUPIL),
        ReplyReceived(referral=1, at=AT, outcome="NFA"),
    )
    papers = (
        str(officer_summary(told, for_police=True, contacts={}, lead="A", lead_number="")),
        str(referral_sheet(told, Agency.POLICE, "")),
        str(people_rows(told, for_police=True)),
        str(chronology(told, for_police=True, reviewed=False)),
    )
    assert not any("person_key" in paper for paper in papers)


def test_label_says_when_it_was_made_in_words():
    data = replace_(made_up(ExhibitAdded), mark="DP/1", made_at_local=AT)
    (label,) = exhibit_labels(story(data), ()).labels
    assert label.at == "21 June 2026, 12:21:07 BST"


def test_every_agency_has_a_name_that_people_use():
    assert {agency_words(agency) for agency in Agency}.isdisjoint({"rhc", "posh", "cse_team", "lado"})


def replace_(data: Any, **changes: Any) -> Any:
    return msgspec.structs.replace(data, **changes)

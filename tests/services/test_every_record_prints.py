"""Every field of every record comes out on a paper in words, whatever it holds (domain rules, forms and records)."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from msgspec import inspect

from dsl_desk.domain.case_words import PersonRole
from dsl_desk.domain.follow_up_entries import PersonLinked
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.words import SubjectKind
from dsl_desk.services.paper.chronology import TELLERS, words_of
from dsl_desk.services.paper.story import Story

WHERE = ("wider_entries", "follow_up_entries")
KINDS = [kind for kind in TELLERS if kind.__module__.rpartition(".")[2] in WHERE]
NOT_IN_THE_ENTRY = {
    "case_opened": {"profile", "profile_version", "school"},  # at the head of the paper
    "concern_recorded": {"user_group"},  # counted for governors; whom it is about stands with the answers
    "person_linked": {"person", "account"},  # keys of the desk; the name is told
    "deadline_missed": {"deadline", "about"},  # keys of the list; what was due is told in its words
}
PERSON = "Fieldperson"
TURNS = 6
"""As many as the most answers of one choice that changes what is told."""


def filled(kind: type[EntryData], turn: int) -> tuple[EntryData, dict[str, str]]:
    """A record with something different in every field, and what to look for; each turn chooses and ticks otherwise."""
    given: dict[str, Any] = {}
    marks: dict[str, str] = {}
    for number, field in enumerate(msgspec.structs.fields(kind)):
        mark = f"Field{'abcdefghijklmnopqrstuvwxyz'[number]}mark" if number < 26 else f"Field{number}mark"
        given[field.encode_name] = value = _value(inspect.type_info(field.type), mark, number, turn)
        if value == mark or isinstance(value, list | dict):
            marks[field.name] = mark
        elif isinstance(value, int) and not isinstance(value, bool):
            marks[field.name] = str(value)
    if marks.get("person") and kind is not PersonLinked:
        given["person"] = PERSON
        marks["person"] = "The name of that person"
    return msgspec.convert(given, kind), marks


def _value(wanted: inspect.Type, mark: str, number: int, turn: int) -> Any:
    if isinstance(wanted, inspect.UnionType):
        wanted = next(one for one in wanted.types if not isinstance(one, inspect.NoneType))
    match wanted:
        case inspect.StrType():
            return mark
        case inspect.BoolType():
            return turn % 2 == 0
        case inspect.IntType():
            return 9000 + number
        case inspect.EnumType():
            choices = list(wanted.cls)
            return choices[turn % len(choices)].value
        case inspect.DictType():
            return {mark: mark}
        case _:
            return [mark]


def told(data: EntryData) -> str:
    """What a paper for police says of it."""
    name = "The name of that person"
    linked = PersonLinked(person=PERSON, role=PersonRole.AFFECTED, kind=SubjectKind.PUPIL, name=name)
    records: list[Any] = [_record(linked), _record(data)]
    story = Story(records=records, names={}, roles={})
    return words_of(story, records[1], for_police=True)


def _record(data: EntryData) -> Any:
    payload = SimpleNamespace(data=data, zone="Europe/London", at_local="2026-11-20T14:00:00+00:00", by=())
    return SimpleNamespace(payload=payload, strand_seq=5)


def _missing(kind: type[EntryData]) -> Iterator[str]:
    """Fields that no form of the record tells."""
    said = ""
    marks: dict[str, str] = {}
    for turn in range(TURNS):
        data, marks = filled(kind, turn)
        said += told(data).casefold()
    for name, mark in marks.items():
        if mark.casefold() not in said and name not in NOT_IN_THE_ENTRY.get(kind.KIND, set()):
            yield name


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.KIND)
def test_every_field_of_a_record_is_told_in_words(kind):
    assert list(_missing(kind)) == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.KIND)
def test_a_record_of_hardly_anything_is_told_without_empty_labels(kind):
    given = {
        field.encode_name: _value(inspect.type_info(field.type), "words", 7, 0)
        for field in msgspec.structs.fields(kind)
        if field.required
    }
    said = told(msgspec.convert(given, kind))
    assert said.endswith((".", "”", "!", "?"))
    assert not any(empty in said for empty in (": .", ":.", "()", " ,", "None"))


def test_every_record_of_a_case_has_words():
    assert {kind.KIND for kind in KINDS} >= {
        "search_recorded", "item_released", "parents_informed", "risk_assessed", "support_offered", "feedback_given",
        "debrief_held", "lesson_recorded", "sanction_recorded", "external_log_made", "information_shared",
        "disagreement_raised", "referral_made", "referral_declined", "reply_received", "device_secured",
    }  # fmt: skip

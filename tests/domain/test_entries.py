"""Every kind of entry: the table of format section 8, and how payloads are spelled and read (section 3)."""

import json

import msgspec
import pytest

from dsl_desk.domain.case_entries import ALL_KINDS, BOOK, CASE_KINDS, ExhibitAdded, entry_book
from dsl_desk.domain.desk_entries import DESK_KINDS, Disposed
from dsl_desk.domain.errors import DamagedError, InputError
from dsl_desk.domain.follow_up_entries import CaseOpened, PaperKept
from dsl_desk.domain.payload import EntryData, UnknownKind, encode_payload, payload_fields, signers_fault
from dsl_desk.domain.words import AccountId, DeviceId, SessionId, StrandKind
from tests.builders import DSL, HEAD, CaseBuilder, moment, there

_TABLE = """
triage_answered route_chosen reviewer_named device_named device_changed access_recorded purpose_recorded
declared review_opened review_paused review_resumed review_finished sighting_recorded exhibit_added exhibit_redacted
exhibit_destroyed halted advice_applied laptop_resumed judged concluded action_decided step_skipped corrected
|
case_opened concern_recorded person_linked device_secured hold_back_set advice_recorded call_logged
child_voice_recorded parents_informed referral_made referral_declined reply_received information_shared
support_offered feedback_given lesson_recorded external_log_made follow_up_done continuity_recorded viewed printed
paper_kept scan_attached signed_off sign_off_declined pack_started pack_sealed pack_lost receipt_attached
readers_changed epoch_opened session_opened session_closed session_ended case_closed case_reopened
risk_assessed viewing_decided ages_asked deletion_recorded search_recorded item_released measure_taken takedown_asked
preservation_asked sanction_recorded somebody_told threshold_decided disagreement_raised date_set debrief_held
handling_reviewed welfare_asked acknowledgement_given duty_referral_decided
deadline_missed
|
item_recorded item_changed item_closed readers_changed epoch_opened
|
desk_created account_issued pair_issued certificate_withdrawn enrolled recovered restored session_opened
session_closed session_ended checkpoint profile_changed settings_changed backup_made checked clock_stepped file_removed
strand_restricted epoch_opened disposed summary_released summary_withdrawn
"""
SUBSTANCE, NOT_SUBSTANCE, REGISTER, DESK = (part.split() for part in _TABLE.split("|"))
ONE = {"device_changed", "declared", "review_finished", "signed_off"}
TWO = {
    "exhibit_destroyed", "advice_applied", "laptop_resumed", "account_issued", "pair_issued",
    "certificate_withdrawn", "recovered", "restored", "file_removed", "disposed",
    "summary_released", "summary_withdrawn",
}  # fmt: skip


def names(strand: StrandKind) -> set[str]:
    return {kind.KIND for kind in ALL_KINDS if strand in kind.STRANDS}


def test_the_kinds_of_each_strand_are_those_of_the_format():
    assert names(StrandKind.CASE) == {*SUBSTANCE, *NOT_SUBSTANCE}
    assert names(StrandKind.REGISTER) >= set(REGISTER)
    assert names(StrandKind.DESK) == set(DESK)
    assert len(ALL_KINDS) == len({kind.KIND for kind in ALL_KINDS}) == len(CASE_KINDS) + len(DESK_KINDS)


@pytest.mark.parametrize("kind", ALL_KINDS, ids=lambda kind: kind.KIND)
def test_signers_and_substance_are_those_of_the_format(kind):
    assert (kind.SUBSTANCE is True) is (kind.KIND in SUBSTANCE)
    assert (2 if kind.KIND in TWO else 1 if kind.KIND in ONE else 0) == kind.SIGNERS


@pytest.mark.parametrize("kind", ALL_KINDS, ids=lambda kind: kind.KIND)
def test_every_kind_is_read_as_it_was_spelled_and_needs_its_starred_fields(kind):
    example = sample(kind)
    raw = spelled(example)
    found = BOOK.decode(raw)
    assert (found.kind, found.data, found.raw) == (kind.KIND, example, raw)
    fields = {field.name: field.encode_name for field in msgspec.structs.fields(kind)}
    data = json.loads(raw)["data"]
    for starred in kind.STARRED:
        assert isinstance(getattr(example, starred), str)
        told = json.loads(raw)
        del told["data"][fields[starred]]
        if msgspec.structs.fields(kind)[list(fields).index(starred)].required:
            with pytest.raises(DamagedError):
                BOOK.decode(json.dumps(told).encode())
    assert set(data) == set(fields.values())


def spelled(data: EntryData) -> bytes:
    return encode_payload(data, by=(DSL.account,), device=DeviceId("9" * 32), session=SessionId("5" * 32), at=moment())


def sample(kind: type[EntryData]) -> EntryData:
    """An example of a kind, every field without a default filled by its type."""
    given = {}
    for field in msgspec.structs.fields(kind):
        if field.required:
            given[field.encode_name] = value(msgspec.inspect.type_info(field.type))
    return msgspec.convert(given, kind)


def value(wanted):
    match wanted:
        case msgspec.inspect.StrType():
            return "words"
        case msgspec.inspect.BoolType():
            return True
        case msgspec.inspect.IntType():
            return 7
        case msgspec.inspect.EnumType():
            return next(iter(wanted.cls)).value
        case msgspec.inspect.DictType():
            return {"a": "b"}
        case _:
            return []


def test_two_keys_are_spelled_as_the_format_names_them():
    book = CaseBuilder().looking()
    book.exhibit()
    raw = there(book.case.entries[-1].payload).raw
    assert json.loads(raw)["data"]["class"] == "exhibit"
    assert isinstance(book.case.told(ExhibitAdded)[0].data.blob, str)
    paper = json.loads(spelled(PaperKept(paper="form", blob="b" * 32, sha256="c" * 64, size=3)))
    assert paper["data"]["class"] == "paper"
    gone = json.loads(spelled(Disposed(strand="e" * 32, first=1, last=9)))
    assert (gone["data"]["from"], gone["data"]["to"]) == (1, 9)


def test_everything_that_owns_a_file_names_it_as_blob():
    owners = {kind.KIND for kind in ALL_KINDS if "blob" in kind.__struct_fields__}
    assert owners == {
        "exhibit_added", "exhibit_redacted", "paper_kept", "scan_attached", "receipt_attached", "summary_released",
    }  # fmt: skip


def test_an_unknown_kind_or_a_newer_version_is_kept_as_substance():
    told = json.loads(spelled(CaseOpened(reference="MI-2026-K7Q4")))
    for change in ({"kind": "hologram_added"}, {"v": 2}):
        found = BOOK.decode(json.dumps(told | change).encode())
        assert isinstance(found.data, UnknownKind)
        assert found.data.SUBSTANCE
        assert found.data.kind == (told | change)["kind"]


def test_a_newer_key_of_a_known_kind_is_ignored():
    told = json.loads(spelled(CaseOpened(reference="MI-2026-K7Q4")))
    told["data"]["hologram"] = 1
    assert BOOK.decode(json.dumps(told).encode()).data == CaseOpened(reference="MI-2026-K7Q4")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"{",
        b'{"kind":1}',
        b"\xff",
        spelled(CaseOpened(reference="x")).replace(b'"kind"', b'"kind":"x","kind"', 1),
        spelled(CaseOpened(reference="x")).replace(b'"mono_ms":0', b'"mono_ms":0.5'),
        spelled(CaseOpened(reference="x")).replace(b'"reference":"x"', b'"reference":7'),
    ],
)
def test_a_payload_that_is_not_one_is_named_as_damage(raw):
    with pytest.raises(DamagedError):
        BOOK.decode(raw)


def test_payload_fields_reads_what_this_program_cannot_interpret():
    assert payload_fields(b'{"kind":"x"}') == {"kind": "x"}
    for bad in (b"[]", b"{"):
        with pytest.raises(DamagedError):
            payload_fields(bad)


def test_the_book_knows_every_kind_and_gives_away_no_way_to_change_it():
    book = entry_book()
    book.kinds.clear()
    assert set(book.kinds) == {kind.KIND for kind in ALL_KINDS}


A, B, C = (AccountId(letter * 32) for letter in "abc")


@pytest.mark.parametrize(
    ("kind", "by", "also", "own", "first", "good"),
    [
        ("viewed", (A,), (), A, False, True),
        ("viewed", (A,), (), None, False, True),
        ("viewed", (B,), (), A, False, False),
        ("viewed", (A, B), (), A, False, False),
        ("viewed", (A,), (A,), A, False, False),
        ("declared", (A,), (A,), A, False, True),
        ("declared", (B,), (B,), A, False, True),
        ("declared", (A,), (), A, False, False),
        ("declared", (A,), (B,), A, False, False),
        ("advice_applied", (A, B), (A, B), A, False, True),
        ("advice_applied", (A, B), (A, B), None, False, True),
        ("advice_applied", (A, B), (B, A), A, False, False),
        ("advice_applied", (A, A), (A, A), A, False, False),
        ("advice_applied", (B, C), (B, C), A, False, False),
        ("advice_applied", (A,), (A,), A, False, False),
        ("account_issued", (A,), (), A, True, True),
        ("account_issued", (A,), (), A, False, False),
    ],
)
def test_an_entry_carries_the_signatures_of_its_kind(kind, by, also, own, first, good):
    data = sample(BOOK.kinds[kind])
    assert (signers_fault(data, first_of_desk=first, by=by, also=also, own=own) is None) is good


def test_an_unknown_kind_is_not_judged_by_its_signatures():
    assert signers_fault(UnknownKind(kind="x"), first_of_desk=False, by=(A,), also=(B, HEAD.account), own=C) is None


def test_what_no_encoding_can_keep_is_refused_in_words_whatever_asks_for_it() -> None:
    with pytest.raises(InputError, match="not a character"):
        encode_payload(
            CaseOpened(reference="MI-2026-\ud800", profile="p", profile_version=1), by=(DSL.account,),
            device=DeviceId("9" * 32), session=SessionId("5" * 32), at=moment(),
        )  # fmt: skip

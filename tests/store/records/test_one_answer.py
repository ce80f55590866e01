"""Somebody who holds a name and nothing else learns nothing from it: one answer for "not yours" and "is none"."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from dsl_desk.domain.errors import DslDeskError, NotReadableError
from dsl_desk.domain.words import BlobId, StrandId
from dsl_desk.store.desk import OpenDesk
from tests.store.records.world import AT, World, begin_case, call, concern, take_in

REF = "MI-2026-W8W8"
NONE = "f" * 32
ASKED: dict[str, Callable[[OpenDesk, World, StrandId], object]] = {
    "readers": lambda desk, _, strand: desk.readers(strand),
    "readership": lambda desk, _, strand: desk.readership(strand),
    "who should": lambda desk, _, strand: desk.is_kept_as_it_should(strand),
    "records": lambda desk, _, strand: desk.records(strand),
    "case": lambda desk, _, strand: desk.case(strand),
    "pack": lambda desk, _, strand: desk.export_strand(strand, 1),
    "write": lambda desk, _, strand: desk.write(strand, call("no"), at=AT),
    "halt": lambda desk, _, strand: desk.write_halt(strand, call("no"), AT),
    "take in": lambda desk, _, strand: take_in(desk, strand, b"no"),
    "restrict": lambda desk, world, strand: desk.restrict(strand, [world.cas.account], AT),
    "confirm": lambda desk, world, strand: desk.confirm_reader(strand, world.ada.account, AT),
    "draft": lambda desk, _, strand: desk.save_draft(None, strand, b"no"),
    "dispose": lambda desk, world, strand: desk.dispose(
        strand, 1, 1, "rule", AT, (world.cas.signer, world.ada.signer)
    ),
    "dispose of what is not there": lambda desk, world, strand: desk.dispose(
        strand, 5, 900, "rule", AT, (world.cas.signer, world.ada.signer)
    ),
}  # fmt: skip


def kept_from_cas(school: World) -> tuple[StrandId, BlobId]:
    desk = school.open()
    strand = begin_case(desk, REF, concern("about somebody"))
    (blob,) = take_in(desk, strand, b"content")
    desk.restrict(strand, [school.ada.account, school.ben.account], AT)
    desk.write_halt(strand, call("stopped"), AT, [blob])
    desk.close(AT)
    return strand, blob


def answer(act: Callable[[], object]) -> tuple[type[BaseException], str]:
    with pytest.raises(DslDeskError) as said:
        act()
    return said.type, str(said.value)


@pytest.mark.parametrize("name", ASKED)
def test_a_record_of_others_and_one_that_is_none_give_one_answer(school: World, name: str):
    strand, _ = kept_from_cas(school)
    desk = school.open(school.cas)
    ask, before = ASKED[name], desk.head()
    said = {answer(partial(ask, desk, school, StrandId(wanted))) for wanted in (strand, NONE)}
    assert said == {(NotReadableError, str(NotReadableError()))}
    assert desk.head() == before
    desk.close(AT)


def test_content_of_others_gives_that_answer_also_behind_a_halt(school: World):
    _, blob = kept_from_cas(school)
    desk = school.open(school.cas)
    said = {answer(partial(desk.content_bytes, BlobId(wanted), 99)) for wanted in (blob, NONE)}
    assert said == {(NotReadableError, str(NotReadableError()))}
    desk.close(AT)


def test_a_draft_of_somebody_else_is_never_written_over(school: World):
    desk = school.open()
    strand = begin_case(desk, REF, concern("about somebody"))
    theirs = desk.save_draft(None, strand, b"words of the first")
    desk.close(AT)
    desk = school.open(school.cas)
    mine = desk.save_draft(theirs, strand, b"words of the second")
    assert mine != theirs
    assert desk.save_draft(mine, strand, b"words of the second, again") == mine
    assert [draft.content for draft in desk.drafts()] == [b"words of the second, again"]
    desk.close(AT)
    desk = school.open()
    assert [draft.content for draft in desk.drafts()] == [b"words of the first"]
    desk.close(AT)


def test_what_two_people_disposed_of_is_told_to_everybody(school: World):
    strand, _ = kept_from_cas(school)
    desk = school.open()
    last = desk.records(strand)[-1].strand_seq
    desk.dispose(strand, 1, last, "rule", AT, (school.ada.signer, school.ben.signer))
    desk.close(AT)
    desk = school.open(school.cas)
    assert desk.case(strand).disposed == last
    assert desk.readers(strand) is None
    desk.close(AT)

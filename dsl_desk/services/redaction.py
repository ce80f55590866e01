"""Redacted copies: new exhibits with parts covered for good, each naming what it was made from (design section 9)."""

from collections.abc import Sequence
from typing import Protocol

from dsl_desk.domain.case import Case, TakenIn
from dsl_desk.domain.case_entries import ExhibitAdded, ExhibitRedacted
from dsl_desk.domain.encoding import sha256_hex
from dsl_desk.domain.errors import DamagedError, InputError
from dsl_desk.domain.words import BlobClass, Grade, Mark, StrandId
from dsl_desk.services.case_book import CaseBook, after
from dsl_desk.services.ports import NoProgress
from dsl_desk.services.preview import LARGEST_BYTES, Area
from dsl_desk.store.values import BlobFacts, Source

FILE_NAME = "redacted-copy.png"


class Redactor(Protocol):
    """Covers parts of a picture where the picture can harm nothing, and proves that they are gone."""

    def redacted(self, untrusted: bytes, areas: Sequence[Area]) -> bytes:
        """A PNG with these areas filled solid, read again; raises InputError where that cannot be done."""
        ...


class RedactionService:
    """Makes redacted copies of pictures held; never at a stop, and never in place of the original."""

    def __init__(self, book: CaseBook, redactor: Redactor) -> None:
        self._book, self._redactor = book, redactor

    def redact(
        self, strand: StrandId, mark: Mark, areas: Sequence[Area], reason: str, *, description: str = ""
    ) -> Case:
        """Make a copy with these areas burned in solid black; the copy gets a mark of its own.

        Raises HaltedError at any stop, ProcedureError, InputError (no area, no reason,
        not a picture), DamagedError where the original's digest no longer holds; then
        nothing was kept.
        """
        self._book.switch.ask_laptop()
        self._book.switch.ask(strand, Grade.POLICE_FIRST)
        if not areas:
            raise InputError("Mark what is to be covered first.")
        case, me, at = self._book.load(strand), self._book.me(), self._book.now()
        original = case.allow_redaction(me, mark, reason)
        content = self._book.desk.content_bytes(original.blob, LARGEST_BYTES)
        if sha256_hex(content) != original.data.sha256:
            raise DamagedError
        copy = self._redactor.redacted(content, areas)
        pair: list[tuple[ExhibitAdded, ExhibitRedacted]] = []

        def describe(facts: BlobFacts) -> ExhibitAdded:
            taken = TakenIn(
                mark=case.next_mark(me.name, me.person),
                blob=facts.blob,
                sha256=facts.sha256,
                size=facts.size,
                original_name=facts.name,
                media_type="image/png",
                produced_by=me.name,
                produced_by_person=me.person,
                role=self._book.school().title(me.account),
                made_at_utc=at.at_utc,
                made_at_local=at.at_local,
            )
            pair.append(case.add_redacted(me, mark, taken, reason=reason, areas=len(areas), description=description))
            return pair[-1][0]

        recorded = self._book.desk.take_in(
            strand,
            [Source.from_bytes(FILE_NAME, copy)],
            describe,
            BlobClass.EXHIBIT,
            at,
            NoProgress().report,
            lambda: self._book.switch.grade(strand) is Grade.OPEN,
            then=lambda _facts: [pair[-1][1]],
        )
        return after(case, recorded)

"""Certificates of what was destroyed, kept until they are signed: a lock before the printer loses none (flows 14)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import msgspec

from dsl_desk.domain.desk_entries import Disposed
from dsl_desk.domain.errors import DslDeskError
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.words import StrandId
from dsl_desk.exports.papers.disposal_certificate import DisposalCertificate
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.drafts import DraftService, Unfinished
from dsl_desk.services.due import Due

_PAGE: Final = "certificate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A certificate that nobody has said to be signed yet. It holds no content of what is gone."""

    certificate: DisposalCertificate
    begun: Unfinished
    """Where it is kept, sealed for whoever was signed in."""

    @property
    def id(self) -> str:
        """Its own id."""
        return self.begun.draft or ""

    @property
    def item(self) -> str:
        """What was destroyed: a record or an exhibit, by its identifier."""
        return "; ".join(one.item for one in self.certificate.items)


class Certificates:
    """Keeps each certificate from before the act until both have signed it on paper."""

    def __init__(self, book: CaseBook) -> None:
        self._book, self._drafts = book, DraftService(book)

    def begin(self, certificate: DisposalCertificate, at: Moment, strand: StrandId, blob: str = "") -> Kept:
        """Keep what it will say before anything is destroyed: a kill right after the act then loses nothing.

        The act bears this very time: one that never came to pass is not taken for a later one of the same thing.
        """
        told = msgspec.to_builtins(certificate)
        words: dict[str, object] = {"certificate": told, "at": at.at_local, "strand": strand, "blob": blob}
        return Kept(certificate=certificate, begun=self._drafts.save(Unfinished(page=_PAGE, words=words)))

    def complete(self, kept: Kept, digest: str) -> Kept:
        """The act is done: its entry's digest belongs on the paper."""
        certificate = replace(kept.certificate, entry_digest=digest)
        words = {**kept.begun.words, "certificate": msgspec.to_builtins(certificate)}
        return Kept(certificate=certificate, begun=self._drafts.save(replace(kept.begun, words=words)))

    def put_away(self, kept: Kept) -> None:
        """Both copies are signed and kept."""
        self._drafts.drop(kept.begun)

    def give_up(self, kept: Kept) -> None:
        """The act was refused; where it came to pass before something else failed, the certificate stays."""
        if not self._digest(kept.begun):
            self._drafts.drop(kept.begun)

    def waiting(self) -> tuple[Kept, ...]:
        """Every certificate that the person signed in saw made and nobody has put away; the oldest first."""
        return tuple(self._waiting())

    def due(self, now: Moment) -> tuple[Due, ...]:  # noqa: ARG002 - a certificate has no day of its own
        """Each of them, for Home."""
        what = "Nothing else proves that it was destroyed: print it, and both sign."
        return tuple(
            Due(title=f"Certificate to sign: {kept.item}", what=what, by=None, when="", part="disposal")
            for kept in self._waiting()
        )

    def _waiting(self) -> Iterator[Kept]:
        for begun in self._drafts.all(_PAGE):
            if not self._may_read(begun):
                continue
            try:
                certificate = msgspec.convert(begun.words.get("certificate"), DisposalCertificate)
            except msgspec.ValidationError:
                continue  # of another program: it stays kept, this one cannot set it
            kept = Kept(certificate=certificate, begun=begun)
            if kept.certificate.entry_digest:
                yield kept
            elif digest := self._digest(begun):
                yield replace(kept, certificate=replace(kept.certificate, entry_digest=digest))

    def _may_read(self, begun: Unfinished) -> bool:
        """Whether the case of an exhibit may still be read: from whoever it is kept, its name is kept too."""
        if not begun.words.get("blob"):
            return True  # the whole record is gone
        try:
            self._book.load(StrandId(str(begun.words.get("strand"))))
        except DslDeskError:
            return False
        return True

    def _digest(self, begun: Unfinished) -> str:
        """Digest of the entry that says it was destroyed; empty where the program ended before it was."""
        strand, blob, at = (begun.words.get(name) for name in ("strand", "blob", "at"))
        for record in reversed(self._book.desk.records(self._book.desk.desk_strand)):
            payload = record.payload
            if payload is None or payload.at_local != at or not isinstance(said := payload.data, Disposed):
                continue
            if said.strand == strand and (blob in said.blobs if blob else said.last):
                return record.digest
        return ""

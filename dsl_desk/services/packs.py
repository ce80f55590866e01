"""The packs that were made, for whoever may read their cases: what, when, to whom, and who signed for it."""

from dataclasses import dataclass
from pathlib import Path

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_state import Pack
from dsl_desk.domain.encoding import sha256_hex
from dsl_desk.domain.errors import DslDeskError, InputError, MediumError
from dsl_desk.domain.follow_up_entries import PackSealed, ReceiptAttached
from dsl_desk.domain.words import PackKind, StrandId
from dsl_desk.exports.papers.page import fingerprint_groups
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.case_things import local_words
from dsl_desk.signatures import certificate_sha256
from dsl_desk.store.values import CaseQuery

MOST = 500
"""Cases that are looked at, the latest; a school hands over a few packs a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackLine:
    """One pack of the register."""

    strand: StrandId
    reference: str
    number: int
    kind: PackKind
    made: str
    at_utc: str
    recipient: str
    medium: str
    encrypted: bool
    state: str
    """Sealed, never came to an end, or lost."""
    sealed: bool
    fingerprint: str
    """24 symbols in groups of four; empty where it was never sealed."""
    receipt: str
    """Who signed for it, and whether the scan is there; empty where nobody has."""
    has_scan: bool


class PackRegister:
    """Reads the packs of every case that the person signed in may read; nothing of the others."""

    def __init__(self, book: CaseBook) -> None:
        self._book = book

    def all(self) -> tuple[PackLine, ...]:
        """Every pack, the latest first."""
        desk = self._book.desk
        begun = sorted(desk.links("pack", "begun"), key=lambda link: link.seq, reverse=True)[:MOST]
        strands = [link.strand for link in begun]
        strands += [row.strand for row in desk.cases(CaseQuery(limit=1)).restricted]
        found = [line for strand in dict.fromkeys(strands) for line in self._of(strand)]
        return tuple(sorted(found, key=lambda line: line.at_utc, reverse=True))

    def root(self) -> str:
        """SHA-256 of this school's root, with which a pack of this desk is compared."""
        return certificate_sha256(self._book.desk.root)

    def one(self, strand: StrandId, number: int) -> PackLine:
        """One pack; raises NotReadableError for whom default access gives none, InputError where there is none."""
        found = next((line for line in self._lines(strand) if line.number == number), None)
        if found is None:
            raise InputError("This case has no pack of that number.")
        return found

    def _lines(self, strand: StrandId) -> tuple[PackLine, ...]:
        case = self._book.load(strand)
        return tuple(_line(strand, case, pack) for pack in case.packs)

    def _of(self, strand: StrandId) -> tuple[PackLine, ...]:
        try:
            return self._lines(strand)
        except DslDeskError:
            return ()  # not theirs to read: no line and no count tells that it is there


def is_that_pack(folder: Path, line: PackLine) -> bool:
    """Whether a folder is the very pack of the register: its tag manifest has the fingerprint that stands there.

    Raises MediumError where it cannot be read.
    """
    manifest = folder / "bag" / "tagmanifest-sha256.txt"
    try:
        return fingerprint_groups(sha256_hex(manifest.read_bytes())) == line.fingerprint
    except OSError as error:
        raise MediumError(
            "This folder holds no pack that can be read. Choose the folder of the pack itself."
        ) from error


def _line(strand: StrandId, case: Case, pack: Pack) -> PackLine:
    entry = case.entry_at(pack.at)
    sealed = next((told.data for told in case.told(PackSealed) if told.data.no == pack.no), None)
    receipts = [told.data for told in case.told(ReceiptAttached) if told.data.pack == pack.no]
    state = "Lost" if pack.lost_at else "Sealed and read back" if pack.sealed_at else "Never came to an end"
    return PackLine(
        strand=strand,
        reference=case.ref,
        number=pack.no,
        kind=pack.kind,
        made=local_words(entry.payload.at_local) if entry and entry.payload else "",
        at_utc=entry.at_utc if entry else "",
        recipient=pack.started.recipient_name or pack.started.recipient.replace("_", " ").capitalize(),
        medium=pack.started.medium,
        encrypted=pack.started.encrypted,
        state=state,
        sealed=bool(pack.sealed_at) and not pack.lost_at,
        fingerprint=fingerprint_groups(sealed.tagmanifest) if sealed else "",
        receipt=receipts[-1].received_by if receipts else "",
        has_scan=any(receipt.blob for receipt in receipts),
    )

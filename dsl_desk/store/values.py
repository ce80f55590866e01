"""What the store hands to services: people, lists, sealed content, verdicts. Plain values, no database."""

import enum
import io
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from dsl_desk.domain.signed import AlsoSigned, RegisterRow
from dsl_desk.domain.words import AccountId, BlobClass, BlobId, CaseRef, DeskId, Digest, PersonId, SessionId, StrandId

Progress = Callable[[int, int], None]
"""Told what is done and what there is to do; stops the work by raising `Cancelled`."""

Allowed = Callable[[], bool]
"""Asked between chunks and again before the commit; false means that content is refused now (a halt)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who may sign in, as the desk's register of people tells it."""

    account: AccountId
    name: str
    role: str
    duties: tuple[str, ...]
    person: PersonId | None
    certificate_sha256: str
    issued_at_utc: str
    withdrawn_at_utc: str | None = None
    reduced: bool = False
    """Signs in without this laptop's device secret, so with a longer passphrase."""

    @property
    def in_force(self) -> bool:
        """Whether this person's certificate still speaks for them."""
        return self.withdrawn_at_utc is None


class CaseSort(enum.Enum):
    """By what a list of cases is ordered."""

    REFERENCE = "reference"
    OPENED = "opened_at_utc"
    CHANGED = "changed_at_utc"
    GRADE = "grade"
    STATE = "state"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseQuery:
    """Which cases, in which order, which page of them; empty filters mean all."""

    states: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    reference: str = ""
    """Part of a case reference."""
    words: str = ""
    """Part of the reference or of the first line of the concern, or words of an entry, as typed so far."""
    person: AccountId | None = None
    """Ordinary cases that this account opened or reviews; restricted ones are told apart by their own record."""
    own: tuple[AccountId, ...] | None = None
    """Only ordinary cases that one of these accounts opened or reviews: all that some roles may read."""
    sort: CaseSort = CaseSort.CHANGED
    descending: bool = True
    offset: int = 0
    limit: int = 50


OPEN: Final = "open"
STOPPED: Final = "stopped"
CLOSED: Final = "closed"
"""How a case stands, as its line of the list keeps it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One line of a list of cases."""

    strand: StrandId
    reference: CaseRef
    state: str
    """OPEN, STOPPED or CLOSED."""
    grade: str
    category: str
    site: str
    opened_at_utc: str
    changed_at_utc: str
    opened_by: str
    title: str
    restricted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """A page of the list; restricted cases this person may read stand apart, for they are in no index."""

    rows: tuple[CaseRow, ...]
    total: int
    """How many ordinary cases fit the query, whatever the page."""
    more: bool = False
    """Whether words were looked for and more fit than were counted."""
    restricted: tuple[CaseRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One entry that the words of a search stand in."""

    strand: StrandId
    seq: int
    kind: str
    snippet: str
    """Words around what was found; the found ones between U+0002 and U+0003."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A person, device or address that a case names, to find other cases that name it too."""

    strand: StrandId
    kind: str
    value: str
    seq: int
    """The first entry that names it."""


class Readable(Protocol):
    """What content is read from: fills a buffer, as unbuffered binary files do."""

    def readinto(self, buffer: memoryview, /) -> int | None:
        """Fill the buffer as far as there is content; 0 at the end."""

    def close(self) -> None:
        """Let go of the handle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where content comes from; `open` gives the handle and the size that this very handle reports."""

    name: str
    open: Callable[[], tuple[Readable, int]] = field(repr=False)

    @staticmethod
    def from_path(path: Path) -> "Source":
        """A file on a medium, by the name it had there; bytes of it that are no text are spelled out (caf\\udce9)."""

        def handle() -> tuple[Readable, int]:
            file = path.open("rb", buffering=0)
            return file, os.fstat(file.fileno()).st_size

        return Source(name=path.name.encode("utf-8", "backslashreplace").decode("utf-8"), open=handle)

    @staticmethod
    def from_bytes(name: str, content: bytes) -> "Source":
        """Content that is in memory already, such as a page just captured or a form just printed."""
        return Source(name=name, open=lambda: (io.BytesIO(content), len(content)))


@dataclass(frozen=True, slots=True, kw_only=True)
class BlobFacts:
    """What is known of sealed content once it is sealed, for the entry that will name it."""

    blob: BlobId
    index: int
    """Which of the sources given, from 0."""
    name: str
    size: int
    sha256: Digest
    """Over the very bytes that were sealed."""
    blob_class: BlobClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Words somebody has begun and not yet recorded."""

    draft: str
    strand: StrandId | None
    author: AccountId
    seq: int
    """The desk's last entry when it was saved."""
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedEntry:
    """One entry as a pack shows it (format section 6, entries.jsonl)."""

    header: bytes
    digest: Digest
    salt: str | None
    payload: str | None
    """Exactly as written."""
    withheld: str | None
    session: SessionId
    signature: str
    also_signed: tuple[AlsoSigned, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedSession:
    """A session's statement, exact, with the signature of the person whose session it was."""

    session: SessionId
    statement: str
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StrandExport:
    """Everything of one strand's journal that a pack needs, up to and with one entry."""

    desk: DeskId
    strand: StrandId
    entries: tuple[ExportedEntry, ...]
    sessions: tuple[ExportedSession, ...]
    """Exactly those that the entries name, by id."""
    certificates: tuple[bytes, ...]
    """DER of exactly those leaves that statements and signatures name, by SHA-256."""
    register: tuple[RegisterRow, ...]
    root: bytes
    """DER of the school root."""


class Verdict(enum.Enum):
    """What Check everything says; the third is neither good nor bad."""

    GOOD = "good"
    BAD = "bad"
    PARTLY_READABLE = "good as far as you can read it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that does not hold, and where: an entry by its number, a file, or a part of the desk."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthReport:
    """The whole of Check everything."""

    findings: tuple[Finding, ...]
    not_readable: tuple[StrandId, ...]
    """Strands that are not this person's to read: they are neither good nor bad here."""
    entries: int
    blobs: int
    disposed_signatures: int = 0
    """Entries whose session's statement was disposed of: their signature can no longer be checked."""

    @property
    def verdict(self) -> Verdict:
        """Bad with any finding; good where everything could be read."""
        if self.findings:
            return Verdict.BAD
        return Verdict.PARTLY_READABLE if self.not_readable else Verdict.GOOD

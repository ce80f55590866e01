"""What goes into an evidence pack: plain values, gathered by the caller (format section 6).

Nothing here touches a store. Original bytes of exhibits come through a callable
that streams them, so that no picture is ever held whole or laid down elsewhere.
"""

import datetime as dt
import enum
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dsl_desk.domain.signed import AlsoSigned, RegisterRow
from dsl_desk.domain.words import CaseRef, Mark, PackKind, SessionId
from dsl_desk.signatures import Certificate

Chunks = Iterator[bytes | bytearray | memoryview]
"""Pieces of a file in order, 1 MiB at a time or less; a piece may be reused after the next one is asked for."""


class ExhibitContent(enum.Enum):
    """Whether an exhibit's original bytes are in the pack."""

    INCLUDED = "included"
    WITHHELD = "withheld"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackExhibit:
    """One exhibit's facts, for `record.json`, and where its original bytes come from."""

    mark: Mark
    entry: int
    """`strand_seq` of the entry that took it in."""
    description: str
    content: ExhibitContent
    withheld: str | None = None
    """Why there is no content; None exactly where content is included."""
    original_name: str
    sha256: str | None
    size: int | None
    media_type: str
    produced_by: str
    role: str
    made_at_utc: str
    made_at_local: str
    method: str
    source: str
    stop_questions_answered_no_by: tuple[str, ...] = ()
    read: Callable[[], Chunks] | None = None
    """Streams the original bytes, on the thread that writes the pack; never called unless content is included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """One entry of the case's strand; salt and payload are both None where it is withheld with a reason."""

    header: bytes
    digest: str
    salt: bytes | None
    payload: bytes | None
    withheld: str | None = None
    session: SessionId
    signature: bytes
    also_signed: tuple[AlsoSigned, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """A session's statement in its exact bytes, and the signature of the account that opened it."""

    session: SessionId
    statement: bytes
    signature: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffFiles:
    """The files both reviewers signed, copied unchanged (the signed form stands in `papers` as form.pdf)."""

    text: bytes
    reviewer_1: bytes
    reviewer_2: bytes


Rows = Sequence[Sequence[str]]
"""A table: the first row is its heading, every row is as long as the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackTables:
    """The three tables an investigator imports."""

    addresses: Rows
    continuity: Rows
    people: Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class PackContents:
    """Everything one pack says.

    `entries` is the whole strand, 1 to n, ending with this pack's `pack_started`.
    `sessions`, `certificates` and `register` may hold more than the entries name:
    the writer keeps exactly those that are named, and the sealers' in the register.
    Case, desk and strand of the checkpoint are those of the last entry.
    """

    kind: PackKind
    number: int
    case: CaseRef
    school: str
    rehearsal: bool = False
    recipient: str
    """Recipient-Type, such as "police"."""
    program: str
    """Bag-Software-Agent: this program and its version."""
    bagging_date: dt.date
    signed_off_at: int | None = None
    """Strand-Seq of sign-off.txt; None where the pack is not signed off."""
    not_signed_off_because: str = ""
    root: Certificate
    officer_summary: bytes
    """PDF of exactly two pages."""
    papers: Mapping[str, bytes]
    """File name to bytes: chronology.pdf, completeness.pdf; form.pdf and exhibit-labels.pdf unless
    stopped; further papers; an accessible twin as name.html beside its name.pdf."""
    sign_off: SignOffFiles | None = None
    exhibits: tuple[PackExhibit, ...] = ()
    tables: PackTables
    entries: Sequence[EntryLine]
    sessions: Sequence[SessionLine]
    certificates: Sequence[bytes]
    """DER of the leaves."""
    register: Sequence[RegisterRow]
    facts: Sequence[tuple[str, str]] = field(default=())
    """Heading and words for the head of index.html; plain text, shown inert."""

    @property
    def name(self) -> str:
        """Name of the pack's folder."""
        return f"{self.case}-pack-{self.number}"

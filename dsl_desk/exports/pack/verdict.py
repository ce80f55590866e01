"""What a check of a pack comes to, in sentences for an officer and facts for a program."""

import datetime as dt
from dataclasses import dataclass

from dsl_desk.domain.errors import DslDeskError
from dsl_desk.domain.words import PackKind


class CouldNotJudge(DslDeskError):  # noqa: N818 - a third outcome beside good and bad, not a fault of the pack
    """This is not a folder that holds an evidence pack, so there is nothing to judge."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Failure:
    """One file that fails, by its path in the pack, and why."""

    path: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Whose signature it is, and when by the signing laptop's own clock."""

    name: str
    certificate: str
    """SHA-256 of the certificate."""
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOff:
    """Both reviewers, the entry they signed at, and what came after it."""

    reviewers: tuple[Signature, ...]
    at: int
    follow_up: int
    not_judged: int = 0
    """Entries since that are withheld or made by a newer program: whether they matter is not seen here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeStamp:
    """A time stamp by an authority over the tag manifest."""

    authority: str
    at: dt.datetime
    trusted: bool
    """Whether it leads to a root the reader gave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The whole judgement; facts are None or empty where the pack was too broken to tell."""

    failures: tuple[Failure, ...] = ()
    rehearsal: bool = False
    school: str | None = None
    case: str | None = None
    kind: PackKind | None = None
    number: int | None = None
    entries: int = 0
    withheld: int = 0
    files: int = 0
    sealed_by: tuple[Signature, ...] = ()
    signed_off: SignedOff | None = None
    root_sha256: str | None = None
    fingerprint_given: bool = False
    witnesses: tuple[Signature, ...] = ()
    time_stamp: TimeStamp | None = None
    notes: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether nothing fails."""
        return not self.failures

    def lines(self) -> list[str]:
        """The verdict for a terminal or a sheet of paper, most important first."""
        raise NotImplementedError

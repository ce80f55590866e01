"""What a check of a pack comes to, in sentences for an officer and facts for a program."""

import datetime as dt
import unicodedata
from dataclasses import dataclass

from dsl_desk.domain.errors import DslDeskError
from dsl_desk.domain.words import PackKind

_STEERING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


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
        said = ["REHEARSAL: made up for practice, nothing in it is real."] if self.rehearsal else []
        if self.good:
            said.append("GOOD: every file is what was sealed, and every signature holds.")
        else:
            said.append(f"BAD: {len(self.failures)} {'thing fails' if len(self.failures) == 1 else 'things fail'}.")
            said += [f"  {failure.path}: {failure.why}" for failure in self.failures]
        said += [*self._what(), *self._who(), *self._limits()]
        return [_printable(line) for line in said]

    def _what(self) -> list[str]:
        if self.case is None:
            return []
        kind = {
            PackKind.SIGNED_OFF: "a signed-off review",
            PackKind.AS_IT_STANDS: "an UNSIGNED REVIEW, the record as it stood",
            PackKind.STOPPED: "a stopped case: words, times and devices, no content",
            None: "of unknown kind",
        }[self.kind]
        said = [f"Pack {self.number} of case {self.case}, {self.school}: {kind}."]
        if self.entries:
            withheld = f", {self.withheld} of them withheld with a reason" if self.withheld else ""
            said.append(f"{self.files} files, {_counted(self.entries, 'journal entry', 'journal entries')}{withheld}.")
        return said

    def _who(self) -> list[str]:
        said = [f"Sealed by {_people(self.sealed_by)}."] if self.sealed_by else []
        if self.signed_off is not None:
            off = self.signed_off
            since = f"{_counted(off.follow_up, 'entry', 'entries')} of follow-up since"
            said.append(f"Signed off by {_people(off.reviewers)} at entry {off.at}, {since}.")
            if off.not_judged:
                said.append(
                    f"{_counted(off.not_judged, 'entry', 'entries')} since then withheld or made by a newer program: "
                    "whether they change the substance cannot be seen here."
                )
        elif self.kind is not None and self.good:
            said.append("Signed off by nobody: no two people have signed a review in this pack.")
        said.extend(
            f"Witnessed by {witness.name} ({_at(witness.at)}), whose certificate is not judged here."
            for witness in self.witnesses
        )
        if self.time_stamp is not None:
            whose = (
                "which leads to a root you gave" if self.time_stamp.trusted else "whose authority is not judged here"
            )
            said.append(f"Time stamp of {self.time_stamp.authority}: {_at(self.time_stamp.at)}, {whose}.")
        return said

    def _limits(self) -> list[str]:
        said = list(self.notes)
        if self.root_sha256 is not None and not self.fingerprint_given:
            said.append(
                "The school root was compared with no fingerprint: anybody could have made a root of that name. "
                "Ask the school for its fingerprint by a number found elsewhere, and check again with it."
            )
        stamped = " The time stamp alone is an outside clock." if self.time_stamp is not None else ""
        if self.sealed_by or self.entries:
            said.append(f"All other times are the school laptop’s own word.{stamped}" if stamped else
                        "All times are the school laptop’s own word.")  # fmt: skip
            said.append("Certificates withdrawn after sealing are not in the pack: ask the school.")
        return said


def _at(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S} UTC"


def _people(signatures: tuple[Signature, ...]) -> str:
    return " and ".join(f"{one.name} ({_at(one.at)})" for one in signatures)


def _counted(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _printable(line: str) -> str:
    """Names come from other people's certificates: nothing in them may steer a terminal."""
    return "".join(" " if unicodedata.category(char) in _STEERING else char for char in line)

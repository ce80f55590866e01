"""What a case is at a moment, and the plain questions about it: the result of reading its journal."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from dsl_desk.domain.case_entries import Corrected, DeviceChanged, DeviceNamed, Judged, ReviewerNamed, TriageAnswered
from dsl_desk.domain.case_words import Decision, PersonRole
from dsl_desk.domain.exhibit import Exhibit
from dsl_desk.domain.follow_up_entries import CaseOpened, PackStarted
from dsl_desk.domain.grades import Ground, grade_from
from dsl_desk.domain.payload import EntryData, Payload
from dsl_desk.domain.review import Reviewer, Session
from dsl_desk.domain.words import AccountId, Digest, Grade, PackKind, PersonId, SubjectKind

D = TypeVar("D", bound=EntryData)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One entry of a case as the journal gives it back."""

    seq: int
    strand_seq: int
    at_utc: str
    digest: Digest
    payload: Payload | None
    """None where the words are gone or not shown."""
    missing: str = ""
    """disposed or withheld, where there is no payload."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Generic[D]):
    """One entry of a kind, opened: when, by whom, and what it says."""

    at: int
    """strand_seq."""
    at_utc: str
    at_local: str
    by: tuple[AccountId, ...]
    data: D


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One reviewer's signature, as its entry tells it."""

    account: AccountId
    place: int
    at: int
    covers: int
    sign_off: str
    p7s: str
    form: str
    decision: Decision
    reasons: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """One pack that was begun."""

    no: int
    at: int
    kind: PackKind
    started: PackStarted
    sealed_at: int = 0
    lost_at: int = 0

    @property
    def is_unfinished(self) -> bool:
        """Begun, and neither sealed nor recorded as lost."""
        return not self.sealed_at and not self.lost_at


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseState:
    """A case as its journal tells it; only folding an entry makes the next state."""

    entries: tuple[Recorded, ...] = ()
    kinds: frozenset[type[EntryData]] = frozenset()
    """Kinds that stand among the entries, so that what is not there is not looked for in thousands of them."""
    opened: CaseOpened | None = None
    grounds: tuple[Ground, ...] = ()
    """What keeps the case stopped."""
    opened_again_at: int = 0
    """strand_seq at which the grade last fell."""
    laptop_stopped: bool = False
    """A stop happened while this laptop was looked at: no entry, print, export or backup (flows section 4)."""
    links: tuple[tuple[PersonId, PersonRole], ...] = ()
    subject_accounts: frozenset[AccountId] = frozenset()
    subject_kinds: frozenset[SubjectKind] = frozenset()
    reviewers: tuple[Reviewer, ...] = ()
    """In the order of their place on the form."""
    device: DeviceNamed | DeviceChanged | None = None
    sessions: tuple[Session, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    signatures: tuple[Signature, ...] = ()
    packs: tuple[Pack, ...] = ()
    substance: tuple[int, ...] = ()
    """strand_seq of every entry of substance."""
    review_no: int = 1
    review_since: int = 0
    """strand_seq at which the present review began: 0, or the reopening."""
    closed: bool = False

    @property
    def ref(self) -> str:
        """The case reference, empty before the case is opened."""
        return self.opened.reference if self.opened else ""

    @property
    def grade(self) -> Grade:
        """How far the case is stopped now."""
        return grade_from(self.grounds)

    @property
    def is_stopped(self) -> bool:
        """Whether looking is closed."""
        return self.grade is not Grade.OPEN

    @property
    def last(self) -> int:
        """strand_seq of the last entry, 0 before the first."""
        return self.entries[-1].strand_seq if self.entries else 0

    @property
    def session(self) -> Session | None:
        """The session that is open, or None."""
        return self.sessions[-1] if self.sessions and self.sessions[-1].is_open else None

    @property
    def subjects(self) -> frozenset[PersonId]:
        """Persons whom the case is about; each is barred from it."""
        return self.people_who_are(PersonRole.SUBJECT)

    @property
    def disposed(self) -> int:
        """How many entries were destroyed by two people."""
        return sum(entry.missing == "disposed" for entry in self.entries)

    @property
    def withheld(self) -> int:
        """How many entries are not shown to this reader."""
        return sum(entry.missing == "withheld" for entry in self.entries)

    def people_who_are(self, role: PersonRole) -> frozenset[PersonId]:
        """Everybody linked to this case in a role."""
        return frozenset(person for person, linked in self.links if linked is role)

    def told(self, kind: type[D]) -> tuple[Told[D], ...]:
        """Every entry of a kind, oldest first."""
        return tuple(self._told(kind))

    def _told(self, kind: type[D], *, backwards: bool = False) -> Iterator[Told[D]]:
        if not any(issubclass(known, kind) for known in self.kinds):
            return
        for entry in reversed(self.entries) if backwards else self.entries:
            if entry.payload is not None and isinstance(entry.payload.data, kind):
                yield Told(
                    at=entry.strand_seq,
                    at_utc=entry.at_utc,
                    at_local=entry.payload.at_local,
                    by=entry.payload.by,
                    data=entry.payload.data,
                )

    def latest(self, kind: type[D]) -> Told[D] | None:
        """The latest entry of a kind, or None."""
        return next(self._told(kind, backwards=True), None)

    def entry_at(self, strand_seq: int) -> Recorded | None:
        """The entry of that number, or None."""
        return next((entry for entry in self.entries if entry.strand_seq == strand_seq), None)

    def in_review(self, kind: type[D]) -> tuple[Told[D], ...]:
        """Entries of a kind that belong to the present review."""
        return tuple(told for told in self._told(kind) if told.at > self.review_since)

    def is_reviewer(self, account: AccountId) -> bool:
        """Whether this account is one of the present reviewers."""
        return any(reviewer.account == account for reviewer in self.reviewers)

    def ever_reviewed(self) -> frozenset[tuple[AccountId, PersonId]]:
        """Everybody who was ever named a reviewer of this case, also if they were replaced since."""
        named = (told.data for told in self._told(ReviewerNamed))
        return frozenset((AccountId(one.account), PersonId(one.person)) for one in named)

    def triage(self) -> Told[TriageAnswered] | None:
        """The triage that governs: the latest."""
        return self.latest(TriageAnswered)

    def exhibit(self, mark: str) -> Exhibit | None:
        """The exhibit of that mark, or None."""
        return next((exhibit for exhibit in self.exhibits if exhibit.mark == mark), None)

    def quarantined(self) -> tuple[Exhibit, ...]:
        """Exhibits whose content nobody may reach, and that are still held."""
        return tuple(exhibit for exhibit in self.exhibits if exhibit.quarantined and exhibit.is_held)

    def current_judgements(self) -> tuple[Told[Judged], ...]:
        """The judgement of each present reviewer after the last looking, in the order of the form."""
        since = max([self.review_since, *(session.opened_at for session in self.sessions)])
        found: list[Told[Judged]] = []
        for reviewer in self.reviewers:
            own = [told for told in self._told(Judged) if told.at > since and told.by == (reviewer.account,)]
            found += own[-1:]
        return tuple(found)

    def both_judged(self) -> bool:
        """Whether both present reviewers have judged what was seen."""
        return len(self.current_judgements()) == 2

    def judgements_visible_to(self, account: AccountId) -> tuple[Told[Judged], ...]:
        """Judgements this account may read: its own, and the other's only once both have judged (flows step 13)."""
        current = self.current_judgements()
        if len(current) == 2:
            return current
        return tuple(told for told in current if told.by == (account,))

    def is_hidden_from(self, told: Told[Any], account: AccountId) -> bool:
        """Whether an entry must not be shown yet: a judgement that the other reviewer has not answered.

        A correction of it says the same words, so it waits with it.
        """
        if isinstance(told.data, Corrected):
            earlier: tuple[Told[Any], ...] = (*self.told(Judged), *self.told(Corrected))
            corrected = (one for one in earlier if one.at == told.data.corrects and one.at < told.at)
            return any(self.is_hidden_from(one, account) for one in corrected)
        if not isinstance(told.data, Judged) or told.by == (account,) or not self.is_reviewer(told.by[0]):
            return False
        return told.at in {own.at for own in self.current_judgements()} and not self.both_judged()

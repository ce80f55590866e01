"""Sessions of looking: who was there, where it was done, and the gaps shown as gaps (flows sections 4 and 9)."""

from dataclasses import dataclass, replace

from dsl_desk.domain.words import AccountId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """One of the two senior people of a review, as named in this case."""

    account: AccountId
    person: PersonId
    name: str
    position: str
    place: int
    """1 or 2: where they stand on the form."""
    named_at: int
    interest: str = ""
    reason: str = ""
    admitted_until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A time in which nobody looked, with its reason; open while `until` is empty."""

    since: str
    """`at_utc` of the pause."""
    reason: str
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One session of looking, from opening to end."""

    no: int
    review: int
    """Which review of the case it belongs to; a reopened case has a second one."""
    opened_at: int
    """strand_seq of its opening."""
    opened_utc: str
    place: str
    this_laptop: bool
    present: tuple[str, ...]
    reviewers: tuple[AccountId, ...] = ()
    """Accounts of those who were its reviewers when it was opened."""
    gaps: tuple[Gap, ...] = ()
    finished_by: tuple[AccountId, ...] = ()
    ended_at: int = 0
    """strand_seq of its end, 0 while it is open."""
    ended_utc: str = ""
    ended_by: str = ""
    """finished, stopped, or reviewer changed."""

    @property
    def is_open(self) -> bool:
        """Whether the session goes on."""
        return self.ended_at == 0

    @property
    def is_paused(self) -> bool:
        """Whether nobody is looking at this moment."""
        return self.is_open and bool(self.gaps) and not self.gaps[-1].until

    def ended(self, *, at: int, utc: str, how: str) -> "Session":
        """The session after its end; a pause that was open ends with it."""
        if not self.is_open:
            return self
        return replace(self.gap_closed(utc), ended_at=at, ended_utc=utc, ended_by=how)

    def gap_closed(self, utc: str) -> "Session":
        """The session with its open gap ended, if there was one."""
        if not self.is_paused:
            return self
        return replace(self, gaps=(*self.gaps[:-1], replace(self.gaps[-1], until=utc)))

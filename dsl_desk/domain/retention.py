"""How long a record is kept: the longest class governs, a hold outlasts all, nothing goes by itself (flows 14)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from dsl_desk.domain.errors import InputError
from dsl_desk.domain.follow_up_entries import CaseClosed
from dsl_desk.domain.policy_values import RetentionClass

CHECKS: Final = (
    ("hold", "Legal hold, or a claim"),
    ("inquiry", "An inquiry or investigation"),
    ("request", "A request for access to personal data"),
    ("referral", "An open referral"),
)
"""What has to be asked after before a record goes: by its name and in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """The dates that rules count from."""

    closed: date | None = None
    born: tuple[date, ...] = ()
    """Dates of birth of the children; the youngest counts."""
    transferred: date | None = None
    """When the file was sent on and its receipt came back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """Until when a record is kept, and by which class."""

    because: str
    """Id of the class that governs."""
    until: date | None = None
    """None while it is held, or while a date the rule needs is not known."""
    held: bool = False

    def may_be_disposed(self, today: date) -> bool:
        """Whether two people may dispose of it; an unknown date keeps it."""
        return not self.held and self.until is not None and self.until <= today


def kept_by(closed: CaseClosed) -> Keeping:
    """How long a case is kept as its closing says; words that are no date keep it."""
    try:
        until = date.fromisoformat(closed.keep_until)
    except ValueError:
        until = None
    return Keeping(because=closed.retention, until=until)


def not_asked_after(found: Mapping[str, str]) -> tuple[str, ...]:
    """What nobody has written a finding for, of all that has to be asked after before a record goes."""
    return tuple(words for _, words in CHECKS if not found.get(words, "").strip())


def _later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)  # born on 29 February


def due(kept: RetentionClass, dates: Dates) -> date | None:
    """The day after which one class no longer asks to keep; None where it cannot be told, or for a hold."""
    match kept.rule:
        case "dob_plus_years":
            return _later(max(dates.born), kept.years) if dates.born else None
        case "close_plus_years":
            return _later(dates.closed, kept.years) if dates.closed else None
        case "transfer_plus_years":
            return _later(dates.transferred, kept.years) if dates.transferred else None
        case _:
            return None


def governs(classes: Iterable[RetentionClass], dates: Dates) -> Keeping:
    """Which class governs: any hold first, then one whose date is not known, then the longest."""
    chosen = tuple(classes)
    if not chosen:
        raise InputError("Choose how long this is kept.")
    for kept in chosen:
        if kept.rule == "hold":
            return Keeping(because=kept.id, held=True)
    for kept in chosen:
        if due(kept, dates) is None:
            return Keeping(because=kept.id)
    until, because = max((day, kept.id) for kept in chosen if (day := due(kept, dates)) is not None)
    return Keeping(because=because, until=until)

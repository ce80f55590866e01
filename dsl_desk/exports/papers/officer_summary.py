"""The officer summary: two pages, the first thing police read (flows 12)."""

from dataclasses import dataclass

from dsl_desk.exports.papers.frame import Noted, PageFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactLine:
    """Somebody to ring."""

    name: str
    role: str
    number: str
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """A person in full; on copies that do not go to police the caller leaves the private fields empty."""

    full_name: str
    part: str
    """Pupil, parent, witness, subject …"""
    date_of_birth: str = ""
    address: str = ""
    parent_contact: str = ""
    entry: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceLine:
    """A device: never the PIN itself, only whether it is known (it lies in a sealed note)."""

    item: str
    serial_or_imei: str
    power: str
    touched_by: str
    pin_known: str
    entry: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    """A user name, profile address and platform."""

    platform: str
    user_name: str
    profile_address: str
    whose: str = ""
    entry: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLine:
    """A moment that matters, in UTC and local time."""

    what: str
    utc: str
    local: str
    entry: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VanishingLine:
    """What vanishes when (logs, CCTV, platform), and whether preservation was asked."""

    what: str
    when: str
    preservation: str
    entry: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerSummary:
    """All that stands on the two pages; what does not fit is shortened and says where it stands in full."""

    who_to_ring: tuple[ContactLine, ...]
    allegation: Noted
    """Three lines."""
    people: tuple[PersonLine, ...] = ()
    devices: tuple[DeviceLine, ...] = ()
    accounts: tuple[AccountLine, ...] = ()
    times: tuple[TimeLine, ...] = ()
    log_provers: tuple[Noted, ...] = ()
    """Who can prove which log."""
    said_to_suspect: tuple[Noted, ...] = ()
    vanishing: tuple[VanishingLine, ...] = ()
    not_done: tuple[Noted, ...] = ()
    """What the school did not do."""
    reviewed: bool = False
    """True where two reviewers looked, so that the sentence on staff records stands at the foot."""


def officer_summary_pdf(content: OfficerSummary, frame: PageFrame) -> bytes:
    """Exactly two pages, whatever the content."""
    raise NotImplementedError

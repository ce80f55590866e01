"""What belongs to a case, as its place lists it: people, exhibits, referrals, papers and packs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_entries import ExhibitRedacted
from dsl_desk.domain.case_words import Intake, PersonRole
from dsl_desk.domain.continuity import continuity_faults
from dsl_desk.domain.dates import date_words
from dsl_desk.domain.exhibit import Exhibit
from dsl_desk.domain.follow_up_entries import (
    PaperKept,
    PersonLinked,
    Printed,
    ReceiptAttached,
    ReferralDeclined,
    ReferralMade,
    ReplyReceived,
    ScanAttached,
)
from dsl_desk.domain.words import SubjectKind
from dsl_desk.services.paper.destroyed import destroyed_words
from dsl_desk.services.told import plain

_LONGEST = 200
_LONGEST_TITLE = 90
_CAME = {
    Intake.CAPTURE: "Picture of a screen",
    Intake.FILE: "File",
    Intake.SUPPLIED: "Brought by somebody",
    Intake.REDACTED: "Redacted copy",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSeen:
    """Somebody who belongs to the case."""

    person: str
    name: str
    role: PersonRole
    kind: SubjectKind
    second: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingSeen:
    """An exhibit, a referral or a paper: a title and a line below it."""

    title: str
    second: str


def local_words(at_local: str) -> str:
    """When, by the school's clock: 24 November 2026, 14:02."""
    try:
        at = datetime.fromisoformat(at_local)
    except ValueError:
        return at_local
    return f"{date_words(at)}, {at:%H:%M}"


def local_day(at_local: str) -> str:
    """Its day alone: 24 November 2026; what is no time stays as it was written."""
    try:
        return date_words(datetime.fromisoformat(at_local))
    except ValueError:
        return at_local


def begun_on(case: Case) -> str:
    """The day on which a case was begun, by the school's clock: in summer UTC's is a day behind after midnight."""
    first = case.entries[0]
    return local_day(first.payload.at_local if first.payload is not None else first.at_utc)


def people_of(case: Case) -> Iterable[PersonSeen]:
    """Everybody linked, each with every role they have here."""
    latest = {(told.data.person, told.data.role): told.data for told in case.told(PersonLinked)}
    roles: dict[str, list[PersonLinked]] = {}
    for link in latest.values():
        roles.setdefault(link.person, []).append(link)
    for links in roles.values():
        link = links[-1]
        said = " and ".join(one.role.value for one in links)
        second = ", ".join(
            part for part in (said.capitalize(), plain(link.kind.value), link.year_group, link.date_of_birth) if part
        )
        yield PersonSeen(
            person=link.person, name=link.name or "Not named", role=link.role, kind=link.kind, second=second
        )


def exhibits_of(case: Case) -> Iterable[ThingSeen]:
    """Every exhibit by its mark: what it shows, how it came in, and where it is closed."""
    faulty = {fault.mark for fault in continuity_faults(case)}
    for exhibit in case.exhibits:
        state = "shut away" if exhibit.quarantined and exhibit.is_held else destroyed_words(case, exhibit)
        broken = "its way does not hold together" if exhibit.mark in faulty else ""
        yield ThingSeen(title=str(exhibit.mark), second=_joined(broken, _shown(exhibit), _came(exhibit), state))


def _shown(exhibit: Exhibit) -> str:
    data = exhibit.data
    return f"Redacted copy of {data.parent}" if isinstance(data, ExhibitRedacted) else data.description


def _came(exhibit: Exhibit) -> str:
    data = exhibit.data
    if isinstance(data, ExhibitRedacted):
        return ""
    by = f" by {data.supplied_by}" if data.supplied_by else ""
    words = f"Brought{by}" if data.intake is Intake.SUPPLIED else _CAME[data.intake]
    return f"{words}, {local_words(data.made_at_local)}"


def referrals_of(case: Case) -> Iterable[ThingSeen]:
    """What went to others with what they answered, and what was considered and not referred."""
    for made in case.told(ReferralMade):
        replies = [told.data for told in case.told(ReplyReceived) if told.data.referral == made.at]
        said = f"Reply: {replies[-1].outcome}" if replies else "No reply recorded yet"
        yield ThingSeen(
            title=f"To {plain(made.data.to.value)}",
            second=_joined(local_words(made.at_local), made.data.reason, made.data.reference, said),
        )
    for told in case.told(ReferralDeclined):
        yield ThingSeen(
            title=f"Considered, not referred: {plain(told.data.to.value)}", second=_joined(told.data.reasons)
        )


def papers_of(case: Case) -> Iterable[ThingSeen]:
    """Papers kept and printed, scans, receipts and packs, in the order of the case."""
    found = [*_kept(case), *_signed_for(case)]
    return (thing for _, thing in sorted(found, key=lambda one: one[0]))


def _kept(case: Case) -> Iterable[tuple[int, ThingSeen]]:
    for kept in case.told(PaperKept):
        title = plain(kept.data.paper).capitalize()
        yield kept.at, ThingSeen(title=title, second=f"Kept {local_words(kept.at_local)}")
    for printed in case.told(Printed):
        title = plain(printed.data.paper).replace("-", " ").capitalize()
        yield printed.at, ThingSeen(title=title, second=f"Printed {local_words(printed.at_local)}")
    for scan in case.told(ScanAttached):
        title = "Scan of the signed form" if scan.data.of == "form" else f"Scan of {plain(scan.data.of)}"
        yield scan.at, ThingSeen(title=title, second=f"Attached {local_words(scan.at_local)}")


def _signed_for(case: Case) -> Iterable[tuple[int, ThingSeen]]:
    for receipt in case.told(ReceiptAttached):
        title = f"Receipt for pack {receipt.data.pack}" if receipt.data.pack else "Receipt"
        scan = "with its scan" if receipt.data.blob else "in words, no scan yet"
        yield receipt.at, ThingSeen(title=title, second=_joined(receipt.data.received_by, scan))
    for pack in case.packs:
        state = "lost" if pack.lost_at else "sealed and read back" if pack.sealed_at else "never came to an end"
        yield pack.at, ThingSeen(title=f"Pack {pack.no}", second=_joined(plain(pack.kind.value), state))


def _joined(*parts: str) -> str:
    words = " · ".join(" ".join(part.split()) for part in parts if part.strip())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"


def short_title(summary: str) -> str:
    """The first line of what was told, short enough to stand above a case."""
    line = summary.strip().partition("\n")[0].strip()
    if len(line) <= _LONGEST_TITLE:
        return line.removesuffix(".")
    short = line[:_LONGEST_TITLE]
    return f"{short[: short.rfind(' ')] if ' ' in short else short[:-1]}…"

"""The officer summary: what somebody at a police station asks in the first five minutes (flows 12)."""

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urlsplit

from dsl_desk.domain.case_entries import ExhibitAdded, Halted, ReviewOpened, SightingRecorded, StepSkipped
from dsl_desk.domain.case_words import ContinuityAction, HoldBack, PersonRole
from dsl_desk.domain.follow_up_entries import (
    CallLogged,
    ConcernRecorded,
    ContinuityRecorded,
    DeviceSecured,
    HoldBackSet,
    PersonLinked,
    ReferralMade,
)
from dsl_desk.domain.words import Answer
from dsl_desk.exports.papers.frame import WITHHELD, Noted, shown_address
from dsl_desk.exports.papers.officer_summary import (
    AccountLine,
    ContactLine,
    DeviceLine,
    OfficerSummary,
    PersonLine,
    TimeLine,
    VanishingLine,
)
from dsl_desk.services.paper.spelling import end, part, sentences, utc_words, word
from dsl_desk.services.paper.story import Line, Story
from dsl_desk.services.paper.tell_follow_up import hold_back_words
from dsl_desk.services.paper.tell_review import GRADES

WITHOUT_A_REVIEW: Final = "The school did not look at any device or site."
NOT_RECORDED: Final = "not recorded"


def officer_summary(
    story: Story,
    *,
    for_police: bool,
    contacts: Mapping[str, str],
    lead: str,
    lead_number: str,
    undone: Sequence[str] = (),
) -> OfficerSummary:
    """Two pages of facts from the record; private facts of people only on the copy for police.

    `undone` holds the steps of the route that nobody took, as sentences.
    """
    concern = story.last(ConcernRecorded)
    return OfficerSummary(
        who_to_ring=(
            ContactLine(name=lead, role="Leads this case for the school", number=lead_number, when="school hours"),
            *(ContactLine(name=name, role="", number=number) for name, number in contacts.items()),
        ),
        allegation=_allegation(story, concern),
        people=tuple(_person(line, for_police=for_police) for line in story.each(PersonLinked)),
        devices=tuple(_device(line) for line in story.each(DeviceSecured)),
        accounts=_addresses(story, for_police=for_police),
        times=_times(story, concern, for_police=for_police),
        log_provers=_provers(story),
        said_to_suspect=_said(story),
        vanishing=_vanishing(story),
        not_done=_not_done(story, undone),
        reviewed=bool(story.each(ReviewOpened)),
    )


def _allegation(story: Story, concern: Line[ConcernRecorded] | None) -> Noted:
    if concern is None:
        halted = story.last(Halted)
        reason = halted.data.reason if halted else ""
        return Noted(text=reason or "Stopped before a concern was written down.", entry=halted.no if halted else None)
    return Noted(text=story.text(concern.no, "summary", concern.data.summary), entry=concern.no)


def _provers(story: Story) -> tuple[Noted, ...]:
    """Who handed in a log or a copy, and can say in court where it came from."""
    return tuple(
        Noted(text=f"{line.data.mark}: {line.data.supplied_by} ({line.data.source})", entry=line.no)
        for line in story.each(ExhibitAdded)
        if line.data.supplied_by
    )


def _person(line: Line[PersonLinked], *, for_police: bool) -> PersonLine:
    person = line.data
    return PersonLine(
        full_name=person.name or NOT_RECORDED,
        part=word(person.role),
        date_of_birth=line.at(person.date_of_birth) if for_police else "",
        address=person.address if for_police else "",
        parent_contact=person.parent_contact if for_police else "",
        entry=line.no,
    )


def _device(line: Line[DeviceSecured]) -> DeviceLine:
    device = line.data
    known = {True: "yes, in a sealed note", False: "no", None: "not asked"}[device.pin_known]
    return DeviceLine(
        item=f"{device.device} {device.make}".strip(),
        serial_or_imei=" / ".join(part for part in (device.serial, device.imei) if part) or "not known",
        power=device.power or "not noted",
        touched_by=", ".join(device.touched_by) or "nobody noted",
        pin_known=known,
        entry=line.no,
    )


def _addresses(story: Story, *, for_police: bool) -> tuple[AccountLine, ...]:
    """Every address or item seen, what was open at a stop, names used online: inert text, platform as named there."""
    rows = [
        _address(
            line.data.address,
            f"sighting {line.data.no}",
            line.no,
            hidden=line.data.reason_to_stop is not Answer.NO and not for_police,
        )
        for line in story.each(SightingRecorded)
    ]
    rows += [
        _address(line.data.last_item, "open at the stop", line.no, hidden=not for_police)
        for line in story.each(Halted)
        if line.data.last_item
    ]
    rows += [
        _online(written, line.data.name or NOT_RECORDED, line.no, hidden=not for_police)
        for line in story.each(PersonLinked)
        for written in line.data.online_names.splitlines()
    ]
    return tuple(rows)


def _online(written: str, whose: str, entry: int, *, hidden: bool) -> AccountLine:
    """A name somebody uses online, as it was told."""
    if hidden:
        return AccountLine(platform=WITHHELD, user_name=WITHHELD, profile_address=WITHHELD, whose=whose, entry=entry)
    if "." not in written:
        return AccountLine(
            platform=NOT_RECORDED, user_name=written, profile_address=NOT_RECORDED, whose=whose, entry=entry
        )
    return _address(written, whose, entry, hidden=False)


def _address(address: str, whose: str, entry: int, *, hidden: bool) -> AccountLine:
    if hidden:
        return AccountLine(platform=WITHHELD, user_name=WITHHELD, profile_address=WITHHELD, whose=whose, entry=entry)
    return AccountLine(
        platform=_platform(address), user_name=NOT_RECORDED, profile_address=address, whose=whose, entry=entry
    )


def _platform(address: str) -> str:
    """The host that an address names; an item without an address has none."""
    try:
        host = urlsplit(address.strip()).hostname if "://" in address else None
    except ValueError:
        host = None
    return host or NOT_RECORDED


def _times(story: Story, concern: Line[ConcernRecorded] | None, *, for_police: bool) -> tuple[TimeLine, ...]:
    rows = []
    if concern is not None:
        happened = concern.at(concern.data.occurred_at)
        rows.append(
            TimeLine(
                what=f"Reported ({concern.data.reporter}); happened: {happened}",
                utc=utc_words(concern.record.at_utc),
                local=concern.at(concern.data.reported_at),
                entry=concern.no,
            )
        )
    rows += [
        TimeLine(
            what=f"Seen: {_seen(line, for_police=for_police)}",
            utc=utc_words(line.record.at_utc),
            local=line.local,
            entry=line.no,
        )
        for line in story.each(SightingRecorded)
    ]
    rows += [_stopped(line, for_police=for_police) for line in story.each(Halted)]
    return tuple(rows)


def _seen(line: Line[SightingRecorded], *, for_police: bool) -> str:
    at_stop = line.data.reason_to_stop is not Answer.NO
    return shown_address(line.data.address, seen_at_stop=at_stop, for_police_or_iwf=for_police)


def _stopped(stop: Line[Halted], *, for_police: bool) -> TimeLine:
    last = shown_address(stop.data.last_item, seen_at_stop=True, for_police_or_iwf=for_police)
    what = f"Reason added to entry {stop.data.adds_to}" if stop.data.adds_to else word(GRADES[stop.data.grade])
    return TimeLine(
        what=f"{what}; open: {last}" if stop.data.last_item else what,
        utc=utc_words(stop.record.at_utc),
        local=stop.local,
        entry=stop.no,
    )


def _said(story: Story) -> tuple[Noted, ...]:
    said = [
        Noted(text=sentences(word(hold_back_words(line)), part("Reason", line.data.reason)), entry=line.no)
        for line in story.each(HoldBackSet)
        if line.data.party == PersonRole.SUBJECT.value
    ]
    if any(line.data.party == "subject" and line.data.decision is HoldBack.TOLD for line in story.each(HoldBackSet)):
        return tuple(said)
    return (*said, Noted(text="No entry says that the person concerned was told."))


def _vanishing(story: Story) -> tuple[VanishingLine, ...]:
    asked = [line for line in story.each(ReferralMade) if line.data.preserved]
    rows = [
        VanishingLine(what=line.data.preserved, when="ask the holder", preservation="asked", entry=line.no)
        for line in asked
    ]
    if not rows:
        rows.append(VanishingLine(what="Logs, CCTV, platform", when="not recorded", preservation="no entry says so"))
    return tuple(rows)


def _not_done(story: Story, undone: Sequence[str]) -> tuple[Noted, ...]:
    """Steps left out with their reasons, steps nobody took, and looking or telling that did not happen."""
    rows = [
        Noted(text=f"{story.title(line.data.step)}: left out. {end(line.data.reason)}", entry=line.no)
        for line in story.each(StepSkipped)
    ]
    if not story.each(ReviewOpened):
        rows.append(Noted(text=WITHOUT_A_REVIEW))
    if not story.each(CallLogged) and not story.each(ReferralMade):
        rows.append(Noted(text="No call or referral is recorded yet."))
    return (*rows, *(Noted(text=step) for step in undone))


def custody_rows(story: Story) -> list[tuple[str, ...]]:
    """Continuity of every exhibit and device, as the table an investigator imports."""
    head = ("entry", "mark", "at", "action", "from", "to", "by", "witness", "reason", "digest_held")
    rows: list[tuple[str, ...]] = [head]
    for made in story.each(ExhibitAdded):
        exhibit = made.data
        at = made.record.at_utc
        rows.append(
            (str(made.no), exhibit.mark, at, word(ContinuityAction.MADE), exhibit.source, "the desk",
             exhibit.produced_by, "", exhibit.method, "yes")
        )  # fmt: skip
    for line in story.each(ContinuityRecorded):
        held = {True: "yes", False: "no", None: "not checked"}[line.data.digest_held]
        rows.append(
            (str(line.no), line.data.mark, line.data.at, word(line.data.action), line.data.from_whom,
             line.data.to_whom, line.data.by_whom, line.data.witness, line.data.reason, held)
        )  # fmt: skip
    return rows

"""The officer summary: what somebody at a police station asks in the first five minutes (flows 12)."""

from collections.abc import Mapping

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
from dsl_desk.exports.papers.frame import WITHHELD, Noted
from dsl_desk.exports.papers.officer_summary import (
    ContactLine,
    DeviceLine,
    OfficerSummary,
    PersonLine,
    TimeLine,
    VanishingLine,
)
from dsl_desk.services.paper.story import Line, Story, local_words, utc_words, word

WITHOUT_A_REVIEW = "The school did not look at any device or site."


def officer_summary(
    story: Story, *, for_police: bool, contacts: Mapping[str, str], lead: str, lead_number: str
) -> OfficerSummary:
    """Two pages of facts from the record; private facts of people only on the copy for police."""
    concern = story.last(ConcernRecorded)
    return OfficerSummary(
        who_to_ring=(
            ContactLine(name=lead, role="Leads this case for the school", number=lead_number, when="school hours"),
            *(ContactLine(name=name, role="", number=number) for name, number in contacts.items()),
        ),
        allegation=_allegation(story, concern),
        people=tuple(_person(line, for_police=for_police) for line in story.each(PersonLinked)),
        devices=tuple(_device(line) for line in story.each(DeviceSecured)),
        times=_times(story, concern, for_police=for_police),
        log_provers=_provers(story),
        said_to_suspect=_said(story),
        vanishing=_vanishing(story),
        not_done=_not_done(story),
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
        full_name=person.name or person.person,
        part=word(person.role),
        date_of_birth=person.date_of_birth if for_police else "",
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


def _times(story: Story, concern: Line[ConcernRecorded] | None, *, for_police: bool) -> tuple[TimeLine, ...]:
    rows = []
    if concern is not None:
        rows.append(
            TimeLine(
                what=f"Reported ({concern.data.reporter}); happened {concern.data.occurred_at}",
                utc=utc_words(concern.record.at_utc),
                local=local_words(concern.data.reported_at),
                entry=concern.no,
            )
        )
    rows += [
        TimeLine(what=f"Seen: {line.data.address}", utc=utc_words(line.record.at_utc), local=line.local, entry=line.no)
        for line in story.each(SightingRecorded)
    ]
    for stop in story.each(Halted):
        last = stop.data.last_item if for_police else WITHHELD if stop.data.last_item else ""
        rows.append(
            TimeLine(
                what=f"Stopped ({word(stop.data.grade)}){': ' + last if last else ''}",
                utc=utc_words(stop.record.at_utc),
                local=stop.local,
                entry=stop.no,
            )
        )
    return tuple(rows)


def _said(story: Story) -> tuple[Noted, ...]:
    said = [
        Noted(text=f"{word(line.data.decision)} {line.data.told_at} {line.data.reason}".strip(), entry=line.no)
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


def _not_done(story: Story) -> tuple[Noted, ...]:
    rows = [
        Noted(text=f"{word(line.data.step)}: {line.data.reason}", entry=line.no) for line in story.each(StepSkipped)
    ]
    if not story.each(ReviewOpened):
        rows.append(Noted(text=WITHOUT_A_REVIEW))
    if not story.each(CallLogged) and not story.each(ReferralMade):
        rows.append(Noted(text="No call or referral is recorded yet."))
    return tuple(rows)


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

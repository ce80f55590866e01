"""Exhibit labels, completeness, the referral sheet and the tables of a pack, from a case's entries."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from dsl_desk.domain.case_entries import ExhibitAdded, Halted, SightingRecorded, StepSkipped
from dsl_desk.domain.case_words import Agency
from dsl_desk.domain.follow_up_entries import (
    AdviceRecorded,
    CallLogged,
    ConcernRecorded,
    DeviceSecured,
    HoldBackSet,
    InformationShared,
    ParentsInformed,
    PersonLinked,
    ReferralMade,
)
from dsl_desk.domain.words import Answer, Mark
from dsl_desk.exports.papers.completeness import Completeness, CompletenessLine
from dsl_desk.exports.papers.exhibit_labels import ExhibitLabel, ExhibitLabels
from dsl_desk.exports.papers.frame import shown_address
from dsl_desk.exports.papers.referral_sheet import ReferralSheet
from dsl_desk.services.paper.spelling import agency_words, first_upper, lines, lower, sentences, word
from dsl_desk.services.paper.story import Line, Story
from dsl_desk.services.paper.tell_follow_up import hold_back_words, parents_words
from dsl_desk.services.paper.tell_review import GRADES


def exhibit_labels(story: Story, quarantined: Iterable[Mark]) -> ExhibitLabels:
    """A label for every exhibit that may be handled; none for what is shut away."""
    shut = set(quarantined)
    return ExhibitLabels(
        labels=tuple(
            ExhibitLabel(
                mark=line.data.mark,
                description=line.data.description,
                produced_by=line.data.produced_by,
                role=line.data.role,
                at=line.at(line.data.made_at_local),
                sha256=line.data.sha256,
            )
            for line in story.each(ExhibitAdded)
            if line.data.mark not in shut
        )
    )


def completeness(
    story: Story, *, quarantined: Iterable[Mark], withheld: Mapping[Mark, str], note: str, reviewed: bool
) -> Completeness:
    """What was looked at and what was not, what this copy leaves out, and why; every section prints."""
    shut = set(quarantined)
    devices = [
        CompletenessLine(
            item=f"{line.data.device} {line.data.make}".strip(), reason="secured, not opened", entry=line.no
        )
        for line in story.each(DeviceSecured)
    ]
    stops = [
        CompletenessLine(item="Everything after the stop", reason=GRADES[line.data.grade], entry=line.no)
        for line in story.each(Halted)
        if not line.data.adds_to
    ]
    return Completeness(
        looked_at=tuple(
            CompletenessLine(item=f"Sighting {line.data.no}", entry=line.no) for line in story.each(SightingRecorded)
        ),
        not_looked_at=(*devices, *stops),
        skipped=tuple(
            CompletenessLine(item=story.title(line.data.step), reason=line.data.reason, entry=line.no)
            for line in story.each(StepSkipped)
        ),
        withheld=tuple(CompletenessLine(item=mark, reason=why) for mark, why in withheld.items() if mark not in shut),
        quarantined=tuple(CompletenessLine(item=mark, reason="shut away since the stop") for mark in sorted(shut)),
        entries_withheld=tuple(
            CompletenessLine(item=f"Entry {record.strand_seq}", reason="not in this copy", entry=record.strand_seq)
            for record in story.records
            if record.payload is None
        ),
        note=note,
        reviewed=reviewed,
    )


def address_rows(story: Story, *, for_police: bool) -> list[tuple[str, ...]]:
    """Every address or item seen, as the table an investigator imports; inert text, never links."""
    rows: list[tuple[str, ...]] = [("entry", "no", "at_utc", "at_local", "address", "seen", "concern", "exhibits")]
    for line in story.each(SightingRecorded):
        marks = [exhibit.data.mark for exhibit in story.each(ExhibitAdded) if exhibit.data.sighting == line.data.no]
        at_stop = line.data.reason_to_stop is not Answer.NO
        address = shown_address(line.data.address, seen_at_stop=at_stop, for_police_or_iwf=for_police)
        rows.append(
            (str(line.no), str(line.data.no), line.record.at_utc, line.local, address, line.data.seen,
             line.data.concern, " ".join(marks))
        )  # fmt: skip
    for stop in story.each(Halted):
        if stop.data.last_item:
            address = shown_address(stop.data.last_item, seen_at_stop=True, for_police_or_iwf=for_police)
            rows.append((str(stop.no), "", stop.record.at_utc, stop.local, address, "open at the stop", "", ""))
    return [tuple(" ".join(cell.split()) for cell in row) for row in rows]


def people_rows(story: Story, *, for_police: bool) -> list[tuple[str, ...]]:
    """The people of the case; private facts only on the copy for police."""
    rows: list[tuple[str, ...]] = [
        ("entry", "name", "part", "kind", "year_group", "date_of_birth", "address", "parent_contact")
    ]
    for line in story.each(PersonLinked):
        person = line.data
        private = (person.date_of_birth, person.address, person.parent_contact) if for_police else ("", "", "")
        rows.append(
            (
                str(line.no),
                person.name or "not recorded",
                word(person.role),
                word(person.kind),
                person.year_group,
                *private,
            )
        )
    return [tuple(" ".join(cell.split()) for cell in row) for row in rows]


def referral_sheet(story: Story, to: Agency, number: str) -> ReferralSheet:
    """What is known, for the telephone; every empty field is a box for ink, so it prints from the first minute."""
    concern = story.last(ConcernRecorded)
    called = first_upper(agency_words(to))
    blank = ReferralSheet(
        to=f"{called}: {number}" if number else called,
        child_safe_now=concern.data.immediate_action if concern else "",
        concern=story.text(concern.no, "summary", concern.data.summary) if concern else "",
        people=tuple(
            f"{line.data.name or 'name not recorded'}, {lower(line.data.role)}" for line in story.each(PersonLinked)
        ),
        agency_reference=next((line.data.reference for line in story.each(CallLogged) if line.data.agency is to), ""),
        shared=tuple(f"{line.data.what} to {line.data.with_whom}" for line in story.each(InformationShared)),
        advice=_advice(story, to),
        preserved=tuple(f"{line.data.device}, {line.data.place}" for line in story.each(DeviceSecured)),
        parents=_parents(story),
        hold_back=_hold_back(story),
    )
    made = [line for line in story.each(ReferralMade) if line.data.to is to]
    return _referred(blank, made[-1]) if made else blank


def _referred(blank: ReferralSheet, line: Line[ReferralMade]) -> ReferralSheet:
    """The sheet with what was decided and sent."""
    referral = line.data
    due = f"Answer due {line.at(referral.reply_due)}" if referral.reply_due else ""
    chase = f"Chase on {line.at(referral.chase_on)}" if referral.chase_on else ""
    return replace(
        blank,
        reason=f"{referral.reason} Threshold: {referral.threshold}.",
        decided_at=line.at(referral.decided_at),
        sent_at=line.at(referral.sent_at),
        by=referral.referred_by,
        method=referral.method,
        agency_person=referral.person_at_agency,
        agency_reference=referral.reference or blank.agency_reference,
        must_not=referral.told_not_to,
        chase=sentences(due, chase),
    )


def _advice(story: Story, to: Agency) -> str:
    said = [line for line in story.each(AdviceRecorded) if line.data.agency is to]
    return lines(*(f"{line.at(line.data.at)}, {line.data.who}: {line.data.words}" for line in said))


def _parents(story: Story) -> str:
    last = story.last(ParentsInformed)
    return parents_words(last) if last else ""


def _hold_back(story: Story) -> tuple[tuple[str, str], ...]:
    """One line a party, with the latest word about it."""
    latest = {line.data.party: line for line in story.each(HoldBackSet)}
    return tuple((word(party), word(hold_back_words(line))) for party, line in latest.items())

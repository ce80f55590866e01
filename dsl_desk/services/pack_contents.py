"""What one pack says: the case's journal, papers and exhibits as plain values for the writer (format section 6)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_entries import ExhibitAdded
from dsl_desk.domain.exhibit import Exhibit
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.words import BlobId, CaseRef, Mark, PackKind
from dsl_desk.exports.pack.contents import (
    EntryLine,
    ExhibitContent,
    PackContents,
    PackExhibit,
    PackTables,
    SessionLine,
    SignOffFiles,
)
from dsl_desk.exports.papers import render
from dsl_desk.exports.papers.frame import UNSIGNED_REVIEW, PageFrame
from dsl_desk.exports.papers.review_record import ReviewRecord
from dsl_desk.exports.papers.twins import chronology_html, review_record_html
from dsl_desk.services.paper.case_papers import address_rows, completeness, exhibit_labels, people_rows
from dsl_desk.services.paper.chronology import chronology, title
from dsl_desk.services.paper.destroyed import destroyed_words
from dsl_desk.services.paper.officer import custody_rows, officer_summary
from dsl_desk.services.paper.spelling import part, sentences
from dsl_desk.services.paper.story import Story
from dsl_desk.services.sign_off import SignedPapers
from dsl_desk.signatures import Certificate
from dsl_desk.store.values import StrandExport

POLICE_COPIES = frozenset({"police", "iwf"})
"""Recipients whose copy shows dates of birth, homes, and addresses seen at a stop."""
SHUT = "quarantined since the stop"
NO_CONTENT = "a stopped pack holds no content"

Read = Callable[[BlobId], Iterator[memoryview]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackPlan:
    """Everything that is known before a byte is written."""

    case: Case
    story: Story
    """Up to and with `pack_started`."""
    kind: PackKind
    number: int
    recipient: str
    school: str
    program: str
    at: Moment
    frame: PageFrame
    export: StrandExport
    root: Certificate
    contacts: Mapping[str, str]
    lead: tuple[str, str]
    form: ReviewRecord
    signed: SignedPapers | None
    withheld: Mapping[Mark, str]
    undone: tuple[str, ...] = ()
    """Steps of the route that nobody took."""

    @property
    def for_police(self) -> bool:
        """Whether this copy may show what only police and the IWF see."""
        return self.recipient in POLICE_COPIES

    @property
    def banner(self) -> str:
        """Words on every page of a review that nobody signed."""
        return UNSIGNED_REVIEW if self.kind is PackKind.AS_IT_STANDS else ""


def pack_contents(plan: PackPlan, read: Read) -> PackContents:
    """Gather one pack; exhibits stream through `read` only once the writer asks."""
    lead, number = plan.lead
    summary = officer_summary(
        plan.story,
        for_police=plan.for_police,
        contacts=plan.contacts,
        lead=lead,
        lead_number=number,
        undone=plan.undone,
    )
    return PackContents(
        kind=plan.kind,
        number=plan.number,
        case=CaseRef(plan.story.reference),
        school=plan.school,
        rehearsal=plan.frame.rehearsal,
        recipient=plan.recipient,
        program=plan.program,
        bagging_date=plan.at.utc.date(),
        signed_off_at=plan.signed.covers if plan.signed else None,
        not_signed_off_because="" if plan.signed else _why_not(plan),
        root=plan.root,
        officer_summary=render(summary, plan.frame),
        papers=_papers(plan),
        sign_off=_sign_off(plan.signed),
        exhibits=tuple(_exhibit(plan, exhibit, read) for exhibit in plan.case.exhibits),
        tables=PackTables(
            addresses=address_rows(plan.story, for_police=plan.for_police),
            continuity=custody_rows(plan.story),
            people=people_rows(plan.story, for_police=plan.for_police),
        ),
        entries=_entries(plan.export),
        sessions=tuple(
            SessionLine(session=row.session, statement=row.statement.encode(), signature=bytes.fromhex(row.signature))
            for row in plan.export.sessions
        ),
        certificates=plan.export.certificates,
        register=plan.export.register,
        facts=_facts(plan),
    )


def _why_not(plan: PackPlan) -> str:
    if plan.kind is PackKind.STOPPED:
        return "stopped before it was signed"
    return plan.case.sign_off_state().words(plan.case.last)


def _facts(plan: PackPlan) -> tuple[tuple[str, str], ...]:
    facts = (("Case", str(plan.story.reference)), ("School", plan.school), ("For", plan.recipient))
    changed = plan.case.packs[-1].started.changed_since if plan.case.packs else ""
    review = (("Review", plan.case.sign_off_state().words(plan.case.last)),)
    return (*facts, *review, *((("Since the pack before", changed),) if changed else ()))


def _papers(plan: PackPlan) -> dict[str, bytes]:
    shut = [exhibit.mark for exhibit in plan.case.quarantined()]
    gone = {one.mark: destroyed_words(plan.case, one) for one in plan.case.exhibits if not one.is_held}
    reviewed = bool(plan.case.sessions)
    told = chronology(plan.story, for_police=plan.for_police, reviewed=reviewed)
    complete = completeness(
        plan.story,
        quarantined=shut,
        withheld={**plan.withheld, **gone},
        note="" if plan.kind is not PackKind.STOPPED else "A stopped pack: words, times and devices, no content.",
        reviewed=reviewed,
    )
    papers = {
        "chronology.pdf": render(told, plan.frame),
        "chronology.html": chronology_html(told, plan.frame).encode(),
        "completeness.pdf": render(complete, plan.frame),
    }
    if plan.kind is PackKind.STOPPED:
        return papers
    papers["form.pdf"] = plan.signed.form if plan.signed else render(plan.form, plan.frame)
    papers["form.html"] = review_record_html(plan.form, plan.frame).encode()
    papers["exhibit-labels.pdf"] = render(exhibit_labels(plan.story, (*shut, *gone)), plan.frame)
    return papers


def _sign_off(signed: SignedPapers | None) -> SignOffFiles | None:
    if signed is None:
        return None
    return SignOffFiles(text=signed.text, reviewer_1=signed.reviewer_1, reviewer_2=signed.reviewer_2)


def _exhibit(plan: PackPlan, exhibit: Exhibit, read: Read) -> PackExhibit:
    data, content, why = exhibit.data, ExhibitContent.INCLUDED, None
    if not exhibit.is_held:
        content, why = ExhibitContent.WITHHELD, destroyed_words(plan.case, exhibit)
    elif exhibit.quarantined:
        content, why = ExhibitContent.QUARANTINED, SHUT
    elif plan.kind is PackKind.STOPPED:
        content, why = ExhibitContent.QUARANTINED, NO_CONTENT
    elif exhibit.mark in plan.withheld:
        content, why = ExhibitContent.WITHHELD, plan.withheld[exhibit.mark]
    added = data if isinstance(data, ExhibitAdded) else None
    taken = plan.case.entry_at(exhibit.at)
    return PackExhibit(
        mark=exhibit.mark,
        entry=exhibit.at,
        description=data.description,
        content=content,
        withheld=why,
        original_name=added.original_name if added else "",
        sha256=data.sha256,
        size=data.size,
        media_type=data.media_type,
        produced_by=data.produced_by,
        role=added.role if added else "",
        made_at_utc=added.made_at_utc if added else (taken.at_utc if taken else ""),
        made_at_local=added.made_at_local if added else "",
        method=added.method if added else "redacted copy, solid fill burned in",
        source=added.source if added else f"copy of {getattr(data, 'parent', '')}",
        stop_questions_answered_no_by=added.stop_questions_answered_no_by if added else (),
        read=partial(read, exhibit.blob) if content is ExhibitContent.INCLUDED else None,
    )


def _entries(export: StrandExport) -> tuple[EntryLine, ...]:
    return tuple(
        EntryLine(
            header=entry.header,
            digest=entry.digest,
            salt=bytes.fromhex(entry.salt) if entry.salt is not None else None,
            payload=entry.payload.encode() if entry.payload is not None else None,
            withheld=entry.withheld,
            session=entry.session,
            signature=bytes.fromhex(entry.signature),
            also_signed=entry.also_signed,
        )
        for entry in export.entries
    )


def changed_since(case: Case) -> str:
    """What a later pack holds that the one before did not, in plain words; empty for the first (design section 9)."""
    earlier = [pack for pack in case.packs if pack.sealed_at]
    if not earlier:
        return ""
    before = earlier[-1]
    new = [entry for entry in case.entries if entry.strand_seq > before.at]
    kinds = dict.fromkeys(title(entry.payload.kind) for entry in new if entry.payload)
    marks = [str(exhibit.mark) for exhibit in case.exhibits if exhibit.at > before.at]
    return sentences(
        f"Pack {before.no} ended at entry {before.at}; entries {before.at + 1} to {case.last + 1} are new",
        part("They are", ", ".join(kinds)),
        part("New exhibits", ", ".join(marks)) or "No exhibit is new",
    )

"""The review record: what two reviewers looked at, judged and sign, from the entries that tell it (flows 12)."""

from operator import itemgetter

from dsl_desk.domain.case_entries import (
    AccessRecorded,
    ActionDecided,
    Concluded,
    Declared,
    DeviceChanged,
    DeviceNamed,
    ExhibitAdded,
    ExhibitRedacted,
    Halted,
    Judged,
    PurposeRecorded,
    ReviewerNamed,
    ReviewFinished,
    ReviewOpened,
    SightingRecorded,
    StepSkipped,
)
from dsl_desk.domain.follow_up_entries import CaseOpened
from dsl_desk.domain.words import AccountId, Answer
from dsl_desk.exports.papers.frame import shown_address
from dsl_desk.exports.papers.review_record import (
    ActionLine,
    AttachmentLine,
    JudgementLine,
    ReviewerLine,
    ReviewRecord,
    SightingLine,
)
from dsl_desk.services.paper.chronology import title, words_of
from dsl_desk.services.paper.spelling import word
from dsl_desk.services.paper.story import Line, Story

NO_LOOKING = "nobody has looked"


def review_record(
    story: Story,
    *,
    reviewers: tuple[str, str],
    for_police: bool,
    statement: str,
    kept_at: str,
    after: Story | None = None,
) -> ReviewRecord:
    """Everything the form shows; `reviewers` are the two accounts in the order of their places.

    `after` holds the entries since the sign-off, whose follow-up prints under its own heading.
    """
    purpose, access = story.last(PurposeRecorded), story.last(AccessRecorded)
    opened, finished = story.each(ReviewOpened), story.each(ReviewFinished)
    concluded = story.last(Concluded)
    device: Line[DeviceNamed] | Line[DeviceChanged] | None = story.last(DeviceChanged)
    device = device or story.last(DeviceNamed)
    return ReviewRecord(
        date=(opened[0] if opened else story.each(CaseOpened)[0]).local.split(",")[0],
        started=opened[0].clock if opened else NO_LOOKING,
        ended=_ended(opened, finished),
        place=story.text(opened[0].no, "place", opened[0].data.place) if opened else "",
        reason=story.text(purpose.no, "reason", purpose.data.reason) if purpose else "",
        purpose=_purpose(story, purpose),
        reviewers=(_reviewer(story, reviewers[0]), _reviewer(story, reviewers[1])),
        device=device.data.make if device else "",
        device_serial=device.data.serial if device else "",
        device_state=_state(device, opened[0].data if opened else None),
        access=_access(access),
        declaration=_declaration(story),
        lines=_lines(story, for_police=for_police),
        skipped=tuple((story.title(line.data.step), line.data.reason) for line in story.each(StepSkipped)),
        stop=_stop(story, for_police=for_police),
        judgements=_judgements(story, reviewers),
        conclusion=_conclusion(story, concluded),
        actions=tuple(
            ActionLine(action=line.data.action, who=line.data.who, by_when=line.at(line.data.by_when))
            for line in story.each(ActionDecided)
        ),
        attachments=_attachments(story),
        statement=statement,
        kept_at=kept_at,
        after_signing=_after(after) if after else (),
    )


def _ended(opened: list[Line[ReviewOpened]], finished: list[Line[ReviewFinished]]) -> str:
    """When looking ended; with its day where that is another one."""
    if not opened or not finished:
        return ""
    same_day = opened[0].local.split(",")[0] == finished[-1].local.split(",")[0]
    return finished[-1].clock if same_day else finished[-1].local


def _reviewer(story: Story, account: str) -> ReviewerLine:
    if not account:
        return ReviewerLine(name="Not named", position="")
    named = [line.data for line in story.each(ReviewerNamed) if line.data.account == account]
    if named:
        return ReviewerLine(name=named[-1].name, position=named[-1].position)
    return ReviewerLine(name=story.name(account), position=word(story.roles.get(AccountId(account), "")))


def _purpose(story: Story, line: Line[PurposeRecorded] | None) -> str:
    if line is None:
        return ""
    parts = [story.text(line.no, "purpose", line.data.purpose)]
    parts += [f"Where we stop: {line.data.stop_where}"] if line.data.stop_where else []
    parts += [f"Scope: {line.data.scope}"] if line.data.scope else []
    return "\n".join(parts)


def _state(device: Line[DeviceNamed] | Line[DeviceChanged] | None, opened: ReviewOpened | None) -> str:
    if device is None:
        return ""
    used = "Pupils use it" if device.data.pupils_use_it else "Not used by pupils"
    which = "this laptop" if device.data.this_laptop else "another registered device"
    at_start = f" At the start: {opened.state}." if opened and opened.state else ""
    return f"{device.data.location}; {device.data.state}. {used}; {which}.{at_start}"


def _access(line: Line[AccessRecorded] | None) -> str:
    if line is None:
        return ""
    ends = f"; ends: {line.at(line.data.ends_at)}" if line.data.ends_at else ""
    return f"{line.data.access}; given by {line.data.granted_by}{ends}"


def _declaration(story: Story) -> str:
    declared = story.each(Declared)
    who = "; ".join(f"{story.by(line.record)} at {line.local}" for line in declared)
    return f"{declared[-1].data.text} ({who})" if declared else ""


def _lines(story: Story, *, for_police: bool) -> tuple[SightingLine, ...]:
    marks: dict[int, list[str]] = {}
    for exhibit in story.each(ExhibitAdded):
        if exhibit.data.sighting is not None:
            marks.setdefault(exhibit.data.sighting, []).append(exhibit.data.mark)
    return tuple(
        SightingLine(
            number=line.data.no,
            time=line.clock.split(" ")[0],
            address=shown_address(
                story.text(line.no, "address", line.data.address),
                seen_at_stop=line.data.reason_to_stop is not Answer.NO,
                for_police_or_iwf=for_police,
            ),
            concern=f"{story.text(line.no, 'seen', line.data.seen)} "
            f"— {story.text(line.no, 'concern', line.data.concern)}",
            exhibit=", ".join(marks.get(line.data.no, [])),
        )
        for line in story.each(SightingRecorded)
    )


def _stop(story: Story, *, for_police: bool) -> str:
    parts = []
    for line in story.each(Halted):
        said = words_of(story, line.record, for_police=for_police)
        parts.append(f"{line.local}, {story.by(line.record)}: {said}")
    return "\n".join(parts)


def _judgements(story: Story, reviewers: tuple[str, str]) -> tuple[JudgementLine, ...]:
    latest: dict[str, JudgementLine] = {}
    for line in story.each(Judged):
        author = line.record.payload.by[0] if line.record.payload else ""
        if author in reviewers:
            latest[author] = JudgementLine(
                reviewer=story.name(author),
                judgement=word(line.data.judgement),
                reasons=line.data.reasons,
                at=line.local,
            )
    return tuple(latest[account] for account in reviewers if account in latest)


def _conclusion(story: Story, line: Line[Concluded] | None) -> str:
    if line is None:
        return ""
    text = story.text(line.no, "conclusion", line.data.conclusion)
    if line.data.reviewers_differ:
        text += f"\nThe reviewers differed, and both views stand: {line.data.disagreement}"
    return text


def _attachments(story: Story) -> tuple[AttachmentLine, ...]:
    """Every exhibit once, in order; a redacted copy that an entry of its own took in is not told twice."""
    taken: dict[str, tuple[int, str]] = {
        line.data.mark: (line.no, line.data.sha256) for line in story.each(ExhibitAdded)
    }
    for line in story.each(ExhibitRedacted):
        taken.setdefault(line.data.mark, (line.no, line.data.sha256))
    in_order = sorted(taken.items(), key=itemgetter(1))
    return tuple(AttachmentLine(mark=mark, sha256=sha256) for mark, (_, sha256) in in_order)


def _after(after: Story) -> tuple[str, ...]:
    return tuple(
        f"{record.strand_seq}: {title(record.payload.kind)}. {words_of(after, record, for_police=False)}"
        for record in after.records
        if record.payload is not None and not record.payload.data.SUBSTANCE
    )

"""The review record (form.pdf): what two reviewers looked at, judged and sign (flows 12)."""

from dataclasses import dataclass
from math import ceil, floor

from dsl_desk.exports.papers.fonts import BODY, HEADING, LABEL, SMALL, SMALL_STRONG, STRONG, Style
from dsl_desk.exports.papers.frame import PageFrame, SignatureBox
from dsl_desk.exports.papers.page import LEFT, MEASURE, one_line
from dsl_desk.exports.papers.sheet import Sheet
from dsl_desk.exports.papers.signature_drawing import field_drawing
from dsl_desk.exports.papers.slots import PAD, Column, Field, Line
from dsl_desk.exports.papers.text import shorten, wrap

TITLE_OF_FORM = "Review record"
LINES_ON_SHEET_1 = 6
_LINES_ON_ONE_SHEET = 2
_LINE_ROOM = 3
_TABLE_HEAD, _AFTER_TABLE = 19.0, 6.0
_KEPT_AT = 40.0
_COLUMNS = (
    Column(title="No.", share=0.06),
    Column(title="Time", share=0.11),
    Column(title="Address or item", share=0.33),
    Column(title="What was seen and why it worries", share=0.38),
    Column(title="Exhibit", share=0.12),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerLine:
    """One of the two reviewers."""

    name: str
    position: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SightingLine:
    """One thing seen; the address is inert text, or "withheld" (see `shown_address`)."""

    number: int
    time: str
    address: str
    concern: str
    exhibit: str = ""
    """Mark of the picture taken, or empty for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementLine:
    """What one reviewer judged alone, before reading the other's words."""

    reviewer: str
    judgement: str
    """"Substance", "None" or "Cannot tell"."""
    reasons: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """What is done, by whom, by when."""

    action: str
    who: str
    by_when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentLine:
    """An exhibit attached: its mark and SHA-256 (64 hex; the form shows 8, full digests stand elsewhere)."""

    mark: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRecord:
    """Everything the form shows; long texts go on in full on the continuation sheet."""

    date: str
    started: str
    ended: str
    place: str
    reason: str
    purpose: str
    reviewers: tuple[ReviewerLine, ReviewerLine]
    device: str
    """Make and model."""
    device_serial: str
    device_state: str
    """Where it is, how it was at the start; not used by pupils; the same throughout."""
    access: str
    """What internet access, who gave it, when it ended."""
    declaration: str
    """What both declared before looking, and when."""
    lines: tuple[SightingLine, ...]
    skipped: tuple[tuple[str, str], ...] = ()
    """(step, reason)."""
    stop: str = ""
    """Time of a stop, by whom, last item, steps taken, police reference; empty: not stopped."""
    judgements: tuple[JudgementLine, ...] = ()
    conclusion: str = ""
    actions: tuple[ActionLine, ...] = ()
    attachments: tuple[AttachmentLine, ...] = ()
    statement: str = ""
    """What both agree to by signing (the Statement of sign-off.txt)."""
    kept_at: str = ""
    """Where the signed paper is kept, by whom."""
    after_signing: tuple[str, ...] = ()
    """Follow-up, one text each; never part of what is signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetForm:
    """The set form and where its two signatures go."""

    pdf: bytes
    signature_boxes: tuple[SignatureBox, SignatureBox]


def set_review_record(content: ReviewRecord, frame: PageFrame) -> SetForm:
    """Set the form; the boxes tell signing where Reviewer1 and Reviewer2 belong."""
    short = _Setting(content, frame, one_sheet=True)
    if len(content.lines) <= _LINES_ON_ONE_SHEET and short.sheet.page_count == 1 and not short.notes:
        return short.finish()
    return _Setting(content, frame, one_sheet=False).finish()


def review_record_pdf(content: ReviewRecord, frame: PageFrame) -> bytes:
    """The form as PDF: sheets 1 and 2 (one page where both fit), then continuation sheets."""
    return set_review_record(content, frame).pdf


class _Setting:
    """One attempt at setting the form; texts above their room become lettered notes on the continuation sheet."""

    def __init__(self, content: ReviewRecord, frame: PageFrame, *, one_sheet: bool) -> None:
        self._content, self._one_sheet = content, one_sheet
        self.notes: list[tuple[str, str, str]] = []
        self._boxes: list[SignatureBox] = []
        self.sheet = Sheet(frame, TITLE_OF_FORM, lead="" if one_sheet else _lead(content), reviewed=True)
        self._sheet_1(frame)
        self._lines()
        if not one_sheet:
            self.sheet.new_page()
            self.sheet.text(f"{TITLE_OF_FORM}, sheet 2", HEADING, after=4)
        self._sheet_2()

    def finish(self) -> SetForm:
        """Add what goes on the continuation sheet and write the form."""
        self._continuation()
        one, two = self._boxes
        return SetForm(pdf=self.sheet.pdf(), signature_boxes=(one, two))

    def _held(self, label: str, text: str, share: float, most: int) -> Field:
        """A box with room for so many lines; more goes to a lettered note, and the box says so."""
        style = SMALL if self._one_sheet else BODY
        return Field(
            label=label, share=share, lines=self._budgeted(label, text, share * MEASURE - 2 * PAD, most, style)
        )

    def _budgeted(self, label: str, text: str, width: float, most: int, style: Style) -> tuple[Line, ...]:
        lines = wrap(text, style, width)
        if len(lines) > most:
            letter = _letter(len(self.notes))
            self.notes.append((letter, label, text))
            lines = shorten(lines, most, f"… note {letter}", style, width)
        blank = 0 if self._one_sheet else most - len(lines)
        return tuple(Line(line, style) for line in (*lines, *[""] * blank))

    def _rows(self, *fields: tuple[str, str, int]) -> None:
        """Boxes over the full measure; side by side where all must fit on one sheet."""
        if self._one_sheet:
            for at in range(0, len(fields), 2):
                pair = fields[at : at + 2]
                self.sheet.fields(*(self._held(label, text, 1 / len(pair), 6) for label, text, _ in pair))
        else:
            for label, text, most in fields:
                self.sheet.fields(self._held(label, text, 1, most))

    def _sheet_1(self, frame: PageFrame) -> None:
        held, content, sheet = self._held, self._content, self.sheet
        sheet.fields(held("School", frame.school, 0.62, 1), held("Case reference", frame.reference, 0.38, 1))
        sheet.fields(
            held("Date", content.date, 0.26, 1),
            held("Start", content.started, 0.15, 1),
            held("End", content.ended, 0.15, 1),
            held("Place", content.place, 0.44, 1),
        )
        self._rows(
            ("Reason for the review", content.reason, 2),
            ("Purpose: what are we looking for, and where will we stop?", content.purpose, 3),
        )
        first, second = content.reviewers
        sheet.fields(
            held("Reviewer 1: name, position", _name_and_position(first), 0.5, 2),
            held("Reviewer 2: name, position", _name_and_position(second), 0.5, 2),
        )
        sheet.fields(
            held("Device", content.device, 0.3, 2),
            held("Serial or IMEI", content.device_serial, 0.22, 2),
            held("Where, in what state; not used by pupils", content.device_state, 0.48, 2),
        )
        self._rows(
            ("Access: what, given by whom, ended when", content.access, 2),
            ("Both declared before looking", content.declaration, 2),
        )

    def _lines(self) -> None:
        rows = [self._row(line) for line in self._content.lines[:LINES_ON_SHEET_1]]
        if not self._one_sheet:
            blank = tuple(Line("", SMALL) for _ in range(_LINE_ROOM))
            rows += [(str(n), "", blank, "", "") for n in range(len(rows) + 1, LINES_ON_SHEET_1 + 1)]
        self.sheet.space(6)
        least = 0.0 if self._one_sheet else (self.sheet.room - _TABLE_HEAD - _AFTER_TABLE) / LINES_ON_SHEET_1
        self.sheet.table(_COLUMNS, rows, boxed=True, least=least)

    def _row(self, line: SightingLine) -> tuple[str | tuple[Line, ...], ...]:
        texts = (line.time, line.address, line.concern, line.exhibit or "none")
        return (
            str(line.number),
            *(
                self._budgeted(f"Line {line.number}: {column.title.lower()}", text, _inner(column), _LINE_ROOM, SMALL)
                for column, text in zip(_COLUMNS[1:], texts, strict=True)
            ),
        )

    def _sheet_2(self) -> None:
        content = self._content
        skipped = "\n".join(f"{step}: {reason}" for step, reason in content.skipped) or "None."
        stop = content.stop or "No stop."
        judged = [
            (
                f"Judged alone: {one_line(each.reviewer, LABEL, MEASURE / 3)}",
                f"{each.judgement} ({each.at}). {each.reasons}",
                4,
            )
            for each in content.judgements[:2]
        ]
        actions = "\n".join(
            f"{n}  {each.action} – {each.who}, by {each.by_when}" for n, each in enumerate(content.actions, 1)
        )
        marks = "   ".join(f"{each.mark} {each.sha256[:8]}" for each in content.attachments) or "None."
        self._rows(
            ("Steps skipped, with reason", skipped, 2),
            ("Stop: when, by whom, last item, steps taken, police reference", stop, 3),
            *judged,
        )
        self._rows(("Conclusion of both", content.conclusion, 4), ("Action: what, who, by when", actions, 6))
        self._rows(("Attachments: mark and first 8 characters of SHA-256", marks, 2))
        self._signatures()
        self.sheet.fields(self._held("Signed paper kept by, where", content.kept_at, 1, 1))

    def _signatures(self) -> None:
        content, sheet = self._content, self.sheet
        sheet.space(4)
        for line in self._budgeted("Statement", content.statement, MEASURE, 2, STRONG):
            sheet.text(line.text, STRONG, after=0)
        sheet.space(4)
        height = 84.0 if self._one_sheet else min(112.0, max(84.0, sheet.room - _KEPT_AT))
        sheet.need(height)
        half = (MEASURE - 12) / 2
        top, bottom = sheet.y, sheet.y - height
        for number, reviewer in enumerate(content.reviewers, 1):
            left = LEFT + (number - 1) * (half + 12)
            self._boxes.append(
                SignatureBox(
                    field=f"Reviewer{number}",
                    page=sheet.page_count - 1,
                    left=ceil(left + 6),
                    bottom=ceil(bottom + 26),
                    right=floor(left + half - 6),
                    top=floor(top - 26),
                )
            )
            name = one_line(f"{reviewer.name}, {reviewer.position}", SMALL_STRONG, half - 12)
            sheet.op(field_drawing(self._boxes[-1], number, name, (left, bottom, half, height)))
        sheet.y = bottom
        sheet.space(6)

    def _continuation(self) -> None:
        content, sheet = self._content, self.sheet
        further = content.lines[LINES_ON_SHEET_1:]
        if not (self.notes or further or content.after_signing or len(content.judgements) > 2):
            return
        sheet.new_page()
        sheet.text(f"{TITLE_OF_FORM}, continuation sheet", HEADING, after=4)
        if further:
            sheet.table(
                _COLUMNS,
                [(str(x.number), x.time, x.address, x.concern, x.exhibit or "none") for x in further],
                boxed=True,
            )
        for judgement in content.judgements[2:]:
            sheet.heading(f"Judged alone: {judgement.reviewer}")
            sheet.text(f"{judgement.judgement} ({judgement.at}). {judgement.reasons}")
        for letter, label, text in self.notes:
            sheet.heading(f"Note {letter}: {label}")
            sheet.text(text)
        if content.after_signing:
            sheet.heading("After signing (follow-up; not part of what is signed)")
            for text in content.after_signing:
                sheet.text(text)


def _lead(content: ReviewRecord) -> str:
    last = len(content.lines)
    if last > LINES_ON_SHEET_1:
        return (
            f"Two senior members of staff reviewed a device or site. Lines 7 to {last} stand on the continuation sheet."
        )
    return "Two senior members of staff reviewed a device or site. Long texts stand in full on the continuation sheet."


def _name_and_position(reviewer: ReviewerLine) -> str:
    return f"{reviewer.name}\n{reviewer.position}"


def _letter(number: int) -> str:
    """A, B … Z, A2, B2 …: notes have no end."""
    turn, place = divmod(number, 26)
    return chr(ord("A") + place) + (str(turn + 1) if turn else "")


def _inner(column: Column) -> float:
    inner: float = MEASURE * column.share / sum(each.share for each in _COLUMNS) - 2 * PAD
    return inner

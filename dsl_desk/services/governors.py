"""The summary for governors: counts that point at nobody, released by two (flows section 13)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dsl_desk.domain.case import Case
from dsl_desk.domain.desk_entries import SummaryReleased
from dsl_desk.domain.disclosure import Cell, Published, breaches, publish
from dsl_desk.domain.encoding import sha256_hex
from dsl_desk.domain.errors import InputError, NotReadableError, ProcedureError
from dsl_desk.domain.follow_up_entries import LessonRecorded, PersonLinked
from dsl_desk.domain.moments import parse_utc
from dsl_desk.domain.summary import counted, counts
from dsl_desk.domain.words import Role, SubjectKind
from dsl_desk.exports.papers import render
from dsl_desk.exports.summary import (
    Confirmation,
    GovernorSummary,
    PublishedCell,
    PublishedFact,
    PublishedRow,
    PublishedTable,
    Withheld,
    summary_csv,
    summary_json,
)
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.ports import NoProgress, Progress
from dsl_desk.services.printing import Page, PrintingService
from dsl_desk.signatures import Signer
from dsl_desk.store.values import CaseQuery

PAGE = 500
COLUMN = "Cases"
RISK = "risk"
_NO_NAMES: Final = frozenset(
    (
        *("boy", "chair", "child", "class", "deputy", "form", "girl", "group", "head", "headteacher", "key", "miss"),
        *("mrs", "one", "parent", "pupil", "school", "staff", "stage", "teacher", "the", "two", "unknown", "year"),
    )
)
"""Words that stand where a name was not known, and in any summary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that governors ask for beside the counts (flows section 13)."""

    key: str
    part: str
    """filtering or other: where it prints."""
    label: str
    hint: str


FACTS: Final = (
    Fact(key="checks", part="filtering", label="Checks of filtering and monitoring",
         hint="How many, and the month of the last."),
    Fact(key="review", part="filtering", label="Yearly review of filtering and monitoring",
         hint="When, by whom by post, what came of it."),
    Fact(key="changes", part="filtering", label="Changes to the filter", hint="How many, and why in general."),
    Fact(key="over-blocking", part="filtering", label="Blocked that lessons needed",
         hint="What kinds of site, and what was done."),
    Fact(key="training", part="other", label="Staff training", hint="What was given, to which groups of staff."),
    Fact(key="curriculum", part="other", label="Curriculum", hint="Where online safety was taught."),
    Fact(key="policies", part="other", label="Policies", hint="Which were reviewed, and when the next review is."),
    Fact(key="last-report", part="other", label="Action on the last report",
         hint="What governors asked, and what was done."),
)  # fmt: skip
"""The facts a summary has room for; all may stay empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What a summary covers; dates of the period, never of a case."""

    label: str
    first: str
    last: str
    """ISO dates, both inside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A summary before release, with what was withheld and why it has to be."""

    summary: GovernorSummary
    withheld: int
    gives_away: tuple[str, ...]
    """Tables from which a withheld count could still be computed; release is refused while there are any."""
    for_chair: bool = False
    """Whether cases that bar the Headteacher are counted: then the Chair releases it, and nobody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """A summary exactly as published."""

    json: bytes
    csv: bytes
    page: Page


class GovernorService:
    """Counts, withholds, previews, and releases with two signatures."""

    def __init__(self, book: CaseBook, printing: PrintingService) -> None:
        self._book, self._printing = book, printing

    def preview(
        self,
        period: Period,
        *,
        for_chair: bool = False,
        facts: tuple[PublishedFact, ...] = (),
        other_facts: tuple[PublishedFact, ...] = (),
        progress: Progress | None = None,
    ) -> Preview:
        """What would be released; cases that bar the Headteacher are counted only in the Chair's version.

        Raises InputError where a fact names somebody or a case of the period.
        """
        school, profile = self._book.school(), self._book.school().procedure
        cases = self._cases(period, progress or NoProgress(), for_chair=for_chair)
        _names_nobody(cases, (PublishedFact(label="Period", value=period.label), *facts, *other_facts))
        published = publish(counts((counted(case, profile) for case in cases), profile), profile.governors.fewer_than)
        themes = {phrase.id: phrase.title for phrase in profile.themes}
        said = {told.data.theme for case in cases for told in case.told(LessonRecorded)}
        summary = GovernorSummary(
            school=school.name,
            site=school.setting("site") or "All sites",
            period_label=period.label,
            period_from=period.first,
            period_to=period.last,
            threshold=published.fewer_than,
            small_school=published.small_school,
            body=profile.governors.body,
            tables=_tables(published),
            filtering_and_monitoring=facts,
            other_facts=other_facts,
            themes=tuple(sorted(themes[theme] for theme in said if theme in themes)),
            rehearsal=self._book.desk.rehearsal,
        )
        hidden = sum(cell.value is None for table in summary.tables for row in table.rows for cell in row.cells)
        return Preview(summary=summary, withheld=hidden, gives_away=breaches(published), for_chair=for_chair)

    def _cases(self, period: Period, progress: Progress, *, for_chair: bool) -> list[Case]:
        found: list[Case] = []
        zone = self._book.now().local.tzinfo
        offset, total = 0, 1
        while offset < total:
            page = self._book.desk.cases(CaseQuery(offset=offset, limit=PAGE))
            total = page.total
            rows = (*page.rows, *(page.restricted if offset == 0 else ()))
            for row in rows:
                if not period.first <= parse_utc(row.opened_at_utc).astimezone(zone).date().isoformat() <= period.last:
                    continue
                try:
                    case = self._book.load(row.strand)
                except NotReadableError:
                    continue
                if for_chair or not self._bars_headteacher(case):
                    found.append(case)
            offset += PAGE
            progress.report(min(offset, total), total)
        return found

    def _bars_headteacher(self, case: Case) -> bool:
        headteacher = self._book.school().posts.headteacher
        return SubjectKind.HEADTEACHER in case.subject_kinds or headteacher in case.subjects

    def release(self, preview: Preview, signers: tuple[Signer, Signer]) -> Released:
        """Publish by DSL or deputy and the Headteacher (the Chair: the Chair's version); it never changes again."""
        self._book.switch.ask_laptop()
        if preview.gives_away:
            raise ProcedureError("A withheld count could be computed from what is shown. Nothing was released.")
        roles = self._roles(signers)
        if preview.for_chair and roles[1] is not Role.CHAIR:
            raise ProcedureError("This version is the Chair’s. The Chair releases it, not the Headteacher.")
        at = self._book.now()
        confirmed = tuple(
            Confirmation(role=role.value, at_utc=at.at_utc, acted_as=acted)
            for role, acted in zip(roles, ("prepared", "released"), strict=True)
        )
        summary = replace(preview.summary, confirmed=confirmed)
        text = summary_json(summary)
        desk = self._book.desk
        entry = SummaryReleased(summary=text.decode(), sha256=sha256_hex(text))
        desk.write(desk.desk_strand, entry, at=at, also=signers)
        frame = self._printing.desk_frame(f"Summary {at.local.year}", named=False)
        page = Page(name="governor-summary.pdf", pdf=render(summary, frame))
        return Released(json=text, csv=summary_csv(summary), page=page)

    def _roles(self, signers: tuple[Signer, Signer]) -> tuple[Role, Role]:
        first, second = (self._book.actor(signer.account) for signer in signers)
        if first.person == second.person:
            raise ProcedureError("A summary is released by two different people.")
        if first.role not in {Role.DSL, Role.DEPUTY} or second.role not in {Role.HEADTEACHER, Role.CHAIR}:
            raise ProcedureError("A summary is released by the DSL or deputy, and the Headteacher or the Chair.")
        return first.role, second.role


def published_facts(typed: Mapping[str, str], part: str) -> tuple[PublishedFact, ...]:
    """The lines of one part that say something, in the order they print."""
    return tuple(
        PublishedFact(label=fact.label, value=typed[fact.key].strip())
        for fact in FACTS
        if fact.part == part and typed.get(fact.key, "").strip()
    )


def _names_nobody(cases: Sequence[Case], facts: Sequence[PublishedFact]) -> None:
    """A summary points at nobody: no name of a linked person nor a part of one, no case reference in its lines."""
    names = {told.data.name.casefold().strip() for case in cases for told in case.told(PersonLinked)}
    names |= {case.ref.casefold() for case in cases}
    parts = {part for case in cases for told in case.told(PersonLinked) for part in _name_parts(told.data.name)}
    for fact in facts:
        said = fact.value.casefold()
        if any(name and name in said for name in names) or parts & _name_parts(fact.value):
            raise InputError(
                f"“{fact.label}” names somebody or a case; part of a name is enough. Write it without; nothing was "
                "released."
            )


def _name_parts(text: str) -> set[str]:
    """Words that begin with a capital, longer than initials: as a name is written, and not what a pupil is called."""
    words = re.findall(r"[^\W\d_]{3,}", text)
    return {word.casefold() for word in words if word[0].isupper() and word.casefold() not in _NO_NAMES}


def _tables(published: Published) -> tuple[PublishedTable, ...]:
    """Every table, or in a small school the total and the risk classes alone (flows section 13)."""
    why = Withheld.FEWER if published.small_school else Withheld.PROTECTS_PEOPLE
    total = PublishedCell(value=published.total, withheld=why if published.total is None else None)
    tables = [
        PublishedTable(
            id="total", title="All cases", columns=(COLUMN,), rows=(PublishedRow(label="All cases", cells=(total,)),)
        )
    ]
    for table in published.tables:
        if published.small_school and table.id != RISK:
            continue
        rows = tuple(PublishedRow(label=cell.title, cells=(_cell(cell),)) for cell in table.cells)
        if rows:
            tables.append(PublishedTable(id=table.id, title=table.title, columns=(COLUMN,), rows=rows))
    return tuple(tables)


def _cell(cell: Cell) -> PublishedCell:
    if cell.shown is None:
        return PublishedCell(value=None, withheld=Withheld.PROTECTS_PEOPLE)
    return PublishedCell(value=cell.shown)

"""What a window hands to services and shows of their work, without knowing store or exports."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dsl_desk.domain.errors import MediumError
from dsl_desk.domain.handing_over_entries import PackSealed
from dsl_desk.domain.words import PackKind
from dsl_desk.exports.papers.page import fingerprint_groups
from dsl_desk.services.case_things import local_day
from dsl_desk.services.governors import Preview
from dsl_desk.services.handover import HandedOver
from dsl_desk.services.printing import Page, PrintingService
from dsl_desk.store.values import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFacts:
    """What the register of packs says of one pack, and what was packed."""

    number: int
    kind: PackKind
    name: str
    recipient: str
    medium: str
    fingerprint: str
    """24 Crockford symbols of the tag manifest's SHA-256, in groups of four."""
    files: int
    size: int
    """Bytes of those files."""
    entries: int
    """The case's last entry when the pack was sealed."""


def file_from(path: Path) -> Source:
    """A file somebody chose; nothing of it is read yet. Raises MediumError where it cannot be reached."""
    try:
        reached = path.is_file()
    except OSError:
        reached = False
    if not reached:
        raise MediumError("This file can no longer be reached. Choose it again; nothing was taken in.")
    return Source.from_path(path)


def pack_facts(handed: HandedOver) -> PackFacts:
    """What a screen says of a pack just made: the very numbers of its receipt."""
    case, folder = handed.case, handed.pack
    sealed = case.told(PackSealed)[-1]
    pack = next(pack for pack in case.packs if pack.no == sealed.data.no)
    return PackFacts(
        number=pack.no,
        kind=pack.kind,
        name=folder.name,
        recipient=pack.started.recipient_name or pack.started.recipient.replace("_", " "),
        medium=pack.started.medium,
        fingerprint=fingerprint_groups(sealed.data.tagmanifest),
        files=handed.files,
        size=handed.size,
        entries=sealed.at,
    )


def clock_words(at: str) -> str:
    """The time of day alone: 11:32."""
    try:
        return f"{datetime.fromisoformat(at):%H:%M}"
    except ValueError:
        return at


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryTable:
    """One table of a summary as a screen shows it; a count of None is withheld."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SummarySeen:
    """A summary before release, and exactly as it will print."""

    preview: Preview
    school: str
    period: str
    threshold: int
    small_school: bool
    withheld: int
    gives_away: tuple[str, ...]
    tables: tuple[SummaryTable, ...]
    themes: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    """Label and words of every fact beside the counts."""
    beyond: str
    """What the school's policy asks for beyond counts, in words."""
    paper: Page


def summary_seen(preview: Preview, printing: PrintingService, beyond: str = "") -> SummarySeen:
    """What stands in a preview, for a screen, and the paper it would print as."""
    summary = preview.summary
    paper = printing.framed("governor-summary-preview", summary, printing.desk_frame("Summary", named=False))
    return SummarySeen(
        preview=preview,
        school=summary.school,
        period=f"{local_day(summary.period_from)} to {local_day(summary.period_to)}",
        threshold=summary.threshold,
        small_school=summary.small_school,
        withheld=preview.withheld,
        gives_away=preview.gives_away,
        tables=tuple(
            SummaryTable(
                title=table.title,
                columns=table.columns,
                rows=tuple((row.label, tuple(cell.value for cell in row.cells)) for row in table.rows),
            )
            for table in summary.tables
        ),
        themes=summary.themes,
        facts=tuple((fact.label, fact.value) for fact in (*summary.filtering_and_monitoring, *summary.other_facts)),
        beyond=beyond,
        paper=paper,
    )

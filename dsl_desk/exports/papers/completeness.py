"""Completeness: what was looked at, what was not, and what this copy leaves out."""

from dataclasses import dataclass

from dsl_desk.exports.papers.frame import PageFrame
from dsl_desk.exports.papers.sheet import Sheet
from dsl_desk.exports.papers.slots import Column


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletenessLine:
    """One item; `reason` says why it was skipped, failed or is withheld."""

    item: str
    reason: str = ""
    entry: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """Every section prints, also when empty: "None." is an answer."""

    looked_at: tuple[CompletenessLine, ...] = ()
    not_looked_at: tuple[CompletenessLine, ...] = ()
    skipped: tuple[CompletenessLine, ...] = ()
    failed: tuple[CompletenessLine, ...] = ()
    withheld: tuple[CompletenessLine, ...] = ()
    quarantined: tuple[CompletenessLine, ...] = ()
    """Marks only; quarantined content is neither described nor shown."""
    entries_withheld: tuple[CompletenessLine, ...] = ()
    """Journal entries whose content this copy leaves out, with reasons; `entry` is their number."""
    note: str = ""
    reviewed: bool = False


SECTIONS: tuple[tuple[str, str], ...] = (
    ("looked_at", "Looked at"),
    ("not_looked_at", "Not looked at"),
    ("skipped", "Skipped, with reason"),
    ("failed", "Could not be looked at or copied"),
    ("withheld", "Withheld from this copy"),
    ("quarantined", "Quarantined: neither shown nor described"),
    ("entries_withheld", "Journal entries whose content is withheld from this copy"),
)


def completeness_pdf(content: Completeness, frame: PageFrame) -> bytes:
    """What is here, what is not, and why."""
    lead = content.note or "What was looked at, what was not, and what this copy leaves out."
    sheet = Sheet(frame, "Completeness", lead=lead, reviewed=content.reviewed)
    columns = (
        Column(title="Item", share=0.48),
        Column(title="Reason", share=0.4),
        Column(title="Entry", share=0.12, align="right"),
    )
    for field, title in SECTIONS:
        lines: tuple[CompletenessLine, ...] = getattr(content, field)
        sheet.heading(title)
        if lines:
            sheet.table(columns, [(x.item, x.reason, "" if x.entry is None else str(x.entry)) for x in lines])
        else:
            sheet.text("None.")
    return sheet.pdf()

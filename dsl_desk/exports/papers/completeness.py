"""Completeness: what was looked at, what was not, and what this copy leaves out."""

from dataclasses import dataclass

from dsl_desk.exports.papers.frame import PageFrame


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


def completeness_pdf(content: Completeness, frame: PageFrame) -> bytes:
    """What is here, what is not, and why."""
    raise NotImplementedError

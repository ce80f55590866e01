"""Who opened which case when, on paper: times, names and references, and no word of any case."""

from dataclasses import dataclass

from dsl_desk.exports.papers.frame import PageFrame
from dsl_desk.exports.papers.sheet import Sheet
from dsl_desk.exports.papers.slots import Column

TITLE = "Who opened which case"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessLog:
    """The log of a period, the newest first."""

    period: str
    hint: str
    rows: tuple[tuple[str, str, str, str], ...]
    """When, who, case, what."""
    empty: str


def access_log_pdf(content: AccessLog, frame: PageFrame) -> bytes:
    """One row an access; a period in which nothing happened says so."""
    sheet = Sheet(frame, TITLE, lead=f"{content.period}. {content.hint}")
    if not content.rows:
        sheet.text(content.empty)
        return sheet.pdf()
    columns = [
        Column(title="When", share=0.28), Column(title="Who", share=0.30), Column(title="Case", share=0.18),
        Column(title="What", share=0.24),
    ]  # fmt: skip
    sheet.table(columns, content.rows)
    return sheet.pdf()

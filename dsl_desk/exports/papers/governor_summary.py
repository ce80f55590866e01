"""The governor summary on paper: the published values and nothing else (flows 13)."""

from dsl_desk.exports.papers.frame import PageFrame
from dsl_desk.exports.summary import GovernorSummary


def governor_summary_pdf(content: GovernorSummary, frame: PageFrame) -> bytes:
    """Cover, tables, bars, note on method, lines for ink; a withheld cell never tells why it is withheld."""
    raise NotImplementedError

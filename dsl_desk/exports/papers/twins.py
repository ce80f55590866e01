"""Accessible twins in HTML of the papers that are read at length; the same values, no script, no links out."""

from dsl_desk.exports.papers.chronology import Chronology
from dsl_desk.exports.papers.frame import PageFrame
from dsl_desk.exports.papers.review_record import ReviewRecord


def review_record_html(content: ReviewRecord, frame: PageFrame) -> str:
    """The form for a screen reader; form.html beside form.pdf."""
    raise NotImplementedError


def chronology_html(content: Chronology, frame: PageFrame) -> str:
    """The chronology for a screen reader; chronology.html beside chronology.pdf."""
    raise NotImplementedError

"""Exhibit labels: one to cut out for each exhibit; never for a quarantined one."""

from dataclasses import dataclass

from dsl_desk.exports.papers.frame import PageFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitLabel:
    """What one label says."""

    mark: str
    description: str
    produced_by: str
    role: str
    at: str
    """Date and time made or found."""
    sha256: str
    statement_of: str = ""
    """Whose statement refers to it; empty leaves a line for ink."""
    seal_number: str = ""
    handling: str = ""
    quarantined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitLabels:
    """Labels in the order of their marks."""

    labels: tuple[ExhibitLabel, ...]


def exhibit_labels_pdf(content: ExhibitLabels, frame: PageFrame) -> bytes:
    """Labels with cut lines; raises ProcedureError where one is of a quarantined exhibit."""
    raise NotImplementedError

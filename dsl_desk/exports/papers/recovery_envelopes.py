"""Recovery envelope sheets: one printed code each, folded and sealed (format 1, flows 10)."""

from dataclasses import dataclass

from dsl_desk.exports.papers.frame import PageFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryEnvelope:
    """One sheet for one envelope."""

    letter: str
    """A, B or C."""
    generation: int
    printed_code: str
    """As printed and typed back: "A1: XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX"."""
    custodian: str
    kept_where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryEnvelopes:
    """The sheets of one set; no two to one person."""

    envelopes: tuple[RecoveryEnvelope, ...]
    made_at: str


def recovery_envelopes_pdf(content: RecoveryEnvelopes, frame: PageFrame) -> bytes:
    """One page an envelope; the QR never holds a code."""
    raise NotImplementedError

"""The root fingerprint sheet: the one paper against which every signature of the school can be checked."""

from dataclasses import dataclass

from dsl_desk.exports.papers.frame import PageFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class RootFingerprint:
    """SHA-256 of the school's root certificate, and who keeps this sheet."""

    fingerprint: str
    """64 hex digits, lower case."""
    made_at: str
    kept_by: tuple[str, ...] = ()
    """Where copies of this sheet go, such as "Chair of Governors, minutes"."""


def root_fingerprint_pdf(content: RootFingerprint, frame: PageFrame) -> bytes:
    """The fingerprint in groups and as QR, with lines for ink."""
    raise NotImplementedError

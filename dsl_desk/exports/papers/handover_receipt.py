"""The handover receipt: which pack went to whom, and how to know it again."""

from dataclasses import dataclass

from dsl_desk.exports.papers.frame import PageFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverReceipt:
    """A pack handed over; the frame's head is that of `pack_sealed`."""

    pack_name: str
    pack_kind: str
    pack_number: int
    tag_manifest_sha256: str
    """64 hex digits; its first 24 symbols are the pack's fingerprint."""
    sealed_by: tuple[str, ...]
    recipient: str
    """Type and name as recorded, such as "Police"; the officer writes the rest in ink."""
    medium: str
    transport: str
    """By hand on an encrypted stick; AES ZIP; unencrypted at police request, with the reason; upload."""
    files: str = ""
    """How many files and bytes, as text."""
    contents: tuple[str, ...] = ()
    seal_number: str = ""
    signed_off: str = ""
    """"Signed off by A and B at 41", or why not."""
    verdict: str = ""
    """What reading back found."""
    handed_over_by: str = ""


def handover_receipt_pdf(content: HandoverReceipt, frame: PageFrame) -> bytes:
    """One page where it fits, two signatures in ink."""
    raise NotImplementedError

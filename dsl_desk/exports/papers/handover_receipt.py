"""The handover receipt: which pack went to whom, and how to know it again."""

from dataclasses import dataclass

from dsl_desk.exports.papers.fonts import CODE, FINGERPRINT, SMALL
from dsl_desk.exports.papers.frame import PageFrame
from dsl_desk.exports.papers.page import fingerprint_groups
from dsl_desk.exports.papers.sheet import Sheet
from dsl_desk.exports.papers.slots import Field


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
    sheet = Sheet(frame, "Handover receipt", lead="Which pack went to whom, and how to know it again. One copy each.")
    sheet.facts(
        [
            ("Pack", f"{content.pack_name} (no. {content.pack_number}, {content.pack_kind})"),
            ("Sealed by", "\n".join(content.sealed_by)),
            ("Sign-off", content.signed_off),
            ("Read back", content.verdict),
            ("Size", content.files),
            ("Medium", content.medium),
            ("Seal no.", content.seal_number),
            ("How it travels", content.transport),
            ("For", content.recipient),
        ]
    )
    if content.contents:
        sheet.heading("Contents")
        for line in content.contents:
            sheet.text(f"–  {line}", after=1)
    sheet.heading("How to know this pack again", keep_with=70)
    sheet.fields(
        Field(
            label="Pack fingerprint (tag manifest)",
            value=fingerprint_groups(content.tag_manifest_sha256),
            style=FINGERPRINT,
        )
    )
    sheet.fields(
        Field(label="SHA-256 of bag/tagmanifest-sha256.txt, in full", value=content.tag_manifest_sha256, style=CODE)
    )
    sheet.space(4)
    sheet.text(
        f"The record’s head after sealing is that of entry {frame.at_entry}; its first 24 symbols stand at the foot.",
        SMALL,
        after=4,
    )
    sheet.heading("Received by", keep_with=150)
    sheet.ink("Name, rank or role, number", "Force or agency, telephone")
    sheet.ink("Their reference", "Condition of bag and seal")
    sheet.signatures(("Handed over by", content.handed_over_by), ("Received by", ""))
    return sheet.pdf()

"""The cover sheet that travels with a pack."""

from dataclasses import dataclass

from dsl_desk.exports.papers.fonts import CODE, FINGERPRINT, READ, READ_STRONG
from dsl_desk.exports.papers.frame import PageFrame
from dsl_desk.exports.papers.page import fingerprint_groups
from dsl_desk.exports.papers.sheet import Sheet
from dsl_desk.exports.papers.slots import Field

_SEVEN_ZIP = (
    "It is an AES-256 ZIP: Windows Explorer and plain unzip cannot read it. Open it with 7-Zip or a tool that knows "
    "AES ZIP, with the passphrase that comes another way, then open the ZIP inside."
)
_OPEN = (
    "Begin with START-HERE.txt; the officer summary (two pages) is the first thing to read. Do not change anything in "
    "the folder: copy it first, work on the copy."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransportCover:
    """How a pack travels and how it is opened; never its passphrase."""

    pack_name: str
    to: str
    sent_by: str
    way: str
    """Encrypted stick by hand; AES ZIP; unencrypted at police request; upload."""
    aes_zip: bool
    """True where the other end needs 7-Zip: the sheet says so."""
    tag_manifest_sha256: str
    medium: str = ""
    seal_number: str = ""
    files: str = ""
    reason: str = ""
    """Why unencrypted, where police asked for that."""
    passphrase_goes: str = ""
    """How the passphrase travels, apart from the pack."""
    purpose: str = ""
    """Why it goes to them."""
    basis: str = ""
    """On what basis in law, and where the privacy notice is, as the school puts it."""


def transport_cover_pdf(content: TransportCover, frame: PageFrame) -> bytes:
    """One page to lie on the bag."""
    sheet = Sheet(frame, "Transport cover sheet", lead="Travels with the pack. No passphrase stands on this sheet.")
    sheet.fields(Field(label="To", value=content.to, style=READ_STRONG))
    sheet.fields(Field(label="From", value=f"{frame.school}\n{content.sent_by}", style=READ))
    sheet.space(6)
    sheet.facts(
        [
            ("Pack", content.pack_name),
            ("How it travels", content.way),
            ("Medium", content.medium),
            ("Seal no.", content.seal_number),
            ("Size", content.files),
            ("Passphrase", content.passphrase_goes),
            *([("Unencrypted because", content.reason)] if content.reason else []),
            *([("Why it goes to you", content.purpose)] if content.purpose else []),
            *([("Basis in law", content.basis)] if content.basis else []),
        ]
    )
    sheet.heading("How to open it")
    if content.aes_zip:
        sheet.text("This archive needs 7-Zip at the other end.", READ_STRONG, after=2)
        sheet.text(_SEVEN_ZIP, after=4)
    sheet.text(_OPEN)
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
    sheet.heading("Received", keep_with=60)
    sheet.ink("Name, role", "Date, time", "Condition of bag and seal")
    return sheet.pdf()

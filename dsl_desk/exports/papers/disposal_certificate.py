"""The disposal certificate: permanent proof of what was destroyed, without its content (flows 14)."""

from dataclasses import dataclass

from dsl_desk.exports.papers.frame import PageFrame
from dsl_desk.exports.papers.sheet import Sheet
from dsl_desk.exports.papers.slots import Column


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposedItem:
    """What was disposed of, without content."""

    item: str
    """Record or exhibit identifier."""
    rule: str
    """Class and rule, such as date of birth + 25."""
    due: str
    method: str
    """Key destroyed, file erased, paper shredded, medium wiped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposalCertificate:
    """Printed only once every file is gone and the key is rotated (format 3)."""

    items: tuple[DisposedItem, ...]
    done_at: str
    authorised_by: str
    done_by: str
    checks: tuple[tuple[str, str], ...]
    """(legal hold, inquiry, subject access request, open referral …; what was found)."""
    agency_consent: str = ""
    backups_with_keys: tuple[str, ...] = ()
    """Every backup that still holds keys."""
    exceptions: str = ""
    entry_digest: str = ""
    """Digest of the `disposed` entry."""


def disposal_certificate_pdf(content: DisposalCertificate, frame: PageFrame) -> bytes:
    """The certificate, with two signature lines."""
    sheet = Sheet(
        frame,
        "Disposal certificate",
        lead="Permanent proof of what was destroyed. It holds no content of what is gone.",
    )
    sheet.facts([("Done", content.done_at), ("Authorised by", content.authorised_by), ("Done by", content.done_by)])
    sheet.heading("Destroyed")
    columns = (
        Column(title="Record or exhibit", share=0.34),
        Column(title="Class and rule", share=0.24),
        Column(title="Due", share=0.14),
        Column(title="How", share=0.28),
    )
    sheet.table(columns, [(x.item, x.rule, x.due, x.method) for x in content.items])
    sheet.heading("Checked before")
    sheet.facts(content.checks)
    sheet.heading("Copies")
    if content.backups_with_keys:
        sheet.text("These backups still hold keys of what was destroyed:", after=2)
        for backup in content.backups_with_keys:
            sheet.text(f"–  {backup}", after=1)
    else:
        sheet.text("No backup that the desk knows of still holds its keys.")
    sheet.facts(
        [
            ("Police or agency consent", content.agency_consent or "Not needed"),
            ("Exceptions", content.exceptions or "None"),
            ("Digest of the entry", content.entry_digest),
        ]
    )
    sheet.signatures(("Authorised by", content.authorised_by), ("Done by", content.done_by))
    return sheet.pdf()

"""The disposal certificate: permanent proof of what was destroyed, without its content (flows 14)."""

from dataclasses import dataclass

from dsl_desk.exports.papers.frame import PageFrame


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
    raise NotImplementedError

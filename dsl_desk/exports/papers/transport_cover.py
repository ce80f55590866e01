"""The cover sheet that travels with a pack."""

from dataclasses import dataclass

from dsl_desk.exports.papers.frame import PageFrame


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


def transport_cover_pdf(content: TransportCover, frame: PageFrame) -> bytes:
    """One page to lie on the bag."""
    raise NotImplementedError

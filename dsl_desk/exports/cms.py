"""Detached CMS signatures in the one form of the format (format section 6, CMS)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from dsl_desk.domain.errors import DslDeskError
from dsl_desk.signatures import Certificate, PrivateKey, certificate_der, certificate_sha256, common_name


class SignatureFault(DslDeskError):  # noqa: N818 - what a reader finds, told as a verdict
    """A signature does not hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Somebody who signs now: their opened signing key and their certificate."""

    key: PrivateKey
    certificate: Certificate

    @property
    def name(self) -> str:
        """The name in the certificate, which papers show."""
        return common_name(self.certificate)

    @property
    def certificate_sha256(self) -> str:
        """How the certificate is named everywhere."""
        return certificate_sha256(self.certificate)

    @property
    def certificate_der(self) -> bytes:
        """The certificate's DER."""
        return certificate_der(self.certificate)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedBy:
    """Whose signature holds, and when by the signing laptop's own clock."""

    name: str
    certificate_sha256: str
    certificate_der: bytes
    signed_at: dt.datetime


def cms_detached(content: bytes, signers: Sequence[Signer]) -> bytes:
    """One detached CMS over `content` by every signer; strict DER, low s, leaves only."""
    raise NotImplementedError


def verify_cms(
    p7s: bytes, content: bytes, root_der: bytes | None, expected: Sequence[str] | None = None
) -> list[SignedBy]:
    """Check a detached CMS strictly; raises SignatureFault with the reason.

    `root_der` None means that the certificates need not lead anywhere (witnesses).
    `expected` are the SHA-256 of the certificates that must have signed, one each, no others.
    """
    raise NotImplementedError

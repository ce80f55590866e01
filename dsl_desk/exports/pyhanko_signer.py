"""This desk's keys as pyHanko takes them; imported only when something is signed (pyHanko takes half a second)."""

import asyncio
import datetime as dt
import logging

from asn1crypto import algos, x509
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_cms import Signer as PyHankoSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from dsl_desk.signatures import Signer, certificate_der

for _talker in ("pyhanko", "pyhanko_certvalidator"):
    # what is wrong with a file is told as a verdict; their own lines are tracebacks that quote what they read
    logging.getLogger(_talker).setLevel(logging.CRITICAL + 1)

_LONGEST_SIGNATURE = 72
"""DER of two P-256 numbers with their leading zeros."""


def _leaf_alone() -> SimpleCertificateStore:
    """Nothing beside the signer's own certificate goes into a signature."""
    return SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko's own gap


class DeskSigner(PyHankoSigner):
    """Signs with a key of `cryptography`, s in the lower half, the signer's leaf alone beside it."""

    def __init__(self, signer: Signer) -> None:
        super().__init__(
            signing_cert=x509.Certificate.load(certificate_der(signer.certificate)),
            cert_registry=_leaf_alone(),
            embed_roots=False,
            signature_mechanism=algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
        )
        self._signer = signer

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The signature value; `dry_run` asks only how long it can be."""
        if digest_algorithm != "sha256":
            raise ValueError("this desk signs SHA-256 alone")
        return bytes(_LONGEST_SIGNATURE) if dry_run else self._signer.sign(data)


def detached(signer: Signer, content: bytes, at: dt.datetime) -> bytes:
    """One signer's detached CMS, as pyHanko writes it."""
    made = asyncio.run(
        DeskSigner(signer).async_sign_general_data(
            content,
            "sha256",
            detached=True,
            use_cades=True,
            signed_attr_settings=PdfCMSSignedAttributes(signing_time=at),
        )
    )
    raw: bytes = made.dump()
    return raw


def signing_time() -> dt.datetime:
    """The laptop's clock, to the second: the one clock read outside the program's edge (format section 3, Time)."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)

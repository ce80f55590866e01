"""Detached CMS signatures in the one form of the format (format section 6, CMS).

A reader rebuilds the whole file from what it says (leaves, times, digests,
signature values) and compares the bytes: whatever openssl would also have
accepted, such as another version number, a further attribute or a signer added,
is a fault here.
"""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dsl_desk.domain.errors import DamagedError, DslDeskError
from dsl_desk.signatures import (
    Signer,
    certificate_public,
    common_name,
    leaf_fault,
    read_certificate,
    verifies,
)

LARGEST_CMS = 1 << 20
_UTC_TIME_ENDS = 2050
PARSER_FAULTS = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    NotImplementedError,
    AssertionError,
)
"""What a parser of other people's bytes may raise; every one of them is the file's fault."""


class SignatureFault(DslDeskError):  # noqa: N818 - what a reader finds, told as a verdict
    """A signature does not hold."""


class OtherContentFault(SignatureFault):
    """The signature is sound, but over other content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedBy:
    """Whose signature holds, and when by the signing laptop's own clock."""

    name: str
    certificate_sha256: str
    certificate_der: bytes
    signed_at: dt.datetime


def cms_detached(content: bytes, signers: Sequence[Signer]) -> bytes:
    """One detached CMS over `content` by every signer; strict DER, low s, leaves only.

    The signing time is this laptop's clock. What was made is read back strictly
    before it is given out; raises SignatureFault where that does not hold.
    """
    from dsl_desk.exports import pyhanko_signer  # noqa: PLC0415 - half a second, paid only when something is signed

    at = pyhanko_signer.signing_time()
    parts = [pyhanko_signer.detached(signer, content, at) for signer in signers]
    if not parts:
        raise SignatureFault("Nobody was named to sign. Nothing was signed.")
    made = parts[0] if len(parts) == 1 else _merged(parts)
    verify_cms(made, content, None)
    return made


def _merged(parts: Sequence[bytes]) -> bytes:
    from asn1crypto import cms  # noqa: PLC0415 - slow to load, and only who signs or checks needs it

    single = [cms.ContentInfo.load(part, strict=True)["content"] for part in parts]
    return _content_info(
        single[0]["digest_algorithms"],
        [certificate for one in single for certificate in one["certificates"]],
        [info for one in single for info in one["signer_infos"]],
    )


def _content_info(digest_algorithms: Any, certificates: list[Any], signer_infos: list[Any]) -> bytes:
    """The outer form, in which nothing is left to choose."""
    from asn1crypto import cms  # noqa: PLC0415 - slow to load, and only who signs or checks needs it

    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": digest_algorithms,
            "encap_content_info": {"content_type": "data"},
            "certificates": certificates,
            "signer_infos": signer_infos,
        }
    )
    raw: bytes = cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump()
    return raw


def verify_cms(
    p7s: bytes, content: bytes, root_der: bytes | None, expected: Sequence[str] | None = None
) -> list[SignedBy]:
    """Check a detached CMS strictly; raises SignatureFault with the reason.

    `root_der` None means that the certificates need not lead anywhere (witnesses).
    `expected` are the SHA-256 of the certificates that must have signed, one each, no others.
    Raises OtherContentFault where everything holds except that other content was signed.
    """
    if len(p7s) > LARGEST_CMS:
        raise SignatureFault("It is larger than any signature can be.")
    try:
        signed = read_strictly(p7s, timed=True)
        people = [signed_by(one, one.at) for one in signed if one.at is not None]
        for one in people:
            check_leaf(one.certificate_der, root_der)
    except (*PARSER_FAULTS, DamagedError) as error:
        raise SignatureFault("It is not a signature in the form of the format.") from error
    found = [one.certificate_sha256 for one in people]
    if len(set(found)) != len(found):
        raise SignatureFault("One certificate signed twice.")
    if expected is not None and sorted(found) != sorted(expected):
        raise SignatureFault("It is not signed by exactly those who should have signed.")
    if {one.digest for one in signed} != {hashlib.sha256(content).digest()}:
        raise OtherContentFault("The signature is sound, but over other content.")
    return people


def check_leaf(der: bytes, root_der: bytes | None) -> None:
    """A person's certificate that leads to the root; with None anybody's will do. Raises SignatureFault."""
    if root_der is None:
        return
    fault = leaf_fault(read_certificate(der), read_certificate(root_der))
    if fault is not None:
        raise SignatureFault(f"The signer’s certificate does not hold: {fault}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """One signer of a CMS whose signature value holds: the leaf, what was signed, and when if it says so."""

    der: bytes
    digest: bytes
    at: dt.datetime | None


def read_strictly(p7s: bytes, *, timed: bool) -> list[Signed]:
    """Who signed which digest, once the file equals its own rebuilding; `timed` is false inside a PDF.

    Raises SignatureFault, DamagedError or one of PARSER_FAULTS.
    """
    from asn1crypto import cms, tsp  # noqa: F401, PLC0415 - `tsp` registers signingCertificateV2

    signed = cms.ContentInfo.load(p7s, strict=True)["content"]
    held = [leaf.chosen for leaf in signed["certificates"]]
    leaves = {(leaf.issuer.dump(), leaf.serial_number): leaf.dump() for leaf in held}
    people: list[Signed] = []
    rebuilt = []
    for info in signed["signer_infos"]:
        sid = info["sid"].chosen
        der = leaves[sid["issuer"].dump(), sid["serial_number"].native]
        attributes = {attribute["type"].native: attribute["values"] for attribute in info["signed_attrs"]}
        attributes_der = _signed_attributes(attributes, der, timed=timed)
        rebuilt.append(_signer_info(info, attributes_der, der))
        certificate = read_certificate(der)
        if not verifies(certificate_public(certificate), info["signature"].native, attributes_der):
            raise SignatureFault("The signature does not hold.")
        people.append(
            Signed(
                der=der,
                digest=attributes["message_digest"][0].native,
                at=attributes["signing_time"][0].native if timed else None,
            )
        )
    algorithms = [_sha256_like(algorithm) for algorithm in signed["digest_algorithms"]][:1]
    again = _content_info(algorithms, [cms.CertificateChoices.load(der) for der in leaves.values()], rebuilt)
    if not people or len(people) != len(leaves) or again != p7s:
        raise SignatureFault("It is not spelled as the format has it.")
    return people


def signed_by(one: Signed, at: dt.datetime) -> SignedBy:
    """A signer by the name in the certificate."""
    return SignedBy(
        name=common_name(read_certificate(one.der)),
        certificate_sha256=hashlib.sha256(one.der).hexdigest(),
        certificate_der=one.der,
        signed_at=at,
    )


def _sha256_like(algorithm: Any) -> Any:
    """SHA-256, its parameters absent or null as they stand in the file."""
    from asn1crypto import algos, core  # noqa: PLC0415 - slow to load, and only who signs or checks needs it

    made = algos.DigestAlgorithm({"algorithm": "sha256"})
    made["parameters"] = core.Void() if isinstance(algorithm["parameters"], core.Void) else core.Null()
    return made


def _signed_attributes(attributes: dict[str, Any], der: bytes, *, timed: bool) -> bytes:
    """The signed attributes anew, from nothing but the leaf, the time (not inside a PDF) and the digest."""
    from asn1crypto import cms, tsp, x509  # noqa: PLC0415 - slow to load, and only who signs or checks needs it

    leaf = x509.Certificate.load(der, strict=True)
    identity: dict[str, Any] = {"cert_hash": hashlib.sha256(der).digest()}
    if attributes["signing_certificate_v2"][0]["certs"][0]["issuer_serial"].native is not None:
        issuer = x509.GeneralNames([_settled(x509.GeneralName({"directory_name": leaf.issuer}))])
        issued = tsp.IssuerSerial({"issuer": _settled(issuer), "serial_number": leaf.serial_number})
        identity["issuer_serial"] = _settled(issued)
    certificate = _settled(tsp.ESSCertIDv2(identity))
    values: dict[str, Any] = {
        "content_type": "data",
        "message_digest": attributes["message_digest"][0].native,
        "signing_certificate_v2": _settled(tsp.SigningCertificateV2({"certs": [certificate]})),
    }
    if timed:
        at = attributes["signing_time"][0].native
        values["signing_time"] = cms.Time({"utc_time" if at.year < _UTC_TIME_ENDS else "general_time": at})
    parts = [_settled(cms.CMSAttribute({"type": name, "values": [value]})) for name, value in values.items()]
    raw: bytes = cms.CMSAttributes(parts).dump()
    return raw


def _settled(value: Any) -> Any:
    """The same, as it is read back: asn1crypto walks what is new once for every level above it, what is read never."""
    return type(value).load(value.dump())


def _signer_info(info: Any, attributes_der: bytes, der: bytes) -> Any:
    """The SignerInfo anew around its signed attributes and signature value."""
    from asn1crypto import cms, x509  # noqa: PLC0415 - slow to load, and only who signs or checks needs it

    leaf = x509.Certificate.load(der, strict=True)
    made = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                {"issuer_and_serial_number": {"issuer": leaf.issuer, "serial_number": leaf.serial_number}}
            ),
            "digest_algorithm": _sha256_like(info["digest_algorithm"]),
            "signed_attrs": cms.CMSAttributes.load(attributes_der),
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signature": info["signature"].native,
        }
    )
    return cms.SignerInfo.load(made.dump())

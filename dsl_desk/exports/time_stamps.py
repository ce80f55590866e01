"""A time stamp by an outside authority over a pack's list of digests (RFC 3161), read strictly."""

import datetime as dt
import hashlib
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from dsl_desk.exports.cms import LARGEST_CMS, PARSER_FAULTS, OtherContentFault, SignatureFault

_HASHES: Final[dict[str, hashes.HashAlgorithm]] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
_CERTIFICATE_FAULTS = (
    InvalidSignature,
    UnsupportedAlgorithm,
    x509.ExtensionNotFound,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
    CryptographyDeprecationWarning,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """Who stamped, when, and whether that leads to a root the reader gave."""

    authority: str
    at: dt.datetime
    trusted: bool


def verify_time_stamp(reply: bytes, content: bytes, roots: Sequence[bytes]) -> Stamped:
    """Check a time-stamp reply over `content`; raises SignatureFault with the reason.

    `roots` are DER certificates the reader trusts; without them the stamp can hold
    and still be anybody's.
    """
    if len(reply) > LARGEST_CMS:
        raise SignatureFault("It is larger than any time stamp can be.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", CryptographyDeprecationWarning)
            return _verified(reply, content, roots)
    except (*PARSER_FAULTS, *_CERTIFICATE_FAULTS) as error:
        raise SignatureFault("It is not a sound time stamp.") from error


def _verified(reply: bytes, content: bytes, roots: Sequence[bytes]) -> Stamped:
    from asn1crypto import tsp  # noqa: PLC0415 - loaded only where there is a time stamp

    response = tsp.TimeStampResp.load(reply, strict=True)
    token = response["time_stamp_token"]
    granted = tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": type(token).load(token.dump())})
    if granted.dump() != reply or token["content_type"].native != "signed_data":
        raise SignatureFault("It is not a reply that grants a time stamp and says nothing else.")
    signed = token["content"]
    info, leaf, others = _signer(signed)
    _check_outer_form(token, signed, info, leaf)
    _check_signature(signed, info, leaf)
    told = signed["encap_content_info"]["content"].parsed
    imprint = told["message_imprint"]
    algorithm = imprint["hash_algorithm"]["algorithm"].native
    if algorithm not in _HASHES or imprint["hashed_message"].native != hashlib.new(algorithm, content).digest():
        raise OtherContentFault("It is over other content.")
    return Stamped(authority=_name(leaf), at=told["gen_time"].native, trusted=_leads_to(leaf, others, roots))


def _signer(signed: Any) -> tuple[Any, x509.Certificate, list[x509.Certificate]]:
    """The one signer, the certificate it names, and the other certificates inside."""
    (info,) = signed["signer_infos"]
    sid = info["sid"].chosen
    held = [one.chosen for one in signed["certificates"]]
    (leaf,) = [
        one
        for one in held
        if (one.issuer.dump(), one.serial_number) == (sid["issuer"].dump(), sid["serial_number"].native)
    ]
    others = [x509.load_der_x509_certificate(one.dump()) for one in held if one is not leaf]
    return info, x509.load_der_x509_certificate(leaf.dump()), others


def _check_outer_form(token: Any, signed: Any, info: Any, leaf: x509.Certificate) -> None:
    """Nothing outside the signed part may be free to change."""
    from asn1crypto import cms  # noqa: PLC0415

    again = cms.SignedData(
        {
            "version": "v3",
            "digest_algorithms": [type(info["digest_algorithm"]).load(info["digest_algorithm"].dump())],
            "encap_content_info": type(signed["encap_content_info"]).load(signed["encap_content_info"].dump()),
            "certificates": type(signed["certificates"]).load(signed["certificates"].untag().dump()),
            "signer_infos": [cms.SignerInfo.load(info.dump())],
        }
    )
    if cms.ContentInfo({"content_type": "signed_data", "content": again}).dump() != token.dump():
        raise SignatureFault("It is not spelled as a time stamp must be.")
    if info["version"].native != "v1" or info["unsigned_attrs"].native:
        raise SignatureFault("It carries more than a time stamp may.")
    usage = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    if not usage.critical or list(usage.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise SignatureFault("It is signed with a certificate that is not for time stamps.")


def _check_signature(signed: Any, info: Any, leaf: x509.Certificate) -> None:
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415

    attributes = {one["type"].native: one["values"] for one in info["signed_attrs"]}
    algorithm = info["digest_algorithm"]["algorithm"].native
    digest = _HASHES[algorithm]
    body = bytes(signed["encap_content_info"]["content"])
    der = leaf.public_bytes(Encoding.DER)
    if (attributes["content_type"][0].native, signed["encap_content_info"]["content_type"].native) != ("tst_info",) * 2:
        raise SignatureFault("It is not over a time stamp’s own content.")
    if attributes["message_digest"][0].native != hashlib.new(algorithm, body).digest():
        raise SignatureFault("Its signature is over other content.")
    _check_named_certificate(attributes, der)
    message, value = info["signed_attrs"].untag().dump(), info["signature"].native
    kind = info["signature_algorithm"].signature_algo
    if info["signature_algorithm"]["algorithm"].native not in {
        "rsassa_pkcs1v15",
        f"{algorithm}_rsa",
        f"{algorithm}_ecdsa",
    }:
        raise SignatureFault("Its algorithms do not fit each other.")
    match leaf.public_key():
        case rsa.RSAPublicKey() as key if kind == "rsassa_pkcs1v15":
            key.verify(value, message, padding.PKCS1v15(), digest)
        case ec.EllipticCurvePublicKey() as curve if kind == "ecdsa":
            curve.verify(value, message, ec.ECDSA(digest))
        case _:
            raise SignatureFault("Its algorithms do not fit each other.")


def _check_named_certificate(attributes: dict[str, Any], der: bytes) -> None:
    """The signed part names the very certificate that signed (signingCertificate, or its second version)."""
    if "signing_certificate_v2" in attributes:
        named = attributes["signing_certificate_v2"][0]["certs"][0]
        algorithm = named["hash_algorithm"]["algorithm"].native
    else:
        named, algorithm = attributes["signing_certificate"][0]["certs"][0], "sha1"
    if named["cert_hash"].native != hashlib.new(algorithm, der, usedforsecurity=False).digest():
        raise SignatureFault("It names another certificate than the one that signed.")


def _leads_to(leaf: x509.Certificate, others: list[x509.Certificate], roots: Sequence[bytes]) -> bool:
    """Whether the chain ends in a root the reader gave.

    Raises SignatureFault unless every other certificate inside can itself be checked
    and belongs to the chain, up to one that signs itself or is given.
    """
    given = [x509.load_der_x509_certificate(der) for der in roots]
    if not all(any(_issued(one, by) for by in (*others, *given)) for one in others):
        raise SignatureFault("It holds a certificate that cannot be checked without the authority’s own root.")
    left, last = list(others), leaf
    while above := [one for one in left if _issued(last, one)]:
        last = above[0]
        left.remove(last)
    if left:
        raise SignatureFault("It holds certificates that belong to no chain.")
    chain = [leaf, *(one for one in others if one not in left)]
    return any(one in given or any(_issued(one, root) for root in given) for one in chain)


def _issued(one: x509.Certificate, by: x509.Certificate) -> bool:
    try:
        one.verify_directly_issued_by(by)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
        return False
    return True


def _name(certificate: x509.Certificate) -> str:
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()

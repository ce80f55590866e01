"""Keys, signatures and certificates as ordinary tools know them (format sections 1 and 8).

ECDSA over P-256 with SHA-256 throughout, strict DER, s in the lower half: a
flipped s verifies elsewhere, so readers here refuse it. Stands below the store
and the exports, which both sign and verify.
"""

import base64
import hashlib
import re
import warnings
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.oid import NameOID

from dsl_desk.domain.errors import DamagedError
from dsl_desk.domain.words import AccountId

_ECDSA: Final = ec.ECDSA(hashes.SHA256())
CURVE_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
NO_END: Final = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
_PEM = re.compile(
    rb"-----BEGIN CERTIFICATE-----\n((?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/=]{1,64}\n)-----END CERTIFICATE-----\n"
)

PrivateKey = ec.EllipticCurvePrivateKey
PublicKey = ec.EllipticCurvePublicKey
Certificate = x509.Certificate


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Somebody who has just proved themselves and signs now; held for one act and dropped.

    `account` is `root` where two recovery codes opened the school root.
    """

    account: AccountId
    name: str
    certificate: Certificate
    key: PrivateKey = field(repr=False)

    def sign(self, message: bytes) -> bytes:
        """This person's own signature over the message, low s."""
        return sign(self.key, message)


def new_key() -> PrivateKey:
    """A fresh P-256 key."""
    return ec.generate_private_key(ec.SECP256R1())


def public_bytes(key: PublicKey) -> bytes:
    """DER SubjectPublicKeyInfo, named curve, uncompressed: 91 bytes."""
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def key_id(key: PublicKey) -> str:
    """SHA-256 of the public key's bytes."""
    return hashlib.sha256(public_bytes(key)).hexdigest()


def read_public(raw: bytes) -> PublicKey:
    """Read a public key in the formats' one encoding; raises DamagedError for any other."""
    try:
        key = serialization.load_der_public_key(raw)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise DamagedError("A public key could not be read. Nothing was changed.") from error
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise DamagedError("A public key is not of the kind this desk uses. Nothing was changed.")
    if public_bytes(key) != raw:
        raise DamagedError("A public key is not spelled as it must be. Nothing was changed.")
    return key


def private_bytes(key: PrivateKey) -> bytes:
    """DER PKCS#8, unencrypted, to be sealed at once."""
    return key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def read_private(raw: bytes) -> PrivateKey:
    """Read a private key that was sealed here; raises DamagedError for anything else."""
    try:
        key = serialization.load_der_private_key(raw, None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise DamagedError("A private key could not be read. Nothing was changed.") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise DamagedError("A private key is not of the kind this desk uses. Nothing was changed.")
    return key


def low_s(signature: bytes) -> bytes:
    """The same signature with s in the lower half."""
    r, s = utils.decode_dss_signature(signature)
    return utils.encode_dss_signature(r, min(s, CURVE_ORDER - s))


def sign(key: PrivateKey, message: bytes) -> bytes:
    """ECDSA over SHA-256 of the message, strict DER, low s."""
    return low_s(key.sign(message, _ECDSA))


def verifies(key: PublicKey, signature: bytes, message: bytes) -> bool:
    """Whether this is the key's signature over the message, in the one accepted form."""
    try:
        r, s = utils.decode_dss_signature(signature)
        if s > CURVE_ORDER // 2 or utils.encode_dss_signature(r, s) != signature:
            return False
        key.verify(signature, message, _ECDSA)
    except (InvalidSignature, ValueError):
        return False
    return True


def certificate_sha256(certificate: Certificate) -> str:
    """SHA-256 over the DER certificate: how certificates are named everywhere."""
    return hashlib.sha256(certificate_der(certificate)).hexdigest()


def certificate_der(certificate: Certificate) -> bytes:
    """The certificate's DER."""
    return certificate.public_bytes(serialization.Encoding.DER)


def certificate_pem(der: bytes) -> bytes:
    """The formats' one PEM: 64 characters a line, LF, nothing between."""
    text = base64.b64encode(der)
    lines = b"".join(text[at : at + 64] + b"\n" for at in range(0, len(text), 64))
    return b"-----BEGIN CERTIFICATE-----\n" + lines + b"-----END CERTIFICATE-----\n"


def read_pem(raw: bytes) -> list[bytes]:
    """DER of each certificate of a canonical PEM file; raises DamagedError where it is not canonical."""
    fault = "A file of certificates is not spelled as it must be."
    try:
        found = [base64.b64decode(match[1]) for match in _PEM.finditer(raw)]
    except ValueError as error:
        raise DamagedError(fault) from error
    if b"".join(map(certificate_pem, found)) != raw:
        raise DamagedError(fault)
    return found


def read_certificate(der: bytes) -> Certificate:
    """Read a certificate of this desk's kind; raises DamagedError for anything else."""
    try:
        with warnings.catch_warnings():  # what the library only warns of, such as a negative number, is refused here
            warnings.simplefilter("error", CryptographyDeprecationWarning)
            certificate = x509.load_der_x509_certificate(der)
        certificate_public(certificate)
        common_name(certificate)
    except (
        ValueError,
        TypeError,
        UnsupportedAlgorithm,
        x509.InvalidVersion,
        CryptographyDeprecationWarning,
    ) as error:
        raise DamagedError("A certificate could not be read.") from error
    if certificate_der(certificate) != der:
        raise DamagedError("A certificate is not spelled as it must be.")
    return certificate


def certificate_public(certificate: Certificate) -> PublicKey:
    """The certificate's public key; raises DamagedError unless it is P-256."""
    return read_public(
        certificate.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )


def common_name(certificate: Certificate) -> str:
    """The name that papers and `Sealed-By` show; raises DamagedError where there is not exactly one."""
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    if len(names) != 1 or not isinstance(names[0].value, str):
        raise DamagedError("A certificate does not name one holder.")
    return names[0].value


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _usage(*, root: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not root,
        content_commitment=not root,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=root,
        crl_sign=root,
        encipher_only=False,
        decipher_only=False,
    )


def _builder(subject: str, issuer: x509.Name, key: PublicKey, at: datetime) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at.replace(microsecond=0) - timedelta(days=1))
        .not_valid_after(NO_END)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def issue_root(common: str, key: PrivateKey, at: datetime) -> Certificate:
    """The school's own root: CA, path length 0, valid for ever (a proof must outlive a post)."""
    return (
        _builder(common, _name(common), key.public_key(), at)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(root=True), critical=True)
        .sign(key, hashes.SHA256())
    )


def issue_leaf(common: str, key: PublicKey, root: Certificate, root_key: PrivateKey, at: datetime) -> Certificate:
    """A person's certificate: signs and stands by it, nothing else; no extended key usage."""
    return (
        _builder(common, root.subject, key, at)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(root=False), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(certificate_public(root)), critical=False)
        .sign(root_key, hashes.SHA256())
    )


def _profile_fault(certificate: Certificate, *, root: bool) -> str | None:
    try:
        basic = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage)
        certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    except x509.ExtensionNotFound:
        return "a certificate lacks what every certificate of a desk has"
    except (ValueError, TypeError, x509.DuplicateExtension):
        return "a certificate’s extensions could not be read"
    wanted = x509.BasicConstraints(ca=root, path_length=0 if root else None)
    if not (basic.critical and usage.critical) or basic.value != wanted or usage.value != _usage(root=root):
        return "a certificate allows other things than it should"
    if certificate.not_valid_after_utc != NO_END:
        return "a certificate ends, and no certificate of a desk does"
    return None


def root_fault(root: Certificate) -> str | None:
    """Say what is wrong with a school root, or None: self-signed, CA, path length 0."""
    try:
        root.verify_directly_issued_by(root)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
        return "the school root does not sign itself"
    return _profile_fault(root, root=True)


def leaf_fault(leaf: Certificate, root: Certificate) -> str | None:
    """Say why a certificate does not lead to the root, or None."""
    try:
        leaf.verify_directly_issued_by(root)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
        return "a certificate does not lead to the school root"
    return _profile_fault(leaf, root=False)

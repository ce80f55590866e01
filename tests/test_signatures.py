"""Keys, signatures and certificates: only the one accepted form passes, and every other is refused in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa, utils
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from dsl_desk import signatures
from dsl_desk.domain.errors import DamagedError
from dsl_desk.domain.words import AccountId

AT = datetime(2026, 11, 12, 9, 0, 0, 123456, tzinfo=UTC)
ROOT_KEY, KEY = signatures.new_key(), signatures.new_key()
ROOT = signatures.issue_root("REHEARSAL Example Vale School", ROOT_KEY, AT)
LEAF = signatures.issue_leaf("REHEARSAL Demo Placeholder", KEY.public_key(), ROOT, ROOT_KEY, AT)
RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
COMPRESSED = bytes.fromhex("3039301306072a8648ce3d020106082a8648ce3d030107032200")
BUILTIN = {"basic": x509.BasicConstraints(ca=False, path_length=None), "usage": signatures._usage(root=False)}


def certificate(*names: str, key: Any = KEY, **changed: Any) -> x509.Certificate:
    """A certificate signed by the root, of whatever kind the test wants."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name) for name in names])
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(ROOT.subject)
        .public_key(key.public_key())
        .serial_number(77)
        .not_valid_before(AT)
        .not_valid_after(changed.pop("ends", signatures.NO_END))
    )
    critical = changed.pop("critical", True)
    for extension in {**BUILTIN, **changed}.values():
        built = built.add_extension(extension, critical=critical) if extension is not None else built
    ski = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    return built.add_extension(ski, critical=False).sign(ROOT_KEY, hashes.SHA256())


def spki(key: Any) -> bytes:
    raw = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    assert isinstance(raw, bytes)
    return raw


def pkcs8(key: Any) -> bytes:
    raw = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    assert isinstance(raw, bytes)
    return raw


def test_a_public_key_goes_out_and_comes_back_as_91_bytes():
    raw = signatures.public_bytes(KEY.public_key())
    assert len(raw) == 91
    assert signatures.public_bytes(signatures.read_public(raw)) == raw
    assert len(signatures.key_id(KEY.public_key())) == 64


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"no key",
        spki(RSA_KEY.public_key()),
        spki(ec.generate_private_key(ec.SECP384R1()).public_key()),
        COMPRESSED
        + KEY.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.CompressedPoint),
    ],
    ids=["empty", "text", "rsa", "p-384", "compressed"],
)
def test_any_other_public_key_is_refused(raw):
    with pytest.raises(DamagedError):
        signatures.read_public(raw)


def test_a_private_key_comes_back():
    kept = signatures.read_private(signatures.private_bytes(KEY))
    assert signatures.key_id(kept.public_key()) == signatures.key_id(KEY.public_key())


@pytest.mark.parametrize(
    "raw", [b"no key", pkcs8(RSA_KEY), pkcs8(ec.generate_private_key(ec.SECP384R1()))], ids=["text", "rsa", "p-384"]
)
def test_any_other_private_key_is_refused(raw):
    with pytest.raises(DamagedError):
        signatures.read_private(raw)


@given(st.binary(max_size=200))
def test_every_signature_is_low_and_its_flipped_twin_is_refused(message):
    signature = signatures.sign(KEY, message)
    r, s = utils.decode_dss_signature(signature)
    twin = utils.encode_dss_signature(r, signatures.CURVE_ORDER - s)

    assert s <= signatures.CURVE_ORDER // 2
    assert signatures.verifies(KEY.public_key(), signature, message)
    assert not signatures.verifies(KEY.public_key(), twin, message)
    assert signatures.low_s(twin) == signature


def test_a_signature_holds_for_its_own_key_and_words_only():
    signer = signatures.Signer(account=AccountId("0" * 32), name="Demo Placeholder", certificate=LEAF, key=KEY)
    signature = signer.sign(b"judged")

    assert signatures.verifies(signatures.certificate_public(LEAF), signature, b"judged")
    assert not signatures.verifies(KEY.public_key(), signature, b"judgeD")
    assert not signatures.verifies(ROOT_KEY.public_key(), signature, b"judged")
    assert not signatures.verifies(KEY.public_key(), b"no signature", b"judged")
    assert not signatures.verifies(KEY.public_key(), signature + b"\0", b"judged")
    assert "key" not in repr(signer)


def test_root_and_leaf_are_what_the_format_asks_for():
    assert signatures.root_fault(ROOT) is None
    assert signatures.leaf_fault(LEAF, ROOT) is None
    assert signatures.common_name(LEAF) == "REHEARSAL Demo Placeholder"
    assert signatures.NO_END == LEAF.not_valid_after_utc == ROOT.not_valid_after_utc
    assert AT.replace(microsecond=0) - timedelta(days=1) == LEAF.not_valid_before_utc


def test_a_certificate_comes_back_from_its_bytes():
    der = signatures.certificate_der(LEAF)
    assert signatures.certificate_sha256(signatures.read_certificate(der)) == signatures.certificate_sha256(LEAF)


def negative_serial() -> bytes:
    """A certificate whose number was made negative: the library only warns, the desk refuses."""
    der = bytearray(signatures.certificate_der(certificate("Demo Placeholder")))
    at = der.index(bytes.fromhex("a003020102") + b"\x02\x01\x4d") + 7
    der[at] = 0xCD
    return bytes(der)


@pytest.mark.parametrize(
    "der",
    [
        b"no certificate",
        signatures.certificate_der(LEAF) + b"\0",
        signatures.certificate_der(certificate("Demo Placeholder", key=RSA_KEY)),
        signatures.certificate_der(certificate()),
        signatures.certificate_der(certificate("Demo Placeholder", "Somebody Else")),
        negative_serial(),
    ],
    ids=["text", "longer", "rsa", "nameless", "two names", "negative number"],
)
def test_any_other_certificate_is_refused(der):
    with pytest.raises(DamagedError):
        signatures.read_certificate(der)


def test_a_certificate_that_the_library_would_spell_differently_is_refused(monkeypatch):
    der = signatures.certificate_der(LEAF)
    monkeypatch.setattr(signatures, "certificate_der", lambda _certificate: der + b"\0")
    with pytest.raises(DamagedError, match="not spelled as it must be"):
        signatures.read_certificate(der)


def test_a_file_of_certificates_comes_back_in_order():
    ders = [signatures.certificate_der(one) for one in (ROOT, LEAF)]
    assert signatures.read_pem(b"".join(map(signatures.certificate_pem, ders))) == ders
    assert signatures.read_pem(b"") == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda pem: pem.replace(b"\n", b"\r\n"),
        lambda pem: b"a word before\n" + pem,
        lambda pem: pem.replace(b"CERTIFICATE", b"PRIVATE KEY"),
        lambda _pem: b"-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----\n",
        lambda _pem: b"-----BEGIN CERTIFICATE-----\nAB=A\n-----END CERTIFICATE-----\n",
    ],
    ids=["crlf", "text before", "other kind", "no base64", "padding inside"],
)
def test_a_file_of_certificates_in_another_spelling_is_refused(spoil):
    with pytest.raises(DamagedError):
        signatures.read_pem(spoil(signatures.certificate_pem(signatures.certificate_der(LEAF))))


def test_a_root_that_somebody_else_signed_is_refused():
    assert signatures.root_fault(LEAF) == "the school root does not sign itself"


def test_a_root_that_allows_more_or_less_is_refused():
    own = certificate("REHEARSAL Example Vale School", key=ROOT_KEY)  # self-signed, but as a person's certificate
    assert own.issuer == ROOT.subject
    assert signatures.root_fault(own) == "a certificate allows other things than it should"


def test_a_leaf_of_another_root_is_refused():
    other_key = signatures.new_key()
    other = signatures.issue_root("REHEARSAL Example Vale School", other_key, AT)
    assert signatures.leaf_fault(LEAF, other) == "a certificate does not lead to the school root"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"basic": x509.BasicConstraints(ca=True, path_length=None)}, "allows other things"),
        ({"usage": signatures._usage(root=True)}, "allows other things"),
        ({"critical": False}, "allows other things"),
        ({"usage": None}, "lacks what every certificate of a desk has"),
        ({"ends": signatures.NO_END - timedelta(seconds=1)}, "a certificate ends"),
    ],
    ids=["may issue", "other usage", "not critical", "no usage", "ends"],
)
def test_a_leaf_that_allows_more_or_less_is_refused(changed, why):
    fault = signatures.leaf_fault(certificate("Demo Placeholder", **changed), ROOT)
    assert fault is not None
    assert why in fault


def test_a_leaf_whose_extensions_cannot_be_read_is_refused():
    torn = x509.UnrecognizedExtension(x509.oid.ExtensionOID.KEY_USAGE, b"\x30\x01\x00")
    fault = signatures.leaf_fault(certificate("Demo Placeholder", usage=torn), ROOT)
    assert fault == "a certificate’s extensions could not be read"

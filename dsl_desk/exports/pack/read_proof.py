"""Reading the proof: the seal, the school root, witnesses and a time stamp (format section 6)."""

from collections.abc import Sequence
from dataclasses import dataclass

from dsl_desk.domain.encoding import sha256_hex
from dsl_desk.domain.errors import DamagedError
from dsl_desk.exports.cms import OtherContentFault, SignatureFault, SignedBy, verify_cms
from dsl_desk.exports.pack.layout import SEAL, TAG_MANIFEST, TIME_STAMP, WITNESS
from dsl_desk.exports.pack.pack_reader import PackReader
from dsl_desk.exports.pack.read_bag import BagInfo, read_certificates
from dsl_desk.exports.pack.verdict import Signature, TimeStamp
from dsl_desk.exports.time_stamps import verify_time_stamp
from dsl_desk.signatures import certificate_public, public_bytes, read_certificate, root_fault

ROOT = "bag/school-root.pem"
SIGNERS = "bag/signers.pem"
_NO_HEX = bytes(set(range(256)) - set(b"0123456789abcdef"))


def told(one: SignedBy) -> Signature:
    """A signature as the verdict tells of it."""
    return Signature(name=one.name, certificate=one.certificate_sha256, at=one.signed_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """Whether the list of digests is the one that was sealed, and by whom as far as the seal itself says."""

    holds_list: bool
    people: tuple[SignedBy, ...]


def read_seal(reader: PackReader, tag_manifest: bytes) -> Seal:
    """Judge the seal over the tag manifest by itself; where its signers lead is judged after the bag was compared."""
    raw = reader.read(SEAL)
    if raw is None:
        return Seal(holds_list=False, people=())
    try:
        return Seal(holds_list=True, people=tuple(verify_cms(raw, tag_manifest, None)))
    except OtherContentFault:
        reader.alter(f"bag/{TAG_MANIFEST}", "altered: it is not the list that was sealed")
        return Seal(holds_list=False, people=())
    except SignatureFault as fault:
        reader.alter(SEAL, f"the seal does not hold: {fault}")
        return Seal(holds_list=True, people=())


def read_root(reader: PackReader, fingerprint: str | None) -> bytes | None:
    """DER of the school root; compared with the fingerprint from paper where one is given."""
    ders = read_certificates(reader, ROOT)
    if ders is None:
        return None
    try:
        fault = "it holds other than one certificate" if len(ders) != 1 else root_fault(read_certificate(ders[0]))
    except DamagedError:
        fault = "it holds a certificate that could not be read"
    if fault is not None:
        reader.fail(ROOT, fault)
        return None
    if fingerprint is not None and sha256_hex(ders[0]) != fingerprint:
        reader.fail(ROOT, "it is not the school root whose fingerprint was given")
    return ders[0]


def check_sealers(reader: PackReader, seal: Seal, info: BagInfo | None, root: bytes | None) -> None:
    """Signers of the seal = signers.pem = Sealed-By, names as in their certificates, each leading to the root."""
    signed = {one.certificate_sha256: one.name for one in seal.people}
    if not signed:
        return
    declared = {digest: name for name, digest in info.sealers} if info is not None else signed
    if set(declared) != set(signed):
        reader.fail(SEAL, "the seal is not by exactly those whom bag-info.txt declares")
    elif declared != signed or (info is not None and len(info.sealers) != len(signed)):
        reader.fail("bag/bag-info.txt", "Sealed-By does not name those who sealed as their certificates do")
    if len({_key(one) for one in seal.people}) < len(seal.people):
        reader.fail(SEAL, "two of its certificates hold one key, so they are one person’s")
    ders = read_certificates(reader, SIGNERS)
    if ders is not None and [sha256_hex(der) for der in ders] != sorted(declared):
        reader.fail(SIGNERS, "it does not hold exactly the certificates of those who sealed")
    raw, manifest = reader.read(SEAL), reader.read(f"bag/{TAG_MANIFEST}")
    if root is not None and raw is not None and manifest is not None:
        try:
            verify_cms(raw, manifest, root)
        except SignatureFault as fault:
            reader.fail(SEAL, f"the seal does not hold: {fault}")


def _key(one: SignedBy) -> bytes:
    """Whose key it is: anybody can make another certificate for a key, or spell one otherwise."""
    return public_bytes(certificate_public(read_certificate(one.certificate_der)))


def begins_later(root: bytes | None, seal: Seal) -> str | None:
    """Say, where it is so, that a certificate begins after the seal was made: ordinary tools refuse it until then."""
    if root is None or not seal.people:
        return None
    begins = max(
        read_certificate(der).not_valid_before_utc for der in (root, *(p.certificate_der for p in seal.people))
    )
    if all(begins <= one.signed_at for one in seal.people):
        return None
    return (
        f"A certificate begins on {begins:%Y-%m-%d}, after the seal was made: the school’s clock was wrong once. "
        "Until that day openssl says “not yet valid”; nothing else is judged by it."
    )


def check_no_fingerprint(reader: PackReader, root: bytes) -> None:
    """No readable page may carry the fingerprint it asks to compare, however it is spelled."""
    wanted = sha256_hex(root).encode("ascii")
    for path in ("bag/START-HERE.txt", "bag/data/index.html"):
        raw = reader.read_intact(path)
        if raw is not None and wanted in raw.lower().translate(None, _NO_HEX):
            reader.fail(path, "it carries the fingerprint that must come another way")


def read_witnesses(reader: PackReader, tag_manifest: bytes, seal: Seal, info: BagInfo | None) -> tuple[Signature, ...]:
    """Witnesses over the tag manifest, numbered from 1; whose they are is for the reader to judge."""
    found = {int(match[1]): path for path in reader.sizes if (match := WITNESS.fullmatch(path))}
    people: list[Signature] = []
    sealers = {one.certificate_sha256 for one in seal.people} | {digest for _, digest in (info.sealers if info else ())}
    keys = {_key(one) for one in seal.people}
    for number, path in sorted(found.items()):
        if number > len(found):
            reader.fail(path, "witnesses are not numbered from 1 without gaps")
        raw = reader.read(path)
        if raw is None:
            continue
        try:
            signed = verify_cms(raw, tag_manifest, None)
        except SignatureFault as fault:
            _blame(reader, path, "this witness", fault, seal)
            continue
        if {one.certificate_sha256 for one in signed} & sealers or keys & {_key(one) for one in signed}:
            reader.fail(path, "a sealer cannot be a witness of the own seal")
        people.extend(map(told, signed))
    return tuple(people)


def _blame(reader: PackReader, path: str, what: str, fault: SignatureFault, seal: Seal) -> None:
    """A sound signature over another list blames that list, where the seal already says that it was altered."""
    if seal.holds_list or not isinstance(fault, OtherContentFault):
        reader.fail(path, f"{what} does not hold: {fault}")


def read_time_stamp(reader: PackReader, tag_manifest: bytes, seal: Seal, roots: Sequence[bytes]) -> TimeStamp | None:
    """The time stamp over the tag manifest, if there is one; trusted only with a root the reader gave."""
    raw = reader.read(TIME_STAMP)
    if raw is None:
        return None
    try:
        found = verify_time_stamp(raw, tag_manifest, roots)
    except SignatureFault as fault:
        _blame(reader, TIME_STAMP, "the time stamp", fault, seal)
        return None
    return TimeStamp(authority=found.authority, at=found.at, trusted=found.trusted)

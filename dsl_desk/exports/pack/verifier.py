"""The judge of packs: needs no desk, names every file that fails and why (format section 6).

The order keeps blame where it belongs: first the seal over the list of lists, then
the lists against the files, and only then what the files say - a file whose bytes
are not those that were sealed has failed by its own name, and nothing further is
concluded from it.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from dsl_desk.domain.encoding import sha256_hex
from dsl_desk.domain.errors import InputError
from dsl_desk.domain.moments import parse_utc
from dsl_desk.domain.payload import EntryBook
from dsl_desk.domain.words import PackKind
from dsl_desk.exports.cms import SignedBy
from dsl_desk.exports.pack.layout import SEAL, TAG_MANIFEST
from dsl_desk.exports.pack.pack_reader import PackReader
from dsl_desk.exports.pack.read_bag import (
    BagInfo,
    check_files,
    check_lists,
    check_oxum,
    check_texts,
    read_info,
    read_manifest,
)
from dsl_desk.exports.pack.read_data import check_exhibits, check_pages, check_papers, check_tables
from dsl_desk.exports.pack.read_journal import ENTRIES, Journal, JournalReader
from dsl_desk.exports.pack.read_proof import (
    Seal,
    begins_later,
    check_no_fingerprint,
    check_sealers,
    read_root,
    read_seal,
    read_time_stamp,
    read_witnesses,
    told,
)
from dsl_desk.exports.pack.read_sign_off import FORM, REVIEWERS, SignOff, check_sign_off, read_sign_off
from dsl_desk.exports.pack.read_sign_off import TEXT as SIGN_OFF_TEXT
from dsl_desk.exports.pack.verdict import Signature, SignedOff, TimeStamp, Verdict
from dsl_desk.exports.signed_form import load_form_reader
from dsl_desk.signatures import certificate_public, common_name, read_certificate

_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


def verify_pack(
    pack: Path,
    *,
    book: EntryBook,
    fingerprint: str | None = None,
    time_stamp_roots: Sequence[bytes] = (),
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Verdict:
    """Judge a pack folder by itself.

    `fingerprint` is the school root's SHA-256 from paper (colons, blanks and case do not
    matter), `book` knows the kinds of entry (`case_entries.BOOK`), `time_stamp_roots`
    are DER certificates of authorities the reader trusts. Raises CouldNotJudge
    where this is no pack at all, InputError where the fingerprint is none, Cancelled
    where `cancelled()` says so.
    """
    reader = PackReader(pack, progress=progress, cancelled=cancelled, read_back={})
    return _judge(reader, book, _fingerprint(fingerprint), time_stamp_roots)


def verify_written(pack: Path, *, book: EntryBook, fingerprint: str, read_back: Mapping[str, str]) -> Verdict:
    """The same judgement of a pack that was just written, with the digests read back from the medium itself."""
    reader = PackReader(pack, progress=lambda _done, _total: None, cancelled=lambda: False, read_back=read_back)
    return _judge(reader, book, fingerprint, ())


def _fingerprint(text: str | None) -> str | None:
    if text is None:
        return None
    plain = "".join(text.lower().replace(":", "").split())
    if not _FINGERPRINT.fullmatch(plain):
        raise InputError("A fingerprint has 64 digits and letters from a to f. Copy it again from the school’s sheet.")
    return plain


def _judge(reader: PackReader, book: EntryBook, fingerprint: str | None, stamp_roots: Sequence[bytes]) -> Verdict:
    with reader.hashing():
        tag_manifest = reader.read(f"bag/{TAG_MANIFEST}") or b""
        seal = read_seal(reader, tag_manifest)
        if SIGN_OFF_TEXT in reader.sizes:
            load_form_reader()
    check_lists(reader, read_manifest(reader, f"bag/{TAG_MANIFEST}") or {}, tags_sealed=seal.holds_list)
    info = read_info(reader)
    check_files(reader, info.kind if info else None)
    check_texts(reader)
    if info is not None:
        check_oxum(reader, info)
    root = read_root(reader, fingerprint)
    check_sealers(reader, seal, info, root)
    if root is not None:
        check_no_fingerprint(reader, root)
    witnesses = read_witnesses(reader, tag_manifest, seal, info)
    time_stamp = read_time_stamp(reader, tag_manifest, seal, stamp_roots)
    sign_off = read_sign_off(reader, root) if info is None or info.kind is PackKind.SIGNED_OFF else None
    journal = _read_journal(reader, book, root, seal, info, sign_off)
    signed_off = check_sign_off(reader, sign_off, info, journal, book) if sign_off else None
    check_exhibits(reader, info, journal)
    check_tables(reader)
    check_pages(reader, info)
    check_papers(reader)
    _check_withdrawn(reader, journal, seal, sign_off)
    return _verdict(reader, info, root, seal, journal, signed_off, witnesses, time_stamp, given=fingerprint is not None)


def _read_journal(
    reader: PackReader, book: EntryBook, root: bytes | None, seal: Seal, info: BagInfo | None, sign_off: SignOff | None
) -> Journal:
    root_key = certificate_public(read_certificate(root)) if root else None
    sealers = {one.certificate_sha256 for one in seal.people}
    return JournalReader(reader, book, root, root_key).read(info, sign_off.certificates if sign_off else set(), sealers)


def _check_withdrawn(reader: PackReader, journal: Journal, seal: Seal, sign_off: SignOff | None) -> None:
    """No certificate may be used after the register says it was withdrawn."""
    until = {
        name: parse_utc(row["withdrawn_at_utc"])
        for name, row in journal.register.items()
        if row["withdrawn_at_utc"] is not None
    }
    for certificate, at in sorted(journal.used.items()):  # both in the one spelling, whose order is that of time
        if certificate in until and at > journal.register[certificate]["withdrawn_at_utc"]:
            reader.fail(ENTRIES, "a certificate was used after it was withdrawn")
    _check_used(reader, SEAL, seal.people, until)
    if sign_off is not None:
        for person in sign_off.people:
            path = REVIEWERS[[name for _, name in sign_off.reviewers].index(person.certificate_sha256)]
            _check_used(reader, path, (person,), until)
        _check_used(reader, FORM, sign_off.form_people, until)


def _check_used(reader: PackReader, path: str, people: Sequence[SignedBy], until: Mapping[str, dt.datetime]) -> None:
    for one in people:
        end = until.get(one.certificate_sha256)
        if end is not None and one.signed_at > end:
            reader.fail(path, "a certificate was used after it was withdrawn")


def _verdict(
    reader: PackReader,
    info: BagInfo | None,
    root: bytes | None,
    seal: Seal,
    journal: Journal,
    signed_off: SignedOff | None,
    witnesses: tuple[Signature, ...],
    time_stamp: TimeStamp | None,
    *,
    given: bool,
) -> Verdict:
    names = [common_name(read_certificate(root))] if root else []
    newer = sum(one.known is None and one.kind is not None for one in journal.entries)
    notes = (
        [f"{newer} of the journal’s entries were made by a newer program and are kept as they are."] if newer else []
    )
    notes += [note for note in (begins_later(root, seal),) if note is not None]
    return Verdict(
        failures=reader.failures,
        rehearsal=(info is not None and info.rehearsal) or any(name.startswith("REHEARSAL") for name in names),
        school=info.school if info else None,
        case=info.case if info else None,
        kind=info.kind if info else None,
        number=info.number if info else None,
        entries=len(journal.entries),
        withheld=sum(one.kind is None for one in journal.entries),
        files=len(reader.under("bag/data")),
        sealed_by=tuple(map(told, seal.people)),
        signed_off=signed_off,
        root_sha256=sha256_hex(root) if root else None,
        fingerprint_given=given,
        witnesses=witnesses,
        time_stamp=time_stamp,
        notes=tuple(notes),
    )

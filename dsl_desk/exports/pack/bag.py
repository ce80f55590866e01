"""Writing a pack straight to the medium: written, sealed, read back past the cache, verified (format section 6)."""

import contextlib
import re
import shutil
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dsl_desk.domain.encoding import sha256_hex
from dsl_desk.domain.errors import InputError, MediumError
from dsl_desk.domain.journal import Header
from dsl_desk.domain.payload import EntryBook
from dsl_desk.exports.files import FULL, THERE_ALREADY, free_room, medium_errors, sync_folder
from dsl_desk.exports.pack.checks import check_contents
from dsl_desk.exports.pack.contents import PackContents
from dsl_desk.exports.pack.index import index_html
from dsl_desk.exports.pack.journal_files import NamedCertificates, checkpoint, entries_chunks
from dsl_desk.exports.pack.layout import BAGIT, FORMAT, MANIFEST, SEAL, TAG_MANIFEST, exhibit_folder
from dsl_desk.exports.pack.medium import MediumWriter, Written
from dsl_desk.exports.pack.proof import Sealing
from dsl_desk.exports.pack.record import exhibit_file_name, record_json
from dsl_desk.exports.pack.start_here import start_here
from dsl_desk.exports.pack.tables import table_bytes
from dsl_desk.exports.pack.transport import PARTIAL, Archive
from dsl_desk.exports.pack.verdict import Verdict
from dsl_desk.exports.pack.verifier import verify_written
from dsl_desk.signatures import certificate_der, certificate_pem

_REVIEWER = re.compile(r"Reviewer-[12]: .+; certificate-sha256=([0-9a-f]{64})")
_SPARE = 4 << 20
"""Room for folders, names and rounding to the medium's blocks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedPack:
    """A pack that stands whole on the medium under its partial name, verified, waiting for its journal entry."""

    partial: Path
    final: Path
    tag_manifest_sha256: str
    p7s_sha256: str
    verdict: Verdict
    files: int
    size: int
    """Bytes of the payload."""


def write_pack(
    contents: PackContents,
    folder: Path,
    sealing: Sealing,
    *,
    book: EntryBook,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> SealedPack:
    """Write `<name>.partial` under `folder`, seal, read back, verify.

    `progress(done, total)` counts bytes; `cancelled()` is asked between chunks and
    raises Cancelled here. Exhibits are read on the calling thread. Raises InputError where
    the contents break the format, MediumError for a full or removed medium or one
    that gives back other bytes than it took. Nothing finished is left in any of these cases.
    """
    header = check_contents(contents, sealing)
    small = _small_files(contents, sealing, header)
    total = sum(map(len, small.values())) + sum(exhibit.size or 0 for exhibit in contents.exhibits if exhibit.read)
    total += sum(len(entry.payload or b"") + 1024 for entry in contents.entries)
    partial, final = folder / (contents.name + PARTIAL), folder / contents.name
    with medium_errors():
        if final.exists() or partial.exists():
            raise MediumError(THERE_ALREADY)
        if free_room(folder) < total + _SPARE:
            raise MediumError(FULL)
    done = 0

    def count(size: int) -> None:
        nonlocal done
        done += size
        progress(min(done, total), total)

    writer = MediumWriter(partial, progress=count, cancelled=cancelled)
    try:
        sealed = _write_and_seal(writer, contents, small, sealing)
        verdict = _verified(partial, contents, book, writer.written)
        progress(total, total)
    except BaseException:
        writer.close()
        discard(partial)
        raise
    writer.close()
    payload = [one for path, one in writer.written.items() if path.startswith("bag/data/")]
    return SealedPack(
        partial=partial,
        final=final,
        tag_manifest_sha256=writer.written[f"bag/{TAG_MANIFEST}"].sha256,
        p7s_sha256=sealed,
        verdict=verdict,
        files=len(payload),
        size=sum(one.size for one in payload),
    )


def _small_files(contents: PackContents, sealing: Sealing, header: Header) -> dict[str, bytes]:
    """Every file that is made here, by its path in the pack; small enough to be held whole."""
    named = NamedCertificates(contents, (sha256_hex(der) for der in sealing.certificates), _reviewers(contents))
    files = {
        "officer-summary.pdf": contents.officer_summary,
        "index.html": index_html(contents),
        **{f"papers/{name}": raw for name, raw in contents.papers.items()},
        **{f"exhibits/{exhibit_folder(one.mark)}/record.json": record_json(one) for one in contents.exhibits},
        "tables/addresses.csv": table_bytes(contents.tables.addresses),
        "tables/continuity.csv": table_bytes(contents.tables.continuity),
        "tables/people.csv": table_bytes(contents.tables.people),
        "journal/sessions.jsonl": named.sessions(),
        "journal/certificates.pem": named.certificates(),
        "journal/register.json": named.register(),
        "journal/checkpoint.json": checkpoint(contents, header, contents.entries[-1].digest),
    }
    if contents.sign_off is not None:
        files["sign-off/sign-off.txt"] = contents.sign_off.text
        files["sign-off/reviewer-1.p7s"] = contents.sign_off.reviewer_1
        files["sign-off/reviewer-2.p7s"] = contents.sign_off.reviewer_2
    return {f"bag/data/{path}": raw for path, raw in files.items()}


def _reviewers(contents: PackContents) -> list[str]:
    if contents.sign_off is None:
        return []
    return _REVIEWER.findall(contents.sign_off.text.decode("utf-8", errors="replace"))


def _write_and_seal(writer: MediumWriter, contents: PackContents, small: dict[str, bytes], sealing: Sealing) -> str:
    """Everything in its order: exhibits, papers, manifests, seal; returns the seal's digest."""
    for exhibit in contents.exhibits:
        name = exhibit_file_name(exhibit)
        if name is not None and exhibit.read is not None:
            path = f"bag/data/exhibits/{exhibit_folder(exhibit.mark)}/{name}"
            found = writer.write(path, exhibit.read())
            if (found.sha256, found.size) != (exhibit.sha256, exhibit.size):
                raise InputError("An exhibit is not what was taken in. No pack was made; run a full check of the desk.")
    for path, raw in small.items():
        writer.write(path, [raw])
    writer.write("bag/data/journal/entries.jsonl", entries_chunks(contents.entries))
    payload = {path.removeprefix("bag/"): one for path, one in writer.written.items()}
    start, info = start_here(contents), _bag_info(contents, sealing, payload)
    tags = {
        "bagit.txt": BAGIT,
        "bag-info.txt": info,
        MANIFEST: _manifest(payload),
        "START-HERE.txt": start,
        "school-root.pem": certificate_pem(certificate_der(contents.root)),
        "signers.pem": b"".join(map(certificate_pem, sorted(sealing.certificates, key=sha256_hex))),
    }
    for name, raw in tags.items():
        writer.write(f"bag/{name}", [raw])
    writer.write("START-HERE.txt", [start])
    writer.settle()
    tag_manifest = _manifest({name: writer.written[f"bag/{name}"] for name in tags})
    writer.write(f"bag/{TAG_MANIFEST}", [tag_manifest])
    seal = writer.write(SEAL, [sealing.seal(tag_manifest, info)])
    writer.settle()
    writer.sync_folders()
    return seal.sha256


def _manifest(files: dict[str, Written]) -> bytes:
    """Lines as sha256sum writes and checks them, sorted by path bytes."""
    return "".join(f"{files[path].sha256}  {path}\n" for path in sorted(files)).encode("ascii")


def _one_line(text: str) -> str:
    """Words as a line of bag-info.txt may hold them."""
    kept = "".join(char for char in " ".join(text.split()) if unicodedata.category(char) not in {"Cc", "Cf", "Cs"})
    return kept or "not stated"


def _bag_info(contents: PackContents, sealing: Sealing, payload: dict[str, Written]) -> bytes:
    """bag-info.txt: each label once, in the format's order."""
    school = _one_line(contents.school)
    if contents.rehearsal and not school.startswith("REHEARSAL"):
        school = f"REHEARSAL {school}"
    signed_off = str(contents.signed_off_at)
    if contents.signed_off_at is None:
        signed_off = f"none ({_one_line(contents.not_signed_off_because)})"
    lines = [
        ("Bag-Software-Agent", _one_line(contents.program)),
        ("Bagging-Date", contents.bagging_date.isoformat()),
        ("Payload-Oxum", f"{sum(one.size for one in payload.values())}.{len(payload)}"),
        ("Source-Organization", school),
        ("External-Identifier", contents.case),
        ("Pack-Format", FORMAT),
        ("Pack-Kind", contents.kind.value),
        ("Pack-Number", str(contents.number)),
        ("Recipient-Type", _one_line(contents.recipient)),
        *(("Sealed-By", f"{name}; certificate-sha256={certificate}") for name, certificate in sealing.people),
        ("Signed-Off-At", signed_off),
    ]
    return "".join(f"{label}: {value}\n" for label, value in lines).encode("utf-8")


def _verified(partial: Path, contents: PackContents, book: EntryBook, written: dict[str, Written]) -> Verdict:
    """Judge what lies on the medium as a stranger would, with the digests that were just read back from it."""
    root = sha256_hex(certificate_der(contents.root))
    verdict = verify_written(partial, book=book, fingerprint=root, read_back={k: v.sha256 for k, v in written.items()})
    if not verdict.good:
        first = verdict.failures[0]
        raise InputError(
            f"The pack did not pass its own check ({first.path.rsplit('/', 1)[-1]}: {first.why}). "
            "It was not finished and nothing of it is left. Run a full check of the desk."
        )
    return verdict


def finish(pack: SealedPack | Archive) -> Path:
    """Give the pack or archive its final name, after the store recorded `pack_sealed`; raises MediumError."""
    with medium_errors():
        if pack.final.exists():
            raise MediumError(THERE_ALREADY)
        pack.partial.rename(pack.final)
        sync_folder(pack.final.parent)
    return pack.final


def discard(partial: Path) -> None:
    """Remove an unfinished pack or archive, as far as the medium allows; refuses anything not named `.partial`.

    On a medium that was removed nothing can be done, and nothing needs to be: without its
    seal and its final name what lies there can be taken for nothing finished.
    """
    if not partial.name.endswith(PARTIAL) or partial.is_symlink():
        raise InputError("Only an unfinished pack can be discarded. Nothing was removed.")
    if partial.is_dir():
        shutil.rmtree(partial, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            partial.unlink()

"""Reading the bag: which files are there, both lists of digests, bag-info.txt (format section 6)."""

import re
from dataclasses import dataclass

from dsl_desk.domain.errors import DamagedError
from dsl_desk.domain.words import PackKind
from dsl_desk.exports.pack.layout import (
    BAGIT,
    INFO_LABELS,
    MANIFEST,
    PERSON,
    TAG_FILES,
    TAG_MANIFEST,
    may_stand,
    required_files,
)
from dsl_desk.exports.pack.pack_reader import PackReader
from dsl_desk.exports.pack.start_here import SEAL_COMMAND
from dsl_desk.signatures import read_pem

_LINE = re.compile(rb"([0-9a-f]{64})  ([\x21-\x7e]+)")
_TEXT = re.compile(r"\.(txt|pem|jsonl|json|html)")
_BOM = b"\xef\xbb\xbf"
BAG_INFO = "bag/bag-info.txt"
START = "START-HERE.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class BagInfo:
    """What bag-info.txt says."""

    school: str
    case: str
    kind: PackKind
    number: int
    sealers: tuple[tuple[str, str], ...]
    """Name and certificate of each."""
    signed_off_at: int | None
    oxum: str
    rehearsal: bool


def read_manifest(reader: PackReader, path: str) -> dict[str, str] | None:
    """A list of digests by path, in the one form sha256sum writes, sorted; None where it is not that (named)."""
    raw = reader.read(path)
    if raw is None:
        return None
    listed: dict[str, str] = {}
    whole = raw.endswith(b"\n")
    for line in raw.split(b"\n")[:-1]:
        found = _LINE.fullmatch(line)
        if found is None or found[2].decode("ascii") in listed:
            whole = False
            continue
        listed[found[2].decode("ascii")] = found[1].decode("ascii")
    if not whole or list(listed) != sorted(listed):
        reader.fail(path, "it is not a sorted list with one line a file")
    return listed


def compare(reader: PackReader, manifest: str, listed: dict[str, str], present: set[str], *, sealed: bool) -> None:
    """Name every file that is not what its list says; `sealed` is whether the list itself can be relied upon."""
    doubt = "" if sealed else f" (but {manifest} was itself altered)"
    for path in sorted(present | set(listed)):
        inner = f"bag/{path}"
        if path not in present:
            reader.fail(inner, f"missing{doubt}")
        elif path not in listed:
            reader.alter(inner, f"not in the sealed list: it was added{doubt}")
        elif reader.digest(inner) not in {listed[path], None}:
            reader.alter(inner, f"altered: not the bytes that were sealed{doubt}")


def check_lists(reader: PackReader, tags: dict[str, str], *, tags_sealed: bool) -> None:
    """Both lists against the files, START-HERE.txt against its signed copy."""
    reader_tags = {name for name in TAG_FILES if f"bag/{name}" in reader.sizes}
    compare(reader, TAG_MANIFEST, tags, reader_tags, sealed=tags_sealed)
    if set(tags) != TAG_FILES and tags_sealed:
        reader.fail(f"bag/{TAG_MANIFEST}", "it does not list exactly the files it should")
    if START in reader.sizes and reader.digest(START) not in {tags.get(START), None}:
        reader.fail(START, "altered: it differs from its sealed copy")
    listed = read_manifest(reader, f"bag/{MANIFEST}")
    if listed is not None:
        present = {path.removeprefix("bag/") for path in reader.under("bag/data")}
        compare(reader, MANIFEST, listed, present, sealed=tags_sealed and reader.intact(f"bag/{MANIFEST}"))


def check_files(reader: PackReader, kind: PackKind | None) -> None:
    """Exactly the files of the format and kind; of an unknown kind only what every kind holds."""
    required = required_files(kind or PackKind.STOPPED)
    allowed = required if kind else required_files(PackKind.SIGNED_OFF) | required
    for path in sorted(required - set(reader.sizes)):
        reader.fail(path, "missing")
    for path in sorted(set(reader.sizes) - allowed):
        if not may_stand(path):
            reader.fail(path, "not a file of this kind of pack: it was added")


def read_info(reader: PackReader) -> BagInfo | None:
    """bag-info.txt with each label once, in order, and nothing else; None where it is not that (named)."""
    raw = reader.read_intact(BAG_INFO)
    if raw is None:
        return None
    try:
        lines = raw.decode("utf-8").split("\n")
    except ValueError:
        reader.fail(BAG_INFO, "it is not text")
        return None
    pairs = [line.partition(": ")[::2] for line in lines[:-1]]
    labels = [label for at, (label, _) in enumerate(pairs) if label != "Sealed-By" or pairs[at - 1][0] != label]
    odd = [label for label, value in pairs if not re.fullmatch(INFO_LABELS.get(label, "(?!)"), value)]
    facts = dict(pairs)
    if lines[-1] or odd or labels != list(INFO_LABELS):
        reader.fail(BAG_INFO, "its lines are not those of the format, in their order")
        return None
    kind, at = PackKind(facts["Pack-Kind"]), facts["Signed-Off-At"]
    if at.startswith("none") == (kind is PackKind.SIGNED_OFF):
        reader.fail(BAG_INFO, "Signed-Off-At does not fit the kind of pack")
    sealers = [re.fullmatch(PERSON, value) for label, value in pairs if label == "Sealed-By"]
    return BagInfo(
        school=facts["Source-Organization"],
        case=facts["External-Identifier"],
        kind=kind,
        number=int(facts["Pack-Number"]),
        sealers=tuple((found[1], found[2]) for found in sealers if found),
        signed_off_at=None if at.startswith("none") else int(at),
        oxum=facts["Payload-Oxum"],
        rehearsal=facts["Source-Organization"].startswith("REHEARSAL"),
    )


def check_oxum(reader: PackReader, info: BagInfo) -> None:
    """Payload-Oxum against the files, where those are all as sealed (else they were named already)."""
    data = reader.under("bag/data")
    if reader.intact(*data) and info.oxum != f"{sum(reader.sizes[path] for path in data)}.{len(data)}":
        reader.fail(BAG_INFO, "Payload-Oxum is not the size and number of the files")


def check_texts(reader: PackReader) -> None:
    """Fixed files, and the form of every text file."""
    if (raw := reader.read_intact("bag/bagit.txt")) is not None and raw != BAGIT:
        reader.fail("bag/bagit.txt", "it is not that of BagIt 1.0")
    if (raw := reader.read_intact(f"bag/{START}")) is not None and not (
        SEAL_COMMAND.encode() in raw and b"sha256sum" in raw
    ):
        reader.fail(f"bag/{START}", "it does not name the ordinary commands")
    for path in sorted(reader.sizes):
        if path.startswith("bag/data/exhibits/") and not path.endswith("/record.json"):
            continue
        if _TEXT.fullmatch(path[path.rfind(".") :]) and (raw := reader.read_intact(path)) is not None:
            _check_lines(reader, path, raw)


def _check_lines(reader: PackReader, path: str, raw: bytes) -> None:
    if b"\r" in raw or raw.startswith(_BOM) or not raw.endswith(b"\n"):
        reader.fail(path, "its lines do not end as they must, or it begins with a byte order mark")


def read_certificates(reader: PackReader, path: str) -> list[bytes] | None:
    """DER of each certificate of an intact, canonical PEM file; None where it is not that (named)."""
    raw = reader.read_intact(path)
    if raw is None:
        return None
    try:
        return read_pem(raw)
    except (DamagedError, ValueError):
        reader.fail(path, "it is not canonical PEM")
        return None

"""Which files a pack holds, and what they may be called (format section 6); writer and verifier read the same page."""

import re
from typing import Final

from dsl_desk.domain.words import PackKind

FORMAT: Final = "dsl-desk/pack/1"
BAGIT: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
TAG_MANIFEST: Final = "tagmanifest-sha256.txt"
MANIFEST: Final = "manifest-sha256.txt"
SEAL: Final = "proof/tagmanifest.p7s"
TIME_STAMP: Final = "proof/tagmanifest.tsr"
FORM: Final = "form.pdf"
NUMBER: Final = r"[1-9][0-9]{0,8}"
PERSON: Final = r"(.+); certificate-sha256=([0-9a-f]{64})"

TAG_FILES: Final = frozenset(
    {"bagit.txt", "bag-info.txt", MANIFEST, "START-HERE.txt", "school-root.pem", "signers.pem"}
)
_ALWAYS: Final = frozenset(
    {
        "officer-summary.pdf",
        "index.html",
        "papers/chronology.pdf",
        "papers/completeness.pdf",
        "tables/addresses.csv",
        "tables/continuity.csv",
        "tables/people.csv",
        "journal/entries.jsonl",
        "journal/sessions.jsonl",
        "journal/certificates.pem",
        "journal/register.json",
        "journal/checkpoint.json",
    }
)
_REVIEWED: Final = frozenset({"papers/form.pdf", "papers/exhibit-labels.pdf"})
_SIGNED_OFF: Final = frozenset({"sign-off/sign-off.txt", "sign-off/reviewer-1.p7s", "sign-off/reviewer-2.p7s"})
_OPTIONAL: Final = re.compile(
    r"proof/(tagmanifest\.tsr|witness-[1-9][0-9]?\.p7s)|bag/data/(papers/[^/]+\.(pdf|html)|exhibits/[^/]+/[^/]+)"
)
WITNESS: Final = re.compile(r"proof/witness-([1-9][0-9]?)\.p7s")
PAPER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,58}\.(pdf|html)")

INFO_LABELS: Final = {
    "Bag-Software-Agent": ".+",
    "Bagging-Date": r"[0-9]{4}-[01][0-9]-[0-3][0-9]",
    "Payload-Oxum": r"[0-9]{1,18}\.[0-9]{1,9}",
    "Source-Organization": ".+",
    "External-Identifier": ".+",
    "Pack-Format": re.escape(FORMAT),
    "Pack-Kind": "signed-off|as-it-stands|stopped",
    "Pack-Number": NUMBER,
    "Recipient-Type": ".+",
    "Sealed-By": PERSON,
    "Signed-Off-At": NUMBER + r"|none \(.+\)",
}
"""Labels of bag-info.txt in their order, and what each may say; Sealed-By stands once a sealer."""

_SEGMENT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_DEVICE: Final = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
FOREIGN: Final = frozenset({".ds_store", "thumbs.db", "desktop.ini", "ehthumbs.db", ".spotlight-v100", ".trashes"})
"""Files that operating systems drop beside others, in lower case."""

_KEPT: Final = frozenset(("png", "jpg", "gif", "webp", "bmp", "tif", "heic", "pdf", "mp4", "mov", "mp3", "wav", "m4a"))
INERT: Final = frozenset({*_KEPT, "txt", "bin"})
_SPELLED: Final = {"jpeg": "jpg", "jpe": "jpg", "jfif": "jpg", "tiff": "tif", "heif": "heic"}
_TEXT: Final = frozenset(
    (
        *("txt", "csv", "tsv", "eml", "html", "htm", "xhtml", "svg", "json", "jsonl", "xml", "log", "md", "rtf", "ics"),
        *("vcf", "mbox", "ini", "cfg", "conf", "css", "js", "mjs", "py", "sh", "bat", "cmd", "ps1", "vbs", "php"),
        *("yaml", "yml", "toml", "har", "url", "webloc"),
    )
)


def segment_fault(name: str) -> str | None:
    """Say why one part of a path could not stand in a pack on every system, or None."""
    if not _SEGMENT.fullmatch(name) or name.endswith("."):
        return "its name has characters that not every system can keep"
    if _DEVICE.fullmatch(name):
        return "its name is one that Windows keeps for devices"
    return None


def required_files(kind: PackKind) -> frozenset[str]:
    """Every file a pack of this kind must hold, by its path in the pack."""
    inner = set(_ALWAYS)
    if kind is not PackKind.STOPPED:
        inner |= _REVIEWED
    if kind is PackKind.SIGNED_OFF:
        inner |= _SIGNED_OFF
    tags = {f"bag/{name}" for name in (*TAG_FILES, TAG_MANIFEST)}
    return frozenset({"START-HERE.txt", SEAL, *tags, *(f"bag/data/{name}" for name in inner)})


def may_stand(path: str) -> bool:
    """Whether a file may be there beyond those that must."""
    return _OPTIONAL.fullmatch(path) is not None


def exhibit_folder(mark: str) -> str:
    """The folder of an exhibit: its mark, `-` for `/`."""
    return mark.replace("/", "-")


def exhibit_extension(original_name: str, media_type: str) -> str:
    """What an exhibit's file may be called: harmless kinds keep theirs, text is .txt, all else .bin."""
    _, dot, last = original_name.rpartition(".")
    found = last.strip().lower() if dot else ""
    found = _SPELLED.get(found, found)
    if found in _KEPT:
        return found
    if found in _TEXT or (not found and media_type.startswith("text/")):
        return "txt"
    return "bin"

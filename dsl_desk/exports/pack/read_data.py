"""Reading what the officer opens: exhibits and their records, tables, pages, papers (format section 6)."""

import re
import urllib.parse
from html import unescape
from html.parser import HTMLParser
from typing import Any

from dsl_desk.domain.errors import DamagedError
from dsl_desk.domain.words import MARK, PackKind
from dsl_desk.exports.pack.layout import INERT, exhibit_folder
from dsl_desk.exports.pack.pack_reader import PackReader
from dsl_desk.exports.pack.read_bag import BagInfo
from dsl_desk.exports.pack.read_journal import ENTRIES, Journal, read_object
from dsl_desk.exports.pack.record import RECORD_KEYS
from dsl_desk.exports.pack.tables import table_fault

INDEX = "bag/data/index.html"
_DATA = "bag/data/"
_EXHIBITS = "bag/data/exhibits"
_INTAKE = frozenset({"exhibit_added", "exhibit_redacted"})
_LIVE_TAGS = frozenset({"script", "iframe", "object", "embed", "form", "base", "link", "animate", "set"})
_TOLD_TAGS = _LIVE_TAGS | {"style"}
"""Tags that matter even without an attribute; a script is live already."""
_STYLED = frozenset({"style", "fill", "filter", "mask", "clip-path"})
_REFERRING = frozenset({"href", "xlink:href", "src", "srcset", "poster", "data", "background", "ping", "cite"})
_LIVE_PDF = (
    *(b"/JavaScript", b"/Launch", b"/URI", b"/OpenAction", b"/EmbeddedFile", b"/RichMedia", b"/SubmitForm"),
    *(b"/ImportData", b"/GoToR", b"/GoToE", b"/Rendition", b"/ObjStm"),
)
"""What acts by itself; and the packed objects in which any of it could hide: papers are written without."""
_FORM_PROGRAM = re.compile(rb"/XFA[\x00\t\n\f\r ]*(?:\[|<|\d)")
_PLAIN_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"<>]*")*)>')
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"<>]*)"')
_LOADS = re.compile(r"(?i)url\(|@import|image-set\(|src\(|\\")
"""Styles that load something; a backslash could spell any of these."""
_READ_OTHERWISE = re.compile(
    r"(?i)<!--+>|--!>|<!\[cdata|<[a-z][^<>]*=\s*(?:\"[^\"<>]*[<>]|'[^'<>]*[<>])"
    rf"|<(?:{'|'.join(sorted(_LIVE_TAGS))})[\s/>]"
)
"""What a browser may take for a tag where the reader here sees a comment, an attribute or text."""
_REFRESH = re.compile(r"(?i)http-equiv\s*=\s*.?refresh")
_PDF_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")


class _Page(HTMLParser):
    """What a page refers to, and whether it would run or load anything."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.targets: set[str] = set()
        self.styles: list[str] = []
        self.live = False
        self.in_raw: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect references and styles, note whatever could run."""
        self.in_raw = tag if tag in {"style", "script"} else None
        self.live |= tag in _LIVE_TAGS
        for name, value in attrs:
            self.live |= name.startswith("on")
            if name in _REFERRING:
                self.targets.add(value or "")
            if name in _STYLED:
                self.styles.append(value or "")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser's own signature
        """A style ends."""
        self.in_raw = None

    def handle_data(self, data: str) -> None:
        """Text of a style."""
        if self.in_raw == "style":
            self.styles.append(data)


def _page(source: str) -> _Page:
    page = _Page()
    if not _read_plainly(source, page):
        page = _Page()
        page.feed(source)
        page.close()
        page.live |= bool(_READ_OTHERWISE.search(source))
    page.live |= bool(_LOADS.search("".join(page.styles))) or bool(_REFRESH.search(source))
    return page


def _read_plainly(source: str, page: _Page) -> bool:
    """Read a page of nothing but plain tags and text, ten times as fast; false where it has any other shape."""
    parts = _PLAIN_TAG.split(source.removeprefix("<!DOCTYPE html>"))
    if "<" in "".join(parts[0::4]):
        return False
    for closing, tag, attributes, text in zip(parts[1::4], parts[2::4], parts[3::4], parts[4::4], strict=True):
        if page.in_raw:
            if not (closing and tag == page.in_raw):
                return False
            page.handle_endtag(tag)
        elif not closing and (attributes or tag in _TOLD_TAGS):
            page.handle_starttag(tag, [(name, unescape(value)) for name, value in _ATTRIBUTE.findall(attributes)])
            page.handle_data(text)
    return page.in_raw is None


def check_pages(reader: PackReader, info: BagInfo | None) -> None:
    """index.html and the accessible copies: offline, nothing runs, every exhibit reachable."""
    for path in reader.under("bag/data/papers"):
        if path.endswith(".html"):
            _check_page(reader, path, _DATA + "papers/")
            if path.removesuffix(".html") + ".pdf" not in reader.sizes:
                reader.fail(path, "an accessible copy without its paper")
    found = _check_page(reader, INDEX, _DATA)
    if found is None:
        return
    source, page = found
    reached = {_target(target, _DATA) for target in page.targets}
    for path in reader.under(_EXHIBITS):
        if reader.intact(path) and path not in reached:
            reader.fail(path, "no link of index.html leads to it")
    if info is not None and info.kind is PackKind.AS_IT_STANDS and "UNSIGNED REVIEW" not in source:
        reader.fail(INDEX, "it does not say UNSIGNED REVIEW")


def _check_page(reader: PackReader, path: str, base: str) -> tuple[str, _Page] | None:
    raw = reader.read_intact(path)
    if raw is None:
        return None
    try:
        source = raw.decode("utf-8")
        page = _page(source)
    except (ValueError, AssertionError, RecursionError):
        reader.fail(path, "it could not be read as a page")
        return None
    if page.live:
        reader.fail(path, "it would run or load something")
    for target in sorted(page.targets):
        inner = _target(target, base)
        if target and not target.startswith("#") and (inner is None or inner not in reader.sizes):
            reader.fail(path, "a link leads outside the pack or to nothing")
            break
    return source, page


def _target(target: str, base: str) -> str | None:
    """The file of the pack a reference leads to, None where it leads anywhere else."""
    plain = target.partition("#")[0]
    if ":" in plain.partition("/")[0] or plain.startswith("/") or "\\" in plain:
        return None
    parts: list[str] = base.rstrip("/").split("/")
    for part in urllib.parse.unquote(plain).split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)


def check_tables(reader: PackReader) -> None:
    """The three tables: even rows, nothing a spreadsheet would run."""
    for path in reader.under("bag/data/tables"):
        raw = reader.read_intact(path)
        fault = None if raw is None else table_fault(raw)
        if fault is not None:
            reader.fail(path, fault)


def check_papers(reader: PackReader) -> None:
    """Every PDF: is one, and carries nothing that acts by itself."""
    for path in ["bag/data/officer-summary.pdf", *reader.under("bag/data/papers")]:
        if not path.endswith(".pdf") or (raw := reader.read_intact(path)) is None:
            continue
        if not raw.startswith(b"%PDF-"):
            reader.fail(path, "it is not a PDF")
        decoded = _PDF_NAME.sub(lambda found: bytes([int(found[1], 16)]), raw)
        if any(word in decoded for word in _LIVE_PDF) or _FORM_PROGRAM.search(decoded):
            reader.fail(path, "it carries something that acts by itself")


def check_exhibits(reader: PackReader, info: BagInfo | None, journal: Journal) -> None:
    """Each exhibit in its own folder, its record complete, its bytes those the journal took in."""
    folders: dict[str, list[str]] = {}
    for path in reader.under(_EXHIBITS):
        folder, _, name = path.removeprefix(_EXHIBITS + "/").partition("/")
        folders.setdefault(folder, []).append(name)
    marks = set()
    for folder, names in folders.items():
        if "record.json" not in names:
            reader.fail(f"{_EXHIBITS}/{folder}/record.json", "missing")
            continue
        marks.add(folder)
        _check_exhibit(reader, folder, names, info, journal)
    if not journal.whole:
        return
    taken = {exhibit_folder(str(one.data.get("mark"))): one for one in reversed(journal.entries) if one.kind in _INTAKE}
    for folder, one in sorted(taken.items()):
        if one.kind == "exhibit_added" and folder not in marks:
            reader.fail(f"{_EXHIBITS}/{folder}/record.json", "missing: the journal took this exhibit in")
    if all(one.kind is not None for one in journal.entries):
        for folder in sorted(marks - set(taken)):
            reader.fail(f"{_EXHIBITS}/{folder}/record.json", "the journal never took this exhibit in")


def _check_exhibit(reader: PackReader, folder: str, names: list[str], info: BagInfo | None, journal: Journal) -> None:
    path = f"{_EXHIBITS}/{folder}/record.json"
    raw = reader.read_intact(path)
    if raw is None:
        return
    try:
        facts = read_object(raw)
        fault = _record_fault(facts, folder, sorted(set(names) - {"record.json"}))
        if fault is None and facts["content"] == "included":
            if info is not None and info.kind is PackKind.STOPPED:
                fault = "a stopped pack holds no content"
            else:
                _check_bytes(reader, facts, f"{_EXHIBITS}/{folder}/{facts['file_name']}")
        fault = fault or _intake_fault(facts, journal)
    except (DamagedError, LookupError, TypeError, ValueError, AttributeError):
        fault = "it could not be read as a record"
    if fault is not None:
        reader.fail(path, fault)


def _record_fault(facts: dict[str, Any], folder: str, others: list[str]) -> str | None:
    """Say what is wrong with a record by itself, or None."""
    included, name = facts["content"] == "included", facts["file_name"]
    if not set(facts) >= set(RECORD_KEYS):
        return "it lacks what every record has"
    if not MARK.fullmatch(facts["mark"]) or exhibit_folder(facts["mark"]) != folder:
        return "its mark is not that of its folder"
    if facts["content"] not in {"included", "withheld", "quarantined"} or included != (facts["withheld"] is None):
        return "it does not say whether and why content is withheld"
    if not included and (others or name is not None or not facts["withheld"]):
        return "content lies beside a record that says there is none"
    if included and (others != [name] or name.rpartition(".")[0] != folder or name.rpartition(".")[2] not in INERT):
        return "it does not name its one file as it must"
    if included and (facts["sha256"] is None or type(facts["size"]) is not int):
        return "it lacks the digest or size of its file"
    return None


def _check_bytes(reader: PackReader, facts: dict[str, Any], path: str) -> None:
    if reader.intact(path) and (facts["sha256"], facts["size"]) != (reader.digest(path), reader.sizes[path]):
        reader.fail(path, "not the digest and size its record has from intake")


def _intake_fault(facts: dict[str, Any], journal: Journal) -> str | None:
    """Say how a record and its entry in the journal disagree, or None."""
    if not journal.whole:
        return None
    intake = journal.entry(facts["entry"])
    if intake is None:
        return f"it names an entry that {ENTRIES.rsplit('/', 1)[-1]} does not hold"
    if intake.kind is None or intake.known is None:
        return None
    if intake.kind not in _INTAKE or intake.data.get("mark") != facts["mark"]:
        return "its entry did not take this exhibit in"
    if facts["sha256"] is not None and intake.data.get("sha256") != facts["sha256"]:
        return "its digest is not the one the journal has from intake"
    return None

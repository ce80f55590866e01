"""What this program is and where this desk is kept: for the page that says so, and for `--version`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Final

from dsl_desk.paths import ResourcesMissingError, resources

PACKAGES: Final = (
    "asn1crypto", "bagit", "cryptography", "filelock", "keyring", "msgspec", "pillow", "platformdirs", "pyhanko",
    "PySide6-Addons", "PySide6-Essentials", "pyzipper", "reportlab", "sqlcipher3", "tzdata", "uharfbuzz",
)  # fmt: skip
"""Everything the program needs; a test compares it with the project's own list."""
_PROTECTS: Final = "SECURITY.md"
_LEAD: Final = re.compile(r"\*\*(.+?)\*\*")
_MARKS: Final = re.compile(r"\*\*(.+?)\*\*|\*(.+?)\*|`(.+?)`")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the page says."""

    program: str
    folder: str
    fingerprint: tuple[str, ...]
    rehearsal: bool = False


def in_fours(digest: str) -> tuple[str, ...]:
    """A fingerprint in groups of four, as paper shows it."""
    return tuple(digest[at : at + 4].upper() for at in range(0, len(digest), 4))


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph of a text to read."""

    words: str
    heading: bool = False
    lead: int = 0
    """How many letters at its beginning stand out."""


def protects() -> tuple[Paragraph, ...]:
    """What the program protects and what it does not; raises ResourcesMissingError."""
    return tuple(paragraphs(_text(_PROTECTS), until="Reporting a fault"))


def _text(name: str) -> str:
    folder = resources()
    for place in (folder / name, folder.parent / name):
        try:
            return place.read_text(encoding="utf-8")
        except OSError:
            continue
    raise ResourcesMissingError


def paragraphs(text: str, *, until: str = "") -> Iterator[Paragraph]:
    """Plain Markdown as paragraphs, its title left out; marks of emphasis are taken away."""
    for block in re.split(r"\n\s*\n|\n(?=- )", text):
        words = " ".join(line.strip() for line in block.strip().splitlines())
        if not words or words.startswith("# "):
            continue
        if words.startswith("## "):
            if until and words[3:] == until:
                return
            yield Paragraph(words=words[3:], heading=True)
            continue
        words = words.removeprefix("- ")
        lead = _LEAD.match(words)
        yield Paragraph(words=_MARKS.sub(r"\1\2\3", words), lead=len(lead[1]) if lead else 0)


def licences() -> tuple[Paragraph, ...]:
    """Whose work this program is made of."""
    apache = "Apache License 2.0. You may use, change and pass it on; it comes without any warranty."
    drawn = "Inter: SIL Open Font License 1.1. DejaVu: its own free licence. Icons: Lucide, ISC, part MIT."
    return (
        Paragraph(words="DSL Desk", heading=True), Paragraph(words=apache),
        Paragraph(words="Fonts and icons", heading=True), Paragraph(words=drawn),
        Paragraph(words="Packages", heading=True), *(_package(name) for name in PACKAGES),
    )  # fmt: skip


def _package(name: str) -> Paragraph:
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return Paragraph(words=f"{name}: not installed", lead=len(name))
    licence = _one(told, "License-Expression", "License").splitlines()
    by_kind = [line.rpartition("::")[2].strip() for line in told.get_all("Classifier") or [] if "License ::" in line]
    short = licence[0] if licence and len(licence[0]) < 80 else ", ".join(by_kind)
    return Paragraph(words=f"{name} {_one(told, 'Version')}: {short or 'see the package'}", lead=len(name))


def _one(told: metadata.PackageMetadata, *names: str) -> str:
    """The first of these that a package says of itself."""
    said = (str(told[name]).strip() for name in names if name in told)
    return next((words for words in said if words), "")


def folder_words(folder: Path | None) -> str:
    """Where the desk is kept, for a page."""
    return str(folder) if folder is not None else "not known"

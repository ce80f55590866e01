"""What this program is and where this desk is kept: for the page that says so, and for `--version`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Final

from dsl_desk.paths import ResourcesMissingError, resources

_PARTS: Final = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*")
_PROTECTS: Final = "SECURITY.md"


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


def protects() -> tuple[tuple[str, str], ...]:
    """What the program protects and what it does not, in paragraphs; raises ResourcesMissingError."""
    return tuple(paragraphs(_text(_PROTECTS), until="Reporting a fault"))


def _text(name: str) -> str:
    folder = resources()
    for place in (folder / name, folder.parent / name):
        try:
            return place.read_text(encoding="utf-8")
        except OSError:
            continue
    raise ResourcesMissingError


def paragraphs(text: str, *, until: str = "") -> Iterable[tuple[str, str]]:
    """Plain Markdown as paragraphs: `head`, `strong` and `text`; marks of emphasis are taken away."""
    for block in re.split(r"\n\s*\n|\n(?=- )", text):
        lines = " ".join(line.strip() for line in block.strip().splitlines())
        if not lines or lines.startswith("# "):
            continue
        if lines.startswith("## "):
            if until and lines[3:] == until:
                return
            yield "head", lines[3:]
            continue
        yield "text", re.sub(r"\*\*(.+?)\*\*|\*(.+?)\*|`(.+?)`", r"\1\2\3", lines.removeprefix("- "))


def licences() -> tuple[tuple[str, str], ...]:
    """Whose work this program is made of, as paragraphs."""
    told: list[tuple[str, str]] = [
        ("head", "DSL Desk"),
        ("text", "Apache License 2.0. You may use, change and pass it on; it comes without any warranty."),
        ("head", "Fonts and icons"),
        ("text", "Inter: SIL Open Font License 1.1. DejaVu: its own free licence. Icons: Lucide, ISC, part MIT."),
        ("head", "Packages"),
    ]
    told += [("text", f"{name} {version}: {licence}") for name, version, licence in _packages()]
    return tuple(told)


def _packages() -> list[tuple[str, str, str]]:
    try:
        wanted = metadata.requires("dsl-desk") or []
    except metadata.PackageNotFoundError:
        return []
    names = {found[0] for line in wanted if "extra ==" not in line and (found := _PARTS.match(line))}
    return [_package(name) for name in sorted(names, key=str.casefold)]


def _package(name: str) -> tuple[str, str, str]:
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return name, "", "not installed"
    licence = _one(told, "License-Expression", "License").splitlines()
    by_kind = [line.rpartition("::")[2].strip() for line in told.get_all("Classifier") or [] if "License ::" in line]
    short = licence[0] if licence and len(licence[0]) < 80 else ", ".join(by_kind)
    return name, _one(told, "Version"), short or "see the package"


def _one(told: metadata.PackageMetadata, *names: str) -> str:
    """The first of these that a package says of itself."""
    said = (str(told[name]).strip() for name in names if name in told)
    return next((words for words in said if words), "")


def folder_words(folder: Path | None) -> str:
    """Where the desk is kept, for a page."""
    return str(folder) if folder is not None else "not known"

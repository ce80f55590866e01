"""Every picture that a document shows is there, every picture that is there is shown, and all together stay small."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SCREENS = ROOT / "docs" / "screens"
MODES = ("light", "dark", "contrast", "200")
MOST_BYTES = 8_000_000
LINK = re.compile(r"\]\(([^)\s]+\.png)\)")


def linked(document: Path) -> list[Path]:
    return [document.parent / link for link in LINK.findall(document.read_text(encoding="utf-8"))]


def test_no_document_shows_a_picture_that_is_not_there():
    documents = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    dead = [str(path) for document in documents for path in linked(document) if not path.is_file()]
    assert dead == []


def test_the_index_names_every_screen_in_every_mode():
    there = {path.name for path in SCREENS.glob("*.png")}
    named = {path.name for path in linked(SCREENS / "README.md")}
    assert named == there
    screens = {name.rsplit("-", 1)[0] for name in there}
    assert there == {f"{screen}-{mode}.png" for screen in screens for mode in MODES}
    assert len(screens) >= 30


def test_the_readme_shows_four_of_them():
    shown = [path for path in linked(ROOT / "README.md") if path.parent == SCREENS]
    assert len(set(shown)) == 4


def test_the_pictures_are_kept_small():
    assert sum(path.stat().st_size for path in SCREENS.glob("*.png")) < MOST_BYTES

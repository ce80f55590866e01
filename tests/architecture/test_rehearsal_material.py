"""The rehearsal's material is whole, small, harmless to open and leads nowhere."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from PIL import Image

from dsl_desk.paths import resources

FOLDER = resources() / "rehearsal"
MATERIAL: list[dict[str, Any]] = json.loads((FOLDER / "material.json").read_text(encoding="utf-8"))["items"]
TEXTS = [path for path in sorted(FOLDER.iterdir()) if path.suffix != ".png"]
HOST = re.compile(r"(?:https?://|@)([A-Za-z0-9.-]+)")
RESERVED = re.compile(r"(?:^|\.)(?:example\.(?:com|org|net)|example|invalid)$")
TELEPHONE = re.compile(r"\b0\d{4} ?\d{6}\b")


@pytest.mark.parametrize("item", MATERIAL, ids=lambda item: str(item["file"]))
def test_every_item_is_there_described_and_small(item):
    assert set(item) == {"file", "media_type", "description", "source", "address"}
    assert 0 < (FOLDER / item["file"]).stat().st_size < 300_000
    if item["media_type"] == "image/png":
        with Image.open(FOLDER / item["file"]) as picture:
            picture.load()
            assert (picture.format, picture.size) == ("PNG", (1280, 860))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.name))
def test_no_address_leads_to_anybody(path):
    text = path.read_text(encoding="utf-8")
    assert [host for host in HOST.findall(text) if not RESERVED.search(host)] == []
    assert [ip for ip in re.findall(r"\b\d+\.\d+\.\d+\.\d+\b", text) if not ip.startswith("192.0.2.")] == []
    assert [number for number in TELEPHONE.findall(text) if not number.startswith("01632 960")] == []


def test_people_are_told_apart_by_id_and_every_parent_is_there():
    people = json.loads((FOLDER / "people.json").read_text(encoding="utf-8"))["people"]
    ids = [person["id"] for person in people]
    assert len(ids) == len(set(ids)) >= 12
    assert {parent for person in people for parent in person.get("parents", ())} <= set(ids)


def test_the_fonts_come_with_their_licence():
    assert "Bitstream Vera" in (resources() / "fonts" / "LICENSE-DejaVu.txt").read_text(encoding="utf-8")

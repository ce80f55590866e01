"""The page on how the desk is built names every room there is, and none that is gone."""

import re
from pathlib import Path

HOUSE = Path(__file__).parents[2]
PAGE = (HOUSE / "docs" / "architecture.md").read_text(encoding="utf-8")


def chapter(title: str) -> str:
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def named(title: str) -> list[str]:
    """What stands in the right column of a chapter's table."""
    rows = [line for line in chapter(title).splitlines() if line.startswith("| ") and not line.startswith("| |")]
    return [name for row in rows for name in re.findall(r"`([a-z_0-9]+)`", row.split("|")[2])]


def test_every_room_of_the_store_is_named_once() -> None:
    rooms = {path.stem for path in (HOUSE / "dsl_desk" / "store").glob("*.py")} - {"__init__", "desk", "desk_reading"}
    assert sorted(named("The store")) == sorted(rooms)


def test_every_place_of_the_window_is_named_once() -> None:
    rooms = {path.parent.name for path in (HOUSE / "dsl_desk" / "ui").glob("*/__init__.py")}
    assert sorted(named("The window")) == sorted(rooms)


def test_every_layer_stands_in_the_house_and_in_the_order_of_the_contract() -> None:
    layers = re.findall(r'"\((\w+)\)(?: \| \((\w+)\))?"', (HOUSE / "pyproject.toml").read_text(encoding="utf-8"))
    told = [name for pair in layers for name in pair if name and name != "__main__"]
    line = re.search(r"`(cli > .*? domain)`", " ".join(PAGE.split()))
    assert line is not None
    assert re.findall(r"\w+", line[1]) == told
    house = PAGE.partition("```")[2].partition("```")[0]
    assert all(re.search(rf"\b{name}\b", house) for name in told)


def test_every_file_and_page_that_is_named_is_there() -> None:
    paths = re.findall(r"`((?:domain|store|services|exports|ui|window_app|rehearsal)/[\w/]+\.py)`", PAGE)
    assert paths
    assert [path for path in paths if not (HOUSE / "dsl_desk" / path).is_file()] == []
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)]+)\)", PAGE)]
    assert [link for link in links if not (HOUSE / "docs" / link).exists()] == []

"""The layers of the house hold, and each outside library stays in its own room."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGE, ROOT, imports, name, python_files

ROOMS = {
    "PySide6": ("ui/", "app.py", "window_app/", "rehearsal/"),  # window_app joins pages to services; a rehearsal clicks
    "shiboken6": ("ui/", "app.py", "window_app/"),
    "sqlcipher3": ("store/",),
    "reportlab": ("exports/",),
    "uharfbuzz": ("exports/",),
    "pyhanko": ("exports/",),
    "pyhanko_certvalidator": ("exports/",),
    "pyzipper": ("exports/",),
    "bagit": ("exports/",),
}
NETWORK = {
    "aiohttp", "asyncio.streams", "ftplib", "http", "imaplib", "poplib", "requests", "smtplib", "socket",
    "socketserver", "ssl", "telnetlib", "urllib.request", "urllib3", "webbrowser", "xmlrpc",
}  # fmt: skip
NEVER = {"pickle", "marshal", "shelve", "sqlite3", "random", "unittest.mock"}


def test_import_linter_finds_every_contract_kept():
    linter = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout[-3000:]


def found_outside(library: str, rooms: tuple[str, ...]) -> list[str]:
    return [
        f"{name(path)}:{line} imports {module}"
        for path in python_files("dsl_desk")
        if not path.relative_to(PACKAGE).as_posix().startswith(rooms)
        for module, line in imports(path)
        if module == library or module.startswith(f"{library}.")
    ]


@pytest.mark.parametrize("library", ROOMS)
def test_a_library_is_imported_in_its_own_room_only(library):
    assert found_outside(library, ROOMS[library]) == []


@pytest.mark.parametrize("library", sorted(NETWORK))
def test_nothing_of_the_desk_can_reach_a_network(library):
    assert found_outside(library, ()) == []


@pytest.mark.parametrize("library", sorted(NEVER))
def test_what_has_no_place_in_an_evidence_program_is_not_imported(library):
    assert found_outside(library, ()) == []


def test_the_walk_sees_an_import_inside_a_function(tmp_path, monkeypatch):
    hidden = tmp_path / "hidden.py"
    hidden.write_text("def f():\n    from sqlcipher3 import dbapi2\n    import PySide6.QtCore as q\n")
    monkeypatch.setattr("tests.architecture.sources.ROOT", tmp_path)
    assert list(imports(hidden)) == [("sqlcipher3", 2), ("PySide6.QtCore", 3)]

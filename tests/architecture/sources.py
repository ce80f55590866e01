"""What the architecture tests read: the project's own files, as text and as syntax trees."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "dsl_desk"
HERE = ROOT / "tests" / "architecture"
TEXT = {".py", ".md", ".toml", ".txt", ".json", ".tsv", ".csv", ".sql", ".eml", ".lock", ".cfg", ".spec", ".iss", ""}


def name(path: Path) -> str:
    """A file as the lists beside these tests name it."""
    return path.relative_to(ROOT).as_posix()


def python_files(*folders: str) -> list[Path]:
    """Every Python file below these folders of the project."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=path.name)


def kept_texts() -> list[Path]:
    """Every text file that git keeps, or would keep once added."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    paths = (ROOT / part.decode() for part in listed.stdout.split(b"\0") if part)
    return sorted(path for path in paths if path.is_file() and path.suffix in TEXT)


@cache
def imports(path: Path) -> tuple[tuple[str, int], ...]:
    """Every module a file imports, at its top or inside a function, with the line."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module, node.lineno


def listed(file: str) -> dict[str, str]:
    """A list kept beside these tests: what is let off, and why. Lines are `what: reason`."""
    found = {}
    for line in (HERE / file).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            what, _, reason = line.partition(": ")
            found[what.strip()] = reason.strip()
    return found

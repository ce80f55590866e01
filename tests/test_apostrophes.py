"""What a person reads has curly apostrophes and quotation marks, one kind everywhere: window, help, papers, policies.

What people type stays as they typed it, and so does what other programs read.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
RESOURCES = ROOT / "resources"
LEFT = {
    "dsl_desk/exports/pack/start_here.py": "a plain text of ordinary commands, for any editor and any prompt",
    "dsl_desk/store/connection.py": "SQL",
    "dsl_desk/store/creation.py": "the name of a step inside, never shown",
    "dsl_desk/store/restricting.py": "the name of a step inside, never shown",
}
"""Where the straight kind is right, and why."""
TYPED = ROOT / "dsl_desk" / "rehearsal"
"""What its made-up people type, and they have keyboards."""
APOSTROPHE = re.compile(r"(?<=[A-Za-z])'(?=[A-Za-z])|(?<=[A-Za-z]s)'(?=[ .,;:]|$)")
SPELLED = re.compile(r"(?<![A-Za-z])'[^']*'")
"""A value of SQL or code between two of them."""
QUOTED = re.compile(r'(?:^|(?<= ))"[A-Za-z][^"<>=]*"(?=[ .,;:]|$)')


def is_straight(words: str) -> bool:
    words = SPELLED.sub("", words)
    return bool(APOSTROPHE.search(words) or ("{" not in words and QUOTED.search(words)))


def shown_by(code: str) -> Iterator[tuple[int, str]]:
    """The texts of a module that are no docstrings."""
    tree = ast.parse(code)
    alone = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    docs = {id(value) for value in alone if isinstance(value, ast.Constant)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


@pytest.mark.parametrize(
    "words", ["the school's own", "others' words", "a pupil's", 'Press "Halt" now', "It is the reviewers'"]
)
def test_the_straight_kind_is_found(words: str):
    assert is_straight(words)


@pytest.mark.parametrize(
    "words",
    [
        "the school’s own",
        "others’ words",
        "Press “Halt” now",
        'class="wide"',
        "x = 'y'",
        'p { font: 1em "Segoe UI", Arial; }',
    ],
)
def test_the_curly_kind_and_code_are_let_be(words: str):
    assert not is_straight(words)


def test_no_text_of_the_program_has_the_straight_kind():
    modules = [path for path in (ROOT / "dsl_desk").rglob("*.py") if not path.is_relative_to(TYPED)]
    names = {path.relative_to(ROOT).as_posix(): path for path in modules}
    assert set(LEFT) <= set(names)
    found = [
        f"{name}:{line}: {words[:60]}"
        for name, path in sorted(names.items()) if name not in LEFT
        for line, words in shown_by(path.read_text(encoding="utf-8")) if is_straight(words)
    ]  # fmt: skip
    assert found == []


def test_no_policy_or_register_has_the_straight_kind():
    files = [*RESOURCES.glob("policies/*.toml"), *RESOURCES.glob("registers*/*.toml")]
    assert len(files) >= 20
    found = [
        f"{path.name}: {words[:60]}"
        for path in files for words in texts(tomllib.loads(path.read_text(encoding="utf-8"))) if is_straight(words)
    ]  # fmt: skip
    assert found == []


def test_no_help_page_has_the_straight_kind():
    pages = sorted((RESOURCES / "help").glob("*.md"))
    assert len(pages) >= 80
    found = [
        f"{page.name}: {line[:60]}"
        for page in pages for line in page.read_text(encoding="utf-8").splitlines() if is_straight(line)
    ]  # fmt: skip
    assert found == []

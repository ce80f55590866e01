"""The words of the trade: what the desk must never say, and what must not stand in the project at all."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from tests.architecture.sources import kept_texts, name, python_files, tree

NEVER_SAID = {
    r"child porn": "say: child sexual abuse material",
    r"\bkiddie": "say: child",
    r"\boffenders?\b": "say: pupil, or the person concerned",
    r"\bvictims?\b": "say: the child, or the person harmed",
    r"illegal content detected": "the desk never says that something is or is not lawful",
    r"probably fine": "the desk does not calm a doubt",
    r"safe to view": "the desk never says that something may be looked at",
    r"\blow[ -]risk\b": "the desk does not grade what it was told",
    r"\baudit trail\b": "say: continuity, or journal",
    r"\bblack ?list": "say: block list",
}
WORKPLACE = re.compile(
    r"(?<![\w./-])/work(?:/|\b)|\.\./shared|/tmp/team|files\.pythonhosted|pypi\.org|deb\.debian|registry\.npm"
)
LEFT_OPEN = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
LET_OFF = re.compile(r"#\s*(?:noqa|type: ignore|pragma: no cover)(?P<rest>.*)$")
REASON = re.compile(r"#|\s-\s|\s\s\w")  # after it, on the same line
LATE_IMPORTS = {
    ": PLC0415",
    ": F401, PLC0415",
}  # libraries that cost start-up time are imported where they are used: no reason each time
HERE = "tests/architecture/test_words.py"
REFUSES_THEM = "dsl_desk/domain/policy_checks.py"  # a profile in which they stand is refused by this list


@cache
def said_in_code() -> list[tuple[str, int, str]]:
    return [
        (name(path), node.lineno, node.value)
        for path in python_files("dsl_desk")
        if name(path) != REFUSES_THEM
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


@cache
def said_in_resources() -> list[tuple[str, int, str]]:
    return [
        (name(path), number, line)
        for path in kept_texts()
        if name(path).startswith("resources/") and path.suffix in {".toml", ".md", ".txt", ".json"}
        if "fonts/" not in name(path)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    ]


@pytest.mark.parametrize("words", NEVER_SAID, ids=lambda words: words.replace("\\b", ""))
def test_no_screen_paper_or_profile_says(words):
    pattern = re.compile(words, re.IGNORECASE)
    found = [f"{file}:{line}" for file, line, text in (*said_in_code(), *said_in_resources()) if pattern.search(text)]
    assert found == [], NEVER_SAID[words]


@cache
def lines_of_the_project() -> list[tuple[str, int, str]]:
    return [
        (name(path), number, line)
        for path in kept_texts()
        if name(path) != HERE
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    ]


def test_the_project_stands_alone_and_names_no_place_it_was_written_at():
    found = [f"{file}:{line}" for file, line, text in lines_of_the_project() if WORKPLACE.search(text)]
    assert [place for place in found if not place.startswith(".ci/run:")] == []


def test_nothing_is_left_to_be_done_in_the_code():
    found = [
        f"{file}:{line}"
        for file, line, text in lines_of_the_project()
        if file.endswith(".py") and LEFT_OPEN.search(text)
    ]
    assert found == []


def test_every_check_that_is_let_off_says_why_beside_it():
    found = []
    for file, line, text in lines_of_the_project():
        let_off = LET_OFF.search(text) if file.endswith(".py") else None
        if not let_off or let_off["rest"].strip() in LATE_IMPORTS or REASON.search(let_off["rest"]):
            continue
        if not (file.startswith("tests/") and "type: ignore[" in text):  # a test may call what a type forbids
            found.append(f"{file}:{line}")
    assert found == []

"""Time, randomness and identifiers come in as values; the few places that ask the machine are listed with a reason."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import PACKAGE, listed, name, python_files, tree

ROOTS = ("app.py", "cli.py", "cli_", "__main__.py", "clock.py", "rehearsal")
CLOCKS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns", "time.localtime",
    "time.gmtime", "time.ctime", "time.monotonic", "time.monotonic_ns", "time.perf_counter",
}  # fmt: skip
CHANCE = {"os.urandom", "uuid.uuid1", "uuid.uuid4", "secrets.token_bytes", "secrets.token_hex", "secrets.choice",
          "secrets.randbelow", "secrets.randbits", "secrets.token_urlsafe"}  # fmt: skip
MAY_DRAW = ("store/", "signatures.py")
ALLOWED = "allowed_calls.txt"


def calls(path: Path) -> Iterator[tuple[str, int]]:
    """Every mention of a clock or a source of chance as `module.function`, whatever it was imported as."""
    known = CLOCKS | CHANCE
    origin: dict[str, str] = {}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            origin |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            origin |= {alias.asname or alias.name: alias.name for alias in node.names}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute):
            owner = ast.unparse(node.value)
            called = f"{origin.get(owner, owner)}.{node.attr}"
        elif isinstance(node, ast.Name) and node.id in origin:
            called = origin[node.id]
        else:
            continue
        short = ".".join(called.split(".")[-2:])
        if short in known:
            yield short, node.lineno


def unreasoned() -> tuple[list[str], set[str]]:
    allowed, met, wrong = listed(ALLOWED), set(), []
    for path in python_files("dsl_desk"):
        inside = path.relative_to(PACKAGE).as_posix()
        if inside.startswith(ROOTS):
            continue
        for called, line in calls(path):
            if called in CHANCE and inside.startswith(MAY_DRAW):
                continue
            key = f"{name(path)} {called}"
            met.add(key)
            if not allowed.get(key):
                wrong.append(f"{name(path)}:{line} uses {called}")
    return wrong, set(allowed) - met


def test_nothing_below_the_composition_root_asks_for_the_time_or_draws_by_chance():
    assert unreasoned()[0] == []


def test_no_exception_is_listed_that_is_no_longer_needed():
    assert unreasoned()[1] == set()


NAMED = re.compile(r"%[aAbBpcxXZ](?![a-z])")
"""What `strftime` says in the language of the laptop, which Qt sets: Welsh or German days would stand in the record."""


def in_the_laptops_language() -> Iterator[str]:
    for path in python_files("dsl_desk"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and NAMED.search(node.value):
                yield f"{name(path)}:{node.lineno} {node.value[:40]}"


def test_no_day_or_month_is_named_in_the_language_of_the_laptop():
    assert list(in_the_laptops_language()) == []
    assert NAMED.search("%d %B %Y")


def test_a_clock_is_seen_under_any_name(tmp_path):
    disguised = tmp_path / "disguised.py"
    disguised.write_text(
        "import datetime as dt, time\nfrom time import time as now\nfrom datetime import datetime\n"
        "from os import urandom\n"
        "a = dt.datetime.now()\nb = now()\nc = datetime.now\nd = time.monotonic()\n"
        "e = urandom(3)\nf = dt.timedelta(1)\n"
    )
    found = list(_calls_of(disguised))
    assert [call for call, _ in found] == ["datetime.now", "time.time", "datetime.now", "time.monotonic", "os.urandom"]


def _calls_of(path: Path) -> list[tuple[str, int]]:
    return sorted(calls(path), key=lambda found: found[1])

"""No feature is reachable only from a test: whatever services and domain offer, the program itself asks for.

By names: what ui, window_app, cli and app use is reached, and whatever is used in the body of something reached. A
name that two things share reaches both, so this finds what nobody asks for, not everything that is asked for wrongly.
The rehearsal does not count: nobody does their work in it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import PACKAGE, listed, name, python_files, tree

ASKS = ("ui", "window_app", "cli.py", "app.py", "__main__.py", "clock.py", "paths.py", "privacy.py", "signatures.py")
OFFERS = ("services", "domain")
BETWEEN = ("services", "domain", "store", "exports")
ALLOWED = "asked_by_nobody.txt"


def test_everything_that_services_and_domain_offer_is_asked_for_by_the_program():
    allowed = listed(ALLOWED)
    unasked = set(not_reached())
    assert sorted(unasked - allowed.keys()) == []
    assert sorted(allowed.keys() - unasked) == [], "asked for by now: take it off the list"
    assert all(allowed.values()), "a reason for each"


def not_reached() -> Iterator[str]:
    """Public functions and methods that nothing in the program leads to, as file: name."""
    bodies: dict[str, set[str]] = {}
    roots: set[str] = set()
    for path in python_files("dsl_desk"):
        room = path.relative_to(PACKAGE).parts[0]
        if room in ASKS:
            roots |= used(tree(path))
        elif room in BETWEEN:
            roots |= outside_of_functions(tree(path), bodies)
    reached = closure(roots, bodies)
    for path in python_files(*(f"dsl_desk/{room}" for room in OFFERS)):
        yield from (f"{name(path)} {offer}" for offer in offered(path) if offer.rpartition(".")[2] not in reached)


def closure(roots: set[str], bodies: dict[str, set[str]]) -> set[str]:
    """Names used, and names used by what these name."""
    reached, new = set[str](), roots
    while new:
        reached |= new
        new = set().union(*(bodies.get(one, set()) for one in new)) - reached
    return reached


def used(node: ast.AST) -> set[str]:
    """Every name and attribute in a piece of code; what it imports is not used yet."""
    found = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    return found | {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}


def outside_of_functions(module: ast.Module, bodies: dict[str, set[str]]) -> set[str]:
    """Names used where a module or class is made; the bodies of its functions go into `bodies` by name."""
    found: set[str] = set()
    for statement in module.body:
        for part in statement.body if isinstance(statement, ast.ClassDef) else [statement]:
            if isinstance(part, ast.FunctionDef):
                names = used(part)
                is_called_by_python = part.name.startswith("__")
                bodies.setdefault(part.name, set()).update(names)
                found |= names if is_called_by_python else set().union(*map(used, part.decorator_list))
            elif not isinstance(part, ast.Import | ast.ImportFrom):
                found |= used(part)
    return found


def offered(path: Path) -> Iterator[str]:
    """Public functions of a module and public methods of its classes; what a port asks of others is no offer."""
    for statement in tree(path).body:
        if isinstance(statement, ast.FunctionDef) and not statement.name.startswith("_"):
            yield statement.name
        if isinstance(statement, ast.ClassDef) and "Protocol" not in set().union(*map(used, statement.bases)):
            for part in statement.body:
                if isinstance(part, ast.FunctionDef) and not part.name.startswith("_"):
                    yield f"{statement.name}.{part.name}"


def test_a_function_that_only_a_test_would_call_is_found():
    module = ast.parse("TABLE = {1: shown}\ndef shown(): return kept()\ndef kept(): pass\ndef lost(): shown()\n")
    bodies: dict[str, set[str]] = {}
    reached = closure(outside_of_functions(module, bodies), bodies)
    assert {"shown", "kept"} <= reached
    assert "lost" not in reached

"""docs/entries.md, made from the code: every kind of entry with its keys, their types and what they mean.

`python -m tests.documents.entries_page` writes it. What a key means stands beside it
in the code, or where its name says nearly all in `meanings.txt`.
"""

import ast
import inspect
import re
import sys
from enum import Enum
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin

import msgspec

from dsl_desk.domain.case_entries import ALL_KINDS, Answered
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.words import StrandKind

PAGE = Path(__file__).parents[2] / "docs" / "entries.md"
MEANINGS = Path(__file__).with_name("meanings.txt")
SOURCES = re.compile(r" \((?:flows|format|design|domain rules)[^)]*\)")
HEAD = """# Every kind of entry

Made from the code by `python -m tests.documents.entries_page`; a test fails where this page and the code disagree.

A journal that a school has written is read for decades. So, from the first release on:

- no kind and no key named here ever changes its name, its type or its meaning, and none goes away;
- a new key comes with a default, so that older entries are still read; a new kind is a new row here;
- an older program keeps a kind it does not know, shows it as made by a newer program, counts it as substance, and
  verifies it all the same; keys it does not know are left as they are.

If this page changes in any other way than by additions, the change is wrong, not the page.

Each entry's payload is JSON: `kind`, `v` (1), `by` (account ids), `device`, `session`, `at_local`, `zone`, `boot`,
`mono_ms`, and `data` with the keys below. Integrity is judged over the bytes as written; nothing is ever spelled anew.
**Signed by** says how many people sign an entry with their own passphrase beside the session that wrote it; two means
two different people. **Substance** voids a sign-off that was made before it. Keys marked * must say something before
the entry is written; a key with a default may be missing from the payload.
"""
STRANDS = (
    (StrandKind.CASE, "case", "Entries of a case"),
    (StrandKind.REGISTER, "register", "Entries of a register"),
    (StrandKind.DESK, "desk", "Entries of the desk itself"),
)


@cache
def said_of_keys() -> dict[str, str]:
    """The lines of `meanings.txt`."""
    lines = MEANINGS.read_text(encoding="utf-8").splitlines()
    return dict(line.split(": ", 1) for line in lines if line and not line.startswith("#"))


@cache
def _classes(module: str) -> dict[str, ast.ClassDef]:
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}


def said_in_code(kind: type[msgspec.Struct]) -> dict[str, str]:
    """What stands below a field in the code, by the field's name."""
    body = _classes(kind.__module__)[kind.__name__].body
    found = {}
    for field, below in zip(body, [*body[1:], None], strict=True):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            said = below.value.value if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) else ""
            found[field.target.id] = " ".join(str(said).split())
    return found


def meaning(kind: type[EntryData], field: str) -> str:
    """What a key means; empty where nobody said it."""
    kept = said_of_keys()
    own = said_in_code(kind).get(field, "")
    return _sentence(own or kept.get(f"{kind.KIND}.{field}", "") or kept.get(field, ""))


def _sentence(said: str) -> str:
    """Without the sources that code names for its developers."""
    plain = SOURCES.sub("", said).rstrip(".")
    return plain[:1].upper() + plain[1:]


def typed(wanted: Any) -> str:
    """A type as somebody reads it who has only the JSON."""
    match get_origin(wanted):
        case None:
            pass
        case origin if origin is tuple:
            return f"list of {typed(get_args(wanted)[0])}"
        case origin if origin is dict:
            return f"text to {typed(get_args(wanted)[1])}"
        case origin if origin is UnionType:
            return " or ".join(typed(part) for part in get_args(wanted))
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return " \\| ".join(f"`{one.value}`" for one in wanted)
    plain = {str: "text", int: "number", bool: "true or false", type(None): "null", Answered: "answer"}
    return plain[getattr(wanted, "__supertype__", wanted)]


def default(field: msgspec.structs.FieldInfo) -> str:
    """The default of a key as JSON; empty where it must be there."""
    if field.required:
        return ""
    value = field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()
    return f"`{msgspec.json.encode(value).decode()}`"


def kind_text(kind: type[EntryData]) -> str:
    """One kind: what it is, what it means for signatures, its keys."""
    signed = {0: "nobody", 1: "one", 2: "two"}[kind.SIGNERS]
    if kind.KIND == "account_issued":
        signed += " (the desk's first: nobody)"
    substance = "as the entry it corrects" if kind.KIND == "corrected" else "yes" if kind.SUBSTANCE else "no"
    said = f"{_sentence(' '.join((inspect.getdoc(kind) or '').split()))}."
    lines = [f"### `{kind.KIND}`", "", said, "", f"Signed by: {signed}. Substance: {substance}.", ""]
    fields = msgspec.structs.fields(kind)
    if fields:
        lines += ["| key | type | default | meaning |", "|---|---|---|---|"]
    for field in fields:
        star = "*" if field.name in kind.STARRED else ""
        row = f"`{field.encode_name}`{star}", typed(field.type), default(field), meaning(kind, field.name)
        lines.append(f"| {' | '.join(row)} |")
    return "\n".join([*lines, ""]) if fields else "\n".join(lines)


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for strand, name, title in STRANDS:
        own = [kind for kind in ALL_KINDS if strand in kind.STRANDS and _home(kind) is strand]
        also = sorted(kind.KIND for kind in ALL_KINDS if strand in kind.STRANDS and _home(kind) is not strand)
        parts.append(f"## {title}\n")
        if also:
            told = ", ".join(f"[`{kind}`](#{kind})" for kind in also)
            parts.append(f"A {name} may also hold {told}.\n")
        parts += [kind_text(kind) for kind in own]
        if strand is StrandKind.CASE:
            parts.append(answer_text())
    return "\n".join(parts)


def answer_text() -> str:
    """The one value that stands inside another: an answer of triage."""
    said = {name: _sentence(words) for name, words in said_in_code(Answered).items()}
    rows = [
        f"| `{field.encode_name}` | {typed(field.type)} | {default(field)} | {said[field.name]} |"
        for field in msgspec.structs.fields(Answered)
    ]
    head = [
        "### An answer, as it stands in `triage_answered`",
        "",
        "| key | type | default | meaning |",
        "|---|---|---|---|",
    ]
    return "\n".join([*head, *rows, ""])


def _home(kind: type[EntryData]) -> StrandKind:
    """Where a kind is described: in the desk's part where it stands there too."""
    return StrandKind.DESK if StrandKind.DESK in kind.STRANDS else next(s for s, _, _ in STRANDS if s in kind.STRANDS)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

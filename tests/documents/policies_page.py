"""docs/policies.md, made from `resources/provisions.tsv`: what each policy asks, what serves it, and what shows it.

`python -m tests.documents.policies_page` writes it. The tests that a provision
names are looked for in the tests' own sources, so that nothing has to be run.
"""

import ast
import csv
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent
PROVISIONS = ROOT / "resources" / "provisions.tsv"
PAGE = ROOT / "docs" / "policies.md"
POLICIES = {
    "000": ("Independent prep school, 2023", "independent-prep-2023"),
    "001": ("Community primary school, 2023", "primary-2023"),
    "002": ("Secondary school, 2021, with its remote-learning addendum", "secondary-2021"),
    "003": ("Federation of two schools, 2019", "federation-2019"),
    "004": ("Primary school, 2024", "primary-2024"),
}
KINDS = {"enforce": "Enforced", "support": "Supported", "record": "Recorded"}
HEAD = """# What five schools' policies ask, and where the desk serves it

Made from `resources/provisions.tsv` by `python -m tests.documents.policies_page`; a test fails where this page and
that file disagree, and where a test that the file names is gone.

A provision is one thing that a policy asks. The desk serves it in one of three ways:

- **Enforced**: the desk does not let it be broken;
- **Supported**: the desk prompts, counts, reminds or explains;
- **Recorded**: the desk gives it a place to be written down, and prints it.

The last column counts the tests that show it; their names stand in the file. **Not yet** says what is missing. Words
are ours and short: they are no copy of any policy and no legal advice. Where a policy is silent, its profile says so.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """One line of the file."""

    id: str
    policies: tuple[str, ...]
    kind: str
    asks: str
    serves: str
    tests: tuple[str, ...]
    not_yet: str

    @property
    def is_covered(self) -> bool:
        """Whether a test shows it and nothing of it is missing."""
        return bool(self.tests) and not self.not_yet


@cache
def provisions() -> tuple[Provision, ...]:
    """Every provision, in the order of the file."""
    with PROVISIONS.open(encoding="utf-8", newline="") as file:
        return tuple(
            Provision(
                id=row["id"], policies=tuple(row["policies"].split()), kind=row["kind"], asks=row["asks"],
                serves=row["served by"], tests=tuple(row["tests"].split()), not_yet=row["not yet"],
            )
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        )  # fmt: skip


@cache
def collected(path: str) -> dict[str, str]:
    """The tests of one file that a run takes up, each with the text of its file; those never run are left out."""
    file = TESTS / path
    if not file.is_file():
        return {}
    text = file.read_text(encoding="utf-8")
    found = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
    never = re.compile(r"\b(skip|xfail)\b\s*(\(|$)")
    return {
        node.name: text
        for node in found
        if node.name.startswith("test_") and not any(never.search(ast.unparse(mark)) for mark in node.decorator_list)
    }


def is_collected(test: str) -> bool:
    """Whether a test exists as it is named: `folder/file.py::name`, with the example in brackets where one is meant."""
    path, _, name = test.partition("::")
    name, _, example = name.partition("[")
    text = collected(path).get(name)
    return text is not None and (not example or f'"{example.rstrip("]")}"' in text)


def covered() -> Counter[str]:
    """How many provisions of each kind are covered."""
    return Counter(one.kind for one in provisions() if one.is_covered)


def total() -> Counter[str]:
    """How many there are of each kind."""
    return Counter(one.kind for one in provisions())


def _shown(one: Provision) -> str:
    if one.not_yet:
        return f"**Not yet**: {one.not_yet}"
    return "1 test" if len(one.tests) == 1 else f"{len(one.tests)} tests"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def page() -> str:
    """The whole page."""
    have, all_of = covered(), total()
    parts = [HEAD, _row("", "Covered", "Of"), "|---|---|---|"]
    parts += [_row(words, str(have[kind]), str(all_of[kind])) for kind, words in KINDS.items()]
    parts += [_row("All", str(have.total()), str(all_of.total())), ""]
    for number, (title, profile) in POLICIES.items():
        own = [one for one in provisions() if number in one.policies]
        parts += [f"## {number} · {title}", "", f"Profile `{profile}`; {len(own)} provisions.", ""]
        parts += [_row("No.", "What the policy asks", "The desk", "Where", "Shown by"), "|---|---|---|---|---|"]
        parts += [_row(one.id, one.asks, KINDS[one.kind], one.serves, _shown(one)) for one in own]
        parts.append("")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

"""Writes docs/registers.md, the frozen names of what registers ask: `python -m tests.documents.registers_page`.

Names of fields are keys of entries. One that went out with a release may be left out
later; it never changes what it means.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dsl_desk.domain.register_checks import read_kind
from dsl_desk.domain.register_kinds import Clock, FieldKind, RegisterField, RegisterKind, Stage
from dsl_desk.domain.registers import TITLES
from dsl_desk.services.register_files import shipped_kinds
from tests.architecture.sources import ROOT

PAGE: Final = ROOT / "docs" / "registers.md"
HEAD: Final = """# Registers and their fields

Made from the files in `resources/registers/` and `resources/registers_apart/` by
`python -m tests.documents.registers_page`.

What stands in `fields` of [`item_recorded`](entries.md#item_recorded) and [`item_changed`](entries.md#item_changed),
register by register. A star: it cannot be empty where it is asked. Dates are ISO 8601, a day alone or with time and
offset; what was chosen stands as its key.
"""
SAID: Final = {
    FieldKind.LINE: "text", FieldKind.TEXT: "text", FieldKind.NAME: "name", FieldKind.WHEN: "date that has been",
    FieldKind.DAY: "date", FieldKind.NUMBER: "number", FieldKind.ME: "whoever was signed in",
}  # fmt: skip


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(line for kind in (*shipped_kinds(), *kept_apart()) for line in _kind(kind))])


def kept_apart() -> Iterator[RegisterKind]:
    """Registers with readers of their own."""
    for place in sorted((ROOT / "resources" / "registers_apart").glob("*.toml")):
        yield read_kind(place.read_text(encoding="utf-8"), place.name)


def _kind(kind: RegisterKind) -> Iterator[str]:
    who = ", ".join(TITLES[role] for role in kind.who)
    yield f"## `{kind.id}`: {kind.title}\n\n{kind.hint} Kept by {who}.\n"
    for stage in kind.stages:
        yield f"{_stage(stage)}\n"
        yield "| key | asked as | answer |\n|---|---|---|"
        yield from (_row(field) for field in stage.fields)
        yield ""
    told = [*(f"Refused: {rule.words}" for rule in kind.rules), *(_clock(clock) for clock in kind.clocks)]
    if told:
        yield "\n".join(f"- {words}" for words in told) + "\n"


def _stage(stage: Stage) -> str:
    by = f" By {' or '.join(TITLES[role] for role in stage.by)}." if stage.by else ""
    only = " and ".join(f"`{name}` is `{answer}`" for name, answer in stage.only_if)
    return f"**{stage.title}.**{by}{f' Where {only}.' if only else ''}"


def _row(field: RegisterField) -> str:
    answer = ", ".join(f"`{key}` {words}" for key, words in field.options) if field.options else SAID[field.kind]
    if field.only_if:
        answer += f"; where `{field.only_if[0]}` is `{field.only_if[1]}`"
    star = "*" if field.missing else ""
    return f"| `{field.id}`{star} | {field.label.replace('&', '')} | {answer} |"


def _clock(clock: Clock) -> str:
    after = f", {clock.hours} hours after it" if clock.hours else ", months after it" if clock.months else ""
    return f"{clock.words}: by `{clock.since}`{after}."


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

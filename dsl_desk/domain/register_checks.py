"""Reads a kind of register; a faulty file is refused with a sentence that names file, key and fault."""

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from dsl_desk.domain.errors import ProfileError
from dsl_desk.domain.register_kinds import (
    CHOSEN,
    DATES,
    FORMAT,
    NAMES,
    Clock,
    Pair,
    RegisterKind,
    Rule,
    RuleKind,
    Stage,
)

MOST_COLUMNS: Final = 4
_NAME = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")


def read_kind(text: str, file_name: str) -> RegisterKind:
    """Read and check a kind of register; raises ProfileError naming the file, the key and what is wrong with it."""
    try:
        kind = msgspec.toml.decode(text, type=RegisterKind)
    except msgspec.MsgspecError as error:
        raise ProfileError(f"{file_name}: {_plain(str(error))}. The register was not loaded.") from error
    for fault in faults_of(kind):
        raise ProfileError(f"{file_name}: {fault}. The register was not loaded.")
    return kind


def _plain(fault: str) -> str:
    what, mark, where = fault.rpartition(" - at `$.")
    return f"{where.rstrip('`')}: {what}" if mark else fault


def faults_of(kind: RegisterKind) -> Iterator[str]:
    """Each fault as "key: what is wrong", the first first; none for a sound register."""
    if kind.format != FORMAT:
        yield f"format: must be {FORMAT}"
    if not _NAME.fullmatch(kind.id):
        yield "id: small letters, digits and hyphens"
    if not kind.who:
        yield "who: nobody may read it"
    if kind.stages:
        yield from _whole(kind)
    else:
        yield "stages: there must be at least one"


def _whole(kind: RegisterKind) -> Iterator[str]:
    yield from _twice(kind)
    for number, stage in enumerate(kind.stages):
        yield from _stage(kind, f"stages[{number}]", stage)
    if not 1 <= len(kind.columns) <= MOST_COLUMNS:
        yield f"stages: the list shows one to {MOST_COLUMNS} fields"
    yield from _around(kind)


def _around(kind: RegisterKind) -> Iterator[str]:
    for number, clock in enumerate(kind.clocks):
        yield from _clock(kind, f"clocks[{number}]", clock)
    for number, rule in enumerate(kind.rules):
        yield from _rule(kind, f"rules[{number}]", rule)
    for need in kind.closing.needs if kind.closing else ():
        if kind.stage(need) is None:
            yield f"closing.needs: {need} is not a stage of this register"


def _twice(kind: RegisterKind) -> Iterator[str]:
    for key, names in (
        ("stages", [stage.id for stage in kind.stages]),
        ("stages.fields", [field.id for field in kind.fields]),
    ):
        for name in names:
            if names.count(name) > 1:
                yield f"{key}: there are two named {name}"


def _stage(kind: RegisterKind, key: str, stage: Stage) -> Iterator[str]:
    if not any(field.missing for field in stage.fields):
        yield f"{key}.fields: nothing of it has to be filled in, so it could never be seen to be done"
    if set(stage.by) - set(kind.who):
        yield f"{key}.by: somebody who may not read the register"
    yield from _conditions(kind, f"{key}.only_if", stage.only_if)
    for number, field in enumerate(stage.fields):
        where = f"{key}.fields[{number}]"
        if not _NAME.fullmatch(field.id):
            yield f"{where}.id: small letters, digits and hyphens"
        if (field.kind in CHOSEN) != (len(field.options) > 1):
            yield f"{where}.options: what is chosen needs at least two, and nothing else has any"
        yield from _conditions(kind, f"{where}.only_if", (field.only_if,) if field.only_if else ())
        if field.only_if and field.only_if[0] not in {other.id for other in stage.fields}:
            yield f"{where}.only_if: {field.only_if[0]} is asked on another page"


def _conditions(kind: RegisterKind, key: str, pairs: tuple[Pair, ...]) -> Iterator[str]:
    for name, answer in pairs:
        field = kind.field(name)
        if field is None:
            yield f"{key}: {name} is not a field of this register"
        elif answer not in dict(field.options):
            yield f"{key}: {answer} is not an answer of {name}"


def _clock(kind: RegisterKind, key: str, clock: Clock) -> Iterator[str]:
    field = kind.field(clock.since)
    if field is None or field.kind not in DATES:
        yield f"{key}.since: {clock.since} is not a date of this register"
    if clock.until and kind.stage(clock.until) is None:
        yield f"{key}.until: {clock.until} is not a stage of this register"
    if clock.per and kind.field(clock.per) is None:
        yield f"{key}.per: {clock.per} is not a field of this register"
    if clock.unless and kind.field(clock.unless) is None:
        yield f"{key}.unless: {clock.unless} is not a field of this register"
    if clock.hours < 0:
        yield f"{key}.hours: cannot be less than nothing"
    if clock.months < 0 or (clock.months and clock.hours):
        yield f"{key}.months: either hours or months, and not less than nothing"
    yield from _conditions(kind, f"{key}.only_if", clock.only_if)


def _rule(kind: RegisterKind, key: str, rule: Rule) -> Iterator[str]:
    if rule.kind is RuleKind.REQUIRES:
        if rule.when is None or rule.then is None:
            yield f"{key}: when and then are missing"
        yield from _conditions(kind, key, tuple(filter(None, (rule.when, rule.then))))
        return
    wanted = NAMES if rule.kind is RuleKind.DIFFER else DATES
    if len(rule.fields) != 2:
        yield f"{key}.fields: must name two"
    for name in rule.fields:
        field = kind.field(name)
        if field is None or field.kind not in wanted:
            yield f"{key}.fields: {name} is not a {'name' if wanted is NAMES else 'date'} of this register"
    if rule.kind is RuleKind.WITHIN and (rule.hours < 1 or (rule.unless and kind.field(rule.unless) is None)):
        yield f"{key}: hours, or the field that gives the reason, are missing"

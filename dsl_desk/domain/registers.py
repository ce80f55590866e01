"""What may be written into a register: each act is checked and gives the entry it comes to, or is refused in words."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from dsl_desk.domain.deadlines import hours_after
from dsl_desk.domain.desk_entries import ItemChanged, ItemClosed, ItemRecorded
from dsl_desk.domain.errors import InputError, ProcedureError
from dsl_desk.domain.moments import has_come
from dsl_desk.domain.register_items import Item, applies, belongs, is_done, moment_of, needed, open_stages
from dsl_desk.domain.register_kinds import (
    CHOSEN,
    DATES,
    FieldKind,
    RegisterField,
    RegisterKind,
    Rule,
    RuleKind,
    Stage,
)
from dsl_desk.domain.text import clean_name, clean_text
from dsl_desk.domain.words import Role

Answers = Mapping[str, str]

NOT_YOURS = "This register is not yours to write in. Nothing was recorded."
NOT_THIS_STEP = "This part is for somebody else in the school: {who}. Nothing was recorded."
NO_ITEM = "This line is not in the register. Nothing was recorded."
TITLES = {
    Role.DSL: "the DSL", Role.DEPUTY: "a deputy", Role.OSL: "the online safety lead",
    Role.HEADTEACHER: "the Headteacher", Role.SENIOR: "senior staff", Role.CHAIR: "the Chair",
    Role.DPO: "the data protection officer",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Whoever is signed in, as a register asks for them."""

    name: str
    role: Role | None
    now: datetime
    """Aware, at the school's offset."""


def may_use(kind: RegisterKind, role: Role | None) -> bool:
    """Whether somebody of this role reads a register and writes in it."""
    return role in kind.who


def may_do(stage: Stage, role: Role | None) -> bool:
    """Whether somebody of this role may fill in a page, where they may use the register at all."""
    return not stage.by or role in stage.by


def whose(stage: Stage) -> str:
    """Who fills in a page, in words; nothing where everybody of the register may."""
    return " or ".join(TITLES[role] for role in stage.by)


def record(kind: RegisterKind, item: str, answers: Answers, writer: Writer) -> ItemRecorded:
    """A new item; raises ProcedureError where it is not this person's or a rule forbids it, InputError where it lacks.

    Nothing is recorded where anything is refused.
    """
    _may_write(kind, kind.first, writer)
    fields = _stage_answers(kind.first, answers, writer)
    _rules(kind, fields, None, writer.now)
    return ItemRecorded(register=kind.id, item=item, fields=fields)


def follow(kind: RegisterKind, item: Item, stage: str, answers: Answers, writer: Writer) -> ItemChanged:
    """A further page of an item, once what comes before it is there; raises like `record`."""
    found = next((one for one in open_stages(kind, item) if one.id == stage), None)
    if found is None:
        raise ProcedureError("This part of it cannot be filled in now: it is done, or something comes first.")
    _may_write(kind, found, writer)
    fields = _stage_answers(found, answers, writer)
    _rules(kind, {**item.fields, **fields}, item, writer.now)
    return ItemChanged(item=item.id, fields=fields, reason=found.done)


def correct(kind: RegisterKind, item: Item, answers: Answers, reason: str, writer: Writer) -> ItemChanged:
    """What was wrong, put right with a reason; what stood before stays beside it.

    Only pages that are done are corrected. Who corrects a decision stands for it from
    then on, so only somebody who may decide can.
    """
    if not reason.strip():
        raise InputError("Write why it is corrected. What stood before stays beside it.")
    done = [stage for stage in kind.stages if applies(stage, item.fields) and is_done(stage, item.fields)]
    changed = {name: said for name, said in answers.items() if said.strip() != item.said(name)}
    if set(changed) - {field.id for stage in done for field in stage.fields if field.kind is not FieldKind.ME}:
        raise InputError("Only what was filled in before can be corrected. Nothing was recorded.")
    if not changed:
        raise InputError("Nothing was changed, so nothing was recorded.")
    fields: dict[str, str] = {}
    for stage in done:
        if changed.keys() & {field.id for field in stage.fields}:
            _may_write(kind, stage, writer)
            together = _stage_answers(stage, {**item.fields, **changed}, writer)
            fields |= {name: said for name, said in together.items() if said != item.said(name)}
    _rules(kind, {**item.fields, **fields}, item, writer.now)
    return ItemChanged(item=item.id, fields=fields, reason=clean_text(reason.strip()))


def close(kind: RegisterKind, item: Item, reason: str, writer: Writer) -> ItemClosed:
    """The end of an item, with why; raises like `record`."""
    _may_write(kind, kind.first, writer)
    if kind.closing is None or item.closed is not None:
        raise ProcedureError("This line has no end of its own, or it is closed already. Nothing was recorded.")
    for stage in map(kind.stage, kind.closing.needs):
        if stage is not None and applies(stage, item.fields) and not is_done(stage, item.fields):
            raise ProcedureError(kind.closing.refused or f"First: {stage.title}. Nothing was recorded.")
    if not reason.strip():
        raise InputError("Write why it ends. Nothing was recorded.")
    return ItemClosed(item=item.id, reason=clean_text(reason.strip()))


def _may_write(kind: RegisterKind, stage: Stage, writer: Writer) -> None:
    if not may_use(kind, writer.role):
        raise ProcedureError(NOT_YOURS)
    if not may_do(stage, writer.role):
        raise ProcedureError(NOT_THIS_STEP.format(who=whose(stage)))


def _stage_answers(stage: Stage, answers: Answers, writer: Writer) -> dict[str, str]:
    """What a page says, whole and readable; answers to what it does not ask are left alone."""
    told = {field.id: _answer(field, answers, writer) for field in stage.fields}
    fields = {field.id: told[field.id] if belongs(field.only_if, told) else "" for field in stage.fields}
    for field in needed(stage, fields):
        if not fields[field.id]:
            raise InputError(f"{field.missing}. Nothing was recorded.")
    return fields


def _answer(field: RegisterField, answers: Answers, writer: Writer) -> str:
    if field.kind is FieldKind.ME:
        return writer.name
    said = clean_text(answers.get(field.id, "").strip())
    label = field.label.replace("&", "")
    if said and field.kind is FieldKind.NAME:
        said = _name(said, label)
    if said and field.kind in CHOSEN and said not in dict(field.options):
        raise InputError(f"{label}: choose one of the answers. Nothing was recorded.")
    if said and field.kind is FieldKind.NUMBER and not (said.isdecimal() and said.isascii() and len(said) < 7):
        raise InputError(f"{label}: enter a number. Nothing was recorded.")
    if said and field.kind in DATES:
        at = moment_of(said, writer.now)
        if at is None:
            raise InputError(f"{label}: enter a date. Nothing was recorded.")
        if field.kind is FieldKind.WHEN and not has_come(at, writer.now):
            raise InputError(f"{label}: this date has not come yet. Nothing was recorded.")
    return said


def _name(said: str, label: str) -> str:
    """A name with nothing in it that cannot be seen: it would make two people of one, who asks and decides."""
    try:
        return clean_name(said)
    except InputError as error:
        raise InputError(f"{label}: {error} Nothing was recorded.") from error


def _rules(kind: RegisterKind, fields: Answers, item: Item | None, now: datetime) -> None:
    for rule in kind.rules:
        if _breaks(rule, fields, item, now):
            raise ProcedureError(f"{rule.words} Nothing was recorded.")


def _breaks(rule: Rule, fields: Answers, item: Item | None, now: datetime) -> bool:
    if rule.kind is RuleKind.REQUIRES:
        answered = rule.then is not None and bool(fields.get(rule.then[0]))
        return answered and belongs(rule.when, fields) and not belongs(rule.then, fields)
    first, second = (fields.get(name, "") for name in rule.fields)
    if not first or not second:
        return False
    if rule.kind is RuleKind.DIFFER:
        earlier = item.ever(rule.fields[0]) if item is not None else frozenset()
        return any(same_person(one, second) for one in (first, *earlier))
    since, until = moment_of(first, now), moment_of(second, now)
    if since is None or until is None:
        return False
    if rule.kind is RuleKind.NOT_BEFORE:
        return until.date() < since.date() or (_timed(first, second) and not has_come(since, until))
    last = hours_after(since, rule.hours) if _timed(first, second) else since + timedelta(hours=rule.hours)
    return not has_come(until, last) and not fields.get(rule.unless, "")


def _timed(*told: str) -> bool:
    return all(len(one) > 10 for one in told)


def same_person(one: str, other: str) -> bool:
    """Whether two names could be of one person: the same last name and first letter, or one name that stands in both.

    It errs on that side: two people of one family and letter write their names out,
    and somebody else decides.
    """
    first, second = sorted((_name_parts(one), _name_parts(other)), key=len)
    if len(first) < 2:
        return bool(first) and first[0] in second
    return first[-1] == second[-1] and first[0][0] == second[0][0]


def _name_parts(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", name).casefold()
    kept = "".join(char if char.isalnum() else " " for char in plain.partition(",")[0])
    return [part for part in kept.split() if part not in _FORMS_OF_ADDRESS]


_FORMS_OF_ADDRESS = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "rev"})


def newest_first(items: Iterable[Item]) -> tuple[Item, ...]:
    """Items as a list shows them."""
    return tuple(sorted(items, key=lambda item: item.recorded.seq, reverse=True))

"""What the registers can say in a summary for governors: counts, months and themes; no name, no day, no free text."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from dsl_desk.domain.dates import month_name
from dsl_desk.domain.errors import ProcedureError
from dsl_desk.domain.register_items import Item, answer_words
from dsl_desk.services.governors import Period
from dsl_desk.services.registers import RegisterService


def facts_of(registers: RegisterService, period: Period) -> dict[str, str]:
    """Lines for the summary by the names of its facts, as far as registers say something of the period."""
    found: dict[str, str] = {}
    for key, (name, dated, words) in _FACTS.items():
        try:
            items = [item for item in registers.items(name) if _inside(item.said(dated), period)]
        except ProcedureError:  # a register of others: nothing of it is told
            continue
        if items:
            found[key] = words(registers, sorted(items, key=lambda item: item.said(dated)))
    return found


def _inside(told: str, period: Period) -> bool:
    return period.first <= told[:10] <= period.last


def _month(told: str) -> str:
    try:
        day = date.fromisoformat(told[:10])
    except ValueError:
        return ""
    return f"{month_name(day)} {day.year}"


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _checks(_: RegisterService, items: list[Item]) -> str:
    faults = sum(item.said("result") == "fault" for item in items)
    still = sum(item.said("result") == "fault" and not item.said("mended_on") for item in items)
    words = f"{_count(len(items), 'check', 'checks')}, the last in {_month(items[-1].said('checked_on'))}."
    if faults:
        words += f" {faults} found something to mend, {still} still open."
    return words + _next(items[-1])


def _review(_: RegisterService, items: list[Item]) -> str:
    return f"Reviewed in {_month(items[-1].said('reviewed_on'))}.{_next(items[-1])}"


def _next(item: Item) -> str:
    month = _month(item.said("next_on"))
    return f" Next: {month}." if month else ""


def _changes(_: RegisterService, items: list[Item]) -> str:
    told = [f"{len(items)} asked for"]
    for field, answer, words in (
        ("decision", "granted", "granted"), ("decision", "refused", "refused"), ("change", "temporary", "for a time"),
    ):  # fmt: skip
        told.append(f"{sum(item.said(field) == answer for item in items)} {words}")
    return ", ".join(told) + "."


def _training(registers: RegisterService, items: list[Item]) -> str:
    field = registers.kind("training").field("group")
    groups = {answer_words(field, item.said("group")): _month(item.said("given_on")) for item in items} if field else {}
    return _listed(groups)


def _policies(_: RegisterService, items: list[Item]) -> str:
    number = _count(len({item.said("policy").casefold() for item in items}), "policy", "policies")
    return f"{number} reviewed, the last in {_month(items[-1].said('reviewed_on'))}."


def _listed(told: Mapping[str, str]) -> str:
    return "; ".join(f"{words} ({month})" for words, month in told.items()) + "."


_Words = Callable[[RegisterService, list[Item]], str]
_FACTS: Final[Mapping[str, tuple[str, str, _Words]]] = {
    "checks": ("filtering-checks", "checked_on", _checks),
    "review": ("filtering-reviews", "reviewed_on", _review),
    "changes": ("filter-changes", "asked_on", _changes),
    "training": ("training", "given_on", _training),
    "policies": ("policy-reviews", "reviewed_on", _policies),
}
"""Fact of the summary: its register, the date that counts, and how it is told."""

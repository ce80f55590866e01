"""Deadlines in words: what is due, of what, by when, how long it may take, and what must be said beside the date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from dsl_desk.domain.dates import day_words
from dsl_desk.domain.deadlines import CaseDeadline, Standing, due_words
from dsl_desk.domain.deadlines_clocks import FOLLOWED, DeadlineKind
from dsl_desk.domain.deadlines_terms import Rule
from dsl_desk.domain.policy_values import Term
from dsl_desk.services.case_things import local_words
from dsl_desk.services.told import plain

_DAY_ALONE: Final = len("2026-11-24")

_TITLES: Final[Mapping[DeadlineKind, str]] = {
    DeadlineKind.REPORT: "Tell the DSL",
    DeadlineKind.ANSWER: "Answer the questions",
    DeadlineKind.POLICE: "Ring the police",
    DeadlineKind.LADO: "Ring the LADO",
    DeadlineKind.BREACH: "Tell the ICO",
    DeadlineKind.FILE: "Receipt for the child’s file",
    DeadlineKind.ACTION: "Action to do",
    DeadlineKind.DATE: "A date that others set",
    DeadlineKind.RISK: "Look at the risk again",
    DeadlineKind.VANISHES: "It will be gone",
    DeadlineKind.MEASURE: "A measure ends",
    DeadlineKind.CHANGE: "A change that was promised",
}
_HOW: Final[Mapping[DeadlineKind, str]] = {
    DeadlineKind.ANSWER: "A concern came in: write it down and answer the questions.",
    DeadlineKind.POLICE: "Ring 101, or write down why not.",
    DeadlineKind.LADO: "An allegation: ring, or write down why not.",
    DeadlineKind.BREACH: "Personal data is out: refer it to the ICO, or write down why not.",
    DeadlineKind.REPLY: "No answer is recorded yet: chase it, or record the reply.",
    DeadlineKind.FILE: "Record it when the receipt comes, or ask for it.",
    DeadlineKind.DISAGREEMENT: "Nothing came of it yet: ask again, or write down what came of it.",
}
_THEN: Final[Mapping[DeadlineKind, str]] = {
    DeadlineKind.DATE: "Write down what came of it once it is over.",
    DeadlineKind.RISK: "Write down how it stands now.",
    DeadlineKind.VANISHES: "Ask whoever holds it to keep it.",
    DeadlineKind.MEASURE: "Give it back, or say until when it goes on.",
    DeadlineKind.CHANGE: "Record it once it is done.",
}
"""What to do about a day that somebody set, after what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineSeen:
    """One deadline as the place of a case shows it."""

    key: str
    """Kind and number of the entry it is counted from: lado:4."""
    title: str
    words: str
    """By when, or how it ended; with what must be said beside it."""
    standing: Standing
    about: int = 0
    """strand_seq of the entry it is counted from."""
    by_done: bool = False
    """Whether "something promised is done" meets it, it still runs, and it is not offered as an action already."""

    @property
    def asks_why(self) -> bool:
        """Whether somebody may write down why it was not kept."""
        return self.standing in (Standing.LATE, Standing.MET_LATE)


def title_of(one: CaseDeadline) -> str:
    """What is due, in a few words."""
    kind = one.clock.kind
    if kind in (DeadlineKind.REPLY, DeadlineKind.DISAGREEMENT):
        who = {"lado": "the LADO", "ico": "the ICO", "iwf": "the IWF"}.get(one.clock.of, plain(one.clock.of))
        return f"Ask {who} again" if kind is DeadlineKind.DISAGREEMENT else f"Answer of {who}"
    if kind is DeadlineKind.ANSWER and one.clock.of:
        return "Write down what you were told"
    return _TITLES[kind]


def what_of(one: CaseDeadline) -> str:
    """What to do about it, with what must be said beside its date."""
    kind, of = one.clock.kind, one.clock.of.rstrip(".")
    said = (_HOW.get(kind) or f"{of}.", _THEN.get(kind, ""), *(f"{words}." for words in one.due.notes))
    return " ".join(part for part in said if part)


def key_of(one: CaseDeadline) -> str:
    """Kind and number of the entry it is counted from."""
    return f"{one.clock.kind.value}:{one.clock.about}"


def seen_of(one: CaseDeadline, now: datetime) -> DeadlineSeen:
    """As the place of a case shows it."""
    when, of = due_words(one.due, now), one.clock.of
    match one.standing:
        case Standing.EXPLAINED:
            reason = one.clock.missed.reason if one.clock.missed else ""
            words = f"{_was(one)}; missed: {reason}"
        case Standing.MET_LATE:
            met = one.clock.met
            done = day_words(date.fromisoformat(met)) if len(met) == _DAY_ALONE else local_words(met)
            words = f"{_was(one)}; done late, {done}"
        case _:
            term = term_words(one.rule)
            words = "; ".join(part for part in (when, term) if part)
    about = of if one.clock.kind not in _HOW and of else ""
    words = ". ".join((*((about.rstrip("."),) if about else ()), words, *one.due.notes)).rstrip(".") + "."
    return DeadlineSeen(
        key=key_of(one), title=title_of(one), words=words, standing=one.standing, about=one.clock.about,
        by_done=one.clock.runs and one.clock.kind in FOLLOWED and one.clock.kind is not DeadlineKind.ACTION,
    )  # fmt: skip


def _was(one: CaseDeadline) -> str:
    at = "" if one.due.day else f", {one.due.by:%H:%M}"
    return f"Was due {day_words(one.due.day or one.due.by.date())}{at}"


def term_words(rule: Rule | None) -> str:
    """How long something may take, in words; empty where somebody said a day."""
    if rule is None:
        return ""
    one = rule.count == 1
    match rule.term:
        case Term.AT_ONCE:
            return "at once"
        case Term.END_OF_LESSON:
            return "by the end of the lesson"
        case Term.SAME_DAY:
            return "the same day"
        case Term.HOURS:
            return "within one hour" if one else f"within {rule.count} hours"
        case Term.WORKING_DAYS:
            return "within one working day" if one else f"within {rule.count} working days"
        case Term.SCHOOL_DAYS:
            return "within one school day" if one else f"within {rule.count} school days"
        case Term.MONTHS:
            return "within one month" if one else f"within {rule.count} months"

"""A policy profile laid out for people: sections, things in them, and the texts of each that a school may word anew.

Only texts stand here. What a profile asks for (who takes a step, in which order, how many people) is shown beside
them and is in no field, so no wording can lower it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from dsl_desk.domain.deadlines_terms import counted_as, report_rule, urgent_report_rule
from dsl_desk.domain.policy_values import (
    Category,
    Condition,
    Contact,
    Escalation,
    Profile,
    RetentionClass,
    Route,
    Step,
    Wording,
)
from dsl_desk.domain.words import Grade, Role
from dsl_desk.services.deadline_words import term_words
from dsl_desk.services.posts import POSTS

_GRADES: Final = {Grade.STOP_IMAGES: "Stops everything", Grade.POLICE_FIRST: "Stops the looking", Grade.OPEN: ""}
_WHEN: Final = {
    Condition.ALWAYS: "", Condition.NOT_STOPPED: "while the case is not stopped", Condition.STOPPED: "after a stop",
    Condition.ABOUT_PUPIL: "about a pupil", Condition.ABOUT_WORKER: "about somebody who works here",
    Condition.CHILD_INVOLVED: "where a child is involved", Condition.LOOKING_DONE: "once something was looked at",
    Condition.DEVICE_HELD: "where the school holds a device", Condition.ADULT_INVOLVED: "where an adult is involved",
}  # fmt: skip
_WORDS_OF: Final = {
    "stop_images": "Stop page: a picture, or not sure", "police_first": "Stop page: something else",
    "halt_buttons": "The two buttons of a stop", "halt_card_title": "Title of the stop page",
    "declaration": "Declaration of both reviewers", "statement": "The line that both sign",
    "finish": "When looking is finished", "child_voice_hint": "Beside the child’s words",
    "form_foot": "Foot of the review record", "stop_question": "Question after each sighting",
    "supplied_questions": "Before anything handed in is taken", "one_senior": "With one senior person on site",
    "before_any_story": "Before any story",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPart:
    """One text that may be worded anew."""

    address: str
    """Where it stands in the profile, such as `categories[2].definition`."""
    label: str
    value: str
    long: bool = False
    optional: bool = False
    is_list: bool = False
    """One thing a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextItem:
    """One thing of the profile: what it says, what holds for it, and its texts."""

    key: str
    title: str
    said: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    """What holds for it and is not worded: who takes a step, what comes before."""
    parts: tuple[TextPart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSection:
    """Things of one kind."""

    key: str
    title: str
    about: str
    items: tuple[TextItem, ...]


def sections_of(profile: Profile) -> tuple[TextSection, ...]:
    """The whole profile, in the order in which a school reads it."""
    return (
        _general(profile),
        _told(profile),
        _listed("deadlines", "Deadlines", "What the desk counts down.", (
            TextItem(
                key="", title=one.title, said=term_words(counted_as(one)), parts=(_line(".title", "Words", one.title),)
            )
            for one in profile.deadlines
        )),
        _listed("categories", "Categories", "What a concern may be about, and what each means.",
                (_category(one, profile) for one in profile.categories)),
        _listed("escalation", "Goes to others at once", "What stops the looking, and who is rung.",
                (_escalation(one) for one in profile.escalation)),
        *(_route(number, route, profile) for number, route in enumerate(profile.routes)),
        _triage(profile),
        _wording(profile.wording),
        _listed("contacts", "Contacts", "Titles, and the numbers that are the same in every school.",
                (_contact(one) for one in profile.contacts)),
        _listed("roles", "Posts", "What each post is called in this school.", (
            TextItem(
                key="", title=one.title, said="May review" if one.may_review else "Does not review",
                parts=(_line(".title", "What the post is called", one.title),),
            )
            for one in profile.roles
        )),
        _listed("retention", "How long records are kept", "Nothing is ever disposed of by itself.",
                (_retention(one) for one in profile.retention)),
        *_phrases(profile),
    )  # fmt: skip


def texts_of(profile: Profile) -> dict[str, TextPart]:
    """Every text that may be worded anew, by its address."""
    return {part.address: part for section in sections_of(profile) for item in section.items for part in item.parts}


def _line(address: str, label: str, value: str, *, optional: bool = False) -> TextPart:
    return TextPart(address=address, label=label, value=value, optional=optional)


def _area(address: str, label: str, value: str, *, optional: bool = False) -> TextPart:
    return TextPart(address=address, label=label, value=value, long=True, optional=optional)


def _list(address: str, label: str, values: Iterable[str]) -> TextPart:
    return TextPart(address=address, label=label, value="\n".join(values), long=True, is_list=True)


def _listed(key: str, title: str, about: str, items: Iterable[TextItem]) -> TextSection:
    """A section of a list: each thing's address is its number in it."""
    return TextSection(
        key=key, title=title, about=about, items=tuple(_at(f"{key}[{number}]", one) for number, one in enumerate(items))
    )


def _at(key: str, item: TextItem) -> TextItem:
    parts = tuple(
        TextPart(
            address=key + part.address, label=part.label, value=part.value, long=part.long, optional=part.optional,
            is_list=part.is_list,
        )
        for part in item.parts
    )  # fmt: skip
    return TextItem(key=key, title=item.title, said=item.said, facts=item.facts, parts=parts)


def _general(profile: Profile) -> TextSection:
    told, year = profile.reporting, profile.governors
    least = profile.minimum
    items = (
        TextItem(key="title", title=profile.title, said="Name of the policy",
                 parts=(_line("title", "Name of the policy", profile.title),)),
        TextItem(
            key="reporting", title="A concern is reported", said=told.deadline,
            facts=(("First told", _posts(told.first_report_to)), ("Always reaches", _posts(told.always_reaches)),
                   ("Counted as", term_words(report_rule(told))),
                   ("Where a crime or serious harm is suspected", term_words(urgent_report_rule(told)))),
            parts=(_area("reporting.deadline", "How soon, in the policy’s words", told.deadline),),
        ),
        TextItem(
            key="governors", title="Governors are told", said=f"{year.interval} · {year.body}",
            facts=(("At the latest", f"every {year.interval_months} months"),
                   ("A count is shown from", f"{year.fewer_than} on; below it reads “fewer than {year.fewer_than}”"),
                   ("Beyond counts", ", ".join(year.beyond_counts) or "nothing")),
            parts=(_line("governors.interval", "How often, in the policy’s words", year.interval),
                   _line("governors.body", "To whom", year.body)),
        ),
        TextItem(
            key="minimum", title="What no policy can lower",
            said=f"{least.reviewers} reviewers · {least.signatures} signatures · the questions first · "
            "the halt always in reach",
        ),
        *((TextItem(key="silent", title="Where this policy says nothing", said=" ".join(profile.silent)),)
          if profile.silent else ()),
    )  # fmt: skip
    return TextSection(
        key="general", title="In general", about="Its name, who is told, governors, and what no school can lower.",
        items=items,
    )  # fmt: skip


def _told(profile: Profile) -> TextSection:
    return _listed("told", "Who is told what", "Who hears of it, by what was found.", (
        TextItem(
            key="", title=one.when, said=", ".join(one.who),
            parts=(_area(".when", "When", one.when), _list(".who", "Who is told, one a line", one.who)),
        )
        for one in profile.told
    ))  # fmt: skip


def _category(one: Category, profile: Profile) -> TextItem:
    risk = ", ".join(part.value for part in one.risk)
    facts = [("Class of risk", risk)]
    route = profile.route(one.route) if one.route else None
    if route is not None:
        facts.append(("Follows", route.title))
    if one.ask_for_advice:
        facts.append(("What the desk adds", "Ask for advice"))
    return TextItem(
        key="", title=one.title, said=one.definition, facts=tuple(facts),
        parts=(_line(".title", "Title", one.title), _area(".definition", "What it means", one.definition),
               _area(".help", "Help beside it", one.help, optional=True)),
    )  # fmt: skip


def _escalation(one: Escalation) -> TextItem:
    return TextItem(
        key="", title=one.title, said=f"{_GRADES[one.grade]}. To: {', '.join(one.to)}",
        facts=(("What it does", _GRADES[one.grade]),),
        parts=(_line(".title", "What", one.title), _list(".to", "To whom, one a line", one.to),
               _area(".help", "Help beside it", one.help, optional=True)),
    )  # fmt: skip


def _contact(one: Contact) -> TextItem:
    said = " · ".join(part for part in (one.number, one.web, one.hours, one.note) if part)
    if one.fixed:
        return TextItem(key="", title=one.title, said=f"{said} · always there")
    return TextItem(
        key="", title=one.title, said=said or "The school fills it in, under Contacts",
        parts=(
            _line(".title", "Title", one.title), _line(".number", "Number", one.number, optional=True),
            _line(".hours", "Hours", one.hours, optional=True), _line(".web", "Site", one.web, optional=True),
            _area(".note", "What it is for", one.note, optional=True),
        ),
    )  # fmt: skip


def _retention(one: RetentionClass) -> TextItem:
    rules: dict[str, Callable[[], str]] = {
        "dob_plus_years": lambda: f"Date of birth plus {one.years} years",
        "close_plus_years": lambda: f"Closed plus {_years(one.years)}",
        "transfer_plus_years": lambda: f"File handed on plus {_years(one.years)}",
        "hold": lambda: "Held until people decide",
    }
    rule = rules.get(one.rule, lambda: one.rule)()
    return TextItem(
        key="", title=one.title, said=" · ".join(part for part in (rule, one.note) if part), facts=(("Rule", rule),),
        parts=(_line(".title", "Title", one.title), _area(".note", "Note", one.note, optional=True)),
    )  # fmt: skip


def _route(number: int, route: Route, profile: Profile) -> TextSection:
    key = f"routes[{number}]"
    steps = {step.id: step for step in route.steps}
    first = TextItem(
        key=key, title=route.title, said="Name of this procedure", parts=(_line(f"{key}.title", "Name", route.title),)
    )
    items = tuple(_at(f"{key}.steps[{at}]", _step(at + 1, step, steps, profile)) for at, step in enumerate(route.steps))
    return TextSection(
        key=key, title=f"Steps: {route.title}", about="Step by step: what is done, by whom, and what comes before.",
        items=(first, *items),
    )  # fmt: skip


def _step(number: int, step: Step, steps: dict[str, Step], profile: Profile) -> TextItem:
    when = ", ".join(words for one in step.when if (words := _WHEN.get(one, one.value)))
    by = _posts(step.by, profile)
    taken = f"Two people: {by}" if step.people > 1 else by
    facts = [
        ("Taken by", taken),
        ("Comes after", ", ".join(steps[name].title for name in step.needs if name in steps) or "nothing"),
        ("Only", when or "always"),
        ("May be skipped", "with a reason, which prints" if step.skippable else "no"),
    ]
    if step.provisions:
        facts.append(("Asked for by", ", ".join(step.provisions)))
    return TextItem(
        key="", title=f"{number} · {step.title}", said=f"{step.why} Taken by: {taken}.", facts=tuple(facts),
        parts=(_line(".title", "Title", step.title), _area(".why", "What it asks", step.why)),
    )  # fmt: skip


def _triage(profile: Profile) -> TextSection:
    triage = profile.triage
    items = [
        TextItem(key="triage.above", title="Above each question", said=triage.above,
                 parts=(_area("triage.above", "Above each question", triage.above),)),
        TextItem(key="triage.result", title="After the questions", said=triage.result,
                 parts=(_area("triage.result", "After the questions", triage.result),)),
    ]  # fmt: skip
    for number, one in enumerate(triage.questions):
        key = f"triage.questions[{number}]"
        items.append(
            TextItem(
                key=key, title=f"{one.id} · {one.text}", said=one.help,
                parts=(_area(f"{key}.text", f"Question {one.id}", one.text),
                       _area(f"{key}.help", "Below it", one.help, optional=True)),
            )
        )  # fmt: skip
    return TextSection(
        key="triage", title="The first questions", about="Asked before any story. Their order never changes.",
        items=tuple(items),
    )  # fmt: skip


def _wording(wording: Wording) -> TextSection:
    items = []
    for field in wording.__struct_fields__:
        value = getattr(wording, field)
        title = _WORDS_OF.get(field, field)
        if isinstance(value, tuple):
            parts = tuple(_area(f"wording.{field}[{at}]", f"{title}, {at + 1}", line) for at, line in enumerate(value))
            more = f" (and {len(value) - 1} more)" if len(value) > 1 else ""
            items.append(TextItem(key=f"wording.{field}", title=title, said=value[0] + more, parts=parts))
        else:
            part = _area(f"wording.{field}", title, value, optional=field == "before_any_story")
            items.append(TextItem(key=f"wording.{field}", title=title, said=value, parts=(part,)))
    return TextSection(
        key="wording", title="Words of pages and papers", about="Stop pages, declarations, the line both sign.",
        items=tuple(items),
    )  # fmt: skip


def _phrases(profile: Profile) -> Iterable[TextSection]:
    lists = (
        ("outcomes", "Outcomes", "How a review may end, for the governor summary.", profile.outcomes),
        ("severities", "How serious", "For the governor summary.", profile.severities),
        ("themes", "Lessons", "Set phrases: the only words of lessons that reach governors.", profile.themes),
    )
    for key, title, about, phrases in lists:
        yield _listed(key, title, about, (
            TextItem(key="", title=one.title, parts=(_line(".title", "Words", one.title),)) for one in phrases
        ))  # fmt: skip


def _posts(roles: Iterable[Role], profile: Profile | None = None) -> str:
    titles = {said.id: said.title for said in profile.roles} if profile else {}
    asked = tuple(roles)
    short = {Role.DSL: "DSL", Role.DEPUTY: "deputy", Role.OSL: "online safety lead", Role.SENIOR: "a senior"}
    if len(asked) >= 6:
        return "any of the senior staff"
    return ", ".join(short.get(role) or titles.get(role) or POSTS[role] for role in asked)


def _years(years: int) -> str:
    return "1 year" if years == 1 else f"{years} years"

"""What a profile must hold beyond its shape: names that exist, steps that can be reached, a minimum never lowered."""

from collections.abc import Iterator
from typing import Final

from dsl_desk.domain.policy_values import Condition, Fact, Profile, Route, Step, StepKind
from dsl_desk.domain.words import Grade

NEVER_SKIPPED: Final = frozenset(
    {
        Fact.SUBJECT, Fact.TRIAGE, Fact.TWO_REVIEWERS, Fact.DEVICE_NAMED, Fact.PURPOSE, Fact.BOTH_DECLARED,
        Fact.BOTH_JUDGED, Fact.SIGNED_BY_BOTH,
    }
)  # fmt: skip
"""Steps 2, 3, 6, 7, 9, 10, 13 and 17 of flows section 9."""

TAKES_TWO: Final = frozenset(
    {Fact.TWO_REVIEWERS, Fact.BOTH_DECLARED, Fact.LOOKED, Fact.BOTH_JUDGED, Fact.SIGNED_BY_BOTH}
)
BEFORE_TRIAGE: Final = frozenset({Fact.CHILD_SAFE, Fact.SUBJECT})
BEFORE_LOOKING: Final = (Fact.TRIAGE, Fact.TWO_REVIEWERS, Fact.DEVICE_NAMED, Fact.PURPOSE, Fact.BOTH_DECLARED)
BEFORE_JUDGING: Final = (Fact.TRIAGE, Fact.TWO_REVIEWERS, Fact.PURPOSE, Fact.BOTH_DECLARED)
BEFORE_SIGNING: Final = (Fact.TRIAGE, Fact.BOTH_JUDGED, *BEFORE_LOOKING)
QUESTIONS: Final = ("1", "2", "2b", "3", "4", "5a", "5b", "6", "7")
BANNED_WORDS: Final = ("illegal content detected", "probably fine", "safe to view", "low risk")
RETENTION_RULES: Final = frozenset({"dob_plus_years", "close_plus_years", "transfer_plus_years", "hold"})


def faults_of(profile: Profile) -> Iterator[str]:
    """Each fault as "key: what is wrong", the first first; none for a sound profile."""
    yield from _twice(profile)
    yield from _minimum(profile)
    yield from _triage(profile)
    yield from _wording(profile)
    yield from _small_things(profile)
    for number, route in enumerate(profile.routes):
        yield from _route(f"routes[{number}]", route, {said.id for said in profile.roles})
    for number, category in enumerate(profile.categories):
        if category.route and profile.route(category.route) is None:
            yield f"categories[{number}].route: there is no route named {category.route}"


def _twice(profile: Profile) -> Iterator[str]:
    lists: dict[str, list[str]] = {
        "roles": [said.id.value for said in profile.roles],
        "deadlines": [part.id for part in profile.deadlines],
        "categories": [part.id for part in profile.categories],
        "escalation": [part.id for part in profile.escalation],
        "contacts": [part.id for part in profile.contacts],
        "retention": [part.id for part in profile.retention],
        "outcomes": [part.id for part in profile.outcomes],
        "severities": [part.id for part in profile.severities],
        "themes": [part.id for part in profile.themes],
        "routes": [part.id for part in profile.routes],
    }
    for key, names in lists.items():
        if not names:
            yield f"{key}: there must be at least one"
        for name in names:
            if names.count(name) > 1:
                yield f"{key}: there are two named {name}"
    titles = [route.title.strip().casefold() for route in profile.routes]
    for number, route in enumerate(profile.routes):
        if titles.index(titles[number]) < number:
            yield f"routes[{number}].title: another route is called “{route.title}” already"


def _minimum(profile: Profile) -> Iterator[str]:
    least = profile.minimum
    if least.reviewers < 2:
        yield "minimum.reviewers: two different people must look; no profile can ask for fewer"
    if least.signatures < 2:
        yield "minimum.signatures: two different people must sign; no profile can ask for fewer"
    if not least.triage_first:
        yield "minimum.triage_first: the triage questions come first in every profile"
    if not least.halt_available:
        yield "minimum.halt_available: the halt is in reach at every moment in every profile"
    if sum(said.may_review for said in profile.roles) < 2:
        yield "roles: fewer than two roles may review"


def _triage(profile: Profile) -> Iterator[str]:
    asked = tuple(question.id for question in profile.triage.questions)
    if asked != QUESTIONS:
        yield f"triage.questions: must be {', '.join(QUESTIONS)}, in this order"
    if "{question}" not in profile.triage.result or "not a finding" not in profile.triage.result:
        yield "triage.result: must name {question} and say that this is not a finding"


def _wording(profile: Profile) -> Iterator[str]:
    texts = [
        profile.triage.result,
        profile.triage.above,
        *(part for question in profile.triage.questions for part in (question.text, question.help)),
        *(str(getattr(profile.wording, field)) for field in profile.wording.__struct_fields__),
    ]
    for banned in BANNED_WORDS:
        if any(banned in text.lower() for text in texts):
            yield f"wording: never says “{banned}”"
    if "\n" in profile.wording.statement or not profile.wording.statement.strip():
        yield "wording.statement: must be one line"
    for key, page in (("stop_images", profile.wording.stop_images), ("police_first", profile.wording.police_first)):
        if not any("999" in line for line in page) or not any("101" in line for line in page):
            yield f"wording.{key}: must name 999 and 101"


def _small_things(profile: Profile) -> Iterator[str]:
    for number, kept in enumerate(profile.retention):
        if kept.rule not in RETENTION_RULES:
            yield f"retention[{number}].rule: unknown rule {kept.rule}"
    for number, listed in enumerate(profile.escalation):
        if listed.grade is Grade.OPEN:
            yield f"escalation[{number}].grade: what is on the escalation list stops the looking"
    for contact in ("999", "101"):
        found = profile.contact(contact)
        if found is None or not found.fixed or found.number != contact:
            yield f"contacts: {contact} must be there and fixed"
    if profile.governors.fewer_than < 2:
        yield "governors.fewer_than: counts below two would name a child"


def _route(key: str, route: Route, roles: set[object]) -> Iterator[str]:
    steps = {step.id: step for step in route.steps}
    for number, step in enumerate(route.steps):
        yield from _step(f"{key}.steps[{number}]", step, steps, roles)
    if len(steps) < len(route.steps):
        yield f"{key}.steps: two steps have one id"
    if _goes_round(steps):
        yield f"{key}.steps: steps need each other in a circle, so none of them could ever start"
        return
    yield from _order(key, route, steps)


def _step(key: str, step: Step, steps: dict[str, Step], roles: set[object]) -> Iterator[str]:
    for needed in step.needs:
        if needed == step.id:
            yield f"{key}.needs: {step.id} needs itself"
        elif needed not in steps:
            yield f"{key}.needs: {step.id} needs {needed}, which is not a step of this route"
    for role in step.by:
        if role not in roles:
            yield f"{key}.by: unknown role {role.value}"
    if not step.by:
        yield f"{key}.by: nobody may take this step"
    if not step.when:
        yield f"{key}.when: must say when the step applies"
    if step.skippable and step.done in NEVER_SKIPPED:
        yield f"{key}.skippable: {step.id} can never be skipped"
    if step.people < 2 and step.done in TAKES_TWO:
        yield f"{key}.people: {step.id} takes two people; no profile can ask for fewer"


def _needed_by(step: Step, steps: dict[str, Step]) -> set[Fact]:
    found: set[str] = set()
    waiting = set(step.needs) & steps.keys()
    while waiting:
        found |= waiting
        waiting = {name for needed in waiting for name in steps[needed].needs if name in steps} - found
    return {steps[name].done for name in found}


def _goes_round(steps: dict[str, Step]) -> bool:
    left = {name: {needed for needed in step.needs if needed in steps} for name, step in steps.items()}
    while ready := [name for name, needs in left.items() if not needs & left.keys()]:
        for name in ready:
            del left[name]
    return bool(left)


def _comes_after(step: Step) -> tuple[Fact, ...]:
    if step.kind is StepKind.SESSION or step.done is Fact.LOOKED:
        return BEFORE_LOOKING
    if step.kind is StepKind.SIGN_OFF or step.done is Fact.SIGNED_BY_BOTH:
        return BEFORE_SIGNING
    return BEFORE_JUDGING if step.kind is StepKind.JUDGEMENT or step.done is Fact.BOTH_JUDGED else ()


def _order(key: str, route: Route, steps: dict[str, Step]) -> Iterator[str]:
    facts = [step.done for step in route.steps]
    if Fact.TRIAGE not in facts:
        yield f"{key}.steps: the triage questions are missing"
        return
    for step in route.steps[: facts.index(Fact.TRIAGE)]:
        if step.done not in BEFORE_TRIAGE:
            yield f"{key}.steps: {step.id} stands before the triage questions, which come first"
    for number, step in enumerate(route.steps):
        needed = _needed_by(step, steps)
        where = f"{key}.steps[{number}].needs"
        for fact in _comes_after(step):
            if fact not in needed:
                yield f"{where}: {step.id} must come after {fact.value}"
        if step.done in NEVER_SKIPPED - {Fact.SUBJECT, Fact.TRIAGE} and Condition.STOPPED in step.when:
            yield f"{key}.steps[{number}].when: {step.id} cannot wait for a stop"

"""A profile is data, and a faulty one is refused with file, key and fault (design section 6)."""

import csv
import re
from pathlib import Path

import msgspec
import pytest

from dsl_desk.domain.errors import ProfileError
from dsl_desk.domain.policy import read_profile
from dsl_desk.domain.policy_checks import faults_of
from dsl_desk.domain.policy_values import Fact, RiskClass, Step, StepKind
from dsl_desk.domain.words import Role
from tests.builders import PROFILE_FILE, profile, there

TEXT = PROFILE_FILE.read_text(encoding="utf-8")


def refused(text: str) -> str:
    with pytest.raises(ProfileError) as caught:
        read_profile(text, "mine.toml")
    said = str(caught.value)
    assert said.startswith("mine.toml: ")
    assert said.endswith("The profile was not loaded.")
    return said


def changed(old: str, new: str, after: str = "") -> str:
    start = TEXT.index(after) if after else 0
    at = TEXT.index(old, start)
    return TEXT[:at] + new + TEXT[at + len(old) :]


def test_the_profile_that_ships_is_whole():
    found = profile()
    assert (found.id, found.policy, len(found.routes)) == ("secondary-2021", "002", 18)
    route = found.route("device-or-site-review")
    assert route is not None
    assert len(route.steps) == 19
    assert [step.id for step in route.steps][10] == "look"
    assert {n for n, step in enumerate(route.steps, 1) if not step.skippable} == {2, 3, 6, 7, 9, 10, 13, 17}
    assert there(found.category("bullying")).risk == (RiskClass.CONDUCT,)
    assert there(found.contact("999")).number == "999"
    assert (found.route("x"), found.category("x"), found.contact("x")) == (None, None, None)
    assert all(category.definition for category in found.categories)


def test_the_profile_says_which_roles_review():
    assert {role for role in Role if profile().may_review(role)} == set(Role) - {Role.CHAIR, Role.DPO}
    assert not profile().may_review(None)


def test_provisions_are_named_as_the_register_names_them():
    named = set(re.findall(r"P-\d{3}", TEXT))
    assert {"P-071", "P-082", "P-083", "P-084", "P-070"} <= named
    register = Path(__file__).parents[2] / "resources" / "provisions.tsv"
    if register.exists():
        with register.open(encoding="utf-8", newline="") as rows:
            known = {row[0] for row in csv.reader(rows, delimiter="\t")}
        assert named <= known


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (changed('policy = "002"', 'policy = "002"\nsurprise = 1'), "unknown field `surprise`"),
        (
            changed("skippable = false", "skipable = false"),
            "routes[0].steps[1]: Object contains unknown",
        ),
        (changed('title = "Child first"\n', ""), "missing required field `title`"),
        (changed('kind = "confirm"', 'kind = "glance"'), "Invalid enum value 'glance'"),
        (changed('by = ["dsl", "deputy"', 'by = ["caretaker", "deputy"'), "Invalid enum value 'caretaker'"),
        (changed("version = 1", "version = 'one'"), "version: Expected `int`"),
        (changed('id = "secondary-2021"', "id = "), "Invalid value"),
        (changed("dsl-desk/profile/1", "dsl-desk/profile/2"), "format must be dsl-desk/profile/1"),
    ],
)
def test_an_unknown_or_missing_key_is_named(text, says):
    assert says in refused(text)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("reviewers = 2", "reviewers = 1", "minimum.reviewers"),
        ("signatures = 2", "signatures = 1", "minimum.signatures"),
        ("triage_first = true", "triage_first = false", "minimum.triage_first"),
        ("halt_available = true", "halt_available = false", "minimum.halt_available"),
    ],
)
def test_no_profile_lowers_the_minimum(old, new, says):
    assert says in refused(changed(old, new))


def test_two_roles_must_be_able_to_review():
    assert "fewer than two roles may review" in refused(TEXT.replace("may_review = true", "may_review = false"))


@pytest.mark.parametrize("step", ["who", "suspected", "reviewers", "where", "why", "declare", "judge", "sign"])
def test_no_profile_lets_a_protecting_step_be_skipped(step):
    text = changed("skippable = false", "skippable = true", after=f'id = "{step}"\n')
    assert f"skippable: {step} can never be skipped" in refused(text)


@pytest.mark.parametrize("step", ["reviewers", "declare", "look", "judge", "sign"])
def test_no_profile_lets_one_person_do_what_takes_two(step):
    text = changed("people = 2", "people = 1", after=f'id = "{step}"\n')
    assert f"people: {step} takes two people" in refused(text)


@pytest.mark.parametrize(
    ("step", "needs", "says"),
    [
        ("finish", '["finish"]', "finish needs itself"),
        ("finish", '["glance"]', "glance, which is not a step"),
        ("suspected", '["sign"]', "in a circle"),
        ("look", '["suspected", "where"]', "look must come after two_reviewers"),
        ("look", '["suspected", "reviewers", "why", "declare"]', "look must come after device_named"),
        ("sign", '["act"]', ""),
        ("sign", '["suspected"]', "sign must come after both_judged"),
        ("judge", '["suspected", "look", "finish"]', ""),
        ("judge", '["suspected"]', "judge must come after two_reviewers"),
        ("judge", '["why"]', "judge must come after both_declared"),
    ],
)
def test_steps_need_steps_that_exist_and_what_protects(step, needs, says):
    at = TEXT.index(f'id = "{step}"\n')
    text = TEXT[:at] + re.sub(r"needs = \[.*?\]", f"needs = {needs}", TEXT[at:], count=1)
    if says:
        assert says in refused(text)
    else:
        assert read_profile(text, "mine.toml").id == "secondary-2021"


def test_a_judgement_comes_after_triage():
    at = TEXT.index('id = "judge"\n')
    text = TEXT[:at] + re.sub(r"needs = \[.*?\]", "needs = []", TEXT[at:], count=1)
    assert "judge must come after triage" in refused(text)


def steps() -> list[str]:
    return TEXT[TEXT.index("[[routes.steps]]") :].split("[[routes.steps]]")[1:]


def with_steps(parts: list[str]) -> str:
    head = TEXT[: TEXT.index("[[routes.steps]]")]
    return head + "".join("[[routes.steps]]" + part for part in parts)


def test_triage_stands_first():
    first, who, triage, *rest = steps()
    assert "stands before the triage questions" in refused(with_steps([rest[0], first, who, triage, *rest[1:]]))
    without = with_steps([first, who]).replace('needs = ["who"]', "")
    assert "triage questions are missing" in refused(without)


def test_two_steps_or_routes_or_roles_of_one_name_are_refused():
    assert "two steps have one id" in refused(with_steps([*steps(), steps()[-1]]))
    again = TEXT + TEXT[TEXT.index("[[routes]]") :]
    assert "routes: there are two named device-or-site-review" in refused(again)
    assert "roles: there are two named dsl" in refused(TEXT + '\n[[roles]]\nid = "dsl"\ntitle = "x"\n')


def test_every_fault_is_told_and_not_only_the_first():
    route = profile().routes[0]
    by_id = {step.id: step for step in route.steps}

    def faults(*steps: Step) -> list[str]:
        routes = (msgspec.structs.replace(route, steps=steps),)
        kinds = tuple(msgspec.structs.replace(kind, route="") for kind in profile().categories)
        return list(faults_of(msgspec.structs.replace(profile(), routes=routes, categories=kinds)))

    circle = msgspec.structs.replace(by_id["who"], needs=("suspected",), skippable=True)
    assert len(faults(by_id["child-first"], circle, by_id["suspected"])) == 2
    assert faults(by_id["child-first"], by_id["who"]) == ["routes[0].steps: the triage questions are missing"]
    assert faults(*route.steps) == []


def test_a_profile_without_routes_or_halting_there_is_refused():
    head = "routes = []\n" + TEXT[: TEXT.index("[[routes]]")]
    assert "routes: there must be at least one" in refused(head)


def test_a_step_needs_a_role_of_the_profile_and_a_condition():
    osl = TEXT[TEXT.index('[[roles]]\nid = "osl"') : TEXT.index('[[roles]]\nid = "headteacher"')]
    assert "by: unknown role osl" in refused(TEXT.replace(osl, ""))
    close = TEXT.rindex('by = ["dsl", "deputy", "headteacher", "chair"]')
    assert "nobody may take" in refused(TEXT[:close] + "by = []" + TEXT[close + 46 :])
    assert "when: must say when" in refused(changed('when = ["not_stopped"]', "when = []"))
    assert "cannot wait for a stop" in refused(changed('when = ["not_stopped"]', 'when = ["stopped"]'))


def test_a_list_cannot_be_empty():
    start, end = TEXT.index("[[themes]]"), TEXT.index("# ---- routes ----")
    assert "themes: there must be at least one" in refused("themes = []\n" + TEXT[:start] + TEXT[end:])


@pytest.mark.parametrize("banned", ["Illegal content detected", "Probably fine", "Safe to view", "Low risk"])
def test_the_desk_never_says_whether_something_is_lawful(banned):
    assert "wording: never says" in refused(changed("Any reason to stop?", f"{banned}. Any reason to stop?"))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('id = "5b"', 'id = "5c"', "triage.questions"),
        ("This is not a finding.", "Sorry.", "triage.result"),
        ("question {question}", "a question", "triage.result"),
        ('statement = "We have', 'statement = "We\\nhave', "wording.statement"),
        ('statement = "We have each read the form at this head and agree that it says what we did, saw and judged."',
         'statement = " "', "wording.statement"),
        ('rule = "hold"', 'rule = "forever"', "retention[4].rule: unknown rule forever"),
        ('grade = "police_first"', 'grade = "open"', "escalation[2].grade"),
        ('number = "999"', 'number = "998"', "contacts: 999 must be there and fixed"),
        ('id = "101"', 'id = "102"', "contacts: 101 must be there and fixed"),
        ("fixed = true", "fixed = false", "contacts: 999 must be there and fixed"),
        ("fewer_than = 5", "fewer_than = 1", "governors.fewer_than"),
    ],
)  # fmt: skip
def test_a_weakened_profile_is_refused(old, new, says):
    assert says in refused(changed(old, new))


@pytest.mark.parametrize("page", ["stop_images", "police_first"])
@pytest.mark.parametrize("number", ["999", "101"])
def test_the_stop_page_always_names_whom_to_ring(page, number):
    at = TEXT.index(f"{page} = [")
    end = TEXT.index("]\n", at)
    assert f"wording.{page}" in refused(TEXT[:at] + TEXT[at:end].replace(number, "000") + TEXT[end:])


def test_a_number_in_a_step_that_is_not_text_is_named_with_its_key():
    said = refused(changed('why = "Is everyone safe', 'why = 3 # "Is everyone safe'))
    assert "routes[0].steps[0].why: Expected `str`" in said


def test_every_fact_role_and_kind_is_a_word_of_the_schema():
    assert {step.kind for step in profile().routes[0].steps} <= set(StepKind)
    assert {step.done for step in profile().routes[0].steps} <= set(Fact)
    assert {said.id for said in profile().roles} == set(Role)

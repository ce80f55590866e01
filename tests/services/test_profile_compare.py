"""Two policies side by side: what differs is said in words, what is the same is said to be the same."""

from pathlib import Path

import msgspec
import pytest

from dsl_desk.domain.policy import read_profile
from dsl_desk.domain.policy_values import Term
from dsl_desk.services.profile_compare import Part, Stands, compare
from dsl_desk.services.profile_texts import sections_of

FOLDER = Path(__file__).parents[2] / "resources" / "policies"
NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))


def load(name):
    return read_profile((FOLDER / f"{name}.toml").read_text(encoding="utf-8"), name)


def parts(first, second) -> dict[str, Part]:
    return {part.key: part for part in compare(load(first), load(second))}


@pytest.mark.parametrize("name", NAMES)
def test_a_policy_is_the_same_as_itself(name):
    assert all(not part.differing for part in parts(name, name).values())


def test_who_hears_first_differs_between_two_schools():
    told = parts("secondary-2021", "primary-2024")["told"]
    row = next(row for row in told.differing if row.title == "A concern first goes to")
    assert (row.first, row.stands) == ("Headteacher", Stands.DIFFERS)
    assert "Online safety lead" in row.second


def test_a_route_that_only_one_has_is_said_to_be_only_there():
    whole = parts("secondary-2021", "primary-2024")["route:device-or-site-review"]
    assert {row.stands for row in whole.rows} == {Stands.ONLY_FIRST}
    turned = parts("primary-2024", "secondary-2021")["route:device-or-site-review"]
    assert {row.stands for row in turned.rows} == {Stands.ONLY_SECOND}


def test_steps_kinds_and_deadlines_are_laid_beside_each_other_by_what_they_are():
    here = load("secondary-2021")
    route = here.routes[0]
    step = msgspec.structs.replace(route.steps[3], title="Lock it away", skippable=False)
    fewer = msgspec.structs.replace(route, steps=(*route.steps[:3], step, *route.steps[4:-1]))
    there = msgspec.structs.replace(
        here,
        routes=(fewer, *here.routes[1:]),
        deadlines=(msgspec.structs.replace(here.deadlines[0], term=Term.SCHOOL_DAYS, count=2), *here.deadlines[1:]),
        categories=here.categories[1:],
    )
    found = {part.key: part for part in compare(here, there)}
    steps = {row.title: row for row in found[f"route:{route.id}"].differing}
    assert set(steps) == {"Secure it", "Close"}
    assert "May be left out with a reason." in steps["Secure it"].first
    assert "Never left out." in steps["Secure it"].second
    assert steps["Close"].stands is Stands.ONLY_FIRST
    assert [row.second for row in found["deadlines"].differing] == ["within 2 school days"]
    assert [row.stands for row in found["categories"].differing] == [Stands.ONLY_FIRST]
    assert len(found["categories"].same) == len(here.categories) - 1
    assert {key for key, part in found.items() if part.differing} == {
        f"route:{route.id}", "deadlines", "categories"
    }  # fmt: skip


def test_a_term_is_told_as_it_is_counted_on_the_page_of_the_policy_and_beside_another():
    """Five school days are not five days, and an hour of a lesson is not "at once"."""
    told = {row.title: row.first for row in parts("primary-2024", "primary-2023")["told"].rows}
    assert told["Counted as"] == "the same day"
    assert told["Counted as, where a crime or serious harm is suspected"] == "by the end of the lesson"
    profile = load("primary-2024")
    deadlines = {row.first for row in parts("primary-2024", "primary-2024")["deadlines"].rows}
    page = next(part for part in sections_of(profile) if part.key == "deadlines")
    assert {item.said for item in page.items} == deadlines
    assert deadlines == {
        "at once", "within one working day", "within 3 working days", "within 5 school days", "within 72 hours",
        "within one month",
    }  # fmt: skip
    general = [fact for part in sections_of(profile) for item in part.items for fact in item.facts]
    assert ("Counted as", "the same day") in general
    assert ("Where a crime or serious harm is suspected", "by the end of the lesson") in general


def test_every_pair_of_the_five_can_be_compared_and_differs():
    for first in NAMES:
        for second in NAMES:
            found = parts(first, second)
            assert any(part.differing for part in found.values()) is (first != second)


def test_the_desk_offers_what_is_in_force_what_was_and_what_ships(stage):
    desk = stage.sign_in("dsl")
    offered = desk.policy_care.comparable()
    assert offered[0].title.endswith("in force now")
    assert [one.key for one in offered if one.title.endswith("as it ships")] == [f"{name}.toml" for name in NAMES]
    text = (FOLDER / "secondary-2021.toml").read_text(encoding="utf-8").replace("version = 1\n", "version = 9\n", 1)
    desk.set_up.profile(text, "secondary-2021.toml")
    again = desk.policy_care.comparable()
    assert again[0].profile.version == 9
    assert again[1].title.endswith("in force before")

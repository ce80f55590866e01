"""Bad input and bad days of profiles: each refused with file, key and fault, or carried (issue: bad input)."""

import msgspec
import pytest

from dsl_desk.domain.case_entries import RouteChosen
from dsl_desk.domain.errors import ProfileError
from dsl_desk.domain.follow_up_entries import ConcernRecorded
from dsl_desk.domain.policy import read_profile
from dsl_desk.domain.procedure import StepState, route_of, steps_of
from dsl_desk.domain.routing import route_advised
from dsl_desk.domain.summary import NO_LONGER, counted, counts
from tests.builders import DSL, PROFILE_FILE, CaseBuilder, concern, profile, there

TEXT = PROFILE_FILE.read_text(encoding="utf-8")


def refusal(old: str, new: str, after: str = "") -> str:
    at = TEXT.index(old, TEXT.index(after) if after else 0)
    with pytest.raises(ProfileError) as caught:
        read_profile(TEXT[:at] + new + TEXT[at + len(old) :], "mine.toml")
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "after", "says"),
    [
        ('needs = ["who"]', 'needs = ["suspected"]', 'id = "suspected"',
         "routes[0].steps[2].needs: suspected needs itself"),
        ('"chair"]', '"janitor"]', 'id = "child-first"', "routes[0].steps[0].by[5]: Invalid enum value 'janitor'"),
        ('id = "school-technology"', 'id = "device-or-site-review"', 'title = "Device or site review"',
         "routes: there are two named device-or-site-review"),
        ('title = "Bullying online"\nprovisions', 'title = " device or site REVIEW "\nprovisions', "",
         "another route is called “ device or site REVIEW ” already"),
        ("people = 2", "people = 1", 'id = "reviewers"', "routes[0].steps[5].people: reviewers takes two people"),
        ('route = "bullying"', 'route = "bulying"', "", "there is no route named bulying"),
        ("fewer_than = 5", "fewer_than = 1", "", "governors.fewer_than: counts below two would name a child"),
    ],
)  # fmt: skip
def test_a_faulty_profile_is_refused_with_file_key_and_fault(old, new, after, says):
    told = refusal(old, new, after)
    assert told.startswith("mine.toml: ")
    assert says in told
    assert told.endswith("The profile was not loaded.")


@pytest.mark.parametrize(
    ("line", "says"),
    [("reviewers = 1", "minimum.reviewers"), ("signatures = 1", "minimum.signatures"),
     ("triage_first = false", "minimum.triage_first"), ("halt_available = false", "minimum.halt_available")],
)  # fmt: skip
def test_a_lowered_minimum_is_refused_with_its_key(line, says):
    bare = TEXT.replace("[minimum]\n", "[was_minimum]\n")
    if bare == TEXT:
        text = f"{TEXT}\n[minimum]\n{line}\n"
    else:
        start = TEXT.index("[minimum]")
        end = TEXT.find("\n[", start)
        text = TEXT[:start] + f"[minimum]\n{line}\n" + (TEXT[end:] if end > 0 else "")
    with pytest.raises(ProfileError, match=rf"mine\.toml: {says}: .* The profile was not loaded\."):
        read_profile(text, "mine.toml")


def test_a_kind_retired_while_in_use_is_carried_and_counted():
    book = CaseBuilder()
    told = msgspec.structs.replace(concern(), categories=("bullying", "hate"), risk_classes=("contact", "made up"))
    book.write(told, DSL)
    fewer = msgspec.structs.replace(
        profile(), version=2, categories=tuple(one for one in profile().categories if one.id != "bullying")
    )
    kept = counted(book.case, fewer)
    assert kept.categories == {"hate", NO_LONGER}
    assert kept.risk_classes == {"content", "conduct", "contact"}
    table = next(table for table in counts([kept], fewer).tables if table.id == "categories")
    assert ("A kind that the policy no longer has", 1) in table.cells
    whole = next(table for table in counts([counted(book.case, profile())], profile()).tables)
    assert all("no longer" not in title for title, _ in whole.cells)
    assert there(book.case.latest(ConcernRecorded)).data.categories == ("bullying", "hate")
    assert there(route_advised(book.case, fewer)).route.id == "hate"


def test_a_case_whose_profile_was_edited_meanwhile_keeps_its_steps():
    book = CaseBuilder()
    book.triage()
    book.write(book.case.choose_route(DSL, "bullying", profile(), "made up"), DSL)
    chosen = there(book.case.latest(RouteChosen)).data
    edited = msgspec.structs.replace(
        profile(), version=2, routes=tuple(route for route in profile().routes if route.id != "bullying")
    )
    assert (chosen.profile, chosen.profile_version) == (profile().id, 1)
    steps = steps_of(book.case, there(route_of(book.case, profile())))
    assert {seen.step.id for seen in steps if seen.state is StepState.DONE} >= {"who", "suspected"}
    again = book.case.choose_route(DSL, "device-or-site-review", profile(), "made up", moved_to=edited)
    assert (again.profile_version, again.moves_from) == (2, 1)

"""Every provision of the five policies says what serves it, and what is enforced names tests that exist."""

import pytest

from dsl_desk.domain.policy import read_profile
from dsl_desk.paths import resources
from tests.documents.policies_page import (
    KINDS,
    PAGE,
    POLICIES,
    covered,
    is_collected,
    page,
    provisions,
    total,
)

# how many are covered; these numbers only rise
AT_LEAST = {"enforce": 69, "support": 59, "record": 98}


def test_there_are_226_provisions_of_three_kinds():
    numbers = [one.id for one in provisions()]
    assert numbers == [f"P-{number:03}" for number in range(1, 227)]
    assert total() == {"enforce": 69, "support": 59, "record": 98}
    assert all(one.kind in KINDS and one.asks and one.serves for one in provisions())
    assert all(one.policies and set(one.policies) <= set(POLICIES) for one in provisions())


def test_what_is_enforced_names_a_test_that_shows_it():
    assert [one.id for one in provisions() if one.kind == "enforce" and not one.is_covered] == []


def test_every_test_that_a_provision_names_is_collected():
    gone = sorted({f"{one.id}: {test}" for one in provisions() for test in one.tests if not is_collected(test)})
    assert not gone, "\n".join(gone)


def test_what_no_test_shows_says_why():
    assert [one.id for one in provisions() if not one.tests and not one.not_yet] == []


def test_what_is_covered_never_becomes_less(capsys):
    have, all_of = covered(), total()
    with capsys.disabled():
        print(f"\nprovisions covered: {', '.join(f'{kind} {have[kind]} of {all_of[kind]}' for kind in KINDS)}")
    assert {kind: max(have[kind], least) for kind, least in AT_LEAST.items()} == {kind: have[kind] for kind in KINDS}


def test_a_test_that_is_gone_or_never_runs_is_seen():
    assert is_collected("documents/test_policies_page.py::test_what_no_test_shows_says_why")
    assert not is_collected("documents/test_policies_page.py::test_that_nobody_wrote")
    assert not is_collected("documents/test_gone.py::test_what_no_test_shows_says_why")
    assert not is_collected("services/test_what_is_recorded.py::test_what_a_policy_asks_to_write_down[P-999]")


@pytest.mark.parametrize("profile", [profile for _, profile in POLICIES.values()])
def test_every_provision_that_a_profile_names_is_one_of_the_file(profile):
    text = (resources() / "policies" / f"{profile}.toml").read_text(encoding="utf-8")
    read = read_profile(text, profile)
    named = {one for route in read.routes for step in route.steps for one in step.provisions}
    assert named <= {one.id for one in provisions()}


def test_the_page_of_policies_says_what_the_file_says():
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tests.documents.policies_page"

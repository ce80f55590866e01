"""Whatever people try, in whatever order, under any profile: what must never happen (property, design section 2).

A made-up school of six people does random things to one case through the real
services. After every act the journal alone is judged, by rules written again here.
A sequence is played again by its number: `play(keys, number)`.
"""

import contextlib

import pytest

from dsl_desk.domain.errors import DslDeskError, HaltedError, NotReadableError
from dsl_desk.domain.words import Grade, PackKind
from tests.services.fake_desk import Keys
from tests.services.random_judge import REACHED, Judge
from tests.services.random_wider import WiderWorld
from tests.services.random_world import PEOPLE

PROFILES = ("secondary-2021", "independent-prep-2023", "primary-2023", "federation-2019", "primary-2024")
ACTS_EACH = 45


@pytest.fixture(scope="module")
def keys():
    return Keys.of(list(PEOPLE))


def play(keys, seed):
    """One sequence under the profile whose turn it is."""
    profile = PROFILES[seed % len(PROFILES)]
    world, judge = WiderWorld(keys, seed, profile), Judge(profile)
    judge.read = len(world.case.entries)
    for _ in range(ACTS_EACH):
        before, opened, world.copied = world.case, world.desk.opened, False
        act = world.dice.choice(WiderWorld.ACTS)
        with contextlib.suppress(DslDeskError):
            act(world)
        if act is WiderWorld.uncover and world.desk.opened > opened:
            judge.reached["opened"] += 1
            assert before.grade is not Grade.STOP_IMAGES
        assert not world.copied or before.grade is Grade.OPEN
        judge.watch(before, world)
        hold_behind_stop(world)
        nobody_barred_sees_it(world, judge)
    return judge.reached


def hold_behind_stop(world):
    """Content stays shut behind a stop for pictures; behind the other stop what is held can be handed over."""
    case = world.case
    match case.grade:
        case Grade.STOP_IMAGES:
            held = [exhibit for exhibit in case.exhibits if exhibit.is_held]
            assert {exhibit.blob for exhibit in held if exhibit.quarantined} <= world.desk.shut
            assert case.pack_kinds() == (PackKind.STOPPED,)
            for exhibit in held:
                with pytest.raises(HaltedError):
                    case.reachable(exhibit.mark)
        case Grade.POLICE_FIRST:
            assert PackKind.AS_IT_STANDS in case.pack_kinds()
            for exhibit in case.exhibits:
                if exhibit.is_held:
                    assert case.reachable(exhibit.mark) is exhibit


def nobody_barred_sees_it(world, judge):
    """Whoever the case is about is told what everybody is told of a record that is not there, under every account."""
    me, case = world.desk.me, world.case
    barred = {PEOPLE[account][0] for account in case.subject_accounts if account in PEOPLE} | set(case.subjects)
    for account, (person, _) in PEOPLE.items():
        if person in barred:
            judge.reached["barred"] += 1
            world.sign_in(account)
            with pytest.raises(NotReadableError) as refused:
                world.book.load(world.strand)
            assert str(refused.value) == str(NotReadableError())
    world.desk.me = me


@pytest.mark.heavy
def test_no_sequence_of_acts_reaches_what_must_never_happen(keys, heavy):
    reached = dict.fromkeys(REACHED, 0)
    for seed in range(heavy(200, 20_000)):
        try:
            found = play(keys, seed)
        except AssertionError as error:
            raise AssertionError(f"sequence {seed} under {PROFILES[seed % len(PROFILES)]}") from error
        reached = {name: reached[name] + found[name] for name in reached}
    print("reached", reached)
    assert all(reached.values()), f"some depth was never reached: {reached}"

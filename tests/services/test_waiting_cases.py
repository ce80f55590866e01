"""Which cases Home opens: however many wait, the first of everything, and nothing overdue behind what is not."""

from collections import defaultdict
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsl_desk.domain.case_entries import ActionDecided
from dsl_desk.domain.deadlines_calendar import SchoolCalendar
from dsl_desk.domain.deadlines_clocks import DeadlineKind as K
from dsl_desk.domain.deadlines_terms import rules_of, urgent_rule
from dsl_desk.domain.waiting import Running, Told, Wait
from dsl_desk.domain.wider_entries import DateSet
from dsl_desk.domain.words import AccountId, Role
from dsl_desk.services.home import MOST, WaitingKind
from dsl_desk.services.waiting_cases import WaitingCases, is_near, turn_of
from tests.builders import profile
from tests.services.scenes import begun, judged, sign

ME = AccountId("a" * 32)
NOW = datetime(2026, 11, 20, 12, 30, tzinfo=ZoneInfo("Europe/London"))
RULES, URGENT, CALENDAR = rules_of(profile()), urgent_rule(profile()), SchoolCalendar()
GROUPS = (
    Running(kind=K.DATE, urgent=False, said=True, told=Told.DAY),
    Running(kind=K.ANSWER, urgent=False, said=False, told=Told.UTC, policy="p", version=1),
    Running(kind=K.ANSWER, urgent=True, said=False, told=Told.UTC, policy="p", version=1),
    Running(kind=K.FILE, urgent=False, said=False, told=Told.LOCAL, policy="p", version=1),
    Running(kind=K.ACTION, urgent=False, said=False, told=Told.UTC, policy="p", version=1),
)


def due_of(group):
    """As the real one counts, by the terms of the profile that ships complete; nothing counts an action."""
    if group.kind is K.ACTION:
        return None
    return lambda since: found.by if (found := group.due(since, RULES, URGENT, CALENDAR, NOW)) else None


class Rows:
    """What the index tells, in memory."""

    def __init__(self, rows):
        self.rows = rows
        self.me = SimpleNamespace(account=ME)

    def restricted_cases(self):
        return ()

    def waiting_kinds(self):
        return tuple(sorted({kind for kind, _, _ in self.rows}))

    def waiting_cases(self, kind, limit, *, after="", latest_first=False):
        found = [(since, strand) for known, since, strand in self.rows if known == kind and since >= after]
        return tuple(sorted(found, reverse=latest_first)[:limit])


def chooser(rows, role=Role.DSL):
    book = SimpleNamespace(
        desk=Rows(rows), me=lambda: SimpleNamespace(role=role), now=lambda: SimpleNamespace(local=NOW)
    )
    return WaitingCases(cast("Any", book), cast("Any", SimpleNamespace(due_of=due_of)))


def counted(rows):
    """Every case with what is due first in it, late and near apart, as one who reads all of them counts."""
    late, near = defaultdict(list), defaultdict(list)
    for kind, since, strand in rows:
        group = next(one for one in GROUPS if one.key == kind)
        by = due_of(group)
        if by is None:
            continue
        at = by(since)
        if at <= NOW:
            late[strand].append(at)
        elif is_near(at, NOW):
            near[strand].append(at)
    return [sorted((min(ats), strand) for strand, ats in found.items()) for found in (late, near)]


@settings(deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.sampled_from(GROUPS), st.integers(-30 * 24, 25 * 24), st.integers(0, 30)), max_size=60,
    ),
    most=st.integers(1, 8),
)  # fmt: skip
def test_the_first_that_are_overdue_and_the_first_that_are_due_are_chosen_as_if_all_were_read(rows, most):
    kept = list({
        (group.key, strand): (group.key, group.letters(NOW + timedelta(hours=hours)), f"{strand:032x}")
        for group, hours, strand in rows
    }.values())  # fmt: skip
    chosen = chooser(kept).first(most)
    late, near = counted(kept)
    wanted = [strand for _, strand in late[:most]]
    assert list(chosen.strands)[: len(wanted)] == wanted, "overdue first, the longest overdue before the others"
    assert set(chosen.strands) == {strand for _, strand in (*late[:most], *near[:most])}
    assert chosen.more == (len(late) > most or len(near) > most)


@pytest.mark.parametrize("group", GROUPS[:4])
def test_the_turn_between_overdue_and_in_time_is_found(group):
    turn, by = turn_of(group, due_of(group), NOW), due_of(group)
    before = datetime.fromisoformat(turn) - group.step
    before = group.letters(before.replace(tzinfo=NOW.tzinfo) if group.told is not Told.UTC else before)
    assert by(before) <= NOW < by(turn)


def test_a_hundred_overdue_cases_hide_neither_what_is_due_today_nor_what_is_asked_of_me():
    answer, long_ago = GROUPS[1], NOW - timedelta(days=40)
    rows = [(answer.key, answer.letters(long_ago + timedelta(hours=one)), f"{one:032x}") for one in range(100)]
    rows.append((answer.key, answer.letters(NOW), "due"))
    rows.append((Wait.SIGN_OFF.of(ME), "2026-01-01T00:00:00.000Z", "mine"))
    rows.append((Wait.SIGN_OFF.of(AccountId("b" * 32)), "2026-01-01T00:00:00.000Z", "another's"))
    rows += [(Wait.STOPPED.value, f"2026-01-{day:02}", f"stopped {day}") for day in range(1, 6)]
    chosen = chooser(rows).first(3)
    assert {"due", "mine", f"{0:032x}", f"{2:032x}"} <= set(chosen.strands)
    assert [one for one in chosen.strands if one.startswith("stopped")] == ["stopped 5", "stopped 4", "stopped 3"]
    assert "another's" not in chosen.strands
    assert len(chosen.strands) == 8
    assert chosen.more
    assert chooser(rows).first(200).more is False
    assert chooser(rows, Role.CHAIR).first(3).strands == (), "who reads no ordinary case is told of none"


def later(stage, days):
    return (stage.around.clock.now().local.date() + timedelta(days=days)).isoformat()


def test_home_shows_the_most_urgent_of_many_cases_and_the_rest_as_it_is_asked_for(stage):
    desk = stage.sign_in("dsl")
    cases = [begun(stage, summary=f"Made-up concern {number}").strand for number in range(6)]
    for number, strand in enumerate(cases):
        desk.work.note(strand, DateSet(what="Strategy meeting", on=later(stage, -number if number < 4 else number)))
        action = ActionDecided(action="Look in", who="Ada", by_when="when back", reason="kind")
        desk.desk.write(strand, action, at=stage.around.clock.now())
    few, every = desk.home.look(2), desk.home.look(100)
    assert (few.more, every.more) == (True, False)
    assert set(few.waiting) < set(every.waiting)
    overdue = [one.strand for one in every.waiting if one.kind is WaitingKind.OVERDUE]
    assert overdue == [cases[3], cases[2], cases[1]], "the longest overdue first"
    assert [one.strand for one in few.waiting if one.kind is WaitingKind.OVERDUE][:2] == overdue[:2]
    assert {one.kind for one in every.waiting} == {WaitingKind.OVERDUE, WaitingKind.DUE, WaitingKind.ACTION}
    assert len(every.waiting) == 12
    assert MOST > 6
    assert desk.home.look().waiting == every.waiting


def test_a_case_of_ones_own_waits_for_a_senior_and_another_s_does_not(stage):
    stage.sign_in("dsl")
    strand = judged(stage)
    begun(stage)
    sign(stage, strand, "dsl")
    asked = {one.strand for one in stage.sign_in("deputy").home.look().waiting if one.kind is WaitingKind.SIGN_OFF}
    assert asked == {strand}
    assert not any(one.kind is WaitingKind.SIGN_OFF for one in stage.sign_in("dsl").home.look().waiting)

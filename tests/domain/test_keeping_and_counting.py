"""Keeping (flows 14), counting, and what of counts may be shown (design section 10)."""

import itertools
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl_desk.domain.case_words import Agency
from dsl_desk.domain.disclosure import Cell, Published, PublishedTable, Withheld, breaches, publish
from dsl_desk.domain.errors import InputError
from dsl_desk.domain.follow_up_entries import CaseClosed, ReferralMade
from dsl_desk.domain.policy_values import RetentionClass
from dsl_desk.domain.retention import CHECKS, Dates, due, governs, kept_by, not_asked_after
from dsl_desk.domain.summary import NO_LONGER, Counts, Table, counted, counts
from dsl_desk.domain.words import SubjectKind
from tests.builders import DSL, CaseBuilder, concern, profile

KEPT = {kept.id: kept for kept in profile().retention}
DATES = Dates(closed=date(2026, 11, 20), born=(date(2010, 3, 1), date(2012, 2, 29)), transferred=date(2027, 1, 5))


@pytest.mark.parametrize(
    ("kept", "until"),
    [
        ("child", date(2037, 3, 1)),
        ("staff", date(2036, 11, 20)),
        ("no-substance", date(2027, 11, 20)),
        ("transferred", date(2028, 1, 5)),
        ("police-hold", None),
    ],
)
def test_each_class_has_its_date(kept, until):
    assert due(KEPT[kept], DATES) == until


def test_the_longest_class_governs_and_a_hold_outlasts_all():
    keeping = governs([KEPT["no-substance"], KEPT["child"]], DATES)
    assert (keeping.because, keeping.until, keeping.held) == ("child", date(2037, 3, 1), False)
    held = governs([KEPT["child"], KEPT["abuse-hold"]], DATES)
    assert (held.because, held.until, held.held) == ("abuse-hold", None, True)
    with pytest.raises(InputError, match="how long"):
        governs([], DATES)


@pytest.mark.parametrize("kept", ["child", "no-substance", "transferred"])
def test_a_date_that_is_not_known_keeps_the_record(kept):
    keeping = governs([KEPT[kept], KEPT["no-substance"]], Dates())
    assert keeping.until is None
    assert not keeping.may_be_disposed(date(2999, 1, 1))


def test_what_nobody_asked_after_is_told_in_its_words():
    asked = {words: "none, asked today" for _, words in CHECKS}
    assert not_asked_after(asked) == ()
    assert not_asked_after({**asked, "An open referral": "  "}) == ("An open referral",)
    assert len(not_asked_after({})) == len(CHECKS)


def test_nothing_may_be_disposed_of_before_its_day():
    keeping = governs([KEPT["no-substance"]], DATES)
    assert not keeping.may_be_disposed(date(2027, 11, 19))
    assert keeping.may_be_disposed(date(2027, 11, 20))
    assert not governs([KEPT["police-hold"]], DATES).may_be_disposed(date(2999, 1, 1))


def test_a_rule_of_a_newer_profile_keeps_the_record():
    assert due(RetentionClass(id="x", title="x", rule="other"), DATES) is None


# ---- counting


def counted_of(book: CaseBuilder):
    return counted(book.case, profile())


def test_a_case_counts_by_fixed_words_alone():
    book = CaseBuilder().concluded()
    told = msgspec.structs.replace(
        concern(), categories=("bullying", "invented"), noticed_at="2026-11-19T10:00", reported_at="2026-11-20T09:00"
    )
    book.write(told, DSL)
    book.write(
        ReferralMade(to=Agency.LADO, reason="r", threshold="t", decided_at="d", sent_at="s", referred_by="x"), DSL
    )
    found = counted_of(book)
    assert found.categories == {"bullying", NO_LONGER}
    assert found.risk_classes >= {"conduct"}
    assert (found.user_group, found.severity, found.outcome) == ("pupil", "low", "behaviour")
    assert (found.referred_to, found.timeliness) == ({"lado"}, "next_day")
    book.write(CaseClosed(outcome="in own words", retention="child"), DSL)
    assert counted_of(book).outcome == "not_said"


@pytest.mark.parametrize(
    ("noticed", "reported", "band"),
    [
        ("2026-11-20", "2026-11-20T16:00:00+00:00", "same_day"),
        ("2026-11-19", "2026-11-20", "next_day"),
        ("2026-11-01", "2026-11-20", "later"),
        ("2026-11-21", "2026-11-20", "not_known"),
        ("unknown", "2026-11-20", "not_known"),
    ],
)
def test_timeliness_is_a_band(noticed, reported, band):
    book = CaseBuilder()
    book.write(msgspec.structs.replace(concern(), occurred_at=noticed, reported_at=reported), DSL)
    assert counted_of(book).timeliness == band


def test_a_bare_case_counts_as_not_said():
    found = counted_of(CaseBuilder())
    assert (found.user_group, found.severity, found.outcome, found.timeliness) == (
        "other", "not_said", "open", "not_known",
    )  # fmt: skip
    book = CaseBuilder()
    book.triage(about=SubjectKind.STAFF)
    assert counted_of(book).user_group == "staff"


def test_every_table_that_adds_up_adds_up():
    several = [counted_of(CaseBuilder().concluded()) for _ in range(2)] + [counted_of(CaseBuilder())]
    found = counts(several, profile())
    assert found.total == 3
    for table in found.tables:
        if table.adds_up:
            assert sum(count for _, count in table.cells) == 3


# ---- what may be shown


def one_table(*values: int, adds_up: bool = True) -> Published:
    cells = tuple((f"cell {n}", value) for n, value in enumerate(values))
    return publish(Counts(total=sum(values), tables=(Table(id="t", title="T", cells=cells, adds_up=adds_up),)))


def shown(published: Published) -> list[int | None]:
    return [cell.shown for cell in published.tables[0].cells]


def test_a_small_count_and_a_second_cell_are_withheld():
    found = one_table(3, 10, 20, 0)
    assert shown(found) == [None, None, 20, 0]
    assert [cell.withheld for cell in found.tables[0].cells] == [
        Withheld.SMALL, Withheld.PROTECTS_ANOTHER, None, None,
    ]  # fmt: skip
    assert found.tables[0].withheld == 2


def test_nothing_is_withheld_where_nothing_is_small():
    assert shown(one_table(5, 6, 0)) == [5, 6, 0]


def test_two_small_counts_protect_each_other_only_if_their_sum_does_not_tell():
    assert shown(one_table(2, 3, 20)) == [None, None, 20]
    assert shown(one_table(1, 1, 20)) == [None, None, None]
    assert shown(one_table(4, 4, 20)) == [None, None, None]
    assert shown(one_table(1, 9, 0)) == [None, None, 0]


def test_cells_that_do_not_add_up_need_no_second():
    assert shown(one_table(3, 10, adds_up=False)) == [None, 10]


def test_even_a_small_total_is_withheld_with_everything():
    found = one_table(3, 1, 0)
    assert (found.total, found.small_school, shown(found)) == (None, True, [None, None, None])
    assert breaches(found) == ()
    assert one_table(0, 0).total == 0


def test_every_small_table_is_safe_against_subtraction():
    for values in itertools.product(range(8), repeat=4):
        assert breaches(one_table(*values)) == (), values


@given(st.lists(st.integers(0, 60), min_size=2, max_size=9), st.integers(3, 10))
def test_no_table_gives_a_withheld_count_away(values, fewer_than):
    cells = tuple((str(n), value) for n, value in enumerate(values))
    published = publish(Counts(total=sum(values), tables=(Table(id="t", title="T", cells=cells, adds_up=True),)),
                        fewer_than)  # fmt: skip
    assert breaches(published) == ()
    for cell, value in zip(published.tables[0].cells, values, strict=True):
        assert cell.shown in {None, value}
        assert cell.shown is None or not 0 < value < fewer_than


def test_a_threshold_under_which_withholding_tells_the_count_is_refused():
    counts = Counts(total=2, tables=(Table(id="t", title="T", cells=(("a", 1), ("b", 1)), adds_up=True),))
    with pytest.raises(InputError, match="3 or more"):
        publish(counts, 2)


def test_a_table_that_gives_a_count_away_is_found():
    def table(*values: int | None) -> Published:
        cells = tuple(Cell(title=str(n), shown=value) for n, value in enumerate(values))
        return Published(
            fewer_than=5, total=10, small_school=True,
            tables=(PublishedTable(id="t", title="T", cells=cells, adds_up=True),),
        )  # fmt: skip

    assert breaches(table(None, 7)) == ("T",)
    assert breaches(table(None, None, 10)) == ("T",)
    assert breaches(table(None, None, None, 7)) == ()
    assert breaches(table(None, None, 8)) == ()


def test_a_closing_without_a_date_keeps_the_record():
    today = date(2999, 1, 1)
    assert kept_by(CaseClosed(outcome="none", retention="staff", keep_until="2027-11-20")).may_be_disposed(today)
    assert not kept_by(CaseClosed(outcome="none", retention="police-hold")).may_be_disposed(today)
    assert not kept_by(CaseClosed(outcome="none", retention="staff", keep_until="some day")).may_be_disposed(today)

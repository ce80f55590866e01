"""Who opened which case when: told to the DPO and to those who lead, without a word of any case."""

from datetime import timedelta

import pytest

from dsl_desk.domain.access import AccessKind
from dsl_desk.domain.errors import InputError, NotReadableError, ProcedureError
from dsl_desk.domain.follow_up_entries import Viewed
from dsl_desk.domain.words import Grade, Role
from dsl_desk.services.access_log import Period
from dsl_desk.services.case_list import CaseFilter
from tests.desks import let_in, signed_in
from tests.services.test_linking import about_head, begun, linked


def log(desk, days=1):
    seen = desk.access_log.see(desk.access_log.last_days(days))
    return [(one.who, one.reference, one.what) for one in seen.lines]


def ref(desk, strand):
    return desk.desk.case(strand).ref


def test_a_case_is_noted_as_opened_once_each_time_somebody_signs_in(stage):
    desk = stage.sign_in("dsl")
    strand = begun(desk, linked())
    assert desk.access_log.note_opened(strand)
    assert desk.access_log.note_opened(strand)
    assert len(desk.book.load(strand).told(Viewed)) == 1
    stage.lock()
    desk = stage.sign_in("deputy")
    assert desk.access_log.note_opened(strand)
    assert [told.data.what for told in desk.book.load(strand).told(Viewed)] == ["record", "record"]


def test_the_dpo_reads_who_opened_which_case_and_no_word_of_it(stage):
    let_in(stage, "officer", "Quilla Reed", Role.DPO)
    desk = stage.sign_in("dsl")
    strand = begun(desk, linked())
    desk.access_log.note_opened(strand)
    desk.printing.print_chronology(strand)
    reference, dsl = ref(desk, strand), desk.desk.me.name
    stage.lock()

    dpo = signed_in(stage, "officer")
    with pytest.raises(NotReadableError):
        dpo.book.load(strand)
    assert dpo.lists.page(CaseFilter(), 0, 10).rows == ()
    assert dpo.home.look().waiting == ()
    assert log(dpo) == [
        (dsl, reference, AccessKind.PRINTED), (dsl, reference, AccessKind.OPENED), (dsl, reference, AccessKind.BEGAN),
    ]  # fmt: skip
    table = dpo.access_log.table(dpo.access_log.last_days(7)).pdf.decode("utf-8-sig")
    assert table.splitlines()[0] == "When,Who,Post,Case,What"
    assert reference in table
    assert not {"Quentin", "invented"} & set(table.split())
    assert dpo.access_log.paper(dpo.access_log.last_days(7)).pdf.startswith(b"%PDF")


def test_a_restricted_case_stands_in_the_log_of_its_readers_alone(stage):
    let_in(stage, "officer", "Quilla Reed", Role.DPO)
    desk = stage.sign_in("deputy")
    hidden, plain = about_head(stage, desk), begun(desk, linked())
    desk.access_log.note_opened(hidden)
    reference, other = ref(desk, hidden), ref(desk, plain)
    with pytest.raises(ProcedureError):
        log(desk)  # a deputy leads no log
    stage.lock()
    for enter in (lambda: signed_in(stage, "officer"), lambda: stage.sign_in("head")):
        barred = enter()
        assert {line[1] for line in log(barred)} == {other}
        assert reference.encode() not in barred.access_log.table(barred.access_log.last_days(7)).pdf


def test_who_is_neither_dpo_nor_leads_sees_no_log(stage):
    let_in(stage, "senior", "Sedge Alder", Role.SENIOR)
    desk = signed_in(stage, "senior")
    assert not desk.access_log.may_see()
    for out in (desk.access_log.see, desk.access_log.table, desk.access_log.paper):
        with pytest.raises(ProcedureError, match="access log"):
            out(desk.access_log.last_days(1))


def test_a_period_without_sense_is_refused_and_one_before_everything_is_empty(stage):
    desk = stage.sign_in("dsl")
    begun(desk, linked())
    today = desk.access_log.last_days(1).until
    with pytest.raises(InputError):
        desk.access_log.see(Period(since=today, until=today - timedelta(days=1)))
    long_ago = Period(since=today - timedelta(days=40), until=today - timedelta(days=30))
    assert desk.access_log.see(long_ago).lines == ()
    assert desk.access_log.paper(long_ago).pdf.startswith(b"%PDF")


def test_opening_moves_no_list_and_voids_no_reading_of_it(stage):
    desk = stage.sign_in("dsl")
    first, second = begun(desk, linked()), begun(desk, linked())
    before = [row.strand for row in desk.lists.page(CaseFilter(), 0, 10).rows]
    desk.access_log.note_opened(first)
    assert [row.strand for row in desk.lists.page(CaseFilter(), 0, 10).rows] == before == [second, first]
    assert desk.care.check(rebuild_index=True).is_good


def test_a_case_that_is_not_theirs_is_refused_and_a_stopped_laptop_writes_nothing(stage):
    desk = stage.sign_in("deputy")
    hidden, plain = about_head(stage, desk), begun(desk, linked())
    desk.switch.stop_laptop(plain)
    assert not desk.access_log.note_opened(plain)
    assert desk.desk.case(plain).told(Viewed) == ()
    desk.switch.laptop_runs_again(plain)
    desk.halt.stop(plain, Grade.STOP_IMAGES)
    assert desk.access_log.note_opened(plain)
    barred = stage.sign_in("head")
    with pytest.raises(NotReadableError):
        barred.access_log.note_opened(hidden)

"""Who may look, judge and sign: by role as the policy says, and from outside only until a named day (flows 6)."""

import pytest

from dsl_desk.domain.case_words import Judgement
from dsl_desk.domain.errors import InputError, ProcedureError
from dsl_desk.domain.policy_values import Fact
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.case_place import CasePlaceService
from dsl_desk.ui.case.choices import offered
from tests.services.scenes import begun, judged, looking, ready_to_look, sighting, sign

LATER, LAST_DAY = "2099-01-02", "2099-01-01"


def admitted_until(stage, strand, day):
    return stage.desk.review.name_reviewer(
        strand, stage.accounts["deputy"], place=2, reason="from the trust", admitted_until=day
    )


def test_somebody_whose_role_does_not_review_is_not_named(stage):
    stage.sign_in("dsl")
    strand = begun(stage).strand
    with pytest.raises(ProcedureError, match="does not let somebody in this role review"):
        stage.desk.review.name_reviewer(strand, stage.accounts["chair"])


@pytest.mark.parametrize("day", ["2020-01-01", "Friday", "20990101"])
def test_a_last_day_must_be_a_day_that_is_still_to_come(stage, day):
    stage.sign_in("dsl")
    with pytest.raises(InputError, match="last day"):
        admitted_until(stage, begun(stage).strand, day)


def test_no_session_opens_or_goes_on_and_nobody_declares_once_the_time_is_over(stage, monkeypatch):
    stage.sign_in("dsl")
    strand = ready_to_look(stage)
    admitted_until(stage, strand, LAST_DAY)
    names = ("A", "B")
    monkeypatch.setattr(CaseBook, "today", lambda _book: LATER)
    with pytest.raises(ProcedureError, match="is over"):
        stage.desk.review.declare(strand, stage.proves("deputy"))
    with pytest.raises(ProcedureError, match="is over"):
        stage.desk.review.open(strand, present=names, place="office")
    monkeypatch.setattr(CaseBook, "today", lambda _book: LAST_DAY)
    stage.desk.review.declare(strand, stage.proves("deputy"))
    stage.desk.review.open(strand, present=names, place="office")
    stage.desk.review.pause(strand, "lunch")
    monkeypatch.setattr(CaseBook, "today", lambda _book: LATER)
    with pytest.raises(ProcedureError, match="is over"):
        stage.desk.review.resume(strand, present=names)


def test_a_reviewer_whose_time_is_over_neither_judges_nor_signs_and_the_other_still_does(stage, monkeypatch):
    stage.sign_in("dsl")
    strand = looking(stage)
    sighting(stage, strand)
    for name in ("dsl", "deputy"):
        stage.desk.review.finish(
            strand, stage.proves(name), access_withdrawn=True, device_locked_away=True, times_right=True
        )
    monkeypatch.setattr(CaseBook, "admitted", _over_for(stage.accounts["deputy"]))
    stage.desk.judgement.judge(strand, Judgement.NONE, "nothing")
    with pytest.raises(ProcedureError, match="is over"):
        stage.sign_in("deputy").judgement.judge(strand, Judgement.NONE, "nothing")


def _over_for(account):
    kept = CaseBook.admitted

    def admitted(book, case, *accounts):
        if account in accounts:
            raise ProcedureError("The time is over.")
        kept(book, case, *accounts)

    return admitted


def test_signing_asks_for_the_last_day_of_whoever_signs(stage, monkeypatch):
    stage.sign_in("dsl")
    strand = judged(stage)
    sign(stage, strand, "dsl")
    monkeypatch.setattr(CaseBook, "admitted", _over_for(stage.accounts["deputy"]))
    with pytest.raises(ProcedureError, match="is over"):
        stage.desk.sign_off.prepare(strand, stage.accounts["deputy"])
    monkeypatch.undo()
    to_sign = stage.desk.sign_off.prepare(strand, stage.accounts["deputy"])
    monkeypatch.setattr(CaseBook, "admitted", _over_for(stage.accounts["deputy"]))
    with pytest.raises(ProcedureError, match="is over"):
        stage.desk.sign_off.sign(strand, to_sign, stage.proves("deputy"))


def test_the_last_day_counts_only_for_whom_it_was_named(stage, monkeypatch):
    stage.sign_in("dsl")
    strand = begun(stage).strand
    for name in ("dsl", "deputy"):
        stage.desk.review.name_reviewer(strand, stage.accounts[name])
    case = admitted_until(stage, strand, LAST_DAY)
    monkeypatch.setattr(CaseBook, "today", lambda _book: LATER)
    stage.desk.book.admitted(case, stage.accounts["dsl"])
    for asked in ((), (stage.accounts["deputy"],)):
        with pytest.raises(ProcedureError, match="is over"):
            stage.desk.book.admitted(case, *asked)


def test_the_list_of_reviewers_offers_who_is_not_named_and_who_needs_a_later_day(stage, monkeypatch):
    stage.sign_in("dsl")
    strand = begun(stage).strand
    for name in ("dsl", "deputy"):
        stage.desk.review.name_reviewer(strand, stage.accounts[name])
    admitted_until(stage, strand, LAST_DAY)

    def offers():
        return {account for account, _ in offered(stage.desk, strand).reviewers}

    assert not offers() & {stage.accounts["dsl"], stage.accounts["deputy"]}

    def step():
        groups = CasePlaceService(stage.desk.book).see(strand).groups
        return next(line for group in groups for line in group.steps if line.fact is Fact.TWO_REVIEWERS)

    assert not step().opens
    monkeypatch.setattr(CaseBook, "today", lambda _book: LATER)
    assert stage.accounts["deputy"] in offers()
    assert stage.accounts["dsl"] not in offers()
    assert step().opens
    assert step().next.startswith("One reviewer’s time here is over")

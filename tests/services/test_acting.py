"""Somebody stands in for the DSL through services: what it opens, that it ends by itself, and what it never lowers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dsl_desk.app import services
from dsl_desk.domain.desk_entries import SettingsChanged
from dsl_desk.domain.errors import NotReadableError, ProcedureError, WrongPassphraseError
from dsl_desk.domain.words import Role
from dsl_desk.services.unlock import Typed
from tests.desks import let_in, signed_in
from tests.services.test_linking import about_head, begun, linked


def typed(stage, name):
    secret = stage.cast.secret(name)
    return Typed(sign_in_name=secret.sign_in_name, passphrase=secret.passphrase)


def named(stage, days=3, *, key="senior"):
    account = let_in(stage, key, "Sedge Alder", Role.SENIOR)
    head = stage.sign_in("head")
    today = head.acting.see().today
    head.acting.name(account, today, today + timedelta(days=days - 1), "Both are ill.", typed(stage, "head"))
    return account


class Later:
    """A clock some days on."""

    def __init__(self, clock, days):
        self._clock, self._days = clock, timedelta(days=days)

    def now(self):
        now = self._clock.now()
        return replace(now, utc=now.utc + self._days, local=now.local + self._days)


def test_who_stands_in_reads_and_acts_as_the_dsl_on_those_days_alone(stage):
    strand = begun(stage.sign_in("dsl"), linked())
    named(stage)
    desk = signed_in(stage, "senior")
    assert desk.book.me().role is Role.DSL
    assert desk.book.load(strand).ref
    assert desk.access_log.may_see()
    assert desk.acting.words().startswith("You stand in for the DSL until the end of ")

    later = services(desk.desk, Later(desk.clock, 3))
    assert later.book.me().role is Role.SENIOR
    with pytest.raises(NotReadableError):
        later.book.load(strand)
    assert not later.acting.see().stands_in
    assert later.acting.words() == ""
    assert stage.sign_in("deputy").acting.words().startswith("Sedge Alder stands in for the DSL")
    assert stage.sign_in("chair").acting.words() == ""


def test_it_is_on_record_who_named_whom_until_when_and_why(stage):
    named(stage)
    head = stage.desk
    (told,) = [
        entry.payload for entry in head.desk.records(head.desk.desk_strand)
        if entry.payload and isinstance(entry.payload.data, SettingsChanged)
        and "acting_dsl" in entry.payload.data.settings
    ]  # fmt: skip
    assert told.by == (head.desk.me.account,)
    assert "Both are ill." in told.data.settings["acting_dsl"]
    assert "who stands in for the DSL" in head.change_log.told()[0].words
    seen = head.acting.see()
    assert (seen.name, seen.stands_in, seen.can_end, seen.may_name) == ("Sedge Alder", True, True, True)


def test_one_person_stays_one_reviewer_and_one_signer(stage):
    strand = begun(stage.sign_in("dsl"), linked())
    account = named(stage)
    desk = signed_in(stage, "senior")
    desk.review.name_reviewer(strand, account)
    with pytest.raises(ProcedureError, match="two different people"):
        desk.review.name_reviewer(strand, account)
    assert len(desk.book.load(strand).reviewers) == 1


def test_a_restricted_case_stays_with_its_readers(stage):
    hidden = about_head(stage, stage.sign_in("deputy"))
    named(stage)
    desk = signed_in(stage, "senior")
    with pytest.raises(NotReadableError):
        desk.book.load(hidden)
    assert hidden not in [row.strand for row in desk.desk.restricted_cases()]


def test_only_the_headteacher_names_with_the_own_passphrase_and_ends_it(stage):
    account = named(stage)
    head = stage.sign_in("head")
    today = head.acting.see().today
    with pytest.raises(WrongPassphraseError):
        head.acting.end(replace(typed(stage, "head"), passphrase="something else entirely"))
    with pytest.raises(ProcedureError):
        head.acting.end(typed(stage, "dsl"))
    head.acting.end(typed(stage, "head"))
    assert not head.acting.see().stands_in
    assert not head.acting.see().can_end
    dsl = stage.sign_in("dsl")
    assert not dsl.acting.see().may_name
    with pytest.raises(ProcedureError, match="Only the Headteacher"):
        dsl.acting.name(account, today, today, "I am away.", typed(stage, "dsl"))


def test_the_same_person_is_named_again_for_longer(stage):
    account = named(stage, days=1)
    head = stage.sign_in("head")
    today = head.acting.see().today
    assert [one.account for one in head.acting.see().others if one.account == account] == [account]
    head.acting.name(account, today, today + timedelta(days=9), "It takes longer.", typed(stage, "head"))
    assert head.acting.see().acting.until == today + timedelta(days=9)

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from dsl_desk.domain.desk_entries import FileRemoved
from dsl_desk.domain.errors import InputError, NotReadableError, OlderStoreError, ProcedureError, WrongPassphraseError
from dsl_desk.domain.words import ROOT_ACCOUNT, Duty, Role
from dsl_desk.store import accounts
from dsl_desk.store.desk import OpenDesk
from dsl_desk.store.issuing import NameTakenError, Secret
from dsl_desk.store.signing_keys import AccessEndedError
from dsl_desk.store.slots_file import COPIES
from dsl_desk.store.unlocked import Proved
from tests.store.keys.desks import (
    DEPUTY,
    DSL,
    HEAD,
    PEOPLE,
    Box,
    assert_one_valid_state,
    at,
    custody,
    killed_at_every_step,
    nothing,
    person,
)

NEW = (DSL[0], "a wholly new passphrase")
FOURTH = ("fourth", "a fourth made up passphrase")


def two(desk: OpenDesk, seconds: float = 101) -> tuple[Proved, Proved]:
    return desk.prove(*DSL, at(seconds)), desk.prove(*HEAD, at(seconds))


def secret(who: tuple[str, str]) -> Secret:
    return Secret(sign_in_name=who[0], passphrase=who[1])


def refused_with(box: Box, who: tuple[str, str], seconds: float = 900) -> bool:
    try:
        box.open(who, seconds=seconds).close(at(seconds + 1))
    except (WrongPassphraseError, AccessEndedError):
        return True
    return False


def the_one_that_opens(box: Box, *whos: tuple[str, str]) -> tuple[str, str]:
    found = [who for number, who in enumerate(whos) if not refused_with(box, who, 900 + number)]
    assert len(found) == 1, found
    return found[0]


def test_two_accounts_of_one_person_are_one_signer(tmp_path: Path) -> None:
    box = Box(tmp_path / "one person")
    second = dataclasses.replace(person(FOURTH, "Dana Samplewood", Role.SENIOR, issuer=True), person="p1")
    desk = box.create((dataclasses.replace(PEOPLE[0], person="p1"), PEOPLE[1], second))
    hers = desk.prove(*DSL, at(20)), desk.prove(*FOURTH, at(20))
    before = desk.head()

    with pytest.raises(ProcedureError, match="two different people"):
        desk.write(
            desk.desk_strand,
            FileRemoved(file="f" * 32, sha256="0" * 64, reason="left over"),
            at=at(21),
            also=hers,
        )

    assert desk.head() == before
    desk.close(at(30))


def test_a_new_account_needs_two_issuers_and_signs_in(box: Box) -> None:
    desk = box.open()
    account = accounts.issue_account(desk, person(FOURTH, "Fay Fourth", Role.SENIOR), by=two(desk), at=at(102))
    assert desk.check(nothing).findings == ()
    desk.close(at(110))
    desk = box.open(FOURTH, seconds=200)
    assert desk.me.account == account
    assert desk.me.name == "Fay Fourth"
    desk.close(at(210))


def test_the_second_account_is_signed_by_the_first_and_the_root(tmp_path: Path) -> None:
    box = Box(tmp_path / "alone")
    desk = box.create(people=PEOPLE[:1])
    codes = box.two("AC")
    by = (desk.prove(*DSL, at(20)), desk.prove_codes(codes.first, codes.second))
    head = accounts.issue_account(desk, person(HEAD, "Harriet Examplefield", Role.HEADTEACHER), by=by, at=at(21))
    assert Duty.ISSUER.value in next(one for one in desk.accounts() if one.account == head).duties
    accounts.issue_account(desk, person(FOURTH, "Fay Fourth", Role.SENIOR), by=two(desk, 30), at=at(31))
    assert desk.check(nothing).findings == ()
    desk.close(at(40))


def test_two_people_without_the_duty_cannot_let_anybody_in(box: Box) -> None:
    desk = box.open()
    by = (desk.prove(*DSL, at(101)), desk.prove(*DEPUTY, at(101)))
    with pytest.raises(NotReadableError):
        accounts.issue_account(desk, person(FOURTH, "Fay Fourth", Role.SENIOR), by=by, at=at(102))
    assert len(custody(desk).holdings.slots.slots) == 6
    desk.close(at(110))


def test_the_same_person_twice_cannot_let_anybody_in(box: Box) -> None:
    desk = box.open()
    one = desk.prove(*DSL, at(101))
    with pytest.raises(NotReadableError):
        accounts.issue_account(desk, person(FOURTH, "Fay Fourth", Role.SENIOR), by=(one, one), at=at(102))
    desk.close(at(110))


def test_two_who_are_not_signed_in_here_cannot_let_anybody_in(box: Box) -> None:
    desk = box.open(DEPUTY)
    with pytest.raises(ProcedureError):
        accounts.issue_account(desk, person(FOURTH, "Fay Fourth", Role.SENIOR), by=two(desk), at=at(102))
    assert len(custody(desk).holdings.slots.slots) == 6
    desk.close(at(110))


def test_a_sign_in_name_that_is_taken_and_a_short_passphrase_are_refused(box: Box) -> None:
    desk = box.open()
    for bad, error in (((" DSL  made UP", "long enough words here"), NameTakenError), (("fresh", "short"), InputError)):
        with pytest.raises(error):
            accounts.issue_account(desk, person(bad, "Fay Fourth", Role.SENIOR), by=two(desk), at=at(102))
    desk.close(at(110))


def test_proving_oneself_opens_the_own_signing_key_and_no_other(box: Box) -> None:
    desk = box.open()
    assert desk.prove(*HEAD, at(101)).name == "Harriet Examplefield"
    with pytest.raises(WrongPassphraseError):
        desk.prove(HEAD[0], DSL[1], at(102))
    codes = box.two("AB")
    assert desk.prove_codes(codes.first, codes.second).account == ROOT_ACCOUNT
    desk.close(at(110))


def test_a_new_passphrase_opens_and_the_old_one_no_longer_does(box: Box) -> None:
    desk = box.open()
    before = desk.me.certificate_sha256
    accounts.new_passphrase(desk, *DSL, new=secret(NEW), at=at(101))
    desk.close(at(110))
    assert the_one_that_opens(box, DSL, NEW) == NEW
    desk = box.open(NEW, seconds=1000)
    assert desk.me.certificate_sha256 == before
    desk.close(at(1010))
    assert assert_one_valid_state(box, (NEW, HEAD, DEPUTY)) == 1


def test_a_new_passphrase_killed_at_every_step_leaves_exactly_one_that_opens(
    box: Box, tmp_path: Path, heavy: Callable[[int, int], int]
) -> None:
    def judge(copy: Box) -> None:
        who = the_one_that_opens(copy, DSL, NEW)
        assert assert_one_valid_state(copy, (who, HEAD, DEPUTY)[: heavy(1, 3)]) == 1

    steps = killed_at_every_step(
        box,
        tmp_path,
        lambda desk, _: accounts.new_passphrase(desk, *DSL, new=secret(NEW), at=at(101)),
        judge,
        every=1 if heavy(0, 1) else 5,
    )
    assert steps >= 13


def test_old_slots_after_a_new_passphrase_are_refused_as_old(box: Box) -> None:
    old = (box.folder / "desk.slots").read_bytes()
    desk = box.open()
    accounts.new_passphrase(desk, *DSL, new=secret(NEW), at=at(101))
    desk.close(at(110))
    for name in COPIES:
        (box.folder / name).write_bytes(old)
    with pytest.raises(OlderStoreError):
        box.open(DSL, seconds=300)
    box.edit_slots(lambda content: content.update(counter=99999))
    with pytest.raises(OlderStoreError):
        box.open(DSL, seconds=300)


def replace(desk: OpenDesk, _box: Box) -> None:
    accounts.replace_keys(desk, desk.me.account, new=secret(NEW), by=two(desk), at=at(102))


def test_somebody_may_know_the_old_passphrase_so_keys_and_volume_key_are_replaced(box: Box) -> None:
    desk = box.open()
    certificate = desk.me.certificate_sha256
    replace(desk, box)
    desk.close(at(120))
    assert the_one_that_opens(box, DSL, NEW) == NEW
    desk = box.open(NEW, seconds=1000)
    assert desk.me.certificate_sha256 != certificate
    assert desk.check(nothing).findings == ()
    by = (desk.prove(*NEW, at(1001)), desk.prove(*HEAD, at(1001)))
    accounts.issue_account(desk, person(FOURTH, "Fay Fourth", Role.SENIOR), by=by, at=at(1002))
    desk.close(at(1010))


def test_replacing_keys_killed_at_every_step_leaves_exactly_one_that_opens(
    box: Box, tmp_path: Path, heavy: Callable[[int, int], int]
) -> None:
    def judge(copy: Box) -> None:
        who = the_one_that_opens(copy, DSL, NEW)
        assert_one_valid_state(copy, (who, HEAD, DEPUTY)[: heavy(1, 3)])

    steps = killed_at_every_step(box, tmp_path, replace, judge, every=1 if heavy(0, 1) else 9)
    assert steps >= 30


def test_access_that_was_ended_stays_ended_with_an_old_slot_file_too(box: Box) -> None:
    old = (box.folder / "desk.slots").read_bytes()
    desk = box.open()
    accounts.withdraw_account(desk, box.accounts[2], by=two(desk), reason="left the school", at=at(102))
    assert desk.check(nothing).findings == ()
    assert custody(desk).holdings.generation == 2
    desk.close(at(110))
    with pytest.raises(WrongPassphraseError):
        box.open(DEPUTY, seconds=200)
    for name in COPIES:
        (box.folder / name).write_bytes(old)
    with pytest.raises(Exception, match="Nothing was changed"):
        box.open(DEPUTY, seconds=300)


def test_a_slot_of_somebody_whose_access_ended_says_so_before_anything_is_written(box: Box) -> None:
    desk = box.open()
    slots = custody(desk).holdings.slots
    keeper = custody(desk)
    keeper.rotate = lambda: None  # type: ignore[method-assign]  # cut off between the transaction and what follows
    accounts.withdraw_account(desk, box.accounts[2], by=two(desk), reason="left the school", at=at(102))
    keeper.holdings.replace_slots(slots.slots)
    desk.close(at(110))
    before = (box.folder / "desk.db").read_bytes()
    with pytest.raises(AccessEndedError):
        box.open(DEPUTY, seconds=200)
    assert (box.folder / "desk.db").read_bytes() == before
    desk = box.open(seconds=300)
    assert custody(desk).holdings.generation == 2
    assert len(custody(desk).holdings.slots.slots) == 5
    desk.close(at(310))


def test_an_issuer_who_leaves_takes_the_root_with_nobody(box: Box) -> None:
    desk = box.open()
    codes = box.two("BC")
    by = (desk.prove(*DSL, at(101)), desk.prove_codes(codes.first, codes.second))
    accounts.withdraw_account(desk, box.accounts[1], by=by, reason="left the school", at=at(102))
    holders = [row[0] for row in custody(desk).holdings.database.rows("SELECT holders FROM root_wrap")]
    assert sorted("," in one for one in holders) == [False, False, False]
    desk.close(at(110))

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dsl_desk.domain.desk_entries import Enrolled
from dsl_desk.domain.errors import InputError, KeyringError, WrongCodeError, WrongPassphraseError
from dsl_desk.domain.words import ROOT_ACCOUNT
from dsl_desk.store import accounts, codes
from dsl_desk.store.credentials import TwoCodes
from dsl_desk.store.desk import OpenDesk
from dsl_desk.store.issuing import Secret
from tests.store.keys.desks import (
    DEPUTY,
    DSL,
    HEAD,
    Box,
    assert_one_valid_state,
    at,
    custody,
    killed_at_every_step,
    nothing,
)

NEW = (DSL[0], "a wholly new passphrase")
NEW_HEAD = (HEAD[0], "another wholly new passphrase")


def enrolments(box: Box) -> list[str]:
    desk = box.open(seconds=700)
    found = [
        one.payload.data.by_code
        for one in desk.records(desk.desk_strand)
        if one.payload is not None and isinstance(one.payload.data, Enrolled)
    ]
    desk.close(at(710))
    return found


def test_a_lost_keyring_is_recovered_by_two_codes_and_everybody_signs_again(box: Box) -> None:
    box.lose_keyring()
    desk = box.open_with_codes("AC")
    assert desk.unlocked.account == ROOT_ACCOUNT
    assert desk.check(nothing).findings == ()
    desk.close(at(110))
    for number, who in enumerate((DSL, HEAD, DEPUTY)):
        desk = box.open(who, seconds=200 + number)
        assert desk.prove(*who, at(210)).account == desk.me.account
        desk.close(at(220))
    assert enrolments(box) == ["AC"]


def test_without_keyring_a_passphrase_alone_opens_nothing_and_the_sentence_names_the_codes(box: Box) -> None:
    box.lose_keyring()
    with pytest.raises(KeyringError, match="recovery code"):
        box.open(DSL)


def test_one_code_and_one_passphrase_open_on_another_machine(box: Box, tmp_path: Path) -> None:
    other = box.copy(tmp_path / "another laptop")
    other.lose_keyring()
    for third in other.config.iterdir():
        third.unlink()
    desk = other.open(HEAD, code=other.code("B"))
    assert desk.me.name == "Harriet Examplefield"
    desk.close(at(110))
    desk = other.open(DSL, seconds=200)
    desk.close(at(210))
    assert enrolments(other) == ["B"]
    assert_one_valid_state(other)


def test_one_code_alone_opens_nothing(box: Box) -> None:
    with pytest.raises(WrongCodeError):
        box.enter(TwoCodes(first=box.code("A"), second=box.code("A")))
    with pytest.raises(WrongPassphraseError):
        box.open(("nobody", "knows this passphrase"), code=box.code("A"))


@pytest.mark.parametrize("letters", ["AB", "BA", "AC", "BC"])
def test_any_two_codes_open_however_they_are_typed(box: Box, letters: str) -> None:
    typed = [box.code(letter).partition(":")[2].lower().replace("-", " ").replace("0", "o") for letter in letters]
    desk = box.enter(TwoCodes(first=typed[0], second=typed[1]))
    assert desk.unlocked.account == ROOT_ACCOUNT
    desk.close(at(110))


def test_a_code_with_one_wrong_symbol_is_refused_before_anything_is_tried(box: Box) -> None:
    code = box.code("A")
    wrong = code[:-1] + ("X" if code[-1] != "X" else "Y")
    with pytest.raises(WrongCodeError):
        box.enter(TwoCodes(first=wrong, second=box.code("B")))
    assert box.slots()["slots"][0]["failed"] == 0


def test_a_forgotten_passphrase_is_replaced_with_two_codes_and_one_other_person(box: Box) -> None:
    desk = box.open(HEAD)
    typed = box.two("AB")
    root = desk.prove_codes(typed.first, typed.second)
    accounts.forgotten_passphrase(
        desk,
        box.accounts[0],
        new=Secret(sign_in_name=NEW[0], passphrase=NEW[1]),
        root=root,
        other=desk.prove(*HEAD, at(101)),
        at=at(102),
    )
    assert desk.check(nothing).findings == ()
    desk.close(at(110))
    with pytest.raises(WrongPassphraseError):
        box.open(DSL, seconds=200)
    assert_one_valid_state(box, (NEW, HEAD, DEPUTY))


def test_where_everybody_forgot_two_codes_let_them_in_again(box: Box) -> None:
    box.lose_keyring()
    desk = box.open_with_codes("BC")
    typed = box.two("BC")
    for account, new in zip(box.accounts, (NEW, NEW_HEAD), strict=False):
        accounts.forgotten_passphrase(
            desk,
            account,
            new=Secret(sign_in_name=new[0], passphrase=new[1]),
            root=desk.prove_codes(typed.first, typed.second),
            at=at(102),
        )
    assert desk.check(nothing).findings == ()
    desk.close(at(110))
    assert_one_valid_state(box, (NEW, NEW_HEAD, DEPUTY))


def new_codes(box: Box, seconds: float = 100) -> Box:
    desk = box.open(seconds=seconds)
    by = (desk.prove(*DSL, at(101)), desk.prove(*HEAD, at(101)))
    printed = codes.replace_codes(desk, custodians={"A": "Chair"}, by=by, at=at(102))
    desk.close(at(110))
    after = Box(box.root)
    after.codes, after.accounts = printed, box.accounts
    return after


def test_new_codes_open_and_the_old_ones_no_longer_do(box: Box) -> None:
    after = new_codes(box)
    assert [code[:3] for code in after.codes] == ["A2:", "B2:", "C2:"]
    with pytest.raises(WrongCodeError):
        box.open_with_codes("AB", seconds=300)
    assert assert_one_valid_state(after) == 2
    after.lose_keyring()
    desk = after.open(DSL, code=after.code("C"), seconds=400)
    assert desk.check(nothing).findings == ()
    desk.close(at(410))


def test_new_codes_killed_at_every_step_leave_one_set_that_opens(
    box: Box, tmp_path: Path, heavy: Callable[[int, int], int]
) -> None:
    def act(desk: OpenDesk, _copy: Box) -> None:
        by = (desk.prove(*DSL, at(101)), desk.prove(*HEAD, at(101)))
        codes.replace_codes(desk, custodians={}, by=by, at=at(102))

    def judge(copy: Box) -> None:
        desk = copy.open(seconds=500)
        register = desk.kept.register
        assert custody(desk).holdings.slots.escrow[0].generation == register.generation()
        desk.close(at(510))
        if register.generation() == 1:
            assert_one_valid_state(copy, (DSL,))
        else:
            with pytest.raises(WrongCodeError):
                copy.open_with_codes("AB", seconds=600)

    assert killed_at_every_step(box, tmp_path, act, judge, every=1 if heavy(0, 1) else 10) >= 25


def test_set_up_is_finished_when_two_codes_were_typed_back(box: Box) -> None:
    desk = box.open()
    assert not codes.codes_confirmed(desk)
    with pytest.raises(InputError):
        codes.confirm_codes(desk, box.code("A"), box.code("A"))
    with pytest.raises(WrongCodeError):
        codes.confirm_codes(desk, box.code("A"), "not a code at all")
    codes.confirm_codes(desk, box.code("C"), box.code("A"))
    assert codes.codes_confirmed(desk)
    desk.close(at(110))

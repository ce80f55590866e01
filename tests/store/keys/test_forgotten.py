"""Somebody forgot their passphrase: new keys by two codes, and which restricted records those keys then read.

Two codes hand on what their own pair reads and wrap it anew under the key it has:
nobody else knows the forgotten passphrase, so no new epoch is due (format section 1).
Where it may be known, keys are replaced instead, and every record gets a new epoch.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from dsl_desk.domain.case_words import PersonRole
from dsl_desk.domain.errors import NotReadableError, WrongPassphraseError
from dsl_desk.domain.follow_up_entries import CaseOpened, PersonLinked, SupportOffered
from dsl_desk.domain.words import AccountId, Role, StrandId, SubjectKind
from dsl_desk.store import accounts
from dsl_desk.store.desk import OpenDesk
from dsl_desk.store.issuing import Secret
from tests.store.keys.desks import DEPUTY, DSL, HEAD, Box, at, custody, nothing, person

NEW = (DSL[0], "a wholly new passphrase")
SECRET = Secret(sign_in_name=NEW[0], passphrase=NEW[1])
HOLDS_A_CODE = "Head"
"""The boxes of these tests say of code A: with the Head."""


def case(desk: OpenDesk, number: int, readers: list[AccountId], *, about: str = "pupil") -> StrandId:
    """A restricted case, about somebody who holds a code or about somebody who holds none."""
    link = PersonLinked(person=about, role=PersonRole.SUBJECT, kind=SubjectKind.PUPIL)
    reference = f"MI-2026-{number}K7Q"
    return desk.begin_case(CaseOpened(reference=reference), link, at=at(101), readers=readers, subjects=[about])


def epoch(desk: OpenDesk, strand: StrandId) -> int:
    return desk.kept.strands.rows(strand)[-1].epoch


def readable(box: Box, who: tuple[str, str], *strands: StrandId, seconds: float = 500) -> list[bool]:
    """Which of these somebody reads who signs in now."""
    desk, found = box.open(who, seconds=seconds), []
    for strand in strands:
        try:
            found.append(bool(desk.records(strand)))
        except NotReadableError:
            found.append(False)
    desk.close(at(seconds + 1))
    return found


def test_two_codes_alone_hand_on_what_their_pair_reads_and_nothing_more(box: Box):
    dsl, head, deputy = box.accounts
    desk = box.open(DSL)
    hers = case(desk, 2, [dsl])
    both = case(desk, 3, [dsl, head])
    barred = case(desk, 4, [dsl, head], about=HOLDS_A_CODE)
    others = case(desk, 5, [head, deputy])
    epochs = {strand: epoch(desk, strand) for strand in (hers, both, barred, others)}
    desk.close(at(110))

    desk = box.open_with_codes("AB", seconds=200)
    typed = box.two("AB")
    accounts.forgotten_passphrase(desk, dsl, new=SECRET, root=desk.prove_codes(typed.first, typed.second), at=at(201))
    assert {strand: epoch(desk, strand) for strand in epochs} == epochs
    assert desk.check(nothing).findings == ()
    desk.close(at(210))

    with pytest.raises(WrongPassphraseError):
        box.open(DSL, seconds=300)
    assert readable(box, NEW, hers, both, barred, others) == [True, True, False, False]
    assert readable(box, HEAD, hers, both, barred, others, seconds=600) == [False, True, True, True]


def test_the_key_that_was_forgotten_opens_nothing_any_more(box: Box):
    dsl = box.accounts[0]
    desk = box.open(DSL)
    strand = case(desk, 2, [dsl])
    old = desk.unlocked.agreement
    desk.close(at(110))
    desk = box.open_with_codes("BC", seconds=200)
    typed = box.two("BC")
    accounts.forgotten_passphrase(desk, dsl, new=SECRET, root=desk.prove_codes(typed.first, typed.second), at=at(201))
    with_old = replace(desk.unlocked, agreement=old)
    assert not OpenDesk.read_only(with_old).kept.strands.readable(strand)
    desk.write(desk.desk_strand, at=at(202))
    desk.close(at(210))
    desk = box.open(NEW, seconds=300)
    desk.write(strand, SupportOffered(support="goes on"), at=at(301))
    assert desk.check(nothing).findings == ()
    desk.close(at(310))


def test_the_sole_other_reader_signs_and_the_new_key_waits_until_they_have_compared_it(box: Box):
    dsl, head, _deputy = box.accounts
    desk = box.open(HEAD)
    both = case(desk, 2, [dsl, head])
    own = case(desk, 3, [head])
    before = epoch(desk, both)
    typed = box.two("AC")
    accounts.forgotten_passphrase(
        desk, dsl, new=SECRET, root=desk.prove_codes(typed.first, typed.second), other=desk.prove(*HEAD, at(102)),
        at=at(103),
    )  # fmt: skip
    assert epoch(desk, both) == before + 1
    readership = desk.readership(both)
    assert readership is not None
    assert (readership.waiting, readership.one_loss_away) == ((dsl,), True)
    desk.close(at(110))
    assert readable(box, NEW, both, own) == [False, False]

    desk = box.open(HEAD, seconds=600)
    desk.confirm_reader(both, dsl, at(601))
    assert desk.check(nothing).findings == ()
    desk.close(at(610))
    assert readable(box, NEW, both, own, seconds=700) == [True, False]


def test_a_restricted_record_restricted_again_gives_nothing_to_a_key_nobody_compared(box: Box):
    dsl, head, deputy = box.accounts
    desk = box.open(HEAD)
    strand = case(desk, 2, [dsl, head])
    by = (desk.prove(*HEAD, at(102)), desk.prove(*DSL, at(102)))
    accounts.replace_keys(desk, dsl, new=SECRET, by=by, at=at(103))
    desk.restrict(strand, [dsl, head, deputy], at(104))
    readership = desk.readership(strand)
    assert readership is not None
    assert readership.waiting == (dsl,)
    desk.close(at(110))
    assert readable(box, NEW, strand) == [False]
    assert readable(box, DEPUTY, strand, seconds=600) == [True]


def test_a_new_key_of_somebody_with_two_accounts_is_no_key_of_a_subject(box: Box, tmp_path):
    """A person is barred with every account they hold, and no pair they hold a code of opens what is about them."""
    other = Box(tmp_path / "two accounts")
    twice = tuple(
        replace(person(who, name, role, issuer=True), person=someone)
        for who, name, role, someone in (
            (DSL, "Dana Samplewood", Role.DSL, "dana"),
            (HEAD, "Harriet Examplefield", Role.HEADTEACHER, "harriet"),
            (DEPUTY, "Dana Samplewood again", Role.DEPUTY, "dana"),
        )
    )
    desk = other.create(twice)
    dsl, head, again = other.accounts
    strand = desk.begin_case(CaseOpened(reference="MI-2026-2K7Q"), at=at(5))
    link = PersonLinked(person="x", role=PersonRole.SUBJECT, kind=SubjectKind.STAFF, account=again)
    desk.write(strand, link, at=at(6))
    desk.restrict(strand, [dsl, head, again], at(7))
    rules = desk.kept.register
    assert rules.speaking(dsl) is not None
    assert custody(desk).holdings.database.one("SELECT wraps FROM strand WHERE strand = ?", (strand,))
    with pytest.raises(NotReadableError):
        desk.records(strand)
    desk.close(at(10))
    assert readable(other, HEAD, strand) == [True]
    assert readable(other, DEPUTY, strand, seconds=600) == [False]

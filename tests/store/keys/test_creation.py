from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dsl_desk.domain.errors import InputError, StoreError
from dsl_desk.domain.words import Duty, Role
from dsl_desk.signatures import certificate_sha256, common_name
from dsl_desk.store.creation import SetUp, create
from dsl_desk.store.disks import RefusedPlaceError, Volume
from dsl_desk.store.steps import Steps
from tests.store.keys.desks import (
    DSL,
    HEAD,
    KILLED,
    PEOPLE,
    Box,
    OwnDisk,
    assert_one_valid_state,
    at,
    child,
    custody,
    nothing,
    person,
)


def test_a_desk_begins_with_three_entries_of_its_first_session_then_people_and_pairs(tmp_path: Path) -> None:
    box = Box(tmp_path / "new")
    desk = box.create()
    kinds = [one.payload.kind for one in desk.records(desk.desk_strand) if one.payload is not None]
    assert kinds == ["desk_created", "account_issued", "session_opened", *["account_issued"] * 2, *["pair_issued"] * 3]
    assert desk.check(nothing).findings == ()
    assert common_name(desk.root) == "Made-up School"
    assert certificate_sha256(desk.root) == custody(desk).holdings.root_sha256
    assert [one.name for one in desk.accounts()] == [person.name for person in PEOPLE]
    desk.close(at(10))
    assert_one_valid_state(box)


def test_one_person_can_begin_and_the_root_is_then_held_by_the_codes_alone(tmp_path: Path) -> None:
    box = Box(tmp_path / "alone")
    desk = box.create(people=PEOPLE[:1])
    holders = [row[0] for row in custody(desk).holdings.database.rows("SELECT holders FROM root_wrap")]
    assert len(holders) == 3
    assert not any("," in one for one in holders)
    desk.close(at(10))
    box.open().close(at(110))


def test_the_first_two_let_others_in_unless_the_duty_is_given(tmp_path: Path) -> None:
    box = Box(tmp_path / "plain")
    people = (
        person(DSL, "Dana Samplewood", Role.DSL),
        person(HEAD, "Harriet Examplefield", Role.HEADTEACHER),
        person(("third", "a third made up passphrase"), "Theo Third", Role.SENIOR),
    )
    desk = box.create(people=people)
    assert [Duty.ISSUER.value in one.duties for one in desk.accounts()] == [True, True, False]
    desk.close(at(10))


def test_a_rehearsal_says_so_on_every_certificate(tmp_path: Path) -> None:
    box = Box(tmp_path / "rehearsal")
    made = create(box.laptop(), SetUp(school="Made-up School", people=PEOPLE, rehearsal=True), at())
    assert made.desk.rehearsal
    assert common_name(made.desk.root).startswith("REHEARSAL ")
    assert all(common_name(one.certificate).startswith("REHEARSAL ") for one in made.desk.kept.register.issuances)
    assert made.desk.me.name == PEOPLE[0].name
    made.desk.close(at(10))


def test_envelopes_kept_by_people_of_the_desk_are_known_by_account(tmp_path: Path) -> None:
    box = Box(tmp_path / "custodians")
    plan = SetUp(school="Made-up School", people=PEOPLE, custodians={"A": HEAD[0], "B": "the bank"})
    made = create(box.laptop(), plan, at())
    pair = next(one for one in made.desk.kept.register.pairs if one.letters == "AB")
    assert pair.custodians == {"A": made.accounts[1], "B": "the bank"}
    made.desk.close(at(10))


def test_codes_and_passphrases_stand_in_no_file(tmp_path: Path) -> None:
    box = Box(tmp_path / "new")
    desk = box.create()
    desk.close(at(10))
    everything = b"".join(path.read_bytes() for path in box.root.rglob("*") if path.is_file())
    words = [PEOPLE[0].secret.passphrase, PEOPLE[0].name, PEOPLE[0].secret.sign_in_name, *box.codes]
    words += [code[4:].replace("-", "") for code in box.codes]
    for word in words:
        assert word.encode() not in everything
    assert PEOPLE[0].secret.passphrase not in repr(PEOPLE)
    assert not any(code in repr(desk.unlocked) for code in box.codes)


@pytest.mark.parametrize(
    ("people", "school"),
    [
        ((), "Made-up School"),
        ((PEOPLE[0], PEOPLE[0]), "Made-up School"),
        (PEOPLE, ""),
        (PEOPLE, "x" * 51),
        (PEOPLE, "line\u2028end"),
        ((person(DSL, "\u202eevil", Role.DSL),), "Made-up School"),
        ((person(("x", "short"), "Dana", Role.DSL),), "Made-up School"),
    ],
)
def test_a_set_up_that_cannot_stand_makes_nothing(tmp_path: Path, people: tuple[object, ...], school: str) -> None:
    box = Box(tmp_path / "new")
    with pytest.raises(InputError):
        create(box.laptop(), SetUp(school=school, people=people), at())  # type: ignore[arg-type]  # what is tried
    assert not (box.folder / "desk.slots").exists()


def test_a_desk_is_not_begun_on_a_stick(tmp_path: Path) -> None:
    box = Box(tmp_path / "stick", disks=OwnDisk(found=Volume(filesystem="vfat", removable=True)))
    with pytest.raises(RefusedPlaceError):
        box.create()
    assert not box.folder.exists()


def test_set_up_killed_at_every_step_leaves_a_desk_that_opens_or_one_that_is_refused(
    tmp_path: Path, heavy: Callable[[int, int], int]
) -> None:
    opened = []
    for number in itertools.count(1, 1 if heavy(0, 1) else 5):
        box = Box(tmp_path / f"kill-{number}")

        def work(steps: Steps, box: Box = box) -> None:
            box.create(steps=steps).close(at(10))

        code = child(work, number)
        assert code in (0, KILLED)
        before = sorted(path.name for path in box.folder.iterdir()) if box.folder.exists() else []
        try:
            desk = box.open(seconds=200)
        except StoreError:
            opened.append(False)
            assert sorted(path.name for path in box.folder.iterdir()) == sorted({*before, "desk.lock"})
        else:
            opened.append(True)
            assert desk.check(nothing).findings == ()
            desk.close(at(210))
        shutil.rmtree(box.root)
        if code == 0:
            break
    assert opened == sorted(opened)
    assert opened[-1]

"""A restricted case: nothing of it is there for somebody who holds the volume key alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from dsl_desk.domain.case_words import PersonRole
from dsl_desk.domain.desk_entries import CertificateWithdrawn
from dsl_desk.domain.errors import InputError, NotReadableError, StoreError
from dsl_desk.domain.follow_up_entries import ConcernRecorded
from dsl_desk.domain.words import ROOT_ACCOUNT, CaseRef, StrandId
from dsl_desk.signatures import key_id, new_key
from dsl_desk.store.desk import OpenDesk
from dsl_desk.store.strands import StrandKeys
from tests.store.records.world import (
    AT,
    World,
    advice,
    begin_case,
    begin_desk,
    call,
    concern,
    follow_up,
    linked,
    new_school,
    take_in,
)

WORDS = [
    "Ottoline Markwell", "Peverell Stubbs", "Quentin Ravenstall", "Rosalba Tinker", "Sylvester Umber",
    "Thaddeus Vetch", "Ursula Wimple", "Valerian Yarrow", "Winifred Zouch", "Xanthe Abelard",
]  # fmt: skip
REF = "MI-2026-W8W8"
KINDS = [
    "case_opened", "concern_recorded", "person_linked", "call_logged", "follow_up_done", "advice_applied",
    "exhibit_added", "readers_changed", "device_changed",
]  # fmt: skip
MARKERS = [
    REF, *KINDS, *WORDS, *(part for name in WORDS for part in name.split() if len(part) >= 5),
    "sits by the window", "unusual words alpha", "unusual words beta", "unusual words gamma", "unusual words delta",
    "p-markwell", "p-zebedee", "Quillfeather", "WZQX/1", "WZQX/2", "harmful_content",
]  # fmt: skip
assert len(MARKERS) >= 50


def _record(desk: OpenDesk, world: World) -> StrandId:
    """A case in which every marker stands somewhere."""
    strand = begin_case(desk, REF, concern("unusual words alpha, " + ", ".join(WORDS)), linked("p-markwell"))
    desk.write(strand, *(call(f"unusual words beta from {name}", to=name) for name in WORDS), at=AT)
    desk.write(strand, follow_up("unusual words gamma"), linked("p-zebedee"), at=AT)
    take_in(desk, strand, b"unusual words delta" * 500, b"Ottoline Markwell" * 900, marks="WZQX")
    desk.save_draft(None, strand, b"unusual words delta in a draft by Ottoline Markwell")
    desk.write(strand, advice(), at=AT, also=(world.ada.signer, world.ben.signer))
    return strand


def _forms(marker: str) -> Iterator[bytes]:
    yield from {marker.encode(), marker.lower().encode(), marker.encode().hex().encode(), marker.encode("utf-16-le")}


def _seen(world: World, *, tables: bool = True) -> list[str]:
    """Markers that the volume key and tools find: decrypted pages with free ones, every row, every file as it lies."""
    text = [world.pages(), *(path.read_bytes() for path in world.folder.rglob("*") if path.is_file())]
    if tables:
        database = world.database()
        names = [row[0] for row in database.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        keys = StrandKeys(database, world.desk, world.cas.agreement)
        for name in names:
            rows = database.rows(f"SELECT * FROM {name}")
            text.append(repr(rows).encode())
        assert keys.rows()
        database.close()
    everything = b"\n".join(text)
    everything += everything.lower()
    return [marker for marker in MARKERS if any(form in everything for form in _forms(marker))]


@pytest.fixture
def told(tmp_path: Path) -> tuple[World, StrandId]:
    """A desk that holds one case with every marker, ordinary still."""
    world = new_school(tmp_path / "desk")
    desk = begin_desk(world)
    strand = _record(desk, world)
    desk.close(AT)
    return world, strand


def test_the_markers_are_there_before_so_that_the_search_for_them_can_fail(told: tuple[World, StrandId]):
    world, _ = told
    assert {"Ottoline Markwell", REF} <= set(_seen(world))


def test_after_restricting_no_marker_is_found_with_the_volume_key(told: tuple[World, StrandId]):
    world, strand = told
    desk = world.open()
    desk.restrict(strand, [world.ada.account, world.ben.account], AT)
    assert desk.case(strand).ref == REF
    assert [draft.content for draft in desk.drafts()] == [b"unusual words delta in a draft by Ottoline Markwell"]
    desk.close(AT)
    assert _seen(world) == []
    assert world.judge() == ([], 0)


def test_a_case_restricted_from_birth_leaves_no_marker(tmp_path: Path):
    world = new_school(tmp_path / "desk")
    desk = begin_desk(world)
    strand = desk.begin_case(
        concern("unusual words alpha, " + ", ".join(WORDS)), at=AT, readers=[world.ada.account, world.ben.account]
    )
    desk.write(strand, *(call(name, to=name) for name in WORDS), at=AT)
    take_in(desk, strand, b"Ottoline Markwell" * 900, marks="WZQX")
    desk.save_draft(None, strand, b"Ottoline Markwell")
    desk.close(AT)
    assert _seen(world) == []
    assert world.judge(world.ben) == ([], 0)


def test_after_disposal_and_rotation_no_marker_is_found_and_the_chain_verifies(told: tuple[World, StrandId]):
    world, strand = told
    before = world.vk
    desk = world.open()
    desk.restrict(strand, [world.ada.account, world.ben.account], AT)
    last = desk.records(strand)[-1].strand_seq
    desk.dispose(strand, 1, last, "DOB+25", AT, (world.ada.signer, world.ben.signer))
    assert desk.case(strand).disposed == last
    desk.close(AT)
    assert world.vk != before
    assert _seen(world) == []
    assert world.blob_files() == []
    assert world.judge() == ([], 0)


def test_an_ordinary_case_disposed_of_leaves_no_marker(told: tuple[World, StrandId]):
    world, strand = told
    desk = world.open()
    last = desk.records(strand)[-1].strand_seq
    desk.dispose(strand, 1, last, "DOB+25", AT, (world.ada.signer, world.ben.signer))
    assert desk.find(CaseRef(REF)) is None
    desk.close(AT)
    assert _seen(world) == []
    assert world.judge() == ([], 0)


def test_no_marker_is_in_the_hot_journal_while_restricting(
    told: tuple[World, StrandId], monkeypatch: pytest.MonkeyPatch
):
    world, strand = told
    found: list[list[str]] = []

    def look(name: str) -> None:
        if name == "restricting: entries written":
            files = [path.read_bytes() for path in world.folder.glob("desk.db-journal")]
            found.append([marker for marker in MARKERS for raw in files if marker.encode() in raw])

    world = replace(world, steps=look)
    desk = world.open()
    desk.restrict(strand, [world.ada.account], AT)
    desk.close(AT)
    assert found == [[]]


def test_readers_and_recipients_stand_in_no_row_that_others_read(harmed: World):
    database = harmed.database()
    hidden = harmed.notes["hidden"]
    rows = [
        *database.rows("SELECT * FROM strand WHERE strand = ?", (hidden,)),
        *database.rows("SELECT header, payload, signature, also FROM entry WHERE strand = ?", (hidden,)),
        *database.rows("SELECT * FROM draft"),
    ]
    text = repr(rows)
    for person in (harmed.ada, harmed.ben, harmed.dot):
        assert person.account not in text
        assert person.certificate_sha256 not in text
        assert key_id(person.agreement.public_key()) not in text
    (wraps,) = database.one("SELECT wraps FROM strand WHERE strand = ?", (hidden,)) or (b"",)
    assert len(wraps) == 16 * 113
    also = {len(row[0]) for row in database.rows("SELECT also FROM entry WHERE strand = ?", (hidden,))}
    assert len(also) == 1
    database.close()


def test_a_pair_one_of_whose_holders_is_the_subject_receives_nothing(school: World):
    desk = school.open()
    strand = begin_case(desk, REF, concern("about Ben"))
    subject = msgspec.structs.replace(linked("p-ben"), role=PersonRole.SUBJECT, account=school.ben.account)
    desk.write(strand, subject, at=AT)
    desk.restrict(strand, [school.ada.account, school.ben.account], AT)
    readership = desk.readership(strand)
    assert readership is not None
    assert (readership.readers, readership.pairs, readership.one_loss_away) == ((school.ada.account,), 1, True)
    rows = desk.kept.strands.rows(strand)
    for pair, may in zip(school.pairs, (False, True, False), strict=True):
        keys = StrandKeys(desk.unlocked.database, school.desk, pair)
        assert (keys.opened(rows[-1]) is not None) == may
    desk.close(AT)


def test_restricting_is_never_refused_for_too_few_readers(school: World):
    desk = school.open()
    strand = begin_case(desk, REF, concern("about somebody"))
    desk.restrict(strand, [school.ada.account], AT)
    readership = desk.readership(strand)
    assert readership is not None
    assert readership.one_loss_away
    desk.restrict(strand, [school.ada.account, school.ben.account], AT)
    readership = desk.readership(strand)
    assert readership is not None
    assert not readership.one_loss_away
    assert desk.readership(desk.desk_strand) is None
    desk.close(AT)
    assert school.judge() == ([], 0)


def test_somebody_who_leaves_himself_out_can_read_no_more_of_it(school: World):
    desk = school.open()
    strand = begin_case(desk, REF, concern("about somebody"))
    desk.restrict(strand, [school.ben.account], AT)
    with pytest.raises(NotReadableError):
        desk.write(strand, call("too late"), at=AT)
    with pytest.raises(NotReadableError):
        desk.records(strand)
    desk.close(AT)
    assert school.judge(school.ben) == ([], 0)


def test_new_recovery_codes_are_wrapped_in_at_the_next_sign_in(school: World):
    desk = school.open()
    strand = begin_case(desk, REF, concern("about somebody"))
    desk.restrict(strand, [school.ada.account, school.ben.account], AT)
    fresh = [new_key() for _ in range(3)]
    for key, letters in zip(fresh, ("AB", "AC", "BC"), strict=True):
        desk.write(desk.desk_strand, school.pair(key, letters, 2), at=AT, also=(school.ada.signer, school.ben.signer))
    desk.close(AT)
    desk = school.open(school.ben)
    rows = desk.kept.strands.rows(strand)
    opened = [StrandKeys(desk.unlocked.database, school.desk, key).opened(rows[-1]) is not None for key in fresh]
    old = [StrandKeys(desk.unlocked.database, school.desk, key).opened(rows[-1]) is None for key in school.pairs]
    assert (opened, old) == ([True] * 3, [True] * 3)
    desk.close(AT)
    assert school.judge() == ([], 0)


def test_every_restricted_case_gets_a_new_epoch_inside_one_act(harmed: World):
    desk = harmed.open()
    before = {
        strand: desk.kept.strands.latest(strand).epoch for strand in (harmed.notes["hidden"], harmed.notes["birth"])
    }
    desk.write(desk.desk_strand, at=AT, within=lambda: desk.new_epochs(AT))
    after = {strand: desk.kept.strands.latest(strand).epoch for strand in before}
    assert after == {strand: epoch + 1 for strand, epoch in before.items()}
    desk.close(AT)
    assert harmed.judge() == ([], 1)


def test_the_chair_writes_in_her_case_and_nowhere_else(harmed: World):
    desk = harmed.open(harmed.dot)
    assert [row.reference for row in desk.restricted_cases()] == ["MI-2026-Q7ZB"]
    desk.write(harmed.notes["birth"], call("again"), at=AT)
    with pytest.raises(NotReadableError):
        desk.write(harmed.notes["one"], call("no"), at=AT)
    desk.close(AT)
    assert harmed.judge() == ([], 1)


def test_an_exhibit_of_a_restricted_case_opens_for_its_readers_alone(harmed: World):
    desk = harmed.look()
    blob = desk.case(harmed.notes["hidden"]).exhibits[1].blob
    assert desk.content_bytes(blob, 1000) == b"second" * 9
    desk.unlocked.database.close()
    desk = harmed.look(harmed.cas)
    with pytest.raises(NotReadableError):
        desk.content_bytes(blob, 1000)
    desk.unlocked.database.close()


def test_a_reader_s_replaced_key_waits_until_a_present_reader_has_compared_it(school: World):
    desk = school.open()
    strand = begin_case(desk, REF, concern("about somebody"))
    desk.restrict(strand, [school.ada.account, school.ben.account], AT)
    fresh = replace(school.person("Ben Head", "headteacher"), account=school.ben.account)
    by = (school.ada.signer, school.root_signer)
    withdrawn = CertificateWithdrawn(certificate=school.ben.certificate_sha256, account=school.ben.account)
    desk.write(desk.desk_strand, school.issued(fresh), withdrawn, at=AT, also=by)
    desk.close(AT)
    desk = school.open()
    readership = desk.readership(strand)
    assert readership is not None
    assert readership.waiting == (school.ben.account,)
    assert readership.one_loss_away
    rows = desk.kept.strands.rows(strand)
    assert StrandKeys(desk.unlocked.database, school.desk, school.ben.agreement).opened(rows[-1]) is None
    assert StrandKeys(desk.unlocked.database, school.desk, fresh.agreement).opened(rows[-1]) is None
    with pytest.raises(InputError):
        desk.confirm_reader(strand, school.cas.account, AT)
    desk.confirm_reader(strand, school.ben.account, AT)
    readership = desk.readership(strand)
    assert readership is not None
    assert readership.waiting == ()
    desk.close(AT)
    desk = school.open(fresh)
    assert desk.case(strand).ref == REF
    desk.close(AT)
    assert school.judge() == ([], 0)


def test_two_codes_hand_a_restricted_case_to_whoever_has_new_keys(school: World):
    """Everybody has forgotten: the root signs in with a pair, issues new keys, and wraps anew what the pair reads."""
    desk = school.open()
    strand = begin_case(desk, REF, concern("about somebody"))
    desk.restrict(strand, [school.ada.account], AT)
    desk.close(AT)
    unlocked = replace(school.unlocked(school.ada), account=ROOT_ACCOUNT, agreement=school.pairs[0])
    desk = OpenDesk.begin(unlocked, school.root_signer, AT)
    fresh = replace(school.person("Ada Lead", "dsl"), account=school.ada.account)
    withdrawn = CertificateWithdrawn(certificate=school.ada.certificate_sha256, account=school.ada.account)
    by = (fresh.signer, school.root_signer)
    desk.write(desk.desk_strand, school.issued(fresh), withdrawn, at=AT, also=by)
    assert desk.restricting.renew(AT) == 1
    with pytest.raises(StoreError):
        desk.write(strand, call("the codes write no record"), at=AT)
    desk.close(AT)
    desk = school.open(fresh)
    assert desk.case(strand).ref == REF
    desk.write(strand, call("back again"), at=AT)
    desk.close(AT)
    assert school.judge(fresh) == ([], 0)


def test_an_author_who_is_no_reader_is_shut_out_in_the_transaction_that_begins_the_case(tmp_path: Path):
    steps: list[str] = []
    world = new_school(tmp_path / "desk", steps=steps.append)
    desk = begin_desk(world)
    desk.close(AT)
    desk = world.open(world.ben)
    steps.clear()
    strand = desk.begin_case(concern("about somebody"), at=AT, readers=[world.ada.account])
    assert [step for step in steps if not step.startswith(("restricting:", "rotation"))] == ["strand begun"]
    with pytest.raises(NotReadableError):
        desk.records(strand)
    desk.close(AT)
    desk = world.open()
    assert desk.readers(strand) == (world.ada.account,)
    assert any(isinstance(one.payload.data, ConcernRecorded) for one in desk.records(strand) if one.payload)
    desk.close(AT)
    assert world.judge() == ([], 0)


def test_a_crash_while_such_a_case_begins_leaves_nothing_of_it(tmp_path: Path):
    ending: list[bool] = []

    def steps(name: str) -> None:
        if ending and name == "restricting: entries written":
            raise OSError("the power went")

    world = new_school(tmp_path / "desk", steps=steps)
    desk = begin_desk(world)
    desk.close(AT)
    desk = world.open(world.ben)
    before = desk.head()
    ending.append(True)
    with pytest.raises(OSError, match="the power went"):
        desk.begin_case(concern("about somebody"), at=AT, readers=[world.ada.account])
    ending.clear()
    assert desk.head() == before
    assert list(desk.kept.strands.restricted_strands()) == []
    desk.close(AT)

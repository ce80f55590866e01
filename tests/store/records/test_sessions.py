"""Who writes, from when to when, and what the laptop's clock does meanwhile; what a pack is given."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from dsl_desk.domain.case_entries import BOOK
from dsl_desk.domain.desk_entries import CertificateWithdrawn, ClockStepped, DeskCreated, Enrolled, SessionEnded
from dsl_desk.domain.errors import Cancelled, DamagedError, InputError, NotReadableError, ProcedureError, StoreError
from dsl_desk.domain.words import ROOT_ACCOUNT
from dsl_desk.signatures import certificate_der, key_id, new_key, read_certificate, verifies
from dsl_desk.store.aftermath import may_clear_parts, new_signature_findings, sweep_blobs
from dsl_desk.store.desk import OpenDesk
from dsl_desk.store.migrations import migrate
from dsl_desk.store.register import read_register
from dsl_desk.store.register_values import Issuance, RecoveryPair
from dsl_desk.store.sessions import hex_bytes, read_statement
from tests.store.records.world import (
    AT,
    World,
    advice,
    begin_case,
    call,
    concern,
    device_changed,
    moment,
    new_school,
    opened,
)


def _fails() -> None:
    raise ZeroDivisionError


def kinds(desk: OpenDesk) -> list[str]:
    return [record.payload.kind for record in desk.records(desk.desk_strand) if record.payload]


def test_a_desk_begins_with_three_entries_of_its_first_session(school: World):
    desk = school.look()
    assert kinds(desk)[:3] == ["desk_created", "account_issued", "session_opened"]
    assert (desk.school, desk.rehearsal, desk.desk_id) == ("Sample School", False, school.desk)
    assert desk.me.name == "Ada Lead"
    assert [account.name for account in desk.accounts()] == ["Ada Lead", "Ben Head", "Cas Colleague", "Dot Chair"]
    assert desk.root == school.root
    assert len(desk.branch) == 32
    desk.unlocked.database.close()


def test_a_first_account_that_the_root_never_issued_begins_no_desk(tmp_path):
    world = new_school(tmp_path / "desk")
    unlocked = world.unlocked(world.ada, "create")
    migrate(unlocked.database)
    created = DeskCreated(root=certificate_der(world.root).hex(), branch="0" * 32)
    with pytest.raises(ProcedureError):
        OpenDesk.create(unlocked, world.ada.signer, created, world.issued(world.ada, new_key()), AT)
    assert unlocked.database.rows("SELECT * FROM entry") == []
    unlocked.database.close()


def test_signing_in_writes_what_belongs_to_it_in_one_act(harmed: World):
    unlocked = harmed.unlocked(harmed.ada)
    desk = OpenDesk.begin(unlocked, harmed.ada.signer, AT, (Enrolled(device="d" * 32),))
    assert kinds(desk)[-2:] == ["session_opened", "enrolled"]
    desk.close(AT)


def test_somebody_whose_certificate_is_not_in_force_cannot_sign_in(harmed: World):
    stranger = replace(harmed.ada, certificate=harmed.person("Ada Lead", "dsl").certificate)
    with pytest.raises(ProcedureError):
        harmed.open(stranger)
    with pytest.raises(ProcedureError):
        harmed.open(replace(harmed.ada, signing=new_key()))


def test_a_withdrawn_certificate_ends_its_session_at_once(harmed: World):
    desk, one = harmed.open(), harmed.notes["one"]
    told = CertificateWithdrawn(certificate=harmed.ada.certificate_sha256, account=harmed.ada.account)
    desk.write(desk.desk_strand, told, at=AT, also=(harmed.ada.signer, harmed.ben.signer))
    with pytest.raises(StoreError):
        desk.write(one, call("too late"), at=AT)
    assert not desk.me.in_force
    desk.close(AT)
    with pytest.raises(ProcedureError):
        harmed.open()
    desk = harmed.look(harmed.ben)
    assert not desk.kept.register.in_force(key_id(harmed.ada.agreement.public_key()))
    assert isinstance(desk.kept.register.holder(key_id(harmed.ada.agreement.public_key())), Issuance)
    assert isinstance(desk.kept.register.holder(key_id(harmed.pairs[0].public_key())), RecoveryPair)
    assert desk.kept.register.in_force(key_id(harmed.pairs[0].public_key()))
    assert desk.kept.register.holder("0" * 64) is None
    assert not desk.kept.register.in_force("0" * 64)
    desk.unlocked.database.close()
    assert harmed.judge(harmed.ben) == ([], 1)


def test_two_codes_open_a_session_of_the_root_that_issues_new_keys(harmed: World):
    """The root signs in, issues Ada a new certificate that signs beside it, and withdraws the old one."""
    unlocked = replace(harmed.unlocked(harmed.ada), account=ROOT_ACCOUNT, agreement=harmed.pairs[0])
    desk = OpenDesk.begin(unlocked, harmed.root_signer, AT)
    with pytest.raises(StoreError):
        _ = desk.me
    fresh = replace(harmed.person("Ada Lead", "dsl"), account=harmed.ada.account)
    issued = harmed.issued(fresh)
    desk.write(desk.desk_strand, issued, at=AT, also=(fresh.signer, harmed.root_signer))
    old = CertificateWithdrawn(certificate=harmed.ada.certificate_sha256, account=harmed.ada.account)
    desk.write(desk.desk_strand, old, at=AT, also=(fresh.signer, harmed.root_signer))
    assert desk.case(harmed.notes["hidden"]).ref
    desk.close(AT)
    renewed = replace(fresh, agreement=fresh.agreement)
    desk = harmed.open(renewed)
    assert desk.me.certificate_sha256 == fresh.certificate_sha256
    desk.close(AT)
    assert harmed.judge(harmed.ben) == ([], 1)


def test_a_new_certificate_beside_another_person_is_not_enough(harmed: World):
    desk = harmed.open()
    fresh = harmed.person("Eve Elsewhere", "dsl")
    with pytest.raises(ProcedureError):
        desk.write(desk.desk_strand, harmed.issued(fresh), at=AT, also=(harmed.ada.signer, fresh.signer))
    with pytest.raises(ProcedureError):
        desk.write(desk.desk_strand, harmed.issued(harmed.ben), at=AT, also=(harmed.ada.signer, harmed.root_signer))
    desk.close(AT)
    assert harmed.judge() == ([], 1)


def test_a_pair_or_account_that_the_root_did_not_sign_is_refused(harmed: World):
    desk = harmed.open()
    by = (harmed.ada.signer, harmed.ben.signer)
    pair = harmed.pair(new_key(), "AB", 2)
    bad = [
        type(pair)(issuance=pair.issuance, signature=pair.signature[:-2] + "00"),
        type(pair)(issuance="[1]", signature=pair.signature),
        type(pair)(issuance="no list", signature=pair.signature),
        type(pair)(issuance=pair.issuance, signature="ZZ"),
        CertificateWithdrawn(certificate="0" * 64),
    ]
    issued = harmed.issued(harmed.person("Eve Elsewhere", "dsl"))
    bad.append(type(issued)(issuance=issued.issuance, signature=issued.signature, certificate="00"))
    bad.append(type(issued)(issuance="[]", signature=issued.signature, certificate=issued.certificate))
    for data in bad:
        with pytest.raises(ProcedureError):
            desk.write(desk.desk_strand, data, at=AT, also=by)
    desk.close(AT)
    assert harmed.judge() == ([], 1)


def test_ending_a_session_that_nobody_opened_is_refused(harmed: World):
    desk = harmed.open()
    with pytest.raises(ProcedureError):
        desk.write(desk.desk_strand, SessionEnded(session="0" * 32), at=AT)
    desk.close(AT)


def test_an_entry_goes_where_its_kind_belongs(harmed: World):
    desk = harmed.open()
    with pytest.raises(StoreError):
        desk.write(desk.desk_strand, call("in the desk's strand"), at=AT)
    with pytest.raises(StoreError):
        desk.write(harmed.notes["one"], ClockStepped(by_seconds=1, forward=True), at=AT)
    desk.close(AT)


def test_an_entry_is_written_in_the_name_of_who_signs_it(harmed: World):
    desk, one = harmed.open(), harmed.notes["one"]
    desk.write(one, call("mine"), at=AT, by=(harmed.ada.account,))
    with pytest.raises(StoreError):
        desk.write(one, call("not mine"), at=AT, by=(harmed.ben.account,))
    with pytest.raises(ProcedureError):
        desk.write(one, device_changed(), at=AT)
    with pytest.raises(ProcedureError):
        desk.write(one, advice(), at=AT, also=(harmed.ben.signer, harmed.cas.signer))
    (by_another,) = desk.write(one, device_changed(), at=AT, also=(harmed.ben.signer,))
    assert by_another.payload is not None
    assert by_another.payload.by == (harmed.ben.account,)
    desk.close(AT)
    assert harmed.judge() == ([], 1)


def test_everything_given_at_once_is_recorded_or_none_of_it(harmed: World):
    desk, one = harmed.open(), harmed.notes["one"]
    before = desk.records(one)
    with pytest.raises(ProcedureError):
        desk.write(one, call("first"), device_changed(), at=AT)
    assert desk.records(one) == before
    assert desk.search("first") == ()
    with pytest.raises(ZeroDivisionError):
        desk.write(one, call("first"), at=AT, within=_fails)
    assert desk.records(one) == before
    desk.close(AT)
    assert harmed.judge() == ([], 1)


@pytest.mark.parametrize(
    ("later", "told"),
    [
        (moment(10_000, mono=10), (9990, True)),
        (moment(-500, mono=10), (510, False)),
        (moment(100, mono=10), None),
        (moment(10_000, mono=10_000), None),
        (moment(10_000, mono=10, boot="c" * 32), None),
    ],
    ids=["forward", "back", "a little", "together", "after a restart"],
)
def test_a_step_of_the_clock_is_an_entry(harmed: World, later, told):
    desk = harmed.open()
    desk.write(harmed.notes["one"], call("after"), at=later)
    steps = [record.payload.data for record in desk.records(desk.desk_strand) if record.payload]
    found = [(step.by_seconds, step.forward) for step in steps if isinstance(step, ClockStepped)]
    assert found == ([told] if told else [])
    desk.close(later)
    assert harmed.judge() == ([], 1)


def test_a_desk_that_is_only_read_takes_no_entry(harmed: World):
    desk = harmed.look()
    with pytest.raises(StoreError):
        desk.write(harmed.notes["one"], call("no"), at=AT)
    with pytest.raises(StoreError):
        _ = desk.session
    desk.close(AT)
    assert harmed.judge() == ([], 1)


def test_another_pinned_root_opens_no_desk(harmed: World):
    unlocked = replace(harmed.unlocked(harmed.ada), root_sha256="0" * 64)
    desk = OpenDesk.read_only(unlocked)
    with pytest.raises(DamagedError):
        desk.accounts()
    unlocked.database.close()


@pytest.mark.parametrize("which", ["one", "hidden", "birth"])
def test_a_pack_is_given_exactly_what_its_entries_name(harmed: World, which: str):
    desk = harmed.look()
    strand = harmed.notes[which]
    last = desk.records(strand)[-1].strand_seq
    export = desk.export_strand(strand, last, [harmed.dot.certificate_sha256])
    assert len(export.entries) == last
    sessions = {one.session: read_statement(one.statement) for one in export.sessions}
    assert sorted(sessions) == [one.session for one in export.sessions]
    assert {entry.session for entry in export.entries} == set(sessions)
    certificates = {row.certificate: row for row in export.register}
    assert len(export.certificates) <= len(certificates) <= len(export.certificates) + 1
    for entry in export.entries:
        public = sessions[entry.session].public
        assert verifies(public, bytes.fromhex(entry.signature), entry.header)
        assert entry.payload is not None
        assert json.loads(entry.payload)["session"] == entry.session
        assert {one.certificate for one in entry.also_signed} <= set(certificates)
    assert read_certificate(export.root) == harmed.root
    desk.unlocked.database.close()


def test_a_pack_of_part_of_a_record_ends_there(harmed: World):
    desk = harmed.look()
    export = desk.export_strand(harmed.notes["one"], 2)
    assert [json.loads(entry.payload or "")["kind"] for entry in export.entries] == ["case_opened", "concern_recorded"]
    with pytest.raises(InputError):
        desk.export_strand(harmed.notes["one"], 999)
    with pytest.raises(NotReadableError):
        desk.export_strand(harmed.notes["own"], 1)
    with pytest.raises(DamagedError):
        desk.export_strand(harmed.notes["one"], 2, ["0" * 64])
    desk.unlocked.database.close()


def test_the_quick_look_after_a_crash_finds_nothing_on_a_good_desk_and_names_what_is_lost(harmed: World):
    desk = OpenDesk.begin(harmed.unlocked(harmed.ada, crashed=True), harmed.ada.signer, AT)
    assert desk.opening_findings == ()
    with pytest.raises(StoreError):
        desk.dispose(harmed.notes["one"], 1, 1, "rule", AT, (harmed.ada.signer, harmed.ben.signer))
    assert desk.check(lambda done, total: None).findings == ()
    desk.dispose(harmed.notes["one"], 3, 3, "rule", AT, (harmed.ada.signer, harmed.ben.signer))
    desk.close(AT)
    database = harmed.database()
    (seq,) = database.one("SELECT max(seq) FROM entry WHERE strand = ?", (harmed.notes["one"],)) or (0,)
    with database.transaction():
        database.execute("UPDATE entry SET payload = NULL WHERE seq = ?", (seq,))
        database.execute("UPDATE entry SET payload = x'01' WHERE seq = ?", (seq - 3,))
        database.execute("UPDATE entry SET digest = 'x' WHERE seq = ?", (seq - 4,))
    database.close()
    desk = OpenDesk.read_only(harmed.unlocked(harmed.ada))
    from dsl_desk.store.aftermath import crash_findings

    named = {finding.where for finding in crash_findings(desk.kept)}
    assert {f"entry {seq}", f"entry {seq - 4}"} <= named
    desk.unlocked.database.close()


def test_the_older_links_of_a_long_record_are_read_after_opening_between_other_work(harmed: World, monkeypatch):
    desk = OpenDesk.begin(harmed.unlocked(harmed.ada), harmed.ada.signer, AT)
    desk.checkpoint("routine", AT)
    assert not reads_on(desk)
    assert desk.read_on(lambda done, total: None) == ()
    desk.close(AT)
    database = harmed.database()
    with database.transaction():
        (seq,) = database.one("SELECT min(seq) FROM entry WHERE strand = ?", (harmed.notes["one"],)) or (0,)
        database.execute("UPDATE entry SET digest = ? WHERE seq = ?", ("0" * 64, seq))
    database.close()
    monkeypatch.setattr("dsl_desk.store.aftermath.WHOLE_CHAIN", 3)

    desk = OpenDesk.begin(harmed.unlocked(harmed.ada), harmed.ada.signer, AT)
    assert reads_on(desk)
    assert desk.opening_findings == ()
    with pytest.raises(Cancelled):
        desk.read_on(asked_to_stop)
    assert reads_on(desk)

    found = desk.read_on(lambda done, total: None)

    assert f"entry {seq}" in {one.where for one in found}
    assert not reads_on(desk)
    assert desk.opening_findings == found
    assert set(found) <= set(desk.check(lambda done, total: None).findings)
    desk.unlocked.database.close()


def reads_on(desk: OpenDesk) -> bool:
    return desk.reads_on


def asked_to_stop(_done: int, _total: int) -> None:
    raise Cancelled


def test_entries_written_while_the_older_links_are_read_are_judged_too(harmed: World, monkeypatch):
    monkeypatch.setattr("dsl_desk.store.aftermath.WHOLE_CHAIN", 3)
    monkeypatch.setattr("dsl_desk.store.journal._BLOCK", 2)
    desk = OpenDesk.begin(harmed.unlocked(harmed.ada), harmed.ada.signer, AT)
    told: list[tuple[int, int]] = []

    def work(done: int, total: int) -> None:
        if not told:
            desk.checkpoint("routine", AT)
        told.append((done, total))

    assert desk.read_on(work) == ()
    assert told[-1][0] == told[-1][1]
    assert len(told) > desk.head().seq // 2 - 1
    desk.close(AT)


def test_new_signatures_are_verified_from_a_head_on(harmed: World):
    desk = harmed.look()
    assert new_signature_findings(desk.kept, 0) == ()
    database = desk.unlocked.database
    with database.transaction():
        database.execute("UPDATE entry SET signature = x'00' WHERE seq = 5")
        database.execute("UPDATE entry SET session = ? WHERE seq = 9", ("0" * 32,))
    assert {finding.where for finding in new_signature_findings(desk.kept, 0)} == {"entry 5", "entry 9"}
    assert {finding.where for finding in new_signature_findings(desk.kept, 8)} == {"entry 9"}
    database.close()


def test_parts_are_cleared_only_where_a_crash_surely_left_them(harmed: World):
    desk = harmed.look()
    database, register = desk.unlocked.database, desk.kept.register
    part = harmed.folder / "blobs" / f"{'a' * 32}.part"
    part.write_bytes(b"x")
    assert may_clear_parts(register, crashed=True, head_on_chain=True, last_clean_seq=0)
    assert not may_clear_parts(register, crashed=False, head_on_chain=True, last_clean_seq=0)
    assert not may_clear_parts(register, crashed=True, head_on_chain=False, last_clean_seq=0)
    named = sweep_blobs(database, register, harmed.folder, clear_parts=False)
    assert [finding.where for finding in named] == [f"file {part.name}"]
    assert part.exists()
    assert sweep_blobs(database, register, harmed.folder, clear_parts=True) == ()
    assert not part.exists()
    database.close()


def test_a_part_with_its_row_is_put_in_place_where_its_digest_fits(harmed: World):
    first, second, third = harmed.blob_files()
    first.rename(first.with_name(f"{first.name}.part"))
    second.with_name(f"{second.name}.part").write_bytes(b"beside")
    third.rename(third.with_name(f"{third.name}.part"))
    third.with_name(f"{third.name}.part").write_bytes(b"other")
    desk = harmed.look()
    named = sweep_blobs(desk.unlocked.database, desk.kept.register, harmed.folder, clear_parts=True)
    assert [finding.where for finding in named] == [f"file {second.name}.part", f"file {third.name}.part"]
    assert first.exists()
    desk.unlocked.database.close()


def test_a_register_of_an_empty_store_is_damage(tmp_path):
    world = new_school(tmp_path / "desk")
    database = world.database("create")
    migrate(database)
    with pytest.raises(DamagedError):
        read_register(database, world.desk, world.root_sha256, BOOK)
    database.close()


@pytest.mark.parametrize(
    "text", ["", "[]", "no", '["dsl-desk/session/2","a","b","c","d","e",1,"f"]', "\ud800", "[1, 2]"]
)
def test_a_statement_of_another_spelling_is_refused(text: str):
    with pytest.raises(DamagedError):
        read_statement(text)


@pytest.mark.parametrize("text", ["zz", "AA", "a a"])
def test_hex_has_one_spelling(text: str):
    with pytest.raises(DamagedError):
        hex_bytes(text)


def test_a_checkpoint_signs_the_entry_just_before_it_even_when_the_clock_stepped(harmed: World):
    desk = harmed.open()
    head = desk.head()
    recorded = desk.checkpoint("routine", moment(9000, mono=1))
    assert recorded.payload is not None
    assert getattr(recorded.payload.data, "seq", 0) == head.seq
    desk.close(AT)
    assert harmed.judge() == ([], 1)


def test_a_case_begins_whole_or_not_at_all(school: World):
    desk = school.open()
    strands = desk.unlocked.database.rows("SELECT * FROM strand")
    with pytest.raises(ProcedureError):
        desk.begin_case(opened("MI-2026-2222"), device_changed(), at=AT)
    assert desk.unlocked.database.rows("SELECT * FROM strand") == strands
    assert begin_case(desk, "MI-2026-2222", concern("x"))
    desk.close(AT)

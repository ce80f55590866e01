"""What somebody who holds the volume key can do to the records; Check everything names each of them."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

import pytest

from dsl_desk.domain.desk_entries import (
    CertificateWithdrawn,
    Checkpoint,
    Disposed,
    EpochOpened,
    ReadersChanged,
    SessionClosed,
    StrandRestricted,
)
from dsl_desk.domain.journal import Head
from dsl_desk.signatures import certificate_der, issue_root, key_id, new_key, public_bytes, sign
from dsl_desk.store.folder import BLOBS
from dsl_desk.store.seals import epoch_check
from dsl_desk.store.sessions import new_session
from dsl_desk.store.wraps import wrap_strand_key
from tests.store.records.intruder import Intruder
from tests.store.records.world import AT, DEVICE, START, World, call, device_changed

Attack = Callable[[Intruder], None]


def _delete_payload(x: Intruder) -> None:
    x.sql("UPDATE entry SET payload = NULL WHERE seq = ?", x.first("judged", x.one).seq)


def _swap_payloads(x: Intruder) -> None:
    x.sql(
        "UPDATE entry SET payload = ? WHERE seq = ?",
        x.first("judged", x.one).payload,
        x.first("concern_recorded", x.one).seq,
    )


def _change_words(x: Intruder) -> None:
    x.reseal(x.first("judged", x.one), lambda told: told["data"].update(reasons="other"))


def _flip_bit(x: Intruder) -> None:
    row = x.first("judged", x.one)
    assert row.payload is not None
    flipped = row.payload[:-1] + bytes([row.payload[-1] ^ 1])
    x.sql("UPDATE entry SET payload = ? WHERE seq = ?", flipped, row.seq)


def _remove_entry(x: Intruder) -> None:
    row = x.first("concern_recorded", x.one)
    x.sql("DELETE FROM entry WHERE seq = ?", row.seq)
    x.relink(row.seq, x.sign_in())


def _cut_the_end(x: Intruder) -> None:
    x.sql("DELETE FROM entry WHERE seq > ?", x.journal.head().seq - 2)


def _rewrite_own_entry(x: Intruder) -> None:
    x.recommit(x.first("call_logged", x.one), lambda told: told["data"].update(words="other"), None)


def _write_as_another(x: Intruder) -> None:
    x.append(x.one, call("not by Ada"), x.sign_in(), by=[x.world.ada.account])


def _swap_certificate(x: Intruder) -> None:
    other = x.world.person("Ada Lead", "dsl")
    x.reseal(
        x.first("account_issued"),
        lambda told: told["data"].update(certificate=certificate_der(other.certificate).hex()),
    )


def _swap_certificate_relinked(x: Intruder) -> None:
    other, real = x.world.person("Ada Lead", "dsl"), x.world.ada

    def change(told: dict[str, dict[str, str]]) -> None:
        text = told["data"]["issuance"].replace(real.certificate_sha256, other.certificate_sha256)
        told["data"].update(certificate=certificate_der(other.certificate).hex(), issuance=text)

    x.recommit(x.first("account_issued"), change, None)


def _swap_agreement_key(x: Intruder) -> None:
    real, own = (public_bytes(key.public_key()).hex() for key in (x.world.ben.agreement, new_key()))

    def change(told: dict[str, dict[str, str]]) -> None:
        told["data"].update(issuance=told["data"]["issuance"].replace(real, own))

    x.recommit(x.rows("account_issued")[1], change, None)


def _issue_by_another_root(x: Intruder) -> None:
    evil = x.world.person("Eve Elsewhere", "dsl")
    x.append(x.desk_strand, x.world.issued(evil, new_key()), x.sign_in(), signers=[x.person.signer, evil.signer])


def _issue_alone(x: Intruder) -> None:
    evil = x.world.person("Eve Elsewhere", "dsl")
    x.append(x.desk_strand, x.world.issued(evil), x.sign_in(), signers=[x.person.signer])


def _plant_root(x: Intruder) -> None:
    key = new_key()
    root = issue_root("Sample School root", key, START)
    x.recommit(x.first("desk_created"), lambda told: told["data"].update(root=certificate_der(root).hex()), None)


def _plant_epoch(x: Intruder) -> None:
    session, strand = x.sign_in(), x.world.notes["hidden"]
    people = [x.world.ada, x.world.ben, x.world.cas]
    keys = [person.agreement.public_key() for person in people]
    under = x.plant_epoch(strand, 3, keys)
    check = epoch_check(x.world.desk, strand, 3, under.key)
    x.append(strand, EpochOpened(epoch=3, check=check), session, under=under)
    told = ReadersChanged(
        readers=tuple(person.account for person in people), recipients=tuple(sorted(map(key_id, keys)))
    )
    x.append(strand, told, session, under=under)


def _plant_epoch_row_alone(x: Intruder) -> None:
    x.plant_epoch(x.world.notes["hidden"], 3, [x.world.ada.agreement.public_key(), x.world.ben.agreement.public_key()])


def _replace_epoch_row(x: Intruder) -> None:
    strand = x.world.notes["hidden"]
    x.sql("DELETE FROM strand WHERE strand = ?", strand)
    x.plant_epoch(strand, 2, [x.world.ada.agreement.public_key()])


def _enter_restricted(x: Intruder) -> None:
    strand, session = x.world.notes["hidden"], x.sign_in()
    under = x.plant_epoch(strand, 9, [x.world.cas.agreement.public_key()])
    x.append(strand, call("an outsider"), session, under=under)
    x.sql("DELETE FROM strand WHERE strand = ? AND epoch = 9", strand)


def _checkpoint_over_another_chain(x: Intruder) -> None:
    data = x.journal.open(x.first("checkpoint"), x.keys(x.desk_strand)).payload.data
    assert isinstance(data, Checkpoint)
    x.append(x.desk_strand, data, x.sign_in())


def _checkpoint_over_changed_entries(x: Intruder) -> None:
    session = x.sign_in()
    x.recommit(x.first("concern_recorded", x.one), lambda told: told["data"].update(summary="nothing"), session)
    head = x.journal.head()
    told = Checkpoint(
        seq=head.seq, head=head.digest, reason="routine", branch="b" * 32, slots_sha256="5" * 64, slots_counter=1
    )
    x.append(x.desk_strand, told, session)


def _dispose_alone(x: Intruder) -> None:
    x.sql("UPDATE entry SET payload = NULL, also = NULL WHERE seq = ?", x.first("judged", x.one).seq)
    told = Disposed(strand=x.one, first=1, last=99)
    x.append(x.desk_strand, told, x.sign_in(), signers=[x.person.signer], by=[x.person.account, x.world.ada.account])


def _dispose_with_a_copied_signature(x: Intruder) -> None:
    """Ada's signature over another header beside one's own."""
    x.sql("UPDATE entry SET payload = NULL, also = NULL WHERE seq = ?", x.first("judged", x.one).seq)
    fake = x.world.person("Ada Lead", "dsl")
    x.append(
        x.desk_strand, Disposed(strand=x.one, first=1, last=99), x.sign_in(), signers=[x.person.signer, fake.signer]
    )


def _withdraw_alone(x: Intruder) -> None:
    told = CertificateWithdrawn(certificate=x.world.ada.certificate_sha256, account=x.world.ada.account)
    x.append(x.desk_strand, told, x.sign_in(), signers=[x.person.signer])


def _strip_signature(x: Intruder) -> None:
    row = x.first("device_changed", x.one)
    x.sql("UPDATE entry SET also = ? WHERE seq = ?", x.sealed(row, b"[]", purpose="also"), row.seq)


def _lose_signature(x: Intruder) -> None:
    x.sql("UPDATE entry SET also = NULL WHERE seq = ?", x.first("device_changed", x.one).seq)


def _sign_for_another(x: Intruder) -> None:
    x.append(x.one, device_changed(), x.sign_in(), signers=[x.person.signer], by=None)
    row = x.rows("device_changed", x.one)[-1]
    x.recommit(row, lambda told: told.update(by=[x.world.ada.account]), x.kept.session)


def _use_session_after_close(x: Intruder) -> None:
    session = x.sign_in()
    x.append(x.desk_strand, SessionClosed(), session)
    x.append(x.one, call("after the end"), session)


def _use_session_before_opening(x: Intruder) -> None:
    session = new_session(
        desk=x.world.desk, signer=x.person.signer, device=DEVICE, home=x.desk_strand, after=x.journal.head(), at=AT
    )
    x.append(x.one, call("before it began"), session)
    x.append(x.desk_strand, session.opened, session)


def _backdate_session(x: Intruder) -> None:
    """A session that says it began long ago."""
    early = Head(seq=4, digest=x.journal.digest_at(4) or "")
    session = new_session(
        desk=x.world.desk, signer=x.person.signer, device=DEVICE, home=x.desk_strand, after=early, at=AT
    )
    x.append(x.desk_strand, session.opened, session)
    row = x.first("call_logged", x.one)
    signature = sign(session.author.key, row.header)
    x.sql("UPDATE entry SET session = ?, signature = ? WHERE seq = ?", session.author.session, signature, row.seq)


def _session_key_of_certificate(x: Intruder) -> None:
    session = new_session(
        desk=x.world.desk, signer=x.person.signer, device=DEVICE, home=x.desk_strand, after=x.journal.head(), at=AT
    )
    own = public_bytes(x.person.signing.public_key()).hex()
    parts = session.opened.statement.split(",")
    parts[3] = f'"{own}"'
    statement = ",".join(parts)
    data = type(session.opened)(statement=statement, signature=sign(x.person.signing, statement.encode()).hex())
    x.append(x.desk_strand, data, session)


def _session_in_an_ordinary_case(x: Intruder) -> None:
    session = new_session(
        desk=x.world.desk, signer=x.person.signer, device=DEVICE, home=x.one, after=x.journal.head(), at=AT
    )
    x.append(x.one, session.opened, session)


def _chair_session_elsewhere(x: Intruder) -> None:
    """An entry of an ordinary case under the Chair's session, which belongs to one restricted strand."""
    chair = list(x.journal.rows(x.world.notes["birth"]))[-1].session
    row = x.first("judged", x.one)
    x.sql("UPDATE entry SET session = ? WHERE seq = ?", chair, row.seq)


def _change_header(x: Intruder) -> None:
    row = x.first("judged", x.one)
    x.sql("UPDATE entry SET header = ? WHERE seq = ?", row.header.replace(b"2026-", b"2020-", 1), row.seq)


def _respell_header(x: Intruder) -> None:
    row = x.first("judged", x.one)
    x.sql("UPDATE entry SET header = ? WHERE seq = ?", row.header.replace(b",", b", ", 1), row.seq)


def _move_row(x: Intruder) -> None:
    x.sql("UPDATE entry SET strand = ? WHERE seq = ?", "e" * 32, x.first("judged", x.one).seq)


def _hide_case(x: Intruder) -> None:
    wraps = wrap_strand_key(x.world.desk, x.one, 1, secrets.token_bytes(32), [])
    x.sql("UPDATE strand SET key = NULL, wraps = ? WHERE strand = ?", wraps, x.one)


def _unhide_case(x: Intruder) -> None:
    x.sql("UPDATE strand SET key = ?, wraps = NULL WHERE strand = ?", secrets.token_bytes(32), x.world.notes["hidden"])


def _remove_strand_row(x: Intruder) -> None:
    x.sql("DELETE FROM strand WHERE strand = ?", x.one)


def _keep_old_key(x: Intruder) -> None:
    x.sql("INSERT INTO strand VALUES (?, 1, ?, NULL)", x.world.notes["hidden"], secrets.token_bytes(32))


def _say_restricted(x: Intruder) -> None:
    x.append(x.desk_strand, StrandRestricted(strand=x.one), x.sign_in())


def _remove_blob_row(x: Intruder) -> None:
    x.sql("DELETE FROM blob WHERE blob = ?", _blob(x))


def _doom_blob(x: Intruder) -> None:
    x.sql("INSERT INTO doomed (blob) VALUES (?)", _blob(x))


def _doom_and_remove_blob(x: Intruder) -> None:
    blob = _blob(x)
    x.sql("INSERT INTO doomed (blob) VALUES (?)", blob)
    x.sql("DELETE FROM blob WHERE blob = ?", blob)


def _plant_blob_row(x: Intruder) -> None:
    x.sql("INSERT INTO blob SELECT ?, sealed, file_sha256, 0 FROM blob LIMIT 1", "0" * 32)


def _swap_blob_rows(x: Intruder) -> None:
    a = _blob(x)
    (b,) = x.database.one("SELECT blob FROM blob WHERE blob != ?", (a,)) or ("",)
    kept = {name: x.database.one("SELECT sealed, file_sha256 FROM blob WHERE blob = ?", (name,)) for name in (a, b)}
    for name, other in ((a, b), (b, a)):
        x.sql("UPDATE blob SET sealed = ?, file_sha256 = ? WHERE blob = ?", *(kept[other] or ()), name)


def _blob(x: Intruder) -> str:
    data = x.journal.open(x.first("exhibit_added", x.one), x.keys(x.one)).payload.data
    return str(getattr(data, "blob", ""))


def _path(x: Intruder) -> Path:
    return x.world.folder / BLOBS / _blob(x)


def _cut_file(x: Intruder) -> None:
    path = _path(x)
    path.write_bytes(path.read_bytes()[:-100])


def _lengthen_file(x: Intruder) -> None:
    path = _path(x)
    path.write_bytes(path.read_bytes() + b"x")


def _flip_file(x: Intruder) -> None:
    path = _path(x)
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 4
    path.write_bytes(raw)


def _swap_files(x: Intruder) -> None:
    first = _path(x)
    second = next(path for path in x.world.blob_files() if path != first)
    a, b = first.read_bytes(), second.read_bytes()
    first.write_bytes(b)
    second.write_bytes(a)


def _lose_file(x: Intruder) -> None:
    _path(x).unlink()


def _leave_file(x: Intruder) -> None:
    (x.world.folder / BLOBS / ("f" * 32)).write_bytes(b"left over")


def _leave_other_file(x: Intruder) -> None:
    (x.world.folder / "notes.txt").write_bytes(b"left over")


def _change_list(x: Intruder) -> None:
    x.sql("UPDATE case_index SET title = 'nothing at all' WHERE strand = ?", x.one)


def _change_search(x: Intruder) -> None:
    x.sql("DELETE FROM search WHERE rowid = ?", x.first("concern_recorded", x.one).seq)


def _search_a_restricted_case(x: Intruder) -> None:
    row = next(iter(x.journal.rows(x.world.notes["hidden"])))
    x.sql("INSERT INTO search (rowid, words, strand, kind) VALUES (?, 'words', ?, 'call_logged')", row.seq, row.strand)


def _letters_of_a_restricted_case(x: Intruder) -> None:
    row = next(iter(x.journal.rows(x.world.notes["hidden"])))
    x.sql("INSERT INTO case_letters (rowid, reference, title, strand) VALUES (?, 'r', 't', ?)", row.seq, row.strand)


ATTACKS: dict[str, tuple[Attack, str]] = {
    "a payload is deleted": (_delete_payload, "no disposal names it"),
    "two payloads are swapped": (_swap_payloads, "does not open"),
    "words are changed under the strand's key": (_change_words, "not those its header committed to"),
    "a bit of a payload is flipped": (_flip_bit, "does not open"),
    "an entry is removed and all linked anew": (_remove_entry, "session signature does not hold"),
    "the end is cut off": (_cut_the_end, "old or another copy"),
    "an own entry is rewritten under others' later ones": (_rewrite_own_entry, "session statement does not hold"),
    "an entry is written in another's name": (_write_as_another, "another’s name"),
    "a public key is swapped": (_swap_certificate, "not those its header committed to"),
    "a public key is swapped and all linked anew": (_swap_certificate_relinked, "not the school root’s"),
    "an agreement key is swapped and all linked anew": (_swap_agreement_key, "second signature does not hold"),
    "an account is issued by another root": (_issue_by_another_root, "a second signature does not hold"),
    "an account is issued by one person": (_issue_alone, "lacks the signatures"),
    "another root is planted": (_plant_root, "does not lead to the school root"),
    "an epoch with a key of one's own is planted": (_plant_epoch, "by somebody who was no reader"),
    "an epoch's row alone is planted": (_plant_epoch_row_alone, "never opened by an entry"),
    "an epoch's row is replaced": (_replace_epoch_row, "does not open"),
    "an outsider writes into a restricted strand": (_enter_restricted, "epoch whose key is not there"),
    "a checkpoint of another chain": (_checkpoint_over_another_chain, "signs a chain that is not this one"),
    "a checkpoint over changed entries of others": (_checkpoint_over_changed_entries, "signature does not hold"),
    "a disposal without the second person": (_dispose_alone, "lacks the signatures"),
    "a disposal with somebody else's key": (_dispose_with_a_copied_signature, "second signature does not hold"),
    "a certificate is withdrawn by one person": (_withdraw_alone, "lacks the signatures"),
    "a signature is stripped": (_strip_signature, "lacks the signatures"),
    "signatures are lost": (_lose_signature, "lost its words"),
    "a signature is ascribed to another": (_sign_for_another, "lacks the signatures"),
    "a session is used after its end": (_use_session_after_close, "outside its range"),
    "a session is used before it was opened": (_use_session_before_opening, "outside its range"),
    "a session is backdated": (_backdate_session, "outside its range"),
    "a session has a certificate's key": (_session_key_of_certificate, "session statement"),
    "a session is opened in an ordinary case": (_session_in_an_ordinary_case, "session stands in a record"),
    "a restricted strand's session signs elsewhere": (_chair_session_elsewhere, "belongs to another strand"),
    "a header is changed": (_change_header, "digest is not that of its header"),
    "a header is spelled otherwise": (_respell_header, "not spelled as it must be"),
    "a row is moved to another strand": (_move_row, "does not stand where its header says"),
    "an ordinary case is hidden behind random wraps": (_hide_case, "no entry says so"),
    "a restricted case gets a key in clear": (_unhide_case, "stands in clear"),
    "an ordinary case loses its key": (_remove_strand_row, "key of its strand is missing"),
    "an earlier epoch's key is kept": (_keep_old_key, "which is over"),
    "a case is said to be restricted": (_say_restricted, "stands in clear"),
    "a blob's row is removed": (_remove_blob_row, "is missing"),
    "a blob is doomed": (_doom_blob, "no disposal names it"),
    "a blob is doomed and its row removed": (_doom_and_remove_blob, "no disposal names it"),
    "a blob's row is planted": (_plant_blob_row, "is missing"),
    "two blobs' rows are swapped": (_swap_blob_rows, "epoch whose key is not there"),
    "a file is cut": (_cut_file, "cut, or longer"),
    "a file is lengthened": (_lengthen_file, "cut, or longer"),
    "a bit of a file is flipped": (_flip_file, "altered, or swapped"),
    "two files are swapped": (_swap_files, "cut, or longer"),
    "a file is missing": (_lose_file, "it is missing"),
    "a file is left over": (_leave_file, "no record names it"),
    "something else lies in the folder": (_leave_other_file, "does not belong in the desk’s folder"),
    "the list is changed": (_change_list, "index differs"),
    "the search is changed": (_change_search, "index differs"),
    "a restricted case stands in the search": (_search_a_restricted_case, "do not belong there"),
    "a restricted case is found by letters": (_letters_of_a_restricted_case, "index of letters names it"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_check_everything_names_what_was_done(harmed: World, name: str):
    attack, wanted = ATTACKS[name]
    intruder = Intruder(harmed)
    try:
        attack(intruder)
    finally:
        intruder.close()
    found, _ = harmed.judge()
    assert any(wanted in one for one in found), found[:6]


def test_own_entries_rewritten_at_the_end_are_found_by_the_outside_head_alone(good: World, tmp_path: Path):
    world = good.copy(tmp_path / "desk")
    intruder = Intruder(world)
    session = intruder.sign_in()
    row = intruder.append(intruder.one, call("as it was"), session)
    world.outside = intruder.journal.head()
    intruder.recommit(row, lambda told: told["data"].update(words="as it was not"), session)
    intruder.close()
    found, _ = world.judge()
    assert [one for one in found if "index" not in one] == [
        f"entry {row.seq}: this laptop has seen another entry there: this is an old or another copy"
    ]


def test_a_writer_refuses_to_add_to_a_planted_epoch(harmed: World):
    intruder = Intruder(harmed)
    _plant_epoch(intruder)
    intruder.close()
    with pytest.raises(Exception, match="cannot be added to"):
        harmed.open()


def test_a_removed_reader_reads_nothing_and_what_he_wrote_still_verifies(harmed: World):
    desk = harmed.open()
    desk.restrict(harmed.notes["birth"], [harmed.ada.account, harmed.ben.account], AT)
    desk.close(AT)
    assert harmed.judge() == ([], 1)
    assert harmed.judge(harmed.dot) == ([], 3)

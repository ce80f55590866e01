"""What somebody who holds a sealer's key, or the school's, can forge besides; the verifier and openssl say the same."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from dsl_desk.domain.encoding import plain_json
from dsl_desk.domain.words import AccountId, PackKind, SessionId
from dsl_desk.exports.cms import cms_detached
from dsl_desk.exports.pack.bag import finish
from dsl_desk.exports.pack.verifier import verify_pack
from dsl_desk.signatures import (
    PrivateKey,
    Signer,
    certificate_der,
    certificate_pem,
    certificate_sha256,
    issue_leaf,
    issue_root,
    leaf_fault,
    new_key,
    read_certificate,
)
from tests.exports.pack.kit import BOOK, ISSUED, Case, Person, School, Strand, case, reseal

EARLIER = dt.datetime(2001, 6, 1, tzinfo=dt.UTC)
LATER = dt.datetime(2990, 6, 1, tzinfo=dt.UTC)
SEALED = "proof/tagmanifest.p7s"


@pytest.fixture(scope="module")
def made() -> Case:
    return case(PackKind.AS_IT_STANDS)


@pytest.fixture(scope="module")
def good(made: Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return finish(made.write(tmp_path_factory.mktemp("good")))


@pytest.fixture
def pack(good: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(good, tmp_path / good.name))


def failures(pack: Path) -> dict[str, str]:
    return {failure.path: failure.why for failure in verify_pack(pack, book=BOOK).failures}


def another(made: Case, letter: str, name: str) -> Signer:
    """The same key under another certificate of the school, in another name."""
    signer = made.school[letter].signer
    leaf = issue_leaf(name, signer.key.public_key(), made.school.root, made.school.root_key, ISSUED)
    return Signer(account=signer.account, name=name, certificate=leaf, key=signer.key)


@pytest.mark.parametrize(
    "hidden",
    [
        b"7 0 obj <</Type /ObjStm /N 1 /First 4>>",
        b"7 0 obj <</S /SubmitForm /F (x)>>",
        b"7 0 obj <</S /Go#54oR /F (x)>>",
        b"7 0 obj <</XFA [(x) 8 0 R]>>",
        b"7 0 obj <</XFA 8 0 R>>",
    ],
)
def test_a_paper_that_acts_or_hides_what_acts_is_named(made: Case, pack: Path, hidden: bytes) -> None:
    paper = pack / "bag/data/papers/chronology.pdf"
    paper.write_bytes(paper.read_bytes() + b"\n" + hidden)
    reseal(pack, made)
    assert failures(pack) == {"bag/data/papers/chronology.pdf": "it carries something that acts by itself"}


def test_one_key_under_two_certificates_is_one_sealer(made: Case, pack: Path) -> None:
    """Two people sealed it, says bag-info.txt, and openssl agrees: but one key made both signatures."""
    signers = [made.school["A"].signer, another(made, "A", "Test Person Second")]
    ders = sorted((certificate_der(one.certificate) for one in signers), key=certificate_sha256_of)
    (pack / "bag/signers.pem").write_bytes(b"".join(map(certificate_pem, ders)))
    info = pack / "bag/bag-info.txt"
    line = "Sealed-By: Test Person Second; certificate-sha256=" + certificate_sha256(signers[1].certificate)
    info.write_text(info.read_text().replace("Signed-Off-At", f"{line}\nSigned-Off-At"))
    reseal(pack, made)
    manifest = (pack / "bag/tagmanifest-sha256.txt").read_bytes()
    (pack / SEALED).write_bytes(cms_detached(manifest, signers))
    assert openssl(pack).returncode == 0
    assert "one key" in failures(pack)[SEALED]


def certificate_sha256_of(der: bytes) -> str:
    return certificate_sha256(read_certificate(der))


def test_a_sealer_under_another_certificate_is_no_witness(made: Case, pack: Path) -> None:
    manifest = (pack / "bag/tagmanifest-sha256.txt").read_bytes()
    (pack / "proof/witness-1.p7s").write_bytes(cms_detached(manifest, [another(made, "A", "Somebody Independent")]))
    assert set(failures(pack)) == {"proof/witness-1.p7s"}


def test_nobody_takes_over_withheld_entries_with_a_session_of_anothers_key(made: Case, pack: Path) -> None:
    """An entry whose words are withheld names no session of its own: only the row does, and that is not signed."""
    data = pack / "bag/data/journal"
    sessions = [json.loads(line) for line in (data / "sessions.jsonl").read_bytes().split(b"\n")[:-1]]
    theirs, mine = sorted(sessions, key=lambda row: json.loads(row["statement"])[4] == made.school["A"].sha256)
    told = json.loads(mine["statement"])
    told[3] = json.loads(theirs["statement"])[3]
    statement = plain_json(told)
    mine |= {"statement": statement.decode(), "signature": made.school["A"].signer.sign(statement).hex()}
    put(data / "sessions.jsonl", sessions)
    reseal(pack, made)
    assert "two sessions hold one key" in failures(pack)["bag/data/journal/sessions.jsonl"]


def test_a_restricted_case_cannot_be_handed_over_as_another_case(tmp_path: Path) -> None:
    """Two entries about its readers stand before the one that opens it."""

    def restricted(strand: Strand, session: SessionId, people: School) -> None:
        strand.add("epoch_opened", session, [people["C"]], {"epoch": 1, "check": "0" * 64})
        strand.add("readers_changed", session, [people["C"]], {"readers": [people["C"].account], "recipients": []})

    made = case(PackKind.AS_IT_STANDS, first_of_all=restricted)
    pack = finish(made.write(tmp_path))
    assert failures(pack) == {}
    info, checkpoint = pack / "bag/bag-info.txt", pack / "bag/data/journal/checkpoint.json"
    for path in (info, checkpoint):
        path.write_text(path.read_text().replace("MI-2026-K7Q4", "MI-2026-K7Q5"))
    reseal(pack, made)
    assert "another case" in failures(pack)["bag/data/journal/entries.jsonl"]


def put(path: Path, rows: list[dict[str, object]]) -> None:
    path.write_bytes("".join(json.dumps(row, separators=(",", ":")) + "\n" for row in rows).encode())


def ending(made: Case, key: PrivateKey, name: str) -> x509.Certificate:
    """A leaf as the desk makes it, but with an end: openssl refuses it from that day."""
    leaf = issue_leaf(name, key.public_key(), made.school.root, made.school.root_key, ISSUED)
    built = (
        x509.CertificateBuilder()
        .subject_name(leaf.subject)
        .issuer_name(leaf.issuer)
        .public_key(key.public_key())
        .serial_number(leaf.serial_number)
        .not_valid_before(leaf.not_valid_before_utc)
        .not_valid_after(ISSUED + dt.timedelta(days=1))
    )
    for extension in leaf.extensions:
        built = built.add_extension(extension.value, critical=extension.critical)
    return built.sign(made.school.root_key, hashes.SHA256())


def test_a_certificate_that_ends_is_none_of_a_desk(made: Case) -> None:
    key = new_key()
    assert leaf_fault(ending(made, key, "Test Person A"), made.school.root) == (
        "a certificate ends, and no certificate of a desk does"
    )


def begun(at: dt.datetime, folder: Path) -> Path:
    """A pack of a school whose certificates begin the day before."""
    key = new_key()
    school = School(issue_root("Brackenfold Test School root", key, at), key, {})
    for letter in "ABC":
        leaf = issue_leaf(f"Test Person {letter}", (own := new_key()).public_key(), school.root, key, at)
        signer = Signer(account=AccountId(letter * 32), name=f"Test Person {letter}", certificate=leaf, key=own)
        school.people[letter] = Person(signer, certificate_der(leaf), certificate_sha256(leaf))
    return finish(case(PackKind.AS_IT_STANDS, people=school).write(folder))


def test_a_certificate_that_begins_later_is_said_as_openssl_says_it(tmp_path: Path) -> None:
    """The laptop's clock was wrong on the day the desk was set up: the pack is good, and openssl says not yet."""
    pack = begun(LATER, tmp_path)
    verdict = verify_pack(pack, book=BOOK)
    assert verdict.good
    assert any("begins on 2990-05-31, after the seal was made" in line for line in verdict.lines())
    said = openssl(pack)
    assert said.returncode != 0
    assert "not yet valid" in said.stderr


def test_of_certificates_that_began_before_nothing_is_said(tmp_path: Path) -> None:
    pack = begun(EARLIER, tmp_path)
    assert not [line for line in verify_pack(pack, book=BOOK).lines() if "begins on" in line]
    assert openssl(pack).returncode == 0


def openssl(pack: Path) -> subprocess.CompletedProcess[str]:
    """The very line of START-HERE.txt."""
    command = [
        *("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", SEALED),
        *("-content", "bag/tagmanifest-sha256.txt", "-CAfile", "bag/school-root.pem"),
        *("-no-CApath", "-no-CAstore", "-out", "sealed.txt"),
    ]
    said = subprocess.run(command, cwd=pack, capture_output=True, text=True, check=False)
    (pack / "sealed.txt").unlink(missing_ok=True)
    return said

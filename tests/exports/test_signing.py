"""Signatures that ordinary tools accept, and that this program accepts in one form only."""

from __future__ import annotations

import datetime as dt
import io
import json
import random  # noqa: TID251 - a seeded choice of what to damage; nothing secret comes of it
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name

from dsl_desk.domain.errors import InputError
from dsl_desk.exports import pyhanko_forms
from dsl_desk.exports.signing import (
    OtherContentFault,
    SignatureBox,
    SignatureFault,
    cms_detached,
    sign_form,
    verify_cms,
    verify_signed_form,
    with_signature_fields,
)
from dsl_desk.signatures import CURVE_ORDER, certificate_der, certificate_pem, new_key
from tests.exports.pack.kit import School, pdf, school, sha

CONTENT = b"the list of digests\n"
BOXES = (
    SignatureBox(page=0, left=60, bottom=300, right=300, top=360),
    SignatureBox(page=1, left=60, bottom=200, right=300, top=260),
)


@pytest.fixture(scope="module")
def own() -> School:
    return school()


@pytest.fixture(scope="module")
def root(own: School) -> bytes:
    return certificate_der(own.root)


@pytest.fixture(scope="module")
def both(own: School) -> bytes:
    return cms_detached(CONTENT, [own["A"].signer, own["B"].signer])


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)


def openssl_accepts(folder: Path, p7s: bytes, content: bytes, root: bytes, *more: str) -> bool:
    for name, raw in (("p7s", p7s), ("content", content), ("root.pem", certificate_pem(root))):
        (folder / name).write_bytes(raw)
    anchors = ("-CAfile", folder / "root.pem", "-no-CApath", "-no-CAstore", "-out", "/dev/null")
    files = ("-in", folder / "p7s", "-content", folder / "content")
    return run("openssl", "cms", "-verify", "-binary", "-inform", "DER", *files, *anchors, *more).returncode == 0


@pytest.mark.parametrize("letters", ["A", "AB", "ABC"])
def test_openssl_accepts_what_was_signed_and_nothing_else(
    own: School, root: bytes, tmp_path: Path, letters: str
) -> None:
    p7s = cms_detached(CONTENT, [own[letter].signer for letter in letters])
    assert openssl_accepts(tmp_path, p7s, CONTENT, root)
    assert openssl_accepts(tmp_path, p7s, CONTENT, root, "-cades")
    assert not openssl_accepts(tmp_path, p7s, CONTENT + b"\n", root)


def test_reader_finds_who_signed_and_when(own: School, root: bytes, both: bytes) -> None:
    found = {one.certificate_sha256: one.name for one in verify_cms(both, CONTENT, root)}
    assert found == {own[letter].sha256: own[letter].signer.name for letter in "AB"}
    now = dt.datetime.now(dt.UTC)
    assert all(abs(now - one.signed_at) < dt.timedelta(minutes=10) for one in verify_cms(both, CONTENT, root))


def test_importing_the_door_loads_neither_pyhanko_nor_asyncio() -> None:
    late = "('pyhanko', 'asn1crypto', 'aiohttp')"
    code = f"import sys, dsl_desk.exports.signing; print([m for m in {late} if m in sys.modules])"
    assert run(sys.executable, "-c", code).stdout.strip() == "[]"


def test_exactly_those_expected_must_have_signed(own: School, root: bytes, both: bytes) -> None:
    a, b, c = (own[letter].sha256 for letter in "ABC")
    assert len(verify_cms(both, CONTENT, root, [b, a])) == 2
    for expected in ([a], [a, b, c], [a, c], [a, a], []):
        with pytest.raises(SignatureFault):
            verify_cms(both, CONTENT, root, expected)


def test_other_content_is_told_apart_from_a_broken_signature(both: bytes, root: bytes) -> None:
    with pytest.raises(OtherContentFault):
        verify_cms(both, CONTENT + b"\n", root)


def test_another_schools_root_is_not_the_one(both: bytes) -> None:
    with pytest.raises(SignatureFault, match="does not lead"):
        verify_cms(both, CONTENT, certificate_der(school().root))


def test_nobody_and_the_same_person_twice_cannot_sign(own: School) -> None:
    for signers in ([], [own["A"].signer, own["A"].signer]):
        with pytest.raises(SignatureFault):
            cms_detached(CONTENT, signers)


def test_a_root_cannot_sign_as_a_person(own: School, root: bytes) -> None:
    with pytest.raises(SignatureFault):
        verify_cms(cms_detached(CONTENT, [own.as_signer.signer]), CONTENT, root)


def test_no_changed_byte_passes(both: bytes, root: bytes, heavy: Callable[[int, int], int]) -> None:
    chance = random.Random(5)
    for at in sorted(chance.sample(range(len(both)), heavy(200, len(both)))):
        changed = both[:at] + bytes([both[at] ^ 1 << chance.randrange(8)]) + both[at + 1 :]
        with pytest.raises(SignatureFault):
            verify_cms(changed, CONTENT, root)


@pytest.mark.parametrize("raw", [b"", b"\x30", b"\x30\x00", b"\x30\x80", bytes(2 << 20)])
def test_what_is_no_signature_is_refused_in_words(raw: bytes, root: bytes) -> None:
    with pytest.raises(SignatureFault):
        verify_cms(raw, CONTENT, root)


def test_bytes_behind_the_signature_are_refused(both: bytes, root: bytes) -> None:
    with pytest.raises(SignatureFault):
        verify_cms(both + b"\x00", CONTENT, root)


def _parts(p7s: bytes) -> Any:
    from asn1crypto import cms

    return cms.ContentInfo.load(p7s)


def test_a_high_s_is_refused_though_openssl_takes_it(own: School, root: bytes, tmp_path: Path) -> None:
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

    made = _parts(cms_detached(CONTENT, [own["A"].signer]))
    info = made["content"]["signer_infos"][0]
    r, s = decode_dss_signature(info["signature"].native)
    info["signature"] = encode_dss_signature(r, CURVE_ORDER - s)
    flipped = made.dump(force=True)
    assert openssl_accepts(tmp_path, flipped, CONTENT, root)
    with pytest.raises(SignatureFault):
        verify_cms(flipped, CONTENT, root)


def test_the_root_inside_is_refused_though_openssl_takes_it(own: School, root: bytes, tmp_path: Path) -> None:
    from asn1crypto import cms, x509

    made = _parts(cms_detached(CONTENT, [own["A"].signer]))
    inside = [*made["content"]["certificates"], cms.CertificateChoices("certificate", x509.Certificate.load(root))]
    made["content"]["certificates"] = inside
    padded = made.dump(force=True)
    assert openssl_accepts(tmp_path, padded, CONTENT, root)
    with pytest.raises(SignatureFault):
        verify_cms(padded, CONTENT, root)


def test_a_signature_by_openssl_in_another_form_is_refused(own: School, root: bytes, tmp_path: Path) -> None:
    from cryptography.hazmat.primitives import serialization

    key = own["A"].signer.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "key.pem").write_bytes(key)
    (tmp_path / "leaf.pem").write_bytes(certificate_pem(own["A"].der))
    (tmp_path / "plain").write_bytes(CONTENT)
    signed = tmp_path / "signed.p7s"
    by = ("-signer", tmp_path / "leaf.pem", "-inkey", tmp_path / "key.pem", "-in", tmp_path / "plain")
    done = run("openssl", "cms", "-sign", "-binary", "-outform", "DER", *by, "-out", signed)
    assert done.returncode == 0, done.stderr
    with pytest.raises(SignatureFault):
        verify_cms(signed.read_bytes(), CONTENT, root)


@pytest.fixture(scope="module")
def unsigned() -> bytes:
    return with_signature_fields(pdf("Review form", 2), BOXES)


@pytest.fixture(scope="module")
def one(own: School, unsigned: bytes) -> bytes:
    return sign_form(unsigned, "Reviewer1", own["A"].signer, certify=True)


@pytest.fixture(scope="module")
def two(own: School, one: bytes) -> bytes:
    return sign_form(one, "Reviewer2", own["B"].signer, certify=False)


def names(own: School, letters: str) -> list[str]:
    return [own[letter].sha256 for letter in letters]


def test_both_reviewers_sign_in_turn_each_one_update(
    own: School, root: bytes, unsigned: bytes, one: bytes, two: bytes
) -> None:
    assert one.startswith(unsigned)
    assert two.startswith(one)
    assert [found.name for found in verify_signed_form(one, sha(unsigned), root, names(own, "A"))] == ["Test Person A"]
    found = verify_signed_form(two, sha(unsigned), root, names(own, "AB"))
    assert [person.name for person in found] == ["Test Person A", "Test Person B"]


def test_ordinary_readers_accept_the_signed_form_and_find_no_type_missing(two: bytes, tmp_path: Path) -> None:
    (tmp_path / "form.pdf").write_bytes(two)
    said = run("pdfsig", tmp_path / "form.pdf").stdout
    assert said.count("Signature is Valid") == 2
    assert said.count("ETSI.CAdES.detached") == 2
    assert "Signed by Test Person A" in run("pdftotext", "-layout", tmp_path / "form.pdf", "-").stdout
    added = [line for line in run("pdffonts", tmp_path / "form.pdf").stdout.splitlines() if "Courier" in line]
    assert added == []


def test_a_form_of_others_or_in_another_order_is_refused(own: School, root: bytes, unsigned: bytes, two: bytes) -> None:
    for letters in ("BA", "AC", "A", "ABC", ""):
        with pytest.raises(SignatureFault):
            verify_signed_form(two, sha(unsigned), root, names(own, letters))


def test_a_form_that_is_not_the_agreed_one_is_refused(own: School, root: bytes, two: bytes) -> None:
    for agreed in (sha(two), sha(pdf("Review form", 2)), "0" * 64):
        with pytest.raises(SignatureFault):
            verify_signed_form(two, agreed, root, names(own, "AB"))


def test_a_form_under_another_root_is_refused(own: School, unsigned: bytes, two: bytes) -> None:
    with pytest.raises(SignatureFault):
        verify_signed_form(two, sha(unsigned), certificate_der(school().root), names(own, "AB"))


@pytest.mark.parametrize(("first", "second"), [(False, False), (False, True)])
def test_a_first_signature_that_does_not_certify_is_refused(
    own: School, root: bytes, unsigned: bytes, first: bool, second: bool
) -> None:
    form = sign_form(unsigned, "Reviewer1", own["A"].signer, certify=first)
    try:
        form = sign_form(form, "Reviewer2", own["B"].signer, certify=second)
    except InputError:
        return
    with pytest.raises(SignatureFault):
        verify_signed_form(form, sha(unsigned), root, names(own, "AB"))


def test_fields_signed_in_the_wrong_order_are_refused(own: School, root: bytes, unsigned: bytes) -> None:
    form = sign_form(unsigned, "Reviewer2", own["A"].signer, certify=True)
    form = sign_form(form, "Reviewer1", own["B"].signer, certify=False)
    with pytest.raises(SignatureFault):
        verify_signed_form(form, sha(unsigned), root, names(own, "AB"))


def test_a_field_that_is_not_there_or_full_cannot_be_signed(own: School, unsigned: bytes, one: bytes) -> None:
    for form, field in ((unsigned, "Reviewer3"), (one, "Reviewer1"), (b"not a pdf", "Reviewer1")):
        with pytest.raises(InputError):
            sign_form(form, field, own["C"].signer, certify=False)


def test_a_form_that_is_no_pdf_cannot_be_prepared() -> None:
    with pytest.raises(InputError):
        with_signature_fields(b"not a pdf", BOXES)


def _updated(form: bytes, change: Callable[[object], None]) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(form))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _add_note(writer: object) -> None:
    from pyhanko.pdf_utils import generic

    page = writer.root["/Pages"]["/Kids"][0]  # type: ignore[attr-defined]
    page["/Rotate"] = generic.NumberObject(90)
    writer.update_container(page)  # type: ignore[attr-defined]


def test_a_form_changed_between_or_after_the_signatures_is_refused(
    own: School, root: bytes, unsigned: bytes, one: bytes, two: bytes
) -> None:
    after = _updated(two, _add_note)
    between = sign_form(_updated(one, _add_note), "Reviewer2", own["B"].signer, certify=False)
    for form in (after, between):
        assert form.startswith(one)
        with pytest.raises(SignatureFault):
            verify_signed_form(form, sha(unsigned), root, names(own, "AB"))


def _another_text(writer: Any) -> None:
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT 60 700 Td (Another finding) Tj ET"))
    writer.update_container(page)


def _an_action(writer: Any) -> None:
    writer.root["/OpenAction"] = generic.DictionaryObject({pdf_name("/S"): pdf_name("/Named")})
    writer.update_root()


@pytest.mark.parametrize("change", [_another_text, _an_action])
def test_a_first_signature_that_changes_what_was_agreed_is_refused(
    own: School, root: bytes, unsigned: bytes, monkeypatch: pytest.MonkeyPatch, change: Callable[[Any], None]
) -> None:
    real = pyhanko_forms._box_of

    def changed(writer: Any, field: str) -> tuple[float, float]:
        if field == "Reviewer1":
            change(writer)
        return real(writer, field)

    monkeypatch.setattr(pyhanko_forms, "_box_of", changed)
    one = sign_form(unsigned, "Reviewer1", own["A"].signer, certify=True)
    two = sign_form(one, "Reviewer2", own["B"].signer, certify=False)
    for signed, letters in ((one, "A"), (two, "AB")):
        with pytest.raises(SignatureFault, match="more than its own field"):
            verify_signed_form(signed, sha(unsigned), root, [own[letter].sha256 for letter in letters])


def test_a_signature_taken_away_is_refused(own: School, root: bytes, unsigned: bytes, one: bytes) -> None:
    with pytest.raises(SignatureFault):
        verify_signed_form(one, sha(unsigned), root, names(own, "AB"))


def test_no_changed_byte_of_a_form_passes(
    own: School, root: bytes, unsigned: bytes, two: bytes, heavy: Callable[[int, int], int]
) -> None:
    chance = random.Random(6)
    for _ in range(heavy(60, 500)):
        at = chance.randrange(len(two))
        changed = two[:at] + bytes([two[at] ^ 1 << chance.randrange(8)]) + two[at + 1 :]
        with pytest.raises(SignatureFault):
            verify_signed_form(changed, sha(unsigned), root, names(own, "AB"))


def test_what_is_wrong_with_a_form_is_told_as_a_verdict_and_nowhere_else(
    own: School, root: bytes, unsigned: bytes, two: bytes
) -> None:
    """In a process that set no logging up, what a library complains of would stand on the user's terminal."""
    script = (
        "import sys, json\n"
        "from dsl_desk.exports.signing import SignatureFault, verify_signed_form\n"
        "told = json.load(sys.stdin)\n"
        "root, form = bytes.fromhex(told['root']), bytes.fromhex(told['form'])\n"
        "for at in told['places']:\n"
        "    try:\n"
        "        changed = form[:at] + bytes([form[at] ^ 4]) + form[at + 1:]\n"
        "        verify_signed_form(changed, told['agreed'], root, told['people'])\n"
        "    except SignatureFault:\n"
        "        continue\n"
        "    sys.exit(1)\n"
    )
    found = list(range(len(unsigned), len(two), max(1, (len(two) - len(unsigned)) // 60)))
    told = {
        "root": root.hex(), "form": two.hex(), "agreed": sha(unsigned), "people": names(own, "AB"), "places": found
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", script], input=json.dumps(told), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_name_is_drawn_within_its_box_however_long(own: School, root: bytes, unsigned: bytes, tmp_path: Path) -> None:
    long = own.join("L", "Test Person of the Longest Name That Fits " + "x" * 22)
    form = sign_form(unsigned, "Reviewer1", long.signer, certify=True)
    assert verify_signed_form(form, sha(unsigned), root, [long.sha256])
    (tmp_path / "form.pdf").write_bytes(form)
    assert "Longest Name" in run("pdftotext", "-layout", tmp_path / "form.pdf", "-").stdout


def test_key_and_certificate_that_do_not_belong_together_sign_nothing(own: School) -> None:
    from dataclasses import replace

    with pytest.raises(SignatureFault):
        cms_detached(CONTENT, [replace(own["A"].signer, key=new_key())])

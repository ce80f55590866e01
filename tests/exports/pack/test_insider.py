"""Packs sealed anew by somebody who holds a sealer's key: the lists fit, what is in them does not."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dsl_desk.domain.words import PackKind
from dsl_desk.exports.cms import cms_detached
from dsl_desk.exports.pack.bag import finish
from dsl_desk.exports.pack.verifier import verify_pack
from dsl_desk.signatures import CURVE_ORDER, certificate_der, certificate_pem
from tests.exports.pack.kit import BOOK, Case, case, pdf, register, reseal, school, sha

DATA = "bag/data/"
ENTRIES = DATA + "journal/entries.jsonl"
Change = Callable[[Path], None]


@pytest.fixture(scope="module")
def made() -> Case:
    return case(PackKind.SIGNED_OFF)


@pytest.fixture(scope="module")
def good(made: Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return finish(made.write(tmp_path_factory.mktemp("good")))


@pytest.fixture
def pack(good: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(good, tmp_path / good.name))


def failures(pack: Path) -> dict[str, str]:
    return {failure.path: failure.why for failure in verify_pack(pack, book=BOOK).failures}


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]


def put_lines(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_bytes(
        "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows).encode()
    )


def high_s(signature: str) -> str:
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

    r, s = decode_dss_signature(bytes.fromhex(signature))
    return encode_dss_signature(r, CURVE_ORDER - s).hex()


def test_a_pack_sealed_anew_without_a_change_is_good(made: Case, pack: Path) -> None:
    reseal(pack, made)
    assert failures(pack) == {}


def edit_entry(number: int, **changes: Any) -> Change:
    def change(pack: Path) -> None:
        rows = lines(pack / ENTRIES)
        rows[number - 1].update(changes)
        put_lines(pack / ENTRIES, rows)

    return change


def flip_session_signature(pack: Path) -> None:
    rows = lines(pack / ENTRIES)
    rows[1]["signature"] = high_s(rows[1]["signature"])
    put_lines(pack / ENTRIES, rows)


def flip_also_signature(pack: Path) -> None:
    rows = lines(pack / ENTRIES)
    signed = next(row for row in rows if row["also_signed"])
    signed["also_signed"][0]["signature"] = high_s(signed["also_signed"][0]["signature"])
    put_lines(pack / ENTRIES, rows)


def drop_also(pack: Path) -> None:
    rows = lines(pack / ENTRIES)
    next(row for row in rows if len(row["also_signed"]) == 2)["also_signed"].pop()
    put_lines(pack / ENTRIES, rows)


def double_also(pack: Path) -> None:
    rows = lines(pack / ENTRIES)
    two = next(row for row in rows if len(row["also_signed"]) == 2)["also_signed"]
    two[1] = two[0]
    put_lines(pack / ENTRIES, rows)


def key_twice(pack: Path) -> None:
    path = pack / ENTRIES
    path.write_bytes(path.read_bytes().replace(b'{"header"', b'{"session":"x","header"', 1))


def a_fraction(pack: Path) -> None:
    path = pack / ENTRIES
    path.write_bytes(path.read_bytes().replace(b'"salt"', b'"more":1.5,"salt"', 1))


def header_with_blanks(pack: Path) -> None:
    path = pack / ENTRIES
    path.write_bytes(path.read_bytes().replace(b'["dsl-desk/entry/1",', b'["dsl-desk/entry/1", ', 1))


def drop_an_entry(pack: Path) -> None:
    put_lines(pack / ENTRIES, [row for at, row in enumerate(lines(pack / ENTRIES)) if at != 3])


def drop_the_first(pack: Path) -> None:
    put_lines(pack / ENTRIES, lines(pack / ENTRIES)[1:])


def drop_the_last(pack: Path) -> None:
    put_lines(pack / ENTRIES, lines(pack / ENTRIES)[:-1])


def swap_entries(pack: Path) -> None:
    rows = lines(pack / ENTRIES)
    rows[3], rows[4] = rows[4], rows[3]
    put_lines(pack / ENTRIES, rows)


@pytest.mark.parametrize(
    "change",
    [
        edit_entry(1, payload='{"kind":"case_opened"}'),
        edit_entry(1, digest="0" * 64),
        edit_entry(1, salt="0" * 64),
        edit_entry(1, salt=None),
        edit_entry(1, payload=None),
        edit_entry(1, payload=None, salt=None),
        edit_entry(1, payload=None, salt=None, withheld="  "),
        edit_entry(1, withheld="a reason"),
        edit_entry(1, header=["dsl-desk/entry/2"]),
        edit_entry(1, header="x"),
        edit_entry(1, signature="00"),
        edit_entry(1, signature="ZZ"),
        edit_entry(1, session="0" * 32),
        edit_entry(1, also_signed=None),
        edit_entry(1, also_signed=[{"account": "x", "certificate": "y", "signature": "00"}]),
        flip_session_signature,
        flip_also_signature,
        drop_also,
        double_also,
        key_twice,
        a_fraction,
        drop_an_entry,
        drop_the_first,
        drop_the_last,
        swap_entries,
    ],
)
def test_a_journal_that_was_touched_does_not_hold(made: Case, pack: Path, change: Change) -> None:
    change(pack)
    reseal(pack, made)
    assert ENTRIES in failures(pack)


def test_blanks_between_header_fields_change_nothing_that_is_signed(made: Case, pack: Path) -> None:
    header_with_blanks(pack)
    reseal(pack, made)
    assert failures(pack) == {}


def edit_json(name: str, **changes: Any) -> Change:
    def change(pack: Path) -> None:
        path = pack / DATA / name
        told = json.loads(path.read_bytes())
        told.update(changes)
        path.write_bytes(json.dumps(told).encode() + b"\n")

    return change


def edit_text(name: str, old: str, new: str) -> Change:
    def change(pack: Path) -> None:
        path = pack / name
        raw = path.read_bytes()
        assert re.search(old.encode(), raw)
        path.write_bytes(re.sub(old.encode(), new.encode(), raw, count=1))

    return change


def not_text(name: str) -> Change:
    def change(pack: Path) -> None:
        (pack / name).write_bytes((pack / name).read_bytes() + b"\xff\n")

    return change


def session_line(**changes: Any) -> Change:
    def change(pack: Path) -> None:
        path = pack / DATA / "journal/sessions.jsonl"
        rows = lines(path)
        rows[0].update(changes)
        put_lines(path, rows)

    return change


def second_session_first(pack: Path) -> None:
    path = pack / DATA / "journal/sessions.jsonl"
    put_lines(path, lines(path)[::-1])


def certificates_reversed(pack: Path) -> None:
    path = pack / DATA / "journal/certificates.pem"
    parts = re.findall(rb"-----BEGIN.*?-----END CERTIFICATE-----\n", path.read_bytes(), re.DOTALL)
    path.write_bytes(b"".join(parts[::-1]))


def stranger_certificate(pack: Path) -> None:
    path = pack / DATA / "journal/certificates.pem"
    path.write_bytes(path.read_bytes() + certificate_pem(school()["A"].der))


def register_row(pack: Path) -> None:
    path = pack / DATA / "journal/register.json"
    told = json.loads(path.read_bytes())
    told["certificates"].append({**told["certificates"][0], "certificate": "0" * 64})
    path.write_bytes(json.dumps(told).encode() + b"\n")


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("bag/data/journal/checkpoint.json", edit_json("journal/checkpoint.json", seq=1)),
        ("bag/data/journal/checkpoint.json", edit_json("journal/checkpoint.json", pack_no=True)),
        ("bag/data/journal/checkpoint.json", edit_json("journal/checkpoint.json", strand_head="0" * 64)),
        ("bag/data/journal/checkpoint.json", edit_json("journal/checkpoint.json", at_utc="now")),
        ("bag/data/journal/checkpoint.json", edit_json("journal/checkpoint.json", format="other")),
        ("bag/data/journal/register.json", edit_json("journal/register.json", format="other")),
        ("bag/data/journal/register.json", edit_json("journal/register.json", certificates=[1])),
        ("bag/data/journal/register.json", register_row),
        ("bag/data/journal/sessions.jsonl", session_line(signature="00")),
        ("bag/data/journal/sessions.jsonl", session_line(statement='["dsl-desk/session/1"]')),
        ("bag/data/journal/sessions.jsonl", session_line(id="0" * 32)),
        ("bag/data/journal/sessions.jsonl", second_session_first),
        ("bag/data/journal/certificates.pem", certificates_reversed),
        ("bag/data/journal/certificates.pem", stranger_certificate),
        (
            "bag/data/journal/certificates.pem",
            edit_text(DATA + "journal/certificates.pem", "-----BEGIN", "x\n-----BEGIN"),
        ),
        ("bag/bag-info.txt", edit_text("bag/bag-info.txt", "Pack-Kind: signed-off", "Pack-Kind: something")),
        ("bag/bag-info.txt", edit_text("bag/bag-info.txt", "Bagging-Date", "bagging-date")),
        ("bag/bag-info.txt", edit_text("bag/bag-info.txt", "Signed-Off-At: 10", "Signed-Off-At: none (x)")),
        ("bag/bag-info.txt", edit_text("bag/bag-info.txt", "Sealed-By: Test Person A", "Sealed-By: Test Person Z")),
        ("bag/bag-info.txt", edit_text("bag/bag-info.txt", "$", "More: x\n")),
        ("bag/data/journal/entries.jsonl", edit_text("bag/bag-info.txt", "Pack-Number: 1", "Pack-Number: 2")),
        ("bag/data/journal/entries.jsonl", edit_text("bag/bag-info.txt", "K7Q4", "K7Q5")),
        ("bag/data/sign-off/sign-off.txt", edit_text("bag/bag-info.txt", "Signed-Off-At: 10", "Signed-Off-At: 9")),
        ("bag/bagit.txt", edit_text("bag/bagit.txt", "1.0", "0.9")),
        ("bag/START-HERE.txt", edit_text("bag/START-HERE.txt", "-no-CAstore", "")),
        ("bag/data/tables/people.csv", edit_text(DATA + "tables/people.csv", "'\\+44", "+44")),
        ("bag/data/tables/people.csv", edit_text(DATA + "tables/people.csv", "DSL", "=1+1")),
        ("bag/data/tables/people.csv", edit_text(DATA + "tables/people.csv", "DSL,", "DSL,more,")),
        ("bag/data/tables/people.csv", edit_text(DATA + "tables/people.csv", "\r\n", "\n")),
        ("bag/data/index.html", edit_text(DATA + "index.html", "<main>", "<main onclick='x'>")),
        ("bag/data/index.html", edit_text(DATA + "index.html", "<main>", "<script></script><main>")),
        (
            "bag/data/index.html",
            edit_text(DATA + "index.html", "<main>", "<a href='https://example.invalid/'>x</a><main>"),
        ),
        ("bag/data/index.html", edit_text(DATA + "index.html", "<main>", "<a href='../../../etc/passwd'>x</a><main>")),
        ("bag/data/index.html", edit_text(DATA + "index.html", "<main>", "<p style='background:url(x)'>x</p><main>")),
        ("bag/data/index.html", not_text(DATA + "index.html")),
        ("bag/data/exhibits/ABC-1/ABC-1.jpg", edit_text(DATA + "index.html", "exhibits/ABC-1/ABC-1.jpg", "index.html")),
        ("bag/data/papers/chronology.pdf", edit_text(DATA + "papers/chronology.pdf", "/Type", "/Java#53cript /Type")),
        ("bag/data/papers/chronology.pdf", edit_text(DATA + "papers/chronology.pdf", "%PDF-", "nothing")),
        ("bag/data/papers/chronology.html", edit_text(DATA + "papers/chronology.html", "<p>", "<iframe></iframe><p>")),
        ("bag/data/exhibits/ABC-1/record.json", edit_json("exhibits/ABC-1/record.json", mark="ABC/7")),
        ("bag/data/exhibits/ABC-1/record.json", edit_json("exhibits/ABC-1/record.json", entry=1)),
        ("bag/data/exhibits/ABC-1/record.json", edit_json("exhibits/ABC-1/record.json", entry=999)),
        ("bag/data/exhibits/ABC-1/record.json", edit_json("exhibits/ABC-1/record.json", content="withheld")),
        ("bag/data/exhibits/ABC-1/record.json", edit_json("exhibits/ABC-1/record.json", withheld="x")),
        ("bag/data/exhibits/ABC-1/record.json", edit_json("exhibits/ABC-1/record.json", file_name="../x.jpg")),
        ("bag/data/exhibits/ABC-1/ABC-1.jpg", edit_json("exhibits/ABC-1/record.json", size=1)),
        ("bag/data/exhibits/ABC-3/record.json", edit_json("exhibits/ABC-3/record.json", file_name="ABC-3.bin")),
        ("bag/data/exhibits/ABC-2/record.json", lambda pack: (pack / DATA / "exhibits/ABC-2/record.json").unlink()),
        ("bag/data/exhibits/ABC-3/record.json", lambda pack: shutil.rmtree(pack / DATA / "exhibits/ABC-3")),
        (
            "bag/data/exhibits/ABC-2/record.json",
            edit_text(DATA + "exhibits/ABC-2/record.json", "{", '{"mark":"ABC/2",'),
        ),
    ],
)
def test_a_file_that_says_other_than_it_must_is_named(made: Case, pack: Path, name: str, change: Change) -> None:
    change(pack)
    reseal(pack, made)
    assert name in failures(pack)


def test_the_bytes_of_an_exhibit_cannot_be_exchanged(made: Case, pack: Path) -> None:
    (pack / DATA / "exhibits/ABC-1/ABC-1.jpg").write_bytes(b"another picture")
    reseal(pack, made)
    assert "bag/data/exhibits/ABC-1/ABC-1.jpg" in failures(pack)


def test_bytes_and_record_exchanged_together_do_not_fit_the_journal(made: Case, pack: Path) -> None:
    body = b"another picture"
    (pack / DATA / "exhibits/ABC-1/ABC-1.jpg").write_bytes(body)
    edit_json("exhibits/ABC-1/record.json", sha256=sha(body), size=len(body))(pack)
    reseal(pack, made)
    assert "bag/data/exhibits/ABC-1/record.json" in failures(pack)


def test_a_readable_page_must_not_carry_the_fingerprint(made: Case, pack: Path) -> None:
    spelled = " ".join(re.findall("....", made.school.fingerprint.upper()))
    edit_text("bag/START-HERE.txt", "START HERE", spelled)(pack)
    shutil.copyfile(pack / "bag/START-HERE.txt", pack / "START-HERE.txt")
    reseal(pack, made)
    assert set(failures(pack)) == {"bag/START-HERE.txt"}


def test_the_seal_of_somebody_else_is_not_that_of_those_declared(made: Case, pack: Path) -> None:
    reseal(pack, made, "B")
    assert "proof/tagmanifest.p7s" in failures(pack)


def test_a_seal_that_leads_to_another_school_does_not_hold(made: Case, pack: Path) -> None:
    stranger = school()["A"]
    (pack / "bag/signers.pem").write_bytes(certificate_pem(stranger.der))
    edit_text("bag/bag-info.txt", "certificate-sha256=[0-9a-f]{64}", f"certificate-sha256={stranger.sha256}")(pack)
    reseal(pack, made)
    manifest = (pack / "bag/tagmanifest-sha256.txt").read_bytes()
    (pack / "proof/tagmanifest.p7s").write_bytes(cms_detached(manifest, [stranger.signer]))
    assert "proof/tagmanifest.p7s" in failures(pack)


def test_a_root_that_is_no_root_is_named(made: Case, pack: Path) -> None:
    (pack / "bag/school-root.pem").write_bytes(certificate_pem(made.school["A"].der))
    reseal(pack, made)
    assert "bag/school-root.pem" in failures(pack)


def test_two_roots_are_named(made: Case, pack: Path) -> None:
    root = certificate_pem(certificate_der(made.school.root))
    (pack / "bag/school-root.pem").write_bytes(root + root)
    reseal(pack, made)
    assert "bag/school-root.pem" in failures(pack)


@pytest.mark.parametrize("letter", ["A", "B", "C"])
def test_a_certificate_used_after_it_was_withdrawn_is_found(made: Case, letter: str, pack: Path) -> None:
    withdrawn = {row.certificate: row for row in register(made.school, {letter: "2026-11-20T09:00:01.000000Z"})}
    told = json.loads((pack / DATA / "journal/register.json").read_bytes())
    for row in told["certificates"]:
        row["withdrawn_at_utc"] = withdrawn[row["certificate"]].withdrawn_at_utc
    (pack / DATA / "journal/register.json").write_bytes(json.dumps(told).encode() + b"\n")
    reseal(pack, made)
    found = failures(pack)
    assert ENTRIES in found
    assert "withdrawn" in found[ENTRIES]
    if letter == "A":
        assert {"proof/tagmanifest.p7s", "bag/data/sign-off/reviewer-1.p7s", "bag/data/papers/form.pdf"} <= set(found)


def test_a_certificate_withdrawn_after_its_last_use_is_no_fault(made: Case, pack: Path) -> None:
    told = json.loads((pack / DATA / "journal/register.json").read_bytes())
    for row in told["certificates"]:
        row["withdrawn_at_utc"] = "2099-01-01T00:00:00.000000Z"
    (pack / DATA / "journal/register.json").write_bytes(json.dumps(told).encode() + b"\n")
    reseal(pack, made)
    assert failures(pack) == {}


def test_another_form_than_the_one_agreed_is_found(made: Case, pack: Path) -> None:
    (pack / DATA / "papers/form.pdf").write_bytes(pdf("Another form", 2))
    reseal(pack, made)
    assert "bag/data/papers/form.pdf" in failures(pack)


def test_a_form_with_one_update_more_is_found(made: Case, pack: Path) -> None:
    path = pack / DATA / "papers/form.pdf"
    path.write_bytes(path.read_bytes() + b"% a note\n%%EOF\n")
    reseal(pack, made)
    assert "bag/data/papers/form.pdf" in failures(pack)


def test_reviewers_files_in_the_wrong_order_are_found(made: Case, pack: Path) -> None:
    one, two = (pack / DATA / f"sign-off/reviewer-{number}.p7s" for number in (1, 2))
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)
    reseal(pack, made)
    assert {"bag/data/sign-off/reviewer-1.p7s", "bag/data/sign-off/reviewer-2.p7s"} <= set(failures(pack))


def test_a_sign_off_that_names_another_entry_is_found(made: Case, pack: Path) -> None:
    edit_text(DATA + "sign-off/sign-off.txt", "Strand-Seq: 10", "Strand-Seq: 9")(pack)
    reseal(pack, made)
    assert "bag/data/sign-off/sign-off.txt" in failures(pack)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("withdrawn_at_utc", "2026-13-45T25:61:61.000000Z"),
        ("issued_at_utc", "2026-02-30T00:00:00.000000Z"),
        ("name", "Somebody Else"),
    ],
)
def test_a_register_with_a_day_that_never_was_or_anothers_name_is_named(
    made: Case, pack: Path, field: str, value: str
) -> None:
    path = pack / DATA / "journal/register.json"
    told = json.loads(path.read_bytes())
    told["certificates"][0][field] = value
    path.write_bytes(json.dumps(told).encode() + b"\n")
    reseal(pack, made)
    assert "bag/data/journal/register.json" in failures(pack)


@pytest.mark.parametrize(
    "words",
    [
        "<!--><script src=//example.invalid></script>-->",
        "<!--><img src=x onerror=alert(1)>-->",
        '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></p></noscript>',
        "<style>@\\69mport '//example.invalid';</style>",
        "<style>p{background:u\\72l(//example.invalid)}</style>",
        "<p style=\"background:image-set('//example.invalid/a' 1x)\">x</p>",
        "<svg><set attributeName='href' to='javascript:alert(1)'/></svg>",
    ],
)
def test_what_a_browser_would_read_otherwise_is_found_in_a_page(made: Case, pack: Path, words: str) -> None:
    path = pack / DATA / "index.html"
    path.write_text(path.read_text().replace("<main>", words + "<main>", 1))
    reseal(pack, made)
    assert "bag/data/index.html" in failures(pack)


def test_a_date_in_other_digits_is_named(made: Case, pack: Path) -> None:
    edit_text("bag/bag-info.txt", "Bagging-Date: 2026", "Bagging-Date: \u0662\u0660\u0662\u0666")(pack)
    reseal(pack, made)
    assert "bag/bag-info.txt" in failures(pack)

"""What the journal of a pack may and may not say, through the real writer and its own check."""

from __future__ import annotations

from pathlib import Path

import pytest
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from dsl_desk.domain.errors import InputError
from dsl_desk.domain.words import AccountId, PackKind, SessionId
from dsl_desk.exports.pack.bag import SealedPack
from dsl_desk.exports.signing import cms_detached
from dsl_desk.signatures import CURVE_ORDER, Signer, certificate_sha256, read_certificate
from tests.exports.pack.kit import Case, Person, School, Strand, case, register, replace, school, sign_off_text


def with_contents(made: Case, **changes: object) -> Case:
    return Case(made.school, replace(made.contents, **changes), made.strand)  # type: ignore[arg-type]


def written(made: Case, folder: Path) -> SealedPack:
    return made.write(folder)


def test_follow_up_is_counted_and_does_not_void_a_sign_off(tmp_path: Path) -> None:
    def after(strand: Strand, session: SessionId, own: School) -> None:
        strand.add("parents_informed", session, [own["A"]], {"text": "told on the telephone"})
        strand.add("support_offered", session, [own["A"]], {"text": "offered"})
        strand.add("corrected", session, [own["A"]], {"corrects": 2, "kind": "device_secured"})

    signed_off = written(case(after=after), tmp_path).verdict.signed_off
    assert signed_off is not None
    assert (signed_off.at, signed_off.follow_up, signed_off.not_judged) == (10, 4, 0)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("judged", {"text": "otherwise"}),
        ("sighting_recorded", {"text": "one more"}),
        ("corrected", {"corrects": 10, "kind": "concluded"}),
        ("corrected", {"corrects": 10, "kind": "viewed"}),
    ],
)
def test_an_entry_of_substance_after_the_sign_off_voids_it(tmp_path: Path, kind: str, data: dict[str, object]) -> None:
    def after(strand: Strand, session: SessionId, own: School) -> None:
        strand.add(kind, session, [own["A"]], data)

    with pytest.raises(InputError, match=r"sign-off\.txt.*voids"):
        written(case(after=after), tmp_path)


def test_entries_that_cannot_be_judged_after_a_sign_off_are_told_and_fail_nothing(tmp_path: Path) -> None:
    def after(strand: Strand, session: SessionId, own: School) -> None:
        strand.add("made_by_a_newer_program", session, [own["A"], own["B"]], {"more": [1]})
        strand.add("viewed", session, [own["A"]], {"what": "x"}, version=2)
        strand.add("call_logged", session, [own["A"]], {"text": "x"}, withheld="privilege")

    verdict = written(case(after=after), tmp_path).verdict
    assert verdict.good
    assert verdict.signed_off is not None
    assert verdict.signed_off.not_judged == 3
    said = "\n".join(verdict.lines())
    assert "cannot be seen here" in said
    assert "newer program" in said


@pytest.mark.parametrize("letters", ["", "B", "AA", "BA", "ABC"])
def test_an_entry_that_two_must_sign_is_signed_by_exactly_those_two(tmp_path: Path, letters: str) -> None:
    def before(strand: Strand, session: SessionId, own: School) -> None:
        strand.add("advice_applied", session, [own["A"], own["B"]], {}, also=[own[letter] for letter in letters])

    with pytest.raises(InputError, match=r"entries\.jsonl"):
        written(case(PackKind.AS_IT_STANDS, before=before), tmp_path)


def test_an_entry_in_anothers_name_is_found(tmp_path: Path) -> None:
    def before(strand: Strand, session: SessionId, own: School) -> None:
        strand.add("viewed", session, [own["B"]], {"what": "x"})

    with pytest.raises(InputError, match="another’s name"):
        written(case(PackKind.AS_IT_STANDS, before=before), tmp_path)


def test_two_people_who_did_not_write_it_cannot_sign_it(tmp_path: Path) -> None:
    def before(strand: Strand, session: SessionId, own: School) -> None:
        strand.add("advice_applied", session, [own["B"], own["C"]], {}, also=[own["B"], own["C"]])

    with pytest.raises(InputError, match="neither of whom wrote it"):
        written(case(PackKind.AS_IT_STANDS, before=before), tmp_path)


def test_one_person_with_two_certificates_is_not_two_people(tmp_path: Path) -> None:
    made = case()
    own = made.school
    again = own.join("D", "Test Person A", account=own["A"].account)
    files = made.contents.sign_off
    assert files is not None
    text = files.text.replace(own["B"].sha256.encode(), again.sha256.encode()).replace(
        b"-2: Test Person B", b"-2: Test Person A"
    )
    changed = with_contents(
        made,
        sign_off=replace(files, text=text, reviewer_2=cms_detached(text, [again.signer])),
        certificates=[person.der for person in own.people.values()],
        register=register(own),
    )
    with pytest.raises(InputError):
        written(changed, tmp_path)


def flipped(person: Person) -> Person:
    """The same certificate with the other s under it: anybody can make it, and it leads to the root as well."""
    told = asn1_x509.Certificate.load(person.der)
    r, s = decode_dss_signature(told["signature_value"].native)
    told["signature_value"] = encode_dss_signature(r, CURVE_ORDER - s)
    der = told.dump(force=True)
    certificate = read_certificate(der)
    signer = Signer(
        account=AccountId("f" * 32), name=person.signer.name, certificate=certificate, key=person.signer.key
    )
    return Person(signer, der, certificate_sha256(certificate))


def test_one_key_under_two_certificates_cannot_sign_off_twice(tmp_path: Path) -> None:
    own = school()
    own.people["B"] = flipped(own["A"])
    with pytest.raises(InputError, match="one key"):
        written(case(people=own), tmp_path)


def test_nothing_is_written_in_a_session_after_its_end(tmp_path: Path) -> None:
    def before(strand: Strand, session: SessionId, own: School) -> None:
        strand.add("session_closed", session, [own["A"]], {})

    with pytest.raises(InputError, match=r"entries\.jsonl.*ended before"):
        written(case(PackKind.AS_IT_STANDS, before=before), tmp_path)


def test_a_sign_off_at_another_head_is_found(tmp_path: Path) -> None:
    made = case()
    files = made.contents.sign_off
    assert files is not None
    one, two = made.school["A"], made.school["B"]
    form = made.contents.papers["form.pdf"]
    text = sign_off_text(made.strand, 10, "0" * 64, form, one, two)
    both = [cms_detached(text, [person.signer]) for person in (one, two)]
    changed = with_contents(made, sign_off=replace(files, text=text, reviewer_1=both[0], reviewer_2=both[1]))
    with pytest.raises(InputError):
        written(changed, tmp_path)


def test_a_sign_off_of_which_the_journal_knows_nothing_is_found(tmp_path: Path) -> None:
    made = case()
    files = made.contents.sign_off
    assert files is not None
    again = cms_detached(files.text, [made.school["A"].signer])
    with pytest.raises(InputError, match="does not tell of this signature"):
        written(with_contents(made, sign_off=replace(files, reviewer_1=again)), tmp_path)


def test_registers_and_certificates_hold_exactly_those_who_are_named(tmp_path: Path) -> None:
    made = case(PackKind.AS_IT_STANDS)
    made.school.join("Z", "Test Person Z")
    extended = with_contents(
        made,
        certificates=[person.der for person in made.school.people.values()],
        register=register(made.school),
    )
    sealed = written(extended, tmp_path)
    held = (sealed.partial / "bag/data/journal/register.json").read_text()
    assert made.school["Z"].sha256 not in held
    assert held.count('"certificate":') == 3


def test_a_session_key_that_is_a_certificates_own_is_refused(tmp_path: Path) -> None:
    from dsl_desk.domain.encoding import plain_json, read_plain
    from dsl_desk.exports.pack.contents import SessionLine
    from dsl_desk.signatures import public_bytes

    made = case(PackKind.AS_IT_STANDS)
    first = made.contents.sessions[0]
    told = read_plain(first.statement)
    told[3] = public_bytes(made.school["B"].signer.key.public_key()).hex()
    statement = plain_json([str(one) if not isinstance(one, int) else one for one in told])
    forged = SessionLine(session=first.session, statement=statement, signature=made.school["C"].signer.sign(statement))
    with pytest.raises(InputError, match=r"sessions\.jsonl|entries\.jsonl"):
        written(with_contents(made, sessions=[forged, *made.contents.sessions[1:]]), tmp_path)

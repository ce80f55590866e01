"""A made-up school, a made-up case and its packs, written by the real writer."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from dsl_desk.domain.case_entries import BOOK
from dsl_desk.domain.encoding import NO_DIGEST, plain_json
from dsl_desk.domain.journal import Head, commitment_of, digest_of, next_header
from dsl_desk.domain.signed import AlsoSigned, RegisterRow
from dsl_desk.domain.words import AccountId, CaseRef, DeskId, Digest, Mark, PackKind, SessionId, StrandId
from dsl_desk.exports.pack.bag import SealedPack, write_pack
from dsl_desk.exports.pack.contents import (
    EntryLine,
    ExhibitContent,
    PackContents,
    PackExhibit,
    PackTables,
    SessionLine,
    SignOffFiles,
)
from dsl_desk.exports.pack.proof import Sealing
from dsl_desk.exports.signing import SignatureBox, cms_detached, sign_form, with_signature_fields
from dsl_desk.signatures import (
    Certificate,
    PrivateKey,
    Signer,
    certificate_der,
    certificate_sha256,
    issue_leaf,
    issue_root,
    new_key,
    public_bytes,
    sign,
)

CASE = CaseRef("MI-2026-K7Q4")
START = dt.datetime(2026, 11, 20, 9, 0, 0, 123456, tzinfo=dt.UTC)
ISSUED = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
WORDS = (
    "This test paper holds words enough that a reader can see it is one.",
    "All persons and events in it are invented for a test of the format.",
)


def sha(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def ident(words: str) -> str:
    return sha(words.encode())[:32]


@dataclass(frozen=True)
class Person:
    signer: Signer
    der: bytes
    sha256: str

    @property
    def account(self) -> AccountId:
        return self.signer.account


@dataclass(frozen=True)
class School:
    root: Certificate
    root_key: PrivateKey
    people: dict[str, Person]

    def __getitem__(self, letter: str) -> Person:
        return self.people[letter]

    def join(self, letter: str, name: str, account: str | None = None) -> Person:
        key = new_key()
        leaf = issue_leaf(name, key.public_key(), self.root, self.root_key, ISSUED)
        signer = Signer(account=AccountId(account or ident(letter)), name=name, certificate=leaf, key=key)
        self.people[letter] = person = Person(signer, certificate_der(leaf), certificate_sha256(leaf))
        return person

    @property
    def as_signer(self) -> Person:
        signer = Signer(account=AccountId("root"), name="root", certificate=self.root, key=self.root_key)
        return Person(signer, certificate_der(self.root), certificate_sha256(self.root))

    @property
    def fingerprint(self) -> str:
        return certificate_sha256(self.root)


def school(prefix: str = "") -> School:
    key = new_key()
    made = School(issue_root(f"{prefix}Brackenfold Test School root", key, ISSUED), key, {})
    for letter, name in (("A", "Test Person A"), ("B", "Test Person B"), ("C", "Test Person C")):
        made.join(letter, prefix + name)
    return made


def pdf(title: str, pages: int, *, unsigned: bool = False) -> bytes:
    rl_config.useA85 = 0
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for number in range(1, pages + 1):
        for place, line in enumerate([title, "UNSIGNED REVIEW" if unsigned else "", *WORDS, f"page {number}"]):
            canvas.drawString(60, 780 - 20 * place, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@dataclass
class Strand:
    """A case's journal as it is written, in the middle of a desk's."""

    desk: DeskId = field(default_factory=lambda: DeskId(ident("desk")))
    strand: StrandId = field(default_factory=lambda: StrandId(ident("strand")))
    rows: list[EntryLine] = field(default_factory=list)
    sessions: list[SessionLine] = field(default_factory=list)
    clock: dt.datetime = START
    _desk_head: Head = field(default_factory=lambda: Head(seq=40, digest=sha(b"entry 40 of the desk")))
    _strand_head: Head = field(default_factory=Head)
    _keys: dict[str, PrivateKey] = field(default_factory=dict)

    @property
    def at_utc(self) -> str:
        return self.clock.strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    @property
    def head(self) -> str:
        return self._strand_head.digest

    def session(self, person: Person) -> SessionId:
        name, key = SessionId(ident(f"session {len(self.sessions)}")), new_key()
        statement = plain_json(
            [
                "dsl-desk/session/1",
                self.desk,
                name,
                public_bytes(key.public_key()).hex(),
                person.sha256,
                self.at_utc,
                self._desk_head.seq,
                self._desk_head.digest,
            ]
        )
        self.sessions.append(SessionLine(session=name, statement=statement, signature=person.signer.sign(statement)))
        self._keys[name] = key
        return name

    def others(self, count: int) -> None:
        """Entries of other strands, which the pack does not hold."""
        for _ in range(count):
            seq = self._desk_head.seq + 1
            self._desk_head = Head(seq=seq, digest=sha(f"entry {seq} of the desk".encode()))

    def add(
        self,
        kind: str,
        session: SessionId,
        by: Sequence[Person],
        data: dict[str, Any],
        *,
        also: Sequence[Person] = (),
        withheld: str | None = None,
        version: int = 1,
    ) -> EntryLine:
        self.clock += dt.timedelta(seconds=97)
        payload = json.dumps(
            {
                "kind": kind,
                "v": version,
                "by": [person.account for person in by],
                "device": "d" * 32,
                "session": session,
                "at_local": self.clock.isoformat(),
                "zone": "Europe/London",
                "boot": "b" * 32,
                "mono_ms": 1000 + len(self.rows),
                "data": data,
            },
            ensure_ascii=False,
            separators=(",", ":"),
        ).encode()
        salt = hashlib.sha256(f"salt {len(self.rows)}".encode()).digest()
        header = next_header(
            desk=self.desk,
            strand=self.strand,
            at_utc=self.at_utc,
            commitment=commitment_of(salt, payload),
            desk_head=self._desk_head,
            strand_head=self._strand_head,
        )
        raw = header.encode()
        digest = digest_of(raw)
        row = EntryLine(
            header=raw,
            digest=digest,
            salt=None if withheld else salt,
            payload=None if withheld else payload,
            withheld=withheld,
            session=session,
            signature=sign(self._keys[session], raw),
            also_signed=tuple(
                AlsoSigned(account=one.account, certificate=one.sha256, signature=one.signer.sign(raw).hex())
                for one in also
            ),
        )
        self.rows.append(row)
        self._desk_head = Head(seq=header.seq, digest=digest)
        self._strand_head = Head(seq=header.strand_seq, digest=digest)
        return row


PICTURE = b"\xff\xd8\xff\xe0 not a real picture " + bytes(range(256)) * 8
MESSAGE = "words of a message, with “quotes” and a line end\r\n".encode() * 40


def _exhibit(mark: str, entry: int, body: bytes | None, name: str, *, size: int | None = None) -> PackExhibit:
    return PackExhibit(
        mark=Mark(mark),
        entry=entry,
        description="a test exhibit <b>http://example.invalid/</b>",
        content=ExhibitContent.WITHHELD if body is None else ExhibitContent.INCLUDED,
        withheld="third party" if body is None else None,
        original_name=name,
        sha256=None if body is None else sha(body),
        size=size if body is None else len(body),
        media_type="application/octet-stream",
        produced_by="Test Person C",
        role="DSL",
        made_at_utc="2026-11-20T09:10:00.000000Z",
        made_at_local="2026-11-20T09:10:00+00:00",
        method="import",
        source="school tablet",
        stop_questions_answered_no_by=("Test Person C",),
        read=None if body is None else lambda: iter([body[at : at + 1000] for at in range(0, len(body), 1000)]),
    )


@dataclass
class Case:
    """A case with everything a pack needs; `contents` is what the writer is given."""

    school: School
    contents: PackContents
    strand: Strand

    def write(self, folder: Path, sealers: str = "A", **how: Any) -> SealedPack:
        sealing = Sealing(
            case=self.contents.case,
            number=self.contents.number,
            signers=[self.school[letter].signer for letter in sealers],
        )
        return write_pack(self.contents, folder, sealing, book=BOOK, **how)


Hook = Callable[[Strand, SessionId, School], None]


def case(
    kind: PackKind = PackKind.SIGNED_OFF,
    *,
    people: School | None = None,
    number: int = 1,
    rehearsal: bool = False,
    first_of_all: Hook | None = None,
    before: Hook | None = None,
    after: Hook | None = None,
    exhibits: Sequence[tuple[str, str, bytes]] = (),
    picture: str | None = None,
) -> Case:
    """A case of a kind; hooks add entries before it is opened, and before and after the sign-off.

    `picture` is the digest that the journal takes in for the first exhibit in place of its own.
    """
    own = people or school("REHEARSAL " if rehearsal else "")
    a, b, c = own["A"], own["B"], own["C"]
    unsigned = kind is PackKind.AS_IT_STANDS
    strand = Strand()
    first, second = strand.session(c), strand.session(a)
    if first_of_all is not None:
        first_of_all(strand, first, own)
    strand.add("case_opened", first, [c], {"reference": CASE})
    strand.add("device_secured", first, [c], {"device": "tablet “T-1” \u2028 second line", "from": "Form tutor"})
    shown: list[PackExhibit] = []
    wanted: list[tuple[str, str, bytes | None]] = [
        ("ABC/1", "IMG “1”.JPEG", PICTURE),
        ("ABC/2", "chat.html", MESSAGE),
        ("ABC/3", "unknown.exe", None),
        *exhibits,
    ]
    for mark, name, body in wanted:
        kept = None if kind is PackKind.STOPPED else body
        shown.append(_exhibit(mark, len(strand.rows) + 1, kept, name, size=4711))
        strand.others(2)
        digest = (picture if picture and mark == "ABC/1" else sha(body)) if body else None
        strand.add("exhibit_added", first, [c], {"mark": mark, "sha256": digest, "blob": ident(mark)})
    strand.add("declared", first, [a], {"text": "I know of nothing that should go to others first."}, also=[a])
    strand.add("advice_applied", second, [a, b], {"agency": "police"}, also=[a, b])
    root = own.as_signer
    strand.add("laptop_resumed", second, [a, root], {"reason": "one account and two codes"}, also=[a, root])
    strand.add("call_logged", second, [a], {"text": "about somebody else"}, withheld="third parties")
    if before:
        before(strand, second, own)
    strand.add("concluded", second, [a], {"text": "referred"})
    at, head = len(strand.rows), strand.head
    papers = {
        f"{name}.pdf": pdf(name, 2, unsigned=unsigned)
        for name in ("chronology", "completeness", "exhibit-labels", "statement-draft-1")
    }
    papers["chronology.html"] = (
        b'<!DOCTYPE html>\n<html lang="en"><body><h1>Chronology</h1><p>words</p></body></html>\n'
    )
    form = pdf("Review form", 2, unsigned=unsigned)
    files = None
    if kind is PackKind.SIGNED_OFF:
        form, files = _signed(form, strand, second, own, at, head)
    papers["form.pdf"] = form
    if after:
        after(strand, second, own)
    strand.others(1)
    strand.add("viewed", second, [a], {"what": "ABC/1"})
    strand.add(
        "pack_started", second, [a], {"no": number, "medium": "usb", "recipient": "police", "contents": kind.value}
    )
    contents = PackContents(
        kind=kind,
        number=number,
        case=CASE,
        school="Brackenfold Test School",
        rehearsal=rehearsal,
        recipient="police",
        program="DSL Desk 0.1.0",
        bagging_date=dt.date(2026, 11, 20),
        signed_off_at=at if files else None,
        not_signed_off_because="" if files else "offered before two people had reviewed it",
        root=own.root,
        officer_summary=pdf("Officer summary", 2, unsigned=unsigned),
        papers=papers,
        sign_off=files,
        exhibits=tuple(shown),
        tables=PackTables(
            addresses=[["address", "owner", "note"], ["192.0.2.7", "Test ISP", "-3"]],
            continuity=[["mark", "at", "from", "to"], ["ABC/1", "2026-11-20 09:10", "Form tutor", "Test Person C"]],
            people=[["name", "role", "phone"], ["Test Person C", "DSL", "+44 20 7946 0000"]],
        ),
        entries=strand.rows,
        sessions=strand.sessions,
        certificates=[person.der for person in own.people.values()],
        register=register(own),
        facts=[("In three lines", "A made-up concern. Nothing in it is real.")],
    )
    return Case(own, contents, strand)


def register(own: School, withdrawn: dict[str, str] | None = None) -> list[RegisterRow]:
    return [
        RegisterRow(
            certificate=person.sha256,
            account=person.account,
            name=person.signer.name,
            role="dsl",
            issued_at_utc="2026-01-05T00:00:00.000000Z",
            withdrawn_at_utc=(withdrawn or {}).get(letter),
        )
        for letter, person in own.people.items()
    ]


def sign_off_text(strand: Strand, at: int, head: str, form: bytes, one: Person, two: Person) -> bytes:
    lines = [
        "dsl-desk/sign-off/1",
        f"Case: {CASE}",
        f"Desk: {strand.desk}",
        f"Strand: {strand.strand}",
        f"Strand-Seq: {at}",
        f"Strand-Head: {head}",
        f"Form-SHA256: {sha(form)}",
        f"Reviewer-1: {one.signer.name}; certificate-sha256={one.sha256}",
        f"Reviewer-2: {two.signer.name}; certificate-sha256={two.sha256}",
        "Statement: We have each read the form at this head and agree with it.",
    ]
    return "".join(line + "\n" for line in lines).encode()


def _signed(
    form: bytes, strand: Strand, session: SessionId, own: School, at: int, head: str
) -> tuple[bytes, SignOffFiles]:
    one, two = own["A"], own["B"]
    unsigned = with_signature_fields(
        form,
        (
            SignatureBox(page=0, left=60, bottom=300, right=300, top=360),
            SignatureBox(page=0, left=60, bottom=200, right=300, top=260),
        ),
    )
    text = sign_off_text(strand, at, head, unsigned, one, two)
    p7s, signed = [], unsigned
    for number, person in enumerate((one, two), 1):
        p7s.append(cms_detached(text, [person.signer]))
        signed = sign_form(signed, f"Reviewer{number}", person.signer, certify=number == 1)
        data = {"decision": "agree", "sign_off": sha(text), "p7s": sha(p7s[-1]), "form": sha(signed), "covers": at}
        strand.add("signed_off", session, [person], data, also=[person])
    return signed, SignOffFiles(text=text, reviewer_1=p7s[0], reviewer_2=p7s[1])


def reseal(pack: Path, made: Case, sealers: str = "A") -> None:
    """What somebody who holds a sealer's key can do: make both lists anew and seal them."""
    bag = pack / "bag"
    data = sorted(path.relative_to(bag).as_posix() for path in (bag / "data").rglob("*") if path.is_file())
    info = (bag / "bag-info.txt").read_bytes()
    size = sum((bag / path).stat().st_size for path in data)
    info = re.sub(rb"Payload-Oxum: \S+", f"Payload-Oxum: {size}.{len(data)}".encode(), info)
    (bag / "bag-info.txt").write_bytes(info)
    for name, paths in (
        ("manifest-sha256.txt", data),
        ("tagmanifest-sha256.txt", None),
    ):
        tags = sorted(path.name for path in bag.iterdir() if path.is_file() and path.name != "tagmanifest-sha256.txt")
        listed = tags if paths is None else paths
        (bag / name).write_bytes("".join(f"{sha((bag / path).read_bytes())}  {path}\n" for path in listed).encode())
    manifest = (bag / "tagmanifest-sha256.txt").read_bytes()
    signers = [made.school[letter].signer for letter in sealers]
    (pack / "proof/tagmanifest.p7s").write_bytes(cms_detached(manifest, signers))


__all__ = [
    "BOOK",
    "CASE",
    "NO_DIGEST",
    "Case",
    "Digest",
    "School",
    "Strand",
    "case",
    "pdf",
    "register",
    "replace",
    "reseal",
    "school",
]

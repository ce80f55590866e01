"""A small made-up school with a real desk beside it: keys in memory, real SQLCipher, no passphrases."""

from __future__ import annotations

import hashlib
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from dsl_desk.domain.case_entries import BOOK, AdviceApplied, DeviceChanged, ExhibitAdded, Judged
from dsl_desk.domain.case_words import CallOutcome, Intake, Judgement, PersonRole
from dsl_desk.domain.desk_entries import AccountIssued, DeskCreated, PairIssued
from dsl_desk.domain.encoding import plain_json
from dsl_desk.domain.follow_up_entries import CallLogged, CaseOpened, ConcernRecorded, FollowUpDone, PersonLinked
from dsl_desk.domain.journal import Head
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.words import (
    ROOT_ACCOUNT,
    AccountId,
    Answer,
    BlobClass,
    BlobId,
    DeskId,
    DeviceId,
    Grade,
    StrandId,
    SubjectKind,
)
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
from dsl_desk.store.aftermath import sweep_blobs
from dsl_desk.store.connection import PAGE, Database, open_database
from dsl_desk.store.desk import OpenDesk
from dsl_desk.store.disposal import work_off_doomed
from dsl_desk.store.folder import BLOBS, RECORDS
from dsl_desk.store.migrations import migrate
from dsl_desk.store.register import read_register
from dsl_desk.store.steps import Steps, no_steps
from dsl_desk.store.unlocked import Proved, Unlocked
from dsl_desk.store.values import BlobFacts, Finding, Source

START = datetime(2026, 11, 20, 9, 0, 0, tzinfo=UTC)
BOOT = "b" * 32
DEVICE = DeviceId("d" * 32)
SUBJECT = "Zebedee Quillfeather"
RESTRICTED_REF = "MI-2026-Q7ZX"
OPEN_REF = "MI-2026-K7Q4"


def moment(seconds: float = 0, *, mono: float | None = None, boot: str = BOOT) -> Moment:
    """So many seconds into the school day; the two clocks agree unless `mono` says otherwise."""
    utc = START + timedelta(seconds=seconds)
    return Moment(
        utc=utc, local=utc, zone="Europe/London", boot=boot, mono_ms=int(1000 * (seconds if mono is None else mono))
    )


AT = moment()


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody of the made-up school, with every key they would have."""

    name: str
    role: str
    account: AccountId
    signing: PrivateKey
    agreement: PrivateKey
    certificate: Certificate

    @property
    def signer(self) -> Signer:
        return Signer(account=self.account, name=self.name, certificate=self.certificate, key=self.signing)

    @property
    def certificate_sha256(self) -> str:
        return certificate_sha256(self.certificate)


class Keys:
    """Stands for slots and keyring: the volume keys, the outside head, and what was asked of them."""

    def __init__(self, world: World, database: Database) -> None:
        self.world, self.database = world, database

    def slots_state(self) -> tuple[str, int]:
        return "5" * 64, 1

    def mark_head(self, head: Head, branch: str) -> tuple[str, int]:
        return self.slots_state()

    def head_moved(self, head: Head, branch: str, at: Moment, *, at_once: bool = False) -> None:
        self.world.outside = head

    def rotate(self) -> None:
        world = self.world
        world.pending = secrets.token_bytes(32)
        world.save()
        self.database.rows("PRAGMA journal_size_limit=0")
        self.database.rekey(world.pending)
        world.steps("rotation: rekeyed")
        with self.database.transaction("rotation: one more"):
            self.database.set_state("rotation_due", 0)
        world.vk, world.pending = world.pending, b""
        world.save()

    def rotate_if_due(self) -> bool:
        due = self.database.state("rotation_due") == 1
        if due:
            self.rotate()
        return due

    def prove(self, sign_in_name: str, passphrase: str, at: Moment) -> Proved:
        raise NotImplementedError

    def prove_codes(self, first: str, second: str) -> Proved:
        raise NotImplementedError

    def closing(self) -> None:
        pass

    def close(self, last: tuple[Head, str] | None) -> None:
        if last is not None:
            self.world.outside = last[0]


@dataclass(kw_only=True)
class World:
    """A school, its people and its desk's folder."""

    folder: Path
    desk: DeskId
    root_key: PrivateKey
    root: Certificate
    ada: Person
    ben: Person
    cas: Person
    dot: Person
    pairs: list[PrivateKey]
    vk: bytes
    pending: bytes = b""
    outside: Head = field(default_factory=Head)
    steps: Steps = no_steps
    notes: dict[str, StrandId] = field(default_factory=dict)

    @property
    def root_signer(self) -> Signer:
        return Signer(account=ROOT_ACCOUNT, name="School root", certificate=self.root, key=self.root_key)

    @property
    def root_sha256(self) -> str:
        return certificate_sha256(self.root)

    def person(self, name: str, role: str) -> Person:
        return new_person(name, role, self.root, self.root_key)

    def issued(self, person: Person, root_key: PrivateKey | None = None) -> AccountIssued:
        """What the root says of a person."""
        text = plain_json(
            [
                "dsl-desk/issuance/1",
                self.desk,
                person.account,
                person.certificate_sha256,
                public_bytes(person.agreement.public_key()).hex(),
                AT.at_utc,
            ]
        )
        return AccountIssued(
            issuance=text.decode(),
            signature=sign(root_key or self.root_key, text).hex(),
            certificate=certificate_der(person.certificate).hex(),
            name=person.name,
            role=person.role,
            person=f"p-{person.name.split()[0].lower()}",
        )

    def pair(self, key: PrivateKey, letters: str, generation: int = 1) -> PairIssued:
        text = plain_json(
            [
                "dsl-desk/pair/1",
                self.desk,
                secrets.token_hex(16),
                letters,
                generation,
                public_bytes(key.public_key()).hex(),
                AT.at_utc,
            ]
        )
        custodians = {"A": str(self.ada.account), "B": str(self.ben.account), "C": "the bank"}
        return PairIssued(issuance=text.decode(), signature=sign(self.root_key, text).hex(), custodians=custodians)

    def unlocked(self, person: Person, mode: str = "rw", *, crashed: bool = False) -> Unlocked:
        database = self.database(mode)
        return Unlocked(
            database=database,
            folder=self.folder,
            desk=self.desk,
            account=person.account,
            agreement=person.agreement,
            root_sha256=self.root_sha256,
            device=DEVICE,
            keeper=Keys(self, database),
            program="test",
            crashed=crashed,
            outside_head=self.outside,
            steps=self.steps,
        )

    def database(self, mode: str = "rw") -> Database:
        path = self.folder / RECORDS
        if mode == "create":
            return open_database(path, self.vk, "create", self.steps)
        try:
            return open_database(path, self.vk, "rw", self.steps)
        except Exception:
            if not self.pending:
                raise
            database = open_database(path, self.pending, "rw", self.steps)
            self.vk, self.pending = self.pending, b""
            return database

    def open(self, person: Person | None = None, at: Moment = AT) -> OpenDesk:
        """Sign somebody in (Ada unless another is named)."""
        person = person or self.ada
        unlocked = self.unlocked(person)
        try:
            return OpenDesk.begin(unlocked, person.signer, at)
        except BaseException:
            unlocked.database.close()
            raise

    def look(self, person: Person | None = None) -> OpenDesk:
        """Open without a session: nothing is written."""
        return OpenDesk.read_only(self.unlocked(person or self.ada))

    def judge(self, person: Person | None = None) -> tuple[list[str], int]:
        """Open, work off what opening works off, check everything; an error counts as a finding."""
        try:
            desk = self.look(person)
        except Exception as error:  # noqa: BLE001 - what a damaged desk says is what is looked at
            return [f"desk: {type(error).__name__}: {error}"], 0
        try:
            found = [str(one) for one in self.opening(desk)]
            report = desk.check(lambda done, total: None)
            return found + [str(one) for one in report.findings], len(report.not_readable)
        except Exception as error:  # noqa: BLE001 - as above
            return [f"desk: {type(error).__name__}: {error}"], 0
        finally:
            desk.unlocked.database.close()

    def opening(self, desk: OpenDesk) -> list[Finding]:
        """What an unlock does about rotation, doomed files and parts before anybody works."""
        database = desk.unlocked.database
        register = read_register(database, self.desk, self.root_sha256, BOOK)
        on_chain = self.outside.seq == 0 or desk.kept.journal.digest_at(self.outside.seq) == self.outside.digest
        desk.unlocked.keeper.rotate_if_due()
        work_off_doomed(database, register, self.folder, no_steps)
        return list(sweep_blobs(database, register, self.folder, clear_parts=on_chain))

    def copy(self, folder: Path) -> World:
        """The same desk once more, to be harmed."""
        shutil.copytree(self.folder, folder)
        return replace(self, folder=folder, notes=dict(self.notes))

    def save(self) -> None:
        """Keep the volume keys where a later process finds them, as slots would."""
        (self.folder.parent / f"{self.folder.name}.keys").write_text(f"{self.vk.hex()}\n{self.pending.hex()}\n")

    def load(self) -> None:
        """Take up the keys that a process which is no more has kept."""
        path = self.folder.parent / f"{self.folder.name}.keys"
        if path.exists():
            vk, pending, *_ = path.read_text().split("\n")
            self.vk, self.pending = bytes.fromhex(vk), bytes.fromhex(pending)

    def pages(self) -> bytes:
        """Every page of the records decrypted with the volume key alone, free pages too."""
        found, raw = [], (self.folder / RECORDS).read_bytes()
        for at in range(0, len(raw), PAGE):
            page = raw[at : at + PAGE]
            opener = Cipher(algorithms.AES(self.vk), modes.CBC(page[-80:-64])).decryptor()
            found.append(opener.update(page[16 if at == 0 else 0 : -80]) + opener.finalize())
        return b"".join(found)

    def blob_files(self) -> list[Path]:
        return sorted((self.folder / BLOBS).iterdir())


def new_person(name: str, role: str, root: Certificate, root_key: PrivateKey) -> Person:
    signing = new_key()
    return Person(
        name=name,
        role=role,
        account=AccountId(hashlib.sha256(name.encode()).hexdigest()[:32]),
        signing=signing,
        agreement=new_key(),
        certificate=issue_leaf(name, signing.public_key(), root, root_key, START),
    )


def new_school(folder: Path, *, steps: Steps = no_steps) -> World:
    """People and an empty folder; no desk yet."""
    root_key = new_key()
    root = issue_root("Sample School root", root_key, START)
    (folder / BLOBS).mkdir(parents=True)
    ada, ben, cas, dot = (
        new_person(name, role, root, root_key)
        for name, role in (
            ("Ada Lead", "dsl"), ("Ben Head", "headteacher"), ("Cas Colleague", "deputy"), ("Dot Chair", "chair"),
        )
    )  # fmt: skip
    return World(
        folder=folder,
        desk=DeskId(secrets.token_hex(16)),
        root_key=root_key,
        root=root,
        ada=ada,
        ben=ben,
        cas=cas,
        dot=dot,
        pairs=[new_key() for _ in range(3)],
        vk=secrets.token_bytes(32),
        steps=steps,
    )


def begin_desk(world: World) -> OpenDesk:
    """Ada begins the desk; Ben, Cas and Dot are issued, and the three recovery pairs."""
    unlocked = world.unlocked(world.ada, "create")
    migrate(unlocked.database)
    created = DeskCreated(root=certificate_der(world.root).hex(), branch=secrets.token_hex(16), school="Sample School")
    desk = OpenDesk.create(unlocked, world.ada.signer, created, world.issued(world.ada), AT)
    strand = desk.desk_strand
    desk.write(strand, world.issued(world.ben), at=AT, also=(world.ada.signer, world.root_signer))
    for person in (world.cas, world.dot):
        desk.write(strand, world.issued(person), at=AT, also=(world.ada.signer, world.ben.signer))
    for key, letters in zip(world.pairs, ("AB", "AC", "BC"), strict=True):
        desk.write(strand, world.pair(key, letters), at=AT, also=(world.ada.signer, world.root_signer))
    return desk


def opened(reference: str) -> CaseOpened:
    return CaseOpened(reference=reference, school="Sample School", site="Main")


def concern(summary: str) -> ConcernRecorded:
    return ConcernRecorded(
        occurred_at="unknown",
        reported_at="2026-11-20T09:00:00+00:00",
        reporter="pupil",
        reported_to="Ada Lead",
        summary=summary,
        categories=("harmful_content",),
        suspected=Answer.NOT_SURE,
    )


def exhibit(facts: BlobFacts, mark: str, description: str = "A screenshot") -> ExhibitAdded:
    return ExhibitAdded(
        mark=mark,
        blob=facts.blob,
        sha256=facts.sha256,
        size=facts.size,
        blob_class=facts.blob_class,
        intake=next(iter(Intake)),
        description=description,
        original_name=facts.name,
        media_type="application/octet-stream",
        produced_by="Ada Lead",
        produced_by_person="p-ada",
        role="DSL",
        made_at_utc=AT.at_utc,
        made_at_local=AT.at_local,
        method="copied",
        source="a made-up phone",
        stop_questions_answered_no_by=("Ada Lead", "Ben Head"),
    )


def take_in(
    desk: OpenDesk, strand: StrandId, *contents: bytes, marks: str = "ABC", first: int = 1, at: Moment = AT
) -> list[BlobId]:
    """Take contents in under marks ABC/1, ABC/2, …; gives their blob ids."""
    recorded = desk.take_in(
        strand,
        [Source.from_bytes(f"file-{index}.bin", content) for index, content in enumerate(contents)],
        lambda facts: exhibit(facts, f"{marks}/{first + facts.index}"),
        BlobClass.EXHIBIT,
        at,
        lambda done, total: None,
        lambda: True,
    )
    return [
        BlobId(one.payload.data.blob) for one in recorded if one.payload and isinstance(one.payload.data, ExhibitAdded)
    ]


def begin_case(
    desk: OpenDesk, reference: str, *data: EntryData, readers: Sequence[AccountId] | None = None
) -> StrandId:
    return desk.begin_case(opened(reference), *data, at=AT, readers=readers)


def call(words: str, to: str = "the duty officer") -> CallLogged:
    return CallLogged(to=to, at=AT.at_local, outcome=CallOutcome.ANSWERED, words=words)


def judged(words: str) -> Judged:
    return Judged(judgement=Judgement.NONE, reasons=words)


def follow_up(words: str) -> FollowUpDone:
    return FollowUpDone(what=words)


def device_changed() -> DeviceChanged:
    return DeviceChanged(
        make="Sample", serial="S-1", location="office", state="on", this_laptop=False, reason="battery empty"
    )


def advice() -> AdviceApplied:
    return AdviceApplied(reason="as advised", grade_after=Grade.OPEN)


def linked(person: str) -> PersonLinked:
    return PersonLinked(
        person=person, role=PersonRole.AFFECTED, kind=next(iter(SubjectKind)), name=SUBJECT, note="sits by the window"
    )


def good_desk(folder: Path) -> World:
    """Ada and Ben lead, Cas is the colleague who must not read one case, Dot (the Chair) reads one case alone."""
    world = new_school(folder)
    desk = begin_desk(world)
    ada, ben, dot = world.ada.account, world.ben.account, world.dot.account
    one = begin_case(desk, OPEN_REF, concern("A picture was reported"))
    take_in(desk, one, b"picture" * 30000)
    desk.write(one, device_changed(), at=AT, also=(world.ada.signer,))
    hidden = begin_case(desk, RESTRICTED_REF, concern(f"{SUBJECT} was mentioned"), linked("p-zebedee"))
    take_in(desk, hidden, SUBJECT.encode() * 3000, marks="QQ")
    desk.save_draft(None, hidden, f"notes about {SUBJECT}".encode())
    desk.restrict(hidden, [ada, ben], AT)
    desk.write(hidden, follow_up(f"rang about {SUBJECT}"), advice(), at=AT, also=(world.ada.signer, world.ben.signer))
    take_in(desk, hidden, b"second" * 9, marks="QQ", first=2)
    birth = begin_case(desk, RESTRICTED_REF[:-1] + "B", concern(f"{SUBJECT} again"), readers=[ada, ben, dot])
    desk.restrict(birth, [ben, ada, dot], AT)
    desk.checkpoint("routine", AT)
    desk.close(AT)
    chair = world.open(world.dot)
    chair.write(birth, call("the Chair rang the LADO"), at=AT)
    chair.close(AT)
    colleague = world.open(world.cas)
    colleague.write(one, call("by the colleague"), judged("nothing more"), at=AT)
    own = begin_case(colleague, "MI-2026-QWN2", concern("kept by the colleague"))
    colleague.restrict(own, [world.cas.account], AT)
    colleague.checkpoint("routine", AT)
    colleague.close(AT)
    head = world.open(world.ben)
    head.write(one, follow_up("by Ben"), at=AT)
    head.checkpoint("routine", AT)
    head.close(AT)
    world.notes.update(one=one, hidden=hidden, birth=birth, own=own)
    return world

"""The composition root: the one module that sees every layer and builds everything.

A desk is opened or begun here, and the services that work on it are handed their
parts; nothing below knows where its parts come from.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from dsl_desk import __version__
from dsl_desk.clock import SystemClock
from dsl_desk.domain.case_entries import BOOK
from dsl_desk.domain.errors import StoreError
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.words import CASE_REF_SYMBOLS, IDENTIFIER, AccountId, CaseRef, DeviceId, StrandId
from dsl_desk.exports.pack.verdict import Verdict
from dsl_desk.exports.pack.verifier import verify_pack
from dsl_desk.paths import config_folder, make_private
from dsl_desk.services.access_log import AccessLogService
from dsl_desk.services.account_care import AccountCareService
from dsl_desk.services.acting import ActingService
from dsl_desk.services.advice import AdviceService
from dsl_desk.services.care import CareService, Caretaker
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.case_list import CaseListService
from dsl_desk.services.case_work import CaseWorkService
from dsl_desk.services.change_log import ChangeLog
from dsl_desk.services.concern import ConcernService
from dsl_desk.services.deadlines import DeadlineService
from dsl_desk.services.destroying import DestroyingService
from dsl_desk.services.devices import DeviceService
from dsl_desk.services.disposing import DisposingService
from dsl_desk.services.exhibits import ExhibitService
from dsl_desk.services.forms import PdfForms
from dsl_desk.services.governors import GovernorService
from dsl_desk.services.halt import HaltService
from dsl_desk.services.halt_switch import HaltSwitch
from dsl_desk.services.handover import HandoverService
from dsl_desk.services.home import HomeService
from dsl_desk.services.judgement import JudgementService
from dsl_desk.services.keeping import KeepingService
from dsl_desk.services.letting_in import LettingInService
from dsl_desk.services.listing import ListingService
from dsl_desk.services.low_level import SchoolRegisters
from dsl_desk.services.policy_care import PolicyCareService
from dsl_desk.services.ports import Clock, NoProgress, Progress
from dsl_desk.services.post_care import PostCareService
from dsl_desk.services.preview import ChildPreviews
from dsl_desk.services.printing import PrintingService
from dsl_desk.services.putting_back import PuttingBackService
from dsl_desk.services.readers import ReaderService
from dsl_desk.services.redaction import RedactionService
from dsl_desk.services.referral import ReferralService
from dsl_desk.services.registers import RegisterService
from dsl_desk.services.review import ReviewService
from dsl_desk.services.routes import RouteService
from dsl_desk.services.school import SchoolRegister
from dsl_desk.services.school_days import SchoolDaysService
from dsl_desk.services.set_up import SetUpService
from dsl_desk.services.settings import SettingsService
from dsl_desk.services.sign_off import SignOffService
from dsl_desk.services.stop_at_once import StopAtOnceService
from dsl_desk.services.triage import TriageService
from dsl_desk.services.unlock import UnlockService
from dsl_desk.signatures import Signer
from dsl_desk.store import accounts, backup, codes
from dsl_desk.store.access import AccessReading
from dsl_desk.store.backup import BackupWritten
from dsl_desk.store.creation import Created, SetUp, check_new_place, create
from dsl_desk.store.credentials import Credentials, Older
from dsl_desk.store.desk import OpenDesk
from dsl_desk.store.device_secret import Keyring, OsKeyring
from dsl_desk.store.disks import Disks, SystemDisks
from dsl_desk.store.files import read_file, write_beside
from dsl_desk.store.folder import Places
from dsl_desk.store.issuing import NewPerson, Secret
from dsl_desk.store.key_slots import SlotCost
from dsl_desk.store.laptop import Laptop
from dsl_desk.store.opening import unlock
from dsl_desk.store.restricting import Readership
from dsl_desk.store.rotation import RotationWaitsError
from dsl_desk.store.unlocked import Proved
from dsl_desk.store.values import HealthReport

PROGRAM = f"DSL Desk {__version__}"
_DEVICE_FILE = "device"


class SystemChance:
    """Randomness from the operating system."""

    def identifier(self) -> str:
        """32 random hex digits."""
        return secrets.token_hex(16)

    def reference(self, year: int) -> CaseRef:
        """A case reference, random within the year, so that nothing can be counted or missed."""
        symbols = "".join(secrets.choice(CASE_REF_SYMBOLS) for _ in range(4))
        return CaseRef(f"MI-{year}-{symbols}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What of the laptop a desk is opened with; a rehearsal and tests bring their own."""

    config: Path = field(default_factory=config_folder)
    keyring: Keyring = field(default_factory=OsKeyring)
    disks: Disks = field(default_factory=SystemDisks)
    cost: SlotCost = field(default_factory=SlotCost)
    clock: Clock = field(default_factory=SystemClock)
    rehearsal: bool = False
    """Whether a desk that is begun here is made up; it says so for ever, in store, certificates and packs."""

    def laptop(self, folder: Path) -> Laptop:
        """Everything one desk needs from this laptop."""
        return Laptop(
            places=Places(folder=folder, config=self.config),
            keyring=self.keyring,
            disks=self.disks,
            device=this_device(self.config),
            program=PROGRAM,
            cost=self.cost,
        )


def this_device(config: Path) -> DeviceId:
    """The name entries give this login of the laptop: random, made once, says nothing of its owner."""
    place = make_private(config) / _DEVICE_FILE
    if place.exists():
        kept = read_file(place).decode("ascii", errors="replace").strip()
        if IDENTIFIER.fullmatch(kept):
            return DeviceId(kept)
    fresh = secrets.token_hex(16)
    write_beside(place, fresh.encode("ascii"))
    return DeviceId(fresh)


class _Opener:
    """Opens one desk's folder with what this laptop has."""

    def __init__(self, laptop: Laptop) -> None:
        self._laptop = laptop

    def unlock(self, credentials: Credentials, at: Moment, older: Older = None) -> OpenDesk:
        """Open the desk."""
        return unlock(self._laptop, credentials, at, older=older)


class _Accounts:
    """Accounts and codes of an open desk."""

    def __init__(self, desk: OpenDesk) -> None:
        self._desk = desk

    def issue(self, person: NewPerson, by: tuple[Signer, Signer], at: Moment) -> AccountId:
        """Give somebody an account, by two who have just proved themselves."""
        return accounts.issue_account(self._desk, person, by=(_proved(by[0]), _proved(by[1])), at=at)

    def confirm_codes(self, first: str, second: str) -> None:
        """Two codes typed back from paper."""
        codes.confirm_codes(self._desk, first, second)

    def codes_confirmed(self) -> bool:
        """Whether that was done."""
        return codes.codes_confirmed(self._desk)

    def withdraw(self, account: AccountId, by: tuple[Signer, Signer], reason: str, at: Moment) -> None:
        """End somebody's access, by two who have just proved themselves."""
        two = (_proved(by[0]), _proved(by[1]))
        with self._key_may_wait():
            accounts.withdraw_account(self._desk, account, by=two, reason=reason, at=at)

    def replace_keys(self, account: AccountId, new: Secret, by: tuple[Signer, Signer], reason: str, at: Moment) -> None:
        """Fresh keys for somebody; the old passphrase opens nothing more."""
        two = (_proved(by[0]), _proved(by[1]))
        with self._key_may_wait():
            accounts.replace_keys(self._desk, account, new=new, by=two, reason=reason, at=at)

    @contextmanager
    def _key_may_wait(self) -> Iterator[None]:
        """What was done holds; a change of the desk's own key that finds no room is due at the next opening."""
        try:
            yield
        except RotationWaitsError as error:
            accounts.custody_of(self._desk).rotation_fault = str(error)

    def new_passphrase(self, sign_in_name: str, passphrase: str, new: Secret, at: Moment) -> None:
        """Change one's own passphrase."""
        accounts.new_passphrase(self._desk, sign_in_name, passphrase, new=new, at=at)

    def replace_codes(self, custodians: Mapping[str, str], by: tuple[Signer, Signer], at: Moment) -> tuple[str, ...]:
        """Three new recovery codes; every earlier set opens nothing more."""
        two = (_proved(by[0]), _proved(by[1]))
        return codes.replace_codes(self._desk, custodians=custodians, by=two, at=at)

    def generation(self) -> int:
        """Which set of recovery codes is in force."""
        return codes.generation(self._desk)

    def key_store_fault(self) -> str:
        """What this laptop's key store last refused, or nothing."""
        return accounts.custody_of(self._desk).keyring_fault or ""

    def key_waits(self) -> str:
        """Why a change of the desk's own key has to wait, or nothing."""
        return accounts.custody_of(self._desk).rotation_fault or ""


def _proved(signer: Signer) -> Proved:
    if not isinstance(signer, Proved):
        raise StoreError("Prove who you are again, with your own passphrase. Nothing was changed.")
    return signer


class _Caretaker:
    """Checks, index, key and backup of an open desk."""

    def __init__(self, desk: OpenDesk) -> None:
        self._desk = desk

    def check(self, progress: Progress) -> HealthReport:
        """Check everything."""
        return self._desk.check(progress.report)

    def rebuild_index(self) -> bool:
        """Make the index anew."""
        return self._desk.rebuild_index()

    def rotate(self) -> None:
        """Give the desk a fresh volume key."""
        self._desk.rotate()

    def backup(self, medium: Path, medium_name: str, at: Moment, progress: Progress) -> BackupWritten:
        """Write a backup and have a fresh process verify it."""
        return backup.write_backup(self._desk, medium, at, progress.report, medium_name=medium_name)


class _Readers:
    """Who reads what on an open desk, and whose new key waits."""

    def __init__(self, desk: OpenDesk) -> None:
        self._desk = desk

    def restricted(self) -> tuple[StrandId, ...]:
        """Restricted strands that this person holds the key of."""
        return self._desk.restricting.readable()

    def readership(self, strand: StrandId) -> Readership | None:
        """Who may read a strand."""
        return self._desk.readership(strand)

    def key_of(self, account: AccountId) -> str:
        """SHA-256 of an account's key, as the register knows it."""
        return self._desk.restricting.key_of(account)

    def own_key(self) -> str:
        """SHA-256 of the key in use."""
        return self._desk.restricting.own_key()

    def register_strands(self, name: str) -> tuple[StrandId, ...]:
        """Where a register is kept."""
        return self._desk.register_strands(name)

    def confirm_reader(self, strand: StrandId, reader: AccountId, at: Moment) -> None:
        """A reader's new key was compared."""
        self._desk.confirm_reader(strand, reader, at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Every use case, for the person signed in."""

    desk: OpenDesk
    clock: Clock
    switch: HaltSwitch
    register: SchoolRegister
    book: CaseBook
    set_up: SetUpService
    settings: SettingsService
    posts: PostCareService
    devices: DeviceService
    policy_care: PolicyCareService
    account_care: AccountCareService
    change_log: ChangeLog
    access_log: AccessLogService
    acting: ActingService
    concern: ConcernService
    triage: TriageService
    work: CaseWorkService
    routes: RouteService
    review: ReviewService
    exhibits: ExhibitService
    redaction: RedactionService
    halt: HaltService
    advice: AdviceService
    judgement: JudgementService
    sign_off: SignOffService
    referral: ReferralService
    handover: HandoverService
    printing: PrintingService
    governors: GovernorService
    keeping: KeepingService
    care: CareService
    home: HomeService
    deadlines: DeadlineService
    school_days: SchoolDaysService
    listing: ListingService
    lists: CaseListService
    letting_in: LettingInService
    stop_at_once: StopAtOnceService
    registers: RegisterService
    readers: ReaderService
    disposing: DisposingService
    destroying: DestroyingService

    def prove(self, sign_in_name: str, passphrase: str) -> Proved:
        """Somebody's own signing key, with the passphrase typed at this moment; held for one act."""
        return self.desk.prove(sign_in_name, passphrase, self.clock.now())

    def prove_codes(self, first: str, second: str) -> Proved:
        """The school root, opened by two recovery codes typed at this moment; held for one act."""
        return self.desk.prove_codes(first, second)

    def close(self) -> None:
        """Sign out and let go of the folder."""
        self.desk.close(self.clock.now())


def services(desk: OpenDesk, clock: Clock, switch: HaltSwitch | None = None) -> Services:
    """Build every service on an open desk; a halt pressed before a lock is kept in the switch that is given."""
    switch = switch or HaltSwitch()
    register = SchoolRegister(desk)
    book = CaseBook(desk, clock, register, switch)
    printing = PrintingService(book)
    keeping, destroying, halts = KeepingService(book), DestroyingService(book, printing), HaltService(book)
    sign_off, held = SignOffService(book, printing, PdfForms()), _Accounts(desk)
    set_up, settings = SetUpService(book, printing, held, keeping), SettingsService(book, desk)
    listing, concern = ListingService(book), ConcernService(book, SystemChance())
    registers = SchoolRegisters(book, desk, printing, SystemChance().identifier, concern)
    due = DeadlineService(book)
    readers = ReaderService(book, _Readers(desk), keeping, settings, registers)
    book.watch_laptop()
    return Services(
        desk=desk,
        clock=clock,
        switch=switch,
        register=register,
        book=book,
        set_up=set_up,
        settings=settings,
        posts=PostCareService(book, settings, SystemChance().identifier),
        devices=DeviceService(book, settings, SystemChance().identifier),
        policy_care=PolicyCareService(book, settings),
        change_log=ChangeLog(book),
        acting=ActingService(book, settings),
        access_log=AccessLogService(book, printing, AccessReading(desk)),
        account_care=AccountCareService(book, set_up, settings, desk, held, SystemChance().identifier),
        concern=concern,
        triage=TriageService(book, keeping, halts),
        work=CaseWorkService(book, keeping, halts),
        routes=RouteService(book),
        review=ReviewService(book, halts),
        exhibits=ExhibitService(book, ChildPreviews()),
        redaction=RedactionService(book, ChildPreviews()),
        halt=halts,
        advice=AdviceService(book),
        judgement=JudgementService(book),
        sign_off=sign_off,
        referral=ReferralService(book),
        handover=HandoverService(book, printing, sign_off, PROGRAM),
        printing=printing,
        governors=GovernorService(book, printing),
        keeping=keeping,
        care=CareService(book, _Caretaker(desk)),
        home=HomeService(book, set_up, due, (registers, destroying.certificates), readers),
        deadlines=due,
        school_days=SchoolDaysService(book, settings),
        listing=listing,
        lists=CaseListService(book, listing),
        letting_in=LettingInService(book, set_up, desk),
        stop_at_once=StopAtOnceService(book, halts, concern, printing),
        registers=registers,
        readers=readers,
        disposing=DisposingService(book),
        destroying=destroying,
    )


def may_begin_in(folder: Path, around: Surroundings) -> None:
    """Whether a desk may be begun in this folder; raises RefusedPlaceError, UnreachableFolderError, MediumError."""
    check_new_place(around.laptop(folder))


def begin_desk(folder: Path, plan: SetUp, around: Surroundings) -> Created:
    """Begin a desk in an empty folder; raises RefusedPlaceError, InputError, KeyringError, DiskFullError."""
    return create(around.laptop(folder), plan, around.clock.now())


def opener(folder: Path, around: Surroundings) -> UnlockService[OpenDesk]:
    """What opens the desk in this folder."""
    return UnlockService(_Opener(around.laptop(folder)), around.clock)


def putting_back(around: Surroundings) -> PuttingBackService:
    """What puts a backup in the place of a desk that is shut."""
    return PuttingBackService(around.laptop, lambda folder: opener(folder, around), around.clock)


def verify(
    pack: Path,
    fingerprint: str | None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Verdict:
    """Judge a pack by itself; needs no desk. Raises CouldNotJudge, InputError, MediumError."""
    report = (progress or NoProgress()).report
    return verify_pack(pack, book=BOOK, fingerprint=fingerprint, progress=report, cancelled=cancelled)


def caretaker(desk: OpenDesk) -> Caretaker:
    """What looks after an open desk, also one that was opened with two codes and nobody by name."""
    return _Caretaker(desk)


def forgotten_passphrase(
    desk: OpenDesk, account: AccountId, new: Secret, codes_typed: tuple[str, str], clock: Clock
) -> None:
    """New keys for somebody who forgot their passphrase, with two recovery codes; the old ones open nothing more."""
    root = desk.prove_codes(*codes_typed)
    accounts.forgotten_passphrase(desk, account, new=new, root=root, at=clock.now())

"""A desk begins: its first people, three codes, a root that nobody holds alone (format sections 1 and 8).

Made only in an empty folder, and never over anything. Until the key slots are
written nothing of it can be opened, so a set-up that was cut off leaves a folder
that is refused, and no half desk.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from filelock import BaseFileLock

from dsl_desk.domain.desk_entries import DeskCreated
from dsl_desk.domain.encoding import NO_DIGEST
from dsl_desk.domain.errors import InputError, KeyringError
from dsl_desk.domain.journal import Head
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.text import clean_account_name
from dsl_desk.domain.words import ROOT_ACCOUNT, AccountId, DeskId, Duty
from dsl_desk.paths import make_private
from dsl_desk.signatures import certificate_der, certificate_sha256, common_name, issue_root, new_key
from dsl_desk.store.codes import put_beside
from dsl_desk.store.connection import KEY_BYTES, open_database
from dsl_desk.store.custody import Custody
from dsl_desk.store.desk import OpenDesk
from dsl_desk.store.device_secret import DeviceItem, write_item
from dsl_desk.store.disks import check_place
from dsl_desk.store.folder import check_empty, make_folder, unmake_folder
from dsl_desk.store.folder_lock import take_lock
from dsl_desk.store.holdings import Holdings, new_id
from dsl_desk.store.issuing import REHEARSAL, Bound, NewPerson, Root, bind_account, bind_pairs
from dsl_desk.store.key_slots import DEVICE_BYTES
from dsl_desk.store.laptop import Laptop
from dsl_desk.store.migrations import migrate
from dsl_desk.store.recovery_codes import new_codes, printed
from dsl_desk.store.signing_keys import keep_signing_key, wrap_root_anew
from dsl_desk.store.slots_file import SlotsFile, SlotsHead
from dsl_desk.store.unlocked import Proved, Unlocked

FIRST_ISSUERS = 2
"""Until the Headteacher has an account the desk's first two let others in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """What a school decides before its desk exists."""

    school: str
    """Name on the root certificate and on papers: 1 to 50 characters."""
    people: Sequence[NewPerson]
    """The first is signed in at once; the first two hold the duty to issue unless it is given to somebody."""
    custodians: Mapping[str, str] = field(default_factory=dict)
    """Letter of a recovery code to who keeps its envelope: the sign-in name of one of the people, or words."""
    rehearsal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Created:
    """A desk that was just begun, open, and its codes: shown once, kept nowhere."""

    desk: OpenDesk
    codes: tuple[str, ...] = field(repr=False)
    accounts: tuple[AccountId, ...]
    """In the order of the people given."""


def check_new_place(laptop: Laptop) -> None:
    """Say at once whether a desk may be begun here, before anybody types a passphrase; nothing is made.

    Raises RefusedPlaceError, UnreachableFolderError, MediumError.
    """
    check_place(laptop.places.folder, laptop.disks)
    check_empty(laptop.places.folder)


def create(laptop: Laptop, plan: SetUp, at: Moment) -> Created:
    """Begin a desk in an empty folder and open it for the first of its people.

    Raises RefusedPlaceError, InputError, KeyringError (nobody but people with
    reduced protection can then be let in), DiskFullError.
    """
    school = _check(plan)
    places = laptop.places
    check_place(places.folder, laptop.disks)
    make_folder(places.folder)
    make_private(places.config)
    lock = take_lock(places)
    try:
        return _create(laptop, plan, school, lock, at)
    except KeyringError:
        lock.release(force=True)
        unmake_folder(places)  # nothing was kept yet: the same folder may be tried again, with reduced protection
        raise
    except BaseException:
        lock.release(force=True)
        raise


def _check(plan: SetUp) -> str:
    if not plan.people:
        raise InputError("A desk is set up by somebody. Nothing was made.")
    names = [person.secret.sign_in_name.casefold() for person in plan.people]
    if len(set(names)) < len(names):
        raise InputError("Two people want the same sign-in name. Give each their own; nothing was made.")
    for person in plan.people:
        clean_account_name(person.name)
    return clean_account_name(plan.school)


def _create(laptop: Laptop, plan: SetUp, school: str, lock: BaseFileLock, at: Moment) -> Created:
    key, branch = new_key(), new_id()
    common = f"{REHEARSAL} {school}" if plan.rehearsal else school
    root = Root(certificate=issue_root(common, key, at.utc), key=key)
    holdings = _holdings(laptop, root, lock, keep=not all(one.secret.reduced for one in plan.people), branch=branch)
    database = holdings.database
    try:
        migrate(database)
        with database.transaction("desk's own values"):
            for name, value in (
                ("desk_id", holdings.desk),
                ("device_secret", holdings.device),
                ("branch", branch),
                ("open", 1),
                ("rotation_due", 0),
                ("vk_high", holdings.generation),
            ):
                database.set_state(name, value)
        return _people_it(holdings, plan, root, branch, school, at)
    except BaseException:
        database.close()
        raise


def _holdings(laptop: Laptop, root: Root, lock: BaseFileLock, *, keep: bool, branch: str) -> Holdings:
    """Fresh keys; the device secret goes into the key store before anything of the desk exists."""
    vk, desk, device = os.urandom(KEY_BYTES), DeskId(new_id()), os.urandom(DEVICE_BYTES)
    name = certificate_sha256(root.certificate)
    try:
        write_item(laptop.keyring, desk, DeviceItem(device=device, root_sha256=name, branch=branch, head=Head()))
    except KeyringError:
        if keep:
            raise
    file = SlotsFile(desk=desk, counter=0, head=SlotsHead(seq=0, digest=NO_DIGEST, branch=""))
    return Holdings(
        laptop=laptop,
        desk=desk,
        lock=lock,
        slots=file,
        slots_sha256=NO_DIGEST,
        database=open_database(laptop.places.records, vk, "create", laptop.steps),
        vk=vk,
        generation=1,
        device=device,
        root_sha256=name,
    )


def _people_it(holdings: Holdings, plan: SetUp, root: Root, branch: str, school: str, at: Moment) -> Created:
    bound = [
        bind_account(holdings, root, AccountId(new_id()), person, at, rehearsal=plan.rehearsal)
        for person in _with_issuers(plan.people)
    ]
    first = bound[0]
    created = DeskCreated(
        root=certificate_der(root.certificate).hex(), branch=branch, rehearsal=plan.rehearsal, school=school
    )
    desk = OpenDesk.create(_unlocked(holdings, first), _proved(first), created, first.told, at)
    codes = new_codes(1)
    pairs = bind_pairs(holdings, root, codes, _custodians(plan, bound), at)
    by = (_proved(first), _as_signer(root, first))
    with desk.kept.act("people and codes", at):
        for other in bound[1:]:
            desk.kept.append(desk.desk_strand, other.told, at=at, also=by)
        for pair in pairs:
            desk.kept.append(desk.desk_strand, pair.told, at=at, also=by)
        for one in bound:
            keep_signing_key(holdings, one.slot, one.secret, one.signing, one.certificate_sha256)
        wrap_root_anew(holdings, holdings.register(), root.key)
    holdings.slots = _with_people(holdings, bound)
    put_beside(holdings, codes, pairs)
    desk.unlocked.keeper.head_moved(desk.head(), branch, at, at_once=True)
    return Created(
        desk=desk,
        codes=tuple(printed(holdings.desk, code) for code in codes),
        accounts=tuple(_account_of(one) for one in bound),
    )


def _with_issuers(people: Sequence[NewPerson]) -> list[NewPerson]:
    """Somebody must be able to let others in: the first two, unless the duty was given."""
    if any(Duty.ISSUER in person.duties for person in people):
        return list(people)
    return [
        replace(person, duties=(*person.duties, Duty.ISSUER)) if number < FIRST_ISSUERS else person
        for number, person in enumerate(people)
    ]


def _custodians(plan: SetUp, bound: Sequence[Bound]) -> dict[str, str]:
    """Who keeps an envelope, by account where it is one of the people: a subject of a record must not open it."""
    names = {person.secret.sign_in_name: _account_of(one) for person, one in zip(plan.people, bound, strict=True)}
    return {letter: names.get(who, who) for letter, who in plan.custodians.items()}


def _with_people(holdings: Holdings, bound: Sequence[Bound]) -> SlotsFile:
    file = holdings.slots
    return SlotsFile(
        desk=file.desk,
        counter=file.counter,
        slots=tuple(one.slot for one in bound),
        escrow=file.escrow,
        head=file.head,
    )


def _account_of(bound: Bound) -> AccountId:
    return AccountId(bound.slot.holder)


def _proved(bound: Bound) -> Proved:
    return Proved(
        account=_account_of(bound),
        name=common_name(bound.certificate),
        certificate=bound.certificate,
        key=bound.signing,
        agreement=bound.agreement,
    )


def _as_signer(root: Root, first: Bound) -> Proved:
    """The root as second signer of everything that belongs to set-up."""
    return Proved(
        account=ROOT_ACCOUNT,
        name=common_name(root.certificate),
        certificate=root.certificate,
        key=root.key,
        agreement=first.agreement,
    )


def _unlocked(holdings: Holdings, first: Bound) -> Unlocked:
    return Unlocked(
        database=holdings.database,
        folder=holdings.laptop.places.folder,
        desk=holdings.desk,
        account=_account_of(first),
        agreement=first.agreement,
        root_sha256=holdings.root_sha256,
        device=holdings.laptop.device,
        keeper=Custody(holdings),
        program=holdings.laptop.program,
        steps=holdings.laptop.steps,
    )

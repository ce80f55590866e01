"""People of the desk: issuing, new passphrases, keys replaced, access ended (format section 1).

Each change of who may enter is: slots beside the old ones, one transaction of
entries and rows, old slots gone, volume key rotated. Cut off anywhere, the next
opening finds exactly one of the two states, and access that was ended stays ended.
"""

from collections.abc import Iterator
from dataclasses import replace

from dsl_desk.domain.desk_entries import CertificateWithdrawn
from dsl_desk.domain.errors import InputError, StoreError
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.words import ROOT_ACCOUNT, AccountId, Duty, Role
from dsl_desk.signatures import key_id
from dsl_desk.store.custody import Custody
from dsl_desk.store.desk import OpenDesk
from dsl_desk.store.holdings import Holdings, new_id
from dsl_desk.store.issuing import Bound, NewPerson, Root, Secret, bind_account, plan_account, seal_account
from dsl_desk.store.register import Register
from dsl_desk.store.register_values import Issuance
from dsl_desk.store.signing_keys import (
    account_behind,
    drop_other_salts,
    drop_signing_keys,
    keep_signing_key,
    root_by_two,
    signer_of,
    wrap_root_anew,
)
from dsl_desk.store.slots_file import Slot
from dsl_desk.store.unlocked import Proved

FIRST_ISSUERS = 2
Two = tuple[Proved, Proved]
"""The two people who do it together: two issuers, or one person and the root by two codes. One of them is signed in."""


class NoSuchAccountError(InputError):
    """Nobody with access to this desk is meant by that. Nothing was changed."""


def custody_of(desk: OpenDesk) -> Custody:
    """Who keeps this open desk's slots and keys."""
    keeper = desk.unlocked.keeper
    if not isinstance(keeper, Custody):
        raise StoreError("This desk was opened in a way that keeps no keys. Nothing was changed.")
    return keeper


def root_in_hand(custody: Custody, register: Register, by: Two) -> Root:
    """The school root opened by two; raises NotReadableError where these two do not hold it."""
    if register.root is None:  # pragma: no cover - read_register refuses a desk without one
        raise StoreError
    return Root(certificate=register.root, key=root_by_two(custody.holdings, register, *by))


def slots_of(holdings: Holdings, account: AccountId) -> Iterator[Slot]:
    """Every slot of an account."""
    return (slot for slot in holdings.slots.slots if slot.type != "pair" and slot.holder == account)


def issue_account(desk: OpenDesk, person: NewPerson, *, by: Two, at: Moment) -> AccountId:
    """Give somebody access, by two people; returns the new account.

    Raises NotReadableError where the two do not hold the duty to issue, InputError
    for a name that is taken or a passphrase that is too short, ProcedureError.
    """
    custody = custody_of(desk)
    holdings, register = custody.holdings, custody.holdings.register()
    root = root_in_hand(custody, register, by)
    account = AccountId(new_id())
    person = _first_issuers(register, person)
    bound = bind_account(holdings, root, account, person, at, rehearsal=desk.rehearsal)
    holdings.replace_slots((*holdings.slots.slots, bound.slot))
    try:
        with desk.kept.act("account issued", at):
            desk.kept.append(desk.desk_strand, bound.told, at=at, also=by)
            keep_signing_key(holdings, bound.slot, bound.secret, bound.signing, bound.certificate_sha256)
            wrap_root_anew(holdings, holdings.register(), root.key)
    except BaseException:
        holdings.replace_slots(slot for slot in holdings.slots.slots if slot.slot != bound.slot.slot)
        raise
    desk.checkpoint("account", at)
    return account


def _first_issuers(register: Register, person: NewPerson) -> NewPerson:
    """While fewer than two people can let others in, the next one gets that duty."""
    holding = [one for one in register.issuances if one.withdrawn_seq is None and Duty.ISSUER.value in one.told.duties]
    if len(holding) >= FIRST_ISSUERS or Duty.ISSUER in person.duties:
        return person
    return replace(person, duties=(*person.duties, Duty.ISSUER))


def new_passphrase(desk: OpenDesk, sign_in_name: str, passphrase: str, *, new: Secret, at: Moment) -> None:
    """Change one's own passphrase: two private keys sealed anew with a fresh salt, and nothing else.

    Only where nobody else knows the old one. Raises WrongPassphraseError, InputError.
    """
    custody = custody_of(desk)
    holdings, register = custody.holdings, custody.holdings.register()
    way = custody.way_in(sign_in_name, passphrase, at)
    person = signer_of(holdings, register, way)
    old = holdings.slot(way.slot.slot)
    reduced = old.type == "account-no-device"
    secret = Secret(sign_in_name=new.sign_in_name, passphrase=new.passphrase, reduced=reduced)
    plan = plan_account(holdings, person.account, secret, old.slot)
    slot, sealed_under = seal_account(holdings, plan, new.passphrase, way.opened.agreement)
    certificate = account_behind(register, old).certificate_sha256
    with holdings.database.transaction("new passphrase beside the old"):
        keep_signing_key(holdings, slot, sealed_under, person.key, certificate)
    holdings.replace_slots(slot if one.slot == old.slot else one for one in holdings.slots.slots)
    with holdings.database.transaction("old passphrase gone"):
        drop_other_salts(holdings.database, slot)


def replace_keys(desk: OpenDesk, account: AccountId, *, new: Secret, by: Two, reason: str = "", at: Moment) -> None:
    """Fresh keys for somebody whose old passphrase others may know; the old certificate ends.

    `by` are two issuers, or the root by two codes and one other person. Where the
    account is the one signed in, its session ends here: close the desk and open it
    with the new passphrase. Cut off before the transaction, the old passphrase
    opens; after it, the new one alone.
    """
    custody = custody_of(desk)
    root = root_in_hand(custody, custody.holdings.register(), by)
    before, bound = _new_keys(desk, custody, root, account, new, at)
    _exchange(desk, before, bound, root=root, by=by, reason=reason or "keys replaced", at=at)


def forgotten_passphrase(
    desk: OpenDesk, account: AccountId, *, new: Secret, root: Proved, other: Proved | None = None, at: Moment
) -> None:
    """New keys for somebody who forgot their passphrase, with two recovery codes.

    `other` is a second person who types their own passphrase. Where nobody is left
    who can, the person's own new certificate signs beside the root. Signed in with the
    codes alone, what that pair reads is wrapped to the new key as it is, without a new
    epoch: nobody knows a forgotten passphrase (docs/decisions/010).
    """
    if root.account != ROOT_ACCOUNT:
        raise InputError("Two recovery codes are needed for this. Nothing was changed.")
    custody = custody_of(desk)
    in_hand = Root(certificate=root.certificate, key=root.key)
    before, bound = _new_keys(desk, custody, in_hand, account, new, at)
    itself = Proved(
        account=account,
        name=before.told.name,
        certificate=bound.certificate,
        key=bound.signing,
        agreement=bound.agreement,
    )
    by = (other or itself, root)
    _exchange(desk, before, bound, root=in_hand, by=by, reason="passphrase forgotten", at=at)
    if desk.unlocked.account == ROOT_ACCOUNT:  # the pair hands on the strands it reads itself; others wait to compare
        desk.restricting.renew(at)


def _new_keys(
    desk: OpenDesk, custody: Custody, root: Root, account: AccountId, new: Secret, at: Moment
) -> tuple[Issuance, Bound]:
    before = _speaking(custody.holdings.register(), account)
    person = _as_before(before, new)
    return before, bind_account(custody.holdings, root, account, person, at, rehearsal=desk.rehearsal)


def _exchange(desk: OpenDesk, before: Issuance, bound: Bound, *, root: Root, by: Two, reason: str, at: Moment) -> None:
    """The four steps: new slot beside the old, one transaction, old slot gone, rotation."""
    custody = custody_of(desk)
    holdings = custody.holdings
    old = [slot.slot for slot in slots_of(holdings, before.account)]
    holdings.replace_slots((*holdings.slots.slots, bound.slot))
    try:
        with desk.kept.act("keys replaced", at):
            _exchange_rows(desk, holdings, before, bound, old, root=root, by=by, reason=reason, at=at)
    except BaseException:
        holdings.replace_slots(slot for slot in holdings.slots.slots if slot.slot != bound.slot.slot)
        raise
    holdings.replace_slots(slot for slot in holdings.slots.slots if slot.slot not in old)
    custody.rotate()


def _exchange_rows(
    desk: OpenDesk,
    holdings: Holdings,
    before: Issuance,
    bound: Bound,
    old: list[str],
    *,
    root: Root,
    by: Two,
    reason: str,
    at: Moment,
) -> None:
    """New issuance, new epochs for what this reader reads, old certificate withdrawn last: it ends their session."""
    withdrawn = CertificateWithdrawn(certificate=before.certificate_sha256, account=before.account, reason=reason)
    desk.kept.append(desk.desk_strand, bound.told, at=at, also=by)
    if desk.unlocked.account != ROOT_ACCOUNT:  # with two codes nobody is signed in who reads for themselves
        desk.new_epochs(at)
    desk.kept.append(desk.desk_strand, withdrawn, at=at, also=by)
    drop_signing_keys(holdings.database, old)
    keep_signing_key(holdings, bound.slot, bound.secret, bound.signing, bound.certificate_sha256)
    wrap_root_anew(holdings, holdings.register(), root.key)
    holdings.set_rotation_due()


def withdraw_account(desk: OpenDesk, account: AccountId, *, by: Two, reason: str, at: Moment) -> None:
    """End somebody's access, by two people: at once, whatever follows; then the volume key is changed."""
    custody = custody_of(desk)
    holdings, register = custody.holdings, custody.holdings.register()
    before = _speaking(register, account)
    old = [slot.slot for slot in slots_of(holdings, account)]
    withdrawn = CertificateWithdrawn(certificate=before.certificate_sha256, account=account, reason=reason)
    root = _root_if_held(custody, register, by)
    with desk.kept.act("access ended", at):
        desk.kept.append(desk.desk_strand, withdrawn, at=at, also=by)
        drop_signing_keys(holdings.database, old)
        _drop_root_wraps(holdings, register, account)
        if root is not None:
            wrap_root_anew(holdings, holdings.register(), root.key)
        holdings.set_rotation_due()
    holdings.replace_slots(slot for slot in holdings.slots.slots if slot.slot not in old)
    if desk.unlocked.account != account:
        desk.checkpoint("account", at)
    custody.rotate()


def _root_if_held(custody: Custody, register: Register, by: Two) -> Root | None:
    """The root where these two hold it together; a leaver's wraps go in either case."""
    try:
        return root_in_hand(custody, register, by)
    except StoreError:
        return None


def _drop_root_wraps(holdings: Holdings, register: Register, account: AccountId) -> None:
    keys = {key_id(known.agreement) for known in register.issuances if known.account == account}
    for (holders,) in holdings.database.rows("SELECT holders FROM root_wrap"):
        if keys & set(holders.split(",")):
            holdings.database.execute("DELETE FROM root_wrap WHERE holders = ?", (holders,))


def _speaking(register: Register, account: AccountId) -> Issuance:
    found = register.speaking(account)
    if found is None:
        raise NoSuchAccountError
    return found


def _as_before(before: Issuance, new: Secret) -> NewPerson:
    """The same person with a new way in."""
    told = before.told
    return NewPerson(
        name=told.name,
        role=Role(told.role),
        duties=tuple(Duty(duty) for duty in told.duties),
        person=told.person,
        secret=new,
    )

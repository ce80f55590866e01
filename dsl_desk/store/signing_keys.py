"""Signing keys as the records keep them: sealed to one slot and salt, or wrapped to two holders (format section 1)."""

from collections.abc import Iterable
from itertools import combinations

from dsl_desk.domain.errors import DamagedError, NotReadableError, OlderStoreError, StoreError
from dsl_desk.domain.words import ROOT_ACCOUNT, Duty, Role
from dsl_desk.signatures import (
    PrivateKey,
    certificate_public,
    certificate_sha256,
    common_name,
    key_id,
    private_bytes,
    public_bytes,
    read_private,
)
from dsl_desk.store.connection import Database
from dsl_desk.store.holdings import Holdings, holder_of
from dsl_desk.store.key_slots import open_signing, seal_signing
from dsl_desk.store.register import Register
from dsl_desk.store.register_values import Issuance
from dsl_desk.store.slots_file import Slot
from dsl_desk.store.unlocked import Proved
from dsl_desk.store.way_in import WayIn
from dsl_desk.store.wraps import unwrap, unwrap_nested, wrap, wrap_nested


class OldSlotsError(OlderStoreError):
    """The file of key slots is older than the desk: a passphrase was changed since. Put the newer file back."""


class AccessEndedError(StoreError):
    """This way into the desk was ended. Nothing was changed; the other people of the desk can give a new one."""


class NeverBegunError(AccessEndedError):
    """The desk never let this way in begin. Nothing was changed; if it is new, use the passphrase of before."""


def keep_signing_key(holdings: Holdings, slot: Slot, secret: bytes, signing: PrivateKey, certificate: str) -> None:
    """Keep a sealed signing key beside what is there; belongs in a transaction."""
    if slot.kdf is None:
        raise DamagedError("A recovery pair has no signing key. Nothing was changed.")
    sealed = seal_signing(holdings.desk, slot, secret, signing, certificate)
    holdings.database.execute(
        "INSERT INTO signing_key (slot, salt, certificate, sealed) VALUES (?, ?, ?, ?)",
        (slot.slot, slot.kdf.salt, certificate, sealed),
    )


def drop_other_salts(database: Database, slot: Slot) -> None:
    """Remove what an earlier passphrase of this slot opened; belongs in a transaction."""
    salt = slot.kdf.salt if slot.kdf else ""
    database.execute("DELETE FROM signing_key WHERE slot = ? AND salt <> ?", (slot.slot, salt))


def drop_signing_keys(database: Database, slots: Iterable[str]) -> None:
    """Remove every sealed signing key of these slots; belongs in a transaction."""
    database.many("DELETE FROM signing_key WHERE slot = ?", [(slot,) for slot in slots])


def signer_of(holdings: Holdings, register: Register, way: WayIn) -> Proved:
    """The person behind an opened slot, with their signing key.

    Raises AccessEndedError where their certificate was withdrawn, OldSlotsError
    where the slot is of an earlier passphrase, DamagedError.
    """
    issuance = account_behind(register, way.slot)
    found = holdings.database.one(
        "SELECT certificate, sealed FROM signing_key WHERE slot = ? AND salt = ?",
        (way.slot.slot, way.slot.kdf.salt if way.slot.kdf else ""),
    )
    if found is None:
        raise OldSlotsError
    certificate, sealed = found
    if certificate != issuance.certificate_sha256:
        raise DamagedError("A signing key belongs to another certificate. Nothing was changed.")
    signing = open_signing(holdings.desk, way.slot, way.secret, certificate, sealed)
    if public_bytes(signing.public_key()) != public_bytes(certificate_public(issuance.certificate)):
        raise DamagedError("A signing key is not the one its certificate names. Nothing was changed.")
    return Proved(
        account=issuance.account,
        name=common_name(issuance.certificate),
        certificate=issuance.certificate,
        key=signing,
        agreement=way.opened.agreement,
    )


def account_behind(register: Register, slot: Slot) -> Issuance:
    """The issuance in force of a slot; raises AccessEndedError, DamagedError where the desk never knew it."""
    match holder_of(register, slot):
        case Issuance() as issuance:
            return issuance
        case _:
            raise not_in_force(register, slot)


def not_in_force(register: Register, slot: Slot) -> StoreError:
    """Why a slot that opened gives no access: it was ended, or the desk never issued it (or was cut off before)."""
    if register.holder(slot.key_id) is not None and not register.in_force(slot.key_id):
        return AccessEndedError()
    return NeverBegunError()


def root_signer(holdings: Holdings, register: Register, agreement: PrivateKey) -> Proved:
    """The school root, opened by a recovery pair's agreement key; raises DamagedError."""
    holder = key_id(agreement.public_key())
    found = holdings.database.one("SELECT wrap FROM root_wrap WHERE holders = ?", (holder,))
    if found is None:
        raise NotReadableError("The school root is not wrapped to these recovery codes. Use a newer set.")
    raw = unwrap(holdings.desk, "root", _root_name(register), 0, agreement, found[0])
    return _as_root(register, raw, agreement)


def root_by_two(holdings: Holdings, register: Register, first: Proved, second: Proved) -> PrivateKey:
    """The school root's key: with two issuers, or with one person and two recovery codes."""
    for one in (first, second):
        if one.account == ROOT_ACCOUNT:
            return one.key
    ids = sorted(key_id(one.agreement.public_key()) for one in (first, second))
    found = holdings.database.one("SELECT wrap FROM root_wrap WHERE holders = ?", (",".join(ids),))
    if found is None:
        raise NotReadableError("These two people do not hold the duty to issue together. Use two recovery codes.")
    pair = (first.agreement, second.agreement)
    raw = unwrap_nested(holdings.desk, "root", _root_name(register), 0, pair, found[0])
    return _as_root(register, raw, first.agreement).key


def _root_name(register: Register) -> str:
    if register.root is None:  # pragma: no cover - read_register refuses a desk without one
        raise DamagedError
    return certificate_sha256(register.root)


def _as_root(register: Register, raw: bytes, agreement: PrivateKey) -> Proved:
    root, key = register.root, read_private(raw)
    if root is None or public_bytes(key.public_key()) != public_bytes(certificate_public(root)):
        raise DamagedError("What was kept as the school root is another key. Nothing was changed.")
    return Proved(account=ROOT_ACCOUNT, name=common_name(root), certificate=root, key=key, agreement=agreement)


def issuers(register: Register) -> list[Issuance]:
    """Who holds the duty to issue: DSL and Headteacher; until the Headteacher has it, the desk's first two."""
    holding = [
        known for known in register.issuances if known.withdrawn_seq is None and Duty.ISSUER.value in known.told.duties
    ]
    proper = [known for known in holding if known.told.role in (Role.DSL.value, Role.HEADTEACHER.value)]
    has_head = any(known.told.role == Role.HEADTEACHER.value for known in proper)
    return proper if has_head and len(proper) > 1 else holding


def wrap_root_anew(holdings: Holdings, register: Register, root: PrivateKey) -> None:
    """Wrap the root's key to every recovery pair and every pair of issuers in force, and to nobody else.

    Belongs in the transaction that changed who they are.
    """
    name, raw = _root_name(register), private_bytes(root)
    rows = [
        (key_id(pair.agreement), wrap(holdings.desk, "root", name, 0, pair.agreement, raw))
        for pair in register.pairs_in_force()
    ]
    for one, other in combinations(issuers(register), 2):
        ids = ",".join(sorted((key_id(one.agreement), key_id(other.agreement))))
        rows.append((ids, wrap_nested(holdings.desk, "root", name, 0, (one.agreement, other.agreement), raw)))
    holdings.database.execute("DELETE FROM root_wrap")
    holdings.database.many("INSERT INTO root_wrap (holders, wrap) VALUES (?, ?)", rows)

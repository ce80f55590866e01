"""Making a person's or a recovery pair's keys, with the root's signature that binds them (format sections 1 and 8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from dsl_desk.domain.desk_entries import AccountIssued, PairIssued
from dsl_desk.domain.encoding import plain_json
from dsl_desk.domain.errors import InputError, StoreError
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.text import clean_account_name
from dsl_desk.domain.words import AccountId, Duty, Role
from dsl_desk.signatures import (
    Certificate,
    PrivateKey,
    PublicKey,
    certificate_der,
    certificate_sha256,
    issue_leaf,
    new_key,
    public_bytes,
    sign,
)
from dsl_desk.store.holdings import Holdings, new_id
from dsl_desk.store.key_slots import SlotPlan, account_secret, pair_secret, seal_slot, sign_in_tag, stretch
from dsl_desk.store.recovery_codes import PAIRS, RecoveryCode
from dsl_desk.store.sign_in import check_new_passphrase
from dsl_desk.store.slots_file import Slot, SlotType, VolumeWrap
from dsl_desk.store.wraps import wrap

REHEARSAL = "REHEARSAL"


class NameTakenError(InputError):
    """Somebody else signs in with this name. Choose another sign-in name; nothing was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """What somebody will sign in with."""

    sign_in_name: str
    passphrase: str = field(repr=False)
    reduced: bool = False
    """Without this laptop's device secret behind it; the passphrase must then be longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """Somebody who is to have access to the desk."""

    name: str
    """As papers show it: 1 to 50 characters."""
    role: Role
    secret: Secret
    duties: tuple[Duty, ...] = ()
    person: str = ""
    """The person in the school's own list whom this account belongs to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """The school root, in hand for one act."""

    certificate: Certificate
    key: PrivateKey = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A person's fresh keys and what the root says of them."""

    slot: Slot
    secret: bytes = field(repr=False)
    agreement: PrivateKey = field(repr=False)
    signing: PrivateKey = field(repr=False)
    certificate: Certificate
    told: AccountIssued

    @property
    def certificate_sha256(self) -> str:
        """How the certificate is named everywhere."""
        return certificate_sha256(self.certificate)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundPair:
    """A recovery pair's fresh key and what the root says of it."""

    slot: Slot
    told: PairIssued


def plan_account(holdings: Holdings, account: AccountId, secret: Secret, slot: str | None = None) -> SlotPlan:
    """What an account's slot will say in clear; raises InputError for a name that is taken or a short passphrase."""
    check_new_passphrase(secret.passphrase, with_device=not secret.reduced)
    slot_type: SlotType = "account-no-device" if secret.reduced else "account"
    tag = None
    if slot_type == "account":
        if holdings.device is None:
            raise StoreError("This laptop’s device secret is missing. Nothing was changed.")
        tag = sign_in_tag(holdings.desk, holdings.device, secret.sign_in_name)
        if any(known.tag == tag and known.holder != account for known in holdings.slots.slots):
            raise NameTakenError
    return SlotPlan(slot=slot or new_id(), type=slot_type, holder=account, tag=tag, kdf=holdings.laptop.cost.fresh())


def seal_account(holdings: Holdings, plan: SlotPlan, passphrase: str, agreement: PrivateKey) -> tuple[Slot, bytes]:
    """An account's slot with the volume key of now, and the secret it is sealed under."""
    if plan.kdf is None:
        raise StoreError("An account’s slot needs a passphrase. Nothing was changed.")
    secret = account_secret(plan.type, stretch(passphrase, plan.kdf), holdings.device)
    slot = seal_slot(holdings.desk, plan, secret, agreement, holdings.root_sha256)
    return with_volume(holdings, slot, agreement.public_key()), secret


def with_volume(holdings: Holdings, slot: Slot, public: PublicKey) -> Slot:
    """A slot that was just made, with the volume key of now wrapped to its own fresh key."""
    wrapped = wrap(holdings.desk, "volume", holdings.desk, holdings.generation, public, holdings.vk)
    volume = VolumeWrap(generation=holdings.generation, state="current", wrap=wrapped.hex())
    return msgspec.structs.replace(slot, volume=(volume,))


def bind_account(
    holdings: Holdings, root: Root, account: AccountId, person: NewPerson, at: Moment, *, rehearsal: bool
) -> Bound:
    """Fresh agreement and signing keys for a person, bound to the account by the root."""
    plan = plan_account(holdings, account, person.secret)
    agreement, signing = new_key(), new_key()
    slot, secret = seal_account(holdings, plan, person.secret.passphrase, agreement)
    name = clean_account_name(person.name)
    common = f"{REHEARSAL} {name}" if rehearsal else name
    certificate = issue_leaf(common, signing.public_key(), root.certificate, root.key, at.utc)
    issuance = plain_json(
        [
            "dsl-desk/issuance/1",
            holdings.desk,
            account,
            certificate_sha256(certificate),
            public_bytes(agreement.public_key()).hex(),
            at.at_utc,
        ]
    )
    told = AccountIssued(
        issuance=issuance.decode("ascii"),
        signature=sign(root.key, issuance).hex(),
        certificate=certificate_der(certificate).hex(),
        name=name,
        role=person.role.value,
        duties=tuple(duty.value for duty in person.duties),
        reduced=person.secret.reduced,
        person=person.person,
    )
    return Bound(slot=slot, secret=secret, agreement=agreement, signing=signing, certificate=certificate, told=told)


def bind_pairs(
    holdings: Holdings, root: Root, codes: Sequence[RecoveryCode], custodians: Mapping[str, str], at: Moment
) -> list[BoundPair]:
    """The three pairs of three codes, each with an agreement key of its own, bound by the root."""
    by_letter = {code.letter: code for code in codes}
    return [_bind_pair(holdings, root, by_letter, letters, custodians, at) for letters in PAIRS]


def _bind_pair(
    holdings: Holdings,
    root: Root,
    codes: Mapping[str, RecoveryCode],
    letters: str,
    custodians: Mapping[str, str],
    at: Moment,
) -> BoundPair:
    generation = codes[letters[0]].generation
    agreement, pair = new_key(), new_id()
    plan = SlotPlan(slot=new_id(), type="pair", holder=pair, letters=letters, generation=generation)
    slot = seal_slot(holdings.desk, plan, pair_secret(codes, letters), agreement, holdings.root_sha256)
    public = agreement.public_key()
    issuance = plain_json(
        ["dsl-desk/pair/1", holdings.desk, pair, letters, generation, public_bytes(public).hex(), at.at_utc]
    )
    told = PairIssued(
        issuance=issuance.decode("ascii"),
        signature=sign(root.key, issuance).hex(),
        custodians={letter: custodians[letter] for letter in letters if letter in custodians},
    )
    return BoundPair(slot=with_volume(holdings, slot, public), told=told)

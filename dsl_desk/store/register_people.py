"""Who is who in the register: people, their certificates, and the recovery pairs in force (format section 1)."""

from collections.abc import Iterable, Sequence

from dsl_desk.domain.errors import DamagedError
from dsl_desk.domain.signed import RegisterRow
from dsl_desk.domain.words import AccountId, PersonId
from dsl_desk.signatures import Certificate, common_name, key_id
from dsl_desk.store.register_values import Holder, Issuance, RecoveryPair
from dsl_desk.store.values import Account


class RegisterPeople:
    """What was issued to whom, as far as it was believed, and what follows for who may sign and read."""

    def __init__(self) -> None:
        self.issuances: list[Issuance] = []
        self.pairs: list[RecoveryPair] = []

    def holder(self, key: str) -> Holder | None:
        """Whom an agreement key belongs to, in force or not."""
        holders: tuple[Holder, ...] = (*reversed(self.issuances), *reversed(self.pairs))
        for holder in holders:
            if key_id(holder.agreement) == key:
                return holder
        return None

    def in_force(self, key: str) -> bool:
        """Whether the holder of an agreement key may be given anything now."""
        match self.holder(key):
            case Issuance() as issuance:
                return issuance.withdrawn_seq is None
            case RecoveryPair() as pair:
                return pair.generation == self.generation()
            case _:
                return False

    def generation(self) -> int:
        """The newest generation of recovery codes; 0 before the first."""
        return max((pair.generation for pair in self.pairs), default=0)

    def pairs_in_force(self) -> tuple[RecoveryPair, ...]:
        """The recovery pairs of the newest generation."""
        return tuple(pair for pair in self.pairs if pair.generation == self.generation())

    def issuance(self, account: AccountId) -> Issuance | None:
        """The newest issuance of an account, in force or not."""
        return next((known for known in reversed(self.issuances) if known.account == account), None)

    def speaking(self, account: AccountId) -> Issuance | None:
        """The newest issuance of an account that is in force."""
        found = (known for known in reversed(self.issuances) if known.account == account)
        return next((known for known in found if known.withdrawn_seq is None), None)

    def account(self, account: AccountId) -> Account | None:
        """Somebody who may, or might once, sign in."""
        found = self.speaking(account) or self.issuance(account)
        return _account(found) if found else None

    def accounts(self) -> tuple[Account, ...]:
        """Everybody, in the order they first came; each with the certificate that counts now."""
        names = dict.fromkeys(known.account for known in self.issuances)
        return tuple(found for name in names if (found := self.account(name)) is not None)

    def one_person(self, accounts: Sequence[AccountId]) -> bool:
        """Whether two of these accounts belong to one person of the school: they are one signer (flows section 11)."""
        people = [found.person for name in accounts if (found := self.account(name)) is not None and found.person]
        return len(set(people)) < len(people)

    def certificate(self, sha256: str) -> Certificate | None:
        """A person's certificate by its SHA-256; never the root's."""
        return next((known.certificate for known in self.issuances if known.certificate_sha256 == sha256), None)

    def rows(self, certificates: Iterable[str]) -> tuple[RegisterRow, ...]:
        """What a pack says of exactly these certificates, as it stands now; raises DamagedError for an unknown one."""
        wanted = set(certificates)
        found = [known for known in self.issuances if known.certificate_sha256 in wanted]
        if len(found) != len(wanted):
            raise DamagedError("A certificate that was used here is not in the register. Nothing was changed.")
        return tuple(
            RegisterRow(
                certificate=known.certificate_sha256,
                account=known.account,
                name=common_name(known.certificate),
                role=known.told.role,
                issued_at_utc=known.issued_at_utc,
                withdrawn_at_utc=known.withdrawn_at_utc,
            )
            for known in sorted(found, key=lambda known: known.certificate_sha256)
        )


def _account(issuance: Issuance) -> Account:
    told = issuance.told
    return Account(
        account=issuance.account,
        name=told.name or common_name(issuance.certificate),
        role=told.role,
        duties=told.duties,
        person=PersonId(told.person) if told.person else None,
        certificate_sha256=issuance.certificate_sha256,
        issued_at_utc=issuance.issued_at_utc,
        withdrawn_at_utc=issuance.withdrawn_at_utc,
        reduced=told.reduced,
    )

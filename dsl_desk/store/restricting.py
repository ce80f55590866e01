"""Restricting a strand: deciding who may read it by deciding who holds its key (format section 2).

One transaction: a new epoch, everything sealed anew, earlier keys gone, no row of it
in any index, the two entries that say so, and a rotation due. It is never refused.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dsl_desk.domain.desk_entries import EpochOpened, ReadersChanged, StrandRestricted
from dsl_desk.domain.errors import InputError
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.words import ROOT_ACCOUNT, AccountId, StrandId
from dsl_desk.signatures import PublicKey, key_id
from dsl_desk.store.blobs import Blobs
from dsl_desk.store.drafts import Drafts
from dsl_desk.store.readers import ReaderRules
from dsl_desk.store.records import Records
from dsl_desk.store.register_values import RecoveryPair
from dsl_desk.store.seals import KEY_BYTES, epoch_check
from dsl_desk.store.strands import EpochKey

FEWEST_READERS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Readership:
    """Who may read a restricted strand, and how near it is to being lost."""

    readers: tuple[AccountId, ...]
    pairs: int
    """Recovery pairs that can open it: those whose holders are no subject of it."""
    waiting: tuple[AccountId, ...] = ()
    """Readers with a new key, which a present reader must compare before it receives the strand."""

    @property
    def one_loss_away(self) -> bool:
        """Whether one lost passphrase or envelope could lose the record."""
        return len(self.readers) - len(self.waiting) < FEWEST_READERS or not self.pairs


class Restricting:
    """Who may read which strand."""

    def __init__(self, records: Records, blobs: Blobs, drafts: Drafts) -> None:
        self._records = records
        self._blobs = blobs
        self._drafts = drafts

    def restrict(self, strand: StrandId, readers: Sequence[AccountId], at: Moment) -> None:
        """Keep a strand from everybody but these readers and the recovery pairs that no subject holds a code of.

        Somebody who read it already and whose key was replaced since waits for `confirm` all the same.
        """
        with self._records.act("restricted", at):
            only = self._compared(strand, readers) if self._records.strands.restricted(strand) else None
            self.restrict_within(strand, readers, at, only)

    def _compared(self, strand: StrandId, readers: Sequence[AccountId]) -> frozenset[str]:
        """Keys that may receive a strand restricted before: those known already, and of whoever is a new reader."""
        rules = self._records.rules(strand)
        speaking = (
            self._records.register.speaking(reader) for reader in readers if reader not in (rules.readers or ())
        )
        return self._known_keys(rules) | {key_id(one.agreement) for one in speaking if one is not None}

    def begin(
        self, strand: StrandId, readers: Sequence[AccountId], at: Moment, subjects: frozenset[str] = frozenset()
    ) -> None:
        """Make a strand that is restricted from birth, inside an act; its first two entries say who reads it."""
        records = self._records
        under = EpochKey(1, secrets.token_bytes(KEY_BYTES))
        recipients = self._recipients(readers, subjects)
        records.append(records.desk_strand, StrandRestricted(strand=strand), at=at)
        records.strands.add(strand, under, recipients)
        records.begin_epoch(strand, under, restricted=True)
        self._tell(strand, under, readers, recipients, at)

    def restrict_within(
        self,
        strand: StrandId,
        readers: Sequence[AccountId],
        at: Moment,
        only: frozenset[str] | None = None,
        subjects: frozenset[str] = frozenset(),
    ) -> None:
        """Restrict, inside an act; with `only` just those keys receive it. `subjects` are barred besides the case's."""
        records, steps = self._records, self._records.unlocked.steps
        was = records.strands.restricted(strand)
        subjects |= self._subjects(strand)
        readers = tuple(dict.fromkeys(reader for reader in readers if reader not in subjects))
        old = records.strands.keys(strand)
        under = EpochKey(records.strands.latest(strand).epoch + 1, secrets.token_bytes(KEY_BYTES))
        if was:
            records.rules(strand)
        records.begin_epoch(strand, under, restricted=True)
        recipients = self._recipients(readers, subjects, only)
        records.strands.add(strand, under, recipients)
        steps("restricting: new epoch kept")
        self.seal_anew(strand, old, under)
        steps("restricting: sealed anew")
        records.index.remove(strand)
        records.strands.drop_before(strand, under.epoch)
        steps("restricting: earlier keys and index gone")
        if not was:
            records.append(records.desk_strand, StrandRestricted(strand=strand), at=at)
        self._tell(strand, under, readers, recipients, at)
        records.database.set_state("rotation_due", 1)
        steps("restricting: entries written")

    def seal_anew(self, strand: StrandId, old: Mapping[int, bytes], under: EpochKey) -> None:
        """Seal payloads, second signatures, drafts and blob keys of a strand under another epoch, inside an act."""
        for opened in self._records.journal.seal_anew(strand, old, under):
            self._blobs.seal_key_anew(strand, opened.payload, old, under)
        self._drafts.seal_anew(strand, old, under)

    def new_epochs(self, at: Moment) -> None:
        """Give every restricted strand that this person reads a new epoch with the readers it has, inside an act.

        A reader whose key was replaced meanwhile waits for `confirm`.
        """
        for strand in self.readable():
            rules = self._records.rules(strand)
            self.restrict_within(strand, rules.readers or (), at, self._known_keys(rules))

    def confirm(self, strand: StrandId, reader: AccountId, at: Moment) -> None:
        """Somebody who reads the strand has compared the fingerprint of a reader's new key: it receives it now.

        The `readers_changed` that follows is that person's word for it.
        """
        with self._records.act("reader's key confirmed", at):
            rules = self._records.rules(strand)
            speaking = self._records.register.speaking(reader)
            if speaking is None or reader not in (rules.readers or ()):
                raise InputError("This person is no reader of it. Nothing was changed.")
            self._wrap_anew(strand, at, self._known_keys(rules) | {key_id(speaking.agreement)})

    def key_of(self, account: AccountId) -> str:
        """SHA-256 of the agreement key that an account is known to have now; empty where none is in force."""
        speaking = self._records.register.speaking(account)
        return key_id(speaking.agreement) if speaking is not None else ""

    def own_key(self) -> str:
        """The same of the key that is in use in this sign-in, told from its private half and not from the register."""
        return key_id(self._records.unlocked.agreement.public_key())

    def renew(self, at: Moment) -> int:
        """Wrap anew every list of recipients that is no longer as it should be; gives how many there were."""
        due = [strand for strand in self.readable() if self._is_due(strand)]
        if due:
            with self._records.act("recipients renewed", at):
                for strand in due:
                    self._wrap_anew(strand, at, self._known_keys(self._records.rules(strand)))
        return len(due)

    def renew_where_due(self, at: Moment) -> None:
        """Renew, but only where people or pairs changed since this person last did: the whole list costs a reading."""
        records = self._records
        name = f"renewed:{records.me}"
        now = records.register.last_change()
        if records.database.state(name) == now:
            return
        self.renew(at)
        with records.database.transaction("recipients looked at"):
            records.database.set_state(name, now)

    def readable(self) -> tuple[StrandId, ...]:
        """Restricted strands that this person holds the key of; found by trying, for nothing names them."""
        strands = self._records.strands
        return tuple(strand for strand in strands.restricted_strands() if strands.readable(strand))

    def is_current(self, strand: StrandId) -> bool:
        """Whether exactly those hold a restricted strand's key who should; true for an ordinary one."""
        self._records.must_be_there(strand)
        return not self._records.strands.restricted(strand) or not self._is_due(strand)

    def readership(self, strand: StrandId) -> Readership | None:
        """Who may read a strand; None where everybody on this desk may.

        Raises NotReadableError for one that this person cannot read, or that is none.
        """
        self._records.must_be_there(strand)
        if not self._records.strands.restricted(strand):
            return None
        rules = self._records.rules(strand)
        register = self._records.register
        pairs = {key_id(pair.agreement) for pair in register.pairs_in_force()}
        speaking = {reader: register.speaking(reader) for reader in rules.readers or ()}
        return Readership(
            readers=rules.readers or (),
            pairs=len(pairs & set(rules.recipients)),
            waiting=tuple(
                reader
                for reader, issuance in speaking.items()
                if issuance is not None and key_id(issuance.agreement) not in rules.recipients
            ),
        )

    def _is_due(self, strand: StrandId) -> bool:
        rules = self._records.rules(strand)
        if self._records.me not in (*(rules.readers or ()), ROOT_ACCOUNT):
            return False
        wanted = self._recipients(rules.readers or (), self._subjects(strand), self._known_keys(rules))
        return sorted(map(key_id, wanted)) != sorted(rules.recipients)

    def _known_keys(self, rules: ReaderRules) -> frozenset[str]:
        """Keys that need no further look: recipients as they are, one's own, pairs, and keys never replaced.

        Two codes open everything that is wrapped to a pair, so they vouch for new keys too.
        """
        register, me = self._records.register, self._records.me
        pairs = {key_id(pair.agreement) for pair in register.pairs_in_force()}
        known = {*rules.recipients, *pairs}
        for reader in rules.readers or ():
            issued = [one for one in register.issuances if one.account == reader]
            if issued and (len(issued) == 1 or me in (reader, ROOT_ACCOUNT)):
                known.add(key_id(issued[-1].agreement))
        return frozenset(known)

    def _wrap_anew(self, strand: StrandId, at: Moment, only: frozenset[str]) -> None:
        records = self._records
        rules = records.rules(strand)
        readers = rules.readers or ()
        recipients = self._recipients(readers, self._subjects(strand), only)
        records.strands.wrap_anew(strand, records.strands.latest(strand), recipients)
        records.append(strand, _told(readers, recipients), at=at)

    def _tell(
        self,
        strand: StrandId,
        under: EpochKey,
        readers: Sequence[AccountId],
        recipients: Sequence[PublicKey],
        at: Moment,
    ) -> None:
        check = epoch_check(self._records.desk, strand, under.epoch, under.key)
        self._records.append(strand, EpochOpened(epoch=under.epoch, check=check), at=at, under=under)
        self._records.append(strand, _told(readers, recipients), at=at, under=under)

    def _recipients(
        self, readers: Iterable[AccountId], subjects: frozenset[str], only: frozenset[str] | None = None
    ) -> list[PublicKey]:
        """Public keys of readers in force and of every recovery pair that no subject holds a code of."""
        register = self._records.register
        speaking = [register.speaking(reader) for reader in readers]
        keys = [issuance.agreement for issuance in speaking if issuance is not None]
        clean = [pair for pair in register.pairs_in_force() if _clean(pair, register.envelopes, subjects)]
        keys += [pair.agreement for pair in clean]
        return [key for key in keys if only is None or key_id(key) in only]

    def _subjects(self, strand: StrandId) -> frozenset[str]:
        """Accounts and persons whom the case is about; empty for a register."""
        case = self._records.case(strand)
        accounts = self._records.register.accounts()
        people = {account.person for account in accounts if account.account in case.subject_accounts}
        persons = {str(person) for person in {*case.subjects, *people} if person}
        held = {str(account.account) for account in accounts if account.person in persons}
        return frozenset({*case.subject_accounts, *persons, *held})


def _clean(pair: RecoveryPair, envelopes: Mapping[str, str], subjects: frozenset[str]) -> bool:
    """Whether no subject was given one of its codes, when it was made or when the envelopes were handed out."""
    held = {who.get(letter, "") for who in (pair.custodians, envelopes) for letter in pair.letters}
    return not held & subjects


def _told(readers: Sequence[AccountId], recipients: Sequence[PublicKey]) -> ReadersChanged:
    return ReadersChanged(readers=tuple(readers), recipients=tuple(sorted(map(key_id, recipients))))

"""Who reads a restricted record, how near it is to being lost, and whose new key waits to be compared.

A reader who got new keys (a forgotten passphrase, a lost laptop) receives a
restricted record only when a present reader has compared the new key with them:
two people who let others in could otherwise give themselves the key of a case that
is about one of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from dsl_desk.domain.errors import InputError, NotReadableError, ProcedureError
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.words import AccountId, StrandId
from dsl_desk.services.about import in_fours
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.keeping import KeepingService, barred_accounts
from dsl_desk.services.registers import RegisterService
from dsl_desk.services.set_up import Left
from dsl_desk.services.settings import SettingsService
from dsl_desk.services.unlock import Typed
from dsl_desk.store.restricting import Readership

SHOWN: Final = 16
"""Characters of a fingerprint that are compared by typing: 64 bits, more than anybody finds a second key for.

The page that asks for them never shows them, so that nobody says yes by habit.
"""
PART: Final = "readers"
"""The part of "set-up unfinished" that leads here."""
NOT_THE_SAME: Final = (
    "These are not the characters of the new key. Do not go on: ask them to sign in and read them out "
    "again. If they still differ, somebody else may hold that key. Nothing was changed."
)


class ReaderCare(Protocol):
    """What this service asks of the store."""

    def restricted(self) -> tuple[StrandId, ...]:
        """Restricted strands that this person holds the key of."""
        ...

    def readership(self, strand: StrandId) -> Readership | None:
        """Who may read a strand; None where everybody on this desk may."""
        ...

    def key_of(self, account: AccountId) -> str:
        """SHA-256 of the key that an account is known to have now; empty where it has none in force."""
        ...

    def own_key(self) -> str:
        """The same of the key that is really in use in this sign-in, told from its private half."""
        ...

    def register_strands(self, name: str) -> tuple[StrandId, ...]:
        """Where a register is kept, as far as this person reads it."""
        ...

    def confirm_reader(self, strand: StrandId, reader: AccountId, at: Moment) -> None:
        """Say that a reader's new key was compared by its fingerprint: it receives the strand now."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingReader:
    """Somebody whose new key a present reader must compare."""

    account: AccountId
    name: str
    post: str
    records: tuple[str, ...]
    """What they cannot read until then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSeen:
    """One restricted record, or a case that everybody reads whose post may."""

    strand: StrandId
    title: str
    readers: tuple[str, ...]
    pairs: int
    """Recovery pairs that can open it."""
    one_loss_away: bool
    is_case: bool = True
    restricted: bool = True

    @property
    def words(self) -> str:
        """Who reads it, in a sentence."""
        if not self.restricted:
            return "Everybody reads it whose post may read such a case."
        codes = "two recovery codes" if self.pairs else "no recovery code"
        return f"Read by {', '.join(self.readers) or 'nobody'}; opened by {codes}."


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadersSeen:
    """Every restricted record of this person, and who waits for one."""

    own: str
    """The own fingerprint, for whoever compares it."""
    waiting: tuple[WaitingReader, ...]
    records: tuple[RecordSeen, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MayRead:
    """Somebody who could be a reader of a case."""

    account: AccountId
    name: str
    post: str
    reads: bool
    mine: bool


class ReaderService:
    """Reads and changes who reads restricted records."""

    def __init__(
        self, book: CaseBook, care: ReaderCare, keeping: KeepingService, settings: SettingsService,
        registers: RegisterService,
    ) -> None:  # fmt: skip
        self._book, self._care, self._keeping, self._settings = book, care, keeping, settings
        self._registers = registers

    def see(self) -> ReadersSeen:
        """Everything restricted that this person reads; nothing of what they do not."""
        school, found = self._book.school(), list(self._records())
        waits: dict[AccountId, list[str]] = {}
        for record, readership in found:
            for account in readership.waiting:
                waits.setdefault(account, []).append(record.title)
        return ReadersSeen(
            own=" ".join(in_fours(self._care.own_key()[:SHOWN])),
            waiting=tuple(
                WaitingReader(
                    account=account, name=school.account(account).name, post=school.title(account),
                    records=tuple(titles),
                )
                for account, titles in waits.items()
            ),
            records=tuple(record for record, _ in found),
        )  # fmt: skip

    def one(self, strand: StrandId) -> RecordSeen:
        """One case, restricted or not; raises NotReadableError for whom default access gives none."""
        case = self._book.load(strand)
        readership = self._care.readership(strand)
        if readership is None:
            return RecordSeen(strand=strand, title=case.ref, readers=(), pairs=0, one_loss_away=False, restricted=False)
        return self._record(strand, case.ref, readership, is_case=True)

    def left(self) -> tuple[Left, ...]:
        """What of this is unfinished, for Home."""
        found = list(self._records())
        names = dict.fromkeys(account for _, readership in found for account in readership.waiting)
        near = [record.title for record, _ in found if record.one_loss_away]
        left = []
        if names:
            who = ", ".join(self._book.school().account(account).name for account in names)
            left.append(Left(part=PART, words=f"Compare the new key of {who}: restricted records wait for it."))
        if near:
            more = f" and {len(near) - 2} more" if len(near) > 2 else ""
            title = f"One loss away from being lost for good: {', '.join(near[:2])}{more}."
            left.append(Left(part=PART, words=f"{title} Name another reader."))
        return tuple(left)

    def compared(self, account: AccountId, typed: str) -> int:
        """A reader's new key was compared with them: they read everything that waited for it. Gives how much.

        Raises ProcedureError for one's own key, InputError where what was typed is not that key's fingerprint; then
        nothing was changed.
        """
        self._book.switch.ask_laptop()
        if account == self._book.desk.me.account:
            raise ProcedureError("Somebody else compares your key with you. Ask another reader.")
        said = "".join(typed.split()).replace("-", "").upper()
        if not said or said != self._care.key_of(account)[:SHOWN].upper():
            raise InputError(NOT_THE_SAME)
        waits = [record.strand for record, readership in self._records() if account in readership.waiting]
        for strand in waits:
            self._care.confirm_reader(strand, account, self._book.now())
        return len(waits)

    def may_read(self, strand: StrandId) -> tuple[MayRead, ...]:
        """Who could be a reader of a case: everybody with an account whom it is not about."""
        case, school = self._book.load(strand), self._book.school()
        present, me = self._book.desk.readers(strand) or (), self._book.desk.me.account
        barred = barred_accounts(case, school)
        return tuple(
            MayRead(
                account=row.account, name=row.name, post=school.title(row.account), reads=row.account in present,
                mine=row.account == me,
            )
            for row in school.accounts
            if row.in_force and row.account not in barred
        )  # fmt: skip

    def keep_to(self, strand: StrandId, readers: Sequence[AccountId], me: Typed) -> None:
        """Only these read the case from now on; it asks for the own passphrase. Raises ProcedureError, InputError."""
        self._book.switch.ask_laptop()
        self._settings.myself(me)
        self._keeping.restrict(strand, readers)

    def _records(self) -> Iterator[tuple[RecordSeen, Readership]]:
        """Restricted records of this person; a case of theirs by its key alone, but not by access, leaves no line."""
        registers = {
            strand: kind.title for kind in self._registers.kinds() for strand in self._care.register_strands(kind.id)
        }
        for strand in self._care.restricted():
            readership = self._care.readership(strand)
            if readership is None:
                continue
            title, is_case = registers.get(strand, ""), False
            if not title:
                try:
                    title, is_case = self._book.load(strand).ref, True
                except NotReadableError:
                    continue
            if title:
                yield self._record(strand, title, readership, is_case=is_case), readership

    def _record(self, strand: StrandId, title: str, readership: Readership, *, is_case: bool) -> RecordSeen:
        school = self._book.school()
        return RecordSeen(
            strand=strand,
            title=title,
            readers=tuple(
                school.account(account).name + (" (new key not compared yet)" if account in readership.waiting else "")
                for account in readership.readers
            ),
            pairs=readership.pairs,
            one_loss_away=readership.one_loss_away,
            is_case=is_case,
        )

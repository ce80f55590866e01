"""People and their accounts once the desk is in use: who may sign in, ending it, new keys, passphrases, codes.

What gives or ends access is done by two people, each with their own passphrase, or by one of them and two recovery
codes. One person with two posts is one signer.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Protocol

from dsl_desk.domain.desk_entries import AccountIssued, CertificateWithdrawn
from dsl_desk.domain.encoding import read_json
from dsl_desk.domain.errors import InputError, ProcedureError
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.text import clean_name, clean_text
from dsl_desk.domain.words import ROOT_ACCOUNT, AccountId, Duty, PersonId
from dsl_desk.services.account_values import (
    AccountSeen,
    AccountState,
    CodesSeen,
    KnownPerson,
    NewCodes,
    PeopleSeen,
    TwoTyped,
)
from dsl_desk.services.begin import LETTERS, NewAccount
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.case_things import local_day
from dsl_desk.services.letting_in import Proofs
from dsl_desk.services.paper.desk_papers import ShownCode
from dsl_desk.services.posts import post_words
from dsl_desk.services.printing import Page
from dsl_desk.services.school import ENVELOPES_HANDED_OUT, School
from dsl_desk.services.set_up import SetUpService
from dsl_desk.services.settings import SettingsService
from dsl_desk.services.unlock import Typed
from dsl_desk.signatures import Signer
from dsl_desk.store.issuing import Secret
from dsl_desk.store.values import Account

CODE_HOLDERS = "code_holders"


class AccountStore(Protocol):
    """The part of the store that changes who may enter; `app` ties it to the open desk."""

    def withdraw(self, account: AccountId, by: tuple[Signer, Signer], reason: str, at: Moment) -> None:
        """End somebody's access at once."""
        ...

    def replace_keys(self, account: AccountId, new: Secret, by: tuple[Signer, Signer], reason: str, at: Moment) -> None:
        """Fresh keys; the old passphrase opens nothing more."""
        ...

    def new_passphrase(self, sign_in_name: str, passphrase: str, new: Secret, at: Moment) -> None:
        """Change one's own passphrase."""
        ...

    def replace_codes(self, custodians: Mapping[str, str], by: tuple[Signer, Signer], at: Moment) -> tuple[str, ...]:
        """Three new recovery codes; every earlier set opens nothing more."""
        ...

    def codes_confirmed(self) -> bool:
        """Whether two of the newest codes were typed back."""
        ...

    def generation(self) -> int:
        """Which set of codes is in force."""
        ...

    def key_store_fault(self) -> str:
        """What this laptop's key store last refused, or nothing."""
        ...

    def key_waits(self) -> str:
        """Why a change of the desk's own key has to wait, or nothing."""
        ...


class AccountCareService:
    """Shows who may sign in, and changes it by two."""

    def __init__(
        self,
        book: CaseBook,
        set_up: SetUpService,
        settings: SettingsService,
        proofs: Proofs,
        store: AccountStore,
        fresh: Callable[[], str],
    ) -> None:
        self._book, self._set_up, self._settings = book, set_up, settings
        self._proofs, self._store, self._fresh = proofs, store, fresh

    # -- to be seen

    def people(self) -> PeopleSeen:
        """Everybody who can or could sign in, those who can first."""
        school, me = self._book.school(), self._book.desk.me.account
        told = self._told(school)
        rows = sorted(school.accounts, key=lambda row: (not row.in_force, row.name.casefold()))
        taken = {row.person for row in school.accounts if row.in_force}
        return PeopleSeen(
            accounts=tuple(_seen(row, school, told.get(row.account, []), mine=row.account == me) for row in rows),
            without=tuple(
                KnownPerson(name=one.name, role=one.role, post=post_words(one.role.value, school.profile))
                for one in school.people.values()
                if one.id not in taken
            ),
            letting_in=sum(row.in_force and Duty.ISSUER.value in row.duties for row in school.accounts),
            may_change=self._settings.may_change(),
        )

    def _told(self, school: School) -> dict[AccountId, list[str]]:
        """What the desk's strand says of each account, in order."""
        found: dict[AccountId, list[str]] = {}
        newest: dict[AccountId, str] = {}
        for record in self._book.desk.records(self._book.desk.desk_strand):
            payload = record.payload
            if payload is None:
                continue
            day = local_day(payload.at_local)
            by = " and ".join(school.names.get(account, "two recovery codes") for account in payload.by)
            match payload.data:
                case AccountIssued() as issued:
                    account, certificate = _account_of(issued)
                    newest[account] = certificate
                    words = "New keys" if account in found else "Let in"
                    found.setdefault(account, []).append(f"{words} on {day} by {by}")
                case CertificateWithdrawn() as ended:
                    account, why = AccountId(ended.account), f": {ended.reason}" if ended.reason else ""
                    what = "Ended" if newest.get(account) == ended.certificate else "Earlier keys ended"
                    found.setdefault(account, []).append(f"{what} on {day} by {by}{why}")
                case _:
                    pass
        return found

    def codes(self) -> CodesSeen:
        """How it stands with the recovery codes."""
        school = self._book.school()
        kept = school.setting(CODE_HOLDERS)
        holders = read_json(kept.encode()) if kept else {}
        keepers = {
            str(letter): _keeper_words(school, str(holder))
            for letter, holder in (holders.items() if isinstance(holders, dict) else ())
        }
        return CodesSeen(
            generation=self._store.generation(),
            typed_back=self._store.codes_confirmed(),
            handed_out=school.setting(ENVELOPES_HANDED_OUT) == "yes",
            keepers=keepers,
            key_store_fault=self._store.key_store_fault(),
            key_waits=self._store.key_waits(),
            may_change=self._settings.may_change(),
        )

    # -- by two

    def let_in(self, new: NewAccount, two: TwoTyped) -> AccountId:
        """Give somebody an account. Raises InputError, ProcedureError, WrongPassphraseError, WrongCodeError."""
        by = self._two(two)
        alone = sum(row.in_force for row in self._book.school().accounts) < 2
        person = replace(new, person=new.person or self._fresh()).as_person
        return self._set_up.issue(person, new.secret, by, issuer=alone)

    def withdraw(self, account: AccountId, reason: str, two: TwoTyped) -> bool:
        """End somebody's access at once; true where it was the person signed in, whose session ended with it."""
        row, school = self._in_force(account), self._book.school()
        mine, words = row.account == self._book.desk.me.account, _reason(reason)
        if sum(one.in_force for one in school.accounts) < 2:
            raise ProcedureError("This is the only account. Let somebody else in first; then it can be ended.")
        self._store.withdraw(row.account, self._two(two, with_root=False), words, self._book.now())
        return mine

    def replace(self, account: AccountId, new: NewAccount, reason: str, two: TwoTyped) -> bool:
        """Fresh keys and a new passphrase for somebody; true where it was the person signed in."""
        row = self._in_force(account)
        mine = row.account == self._book.desk.me.account
        self._book.checked()
        secret = Secret(sign_in_name=new.sign_in_name, passphrase=new.passphrase, reduced=row.reduced)
        self._store.replace_keys(row.account, secret, self._two(two), _reason(reason), self._book.now())
        return mine

    def new_passphrase(self, me: Typed, new: NewAccount) -> None:
        """Change the own passphrase; the old one is asked for. Only where nobody else knows the old one."""
        self._ask_laptop()
        self._settings.myself(me)
        secret = Secret(sign_in_name=new.sign_in_name or me.sign_in_name, passphrase=new.passphrase)
        self._store.new_passphrase(me.sign_in_name, me.passphrase, secret, self._book.now())

    def replace_codes(self, keepers: Mapping[str, str], two: TwoTyped) -> NewCodes:
        """Three new codes for three keepers; every earlier set opens nothing more. They are shown this once."""
        holders = self.holders(keepers)
        self._book.checked()
        by = self._two(two)
        printed = self._store.replace_codes(holders, by, self._book.now())
        self._settings.write({CODE_HOLDERS: json.dumps(holders, ensure_ascii=False), ENVELOPES_HANDED_OUT: "no"})
        return NewCodes(codes=printed, generation=self._store.generation(), keepers=dict(keepers))

    def hand_out(self, keepers: Mapping[str, str]) -> None:
        """Each envelope is with its keeper; somebody of the school's list is kept as that person."""
        self._settings.asked()
        self._set_up.envelopes_handed_out(self.holders(keepers))

    def print_envelopes(self, new: NewCodes) -> Page:
        """One sheet an envelope, of the codes that were just made."""
        shown = [
            ShownCode(letter=letter, generation=new.generation, printed=code, custodian=new.keepers.get(letter, ""))
            for letter, code in zip(LETTERS, new.codes, strict=True)
        ]
        return self._set_up.print_envelopes(shown)

    def holders(self, keepers: Mapping[str, str]) -> dict[str, str]:
        """Who keeps which envelope: a person of the school where the name is known, else the words. InputError."""
        if set(keepers) != set(LETTERS) or any(not words.strip() for words in keepers.values()):
            raise InputError("Say who keeps each of the three envelopes.")
        people = {one.name.casefold(): str(one.id) for one in self._book.school().people.values()}
        found = {letter: people.get(words.strip().casefold(), clean_name(words)) for letter, words in keepers.items()}
        if len({words.casefold() for words in found.values()}) < len(LETTERS):
            raise InputError("Three envelopes, three different holders: a person, the safe, the trust.")
        return found

    # -- who

    def _in_force(self, account: AccountId) -> Account:
        self._settings.asked()
        self._ask_laptop()
        row = self._book.school().account(account)
        if not row.in_force:
            raise ProcedureError("This account has ended already. Nothing was changed.")
        return row

    def _ask_laptop(self) -> None:
        self._book.switch.ask_laptop()

    def _two(self, two: TwoTyped, *, with_root: bool = True) -> tuple[Signer, Signer]:
        """The person signed in and a second signer: another person, or the root by two codes.

        Whatever needs the school's root (new keys, new codes) needs two who may let others in, or two codes.
        """
        self._settings.asked()
        self._ask_laptop()
        first = self._settings.myself(two.me)
        if two.other is None:
            return first, self._proofs.prove_codes(*two.codes)
        second = self._proofs.prove(two.other.sign_in_name, two.other.passphrase, self._book.now())
        school = self._book.school()
        if second.account in (first.account, ROOT_ACCOUNT) or _person(school, second) == _person(school, first):
            raise ProcedureError("Two different people are needed. The second one is the same person as the first.")
        asked = (first, second) if with_root else (second,)
        if any(Duty.ISSUER.value not in school.account(AccountId(one.account)).duties for one in asked):
            raise ProcedureError(
                "One of you two may not let others in or out. Ask somebody who may, or use two recovery codes."
            )
        return first, second


def _person(school: School, signer: Signer) -> PersonId:
    return school.actor(AccountId(signer.account)).person


def _reason(reason: str) -> str:
    if not reason.strip():
        raise InputError("Write why")
    return clean_text(clean_name(reason))


def _account_of(issued: AccountIssued) -> tuple[AccountId, str]:
    """Whose account an issuance speaks of, and which certificate: parts of its statement (format section 8)."""
    parts = read_json(issued.issuance.encode())
    known = isinstance(parts, list) and len(parts) > 3
    return (AccountId(str(parts[2])), str(parts[3])) if isinstance(parts, list) and known else (AccountId(""), "")


def _seen(row: Account, school: School, told: list[str], *, mine: bool) -> AccountSeen:
    replaced = sum(words.startswith("New keys") for words in told) > 0
    state = AccountState.REPLACED if replaced else AccountState.ACTIVE
    return AccountSeen(
        account=row.account,
        name=row.name,
        post=post_words(row.role, school.profile),
        state=state if row.in_force else AccountState.WITHDRAWN,
        mine=mine,
        lets_in=Duty.ISSUER.value in row.duties,
        reduced=row.reduced,
        fingerprint=row.certificate_sha256[:16].upper(),
        told=tuple(told),
    )


def _keeper_words(school: School, holder: str) -> str:
    """Who keeps an envelope, by name where it is somebody of the school."""
    person = school.people.get(PersonId(holder))
    return person.name if person else school.names.get(AccountId(holder), holder)

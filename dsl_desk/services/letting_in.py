"""Letting people in: a second account by the first and two codes, further ones by two issuers (flows section 10)."""

from typing import Protocol

from dsl_desk.domain.errors import ProcedureError
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.words import AccountId
from dsl_desk.services.begin import NewAccount
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.set_up import SetUpService
from dsl_desk.services.unlock import Typed
from dsl_desk.signatures import Signer


class Proofs(Protocol):
    """Where somebody proves who they are at this very moment."""

    def prove(self, sign_in_name: str, passphrase: str, at: Moment) -> Signer:
        """Open a person's signing key with their own passphrase, for one act."""
        ...

    def prove_codes(self, first: str, second: str) -> Signer:
        """Open the school root with two recovery codes, for one act."""
        ...


class LettingInService:
    """Gives somebody an account; two prove themselves for it at that moment."""

    def __init__(self, book: CaseBook, set_up: SetUpService, proofs: Proofs) -> None:
        self._book, self._set_up, self._proofs = book, set_up, proofs

    def by_codes(self, new: NewAccount, me: Typed, codes: tuple[str, str]) -> AccountId:
        """Let somebody in by the person signed in and the root, opened with two codes; the second account comes so.

        Raises WrongPassphraseError, WaitError, WrongCodeError, InputError, ProcedureError.
        """
        first = self._signed_in(me)
        root = self._proofs.prove_codes(*codes)
        alone = sum(row.in_force for row in self._book.school().accounts) < 2
        return self._set_up.issue(new.as_person, new.secret, (first, root), issuer=alone)

    def by_two(self, new: NewAccount, me: Typed, other: Typed) -> AccountId:
        """Let somebody in by two people who may issue accounts."""
        first = self._signed_in(me)
        second = self._proofs.prove(other.sign_in_name, other.passphrase, self._book.now())
        return self._set_up.issue(new.as_person, new.secret, (first, second))

    def _signed_in(self, me: Typed) -> Signer:
        signer = self._proofs.prove(me.sign_in_name, me.passphrase, self._book.now())
        if signer.account != self._book.desk.me.account:
            raise ProcedureError("The first of the two is the person who is signed in. Nothing was changed.")
        return signer

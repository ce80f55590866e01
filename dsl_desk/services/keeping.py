"""Who may read a case, and what becomes of it in the end: restricting, keeping, disposing (flows sections 5 and 14)."""

from collections.abc import Sequence

from dsl_desk.domain.case import Case
from dsl_desk.domain.errors import ProcedureError
from dsl_desk.domain.people import must_be_restricted, readers_of_restricted, who_leads
from dsl_desk.domain.words import AccountId, PersonId, StrandId, SubjectKind
from dsl_desk.services.case_book import CaseBook
from dsl_desk.signatures import Signer


class KeepingService:
    """Keeps a case from those it is about, and destroys a record by two people when its time has come."""

    def __init__(self, book: CaseBook) -> None:
        self._book = book

    def restrict(self, strand: StrandId, readers: Sequence[AccountId]) -> None:
        """Keep a case from everybody but these readers, from now on; what they read before cannot be undone."""
        case = self._book.load(strand)
        clean = tuple(account for account in readers if account not in case.subject_accounts)
        if not clean:
            raise ProcedureError("Somebody must be able to read this case. Name at least one reader it is not about.")
        self._book.desk.restrict(strand, clean, self._book.now())

    def keep_from_subject(self, strand: StrandId, kind: SubjectKind, person: PersonId | None) -> bool:
        """Restrict a case whose subject turns out to have an account or to hold a code; true where it was done now.

        Never refused for lack of readers: who leads and who keeps the record can read
        it, and with nobody left the case stays with whoever holds two clean codes.
        """
        school = self._book.school()
        lead = who_leads(kind, school.posts, subject=person)
        if not must_be_restricted(lead.barred, school.posts):
            return False
        barred = set(school.accounts_of(lead.barred))
        present = self._book.desk.readers(strand)
        if present is not None:
            wanted = tuple(account for account in present if account not in barred)
        else:
            wanted = school.accounts_of(readers_of_restricted(lead, school.posts))
        if present is not None and set(wanted) == set(present):
            return False
        self._book.desk.restrict(strand, wanted, self._book.now())
        return True

    def dispose(self, strand: StrandId, rule: str, signers: Sequence[Signer]) -> None:
        """Destroy a whole record by two people; that it stood there remains."""
        case: Case = self._book.load(strand)
        if not case.closed:
            raise ProcedureError("Only a closed case can be disposed of. Close it first.")
        people = {signer.account for signer in signers}
        if len(people) != 2 or people & case.subject_accounts:
            raise ProcedureError("Disposal takes two different people whom the case is not about.")
        self._book.desk.dispose(strand, 1, case.last, rule, self._book.now(), signers)

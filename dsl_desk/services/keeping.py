"""Who may read a case: kept from everybody it is about, from the moment that is known (flows section 5)."""

from collections.abc import Sequence

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_words import PersonRole
from dsl_desk.domain.errors import ProcedureError
from dsl_desk.domain.follow_up_entries import PersonLinked
from dsl_desk.domain.people import Lead, must_be_restricted, readers_of_restricted, who_leads
from dsl_desk.domain.words import AccountId, PersonId, StrandId, SubjectKind
from dsl_desk.services.case_book import CaseBook, after
from dsl_desk.services.school import School


def barred_accounts(case: Case, school: School) -> frozenset[AccountId]:
    """Every account of everybody whom a case is about: a second account is no second person."""
    named = {row.person for row in school.accounts if row.account in case.subject_accounts and row.person}
    return case.subject_accounts | set(school.accounts_of(case.subjects | named))


def subjects_named(case: Case, kind: SubjectKind, lead: Lead, school: School) -> tuple[PersonLinked, ...]:
    """Entries that name whom a case is about, where so far only the post said it ("about the Headteacher").

    What bars somebody later (from reviewing, signing, sealing, from the codes they
    hold) is read from these entries and from nothing else. They protect, so nothing
    is asked before they are written.
    """
    return tuple(
        PersonLinked(
            person=person,
            role=PersonRole.SUBJECT,
            kind=kind,
            name=school.people[person].name if person in school.people else "",
            account=next(iter(school.accounts_of([person])), ""),
        )
        for person in sorted(lead.barred)
        if person not in case.subjects
    )


class KeepingService:
    """Keeps a case from those it is about."""

    def __init__(self, book: CaseBook) -> None:
        self._book = book

    def restrict(self, strand: StrandId, readers: Sequence[AccountId]) -> None:
        """Keep a case from everybody but these readers, from now on; what they read before cannot be undone."""
        case, school = self._book.load(strand), self._book.school()
        barred = barred_accounts(case, school)
        clean = tuple(school.account(account).account for account in readers if account not in barred)
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
        case = self._name(strand, kind, lead)
        if not must_be_restricted(lead.barred, school.posts):
            return False
        barred = barred_accounts(case, school)
        present = self._book.desk.readers(strand)
        may_read = school.accounts_of(readers_of_restricted(lead, school.posts)) if present is None else present
        wanted = tuple(account for account in may_read if account not in barred)
        if present is not None and set(wanted) == set(present) and self._book.desk.is_kept_as_it_should(strand):
            return False
        self._book.desk.restrict(strand, wanted, self._book.now())
        return True

    def keep_from_holders(self) -> int:
        """Restrict every ordinary case about somebody who holds an account or a code by now; gives how many it were.

        For the moment after somebody got one: what was written about them before is
        shut away from them by the program alone until then, and not by its key.
        """
        desk, posts, done = self._book.desk, self._book.school().posts, 0
        for person in sorted(posts.account_holders | posts.code_holders):
            for strand in dict.fromkeys(link.strand for link in desk.links("person", person)):
                about = [
                    told.data.kind
                    for told in desk.case(strand).told(PersonLinked)
                    if told.data.person == person and told.data.role is PersonRole.SUBJECT
                ]
                if about and desk.readers(strand) is None:
                    done += self.keep_from_subject(strand, about[-1], person)
        return done

    def _name(self, strand: StrandId, kind: SubjectKind, lead: Lead) -> Case:
        """Write down whom it is about, where a post alone told it: a record that names nobody bars nobody for long."""
        case = self._book.desk.case(strand)
        links = subjects_named(case, kind, lead, self._book.school())
        return after(case, self._book.desk.write(strand, *links, at=self._book.now())) if links else case

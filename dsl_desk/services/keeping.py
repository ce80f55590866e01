"""Who may read a case, and what becomes of it in the end: restricting, keeping, disposing (flows sections 5 and 14)."""

from collections.abc import Mapping, Sequence

from dsl_desk.domain.case import Case
from dsl_desk.domain.desk_entries import BackupMade
from dsl_desk.domain.errors import ProcedureError
from dsl_desk.domain.follow_up_entries import CaseClosed
from dsl_desk.domain.people import must_be_restricted, readers_of_restricted, who_leads
from dsl_desk.domain.words import AccountId, PersonId, StrandId, SubjectKind
from dsl_desk.exports.papers.disposal_certificate import DisposalCertificate, DisposedItem
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.paper.spelling import moment_words, spoken
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

    def dispose(
        self, strand: StrandId, signers: tuple[Signer, Signer], checks: Mapping[str, str], *, consent: str = ""
    ) -> DisposalCertificate:
        """Destroy a whole record by two people; that it stood there remains, and what to print as proof comes back.

        `checks` says what was found for each legal hold, inquiry, access request and
        open referral that was asked after. Raises ProcedureError where the time has
        not come, or a hold stands, or the two may not.
        """
        self._book.switch.ask_laptop()
        self._book.checked()
        case = self._book.load(strand)
        closed = self._time_has_come(case)
        first, second = (self._book.actor(signer.account) for signer in signers)
        for one in (first, second):
            if one.person in case.subjects or one.account in case.subject_accounts:
                raise ProcedureError("Whom a case is about disposes of nothing in it.")
        if first.person == second.person:
            raise ProcedureError("Disposal takes two different people.")
        at = self._book.now()
        rule = f"{closed.retention} until {closed.keep_until}"
        kept = self._book.desk.dispose(strand, 1, case.last, rule, at, signers)
        return DisposalCertificate(
            items=(
                DisposedItem(
                    item=case.ref, rule=closed.retention, due=spoken(closed.keep_until), method="key destroyed"
                ),
            ),
            done_at=moment_words(at.local, at.zone),
            authorised_by=first.name,
            done_by=second.name,
            checks=tuple(checks.items()),
            agency_consent=consent,
            backups_with_keys=self._backups(),
            entry_digest=kept.digest,
        )

    def _time_has_come(self, case: Case) -> CaseClosed:
        """How a case was closed, where its keeping is over; an unknown date keeps it, and so does any hold."""
        closed = case.latest(CaseClosed)
        if not case.closed or closed is None:
            raise ProcedureError("Only a closed case can be disposed of. Close it first.")
        until = closed.data.keep_until
        if not until or until > self._book.now().local.date().isoformat():
            raise ProcedureError("This record is still to be kept, or its date is not known. Nothing was done.")
        return closed.data

    def _backups(self) -> tuple[str, ...]:
        """Every backup made so far: it still opens with the keys of its day."""
        desk = self._book.desk
        told = [record.payload.data for record in desk.records(desk.desk_strand) if record.payload]
        return tuple(f"{one.medium}, entry {one.seq}" for one in told if isinstance(one, BackupMade))

"""Who may read a case, and what becomes of it in the end: restricting, keeping, disposing (flows sections 5 and 14)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_words import ContinuityAction, PersonRole
from dsl_desk.domain.continuity import next_number, previous_link
from dsl_desk.domain.desk_entries import BackupMade
from dsl_desk.domain.destroying import advice_to_destroy, kept_for_police, newest_advice
from dsl_desk.domain.errors import InputError, ProcedureError
from dsl_desk.domain.exhibit import Exhibit
from dsl_desk.domain.follow_up_entries import CaseClosed, ContinuityRecorded, PersonLinked
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.people import Actor, Lead, must_be_restricted, readers_of_restricted, who_leads
from dsl_desk.domain.retention import kept_by, not_asked_after
from dsl_desk.domain.words import AccountId, Mark, PersonId, Role, StrandId, SubjectKind
from dsl_desk.exports.papers.disposal_certificate import DisposalCertificate, DisposedItem
from dsl_desk.services.case_book import CaseBook, after
from dsl_desk.services.case_things import local_words
from dsl_desk.services.paper.destroyed import advice_words, copies_words, who_advised
from dsl_desk.services.paper.spelling import moment_words, spoken
from dsl_desk.services.school import School
from dsl_desk.signatures import Signer

KEY_DESTROYED: Final = "key destroyed"
_WAITS: Final = (
    "It is destroyed and nobody can read it any more. Its certificate prints once the desk has changed its key and "
    "taken the file away: make room on the disk, then press Finish it now, or open the desk again."
)
_NOT_THE_CHAIR: Final = (
    "Your sign-in writes in this one record alone, and destroying is also written in the desk’s own record. Ask "
    "whoever keeps the record (the deputy) to sign in; you can be the second who signs."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Destroyed:
    """What two people destroyed, and whether its certificate may print yet (format section 3)."""

    certificate: DisposalCertificate
    waits: str
    """Why it must not print yet, in words; empty where it may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDestroy:
    """An exhibit that the police said is to be destroyed, as two people are asked about it."""

    mark: Mark
    shows: str
    advice: str
    reference: str
    older_copies: tuple[str, ...]


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
    """Keeps a case from those it is about, and destroys a record by two people when its time has come."""

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

    def dispose(
        self, strand: StrandId, signers: tuple[Signer, Signer], checks: Mapping[str, str], *, consent: str = ""
    ) -> Destroyed:
        """Destroy a whole record by two people; that it stood there remains, and what to print as proof comes back.

        `checks` says what was found for each of `retention.CHECKS`, by its words. Raises
        ProcedureError where the time has not come, or a hold stands, or the two may
        not, InputError where something was not asked after.
        """
        self._book.switch.ask_laptop()
        self._book.checked()
        case = self._book.load(strand)
        closed = self._time_has_come(case)
        first, second = self._two(case, signers)
        if unasked := not_asked_after(checks):
            raise InputError(f"Ask after it first, and write what you found: {'; '.join(unasked)}.")
        at = self._book.now()
        rule = f"{closed.retention} until {closed.keep_until}"
        kept = self._book.desk.dispose(strand, 1, case.last, rule, at, signers)
        return self._told(
            DisposalCertificate(
                items=(
                    DisposedItem(
                        item=case.ref, rule=closed.retention, due=spoken(closed.keep_until), method=KEY_DESTROYED
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
        )

    def _two(self, case: Case, signers: tuple[Signer, Signer]) -> tuple[Actor, Actor]:
        """The two who destroy, neither of whom the case is about; raises ProcedureError."""
        first, second = (self._book.actor(signer.account) for signer in signers)
        if {first.account, second.account} & barred_accounts(case, self._book.school()):
            raise ProcedureError("Whom a case is about disposes of nothing in it.")
        if first.person == second.person:
            raise ProcedureError("Disposal takes two different people.")
        return first, second

    def _told(self, certificate: DisposalCertificate) -> Destroyed:
        return Destroyed(certificate=certificate, waits="" if self._book.desk.finish_disposal() else _WAITS)

    def finish(self, done: Destroyed) -> Destroyed:
        """Try again what was left to do after a disposal, and see whether its certificate may print."""
        return self._told(done.certificate)

    def destructible(self, strand: StrandId) -> tuple[ToDestroy, ...]:
        """Every exhibit that the police advised to destroy and that is still held, with what may still show it."""
        case = self._book.load(strand)
        advised = ((exhibit, advice_to_destroy(case, exhibit.mark)) for exhibit in case.exhibits if exhibit.is_held)
        return tuple(
            ToDestroy(
                mark=exhibit.mark,
                shows=exhibit.data.description,
                advice=advice_words(said),
                reference=said.data.reference,
                older_copies=self._older_copies(case, exhibit),
            )
            for exhibit, said in advised
            if said is not None
        )

    def destroy_exhibit(
        self, strand: StrandId, mark: Mark, signers: tuple[Signer, Signer], *, method: str = KEY_DESTROYED
    ) -> Destroyed:
        """Destroy the content of one exhibit, on police advice that names it, by two people; its record stays.

        The entries that say so (in the case `exhibit_destroyed` and its continuity, in
        the desk's own record `disposed`), the key and the list of files to take away
        are one transaction. Raises ProcedureError without such advice or where the
        police have said otherwise since, InputError where no such exhibit is held.
        """
        self._book.switch.ask_laptop()
        self._book.checked()
        if self._book.desk.me.role == Role.CHAIR.value:
            raise ProcedureError(_NOT_THE_CHAIR)
        case = self._book.load(strand)
        first, second = self._two(case, signers)
        at, exhibit, said = self._book.now(), case.exhibit(mark), newest_advice(case, mark)
        copies = self._older_copies(case, exhibit) if exhibit is not None else ()
        gone = case.destroy_exhibit(
            first, second, mark=mark, advice=said.at if said else 0, reference=said.data.reference if said else "",
            method=method, older_copies=copies,
        )  # fmt: skip
        if exhibit is None or said is None:
            raise ProcedureError("Only police advice that names this exhibit, with its reference, allows this.")
        moved = _gone_for_good(case, mark, at, (first, second), said.data.reference)
        rule = "police advice"
        written = self._book.desk.destroy_content(strand, (gone, moved), (exhibit.blob,), rule, at, signers)
        return self._told(
            DisposalCertificate(
                items=(DisposedItem(item=f"{case.ref}, exhibit {mark}", rule="Police advice", due="", method=method),),
                done_at=moment_words(at.local, at.zone),
                authorised_by=first.name,
                done_by=second.name,
                checks=(
                    ("Advice of the police", who_advised(said)),
                    ("Copies, prints and packs since", _listed(copies_words(case, exhibit))),
                ),
                agency_consent=f"Police, reference {said.data.reference}",
                backups_with_keys=self._backups(_seq_of(case, exhibit)),
                entry_digest=written[-1].digest,
            )
        )

    def _older_copies(self, case: Case, exhibit: Exhibit) -> tuple[str, ...]:
        """What may still show it: prints, packs and backups since it came in."""
        backups = (f"Backup on {line}" for line in self._backups(_seq_of(case, exhibit)))
        return (*copies_words(case, exhibit), *backups)

    def _time_has_come(self, case: Case) -> CaseClosed:
        """How a case was closed, where its keeping is over; an unknown date keeps it, and so does any hold."""
        closed = case.latest(CaseClosed)
        if not case.closed or closed is None:
            raise ProcedureError("Only a closed case can be disposed of. Close it first.")
        if not kept_by(closed.data).may_be_disposed(self._book.now().local.date()):
            raise ProcedureError("This record is still to be kept, or its date is not known. Nothing was done.")
        held = kept_for_police(case)
        if held:
            raise ProcedureError(f"{held} Nothing was done.")
        return closed.data

    def _backups(self, since: int = 0) -> tuple[str, ...]:
        """Every backup so far, or since an entry of the desk, by its time: the desk's count stands on no paper."""
        desk = self._book.desk
        told = [record.payload for record in desk.records(desk.desk_strand) if record.payload]
        return tuple(
            f"{one.data.medium}, {local_words(one.at_local)}"
            for one in told
            if isinstance(one.data, BackupMade) and one.data.seq >= since
        )


def _seq_of(case: Case, exhibit: Exhibit) -> int:
    """Number of an exhibit's intake in the desk."""
    entry = case.entry_at(exhibit.at)
    return entry.seq if entry else 0


def _listed(copies: Sequence[str]) -> str:
    return "; ".join(copies) or "None known"


def _gone_for_good(case: Case, mark: Mark, at: Moment, two: tuple[Actor, Actor], reference: str) -> ContinuityRecorded:
    """The last line of an exhibit's continuity."""
    return ContinuityRecorded(
        no=next_number(case), mark=mark, at=at.at_local, action=ContinuityAction.DESTROYED,
        from_whom="the desk", to_whom="nobody", by_whom=two[0].name, witness=two[1].name,
        reason="Destroyed on the advice of the police", authority=f"Police, reference {reference}",
        previous=previous_link(case, mark),
    )  # fmt: skip

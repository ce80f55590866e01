"""What two people destroy for good, and the certificate that proves it (flows section 14, format section 3)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_state import Recorded
from dsl_desk.domain.case_words import ContinuityAction
from dsl_desk.domain.continuity import next_number, previous_link
from dsl_desk.domain.desk_entries import BackupMade
from dsl_desk.domain.destroying import advice_to_destroy, kept_for_police, newest_advice
from dsl_desk.domain.errors import DslDeskError, InputError, ProcedureError
from dsl_desk.domain.exhibit import Exhibit
from dsl_desk.domain.follow_up_entries import CaseClosed, ContinuityRecorded
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.people import Actor
from dsl_desk.domain.retention import kept_by, not_asked_after
from dsl_desk.domain.words import Mark, Role, StrandId
from dsl_desk.exports.papers.disposal_certificate import DisposalCertificate, DisposedItem
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.case_things import local_words
from dsl_desk.services.certificates import Certificates, Kept
from dsl_desk.services.keeping import barred_accounts
from dsl_desk.services.paper.destroyed import advice_words, copies_words, who_advised
from dsl_desk.services.paper.spelling import moment_words, spoken
from dsl_desk.services.printing import Page, PrintingService
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

    kept: Kept
    """Its certificate, kept until both have signed it."""
    waits: str
    """Why it must not print yet, in words; empty where it may."""

    @property
    def certificate(self) -> DisposalCertificate:
        """What the certificate says."""
        return self.kept.certificate


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDestroy:
    """An exhibit that the police said is to be destroyed, as two people are asked about it."""

    mark: Mark
    shows: str
    advice: str
    reference: str
    older_copies: tuple[str, ...]


class DestroyingService:
    """Destroys a record whose time is over, or one exhibit on police advice; always by two people."""

    def __init__(self, book: CaseBook, printing: PrintingService) -> None:
        self._book, self._printing = book, printing
        self.certificates = Certificates(book)

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
        certificate = DisposalCertificate(
            items=(
                DisposedItem(item=case.ref, rule=closed.retention, due=spoken(closed.keep_until), method=KEY_DESTROYED),
            ),
            done_at=moment_words(at.local, at.zone),
            authorised_by=first.name,
            done_by=second.name,
            checks=tuple(checks.items()),
            agency_consent=consent,
            backups_with_keys=self._backups(),
        )
        return self._proved(
            self.certificates.begin(certificate, at, strand),
            lambda: self._book.desk.dispose(strand, 1, case.last, rule, at, signers),
        )

    def _proved(self, kept: Kept, act: Callable[[], Recorded]) -> Destroyed:
        """Do it, with its certificate kept from before on; one of an act that was refused is forgotten."""
        try:
            done = act()
        except DslDeskError:
            self.certificates.give_up(kept)
            raise
        return self._told(self.certificates.complete(kept, done.digest))

    def _two(self, case: Case, signers: tuple[Signer, Signer]) -> tuple[Actor, Actor]:
        """The two who destroy, neither of whom the case is about; raises ProcedureError."""
        first, second = (self._book.actor(signer.account) for signer in signers)
        if {first.account, second.account} & barred_accounts(case, self._book.school()):
            raise ProcedureError("Whom a case is about disposes of nothing in it.")
        if first.person == second.person:
            raise ProcedureError("Disposal takes two different people.")
        return first, second

    def _told(self, kept: Kept) -> Destroyed:
        return Destroyed(kept=kept, waits="" if self._book.desk.finish_disposal() else _WAITS)

    def finish(self, done: Destroyed) -> Destroyed:
        """Try again what was left to do after a disposal, and see whether its certificate may print."""
        return self._told(done.kept)

    def found(self, kept: Kept) -> Destroyed:
        """A certificate that waits since an earlier day, and whether it may print."""
        return self._told(kept)

    def certificate(self, done: Destroyed) -> Page:
        """The paper that proves it, to be signed by both; not to be printed while `done.waits`."""
        return self._printing.desk_paper("disposal-certificate.pdf", done.certificate, "Disposal")

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
        certificate = DisposalCertificate(
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
        )
        blob = exhibit.blob
        return self._proved(
            self.certificates.begin(certificate, at, strand, blob),
            lambda: self._book.desk.destroy_content(strand, (gone, moved), (blob,), rule, at, signers)[-1],
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

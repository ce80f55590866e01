"""Advice of an agency: recorded by one, applied by two (flows section 1)."""

from collections.abc import Callable

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_entries import AdviceApplied
from dsl_desk.domain.follow_up_entries import AdviceRecorded
from dsl_desk.domain.words import StrandId
from dsl_desk.services.case_book import CaseBook, after
from dsl_desk.signatures import Signer


class AdviceService:
    """Records what police and others advise, and opens what it allows when two people say so."""

    def __init__(self, book: CaseBook) -> None:
        self._book = book

    def record(self, strand: StrandId, advice: AdviceRecorded) -> Case:
        """Who said what, when, in their words; opens nothing by itself."""
        return self._book.record(strand, lambda case, me: case.record_advice(me, advice))

    def apply(self, strand: StrandId, signers: tuple[Signer, Signer], *, advice: int, reason: str) -> Case:
        """Two people, one of whom was not a reviewer, open what that advice allows; the root may be the second."""
        first, second = (self._book.actor(signer.account) for signer in signers)
        return self._opened(
            strand, signers, lambda case: case.apply_advice(first, second, advice=advice, reason=reason)
        )

    def undo_mistake(self, strand: StrandId, signers: tuple[Signer, Signer], reason: str) -> Case:
        """Pressed by mistake: two people, a reason, and both reviewers' own "no" since."""
        first, second = (self._book.actor(signer.account) for signer in signers)
        return self._opened(strand, signers, lambda case: case.undo_mistaken_halt(first, second, reason))

    def resume_laptop(
        self,
        strand: StrandId,
        signers: tuple[Signer, Signer],
        *,
        reason: str,
        police_advised: bool,
        reference: str = "",
    ) -> Case:
        """After a stop on this very laptop: two people say why the desk is used again."""
        first, second = (self._book.actor(signer.account) for signer in signers)
        before = self._book.load(strand)
        resumed = before.resume_laptop(first, second, reason=reason, police_advised=police_advised, reference=reference)
        case = after(before, self._book.desk.write(strand, resumed, at=self._book.now(), also=signers))
        if not case.laptop_stopped:
            self._book.switch.laptop_runs_again(strand)
        return case

    def _opened(
        self, strand: StrandId, signers: tuple[Signer, Signer], decide: Callable[[Case], AdviceApplied]
    ) -> Case:
        """What was shut away comes back in the same transaction as the entry that says so."""
        before = self._book.load(strand)
        applied = decide(before)
        blobs = [exhibit.blob for exhibit in before.quarantined() if exhibit.mark in applied.exhibits]
        kept = self._book.desk.release(strand, applied, blobs, self._book.now(), signers)
        case = after(before, (kept,))
        self._book.switch.settle(strand, case.grade)
        return case

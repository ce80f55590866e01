"""What is waiting for the person signed in: halted cases, sign-offs, packs without an end, set-up."""

from dataclasses import dataclass

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_words import HoldBack
from dsl_desk.domain.errors import DslDeskError
from dsl_desk.domain.follow_up_entries import ExternalLogMade
from dsl_desk.domain.words import CaseRef, Grade, StrandId
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.set_up import SetUpService
from dsl_desk.store.values import CaseQuery

PAGE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing that waits, the most urgent first."""

    reference: CaseRef | None
    strand: StrandId | None
    what: str


class HomeService:
    """Answers "what is waiting for me?"; counts only what its reader may read."""

    def __init__(self, book: CaseBook, set_up: SetUpService) -> None:
        self._book, self._set_up = book, set_up

    def waiting(self) -> tuple[Waiting, ...]:
        """Everything that waits for the person signed in."""
        page = self._book.desk.cases(CaseQuery(limit=PAGE))
        found: list[tuple[int, Waiting]] = []
        for row in (*page.restricted, *page.rows):
            if row.state == "closed":
                continue
            try:
                case = self._book.load(row.strand)
            except DslDeskError:
                continue
            found += [(rank, _item(row.reference, row.strand, what)) for rank, what in self._of(case)]
        if self._book.desk.waits_for_check:
            found.append((1, _item(None, None, "The desk was not closed properly last time. Run Check everything.")))
        found += [(5, _item(None, None, what)) for what in self._set_up.unfinished()]
        return tuple(item for _, item in sorted(found, key=lambda pair: pair[0]))

    def _of(self, case: Case) -> list[tuple[int, str]]:
        me = self._book.desk.me.account
        waits: list[tuple[int, str]] = []
        if case.laptop_stopped:
            waits.append((0, "This laptop is stopped. Two people must say why it is used again."))
        if case.grade is Grade.STOP_IMAGES:
            waits.append((0, "Stopped for pictures: police advice is needed."))
        elif case.is_stopped:
            waits.append((1, "Police first: wait for advice before anything is looked at."))
        waits += [
            (2, f"Pack {no} was begun and has no end: finish it, or record it as lost.")
            for no in case.unfinished_packs()
        ]
        if case.is_reviewer(me) and self._sign_off_waits(case):
            waits.append((2, "Your signature is asked for."))
        waits += [(3, "An action is not recorded as done.") for _ in case.actions_waiting()]
        if any(held.decision is HoldBack.WAIT for held in case.hold_back_list().values()):
            waits.append((3, "Somebody must not be told yet: look at the hold-back list."))
        if case.sign_off_state().is_valid and not case.told(ExternalLogMade):
            waits.append((4, "The note for the main system is not made yet."))
        return waits

    def _sign_off_waits(self, case: Case) -> bool:
        state = case.sign_off_state()
        me = self._book.desk.me.account
        one_signed = bool(state.signatures) and not state.void_since and not state.is_valid
        return one_signed and all(signature.account != me for signature in state.signatures)


def _item(reference: CaseRef | None, strand: StrandId | None, what: str) -> Waiting:
    return Waiting(reference=reference, strand=strand, what=what)

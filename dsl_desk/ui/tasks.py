"""Which page belongs to which step of a case: the way from a case to what is done in it."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from dsl_desk.domain.policy_values import Fact
from dsl_desk.domain.words import StrandId
from dsl_desk.ui.governors.presenter import GovernorPresenter, GovernorServices
from dsl_desk.ui.handover.presenter import HandoverPresenter, HandoverServices, Verify
from dsl_desk.ui.jobs import JobPool
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.papers.presenter import PapersPresenter
from dsl_desk.ui.review.presenter import ReviewPresenter, ReviewServices
from dsl_desk.ui.sign_off.presenter import SignOffPresenter, SignOffServices


class TaskServices(HandoverServices, SignOffServices, ReviewServices, GovernorServices, Protocol):
    """What an open desk offers to the steps that are done here."""


class CaseTasks(QObject):
    """Opens review, judgement, signature and handover of a case. Signals: `left(strand)` back to the case."""

    left = Signal(object)

    def __init__(self, window: MainWindow, pool: JobPool, services: Callable[[], TaskServices], verify: Verify) -> None:
        super().__init__(window)
        self.papers = PapersPresenter(window, pool)
        self.sign_off = SignOffPresenter(window, pool, services, self.papers)
        self.handover = HandoverPresenter(window, pool, services, self.papers, verify)
        self.review = ReviewPresenter(window, pool, services)
        self.governors = GovernorPresenter(window, pool, services, self.papers)
        for presenter in (self.sign_off, self.handover, self.review):
            presenter.left.connect(self.left)
        self._parts: dict[str, Callable[[StrandId], None]] = {
            Fact.BOTH_DECLARED.value: self.review.open_declaration,
            Fact.LOOKED.value: self.review.open_session,
            Fact.FINISHED_BY_BOTH.value: self.review.open_finish,
            Fact.BOTH_JUDGED.value: self.sign_off.open_judgement,
            Fact.CONCLUDED.value: self.sign_off.open_judgement,
            Fact.ACTION.value: self.sign_off.open_action,
            Fact.SIGNED_BY_BOTH.value: self.sign_off.open_signing,
            Fact.FORM_PRINTED.value: self.sign_off.open_signing,
            Fact.SCAN_ATTACHED.value: self.sign_off.open_signing,
        }

    def open_part(self, strand: StrandId, kind: str) -> bool:
        """Open the page of a step; False where its page is elsewhere."""
        opener = self._parts.get(kind)
        if opener is not None:
            opener(strand)
        return opener is not None

    def open_pack(self, strand: StrandId) -> None:
        """Plan a pack."""
        self.handover.open(strand)

    def open_material(self, strand: StrandId) -> None:
        """Take in what a person brings."""
        self.review.open_material(strand)

    def open_governors(self) -> None:
        """The summary for governors."""
        self.governors.open()

"""Which page belongs to which step of a case: the way from a case to what is done in it."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from dsl_desk.domain.moments import Moment
from dsl_desk.domain.policy_values import Fact
from dsl_desk.domain.words import StrandId
from dsl_desk.ui.case.around import AroundServices, CaseAround
from dsl_desk.ui.case.destroy import DestroyPresenter, DestroyServices
from dsl_desk.ui.case.exhibits import OneExhibitPresenter, OneExhibitServices
from dsl_desk.ui.case.opens_again import OpensAgain, OpensAgainServices
from dsl_desk.ui.case.route import RoutePresenter, RouteServices
from dsl_desk.ui.concern.add_person import AddPersonPresenter, PersonServices
from dsl_desk.ui.concern.again import AgainPresenter, AgainServices
from dsl_desk.ui.governors.presenter import GovernorPresenter, GovernorServices
from dsl_desk.ui.handover.presenter import HandoverPresenter, HandoverServices, Verify
from dsl_desk.ui.jobs import JobPool
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.packs.presenter import PacksPresenter
from dsl_desk.ui.papers.presenter import PapersPresenter
from dsl_desk.ui.review.device import ChangeDevicePresenter, DeviceServices
from dsl_desk.ui.review.presenter import ReviewPresenter, ReviewServices
from dsl_desk.ui.sign_off.presenter import SignOffPresenter, SignOffServices


class TaskServices(
    HandoverServices, SignOffServices, ReviewServices, GovernorServices, AroundServices, AgainServices, PersonServices,
    RouteServices, DestroyServices, OneExhibitServices, DeviceServices, OpensAgainServices, Protocol,
):  # fmt: skip
    """What an open desk offers to the steps that are done here."""


class CaseTasks(QObject):
    """Opens what is done in a case: review, judgement, signature, handover, questions, people, chronology, advice.

    Signals: `left(strand)` back to the case, `next_requested(strand)` on to what is next in it, `told(words)` to be
    said there, `advice_requested(strand)` to write advice down, `shut_out` where the case is not this person's to read
    any more, `readers_requested(strand)` (who reads it).
    """

    left = Signal(object)
    next_requested = Signal(object)
    told = Signal(str)
    advice_requested = Signal(object)
    shut_out = Signal()
    readers_requested = Signal(object)

    def __init__(
        self, window: MainWindow, pool: JobPool, services: Callable[[], TaskServices], verify: Verify,
        now: Callable[[], Moment],
    ) -> None:  # fmt: skip
        super().__init__(window)
        self.papers = PapersPresenter(window, pool)
        self.sign_off = SignOffPresenter(window, pool, services, self.papers)
        self.handover = HandoverPresenter(window, pool, services, self.papers, verify)
        self.review = ReviewPresenter(window, pool, services)
        self.governors = GovernorPresenter(window, pool, services, self.papers, now)
        self.around = CaseAround(window, pool, services, self.papers, now)
        self.opens_again = OpensAgain(window, pool, services)
        self.again = AgainPresenter(window, pool, services, now)
        self.people = AddPersonPresenter(window, pool, services)
        self.exhibits = OneExhibitPresenter(window, pool, services)
        self.device = ChangeDevicePresenter(window, pool, services)
        self.destroy = DestroyPresenter(window, pool, services, self.papers)
        self.exhibits.destroy_requested.connect(
            lambda strand, mark: self.destroy.open_exhibit(strand, mark, lambda: self.exhibits.open(strand, mark))
        )
        self.route = RoutePresenter(window, pool, services)
        self.packs = PacksPresenter(window, pool, services, verify)
        self.packs.case_requested.connect(self.left)
        self.review.next_requested.connect(self.next_requested)
        self.sign_off.next_requested.connect(self.next_requested)
        for presenter in (
            self.sign_off,
            self.handover,
            self.review,
            self.around,
            self.opens_again,
            self.again,
            self.people,
            self.exhibits,
            self.route,
            self.device,
        ):
            presenter.left.connect(self.left)
        for teller in (self.review, self.opens_again, self.people, self.route, self.device):
            teller.told.connect(self.told)
        for asker in (self.opens_again, self.again, self.route):
            asker.advice_requested.connect(self.advice_requested)
        for presenter_ in (self.people, self.again):
            presenter_.shut_out.connect(self.shut_out)
        self.parts: dict[str, Callable[[StrandId], None]] = {
            Fact.BOTH_DECLARED.value: self.review.open_declaration,
            Fact.LOOKED.value: self.review.open_session,
            Fact.FINISHED_BY_BOTH.value: self.review.open_finish,
            Fact.BOTH_JUDGED.value: self.sign_off.open_judgement,
            Fact.CONCLUDED.value: self.sign_off.open_judgement,
            Fact.ACTION.value: self.sign_off.open_action,
            Fact.SIGNED_BY_BOTH.value: self.sign_off.open_signing,
            Fact.FORM_PRINTED.value: self.sign_off.open_signing,
            Fact.SCAN_ATTACHED.value: self.sign_off.open_signing,
            Fact.TRIAGE.value: self.again.open,
            Fact.CHILD_SAFE.value: self.again.open,
            Fact.SUBJECT.value: self.people.open,
            "questions": self.again.open,
            "person": self.people.open,
            "route": self.route.open,
            "change_device": self.device.open,
            "material": self.review.open_material,
            "exhibits": self.exhibits.open,
            "chronology": self.around.open_chronology,
            "apply_advice": self.opens_again.open,
            "readers": self.readers_requested.emit,
        }

    def start_anew(self) -> None:
        """Somebody else is signed in: nothing that the one before was writing is saved or signed as theirs."""
        for presenter in (
            self.sign_off, self.handover, self.review, self.governors, self.around, self.opens_again,
            self.again, self.people,
            self.exhibits, self.route, self.packs, self.destroy, self.device, self.papers,
        ):  # fmt: skip
            presenter.start_anew()

    def open_part(self, strand: StrandId, kind: str) -> bool:
        """Open the page of a step; False where its page is elsewhere."""
        if kind.startswith("print:"):
            self.around.print(strand, kind.removeprefix("print:"))
            return True
        opener = self.parts.get(kind)
        if opener is not None:
            opener(strand)
        return opener is not None

    def open_pack(self, strand: StrandId) -> None:
        """Plan a pack."""
        self.handover.open(strand)

    def open_material(self, strand: StrandId) -> None:
        """Take in what a person brings."""
        self.review.open_material(strand)

    def open_packs(self) -> None:
        """The register of packs."""
        self.packs.open()

    def open_governors(self) -> None:
        """The summary for governors."""
        self.governors.open()

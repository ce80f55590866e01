"""The looking moves to another device between two sessions: why, what it is, signed by one reviewer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dsl_desk.domain.case_entries import DeviceChanged
from dsl_desk.domain.errors import ProcedureError
from dsl_desk.domain.words import StrandId
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.devices import Device, in_use
from dsl_desk.services.review import ReviewService
from dsl_desk.ui.case.asks import plain_choice
from dsl_desk.ui.jobs import Job, JobPool
from dsl_desk.ui.leaving import let_go
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.page import PageKind
from dsl_desk.ui.proof import Problems, Proof, ProofFields
from dsl_desk.ui.review.before_panels import ProvedPanel
from dsl_desk.ui.tokens import Look, Space
from dsl_desk.ui.widgets import Choice, Dropdown, Facts, Field, LineEdit, NoticeKind, Text, TextArea

OTHER = "other"
NO_DEVICE = "No device is named yet. Take the step “Where you will look” first."


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceSeen:
    """The device so far, and those it may move to."""

    reference: str
    now: str
    registered: tuple[Device, ...]


class DeviceServices(Protocol):
    """What an open desk offers to a change of the device."""

    @property
    def book(self) -> CaseBook:
        """Cases."""
        ...

    @property
    def review(self) -> ReviewService:
        """The looking."""
        ...

    def prove(self, sign_in_name: str, passphrase: str) -> Any:
        """Somebody's own signing key."""
        ...


class ChangeDevicePanel(ProvedPanel):
    """Why and to which device.

    Signals: `changed(DeviceChanged, Proof)`.
    """

    help_topic = "where-to-look"
    changed = Signal(object, object)

    def __init__(self, seen: DeviceSeen, parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.ASSISTANT, self.tr("Another device for looking"),
            hint=self.tr("Both stay on record. Between two sessions only, and with the reason."),
            back=self.tr("Back to {ref}").format(ref=seen.reference), width=640, parent=parent,
        )  # fmt: skip
        self._known = {one.id: one for one in seen.registered}
        self.add(Facts([(self.tr("Device so far"), seen.now)]), space=0)
        self.reason: Field[TextArea] = Field(self.tr("&Why it moves"), TextArea(2))
        self.add(self.reason)
        listed = [(one.id, f"{one.name}, {one.make}, {one.kept_at}"[:90]) for one in seen.registered]
        options = [("", self.tr("Choose…")), *listed, (OTHER, self.tr("Another device"))]
        self.which = Field(self.tr("W&hich device"), Dropdown(options))
        self.which.editor.currentIndexChanged.connect(lambda _: self._open())
        self.make = Field(self.tr("&Make and model"), LineEdit())
        self.serial = Field(self.tr("&Number on the label"), LineEdit(), width=320)
        self.location = Field(self.tr("Where it &is"), LineEdit())
        self.state = Field(self.tr("How it was &found"), LineEdit(), hint=self.tr("Such as: switched off, charged."))
        yes_no = ((("yes"), self.tr("Yes")), (("no"), self.tr("No")))
        self.mine = Field(self.tr("Is it this laptop?"), plain_choice(yes_no))
        self.pupils = Field(self.tr("Do pupils sign in to it?"), plain_choice(yes_no))
        self._other = QWidget()
        inner = QVBoxLayout(self._other)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(Space.M)
        for field in (self.make, self.serial, self.location):
            inner.addWidget(field)
        for part in (self.which, self._other, self.state, self.mine, self.pupils):
            self.add(part, space=Space.M)
        self.proof = ProofFields(enter_acts=True)
        self.add(Text(self.tr("One of the reviewers signs it"), Look.HEADING))
        self.add(self.proof, space=Space.S)
        self.set_primary(self.tr("&Move to this device"), icon="signature")
        self.primary_requested.connect(self._on_primary)
        self._open()

    def _open(self) -> None:
        self.show_added(self._other, shown=self.which.editor.key == OTHER)

    def _problems(self) -> Problems:
        asked: Sequence[tuple[Field[Any], str]] = (
            (self.reason, self.tr("Write why it moves")),
            (self.which, self.tr("Choose which device")),
            (self.make, self.tr("Enter the make and model")),
            (self.serial, self.tr("Enter the number on the label")),
            (self.location, self.tr("Enter where it is")),
            (self.state, self.tr("Enter how it was, such as switched off, charged")),
            (self.mine, self.tr("Choose whether it is this laptop")),
            (self.pupils, self.tr("Choose whether pupils sign in to it")),
        )
        return [(field, words) for field, words in asked if field.isVisibleTo(self) and not _value(field)]

    def _on_primary(self) -> None:
        if not self.show_problems([*self._problems(), *self.proof.problems()]):
            return
        known = self._known.get(self.which.editor.key)
        told = DeviceChanged(
            make=known.make if known else self.make.text(), serial=known.serial if known else self.serial.text(),
            location=known.kept_at if known else self.location.text(), state=self.state.text(),
            this_laptop=self.mine.editor.key == "yes", pupils_use_it=self.pupils.editor.key == "yes",
            reason=self.reason.text().strip(), registered=known.id if known else "", name=known.name if known else "",
        )  # fmt: skip
        self.changed.emit(told, self.proof.typed)
        self.proof.forget()


class ChangeDevicePresenter(QObject):
    """Joins the page to the service. Signals: `left(strand)` back to the case, `told(words)` to be said there."""

    left = Signal(object)
    told = Signal(str)

    def __init__(self, window: MainWindow, pool: JobPool, services: Callable[[], DeviceServices]) -> None:
        super().__init__(window)
        self._window, self._pool, self._services = window, pool, services
        self.page: ChangeDevicePanel | None = None

    def start_anew(self) -> None:
        """Somebody else is signed in."""
        page, self.page = self.page, None
        let_go(self._window, page)

    def open(self, strand: StrandId) -> None:
        """Ask for the other device."""

        def work(_: Job) -> DeviceSeen:
            book = self._services().book
            case = book.load(strand)
            if case.device is None:
                raise ProcedureError(NO_DEVICE)
            now = f"{case.device.make}, {case.device.serial}, {case.device.location}"
            return DeviceSeen(reference=case.ref, now=now, registered=in_use(book.school()))

        self._pool.start(
            work, owner=self, done=lambda seen: self._show(strand, seen),
            failed=lambda words: self._window.tell(words, NoticeKind.WARN),
        )  # fmt: skip

    def _show(self, strand: StrandId, seen: DeviceSeen) -> None:
        page = ChangeDevicePanel(seen, self._window)
        page.hide()
        old, self.page = self.page, page
        page.back_requested.connect(lambda: self._leave(strand))
        page.changed.connect(lambda told, proof: self._keep(page, strand, told, proof))
        self._window.show_page(page)
        let_go(self._window, old)

    def _keep(self, page: ChangeDevicePanel, strand: StrandId, told: DeviceChanged, proof: Proof) -> None:
        def work(_: Job) -> None:
            services = self._services()
            services.review.change_device(strand, told, services.prove(proof.sign_in_name, proof.passphrase))

        def done(_: object) -> None:
            self.told.emit(self.tr("Recorded: the looking moves to another device. Both stay on record."))
            self._leave(strand)

        job = self._pool.start(work, owner=page, done=done, failed=lambda words: page.refuse(words, job))

    def _leave(self, strand: StrandId) -> None:
        page, self.page = self.page, None
        self.left.emit(strand)
        let_go(self._window, page)


def _value(field: Field[Any]) -> str:
    editor = field.editor
    return (editor.key or "") if isinstance(editor, Dropdown | Choice) else field.text().strip()

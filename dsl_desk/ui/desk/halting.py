"""Joins the stop on the screen to its record: the screen first, memory at once, the entry as urgent work."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from dsl_desk.domain.moments import Moment
from dsl_desk.domain.words import Grade, StrandId
from dsl_desk.services.halt_switch import HaltSwitch
from dsl_desk.services.stop_at_once import StopAtOnceService, StopCard, StopKept
from dsl_desk.ui.halt import Stopped, StopWords
from dsl_desk.ui.jobs import JobPool
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.widgets import NoticeKind


class HaltingServices(Protocol):
    """What an open desk offers to a stop."""

    @property
    def stop_at_once(self) -> StopAtOnceService:
        """Writes it."""
        ...


class HaltPresenter(QObject):
    """Hears the stop and writes it. Signals: `kept(StopKept)`, `case_changed(strand or None)`: which case is open."""

    kept = Signal(object)
    case_changed = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        pool: JobPool,
        services: Callable[[], HaltingServices],
        switch: HaltSwitch,
        now: Callable[[], Moment],
    ) -> None:
        super().__init__(window)
        self._window, self._pool, self._services, self._switch, self._now = window, pool, services, switch, now
        self._strand: StrandId | None = None
        self.person = ""
        window.halt.chosen.connect(self._on_chosen)

    @property
    def strand(self) -> StrandId | None:
        """The case that is open; a stop is of this one."""
        return self._strand

    def about(self, strand: StrandId | None) -> None:
        """Which case is open from here on; None where none is."""
        self._strand = strand
        self.case_changed.emit(strand)

    def prepare(self) -> None:
        """Somebody has come in: have this school's words and numbers ready, and show a stop that still stands."""
        self._pool.start(lambda _: self._services().stop_at_once.card(), owner=self, done=self._on_card)

    def _on_card(self, card: StopCard) -> None:
        if card.wording is not None:
            wording = card.wording
            self._window.halt.set_words(
                StopWords(
                    stop_images=wording.stop_images, police_first=wording.police_first, buttons=wording.halt_buttons
                )
            )
        numbers = [(who, number) for who, number in card.numbers.items() if number]
        self._window.halt.set_numbers(numbers)
        if card.laptop_stopped:
            self._window.show_stopped(Stopped(grade=Grade.STOP_IMAGES, time="", stays=True))

    def _on_chosen(self, grade: Grade) -> None:
        """The page first; then every long piece of work is told; then the entry is written before all that waits."""
        strand, at = self.strand, self._now()
        stopped = Stopped(grade=grade, time=f"{at.local:%H:%M}", person=self.person)
        self._window.show_stopped(stopped)
        if strand is not None:
            self._switch.stop(strand, grade)
        self._pool.start(
            lambda _: self._services().stop_at_once.stop(strand, grade),
            owner=self,
            urgent=True,
            done=lambda kept: self._on_kept(stopped, kept),
            failed=self._on_failed,
        )

    def _on_kept(self, stopped: Stopped, kept: StopKept) -> None:
        self.about(kept.strand)
        known = replace(stopped, reference=kept.reference, stays=kept.stays)
        self._window.show_stopped(known)
        self.kept.emit(kept)

    def _on_failed(self, words: str) -> None:
        """The stop stands all the same; what is on the page stays, and the page below says what could not be kept."""
        told = self.tr("The stop stands, but it could not be written down yet. Write it on the card. ")
        self._window.tell(told + words, NoticeKind.STOP)

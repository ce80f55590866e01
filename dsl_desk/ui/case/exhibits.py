"""Joins the page of one exhibit to its services: shown for a reason, and where it went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_entries import ExhibitRedacted
from dsl_desk.domain.case_words import ContinuityAction
from dsl_desk.domain.continuity import continuity_faults, continuity_of
from dsl_desk.domain.errors import DslDeskError, InputError
from dsl_desk.domain.exhibit import Exhibit
from dsl_desk.domain.follow_up_entries import Viewed
from dsl_desk.domain.words import Mark, StrandId
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.case_things import local_words
from dsl_desk.services.destroying import DestroyingService
from dsl_desk.services.told import plain
from dsl_desk.ui.case.exhibit_panel import ExhibitShown, OneExhibitPanel
from dsl_desk.ui.case.redact import RedactPresenter, RedactServices
from dsl_desk.ui.jobs import Job, JobPool
from dsl_desk.ui.leaving import let_go
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.widgets import NoticeKind

Seen = tuple[str, list[tuple[str, str]], ExhibitShown, bool]
"""Reference, marks with their words, the exhibit shown, and whether the case is stopped."""


class OneExhibitServices(RedactServices, Protocol):
    """What an open desk offers to exhibits."""

    @property
    def book(self) -> CaseBook:
        """Cases."""
        ...

    @property
    def destroying(self) -> DestroyingService:
        """What the police advised to destroy."""
        ...


class OneExhibitPresenter(QObject):
    """The exhibits of a case.

    Signals: `left(strand)` back to the case, `destroy_requested(strand, mark)` where the police advised it.
    """

    left = Signal(object)
    destroy_requested = Signal(object, str)

    def __init__(self, window: MainWindow, pool: JobPool, services: Callable[[], OneExhibitServices]) -> None:
        super().__init__(window)
        self._window, self._pool, self._services = window, pool, services
        self._strand: StrandId | None = None
        self.page: OneExhibitPanel | None = None
        self.redact = RedactPresenter(window, pool, services)
        self.redact.left.connect(self.open)
        self.redact.made.connect(self._redacted)
        window.halt.covered.connect(self.cover)
        window.locked.connect(self.cover)

    def start_anew(self) -> None:
        """Somebody else is signed in: nothing of what the one before had open or typed leads on."""
        page, self.page, self._strand = self.page, None, None
        let_go(self._window, page)
        self.redact.start_anew()

    def cover(self) -> None:
        """Nothing of a picture stays on screen."""
        if self.page is not None:
            self.page.cover()

    def open(self, strand: StrandId, mark: str = "", told: str = "") -> None:
        """The last one that came in, or the one of that mark."""
        self._strand = strand

        def work(_: Job) -> Seen:
            services = self._services()
            reference, marks, shown, stopped = seen(services.book.load(strand), mark)
            destructible = {str(one.mark) for one in services.destroying.destructible(strand)}
            return reference, marks, replace(shown, to_destroy=shown.mark in destructible), stopped

        self._pool.start(
            work, owner=self, done=lambda found: self._show(found, told),
            failed=lambda words: self._window.tell(words, NoticeKind.WARN),
        )  # fmt: skip

    def _show(self, found: Seen, told: str) -> None:
        reference, marks, shown, stopped = found
        page = OneExhibitPanel(reference, marks, shown, self._window)
        page.hide()
        old, self.page = self.page, page
        page.halted = stopped
        page.back_requested.connect(self._leave)
        page.chosen.connect(lambda mark: self.open(self._strand or StrandId(""), mark))
        page.uncover_requested.connect(self._uncover)
        page.moved.connect(self._moved)
        page.redact_requested.connect(lambda mark: self._redact(mark, shown.shows))
        page.destroy_requested.connect(lambda mark: self.destroy_requested.emit(self._strand, mark))
        self._window.show_page(page)
        let_go(self._window, old)
        if told:
            page.show_notice(told)

    def _redact(self, mark: str, shows: str) -> None:
        if self._strand is not None:
            self.redact.open(self._strand, mark, shows)

    def _redacted(self, strand: StrandId, copy: str, original: str) -> None:
        told = self.tr("Sealed: {copy}, a redacted copy of {original}. Look at it before it goes to anybody.")
        self.open(strand, copy, told.format(copy=copy, original=original))

    def _leave(self) -> None:
        page, self.page = self.page, None
        self.left.emit(self._strand)
        let_go(self._window, page)

    def _uncover(self, mark: str, reason: str) -> None:
        strand, page = self._strand, self.page
        if strand is None or page is None:
            return
        self._pool.start(
            lambda _: self._services().exhibits.uncover(strand, Mark(mark), reason).png, owner=page,
            done=lambda png: page.show_picture(QImage.fromData(png)), failed=page.show_refused,
        )  # fmt: skip

    def _moved(self, mark: str, action: ContinuityAction, *said: str) -> None:
        strand, page = self._strand, self.page
        if strand is None or page is None:
            return
        from_whom, to_whom, witness, reason = said
        words = self.tr("Recorded: where {mark} went.").format(mark=mark)
        self._pool.start(
            lambda _: self._services().exhibits.moved(
                strand, Mark(mark), action, from_whom=from_whom, to_whom=to_whom, witness=witness, reason=reason
            ),
            owner=page, done=lambda _: self.open(strand, mark, words), failed=page.show_refused,
        )  # fmt: skip


def seen(case: Case, mark: str) -> Seen:
    """One exhibit of a case; raises InputError where there is none."""
    if not case.exhibits:
        raise InputError("This case holds no exhibit yet.")
    one = next((exhibit for exhibit in case.exhibits if exhibit.mark == mark), case.exhibits[-1])
    marks = [(str(exhibit.mark), f"{exhibit.mark}  {_words(exhibit)}"[:80]) for exhibit in reversed(case.exhibits)]
    return case.ref, marks, _shown(case, one), case.is_stopped


def _words(exhibit: Exhibit) -> str:
    data = exhibit.data
    return f"Redacted copy of {data.parent}" if isinstance(data, ExhibitRedacted) else data.description


def _shown(case: Case, exhibit: Exhibit) -> ExhibitShown:
    data, closed = exhibit.data, ""
    try:
        case.reachable(exhibit.mark)
    except DslDeskError as refused:
        closed = str(refused)
    size = f"{data.size:,} bytes, SHA-256 {data.sha256[:8]}…"
    facts = [("Shows", _words(exhibit)), ("Made by", data.produced_by), ("Content", size)]
    if not isinstance(data, ExhibitRedacted):
        facts.insert(1, ("Came in", f"{local_words(data.made_at_local)}, {data.source}"))
        if data.supplied_by:
            facts.insert(2, ("Brought by", data.supplied_by))
    return ExhibitShown(
        mark=str(exhibit.mark), facts=tuple(facts), closed=closed, shows=_words(exhibit),
        way=tuple(_way(case, exhibit.mark)),
        redactable=not (closed or case.is_stopped or case.closed) and data.media_type.startswith("image/"),
        faults=tuple(f"entry {fault.no}, {fault.what}" for fault in continuity_faults(case)
                     if fault.mark == exhibit.mark),
    )  # fmt: skip


def _way(case: Case, mark: str) -> list[tuple[str, str]]:
    found = [
        (told.at, (f"{plain(told.data.action.value).capitalize()}: from {told.data.from_whom} to {told.data.to_whom}",
                   f"{local_words(told.data.at)} · {told.data.by_whom}"))
        for told in continuity_of(case, mark)
    ]  # fmt: skip
    found += [
        (told.at, (f"Looked at: {told.data.reason}", local_words(told.at_local)))
        for told in case.told(Viewed) if told.data.what == mark
    ]  # fmt: skip
    return [line for _, line in sorted(found, reverse=True)]

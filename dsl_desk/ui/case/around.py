"""Joins what stands around a case to its services: its chronology, one entry with its corrections, its papers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from dsl_desk.domain.case_words import Agency
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.words import StrandId
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.case_place import CasePlaceService, CaseSeen
from dsl_desk.services.case_work import CaseWorkService
from dsl_desk.services.companion import companion_faults, companion_note
from dsl_desk.services.drafts import DraftService, Unfinished
from dsl_desk.services.entry_reading import EntryRead, EntryReadingService
from dsl_desk.services.printing import Page as Paper
from dsl_desk.services.printing import PrintingService
from dsl_desk.ui.case.chronology_panel import ChronologyPanel, CorrectPanel, EntryPanel
from dsl_desk.ui.jobs import Job, JobPool
from dsl_desk.ui.leaving import let_go
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.page import Page
from dsl_desk.ui.papers.presenter import PapersPresenter
from dsl_desk.ui.widgets import NoticeKind

P = TypeVar("P", bound=Page)

PAPERS: tuple[tuple[str, str], ...] = (
    ("chronology", "The chronology"),
    ("referral_police", "Referral sheet for police"),
    ("referral_social_care", "Referral sheet for social care"),
    ("referral_lado", "Referral sheet for the LADO"),
    ("officer", "Officer summary"),
    ("companion", "The note for the main system"),
    ("completeness", "What was looked at, and what not"),
    ("labels", "Labels for the exhibits"),
)
"""Papers that a case prints at any time."""

_REFERRALS = {
    "referral_police": Agency.POLICE,
    "referral_social_care": Agency.SOCIAL_CARE,
    "referral_lado": Agency.LADO,
}


class AroundServices(Protocol):
    """What an open desk offers around a case."""

    @property
    def book(self) -> CaseBook:
        """Cases."""
        ...

    @property
    def work(self) -> CaseWorkService:
        """Acts of one person."""
        ...

    @property
    def printing(self) -> PrintingService:
        """Papers."""
        ...


class CaseAround(QObject):
    """Chronology, corrections and papers.

    Signals: `left(strand)` back to the case.
    """

    left = Signal(object)

    def __init__(
        self, window: MainWindow, pool: JobPool, services: Callable[[], AroundServices], papers: PapersPresenter,
        now: Callable[[], Moment],
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._window, self._pool, self._services, self._papers = window, pool, services, papers
        self._now = now
        self._strand: StrandId | None = None
        self._pages: list[Page] = []
        self._draft: Unfinished | None = None
        self.chronology: ChronologyPanel | None = None
        window.locked.connect(self._keep_correction)

    # -- pages

    def _show(self, page: P, back: Callable[[], object]) -> P:
        page.hide()
        old, self._pages = self._pages, [page]
        page.back_requested.connect(back)
        self._window.show_page(page)
        for one in old:
            if one is self.chronology and not isinstance(page, ChronologyPanel):
                self._pages.append(one)
            else:
                one.deleteLater()
        return page

    def _refused(self, words: str) -> None:
        self._window.tell(words, NoticeKind.WARN)

    def start_anew(self) -> None:
        """Somebody else is signed in: what the one before was writing stays theirs; nobody else goes on with it."""
        pages, self._pages, self.chronology, self._draft = self._pages, [], None, None
        for page in pages:
            let_go(self._window, page)

    def _leave(self) -> None:
        pages, self._pages, self.chronology = self._pages, [], None
        self.left.emit(self._strand)
        for page in pages:
            let_go(self._window, page)

    # -- the chronology

    def open_chronology(self, strand: StrandId) -> None:
        """Every entry, to filter, find and print."""
        self._strand = strand
        self._pool.start(
            lambda _: CasePlaceService(self._services().book).see(strand), owner=self, done=self._show_chronology,
            failed=self._refused,
        )  # fmt: skip

    def _show_chronology(self, seen: CaseSeen) -> None:
        before = self.chronology
        panel = self._show(ChronologyPanel(seen.reference, seen.entries, self._window), self._leave)
        if before is not None:
            panel.finder.set_text(before.finder.text())
            panel.group.editor.set_key(before.group.editor.key)
        self.chronology = panel
        panel.entry_requested.connect(lambda number: self.open_entry(seen.strand, number))
        panel.print_requested.connect(lambda: self.print(seen.strand, "chronology"))

    def open_entry(self, strand: StrandId, number: int) -> None:
        """One entry in full."""
        self._strand = strand
        self._read(number, self._show_entry)

    def _read(self, number: int, done: Callable[[EntryRead], object]) -> None:
        strand = self._strand
        if strand is None:
            return

        def work(_: Job) -> EntryRead:
            services = self._services()
            return EntryReadingService(services.book, services.printing).read(strand, number)

        self._pool.start(work, owner=self, done=done, failed=self._refused)

    def _show_entry(self, read: EntryRead) -> None:
        inside = self.chronology is not None
        back = self.tr("Back to the chronology") if inside else self.tr("Back to {ref}").format(ref=read.reference)
        panel = self._show(EntryPanel(read, back=back, parent=self._window), self._back_to_chronology)
        panel.correct_requested.connect(lambda: self._begin_correction(read))

    def _back_to_chronology(self) -> None:
        if self.chronology is None or self._strand is None:
            self._leave()
        else:
            self.open_chronology(self._strand)

    # -- a correction

    def _begin_correction(self, read: EntryRead) -> None:
        strand, page = self._strand, f"correct:{read.number}"
        if strand is None:
            return
        self._pool.start(
            lambda _: DraftService(self._services().book).find(page, strand) or Unfinished(page=page, strand=strand),
            owner=self, done=lambda kept: self._show_correction(read, kept), failed=self._refused,
        )  # fmt: skip

    def _show_correction(self, read: EntryRead, kept: Unfinished) -> None:
        back = self.tr("Back to entry {n}").format(n=read.number)
        self._draft = kept
        made = CorrectPanel(read, lambda: self._now().local, back=back, parent=self._window)
        panel = self._show(made, lambda: self._leave_correction(read.number))
        panel.show_words(kept.words)
        panel.corrected.connect(lambda changes, reason: self._correct(panel, read.number, changes, reason))
        panel.idle_typing.connect(self._keep_correction)
        if kept.time:
            panel.show_notice(self.tr("You were writing this at {time}. It is as you left it.").format(time=kept.time))

    def _keep_correction(self) -> None:
        """Keep what was typed so far."""
        panel = next((page for page in self._pages if isinstance(page, CorrectPanel)), None)
        kept = self._draft
        if panel is None or kept is None or panel.words_as_kept() == kept.words:
            return
        begun = Unfinished(page=kept.page, strand=kept.strand, words=panel.words_as_kept(), draft=kept.draft)
        self._draft = begun

        def done(saved: Unfinished) -> None:
            self._draft = saved
            panel.set_foot(self.tr("Draft saved {time}.").format(time=saved.time))

        self._pool.start(lambda _: DraftService(self._services().book).save(begun), owner=panel, done=done, urgent=True)

    def _leave_correction(self, number: int) -> None:
        self._keep_correction()
        self._draft = None
        self._read(number, self._show_entry)

    def _correct(self, panel: CorrectPanel, number: int, changes: dict[str, str], reason: str) -> None:
        strand, kept = self._strand, self._draft
        if strand is None:
            return
        self._draft = None

        def work(_: Job) -> EntryRead:
            services = self._services()
            services.work.correct(strand, number, changes, reason)
            DraftService(services.book).drop_page(f"correct:{number}", strand)
            return EntryReadingService(services.book, services.printing).read(strand, number)

        def done(read: EntryRead) -> None:
            self._show_entry(read)
            self._window.tell(self.tr("The correction stands beside entry {n}.").format(n=number))

        def failed(words: str) -> None:
            self._draft = kept
            panel.show_notice(words, NoticeKind.WARN)

        self._pool.start(work, owner=panel, done=done, failed=failed)

    # -- papers

    def print(self, strand: StrandId, paper: str) -> None:
        """Set a paper of the case and show it as it prints; setting it is itself on record."""
        self._strand = strand
        titles = dict(PAPERS)

        def work(_: Job) -> tuple[Paper, tuple[str, ...]]:
            services = self._services()
            if paper != "companion":
                return set_paper(services.printing), ()
            note, about = companion_note(services.book, strand)
            return services.printing.print_companion_note(strand, note, about), companion_faults(services.book, strand)

        def set_paper(printing: PrintingService) -> Paper:
            match paper:
                case "chronology":
                    return printing.print_chronology(strand)
                case "officer":
                    return printing.print_officer_summary(strand)
                case "completeness":
                    return printing.print_completeness(strand)
                case "labels":
                    return printing.print_labels(strand)
                case _:
                    return printing.print_referral(strand, _REFERRALS[paper])

        self._pool.start(
            work, owner=self, done=lambda made: self._show_paper(made[0], made[1], titles[paper]), failed=self._refused
        )

    def _show_paper(self, paper: Paper, faults: tuple[str, ...], title: str) -> None:
        inside = self.chronology is not None and self._window.page is self.chronology
        back = self.tr("Back to the chronology") if inside else self.tr("Back to the case")
        on_back = self._back_to_chronology if inside else self._leave
        page = self._papers.show(paper, title=title, back=back, on_back=on_back)
        if faults:
            page.show_notice(self.tr("Before you retype it: {words}").format(words=" ".join(faults)), NoticeKind.WARN)

"""Joins the review to its services: declarations, session, sightings, exhibits, the end."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from dsl_desk.domain.case import Case, StopAnswer
from dsl_desk.domain.words import Answer, Grade, Mark, StrandId
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.exhibits import ExhibitService
from dsl_desk.services.material import clock_words
from dsl_desk.services.review import ReviewService
from dsl_desk.ui.halt import Stopped
from dsl_desk.ui.jobs import Job, JobPool
from dsl_desk.ui.leaving import let_go
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.page import Page
from dsl_desk.ui.proof import Proof
from dsl_desk.ui.review.before_panels import DeclarePanel, FinishPanel, ProvedPanel, StartPanel
from dsl_desk.ui.review.bringing import Bringing
from dsl_desk.ui.review.capture import Capture
from dsl_desk.ui.review.exhibit_panel import CapturePanel, ExhibitPanel
from dsl_desk.ui.review.screen import QtScreen, Screen
from dsl_desk.ui.review.seen import ReviewSeen, review_seen
from dsl_desk.ui.review.session_panel import SessionPanel, Sighting
from dsl_desk.ui.widgets import NoticeKind

P = TypeVar("P", bound=Page)


class ReviewServices(Protocol):
    """What an open desk offers to a review."""

    @property
    def book(self) -> CaseBook:
        """Cases."""
        ...

    @property
    def review(self) -> ReviewService:
        """Sessions."""
        ...

    @property
    def exhibits(self) -> ExhibitService:
        """Material."""
        ...

    def prove(self, sign_in_name: str, passphrase: str) -> Any:
        """Somebody's own signing key, for one act."""
        ...


class ReviewPresenter(QObject):
    """One case's review.

    Signals: `left(strand)` back to the case, `next_requested(strand)` on to what is next there, `told(words)` to be
    said there.
    """

    left = Signal(object)
    next_requested = Signal(object)
    told = Signal(str)

    def __init__(
        self, window: MainWindow, pool: JobPool, services: Callable[[], ReviewServices], screen: Screen | None = None
    ) -> None:
        super().__init__(window)
        self._window, self._pool, self._services = window, pool, services
        self._strand: StrandId | None = None
        self._seen: ReviewSeen | None = None
        self._pages: list[Page] = []
        self.session: SessionPanel | None = None
        self.bringing = Bringing(window, pool, services)
        self.bringing.taken.connect(self._on_taken_in)
        self.capture = Capture(window, pool, services, screen or QtScreen())
        self.capture.taken.connect(self._on_taken_in)
        window.halt.covered.connect(self._on_covered)
        window.locked.connect(self._on_covered)

    def start_anew(self) -> None:
        """Somebody else is signed in: nothing of what the one before had open or typed leads on."""
        self._strand, self._seen, self.session = None, None, None
        pages, self._pages = self._pages, []
        for page in pages:
            let_go(self._window, page)

    # -- ways in

    def open_declaration(self, strand: StrandId) -> None:
        """Step 10."""
        self._look(strand, self._show_declaration)

    def open_session(self, strand: StrandId) -> None:
        """Step 11: begin, or go on with what is open."""
        self._look(strand, self._show_session)

    def open_finish(self, strand: StrandId) -> None:
        """Step 12."""
        self._look(strand, self._show_finish)

    def open_material(self, strand: StrandId) -> None:
        """Something a person brings, outside a session (flows 8)."""
        self._turn_to(strand)

        def work(_: Job) -> tuple[ReviewSeen, StopAnswer]:
            services = self._services()
            me = services.book.me()
            answer = StopAnswer(account=me.account, name=me.name, answer=Answer.NOT_SURE)
            return self._see(services, services.book.load(strand)), answer

        self._pool.start(work, owner=self, done=lambda got: self._show_exhibit(*got), failed=self._refused)

    def _turn_to(self, strand: StrandId) -> None:
        """Another case is looked at: no way leads back into a session of the one before, which may be stopped."""
        if strand != self._strand:
            self.session, self._seen = None, None
        self._strand = strand

    def _look(self, strand: StrandId, done: Callable[[ReviewSeen], object]) -> None:
        self._turn_to(strand)

        def work(_: Job) -> ReviewSeen:
            services = self._services()
            return self._see(services, services.book.load(strand))

        self._pool.start(work, owner=self, done=done, failed=self._refused)

    @staticmethod
    def _see(services: ReviewServices, case: Case) -> ReviewSeen:
        return review_seen(case, services.book.school(), services.book.now())

    def _refused(self, words: str) -> None:
        self._window.tell(words, NoticeKind.WARN)

    def _leave(self) -> None:
        self.left.emit(self._strand)

    def _go_on(self) -> None:
        self.next_requested.emit(self._strand)

    def _show(self, page: P, back: Callable[[], object] | None = None) -> P:
        """Show a page; the session stays alive behind what is opened from it."""
        page.hide()
        old, self._pages = self._pages, [page]
        page.back_requested.connect(back or self._leave)
        self._window.show_page(page)
        for one in old:
            if one is self.session and back is not None:
                self._pages.insert(0, one)
            else:
                if one is self.session and one is not page:
                    self.session = None
                one.deleteLater()
        return page

    # -- before and after

    def _show_declaration(self, seen: ReviewSeen) -> None:
        panel = self._show(DeclarePanel(seen, self._window))
        panel.next_requested.connect(self._go_on)
        panel.declared.connect(
            lambda proof: self._prove(
                panel,
                proof,
                lambda services, strand, signer: services.review.declare(strand, signer),
                self._show_declaration,
            )
        )

    def _prove(
        self,
        panel: ProvedPanel,
        proof: Proof,
        act: Callable[[ReviewServices, StrandId, Any], Case],
        done: Callable[[ReviewSeen], object],
    ) -> None:
        strand = self._strand
        if strand is None:
            return

        def work(_: Job) -> ReviewSeen:
            services = self._services()
            signer = services.prove(proof.sign_in_name, proof.passphrase)
            return self._see(services, act(services, strand, signer))

        job = self._pool.start(work, owner=panel, done=done, failed=lambda words: panel.refuse(words, job))

    def _show_finish(self, seen: ReviewSeen) -> None:
        back = self._back_to_session if seen.session and self.session is not None else None
        panel = self._show(FinishPanel(seen, self._window), back)
        panel.next_requested.connect(self._go_on)
        panel.finished.connect(
            lambda proof, access, locked, times, note: self._prove(
                panel,
                proof,
                lambda services, strand, signer: services.review.finish(
                    strand, signer, access_withdrawn=access, device_locked_away=locked, times_right=times, note=note
                ),
                self._show_finish,
            )
        )

    def _show_session(self, seen: ReviewSeen) -> None:
        self._seen = seen
        if not seen.session:
            self._show(StartPanel(seen, self._window)).started.connect(self._start)
            return
        panel = SessionPanel(seen, self._window)
        self.session = self._show(panel)
        panel.recorded.connect(self._record)
        panel.pause_requested.connect(self._pause)
        panel.resume_requested.connect(self._resume)
        panel.finish_requested.connect(lambda: self._look(self._strand or StrandId(""), self._show_finish))
        panel.exhibit_requested.connect(lambda: self._show_exhibit(self._seen, None))
        panel.capture_requested.connect(self._show_capture)
        panel.uncover_requested.connect(self._uncover)

    def _back_to_session(self) -> None:
        if self.session is not None:
            self._window.show_page(self.session)

    def _start(self, present: tuple[str, ...], place: str, state: str) -> None:
        self._act(
            lambda services, strand: services.review.open(strand, present=present, place=place, state=state),
            self._show_session,
        )

    def _act(
        self,
        act: Callable[[ReviewServices, StrandId], Case],
        done: Callable[[ReviewSeen], object],
        *,
        urgent: bool = False,
    ) -> None:
        strand, page = self._strand, self._window.page
        if strand is None or page is None:
            return

        def work(_: Job) -> ReviewSeen:
            services = self._services()
            return self._see(services, act(services, strand))

        self._pool.start(
            work,
            owner=page,
            done=done,
            failed=lambda words: page.show_notice(words, NoticeKind.WARN),
            urgent=urgent,
        )

    # -- the session

    def _record(self, sighting: Sighting) -> None:
        seen, panel = self._seen, self.session
        if seen is None or panel is None:
            return
        answers = tuple(
            StopAnswer(account=one.account, name=one.name, answer=answer)
            for one, answer in zip(seen.reviewers, sighting.answers, strict=True)
        )
        if sighting.stops:
            panel.cover_all()
            self.bringing.drop()
        self._act(
            lambda services, strand: services.review.record_sighting(
                strand,
                address=sighting.address,
                seen=sighting.seen,
                concern=sighting.concern,
                reason_to_stop=answers,
            ),
            self._on_recorded,
            urgent=sighting.stops,
        )

    def _on_recorded(self, seen: ReviewSeen) -> None:
        panel = self.session
        self._seen = seen
        if panel is None:
            return
        if seen.grade is not Grade.OPEN:
            self._show_stopped(seen)
            return
        panel.clear_form()
        panel.show_review(seen)
        panel.show_recorded(self.tr("Sighting {no} is recorded.").format(no=seen.next_sighting - 1))

    def _show_stopped(self, seen: ReviewSeen) -> None:
        strand = self._strand

        def work(_: Job) -> str:
            return clock_words(self._services().book.now().at_local)

        def done(time: str) -> None:
            stopped = Stopped(grade=seen.grade, time=time, reference=seen.reference, stays=seen.stays)
            self._window.show_stopped(stopped)
            self.left.emit(strand)

        self._pool.start(work, owner=self, done=done, failed=self._refused, urgent=True)

    def _pause(self, reason: str) -> None:
        self._act(lambda services, strand: services.review.pause(strand, reason), self._show_again)

    def _resume(self) -> None:
        seen = self._seen
        if seen is not None:
            names = tuple(one.name for one in seen.reviewers)
            self._act(lambda services, strand: services.review.resume(strand, present=names), self._show_again)

    def _show_again(self, seen: ReviewSeen) -> None:
        self._seen = seen
        if self.session is not None:
            self.session.show_review(seen)

    # -- exhibits

    def _show_exhibit(self, seen: ReviewSeen | None, me: StopAnswer | None) -> None:
        if seen is None:
            return
        inside = me is None
        back = self.tr("Back to the session") if inside else self.tr("Back to {ref}").format(ref=seen.reference)
        panel = self._show(
            ExhibitPanel(seen, me, back=back, parent=self._window), self._back_to_session if inside else self._leave
        )
        strand = self._strand or StrandId("")
        panel.choose_requested.connect(lambda offered: self.bringing.ask_first(strand, panel, offered))
        panel.dropped.connect(lambda offered, path: self.bringing.take_in(strand, panel, offered, path))

    def _show_capture(self) -> None:
        seen, strand = self._seen, self._strand
        if seen is None or strand is None:
            return
        back = self.tr("Back to the session")
        panel = self._show(CapturePanel(seen, None, back=back, parent=self._window), self._back_to_session)
        panel.capture_requested.connect(lambda offered: self.capture.ask(strand, panel, offered))
        panel.stop_requested.connect(self._window.halt_now)

    def _on_taken_in(self, seen: ReviewSeen) -> None:
        self._seen = seen
        words = self.tr("{mark} is taken in and covered.").format(mark=seen.exhibits[0][0] if seen.exhibits else "")
        if self.session is not None and seen.session:
            self.session.show_review(seen)
            self._back_to_session()
            self.session.show_recorded(words)
        else:
            self.told.emit(words)
            self._leave()

    def _uncover(self, mark: str, reason: str) -> None:
        strand, panel = self._strand, self.session
        if strand is None or panel is None:
            return

        def done(png: bytes) -> None:
            panel.show_picture(mark, QImage.fromData(png))

        self._pool.start(
            lambda _: self._services().exhibits.uncover(strand, Mark(mark), reason).png,
            owner=panel,
            done=done,
            failed=panel.show_refused,
        )

    def _on_covered(self) -> None:
        """A stop, or a lock: nothing of a picture stays on screen. What is being taken in ends by itself."""
        if self.session is not None:
            self.session.cover_all()

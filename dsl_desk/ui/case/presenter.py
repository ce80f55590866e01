"""Joins the place of a case and its pages to the services; drafts of half-filled pages are kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from dsl_desk.domain.moments import Moment
from dsl_desk.domain.policy_values import Fact
from dsl_desk.domain.words import StrandId
from dsl_desk.services.case_next import StepLine
from dsl_desk.services.drafts import DraftService, Unfinished
from dsl_desk.ui.case.acts import groups_for
from dsl_desk.ui.case.around import PAPERS
from dsl_desk.ui.case.asks import Form, FormPanel, of_step
from dsl_desk.ui.case.choices import CaseDesk, Offered, offered
from dsl_desk.ui.case.forms import FORMS, OF_STEP, skip_form
from dsl_desk.ui.case.held import audiences, before_act
from dsl_desk.ui.case.keeping import keep
from dsl_desk.ui.case.panel import CasePanel
from dsl_desk.ui.case.stopped import now_words
from dsl_desk.ui.halt import Stopped
from dsl_desk.ui.jobs import JobPool
from dsl_desk.ui.leaving import let_go
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.widgets import NoticeKind

SAVE_EVERY_MS = 3000
FIRST = "First: "
"""How a refusal begins that names the steps still to be taken."""


class CasePresenter(QObject):
    """One case at a time.

    Signals: `left` (back to the list), `pack_requested(strand)`, `tell_requested(strand)` (write down the story of a
    case that was stopped first), `part_requested(strand, fact)` for steps that have pages of their own elsewhere,
    `case_requested(strand)` (another case that names the same), `shown(strand)` before a page of a case is shown.
    """

    left = Signal()
    pack_requested = Signal(object)
    tell_requested = Signal(object)
    part_requested = Signal(object, str)
    case_requested = Signal(object)
    shown = Signal(object)

    def __init__(
        self, window: MainWindow, pool: JobPool, services: Callable[[], CaseDesk], now: Callable[[], Moment]
    ) -> None:
        super().__init__(window)
        self._window, self._pool, self._services, self._now = window, pool, services, now
        self.parts: frozenset[str] = frozenset()
        """Facts whose steps have pages elsewhere; who puts the window together says which."""
        self._offered: Offered | None = None
        self._form: FormPanel | None = None
        self._key, self._step, self._busy, self._saving = "", "", False, False
        self._kept = Unfinished(page="")
        self._saved: dict[str, object] = {}
        self._to_say = ""
        self.panel = CasePanel(PAPERS, window)
        self.panel.hide()
        self._timer = QTimer(self)
        self._timer.setInterval(SAVE_EVERY_MS)
        self._timer.timeout.connect(self._save)
        window.locked.connect(self._save)
        self._connect()

    def _connect(self) -> None:
        self.panel.back_requested.connect(self.left)
        self.panel.step_requested.connect(self._on_step)
        self.panel.act_requested.connect(self._on_act)
        self.panel.pack_requested.connect(lambda: self._ask(self.pack_requested))
        self.panel.tell_requested.connect(lambda: self._ask(self.tell_requested))
        self.panel.stop_requested.connect(self._on_stop_page)
        self.panel.case_requested.connect(self.case_requested)

    def _ask(self, wish: SignalInstance) -> None:
        if self._offered is not None:
            wish.emit(self._offered.seen.strand)

    @property
    def strand(self) -> StrandId | None:
        """The case that is open."""
        return self._offered.seen.strand if self._offered else None

    @property
    def form(self) -> FormPanel | None:
        """The page of a step that is open."""
        return self._form

    # -- the place

    def start_anew(self) -> None:
        """Somebody else is signed in: what the one before was writing stays theirs; nobody else goes on with it."""
        self._timer.stop()
        self._offered, self._to_say, self._busy, self._saving = None, "", False, False
        self._kept, self._saved = Unfinished(page=""), {}
        page, self._form = self._form, None
        let_go(self._window, page)

    def say(self, words: str) -> None:
        """Say this on the case's place as soon as it is shown again."""
        self._to_say = words

    def open(self, strand: StrandId, told: str = "") -> None:
        """Show a case."""
        told, self._to_say = told or self._to_say, ""

        def work(_: object) -> Offered:
            desk = self._services()
            desk.access_log.note_opened(strand)
            return offered(desk, strand)

        self._pool.start(
            work, owner=self, done=lambda found: self._on_read(found, told),
            failed=lambda words: self._window.tell(words, NoticeKind.WARN),
        )  # fmt: skip

    def _on_read(self, found: Offered, told: str) -> None:
        self._take(found)
        self._fill_place(found)
        self._close_form()
        self._window.show_page(self.panel)
        self.panel.show_notice(told)
        if found.seen.laptop_stopped:
            self._on_stop_page()

    def _fill_place(self, found: Offered) -> None:
        self.panel.halted = bool(found.seen.stop_words)
        self.panel.record.set_groups(groups_for(found))
        self.panel.show_case(found.seen)
        self._window.set_held(audiences(found.seen.held))

    def _take(self, found: Offered) -> None:
        """What is shown next is about this case, wherever somebody went while it was read."""
        self._offered = found
        self.shown.emit(found.seen.strand)

    def _on_stop_page(self) -> None:
        if self._offered is None:
            return
        seen = self._offered.seen
        time = next((entry.day for entry in seen.entries if entry.kind in ("halted", "triage_answered")), "")
        self._window.show_stopped(
            Stopped(grade=seen.grade, time=time[-5:], reference=seen.reference, stays=seen.laptop_stopped)
        )

    def open_next(self, strand: StrandId) -> None:
        """Go on with what is next in a case; to its place where nothing is, or where this laptop is stopped."""

        def done(found: Offered) -> None:
            if found.seen.laptop_stopped:
                self._on_read(found, "")
                return
            self._take(found)
            self._fill_place(found)  # what one goes back to
            after = found.seen.after
            if after.step is not None:
                self._on_step(after.step)
            elif after.act is not None:
                self._on_act(after.act.value)
            else:
                self._on_read(found, "")

        self._read(strand, done)

    def _read(self, strand: StrandId, done: Callable[[Offered], None]) -> None:
        self._pool.start(
            lambda _: offered(self._services(), strand), owner=self, done=done,
            failed=lambda words: self._window.tell(words, NoticeKind.WARN),
        )  # fmt: skip

    def open_page(self, strand: StrandId, key: str) -> None:
        """Show a page of a case that some other page leads to."""

        def done(found: Offered) -> None:
            self._take(found)
            self._open_form(key, "")

        self._read(strand, done)

    def _on_act(self, key: str) -> None:
        if self._offered is None:
            return
        if key in FORMS:
            self._open_form(key, "")
        else:
            self.part_requested.emit(self._offered.seen.strand, key)

    def _on_step(self, line: StepLine) -> None:
        found = self._offered
        if found is None:
            return
        if line.fact is Fact.CHILD_SAFE and not found.seen.told:
            self.tell_requested.emit(found.seen.strand)
            return
        key = OF_STEP.get(line.fact, "")
        if line.fact is Fact.ACTION and found.both_judged and not found.concluded:
            key = "conclude"
        if line.fact.value in self.parts:
            self.part_requested.emit(found.seen.strand, line.fact.value)
        elif key:
            self._open_form(key, line.id if line.skippable else "", line=line)
        else:
            words = self.tr("“{title}” has no page in this version yet. Use the printed form.").format(title=line.title)
            self.panel.show_notice(words, NoticeKind.WARN)

    # -- a page

    def _open_form(self, key: str, step: str, line: StepLine | None = None) -> None:
        if self._offered is None:
            return
        strand, page, title = self._offered.seen.strand, f"case:{key}", line.title if line else ""
        if line is not None and line.agency is not None:
            page = f"case:{key}:{line.agency.value}"  # what was begun for the police is not gone on with for another

        def work(_: object) -> tuple[Offered, Unfinished | None]:
            desk = self._services()
            return offered(desk, strand), DraftService(desk.book).find(page, strand)

        def done(found: tuple[Offered, Unfinished | None]) -> None:
            self._offered, kept = found
            form = FORMS[key](found[0])
            form = of_step(form, title, line.why, line.agency) if line else form
            self._show_form(form, key, step, title, kept or Unfinished(page=page, strand=strand))

        self._pool.start(work, owner=self, done=done, failed=self._on_refused)

    def _show_form(self, form: Form, key: str, step: str, title: str, kept: Unfinished) -> None:
        found = self._offered
        if found is None:
            return
        self._close_form()
        back = self.tr("Back to {reference}").format(reference=found.seen.reference)
        page = FormPanel(
            form,
            lambda: self._now().local,
            back=back,
            skippable=bool(step) and key != "skip",
            warning=before_act(key, found.seen),
        )
        page.show_words(kept.words)
        self._window.set_held(audiences(found.seen.held))
        self._form, self._key, self._step, self._kept, self._saved = page, key, step, kept, page.words_as_kept()
        page.back_requested.connect(self._on_later)
        page.later.clicked.connect(self._on_later)
        page.primary_requested.connect(self._on_save)
        if page.skip is not None:
            page.skip.clicked.connect(lambda: self._on_skip(title))
        if key == "close" and not found.seen.referrals:
            page.offer([(self.tr("Refer it, or say wh&y not…"), partial(self._leave_to, "referral"))])
        self._window.show_page(page)
        if kept.time:
            page.show_notice(self.tr("You were writing this at {time}. It is as you left it.").format(time=kept.time))
        self._timer.start()

    def _on_skip(self, title: str) -> None:
        strand = self.strand
        self._show_form(skip_form(title), "skip", self._step, title, Unfinished(page="case:skip", strand=strand))

    def _on_save(self) -> None:
        page, found = self._form, self._offered
        if page is None or found is None or self._busy or not page.show_problems(page.problems()):
            return
        key, step, words, draft = self._key, self._step, page.answers(), self._kept
        self._set_busy(busy=True)

        def work(_: object) -> Offered | None:
            desk = self._services()
            if key == "skip":
                desk.work.skip(found.seen.strand, found.seen.route, step, words["reason"])
                readable = True
            else:
                readable = keep(desk, found, key, words)
            DraftService(desk.book).drop_page(draft.page, draft.strand)
            return offered(desk, found.seen.strand) if readable else None

        told = self.tr("The case is closed.") if key == "close" else self._saved_words(page.title.text())
        self._pool.start(work, owner=self, done=lambda seen: self._on_saved(seen, told), failed=self._on_refused)

    def _saved_words(self, title: str) -> str:
        return self.tr("Saved: {title}.").format(title=title)

    def _on_saved(self, found: Offered | None, told: str) -> None:
        self._set_busy(busy=False)
        self._timer.stop()
        if found is None:
            self._close_form()
            self.left.emit()
            return
        step = found.seen.next
        then = now_words(found.seen.after) or found.seen.stop.ring
        then = f" {then}" if then else self.tr(" Nothing more waits for you in this case now.")
        if step is not None:
            then = self.tr(" Next: step {n}, {title}.").format(n=step.number, title=step.title)
            if told == self._saved_words(step.title):  # one of two reviewers: "next" would name what was just saved
                then = self.tr(" Step {n} is not finished yet. {next}").format(n=step.number, next=step.next)
        self._on_read(found, told + then)

    def _on_refused(self, words: str) -> None:
        """Nothing was recorded: say why where the person is, with everything as it was typed."""
        self._set_busy(busy=False)
        page = self._form or self.panel
        page.show_notice(words, NoticeKind.WARN)
        if self._form is not None:
            self._form.offer(self._missing(words))

    def _leave_for(self, line: StepLine) -> None:
        """Go where something has to be done first; what was typed here is kept."""
        self._save()
        self._on_step(line)

    def _leave_to(self, key: str) -> None:
        """The same, for what is no step of this route."""
        self._save()
        self._open_form(key, "")

    def _missing(self, words: str) -> list[tuple[str, Callable[[], None]]]:
        """The steps that a refusal names as coming first, each with the way there."""
        found = self._offered
        if found is None or not words.startswith(FIRST):
            return []
        wanted = {title.strip(" .") for title in words.removeprefix(FIRST).split(";")}
        lines = [line for group in found.seen.groups for line in group.steps if line.title in wanted]
        go = self.tr("Go to “{title}”")
        return [(go.format(title=line.title), partial(self._leave_for, line)) for line in lines if line.opens]

    def _on_later(self) -> None:
        self._save()
        self._timer.stop()
        if self._offered is not None:
            self.panel.show_notice("")
            self._window.show_page(self.panel)
        self._close_form()

    def _close_form(self) -> None:
        page, self._form = self._form, None
        if page is not None:
            page.deleteLater()

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        if self._form is not None:
            self._form.set_busy(busy)

    # -- drafts

    def _save(self) -> None:
        """Keep what was typed since the last time; never while it is being recorded."""
        if self._form is None or self._busy or self._saving or self._key == "skip":
            return
        words = self._form.words_as_kept()
        if words == self._saved:
            return
        begun = Unfinished(page=self._kept.page, strand=self._kept.strand, words=words, draft=self._kept.draft)
        self._saving, self._saved = True, words
        self._pool.start(
            lambda _: DraftService(self._services().book).save(begun), owner=self, done=self._on_draft,
            failed=self._on_no_draft, urgent=True,
        )  # fmt: skip

    def _on_draft(self, kept: Unfinished) -> None:
        self._saving = False
        if kept.page == self._kept.page and self._form is not None:
            self._kept = kept
            self._form.set_foot(self.tr("Draft saved {time}.").format(time=kept.time))

    def _on_no_draft(self, _: str) -> None:
        self._saving, self._saved = False, {}

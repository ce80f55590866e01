"""What stands in the window: the door, set-up, Home and cases, joined to the services of the open desk."""

import threading
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from dsl_desk import app
from dsl_desk.app import Surroundings
from dsl_desk.domain.policy_values import Fact
from dsl_desk.domain.words import Grade, StrandId
from dsl_desk.paths import suggested_desk_folder
from dsl_desk.services.entrance import Entered
from dsl_desk.ui.case.presenter import CasePresenter
from dsl_desk.ui.case.resume import ResumePresenter
from dsl_desk.ui.concern.presenter import ConcernPresenter
from dsl_desk.ui.desk.care_page import CarePresenter
from dsl_desk.ui.desk.halting import HaltPresenter
from dsl_desk.ui.desk.presenter import DeskPresenter
from dsl_desk.ui.halt import Stopped
from dsl_desk.ui.jobs import Job, JobPool
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.registers.presenter import RegistersPresenter
from dsl_desk.ui.set_up.presenter import SetUpPresenter
from dsl_desk.ui.settings.presenter import SettingsPresenter
from dsl_desk.ui.shell import Place
from dsl_desk.ui.tasks import CaseTasks
from dsl_desk.ui.unlock.presenter import UnlockPresenter
from dsl_desk.ui.widgets import NoticeKind
from dsl_desk.window_app.desks import Desks
from dsl_desk.window_app.holding import HoldBackOnPages
from dsl_desk.window_app.laptop import WornLaptop, about_desk

PARTS = (
    Fact.CHILD_SAFE, Fact.TRIAGE, Fact.SUBJECT, Fact.BOTH_DECLARED, Fact.LOOKED, Fact.FINISHED_BY_BOTH,
    Fact.BOTH_JUDGED, Fact.SIGNED_BY_BOTH, Fact.FORM_PRINTED, Fact.SCAN_ATTACHED,
)  # fmt: skip
"""Steps whose pages belong to two people, to signing or to paper; a case opens every other step itself."""


class DeskWindow(QObject):
    """Joins the pages to each other: who came in goes Home, who locks comes back to the same place."""

    def __init__(self, window: MainWindow, pool: JobPool, around: Surroundings) -> None:
        super().__init__(window)
        self._window, self._pool = window, pool
        self.desks = Desks(around)
        self.desks.works_on, self.desks.turn = lambda: pool.works_beneath, lambda: pool.turn
        self._signed_in: Entered | None = None
        self._clock = around.clock
        self.door = UnlockPresenter(window, pool, self.desks)
        self.set_up = SetUpPresenter(window, pool, self.desks.services, self.desks, suggested_desk_folder())
        self.home = DeskPresenter(window, pool, self.desks.services)
        self.halting = HaltPresenter(window, pool, self.desks.services, self.desks.switch, around.clock.now)
        self.concern = ConcernPresenter(window, pool, self.desks.services, around.clock.now)
        self.case = CasePresenter(window, pool, self.desks.services, around.clock.now)
        self.tasks = CaseTasks(window, pool, self.desks.services, app.verify, around.clock.now)
        self.registers = RegistersPresenter(
            window, pool, lambda: self.desks.services().registers, self.tasks.papers, around.clock.now
        )
        self.holding = HoldBackOnPages(window, pool, lambda: self.desks.services().book)
        self.resume = ResumePresenter(window, pool, self.desks.services)
        self.care = CarePresenter(window, pool, self.desks.services)
        self.worn = WornLaptop(window, around.config, lambda: about_desk(self.desks))
        self._reading: Job | None = None
        self.settings = SettingsPresenter(window, pool, self.desks.services, self.worn)
        self.settings.shelf.card_changed.connect(self.halting.prepare)
        window.set_lock_page(self.door.panel)
        window.set_places(self._places())
        self._connect()

    def _places(self) -> list[Place]:
        return [
            Place(key="home", words=self.tr("Home"), icon="house"),
            Place(key="cases", words=self.tr("Cases"), icon="folder"),
            Place(key="packs", words=self.tr("Packs"), icon="package"),
            Place(key="registers", words=self.tr("Registers"), icon="clipboard-list"),
            Place(key="governors", words=self.tr("Governor summary"), icon="chart-column"),
            Place(key="settings", words=self.tr("Settings"), icon="settings", at_foot=True),
            Place(key="help", words=self.tr("Help"), icon="circle-question-mark", at_foot=True),
        ]

    def _connect(self) -> None:
        self.door.entered.connect(self._on_entered)
        self.door.begin_requested.connect(self.set_up.begin)
        self.set_up.open_requested.connect(self.door.ask_folder)
        self.set_up.given_up.connect(self.start)
        self.set_up.begun.connect(self._on_begun)
        self.set_up.finished.connect(self._go_home)
        self.set_up.settings_requested.connect(self.settings.open_part)
        self.home.set_up_requested.connect(self.set_up.finish_later)
        self.home.settings_requested.connect(self.settings.open_part)
        for place in (self.home, self.registers, self.concern, self.case):
            place.case_requested.connect(self._on_case)
        self.home.register_requested.connect(self._on_register)
        self.home.check_requested.connect(self.care.check)
        self.home.backup_requested.connect(self.care.ask_backup)
        self.care.left.connect(self._go_home)
        self.halting.kept.connect(lambda kept: self._on_case(kept.strand))  # after unlocking: the case, not the looking
        self._window.search_requested.connect(self._on_search)
        self._window.place_requested.connect(self._on_place)
        self._window.new_concern_requested.connect(self._on_new_concern)
        self._connect_cases()
        for knows in (self.halting.case_changed, self.concern.case_known, self.tasks.packs.case_known):
            knows.connect(self.holding.about)
        self._window.locked.connect(self._on_locked)

    def _connect_cases(self) -> None:
        self.concern.left.connect(self._go_home)
        self.case.left.connect(self._go_to_cases)
        self.case.pack_requested.connect(self.tasks.open_pack)
        self.case.tell_requested.connect(self.concern.tell)
        self.case.parts = frozenset(fact.value for fact in PARTS)
        self.case.part_requested.connect(self._on_part)
        self.case.shown.connect(self.halting.about)  # it comes also where somebody left while it was read
        self.tasks.left.connect(self._on_case)
        self.resume.resumed.connect(self._go_home)
        self.tasks.told.connect(self.case.say)
        self.tasks.next_requested.connect(self.case.open_next)
        self.tasks.advice_requested.connect(lambda strand: self.case.open_page(strand, "advice"))
        self.tasks.shut_out.connect(self._go_to_cases)
        self.tasks.readers_requested.connect(
            lambda strand: self.settings.readers.open_case(strand, lambda words: self._on_case(strand, words))
        )
        self.settings.readers.shut_out.connect(lambda: self.halting.about(None))

    def start(self) -> None:
        """Show the door of the desk that was opened last, or the very first page."""
        self._pool.start(
            lambda _: self.desks.remembered(), owner=self, done=self._on_remembered, failed=self._on_not_remembered
        )

    def _on_not_remembered(self, words: str) -> None:
        """Which desk it was cannot be read: the first page leads to it, and says why it is shown."""
        self._on_remembered(None)
        self._window.tell(words, NoticeKind.WARN)

    def _on_remembered(self, folder: Path | None) -> None:
        if folder is None:
            self.set_up.show_welcome()
        else:
            self.door.show()

    # -- coming in, and locking

    def _on_begun(self, came: Entered) -> None:
        self._pool.next_turn()
        self._signed_in = came
        self._arrive(came)
        self._window.set_desk(self._named(came))
        self._window.set_person(came.person)

    def _on_entered(self, came: Entered) -> None:
        self._pool.next_turn()
        before, self._signed_in = self._signed_in, came
        self._window.set_desk(self._named(came))
        self.door.panel.set_school(came.school)
        same = before is not None and before.account == came.account and self._window.is_locked
        if not same:
            self.home.start_anew()
            self.settings.start_anew()
            self.halting.about(None)
            self.home.show_home()
            for writer in (self.concern, self.case, self.tasks, self.registers):
                writer.start_anew()
        if self._window.is_locked:
            self._window.unlocked(came.person)
        else:
            self._window.set_person(came.person)
        if self.desks.switch.is_laptop_stopped:
            self._window.show_stopped(Stopped(grade=Grade.STOP_IMAGES, time="", person=came.person, stays=True))
        self._arrive(came)
        if came.notices:  # all of them: what is said later on a page takes the place of what was said before
            self._window.tell("\n".join(came.notices), NoticeKind.WARN)
        if came.reads_on:
            self._read_on()

    def _read_on(self) -> None:
        job: Job = self._pool.start(
            lambda job: self.desks.read_on(job.report), owner=self, long=True,
            done=lambda words: self._on_read(job, words), failed=lambda words: self._on_read(job, words),
            cancelled=lambda: self._on_read(job),
        )  # fmt: skip
        self._reading = job

    def _on_read(self, job: Job, words: str = "") -> None:
        """One reading has ended; one that was begun since goes on, and tells what it finds itself."""
        if self._reading is job:
            self._reading = None
            if words:
                self._window.tell(words, NoticeKind.WARN)

    def _named(self, came: Entered) -> str:
        """Whose desk it is; one that is made up says so at the head of every page."""
        return self.tr("REHEARSAL · {school}").format(school=came.school) if came.rehearsal else came.school

    def _arrive(self, came: Entered) -> None:
        self.halting.person = came.person
        self.halting.prepare()

    def _on_locked(self) -> None:
        """Sign out at once; work that waits is not begun for somebody who has gone."""
        self.door.panel.forget()
        self.door.panel.show_problems([])
        since = self.tr("Locked at {time}").format(time=f"{self._clock.now().local:%H:%M}")
        if self._reading is not None:
            self._reading.cancel()  # nobody waits for it: the next opening reads again
        if self._pool.works_long:
            since += self.tr(". What was begun goes on.")
        self.door.panel.set_since(since)
        QTimer.singleShot(0, self, self._shut)  # pages that hear of it too keep their drafts first

    def _shut(self) -> None:
        """Behind everything that was begun: a pack that is being written is finished first, behind the lock."""
        lock = self.desks.locked()
        self._pool.start(lambda _: self.desks.shut(lock), owner=self, long=True)

    def _on_place(self, key: str) -> None:
        if self.desks.switch.is_laptop_stopped:
            return  # the stop page and nothing else (flows section 4)
        go = {
            "home": self._go_home,
            "cases": self._go_to_cases,
            "governors": self._go_to_governors,
            "packs": self._go_to_packs,
            "registers": self._go_to_registers,
            "settings": self._go_to_settings,
        }.get(key)
        if go is not None:
            go()

    def _go_to_packs(self) -> None:
        self.halting.about(None)
        self._window.set_place("packs")
        self.tasks.open_packs()

    def _on_register(self, name: str, item: str) -> None:
        """What falls due in a register, from Home."""
        self.halting.about(None)
        self.registers.open_item(name, item)

    def _go_to_registers(self) -> None:
        self.halting.about(None)
        self.registers.open()

    def _go_home(self) -> None:
        self.halting.about(None)
        self.home.show_home()

    def _go_to_cases(self) -> None:
        self.halting.about(None)
        self.home.show_cases()

    def _go_to_governors(self) -> None:
        self.halting.about(None)
        self._window.set_place("governors")
        self.tasks.open_governors()

    def _go_to_settings(self) -> None:
        self.halting.about(None)
        self.settings.open()

    def _on_search(self, words: str) -> None:
        if self.desks.switch.is_laptop_stopped or self._window.is_locked:
            return
        if words.strip() and self._signed_in is not None:
            self.halting.about(None)
            self.home.search(words)

    def _on_new_concern(self) -> None:
        """From anywhere, but only for somebody who is signed in and not in the middle of set-up's first pages."""
        if self._signed_in is None or self._window.is_locked or self._signed_in.by_codes:
            return
        if self.desks.switch.is_laptop_stopped:
            return
        self.halting.about(None)
        self.concern.start()

    def _on_part(self, strand: StrandId, part: str) -> None:
        if not self.tasks.open_part(strand, part):
            words = self.tr("This step has no page in this version yet. Use the printed form.")
            self._window.tell(words, NoticeKind.WARN)

    def _on_case(self, strand: StrandId, told: str = "") -> None:
        """A case is open from here on: a stop is of this one."""
        self.halting.about(strand)
        self._window.set_place("cases")
        self.case.open(strand, told)

    def close(self, ended: threading.Event) -> None:
        """The window closes: sign out behind everything that waits, and say when it is done."""

        def work(_: object) -> None:
            try:
                self.desks.shut()
            finally:
                ended.set()

        self._pool.start(work, owner=self, long=True)

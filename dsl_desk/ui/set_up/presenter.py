"""Joins the assistant to the services: each page is kept when it is left, on the store's thread."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from dsl_desk.domain.words import Role
from dsl_desk.services.begin import LETTERS, NewAccount, PolicyChoice, policies
from dsl_desk.services.contacts_asked import ContactAsked
from dsl_desk.services.letting_in import LettingInService
from dsl_desk.services.paper.desk_papers import ShownCode
from dsl_desk.services.printing import Page as Paper
from dsl_desk.services.saving import save_papers
from dsl_desk.services.school import PROPRIETOR, Person
from dsl_desk.services.set_up import Left, SetUpService
from dsl_desk.services.unlock import Typed
from dsl_desk.ui.jobs import JobPool
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.set_up.begin_pages import WelcomePage
from dsl_desk.ui.set_up.first_desk import Beginnings, DeskBegun, FirstDeskPages
from dsl_desk.ui.set_up.page import SetUpPage
from dsl_desk.ui.set_up.people_pages import EnvelopesPage, ProvePage, SecondPage
from dsl_desk.ui.set_up.school_pages import (
    ContactsPage,
    LeftPage,
    LookingPage,
    PapersPage,
    ParticularsPage,
    PolicyPage,
    PostsPage,
)
from dsl_desk.ui.set_up.secret_pages import CodesPage, SecretPage, TypeBackPage
from dsl_desk.ui.set_up.steps import Step, new_rail, show_step
from dsl_desk.ui.widgets import ask_file

IN_SETTINGS = {"sites": "posts", "readers": "readers"}
"""Parts of set-up that are done in Settings: by their name here and there."""

KEPT_BY = ("Chair of Governors, with the minutes", "Safe")


class SetUpServices(Protocol):
    """What an open desk offers to set-up."""

    @property
    def set_up(self) -> SetUpService:
        """What the school tells its desk."""
        ...

    @property
    def letting_in(self) -> LettingInService:
        """Accounts."""
        ...


class SetUpPresenter(QObject):
    """Leads through set-up, from the first page or to a single part of it.

    Signals: `begun(Entered)` as soon as somebody is signed in, `finished` back to Home, `open_requested` (a desk that
    is there), `given_up` (back from the first page), `settings_requested(part)` for what is done in Settings.
    """

    begun = Signal(object)
    finished = Signal()
    open_requested = Signal()
    given_up = Signal()
    settings_requested = Signal(str)

    def __init__(
        self,
        window: MainWindow,
        pool: JobPool,
        services: Callable[[], SetUpServices],
        beginnings: Beginnings,
        suggested: Path,
    ) -> None:
        super().__init__(window)
        self._window, self._pool, self._services, self._beginnings = window, pool, services, beginnings
        self._suggested = suggested
        self._first: FirstDeskPages | None = None
        self._me = NewAccount()
        self._codes: tuple[str, ...] = ()
        self._whole = False
        self._pages: list[QObject] = []
        self.welcome = WelcomePage(window)
        self.welcome.hide()
        self.welcome.begin_requested.connect(self.begin)
        self.welcome.open_requested.connect(self.open_requested)
        self._rail = new_rail()

    # -- ways in

    def show_welcome(self) -> None:
        """Nobody has a desk here yet, as far as this laptop remembers."""
        self._window.show_page(self.welcome)

    def begin(self) -> None:
        """Begin a new desk from its first page; what was typed there before is there again."""
        self._whole = True
        if self._first is None:
            self._rail = new_rail()
            self._first = FirstDeskPages(self._show, self._rail, self._pool, self._beginnings, self._suggested, self)
            self._first.given_up.connect(self.given_up)
            self._first.begun.connect(self._on_begun)
        self._first.ask_place()

    def finish_later(self) -> None:
        """What is left of set-up, as a list to choose from; a desk that somebody once meant to begin is forgotten."""
        self._whole = False
        self._end_first()
        self._ask(
            lambda set_up: (set_up.left(), self._missing(set_up)),
            lambda found: self._show_left(*found),
        )

    def _missing(self, set_up: SetUpService) -> tuple[str, ...]:
        """Titles of local numbers that nobody has filled in."""
        return tuple(one.title for one in set_up.contacts_asked() if not one.number)

    def _show_left(self, left: Sequence[Left], missing: Sequence[str]) -> None:
        page = LeftPage(left, missing, self._window)
        page.back_requested.connect(self.finished)
        page.part_requested.connect(self.show_part)
        self._show(page, None)

    def show_part(self, part: str) -> None:
        """Open one part of set-up by its name."""
        pages: dict[str, Callable[[], None]] = {
            "profile": self._show_policy,
            "second": self._show_second,
            "codes": self._show_type_back,
            "envelopes": self._show_envelopes,
            "contacts": self._show_contacts,
            "posts": self._show_posts,
            "particulars": self._show_particulars,
            "looking": self._show_looking,
            "papers": self._show_papers,
        }
        if part in IN_SETTINGS:
            self.settings_requested.emit(IN_SETTINGS[part])
            return
        pages.get(part, self.finish_later)()

    def _on_begun(self, begun: DeskBegun) -> None:
        self._codes = begun.codes
        if self._first is not None:
            self._me = self._first.plan.me
        self._end_first()
        self.begun.emit(begun.entered)
        self._show_codes()

    def _end_first(self) -> None:
        first, self._first = self._first, None
        if first is not None:
            first.deleteLater()

    # -- recovery codes

    def _show_codes(self) -> None:
        page = CodesPage(self._codes, self._rail, self._window)
        page.copied.connect(self._show_type_back)
        page.save_requested.connect(lambda: self._save(page, self._envelopes(self._codes)))
        self._show(page, Step.CODES)

    def _envelopes(self, codes: tuple[str, ...]) -> Callable[[SetUpService], list[Paper]]:
        shown = [
            ShownCode(letter=letter, generation=1, printed=code, custodian="")
            for letter, code in zip(LETTERS, codes, strict=True)
        ]
        return lambda set_up: [set_up.print_envelopes(shown)]

    def _show_type_back(self) -> None:
        page = TypeBackPage(self._rail if self._whole else None, self._window)
        page.back_requested.connect(self._show_codes if self._whole and self._codes else self.finish_later)
        page.later_requested.connect(lambda: self._on_codes_done(page))
        page.typed.connect(
            lambda first, second: self._keep(
                page, lambda set_up: set_up.codes_typed_back(first, second), lambda: self._on_codes_done(page)
            )
        )
        self._show(page, Step.CODES)

    def _on_codes_done(self, page: TypeBackPage) -> None:
        page.forget()
        self._codes = ()
        self._next(self._show_policy)

    # -- the school

    def _show_policy(self) -> None:
        def work(set_up: SetUpService) -> tuple[tuple[PolicyChoice, ...], str]:
            return (choices := policies()), set_up.policy_now(choices)

        self._ask(work, lambda found: self._on_policies(*found))

    def _on_policies(self, choices: tuple[PolicyChoice, ...], now: str) -> None:
        page = PolicyPage(choices, now, self._rail if self._whole else None, self._window)

        def told(choice: PolicyChoice) -> None:
            if choice.file_name == now:
                self._next(self._show_posts)
                return
            self._keep(
                page,
                lambda set_up: set_up.profile(choice.text, choice.file_name),
                lambda: self._next(self._show_posts),
            )

        page.told.connect(told)
        page.later_requested.connect(self.finished)
        self._show(page, Step.POLICY)

    def _show_posts(self) -> None:
        page = PostsPage(self._rail if self._whole else None, self._window)
        if self._whole and self._me.role is not None:
            page.set_me(self._me.role, self._me.name)
        fresh = self._beginnings.identifier

        def keep() -> Callable[[SetUpService], object]:
            names, proprietor = page.typed, page.proprietor.isChecked()
            return lambda set_up: set_up.posts_by_name(names, fresh, headteacher_is_proprietor=proprietor)

        def fill(now: tuple[dict[Role, str], dict[str, str]]) -> None:
            for role, name in now[0].items():
                page.set_me(role, name)
            page.proprietor.setChecked(now[1][PROPRIETOR] == "yes")
            self._show(page, Step.POSTS)

        self._lead(page, keep, self._show_policy, self._show_particulars)
        self._ask(lambda set_up: (set_up.posts_now(), set_up.settings_now((PROPRIETOR,))), fill)

    def _show_particulars(self) -> None:
        self._ask(lambda set_up: set_up.settings_now(ParticularsPage.settings), self._on_particulars)

    def _on_particulars(self, now: dict[str, str]) -> None:
        page = ParticularsPage(now, self._rail if self._whole else None, self._window)
        self._lead(page, lambda: _settings(page.typed), self._show_posts, self._show_contacts)
        self._show(page, Step.PARTICULARS)

    def _show_contacts(self) -> None:
        self._ask(lambda set_up: set_up.contacts_asked(), self._on_contacts_asked)

    def _on_contacts_asked(self, asked: tuple[ContactAsked, ...]) -> None:
        page = ContactsPage(asked, self._rail if self._whole else None, self._window)
        self._lead(page, lambda: _contacts(page.typed), self._show_particulars, self._show_looking)
        self._show(page, Step.CONTACTS)

    def _show_looking(self) -> None:
        self._ask(lambda set_up: set_up.settings_now(LookingPage.settings), self._on_looking)

    def _on_looking(self, now: dict[str, str]) -> None:
        page = LookingPage(now, self._rail if self._whole else None, self._window)
        self._lead(page, lambda: _settings(page.typed), self._show_contacts, self._show_papers)
        self._show(page, Step.LOOKING)

    def _lead(
        self,
        page: PostsPage | ParticularsPage | ContactsPage | LookingPage,
        keep: Callable[[], Callable[[SetUpService], object]],
        before: Callable[[], None],
        after: Callable[[], None],
    ) -> None:
        """On, back or away for later: what was typed on the page is kept whichever way it is left.

        Where it cannot be kept, asking once more to go back or away leaves without it.
        """
        refused: set[Callable[[], object]] = set()

        def leave(where: Callable[[], object]) -> None:
            def failed(words: str) -> None:
                refused.add(where)
                page.show_refused(self.tr("{words} Choose the same again to leave without it.").format(words=words))

            if where in refused:
                where()
            else:
                self._keep(page, keep(), where, failed)

        back, home = self._back(before), self.finished.emit
        page.told.connect(lambda: self._keep(page, keep(), lambda: self._next(after)))
        page.back_requested.connect(lambda: leave(back))
        page.later_requested.connect(lambda: leave(home))

    def _show_papers(self) -> None:
        page = PapersPage(self._rail if self._whole else None, self._window)
        page.back_requested.connect(self._back(self._show_looking))
        page.done_requested.connect(self.finished)
        page.save_requested.connect(lambda: self._save(page, _ready_papers))
        self._show(page, Step.PAPERS)

    # -- people and envelopes

    def _show_second(self) -> None:
        self._ask(lambda set_up: set_up.without_account(), self._on_without_account)

    def _on_without_account(self, known: tuple[Person, ...]) -> None:
        page = SecondPage(known, self._window)
        page.back_requested.connect(self.finish_later)
        page.told.connect(self._on_second)
        self._show(page, None)

    def _on_second(self, account: NewAccount) -> None:
        page = SecretPage(
            self.tr("{name} chooses a passphrase").format(name=account.name.strip()),
            self.tr("&Continue"),
            rail=None,
            hint=self.tr("Hand over the keyboard and look away. Nobody else knows it."),
            parent=self._window,
        )
        page.back_requested.connect(self._show_second)
        page.told.connect(lambda typed: self._on_second_secret(page, account, typed))
        self._show(page, None)

    def _on_second_secret(self, secret: SecretPage, account: NewAccount, typed: NewAccount) -> None:
        new = replace(typed, name=account.name, role=account.role, person=self._beginnings.identifier())
        secret.forget()
        self._ask(lambda set_up: set_up.me(), lambda me: self._show_prove(account, new, me))

    def _show_prove(self, account: NewAccount, new: NewAccount, me: str) -> None:
        page = ProvePage(new, me, self._window)
        page.back_requested.connect(lambda: self._on_second(account))
        page.proved.connect(lambda me, first, second: self._let_in(page, new, me, (first, second)))
        self._show(page, None)

    def _let_in(self, page: ProvePage, new: NewAccount, me: Typed, codes: tuple[str, str]) -> None:
        page.set_busy(True)

        def failed(words: str) -> None:
            page.passphrase.clear()
            page.show_refused(words)

        def done(_: object) -> None:
            page.forget()
            self.finished.emit()
            self._window.tell(self.tr("{name} can sign in now. Reviewing is open.").format(name=new.name.strip()))

        self._pool.start(
            lambda _: self._services().letting_in.by_codes(new, me, codes), owner=page, done=done, failed=failed
        )

    def _show_envelopes(self) -> None:
        page = EnvelopesPage(parent=self._window)
        page.back_requested.connect(self.finish_later)
        page.told.connect(
            lambda holders: self._keep(
                page, lambda set_up: set_up.envelopes_handed_out(holders), lambda: self._next(self.finish_later)
            )
        )
        self._show(page, None)

    # -- what every page needs

    def _show(self, page: SetUpPage, step: Step | None) -> None:
        """Show a page; the pages before it are let go of, with what was typed on them."""
        if self._whole and step is not None:
            show_step(self._rail, step)
        old, self._pages = self._pages, [page]
        self._window.show_page(page)
        for one in old:
            if isinstance(one, SetUpPage):
                one.rail = None
            one.deleteLater()

    def _back(self, before: Callable[[], None]) -> Callable[[], None]:
        return before if self._whole else self.finish_later

    def _next(self, after: Callable[[], None]) -> None:
        """On to the next page of the whole, or back to the list where a single part was asked for."""
        (after if self._whole else self.finish_later)()

    def _ask(self, work: Callable[[SetUpService], Any], done: Callable[[Any], object]) -> None:
        self._pool.start(
            lambda _: work(self._services().set_up),
            owner=self,
            done=done,
            failed=self._window.tell,
        )

    def _keep(
        self, page: SetUpPage, work: Callable[[SetUpService], object], done: Callable[[], object],
        failed: Callable[[str], None] | None = None,
    ) -> None:  # fmt: skip
        """Keep what a page asks, then go on; where it cannot be kept the page stays and says why."""
        page.set_busy(True)
        self._pool.start(
            lambda _: work(self._services().set_up),
            owner=page,
            done=lambda _: done(),
            failed=failed or page.show_refused,
        )

    def _save(self, page: CodesPage | PapersPage, papers: Callable[[SetUpService], list[Paper]]) -> None:
        """Ask for a folder, set the papers, and save them there."""

        def picked(folder: Path) -> None:
            page.set_busy(True)
            self._pool.start(
                lambda _: save_papers(folder, papers(self._services().set_up)),
                owner=page,
                done=page.show_saved,
                failed=page.show_refused,
            )

        ask_file(page, self.tr("Folder for the papers"), folder=True, on_picked=picked)


def _ready_papers(set_up: SetUpService) -> list[Paper]:
    return [set_up.print_halt_card(), set_up.print_fingerprint(KEPT_BY), set_up.print_laptop_taken()]


def _settings(typed: Mapping[str, str]) -> Callable[[SetUpService], object]:
    return lambda set_up: set_up.settings(typed)


def _contacts(typed: Mapping[str, str]) -> Callable[[SetUpService], object]:
    return lambda set_up: set_up.contacts(typed)

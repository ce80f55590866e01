"""Accounts: let somebody in, end an account, new keys, and the own passphrase."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject

from dsl_desk.domain.words import AccountId
from dsl_desk.services.account_values import AccountSeen, PeopleSeen, TwoTyped
from dsl_desk.services.begin import NewAccount
from dsl_desk.services.unlock import Typed
from dsl_desk.ui.set_up.secret_pages import SecretPage
from dsl_desk.ui.settings.people_pages import AccountPage, LetInPage, PeoplePage
from dsl_desk.ui.settings.secret_pages import PassphrasePage
from dsl_desk.ui.settings.shelf import Shelf
from dsl_desk.ui.settings.two_page import TwoPage


class PeoplePresenter(QObject):
    """Who may sign in."""

    def __init__(self, shelf: Shelf, index: Callable[..., None]) -> None:
        super().__init__(shelf)
        self._shelf, self._index = shelf, index
        self._back = self.tr("People and accounts")

    def open(self, row: str = "", told: str = "") -> None:
        """Everybody who can or could sign in."""
        self._shelf.ask(lambda services: services.account_care.people(), lambda seen: self._show(seen, row, told))

    def _show(self, seen: PeopleSeen, row: str, told: str) -> None:
        page = PeoplePage(seen, self.tr("Settings"), self._shelf.window)
        page.row_requested.connect(lambda account: self._show_account(AccountId(account)))
        page.let_in_requested.connect(lambda: self._let_in(seen))
        self._shelf.show(page, lambda: self._index("people"), row=row)
        if told:
            page.show_notice(told)

    # -- letting in

    def _let_in(self, seen: PeopleSeen) -> None:
        page = LetInPage(seen.without, self._back, self._shelf.window)
        page.told.connect(lambda account: self._choose_secret(seen, account))
        self._shelf.show(page, self.open)

    def _choose_secret(self, seen: PeopleSeen, account: NewAccount) -> None:
        reduced = any(one.mine and one.reduced for one in seen.accounts)  # a laptop whose key store does not answer
        page = self._secret_page(account.name.strip(), reduced=reduced)
        page.told.connect(lambda typed: self._confirm_let_in(seen, account, typed, page))
        self._shelf.show(page, lambda: self._let_in(seen))

    def _secret_page(self, name: str, *, reduced: bool) -> SecretPage:
        page = SecretPage(
            self.tr("{name} chooses a passphrase").format(name=name),
            self.tr("&Continue"),
            rail=None,
            hint=self.tr("Hand over the keyboard and look away. Nobody else knows it."),
            parent=self._shelf.window,
        )
        if reduced:
            page.offer_reduced(NewAccount(reduced=True).shortest)
            page.reduced.setChecked(True)
        return page

    def _confirm_let_in(self, seen: PeopleSeen, account: NewAccount, typed: NewAccount, secret: SecretPage) -> None:
        new, name = replace(typed, name=account.name, role=account.role), account.name.strip()
        secret.forget()
        page = TwoPage(
            self.tr("Let {name} in").format(name=name),
            self.tr("&Let them in"),
            self.tr("Back"),
            words=self.tr("From now on {name} can open this desk and read what their post may read.").format(name=name),
            codes_alone=seen.letting_in < 2,
            parent=self._shelf.window,
        )

        def done(_: object) -> None:
            page.forget()
            self.open("", self.tr("{name} can sign in now.").format(name=name))

        page.proved.connect(
            lambda two, _: self._shelf.keep(page, lambda services: services.account_care.let_in(new, two), done)
        )
        self._shelf.show(page, lambda: self._choose_secret(seen, account))

    # -- one account

    def _show_account(self, account: AccountId) -> None:
        def done(seen: PeopleSeen) -> None:
            one = next((row for row in seen.accounts if row.account == account), None)
            if one is None:
                return
            page = AccountPage(one, self._back, may_change=seen.may_change, parent=self._shelf.window)
            page.end_requested.connect(lambda: self._end(one, seen.letting_in - one.lets_in))
            page.replace_requested.connect(lambda: self._replace(one))
            self._shelf.show(page, lambda: self.open(account))

        self._shelf.ask(lambda services: services.account_care.people(), done)

    def _end(self, one: AccountSeen, left: int) -> None:
        """`left` is how many can let others in afterwards."""
        mine = " " + self.tr("It is your own: the desk locks at once.") if one.mine else ""
        if left < 2:
            mine += " " + self.tr("Fewer than two of you can then let others in: it takes two recovery codes as well.")
        page = TwoPage(
            self.tr("End the account of {name}").format(name=one.name),
            self.tr("&End the account"),
            one.name,
            words=self.tr("{name} cannot open this desk any more, from this moment.").format(name=one.name) + mine,
            asks_why=True,
            parent=self._shelf.window,
        )
        told = self.tr("Ended. Make a backup: older ones still open with the old keys.")

        def work(two: TwoTyped, reason: str) -> None:
            self._shelf.keep(
                page,
                lambda services: services.account_care.withdraw(one.account, reason, two),
                lambda was_mine: self._after(page, one, told, was_mine=was_mine),
            )

        page.proved.connect(work)
        self._shelf.show(page, lambda: self._show_account(one.account))

    def _after(self, page: TwoPage, one: AccountSeen, told: str, *, was_mine: bool) -> None:
        page.forget()
        if was_mine:
            self._shelf.window.lock_now()
            self._shelf.start_anew()
        else:
            self.open(one.account, told)

    def _replace(self, one: AccountSeen) -> None:
        page = self._secret_page(one.name, reduced=one.reduced)
        page.told.connect(lambda typed: self._confirm_replace(one, typed, page))
        self._shelf.show(page, lambda: self._show_account(one.account))

    def _confirm_replace(self, one: AccountSeen, typed: NewAccount, secret: SecretPage) -> None:
        secret.forget()
        mine = " " + self.tr("It is your own: the desk locks, and opens with the new one.") if one.mine else ""
        page = TwoPage(
            self.tr("New keys for {name}").format(name=one.name),
            self.tr("&Make new keys"),
            self.tr("Back"),
            words=self.tr("The old passphrase of {name} opens nothing from this moment.").format(name=one.name) + mine,
            asks_why=True,
            parent=self._shelf.window,
        )
        told = self.tr("{name} signs in with the new passphrase from now on. Make a backup.").format(name=one.name)

        def work(two: TwoTyped, reason: str) -> None:
            self._shelf.keep(
                page,
                lambda services: services.account_care.replace(one.account, typed, reason, two),
                lambda was_mine: self._after(page, one, told, was_mine=was_mine),
            )

        page.proved.connect(work)
        self._shelf.show(page, lambda: self._replace(one))

    # -- the own passphrase

    def open_passphrase(self) -> None:
        """Change the own passphrase."""
        self._shelf.ask(lambda services: services.account_care.people(), self._show_passphrase)

    def _show_passphrase(self, seen: PeopleSeen) -> None:
        reduced = any(one.mine and one.reduced for one in seen.accounts)
        page = PassphrasePage(self.tr("Settings"), reduced=reduced, parent=self._shelf.window)

        def done(_: object) -> None:
            page.forget()
            self._index("passphrase", self.tr("Changed. The new one works from now on; the old one opens nothing."))

        def work(me: Typed, account: NewAccount) -> None:
            self._shelf.keep(page, lambda services: services.account_care.new_passphrase(me, account), done)

        page.told.connect(work)
        self._shelf.show(page, lambda: self._index("passphrase"))

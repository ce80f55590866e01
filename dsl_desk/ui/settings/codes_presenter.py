"""Recovery codes: how it stands, typing back, keepers, and a new set by two."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from dsl_desk.services.account_values import CodesSeen, NewCodes, TwoTyped
from dsl_desk.ui.set_up.secret_pages import CodesPage, TypeBackPage
from dsl_desk.ui.settings.secret_pages import CodesStatePage, KeepersPage
from dsl_desk.ui.settings.shelf import SettingsServices, Shelf
from dsl_desk.ui.settings.two_page import TwoPage


class CodesPresenter(QObject):
    """Three envelopes for the bad day."""

    def __init__(self, shelf: Shelf, index: Callable[..., None]) -> None:
        super().__init__(shelf)
        self._shelf, self._index = shelf, index
        self._back = self.tr("Recovery codes")

    def open(self, told: str = "") -> None:
        """How it stands with them."""
        self._shelf.ask(lambda services: services.account_care.codes(), lambda seen: self._show(seen, told))

    def _show(self, seen: CodesSeen, told: str) -> None:
        page = CodesStatePage(seen, self.tr("Settings"), self._shelf.window)
        page.type_back_requested.connect(self._type_back)
        page.hand_out_requested.connect(lambda: self._hand_out(seen))
        page.replace_requested.connect(lambda: self._replace(seen))
        self._shelf.show(page, lambda: self._index("codes"))
        if told:
            page.show_notice(told)

    def _type_back(self) -> None:
        page = TypeBackPage(None, self._shelf.window)
        page.back_requested.connect(page.forget)
        page.later_requested.connect(self.open)

        def done(_: object) -> None:
            page.forget()
            self.open(self.tr("Both can be read. Now hand the three envelopes out."))

        page.typed.connect(
            lambda first, second: self._shelf.keep(
                page, lambda services: services.set_up.codes_typed_back(first, second), done
            )
        )
        self._shelf.show(page, self.open)

    def _hand_out(self, seen: CodesSeen) -> None:
        self._ask_keepers(
            seen,
            self.tr("Who keeps the envelopes"),
            self.tr("&They are handed out"),
            lambda services, keepers: services.account_care.hand_out(keepers),
            lambda _: self.open(self.tr("Saved. Each envelope is with its keeper.")),
        )

    def _ask_keepers(
        self, seen: CodesSeen, title: str, go_on: str, work: Callable[[SettingsServices, Mapping[str, str]], object],
        done: Callable[[Mapping[str, str]], object],
    ) -> None:  # fmt: skip
        """Ask who keeps each envelope, do with the answer what is wanted, then go on with it."""
        page = KeepersPage(title, go_on, self._back, keepers=seen.keepers, parent=self._shelf.window)
        page.told.connect(
            lambda keepers: self._shelf.keep(page, lambda services: work(services, keepers), lambda _: done(keepers))
        )
        self._shelf.show(page, self.open)

    # -- a new set

    def _replace(self, seen: CodesSeen) -> None:
        self._ask_keepers(
            seen,
            self.tr("Who will keep the new envelopes?"),
            self.tr("&Continue"),
            lambda services, keepers: services.account_care.holders(keepers),
            lambda keepers: self._confirm(seen, keepers),
        )

    def _confirm(self, seen: CodesSeen, keepers: Mapping[str, str]) -> None:
        page = TwoPage(
            self.tr("Replace all three codes"),
            self.tr("&Make new codes"),
            self.tr("Back"),
            words=self.tr(
                "The codes in the envelopes open nothing from this moment. The new ones are shown once: have three "
                "sheets and a pen ready."
            ),
            parent=self._shelf.window,
        )

        def work(two: TwoTyped, _: str) -> None:
            self._shelf.keep(page, lambda services: services.account_care.replace_codes(keepers, two), self._show_new)

        page.proved.connect(work)
        self._shelf.show(page, lambda: self._replace(seen))

    def _show_new(self, new: NewCodes) -> None:
        page = CodesPage(new.codes, None, self._shelf.window)
        page.copied.connect(page.forget)
        page.copied.connect(self._type_back)
        page.save_requested.connect(
            lambda: self._shelf.save(
                page,
                lambda services: [services.account_care.print_envelopes(new)],
                self.tr("Folder for the papers"),
                page.show_saved,
            )
        )
        self._shelf.show(page, lambda: None)

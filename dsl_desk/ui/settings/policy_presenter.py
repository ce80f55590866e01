"""The policy: read part by part, worded anew item by item, put in force at once."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from dsl_desk.services.begin import PolicyChoice, policies
from dsl_desk.services.policy_care import TOGETHER, ChangeSeen, PolicySeen
from dsl_desk.services.unlock import Typed
from dsl_desk.ui.settings.choose_policy_page import ChoosePolicyPage
from dsl_desk.ui.settings.compare_presenter import ComparePresenter
from dsl_desk.ui.settings.policy_pages import (
    COMPARE,
    OTHER_POLICY,
    WAITING,
    InForcePage,
    ItemPage,
    PolicyPage,
    SectionPage,
)
from dsl_desk.ui.settings.shelf import SettingsServices, Shelf


class PolicyPresenter(QObject):
    """Reads the policy, and keeps changed words until they are put in force together."""

    def __init__(self, shelf: Shelf, index: Callable[..., None]) -> None:
        super().__init__(shelf)
        self._shelf, self._index = shelf, index
        self._worded: dict[str, str] = {}
        self._back = self.tr("Policy")
        self._compare = ComparePresenter(shelf, lambda: self.open(COMPARE))

    def drop(self) -> None:
        """Forget what was worded anew and is not in force."""
        self._worded = {}

    def open(self, row: str = "", told: str = "") -> None:
        """The policy in force, or the choice of one."""
        self._shelf.ask(
            lambda services: (services.policy_care.see(), services.settings.may_change()),
            lambda found: self._show(found[0], row, told, may_change=found[1]),
        )

    def _show(self, seen: PolicySeen | None, row: str, told: str, *, may_change: bool) -> None:
        if seen is None:
            self._choose(first=True, may_change=may_change)
            return
        page = PolicyPage(seen, len(self._worded), self.tr("Settings"), self._shelf.window)
        page.row_requested.connect(lambda key: self._on_row(seen, key))
        self._shelf.show(page, lambda: self._index("policy"), row=row)
        if told:
            page.show_notice(told)

    def _on_row(self, seen: PolicySeen, key: str) -> None:
        if key == WAITING:
            self._look_once_more(seen)
        elif key == OTHER_POLICY:
            self._choose(first=False, may_change=seen.may_change)
        elif key == COMPARE:
            self._compare.open()
        else:
            self._show_section(seen, key)

    def _show_section(self, seen: PolicySeen, key: str, row: str = "", told: str = "") -> None:
        section = seen.section(key)
        if section is None:
            return
        changed = frozenset(self._worded)
        page = SectionPage(section, changed, self._back, may_change=seen.may_change, parent=self._shelf.window)
        page.row_requested.connect(lambda item: self._show_item(seen, key, item))
        self._shelf.show(page, lambda: self.open(key), row=row)
        if told:
            page.show_notice(told)

    def _show_item(self, seen: PolicySeen, key: str, which: str) -> None:
        section = seen.section(key)
        item = next((one for one in section.items if one.key == which), None) if section else None
        if section is None or item is None:
            return
        page = ItemPage(item, self._worded, section.title, may_change=seen.may_change, parent=self._shelf.window)
        told = self.tr("Kept for the next version. Put it in force on the first page of Policy.")
        before = {part.address: part.value for part in item.parts}

        def work(texts: dict[str, str]) -> None:
            wanted = {**self._worded, **texts}

            def done(problems: dict[str, str]) -> None:
                if page.refuse(problems):
                    self._worded = {
                        name: words for name, words in wanted.items() if name not in before or words != before[name]
                    }
                    self._show_section(seen, key, which, told if texts != before else "")

            self._shelf.keep(page, lambda services: _problems(services, wanted, frozenset(texts)), done)

        page.told.connect(work)
        self._shelf.show(page, lambda: self._show_section(seen, key, which))

    # -- in force

    def _look_once_more(self, seen: PolicySeen) -> None:
        worded = dict(self._worded)
        self._shelf.ask(
            lambda services: services.policy_care.changes(worded), lambda changes: self._show_changes(seen, changes)
        )

    def _show_changes(self, seen: PolicySeen, changes: tuple[ChangeSeen, ...]) -> None:
        page = InForcePage(changes, seen.next_version, self._back, self._shelf.window)
        worded = dict(self._worded)

        def done(version: int) -> None:
            page.forget()
            self.drop()
            self._shelf.card_changed.emit()
            self.open("", self.tr("Version {n} is in force. Print the halt card anew if its words changed.").format(
                n=version
            ))  # fmt: skip

        def dropped() -> None:
            self.drop()
            self.open("", self.tr("Dropped. The policy stays as it was."))

        def work(me: Typed) -> None:
            self._shelf.keep(page, lambda services: services.policy_care.put_in_force(worded, me), done)

        page.confirmed.connect(work)
        page.dropped.connect(dropped)
        self._shelf.show(page, lambda: self.open(WAITING))

    # -- another policy

    def _choose(self, *, first: bool, may_change: bool) -> None:
        self._shelf.pool.start(
            lambda _: policies(),
            owner=self,
            done=lambda found: self._show_choice(found, first=first, may_change=may_change),
            failed=self._shelf.window.tell,
        )

    def _show_choice(self, found: tuple[PolicyChoice, ...], *, first: bool, may_change: bool) -> None:
        back = self.tr("Settings") if first else self._back
        page = ChoosePolicyPage(found, back, may_change=may_change, parent=self._shelf.window)

        def done(version: int) -> None:
            page.forget()
            self.drop()
            self._shelf.card_changed.emit()
            self.open("", self.tr("The policy is in force, as version {n}.").format(n=version))

        page.told.connect(
            lambda choice, me: self._shelf.keep(page, lambda services: services.policy_care.choose(choice, me), done)
        )
        self._shelf.show(page, (lambda: self._index("policy")) if first else (lambda: self.open(OTHER_POLICY)))


def _problems(services: SettingsServices, wanted: dict[str, str], here: frozenset[str]) -> dict[str, str]:
    """What is wrong with these words: at the fields of this page, or of them all together."""
    found = services.policy_care.problems(wanted)
    elsewhere = {name: words for name, words in found.items() if name not in here and name != TOGETHER}
    if elsewhere and len(elsewhere) == len(found):
        found[TOGETHER] = next(iter(elsewhere.values()))
    return {name: words for name, words in found.items() if name in here or name == TOGETHER}

"""Lays two policies side by side; only looks, and changes nothing."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from dsl_desk.services.policy_care import Comparable
from dsl_desk.services.profile_compare import Part, compare
from dsl_desk.ui.settings.compare_pages import CompareChoosePage, ComparePage, ComparePartPage
from dsl_desk.ui.settings.shelf import Shelf


class ComparePresenter(QObject):
    """Two policies, their parts, and one part."""

    def __init__(self, shelf: Shelf, back: Callable[[], None]) -> None:
        super().__init__(shelf)
        self._shelf, self._back = shelf, back

    def open(self) -> None:
        """Ask which two."""
        self._shelf.ask(lambda services: services.policy_care.comparable(), self._choose)

    def _choose(self, offered: tuple[Comparable, ...], chosen: tuple[str, str] = ("", "")) -> None:
        page = CompareChoosePage(offered, self.tr("Policy"), self._shelf.window)
        page.first.editor.set_key(chosen[0])
        page.second.editor.set_key(chosen[1])
        page.told.connect(lambda first, second: self._show(offered, (first, second)))
        self._shelf.show(page, self._back)

    def _show(self, offered: tuple[Comparable, ...], chosen: tuple[str, str], row: str = "") -> None:
        by_key = {one.key: one for one in offered}
        first, second = by_key[chosen[0]], by_key[chosen[1]]
        parts = compare(first.profile, second.profile)
        page = ComparePage(first.title, second.title, parts, self.tr("Which two"), self._shelf.window)
        by_part = {part.key: part for part in parts}
        page.row_requested.connect(lambda key: self._show_part(offered, chosen, by_part[key]))
        self._shelf.show(page, lambda: self._choose(offered, chosen), row=row)

    def _show_part(self, offered: tuple[Comparable, ...], chosen: tuple[str, str], part: Part) -> None:
        titles = {one.key: one.title for one in offered}
        back = self.tr("Two policies side by side")
        page = ComparePartPage(titles[chosen[0]], titles[chosen[1]], part, back, self._shelf.window)
        self._shelf.show(page, lambda: self._show(offered, chosen, part.key))

"""The route of a case, chosen anew: by one where it is as strict, by two on advice where it is milder."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dsl_desk.services.routes import RoutesSeen
from dsl_desk.ui.case.two_people import TwoPage, TwoProofs
from dsl_desk.ui.concern.route_part import RoutePart
from dsl_desk.ui.page import PageKind
from dsl_desk.ui.tokens import Space
from dsl_desk.ui.widgets import Button, Dropdown, Field, Kind, Notice, NoticeKind


class RoutePage(TwoPage):
    """Which route the case takes from here on.

    Signals: `chosen(route, reason)` by one, `eased(route, advice, reason, Proof, SecondProof)` by two,
    `version_requested(newest)` to look at the routes of the policy in force, or of the case's own again,
    `record_requested` (write advice down first).
    """

    help_topic = "routes"
    chosen = Signal(str, str)
    eased = Signal(str, int, str, object, object)
    version_requested = Signal(bool)
    record_requested = Signal()

    def __init__(self, seen: RoutesSeen, parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.ASSISTANT,
            self.tr("Which route this case takes"),
            hint=self.tr("What is recorded stays. Steps that are done stay done."),
            back=self.tr("Back to {ref}").format(ref=seen.reference),
            width=640,
            parent=parent,
        )
        self._seen = seen
        if seen.newest:
            self._say_version(seen)
        held = seen.held
        route = held.id if held is not None and seen.chosen and not seen.moves else ""
        self.part = RoutePart(seen, route)
        self.which: Field[Dropdown] = Field(self.tr("Which a&dvice"), Dropdown([("", self.tr("Choose…"))]))
        self.no_advice = Notice(
            self.tr("No advice on record leads to it yet. Ring, then write down what was said."), kind=NoticeKind.WARN
        )
        self.write = Button(self.tr("Write advice do&wn"), Kind.QUIET, icon="pen-line")
        self.write.clicked.connect(self.record_requested)
        self.both = TwoProofs(seen.me)
        self.add(self.part, space=0 if not seen.newest else Space.M)
        for widget in (self.no_advice, self.write, self.which, self.both):
            self.add(widget, space=Space.M)
        self.part.changed.connect(self._show)
        self.set_primary(self.tr("&Follow this route"))
        self.primary_requested.connect(self._on_primary)
        self._show()

    def _say_version(self, seen: RoutesSeen) -> None:
        words = (
            self.tr("These are the routes of the policy in force, version {new}. Choosing one moves the case to it.")
            if seen.moves
            else self.tr("This case follows version {old} of the policy and keeps it. Version {new} is in force.")
        )
        self.add(Notice(words.format(old=seen.version, new=seen.newest), kind=NoticeKind.PLAIN), space=0)
        label = self.tr("&Keep the case’s own version") if seen.moves else self.tr("&Look at the version in force")
        other = Button(label, Kind.QUIET)
        other.clicked.connect(lambda: self.version_requested.emit(not seen.moves))
        self.add(other, space=Space.S)

    def focus_first(self) -> None:
        """To the choice."""
        self.part.route.editor.setFocus()

    @property
    def _milder(self) -> bool:
        offer = self.part.chosen
        return offer is not None and bool(offer.milder)

    def _show(self) -> None:
        """Two people and their advice are asked for where the route is milder, and nowhere else."""
        offer, milder = self.part.chosen, self._milder
        usable = [one for one in self._seen.advice if offer is not None and one.route == offer.id]
        self.which.editor.clear()
        for key, words in [("", self.tr("Choose…")), *((str(one.number), one.title) for one in usable)]:
            self.which.editor.addItem(words, key)
        self.no_advice.setVisible(milder and not usable)
        self.write.setVisible(milder and not usable)
        self.which.setVisible(milder and bool(usable))
        self.both.setVisible(milder and bool(usable))

    def _on_primary(self) -> None:
        offer, found = self.part.chosen, self.part.problems(by_two=True)
        if offer is not None and offer.held and self._seen.chosen and not self._seen.moves:
            found.append((self.part.route, self.tr("The case follows this one already. Choose another, or go back.")))
        if self._milder and not self.which.isVisible():
            found.append((self.part.route, self.tr("Record the advice first: who said it, when, and their words")))
        elif self._milder and not self.which.editor.key:
            found.append((self.which, self.tr("Choose which advice allows it")))
        if self._milder and self.both.isVisible():
            found += self.both.problems()
        if not self._finish(found) or offer is None:
            return
        reason = self.part.reason.text().strip() if self.part.needs_reason else ""
        if not self._milder:
            self.chosen.emit(offer.id, reason)
            return
        self.eased.emit(offer.id, int(self.which.editor.key), reason, *self.both.typed())
        self.both.forget()

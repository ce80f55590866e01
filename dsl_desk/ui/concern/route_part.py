"""The choice of a route: the one that fits stands prepared with its reason, the others beside it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dsl_desk.services.routes import RouteOffer, RoutesSeen
from dsl_desk.ui.concern.page import Problems
from dsl_desk.ui.tokens import Space
from dsl_desk.ui.widgets import Dropdown, Field, Notice, NoticeKind, TextArea


class RoutePart(QWidget):
    """Which route, what it asks and would change, and why another than the one that fits.

    Signals: `changed` when another route is chosen.
    """

    changed = Signal()

    def __init__(self, seen: RoutesSeen, route: str = "", reason: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen = seen
        self.route = Field(self.tr("&Route"), Dropdown([(one.id, self._title(one)) for one in seen.offers]))
        self.route.editor.set_key(route)
        self.told = Notice("")
        self.reason: Field[TextArea] = Field(self.tr("&Why this one"), TextArea(2))
        self.reason.set_text(reason)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        for part in (self.route, self.told, self.reason):
            column.addWidget(part)
        self.route.editor.currentIndexChanged.connect(lambda _: self._show())
        self._show()

    def _title(self, offer: RouteOffer) -> str:
        if self._stays(offer):
            return self.tr("{title} (followed now)").format(title=offer.title)
        if offer.advised:
            return self.tr("{title} (fits what is known)").format(title=offer.title)
        words = self.tr("{title} (advice, and two people)") if offer.milder else "{title}"
        return words.format(title=offer.title)

    @property
    def chosen(self) -> RouteOffer | None:
        """The route that is chosen."""
        return self._seen.offer(self.route.editor.key)

    @property
    def needs_reason(self) -> bool:
        """Whether it must be said why: another than fits, another than before, another version."""
        offer = self.chosen
        if offer is None or self._stays(offer):
            return False
        return not offer.advised or self._seen.chosen or self._seen.moves

    def _stays(self, offer: RouteOffer) -> bool:
        return offer.held and self._seen.chosen and not self._seen.moves

    def _show(self) -> None:
        offer = self.chosen
        if offer is not None:
            kind = NoticeKind.WARN if offer.milder else NoticeKind.GUIDE
            self.told.set_words(self._words(offer), kind=kind, title=self._heading(offer))
        self.told.setVisible(offer is not None)
        self.reason.setVisible(self.needs_reason)
        self.changed.emit()

    def _heading(self, offer: RouteOffer) -> str:
        if self._stays(offer):
            return self.tr("The case follows this one now")
        if offer.milder:
            return self.tr("Milder than what is known asks for")
        return self.tr("This fits what is known") if offer.advised else self.tr("As strict as the one that fits")

    def _words(self, offer: RouteOffer) -> str:
        fits = self._seen.advised
        leads = self.tr("What is known leads to “{title}”. {why}").format(title=fits.title, why=self._seen.because) if (
            fits is not None and not offer.milder
        ) else offer.milder  # fmt: skip
        said = [self._seen.because if offer.advised else leads]
        if offer.milder:
            said.append(self.tr("It takes recorded advice, and two people."))
        if offer.asks:
            said.append(self.tr("Everybody on it must ask: {whom}.").format(whom=offer.asks))
        if self._seen.strand is not None and not offer.held:
            said.append(self.tr("{kept}; nothing that is recorded is lost.").format(kept=offer.kept))
        if offer.leaves_out:
            said.append(self.tr("No longer asked for: {steps}.").format(steps=", ".join(offer.leaves_out)))
        return " ".join(part for part in said if part)

    def problems(self, *, by_two: bool) -> Problems:
        """What is missing; a milder route only where two people are there to choose it."""
        offer = self.chosen
        if offer is None:
            return [(self.route, self.tr("Choose the route"))]
        if offer.milder and not by_two:
            words = self.tr("This one takes recorded advice and two people. Choose it afterwards, in the case.")
            return [(self.route, words)]
        if self.needs_reason and not self.reason.text().strip():
            return [(self.reason, self.tr("Write why this one"))]
        return []

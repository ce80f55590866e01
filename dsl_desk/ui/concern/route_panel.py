"""After the questions and the kind of concern: which route they lead to, and why."""

from __future__ import annotations

from dsl_desk.services.routes import RoutesSeen
from dsl_desk.ui.concern.page import ConcernPage, Problems
from dsl_desk.ui.concern.route_part import RoutePart
from dsl_desk.ui.concern.so_far import SoFar
from dsl_desk.ui.widgets import StepRail


class RoutePanel(ConcernPage):
    """The route that fits, prepared to be followed, and the others beside it."""

    help_topic = "routes"

    def __init__(self, seen: RoutesSeen, so_far: SoFar, rail: StepRail, *, back: str) -> None:
        hint = self.tr("A route is the list of steps in your school’s policy. You can change it later.")
        super().__init__(self.tr("Which route does this take?"), rail, back=back, hint=hint)
        self.part = RoutePart(seen, so_far.words.get("route", ""), so_far.words.get("route_reason", ""))
        self.add(self.part, space=0)
        self.finish()

    def focus_first(self) -> None:
        """To the choice."""
        self.part.route.editor.setFocus()

    def problems(self) -> Problems:
        """A reason for another than the one that fits."""
        return self.part.problems(by_two=False)

    def collect(self, so_far: SoFar) -> None:
        """Keep another route than the one that fits; the one that fits is worked out anew where answers change."""
        offer = self.part.chosen
        if offer is None:
            return
        so_far.words["route"] = "" if offer.advised else offer.id
        so_far.words["route_title"] = offer.title
        so_far.words["route_reason"] = self.part.reason.text() if self.part.needs_reason else ""

"""Makes the page of a new concern that comes next; each by itself, from the answers so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from dsl_desk.services.routes import first_routes
from dsl_desk.ui.concern import recording
from dsl_desk.ui.concern.material import Material
from dsl_desk.ui.concern.page import ConcernPage
from dsl_desk.ui.concern.people_panel import PeoplePanel
from dsl_desk.ui.concern.question_panel import AboutPanel, DangerPanel, QuestionPanel, ResultPanel, WhoPanel
from dsl_desk.ui.concern.rails import back_words, check_lines, rail_of
from dsl_desk.ui.concern.route_panel import RoutePanel
from dsl_desk.ui.concern.so_far import SoFar
from dsl_desk.ui.concern.words_panel import CheckPanel, KindPanel, StoryPanel, VoicePanel, WhenPanel
from dsl_desk.ui.widgets import StepRail


def make(key: str, material: Material, so_far: SoFar, now: Callable[[], datetime]) -> ConcernPage:
    """The page of that name; `now` is asked as dates are typed, in the school's zone."""
    rail, back = rail_of(so_far, key), back_words(so_far, key)
    if key == "when":
        return WhenPanel(so_far, now, rail, back=back)
    made = _MAKERS.get(key)
    if made is not None:
        return made(material, so_far, rail, back)
    return QuestionPanel(material.questions[key.removeprefix("q")], material.above, so_far, rail, back=back)


def _result(material: Material, so_far: SoFar, rail: StepRail, back: str) -> ConcernPage:
    # a case that was begun at the stop keeps its answers: nothing leads back to them
    return ResultPanel(recording.sentences(so_far, material.result), so_far, rail, back="" if so_far.strand else back)


_Maker = Callable[[Material, SoFar, StepRail, str], ConcernPage]
_MAKERS: Mapping[str, _Maker] = {
    "about": lambda material, so_far, rail, back: AboutPanel(material.questions["2"], so_far, rail, back=back),
    "who": lambda material, so_far, rail, back: WhoPanel(material.staff, so_far, rail, back=back),
    "danger": lambda _material, _so_far, rail, back: DangerPanel(rail, back=back),
    "result": _result,
    "people": lambda _material, so_far, rail, back: PeoplePanel(so_far, rail, back=back),
    "story": lambda _material, so_far, rail, back: StoryPanel(so_far, rail, back=back),
    "kind": lambda material, so_far, rail, back: KindPanel(material.categories, so_far, rail, back=back),
    "route": lambda material, so_far, rail, back: RoutePanel(
        first_routes(recording.known(so_far, material.known), material.profile), so_far, rail, back=back
    ),
    "voice": lambda material, so_far, rail, back: VoicePanel(material.voice_hint, so_far, rail, back=back),
    "check": lambda _material, so_far, rail, back: CheckPanel(check_lines(so_far), rail, back=back),
}

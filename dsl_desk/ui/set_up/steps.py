"""The order of the assistant, and the rail that shows it."""

import enum

from PySide6.QtCore import QCoreApplication

from dsl_desk.ui.widgets import StepRail, StepState


class Step(enum.Enum):
    """The steps, in their order."""

    PLACE = "place"
    SCHOOL = "school"
    SECRET = "secret"  # noqa: S105 - the name of a step, no secret
    CODES = "codes"
    POLICY = "profile"
    POSTS = "posts"
    PARTICULARS = "particulars"
    CONTACTS = "contacts"
    LOOKING = "looking"
    PAPERS = "papers"


_WORDS = {
    Step.PLACE: "Where it is kept",
    Step.SCHOOL: "School and you",
    Step.SECRET: "Your passphrase",
    Step.CODES: "Recovery codes",
    Step.POLICY: "Policy",
    Step.POSTS: "Who holds which post",
    Step.PARTICULARS: "School’s particulars",
    Step.CONTACTS: "Whom to ring",
    Step.LOOKING: "Where looking is done",
    Step.PAPERS: "Papers",
}


def new_rail() -> StepRail:
    """The rail of the assistant."""
    return StepRail(_tr("Set up the desk"), _tr("About ten minutes"), _steps(Step.PLACE))


def show_step(rail: StepRail, now: Step) -> None:
    """Show which step this is."""
    rail.set_steps(_steps(now))


def _steps(now: Step) -> list[tuple[str, str, StepState]]:
    order = list(Step)
    here = order.index(now)
    return [
        (_tr(_WORDS[step]), "", StepState.DONE if at < here else StepState.NOW if at == here else StepState.LATER)
        for at, step in enumerate(order)
    ]


def _tr(words: str) -> str:
    return QCoreApplication.translate("SetUp", words)

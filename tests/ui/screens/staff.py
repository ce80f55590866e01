"""Records around people: the same person in other cases, low-level concerns, who opened what, an acting DSL."""

from __future__ import annotations

from dsl_desk.domain.case_words import PersonRole
from dsl_desk.domain.follow_up_entries import DeviceSecured, PersonLinked
from dsl_desk.domain.words import SubjectKind
from dsl_desk.rehearsal.lines import all_no
from dsl_desk.rehearsal.stage import Stage
from dsl_desk.services.concern import About, NewConcern
from tests.ui.case.test_case_place import CONCERN
from tests.ui.screens.story import Story


def elsewhere(story: Story) -> None:
    """A case whose people and devices stand in others too."""

    def act(stage: Stage) -> None:
        person = PersonLinked(
            person="linked-1", role=PersonRole.AFFECTED, kind=SubjectKind.PUPIL, name="Robin Sample",
            online_names="@blue_fox",
        )  # fmt: skip
        device = DeviceSecured(device="Grey phone", held_by="Office", place="Safe", serial="SN-1234")
        for more in ((device,), (device,), ()):
            new = NewConcern(
                about=About(kind=SubjectKind.PUPIL), concern=CONCERN, people=(person,),
                triage=all_no(SubjectKind.PUPIL), more=more,
            )  # fmt: skip
            story.strands["linked"] = stage.desk.concern.begin(new).strand

    story.play(act)
    story.open_case("linked")
    story.shoot("case-elsewhere", kept=False)

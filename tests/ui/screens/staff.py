"""Records around people: the same person in other cases, low-level concerns, who opened what, an acting DSL."""

from __future__ import annotations

from datetime import timedelta

from dsl_desk.domain.case_words import PersonRole
from dsl_desk.domain.follow_up_entries import DeviceSecured, PersonLinked
from dsl_desk.domain.low_level import REGISTER
from dsl_desk.domain.words import Answer, Role, SubjectKind
from dsl_desk.rehearsal.lines import all_no
from dsl_desk.rehearsal.stage import Stage
from dsl_desk.services.concern import About, NewConcern
from dsl_desk.services.unlock import Typed
from tests.desks import let_in
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


def just_stopped(story: Story) -> None:
    """A case that its first answers stopped, before anybody has rung anybody."""

    def act(stage: Stage) -> None:
        new = NewConcern(
            about=About(kind=SubjectKind.PUPIL),
            concern=CONCERN,
            people=(),
            triage=all_no(SubjectKind.PUPIL, _3=Answer.YES),
        )
        story.strands["just-stopped"] = stage.desk.concern.begin(new).strand

    story.play(act)
    story.open_case("just-stopped")
    story.shoot("case-just-stopped")


def apart(story: Story) -> None:
    """The Headteacher's register of low-level concerns, and one of two about the same name."""

    def act(stage: Stage) -> None:
        head = stage.sign_in("head")
        for about, post in (("Sedge Alder", "Teaching assistant"), ("Ms S. Alder", "Teaching assistant")):
            head.registers.record(REGISTER, {
                "about": about, "post": post, "happened": "not known", "shared_on": "2026-01-12", "sharer": "withheld",
                "details": "Was alone with a pupil behind a closed door.", "context": "After a club.",
                "why_low": "The door had a window, and nobody was hurt.",
            })  # fmt: skip

    story.play(act, "head")
    registers = story.desk.registers
    registers.open()
    story.at.on("Registers")
    story.shoot("registers-headteacher", kept=False)
    registers.open_register(REGISTER)
    story.at.on("Low-level concerns")
    story.shoot("low-level-concerns", kept=False)
    story.at.open_row("Sedge Alder")
    story.at.on("Sedge Alder")
    story.shoot("low-level-concern")
    story.at.press("Not low-level any more")
    story.at.on("Take it up as an allegation")
    story.shoot("low-level-taken-up", kept=False)


def standing_in(story: Story) -> None:
    """Who stands in for the DSL, as the Headteacher sees it, and who opened which case."""

    def act(stage: Stage) -> None:
        let_in(stage, "senior", "Sedge Alder", Role.SENIOR)
        head = stage.sign_in("head")
        secret, today = stage.cast.secret("head"), head.acting.see().today
        typed = Typed(sign_in_name=secret.sign_in_name, passphrase=secret.passphrase)
        other = head.acting.see().others[-1]
        head.acting.name(other.account, today, today + timedelta(days=4), "Both are ill.", typed)

    story.play(act, "head")
    for part, title, name in (
        ("acting", "Standing in for the DSL", "acting-dsl"), ("access", "Who opened which case", "access-log"),
    ):  # fmt: skip
        story.desk.settings.open_part(part)
        story.at.on(title)
        story.shoot(name)
    story.play(lambda _: None)  # the DSL goes on

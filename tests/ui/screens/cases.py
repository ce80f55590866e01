"""The place of a case, its forms, the review of two, judgement, signatures, packs, and what governors see."""

from __future__ import annotations

from typing import cast

from PySide6.QtGui import QImage

from dsl_desk.domain.case import Offered
from dsl_desk.domain.case_words import HoldBack, Intake
from dsl_desk.domain.follow_up_entries import HoldBackSet
from dsl_desk.domain.words import Answer, Grade, PackKind, StrandId
from dsl_desk.rehearsal import first_case, other_cases
from dsl_desk.rehearsal.lines import both_say
from dsl_desk.rehearsal.stage import Stage
from dsl_desk.services.governors import Period
from dsl_desk.services.handover import Handover
from dsl_desk.ui.case.forms import FORMS
from dsl_desk.ui.desk.panel import CasesPanel
from dsl_desk.ui.halt import Stopped
from dsl_desk.ui.handover.writing_panel import WritingPanel
from dsl_desk.ui.proof import Proof
from dsl_desk.ui.review.session_panel import SessionPanel
from tests.ui.screens.story import Story
from tests.ui.tasks.played import with_nobody_declared

PAIR = ("dsl", "deputy")
KEPT_FORMS = frozenset(
    {
        "secure", "hold_back", "where", "purpose", "call", "voice", "parents", "referral", "close", "advice", "reply",
        "share", "done", "risk", "search", "released", "takedown", "disagreement", "main_system", "lesson", "feedback",
    }
)  # fmt: skip
"""Those that the documents show; the others look like them."""


def begin(story: Story) -> None:
    """Four cases, as the rehearsal plays them, the first one at its beginning."""

    def act(stage: Stage) -> None:
        other_cases.play_stopped(stage)
        other_cases.play_police_first(stage)
        stage.sign_in("dsl")
        book = stage.desk.book.desk
        story.strands["stopped"], story.strands["police"] = (
            StrandId(book.find(reference) or "") for reference in stage.references[:2]
        )
        story.strands["first"] = first_case._concern(stage)
        for party, until in (("parents", "police agree"), ("subject", "police agree"), ("press", "advice is in")):
            hold = HoldBackSet(party=party, decision=HoldBack.WAIT, until=until, reason="advice is open")
            stage.desk.work.hold_back(story.strands["first"], hold)
        for party in ("staff", "platform", "other_school"):
            hold = HoldBackSet(party=party, decision=HoldBack.MAY_TELL, reason="agreed")
            stage.desk.work.hold_back(story.strands["first"], hold)

    story.play(act)
    story.at.page.focus_first()
    story.shoot("home")
    story.at.window.place_requested.emit("cases")
    story.at.on("Cases")
    story.shoot("cases")
    story.at.type("Find cases by reference, name or word", "nothing like it")
    listed = cast("CasesPanel", story.at.page).cases
    story.at.until(lambda: listed.model.total == 0, "nothing")
    story.shoot("cases-none-found")
    story.at.type("Find cases by reference, name or word", "")
    story.at.quiet()


def place(story: Story) -> None:
    """Cases in three states."""
    story.open_case("first")
    story.shoot("case")
    story.open_case("police")
    story.shoot("case-police-first")
    story.open_case("stopped")
    story.shoot("case-stopped")


def forms(story: Story) -> None:
    """Every form of a case, empty."""
    story.open_case("first")
    case = story.desk.case
    for key in FORMS:
        case._open_form(key, "")
        _until_form(story, key)
        story.shoot(f"form-{key.replace('_', '-')}", kept=key in KEPT_FORMS)
        if key == "secure":
            story.at.window._primary()
            story.shoot("form-errors")
        case._on_later()
        story.at.quiet()


def _until_form(story: Story, key: str) -> None:
    case = story.desk.case
    story.at.until(lambda: case.form is not None and case._key == key, key)


def review(story: Story) -> None:
    """Declaring, beginning, looking, an exhibit, the end."""
    strand, tasks = story.strands["first"], story.desk.tasks
    story.play(lambda stage: with_nobody_declared(stage, strand))
    story.open_case("first")
    story.step("first", tasks.review.open_declaration, "Both declare")
    story.shoot("review-declare")
    story.play(lambda stage: [stage.desk.review.declare(strand, stage.proves(name)) for name in PAIR])
    story.open_case("first")
    story.step("first", tasks.review.open_session, "Begin a review session")
    story.shoot("review-begin")
    story.play(lambda stage: _look(stage, strand))
    story.open_case("first")
    story.step("first", tasks.review.open_session, "Review session 1")
    panel = cast("SessionPanel", story.at.page)
    panel.address.set_text("social.example/northfield-badge/about")
    panel.saw.set_text("The page shows the school badge and the words “Northfield news”. It names no pupil.")
    story.shoot("review-session")
    panel._on_primary()
    story.shoot("review-session-errors")
    panel.show_problems([])
    panel._on_uncover()
    panel.reason.set_text("To describe it for the record")
    story.shoot("review-uncover")
    panel.show_picture(panel.mark, QImage(str(story.stage.cast.file("trading-page.png"))))
    story.shoot("review-uncovered")
    panel.cover_all()
    tasks.review._show_exhibit(tasks.review._seen, None)
    story.at.on("Add a picture or file")
    story.shoot("review-add-exhibit")
    tasks.review._show_capture()
    story.at.on("Take a picture of the screen")
    story.shoot("review-picture-of-screen")
    story.step("first", tasks.review.open_finish, "Finish looking")
    story.shoot("review-finish")


def _look(stage: Stage, strand: StrandId) -> None:
    """As the rehearsal looks, but the session stays open."""
    desk = stage.desk
    desk.review.open(strand, present=tuple(stage.cast.played[name].name for name in PAIR), place="DSL's office")
    for number, file in enumerate(("trading-page.png", "group-chat.png"), 1):
        item = stage.cast.material[file]
        desk.review.record_sighting(
            strand,
            address=item.address or "",
            seen=item.description,
            concern="Gift card codes asked of children.",
            reason_to_stop=both_say(stage, PAIR, Answer.NO),
            picture="screen",
        )
        offered = Offered(
            intake=Intake.CAPTURE,
            description=item.description,
            source=item.source,
            method="screen capture of the review laptop",
            stop_answers=both_say(stage, PAIR, Answer.NO),
            sighting=number,
            place="DSL's office",
        )
        desk.exhibits.capture(strand, offered, file, stage.cast.file(file).read_bytes())


def _finish(stage: Stage, strand: StrandId) -> None:
    for name in PAIR:
        stage.desk.review.finish(
            strand, stage.proves(name), access_withdrawn=True, device_locked_away=True, times_right=True
        )
    first_case._supplied(stage, strand)


def signing(story: Story) -> None:
    """Judgement alone, what it comes to, what is done, and both signatures."""
    strand, sign_off = story.strands["first"], story.desk.tasks.sign_off
    story.play(lambda stage: _finish(stage, strand))
    story.open_case("first")
    story.shoot("case-to-judge")
    story.step("first", sign_off.open_judgement, "Your judgement")
    story.shoot("judge")
    story.play(lambda stage: first_case._judge(stage, strand))
    story.open_case("first")
    sign_off.open_action(strand)
    story.at.on("What is done")
    story.shoot("act")
    story.step("first", sign_off.open_signing, "Sign the review record")
    story.shoot("sign-off")

    def one_signs(stage: Stage) -> None:
        to_sign = stage.desk.sign_off.prepare(strand, stage.accounts["dsl"])
        stage.desk.sign_off.sign(strand, to_sign, stage.proves("dsl"))

    story.play(one_signs, "deputy")
    story.at.page.focus_first()
    story.shoot("home-sign-off-asked")
    story.open_case("first")
    story.step("first", sign_off.open_signing, "Sign the review record")
    story.shoot("sign-off-second")
    sign_off._read()
    story.at.until(lambda: story.desk.tasks.papers.page is story.at.page, "the record")
    story.shoot("paper")

    def other_signs(stage: Stage) -> None:
        stage.sign_in("deputy")
        to_sign = stage.desk.sign_off.prepare(strand, stage.accounts["deputy"])
        stage.desk.sign_off.sign(strand, to_sign, stage.proves("deputy"))

    story.play(other_signs)
    story.open_case("first")
    story.shoot("case-signed")
    story.step("first", sign_off.open_signing, "Sign the review record")
    story.shoot("sign-off-signed")


def packs(story: Story) -> None:
    """The plan of a pack, its writing, and the verified pack."""
    strand, handover = story.strands["first"], story.desk.tasks.handover
    story.open_case("first")
    handover.open(strand)
    story.at.until(lambda: handover.plan is not None and story.at.page is handover.plan, "the plan")
    story.shoot("pack-plan")
    plan = Handover(
        kind=PackKind.SIGNED_OFF, folder=story.stage.handover, medium="encrypted stick no. 3", recipient="police",
        recipient_name="Example Police", seal_number="B-220017",
    )  # fmt: skip
    page = WritingPanel("MI-2026-T3WH", 1, plan, story.at.window)
    page.show_progress(52_000_000, 84_000_000)
    story.at.window.show_page(page)
    story.shoot("pack-writing")
    handover._make(plan, [_proof(story, name) for name in PAIR])
    story.at.until(lambda: handover.done is not None and story.at.page is handover.done, "the pack")
    story.shoot("pack-done")


def _proof(story: Story, name: str) -> Proof:
    secret = story.stage.cast.secret(name)
    return Proof(sign_in_name=secret.sign_in_name, passphrase=secret.passphrase)


def governors(story: Story) -> None:
    """Period, preview."""
    story.at.window.place_requested.emit("governors")
    story.at.on("Governor summary")
    story.shoot("governors-period")
    story.desk.tasks.governors._preview(Period(label="Year 2026", first="2026-01-01", last="2026-12-31"))
    story.at.until(lambda: "Year 2026" in story.at.page.title.text(), "the summary")
    story.shoot("governors")


def care(story: Story) -> None:
    """Check everything; a backup."""
    story.at.window.place_requested.emit("home")
    story.at.on("What is waiting for me")
    story.desk.care.check()
    story.at.quiet()
    story.shoot("check-everything")
    folder = story.stage.out / "stick"
    folder.mkdir(exist_ok=True)
    story.desk.care.back_up(folder)
    story.at.quiet()
    story.shoot("backup")
    story.at.window.place_requested.emit("home")
    story.at.on("What is waiting for me")
    story.at.page.focus_first()
    story.shoot("home-later")


def halt(story: Story) -> None:
    """The stop, in each of its states."""

    window = story.at.window
    story.open_case("police")
    window.halt_now()
    story.shoot("halt-ask")
    window.halt._on_back()
    story.shoot("halt-gone-back")
    window.release()
    for grade, name in ((Grade.STOP_IMAGES, "halt-pictures"), (Grade.POLICE_FIRST, "halt-police-first")):
        window.show_stopped(
            Stopped(grade=grade, time="14:02", reference="MI-2026-K7Q4", person="Demo Placeholder, DSL")
        )
        story.shoot(name)
    window.halt._on_ring()
    story.shoot("halt-numbers")
    window.release()
    window.show_stopped(
        Stopped(grade=Grade.STOP_IMAGES, time="14:02", reference="MI-2026-K7Q4", person="Demo Placeholder", stays=True)
    )
    story.shoot("halt-this-laptop")
    window.release()

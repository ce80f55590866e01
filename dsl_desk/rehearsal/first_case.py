"""Case 1: concern to handover. Two reviewers look, disagree, settle it, sign; police get a signed pack."""

from dsl_desk.domain.case import Offered
from dsl_desk.domain.case_entries import AccessRecorded, DeviceNamed, PurposeRecorded
from dsl_desk.domain.case_words import (
    HoldBack,
    Intake,
    Judgement,
    PersonRole,
)
from dsl_desk.domain.follow_up_entries import (
    ChildVoiceRecorded,
    ConcernRecorded,
    DeviceSecured,
    HoldBackSet,
)
from dsl_desk.domain.words import Answer, Mark, StrandId, SubjectKind
from dsl_desk.rehearsal import first_case_after
from dsl_desk.rehearsal.lines import all_no, both_say, linked
from dsl_desk.rehearsal.stage import Stage
from dsl_desk.services.concern import About, NewConcern
from dsl_desk.services.preview import Area
from dsl_desk.services.printing import Page
from dsl_desk.store.values import Source

ROUTE = "device-or-site-review"


def play(stage: Stage) -> StrandId:
    """Play the whole of case 1; gives its strand for later scenes."""
    with stage.act("case 1: concern, triage, child's voice"):
        strand = _concern(stage)
    with stage.act("case 1: reviewers, device, looking"):
        _prepare(stage, strand)
        _look(stage, strand)
    with stage.act("case 1: judgement and sign-off"):
        _judge(stage, strand)
        _sign(stage, strand)
    with stage.act("case 1: pack, verification, receipt"):
        first_case_after.hand_over(stage, strand)
    with stage.act("case 1: follow-up and closing"):
        first_case_after.close(stage, strand)
    return strand


def _concern(stage: Stage) -> StrandId:
    desk, now = stage.sign_in("dsl"), stage.around.clock.now()
    begun = desk.concern.begin(
        NewConcern(
            about=About(kind=SubjectKind.PUPIL),
            concern=ConcernRecorded(
                occurred_at=now.at_local[:10],
                reported_at=now.at_local,
                reporter="staff",
                reported_to=stage.cast.played["dsl"].name,
                summary="A form tutor passed on what a pupil said: game accounts are offered for gift card codes on a "
                "trading site, and another pupil calls him names in a chat room.",
                categories=("gambling-commerce", "bullying"),
                suspected=Answer.NO,
                reporter_name=stage.cast.played["tutor"].name,
                place="Form room 8P",
                on_site=True,
                user_group="pupil",
                child_words="He keeps saying it about my shoes.",
                immediate_action="Pupil safe, at home with parent this evening.",
                site=stage.cast.school.sites[0],
            ),
            people=(
                linked(stage, "quill", PersonRole.SUBJECT, SubjectKind.PUPIL),
                linked(stage, "pip", PersonRole.AFFECTED, SubjectKind.PUPIL),
            ),
            triage=all_no(SubjectKind.PUPIL),
        )
    )
    stage.references.append(begun.reference)
    strand = begun.strand
    desk.work.choose_route(strand, ROUTE, "The policy’s own procedure for what was seen on a device.")
    desk.work.child_voice(
        strand,
        ChildVoiceRecorded(
            person="pip",
            spoken=True,
            words="I only wanted the skin. He keeps saying it about my shoes.",
            to_whom=stage.cast.played["tutor"].name,
            prompted_how="Tell me what happened.",
            wishes="That it stops, and that nobody in 8P hears that he told.",
        ),
    )
    desk.work.secure_device(
        strand,
        DeviceSecured(
            device="School tablet",
            held_by=stage.cast.played["technician"].name,
            place="Safe in the DSL's office",
            make="Sampletab 10",
            serial="ST10-00417",
            power="was off, stays off",
            seal="S-100201",
            key_holder=stage.cast.played["dsl"].name,
            pin_known=True,
            touched_by=(stage.cast.played["tutor"].name,),
        ),
    )
    desk.work.hold_back(
        strand,
        HoldBackSet(party="pupils", decision=HoldBack.WAIT, until="the review is signed", reason="to protect him"),
    )
    return strand


def _prepare(stage: Stage, strand: StrandId) -> None:
    desk = stage.desk
    desk.review.name_reviewer(strand, stage.accounts["dsl"])
    desk.review.name_reviewer(strand, stage.accounts["deputy"])
    desk.review.name_device(
        strand,
        DeviceNamed(
            make="Exemplar Book 14",
            serial="EB14-2201",
            location="DSL's office, locked",
            state="shut down, battery full",
            this_laptop=False,
            name="Review laptop",
        ),
    )
    desk.review.record_access(
        strand,
        AccessRecorded(
            access="filtered, both addresses allowed for one hour",
            granted_by=stage.cast.played["technician"].name,
            ends_at="end of the session",
        ),
    )
    desk.review.record_purpose(
        strand,
        PurposeRecorded(
            reason="Report of the form tutor",
            purpose="See whether game accounts are sold for gift card codes, and what is said about the pupil.",
            scope="The trading page, and the chat room of Year 8, this week.",
            stop_where="At any picture of a person, at anything sexual, at any adult who writes to a pupil.",
        ),
    )
    for name in ("dsl", "deputy"):
        desk.review.declare(strand, stage.proves(name))


def _look(stage: Stage, strand: StrandId) -> None:
    desk, pair = stage.desk, ("dsl", "deputy")
    names = tuple(stage.cast.played[name].name for name in pair)
    desk.review.open(strand, present=names, place="DSL's office")
    for number, file in enumerate(("trading-page.png", "group-chat.png"), 1):
        item = stage.cast.material[file]
        desk.review.record_sighting(
            strand,
            address=item.address or "",
            seen=item.description,
            concern="Gift card codes asked of children." if number == 1 else "One pupil is called names by several.",
            reason_to_stop=both_say(stage, pair, Answer.NO),
            picture="screen",
        )
        desk.exhibits.capture(
            strand,
            Offered(
                intake=Intake.CAPTURE,
                description=item.description,
                source=item.source,
                method="screen capture of the review laptop",
                stop_answers=both_say(stage, pair, Answer.NO),
                sighting=number,
                place="DSL's office",
            ),
            file,
            stage.cast.file(file).read_bytes(),
        )
    desk.review.pause(strand, "Fire bell")
    desk.review.resume(strand, present=names)
    for name in pair:
        desk.review.finish(strand, stage.proves(name), access_withdrawn=True, device_locked_away=True, times_right=True)
    _supplied(stage, strand)
    desk.exhibits.uncover(strand, Mark("DP/1"), "to write the judgement")
    _redacted(stage, strand)


def _supplied(stage: Stage, strand: StrandId) -> None:
    """What people bring: the log, the e-mail, the text of the chat; never sought, asked about before it is opened."""
    for file, supplied_by in (
        ("filter-log.csv", "technician"),
        ("form-tutor-report.eml", "tutor"),
        ("chat-export.txt", "pip_parent"),
    ):
        item = stage.cast.material[file]
        stage.desk.exhibits.take_in(
            strand,
            Offered(
                intake=Intake.SUPPLIED,
                description=item.description,
                source=item.source,
                method="handed over on a stick, copied once",
                stop_answers=both_say(stage, ("dsl",), Answer.NO),
                supplied_by=stage.cast.played[supplied_by].name,
                seen_by="nobody else in school",
            ),
            [Source.from_path(stage.cast.file(file))],
        )


def covered_areas() -> tuple[Area, ...]:
    """Where the user names of the chat stand, as parts of the picture."""
    members = Area(left=0.0, top=0.13, right=0.21, bottom=1.0)
    names = (Area(left=0.23, top=(186 + 66 * row) / 860, right=0.4, bottom=(212 + 66 * row) / 860) for row in range(9))
    return members, *names


def _redacted(stage: Stage, strand: StrandId) -> None:
    """A copy of the chat with the user names covered, to show to parents; the original stays as it is."""
    why = "to show parents what was written without who wrote it"
    stage.desk.redaction.redact(strand, Mark("DP/2"), covered_areas(), why, description="Chat, user names covered")


def _judge(stage: Stage, strand: StrandId) -> None:
    stage.desk.judgement.judge(
        strand, Judgement.SUBSTANCE, "Both the offers and the names are there to read, in the week that was reported."
    )
    stage.sign_in("deputy").judgement.judge(
        strand, Judgement.CANNOT_TELL, "The names are there. Whether anybody in school paid, the page does not show."
    )
    desk = stage.sign_in("dsl")
    desk.judgement.conclude(
        strand,
        "Substance as to the names; as to the trading, pupils were offered it and a payment is not shown.",
        outcome="behaviour",
        severity="medium",
        disagreement="Whether the trading has substance. Settled: offers yes, payment not shown; both views stand.",
    )
    desk.judgement.decide_action(
        strand,
        action="Talk with both families; trading site added to the filter.",
        who=stage.cast.played["dsl"].name,
        by_when="Friday",
        reason="It is going on now.",
        others="Police told of the trading site, for information.",
    )


def _sign(stage: Stage, strand: StrandId) -> None:
    """Each with their own passphrase, both on the same form; then ink, scanned back."""
    desk = stage.desk
    for name in ("dsl", "deputy"):
        to_sign = desk.sign_off.prepare(strand, stage.accounts[name])
        desk.sign_off.sign(strand, to_sign, stage.proves(name))
    signed = desk.sign_off.papers(desk.book.load(strand))
    stage.paper(Page(name="review-record-signed.pdf", pdf=signed.form))
    printed = desk.printing.print_form(strand)
    stage.paper(Page(name="review-record.pdf", pdf=printed.pdf))
    desk.sign_off.attach_scan(
        strand, Source.from_bytes("signed-in-ink.pdf", printed.pdf), of="form", media_type="application/pdf"
    )
    desk.work.hold_back(strand, HoldBackSet(party="pupils", decision=HoldBack.MAY_TELL, reason="signed"))

"""Case 2 is stopped for pictures, case 3 goes to police in the first half hour, case 4 is about the Headteacher."""

from dsl_desk.domain.case import Offered
from dsl_desk.domain.case_entries import AccessRecorded, DeviceNamed, PurposeRecorded
from dsl_desk.domain.case_words import Agency, CallOutcome, Effect, HoldBack, Intake, PersonRole
from dsl_desk.domain.errors import DslDeskError, HaltedError
from dsl_desk.domain.follow_up_entries import (
    AdviceRecorded,
    CallLogged,
    ConcernRecorded,
    DeviceSecured,
    HoldBackSet,
    ReferralMade,
)
from dsl_desk.domain.words import Answer, PackKind, StrandId, SubjectKind
from dsl_desk.rehearsal.first_case import ROUTE
from dsl_desk.rehearsal.lines import all_no, both_say, linked
from dsl_desk.rehearsal.opening import known
from dsl_desk.rehearsal.stage import Stage
from dsl_desk.services.concern import About, NewConcern
from dsl_desk.services.handover import Handover
from dsl_desk.services.printing import Page
from dsl_desk.store.values import CaseQuery, Source


class RehearsalFailedError(DslDeskError):
    """The rehearsal saw something that must never happen. Report it before a real desk is used."""


def _concern(stage: Stage, summary: str, category: str, suspected: Answer) -> ConcernRecorded:
    now = stage.around.clock.now()
    return ConcernRecorded(
        occurred_at="unknown",
        reported_at=now.at_local,
        reporter="staff",
        reported_to=stage.cast.played["dsl"].name,
        summary=summary,
        categories=(category,),
        suspected=suspected,
        immediate_action="Nobody in danger now; child at home.",
    )


def play_stopped(stage: Stage) -> None:
    """Case 2: in a session a reviewer is not sure. Everything closes; advice and a stopped pack follow."""
    with stage.act("case 2: halted at a possible picture"):
        strand = _look_until_not_sure(stage)
        desk, now = stage.desk, stage.around.clock.now()
        halt = desk.book.load(strand).last
        desk.halt.add_reason(strand, halt, "A thumbnail that could have shown a child.", police_reference="LOG-0931")
        desk.work.secure_device(
            strand,
            DeviceSecured(
                device="Review laptop", held_by=stage.cast.played["dsl"].name, place="DSL's office, locked",
                make="Exemplar Book 14", serial="EB14-2201", power="on, screen covered", key_holder="the DSL",
                touched_by=(stage.cast.played["dsl"].name, stage.cast.played["deputy"].name),
            ),
        )  # fmt: skip
        desk.advice.record(
            strand,
            AdviceRecorded(
                who="Control room operator 417", agency=Agency.POLICE, at=now.at_local, effect=Effect.HOLD_OFF,
                words="Leave it on, lock the room, an officer comes today.", number="101", reference="LOG-0931",
            ),
        )  # fmt: skip
    with stage.act("case 2: stopped pack"):
        done = desk.handover.make(
            strand,
            Handover(kind=PackKind.STOPPED, folder=stage.handover, medium="encrypted stick no. 4", recipient="police"),
            [stage.proves("dsl")],
        )
        stage.packs.append(done.pack)


def _look_until_not_sure(stage: Stage) -> StrandId:
    desk, pair = stage.sign_in("dsl"), ("dsl", "head")
    names = tuple(stage.cast.played[name].name for name in pair)
    begun = desk.concern.begin(
        NewConcern(
            about=About(kind=SubjectKind.PUPIL),
            concern=_concern(
                stage, "A pupil passes round a list of addresses that get past the filter.", "misuse", Answer.NO
            ),
            people=(linked(stage, "wren", PersonRole.SUBJECT, SubjectKind.PUPIL),),
            triage=all_no(SubjectKind.PUPIL),
        )
    )
    stage.references.append(begun.reference)
    strand = begun.strand
    desk.work.choose_route(strand, ROUTE)
    for name in pair:
        desk.review.name_reviewer(strand, stage.accounts[name])
    desk.review.name_device(
        strand,
        DeviceNamed(
            make="Exemplar Book 14", serial="EB14-2201", location="DSL's office", state="shut down", this_laptop=False
        ),
    )
    desk.review.record_access(
        strand, AccessRecorded(access="filtered", granted_by=stage.cast.played["technician"].name)
    )
    desk.review.record_purpose(
        strand,
        PurposeRecorded(
            reason="The list", purpose="See what the list offers.", stop_where="At any picture of a person."
        ),
    )
    for name in pair:
        desk.review.declare(strand, stage.proves(name))
    desk.review.open(strand, present=names, place="DSL's office")
    item = stage.cast.material["proxy-list.png"]
    desk.review.record_sighting(
        strand, address=item.address or "", seen=item.description, concern="Ways past the filter.",
        reason_to_stop=both_say(stage, pair, Answer.NO), picture="screen",
    )  # fmt: skip
    offered = Offered(
        intake=Intake.CAPTURE, description=item.description, source=item.source, method="screen capture",
        stop_answers=both_say(stage, pair, Answer.NO), sighting=1,
    )  # fmt: skip
    content = stage.cast.file(item.file).read_bytes()
    desk.exhibits.capture(strand, offered, item.file, content)
    desk.review.record_sighting(
        strand, address="http://mirror-three.invalid/start", seen="a page of thumbnails", concern="not sure",
        reason_to_stop=(*both_say(stage, ("dsl",), Answer.NO), *both_say(stage, ("head",), Answer.NOT_SURE)),
    )  # fmt: skip
    _nothing_comes_in(stage, strand, offered, content)
    return strand


def _nothing_comes_in(stage: Stage, strand: StrandId, offered: Offered, content: bytes) -> None:
    """After the stop the desk refuses what it took a moment before."""
    desk = stage.desk
    try:
        desk.exhibits.capture(strand, offered, "after-the-stop.png", content)
    except HaltedError:
        return
    raise RehearsalFailedError


def play_police_first(stage: Stage) -> None:
    """Case 3: one person, the first thirty minutes, police first; an as-it-stands pack, also as an encrypted ZIP."""
    with stage.act("case 3: police first, the first thirty minutes"):
        desk, now = stage.sign_in("dsl"), stage.around.clock.now()
        begun = desk.concern.begin(
            NewConcern(
                about=About(kind=SubjectKind.NOT_KNOWN),
                concern=_concern(
                    stage, "A page that imitates the school's filter asks pupils for account and password.", "hacking",
                    Answer.NOT_SURE,
                ),
                people=(linked(stage, "juno", PersonRole.AFFECTED, SubjectKind.PUPIL),),
                triage=all_no(SubjectKind.NOT_KNOWN, _5b=Answer.YES, _6=Answer.NOT_SURE),
            )
        )  # fmt: skip
        stage.references.append(begun.reference)
        strand = begun.strand
        desk.work.hold_back(strand, HoldBackSet(party="subject", decision=HoldBack.WAIT, until="police say so"))
        for file in ("spoof-filter-page.png", "filter-log.csv"):
            item = stage.cast.material[file]
            desk.exhibits.take_in(
                strand,
                Offered(
                    intake=Intake.SUPPLIED, description=item.description, source=item.source,
                    method="handed in on a stick", stop_answers=both_say(stage, ("dsl",), Answer.NO),
                    supplied_by=stage.cast.played["technician"].name,
                ),
                [Source.from_path(stage.cast.file(file))],
            )  # fmt: skip
        desk.work.log_call(
            strand,
            CallLogged(
                to="Police, 101", at=now.at_local, outcome=CallOutcome.ANSWERED, reference="LOG-1188",
                words="Send us what you have.", agency=Agency.POLICE,
            ),
        )  # fmt: skip
    with stage.act("case 3: as-it-stands pack, also as encrypted ZIP"):
        done = desk.handover.make(
            strand,
            Handover(
                kind=PackKind.AS_IT_STANDS, folder=stage.handover, medium="encrypted stick no. 5", recipient="police",
                zip=True, encrypted=True,
            ),
            [stage.proves("dsl")],
        )  # fmt: skip
        stage.packs.append(done.pack)
        if done.archive is not None:
            stage.archive_codes[done.archive.name] = done.archive_code


def play_headteacher(stage: Stage) -> None:
    """Case 4: about the Headteacher. The deputy writes, the Chair leads, the Headteacher sees no trace."""
    with stage.act("case 4: about the Headteacher, restricted from birth"):
        desk = stage.sign_in("deputy")
        begun = desk.concern.begin(
            NewConcern(
                about=About(kind=SubjectKind.HEADTEACHER, person=known(stage, "head")),
                concern=_concern(
                    stage, "A colleague says that the Headteacher messages a pupil privately late at night.", "other",
                    Answer.NOT_SURE,
                ),
                people=(linked(stage, "head", PersonRole.SUBJECT, SubjectKind.HEADTEACHER),),
                triage=all_no(SubjectKind.HEADTEACHER),
            )
        )  # fmt: skip
        stage.references.append(begun.reference)
        _chair_leads(stage)
    with stage.act("case 4: no trace for the Headteacher"):
        _no_trace(stage)


def _chair_leads(stage: Stage) -> None:
    desk, now = stage.sign_in("chair"), stage.around.clock.now()
    strand = desk.book.desk.find(stage.references[-1])
    if strand is None:
        raise RehearsalFailedError
    desk.referral.refer(
        strand,
        ReferralMade(
            to=Agency.LADO, reason="An allegation about the Headteacher.", threshold="behaved so as to indicate risk",
            decided_at=now.at_local, sent_at=now.at_local, referred_by=stage.cast.played["chair"].name,
            method="telephone", reference="LADO-2291", told_not_to="Say nothing to the Headteacher.",
        ),
    )  # fmt: skip
    page = desk.printing.print_referral(strand, Agency.LADO)
    stage.paper(Page(name="referral-sheet-lado.pdf", pdf=page.pdf))


def _no_trace(stage: Stage) -> None:
    """Signed in as the Headteacher: not in a list, not by its reference, not by its words."""
    desk = stage.sign_in("head").book.desk
    page = desk.cases(CaseQuery())
    seen = {row.reference for row in (*page.rows, *page.restricted)}
    if stage.references[-1] in seen or desk.find(stage.references[-1]) or desk.search("messages privately night"):
        raise RehearsalFailedError

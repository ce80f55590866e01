"""Case 1 goes on: the signed pack to police, what follows for the child, and closing."""

from dsl_desk.domain.case_words import (
    Agency,
    CallOutcome,
    Consent,
    ContinuityAction,
    ParentsDecision,
)
from dsl_desk.domain.follow_up_entries import (
    CallLogged,
    ExternalLogMade,
    FeedbackGiven,
    FollowUpDone,
    InformationShared,
    LessonRecorded,
    ParentsInformed,
    ReceiptAttached,
    ReferralMade,
    SupportOffered,
)
from dsl_desk.domain.words import Mark, PackKind, StrandId
from dsl_desk.rehearsal.stage import Stage
from dsl_desk.services.handover import Handover

NOTE = (
    "Online safety concern recorded. A pupil was offered gift card codes on a trading site and was called names in a "
    "chat room by another pupil. Parents informed. Support in place. Detail held by DSL."
)


def hand_over(stage: Stage, strand: StrandId) -> None:
    """The signed pack goes to police by hand; receipt and cover sheet come with it."""
    desk, now = stage.desk, stage.around.clock.now()
    desk.work.log_call(
        strand,
        CallLogged(
            to="Police, 101", at=now.at_local, outcome=CallOutcome.ANSWERED, words="Bring it in.", reference="LOG-0417"
        ),
    )
    desk.referral.refer(
        strand,
        ReferralMade(
            to=Agency.POLICE,
            reason="Children are asked for gift card codes on a public page.",
            threshold="for information",
            decided_at=now.at_local,
            sent_at=now.at_local,
            referred_by=stage.cast.played["dsl"].name,
            method="in person",
            reference="LOG-0417",
            shared="signed pack",
            preserved="filtering log of the library machines",
        ),
    )
    for page in (
        desk.printing.print_referral(strand, Agency.POLICE),
        desk.printing.print_chronology(strand),
        desk.printing.print_labels(strand),
        desk.printing.print_officer_summary(strand),
        desk.printing.print_completeness(strand),
        desk.printing.print_companion_note(strand, NOTE, "record of the pupil affected"),
    ):
        stage.paper(page)
    done = desk.handover.make(
        strand,
        Handover(
            kind=PackKind.SIGNED_OFF,
            folder=stage.handover,
            medium="encrypted stick no. 3",
            recipient="police",
            recipient_name=stage.cast.school.police_force,
            seal_number="B-220017",
        ),
        [stage.proves("dsl"), stage.proves("deputy")],
    )
    stage.packs.append(done.pack)
    stage.paper(done.receipt)
    stage.paper(done.cover)
    desk.exhibits.moved(
        strand,
        Mark("DP/1"),
        ContinuityAction.HANDED_OVER,
        from_whom="the desk",
        to_whom=stage.cast.school.police_force,
        reason="copy in pack 1",
    )
    desk.handover.receipt(
        strand, ReceiptAttached(received_by="the officer at the counter", at=now.at_local, pack=1, reference="LOG-0417")
    )


def _second_pack(stage: Stage, strand: StrandId) -> None:
    """A later pack, for social care: what the first held, and what was done since; it says so itself."""
    done = stage.desk.handover.make(
        strand,
        Handover(
            kind=PackKind.SIGNED_OFF,
            folder=stage.handover,
            medium="encrypted stick no. 6",
            recipient="social_care",
            withheld={Mark("DP/5"): "handed in by a parent for police alone"},
        ),
        [stage.proves("dsl"), stage.proves("deputy")],
    )
    stage.packs.append(done.pack)


def close(stage: Stage, strand: StrandId) -> None:
    """Parents, support, the main system, feedback, lesson; then the case is closed."""
    desk, now = stage.desk, stage.around.clock.now()
    desk.work.parents(
        strand,
        ParentsInformed(
            decision=ParentsDecision.TOLD, reason="Both families need to know.", who="both mothers", at=now.at_local,
            agreed_with="Police, LOG-0417",
        ),
    )  # fmt: skip
    desk.work.share(
        strand,
        InformationShared(
            shared=True, at=now.at_local, what="signed pack", with_whom="police", purpose="to protect other children",
            lawful_basis="public task; safeguarding of children", consent=Consent.NOT_SOUGHT,
            reason="asking first could have warned the sellers", channel="Encrypted stick or disk",
            encryption="encrypted stick no. 3, sealed bag B-220017", police_asked_first=True,
        ),
    )  # fmt: skip
    desk.work.support(strand, SupportOffered(support="Weekly talk with the tutor", person="pip"))
    desk.work.main_system(strand, ExternalLogMade(system="main system", reference="MS-5521", person="pip", note=NOTE))
    desk.work.feedback(strand, FeedbackGiven(to="form tutor", what="that it was looked into and acted on"))
    desk.work.lesson(strand, LessonRecorded(lesson="Trading sites were not on the filter's list.", theme="filtering"))
    _second_pack(stage, strand)
    for action in desk.book.load(strand).actions_waiting():
        desk.work.follow_up(strand, FollowUpDone(what="done as decided", about=action, at=now.at_local))
    desk.work.close(strand, outcome="behaviour", retention="child", reason="Everything done.")

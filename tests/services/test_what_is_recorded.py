"""What five policies ask to be written down has its place in a case, is kept, and prints, provision by provision."""

from collections.abc import Callable

import pytest

from dsl_desk.domain import wider_entries as wider
from dsl_desk.domain.case_words import Agency, CallOutcome, Consent, Effect, ParentsDecision, PersonRole
from dsl_desk.domain.follow_up_entries import (
    AdviceRecorded,
    CallLogged,
    ChildVoiceRecorded,
    ConcernRecorded,
    DeviceSecured,
    ExternalLogMade,
    FeedbackGiven,
    InformationShared,
    LessonRecorded,
    ParentsInformed,
    PersonLinked,
    ReferralMade,
    SupportOffered,
)
from dsl_desk.domain.words import Answer, SubjectKind
from dsl_desk.services.paper.chronology import words_of
from dsl_desk.services.printing import PrintingService
from tests.services.policy_scenes import SECONDARY, Scene

AT = "2026-11-20T14:00:00+00:00"


def concern(**more):
    told = {
        "occurred_at": "unknown", "reported_at": AT, "reporter": "staff", "reported_to": "DSL", "summary": "made up",
        "categories": ("other",), "suspected": Answer.NO,
    }  # fmt: skip
    return ConcernRecorded(**(told | more))  # type: ignore[arg-type] # made-up keys of one entry


def referral(to, **more):
    told = {"reason": "made up", "threshold": "made up", "decided_at": AT, "sent_at": AT, "referred_by": "Ada Quill"}
    return ReferralMade(to=to, **(told | more))


def measure(words, **more):
    return wider.MeasureTaken(measure=words, by_whom="the IT provider", at=AT, **more)


# provision -> what is written down for it, and the words of it that the record says again
ASKED = {
    "P-001": (concern(reported_to="the Headteacher"), ["Headteacher"]),
    "P-002": (concern(noticed_at=AT, urgency="urgent", late_reason="a fire alarm"), ["fire alarm"]),
    "P-007": (concern(place="the bus home", on_site=False), ["the bus home"]),
    "P-009": (concern(device="a blue phone", device_owner="pupil"), ["a blue phone"]),
    "P-010": (concern(reporter="parent", reporter_withheld=True), ["withheld"]),
    "P-014": (concern(summary="A threatening message, not answered."), ["not answered"]),
    "P-015": (concern(summary="Copied by the tutor, with its address."), ["Copied by the tutor"]),
    "P-016": (concern(reporter="monitoring"), ["monitoring"]),
    "P-020": (wider.AcknowledgementGiven(at=AT, by_whom="Ada Quill", words="It is dealt with."), ["It is dealt with"]),
    "P-035": (concern(risk_classes=("content", "contact")), ["content", "contact"]),
    "P-041": (
        PersonLinked(person="p", role=PersonRole.AFFECTED, kind=SubjectKind.PUPIL, vulnerability=("looked after",)),
        ["looked after"],
    ),
    "P-048": (measure("Access withdrawn", restored_at="Friday"), ["Access withdrawn", "Friday"]),
    "P-051": (concern(reporter="whistleblower", reporter_withheld=True), ["whistleblower"]),
    "P-054": (referral(Agency.SOCIAL_CARE, referred_by="a tutor"), ["a tutor"]),
    "P-056": (referral(Agency.CHANNEL, reference="CH-1"), ["Channel", "CH-1"]),
    "P-058": (referral(Agency.IWF, reference="IWF-7", shared="the address alone"), ["IWF-7", "the address alone"]),
    "P-059": (
        CallLogged(to="Report Harmful Content", at=AT, outcome=CallOutcome.ANSWERED, words="Write to them."),
        ["Report Harmful Content", "Write to them"],
    ),
    "P-060": (
        wider.TakedownAsked(platform="Plainchat", at=AT, preserved_first="police said yes", helpline="POSH-3"),
        ["Plainchat", "police said yes", "POSH-3"],
    ),
    "P-061": (ChildVoiceRecorded(wishes="to report it herself", spoken=True, words="I will", to_whom="tutor"),
              ["to report it herself"]),
    "P-062": (referral(Agency.EXPLOITATION_TEAM, reference="INT-2"), ["INT-2"]),
    "P-064": (referral(Agency.OTHER_SETTING, person_at_agency="the DSL there"), ["the DSL there"]),
    "P-065": (
        AdviceRecorded(who="Demo Adviser", agency=Agency.EDUCATION_SAFEGUARDING, at=AT, words="Ring the police.",
                       effect=Effect.HOLD_OFF),
        ["Demo Adviser", "Ring the police"],
    ),
    "P-066": (wider.SomebodyTold(who="Bertram Oxlip", post="Headteacher", at=AT, told_by="Ada Quill"),
              ["Bertram Oxlip"]),
    "P-091": (wider.SanctionRecorded(policy="behaviour policy", action="a talk", decided_by="Headteacher"),
              ["behaviour policy", "a talk"]),
    "P-099": (DeviceSecured(device="a phone", held_by="Cleo", place="the safe", seal="S-9", key_holder="the office"),
              ["the safe", "S-9", "the office"]),
    "P-100": (measure("The folder blocked for everybody", system="file server"), ["blocked for everybody"]),
    "P-101": (
        wider.RiskAssessed(risk="meets him again", control="not alone", owner="tutor", checked_with="MASH"),
        ["meets him again", "not alone", "MASH"],
    ),
    "P-102": (ParentsInformed(decision=ParentsDecision.NOT_TOLD, reason="police asked to wait"),
              ["police asked to wait"]),
    "P-103": (SupportOffered(support="weekly talk with the tutor"), ["weekly talk"]),
    "P-105": (wider.HandlingReviewed(worked="rung at once", change="the card by the door"),
              ["rung at once", "the card by the door"]),
    "P-112": (referral(Agency.POLICE, reason="a worker's own device"), ["a worker's own device"]),
    "P-116": (
        wider.TakedownAsked(platform="Plainchat", at=AT, preserved_first="asked", refused="not theirs to remove"),
        ["not theirs to remove"],
    ),
    "P-121": (
        wider.SearchRecorded(at=AT, place="office", pupil="a pupil", grounds="used in a lesson", searched_by="Head",
                             authority=wider.Authority.AGREEMENT, storage="the drawer", seal="S-1"),
        ["used in a lesson", "the drawer"],
    ),
    "P-122": (
        wider.SearchRecorded(at=AT, place="office", pupil="a pupil", grounds="made up", searched_by="Head",
                             authority=wider.Authority.CONSENT, consent_from="the mother"),
        ["the mother"],
    ),
    "P-123": (
        wider.SearchRecorded(at=AT, place="office", pupil="a pupil", grounds="seen filming", searched_by="Head",
                             authority=wider.Authority.STATUTORY),
        ["seen filming"],
    ),
    "P-127": (ParentsInformed(decision=ParentsDecision.TOLD, reason="what was posted on a Sunday", who="the mother"),
              ["what was posted on a Sunday"]),
    "P-130": (ParentsInformed(decision=ParentsDecision.TOLD, reason="they complained", complaint="C-12"), ["C-12"]),
    "P-131": (
        wider.RiskAssessed(risk="seen by all", control="taken down", owner="DSL", review_on="Friday",
                           acknowledged_by="Bertram Oxlip"),
        ["Bertram Oxlip", "Friday"],
    ),
    "P-133": (
        InformationShared(shared=True, at=AT, what="what happened", with_whom="MASH", purpose="to protect",
                          lawful_basis="public task", consent=Consent.NOT_SOUGHT, reason="it could warn him",
                          channel="Spoken, in person or by telephone"),
        ["it could warn him"],
    ),
    "P-139": (FeedbackGiven(to="the tutor", what="that it was acted on"), ["the tutor", "that it was acted on"]),
    "P-140": (SupportOffered(support="a friend beside her", person="p"), ["a friend beside her"]),
    "P-141": (wider.WelfareAsked(person_asked="Cleo", asked_by="Headteacher", at=AT, support="a day off"),
              ["a day off"]),
    "P-143": (
        wider.DebriefHeld(audience=wider.Audience.LEARNERS, text="Tell somebody early.", at=AT, name_check_by="Cleo"),
        ["Tell somebody early", "Cleo"],
    ),
    "P-144": (wider.HandlingReviewed(worked="quick", not_worked="the parents waited", change="nothing"),
              ["the parents waited"]),
    "P-147": (ExternalLogMade(system="Made-up Record", reference="MS-5"), ["Made-up Record", "MS-5"]),
    "P-148": (LessonRecorded(lesson="The filter lacked trading sites."), ["lacked trading sites"]),
    "P-216": (wider.TakedownAsked(platform="a parent", at=AT, preserved_first="not needed", removed_at="Friday"),
              ["a parent", "Friday"]),
    "P-219": (concern(reported_to="the Headteacher", summary="Asks staff to be friends again and again."),
              ["again and again"]),
    "P-220": (wider.SomebodyTold(who="the Headteacher", at=AT, told_by="a teacher", why="criticism on a page"),
              ["criticism on a page"]),
    "P-221": (concern(reporter="staff", summary="A visitor filmed in the hall and was asked to stop."),
              ["A visitor filmed"]),
}  # fmt: skip


def write_down(school, entry):
    """Through the service whose page asks for it."""
    ways: dict[type, Callable[[], object]] = {
        ConcernRecorded: lambda: school.book.record(school.strand, lambda case, me: case.record_concern(me, entry)),
        PersonLinked: lambda: school.work.link_person(school.strand, entry),
        ReferralMade: lambda: school.referral.refer(school.strand, entry),
        CallLogged: lambda: school.work.log_call(school.strand, entry),
        ChildVoiceRecorded: lambda: school.work.child_voice(school.strand, entry),
        AdviceRecorded: lambda: school.advice.record(school.strand, entry),
        DeviceSecured: lambda: school.work.secure_device(school.strand, entry),
        ParentsInformed: lambda: school.work.parents(school.strand, entry),
        SupportOffered: lambda: school.work.support(school.strand, entry),
        InformationShared: lambda: school.work.share(school.strand, entry),
        FeedbackGiven: lambda: school.work.feedback(school.strand, entry),
        ExternalLogMade: lambda: school.work.main_system(school.strand, entry),
        LessonRecorded: lambda: school.work.lesson(school.strand, entry),
    }
    ways.get(type(entry), lambda: school.work.note(school.strand, entry))()


@pytest.fixture
def school(keys):
    return Scene(keys, SECONDARY)


@pytest.mark.parametrize("provision", ASKED)
def test_what_a_policy_asks_to_write_down_is_kept_and_prints(school, provision):
    entry, said = ASKED[provision]
    school.answer()
    school.rung()  # somebody who looks into such things was asked
    write_down(school, entry)
    story = PrintingService(school.book).story(school.strand)
    kept = story.each(type(entry))[-1]
    assert kept.data == entry
    words = words_of(story, kept.record, for_police=True)
    for one in said:
        assert one.casefold() in words.casefold(), words

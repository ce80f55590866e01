"""What the pages of a case offer to choose from, read once on the store's thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_entries import ActionDecided
from dsl_desk.domain.case_words import Agency, PersonRole
from dsl_desk.domain.follow_up_entries import AdviceRecorded, ReferralMade
from dsl_desk.domain.referral import waiting_for_reply
from dsl_desk.domain.words import StrandId, SubjectKind
from dsl_desk.services.access_log import AccessLogService
from dsl_desk.services.advice import AdviceService
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.case_place import CasePlaceService, CaseSeen
from dsl_desk.services.case_work import CaseWorkService
from dsl_desk.services.concern import ConcernService
from dsl_desk.services.deadlines import DeadlineService
from dsl_desk.services.devices import Device, in_use
from dsl_desk.services.halt import HaltService
from dsl_desk.services.judgement import JudgementService
from dsl_desk.services.listing import ListingService
from dsl_desk.services.referral import ReferralService, usual_author_words
from dsl_desk.services.review import ReviewService
from dsl_desk.services.told import plain

Options = tuple[tuple[str, str], ...]


class CaseDesk(Protocol):
    """What of the open desk the place of a case needs."""

    @property
    def deadlines(self) -> DeadlineService:
        """What is due."""
        ...

    @property
    def book(self) -> CaseBook:
        """The case book of the person signed in."""
        ...

    @property
    def concern(self) -> ConcernService:
        """What begins cases."""
        ...

    @property
    def access_log(self) -> AccessLogService:
        """Who opened which case."""
        ...

    @property
    def listing(self) -> ListingService:
        """Lists."""
        ...

    @property
    def work(self) -> CaseWorkService:
        """Acts of one person."""
        ...

    @property
    def review(self) -> ReviewService:
        """Reviewers, device, access, purpose."""
        ...

    @property
    def judgement(self) -> JudgementService:
        """Conclusion and action."""
        ...

    @property
    def referral(self) -> ReferralService:
        """To others."""
        ...

    @property
    def advice(self) -> AdviceService:
        """Advice of agencies."""
        ...

    @property
    def halt(self) -> HaltService:
        """The stop."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """Lists and words of the school for one case."""

    seen: CaseSeen
    reviewers: Options
    """Accounts that may review here."""
    named: tuple[str, ...]
    """Names of the reviewers named so far."""
    children: Options
    outcomes: Options
    severities: Options
    retention: Options
    main_system: str
    voice_hint: str
    one_senior: str
    concluded: bool
    both_judged: bool
    last_halt: int
    """strand_seq of the latest stop by hand, 0 where there is none."""
    me: str
    referrals: Options = ()
    """Referrals made, by the number of their entry."""
    actions: Options = ()
    """What was decided and is not recorded as done."""
    themes: Options = ()
    advices: Options = ()
    """Advice of the police on record, by the number of its entry."""
    usual: str = ""
    """Who normally makes a referral, in a sentence."""
    copies: Options = ()
    """What was copied out before the stop, by the number of its entry; what nobody traced yet first."""
    device_named: bool = False
    """Whether it is on record where looking is done."""
    devices: tuple[Device, ...] = ()
    """Registered devices on which looking may be done."""
    outcome: str = ""
    """The outcome that both wrote into the conclusion; closing asks nothing twice."""


def offered(desk: CaseDesk, strand: StrandId) -> Offered:
    """Read what the pages of one case need; raises NotReadableError for whom default access gives none."""
    case, school = desk.book.load(strand), desk.book.school()
    profile, seen = school.profile_of(case), CasePlaceService(desk.book).see(strand)
    conclusion = case.conclusion()
    children = {
        person.person: person.name for person in seen.people
        if person.kind is SubjectKind.PUPIL or person.role is PersonRole.AFFECTED
    }  # fmt: skip
    return Offered(
        seen=seen,
        reviewers=tuple(
            (str(row.account), f"{row.name}, {school.title(row.account)}") for row in desk.book.may_be_named(case)
        ),
        named=tuple(reviewer.name for reviewer in case.reviewers),
        children=tuple(children.items()),
        outcomes=tuple((one.id, one.title) for one in profile.outcomes) if profile else (),
        severities=tuple((one.id, one.title) for one in profile.severities) if profile else (),
        retention=tuple((one.id, one.title) for one in profile.retention) if profile else (),
        main_system=school.setting("main_system"),
        voice_hint=profile.wording.child_voice_hint if profile else "",
        one_senior=profile.wording.one_senior if profile else "",
        concluded=conclusion is not None,
        outcome=conclusion.data.outcome if conclusion else "",
        both_judged=case.both_judged(),
        last_halt=max((entry.number for entry in seen.entries if entry.kind == "halted"), default=0),
        me=desk.book.me().name,
        referrals=tuple(
            (str(made.at), f"{plain(made.data.to.value).capitalize()}: {made.data.reason}"[:90])
            for made in case.told(ReferralMade)
        ),
        actions=tuple(
            (str(told.at), f"{told.data.action}, {told.data.who}"[:90])
            for told in case.told(ActionDecided)
            if told.at in case.actions_waiting()
        )
        + _chased(case)
        + tuple((str(one.about), f"{one.title}: {one.words}"[:90]) for one in seen.deadlines if one.by_done),
        themes=tuple((one.id, one.title) for one in profile.themes) if profile else (),
        advices=tuple(
            (str(told.at), f"{told.data.who}: {told.data.words}"[:90])
            for told in case.told(AdviceRecorded)
            if told.data.agency is Agency.POLICE
        ),
        usual=usual_author_words(profile),
        copies=_copies(seen),
        device_named=case.device is not None,
        devices=in_use(school),
    )


def _chased(case: Case) -> Options:
    """Referrals that nobody answered yet: to have asked again is something done."""
    return tuple(
        (str(one.at), f"Asked {plain(one.to.value)} again: {one.reason}"[:90]) for one in waiting_for_reply(case)
    )


def _copies(seen: CaseSeen) -> Options:
    """What left before the stop; what nobody traced yet stands first."""
    ordered = sorted(seen.stop.copies, key=lambda copy: bool(copy.where))
    return tuple((str(copy.at), f"{copy.title}, {copy.made}"[:90]) for copy in ordered)

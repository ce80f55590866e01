"""Load, fold, decide, append: the one way in which a service writes into a case."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_state import Recorded
from dsl_desk.domain.case_words import PersonRole
from dsl_desk.domain.errors import HaltedError, NotReadableError, ProcedureError
from dsl_desk.domain.follow_up_entries import PersonLinked
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.people import BY_CODES, WORKERS, Actor, Readable, may_read, who_leads
from dsl_desk.domain.policy_checks import TAKES_TWO
from dsl_desk.domain.policy_values import Fact
from dsl_desk.domain.procedure import route_of
from dsl_desk.domain.turns import check_material, check_turn, step_taken_by
from dsl_desk.domain.words import ROOT_ACCOUNT, AccountId, Grade, PersonId, Role, StrandId, SubjectKind
from dsl_desk.services.halt_switch import HaltSwitch
from dsl_desk.services.ports import Clock, Desk
from dsl_desk.services.school import School, SchoolRegister
from dsl_desk.signatures import Signer
from dsl_desk.store.values import Account, CaseQuery

_STOPPED = (Grade.POLICE_FIRST.value, Grade.STOP_IMAGES.value)
_MOST = 10_000
_BY_POST = frozenset({SubjectKind.HEADTEACHER, SubjectKind.DSL, SubjectKind.CHAIR})
_UNSEEN = StrandId("")
"""Stands in the switch for a stop of this laptop in a case that this person cannot read."""

Decision = Callable[[Case, Actor], EntryData | Sequence[EntryData]]
"""Asks the case for the entry that an act comes to; raises ProcedureError where it is not allowed."""


class CaseBook:
    """A case as the person signed in may change it; holds no state of its own but what was stopped in memory."""

    def __init__(self, desk: Desk, clock: Clock, register: SchoolRegister, switch: HaltSwitch) -> None:
        self.desk, self.switch = desk, switch
        self._clock, self._register = clock, register

    def now(self) -> Moment:
        """This moment, for one act."""
        return self._clock.now()

    def school(self) -> School:
        """The school as its settings tell it, on this day."""
        school = self._register.now()
        return school if school.acting is None else school.on(self.now().local.date())

    def me(self) -> Actor:
        """Who is signed in; with the role of the DSL on the days on which they stand in for them."""
        return self.school().actor(self.desk.me.account)

    def actor(self, account: AccountId) -> Actor:
        """Somebody who signs, as conflict rules ask for them; the root stands for two codes."""
        return BY_CODES if account == ROOT_ACCOUNT else self.school().actor(account)

    def load(self, strand: StrandId) -> Case:
        """The case as its journal tells it; raises NotReadableError, also for whom default access gives none."""
        case, school = self.desk.case(strand), self.school()
        if not may_read(school.actor(self.desk.me.account), self._readable(strand, case, school)):
            raise NotReadableError
        return case

    def _readable(self, strand: StrandId, case: Case, school: School) -> Readable:
        """What decides who may read one case (flows section 11): its author, reviewers, subjects and named readers."""
        named = self.desk.readers(strand)
        first = case.entries[0].payload if case.entries else None
        author = school.actor(first.by[0]).person if first is not None else None
        readers = None if named is None else frozenset(school.actor(account).person for account in named)
        told = case.readable(author=author, readers=readers)
        unnamed = _not_named_yet(case, school)
        return replace(told, barred=told.barred | unnamed) if unnamed else told

    def content_allowed(self, strand: StrandId, case: Case) -> None:
        """Raise HaltedError where this process was told to stop and the journal has not caught up yet."""
        if self.switch.grade(strand).rank > case.grade.rank:
            raise HaltedError

    def checked(self) -> None:
        """Raise ProcedureError while a desk that ended in a crash waits for its full check (format section 4)."""
        if self.desk.waits_for_check:
            raise ProcedureError(
                "The desk was not closed properly last time. Run Check everything first; recording, stopping, "
                "referring and as-it-stands packs work meanwhile."
            )

    def today(self) -> str:
        """This day by the school's clock, YYYY-MM-DD."""
        return self.now().local.date().isoformat()

    def admitted(self, case: Case, *accounts: AccountId) -> None:
        """Raise ProcedureError where one of these reviewers may not act as one (any more), by time or by role.

        Without accounts both are asked. Flows section 6: a senior from outside is
        admitted for one case and a limited time; the profile says whose role reviews.
        """
        asked = accounts or tuple(reviewer.account for reviewer in case.reviewers)
        if any(reviewer.account in asked for reviewer in case.no_longer_admitted(self.today())):
            raise ProcedureError(
                "The time for which a reviewer was admitted to this case is over. Name another reviewer, or name the "
                "same person anew with a later day."
            )
        for account in asked:
            if case.is_reviewer(account):
                self.may_review(self.actor(account))

    def may_be_named(self, case: Case) -> tuple[Account, ...]:
        """Accounts that may be named a reviewer of this case: nobody twice, but whoever needs a later day (flows 6)."""
        school, over = self.school(), case.no_longer_admitted(self.today())
        named = {reviewer.account for reviewer in case.reviewers if reviewer not in over}
        taken = {row.person or row.account for row in school.accounts if row.account in named}
        return tuple(
            row
            for row in school.accounts
            if row.in_force
            and school.profile is not None
            and school.profile.may_review(next((role for role in Role if role.value == row.role), None))
            and (row.person or row.account) not in taken
        )

    def may_review(self, who: Actor) -> None:
        """Raise ProcedureError where the school's policy does not let somebody of this role review."""
        profile = self.school().profile
        if profile is not None and not profile.may_review(who.role):
            raise ProcedureError("The school’s policy does not let somebody in this role review. Name somebody else.")

    def checkpoint(self) -> None:
        """Sign the whole chain so far; the Chair's session signs one strand alone and leaves it to the next person."""
        if self.desk.me.role != Role.CHAIR.value:
            self.desk.checkpoint("routine", self.now())

    def watch_laptop(self) -> None:
        """Remember every case that stopped this very laptop, also one stopped before it was started anew.

        A case this person cannot read stops it all the same: the desk counts such
        stops without saying which case.
        """
        page, seen = self.desk.cases(CaseQuery(grades=_STOPPED, limit=_MOST)), 0
        for row in (*page.rows, *page.restricted):
            if row.grade in _STOPPED and self.desk.case(row.strand).laptop_stopped:
                self.switch.stop_laptop(row.strand)
                seen += 1
        if self.desk.laptop_stops > seen:
            self.switch.stop_laptop(_UNSEEN)
        else:
            self.switch.laptop_runs_again(_UNSEEN)

    def check(self, case: Case, fact: Fact, who: Actor) -> None:
        """Raise ProcedureError where the step of that fact is not this person's, or what comes before it is open.

        What takes two waits for a profile to be chosen; recording does not. A case is
        asked after the version of the profile that it is handled under.
        """
        school = self.school()
        route = route_of(case, school.profile_of(case) or (school.procedure if fact in TAKES_TWO else None))
        if route is not None:
            check_turn(case, route, fact, who)

    def check_material(self, case: Case) -> None:
        """Raise ProcedureError where the case follows a route on which no file comes in."""
        route = route_of(case, self.school().profile_of(case))
        if route is not None:
            check_material(route)

    def record(self, strand: StrandId, decide: Decision, *, also: Sequence[Signer] = ()) -> Case:
        """Decide and append; gives the next state of the case.

        An entry that is a step of the case's route waits for its turn there. Raises
        ProcedureError or InputError where case or route refuse, StoreError where it
        could not be kept; then nothing was recorded.
        """
        self.switch.ask_laptop()
        case = self.load(strand)
        decided = decide(case, self.me())
        entries = (decided,) if isinstance(decided, EntryData) else tuple(decided)
        who = self.actor(also[0].account) if also else self.me()
        for fact in filter(None, map(step_taken_by, entries)):
            self.check(case, fact, who)
        return after(case, self.desk.write(strand, *entries, at=self.now(), also=also))


def _not_named_yet(case: Case, school: School) -> frozenset[PersonId]:
    """Whom an answer of triage is about by their post alone, where the entry that names them did not follow.

    The answer, the name and the new key are three transactions: a full disk or a crash between them leaves a case
    that its subject could open. Once somebody who works here is named in it, those entries alone tell.
    """
    kinds = case.subject_kinds & _BY_POST
    if not kinds or any(t.data.kind in WORKERS for t in case.told(PersonLinked) if t.data.role is PersonRole.SUBJECT):
        return frozenset()
    return frozenset().union(*(who_leads(kind, school.posts).barred for kind in kinds))


def after(case: Case, recorded: Sequence[Recorded]) -> Case:
    """The case after entries that were just kept."""
    for entry in recorded:
        case = case.apply(entry)
    return case

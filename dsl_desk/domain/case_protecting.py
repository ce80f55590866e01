"""What one signed-in person may always do for a child, and how a stop is opened again by two (flows 1 to 8)."""

from dsl_desk.domain.case_entries import (
    AdviceApplied,
    ExhibitDestroyed,
    Halted,
    LaptopResumed,
    RouteChosen,
    TriageAnswered,
)
from dsl_desk.domain.case_fold import is_pressed, mistake_answers
from dsl_desk.domain.case_state import CaseState
from dsl_desk.domain.case_words import Effect, HoldBack
from dsl_desk.domain.destroying import must_be_advised
from dsl_desk.domain.errors import HaltedError, InputError, ProcedureError
from dsl_desk.domain.follow_up_entries import (
    AdviceRecorded,
    CallLogged,
    ConcernRecorded,
    DeviceSecured,
    HoldBackSet,
    PersonLinked,
)
from dsl_desk.domain.grades import ADVISERS, advice_fault, without, worst
from dsl_desk.domain.people import Actor
from dsl_desk.domain.policy_values import Profile
from dsl_desk.domain.routing import easing_fault, weigh
from dsl_desk.domain.text import E, checked, clean_name, kept_at_all_costs
from dsl_desk.domain.triage import Answers, triage_entry
from dsl_desk.domain.words import Grade

LAPTOP_STOPPED = (
    "This laptop was stopped while it was being looked at, so nothing more is written on it. "
    "Use the printed card. Two people can record why the desk is used again."
)
BARRED = "There is nothing here that you can read."
_WAITS_FOR_ADVICE = frozenset({"subject", "question"})
"""Of the hold-back list: the person concerned, and asking a child more."""


class CaseProtecting(CaseState):
    """A case's first acts: record, triage, halt, refer on advice. Protection never waits for two."""

    __slots__ = ()

    def is_about(self, who: Actor) -> bool:
        """Whether the case is about this person, under whichever account."""
        return who.person in self.subjects or who.account in self.subject_accounts

    def _may_act(self, by: Actor) -> None:
        """Refuse what nobody may do: anything on a stopped laptop, anything by a person the case is about."""
        if self.is_about(by):
            raise ProcedureError(BARRED)
        if self.laptop_stopped:
            raise HaltedError(LAPTOP_STOPPED)

    def _may_change(self, by: Actor) -> None:
        """As above, and refuse entries of substance in a closed case."""
        self._may_act(by)
        if self.closed:
            raise ProcedureError("This case is closed. Reopen it first, with the reason.")

    def _two(self, by: Actor, second: Actor) -> None:
        """Insist on two different people, or one and the root, neither of them a subject."""
        for actor in (by, second):
            if self.is_about(actor):
                raise ProcedureError(BARRED)
        if by.account == second.account or by.person == second.person:
            raise ProcedureError("This takes two different people. One person with two accounts is still one person.")
        if by.is_root:
            raise ProcedureError("Somebody must be signed in; the two codes can only stand for the second person.")

    def record_concern(self, by: Actor, concern: ConcernRecorded) -> ConcernRecorded:
        """What was reported, in own words, fact apart from opinion."""
        self._may_change(by)
        if not concern.categories:
            raise InputError("Choose at least one category. “Other” is one.")
        return checked(concern)

    def answer_triage(self, by: Actor, answers: Answers, wording: str) -> TriageAnswered:
        """Answer the questions; the latest governs, and a stop never falls by answering again."""
        self._may_change(by)
        return triage_entry(answers, wording)

    def choose_route(
        self, by: Actor, route: str, profile: Profile, reason: str = "", *, moved_to: Profile | None = None
    ) -> RouteChosen:
        """Follow a route by one person: the one advised, or another as strict with the reason (flows section 1).

        `profile` is the version the case is handled under; only `moved_to` takes it to another, and the entry says so.
        Raises InputError for a route that is not there or a missing reason, ProcedureError for a milder route.
        """
        self._may_change(by)
        choice = weigh(self, route, profile, moved_to)
        if choice.needs_reason and not reason.strip():
            raise InputError(
                "Write why this case leaves the route that it followed. Nothing was changed." if choice.leaves else
                "Write why: this is not what its answers and its kind lead to. Nothing was changed."
            )  # fmt: skip
        if choice.is_milder:
            raise ProcedureError(f"{choice.milder_words} A milder route takes recorded advice, and two people.")
        return checked(
            RouteChosen(
                route=route, profile=choice.profile.id, profile_version=choice.profile.version, reason=reason,
                advised=choice.advised.route.id if choice.advised else "", moves_from=choice.moves_from,
            )
        )  # fmt: skip

    def ease_route(
        self, by: Actor, second: Actor, route: str, profile: Profile, *, advice: int, reason: str,
        moved_to: Profile | None = None,
    ) -> tuple[AdviceApplied, RouteChosen]:  # fmt: skip
        """Two people, one of whom was not a reviewer, choose a milder route on recorded advice (flows section 1).

        Both sign that they apply the advice to it; the choice follows in the same transaction, and no stop falls.
        """
        self._not_only_reviewers(by, second)
        self._may_change(by)
        choice = weigh(self, route, profile, moved_to)
        if not choice.is_milder:
            raise ProcedureError("This route is not milder. One person chooses it, with the reason.")
        said = next((told for told in self.told(AdviceRecorded) if told.at == advice), None)
        if said is None:
            raise InputError("Record the advice first: who said it, when, and their words.")
        fault = easing_fault(choice, self, said.data, said.at)
        if fault is not None:
            raise ProcedureError(fault)
        applied = checked(
            AdviceApplied(reason=reason, grade_after=self.grade, advice=advice, effect=said.data.effect, route=route)
        )
        chosen = RouteChosen(
            route=route, profile=choice.profile.id, profile_version=choice.profile.version, reason=applied.reason,
            advised=choice.advised.route.id if choice.advised else "", moves_from=choice.moves_from, advice=advice,
        )  # fmt: skip
        return applied, checked(chosen)

    def link_person(self, by: Actor, link: PersonLinked) -> PersonLinked:
        """Say who belongs to this case and how; naming a subject bars them, also a reviewer midway."""
        self._may_change(by)
        if link.name:
            clean_name(link.name)
        return checked(link)

    def secure_device(self, by: Actor, device: DeviceSecured) -> DeviceSecured:
        """Who has the device, how it was, and where it is locked away."""
        self._may_act(by)
        return checked(device)

    def set_hold_back(self, by: Actor, held: HoldBackSet) -> HoldBackSet:
        """Who must not be told yet, and until when.

        While looking is closed nobody says that the person concerned may be told, or a
        child asked more, before somebody outside has advised (flows sections 1, 3 and 7).
        """
        self._may_act(by)
        if held.decision is HoldBack.MAY_TELL and held.party in _WAITS_FOR_ADVICE and not self.is_advised():
            raise ProcedureError(
                "This case is stopped, and nobody outside has advised yet. Ask the police, the LADO or social care "
                "first, and record their words. Until then: wait."
            )
        return checked(held)

    def is_advised(self) -> bool:
        """Whether the case is open, or advice that is not "hold off" came after the last stop."""
        since = max((ground.at for ground in self.grounds), default=0)
        return not self.grounds or any(
            told.at > since and told.data.agency in ADVISERS[Grade.POLICE_FIRST]
            and told.data.effect is not Effect.HOLD_OFF
            for told in self.told(AdviceRecorded)
        )  # fmt: skip

    def log_call(self, by: Actor, call: CallLogged) -> CallLogged:
        """A call and how it ended; an unanswered one opens nothing."""
        self._may_act(by)
        return checked(call)

    def halt(
        self,
        by: Actor,
        grade: Grade,
        *,
        reason: str = "",
        where: str = "",
        last_item: str = "",
        isolation: tuple[str, ...] = (),
    ) -> Halted:
        """Stop at once: always allowed, to any one person, in every state of the case; a grade only rises."""
        del by  # whoever is signed in may stop; nobody is asked who they are first
        return Halted(
            grade=Grade.STOP_IMAGES if grade is Grade.OPEN else grade,
            reason=kept_at_all_costs(reason),
            where=kept_at_all_costs(where),
            last_item=kept_at_all_costs(last_item),
            isolation=tuple(kept_at_all_costs(step) for step in isolation),
        )

    def add_halt_reason(self, by: Actor, halt: int, reason: str, *, police_reference: str = "") -> Halted:
        """Why it was stopped, afterwards and without haste; `halt` is the strand_seq of the halt."""
        self._may_act(by)
        stopped = next((told for told in self.told(Halted) if told.at == halt), None)
        if stopped is None:
            raise InputError("There is no such stop in this case.")
        if not reason.strip():
            raise InputError("Write in a few plain words what made you stop. No description of the body or act.")
        return checked(Halted(grade=stopped.data.grade, reason=reason, police_reference=police_reference, adds_to=halt))

    def record_advice(self, by: Actor, advice: AdviceRecorded) -> AdviceRecorded:
        """What an agency advised, in its words, by one person; opens nothing by itself."""
        self._may_act(by)
        for mark in advice.exhibits:
            if self.exhibit(mark) is None:
                raise InputError("The advice names an exhibit that this case does not have. Check the mark.")
        return checked(advice)

    def apply_advice(self, by: Actor, second: Actor, *, advice: int, reason: str) -> AdviceApplied:
        """Two people, one of whom was not a reviewer, open what recorded advice allows (flows section 1).

        STOP-IMAGES opens on police advice only: exhibit by exhibit, or for the case
        where no exhibit is held. Raises ProcedureError where the advice does not
        open the present grade.
        """
        self._not_only_reviewers(by, second)
        said = next((told for told in self.told(AdviceRecorded) if told.at == advice), None)
        if said is None:
            raise InputError("Record the advice first: who said it, when, and their words.")
        fault = advice_fault(said.data, said.at, self.grounds)
        if fault is not None:
            raise ProcedureError(fault)
        released = tuple(exhibit.mark for exhibit in self.quarantined() if exhibit.mark in said.data.exhibits)
        left = len(self.quarantined()) - len(released)
        if self.grade is Grade.STOP_IMAGES and left and not released:
            raise ProcedureError("Exhibits are held behind this stop, so the advice must name each one it covers.")
        stays = self.grade is Grade.STOP_IMAGES and left > 0
        after = self.grade if stays else worst(ground.grade for ground in without(self.grounds, self.grade))
        return checked(
            AdviceApplied(reason=reason, grade_after=after, advice=advice, effect=said.data.effect, exhibits=released)
        )

    def _not_only_reviewers(self, by: Actor, second: Actor) -> None:
        """Two people may open a stop where one of them was not a reviewer, or is the root."""
        self._two(by, second)
        if self.laptop_stopped:
            raise HaltedError(LAPTOP_STOPPED)
        reviewed = self.ever_reviewed()
        accounts, persons = {account for account, _ in reviewed}, {person for _, person in reviewed}
        if all(actor.account in accounts or actor.person in persons for actor in (by, second)):
            raise ProcedureError("One of the two must be somebody who was not a reviewer, or two recovery codes.")

    def undo_mistaken_halt(self, by: Actor, second: Actor, reason: str) -> AdviceApplied:
        """Pressed by mistake: the same two, a reason, and each reviewer's own triage since that says so.

        Each reviewer repeats the triage signed in as themselves; every picture
        question must be "no" (flows section 1). An answer of triage that stopped the
        case is never a slip of the finger.
        """
        self._not_only_reviewers(by, second)
        if not is_pressed(self):
            raise ProcedureError("This case was not stopped by the key alone. Only recorded advice opens it.")
        answers = mistake_answers(self)
        if len(answers) < 2:
            raise ProcedureError("Both reviewers must first answer the questions again, each signed in as themselves.")
        left = worst(ground.grade for ground in without(self.grounds, self.grade))
        released = tuple(exhibit.mark for exhibit in self.quarantined())
        return checked(AdviceApplied(reason=reason, grade_after=left, mistake=True, answers=answers, exhibits=released))

    def resume_laptop(
        self, by: Actor, second: Actor, *, reason: str, police_advised: bool, reference: str = ""
    ) -> LaptopResumed:
        """Use this laptop again after a stop on it: two people, because police said so or nobody can be reached."""
        self._two(by, second)
        if not self.laptop_stopped:
            raise ProcedureError("This laptop is not stopped.")
        return checked(LaptopResumed(reason=reason, police_advised=police_advised, reference=reference))

    def destroy_exhibit(
        self,
        by: Actor,
        second: Actor,
        *,
        mark: str,
        advice: int,
        reference: str,
        method: str,
        older_copies: tuple[str, ...] = (),
    ) -> ExhibitDestroyed:
        """Two people destroy one exhibit, on recorded police advice that names it (domain rules, conflict 2)."""
        self._two(by, second)
        self._may_act(by)
        exhibit = self.exhibit(mark)
        if exhibit is None or not exhibit.is_held:
            raise InputError("This case holds no exhibit with that mark.")
        must_be_advised(self, mark, advice)
        return checked(
            ExhibitDestroyed(mark=mark, advice=advice, reference=reference, method=method, older_copies=older_copies)
        )

    def _plain(self, by: Actor, entry: E) -> E:
        """Follow-up that anybody who may read the case may record, open or closed."""
        self._may_act(by)
        return checked(entry)

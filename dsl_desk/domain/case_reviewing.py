"""What two reviewers do: be named, say why, declare, look, record, take in, finish (flows sections 4, 8 and 9)."""

from dataclasses import dataclass

from dsl_desk.domain.case_entries import (
    AccessRecorded,
    Declared,
    DeviceChanged,
    DeviceNamed,
    Halted,
    PurposeRecorded,
    ReviewerNamed,
    ReviewFinished,
    ReviewOpened,
    ReviewPaused,
    ReviewResumed,
    SightingRecorded,
)
from dsl_desk.domain.case_protecting import CaseProtecting
from dsl_desk.domain.errors import HaltedError, InputError, ProcedureError
from dsl_desk.domain.people import Actor
from dsl_desk.domain.review import Reviewer, Session
from dsl_desk.domain.text import checked, clean_account_name, clean_name
from dsl_desk.domain.words import AccountId, Answer, Grade, Role

STOPPED = "This case is stopped. Nothing is opened, visited or taken in until advice is recorded and applied by two."


@dataclass(frozen=True, slots=True, kw_only=True)
class StopAnswer:
    """One person's answer to "could it show anyone under 18 nude or sexually, or is there any reason to stop?"."""

    account: AccountId
    name: str
    answer: Answer


class CaseReviewing(CaseProtecting):
    """A case's acts that wait for two: looking, and taking in what was looked at."""

    __slots__ = ()

    def _may_look(self, by: Actor) -> None:
        self._may_change(by)
        if self.is_stopped:
            raise HaltedError(STOPPED)

    def _reviewer(self, by: Actor) -> Reviewer:
        for reviewer in self.reviewers:
            if reviewer.account == by.account and reviewer.person == by.person:
                return reviewer
        raise ProcedureError("Only one of the two reviewers of this case can do this.")

    def _in_session(self, by: Actor) -> Session:
        self._may_look(by)
        self._reviewer(by)
        if self.session is None:
            raise ProcedureError("No session is open. Open one first, with both reviewers in the room.")
        if self.session.is_paused:
            raise ProcedureError("The session is paused. Resume it first, with both reviewers in the room.")
        return self.session

    def name_reviewer(
        self,
        by: Actor,
        who: Actor,
        *,
        position: str,
        place: int | None = None,
        interest: str = "",
        reason: str = "",
        admitted_until: str = "",
    ) -> ReviewerNamed:
        """Name one of the two; neither may be a subject, and both must be different people (flows section 5).

        `place` is 1 or 2; without it the first free one. Naming somebody in a place
        that is taken replaces them, with a reason. Somebody with an interest in the
        case needs a recorded reason.
        """
        self._may_change(by)
        if self.is_about(who):
            raise ProcedureError("This person cannot review this case. Name somebody who is not involved.")
        if who.is_root or who.role in {None, Role.DPO}:
            raise ProcedureError("A reviewer is a senior person with an account of their own.")
        taken = {reviewer.place: reviewer for reviewer in self.reviewers}
        place = place or next((free for free in (1, 2) if free not in taken), 2)
        if place not in {1, 2}:
            raise InputError("There are two reviewers, first and second.")
        replaced = taken.get(place)
        others = [reviewer for reviewer in self.reviewers if reviewer.place != place]
        if any(other.person == who.person or other.account == who.account for other in others):
            raise ProcedureError("The two reviewers must be two different people. It protects you both.")
        involved = any(person == who.person for person, _ in self.links)
        if (involved or interest.strip() or replaced is not None) and not reason.strip():
            raise ProcedureError("Write why this person reviews all the same, or why the reviewer changes.")
        return checked(
            ReviewerNamed(
                account=who.account,
                person=who.person,
                name=clean_account_name(who.name),
                position=clean_name(position),
                place=place,
                replaces=replaced.account if replaced else "",
                interest=interest or ("linked to this case" if involved else ""),
                reason=reason,
                admitted_until=admitted_until,
            )
        )

    def name_device(self, by: Actor, device: DeviceNamed) -> DeviceNamed:
        """Where the looking will be done; the same device to the end."""
        self._may_look(by)
        if self.device is not None:
            raise ProcedureError("A device is named already. Change it with the reason; both stay on record.")
        self._not_for_pupils(device.pupils_use_it)
        return checked(device)

    def change_device(self, by: Actor, device: DeviceChanged) -> DeviceChanged:
        """Move the looking to another device between sessions, with the reason and a reviewer's own signature."""
        self._may_look(by)
        self._reviewer(by)
        if self.device is None:
            raise ProcedureError("No device is named yet.")
        if self.session is not None:
            raise ProcedureError("Finish the open session first.")
        self._not_for_pupils(device.pupils_use_it)
        return checked(device)

    def _not_for_pupils(self, pupils_use_it: bool) -> None:
        if pupils_use_it:
            raise ProcedureError("Choose a device that pupils do not use.")

    def record_access(self, by: Actor, access: AccessRecorded) -> AccessRecorded:
        """What internet access the looking uses, who gave it, when it ends."""
        self._may_look(by)
        return checked(access)

    def record_purpose(self, by: Actor, purpose: PurposeRecorded) -> PurposeRecorded:
        """What is looked for and where it will stop, before anything is opened."""
        self._may_look(by)
        return checked(purpose)

    def declare(self, by: Actor, text: str) -> Declared:
        """One reviewer declares, after the purpose is written, with the own passphrase (step 10)."""
        self._may_look(by)
        self._reviewer(by)
        if not self.in_review(PurposeRecorded):
            raise ProcedureError("Write the purpose first: what you are looking for, and where you will stop.")
        return checked(Declared(text=text))

    def declared(self) -> tuple[Reviewer, ...]:
        """Reviewers whose declaration holds: made since they were named, the purpose written, and any stop."""
        purposes = self.in_review(PurposeRecorded)
        if not purposes:
            return ()
        since = max(self.opened_again_at, purposes[-1].at)
        return tuple(
            reviewer
            for reviewer in self.reviewers
            if any(t.by == (reviewer.account,) and t.at > max(since, reviewer.named_at) for t in self.told(Declared))
        )

    def no_longer_admitted(self, day: str) -> tuple[Reviewer, ...]:
        """Reviewers from outside whose time is over; `day` and `admitted_until` are YYYY-MM-DD (flows section 6)."""
        return tuple(reviewer for reviewer in self.reviewers if "" < reviewer.admitted_until[:10] < day[:10])

    def open_review(self, by: Actor, *, present: tuple[str, ...], place: str, state: str = "") -> ReviewOpened:
        """Begin a session of looking, with everything before it done (steps 3, 6, 7, 9 and 10).

        Raises HaltedError while the case is stopped, ProcedureError naming what is missing.
        """
        self._may_look(by)
        self._reviewer(by)
        missing = self._missing_before_looking()
        if missing or self.device is None:
            raise ProcedureError(f"Not yet: {missing}.")
        if self.session is not None:
            raise ProcedureError("A session is open already.")
        names = tuple(clean_name(name) for name in present)
        if len(set(names)) < 2:
            raise ProcedureError("Both reviewers must be in the room. Write who is there.")
        return checked(
            ReviewOpened(
                no=len(self.sessions) + 1,
                present=names,
                place=place,
                this_laptop=self.device.this_laptop,
                state=state or self.device.state,
            )
        )

    def _missing_before_looking(self) -> str:
        if self.triage() is None:
            return "the triage questions are not answered"
        if len(self.reviewers) < 2:
            return "two reviewers are not named"
        if self.device is None:
            return "the device is not named"
        if not self.in_review(PurposeRecorded):
            return "the purpose is not written"
        return "" if len(self.declared()) == 2 else "both reviewers have not declared"

    def pause(self, by: Actor, reason: str) -> ReviewPaused:
        """Stop looking for a while; the gap is shown with its reason."""
        self._in_session(by)
        return checked(ReviewPaused(reason=reason))

    def resume(self, by: Actor, *, present: tuple[str, ...], note: str = "") -> ReviewResumed:
        """Go on with both in the room again."""
        self._may_look(by)
        self._reviewer(by)
        if self.session is None or not self.session.is_paused:
            raise ProcedureError("No session is paused.")
        if len(set(present)) < 2:
            raise ProcedureError("Both reviewers must be in the room. Write who is there.")
        return checked(ReviewResumed(present=present, note=note))

    def waited_for(self, session: Session) -> tuple[Reviewer, ...]:
        """Who has still to confirm the end of a session: those of its reviewers who are reviewers still.

        Somebody named since was not in the room and confirms nothing of it; a stop or
        a change of reviewers ends a session without asking.
        """
        if not (session.is_open or session.ended_by == "finished"):
            return ()
        wanted = set(session.reviewers) - set(session.finished_by)
        return tuple(reviewer for reviewer in self.reviewers if reviewer.account in wanted)

    def finish_review(
        self, by: Actor, *, access_withdrawn: bool, device_locked_away: bool, times_right: bool, note: str = ""
    ) -> ReviewFinished:
        """Each reviewer confirms the end of the session with the own passphrase; the first ends it (step 12)."""
        self._may_change(by)
        reviewer = self._reviewer(by)
        session = next((s for s in reversed(self.sessions) if reviewer in self.waited_for(s)), None)
        if session is None:
            raise ProcedureError("No session waits for your confirmation.")
        if not (access_withdrawn and device_locked_away and times_right) and not note.strip():
            raise InputError("Something is not as it should be. Write what, and it goes on record.")
        return checked(
            ReviewFinished(
                no=session.no,
                access_withdrawn=access_withdrawn,
                device_locked_away=device_locked_away,
                times_right=times_right,
                note=note,
            )
        )

    def record_sighting(
        self,
        by: Actor,
        *,
        address: str,
        seen: str,
        concern: str,
        reason_to_stop: tuple[StopAnswer, ...],
        picture: str = "none",
        opened_at: str = "",
        left_at: str = "",
    ) -> SightingRecorded | Halted:
        """One address or item: what was seen, why it worries, any reason to stop.

        Both reviewers answer the stop question. Any answer but "no" from both does not
        record a sighting: it returns the halt that has to be written instead.
        """
        session = self._in_session(by)
        if any(given.answer is not Answer.NO for given in reason_to_stop):
            return self.halt(by, Grade.STOP_IMAGES, reason="A reviewer saw a reason to stop.", last_item=address)
        self._both_said_no(reason_to_stop)
        return checked(
            SightingRecorded(
                no=len(self.told(SightingRecorded)) + 1,
                session=session.no,
                address=address,
                seen=seen,
                concern=concern,
                reason_to_stop=Answer.NO,
                answered_by=tuple(given.name for given in reason_to_stop),
                picture=picture,
                opened_at=opened_at,
                left_at=left_at,
            )
        )

    def _both_said_no(self, answers: tuple[StopAnswer, ...]) -> None:
        said = {given.account for given in answers if given.answer is Answer.NO}
        if not {reviewer.account for reviewer in self.reviewers} <= said:
            raise ProcedureError("Both reviewers answer the stop question before anything is recorded or taken in.")

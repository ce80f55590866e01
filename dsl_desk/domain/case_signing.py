"""Judging alone, concluding together, acting, and signing by both (flows section 9, steps 13, 14 and 17)."""

from dsl_desk.domain.case_entries import (
    ActionDecided,
    Concluded,
    Corrected,
    Judged,
    PurposeRecorded,
    StepSkipped,
)
from dsl_desk.domain.case_state import Told
from dsl_desk.domain.case_taking_in import CaseTakingIn
from dsl_desk.domain.case_words import Decision, Judgement
from dsl_desk.domain.errors import HaltedError, InputError, ProcedureError
from dsl_desk.domain.follow_up_entries import SignedOff, SignOffDeclined
from dsl_desk.domain.people import Actor
from dsl_desk.domain.policy_values import Step
from dsl_desk.domain.sign_off import SignOff, sign_off_of
from dsl_desk.domain.text import checked, clean_name

WAIT = "This case is stopped. Judging and signing wait until advice is recorded and applied by two."


class CaseSigning(CaseTakingIn):
    """A case's acts that bind two people to what they did and saw."""

    __slots__ = ()

    def _may_bind(self, by: Actor) -> None:
        self._may_change(by)
        if self.is_stopped:
            raise HaltedError(WAIT)

    def judge(self, by: Actor, judgement: Judgement, reasons: str) -> Judged:
        """Each reviewer alone, with own reasons, before reading the other's; after the looking is over."""
        self._may_bind(by)
        reviewer = self._reviewer(by)
        if len(self.reviewers) < 2:
            raise ProcedureError("Two reviewers judge. Name the second one first.")
        if not self.in_review(PurposeRecorded):
            raise ProcedureError("Write the purpose first: what you are looking for, and where you will stop.")
        self._looking_is_over()
        if any(s.review == self.review_no and reviewer.account not in s.reviewers for s in self.sessions[-1:]):
            raise ProcedureError("You were not there when it was looked at. Open a session with both reviewers first.")
        if any(told.by == (reviewer.account,) for told in self.current_judgements()):
            raise ProcedureError("You have judged. A correction stands beside it; it is never overwritten.")
        return checked(Judged(judgement=judgement, reasons=reasons))

    def _looking_is_over(self) -> None:
        if self.session is not None:
            raise ProcedureError("Finish the open session first.")
        if any(session.review == self.review_no and self.waited_for(session) for session in self.sessions):
            raise ProcedureError("Both reviewers must confirm the end of the session first.")

    def reviewers_differ(self) -> bool:
        """Whether both have judged and do not agree; both views are kept."""
        return len({told.data.judgement for told in self.current_judgements()}) > 1

    def conclude(
        self, by: Actor, conclusion: str, *, outcome: str = "", severity: str = "", disagreement: str = ""
    ) -> Concluded:
        """What the review comes to, once both have judged; a disagreement is recorded, not overwritten."""
        self._may_bind(by)
        if not self.both_judged():
            raise ProcedureError("Both reviewers judge first, each alone.")
        differ = self.reviewers_differ()
        if differ and not disagreement.strip():
            raise InputError("The reviewers judge differently. Write what they differ about; both views are kept.")
        return checked(
            Concluded(
                conclusion=conclusion,
                outcome=outcome,
                severity=severity,
                reviewers_differ=differ,
                disagreement=disagreement,
            )
        )

    def conclusion(self) -> Told[Concluded] | None:
        """The conclusion that holds: the latest since both judged, or None."""
        judged = self.current_judgements()
        if len(judged) < 2:
            return None
        since = max(told.at for told in judged)
        return next((told for told in reversed(self.told(Concluded)) if told.at > since), None)

    def decide_action(
        self, by: Actor, *, action: str, who: str, by_when: str, reason: str, others: str = ""
    ) -> ActionDecided:
        """What is done, by whom, by when; others to involve, or why not."""
        self._may_change(by)
        return checked(ActionDecided(action=action, who=who, by_when=by_when, reason=reason, others=others))

    def skip_step(self, by: Actor, step: Step, reason: str) -> StepSkipped:
        """Leave a step of the route out, with a reason that prints on the form; some can never be left out."""
        self._may_change(by)
        if by.role not in step.by:
            raise ProcedureError("Somebody in another role takes this step, or leaves it out with the reason.")
        if not step.skippable:
            raise ProcedureError("This step cannot be skipped. It protects the child and you both.")
        return checked(StepSkipped(step=step.id, reason=reason))

    def correct(self, by: Actor, corrects: int, changes: dict[str, str], reason: str) -> Corrected:
        """A correction beside what it corrects; nothing is edited or removed."""
        self._may_act(by)
        entry = self.entry_at(corrects)
        if entry is None or entry.payload is None:
            raise InputError("There is no entry of that number that can be corrected.")
        if not changes:
            raise InputError("Write what the entry should say.")
        if changes.get("name"):
            clean_name(changes["name"])
        if self.closed and entry.payload.data.SUBSTANCE:
            raise ProcedureError("This case is closed. Reopen it first, with the reason.")
        return checked(Corrected(corrects=corrects, kind=entry.payload.kind, changes=dict(changes), reason=reason))

    def corrections_of(self, strand_seq: int) -> tuple[Told[Corrected], ...]:
        """Corrections that stand beside an entry, oldest first."""
        return tuple(told for told in self.told(Corrected) if told.data.corrects == strand_seq)

    def sign_off_state(self) -> SignOff:
        """How the sign-off stands now: by whom, at which entry, void since when."""
        return sign_off_of(self)

    def may_sign(self, by: Actor) -> int:
        """Whether this person may sign now; returns 1 or 2, their place on the form.

        Asked before the form is made and the passphrase is typed. Raises
        HaltedError or ProcedureError with what is missing.
        """
        self._may_bind(by)
        reviewer = self._reviewer(by)
        self._looking_is_over()
        if len(self.reviewers) < 2 or not self.both_judged():
            raise ProcedureError("Both reviewers judge first, each alone.")
        if self.conclusion() is None:
            raise ProcedureError("Write the conclusion first.")
        state = self.sign_off_state()
        if not state.void_since and any(signature.account == by.account for signature in state.signatures):
            raise ProcedureError("You have signed this. It waits for the second reviewer, or is complete.")
        if reviewer.place == 2 and (state.void_since or not state.signatures):
            raise ProcedureError("The first reviewer signs first: that signature certifies the form for the second.")
        return reviewer.place

    def sign_off(
        self,
        by: Actor,
        *,
        covers: int,
        sign_off: str,
        p7s: str,
        form: str,
        decision: Decision = Decision.AGREE,
        reasons: str = "",
    ) -> SignedOff:
        """One reviewer signed the text that covers everything up to `covers`; both must sign the same text.

        The digests are those of format section 5. A disagreement needs its reasons.
        Raises ProcedureError where something of substance came after the text was made.
        """
        place = self.may_sign(by)
        if decision is Decision.DISAGREE and not reasons.strip():
            raise InputError("Write why you disagree. Your signature and your reasons are both kept.")
        if not 0 < covers <= self.last or any(at > covers for at in self.substance):
            raise ProcedureError("The case has changed since this form was made. Make the form again, then sign.")
        state = self.sign_off_state()
        waiting = bool(state.signatures) and not state.void_since and not state.is_valid
        if waiting and (state.signatures[-1].sign_off, state.covers) != (sign_off, covers):
            raise ProcedureError("The other reviewer signed another form. Both must sign the same one.")
        return checked(
            SignedOff(
                decision=decision, sign_off=sign_off, p7s=p7s, form=form, covers=covers, place=place, reasons=reasons
            )
        )

    def decline_sign_off(self, by: Actor, reasons: str) -> SignOffDeclined:
        """A reviewer will not sign; the reasons are kept and print on the form."""
        self._may_act(by)
        self._reviewer(by)
        return checked(SignOffDeclined(reasons=reasons))

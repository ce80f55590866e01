"""What follows: telling, referring, sharing, caring, handing over, closing (flows sections 9, 12 and 14)."""

from collections.abc import Iterable

from dsl_desk.domain.case_entries import ActionDecided
from dsl_desk.domain.case_signing import CaseSigning
from dsl_desk.domain.case_words import Agency, HoldBack, ParentsDecision
from dsl_desk.domain.continuity import next_number, previous_link
from dsl_desk.domain.errors import HaltedError, InputError, ProcedureError
from dsl_desk.domain.follow_up_entries import (
    CaseClosed,
    CaseReopened,
    ChildVoiceRecorded,
    ContinuityRecorded,
    ExternalLogMade,
    FeedbackGiven,
    FollowUpDone,
    HoldBackSet,
    InformationShared,
    LessonRecorded,
    PackLost,
    PackSealed,
    PackStarted,
    PaperKept,
    ParentsInformed,
    Printed,
    ReceiptAttached,
    ReferralDeclined,
    ReferralMade,
    ReplyReceived,
    ScanAttached,
    SupportOffered,
    Viewed,
)
from dsl_desk.domain.outside import AT_ANY_TIME, check_asked_first, check_sharing
from dsl_desk.domain.people import Actor
from dsl_desk.domain.text import checked
from dsl_desk.domain.words import Grade, PackKind

NOTE_LIMIT = 600


class CaseHandingOver(CaseSigning):
    """A case's acts after or beside the looking; none of them voids a signature."""

    __slots__ = ()

    def refer(self, by: Actor, referral: ReferralMade) -> ReferralMade:
        """The matter goes to an agency; one person may always refer, at every grade.

        Only another school or setting waits until police or a safeguarding team was asked (P-064, P-120).
        """
        if referral.to is Agency.OTHER_SETTING:
            check_asked_first(self)
        return self._plain(by, referral)

    def decline_referral(self, by: Actor, declined: ReferralDeclined) -> ReferralDeclined:
        """Decided not to refer, with the reasons, which are never optional."""
        return self._plain(by, declined)

    def reply_received(self, by: Actor, reply: ReplyReceived) -> ReplyReceived:
        """What an agency answered to one of the referrals of this case."""
        if reply.referral not in {told.at for told in self.told(ReferralMade)}:
            raise InputError("There is no such referral in this case.")
        return self._plain(by, reply)

    def share_information(self, by: Actor, shared: InformationShared) -> InformationShared:
        """What was shared or not, why, on what basis and by what way; others outside wait until police were asked."""
        check_sharing(self, shared)
        return self._plain(by, shared)

    def record_child_voice(self, by: Actor, voice: ChildVoiceRecorded) -> ChildVoiceRecorded:
        """The child's exact words and wishes, or why the child has not been asked yet."""
        if voice.spoken and not (voice.words.strip() and voice.to_whom.strip()):
            raise InputError("Write the child’s exact words, and to whom they were said.")
        if not voice.spoken and not voice.not_asked_because.strip() and not voice.wishes.strip():
            raise InputError("Write why the child has not been asked yet.")
        return self._plain(by, voice)

    def inform_parents(self, by: Actor, informed: ParentsInformed) -> ParentsInformed:
        """A decision with its reason; told while the list says wait only with who agreed."""
        held = self.hold_back_list().get("parents")
        waits = self.is_stopped or (held is not None and held.decision is HoldBack.WAIT)
        if informed.decision is ParentsDecision.TOLD and waits and not informed.agreed_with.strip():
            raise ProcedureError("Ask police or social care first, and write who agreed. Then tell the parents.")
        return self._plain(by, informed)

    def hold_back_list(self) -> dict[str, HoldBackSet]:
        """Who may be told and who not, the latest word for each (flows section 7)."""
        return {told.data.party: told.data for told in self.told(HoldBackSet)}

    def offer_support(self, by: Actor, support: SupportOffered) -> SupportOffered:
        """What support a child or colleague has."""
        return self._plain(by, support)

    def give_feedback(self, by: Actor, feedback: FeedbackGiven) -> FeedbackGiven:
        """Who was told how it ended."""
        return self._plain(by, feedback)

    def record_lesson(self, by: Actor, lesson: LessonRecorded) -> LessonRecorded:
        """What the school learned, or that there is nothing to learn."""
        return self._plain(by, lesson)

    def note_main_system(self, by: Actor, made: ExternalLogMade) -> ExternalLogMade:
        """The note for one child stands in the main system under its reference (flows section 12)."""
        if len(made.note) > NOTE_LIMIT:
            raise InputError(f"The note for the main system has at most {NOTE_LIMIT} characters.")
        return self._plain(by, made)

    def follow_up(self, by: Actor, done: FollowUpDone) -> FollowUpDone:
        """A promised action was done."""
        if done.about and self.entry_at(done.about) is None:
            raise InputError("There is no entry of that number in this case.")
        return self._plain(by, done)

    def actions_waiting(self) -> tuple[int, ...]:
        """strand_seq of every action that nobody has recorded as done."""
        done = {told.data.about for told in self.told(FollowUpDone)}
        return tuple(told.at for told in self.told(ActionDecided) if told.at not in done)

    def record_continuity(self, by: Actor, moved: ContinuityRecorded) -> ContinuityRecorded:
        """Where an exhibit went; number and link to the entry before it must be the next ones."""
        if self.exhibit(moved.mark) is None:
            raise InputError("This case holds no exhibit with that mark.")
        if (moved.no, moved.previous) != (next_number(self), previous_link(self, moved.mark)):
            raise ProcedureError("Another continuity entry came first. Record it again.")
        return self._plain(by, moved)

    def note_view(self, by: Actor, viewed: Viewed) -> Viewed:
        """A restricted record was read, for a stated reason."""
        return self._plain(by, viewed)

    def note_print(self, by: Actor, printed: Printed) -> Printed:
        """A paper left the printer."""
        return self._plain(by, printed)

    def keep_paper(self, by: Actor, paper: PaperKept) -> PaperKept:
        """Keep a paper the desk made, exactly as made."""
        return self._plain(by, paper)

    def attach_scan(self, by: Actor, scan: ScanAttached) -> ScanAttached:
        """Attach the page that came back signed in ink; nothing comes in behind a stop for pictures."""
        if self.grade is Grade.STOP_IMAGES:
            raise HaltedError("This case is stopped for pictures, so no file comes in. Keep the paper in the safe.")
        return self._plain(by, scan)

    def attach_receipt(self, by: Actor, receipt: ReceiptAttached) -> ReceiptAttached:
        """Who signed for a pack or a device; behind a stop for pictures in words only."""
        if self.grade is Grade.STOP_IMAGES and receipt.blob:
            raise HaltedError("This case is stopped for pictures, so no file comes in. Record the receipt in words.")
        if receipt.pack and all(pack.no != receipt.pack for pack in self.packs):
            raise InputError("There is no pack of that number.")
        return self._plain(by, receipt)

    def pack_kinds(self) -> tuple[PackKind, ...]:
        """Which packs can be made now, the fullest first (format section 6)."""
        if self.grade is Grade.STOP_IMAGES:
            return (PackKind.STOPPED,)
        if self.sign_off_state().is_valid and not self.is_stopped:
            return (PackKind.SIGNED_OFF, PackKind.AS_IT_STANDS)
        return (PackKind.AS_IT_STANDS,)

    def start_pack(
        self,
        by: Actor,
        kind: PackKind,
        *,
        medium: str,
        recipient: str,
        recipient_name: str = "",
        encrypted: bool = False,
        unencrypted_reason: str = "",
        changed_since: str = "",
        purpose: str = "",
        allowed_by: str = "",
    ) -> PackStarted:
        """Begin a pack of a kind that fits; one person may always make an as-it-stands or stopped one.

        To police, social care, LADO and IWF it goes at any time; to others once one of them was asked.
        """
        self._may_act(by)
        if recipient not in AT_ANY_TIME:
            check_asked_first(self)
        if kind not in self.pack_kinds():
            if self.grade is Grade.STOP_IMAGES:
                raise HaltedError("This case is stopped for pictures. Only a stopped pack can be made.")
            if kind is PackKind.STOPPED:
                raise ProcedureError("This case is not stopped for pictures. Make an as-it-stands pack.")
            raise ProcedureError("Both reviewers have not signed what the case says now. Make an as-it-stands pack.")
        return checked(
            PackStarted(
                no=self.next_pack_no(),
                medium=medium,
                recipient=recipient,
                contents=kind,
                recipient_name=recipient_name,
                encrypted=encrypted,
                unencrypted_reason=unencrypted_reason,
                changed_since=changed_since,
                purpose=purpose,
                allowed_by=allowed_by,
            )
        )

    def next_pack_no(self) -> int:
        """The number the next pack gets."""
        return max((pack.no for pack in self.packs), default=0) + 1

    def unfinished_packs(self) -> tuple[int, ...]:
        """Numbers of packs that were begun and neither sealed nor recorded as lost."""
        return tuple(pack.no for pack in self.packs if pack.is_unfinished)

    def seal_pack(
        self, by: Actor, no: int, *, tagmanifest: str, p7s: str, archive: str | None = None, verdict: str = "good"
    ) -> PackSealed:
        """A pack was sealed, read back and verified."""
        if no not in self.unfinished_packs():
            raise ProcedureError("No pack of that number is being made.")
        return self._plain(by, PackSealed(no=no, tagmanifest=tagmanifest, p7s=p7s, archive=archive, verdict=verdict))

    def lose_pack(self, by: Actor, no: int, reason: str) -> PackLost:
        """A pack that never came to an end, or that cannot be found."""
        if all(pack.no != no or pack.lost_at for pack in self.packs):
            raise ProcedureError("There is no pack of that number that could be lost.")
        return self._plain(by, PackLost(no=no, reason=reason))

    def referral_decided(self) -> bool:
        """Whether it is on record that somebody outside was told, or why not."""
        return bool(self.told(ReferralMade) or self.told(ReferralDeclined))

    def close_case(
        self,
        by: Actor,
        *,
        outcome: str,
        retention: str,
        unfinished: Iterable[str],
        keep_until: str = "",
        reason: str = "",
    ) -> CaseClosed:
        """Close: only with a referral decision, no gap without a reason, and nothing half done.

        `unfinished` are titles of steps that are neither done nor skipped, as
        `procedure.unfinished` gives them.
        """
        self._may_change(by)
        if self.session is not None:
            raise ProcedureError("Finish the open session first.")
        if not self.referral_decided():
            raise ProcedureError("Record first whether it was referred, or why not.")
        open_steps = tuple(unfinished)
        if open_steps:
            raise ProcedureError(f"Not finished: {'; '.join(open_steps)}. Do it, or skip it with a reason.")
        if self.unfinished_packs():
            raise ProcedureError("A pack was begun and not finished. Finish it, or record it as lost.")
        return checked(CaseClosed(outcome=outcome, retention=retention, keep_until=keep_until, reason=reason))

    def reopen(self, by: Actor, reason: str) -> CaseReopened:
        """Take a closed case up again; a review in it is a second one, with its own signatures."""
        self._may_act(by)
        if not self.closed:
            raise ProcedureError("This case is open.")
        return checked(CaseReopened(reason=reason))

"""Looking at devices and sites with two reviewers in the room (flows sections 4 and 9)."""

from datetime import date

from dsl_desk.domain.case import Case, StopAnswer
from dsl_desk.domain.case_entries import AccessRecorded, DeviceChanged, DeviceNamed, Halted, PurposeRecorded
from dsl_desk.domain.errors import InputError
from dsl_desk.domain.words import AccountId, Grade, StrandId
from dsl_desk.services.case_book import CaseBook, Decision
from dsl_desk.services.halt import HaltService
from dsl_desk.signatures import Signer


class ReviewService:
    """Reviewers, device, access, purpose, declarations, sessions and sightings."""

    def __init__(self, book: CaseBook, halts: HaltService) -> None:
        self._book, self._halts = book, halts

    def _look(self, strand: StrandId, decide: Decision) -> Case:
        """Record what belongs to looking; refused from the moment a halt was pressed, entry or not."""
        self._book.switch.ask(strand, Grade.POLICE_FIRST)
        return self._book.record(strand, decide)

    def name_reviewer(
        self, strand: StrandId, account: AccountId, *, place: int | None = None, interest: str = "", reason: str = "",
        admitted_until: str = "",
    ) -> Case:  # fmt: skip
        """Name one of the two; neither may be a subject, both must be different people.

        `admitted_until` (YYYY-MM-DD) is the last day on which somebody from outside
        looks, judges and signs here. Raises InputError for a day that is none or is
        past, ProcedureError where the school's policy lets nobody of that role review.
        """
        who = self._book.actor(account)
        self._book.may_review(who)
        if admitted_until:
            self._still_to_come(admitted_until)
        position = self._book.school().title(account)
        return self._book.record(
            strand,
            lambda case, me: case.name_reviewer(
                me, who, position=position, place=place, interest=interest, reason=reason, admitted_until=admitted_until
            ),
        )

    def _still_to_come(self, day: str) -> None:
        try:
            until = date.fromisoformat(day).isoformat()
        except ValueError as error:
            raise InputError("Write the last day as year, month and day, such as 2026-11-30.") from error
        if until != day or day < self._book.today():
            raise InputError("The last day is past, or is no day. Write a day that is still to come.")

    def name_device(self, strand: StrandId, device: DeviceNamed) -> Case:
        """Where the looking will be done; the same to the end."""
        return self._look(strand, lambda case, me: case.name_device(me, device))

    def change_device(self, strand: StrandId, device: DeviceChanged, signer: Signer) -> Case:
        """Move to another device between sessions, signed by a reviewer."""
        return self._signed(strand, signer, lambda case, who: case.change_device(who, device))

    def record_access(self, strand: StrandId, access: AccessRecorded) -> Case:
        """What internet access is used, who gave it, when it ends."""
        return self._look(strand, lambda case, me: case.record_access(me, access))

    def record_purpose(self, strand: StrandId, purpose: PurposeRecorded) -> Case:
        """What is looked for and where looking will stop, before anything is opened."""
        return self._look(strand, lambda case, me: case.record_purpose(me, purpose))

    def declare(self, strand: StrandId, signer: Signer) -> Case:
        """One reviewer declares with their own passphrase; both must, before looking."""
        text = self._book.school().procedure.wording.declaration
        return self._signed(strand, signer, lambda case, who: case.declare(who, text))

    def _signed(self, strand: StrandId, signer: Signer, decide: Decision) -> Case:
        """One reviewer's act, proved with their own passphrase, whoever is signed in."""
        self._book.switch.ask(strand, Grade.POLICE_FIRST)
        who = self._book.actor(signer.account)
        self._book.admitted(self._book.load(strand), who.account)
        return self._book.record(strand, lambda case, _me: decide(case, who), also=(signer,))

    def open(self, strand: StrandId, *, present: tuple[str, ...], place: str, state: str = "") -> Case:
        """Begin a session of looking, everything before it done, by two who may still review."""
        self._book.admitted(self._book.load(strand))
        return self._look(strand, lambda case, me: case.open_review(me, present=present, place=place, state=state))

    def pause(self, strand: StrandId, reason: str) -> Case:
        """Stop looking for a while; shown as a gap."""
        return self._book.record(strand, lambda case, me: case.pause(me, reason))

    def resume(self, strand: StrandId, *, present: tuple[str, ...], note: str = "") -> Case:
        """Go on, both in the room, and both still reviewers."""
        self._book.admitted(self._book.load(strand))
        return self._look(strand, lambda case, me: case.resume(me, present=present, note=note))

    def record_sighting(
        self,
        strand: StrandId,
        *,
        address: str,
        seen: str,
        concern: str,
        reason_to_stop: tuple[StopAnswer, ...],
        picture: str = "none",
        opened_at: str = "",
        left_at: str = "",
    ) -> Case:
        """One address or item; a reviewer's "yes" or "not sure" stops the case instead of recording a sighting."""
        self._book.switch.ask(strand, Grade.POLICE_FIRST)
        case = self._book.load(strand)
        decided = case.record_sighting(
            self._book.me(),
            address=address,
            seen=seen,
            concern=concern,
            reason_to_stop=reason_to_stop,
            picture=picture,
            opened_at=opened_at,
            left_at=left_at,
        )
        if isinstance(decided, Halted):
            return self._halts.write(strand, decided)
        return self._book.record(strand, lambda _case, _me: decided)

    def finish(
        self, strand: StrandId, signer: Signer, *, access_withdrawn: bool, device_locked_away: bool, times_right: bool,
        note: str = "",
    ) -> Case:  # fmt: skip
        """Each reviewer confirms the end with their own passphrase; the first ends the session."""
        who = self._book.actor(signer.account)
        return self._book.record(
            strand,
            lambda case, _me: case.finish_review(
                who,
                access_withdrawn=access_withdrawn,
                device_locked_away=device_locked_away,
                times_right=times_right,
                note=note,
            ),
            also=(signer,),
        )

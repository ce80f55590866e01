"""Material that comes in as exhibits, and who may still reach its content (flows sections 1 and 8)."""

from dataclasses import dataclass

from dsl_desk.domain.case_entries import ExhibitAdded, ExhibitRedacted, SightingRecorded
from dsl_desk.domain.case_reviewing import CaseReviewing, StopAnswer
from dsl_desk.domain.case_words import Intake
from dsl_desk.domain.errors import HaltedError, InputError, ProcedureError
from dsl_desk.domain.exhibit import Exhibit, next_mark
from dsl_desk.domain.follow_up_entries import Viewed
from dsl_desk.domain.people import Actor
from dsl_desk.domain.text import checked, clean_name
from dsl_desk.domain.words import AccountId, Answer, BlobId, Grade, Mark, PersonId

BEHIND_STOP = (
    "This case is stopped for pictures. Nothing comes in and nothing is shown. Leave it where it is; ring the police."
)
LEAVE_IT = "Do not open it. Leave it on its owner’s device, and ring the police. Stop this case now."


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What is known of material before a single byte of it is read (flows section 8)."""

    intake: Intake
    description: str
    """What it shows, in words."""
    source: str
    method: str
    stop_answers: tuple[StopAnswer, ...]
    seen_by: str = ""
    supplied_by: str = ""
    sighting: int | None = None
    place: str = ""
    tool: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What the store tells of the sealed bytes, and who produces them as evidence."""

    mark: Mark
    blob: BlobId
    sha256: str
    size: int
    original_name: str
    media_type: str
    produced_by: str
    produced_by_person: PersonId
    role: str
    made_at_utc: str
    made_at_local: str


class CaseTakingIn(CaseReviewing):
    """A case's acts with exhibits: asked before a byte is read, and once more when it is written."""

    __slots__ = ()

    def allow_intake(self, by: Actor, offered: Offered) -> None:
        """Whether material may come in at all, asked before any of it is read, previewed or hashed.

        At STOP-IMAGES nothing comes in. At POLICE-FIRST only what people bring, by one
        person. In a session both reviewers answer the stop question, also of what is brought to them. Raises
        HaltedError, ProcedureError or InputError; nothing was opened then.
        """
        self._may_act(by)
        if self.grade is Grade.STOP_IMAGES:
            raise HaltedError(BEHIND_STOP)
        if offered.intake is Intake.REDACTED:
            raise ProcedureError("A redacted copy is made of an exhibit that the desk holds; it does not come in.")
        if not offered.description.strip():
            raise InputError("Write first what it shows, in your words.")
        if not offered.stop_answers or any(given.answer is not Answer.NO for given in offered.stop_answers):
            raise HaltedError(LEAVE_IT)
        if self.closed:
            raise ProcedureError("This case is closed. Reopen it first, with the reason.")
        if offered.intake is Intake.SUPPLIED:
            self._answered_by(by, offered)
        else:
            self._in_session(by)
            self._both_said_no(offered.stop_answers)
        if offered.sighting is not None and offered.sighting not in {t.data.no for t in self.told(SightingRecorded)}:
            raise InputError("There is no sighting of that number in this case.")

    def _answered_by(self, by: Actor, offered: Offered) -> None:
        if by.account not in {given.account for given in offered.stop_answers}:
            raise ProcedureError("Whoever takes it in answers the questions themselves.")
        if not offered.supplied_by.strip():
            raise InputError("Write who brought it.")
        if self.takes_both(by.account):
            self._both_said_no(offered.stop_answers)

    def takes_both(self, account: AccountId) -> bool:
        """Whether what is brought to somebody now comes into their open session: both answer (flows section 8)."""
        return self.session is not None and not self.session.is_paused and self.is_reviewer(account)

    def next_mark(self, name: str, person: PersonId) -> Mark:
        """The mark the producer's next exhibit gets: initials and a number that is never used again."""
        return next_mark(name, person, self.exhibits)

    def add_exhibit(self, by: Actor, offered: Offered, taken: TakenIn) -> ExhibitAdded:
        """Take material in under its mark; asks everything of `allow_intake` once more, at the moment it is written."""
        self.allow_intake(by, offered)
        if taken.mark != self.next_mark(taken.produced_by, taken.produced_by_person):
            raise ProcedureError("Another exhibit got this mark meanwhile. Take it in again; nothing of it was kept.")
        return checked(
            ExhibitAdded(
                mark=taken.mark,
                blob=taken.blob,
                sha256=taken.sha256,
                size=taken.size,
                intake=offered.intake,
                description=offered.description,
                original_name=taken.original_name,
                media_type=taken.media_type,
                produced_by=clean_name(taken.produced_by),
                produced_by_person=taken.produced_by_person,
                role=taken.role,
                made_at_utc=taken.made_at_utc,
                made_at_local=taken.made_at_local,
                method=offered.method,
                source=offered.source,
                stop_questions_answered_no_by=tuple(given.name for given in offered.stop_answers),
                sighting=offered.sighting,
                place=offered.place,
                tool=offered.tool,
                supplied_by=offered.supplied_by,
                seen_by=offered.seen_by,
            )
        )

    def allow_redaction(self, by: Actor, mark: str, reason: str) -> Exhibit:
        """The exhibit that a redacted copy may be made of now; never at a stop, whatever its grade.

        Raises HaltedError, ProcedureError or InputError; nothing was opened then.
        """
        self._may_act(by)
        if self.is_stopped:
            raise HaltedError("This case is stopped. No copy of anything is made; hand it over as it is.")
        if self.closed:
            raise ProcedureError("This case is closed. Reopen it first, with the reason.")
        if not reason.strip():
            raise InputError("Write why parts of it are covered, and for whom.")
        return self.reachable(mark)

    def add_redacted(
        self, by: Actor, parent: str, taken: TakenIn, *, reason: str, areas: int, description: str = ""
    ) -> tuple[ExhibitAdded, ExhibitRedacted]:
        """Take a redacted copy in under a mark of its own, naming what it was made from, and say what was covered."""
        original = self.allow_redaction(by, parent, reason).data
        if taken.mark != self.next_mark(taken.produced_by, taken.produced_by_person):
            raise ProcedureError(
                "Another exhibit got this mark meanwhile. Make the copy again; nothing of it was kept."
            )
        said = description.strip() or f"Redacted copy of exhibit {parent}"
        added = ExhibitAdded(
            mark=taken.mark,
            blob=taken.blob,
            sha256=taken.sha256,
            size=taken.size,
            intake=Intake.REDACTED,
            description=said,
            original_name=taken.original_name,
            media_type=taken.media_type,
            produced_by=clean_name(taken.produced_by),
            produced_by_person=taken.produced_by_person,
            role=taken.role,
            made_at_utc=taken.made_at_utc,
            made_at_local=taken.made_at_local,
            method="redacted copy, solid fill burned in and read again",
            source=f"exhibit {parent}",
            stop_questions_answered_no_by=(),
            parent=parent,
            parent_sha256=original.sha256,
        )
        redacted = ExhibitRedacted(
            mark=taken.mark,
            parent=parent,
            parent_sha256=original.sha256,
            blob="",
            sha256=taken.sha256,
            size=taken.size,
            media_type=taken.media_type,
            reason=reason,
            produced_by=added.produced_by,
            produced_by_person=taken.produced_by_person,
            areas=areas,
            description=said,
        )
        return checked(added), checked(redacted)

    def reachable(self, mark: str) -> Exhibit:
        """The exhibit whose content may be read now; raises HaltedError behind a stop for pictures.

        At POLICE-FIRST what the school lawfully holds stays readable (flows section 1).
        """
        exhibit = self.exhibit(mark)
        if exhibit is None:
            raise InputError("This case holds no exhibit with that mark.")
        if exhibit.quarantined or self.grade is Grade.STOP_IMAGES:
            raise HaltedError("This exhibit is behind a stop for pictures. Its content stays closed.")
        if not exhibit.is_held:
            raise ProcedureError("This exhibit was destroyed by two people. Its record stands.")
        return exhibit

    def view_exhibit(self, by: Actor, mark: str, reason: str, seconds: int = 0) -> Viewed:
        """Uncover an exhibit for a stated reason; the viewing goes on record."""
        self._may_act(by)
        self.reachable(mark)
        return checked(Viewed(what=mark, reason=reason, seconds=seconds))

"""Everything around the looking: people, devices, hold-back, calls, the child, parents, feedback, closing."""

from datetime import date

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_words import PersonRole
from dsl_desk.domain.errors import InputError, NotReadableError, ProcedureError
from dsl_desk.domain.follow_up_entries import (
    CallLogged,
    ChildVoiceRecorded,
    DeviceSecured,
    ExternalLogMade,
    FeedbackGiven,
    FollowUpDone,
    HoldBackSet,
    InformationShared,
    LessonRecorded,
    ParentsInformed,
    PersonLinked,
    SupportOffered,
    Viewed,
)
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.policy_values import Step
from dsl_desk.domain.procedure import route_of, unfinished
from dsl_desk.domain.retention import Dates, governs
from dsl_desk.domain.routing import RouteAdvised, route_advised
from dsl_desk.domain.triage import ABOUT_A_WORKER, worker_not_asked_about
from dsl_desk.domain.wider_entries import SearchRecorded
from dsl_desk.domain.words import Grade, PersonId, StrandId, SubjectKind
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.halt import HaltService
from dsl_desk.services.keeping import KeepingService
from dsl_desk.services.routes import RouteService


class CaseWorkService:
    """Acts of one signed-in person that never wait for a second."""

    def __init__(self, book: CaseBook, keeping: KeepingService, halts: HaltService) -> None:
        self._book, self._keeping, self._halts = book, keeping, halts

    def read(self, strand: StrandId, reason: str) -> Case:
        """Open a case to read it; reading a restricted one is itself on record, with its reason."""
        if self._book.desk.readers(strand) is None:
            return self._book.load(strand)
        return self._book.record(strand, lambda case, me: case.note_view(me, Viewed(what="record", reason=reason)))

    def choose_route(self, strand: StrandId, route: str, reason: str = "") -> Case:
        """Follow one of the routes of the profile that the case is handled under."""
        return RouteService(self._book).choose(strand, route, reason)

    def link_person(self, strand: StrandId, link: PersonLinked) -> Case | None:
        """Say who belongs to this case; a subject who could read it is shut out at once.

        Gives None where the person who named the subject may not read the case any more.
        """
        case = self._book.record(strand, lambda case, me: case.link_person(me, link))
        if link.role is not PersonRole.SUBJECT:
            return case
        if not case.is_stopped and worker_not_asked_about(case):
            self._halts.write(strand, case.halt(self._book.me(), Grade.POLICE_FIRST, reason=ABOUT_A_WORKER), case)
        self._keeping.keep_from_subject(strand, link.kind, PersonId(link.person))
        try:
            return self._book.load(strand)
        except NotReadableError:
            return None

    def secure_device(self, strand: StrandId, device: DeviceSecured) -> Case:
        """Who has the device, how it was, where it is locked away."""
        return self._book.record(strand, lambda case, me: case.secure_device(me, device))

    def hold_back(self, strand: StrandId, held: HoldBackSet) -> Case:
        """Who must not be told yet, and until when."""
        return self._book.record(strand, lambda case, me: case.set_hold_back(me, held))

    def log_call(self, strand: StrandId, call: CallLogged) -> Case:
        """A call and how it ended."""
        return self._book.record(strand, lambda case, me: case.log_call(me, call))

    def child_voice(self, strand: StrandId, voice: ChildVoiceRecorded) -> Case:
        """The child's exact words, or why not asked yet."""
        return self._book.record(strand, lambda case, me: case.record_child_voice(me, voice))

    def parents(self, strand: StrandId, informed: ParentsInformed) -> Case:
        """A decision with its reason."""
        return self._book.record(strand, lambda case, me: case.inform_parents(me, informed))

    def share(self, strand: StrandId, shared: InformationShared) -> Case:
        """What was shared or not, and why."""
        return self._book.record(strand, lambda case, me: case.share_information(me, shared))

    def support(self, strand: StrandId, support: SupportOffered) -> Case:
        """What support a child or colleague has."""
        return self._book.record(strand, lambda case, me: case.offer_support(me, support))

    def feedback(self, strand: StrandId, feedback: FeedbackGiven) -> Case:
        """Who was told how it ended."""
        return self._book.record(strand, lambda case, me: case.give_feedback(me, feedback))

    def lesson(self, strand: StrandId, lesson: LessonRecorded) -> Case:
        """What the school learned."""
        return self._book.record(strand, lambda case, me: case.record_lesson(me, lesson))

    def main_system(self, strand: StrandId, made: ExternalLogMade) -> Case:
        """The short note for one child stands in the main system under this reference."""
        return self._book.record(strand, lambda case, me: case.note_main_system(me, made))

    def note(self, strand: StrandId, data: EntryData) -> Case:
        """One of the wider records: a search, risk, a threshold, a takedown, a lesson passed on.

        A search that may have brought up a sexual picture of somebody under 18 stops
        the case first; the record of it follows.
        """
        if isinstance(data, SearchRecorded) and data.suspected_picture.strip().casefold() not in {"no", ""}:
            self._halts.stop(strand, Grade.STOP_IMAGES, where="search", reason="A search may have found a picture.")
        return self._book.record(strand, lambda case, me: case.note(me, data))

    def route_advised(self, strand: StrandId) -> RouteAdvised | None:
        """The route that fits what is known of the case, and why."""
        case = self._book.load(strand)
        return route_advised(case, self._book.school().profile_of(case) or self._book.school().procedure)

    def follow_up(self, strand: StrandId, done: FollowUpDone) -> Case:
        """A promised action was done."""
        return self._book.record(strand, lambda case, me: case.follow_up(me, done))

    def skip(self, strand: StrandId, route: str, step_id: str, reason: str) -> Case:
        """Leave a step out, with the reason that prints on the form."""
        return self._book.record(strand, lambda case, me: case.skip_step(me, self._step(case, route, step_id), reason))

    def _step(self, case: Case, route_id: str, step_id: str) -> Step:
        """A step of the route that the case follows, as its own version of the profile has it."""
        school = self._book.school()
        route = route_of(case, school.profile_of(case) or school.procedure)
        if route is None or route.id != route_id:
            raise InputError("This case follows another route by now. Open it again; nothing was recorded.")
        step = next((step for step in route.steps if step.id == step_id), None)
        if step is None:
            raise InputError("This route has no such step.")
        return step

    def correct(self, strand: StrandId, corrects: int, changes: dict[str, str], reason: str) -> Case:
        """A correction beside what it corrects."""
        return self._book.record(strand, lambda case, me: case.correct(me, corrects, changes, reason))

    def close(
        self,
        strand: StrandId,
        *,
        outcome: str,
        retention: str,
        reason: str = "",
    ) -> Case:
        """Close a case whose steps are done or skipped; its class says how long it is kept.

        Never before the envelopes were handed out.
        """
        if self._book.school().setting("envelopes_handed_out") != "yes":
            raise ProcedureError("Hand out the three envelopes first; until then one loss could lose this record.")
        return self._book.record(
            strand,
            lambda case, me: case.close_case(
                me,
                outcome=outcome,
                retention=retention,
                unfinished=self._unfinished(case),
                keep_until=self._keep_until(case, retention),
                reason=reason,
            ),
        )

    def _unfinished(self, case: Case) -> tuple[str, ...]:
        route = route_of(case, self._book.school().profile_of(case))
        return unfinished(case, route) if route else ()

    def _keep_until(self, case: Case, retention: str) -> str:
        """The date after which nothing asks to keep it; empty while it is held or the date cannot be told."""
        school = self._book.school()
        profile = school.profile_of(case) or school.procedure
        kept = next((one for one in profile.retention if one.id == retention), None)
        if kept is None:
            raise InputError("The profile has no such class of keeping. Choose one of the list.")
        born = [told.data.date_of_birth for told in case.told(PersonLinked) if told.data.kind is SubjectKind.PUPIL]
        dates = Dates(
            closed=self._book.now().local.date(), born=tuple(date.fromisoformat(day) for day in born if _is_day(day))
        )
        until = governs((kept,), dates).until
        return until.isoformat() if until else ""

    def reopen(self, strand: StrandId, reason: str) -> Case:
        """Take a closed case up again."""
        return self._book.record(strand, lambda case, me: case.reopen(me, reason))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True

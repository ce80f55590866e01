"""A new concern: who it is about comes before any story, for that decides who may read it (flows sections 2, 5)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dsl_desk.domain.case import Case, open_case
from dsl_desk.domain.case_words import PersonRole
from dsl_desk.domain.errors import InputError, NotReadableError, ProcedureError
from dsl_desk.domain.follow_up_entries import CaseOpened, ConcernRecorded, PersonLinked
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.people import WORKERS, Actor, Lead, must_be_restricted, readers_of_restricted, who_leads
from dsl_desk.domain.triage import ABOUT_A_WORKER, Answers, worker_not_asked_about
from dsl_desk.domain.words import AccountId, CaseRef, Grade, PersonId, StrandId, SubjectKind
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.keeping import subjects_named
from dsl_desk.services.ports import Chance
from dsl_desk.services.school import School

PAPER_CARD = (
    "Do not record this here. It is about the only person who could read it kept apart. "
    "Write it on the printed card and ring the LADO."
)
WHO_OF_US = "Say which of the people who use this desk it is about; that decides who may read it."
_OF_THE_SCHOOL = frozenset({SubjectKind.DESK_USER})
_TRIES = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Whom a concern is about, answered before any story."""

    kind: SubjectKind
    person: PersonId | None = None
    """The person of the school register, where it is one of the staff."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """Who leads a case, and who may read it: told before a word is written."""

    lead: Lead
    readers: tuple[AccountId, ...] | None
    """None for an ordinary case; else the accounts that will be able to read it."""
    author_reads: bool
    """Whether who writes it now can still read it afterwards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewConcern:
    """Everything that is said in the first minutes: whom it is about, triage, the story, the people."""

    about: About
    concern: ConcernRecorded | None = None
    """None where the answers closed looking before any story: it is told afterwards (`tell`)."""
    people: tuple[PersonLinked, ...] = ()
    triage: Answers | None = None
    more: tuple[EntryData, ...] = ()
    """What the author also knows at once: a device secured, a hold-back, a call, the child's words."""
    taken_from: Callable[[CaseRef], tuple[StrandId, EntryData]] | None = None
    """Where it is taken up from a line of a register: what that line says of it, recorded in the same act."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A case that was begun; `case` is None where its author may not read it any more."""

    strand: StrandId
    reference: CaseRef
    care: Care
    case: Case | None


class ConcernService:
    """Begins cases; one signed-in person may always do it."""

    def __init__(self, book: CaseBook, chance: Chance) -> None:
        self._book, self._chance = book, chance

    def care(self, about: About) -> Care:
        """Who will lead and who will read; raises InputError or ProcedureError before any story is typed."""
        school = self._book.school()
        if about.kind in _OF_THE_SCHOOL and about.person is None:
            raise InputError(WHO_OF_US)
        lead = who_leads(about.kind, school.posts, subject=about.person)
        if lead.on_paper_card:
            raise ProcedureError(PAPER_CARD)
        return self._care(school, lead)

    def _care(self, school: School, lead: Lead) -> Care:
        if not must_be_restricted(lead.barred, school.posts):
            return Care(lead=lead, readers=None, author_reads=True)
        readers = school.accounts_of(readers_of_restricted(lead, school.posts))
        if not readers:
            raise ProcedureError(PAPER_CARD)
        return Care(lead=lead, readers=readers, author_reads=self._book.desk.me.account in readers)

    def begin(self, new: NewConcern) -> Begun:
        """Begin a case in one transaction, restricted from birth where it must be.

        An author who is not among its readers writes it and is shut out in that same transaction.

        Raises InputError, ProcedureError (also where it belongs on the paper card) or StoreError.
        """
        self._book.switch.ask_laptop()
        care = self.care(new.about)
        reference = self._free_reference()
        case = Case()
        at = self._book.now()
        entries: list[EntryData] = [self._opened(reference, new)]
        me = self._book.me()
        entries += [case.link_person(me, link) for link in (*new.people, *self._named_by_post(care, new))]
        if new.concern is not None:
            entries.append(case.record_concern(me, new.concern))
        if new.triage is not None:
            entries.append(case.answer_triage(me, new.triage, self._wording()))
        if new.about.kind not in WORKERS and worker_not_asked_about(case, new.people):
            entries.append(case.halt(me, Grade.POLICE_FIRST, reason=ABOUT_A_WORKER))
        strand = self._book.desk.begin_case(
            *entries, *new.more, at=at, readers=care.readers, subjects=_of(care),
            further=(new.taken_from(reference),) if new.taken_from else (),
        )  # fmt: skip
        kept = self._own(strand) if care.author_reads else None
        self._book.switch.settle(strand, kept.grade if kept else Grade.OPEN)
        return Begun(strand=strand, reference=reference, care=care, case=kept)

    def _named_by_post(self, care: Care, new: NewConcern) -> tuple[PersonLinked, ...]:
        """Whom the answer alone names ("the Headteacher"), where the people of the concern do not name them."""
        linked = {link.person for link in new.people if link.role is PersonRole.SUBJECT}
        links = subjects_named(Case(), new.about.kind, care.lead, self._book.school())
        return tuple(link for link in links if link.person not in linked)

    def new_person(self) -> PersonId:
        """An id for somebody the desk does not know yet; it says nothing of them."""
        return PersonId(self._chance.identifier())

    def tell(
        self, strand: StrandId, concern: ConcernRecorded, people: Sequence[PersonLinked] = (),
        more: Sequence[EntryData] = (),
    ) -> Case:  # fmt: skip
        """The story of a case that was stopped before it was told; raises InputError, ProcedureError or StoreError."""

        def entries(case: Case, me: Actor) -> list[EntryData]:
            links = [case.link_person(me, link) for link in people]
            told = [*links, case.record_concern(me, concern), *more]
            if not case.is_stopped and worker_not_asked_about(case, links):
                told.append(case.halt(me, Grade.POLICE_FIRST, reason=ABOUT_A_WORKER))
            return told

        return self._book.record(strand, entries)

    def _opened(self, reference: CaseRef, new: NewConcern) -> CaseOpened:
        school = self._book.school()
        site = new.concern.site if new.concern else ""
        return open_case(reference, profile=school.profile, school=school.name, site=site)

    def _wording(self) -> str:
        profile = self._book.school().profile
        return profile.triage.version if profile else "1"

    def _free_reference(self) -> CaseRef:
        """A reference that none of the cases this person can read has."""
        year = self._book.now().local.year
        for _ in range(_TRIES):
            reference = self._chance.reference(year)
            if self._book.desk.find(reference) is None:
                return reference
        raise ProcedureError("No free case reference was found. Try again; nothing was recorded.")

    def begin_by_halt(self, grade: Grade, *, where: str = "", last_item: str = "") -> Begun:
        """A halt with no case open begins one, so that the stop has a record (flows section 3)."""
        case, me = Case(), self._book.me()
        reference = self._free_reference()
        school = self._book.school()
        opened = open_case(reference, by_halt=True, profile=school.profile, school=school.name)
        halted = case.halt(me, grade, where=where, last_item=last_item)
        strand = self._book.desk.begin_case(opened, halted, at=self._book.now())
        self._book.switch.stop(strand, halted.grade)
        care = Care(lead=Lead(row="not known"), readers=None, author_reads=True)
        return Begun(strand=strand, reference=reference, care=care, case=self._own(strand))

    def _own(self, strand: StrandId) -> Case | None:
        """The case just begun, or None for an author whose post reads no case by itself: senior staff, the DPO.

        It is on record then all the same: whoever may record never hears "refused" of what was kept.
        """
        try:
            return self._book.load(strand)
        except NotReadableError:
            return None


def _of(care: Care) -> tuple[str, ...]:
    """Persons who are barred: no recovery pair that one of them holds a code of may open the case."""
    return tuple(str(person) for person in care.lead.barred)

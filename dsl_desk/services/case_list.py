"""The list of cases as a screen shows it: found by words, filtered, a page at a time (design section 11)."""

import enum
from dataclasses import dataclass

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_words import PersonRole
from dsl_desk.domain.destroying import reads_closed
from dsl_desk.domain.follow_up_entries import PersonLinked
from dsl_desk.domain.procedure import SETTLED, StepSeen, StepState, may_take, route_of, steps_of
from dsl_desk.domain.words import AccountId, CaseRef, Grade, StrandId, SubjectKind
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.listing import ListingService
from dsl_desk.services.posts import post_words
from dsl_desk.store.values import CLOSED, OPEN, STOPPED, CasePage, CaseQuery, CaseRow, CaseSort

_ABOUT = {
    SubjectKind.PUPIL: "Pupil",
    SubjectKind.STAFF: "Staff",
    SubjectKind.HEADTEACHER: "Headteacher",
    SubjectKind.DSL: "DSL",
    SubjectKind.CHAIR: "Chair",
    SubjectKind.DESK_USER: "Somebody who uses this desk",
    SubjectKind.OTHER_ADULT: "Another adult",
    SubjectKind.NOT_KNOWN: "Not known",
}


class ListState(enum.Enum):
    """Which cases a list shows."""

    CURRENT = "current"
    """Open and halted: everything that is not closed."""
    HALTED = "halted"
    CLOSED = "closed"
    ALL = "all"


class ListOrder(enum.Enum):
    """What comes first."""

    CHANGED = "changed"
    OPENED = "opened"
    REFERENCE = "reference"


class CaseState(enum.Enum):
    """How a case stands, in the few states that a list can show."""

    IN_PROGRESS = "in_progress"
    NEEDS_SECOND = "needs_second"
    HALTED = "halted"
    POLICE_FIRST = "police_first"
    SIGNED = "signed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """What somebody looks for."""

    words: str = ""
    state: ListState = ListState.CURRENT
    category: str = ""
    person: AccountId | None = None
    """Cases that this account opened or reviews."""
    order: ListOrder = ListOrder.CHANGED
    descending: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCase:
    """One line of the list."""

    strand: StrandId
    reference: CaseRef
    title: str
    about: str
    state: CaseState
    next_to_act: str
    next_step: str
    sign_off: str
    """Not required, Not requested, Requested or Signed off: the same four words everywhere."""
    restricted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPage:
    """A page of the list; restricted cases that this person reads come first."""

    rows: tuple[ListedCase, ...]
    offset: int
    total: int
    more: bool = False
    """Whether words were looked for and more fit than were counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterChoices:
    """What can be chosen in the filters of a list."""

    categories: tuple[tuple[str, str], ...]
    """Id and title."""
    people: tuple[tuple[AccountId, str], ...]
    me: AccountId


class CaseListService:
    """Lists for the person signed in; filtered and ordered by the database, told a page at a time."""

    def __init__(self, book: CaseBook, listing: ListingService) -> None:
        self._book, self._listing = book, listing

    def choices(self) -> FilterChoices:
        """What the filters offer."""
        school = self._book.school()
        profile = school.profile
        return FilterChoices(
            categories=tuple((one.id, one.title) for one in profile.categories) if profile else (),
            people=tuple((row.account, row.name) for row in school.accounts if row.in_force),
            me=self._book.desk.me.account,
        )

    def page(self, wanted: CaseFilter, offset: int, limit: int) -> ListedPage:
        """Rows from `offset` on; the total counts what this person may read."""
        query = _query(wanted, offset, limit)
        found = self._listing.cases(query)
        own = self._own_restricted(found, wanted)
        if offset or own:  # restricted cases stand first, so the ordinary ones begin behind them
            ordinary = max(0, offset - len(own))
            room = limit - len(own[offset : offset + limit])
            if room <= 0:
                found = CasePage(rows=(), total=found.total, more=found.more)
            elif (ordinary, room) != (offset, limit):
                found = self._listing.cases(_query(wanted, ordinary, room))
        rows = (*own[offset : offset + limit], *found.rows)
        return ListedPage(
            rows=tuple(map(self._listed, rows)), offset=offset, total=found.total + len(own), more=found.more
        )

    def _own_restricted(self, found: CasePage, wanted: CaseFilter) -> tuple[CaseRow, ...]:
        if wanted.person is None:
            return found.restricted
        return tuple(
            row
            for row in found.restricted
            if row.opened_by == wanted.person or self._book.load(row.strand).is_reviewer(wanted.person)
        )

    def _listed(self, row: CaseRow) -> ListedCase:
        case = self._book.load(row.strand)
        state, step = self._state(case)
        return ListedCase(
            strand=row.strand,
            reference=row.reference,
            title=row.title or self._opening(case),
            about=_about(case),
            state=state,
            next_to_act=self._who(case, step),
            next_step=step.step.title if step else "",
            sign_off=sign_off_words(case),
            restricted=row.restricted,
        )

    def _opening(self, case: Case) -> str:
        return "Opened by a halt" if case.opened and case.opened.by_halt else "No summary yet"

    def _state(self, case: Case) -> tuple[CaseState, StepSeen | None]:
        route = route_of(case, self._book.school().profile_of(case))
        open_steps = [seen for seen in steps_of(case, route) if seen.state not in SETTLED] if route else []
        ready = [seen for seen in open_steps if seen.state is not StepState.CANNOT_START]
        second = next((seen for seen in ready if seen.state is StepState.NEEDS_SECOND), None)
        step = second or next(iter(ready), None)
        if reads_closed(case):
            return CaseState.CLOSED, None
        if case.grade is Grade.STOP_IMAGES:
            return CaseState.HALTED, step
        if case.is_stopped:
            return CaseState.POLICE_FIRST, step
        if case.sign_off_state().is_valid:
            return CaseState.SIGNED, step
        return (CaseState.NEEDS_SECOND if second else CaseState.IN_PROGRESS), step

    def _who(self, case: Case, step: StepSeen | None) -> str:
        if step is None:
            return ""
        me, school = self._book.me(), self._book.school()
        reviewing = case.is_reviewer(me.account) or not case.reviewers
        if may_take(case, step.step, me) and (step.step.people < 2 or reviewing):
            return "You"
        return post_words(step.step.by[0].value, school.profile) if step.step.by else ""


def _query(wanted: CaseFilter, offset: int, limit: int) -> CaseQuery:
    states = {ListState.CURRENT: (OPEN, STOPPED), ListState.HALTED: (STOPPED,), ListState.CLOSED: (CLOSED,)}
    orders = {ListOrder.OPENED: CaseSort.OPENED, ListOrder.REFERENCE: CaseSort.REFERENCE}
    return CaseQuery(
        states=states.get(wanted.state, ()),
        categories=(wanted.category,) if wanted.category else (),
        words=wanted.words,
        person=wanted.person,
        sort=orders.get(wanted.order, CaseSort.CHANGED),
        descending=wanted.descending,
        offset=offset,
        limit=limit,
    )


def _about(case: Case) -> str:
    """Whom it is about, without a name: the kind, and the year group where a pupil's is known."""
    links = [told.data for told in case.told(PersonLinked) if told.data.role is PersonRole.SUBJECT]
    years = sorted({link.year_group for link in links if link.year_group})
    kinds = [kind for kind in _ABOUT if kind in case.subject_kinds]
    words = [_ABOUT[kind] for kind in kinds] or ["Not known"]
    if kinds[:1] == [SubjectKind.PUPIL]:
        pupils = {link.person for link in links if link.kind is SubjectKind.PUPIL}
        words[0] = "Pupils" if len(pupils) > 1 else "Pupil"
        words += [year.replace("Year ", "Y") for year in years]
    return ", ".join(words)


def sign_off_words(case: Case) -> str:
    """The state of sign-off in the four words that list, filter and paper share."""
    state = case.sign_off_state()
    if state.is_valid:
        return "Signed off"
    if case.is_stopped and not case.sessions:
        return "Not required"
    if state.signatures and not state.void_since:
        return "Requested"
    return "Not requested"

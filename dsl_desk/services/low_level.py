"""Every register of the school, and for the Headteacher the one that is kept apart: low-level concerns about staff.

That one is a strand of its own, restricted from its first entry to the Headteacher's
account and the recovery pairs; to everybody else it has no line, no count and no trace.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

import msgspec

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_entries import RouteChosen
from dsl_desk.domain.case_words import PersonRole
from dsl_desk.domain.desk_entries import ItemChanged, ItemClosed, ItemRecorded
from dsl_desk.domain.errors import InputError, ProcedureError
from dsl_desk.domain.follow_up_entries import ConcernRecorded, PersonLinked
from dsl_desk.domain.low_level import LADO_FIRST, REGISTER, may_open, not_about, of_the_same, pattern_words, take_up
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.register_checks import read_kind
from dsl_desk.domain.register_items import Item, fold_items
from dsl_desk.domain.register_kinds import RegisterKind
from dsl_desk.domain.registers import same_person
from dsl_desk.domain.text import clean_text
from dsl_desk.domain.words import AccountId, Answer, CaseRef, Grade, PersonId, Role, StrandId, SubjectKind
from dsl_desk.paths import resources
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.concern import About, ConcernService, NewConcern
from dsl_desk.services.printing import PrintingService
from dsl_desk.services.register_desk import RegisterDesk
from dsl_desk.services.register_values import ItemAct, ItemSeen
from dsl_desk.services.registers import NOT_KNOWN, RegisterService
from dsl_desk.services.school import School

STAFF_ROUTE: Final = "staff-misuse"
CATEGORY: Final = "other"
ALLEGATION: Final = "allegation"
NOBODY_KNOWN: Final = "nobody known"
_TAKE_UP: Final = ItemAct(
    key=ALLEGATION,
    act="Not low-level any &more…",
    title="Take it up as an allegation",
    guide=LADO_FIRST,
    ask="&Why it is no longer plainly low-level",
    missing="Write why it is no longer plainly low-level",
    go_on="&Begin the case",
)


class SchoolRegisters(RegisterService):
    """The registers of the person signed in; low-level concerns are among them for the Headteacher alone."""

    def __init__(
        self, book: CaseBook, desk: RegisterDesk, printing: PrintingService, identifier: Callable[[], str],
        concerns: ConcernService,
    ) -> None:  # fmt: skip
        super().__init__(book, desk, printing, identifier)
        self._concerns = concerns

    def kinds(self) -> tuple[RegisterKind, ...]:
        """Those of everybody, and the one kept apart where this is the Headteacher."""
        me, school = self._book.me(), self._book.school()
        if not may_open(me, school.posts):
            return super().kinds()
        role = me.role or Role.HEADTEACHER  # a Headteacher who is the DSL too signs in as the DSL
        return (*super().kinds(), msgspec.structs.replace(low_level_kind(), who=(Role.HEADTEACHER, role)))

    def _draft_strand(self, name: str) -> StrandId | None:
        kept_apart = self._desk.register_strands(name) if self.kind(name).id == REGISTER else ()
        return kept_apart[0] if kept_apart else None

    # -- reading

    def item(self, name: str, item: str) -> ItemSeen:
        """One item; of a low-level concern with what else stands here about the same name."""
        seen = super().item(name, item)
        if name != REGISTER:
            return seen
        others = of_the_same(self._items(seen.kind).values(), seen.item)
        told = tuple(filter(None, (pattern_words(len(others)),)))
        which = of_that_name(self._book.school(), seen.item.said("about"))
        asks = tuple((key, one.words) for key, one in which.items()) if len(which) > 1 else ()
        acts = () if seen.item.closed else (replace(_TAKE_UP, which=asks),)
        return replace(seen, notices=told, acts=acts)

    # -- writing

    def hand_on(self, name: str) -> None:
        """A new Headteacher receives the register kept apart when the one before opens it; raises StoreError."""
        kind = self.kind(name)
        if name == REGISTER and self._items(kind) and not self._book.switch.is_laptop_stopped:
            self._keep_readers(kind, self._book.now())

    def _write(self, kind: RegisterKind, *entries: ItemRecorded | ItemChanged | ItemClosed) -> None:
        """A concern about whoever opens it is refused, new or corrected: it goes to the Chair and the LADO."""
        if kind.id == REGISTER:
            for entry in entries:
                if not isinstance(entry, ItemClosed):
                    not_about(self._who_open_it(), entry.fields.get("about", ""))
        super()._write(kind, *entries)

    def _who_open_it(self) -> tuple[str, ...]:
        """Names of the Headteacher and of everybody whose account opens it."""
        school = self._book.school()
        head = school.people.get(school.posts.headteacher) if school.posts.headteacher else None
        others = (school.names.get(account, "") for account in self._headteachers())
        return (self._book.me().name, head.name if head else "", *others)

    def _strand(self, kind: RegisterKind, at: Moment, item: str) -> StrandId:
        if kind.id != REGISTER:
            return super()._strand(kind, at, item)
        begun = self._desk.begin_register(kind.id, at, self._headteachers())
        self._keep_readers(kind, at)
        strands = self._desk.register_strands(kind.id)
        return next((strand for strand in strands if item in self._items_of(strand)), begun)

    def _headteachers(self) -> tuple[AccountId, ...]:
        """Accounts that open it: the Headteacher's, by post or by account."""
        school = self._book.school()
        return tuple(
            row.account for row in school.accounts if row.in_force and may_open(school.actor(row.account), school.posts)
        )

    def _items_of(self, strand: StrandId) -> dict[str, Item]:
        return fold_items(self._desk.records(strand))

    def _keep_readers(self, kind: RegisterKind, at: Moment) -> None:
        """A new Headteacher receives it from the one before, unless something in it is about them."""
        names, able = self._book.school().names, self._headteachers()
        for strand in self._desk.register_strands(kind.id):
            items = tuple(self._items_of(strand).values())
            wanted = [account for account in able if not _is_in(names.get(account, ""), items)]
            readers = self._book.desk.readers(strand)
            if wanted and set(wanted) != set(readers or ()):
                self._book.desk.restrict(strand, wanted, at)

    def act(self, name: str, item: str, key: str, reason: str, *, who: str = "") -> StrandId | None:
        """Take a concern up as an allegation: a case on the staff route, stopped police first, and the item closed.

        `who` says which person of the school it is about, where the name alone does not. All of it is one
        transaction. Raises ProcedureError, InputError or StoreError, and then nothing was recorded.
        """
        kind = self.kind(name)
        if name != REGISTER or key != ALLEGATION:
            raise ProcedureError(NOT_KNOWN)
        one = self._item(kind, item)
        why = take_up(one, reason)
        new = self._case_of(one, why, who)
        strand = next(strand for strand in self._desk.register_strands(REGISTER) if item in self._items_of(strand))

        def closed(reference: CaseRef) -> tuple[StrandId, ItemClosed]:
            return strand, ItemClosed(item=item, reason=clean_text(f"Taken up as an allegation in {reference}: {why}"))

        begun = self._concerns.begin(replace(new, taken_from=closed))
        return begun.strand if begun.care.author_reads else None

    def _case_of(self, item: Item, why: str, who: str) -> NewConcern:
        school, me = self._book.school(), self._book.me()
        subject = _chosen(of_that_name(school, item.said("about")), who)
        stopped = Case().halt(me, Grade.POLICE_FIRST, reason=why, where="Low-level concerns")
        concern = ConcernRecorded(
            occurred_at=item.said("happened"), reported_at=self._book.now().at_local, reporter="staff",
            reporter_name=item.said("shared_by"), reporter_withheld=item.said("sharer") == "withheld",
            reported_to=me.name, summary=item.said("details"), categories=(CATEGORY,), suspected=Answer.NOT_SURE,
            user_group="staff", opinion=why, place=item.said("context"), immediate_action=item.said("action"),
        )  # fmt: skip
        person = subject.person or PersonId(self._identifier())
        link = PersonLinked(
            person=person, role=PersonRole.SUBJECT, kind=SubjectKind.STAFF, name=item.said("about"),
            account=subject.account,
        )  # fmt: skip
        more = (stopped, *_staff_route(school, why))
        return NewConcern(
            about=About(kind=SubjectKind.STAFF, person=person), concern=concern, people=(link,), more=more
        )


@cache
def low_level_kind() -> RegisterKind:
    """The register that is kept apart, as its file says it; raises ProfileError for a faulty one."""
    place = resources() / "registers_apart" / f"{REGISTER}.toml"
    return read_kind(place.read_text(encoding="utf-8"), place.name)


def _is_in(name: str, items: Iterable[Item]) -> bool:
    """Whether a concern stands here about somebody of that name."""
    return any(same_person(item.said("about"), name) for item in items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Somebody of the school whom a name could mean; without a person it is somebody the desk does not know."""

    words: str
    person: PersonId | None = None
    account: str = ""
    """An account they hold: whoever has one is kept out of the case."""


def of_that_name(school: School, name: str) -> dict[str, Named]:
    """Whom of the school a name means; one alone is meant, of several it is asked which, or whether somebody else.

    The full name of one person says it. A name that could be of one, or is of two, does not.
    """
    found = {str(person.id): Named(words=_words(person.name, person.title), person=person.id)
             for person in school.people.values() if same_person(person.name, name)}  # fmt: skip
    for row in school.accounts:
        if row.in_force and same_person(row.name, name):
            person = row.person or PersonId(row.account)
            known = school.people.get(person)
            words = _words(row.name, known.title if known else "")
            found.setdefault(str(person), Named(words=words, person=person))
            if not found[str(person)].account:
                found[str(person)] = replace(found[str(person)], account=str(row.account))
    wanted = " ".join(name.split()).casefold()
    exact = {key: one for key, one in found.items() if one.words.partition(", ")[0].casefold() == wanted}
    if len(exact) == 1:
        return exact
    return found | {NOBODY_KNOWN: Named(words="Somebody else, who is not known to this desk")}


def _words(name: str, title: str) -> str:
    return f"{name}, {title}" if title else name


def _chosen(which: dict[str, Named], who: str) -> Named:
    """The one that is meant; raises InputError where it was not said which."""
    if len(which) == 1:
        return next(iter(which.values()))
    if who not in which:
        raise InputError("More than one person could have this name. Choose who it is about. Nothing was recorded.")
    return which[who]


def _staff_route(school: School, why: str) -> tuple[RouteChosen, ...]:
    """The route for somebody who works here, of the policy in force; none before one is chosen."""
    profile = school.profile
    if profile is None or all(route.id != STAFF_ROUTE for route in profile.routes):
        return ()
    return (RouteChosen(route=STAFF_ROUTE, profile=profile.id, profile_version=profile.version, reason=why),)

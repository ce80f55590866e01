"""Every register of the school, and for the Headteacher the one that is kept apart: low-level concerns about staff.

That one is a strand of its own, restricted from its first entry to the Headteacher's
account and the recovery pairs; to everybody else it has no line, no count and no trace.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import cache
from typing import Final

import msgspec

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_entries import RouteChosen
from dsl_desk.domain.case_words import PersonRole
from dsl_desk.domain.desk_entries import ItemChanged, ItemClosed, ItemRecorded
from dsl_desk.domain.errors import ProcedureError, StoreError
from dsl_desk.domain.follow_up_entries import ConcernRecorded, PersonLinked
from dsl_desk.domain.low_level import LADO_FIRST, REGISTER, may_open, not_about, of_the_same, pattern_words, take_up
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.register_checks import read_kind
from dsl_desk.domain.register_items import Item, fold_items
from dsl_desk.domain.register_kinds import RegisterKind
from dsl_desk.domain.registers import same_person
from dsl_desk.domain.text import clean_text
from dsl_desk.domain.words import AccountId, Answer, Grade, PersonId, Role, StrandId, SubjectKind
from dsl_desk.paths import resources
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.concern import About, ConcernService, NewConcern
from dsl_desk.services.printing import PrintingService
from dsl_desk.services.register_values import ItemAct, ItemSeen, RegisterSeen
from dsl_desk.services.registers import NOT_KNOWN, RegisterDesk, RegisterService
from dsl_desk.services.school import School

STAFF_ROUTE: Final = "staff-misuse"
CATEGORY: Final = "other"
ALLEGATION: Final = "allegation"
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

    # -- reading

    def list(self, name: str) -> RegisterSeen:
        """One register with its items; a new Headteacher receives the one kept apart when the one before opens it."""
        seen = super().list(name)
        if name == REGISTER and seen.lines and not self._book.switch.is_laptop_stopped:
            at = self._book.now()
            with suppress(StoreError):  # an older state that is only looked at hands nothing on
                self._keep_readers(seen.kind, at)
        return seen

    def item(self, name: str, item: str) -> ItemSeen:
        """One item; of a low-level concern with what else stands here about the same name."""
        seen = super().item(name, item)
        if name != REGISTER:
            return seen
        others = of_the_same(self._items(seen.kind).values(), seen.item)
        told = tuple(filter(None, (pattern_words(len(others)),)))
        acts = () if seen.item.closed else (_TAKE_UP,)
        return replace(seen, notices=told, acts=acts)

    # -- writing

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

    def act(self, name: str, item: str, key: str, reason: str) -> StrandId | None:
        """Take a concern up as an allegation: a case on the staff route, stopped police first, and the item closed.

        Raises ProcedureError or InputError, and then nothing was recorded. The case comes
        first: where the disk is full between the two, it stands and the item stays open.
        """
        kind = self.kind(name)
        if name != REGISTER or key != ALLEGATION:
            raise ProcedureError(NOT_KNOWN)
        one = self._item(kind, item)
        why = take_up(one, reason)
        begun = self._concerns.begin(self._case_of(one, why))
        told = clean_text(f"Taken up as an allegation in {begun.reference}: {why}")
        self._write(kind, ItemClosed(item=item, reason=told))
        return begun.strand if begun.care.author_reads else None

    def _case_of(self, item: Item, why: str) -> NewConcern:
        school, me = self._book.school(), self._book.me()
        person, account = _known(school, item.said("about"))
        stopped = Case().halt(me, Grade.POLICE_FIRST, reason=why, where="Low-level concerns")
        concern = ConcernRecorded(
            occurred_at=item.said("happened"), reported_at=self._book.now().at_local, reporter="staff",
            reporter_name=item.said("shared_by"), reporter_withheld=item.said("sharer") == "withheld",
            reported_to=me.name, summary=item.said("details"), categories=(CATEGORY,), suspected=Answer.NOT_SURE,
            user_group="staff", opinion=why, place=item.said("context"), immediate_action=item.said("action"),
        )  # fmt: skip
        who = person or PersonId(self._identifier())
        link = PersonLinked(
            person=who, role=PersonRole.SUBJECT, kind=SubjectKind.STAFF, name=item.said("about"), account=account
        )
        more = (stopped, *_staff_route(school, why))
        return NewConcern(about=About(kind=SubjectKind.STAFF, person=who), concern=concern, people=(link,), more=more)


@cache
def low_level_kind() -> RegisterKind:
    """The register that is kept apart, as its file says it; raises ProfileError for a faulty one."""
    place = resources() / "registers_apart" / f"{REGISTER}.toml"
    return read_kind(place.read_text(encoding="utf-8"), place.name)


def _is_in(name: str, items: Iterable[Item]) -> bool:
    """Whether a concern stands here about somebody of that name."""
    return any(same_person(item.said("about"), name) for item in items)


def _known(school: School, name: str) -> tuple[PersonId | None, str]:
    """Somebody of the school by their full name, with the account they hold; one with an account is kept out of it."""
    wanted = " ".join(name.split()).casefold()
    row = next((one for one in school.accounts if one.in_force and one.name.casefold() == wanted), None)
    if row is not None:
        return row.person or PersonId(row.account), str(row.account)
    return next((one.id for one in school.people.values() if one.name.casefold() == wanted), None), ""


def _staff_route(school: School, why: str) -> tuple[RouteChosen, ...]:
    """The route for somebody who works here, of the policy in force; none before one is chosen."""
    profile = school.profile
    if profile is None or all(route.id != STAFF_ROUTE for route in profile.routes):
        return ()
    return (RouteChosen(route=STAFF_ROUTE, profile=profile.id, profile_version=profile.version, reason=why),)

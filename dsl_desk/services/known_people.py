"""People the desk knows already, found by the first letters of a name; linking never copies a role."""

from collections.abc import Iterator
from dataclasses import dataclass

from dsl_desk.domain.errors import DslDeskError
from dsl_desk.domain.follow_up_entries import PersonLinked
from dsl_desk.domain.words import PersonId, Role, SubjectKind
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.listing import ListingService
from dsl_desk.store.values import CaseQuery, CaseSort

MOST = 8
_LATEST = 40
_SEARCHED_FROM = 3
_KIND = {
    Role.HEADTEACHER: SubjectKind.HEADTEACHER,
    Role.DSL: SubjectKind.DSL,
    Role.CHAIR: SubjectKind.CHAIR,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """Somebody to be linked: enough to be sure that it is the right one."""

    person: PersonId
    name: str
    kind: SubjectKind
    year_group: str = ""
    title: str = ""
    """Their post, where they work here."""
    date_of_birth: str = ""
    account: str = ""
    cases: int = 0
    """How many cases that you can read name them."""


class KnownPeople:
    """Finds people for the person signed in, who sees nobody of a case they may not read."""

    def __init__(self, book: CaseBook, listing: ListingService) -> None:
        self._book, self._listing = book, listing

    def find(self, typed: str) -> tuple[KnownPerson, ...]:
        """Everybody whose first or last names begin with what was typed; pupils of the cases first."""
        wanted = typed.casefold().split()
        if not wanted:
            return ()
        found: dict[PersonId, KnownPerson] = {}
        for link in self._links(typed):
            if _fits(wanted, link.name):
                known = found.get(PersonId(link.person))
                found[PersonId(link.person)] = _known(link, 1 + (known.cases if known else 0))
        for staff in self._staff():
            if _fits(wanted, staff.name):
                found.setdefault(staff.person, staff)
        return tuple(sorted(found.values(), key=lambda one: (one.name.casefold(), one.year_group)))[:MOST]

    def staff(self) -> tuple[KnownPerson, ...]:
        """Everybody with a post in the school."""
        return tuple(self._staff())

    def _links(self, typed: str) -> Iterator[PersonLinked]:
        words = typed if len(typed.strip()) >= _SEARCHED_FROM else ""  # fewer letters: the cases used last
        page = self._listing.cases(CaseQuery(words=words, sort=CaseSort.CHANGED, descending=True, limit=_LATEST))
        for row in (*page.restricted, *page.rows):
            try:
                case = self._book.load(row.strand)
            except DslDeskError:
                continue  # not readable any more since the list was made: nothing of it is shown
            yield from {told.data.person: told.data for told in case.told(PersonLinked)}.values()

    def _staff(self) -> Iterator[KnownPerson]:
        school = self._book.school()
        accounts = {row.person: row.account for row in school.accounts if row.in_force and row.person}
        for person in school.people.values():
            yield KnownPerson(
                person=person.id,
                name=person.name,
                kind=_KIND.get(person.role, SubjectKind.STAFF),
                title=person.title,
                account=accounts.get(person.id, ""),
            )


def _known(link: PersonLinked, cases: int) -> KnownPerson:
    return KnownPerson(
        person=PersonId(link.person),
        name=link.name,
        kind=link.kind,
        year_group=link.year_group,
        date_of_birth=link.date_of_birth,
        account=link.account,
        cases=cases,
    )


def _fits(wanted: list[str], name: str) -> bool:
    names = name.casefold().split()
    return all(any(part.startswith(word) for part in names) for word in wanted)

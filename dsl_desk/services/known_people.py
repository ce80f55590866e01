"""People the desk knows already, found by the first letters of a name; linking never copies a role."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dsl_desk.domain.errors import DslDeskError
from dsl_desk.domain.follow_up_entries import PersonLinked
from dsl_desk.domain.words import PersonId, Role, StrandId, SubjectKind
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.listing import ListingService
from dsl_desk.store.values import CaseQuery

MOST = 8
LOOKED_AT = 24
"""People that a name's first letters find in the index, of whom the first few are shown."""
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
        for link in self._links(wanted):
            if _fits(wanted, link.name):
                found[PersonId(link.person)] = _known(link, 0)
        for staff in self._staff():
            if _fits(wanted, staff.name):
                found.setdefault(staff.person, staff)
        first = sorted(found.values(), key=lambda one: (one.name.casefold(), one.year_group))[:MOST]
        return tuple(replace(one, cases=self._cases_of(one.person)) for one in first)

    def staff(self) -> tuple[KnownPerson, ...]:
        """Everybody with a post in the school."""
        return tuple(self._staff())

    def _links(self, wanted: list[str]) -> Iterator[PersonLinked]:
        """Links whose names may fit: ordinary cases by their index, restricted ones by their own record."""
        desk = self._book.desk
        longest = max(wanted, key=len)  # the most letters leave the fewest people
        for person, strand in desk.named(longest, LOOKED_AT):
            yield from self._linked(person, strand)
        for row in desk.cases(CaseQuery(limit=1)).restricted:
            yield from self._all_of(row.strand)

    def _linked(self, person: PersonId, strand: StrandId) -> Iterator[PersonLinked]:
        """How a case names somebody; another case does where this one is not this person's to read."""
        strands = [strand, *(link.strand for link in self._book.desk.links("person", person)[:LOOKED_AT])]
        for one in dict.fromkeys(strands):
            links = [link for link in self._all_of(one) if link.person == person]
            if links:
                yield links[-1]
                return

    def _all_of(self, strand: StrandId) -> tuple[PersonLinked, ...]:
        try:
            case = self._book.load(strand)
        except DslDeskError:
            return ()  # not theirs to read: nothing of it is shown
        return tuple({told.data.person: told.data for told in case.told(PersonLinked)}.values())

    def _cases_of(self, person: PersonId) -> int:
        """How many cases that this person can read name somebody; a long list is counted no further."""
        desk = self._book.desk
        strands = {link.strand for link in desk.links("person", person)[:LOOKED_AT]}
        strands |= {row.strand for row in desk.cases(CaseQuery(limit=1)).restricted}
        return sum(any(link.person == person for link in self._all_of(strand)) for strand in strands)

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

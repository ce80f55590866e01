"""What a new concern needs of the open desk, and what its pages are made from."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from dsl_desk.domain.errors import NotReadableError
from dsl_desk.domain.policy_values import Category, Profile
from dsl_desk.domain.routing import Known, known_of
from dsl_desk.domain.words import StrandId
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.case_work import CaseWorkService
from dsl_desk.services.concern import ConcernService
from dsl_desk.services.known_people import KnownPeople, KnownPerson
from dsl_desk.services.listing import ListingService
from dsl_desk.services.triage import Asked


class ConcernDesk(Protocol):
    """What of the open desk a new concern needs."""

    @property
    def book(self) -> CaseBook:
        """The case book of the person signed in."""
        ...

    @property
    def concern(self) -> ConcernService:
        """What begins cases."""
        ...

    @property
    def work(self) -> CaseWorkService:
        """Acts of one person."""
        ...

    @property
    def listing(self) -> ListingService:
        """Lists for the person signed in."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What the pages are made from: the profile's questions and kinds, and who works here."""

    questions: dict[str, Asked]
    above: str
    result: str
    categories: tuple[Category, ...]
    voice_hint: str
    staff: tuple[KnownPerson, ...]
    profile: Profile
    """The version that the case is, or will be, handled under."""
    known: Known = field(default_factory=Known)
    """What is on record of the case already, where one was begun by a stop."""


def material(desk: ConcernDesk, strand: StrandId | None = None) -> Material:
    """What the pages are made from, for a new concern or for a case that waits for its story; on the store's thread."""
    school = desk.book.school()
    profile, known = school.procedure, Known()
    if strand is not None:
        with suppress(NotReadableError):  # a draft whose case its author may not read any more
            case = desk.book.load(strand)
            profile, known = school.profile_of(case) or profile, known_of(case)
    return Material(
        questions={one.id: Asked(question=one.id, text=one.text, help=one.help) for one in profile.triage.questions},
        above=profile.triage.above,
        result=profile.triage.result,
        categories=profile.categories,
        voice_hint=profile.wording.child_voice_hint,
        staff=KnownPeople(desk.book, desk.listing).staff(),
        profile=profile,
        known=known,
    )

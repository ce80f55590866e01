"""What a new concern needs of the open desk, and what its pages are made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from dsl_desk.domain.policy_values import Category
from dsl_desk.services.case_book import CaseBook
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
    def listing(self) -> ListingService:
        """Lists for the person signed in."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What the pages are made from: the profile's questions and kinds, who works here, the time."""

    questions: dict[str, Asked]
    above: str
    result: str
    categories: tuple[Category, ...]
    voice_hint: str
    staff: tuple[KnownPerson, ...]
    now: datetime


def material(desk: ConcernDesk) -> Material:
    """What the pages are made from; runs on the store's thread."""
    profile = desk.book.school().procedure
    return Material(
        questions={one.id: Asked(question=one.id, text=one.text, help=one.help) for one in profile.triage.questions},
        above=profile.triage.above,
        result=profile.triage.result,
        categories=profile.categories,
        voice_hint=profile.wording.child_voice_hint,
        staff=KnownPeople(desk.book, desk.listing).staff(),
        now=desk.book.now().local,
    )

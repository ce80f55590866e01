"""Whom to ring who differs from school to school, as set-up and Settings ask for them (flows sections 2 and 10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dsl_desk.services.school import School

EVERY_SCHOOL: Final[Mapping[str, str]] = MappingProxyType(
    {
        "police-local": "Police force and safer schools officer",
        "mash-day": "Children’s social care (MASH), by day",
        "mash-night": "Children’s social care, out of hours",
        "lado": "LADO (designated officer)",
        "education-safeguarding": "Education safeguarding team of the local authority",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactAsked:
    """Somebody to ring whom the school may fill in."""

    id: str
    title: str
    number: str
    """What is kept; empty where nobody filled it in."""
    note: str = ""


def contacts_asked(school: School) -> tuple[ContactAsked, ...]:
    """Whom the profile asks for that is local; without a profile the few that every school needs."""
    if school.profile is None:
        return tuple(
            ContactAsked(id=name, title=title, number=school.contacts.get(name, ""))
            for name, title in EVERY_SCHOOL.items()
        )
    return tuple(
        ContactAsked(id=one.id, title=one.title, number=school.contacts.get(one.id, ""), note=one.note)
        for one in school.profile.contacts
        if not (one.fixed or one.number or one.web)
    )

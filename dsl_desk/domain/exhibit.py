"""Exhibits: their marks, and whether their content may be reached (design section 7, format section 6)."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from dsl_desk.domain.case_entries import ExhibitAdded, ExhibitRedacted
from dsl_desk.domain.errors import InputError
from dsl_desk.domain.words import BlobId, Mark, PersonId

TWINS: Final = ("", "2", "3", "4", "5", "6", "7", "8", "9")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """One piece of material under its mark, original or redacted copy."""

    mark: Mark
    at: int
    """strand_seq of its intake."""
    data: ExhibitAdded | ExhibitRedacted
    quarantined: bool = False
    destroyed_at: int = 0

    @property
    def blob(self) -> BlobId:
        """The sealed file that holds its bytes."""
        return BlobId(self.data.blob)

    @property
    def producer(self) -> PersonId:
        """Whom the mark belongs to."""
        return PersonId(self.data.produced_by_person)

    @property
    def is_held(self) -> bool:
        """Whether the desk still holds its bytes."""
        return self.destroyed_at == 0


def initials_of(name: str) -> str:
    """Two to four capital letters from a name; EX where a name has none that a label can carry."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss").replace("ø", "o").replace("Ø", "O")).upper()
    words = re.findall(r"[A-Z]+", "".join(c for c in plain if not unicodedata.combining(c)))
    letters = "".join(word[0] for word in words)
    if len(letters) > 4:
        letters = letters[:3] + letters[-1]
    if len(letters) < 2 and words:
        letters = (letters + words[-1][1:])[:2]
    return letters if len(letters) >= 2 else "EX"


def next_mark(name: str, person: PersonId, exhibits: Iterable[Exhibit]) -> Mark:
    """The producer's initials and next number; people with the same initials get 2 to 9 behind them.

    Numbers are never used again, also after an exhibit was destroyed. Raises
    InputError where ten people would share the same initials.
    """
    owners: dict[str, PersonId] = {}
    highest: dict[str, int] = {}
    for exhibit in exhibits:
        prefix, _, number = exhibit.mark.partition("/")
        owners.setdefault(prefix, exhibit.producer)
        highest[prefix] = max(highest.get(prefix, 0), int(number))
    own = [prefix for prefix, owner in owners.items() if owner == person]
    free = [initials_of(name) + twin for twin in TWINS if initials_of(name) + twin not in owners]
    if not own and not free:
        raise InputError("Nine people with these initials have produced exhibits here. Give other initials.")
    prefix = own[0] if own else free[0]
    return Mark(f"{prefix}/{highest.get(prefix, 0) + 1}")

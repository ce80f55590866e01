"""A case: the fold of its journal, and every act that may be done with it.

State is folded from entries; there is no second truth. Each method is named
after what people do, checks whether it is allowed, and returns the entry it
decides on; only `apply` makes the next state. Times, identifiers and the person
who asks come in as arguments.
"""

from dsl_desk.domain.case_caring import CaseCaring
from dsl_desk.domain.case_fold import folded
from dsl_desk.domain.case_reviewing import StopAnswer
from dsl_desk.domain.case_state import CaseState, Pack, Recorded, Signature, Told
from dsl_desk.domain.case_taking_in import Offered, TakenIn
from dsl_desk.domain.errors import InputError
from dsl_desk.domain.follow_up_entries import CaseOpened
from dsl_desk.domain.people import Readable
from dsl_desk.domain.policy_values import Profile
from dsl_desk.domain.text import checked
from dsl_desk.domain.words import CASE_REF, CaseRef, PersonId

__all__ = [
    "Case", "CaseState", "Offered", "Pack", "Recorded", "Signature", "StopAnswer", "TakenIn", "Told", "open_case",
]  # fmt: skip


def open_case(
    reference: CaseRef, *, profile: Profile | None = None, by_halt: bool = False, school: str = "", site: str = ""
) -> CaseOpened:
    """The first entry of a case: by a concern, or by a halt with no case open."""
    if CASE_REF.fullmatch(reference) is None:
        raise InputError("This is not a case reference.")
    return checked(
        CaseOpened(
            reference=reference,
            by_halt=by_halt,
            profile=profile.id if profile else "",
            profile_version=profile.version if profile else 0,
            school=school,
            site=site,
        )
    )


class Case(CaseCaring):
    """A case as its journal tells it."""

    __slots__ = ()

    def apply(self, record: Recorded) -> "Case":
        """The case after one more entry; never fails, and never opens anything on an entry's word alone."""
        return folded(self, record)

    def readable(self, *, author: PersonId | None = None, readers: frozenset[PersonId] | None = None) -> Readable:
        """What decides who may read this case (flows section 11)."""
        return Readable(
            kinds=self.subject_kinds,
            barred=self.subjects,
            author=author,
            assigned=frozenset(reviewer.person for reviewer in self.reviewers),
            signed=self.sign_off_state().is_valid,
            readers=readers,
        )

"""What stands in a made-up school's cases: words of no language, in the fields that a real desk fills."""

from __future__ import annotations

from collections.abc import Callable

from dsl_desk.domain.case_entries import ExhibitAdded, SightingRecorded
from dsl_desk.domain.case_words import CallOutcome, ContinuityAction, Intake
from dsl_desk.domain.follow_up_entries import (
    CallLogged,
    CaseOpened,
    ConcernRecorded,
    ContinuityRecorded,
    PackStarted,
)
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.words import CASE_REF_SYMBOLS, Answer, PackKind
from dsl_desk.store.values import BlobFacts
from tests.bench.material import Words

SCHOOL, PERSON = "Made-up School", "Made-up Person"


class Told:
    """Makes entries, each with words that no other has."""

    def __init__(self, seed: str = "school", first_case: int = 0) -> None:
        self._words, self._cases = Words(seed), first_case

    def opening(self, at: Moment) -> tuple[EntryData, ...]:
        """The first two entries of a case."""
        number, self._cases, symbols = self._cases, self._cases + 1, ""
        for _ in range(4):
            number, place = divmod(number, len(CASE_REF_SYMBOLS))
            symbols = CASE_REF_SYMBOLS[place] + symbols
        opened = CaseOpened(reference=f"MI-{at.utc.year}-{symbols}", school=SCHOOL, profile="made-up")
        concern = ConcernRecorded(
            occurred_at="unknown", reported_at=at.at_local, reporter="staff", reported_to=PERSON,
            summary=self._words.text(80), categories=("conduct",), suspected=Answer.NO,
        )  # fmt: skip
        return opened, concern

    def entry(self, number: int, at: Moment) -> EntryData:
        """One of the three kinds that make up most of a case."""
        match number % 3:
            case 0:
                return SightingRecorded(
                    no=number, session=1, address=f"https://{self._words.text(1)}.invalid/{number}",
                    seen=self._words.text(40), concern=self._words.text(20), reason_to_stop=Answer.NO,
                    answered_by=(PERSON,),
                )  # fmt: skip
            case 1:
                return CallLogged(
                    to=PERSON, at=at.at_local, outcome=next(iter(CallOutcome)), words=self._words.text(60)
                )
            case _:
                return ContinuityRecorded(
                    no=number, mark="ABC/1", at=at.at_local, action=next(iter(ContinuityAction)), from_whom=PERSON,
                    to_whom="cabinet", by_whom=PERSON, previous="0" * 64, reason=self._words.text(30),
                )  # fmt: skip

    def exhibit(self, first: int, at: Moment) -> Callable[[BlobFacts], EntryData]:
        """The entry of each piece of content that is taken in, its marks running on from `first`."""

        def describe(facts: BlobFacts) -> EntryData:
            return ExhibitAdded(
                mark=f"ABC/{first + facts.index}", blob=facts.blob, sha256=facts.sha256, size=facts.size,
                intake=Intake.SUPPLIED, description=self._words.text(12), original_name=facts.name,
                media_type="image/jpeg", produced_by=PERSON, produced_by_person="", role="DSL",
                made_at_utc=at.at_utc, made_at_local=at.at_local, method="copied from a stick", source="stick",
                stop_questions_answered_no_by=(PERSON,), supplied_by=PERSON,
            )  # fmt: skip

        return describe

    def pack(self, number: int) -> EntryData:
        """The last entry of a pack."""
        return PackStarted(no=number, medium="stick", recipient="police", contents=PackKind.AS_IT_STANDS)

"""Each judges alone, then both conclude together; what they differ about is kept (flows section 9, steps 13 and 14)."""

from dsl_desk.domain.case import Case, Told
from dsl_desk.domain.case_entries import Judged
from dsl_desk.domain.case_words import Judgement
from dsl_desk.domain.words import StrandId
from dsl_desk.services.case_book import CaseBook


class JudgementService:
    """Judgements of the person signed in; the other's words come into sight once both have judged."""

    def __init__(self, book: CaseBook) -> None:
        self._book = book

    def judge(self, strand: StrandId, judgement: Judgement, reasons: str) -> Case:
        """Judge alone, with own reasons; raises ProcedureError for a reviewer whose time here is over."""
        self._book.admitted(self._book.load(strand), self._book.desk.me.account)
        return self._book.record(strand, lambda case, me: case.judge(me, judgement, reasons))

    def visible(self, strand: StrandId) -> tuple[Told[Judged], ...]:
        """Judgements that the person signed in may read now."""
        return self._book.load(strand).judgements_visible_to(self._book.desk.me.account)

    def conclude(
        self, strand: StrandId, conclusion: str, *, outcome: str = "", severity: str = "", disagreement: str = ""
    ) -> Case:
        """What the review comes to, once both have judged."""
        return self._book.record(
            strand,
            lambda case, me: case.conclude(
                me, conclusion, outcome=outcome, severity=severity, disagreement=disagreement
            ),
        )

    def decide_action(
        self, strand: StrandId, *, action: str, who: str, by_when: str, reason: str, others: str = ""
    ) -> Case:
        """What is done, by whom, by when; others to involve, or why not."""
        return self._book.record(
            strand,
            lambda case, me: case.decide_action(
                me, action=action, who=who, by_when=by_when, reason=reason, others=others
            ),
        )

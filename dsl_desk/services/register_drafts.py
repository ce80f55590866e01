"""What somebody began to write in a register and has not recorded: kept sealed, found again after a lock or a crash."""

from collections.abc import Callable

from dsl_desk.domain.words import StrandId
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.drafts import DraftService, Unfinished


class RegisterDrafts:
    """Pages of registers that the person signed in began; nobody else finds them.

    A register of everybody keeps them under a key of their author's own. One that is
    kept apart keeps them in its strand, so that nothing outside says who writes there;
    before it is begun there is no strand yet, and the author's own key serves it too.
    """

    def __init__(self, book: CaseBook, strand: Callable[[str], StrandId | None]) -> None:
        self._drafts, self._strand = DraftService(book), strand

    def find(self, register: str, page: str) -> Unfinished | None:
        """What was begun on a page of a register; None where nothing was."""
        strand = self._strand(register)
        return self._drafts.find(_named(page), strand) or (self._drafts.find(_named(page)) if strand else None)

    def save(self, register: str, page: str, words: dict[str, object]) -> Unfinished:
        """Keep what was typed so far, in the place of what was kept before; without words nothing stays."""
        strand, kept = self._strand(register), self.find(register, page)
        there = kept.draft if kept is not None and kept.strand == strand else None
        begun = Unfinished(page=_named(page), strand=strand, words=words, draft=there)
        if not words:
            self.forget(register, page)
            return begun
        saved = self._drafts.save(begun)
        if kept is not None and there is None:
            self._drafts.drop(kept)  # under another key: only once it stands under this one
        return saved

    def forget(self, register: str, page: str) -> None:
        """What was begun there is on record now, or given up."""
        for strand in {self._strand(register), None}:
            self._drafts.drop_page(_named(page), strand)


def _named(page: str) -> str:
    return f"register:{page}"

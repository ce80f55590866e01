"""What is begun and not yet done, kept sealed for its author and found again after a lock or a crash.

Words that are typed, every few seconds; and a certificate that waits to be signed (`certificates`).
"""

import json
from dataclasses import dataclass, field

from dsl_desk.domain.errors import InputError
from dsl_desk.domain.words import StrandId
from dsl_desk.services.case_book import CaseBook

CONCERN = "concern"
"""The draft of a new concern, before it has a case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished:
    """What somebody was writing, on which page and when."""

    page: str
    """Which page it belongs to: `concern`, a page of a case or of a register, or `certificate`."""
    strand: StrandId | None = None
    words: dict[str, object] = field(default_factory=dict, repr=False)
    draft: str | None = None
    """Its id once it is kept."""
    time: str = ""
    """When it was last kept, as on a clock: 14:02."""


class DraftService:
    """Drafts of the person signed in; nobody else sees them."""

    def __init__(self, book: CaseBook) -> None:
        self._book = book

    def save(self, begun: Unfinished) -> Unfinished:
        """Keep what was typed so far; gives it back with its id and its time."""
        time = f"{self._book.now().local:%H:%M}"
        told = {"page": begun.page, "time": time, "words": begun.words}
        content = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")
        draft = self._book.desk.save_draft(begun.draft, begun.strand, content)
        return Unfinished(page=begun.page, strand=begun.strand, words=begun.words, draft=draft, time=time)

    def find(self, page: str, strand: StrandId | None = None) -> Unfinished | None:
        """The latest draft of that page; None where nothing was begun, or it cannot be read any more."""
        return next(iter(reversed(self.all(page, strand))), None)

    def all(self, page: str, strand: StrandId | None = None) -> tuple[Unfinished, ...]:
        """Every draft of that page that can still be read, the oldest first."""
        read = (_read(kept.draft, kept.strand, kept.content) for kept in self._book.desk.drafts())
        return tuple(one for one in read if one is not None and one.page == page and one.strand == strand)

    def drop(self, begun: Unfinished) -> None:
        """Forget a draft that was recorded or given up; one that is gone already is no fault."""
        if begun.draft is None:
            return
        if begun.draft in {kept.draft for kept in self._book.desk.drafts()}:
            self._book.desk.drop_draft(begun.draft)

    def drop_page(self, page: str, strand: StrandId | None) -> None:
        """Forget every draft of a page whose words are on record now, also one kept a moment ago."""
        while (found := self.find(page, strand)) is not None:
            self.drop(found)


def _read(draft: str, strand: StrandId | None, content: bytes) -> Unfinished | None:
    try:
        told = json.loads(content)
        words = told["words"]
        if not isinstance(words, dict):
            raise InputError
        return Unfinished(page=str(told["page"]), strand=strand, words=words, draft=draft, time=str(told["time"]))
    except (ValueError, KeyError, TypeError, InputError):
        return None  # of an older program: its words stay kept, this one cannot place them

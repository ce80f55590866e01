"""What a case names that others name too ("seen in 2 other cases"), for who may read those others.

A case that this person may not read leaves no trace here: no line, no count. A
restricted case stands in no index; its own readers find it by its own record.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dsl_desk.domain.case import Case
from dsl_desk.domain.destroying import reads_closed
from dsl_desk.domain.errors import DslDeskError
from dsl_desk.domain.links import LinkKind, Named, things_named
from dsl_desk.domain.words import StrandId
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.case_things import begun_on
from dsl_desk.store.values import CaseQuery

MOST_CASES = 12
"""Other cases shown, the latest; whoever wants all of them searches."""
_LOOKED_AT = 60
"""Cases looked at for one thing, the latest, before what its reader may not read is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherCase:
    """Another case that names the same, enough to know whether to open it."""

    strand: StrandId
    reference: str
    kind: LinkKind
    """What kind of thing they share first: a person before a device, a device before an address."""
    shares: tuple[str, ...]
    """What both name, as the case that is open calls it."""
    state: str
    """How it stands, and when it was opened."""


class LinkingService:
    """Finds the same person, device, address or online name in other cases of the person signed in."""

    def __init__(self, book: CaseBook) -> None:
        self._book = book

    def seen_elsewhere(self, strand: StrandId) -> tuple[OtherCase, ...]:
        """Every other case that names the same, the latest first; raises NotReadableError for one not theirs."""
        things = [named for named in things_named(self._book.load(strand).entries) if not named.looked_on]
        if not things:
            return ()
        found: list[OtherCase] = []
        for other in self._candidates(things, strand):
            seen = self._seen(other, things)
            if seen is not None:
                found.append(seen)
            if len(found) == MOST_CASES:
                break
        return tuple(found)

    def _candidates(self, things: Sequence[Named], own: StrandId) -> Iterator[StrandId]:
        """Restricted cases of this reader, then ordinary ones that the index names, the latest first."""
        desk = self._book.desk
        indexed: dict[StrandId, int] = {}
        for named in things:
            for link in desk.links(named.kind.value, named.key)[-_LOOKED_AT:]:
                indexed[link.strand] = max(link.seq, indexed.get(link.strand, 0))
        latest = sorted(indexed, key=lambda strand: indexed[strand], reverse=True)
        restricted = (row.strand for row in desk.cases(CaseQuery(limit=1)).restricted)
        return (strand for strand in dict.fromkeys((*restricted, *latest)) if strand != own)

    def _seen(self, strand: StrandId, things: Sequence[Named]) -> OtherCase | None:
        """What a case shares, or None where it shares nothing (any more) or is not this person's to read."""
        try:
            case = self._book.load(strand)
        except DslDeskError:
            return None
        known = {(named.kind, named.key) for named in things_named(case.entries)}
        shared = sorted((one for one in things if (one.kind, one.key) in known), key=_order)
        if not shared:
            return None
        words = tuple(dict.fromkeys(one.words for one in shared))
        return OtherCase(strand=strand, reference=case.ref, kind=shared[0].kind, shares=words, state=_state(case))


def _order(named: Named) -> int:
    return list(LinkKind).index(named.kind)


def _state(case: Case) -> str:
    state = "closed" if reads_closed(case) else "halted" if case.is_stopped else "open"
    return f"{state}, begun {begun_on(case)}"

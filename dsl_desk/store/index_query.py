"""Which cases of the index fit what is asked for: the parts of a statement, with what is bound to them."""

from dsl_desk.domain.words import AccountId
from dsl_desk.store.index_values import REVIEWER_LINK
from dsl_desk.store.values import CaseQuery, CaseRow

Where = tuple[str, tuple[str | int, ...]]


# The plus before a column keeps the planner from jumping about in an index of that column: with pages that are
# decrypted one by one, reading `case_by_change` from end to end is a hundred times as fast.
def filters(query: CaseQuery) -> Where:
    """Everything that narrows a list down but the words; empty where all cases fit."""
    parts: list[str] = []
    values: list[str | int] = []
    for column, wanted in (
        ("state", query.states),
        ("grade", query.grades),
        ("category", query.categories),
        ("site", query.sites),
    ):
        if wanted:
            parts.append(f"+{column} IN (?{', ?' * (len(wanted) - 1)})")
            values.extend(wanted)
    if query.reference:
        parts.append("instr(reference, ?) > 0")
        values.append(query.reference)
    for more, bound in (_person_filter(query.person), _own_filter(query.own)):
        parts.extend(more)
        values.extend(bound)
    return " AND ".join(parts), tuple(values)


def _person_filter(person: str | None) -> tuple[list[str], list[str | int]]:
    if not person:
        return [], []
    reviews = "SELECT strand FROM link_index WHERE kind = ? AND value = ?"
    return [f"(opened_by = ? OR strand IN ({reviews}))"], [person, REVIEWER_LINK, person]


def _own_filter(own: tuple[AccountId, ...] | None) -> tuple[list[str], list[str | int]]:
    """Cases that one of these accounts opened or reviews; none at all where there is no such account."""
    if own is None:
        return [], []
    marks = ", ".join("?" * len(own))
    reviews = f"SELECT strand FROM link_index WHERE kind = ? AND value IN ({marks})"  # noqa: S608 - marks alone
    return [f"(+opened_by IN ({marks}) OR strand IN ({reviews}))"], [*own, REVIEWER_LINK, *own]


def fits(query: CaseQuery, row: CaseRow) -> bool:
    """The same of a case that stands in no table."""
    words = query.words.strip().casefold()
    return (
        (not words or words in row.reference.casefold() or words in row.title.casefold())
        and (not query.states or row.state in query.states)
        and (not query.grades or row.grade in query.grades)
        and (not query.categories or row.category in query.categories)
        and (not query.sites or row.site in query.sites)
        and query.reference in row.reference
    )

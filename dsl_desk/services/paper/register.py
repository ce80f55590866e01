"""A register, and one item of it, as papers show them."""

from dsl_desk.exports.papers.register import RegisterChange, RegisterItem, RegisterList, RegisterRow, RegisterSection
from dsl_desk.services.register_values import ItemSeen, RegisterSeen


def list_paper(seen: RegisterSeen) -> RegisterList:
    """The list as it stands."""
    return RegisterList(
        title=seen.kind.title,
        hint=seen.kind.hint,
        headings=tuple(field.column for field in seen.kind.columns),
        rows=tuple(RegisterRow(cells=line.cells, stands=line.standing.words) for line in seen.lines),
        empty=seen.kind.empty,
    )


def item_paper(seen: ItemSeen) -> RegisterItem:
    """One item with its history."""
    return RegisterItem(
        register=seen.kind.title,
        title=seen.title,
        stands=seen.standing.words,
        sections=tuple(RegisterSection(title=part.stage.title, facts=part.facts) for part in seen.sections),
        history=tuple(
            RegisterChange(when=told.when, by=told.by, what=told.what, before=told.before) for told in seen.history
        ),
    )

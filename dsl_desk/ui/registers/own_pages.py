"""Four registers with pages of their own: data breaches, checks and reviews, alerts, removable media.

Each is the common page of an item with what its work needs to see first, above it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dsl_desk.domain.register_items import Mood
from dsl_desk.services.register_values import ItemSeen, said_words
from dsl_desk.ui.registers.item_panel import ItemPanel
from dsl_desk.ui.tokens import Look, Role, Space, State
from dsl_desk.ui.widgets import Button, Facts, Notice, Panel, Status, Text

Line = tuple[str, State, str]
"""Label, state and words of one thing that has to be so."""


class OwnPage(ItemPanel):
    """The page of one item with a part of its register's own on top."""

    heading = ""

    def _notices(self, seen: ItemSeen) -> list[QWidget]:
        part = Panel(margins=Space.L)
        column = part.body
        column.setSpacing(Space.S)
        if self.heading:
            column.addWidget(Text(self.heading, Look.HEADING))
        for widget in self._own(seen):
            column.addWidget(widget)
        return [part, *self._usual(seen)]

    def _usual(self, seen: ItemSeen) -> list[QWidget]:
        return super()._notices(seen)

    def _own(self, seen: ItemSeen) -> Iterator[QWidget]:
        """What stands on top."""
        raise NotImplementedError


class BreachPage(OwnPage):
    """A data breach: the 72 hours large and plain, and what the ICO asks for, on record or not yet."""

    heading = "The 72 hours for the ICO"

    def _usual(self, seen: ItemSeen) -> list[QWidget]:
        return [Notice(words, icon="users-round") for words in seen.notices]  # the clock itself says what is due

    def _own(self, seen: ItemSeen) -> Iterator[QWidget]:
        late = seen.standing.mood is Mood.LATE
        said = seen.item.said
        if seen.item.closed is None and seen.due_words:
            yield Text(seen.due_words, Look.TITLE, Role.DANGER if late else Role.TEXT)
        elif said("ico"):
            yield Text("The ICO was told." if said("ico") == "told" else "The ICO is not told.", Look.TITLE)
        else:
            yield Text("Nothing is due now.", Look.TITLE)
        asked = (
            ("What happened", "what"), ("When the school first knew", "known_at"), ("Which data, and whose", "data"),
            ("What was done at once", "contained"), ("How likely harm is, and why", "risk_reason"),
            ("The DPO was told", "dpo_told_at"),
        )  # fmt: skip
        yield _lines([(label, *_there(said(name))) for label, name in asked])


class CheckPage(OwnPage):
    """A check or a review: who was there, what came out, and when the next one is due."""

    heading = "Who was there, and the next one"

    def _own(self, seen: ItemSeen) -> Iterator[QWidget]:
        said, roles = seen.item.said, list[Line]()
        for name, label in (
            ("checked_by", "Checked by"), ("witness", "With whom"), ("leader", "Senior leadership"),
            ("dsl_there", "DSL"), ("it_there", "IT provider"), ("governor_there", "Governor"),
        ):  # fmt: skip
            if any(field.id == name for field in seen.kind.fields):
                roles.append((label, State.DONE if said(name) else State.WAIT, said(name) or "Not said"))
        if said("result"):
            fault = said("result") == "fault" and not said("mended_on")
            roles.append(
                ("Result", State.WAIT if fault else State.DONE, "To be mended" if fault else "Works as it should")
            )
        due = _told(seen, "next_on")
        roles.append(("Next one", State.IN_PROGRESS if due else State.WAIT, due or "No day is set"))
        yield _lines(roles)


class AlertPage(OwnPage):
    """An alert of the monitoring: what came of it, and the case where it became one.

    Signals: `case_wanted(reference)`.
    """

    heading = "What came of it"
    case_wanted = Signal(str)

    def _own(self, seen: ItemSeen) -> Iterator[QWidget]:
        outcome, reference = _told(seen, "outcome"), seen.item.said("case").strip()
        yield Text(outcome or "Nobody has said yet what came of it.", Look.TITLE)
        if reference:
            self.open_case = Button(self.tr("Open the case {reference}").format(reference=reference), icon="folder")
            self.open_case.clicked.connect(lambda: self.case_wanted.emit(reference))
            row = QWidget()
            column = QVBoxLayout(row)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(self.open_case)
            yield row


class MediumPage(OwnPage):
    """A stick or disk: approved, encrypted, checked, wiped."""

    heading = "How it stands"

    def _own(self, seen: ItemSeen) -> Iterator[QWidget]:
        said = seen.item.said
        approved = {"approved": (State.DONE, f"By {said('approver')}"), "refused": (State.WAIT, "Refused")}
        yes = {"yes": (State.DONE, "Yes"), "no": (State.WAIT, "No")}
        unknown = (State.WAIT, "Not yet")
        yield _lines([
            ("Approved", *approved.get(said("approval"), unknown)),
            ("Encrypted", *yes.get(said("encrypted"), unknown)),
            ("Checked for malware", *yes.get(said("checked"), unknown)),
            ("Wiped", *((State.DONE, _told(seen, "wiped_on")) if said("wiped_on") else unknown)),
        ])  # fmt: skip


def _lines(lines: list[Line]) -> QWidget:
    return Facts([(label, Status(state, words)) for label, state, words in lines], key_width=260)


def _there(said: str) -> tuple[State, str]:
    return (State.DONE, "On record") if said else (State.WAIT, "Not yet")


def _told(seen: ItemSeen, name: str) -> str:
    """What stands under a field, as the page writes it below."""
    return said_words(seen.kind.fields, seen.item.fields).get(name, "")


OWN_PAGES: Final[Mapping[str, type[ItemPanel]]] = MappingProxyType({
    "data-breaches": BreachPage, "filtering-checks": CheckPage, "filtering-reviews": CheckPage,
    "monitoring-alerts": AlertPage, "removable-media": MediumPage,
})  # fmt: skip
"""Registers whose items have a page of their own."""


def item_page(seen: ItemSeen, parent: QWidget | None = None) -> ItemPanel:
    """The page of an item: its register's own, or the common one."""
    return OWN_PAGES.get(seen.kind.id, ItemPanel)(seen, parent)

"""At the door of a rehearsed desk: the invented people, and what each signs in with. No real desk ever shows this."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dsl_desk.ui.tokens import Look, Role, Space
from dsl_desk.ui.widgets import Notice, NoticeKind, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUp:
    """Somebody who does not exist."""

    name: str
    post: str
    sign_in_name: str
    passphrase: str


class MadeUpPeople(QWidget):
    """Who may be tried, one under another; the passphrase stands in the letters in which it is typed."""

    def __init__(self, people: Sequence[MadeUp], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.S, 0, 0)
        column.setSpacing(Space.XS)
        words = self.tr("Everybody here is made up. Sign in as any of them; nothing you do can do harm.")
        column.addWidget(Notice(words, kind=NoticeKind.PLAIN, icon="users-round", title=self.tr("Rehearsal")))
        for person in people:
            who = self.tr("{name}, {post}").format(name=person.name, post=person.post)
            column.addSpacing(Space.XS)
            column.addWidget(Text(who, Look.CAPTION, Role.TEXT2))
            shown = Text(f"{person.sign_in_name} · {person.passphrase}", mark=True)
            shown.setAccessibleName(
                self.tr("{who}: sign-in name {sign_in}, passphrase {passphrase}").format(
                    who=who, sign_in=person.sign_in_name, passphrase=person.passphrase
                )
            )
            column.addWidget(shown)

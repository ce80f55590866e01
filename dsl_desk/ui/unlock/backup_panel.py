"""Putting a backup back: which one, and what happens to the store that stands there."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dsl_desk.services.putting_back import BackupTold
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.widgets import Choice, Notice, Text


class BackupPanel(Page):
    """The backups on a stick; one is chosen and put back.

    Signals: `put_back_requested(backup)`.
    """

    help_topic = "put-backup-back"

    put_back_requested = Signal(object)

    def __init__(self, backups: Sequence[BackupTold], parent: QWidget | None = None) -> None:
        super().__init__(
            PageKind.ASSISTANT,
            self.tr("Put a backup back"),
            hint=self.tr("Use the newest, unless you were told otherwise."),
            back=self.tr("Back"),
            width=640,
            parent=parent,
        )
        self._backups = {str(number): backup for number, backup in enumerate(backups)}
        self.choice = Choice(
            self.tr("Backups on this stick, the newest state first"),
            [(key, one.when) for key, one in self._backups.items()],
        )
        self.add(self.choice)
        self.add(
            Notice(
                self.tr(
                    "Nothing is removed. If a desk stands on this laptop already, it is kept beside the one that is "
                    "put back. What was written after the backup is not in it."
                )
            )
        )
        self.add(
            Text(
                self.tr(
                    "Next you unlock the desk. On a laptop that knew a newer state, two people say with their "
                    "passphrases that this was meant. On a new laptop you need one recovery code as well."
                )
            )
        )
        self.set_primary(self.tr("&Put this backup back"))
        self.primary_requested.connect(self._on_primary)

    def set_busy(self, busy: bool) -> None:
        """Show that files are compared and copied."""
        super().set_busy(busy)
        self.choice.setEnabled(not busy)
        if self.primary is not None:
            self.primary.set_label(self.tr("Comparing and copying …") if busy else self.tr("&Put this backup back"))

    def show_refused(self, words: str) -> None:
        """Say why it was not put back; all is as it was."""
        self.show_problems([(self.choice, words)])

    def _on_primary(self) -> None:
        chosen = self._backups.get(self.choice.key or "")
        if self.show_problems([] if chosen else [(self.choice, self.tr("Choose the backup to put back"))]):
            self.put_back_requested.emit(chosen)

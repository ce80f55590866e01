"""Choosing a file or a folder with Qt's own chooser, which the halt key reaches, and which remembers nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QDir, QSettings, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

_WRITTEN_BY_QT = ("FileDialog/history", "FileDialog/lastVisited", "FileDialog/shortcuts")


def ask_file(
    parent: QWidget,
    title: str,
    *,
    on_picked: Callable[[Path], None],
    filters: Sequence[str] = (),
    saving: bool = False,
    folder: bool = False,
    start: Path | None = None,
    suggested: str = "",
) -> QFileDialog:
    """Ask for a file; `on_picked` is called with the choice and not at all where it was given up.

    No nested event loop runs, so the halt and the lock end it at once. What was visited before is forgotten.
    """
    chooser = QFileDialog(parent, title, str(start or QDir.homePath()))
    chooser.setOption(QFileDialog.Option.DontUseNativeDialog)
    chooser.setOption(QFileDialog.Option.DontUseCustomDirectoryIcons)
    chooser.setHistory([])
    chooser.setAccessibleName(title)
    chooser.setNameFilters(list(filters) or [chooser.tr("All files (*)")])
    if folder:
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
    elif saving:
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setOption(QFileDialog.Option.DontConfirmOverwrite, False)
        chooser.selectFile(suggested)
    else:
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
    chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def finish(accepted: int) -> None:
        picked = chooser.selectedFiles() if accepted else []
        chooser.setHistory([])
        chooser.setDirectory(QDir.homePath())
        if picked:
            on_picked(Path(picked[0]))

    chooser.finished.connect(finish)
    chooser.destroyed.connect(forget_places)  # after Qt has written down where it was
    chooser.open()
    return chooser


def forget_places() -> None:
    """Take out of this login's settings what Qt's chooser writes there by itself: folders that were visited."""
    kept = QSettings(QSettings.Scope.UserScope, "QtProject")
    for key in _WRITTEN_BY_QT:
        kept.remove(key)

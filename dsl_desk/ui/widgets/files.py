"""Choosing a file or a folder with Qt's own chooser, which the halt key reaches, and which remembers nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QDir, QSettings, QStandardPaths, QStorageInfo, Qt, QUrl
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from dsl_desk.ui.tokens import Size

_STICKS = ("/media/", "/run/media/", "/Volumes/")
"""How the places begin at which a stick is found."""
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
    _make_roomy(chooser, parent, folder=folder)

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


def _make_roomy(chooser: QFileDialog, parent: QWidget, *, folder: bool) -> None:
    """Large enough to read names in, and in the words of the rest of the window."""
    label = QFileDialog.DialogLabel
    chooser.setLabelText(label.LookIn, chooser.tr("In"))
    chooser.setLabelText(label.FileName, chooser.tr("Folder") if folder else chooser.tr("Name"))
    chooser.setLabelText(label.FileType, chooser.tr("Shown"))
    if folder:
        chooser.setLabelText(label.Accept, chooser.tr("Choose this folder"))
        chooser.setViewMode(QFileDialog.ViewMode.List)
    chooser.setSidebarUrls([QUrl("file:"), *(QUrl.fromLocalFile(place) for place in _places())])
    for button in chooser.findChildren(QPushButton):
        button.setMinimumHeight(Size.BUTTON)
    room = parent.window().size()
    chooser.resize(max(420, min(880, room.width() - 96)), max(320, min(540, room.height() - 96)))


def _places() -> list[str]:
    """Where somebody looks first: their own folders, and sticks that are plugged in."""
    own = [QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation), QDir.homePath()]
    if sys.platform == "win32":  # asking after each drive would wait for one that does not answer, and with it the stop
        return own
    sticks = [one for one in QStorageInfo.mountedVolumes() if one.rootPath().startswith(_STICKS)]
    return [*own, *(one.rootPath() for one in sticks if one.isReady())]


def forget_places() -> None:
    """Take out of this login's settings what Qt's chooser writes there by itself: folders that were visited."""
    kept = QSettings(QSettings.Scope.UserScope, "QtProject")
    for key in _WRITTEN_BY_QT:
        kept.remove(key)

"""Qt's own chooser leaves no trace of where somebody looked, in this process or in the login's settings."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from dsl_desk.ui.widgets import ask_file

SCOPE = QSettings.Scope.UserScope


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """The login's settings of Qt's own parts, in a folder of the test."""
    home = tmp_path / "settings"
    QSettings.setPath(QSettings.Format.NativeFormat, SCOPE, str(home))
    yield home
    QSettings.setPath(QSettings.Format.NativeFormat, SCOPE, str(Path.home() / ".config"))


def gone(chooser: QFileDialog) -> None:
    """Let Qt take the chooser down, and write what it writes then."""
    chooser.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


@pytest.mark.parametrize("accept", [True, False])
def test_where_somebody_looked_is_not_kept_anywhere(qtbot, theme, settings, tmp_path, accept):
    folder = tmp_path / "unmistakable-folder"
    folder.mkdir()
    (folder / "unmistakable-file.txt").write_text("words")
    parent = QWidget()
    qtbot.addWidget(parent)
    picked: list[Path] = []
    chooser = ask_file(parent, "Choose a made-up file", on_picked=picked.append, start=folder)
    chooser.selectFile(str(folder / "unmistakable-file.txt"))

    chooser.accept() if accept else chooser.reject()
    gone(chooser)

    assert bool(picked) is accept
    written = [file.read_text(errors="replace") for file in settings.rglob("*") if file.is_file()]
    assert not any("unmistakable" in text for text in written)
    kept = QSettings(SCOPE, "QtProject")
    assert not any("unmistakable" in str(kept.value(key)) for key in kept.allKeys())
    assert kept.value("FileDialog/history") is None
    again = ask_file(parent, "Choose another", on_picked=picked.append)
    assert not any("unmistakable" in visited for visited in again.history())
    assert "unmistakable" not in again.directory().path()
    again.reject()
    gone(again)

"""Light, dark and high contrast, following the system and switched while the window is open."""

import enum
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from dsl_desk.ui.style import DeskStyle
from dsl_desk.ui.tokens import (
    AQUATIC,
    DARK,
    DESERT,
    LIGHT,
    Colours,
    Look,
    Role,
    SystemColours,
    contrast_colours,
    ratio,
)

FAMILIES = ["Inter", "Segoe UI Variable Text", "Segoe UI", "Noto Sans", "DejaVu Sans"]
_WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")
_PALETTE = {
    QPalette.ColorRole.Window: Role.PAGE,
    QPalette.ColorRole.Button: Role.PAGE,
    QPalette.ColorRole.AlternateBase: Role.SURFACE,
    QPalette.ColorRole.Base: Role.FIELD,
    QPalette.ColorRole.Midlight: Role.HOVER,
    QPalette.ColorRole.WindowText: Role.TEXT,
    QPalette.ColorRole.Text: Role.TEXT,
    QPalette.ColorRole.ButtonText: Role.TEXT,
    QPalette.ColorRole.PlaceholderText: Role.TEXT2,
    QPalette.ColorRole.Mid: Role.LINE,
    QPalette.ColorRole.Dark: Role.EDGE,
    QPalette.ColorRole.Shadow: Role.EDGE,
    QPalette.ColorRole.Highlight: Role.ACCENT,
    QPalette.ColorRole.Accent: Role.ACCENT,
    QPalette.ColorRole.Link: Role.LINK,
    QPalette.ColorRole.LinkVisited: Role.LINK,
    QPalette.ColorRole.HighlightedText: Role.ON_ACCENT,
    QPalette.ColorRole.Light: Role.ACCENT_SOFT,
    QPalette.ColorRole.BrightText: Role.DANGER,
    QPalette.ColorRole.ToolTipBase: Role.SURFACE,
    QPalette.ColorRole.ToolTipText: Role.TEXT,
}


class Appearance(enum.Enum):
    """How the school wants the window to look; as the system does unless somebody chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Theme(QObject):
    """Dresses the application: one style, one palette, one family of type.

    Signals: `changed` after colours were switched.
    """

    changed = Signal()

    def __init__(self, app: QApplication, fonts: Path, appearance: Appearance = Appearance.SYSTEM) -> None:
        super().__init__(app)
        self._app, self._appearance = app, appearance
        self._system: SystemColours | None = None
        self._hints = app.styleHints()  # kept: accessibility() of a temporary dies with it
        self._accessibility = self._hints.accessibility()
        for weight in _WEIGHTS:
            QFontDatabase.addApplicationFont(str(fonts / f"Inter-{weight}.otf"))
        self.style = DeskStyle(LIGHT)
        app.setStyle(self.style)
        font = QFont(FAMILIES)
        font.setPointSizeF(Look.BODY.points)
        font.setFeature(QFont.Tag("tnum"), 1)
        app.setFont(font)
        self._dress()
        self._hints.colorSchemeChanged.connect(self._dress)
        self._accessibility.contrastPreferenceChanged.connect(self._dress)

    @property
    def appearance(self) -> Appearance:
        """What was chosen."""
        return self._appearance

    @property
    def colours(self) -> Colours:
        """The palette that is shown now."""
        return self.style.colours

    def set_appearance(self, appearance: Appearance, system: SystemColours | None = None) -> None:
        """Switch at once; `system` stands in for the system's high-contrast colours (tests and pictures)."""
        self._appearance, self._system = appearance, system
        self._dress()

    def _dress(self) -> None:
        colours = self._wanted()
        self.style.set_colours(colours)
        self._app.setPalette(palette_of(colours))
        for window in self._app.topLevelWidgets():
            window.update()
        self.changed.emit()

    def _wanted(self) -> Colours:
        dark = self._hints.colorScheme() is Qt.ColorScheme.Dark
        match self._appearance:
            case Appearance.LIGHT:
                return LIGHT
            case Appearance.DARK:
                return DARK
            case Appearance.CONTRAST:
                return contrast_colours(self._system or self._of_the_system(dark=dark))
            case Appearance.SYSTEM:
                if self._accessibility.contrastPreference() is Qt.ContrastPreference.HighContrast:
                    return contrast_colours(self._of_the_system(dark=dark))
                return DARK if dark else LIGHT

    def _of_the_system(self, *, dark: bool) -> SystemColours:
        """The system's own colours where they really contrast; else black and white of ours."""
        self._app.setPalette(QPalette())
        palette = self._app.palette()
        given = SystemColours(
            window=_name(palette, QPalette.ColorRole.Window),
            text=_name(palette, QPalette.ColorRole.WindowText),
            highlight=_name(palette, QPalette.ColorRole.Highlight),
            on_highlight=_name(palette, QPalette.ColorRole.HighlightedText),
            link=_name(palette, QPalette.ColorRole.Link),
        )
        enough = (
            ratio(given.window, given.text) >= 7
            and ratio(given.highlight, given.on_highlight) >= 4.5
            and ratio(given.window, given.highlight) >= 3
            and ratio(given.window, given.link) >= 4.5
        )
        if enough:
            return given
        return AQUATIC if dark else DESERT


def _name(palette: QPalette, role: QPalette.ColorRole) -> str:
    return palette.color(QPalette.ColorGroup.Active, role).name().upper()


def palette_of(colours: Colours) -> QPalette:
    """The palette that Qt's own parts read; disabled words stay readable."""
    palette = QPalette()
    for qt_role, role in _PALETTE.items():
        palette.setColor(qt_role, QColor(colours[role]))
    for qt_role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, qt_role, QColor(colours[Role.TEXT2]))
    return palette

"""The look of the desk as values: type, space, colour and the words of each state; nothing here imports Qt.

Lengths are device-independent pixels, type is in points. Every pair of colours that meets on a screen is listed
in `MEETINGS`, and a test computes each in the three palettes.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass


class Look(enum.Enum):
    """A style of type: points, weight, and line height as a share of the point size's own line."""

    CAPTION = (9.5, 400, 1.26)
    CAPTION_STRONG = (9.5, 600, 1.26)
    BODY = (10.5, 400, 1.34)
    MEDIUM = (10.5, 500, 1.34)
    STRONG = (10.5, 600, 1.34)
    READ = (12.0, 400, 1.34)
    READ_STRONG = (12.0, 600, 1.34)
    HEADING = (13.5, 600, 1.34)
    TITLE = (18.0, 600, 1.3)
    QUESTION = (20.0, 600, 1.14)
    QUESTION_SHORT = (14.5, 600, 1.14)
    STOP = (42.0, 700, 1.14)
    STOP_STEP = (18.0, 400, 1.34)

    @property
    def points(self) -> float:
        """Size in points."""
        return self.value[0]

    @property
    def weight(self) -> int:
        """Weight from 400 to 700."""
        return self.value[1]

    @property
    def leading(self) -> float:
        """Line height as a multiple of the font's own line spacing of wrapped text."""
        return self.value[2]


class Space:
    """The only distances there are."""

    XS, S, M, L, XL, XXL, XXXL = 4, 8, 12, 16, 24, 32, 48


class Size:
    """Heights, radii and widths of the parts of the window."""

    RADIUS, RADIUS_PANEL, RADIUS_TAG, RADIUS_FOCUS = 6, 8, 12, 9
    BUTTON, PRIMARY, FIELD, TILE, TILE_COMPACT = 36, 44, 36, 88, 44
    TAG, ROW, STEP, TABLE_ROW, CHECK, TARGET = 24, 60, 47, 44, 28, 24
    HEADER, HEADER_SHORT, BAR, BAR_SHORT = 52, 46, 60, 52
    NAV, NAV_NARROW, RAIL, HELP, SEARCH = 208, 64, 248, 312, 300
    HALT_WIDTH, HALT_HEIGHT = 176, 44
    NARROW, SHORT = 1000, 560
    LEAST_WIDTH, LEAST_HEIGHT = 640, 360
    MEASURE_QUESTION, MEASURE_FORM, MEASURE_GATE = 660, 640, 400
    FOCUS_LINE, FOCUS_GAP = 2, 2


class Role(enum.Enum):
    """What a colour is for; no screen names a colour itself."""

    PAGE = "page"
    SURFACE = "surface"
    FIELD = "field"
    HOVER = "hover"
    QUIET_SOFT = "quiet_soft"
    TEXT = "text"
    TEXT2 = "text2"
    LINE = "line"
    EDGE = "edge"
    ACCENT = "accent"
    INK = "ink"
    LINK = "link"
    ON_ACCENT = "on_accent"
    ACCENT_HOVER = "accent_hover"
    ACCENT_SOFT = "accent_soft"
    OK = "ok"
    OK_SOFT = "ok_soft"
    WARN = "warn"
    WARN_SOFT = "warn_soft"
    WAIT = "wait"
    WAIT_SOFT = "wait_soft"
    DANGER = "danger"
    DANGER_SOFT = "danger_soft"
    HALT = "halt"
    ON_HALT = "on_halt"
    HALT_EDGE = "halt_edge"
    HALT_HOVER = "halt_hover"
    STOP = "stop"
    ON_STOP = "on_stop"
    FOCUS = "focus"


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """One palette: a colour for every role, as #RRGGBB."""

    name: str
    values: Mapping[Role, str]
    dark: bool = False
    contrast: bool = False

    def __getitem__(self, role: Role) -> str:
        return self.values[role]


_LIGHT = """page #FFFFFF surface #F3F5F7 field #FFFFFF hover #E9EDF1 quiet_soft #ECEFF2 text #14191F text2 #47515C
line #D3D9DF edge #6B7783 accent #1B4F8F ink #1B4F8F link #1B4F8F on_accent #FFFFFF accent_hover #143E72
accent_soft #E5EDF6 ok #17663A ok_soft #E3F2E8 warn #865000 warn_soft #FBF0DA wait #5A3A99 wait_soft #EEE9F8
danger #A3121B danger_soft #FBE8E8 halt #A3121B on_halt #FFFFFF halt_edge #A3121B halt_hover #860D15
stop #7A0E16 on_stop #FFFFFF focus #14191F"""
_DARK = """page #16191D surface #1E2227 field #101316 hover #282D34 quiet_soft #2A3037 text #EDF0F3 text2 #B6BFC9
line #363D45 edge #7F8B97 accent #86B6F2 ink #86B6F2 link #86B6F2 on_accent #0A1A2E accent_hover #A5C9F6
accent_soft #1E3047 ok #7FCF9C ok_soft #17301F warn #F0BA66 warn_soft #372B13 wait #C4AEF7 wait_soft #2C2545
danger #FF9A95 danger_soft #431B1D halt #C4232C on_halt #FFFFFF halt_edge #FF9A95 halt_hover #A81A22
stop #7A0E16 on_stop #FFFFFF focus #EDF0F3"""


def _read(table: str) -> dict[Role, str]:
    parts = table.split()
    return {Role(role): colour for role, colour in zip(parts[::2], parts[1::2], strict=True)}


LIGHT = Colours(name="light", values=_read(_LIGHT))
DARK = Colours(name="dark", values=_read(_DARK), dark=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemColours:
    """What a system's own high-contrast theme gives."""

    window: str
    text: str
    highlight: str
    on_highlight: str
    link: str


AQUATIC = SystemColours(window="#202020", text="#FFFFFF", highlight="#8EE3F0", on_highlight="#263B50", link="#75E9FC")
DESERT = SystemColours(window="#FFFAEF", text="#3D3D3D", highlight="#903909", on_highlight="#FFF5E3", link="#1C5E75")
"""The two of Windows 11 that stand for the rest in tests, and what is used where a system names none."""


def contrast_colours(system: SystemColours) -> Colours:
    """High contrast: no colour of ours, only the five of the system; statuses differ by icon and word."""
    values = dict.fromkeys(Role, system.text)
    grounds = (
        Role.PAGE, Role.SURFACE, Role.FIELD, Role.HOVER, Role.QUIET_SOFT, Role.ACCENT_SOFT, Role.OK_SOFT,
        Role.WARN_SOFT, Role.WAIT_SOFT, Role.DANGER_SOFT, Role.ON_HALT, Role.ON_STOP,
    )  # fmt: skip
    values.update(dict.fromkeys(grounds, system.window))
    values |= {Role.ACCENT: system.highlight, Role.ACCENT_HOVER: system.highlight}
    values |= {Role.ON_ACCENT: system.on_highlight, Role.LINK: system.link, Role.FOCUS: system.link}
    return Colours(name="contrast", values=values, dark=luminance(system.window) < 0.5, contrast=True)


def luminance(colour: str) -> float:
    """Relative luminance of #RRGGBB (WCAG 2.2)."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """Contrast of two colours, from 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


_PLAIN_GROUNDS = (Role.PAGE, Role.SURFACE, Role.FIELD, Role.HOVER, Role.QUIET_SOFT)
MEETINGS: tuple[tuple[Role, Role, float], ...] = (
    *((front, ground, 4.5) for front in (Role.TEXT, Role.TEXT2) for ground in (*_PLAIN_GROUNDS, Role.ACCENT_SOFT)),
    *((Role.TEXT, soft, 4.5) for soft in (Role.OK_SOFT, Role.WARN_SOFT, Role.WAIT_SOFT, Role.DANGER_SOFT)),
    *((front, ground, 4.5) for front in (Role.INK, Role.LINK, Role.OK, Role.WARN, Role.WAIT, Role.DANGER)
      for ground in (Role.PAGE, Role.SURFACE, Role.HOVER, Role.QUIET_SOFT)),
    (Role.INK, Role.ACCENT_SOFT, 4.5), (Role.LINK, Role.ACCENT_SOFT, 4.5), (Role.LINK, Role.FIELD, 4.5),
    (Role.OK, Role.OK_SOFT, 4.5), (Role.WARN, Role.WARN_SOFT, 4.5),
    (Role.WAIT, Role.WAIT_SOFT, 4.5), (Role.DANGER, Role.DANGER_SOFT, 4.5), (Role.TEXT2, Role.QUIET_SOFT, 4.5),
    (Role.ON_ACCENT, Role.ACCENT, 4.5), (Role.ON_ACCENT, Role.ACCENT_HOVER, 4.5),
    (Role.ON_HALT, Role.HALT, 4.5), (Role.ON_HALT, Role.HALT_HOVER, 4.5), (Role.ON_STOP, Role.STOP, 4.5),
    *((Role.EDGE, ground, 3.0) for ground in (Role.PAGE, Role.SURFACE, Role.FIELD, Role.QUIET_SOFT)),
    (Role.FOCUS, Role.PAGE, 3.0), (Role.FOCUS, Role.SURFACE, 3.0), (Role.HALT_EDGE, Role.SURFACE, 3.0),
    (Role.ACCENT, Role.PAGE, 3.0), (Role.ACCENT, Role.SURFACE, 3.0), (Role.DANGER, Role.FIELD, 3.0),
)  # fmt: skip
"""Which colour meets which ground, and the least contrast there: 4.5 for words, 3 for edges and icons."""


class State(enum.Enum):
    """The states of a step or a case: icon, words, colour, soft ground; the words are these, verbatim."""

    CANNOT_START = ("circle-dashed", "Cannot start yet", Role.TEXT2, Role.QUIET_SOFT)
    NOT_STARTED = ("circle", "Not started", Role.TEXT, Role.QUIET_SOFT)
    IN_PROGRESS = ("circle-dot", "In progress", Role.INK, Role.ACCENT_SOFT)
    NEEDS_SECOND = ("users-round", "Needs second person", Role.WAIT, Role.WAIT_SOFT)
    DONE = ("circle-check", "Done", Role.OK, Role.OK_SOFT)
    SKIPPED = ("circle-slash", "Skipped with reason", Role.TEXT2, Role.QUIET_SOFT)
    DOES_NOT_APPLY = ("minus", "Does not apply", Role.TEXT2, Role.QUIET_SOFT)
    HALTED = ("octagon-x", "Halted", Role.DANGER, Role.DANGER_SOFT)
    WAIT = ("hand", "Wait", Role.WARN, Role.WARN_SOFT)

    @property
    def icon(self) -> str:
        """Its icon."""
        return self.value[0]

    @property
    def words(self) -> str:
        """Its words."""
        return self.value[1]

    @property
    def role(self) -> Role:
        """Its colour."""
        return self.value[2]

    @property
    def soft(self) -> Role:
        """Its ground as a tag."""
        return self.value[3]

    @property
    def weighs(self) -> bool:
        """Whether its words are set stronger, because somebody has to act or to stop."""
        return self in (State.NEEDS_SECOND, State.IN_PROGRESS, State.HALTED, State.WAIT)

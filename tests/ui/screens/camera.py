"""Takes the same screen in every dress and size, small enough to keep, and says what the walk finds in it."""

from __future__ import annotations

import itertools
import math
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.theme import Appearance, Theme
from dsl_desk.ui.tokens import AQUATIC, Colours, Role, SystemColours
from tests.ui.pictures import grab
from tests.ui.screens.shown import shown_in
from tests.ui.walk import walk


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """One way to see a screen."""

    name: str
    size: tuple[int, int] = (1366, 768)
    scale: float = 1.0
    dress: Appearance = Appearance.LIGHT
    system: SystemColours | None = None
    width: int = 460
    """How wide it is kept."""


MODES = (
    Mode(name="light", width=720),
    Mode(name="dark", dress=Appearance.DARK),
    Mode(name="contrast", dress=Appearance.CONTRAST, system=AQUATIC),
    Mode(name="200", size=(683, 384), scale=2.0, width=400),
)
MORE = (
    Mode(name="dark-200", size=(683, 384), scale=2.0, dress=Appearance.DARK),
    Mode(name="1280", size=(1280, 640)),
)
"""Looked at while making, not kept."""


_MOST = 16
_SEEN = 100
"""So many points of a colour are seen as that colour."""
LARGE = frozenset({"home-light", "concern-3-q3-light", "case-light", "halt-pictures-light"})
"""Those that the README shows: kept as large as they are taken."""
_Painted = tuple[int, tuple[int, ...]]
"""How many points of a picture have a colour."""
_INKS = (Role.INK, Role.DANGER, Role.WARN, Role.OK, Role.WAIT)
_SOFT = (Role.ACCENT_SOFT, Role.DANGER_SOFT, Role.WARN_SOFT, Role.OK_SOFT, Role.WAIT_SOFT)
_BETWEEN = (
    (Role.TEXT, Role.PAGE, 4), (Role.TEXT2, Role.PAGE, 3), (Role.TEXT, Role.SURFACE, 3), (Role.TEXT2, Role.SURFACE, 2),
    *((ink, Role.PAGE, 2) for ink in _INKS),
    (Role.EDGE, Role.PAGE, 1), (Role.ON_ACCENT, Role.ACCENT, 2), (Role.ON_HALT, Role.HALT, 2),
    (Role.ON_STOP, Role.STOP, 3),
)  # fmt: skip
"""Which colours meet at the edges of words, and how many shades between them are kept."""


@dataclass
class Camera:
    """Saves pictures named SCREEN-MODE.png into a folder."""

    app: QApplication
    theme: Theme
    folder: Path
    modes: tuple[Mode, ...] = MODES
    small: bool = False
    """Whether pictures are kept in the width of their mode; as large as they are taken otherwise."""
    taken: dict[str, frozenset[str]] = field(default_factory=dict)
    """Each screen, and which parts of the program were on it."""
    faults: dict[str, list[str]] = field(default_factory=dict)

    def shoot(self, window: MainWindow, name: str, over: Callable[[], QWidget] | None = None) -> None:
        """Take what the window shows in every mode; it is left as it was, light and at its usual size.

        `over` brings up what stands in a window of its own over it; it is closed again after each picture.
        """
        seen: frozenset[str] = frozenset()
        for mode in self.modes:
            self.theme.set_appearance(mode.dress, mode.system)
            window.resize(*mode.size)
            self.settle()
            window.keep_in_sight()
            self.settle()
            top = over() if over is not None else None
            self.settle()
            picture = grab(window, mode.scale)
            if top is not None:
                _put_over(picture, window, top, mode.scale, self.theme.colours[Role.EDGE])
            width = mode.width if self.small and f"{name}-{mode.name}" not in LARGE else 0
            _save(picture, self.folder / f"{name}-{mode.name}.png", width, self.theme.colours)
            found = walk(window)
            if found:
                self.faults[f"{name}-{mode.name}"] = found
            seen = seen or shown_in(window, *([top] if top is not None else []))
            if top is not None:
                top.close()
        self.theme.set_appearance(Appearance.LIGHT)
        window.resize(1366, 768)
        self.settle()
        if self.modes:
            self.taken[name] = seen

    def settle(self) -> None:
        """Let the layout come to rest."""
        for _ in range(8):
            self.app.processEvents()


def _put_over(picture: QPixmap, window: QWidget, top: QWidget, scale: float, edge: str) -> None:
    """Paint what stands in a window of its own: a menu below its button, anything else in the middle.

    The screen that the window thinks it has is smaller than the window, so no place that Qt chose is asked for.
    """
    host = top.parentWidget()
    if isinstance(top, QMenu) and host is not None:
        at = host.mapTo(window, QPoint(0, host.height() + 4))
    else:
        at = QPoint((window.width() - top.width()) // 2, (window.height() - top.height()) // 2)
    room = QPoint(window.width() - top.width() - 8, window.height() - top.height() - 8)
    at = QPoint(max(8, min(at.x(), room.x())), max(8, min(at.y(), room.y())))
    painter = QPainter(picture)
    painter.drawPixmap(at, grab(top, scale))
    painter.setPen(QPen(QColor(edge), 1))
    painter.drawRect(QRect(at, top.size()).adjusted(-1, -1, 0, 0))
    painter.end()


def _save(picture: QPixmap, path: Path, width: int, colours: Colours) -> None:
    """As a PNG in the colours of the palette that was worn, and the shades between them."""
    shot = picture.toImage().convertToFormat(QImage.Format.Format_RGB888)
    raw, size = bytes(shot.constBits()), (shot.width(), shot.height())
    image = Image.frombuffer("RGB", size, raw, "raw", "RGB", shot.bytesPerLine(), 1)
    if width:
        image = image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for shade in _shades(colours) for part in shade])
    painted = image.quantize(palette=palette, dither=Image.Dither.NONE)
    if width:
        path.write_bytes(packed(fewer(painted, _MOST, frozenset(_rgb(colours[soft]) for soft in _SOFT))))
    else:
        fewer(painted, 24).save(path, optimize=True)


def packed(image: Image.Image) -> bytes:
    """A PNG of at most 16 colours, two points in a byte and no filter: a seventh smaller than Pillow's own."""
    raw, odd = image.tobytes(), b"\0" * (image.width % 2)
    rows = (raw[start : start + image.width] + odd for start in range(0, len(raw), image.width))
    pairs = (bytes(a << 4 | b for a, b in zip(row[::2], row[1::2], strict=True)) for row in rows)
    deflated = zlib.compressobj(9, zlib.DEFLATED, 15, 9)
    content = deflated.compress(b"".join(b"\0" + row for row in pairs)) + deflated.flush()
    palette = bytes((image.getpalette() or [])[: 3 * _MOST])
    head = struct.pack(">IIBBBBB", image.width, image.height, 4, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", content), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )


def fewer(image: Image.Image, most: int, kept: frozenset[tuple[int, ...]] = frozenset()) -> Image.Image:
    """The same picture in so few colours that it stays small: what is nearly alike and rare becomes one.

    What covers a part of the picture that one sees as ground stays apart from every other ground; `kept` is not lost.
    """
    plain = image.convert("RGB")
    found = [(count, colour) for count, colour in plain.getcolors(1 << 24) or () if isinstance(colour, tuple)]
    ground = plain.width * plain.height // 50
    while len(found) > most:
        pairs = itertools.combinations(sorted(found, reverse=True), 2)
        one, other = min(pairs, key=lambda pair: _apart(pair[0], pair[1], ground, kept))
        found = [part for part in found if part not in (one, other)]
        found.append((one[0] + other[0], one[1]))
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for _, colour in sorted(found, reverse=True) for part in colour])
    return plain.quantize(palette=palette, dither=Image.Dither.NONE)


def _apart(one: _Painted, other: _Painted, ground: int, kept: frozenset[tuple[int, ...]]) -> float:
    """How much it would be seen if two colours became one: by hue more than by brightness, and by how much of it."""
    rarer, lost = min(one, other)
    if rarer > ground or (rarer > _SEEN and lost in kept):
        return float("inf")
    red, green, blue = (a - b for a, b in zip(one[1], other[1], strict=True))
    seen = red**2 + green**2 + blue**2 + 3 * ((red - green) ** 2 + (green - blue) ** 2)
    return math.sqrt(rarer) * seen


def _shades(colours: Colours) -> list[tuple[int, int, int]]:
    found = {colours[role] for role in Role}
    shades = [_rgb(colour) for colour in sorted(found)]
    for ink, ground, steps in _BETWEEN:
        one, other = _rgb(colours[ink]), _rgb(colours[ground])
        for step in range(1, steps + 1):
            part = step / (steps + 1)
            red, green, blue = (round(a + (b - a) * part) for a, b in zip(one, other, strict=True))
            shades.append((red, green, blue))
    return shades


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)

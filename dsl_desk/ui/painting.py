"""What every painted part shares: colours of the moment, type, wrapped words with their line height, icons."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from dsl_desk.ui.style import DeskStyle, radio
from dsl_desk.ui.tokens import LIGHT, Colours, Look, Role

_WIDE = 16_777_215.0
_MOST_SIZES = 32
_MOST_ICONS = 256
_SHORT_END = 0.6
"""How much of a line the last two words may take to be kept together."""


def resources() -> Path:
    """The folder of fonts and icons, in a checkout as in an installed copy; found without importing anything."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_resources"
    return installed if (installed / "icons").is_dir() else package.parent / "resources"


def colours_of(widget: QWidget) -> Colours:  # noqa: ARG001 - asked for a widget, answered for all: one style
    """The palette that holds now; the light one where the desk's style is not worn."""
    style = QApplication.style()
    return style.colours if isinstance(style, DeskStyle) else LIGHT


def colour(widget: QWidget, role: Role) -> QColor:
    """One colour of the moment; ask while painting, never keep it."""
    return QColor(colours_of(widget)[role])


def hairline(widget: QWidget) -> int:
    """How wide a line is: 1, and 2 in high contrast."""
    return 2 if colours_of(widget).contrast else 1


def font_of(look: Look, *, mark: bool = False, scale: float = 1.0) -> QFont:
    """The type of a style; `mark` is for references, marks and fingerprints, where 0 and O must differ."""
    font = QFont(QApplication.font())
    font.setPointSizeF(look.points * scale)
    font.setWeight(QFont.Weight(look.weight))
    font.setFeature(QFont.Tag("tnum"), 1)
    if mark:
        font.setFeature(QFont.Tag("zero"), 1)
        font.setFeature(QFont.Tag("ss02"), 1)
    return font


@functools.cache
def _svg(name: str) -> str:
    return (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def icon(name: str, width: float, ink: QColor, *, heavy: bool = False) -> QSvgRenderer:
    """An icon in one colour and for one size, for whoever draws it many times; `heavy` is for high contrast."""
    return _in_ink(name, (1.9 if width <= 20 else 1.7) + (0.4 if heavy else 0.0), ink.name())


@functools.lru_cache(maxsize=_MOST_ICONS)
def _in_ink(name: str, stroke: float, ink: str) -> QSvgRenderer:
    """Reading a drawing takes a third of a millisecond, and every page paints the same few again and again."""
    text = _svg(name).replace("currentColor", ink)
    text = text.replace('stroke-width="2"', f'stroke-width="{stroke}"')
    return QSvgRenderer(QByteArray(text.encode()))


def draw_icon(painter: QPainter, name: str, rect: QRectF, ink: QColor, *, heavy: bool = False) -> None:
    """Draw an icon straight into the painter, sharp at every ratio; `heavy` is for high contrast."""
    icon(name, rect.width(), ink, heavy=heavy).render(painter, rect)


def draw_key(painter: QPainter, keys: str, right: float, middle: float, ink: QColor, look: Look) -> float:
    """Draw a key cap that ends at `right`; returns its width."""
    font = font_of(Look.CAPTION_STRONG, scale=look.points / Look.BODY.points * 0.96)
    metrics = QFontMetricsF(font)
    width, height = metrics.horizontalAdvance(keys) + 10, metrics.height() + 2
    box = QRectF(right - width, middle - height / 2, width, height)
    painter.setFont(font)
    painter.setPen(QPen(ink, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, keys)
    return width


def key_width(keys: str, look: Look) -> float:
    """How wide the key cap of these keys is."""
    font = font_of(Look.CAPTION_STRONG, scale=look.points / Look.BODY.points * 0.96)
    return QFontMetricsF(font).horizontalAdvance(keys) + 10


def split_mnemonic(label: str) -> tuple[str, int]:
    """A label without its ampersand, and where its underlined letter is (-1 for none)."""
    plain, at, i = "", -1, 0
    while i < len(label):
        if label[i] == "&" and i + 1 < len(label):
            if label[i + 1] != "&" and at < 0:
                at = len(plain)
            i += 1
        plain += label[i]
        i += 1
    return plain, at


class Paragraph:
    """Words set in a style, wrapped to a width with the style's line height, drawn in any colour."""

    def __init__(self, words: str, font: QFont, leading: float, *, underline: int = -1, lead: int = 0) -> None:
        self.words, self._leading = words, leading
        # Blanks and line ends that a pasted text may hold must not make the layout stop early.
        shown = words.replace("\r\n", "\n").replace("\n", "\u2028").replace("\t", "    ").replace("\0", "\ufffd")
        self._shown, self._company, self._end = shown, *_in_company(shown)
        self._layout = QTextLayout(shown, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        self._layout.setFormats(_formats(underline, lead))
        self._metrics = QFontMetricsF(font)
        self._step = self._metrics.ascent() + self._metrics.descent()
        self._width, self._laid = -1.0, -1.0
        self._sizes: dict[float, tuple[float, float]] = {}
        """Height and natural width by width: a layout asks for the same few widths again and again."""
        self.height = 0.0
        self.natural_width = 0.0

    @classmethod
    def of(
        cls, words: str, look: Look, *, underline: int = -1, lead: int = 0, mark: bool = False, struck: bool = False
    ) -> Paragraph:
        """Words in one of the desk's styles; struck where something else stands in their place."""
        font = QFont(font_of(look, mark=mark))
        font.setStrikeOut(struck)
        return cls(words, font, look.leading, underline=underline, lead=lead)

    def fit(self, width: float = _WIDE) -> Paragraph:
        """Wrap to a width; `height` is then what the words take. The last line gets no space below it."""
        width = max(1.0, min(width, _WIDE))
        if width != self._width:
            self.height, self.natural_width = self._size_at(width)
            self._width = width
        return self

    def height_at(self, width: float) -> float:
        """How tall the words are at a width; what they are fitted to stays as it is."""
        return self._size_at(max(1.0, min(width, _WIDE)))[0]

    @property
    def one_line(self) -> tuple[float, float]:
        """Width and height of the words where nothing wraps them but their own line ends."""
        height, natural = self._size_at(_WIDE)
        return natural, height

    def _size_at(self, width: float) -> tuple[float, float]:
        """Height and natural width at a width; wrapped only where that was never asked before."""
        found = self._sizes.get(width)
        if found is None:
            if len(self._sizes) >= _MOST_SIZES:  # a window that is drawn larger asks for every width there is
                self._sizes.clear()
            wide = self._sizes.get(_WIDE)
            found = wide if wide is not None and wide[1] + 1 <= width else self._wrap(width)
            self._sizes[width] = found
        return found

    def _wrap(self, width: float) -> tuple[float, float]:
        """Set the lines; a last word that would stand alone takes the one before it along."""
        found = self._set_lines(self._shown, width)
        return self._set_lines(self._company, width) if self._ends_alone(width) else found

    def _ends_alone(self, width: float) -> bool:
        lines, (start, two) = self._layout.lineCount(), self._end
        if lines < 2 or not start or self._layout.lineAt(lines - 1).textStart() != start:
            return False
        return self._metrics.horizontalAdvance(two) < width * _SHORT_END

    def _set_lines(self, words: str, width: float) -> tuple[float, float]:
        top, natural = 0.0, 0.0
        if self._layout.text() != words:
            self._layout.setText(words)
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top))
            natural = max(natural, line.naturalTextWidth())
            top += self._step * self._leading
        self._layout.endLayout()
        self._laid = width
        lines = max(1, self._layout.lineCount())
        return self._step * (self._leading * (lines - 1) + 1), natural

    def _wrapped(self) -> QTextLayout:
        """The lines as they are at the width it was fitted to: measuring another width wraps them otherwise."""
        if 0 < self._width != self._laid:
            self._wrap(self._width)
        return self._layout

    @property
    def lines(self) -> int:
        """How many lines it takes at the width it was fitted to."""
        return self._wrapped().lineCount()

    @functools.cached_property
    def least_width(self) -> float:
        """The widest word: narrower than this a word would be broken."""
        return max((self._metrics.horizontalAdvance(word) for word in self.words.split()), default=0.0)

    def baselines(self) -> list[tuple[float, float, float]]:
        """Left, base and right of every line, for a line drawn under the words."""
        layout = self._wrapped()
        lines = (layout.lineAt(i) for i in range(layout.lineCount()))
        return [(line.x(), line.y() + line.ascent(), line.x() + line.naturalTextWidth()) for line in lines]

    def draw(self, painter: QPainter, at: QPointF, ink: QColor, marked: Sequence[QTextLayout.FormatRange] = ()) -> None:
        """Draw it with its top left at a point; what is marked stands on its own ground."""
        painter.setPen(ink)
        self._wrapped().draw(painter, at, list(marked))


def _in_company(words: str) -> tuple[str, tuple[int, str]]:
    """The same words, the last two kept on one line; and where the last begins, as Qt counts, and the two.

    As long as before, so that what is marked stays marked; 0 where there is no word to take along.
    """
    head, blank, last = words.rpartition(" ")
    if not (head.strip() and blank and last) or head.endswith("\u2028"):
        return words, (0, "")
    together = f"{head}\u00a0{last}"
    begins = len(words.encode("utf-16-le", "surrogatepass")) - len(last.encode("utf-16-le", "surrogatepass"))
    return together, (begins // 2, together.rpartition(" ")[2])


def _formats(underline: int, lead: int) -> list[QTextLayout.FormatRange]:
    ranges = []
    if lead:
        strong = QTextLayout.FormatRange()
        strong.start, strong.length = 0, lead
        style = QTextCharFormat()
        style.setFontWeight(700)
        strong.format = style
        ranges.append(strong)
    if underline >= 0:
        letter = QTextLayout.FormatRange()
        letter.start, letter.length = underline, 1
        style = QTextCharFormat()
        style.setFontUnderline(True)
        letter.format = style
        ranges.append(letter)
    return ranges


def begin(widget: QWidget) -> QPainter:
    """A smooth painter on a widget."""
    painter = QPainter(widget)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    return painter


def outline(painter: QPainter, rect: QRectF, edge: QColor, width: float, radius: float, fill: QColor | None) -> None:
    """A rounded box whose line lies wholly inside the rectangle."""
    inset = width / 2
    painter.setPen(QPen(edge, width) if width else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius - inset, radius - inset)


def exact(pixels: float) -> int:
    """Whole pixels that are never too few for what they hold."""
    return int(-(-pixels // 1))


def draw_round(painter: QPainter, box: QRectF, widget: QWidget, *, on: bool) -> None:
    """A round button of one choice among several."""
    radio(painter, box, colours_of(widget), on=on, ground=None)

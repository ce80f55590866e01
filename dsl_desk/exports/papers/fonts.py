"""The three faces papers are set in, always embedded, and the type scale."""

from dataclasses import dataclass
from functools import lru_cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError

from dsl_desk.domain.errors import DslDeskError
from dsl_desk.exports.papers.glyphs import DeskFont
from dsl_desk.paths import resources

SANS, BOLD, MONO = "DeskSans", "DeskSans-Bold", "DeskMono"
_FILES = {SANS: "DejaVuSans.ttf", BOLD: "DejaVuSans-Bold.ttf", MONO: "DejaVuSansMono.ttf"}


class FontError(DslDeskError):
    """The paper could not be set because the program's own fonts are missing. Nothing was changed; install it again."""


@dataclass(frozen=True, slots=True)
class Style:
    """One step of the type scale; sizes in points, grey from 0 (black) to 1."""

    font: str
    size: float
    leading: float
    grey: float = 0.0
    spacing: float = 0.0
    """Extra points after each letter."""


TITLE = Style(BOLD, 17, 21)
HEADING = Style(BOLD, 10.5, 14)
BODY = Style(SANS, 9, 12)
STRONG = Style(BOLD, 9, 12)
SMALL = Style(SANS, 8, 10.5)
SMALL_STRONG = Style(BOLD, 8, 10.5)
FINE = Style(SANS, 7, 9, 0.25)
LABEL = Style(BOLD, 6.7, 9.5, 0.25, 0.3)
CODE = Style(MONO, 8, 10.5)
FINGERPRINT = Style(MONO, 10, 13)
READ = Style(SANS, 11, 15)
READ_STRONG = Style(BOLD, 11, 15)


def load_fonts() -> None:
    """Make the faces known to the PDF library once; raises FontError where a file is missing or broken."""
    known = set(pdfmetrics.getRegisteredFontNames())
    for name, file in _FILES.items():
        if name not in known:
            try:
                pdfmetrics.registerFont(DeskFont(name, str(resources() / "fonts" / file)))
            except (TTFError, OSError) as error:
                raise FontError from error


def has_glyph(font: str, char: str) -> bool:
    """Whether the face can draw this character and a reader can copy it back out.

    Characters beyond the basic plane count as missing: the library writes their
    text mapping wrongly, so what is searched would differ from what is seen.
    """
    return ord(char) <= 0xFFFF and ord(char) in pdfmetrics.getFont(font).face.charToGlyph


@lru_cache(maxsize=8192)
def char_width(font: str, char: str) -> float:
    """Advance of one character in points at size 1."""
    face = pdfmetrics.getFont(font).face
    return float(face.charWidths.get(ord(char), face.defaultWidth)) / 1000

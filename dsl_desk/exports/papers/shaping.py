"""Letters that join, as their scripts are written: Arabic, Persian, Urdu and others from right to left.

HarfBuzz chooses the form of each letter by its neighbours and places its marks; what
was typed stays in the paper as its searchable text. Nothing else is shaped, so that
Latin text prints as it always did.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import uharfbuzz
from reportlab.pdfbase import pdfmetrics

from dsl_desk.exports.papers.glyphs import DeskFont

_JOINING: Final = (
    (0x0591, 0x05C7),
    (0x0600, 0x06FF),
    (0x0700, 0x074F),
    (0x0750, 0x077F),
    (0x07C0, 0x07FF),
    (0x08A0, 0x08FF),
)
"""Arabic, Syriac, N'Ko and their further letters; and Hebrew points, which are placed by the same rules."""
_LOWEST: Final = 0x0590
"""Nothing below the Hebrew letters joins or runs from right to left."""
_LAM_ALEF: Final = range(0xFEF5, 0xFEFD)
"""Two letters in one shape, as one character: readers that turn a line round keep it whole."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One glyph of a line, in the order it is drawn from the left."""

    char: str
    """What the face knows the glyph by; what is copied out of the paper is what was typed."""
    advance: float
    """How far the next glyph stands, in points at size 1."""
    right: float = 0.0
    up: float = 0.0
    """Where it is drawn from there: marks stand above and below their letter."""

    @property
    def stands_apart(self) -> bool:
        """Whether it is drawn elsewhere than where the line has come to."""
        return bool(self.right or self.up)


def joins(text: str) -> bool:
    """Whether any letter of a text takes its form from its neighbours."""
    return any(ord(char) >= _LOWEST and _is_joining(ord(char)) for char in text)


def _is_joining(code: int) -> bool:
    return any(first <= code <= last for first, last in _JOINING)


@lru_cache(maxsize=2048)
def shaped(run: str, font: str) -> tuple[Drawn, ...]:
    """The glyphs of one right-to-left run, from the left; the run holds no digits and is in the order it was typed."""
    face = pdfmetrics.getFont(font)
    if not isinstance(face, DeskFont):
        raise TypeError(font)  # faces are registered by load_fonts alone
    buffer = uharfbuzz.Buffer()
    buffer.add_str(run)
    buffer.direction = "rtl"
    buffer.script = _script(run)
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    uharfbuzz.shape(face.shaper, buffer, {"kern": False, "dlig": False})
    infos, places = buffer.glyph_infos or [], buffer.glyph_positions or []
    starts = sorted({info.cluster for info in infos})
    ends = dict(zip(starts, [*starts[1:], len(run)], strict=True))
    drawn: list[Drawn] = []
    told: set[int] = set()
    for info, place in zip(infos, places, strict=True):
        text = "" if info.cluster in told else _as_one(run[info.cluster : ends[info.cluster]])
        told.add(info.cluster)
        drawn.append(
            Drawn(
                face.char_of(info.codepoint, text),
                place.x_advance / face.units,
                place.x_offset / face.units,
                place.y_offset / face.units,
            )
        )
    return tuple(drawn)


def _as_one(text: str) -> str:
    """The one character that stands for letters drawn as one; any other text as it is."""
    if len(text) == 1:
        return text
    return next((chr(form) for form in _LAM_ALEF if unicodedata.normalize("NFKC", chr(form)) == text), text)


def _script(run: str) -> str:
    """The script of the first letter that joins, as HarfBuzz names it."""
    first = next(char for char in run if _is_joining(ord(char)))
    name = unicodedata.name(first, "ARABIC").split(" ")[0]
    return {"SYRIAC": "Syrc", "NKO": "Nkoo", "HEBREW": "Hebr"}.get(name, "Arab")

"""A face whose glyphs can be drawn by number, each with the text it stands for (PDF 32000-1, 9.10.3)."""

import re
from functools import cached_property
from typing import Any, Final

import uharfbuzz
from reportlab.pdfbase.ttfonts import TTFont

_PRIVATE: Final = 0xE000
"""Where the library gives glyphs without a character of their own a place to stand."""
_LAST_PRIVATE: Final = 0xF8FF
_LINE: Final = re.compile(r"^<([0-9A-F]{2})> <([0-9A-F]{4,})>$", re.MULTILINE)


class DeskFont(TTFont):  # type: ignore[misc]  # the library ships no types
    """One of the three faces, its joined forms included: what is seen is shaped, what is searched is what was typed."""

    def __init__(self, name: str, file: str) -> None:
        super().__init__(name, file, shapable=False)  # the library's own shaping would touch Latin text too
        self._chars: dict[tuple[int, str], str] = {}
        self._meanings: dict[int, str] = {}

    @cached_property
    def shaper(self) -> uharfbuzz.Font:
        """The face as HarfBuzz reads it."""
        return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(self.face._ttf_data)))

    @property
    def units(self) -> int:
        """How many of the face's units make one em."""
        return int(self.shaper.face.upem)

    def char_of(self, glyph: int, text: str) -> str:
        """The character that draws this glyph, to be copied out of the paper as this text."""
        known = self._chars.get((glyph, text))
        if known is None:
            known = self._chars[glyph, text] = self._new(glyph, text)
        return known

    def _new(self, glyph: int, text: str) -> str:
        face = self.face
        if len(text) == 1 and face.charToGlyph.get(ord(text)) == glyph:
            return text
        code = max([_PRIVATE - 1, *self._meanings]) + 1
        while code in face.charToGlyph:
            code += 1
        if code > _LAST_PRIVATE:
            return text[:1]  # 6,400 different forms in one process: further ones print as typed
        face.charToGlyph[code] = glyph
        face.charWidths[code] = 1000 * self.shaper.get_glyph_h_advance(glyph) / self.units
        self._meanings[code] = text
        return chr(code)

    def addObjects(self, doc: Any) -> None:  # noqa: N802  # the library's name
        """Write the face into a document, and what its private characters stand for."""
        count = len(self.state[doc].subsets)
        super().addObjects(doc)
        fonts = doc.idToObject["BasicFonts"].dict
        for number in range(count):
            written = next(font for name, font in fonts.items() if self._is_subset(name, number, doc))
            stream = doc.idToObject[written.ToUnicode.name]
            stream.content = _LINE.sub(self._told, stream.content)

    def _is_subset(self, name: str, number: int, doc: Any) -> bool:
        return f"/{name}" == f"{doc.fontMapping[self.fontName]}+{number}"

    def _told(self, line: re.Match[str]) -> str:
        code = int(line[2], 16)
        text = self._meanings.get(code, chr(code))
        return f"<{line[1]}> <{text.encode('utf-16-be').hex().upper()}>"

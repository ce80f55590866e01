"""Hostile or odd text, made safe to print: nothing invisible, nothing clipped, nothing reordered by its author."""

import unicodedata
from functools import lru_cache
from itertools import groupby

from dsl_desk.exports.papers.fonts import Style, char_width, has_glyph
from dsl_desk.exports.papers.shaping import Drawn, joins, shaped

_BREAK_AFTER = "/?&=-_.,:;#%"
_MIRRORS = dict(zip("()[]{}<>«»‹›", ")(][}{><»«›‹", strict=True))
_CLOSING = ")]}>»›"
_MOST_MARKS = 3
"""More combining marks than this on one letter would hide the line above: further ones are named."""


NUMBERED = "‹U+"
"""How a character begins that cannot be shown: its number in Unicode, which any officer can look up."""


def _named(char: str) -> str:
    return f"{NUMBERED}{ord(char):04X}›"


@lru_cache(maxsize=8192)
def _shown(char: str, font: str) -> str:
    kind = unicodedata.category(char)
    if kind == "Zs" or char == "\t":
        return " "
    if kind[0] == "C" or kind in {"Zl", "Zp"}:
        return _named(char)
    return char if has_glyph(font, char) else "□" + _named(char)


def visible(text: str, font: str, *, keep_lines: bool = True) -> str:
    """What is printed for a text: control and format characters as named marks, missing letters as box and number.

    Line breaks stay breaks, or become ↵ where a value has one line only.
    """
    text = text.replace("\r\n", "\n")
    if not keep_lines:
        text = text.replace("\n", "↵")
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    out: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFC", text):
        marks = marks + 1 if unicodedata.combining(char) else 0
        if char == "\n":
            out.append(char)
        elif marks > _MOST_MARKS:
            out.append(_named(char))
        else:
            out.append(_shown(char, font))
    return "".join(out)


def text_width(text: str, style: Style) -> float:
    """Width in points of a line as it is drawn."""
    if not joins(text):
        return sum(char_width(style.font, char) for char in text) * style.size + style.spacing * len(text)
    return sum(part_width(part, style) for part in drawn(text, style.font))


def part_width(part: str | tuple[Drawn, ...], style: Style) -> float:
    """Width in points of a part of a line; joined letters take no extra space between them."""
    if isinstance(part, str):
        return sum(char_width(style.font, char) for char in part) * style.size + style.spacing * len(part)
    return sum(glyph.advance for glyph in part) * style.size


def _pieces(word: str, style: Style, width: float) -> list[str]:
    """A word that is wider than its column, cut where an address would be cut by hand."""
    if joins(word):
        return _joined_pieces(word, style, width)
    pieces: list[str] = []
    start, used, last_break = 0, 0.0, 0
    for at, char in enumerate(word):
        step = char_width(style.font, char) * style.size + style.spacing
        if used + step > width and at > start:
            cut = last_break if last_break > start + (at - start) * 0.6 else at
            pieces.append(word[start:cut])
            start, last_break = cut, 0
            used = text_width(word[start:at], style)
        used += step
        if char in _BREAK_AFTER:
            last_break = at + 1
    return [*pieces, word[start:]]


def _joined_pieces(word: str, style: Style, width: float) -> list[str]:
    """The same where letters join: a form at the cut differs from that in the middle, so each piece is measured."""
    pieces, piece = list[str](), ""
    for char in word:
        if piece and text_width(piece + char, style) > width:
            pieces.append(piece)
            piece = ""
        piece += char
    return [*pieces, piece]


def wrap(text: str, style: Style, width: float, *, keep_lines: bool = True) -> list[str]:
    """Lines that fit the width, whatever the text; at least one (empty) line."""
    lines: list[str] = []
    blank = text_width(" ", style)
    for paragraph in visible(text, style.font, keep_lines=keep_lines).split("\n"):
        line, used = "", 0.0
        for word in paragraph.split(" "):
            wide = text_width(word, style)
            if line and used + blank + wide <= width:
                line, used = f"{line} {word}", used + blank + wide
                continue
            if line:
                lines.append(line)
            if wide <= width:
                line, used = word, wide
            else:
                *whole, line = _pieces(word, style, width)
                lines += whole
                used = text_width(line, style)
        lines.append(line)
    return lines


def shorten(lines: list[str], most: int, tail: str, style: Style, width: float) -> list[str]:
    """The first lines, the last of them ending in a tail that says where the rest stands; never a silent cut."""
    if len(lines) <= most:
        return lines
    tails = wrap(tail, style, width)
    kept = lines[: max(0, most - len(tails))]
    room = width - text_width(" " + tails[0], style)
    if len(tails) > 1 or room < width / 5:
        return [*kept, *tails]
    last = lines[most - 1]
    while last and text_width(last, style) > room:
        last = last.rpartition(" ")[0] if " " in last else last[:-1]
    return [*kept, f"{last} {tails[0]}".strip()]


def _clusters(run: str) -> list[str]:
    """Letters with their marks, and numbers as they are read, as units of a right-to-left run."""
    units: list[str] = []
    for char in run:
        kind = unicodedata.bidirectional(char)
        digit = kind in {"EN", "AN"} or (kind in {"ES", "ET", "CS"} and units and units[-1][-1].isdigit())
        joins = units and (kind == "NSM" or (digit and units[-1][0].isdigit()))
        if joins:
            units[-1] += char
        else:
            units.append(char)
    return units


def _ordered(line: str) -> list[tuple[str, bool]]:
    """Parts of a line from the left: as they are drawn, or (true) a run still as typed, whose letters join.

    A plain reading of the bidirectional rule for left-to-right pages; marks that
    would override the order were already made visible.
    """
    kinds = [unicodedata.bidirectional(char) for char in line]
    out: list[tuple[str, bool]] = []
    at = 0
    while at < len(line):
        if kinds[at] not in {"R", "AL"}:
            out.append((line[at], False))
            at += 1
            continue
        end = last = at
        while end < len(line) and kinds[end] != "L":
            last = end if kinds[end] in {"R", "AL", "NSM"} or _closes(line[at : last + 1], line[end]) else last
            end += 1
        out += _turned(line[at : last + 1])
        at = last + 1
    return out


def _closes(run: str, char: str) -> bool:
    """Whether a bracket closes one that was opened within a right-to-left run: the two turn round together."""
    opening = _MIRRORS.get(char, "") if char in _CLOSING else ""
    return bool(opening) and run.count(opening) > run.count(char)


def _turned(run: str) -> list[tuple[str, bool]]:
    """A right-to-left run from the left: its numbers as they are read, everything between turned round."""
    out: list[tuple[str, bool]] = []
    for number, units in groupby(_clusters(run), key=lambda unit: unit[0].isdigit()):
        between = list(units)
        if not number and joins("".join(between)):
            out.append(("".join(between), True))
        else:
            out.append(("".join(_MIRRORS.get(unit, unit) for unit in reversed(between)), False))
    return out[::-1]


def visual(line: str) -> str:
    """A line in the order it is drawn from the left: right-to-left runs turned round, all else as it stands."""
    if line.isascii():
        return line
    parts = _ordered(line)
    return "".join("".join(_MIRRORS.get(unit, unit) for unit in reversed(_clusters(part))) if as_typed else part
                   for part, as_typed in parts)  # fmt: skip


def drawn(line: str, font: str) -> list[str | tuple[Drawn, ...]]:
    """A line as it is drawn from the left: text set letter by letter, and runs whose letters join as glyphs."""
    if not joins(line):
        return [visual(line)]
    out: list[str | tuple[Drawn, ...]] = []
    for as_typed, parts in groupby(_ordered(line), key=lambda part: part[1]):
        if as_typed:
            out += [shaped(part, font) for part, _ in parts]
        else:
            out.append("".join(part for part, _ in parts))
    return out

"""Hostile or odd text, made safe to print: nothing invisible, nothing clipped, nothing reordered by its author."""

import unicodedata
from functools import lru_cache

from dsl_desk.exports.papers.fonts import Style, char_width, has_glyph

_BREAK_AFTER = "/?&=-_.,:;#%"
_MIRRORS = dict(zip("()[]{}<>«»‹›", ")(][}{><»«›‹", strict=True))
_MOST_MARKS = 3
"""More combining marks than this on one letter would hide the line above: further ones are named."""


def _named(char: str) -> str:
    return f"‹U+{ord(char):04X}›"


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
    return sum(char_width(style.font, char) for char in text) * style.size + style.spacing * len(text)


def _pieces(word: str, style: Style, width: float) -> list[str]:
    """A word that is wider than its column, cut where an address would be cut by hand."""
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


def visual(line: str) -> str:
    """A line in the order it is drawn from the left: right-to-left runs turned round, all else as it stands.

    A plain reading of the bidirectional rule for left-to-right pages; marks that
    would override the order were already made visible.
    """
    if line.isascii():
        return line
    kinds = [unicodedata.bidirectional(char) for char in line]
    out: list[str] = []
    at = 0
    while at < len(line):
        if kinds[at] not in {"R", "AL"}:
            out.append(line[at])
            at += 1
            continue
        end = last = at
        while end < len(line) and kinds[end] != "L":
            last = end if kinds[end] in {"R", "AL", "NSM"} else last
            end += 1
        units = reversed(_clusters(line[at : last + 1]))
        out += [_MIRRORS.get(unit, unit) for unit in units]
        at = last + 1
    return "".join(out)

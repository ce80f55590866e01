"""What help says: one Markdown file a topic in `resources/help`, read by Qt's own reader of Markdown.

A file begins with its title (`# …`), then short headings, paragraphs and lists. A link stands alone on its line of a
list, as `- [Words](other-topic.md)`, so that it becomes a button that keys and screen readers reach. The file
`index.md` names every topic once, in groups, in the order of the Help place.
"""

from __future__ import annotations

import enum
import functools
from dataclasses import dataclass
from typing import cast

from PySide6.QtGui import QTextBlock, QTextDocument, QTextList, QTextListFormat

from dsl_desk.domain.finding import folded
from dsl_desk.ui.painting import resources

INDEX = "index"
_ENDING = ".md"
_BOLD = 600


class PartKind(enum.Enum):
    """What a piece of a topic is."""

    TITLE = "title"
    HEADING = "heading"
    WORDS = "words"
    ITEM = "item"
    LINK = "link"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One heading, paragraph, line of a list or link."""

    kind: PartKind
    words: str
    lead: int = 0
    """How many letters at its start are bold."""
    mark: str = ""
    """What stands before a line of a list: a dot or a number."""
    topic: str = ""
    """Where a link leads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One matter that help explains."""

    key: str
    title: str
    parts: tuple[Part, ...]

    @property
    def words(self) -> str:
        """Everything it says, for a search."""
        return "\n".join(part.words for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Topics that belong together in the Help place."""

    title: str
    topics: tuple[str, ...]


@functools.cache
def topic(key: str) -> Topic:
    """A topic by its key; where its file is missing, a sentence that says so."""
    place = resources() / "help" / f"{key}{_ENDING}"
    try:
        text = place.read_text(encoding="utf-8")
    except OSError:
        text = "# Help\n\nThis page of help is missing. Install DSL Desk again; nothing else is affected."
    parts = read_parts(text)
    title = next((part.words for part in parts if part.kind is PartKind.TITLE), key)
    return Topic(key=key, title=title, parts=parts)


@functools.cache
def groups() -> tuple[Group, ...]:
    """Every topic, in groups, in the order of the Help place."""
    found: list[tuple[str, list[str]]] = []
    for part in topic(INDEX).parts:
        if part.kind is PartKind.HEADING:
            found.append((part.words, []))
        elif part.kind is PartKind.LINK and found:
            found[-1][1].append(part.topic)
    return tuple(Group(title=title, topics=tuple(keys)) for title, keys in found)


def search(words: str) -> tuple[str, ...]:
    """Topics that hold every one of these words, those that name them in their title first."""
    wanted = wanted_words(words)
    keys = [key for group in groups() for key in group.topics]
    if not wanted:
        return tuple(keys)
    found = [key for key in keys if all(word in folded(topic(key).words) for word in wanted)]
    return tuple(sorted(found, key=lambda key: not any(word in folded(topic(key).title) for word in wanted)))


def wanted_words(words: str) -> tuple[str, ...]:
    """What is looked for, as it is compared."""
    return tuple(folded(words).split())


def read_parts(markdown: str) -> tuple[Part, ...]:
    """A Markdown text as the pieces that are shown; marks of HTML in it are shown as they are, never obeyed."""
    document = QTextDocument()
    feature = QTextDocument.MarkdownFeature
    document.setMarkdown(markdown, feature.MarkdownDialectCommonMark | feature.MarkdownNoHTML)
    found, block = [], document.begin()
    while block.isValid():
        if block.text().strip():
            found.append(_part(block))
        block = block.next()
    return tuple(found)


def _part(block: QTextBlock) -> Part:
    words, ranges = block.text().strip(), block.textFormats()
    level = block.blockFormat().headingLevel()
    listed = cast("QTextList | None", block.textList())  # the stub forgets that most blocks are in no list
    if level:
        return Part(kind=PartKind.TITLE if level == 1 else PartKind.HEADING, words=words)
    for piece in ranges:
        if piece.format.isAnchor():
            return Part(kind=PartKind.LINK, words=words, topic=piece.format.anchorHref().removesuffix(_ENDING))
    lead = ranges[0].length if ranges and ranges[0].format.fontWeight() >= _BOLD else 0
    if listed is not None:
        numbered = listed.format().style() == QTextListFormat.Style.ListDecimal
        mark = f"{listed.itemNumber(block) + 1}." if numbered else "•"
        return Part(kind=PartKind.ITEM, words=words, lead=lead, mark=mark)
    return Part(kind=PartKind.WORDS, words=words, lead=lead)

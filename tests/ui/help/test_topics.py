"""Every page names a topic that exists; no link is dead, no topic is out of reach, and the words stay plain."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import dsl_desk.ui
from dsl_desk.ui.case import forms
from dsl_desk.ui.help.topics import INDEX, PartKind, groups, read_parts, search, topic
from dsl_desk.ui.page import Page
from dsl_desk.ui.painting import resources

FOLDER = resources() / "help"
KEYS = sorted(path.stem for path in FOLDER.glob("*.md"))
LONGEST_SENTENCE, LONGEST_AVERAGE = 32, 14
LEAST_EASE = 55
"""Flesch's reading ease: 60 to 70 is plain English; words like "safeguarding" and "Headteacher" cost some."""


def every_page() -> list[type[Page]]:
    for found in pkgutil.walk_packages(dsl_desk.ui.__path__, "dsl_desk.ui."):
        importlib.import_module(found.name)
    classes, seen = [Page], list[type[Page]]()
    while classes:
        for below in classes.pop().__subclasses__():
            classes.append(below)
            if below.__module__.startswith("dsl_desk."):
                seen.append(below)
    return sorted(set(seen), key=lambda page: f"{page.__module__}.{page.__name__}")


def linked(key: str) -> set[str]:
    return {part.topic for part in topic(key).parts if part.kind is PartKind.LINK}


def test_there_are_pages_to_look_at():
    assert len(every_page()) > 50


@pytest.mark.parametrize("page", every_page(), ids=lambda page: page.__name__)
def test_every_page_names_a_topic_that_exists(page):
    assert page.help_topic in KEYS, f"{page.__module__}.{page.__name__} names {page.help_topic!r}"


def test_every_form_of_a_case_names_a_topic_that_exists():
    sources = [Path(forms.__file__), *Path(forms.__file__).parent.glob("*.py")]
    named = {key for source in sources for key in re.findall(r'topic="([^"]*)"', source.read_text(encoding="utf-8"))}
    assert "secure" in named
    assert named - set(KEYS) == set()


@pytest.mark.parametrize("key", KEYS)
def test_no_link_is_dead_and_every_topic_says_where_to_go_on(key):
    assert linked(key) - set(KEYS) == set()
    assert key not in linked(key)
    assert key == INDEX or len(linked(key)) >= 2


@pytest.mark.parametrize("key", KEYS)
def test_links_stand_alone_on_their_line_with_the_title_of_what_they_lead_to(key):
    for part in topic(key).parts:
        if part.kind is PartKind.LINK:
            assert part.words == topic(part.topic).title
    inline = [line for line in (FOLDER / f"{key}.md").read_text(encoding="utf-8").splitlines() if "](" in line]
    assert all(re.fullmatch(r"- \[[^]]+\]\([a-z-]+\.md\)", line) for line in inline)


def test_the_index_names_every_topic_once():
    named = [key for group in groups() for key in group.topics]
    assert sorted(named) == [key for key in KEYS if key != INDEX]


def test_every_topic_is_reached_from_the_help_of_some_page():
    reached = {page.help_topic for page in every_page()} | {
        key for source in Path(forms.__file__).parent.glob("*.py")
        for key in re.findall(r'topic="([^"]*)"', source.read_text(encoding="utf-8"))
    }  # fmt: skip
    while more := {key for at in reached for key in linked(at)} - reached:
        reached |= more
    assert set(KEYS) - reached - {INDEX} == set()


def test_what_is_feared_has_a_topic():
    wanted = {
        "stops", "who-may-read", "two-people", "what-police-get", "governors", "forgotten-passphrase", "lost-laptop",
        "lost-key-store", "no-printer", "backup", "not-protected", "clock", "damaged", "privacy-assessment",
    }  # fmt: skip
    assert wanted - set(KEYS) == set()


def sentences(key: str) -> list[str]:
    words = [part.words for part in topic(key).parts if part.kind in (PartKind.WORDS, PartKind.ITEM)]
    return [one for said in words for one in re.split(r"(?<=[.!?:;])\s+", said) if one]


def syllables(word: str) -> int:
    groups_of_vowels = len(re.findall(r"[aeiouy]+", word.lower()))
    silent = word.lower().endswith("e") and not word.lower().endswith("le") and groups_of_vowels > 1
    return max(1, groups_of_vowels - silent)


@pytest.mark.parametrize("key", [key for key in KEYS if key != INDEX])
def test_the_words_are_plain(key):
    said = sentences(key)
    words = [word for one in said for word in re.findall(r"[A-Za-z’']+", one)]
    average = len(words) / len(said)
    ease = 206.835 - 1.015 * average - 84.6 * sum(map(syllables, words)) / len(words)
    assert max(len(one.split()) for one in said) <= LONGEST_SENTENCE
    assert average <= LONGEST_AVERAGE
    assert ease >= LEAST_EASE, ease


@pytest.mark.parametrize("key", KEYS)
def test_a_topic_has_one_title_and_begins_with_a_paragraph(key):
    kinds = [part.kind for part in topic(key).parts]
    assert kinds[:2] == [PartKind.TITLE, PartKind.WORDS]
    assert kinds.count(PartKind.TITLE) == 1


def test_lists_keep_their_numbers_and_bold_beginnings():
    parts = read_parts("# T\n\nWords.\n\n1. First\n2. Second\n\n- **Yes:** it is\n- [To](halt.md)\n")
    told = [(part.kind, part.words, part.mark, part.lead, part.topic) for part in parts[2:]]
    assert told == [
        (PartKind.ITEM, "First", "1.", 0, ""),
        (PartKind.ITEM, "Second", "2.", 0, ""),
        (PartKind.ITEM, "Yes: it is", "•", 4, ""),
        (PartKind.LINK, "To", "", 0, "halt"),
    ]


def test_html_in_a_topic_is_words_and_nothing_is_loaded():
    parts = read_parts('# T\n\n<img src="https://made-up.example.invalid/x.png"> <b>bold</b>\n')
    assert all(part.topic == "" for part in parts)
    assert "<b>" in parts[1].words or "bold" in parts[1].words


def test_a_missing_file_says_so_and_breaks_nothing():
    assert "missing" in topic("no-such-topic").words


def test_a_search_finds_every_word_and_puts_titles_first():
    assert search("keyring zzz") == ()
    assert search("lost laptop")[0] == "lost-laptop"
    assert set(search("officer receipt")) >= {"receipt", "police-take-laptop"}
    assert len(search("")) == len(KEYS) - 1

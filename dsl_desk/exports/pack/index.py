"""index.html: the pack's contents page, which opens offline, runs nothing and asks for nothing (format section 6)."""

import html
import re
import unicodedata
from collections.abc import Iterable

from dsl_desk.domain.dates import date_words
from dsl_desk.domain.words import PackKind
from dsl_desk.exports.pack.contents import ExhibitContent, PackContents, PackExhibit
from dsl_desk.exports.pack.layout import FORM, exhibit_folder
from dsl_desk.exports.pack.record import exhibit_file_name

_STYLE = """
:root { color-scheme: light; }
body { margin: 0; background: #f4f5f7; color: #1b2733; font: 17px/1.5 "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
header { background: #1f3a52; color: #fff; }
header div { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1.25rem; }
header p { margin: .25rem 0 0; color: #d6e0e8; }
h1 { font-size: 1.7rem; font-weight: 600; margin: 0; }
h2 { font-size: 1.2rem; font-weight: 600; margin: 0 0 .75rem; }
section { background: #fff; border: 1px solid #d8dde3; border-radius: 6px; margin-top: 1.25rem;
 padding: 1.1rem 1.25rem; }
a { color: #0b4f8a; } a:focus { outline: 3px solid #f2b134; outline-offset: 2px; }
.banner { margin-top: 1.25rem; padding: .9rem 1.25rem; border-left: 8px solid #b3541e; background: #fdf1e7; }
.banner strong { font-size: 1.15rem; letter-spacing: .03em; }
.first a { font-size: 1.15rem; font-weight: 600; }
ul { margin: 0; padding-left: 1.2rem; } li { margin: .3rem 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1.25rem; margin: 0; }
dt { color: #51616f; } dd { margin: 0; overflow-wrap: anywhere; }
article { border-top: 1px solid #e3e7eb; padding: .9rem 0 .4rem; }
article:first-of-type { border-top: 0; padding-top: 0; }
h3 { font-size: 1.05rem; margin: 0 0 .4rem; }
code { font: .85rem/1.4 Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
footer { color: #51616f; font-size: .9rem; margin-top: 1.5rem; }
@media print { body { background: #fff; font-size: 11pt; } header { background: #fff; color: #000; }
 header p { color: #000; }
 section { break-inside: auto; border: 0; padding: 0; } }
"""
_STEERING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_MARKUP = re.compile(r"[&<>\"'=]")
_KNOWN_PAPERS = {
    "form.pdf": "Review form",
    "chronology.pdf": "Chronology",
    "completeness.pdf": "What was looked at, not looked at, withheld, and why",
    "exhibit-labels.pdf": "Exhibit labels",
}
_BANNERS = {
    PackKind.SIGNED_OFF: "",
    PackKind.AS_IT_STANDS: "<strong>UNSIGNED REVIEW</strong><br>The record as it stood when it was handed over. "
    "No two people have signed it off.",
    PackKind.STOPPED: "<strong>STOPPED</strong><br>Staff stopped looking, because there might be pictures nobody at "
    "the school may look at. This pack holds words, times and devices, and no content.",
}


def shown(text: str) -> str:
    """Other people's words as inert text: nothing in them is a tag, a link or a direction of writing."""
    kept = text
    if not text.isprintable():
        kept = "".join(" " if unicodedata.category(char) in _STEERING else char for char in text)
    if not _MARKUP.search(kept):
        return kept
    return html.escape(kept, quote=True).replace("=", "&#61;")


def _link(target: str, words: str) -> str:
    return f'<a href="{target}">{shown(words)}</a>'


def _facts(pairs: Iterable[tuple[str, str]]) -> str:
    """`pairs` are a heading and words that are HTML already."""
    return "<dl>\n" + "".join(f"<dt>{shown(head)}</dt><dd>{words}</dd>\n" for head, words in pairs) + "</dl>\n"


def _section(title: str, body: str, style: str = "") -> str:
    opened = f'<section class="{style}">' if style else "<section>"
    return f"{opened}\n<h2>{shown(title)}</h2>\n{body}</section>\n"


def _papers(contents: PackContents) -> str:
    rows = []
    for name in sorted(contents.papers, key=lambda name: (name not in _KNOWN_PAPERS, name)):
        if name.endswith(".html"):
            continue
        words = _KNOWN_PAPERS.get(name, name.removesuffix(".pdf").replace("-", " ").capitalize())
        if name == FORM and contents.kind is PackKind.SIGNED_OFF:
            words += ", signed by both reviewers"
        twin = name.removesuffix(".pdf") + ".html"
        also = f" ({_link('papers/' + twin, 'accessible copy')})" if twin in contents.papers else ""
        rows.append(f"<li>{_link('papers/' + name, words)}{also}</li>\n")
    return "<ul>\n" + "".join(rows) + "</ul>\n"


def _exhibit(exhibit: PackExhibit) -> str:
    folder = f"exhibits/{exhibit_folder(exhibit.mark)}"
    file_name = exhibit_file_name(exhibit)
    if file_name is not None:
        content = _link(f"{folder}/{file_name}", f"Original bytes ({file_name})")
    else:
        why = {ExhibitContent.QUARANTINED: "Quarantined at the stop, not in this pack"}.get(exhibit.content, "Withheld")
        content = f"{shown(why)}: {shown(exhibit.withheld or '')}"
    facts = [
        ("Content", content),
        ("Original name", shown(exhibit.original_name)),
        ("Produced by", f"{shown(exhibit.produced_by)}, {shown(exhibit.role)}"),
        ("Taken in", f"{shown(exhibit.made_at_local)} by the laptop’s clock"),
        ("How, and from where", f"{shown(exhibit.method)}; {shown(exhibit.source)}"),
        ("Size", "not stated" if exhibit.size is None else f"{exhibit.size:,} bytes"),
        ("SHA-256", f"<code>{shown(exhibit.sha256 or 'not stated')}</code>"),
        ("All facts", f"{_link(folder + '/record.json', 'record.json')}, journal entry {exhibit.entry}"),
    ]
    return f"<article>\n<h3>{shown(exhibit.mark)} – {shown(exhibit.description)}</h3>\n{_facts(facts)}</article>\n"


def index_html(contents: PackContents) -> bytes:
    """The contents page, made of the pack's own values; every file under exhibits/ is linked from it."""
    title = f"Case {contents.case}, pack {contents.number}"
    rehearsal = "REHEARSAL – made up for practice, nobody in it is real. " if contents.rehearsal else ""
    banner = _BANNERS[contents.kind]
    exhibits = "".join(map(_exhibit, contents.exhibits)) or "<p>No exhibits.</p>\n"
    tables = "".join(
        f"<li>{_link(f'tables/{name}.csv', words)}</li>\n"
        for name, words in (
            ("addresses", "Addresses and user names"),
            ("continuity", "Continuity of each exhibit"),
            ("people", "People"),
        )
    )
    journal = "".join(
        f"<li>{_link(f'journal/{name}', words)}</li>\n"
        for name, words in (
            ("entries.jsonl", "Every entry of the case, linked and signed"),
            ("sessions.jsonl", "Sessions in which they were written"),
            ("certificates.pem", "Certificates of those who signed"),
            ("register.json", "What the school’s register says of them"),
            ("checkpoint.json", "Where the journal stood at sealing"),
        )
    )
    page = (
        f'<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{shown(rehearsal + title)}</title>\n"
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<header><div>\n<h1>{shown(title)}</h1>\n"
        f"<p>{shown(rehearsal + contents.school)} – evidence pack for {shown(contents.recipient)}, "
        f"{date_words(contents.bagging_date)}</p>\n</div></header>\n<main>\n"
        + (f'<p class="banner">{banner}</p>\n' if banner else "")
        + _section("Read this first", f"<p>{_link('officer-summary.pdf', 'Officer summary')}, two pages</p>\n", "first")
        + (
            _section("In short", _facts((head, shown(words)) for head, words in contents.facts))
            if contents.facts
            else ""
        )
        + _section("Papers", _papers(contents))
        + _section(f"Exhibits ({len(contents.exhibits)})", exhibits)
        + _section("Tables for import", f"<ul>\n{tables}</ul>\n")
        + _section("The journal", f"<ul>\n{journal}</ul>\n")
        + "<footer><p>Addresses stand here as plain text and are never links. How to check this pack is in "
        "START-HERE.txt, beside the folder that holds this page. All times are those of the school’s laptop.</p>"
        "</footer>\n</main>\n</body>\n</html>\n"
    )
    return page.encode("utf-8")

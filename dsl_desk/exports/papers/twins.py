"""Accessible twins in HTML of the papers that are read at length; the same values, no script, no links out."""

import html

from dsl_desk.exports.papers.chronology import Chronology, content_of, corrections_of
from dsl_desk.exports.papers.fonts import SANS, load_fonts
from dsl_desk.exports.papers.frame import NOT_FORENSIC, PageFrame
from dsl_desk.exports.papers.page import fingerprint_groups
from dsl_desk.exports.papers.review_record import ReviewRecord
from dsl_desk.exports.papers.text import visible

_STYLE = """
body { font: 1.05rem/1.5 "DejaVu Sans", Verdana, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem;
  color: #111; background: #fff; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; } th, td { border: 1px solid #767676; padding: .4rem .6rem;
  text-align: left; vertical-align: top; } th { background: #f0f0f0; }
dt { font-weight: bold; margin-top: .6rem; } dd { margin: 0; white-space: pre-line; } td { white-space: pre-line; }
.banner { border: 3px solid #111; padding: .5rem; font-weight: bold; text-align: center; }
.correction { border-left: 3px solid #111; padding-left: .6rem; margin-top: .5rem; }
footer { border-top: 1px solid #111; margin-top: 2rem; }
"""


def review_record_html(content: ReviewRecord, frame: PageFrame) -> str:
    """The form for a screen reader; form.html beside form.pdf."""
    load_fonts()
    first, second = content.reviewers
    parts = [
        _facts(
            ("School", frame.school),
            ("Case reference", frame.reference),
            ("Date", content.date),
            ("Start", content.started),
            ("End", content.ended),
            ("Place", content.place),
            ("Reason for the review", content.reason),
            ("Purpose", content.purpose),
            ("Reviewer 1", f"{first.name}, {first.position}"),
            ("Reviewer 2", f"{second.name}, {second.position}"),
            ("Device", content.device),
            ("Serial or IMEI", content.device_serial),
            ("Where, in what state", content.device_state),
            ("Access", content.access),
            ("Both declared before looking", content.declaration),
        ),
        "<h2>What was looked at</h2>",
        _table(
            "Lines of the review",
            ("No.", "Time", "Address or item", "What was seen and why it worries", "Exhibit"),
            [(str(x.number), x.time, x.address, x.concern, x.exhibit or "none") for x in content.lines],
        ),
        "<h2>Judgement and action</h2>",
        _facts(
            *((f"Step skipped: {step}", reason) for step, reason in content.skipped),
            ("Stop", content.stop or "No stop."),
            *((f"Judged alone: {x.reviewer}", f"{x.judgement} ({x.at}). {x.reasons}") for x in content.judgements),
            ("Conclusion of both", content.conclusion),
            *((f"Action {n}", f"{x.action} – {x.who}, by {x.by_when}") for n, x in enumerate(content.actions, 1)),
            *((f"Attachment {x.mark}", f"SHA-256 {x.sha256}") for x in content.attachments),
            ("Statement", content.statement),
            ("Signed paper kept by, where", content.kept_at),
        ),
    ]
    if content.after_signing:
        parts.append(
            "<h2>After signing</h2><ul>" + "".join(f"<li>{_safe(x)}</li>" for x in content.after_signing) + "</ul>"
        )
    return _page(frame, "Review record", parts, reviewed=True)


def chronology_html(content: Chronology, frame: PageFrame) -> str:
    """The chronology for a screen reader; chronology.html beside chronology.pdf."""
    load_fonts()
    corrections = corrections_of(content)
    head = ("Entry", "UTC", "Local time", "Who", "What")
    rows = []
    for line in content.lines:
        what = f"<strong>{_safe(line.what)}</strong>"
        if line.corrects is not None:
            what += f" (corrects entry {line.corrects})"
        what += f"<div>{_safe(content_of(line))}</div>"
        for each in corrections.get(line.number, ()):
            what += (
                f'<div class="correction">Corrected by entry {each.number}, {_safe(each.local)}, {_safe(each.who)}: '
                f"{_safe(content_of(each))}</div>"
            )
        cells = "".join(f"<td>{_safe(text)}</td>" for text in (line.utc, line.local, line.who))
        rows.append(f'<tr id="entry-{line.number}"><th scope="row">{line.number}</th>{cells}<td>{what}</td></tr>')
    parts = [f"<p>{_safe(content.note)}</p>" if content.note else "", _raw_table("All entries in order", head, rows)]
    return _page(frame, "Chronology", parts, reviewed=content.reviewed)


def _safe(text: str) -> str:
    """Inert text: escaped, invisible characters named, its direction kept to itself."""
    shown = html.escape(visible(text, SANS))
    return shown if shown.isascii() else f"<bdi>{shown}</bdi>"


def _facts(*facts: tuple[str, str]) -> str:
    return "<dl>" + "".join(f"<dt>{_safe(a)}</dt><dd>{_safe(b) or 'Not recorded.'}</dd>" for a, b in facts) + "</dl>"


def _table(caption: str, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    return _raw_table(caption, head, ["<tr>" + "".join(f"<td>{_safe(x)}</td>" for x in row) + "</tr>" for row in rows])


def _raw_table(caption: str, head: tuple[str, ...], rows: list[str]) -> str:
    heads = "".join(f'<th scope="col">{_safe(name)}</th>' for name in head)
    return f"<table><caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _page(frame: PageFrame, title: str, parts: list[str], *, reviewed: bool) -> str:
    words = [word for word in ("REHEARSAL: nothing here is real" if frame.rehearsal else "", frame.banner) if word]
    banner = f'<p class="banner">{_safe("  ·  ".join(words))}</p>' if words else ""
    printed = f"Made {frame.printed_at}" + (f" by {frame.printed_by}" if frame.printed_by else "")
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>{frame.reference} {title}</title>'
        f"<style>{_STYLE}</style></head><body>{banner}<header><p>{_safe(frame.school)} · {frame.reference}</p>"
        f"<h1>{title}</h1></header><main>{''.join(parts)}</main><footer>"
        f"<p>{frame.as_at.capitalize()}; fingerprint {fingerprint_groups(frame.head)}. {_safe(printed)}.</p>"
        + (f"<p>{NOT_FORENSIC}</p>" if reviewed else "")
        + "</footer></body></html>\n"
    )

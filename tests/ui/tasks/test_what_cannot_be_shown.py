"""A file that is no picture, is too large or has too many pixels: kept as it is, said in words, never drawn."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from dsl_desk.services import preview
from dsl_desk.ui.papers.panel import PaperPanel
from dsl_desk.ui.review.exhibit_panel import ExhibitPanel
from dsl_desk.ui.review.session_panel import SessionPanel
from dsl_desk.ui.widgets import Notice, Text
from tests.ui.gallery import window
from tests.ui.tasks.played import settle, shown
from tests.ui.tasks.test_review import begin, drop, see
from tests.ui.walk import walk


def many_pixels() -> bytes:
    out = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(out, "PNG")
    return out.getvalue()


def said(page) -> str:
    return " ".join(notice.words for notice in page.findChildren(Notice) if notice.isVisible())


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("made-up.png", lambda: b"<html>made up</html>", "not a picture"),
        ("made-up.png", many_pixels, "50 million pixels"),
        ("made-up.png", lambda: bytes(100), "too large"),
    ],
    ids=["not-an-image", "too-many-pixels", "too-large"],
)
def test_it_is_taken_in_and_says_why_it_is_not_shown(at, qtbot, qapp, tmp_path, monkeypatch, name, content, words):
    if words == "too large":
        monkeypatch.setattr(preview, "LARGEST_BYTES", 50)
    file = tmp_path / name
    file.write_bytes(content())
    played = at("prepared")
    page = begin(played, qtbot)
    see(page, "no", "no")
    qtbot.waitUntil(lambda: page.heading.text() == "Sighting 2")
    page.add_exhibit.click()
    form = shown(played, qtbot, ExhibitPanel)
    form.shows.set_text("The front page with the badge")
    form.source.set_text("Review laptop")
    for _, tiles in form.answers:
        tiles.set_answer("no")
    drop(form, file)
    page = shown(played, qtbot, SessionPanel)
    page.covered.button.click()
    page.reason.set_text("to compare the address")
    page.show_it.click()

    qtbot.waitUntil(lambda: words in said(page))
    assert "kept exactly as it came in" in said(page)
    assert page.covered.is_covered
    settle(qapp)
    assert walk(played.window) == []
    assert len(played.case(qtbot).exhibits) == 1


def test_without_a_printer_the_paper_is_offered_as_a_file(qapp, qtbot, theme, stage):
    paper = next(stage.out.rglob("*.pdf"), None)
    pdf = paper.read_bytes() if paper is not None else b"%PDF-1.4\n%%EOF\n"
    shell = window(qapp)
    qtbot.addWidget(shell)
    shell.show()
    page = PaperPanel("A paper", pdf, back="Back", printers=[], parent=shell)
    shell.show_page(page)
    settle(qapp)

    words = " ".join(part.text() for part in page.findChildren(Text) if part.isVisible())
    assert "No printer is set up" in words
    assert page.printer is None
    assert page.primary is not None
    assert "Save as PDF" in page.primary.accessibleName()
    shell.keys.stop()

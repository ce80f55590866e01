"""A picture that is shown in a session goes with its place: never on under another mark, never after a stop."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QImage

from dsl_desk.domain.words import AccountId
from dsl_desk.ui.review.seen import ReviewerSeen, ReviewSeen
from dsl_desk.ui.review.session_panel import SessionPanel
from tests.ui.gallery import window

SEEN = ReviewSeen(
    reference="MI-2026-K7Q4",
    reviewers=(
        ReviewerSeen(account=AccountId("a" * 32), name="Dolor Pearwood", declared=True, finished=False),
        ReviewerSeen(account=AccountId("b" * 32), name="Sedge Alder", declared=True, finished=False),
    ),
    declaration="", finish="", stop_question="Any reason to stop?", place="Room 4", strip=(), session=1,
    since="10:00", exhibits=(("DP/2", "A second picture"), ("DP/1", "A first picture")),
)  # fmt: skip
PICTURE = QImage(8, 8, QImage.Format.Format_RGB32)


@pytest.fixture
def panel(qapp, theme):
    shell = window(qapp)
    shell.show()
    made = SessionPanel(SEEN, shell)
    made.show_review(SEEN)
    shell.show_page(made)
    yield made
    shell.close()


def ask(panel):
    panel.covered.button.click()
    panel.reason.set_text("To compare")
    panel.show_it.click()


def test_a_picture_that_is_shown_is_covered_when_the_list_of_exhibits_is_made_anew(panel):
    panel.which.setCurrentIndex(1)
    ask(panel)
    panel.show_picture("DP/1", PICTURE)
    assert not panel.covered.is_covered

    panel.show_review(replace(SEEN, next_sighting=2))  # a sighting was recorded

    assert panel.mark == "DP/2"
    panel._on_tick()
    assert panel.covered.is_covered


def test_what_comes_late_for_another_place_is_not_what_was_asked_for_before_a_stop(panel):
    panel.which.setCurrentIndex(1)
    ask(panel)
    panel.which.setCurrentIndex(0)
    ask(panel)
    panel.show_picture("DP/1", PICTURE)
    assert panel.covered.is_covered
    panel.cover_all()  # a stop, taken back before the picture came

    panel.show_picture("DP/2", PICTURE)

    assert panel.covered.is_covered
    assert panel.show_it.isEnabled()
    panel.show_it.click()
    panel.show_picture("DP/2", PICTURE)
    assert not panel.covered.is_covered

"""A date typed on a page means the moment at which it was typed, at whatever hour the page is saved."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dsl_desk.domain.errors import InputError
from dsl_desk.ui.case.asks import Ask, Asked, Form, FormPanel
from dsl_desk.ui.concern.rails import rail_of
from dsl_desk.ui.concern.so_far import SoFar
from dsl_desk.ui.concern.words_panel import WhenPanel
from dsl_desk.ui.dated import Dated

FORM = Form(
    key="call", title="A call",
    asks=(
        Ask(name="at", label="When", how=Asked.WHEN, missing="Enter when"),
        Ask(name="until", label="Until", how=Asked.TO_COME),
    ),
)  # fmt: skip


class Wall:
    """A clock on the wall that goes on where the test says so."""

    def __init__(self, year: int, month: int, day: int, hour: int, minute: int) -> None:
        self.now = datetime(year, month, day, hour, minute, tzinfo=ZoneInfo("Europe/London"))

    def __call__(self) -> datetime:
        return self.now


def test_what_was_typed_before_midnight_is_that_day_after_midnight():
    wall = Wall(2026, 11, 22, 23, 58)
    dated = Dated(wall)
    assert dated.read("today").iso == "2026-11-22"
    wall.now += timedelta(minutes=5)
    assert dated.read("today").iso == "2026-11-22"
    assert dated.read("yesterday 23:59").iso == "2026-11-22T23:59+00:00"


def test_a_page_may_stay_open_while_somebody_telephones():
    wall = Wall(2026, 11, 23, 10, 0)
    dated = Dated(wall)
    with pytest.raises(InputError):
        dated.read("10:15")
    wall.now += timedelta(minutes=20)
    assert dated.read("10:15").iso == "2026-11-23T10:15+00:00"


def test_a_form_left_open_takes_what_happened_meanwhile(qtbot):
    wall = Wall(2026, 11, 23, 10, 0)
    page = FormPanel(FORM, wall, back="Back", skippable=False)
    qtbot.addWidget(page)
    wall.now += timedelta(minutes=20)
    page.fields["at"].set_text("today 10:15")
    page.fields["until"].set_text("tomorrow 9am")
    assert page.problems() == []
    assert page.answers() == {"at": "2026-11-23T10:15+00:00", "until": "2026-11-24T09:00+00:00"}


def test_a_draft_of_friday_means_thursday_on_monday_too(qtbot):
    wall = Wall(2026, 11, 20, 16, 0)
    page = FormPanel(FORM, wall, back="Back", skippable=False)
    qtbot.addWidget(page)
    page.fields["at"].set_text("yesterday 2pm")
    page.fields["until"].set_text("no date at")
    kept = page.words_as_kept()
    assert kept == {"at": "19 November 2026 14:00", "until": "no date at"}
    wall.now += timedelta(days=3)
    again = FormPanel(FORM, wall, back="Back", skippable=False)
    qtbot.addWidget(again)
    again.show_words({**kept, "until": ""})
    assert again.answers()["at"] == "2026-11-19T14:00+00:00"


def test_a_concern_written_over_a_weekend_keeps_the_day_it_told(qtbot):
    wall, so_far = Wall(2026, 11, 20, 16, 0), SoFar()
    first = WhenPanel(so_far, wall, rail_of(so_far, "when"), back="Back")
    qtbot.addWidget(first)
    first.when.set_text("yesterday 2pm")
    first.noticed.set_text("today")
    first.collect(so_far)
    wall.now += timedelta(days=3)
    again = WhenPanel(so_far, wall, rail_of(so_far, "when"), back="Back")
    qtbot.addWidget(again)
    again.collect(so_far)
    assert so_far.words["when_iso"] == "2026-11-19T14:00+00:00"
    assert so_far.words["noticed_iso"] == "2026-11-20"
    assert so_far.words["when_words"] == "Thursday 19 November 2026, 14:00; noticed Friday 20 November 2026"

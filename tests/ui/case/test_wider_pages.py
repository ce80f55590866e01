"""Pages for searches, risk, thresholds, takedowns, lessons: each can be used, and what is typed makes the record."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from dsl_desk.domain import wider_entries as wider
from dsl_desk.domain.errors import InputError
from dsl_desk.domain.policy_values import Fact
from dsl_desk.ui.case.asks import Asked, FormPanel
from dsl_desk.ui.case.forms import FORMS, OF_STEP
from dsl_desk.ui.case.wider_forms import WIDER_FORMS, WIDER_KEEPERS, entry_from
from dsl_desk.window_app.joined import PARTS
from tests.ui.gallery import window
from tests.ui.walk import walk

NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
OFFERED: Any = SimpleNamespace(
    children=(("p-1", "Perry Wink"),),
    advices=(("7", "Demo Officer: It may go."),),
    seen=SimpleNamespace(strand="s"),
)


def filled(key: str) -> dict[str, str]:
    """An answer to everything a page asks, the first choice where there are several."""
    said = {}
    for ask in WIDER_FORMS[key](OFFERED).asks:
        if ask.options:
            said[ask.name] = ask.options[0][0]
        elif ask.how in (Asked.WHEN, Asked.TO_COME):
            said[ask.name] = "20/11/2026" if ask.how is Asked.WHEN else "21/11/2026"
        else:
            said[ask.name] = "words"
    return said


@pytest.fixture
def shell(qtbot, qapp, theme):
    made = window(qapp)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    yield made
    made.keys.stop()


@pytest.mark.parametrize("size", [(1366, 768), (683, 384)], ids=["100%", "200%"])
@pytest.mark.parametrize("key", WIDER_FORMS)
def test_every_page_can_be_named_reached_hit_and_read(key, size, shell):
    shell.resize(*size)
    page = FormPanel(WIDER_FORMS[key](OFFERED), lambda: NOW, back="Back to MI-2026-K7Q4", skippable=True)
    shell.show_page(page)
    for _ in range(4):
        QApplication.processEvents()
    assert walk(shell) == []


@pytest.mark.parametrize("key", WIDER_FORMS)
def test_what_is_typed_makes_the_record_and_what_is_missing_is_said(key, qapp, theme):
    page = FormPanel(WIDER_FORMS[key](OFFERED), lambda: NOW, back="Back", skippable=False)
    assert page.problems(), "an empty page is refused"
    page.show_words(filled(key))
    assert page.problems() == []
    desk: Any = SimpleNamespace(work=SimpleNamespace(note=lambda strand, data: (strand, data)))
    kept: Any = WIDER_KEEPERS[key](desk, OFFERED, page.answers())
    strand, data = kept
    assert (strand, type(data)) in {("s", kind) for kind in wider.WIDER_KINDS}
    assert all(getattr(data, name) for name in data.STARRED)


def test_an_answer_that_is_not_given_is_refused_in_words():
    with pytest.raises(InputError, match="not answered yet"):
        entry_from(wider.ViewingDecided, {"reason": "words", "decision": ""})


def test_every_step_that_a_profile_can_have_opens_a_page():
    assert set(Fact) - set(OF_STEP) - set(PARTS) == set()
    assert set(OF_STEP.values()) <= set(FORMS)

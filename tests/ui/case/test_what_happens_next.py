"""Every page of a case ends with what saving it leads to."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from dsl_desk.ui.case import then
from dsl_desk.ui.case.asks import Form, FormPanel, line
from dsl_desk.ui.help.then import Then


def test_every_sentence_belongs_to_a_form():
    rooms = Path(then.__file__).parents[1]
    sources = (*rooms.glob("case/*.py"), *rooms.glob("registers/*.py"))
    keys = {key for source in sources for key in re.findall(r'key="(\w+)"', source.read_text(encoding="utf-8"))}
    assert set(then.THEN) - keys == set()


def test_a_page_ends_with_the_sentence(qapp, theme):
    for key in (*then.THEN, "made-up"):
        form = Form(key=key, title="A page", asks=(line("name", "&Name"),))
        page = FormPanel(form, lambda: datetime(2026, 11, 24, tzinfo=UTC), back="Back", skippable=False)
        (shown,) = page.findChildren(Then)
        assert shown.text.text() == then.then_words(key)
        page.deleteLater()

"""What a form does not ask after an answer leaves no gap in the page."""

from __future__ import annotations

from datetime import UTC, datetime

from dsl_desk.ui.case.asks import Ask, Asked, Form, FormPanel
from dsl_desk.ui.tokens import Space

NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
YES = ("told", "yes")
FORM = Form(
    key="any", title="A form",
    asks=(
        Ask(name="told", label="Told", how=Asked.CHOICE, options=(("yes", "Yes"), ("no", "No"))),
        Ask(name="who", label="Who", only_if=YES), Ask(name="where", label="Where", only_if=YES),
        Ask(name="why", label="Why"),
    ),
)  # fmt: skip


def room_between(page: FormPanel, qapp) -> int:
    """Pixels between the end of the choice and the beginning of the last field."""
    for _ in range(6):
        qapp.processEvents()
    return page.fields["why"].geometry().top() - page.fields["told"].geometry().bottom() - 1


def test_what_is_not_asked_leaves_no_gap(qtbot, qapp):
    page = FormPanel(FORM, lambda: NOW, back="Back", skippable=False)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.set_room(narrow=False, short=False)
    page.show()
    assert room_between(page, qapp) == Space.M

    page.show_words({"told": "yes"})
    asked = room_between(page, qapp)
    assert asked == 3 * Space.M + page.fields["who"].height() + page.fields["where"].height()

    page.show_words({"told": "no"})
    page.set_room(narrow=True, short=True)
    assert room_between(page, qapp) == Space.M // 2

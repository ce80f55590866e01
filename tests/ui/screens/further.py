"""Pages that a case seldom reaches: a redacted copy, destroying, restricted records, another device for looking."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

from PySide6.QtGui import QImage

from dsl_desk.domain.words import AccountId, StrandId
from dsl_desk.services.devices import Device
from dsl_desk.services.disposing import CHECKS, Over
from dsl_desk.services.readers import MayRead, ReadersSeen, RecordSeen, WaitingReader
from dsl_desk.ui.case.asks import FormPanel
from dsl_desk.ui.case.choices import Offered
from dsl_desk.ui.case.destroy_panel import DestroyPanel, ToGo
from dsl_desk.ui.case.redact_panel import RedactPanel
from dsl_desk.ui.case.stopped import COPIES, STOP_FORMS
from dsl_desk.ui.page import Page
from dsl_desk.ui.review.device import OTHER, ChangeDevicePanel, DeviceSeen
from dsl_desk.ui.settings.disposal_pages import DisposalPage
from dsl_desk.ui.settings.page import SettingsPlace
from dsl_desk.ui.settings.readers_pages import ComparePage, KeepToPage, ReadersPage
from tests.ui.screens.story import Story

KEPT = frozenset(
    {
        "redact-marked",
        "destroy-exhibit",
        "records-to-dispose-of",
        "restricted-records",
        "restricted-compare",
        "restricted-readers",
        "another-device",
    }
)
"""Those that the documents show; the others look like them."""
NOW = datetime(2026, 1, 14, 10, 5, tzinfo=UTC)
REFERENCE = "MI-2026-T3WH"
OVER = Over(
    strand=StrandId("one"), reference="MI-2019-K7Q4", kept_as="Concerns without a child protection file",
    until="3 September 2026", closed="on 2 September 2020",
)  # fmt: skip
COPIES_MADE = (
    ("7", "Review record, printed by Demo Placeholder, 12 January 2026 10:05"),
    ("9", "Pack 1 for Example Police, handed over by Demo Placeholder, 13 January 2026 09:20"),
)
RECORD = RecordSeen(
    strand=StrandId("two"), title=REFERENCE, readers=("Demo Placeholder", "Sam Sample"), pairs=2, one_loss_away=False
)
NEAR = RecordSeen(
    strand=StrandId("three"), title="MI-2026-K7Q4", readers=("Demo Placeholder",), pairs=1, one_loss_away=True
)
WAITING = WaitingReader(
    account=AccountId("other"), name="Sam Sample", post="Deputy DSL", records=(REFERENCE, "Low-level concerns")
)
MAY_READ = tuple(
    MayRead(account=AccountId(name), name=name, post=post, reads=reads, mine=mine)
    for name, post, reads, mine in (
        ("Demo Placeholder", "DSL", True, True), ("Sam Sample", "Deputy DSL", False, False),
        ("Robin Example", "Headteacher", False, False),
    )
)  # fmt: skip
TABLET = Device(
    id="tablet", name="Review tablet 1", make="Example Tab 8", serial="SN-1234", kept_at="DSL’s office, grey cupboard",
    held_by="Demo Placeholder",
)  # fmt: skip


def play(story: Story) -> None:
    """Each page as it stands when it comes, or with what somebody would have done on it."""
    window = story.at.window
    redact = RedactPanel("AQ/1", "Screen capture of the review laptop: the trading page", window)
    _shoot(story, redact, "redact")
    redact.why.set_text("For the parents, without who wrote it")
    redact.show_picture(QImage(str(story.stage.cast.file("group-chat.png"))))
    redact.frame.click()
    _shoot(story, redact, "redact-marked")
    redact.cover()
    for page, name in (
        (DestroyPanel(_exhibit(), window), "destroy-exhibit"), (DestroyPanel(_record(), window), "dispose-of-a-record"),
        (_disposal(), "records-to-dispose-of"), (ReadersPage(_seen(), "Settings"), "restricted-records"),
        (ComparePage(WAITING, "Restricted records"), "restricted-compare"),
        (KeepToPage(NEAR, MAY_READ, "Restricted records"), "restricted-readers"),
        (_copies(), "form-copies"), (_device(), "another-device"),
    ):  # fmt: skip
        _shoot(story, page, name)


def _shoot(story: Story, page: Page, name: str) -> None:
    story.at.window.set_place("settings" if isinstance(page, SettingsPlace) else "cases")
    if story.at.window.page is not page:
        story.at.window.show_page(page)
    story.shoot(name, kept=name in KEPT)


def _exhibit() -> ToGo:
    return ToGo(
        title="exhibit AQ/1", back="exhibit AQ/1", me="Demo Placeholder",
        facts=(
            ("Shows", "Screen capture of the review laptop: the trading page"),
            ("On whose word", "Example Police, DC Sample, log 0000 of 12 January 2026"),
        ),
        copies=("Backup “stick 2”, 12 January 2026", "Pack 1 for Example Police, encrypted stick no. 3"),
    )  # fmt: skip


def _record() -> ToGo:
    facts = (("Why it may go", OVER.words),)
    return ToGo(title=OVER.reference, facts=facts, checks=CHECKS, back="the list", me="Demo Placeholder")


def _disposal() -> DisposalPage:
    page = DisposalPage("Settings")
    page.show_found((OVER,))
    return page


def _seen() -> ReadersSeen:
    return ReadersSeen(own="7F3A 99C2 04BE 51D8", waiting=(WAITING,), records=(RECORD, NEAR))


def _copies() -> FormPanel:
    offered = cast("Offered", SimpleNamespace(copies=COPIES_MADE))
    return FormPanel(STOP_FORMS[COPIES](offered), lambda: NOW, back=f"Back to {REFERENCE}", skippable=False)


def _device() -> ChangeDevicePanel:
    page = ChangeDevicePanel(DeviceSeen(reference=REFERENCE, now="Example Tab 7, SN-1200", registered=(TABLET,)))
    page.which.editor.set_key(OTHER)
    return page

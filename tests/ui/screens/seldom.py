"""Pages that come seldom: a correction, one exhibit, one pack, a stop undone, what comes after recovery, a fault."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from dsl_desk.domain.words import AccountId, Grade, PackKind, Role, StrandId, SubjectKind
from dsl_desk.services.begin import NewAccount
from dsl_desk.services.entry_reading import EntryRead, FieldSeen
from dsl_desk.services.packs import PackLine
from dsl_desk.services.putting_back import BackupTold
from dsl_desk.ui.case.by_two import LaptopStop, MistakePanel, ResumePanel, StopSeen
from dsl_desk.ui.case.chronology_panel import CorrectPanel
from dsl_desk.ui.case.destroy_panel import WaitsPanel as DestroyedPanel
from dsl_desk.ui.case.exhibit_panel import ExhibitShown, OneExhibitPanel
from dsl_desk.ui.concern.again_panels import OutcomePanel
from dsl_desk.ui.concern.rails import rail_of
from dsl_desk.ui.concern.so_far import SoFar
from dsl_desk.ui.fault_page import FaultPage
from dsl_desk.ui.governors.facts_panel import FactsPanel
from dsl_desk.ui.packs.panel import PackPanel
from dsl_desk.ui.page import Page
from dsl_desk.ui.set_up.people_pages import ProvePage
from dsl_desk.ui.sign_off.judge_panel import ConcludePanel, JudgeSeen, WaitsPanel
from dsl_desk.ui.unlock.backup_panel import BackupPanel
from dsl_desk.ui.unlock.ways_panel import OlderPanel, RecoveredPanel
from tests.ui.screens.story import Story

REFERENCE = "MI-2026-T3WH"
NOW = datetime(2026, 1, 14, 10, 5, tzinfo=UTC)
ME = "Demo Placeholder"
ENTRY = EntryRead(
    reference=REFERENCE, number=9, title="Call recorded", day="12 January 2026", who=ME, words="", corrections=(),
    instead="", voids=True,
    fields=(
        FieldSeen(name="who", label="Who was rung", value="x", shown="Example Police, DC Sample"),
        FieldSeen(name="words", label="What was said", value="x", shown="They ring back before the end of the day."),
    ),
)  # fmt: skip
EXHIBIT = ExhibitShown(
    mark="AQ/1", closed="", shows="Screen capture of the review laptop: the trading page",
    facts=(
        ("Taken in", "12 January 2026, 10:14, by Demo Placeholder"), ("How", "Screen capture, sealed from memory"),
        ("Size", "48,112 bytes"),
    ),
    way=(
        ("Sealed", "Demo Placeholder to the safe of the office, 12 January 2026, 10:40"),
        ("Taken in", "Demo Placeholder, witness Sam Sample, 12 January 2026, 10:14"),
    ),
    redactable=True,
)  # fmt: skip
PACK = PackLine(
    strand=StrandId("one"), reference=REFERENCE, number=1, kind=PackKind.SIGNED_OFF, made="13 January 2026, 09:20",
    at_utc="2026-01-13T09:20:00.000Z", recipient="Example Police, DC Sample", medium="Encrypted stick no. 3",
    encrypted=True, state="Sealed", sealed=True, fingerprint="M6GT 38D1 7YE0 5N51 Q1F6 CXW8", receipt="",
    has_scan=False,
)  # fmt: skip
STOP = StopSeen(
    strand=StrandId("one"), reference=REFERENCE, me=ME, grade=Grade.STOP_IMAGES, why=("The key was pressed",),
    advice=(), by_hand=True,
)  # fmt: skip

JUDGED = JudgeSeen(
    reference=REFERENCE, purpose="Find out who sells the accounts", me=ME, other="Sam Sample", i_review=True,
    i_judged=True, both=True, differ=True,
    visible=(
        (ME, "There is substance in it", "Two pupils were asked for gift card codes, and one of them paid."),
        ("Sam Sample", "Cannot tell from what was seen", "The pages name nobody; the words fit what was said."),
    ),
    outcomes=(("acted", "Acted on in school"),), severities=(("medium", "Medium"),),
)  # fmt: skip
WAITS = (
    "It is destroyed and nobody can read it any more. Its certificate prints once the desk has changed its key and "
    "taken the file away: make room on the disk, then press Finish it now, or open the desk again."
)
ANSWERS = {**dict.fromkeys(("1", "3", "5a", "5b", "6", "7"), "no"), "4": "yes"}
STOPPED = ("The desk has closed looking because of your answer to question 4. This is not a finding.",)


def play(story: Story) -> None:
    """Each as it stands when it comes."""
    window = story.at.window
    for name, page in _pages():
        window.show_page(page)
        story.shoot(name)


def _outcome() -> OutcomePanel:
    so_far = SoFar(about=SubjectKind.PUPIL.value, answers=ANSWERS)
    rail = rail_of(so_far, "result", title="Questions again")
    return OutcomePanel(
        Grade.OPEN, Grade.POLICE_FIRST, asked=Grade.POLICE_FIRST, sentences=STOPPED, why=(), rail=rail,
        reference=REFERENCE,
    )  # fmt: skip


def _pages() -> list[tuple[str, Page]]:
    stops = (LaptopStop(strand=StrandId("one"), reference=REFERENCE, since="12 January 2026, 10:31"),)
    fault = FaultPage()
    fault.show_fault("K7Q4-T3WH", "fault-2026-01-12.txt, in the desk’s folder", can_lock=True)
    older = "The newest entry here is 41 of 12 January 2026. This laptop has seen entry 58."
    waits = WaitsPanel(
        REFERENCE, "Your judgement is recorded",
        "Sam Sample judges next, signed in with their own passphrase. Lock the desk and let them unlock it.",
    )  # fmt: skip
    waits.offer_lock()
    return [
        ("correct-entry", CorrectPanel(ENTRY, lambda: NOW, back=f"Back to entry {ENTRY.number}")),
        ("one-exhibit", OneExhibitPanel(REFERENCE, (("AQ/1", "AQ/1, the trading page"),), EXHIBIT)),
        ("one-pack", PackPanel(PACK)),
        ("conclusion", ConcludePanel(JUDGED)),
        ("questions-again-outcome", _outcome()),
        ("destroyed-waits", DestroyedPanel(WAITS, f"exhibit AQ/1 of {REFERENCE}")),
        ("judge-waits", waits),
        ("stop-by-mistake", MistakePanel(STOP)),
        ("laptop-used-again", ResumePanel(ME, stops, unseen=False)),
        ("governors-facts", FactsPanel("filter-change counts", {})),
        ("set-up-let-in", ProvePage(NewAccount(name="Sam Sample", role=Role.DEPUTY, sign_in_name="sam"), ME)),
        ("unlock-older-files", OlderPanel(older)),
        ("unlock-recovered", RecoveredPanel(((AccountId("a"), ME), (AccountId("b"), "Sam Sample")))),
        ("unlock-backups", BackupPanel((BackupTold(folder=Path("stick"), when="9 January 2026, 16:02"),))),
        ("program-fault", fault),
    ]

"""Who signs sees the button beside the passphrase, at any size of window, whoever must not be told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from dsl_desk.ui.sign_off.sign_panel import SignerSeen, SignPanel, SignSeen
from dsl_desk.ui.widgets.strips import HoldState
from tests.ui.gallery import window
from tests.ui.walk import walk

HELD = (
    ("Parents of the pupil", "Wait: police are asked first", HoldState.WAIT),
    ("The pupil concerned", "Wait: until the device is secured", HoldState.WAIT),
    ("Form tutor", "Told on 12 January", HoldState.TOLD),
    ("IT technician", "May be told", HoldState.TELL),
)
FACTS = (
    ("Purpose", "See whether game accounts are sold for gift card codes, and what is said about the pupil."),
    ("Reviewers", "Demo Placeholder, Designated Safeguarding Lead; Mocka Stand-In, Deputy DSL, Head of Year 8"),
    ("Device", "Exemplar Book 14, serial EB14-2201"), ("Looking", "1 session; 2 sightings"),
    ("Judgements", "There is substance in it (Demo Placeholder); Cannot tell from what was seen (Mocka Stand-In)"),
    ("Conclusion", "Substance as to the names; as to the trading, pupils were offered it and a payment is not shown."),
    ("Record as it stands", "Entry 42, 21 November 2026, 22:29"),
)  # fmt: skip
SEEN = SignSeen(
    reference="MI-2026-T3WH", facts=FACTS, state="", complete=False, void=False,
    statement="We have each read the form at this head and agree that it says what we did, saw and judged.",
    signers=(
        SignerSeen(
            place=1, name="Demo Placeholder", position="Designated Safeguarding Lead",
            signed="Signed at entry 43 on 21 November 2026, 22:29",
        ),
        SignerSeen(place=2, name="Mocka Stand-In", position="Deputy DSL, Head of Year 8"),
    ),
)  # fmt: skip


@pytest.fixture
def shell(qapp, qtbot, theme):
    made = window(qapp)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    yield made
    made.close()


def shown(shell, qapp, size) -> SignPanel:
    shell.resize(*size)
    page = SignPanel(SEEN, shell)
    shell.set_held(HELD)
    shell.show_page(page)
    settle(qapp)
    return page


def settle(qapp) -> None:
    for _ in range(8):
        qapp.processEvents()


def typed_in(page: SignPanel) -> QWidget:
    """Where the passphrase is typed."""
    assert page.proof is not None
    return page.proof.passphrase.editor


def in_sight(page: SignPanel, part: QWidget) -> bool:
    view = page.scroller.viewport()
    top = part.mapTo(view, QPoint(0, 0)).y()
    return top >= 0 and top + part.height() <= view.height()


@pytest.mark.parametrize("size", [(1366, 768), (1280, 720)])
def test_the_button_is_whole_in_sight_before_anything_is_typed(shell, qapp, size):
    page = shown(shell, qapp, size)
    assert page.hold_back is not None
    assert page.hold_back.isVisible()
    assert page.sign.visibleRegion().boundingRect() == page.sign.rect()


@pytest.mark.parametrize("size", [(1366, 768), (1280, 720), (1280, 640), (683, 384), (640, 360)])
def test_the_button_is_in_sight_while_the_passphrase_is_typed(shell, qapp, size):
    page = shown(shell, qapp, size)
    assert not page.sign.hasFocus()
    passphrase = typed_in(page)
    passphrase.setFocus(Qt.FocusReason.TabFocusReason)
    settle(qapp)
    assert in_sight(page, passphrase)
    assert in_sight(page, page.sign)
    assert walk(shell) == []


@pytest.mark.parametrize("size", [(1366, 768), (683, 384)])
def test_one_does_not_begin_at_the_signature(shell, qapp, size):
    page = shown(shell, qapp, size)
    focused = qapp.focusWidget()
    assert focused is page.read or focused in page._head_order()


def test_after_the_window_has_become_small_the_button_is_still_beside_the_passphrase(shell, qapp):
    page = shown(shell, qapp, (1366, 768))
    passphrase = typed_in(page)
    passphrase.setFocus(Qt.FocusReason.TabFocusReason)
    shell.resize(683, 384)
    settle(qapp)
    assert in_sight(page, passphrase)
    assert in_sight(page, page.sign)


def test_a_page_does_not_open_scrolled_for_the_sake_of_what_is_in_sight_already(shell, qapp):
    page = shown(shell, qapp, (1366, 768))
    bar = page.scroller.verticalScrollBar()
    assert bar.maximum() > 0, "the page is longer than the window"
    assert page.read.hasFocus()
    assert bar.value() == 0

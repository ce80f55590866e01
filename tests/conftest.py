"""What every test stands on: no screen, a steady hypothesis profile, and counts that scale."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import HealthCheck, settings
from PySide6.QtWidgets import QApplication

from dsl_desk.store import key_slots
from dsl_desk.ui.painting import resources
from dsl_desk.ui.theme import Appearance, Theme

settings.register_profile(
    "desk",
    deadline=None,  # two shared cores: wall time says nothing about correctness
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
    derandomize=bool(os.environ.get("CI")),  # the gate judges the change, not the day's luck; runs by hand search on
)
settings.load_profile("desk")


def _weight() -> float:
    """How much of the full count this run asks for: 1 is all of it, absent or 0 the small count."""
    try:
        return max(0.0, float(os.environ.get("DSL_DESK_HEAVY", "0") or "0"))
    except ValueError:
        pytest.exit("DSL_DESK_HEAVY must be a number, for example 1 or 0.2.", returncode=4)


@pytest.fixture(scope="session")
def heavy() -> Callable[[int, int], int]:
    """``heavy(n_small, n_full)``: how many rounds a costly test makes in this run."""
    weight = _weight()

    def count(n_small: int, n_full: int) -> int:
        return max(n_small, round(n_full * weight))

    return count


class Remembered:
    """Argon2id that answers at once what it was asked before: same passphrase, same salt, same cost.

    Hundreds of tests sign the same four people in to a copy of one desk. What is reckoned is what it always was.
    """

    _answers: ClassVar[dict[tuple[object, ...], bytes]] = {}

    def __init__(self, **cost: int | bytes) -> None:
        self._cost = cost

    def derive(self, spelled: bytes) -> bytes:
        asked = (bytes(spelled), *sorted(self._cost.items()))
        if asked not in self._answers:
            self._answers[asked] = _derived(spelled, self._cost)
        return self._answers[asked]


def _derived(spelled: bytes, cost: Mapping[str, Any]) -> bytes:
    return Argon2id(**cost).derive(spelled)


_SLOTS = Path(__file__).parent / "store" / "keys" / "test_key_slots.py"


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """The tests of the slots themselves reckon every passphrase anew."""
    chosen = Argon2id if item.path == _SLOTS else Remembered
    setattr(key_slots, "Argon2id", chosen)  # noqa: B010 - mypy: a type is not assigned to


LONG = (
    "ui/test_rehearsal_screens.py",
    "ui/test_a_case_of_each_profile.py",
    "exports/papers/test_papers.py",
    "ui/unlock/test_coming_in.py",
    "ui/settings/test_every_page.py",
    "ui/concern/test_new_concern.py",
    "test_rehearsal.py",
    "ui/case/test_case_place.py",
    "services/test_signing.py",
    "ui/outside/test_by_names_and_actions.py",
    "ui/settings/test_settings.py",
    "ui/test_a_newcomer.py",
    "store/keys/test_accounts.py",
    "ui/desk/test_home.py",
    "exports/papers/test_form_and_officer.py",
    "ui/tasks/test_hold_back_on_pages.py",
    "services/test_settings.py",
    "ui/registers/test_registers.py",
    "ui/kills/test_kills_while_typing.py",
)
"""The files that take longest, the longest first: a long one begun last leaves the other process with nothing to do."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files come first, all others in the order they have."""
    places = {Path(__file__).parent / name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    """The one dress of the process: a second would take its style away and leave its palette."""
    return Theme(qapp, resources() / "fonts", Appearance.LIGHT)

"""The seat at the window: whoever of the cast sits there, signs in with their own words, and hands the keyboard on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from dsl_desk.app import Services
from dsl_desk.domain.words import StrandId
from dsl_desk.paths import make_private
from dsl_desk.rehearsal.hands import Hands
from dsl_desk.rehearsal.stage import Stage
from dsl_desk.rehearsal.touch import HandsError

T = TypeVar("T")
HOME = "What is waiting for me"
DOOR = "Unlock the desk"


@dataclass(slots=True, kw_only=True)
class Seat:
    """One rehearsal as it is played in the window."""

    stage: Stage
    hands: Hands
    sits: str = ""
    """Who of the cast is signed in; nobody while the desk is locked."""

    @property
    def papers(self) -> Path:
        """Where papers are saved, as if it were the stick for the printer."""
        return make_private(self.stage.out / "papers")

    def name(self, who: str) -> str:
        """What somebody of the cast is called."""
        return self.stage.cast.played[who].name

    # -- who sits there

    def lock(self) -> None:
        """F12, as whoever leaves the room does."""
        if self.sits:
            self.hands.key("F12")
            self.hands.on(DOOR)
            self.sits = ""

    def sign_in(self, who: str, *, picture: str = "") -> None:
        """Somebody takes the seat: the desk is locked, and opens for them on Home."""
        if self.sits == who:
            return
        self.lock()
        self.hands.on(DOOR)
        if picture:
            self.hands.picture(picture)
        secret = self.stage.cast.secret(who)
        self.hands.unlock(secret.sign_in_name, secret.passphrase)
        self.hands.until(lambda: self.hands.title != DOOR, "The open desk")
        self.hands.quiet()
        self.sits = who

    def proves(self, who: str, whose: str = "") -> None:
        """Somebody types their own sign-in name and passphrase for one act."""
        secret = self.stage.cast.secret(who)
        name, words = ("Your sign-in name", "Your own passphrase")
        if whose:
            name, words = f"Sign-in name of {whose}", f"Passphrase of {whose}"
        self.hands.type(name, secret.sign_in_name)
        self.hands.type(words, secret.passphrase)

    # -- where they are

    def home(self) -> None:
        """Go Home, from wherever the places are in sight."""
        if self.hands.title != HOME:
            self.hands.press("Home")
            self.hands.on(HOME)

    def case(self, reference: str) -> None:
        """Open a case from Home, as its row there."""
        self.home()
        self.hands.open_row(reference)
        self.hands.on(reference)

    def step(self, title: str, page: str = "") -> None:
        """Open a step of the case that is shown, and wait for its page."""
        self.hands.press(title)
        self.hands.comes(page or title)

    def record(self, what: str, page: str = "") -> None:
        """Record something at any time, by the menu of the case."""
        self.hands.menu("Record something…", what)
        self.hands.comes(page or what)

    def saved(self) -> None:
        """Save a page of the case, and be back on the case."""
        self.hands.press("Save and go on")
        self.hands.comes("MI-")

    def reference(self) -> str:
        """The reference of the case that is shown."""
        title = self.hands.title
        if not title.startswith("MI-"):
            raise HandsError(f"No case is shown. {self.hands.seen()}")
        return title

    def save_paper(self) -> None:
        """Save the paper that is shown as PDF, and go back to where it was asked for."""
        self.hands.press("Save as PDF…")
        self.hands.file(self.papers)
        self.hands.says("Saved as")

    # -- behind the window

    def ask(self, work: Callable[[Services], T]) -> T:
        """Do something that has no page yet, on the desk's own thread."""
        return self.hands.ask(work)

    def strand(self, reference: str) -> StrandId:
        """The strand of a case by its reference."""
        found = self.ask(lambda services: services.desk.find(reference))  # type: ignore[arg-type] # a reference as it is shown
        if found is None:
            raise HandsError("The case that was just recorded is not found by its reference.")
        return found

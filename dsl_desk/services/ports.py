"""What services ask of the world: the time, a way to report progress, and who is signed in.

Ports that only one service needs stand beside that service.
"""

from typing import Protocol

from dsl_desk.domain.moments import Moment


class Clock(Protocol):
    """The laptop's clocks; only `app` and `cli` own a real one."""

    def now(self) -> Moment:
        """This moment."""
        ...


class Progress(Protocol):
    """Where long work says how far it is, and learns that it should stop."""

    def report(self, done: int, total: int) -> None:
        """Say how far the work is; raises Cancelled where the person asked to stop."""
        ...


class NoProgress:
    """Nobody is watching; the work runs to its end."""

    def report(self, done: int, total: int) -> None:
        """Say nothing."""

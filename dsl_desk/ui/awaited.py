"""A picture that somebody asked to see, and that takes a moment to be drawn."""


class Awaited:
    """Whether it is still wanted when it comes: not where everything was covered meanwhile."""

    def __init__(self) -> None:
        self._waits = self._late = False

    def ask(self) -> None:
        """Somebody asked to see it."""
        self._waits, self._late = True, False

    def cover(self) -> None:
        """A stop, a lock, another page: what was asked for before is not shown any more."""
        self._late = self._late or self._waits

    def comes(self) -> bool:
        """It is there; true where it may be shown."""
        late, self._waits, self._late = self._late, False, False
        return not late

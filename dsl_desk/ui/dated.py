"""A date somebody types on a page: read when it is typed, by the clock of that moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from dsl_desk.domain.dates import When, read_when
from dsl_desk.domain.errors import InputError


class Dated:
    """What one field is read as.

    "Yesterday" typed before midnight stays that day when it is saved after midnight, and a draft keeps the day
    itself. What had not come when it was typed is read again: a page may stay open while somebody telephones.
    """

    def __init__(self, now: Callable[[], datetime], *, ahead: bool = False) -> None:
        self._now, self._ahead = now, ahead
        self._text = ""
        self._found: When | None = None

    def read(self, text: str) -> When:
        """The date in these words; raises InputError where there is none, or where it must not lie ahead."""
        if self._found is None or text != self._text:
            self._text, self._found = text, None
            self._found = read_when(text, self._now(), ahead=self._ahead)
        return self._found

    def kept(self, text: str) -> str:
        """As a draft keeps it: words that mean the same day on any other; what cannot be read yet as it was typed."""
        try:
            return self.read(text).typed
        except InputError:
            return text

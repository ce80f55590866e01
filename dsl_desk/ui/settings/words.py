"""Days in words, for pages of the settings."""

from datetime import date

from dsl_desk.domain.dates import date_words


def long_day(day: str) -> str:
    """A day as people say it: 24 November 2026; what is no day stays as it is."""
    try:
        when = date.fromisoformat(day)
    except ValueError:
        return day
    return date_words(when)

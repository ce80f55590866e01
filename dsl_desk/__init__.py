"""DSL Desk: a Designated Safeguarding Lead's desk for looking into misuse of technology."""

__version__ = "0.1.0"

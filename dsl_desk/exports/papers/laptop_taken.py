"""The sheet "If police take this laptop" (flows 10)."""

from dataclasses import dataclass

from dsl_desk.exports.papers.frame import PageFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class LaptopTaken:
    """What an officer and the school need if the laptop goes; never a passphrase."""

    make: str
    serial: str
    encryption: str
    power_state: str
    account_ids: tuple[str, ...]
    last_backup: str
    disclosure_decided_by: str = "the Headteacher, with legal advice"
    go_on_with: tuple[str, ...] = ()
    """How to go on with a spare machine, step by step; a standing text is used where empty."""


def laptop_taken_pdf(content: LaptopTaken, frame: PageFrame) -> bytes:
    """One page, with lines for the officer and the receipt."""
    raise NotImplementedError

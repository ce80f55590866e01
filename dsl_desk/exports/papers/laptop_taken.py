"""The sheet "If police take this laptop" (flows 10)."""

from dataclasses import dataclass

from dsl_desk.exports.papers.fonts import READ_STRONG
from dsl_desk.exports.papers.frame import PageFrame
from dsl_desk.exports.papers.sheet import Sheet


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


GO_ON: tuple[str, ...] = (
    "Ring IT for the spare machine; install DSL Desk from the kept stick.",
    "Open the newest backup with one recovery code and one person’s passphrase, or with two codes.",
    "Until then: paper cards and referral sheets; ring agencies as always. Protection never waits for the laptop.",
    "When the desk is open again: make new codes, record when and why the laptop went, and give this sheet’s times.",
)


def laptop_taken_pdf(content: LaptopTaken, frame: PageFrame) -> bytes:
    """One page, with lines for the officer and the receipt."""
    sheet = Sheet(
        frame,
        "If police take this laptop",
        lead="For the officer and for the school. One page; give a copy, keep a copy.",
    )
    sheet.facts(
        [
            ("Laptop", content.make),
            ("Serial", content.serial),
            ("Encryption", content.encryption),
            ("Power", content.power_state),
            ("Accounts (never passphrases)", "\n".join(content.account_ids)),
            ("Last backup", content.last_backup),
            ("Passphrases: disclosing is decided by", content.disclosure_decided_by),
        ]
    )
    sheet.space(8)
    sheet.text("It holds other children’s cases, unrelated to this.", READ_STRONG, after=2)
    sheet.text(
        "They are sealed apart from one another. Please speak with the school before any of it is opened; a signed "
        "evidence pack of the one case can be had at once.",
        after=6,
    )
    sheet.heading("Taken by", keep_with=120)
    sheet.ink("Officer: name, rank, number", "Force, station, telephone")
    sheet.ink("Date, time", "Seal or exhibit no.", "Receipt or log number")
    sheet.ink("Power state when taken; who had it; what was said about passphrases", lines=2)
    sheet.heading("How the school goes on")
    for number, step in enumerate(content.go_on_with or GO_ON, 1):
        sheet.text(f"{number}  {step}", after=2)
    sheet.signatures(("Received (officer)", ""), ("Handed over (school)", ""), height=60)
    return sheet.pdf()

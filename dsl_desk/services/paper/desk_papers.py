"""Papers of the desk itself: what set-up prints, and what lies ready for the day the laptop goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dsl_desk.domain.policy import Profile
from dsl_desk.exports.papers.frame import Fact
from dsl_desk.exports.papers.halt_card import HaltCard
from dsl_desk.exports.papers.laptop_taken import LaptopTaken
from dsl_desk.exports.papers.recovery_envelopes import RecoveryEnvelope, RecoveryEnvelopes
from dsl_desk.exports.papers.root_fingerprint import RootFingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCode:
    """One recovery code as it is shown once, with who keeps its envelope."""

    letter: str
    generation: int
    printed: str
    custodian: str
    kept_where: str = ""


def halt_card(profile: Profile | None, contacts: Mapping[str, str]) -> HaltCard:
    """The stop page on paper: steps as the profile words them, numbers as the school filled them in."""
    titles = {contact.id: contact.title for contact in profile.contacts} if profile else {}
    numbers = tuple(Fact(label=titles.get(name, name), value=number) for name, number in contacts.items())
    return HaltCard(numbers=numbers, steps=profile.wording.stop_images) if profile else HaltCard(numbers=numbers)


def root_fingerprint(fingerprint: str, made_at: str, kept_by: Sequence[str]) -> RootFingerprint:
    """The one paper against which every signature of the school is checked."""
    return RootFingerprint(fingerprint=fingerprint, made_at=made_at, kept_by=tuple(kept_by))


def recovery_envelopes(codes: Sequence[ShownCode], made_at: str) -> RecoveryEnvelopes:
    """One sheet for each envelope."""
    return RecoveryEnvelopes(
        envelopes=tuple(
            RecoveryEnvelope(
                letter=code.letter, generation=code.generation, printed_code=code.printed, custodian=code.custodian,
                kept_where=code.kept_where,
            )
            for code in codes
        ),
        made_at=made_at,
    )  # fmt: skip


def laptop_taken(settings: Mapping[str, str], account_ids: Sequence[str], last_backup: str) -> LaptopTaken:
    """What an officer and the school need if the laptop goes; account ids, never passphrases."""
    return LaptopTaken(
        make=settings.get("laptop_make", ""),
        serial=settings.get("laptop_serial", ""),
        encryption="The desk is encrypted on its own; without a passphrase and this laptop’s key store, or two sealed "
        "codes, it cannot be read.",
        power_state="",
        account_ids=tuple(account_ids),
        last_backup=last_backup or "none yet",
    )

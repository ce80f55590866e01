"""Every change of the desk's settings in words: what, by whom, when. Old values stay in the journal."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dsl_desk.domain.desk_entries import (
    AccountIssued,
    CertificateWithdrawn,
    DeskCreated,
    Enrolled,
    PairIssued,
    ProfileChanged,
    Recovered,
    Restored,
    SettingsChanged,
)
from dsl_desk.domain.payload import EntryData
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.case_things import local_words

_NAMES: Final = {
    "school": "name of the school", "school_number": "telephone number", "site": "sites",
    "local_authority": "local authority", "police_force": "police force", "main_system": "main system",
    "form_kept_at": "where forms are kept", "governor_named": "named governor", "laptop_make": "make of the laptop",
    "laptop_serial": "serial number of the laptop", "school_address": "address", "term_dates": "term dates",
    "lawful_basis": "basis in law", "dsl_sites": "posts",
    "stand_ins": "cover for the DSL", "contacts": "numbers", "contact_notes": "notes on numbers",
    "contacts_checked": "numbers checked", "people": "posts", "second_posts": "posts",
    "headteacher_is_proprietor": "posts", "headteacher_lets_dsl_help": "posts", "devices": "devices",
    "looking_where": "where looking is done", "code_holders": "keepers of envelopes",
    "envelopes_handed_out": "envelopes handed out", "closed_days": "days without school",
    "site_terms": "term dates of sites", "site_closed_days": "days without school at sites",
    "lesson_ends": "ends of lessons", "lado_days": "days for the LADO", "acting_dsl": "who stands in for the DSL",
}  # fmt: skip

_PLAIN: Final[dict[type[EntryData], str]] = {
    PairIssued: "Three recovery codes made", Recovered: "Opened with two recovery codes",
    Enrolled: "This laptop’s key store holds its part of the key again", Restored: "A backup was put back",
    DeskCreated: "The desk was begun",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTold:
    """One change, in words."""

    when: str
    words: str


class ChangeLog:
    """Tells what was changed about the desk itself."""

    def __init__(self, book: CaseBook) -> None:
        self._book = book

    def told(self, most: int = 200) -> tuple[ChangeTold, ...]:
        """The newest first."""
        return tuple(change for change, _ in zip(self._each(), range(most), strict=False))

    def _each(self) -> Iterator[ChangeTold]:
        names, before = self._book.school().names, ""
        for record in reversed(self._book.desk.records(self._book.desk.desk_strand)):
            payload = record.payload
            words = _words(payload.data) if payload is not None else ""
            if payload is not None and words:
                by = " and ".join(names.get(account, "two recovery codes") for account in payload.by)
                told = ChangeTold(when=local_words(payload.at_local), words=f"{words}. By {by}")
                if not isinstance(payload.data, PairIssued) or told.words != before:  # three pairs are one act
                    yield told
                before = told.words


def _words(data: EntryData) -> str:
    match data:
        case SettingsChanged():
            said = dict.fromkeys(_NAMES.get(name, name) for name in data.settings)
            return f"Changed: {', '.join(said)}"
        case ProfileChanged():
            return f"Policy, version {data.version}, put in force"
        case AccountIssued():
            return f"Keys made for {data.name}"
        case CertificateWithdrawn():
            return f"Keys ended: {data.reason}" if data.reason else "Keys ended"
        case _:
            return _PLAIN.get(type(data), "")

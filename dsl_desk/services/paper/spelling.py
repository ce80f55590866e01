"""How papers spell times and closed words, so that a tired reader and a court read the same thing."""

from datetime import date, datetime, timedelta

from dsl_desk.domain.case_words import Agency
from dsl_desk.domain.dates import date_words

SCHOOL_ZONE = "Europe/London"
_BRITISH = frozenset({SCHOOL_ZONE, "Europe/Belfast", "Europe/Guernsey", "Europe/Isle_of_Man", "Europe/Jersey", "GB"})
_WINTER, _SUMMER = timedelta(0), timedelta(hours=1)
_DATE_LENGTH = len("2026-11-21")

_AGENCIES = {
    Agency.POLICE: "police",
    Agency.SOCIAL_CARE: "children’s social care",
    Agency.LADO: "LADO",
    Agency.EDUCATION_SAFEGUARDING: "education safeguarding team",
    Agency.CEOP: "CEOP",
    Agency.IWF: "IWF",
    Agency.CHANNEL: "Channel",
    Agency.HELPLINE_HARMFUL_CONTENT: "Report Harmful Content",
    Agency.HELPLINE_PROFESSIONALS: "Professionals Online Safety Helpline",
    Agency.EXPLOITATION_TEAM: "exploitation team",
    Agency.ICO: "ICO",
    Agency.OTHER_SETTING: "another school or setting",
    Agency.DBS: "DBS",
    Agency.TRA: "TRA",
    Agency.OTHER: "another agency",
}


def zone_word(at: datetime, zone: str = SCHOOL_ZONE) -> str:
    """GMT or BST for a British zone; else how far the clock was from UTC."""
    offset = at.utcoffset()
    if offset is None:
        return ""
    if zone in _BRITISH and offset in (_WINTER, _SUMMER):
        return "GMT" if offset == _WINTER else "BST"
    written = at.strftime("%z")
    return f"UTC{written[:3]}:{written[3:5]}" if offset else "UTC"


def moment_words(at: datetime, zone: str = SCHOOL_ZONE) -> str:
    """An aware time in words: 21 November 2026, 12:21:07 GMT."""
    return f"{date_words(at)}, {at:%H:%M:%S} {zone_word(at, zone)}".rstrip()


def spoken(text: str, zone: str = SCHOOL_ZONE) -> str:
    """A time or date as a field holds it, in words; what is no ISO time stays as it was written."""
    try:
        if len(text) == _DATE_LENGTH:
            return date_words(date.fromisoformat(text))
        if "T" not in text:
            return text
        return moment_words(datetime.fromisoformat(text), zone)
    except ValueError:
        return text


def utc_words(at_utc: str) -> str:
    """An entry's UTC time to the second, in words: 21 November 2026, 12:21:07 UTC."""
    return spoken(at_utc, "UTC")


def word(value: object) -> str:
    """A closed word as it reads: `cannot_tell` becomes `Cannot tell`."""
    text = lower(value)
    return text[:1].upper() + text[1:]


def lower(value: object) -> str:
    """A closed word within a sentence."""
    return str(getattr(value, "value", value)).replace("_", " ").replace("-", " ")


def agency_words(agency: Agency | str) -> str:
    """An agency as people call it."""
    known = agency if isinstance(agency, Agency) else next((one for one in Agency if one.value == agency), None)
    return _AGENCIES[known] if known else lower(agency)


def first_upper(text: str) -> str:
    """A text with its first letter as a capital, the rest as it is (LADO stays LADO)."""
    return text[:1].upper() + text[1:]


def end(text: str) -> str:
    """A text that ends as a sentence does."""
    text = text.strip()
    return text if not text or text.endswith((".", "!", "?", "…", ".”", "?”")) else f"{text}."


def part(label: str, value: str) -> str:
    """A short labelled sentence, or nothing where there is nothing to say."""
    return end(f"{label}: {value.strip()}") if value.strip() else ""


def lines(*told: str) -> str:
    """Sentences one below the other; empty ones leave no line."""
    return "\n".join(end(one) for one in told if one.strip())


def sentences(*told: str) -> str:
    """Sentences one after the other; empty ones leave no gap."""
    return " ".join(end(one) for one in told if one.strip())

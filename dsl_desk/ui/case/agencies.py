"""Agencies to choose from, in the words a DSL uses for them; papers spell them in `services/paper/spelling`."""

from __future__ import annotations

from typing import Final

from dsl_desk.domain.case_words import Agency

_WORDS: Final = {
    Agency.POLICE: "Police",
    Agency.SOCIAL_CARE: "Social care (MASH)",
    Agency.LADO: "LADO",
    Agency.EDUCATION_SAFEGUARDING: "Education safeguarding team",
    Agency.CEOP: "CEOP",
    Agency.IWF: "Internet Watch Foundation",
    Agency.CHANNEL: "Prevent / Channel",
    Agency.EXPLOITATION_TEAM: "The police’s specialist team",
    Agency.OTHER_SETTING: "Another school",
    Agency.HELPLINE_HARMFUL_CONTENT: "Report Harmful Content",
    Agency.HELPLINE_PROFESSIONALS: "Professionals Online Safety Helpline",
    Agency.ICO: "Information Commissioner (ICO)",
    Agency.OTHER: "Somebody else",
}
_ADVISING: Final = (Agency.POLICE, Agency.SOCIAL_CARE, Agency.LADO, Agency.EDUCATION_SAFEGUARDING, Agency.OTHER)

AGENCIES: Final = tuple((agency.value, words) for agency, words in _WORDS.items())
"""Whom a school refers to or rings."""
ADVISERS: Final = tuple((agency.value, _WORDS[agency]) for agency in _ADVISING)
"""Whose advice changes what the school may do, and with whom it may disagree."""

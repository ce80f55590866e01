"""What a policy profile says, as a value: a school's own procedure, which is data and not code (design section 6).

A profile is one TOML file. It may differ in roles, recipients, deadlines,
categories, routes, contacts, keeping and wording; it can never lower the
minimum: two distinct reviewers, triage first, halt available, sign-off by both.
`read_profile` refuses a faulty one with a sentence that names file, key and
fault.
"""

from functools import lru_cache
from typing import Final

import msgspec

from dsl_desk.domain.case_words import Agency
from dsl_desk.domain.errors import ProfileError
from dsl_desk.domain.policy_checks import faults_of
from dsl_desk.domain.policy_values import Profile

FORMAT: Final = "dsl-desk/profile/1"

__all__ = ["FORMAT", "Agency", "Profile", "read_profile"]


@lru_cache(maxsize=16)
def read_profile(text: str, file_name: str) -> Profile:
    """Read and check a profile; raises ProfileError naming the file, the key and what is wrong with it.

    The same text is the same value, so it is read once: reading and checking it took a third of opening a desk again.
    """
    try:
        profile = msgspec.toml.decode(text, type=Profile)
    except msgspec.MsgspecError as error:
        raise ProfileError(f"{file_name}: {_plain(str(error))}. The profile was not loaded.") from error
    if profile.format != FORMAT:
        raise ProfileError(f"{file_name}: format must be {FORMAT}. The profile was not loaded.")
    for fault in faults_of(profile):
        raise ProfileError(f"{file_name}: {fault}. The profile was not loaded.")
    return profile


def _plain(fault: str) -> str:
    """msgspec's wording, with the key first: `contacts[2].number: expected …`."""
    what, mark, where = fault.rpartition(" - at `$.")
    return f"{where.rstrip('`')}: {what}" if mark else fault

"""Posts of a school in words, for screens; a profile may call them something else."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dsl_desk.domain.policy import Profile
from dsl_desk.domain.words import Role

POSTS: Final[Mapping[Role, str]] = MappingProxyType(
    {
        Role.DSL: "Designated Safeguarding Lead",
        Role.DEPUTY: "Deputy DSL",
        Role.HEADTEACHER: "Headteacher",
        Role.OSL: "Online safety lead",
        Role.SENIOR: "Senior member of staff",
        Role.CHAIR: "Chair of Governors",
        Role.DPO: "Data Protection Officer",
    }
)
_SHORT: Final[Mapping[str, str]] = MappingProxyType({Role.DSL.value: "DSL"})


def post_words(role: str, profile: Profile | None = None) -> str:
    """What a post is called on a screen: by the profile where one is chosen, else as most schools say."""
    if role in _SHORT:
        return _SHORT[role]
    known = next((one for one in Role if one.value == role), None)
    if known is None:
        return role
    said = next((one.title for one in profile.roles if one.id is known), "") if profile else ""
    return said.replace(POSTS[Role.DSL], _SHORT[Role.DSL.value]) or POSTS[known]

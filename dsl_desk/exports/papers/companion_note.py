"""The companion note: at most 600 characters for one child's record in the main system, printed for retyping."""

from dataclasses import dataclass

from dsl_desk.domain.errors import InputError
from dsl_desk.exports.papers.frame import PageFrame

LONGEST_NOTE = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanionNote:
    """One child's note; raises InputError above 600 characters."""

    text: str
    main_system: str = ""
    about: str = ""
    """The child whose record it goes to, as the main system names the record."""

    def __post_init__(self) -> None:
        if len(self.text) > LONGEST_NOTE:
            raise InputError("The note is longer than 600 characters. Shorten it; the detail stays with the case.")


def companion_note_pdf(content: CompanionNote, frame: PageFrame) -> bytes:
    """Large type, for retyping on another machine."""
    raise NotImplementedError

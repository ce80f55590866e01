"""The companion note: at most 600 characters for one child's record in the main system, printed for retyping."""

from dataclasses import dataclass

from dsl_desk.domain.errors import InputError
from dsl_desk.exports.papers.fonts import READ_STRONG, SANS, SMALL, Style
from dsl_desk.exports.papers.frame import PageFrame
from dsl_desk.exports.papers.page import LEFT, MEASURE
from dsl_desk.exports.papers.sheet import Sheet
from dsl_desk.exports.papers.slots import PAD, Field, Slot, set_lines

_LARGE = Style(SANS, 16, 25)

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
    system = content.main_system or "the main system"
    sheet = Sheet(
        frame, "Companion note", lead=f"To be typed into {system}, one note a child. Shred this sheet when it is done."
    )
    if content.about:
        sheet.fields(Field(label="Goes to", value=content.about, style=READ_STRONG))
        sheet.space(8)
    sheet.row((Slot(set_lines(content.text, _LARGE, MEASURE - 4 * PAD), LEFT, MEASURE),), boxed=True)
    sheet.space(6)
    sheet.text(f"{len(content.text)} of {LONGEST_NOTE} characters.", SMALL, after=8)
    sheet.ink("Typed by", "On, at", f"Reference in {system}")
    sheet.space(6)
    sheet.text("Then type the reference back into the desk: that marks the step done.", SMALL)
    return sheet.pdf()

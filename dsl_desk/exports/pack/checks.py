"""What must hold of a pack's contents before a single byte is written (format section 6)."""

import re

from dsl_desk.domain.errors import DamagedError, InputError
from dsl_desk.domain.journal import Header
from dsl_desk.domain.payload import payload_fields
from dsl_desk.domain.words import CASE_REF, MARK, PackKind
from dsl_desk.exports.pack.contents import ExhibitContent, PackContents, PackExhibit
from dsl_desk.exports.pack.layout import FORM, PAPER, exhibit_folder, segment_fault
from dsl_desk.exports.pack.proof import Sealing
from dsl_desk.signatures import root_fault

_NAME = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]+")
_DIGEST = re.compile(r"[0-9a-f]{64}")


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise InputError(f"{what} Nothing was written.")


def check_contents(contents: PackContents, sealing: Sealing) -> Header:
    """Refuse contents that could not become a valid pack; returns the header of the last entry.

    Raises InputError in plain words.
    """
    _require(bool(CASE_REF.fullmatch(contents.case)), "The case reference is not one of this desk.")
    _require(
        (sealing.case, sealing.number) == (contents.case, contents.number), "The leave to seal is for another pack."
    )
    _require(all(_NAME.fullmatch(name) for name, _ in sealing.people), "A sealer’s name cannot stand in a pack.")
    _require(root_fault(contents.root) is None, "The school’s root certificate is not as it should be.")
    _check_kind(contents)
    _check_papers(contents)
    _check_exhibits(contents)
    return _check_entries(contents)


def _check_kind(contents: PackContents) -> None:
    signed = contents.kind is PackKind.SIGNED_OFF
    _require(signed == (contents.sign_off is not None), "Sign-off files belong to a signed-off pack, and to no other.")
    _require(signed == (contents.signed_off_at is not None), "The entry signed at belongs to a signed-off pack alone.")
    _require(signed or bool(contents.not_signed_off_because.strip()), "Why the pack is not signed off is not said.")


def _check_papers(contents: PackContents) -> None:
    wanted = {"chronology.pdf", "completeness.pdf"}
    if contents.kind is not PackKind.STOPPED:
        wanted |= {FORM, "exhibit-labels.pdf"}
    _require(wanted <= set(contents.papers), "A paper that every pack of this kind holds is missing.")
    names = set(contents.papers)
    plain = all(PAPER.fullmatch(name) and segment_fault(name) is None for name in names)
    _require(plain and len({name.lower() for name in names}) == len(names), "A paper’s name cannot stand in a pack.")
    twins = {name.removesuffix(".html") + ".pdf" for name in names if name.endswith(".html")}
    _require(twins <= names, "An accessible copy stands without its paper.")


def _check_exhibits(contents: PackContents) -> None:
    folders = [exhibit_folder(exhibit.mark).lower() for exhibit in contents.exhibits]
    _require(len(set(folders)) == len(folders), "Two exhibits have one mark.")
    for exhibit in contents.exhibits:
        _check_exhibit(exhibit, stopped=contents.kind is PackKind.STOPPED)


def _check_exhibit(exhibit: PackExhibit, *, stopped: bool) -> None:
    included = exhibit.content is ExhibitContent.INCLUDED
    _require(bool(MARK.fullmatch(exhibit.mark)), "An exhibit’s mark is not one of this desk.")
    _require(segment_fault(exhibit_folder(exhibit.mark)) is None, "An exhibit’s mark cannot name a folder on Windows.")
    _require(not (included and stopped), "A stopped pack holds no content.")
    _require(included == (exhibit.read is not None), "Only an included exhibit has content to read.")
    _require(included != bool(exhibit.withheld), "An exhibit without content says why, and no other does.")
    whole = exhibit.sha256 is not None and exhibit.size is not None
    _require(whole or not included, "An included exhibit lacks its digest or size.")
    _require(exhibit.sha256 is None or bool(_DIGEST.fullmatch(exhibit.sha256)), "An exhibit’s digest is not one.")


def _check_entries(contents: PackContents) -> Header:
    last = contents.entries[-1] if contents.entries else None
    if last is None or last.payload is None:
        raise InputError("The journal must end with the start of this very pack. Nothing was written.")
    try:
        told = payload_fields(last.payload)
        header = Header.decode(last.header)
        own = (told["kind"], told["data"]["no"]) == ("pack_started", contents.number)
    except (DamagedError, LookupError, TypeError) as error:
        raise InputError("The last entry of the journal could not be read. Nothing was written.") from error
    _require(
        own and header.strand_seq == len(contents.entries), "The journal must end with the start of this very pack."
    )
    return header

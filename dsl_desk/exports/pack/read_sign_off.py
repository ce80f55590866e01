"""Reading a sign-off: text, both signatures, the signed form, and what came after (format section 5)."""

import re
from dataclasses import dataclass

from dsl_desk.domain.encoding import sha256_hex
from dsl_desk.domain.payload import EntryBook
from dsl_desk.exports.cms import SignatureFault, SignedBy, verify_cms
from dsl_desk.exports.pack.layout import NUMBER, PERSON
from dsl_desk.exports.pack.pack_reader import PackReader
from dsl_desk.exports.pack.read_bag import BAG_INFO, BagInfo
from dsl_desk.exports.pack.read_journal import Journal, Told
from dsl_desk.exports.pack.read_proof import told
from dsl_desk.exports.pack.verdict import SignedOff
from dsl_desk.exports.signed_form import verify_signed_form

TEXT = "bag/data/sign-off/sign-off.txt"
REVIEWERS = ("bag/data/sign-off/reviewer-1.p7s", "bag/data/sign-off/reviewer-2.p7s")
FORM = "bag/data/papers/form.pdf"
_TEXT = re.compile(
    rf"dsl-desk/sign-off/1\nCase: (.+)\nDesk: ([0-9a-f]{{32}})\nStrand: ([0-9a-f]{{32}})\nStrand-Seq: ({NUMBER})\n"
    rf"Strand-Head: ([0-9a-f]{{64}})\nForm-SHA256: ([0-9a-f]{{64}})\n"
    rf"Reviewer-1: {PERSON}\nReviewer-2: {PERSON}\nStatement: .+\n"
)
_BOOKKEEPING = frozenset({"signed_off", "pack_started", "pack_sealed", "pack_lost"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """sign-off.txt as it reads, and whose signatures stand under it."""

    case: str
    desk: str
    strand: str
    at: int
    head: str
    form: str
    reviewers: tuple[tuple[str, str], ...]
    people: tuple[SignedBy, ...]
    form_people: tuple[SignedBy, ...]

    @property
    def certificates(self) -> set[str]:
        """Certificates that signed off."""
        return {certificate for _, certificate in self.reviewers}


def read_sign_off(reader: PackReader, root: bytes | None) -> SignOff | None:
    """The text, both CMS and the form by themselves; None where the text cannot be relied upon (named)."""
    raw = reader.read_intact(TEXT)
    if raw is None or root is None:
        return None
    found = _TEXT.fullmatch(raw.decode("utf-8", errors="replace"))
    if found is None:
        reader.fail(TEXT, "its lines are not those of a sign-off")
        return None
    case, desk, strand, at, head, form, one_name, one, two_name, two = found.groups()
    if one == two:
        reader.fail(TEXT, "one certificate signs off twice")
    people = [_reviewer(reader, path, raw, root, digest) for path, digest in zip(REVIEWERS, (one, two), strict=True)]
    for person, name in zip(people, (one_name, two_name), strict=True):
        if person is not None and person.name != name:
            reader.fail(TEXT, "a reviewer’s name is not the one in the certificate")
    return SignOff(
        case=case,
        desk=desk,
        strand=strand,
        at=int(at),
        head=head,
        form=form,
        reviewers=((one_name, one), (two_name, two)),
        people=tuple(person for person in people if person is not None),
        form_people=_form(reader, form, root, [one, two]),
    )


def _reviewer(reader: PackReader, path: str, text: bytes, root: bytes, certificate: str) -> SignedBy | None:
    raw = reader.read_intact(path)
    if raw is None:
        return None
    try:
        return verify_cms(raw, text, root, [certificate])[0]
    except SignatureFault as fault:
        reader.fail(path, f"this reviewer’s signature does not hold: {fault}")
        return None


def _form(reader: PackReader, unsigned: str, root: bytes, certificates: list[str]) -> tuple[SignedBy, ...]:
    raw = reader.read_intact(FORM)
    if raw is None:
        return ()
    try:
        return tuple(verify_signed_form(raw, unsigned, root, certificates))
    except SignatureFault as fault:
        reader.fail(FORM, f"the signed form does not hold: {fault}")
        return ()


def check_sign_off(
    reader: PackReader, sign_off: SignOff, info: BagInfo | None, journal: Journal, book: EntryBook
) -> SignedOff | None:
    """The sign-off against the journal: the head it names, the acts that made it, what came after."""
    if info is not None and (sign_off.case, sign_off.at) != (info.case, info.signed_off_at):
        reader.fail(TEXT, f"it names another case or entry than {BAG_INFO.rsplit('/', 1)[-1]}")
    if not journal.whole:
        return None
    entry = journal.entry(sign_off.at)
    if entry is None or (sign_off.desk, sign_off.strand, sign_off.head) != (journal.desk, journal.strand, entry.digest):
        reader.fail(TEXT, "it does not name the head of that entry of the journal")
        return None
    accounts = {str(journal.register[one]["account"]) for one in sign_off.certificates if one in journal.register}
    if len(accounts) != len(sign_off.reviewers):
        reader.fail(TEXT, "the two certificates are not those of two people")
    since = journal.entries[sign_off.at :]
    _check_acts(reader, sign_off, since)
    voiding = [one for one in since if _substance(one, journal, book)]
    for one in voiding:
        reader.fail(TEXT, f"entry {one.strand_seq} changed the substance afterwards, which voids the sign-off")
    return SignedOff(
        reviewers=tuple(map(told, sign_off.people)),
        at=sign_off.at,
        follow_up=sum(one.kind is not None and one.kind not in _BOOKKEEPING for one in since),
        not_judged=sum(one.known is None for one in since),
    )


def _check_acts(reader: PackReader, sign_off: SignOff, since: list[Told]) -> None:
    """Each reviewer's act stands in the journal as an entry, with the digest of this very text."""
    if any(one.kind is None for one in since):
        return
    text = reader.digest(TEXT)
    acts = {
        certificate: one
        for one in since
        if one.kind == "signed_off" and one.data.get("sign_off", text) == text
        for certificate in one.signed_by
    }
    for (_, certificate), path in zip(sign_off.reviewers, REVIEWERS, strict=True):
        act = acts.get(certificate)
        if act is None or act.data.get("p7s", reader.digest(path)) != reader.digest(path):
            reader.fail(path, "the journal does not tell of this signature")
    raw = reader.read_intact(FORM)
    last = acts.get(sign_off.reviewers[-1][1])
    if raw is not None and last is not None and last.data.get("form", sha256_hex(raw)) != sha256_hex(raw):
        reader.fail(FORM, "the journal tells of another signed form")


def _substance(one: Told, journal: Journal, book: EntryBook) -> bool:
    """Whether a known entry voids an earlier sign-off; a correction counts as the entry it corrects.

    What a correction says of the kind it corrects is believed only where that entry is not shown.
    """
    while one.kind == "corrected":
        corrected = journal.entry(one.data.get("corrects"))
        if corrected is None or corrected.known is None or corrected.strand_seq >= one.strand_seq:
            claimed = book.kinds.get(str(one.data.get("kind")))
            return one.known is not None and (claimed is None or claimed.SUBSTANCE)
        one = corrected
    return one.known is not None and one.known.SUBSTANCE

"""Sign-off by two: the text both sign, what it covers, and what voids it (format section 5, design section 8)."""

from dataclasses import dataclass

from dsl_desk.domain.case_state import CaseState, Signature
from dsl_desk.domain.errors import InputError
from dsl_desk.domain.text import clean_account_name
from dsl_desk.domain.words import CaseRef, DeskId, Digest, StrandId

DEFAULT_STATEMENT = "We have each read the form at this head and agree that it says what we did, saw and judged."


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """Where the two signatures of a case stand."""

    signatures: tuple[Signature, ...] = ()
    """The latest of each reviewer over the latest text, in the order of the form."""
    covers: int = 0
    """Strand-Seq of that text."""
    void_since: int = 0
    """strand_seq of the first later entry of substance, 0 where nothing voids it."""
    is_valid: bool = False
    """Two different reviewers signed the same text, and nothing of substance came after."""

    def words(self, last: int) -> str:
        """One sentence for screens and papers; `last` is the case's last entry."""
        if not self.signatures:
            return "not signed"
        if self.void_since:
            return f"signed at {self.covers}, now {last}, unsigned"
        if not self.is_valid:
            return f"signed by one at {self.covers}, waiting for the second"
        after = last - self.covers
        return f"signed off by both at {self.covers}, {after} {'entry' if after == 1 else 'entries'} of follow-up since"


def sign_off_of(case: CaseState) -> SignOff:
    """How the sign-off of a case stands now."""
    if not case.signatures:
        return SignOff()
    text = case.signatures[-1].sign_off
    latest = {signature.account: signature for signature in case.signatures if signature.sign_off == text}
    own = tuple(latest[reviewer.account] for reviewer in case.reviewers if reviewer.account in latest)
    covers = case.signatures[-1].covers
    later = [at for at in case.substance if at > covers]
    persons = {reviewer.person for reviewer in case.reviewers if reviewer.account in latest}
    one_text = {signature.covers for signature in own} == {covers}
    return SignOff(
        signatures=own or case.signatures[-1:],
        covers=covers,
        void_since=min(later, default=0),
        is_valid=not later and len(own) == 2 and len(persons) == 2 and one_text,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """A reviewer as the text names them."""

    name: str
    certificate_sha256: str


def reviewer_line(place: int, signer: Signer) -> str:
    """The line of `sign-off.txt` that names one reviewer and the certificate they sign with."""
    return f"Reviewer-{place}: {clean_account_name(signer.name)}; certificate-sha256={signer.certificate_sha256}"


def sign_off_text(
    *,
    case: CaseRef,
    desk: DeskId,
    strand: StrandId,
    strand_seq: int,
    strand_head: Digest,
    form_sha256: str,
    reviewers: tuple[Signer, Signer],
    statement: str = DEFAULT_STATEMENT,
) -> bytes:
    """The bytes of `sign-off.txt`, exactly as format section 5 gives them.

    Raises InputError where the statement is not one line, a name cannot stand in
    it, or both reviewers would sign with one certificate.
    """
    first, second = reviewers
    if first.certificate_sha256 == second.certificate_sha256:
        raise InputError("One certificate cannot sign twice. The second reviewer signs with their own passphrase.")
    if not statement.strip() or len(statement.splitlines()) != 1:
        raise InputError("The statement both agree to must be one line.")
    lines = (
        "dsl-desk/sign-off/1",
        f"Case: {case}",
        f"Desk: {desk}",
        f"Strand: {strand}",
        f"Strand-Seq: {strand_seq}",
        f"Strand-Head: {strand_head}",
        f"Form-SHA256: {form_sha256}",
        reviewer_line(1, first),
        reviewer_line(2, second),
        f"Statement: {statement}",
    )
    return "".join(line + "\n" for line in lines).encode("utf-8")

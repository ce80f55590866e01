"""Sign-off by two: one form, one text, two passphrases, days apart if need be (format section 5)."""

from dataclasses import dataclass

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_words import Decision
from dsl_desk.domain.encoding import sha256_hex
from dsl_desk.domain.errors import ProcedureError
from dsl_desk.domain.follow_up_entries import PaperKept, ScanAttached
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.policy_values import Fact
from dsl_desk.domain.review import Reviewer
from dsl_desk.domain.sign_off import Signer as NamedSigner
from dsl_desk.domain.sign_off import reviewer_line, sign_off_text
from dsl_desk.domain.words import AccountId, BlobClass, BlobId, Grade, StrandId
from dsl_desk.exports.signing import SignatureFault
from dsl_desk.services.case_book import CaseBook, after
from dsl_desk.services.forms import FirstSigned, Forms
from dsl_desk.services.ports import NoProgress, Progress
from dsl_desk.services.printing import PrintingService
from dsl_desk.signatures import Signer, certificate_der
from dsl_desk.store.issuing import REHEARSAL
from dsl_desk.store.values import BlobFacts, Source

FORM, FORM_SIGNED, TEXT = "form", "form-final", "sign-off.txt"
LARGEST_PAPER = 64 * 1024 * 1024
FORM_LINE = "Form-SHA256: "
FIRST_DOES_NOT_HOLD = (
    "The first reviewer’s signature does not hold, so nothing was signed beside it. Run Check everything. Then name "
    "the first reviewer anew, with the reason; both sign a new form."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSign:
    """What the reviewers are about to sign: look at it in full before a passphrase is typed."""

    covers: int
    form: bytes
    """The form as it stands, with the first signature in it where there is one."""
    text: bytes
    """`sign-off.txt`, exactly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedPapers:
    """The four files that both signed, as they go unchanged into a pack."""

    covers: int
    form: bytes
    text: bytes
    reviewer_1: bytes
    reviewer_2: bytes


def p7s_name(place: int) -> str:
    """Name of a reviewer's signature file, by their place on the form."""
    return f"reviewer-{place}.p7s"


class SignOffService:
    """Makes the form, takes two signatures, and knows what they cover."""

    def __init__(self, book: CaseBook, printing: PrintingService, forms: Forms) -> None:
        self._book, self._printing, self._forms = book, printing, forms

    def prepare(self, strand: StrandId, signer: AccountId, *, progress: Progress | None = None) -> ToSign:
        """The form and text to sign now: the ones the other reviewer signed, or new ones.

        Raises HaltedError or ProcedureError where this person may not sign.
        """
        self._book.checked()
        self._book.switch.ask(strand, Grade.POLICE_FIRST)
        case = self._book.load(strand)
        who = self._book.actor(signer)
        case.may_sign(who)
        self._book.admitted(case, signer)
        self._book.check(case, Fact.SIGNED_BY_BOTH, who)
        waiting = self._waiting(case)
        if waiting is None:
            return self._make(strand, case, progress or NoProgress())
        self._first_holds(case, waiting)
        return waiting

    def _waiting(self, case: Case) -> ToSign | None:
        """What one reviewer has signed already and nothing since has voided."""
        state = case.sign_off_state()
        if not state.signatures or state.void_since or state.is_valid:
            return None
        first = state.signatures[-1]
        form, text = self._paper(case, FORM_SIGNED, first.form), self._paper(case, TEXT, first.sign_off)
        return ToSign(covers=first.covers, form=form, text=text)

    def _first_holds(self, case: Case, waiting: ToSign) -> None:
        """Raise ProcedureError unless the first signature is what it says: nobody signs beside a false one."""
        first, said = case.sign_off_state().signatures[-1], waiting.text.decode("utf-8").splitlines()
        one, two = map(self._certified, case.reviewers)
        if [line for line in said if line.startswith("Reviewer-")] != [reviewer_line(1, one), reviewer_line(2, two)]:
            raise ProcedureError(
                "A reviewer has another name or new keys since the form was made. Nothing was signed. Name that "
                "reviewer anew, with the reason; then both sign a new form."
            )
        compared = FirstSigned(
            form_sha256=next((line[len(FORM_LINE) :] for line in said if line.startswith(FORM_LINE)), ""),
            certificate_sha256=one.certificate_sha256,
            root_der=certificate_der(self._book.desk.root),
        )
        try:
            p7s = self._paper(case, p7s_name(first.place), first.p7s)
            self._forms.check_first(waiting.form, p7s, waiting.text, compared)
        except SignatureFault as error:
            raise ProcedureError(FIRST_DOES_NOT_HOLD) from error

    def _paper(self, case: Case, name: str, sha256: str) -> bytes:
        for kept in reversed(case.told(PaperKept)):
            if kept.data.paper == name and kept.data.sha256 == sha256:
                return self._book.desk.content_bytes(BlobId(kept.data.blob), LARGEST_PAPER)
        raise ProcedureError("The form that was signed is not among the papers kept. Make it again; both sign anew.")

    def _make(self, strand: StrandId, case: Case, progress: Progress) -> ToSign:
        """Set the form at this very head and keep it; everything up to here is what will be signed."""
        story = self._printing.story(strand)
        form = self._forms.unsigned(self._printing.form(story, case), self._printing.frame(story))
        one, two = case.reviewers
        text = sign_off_text(
            case=story.reference,
            desk=self._book.desk.desk_id,
            strand=strand,
            strand_seq=story.head.strand_seq,
            strand_head=story.head.digest,
            form_sha256=sha256_hex(form),
            reviewers=(
                self._certified(one),
                self._certified(two),
            ),
            statement=self._printing.statement(),
        )
        made = ToSign(covers=story.head.strand_seq, form=form, text=text)
        self._keep(strand, {FORM: form, TEXT: text}, made.covers, progress, (), None)
        return made

    def _certified(self, reviewer: Reviewer) -> NamedSigner:
        """A reviewer as their certificate names them: in a rehearsal that begins with REHEARSAL (format section 8)."""
        account = self._book.school().account(reviewer.account)
        name = f"{REHEARSAL} {account.name}" if self._book.desk.rehearsal else account.name
        return NamedSigner(name=name, certificate_sha256=account.certificate_sha256)

    def sign(
        self,
        strand: StrandId,
        to_sign: ToSign,
        signer: Signer,
        *,
        decision: Decision = Decision.AGREE,
        reasons: str = "",
        progress: Progress | None = None,
    ) -> Case:
        """One reviewer signs form and text with their own passphrase; `signer` is dropped afterwards.

        Raises ProcedureError where something of substance came after the form was
        made, where this person has signed, or is nobody who signs this case.
        """
        self._book.checked()
        self._book.switch.ask(strand, Grade.POLICE_FIRST)
        case, who = self._book.load(strand), self._book.actor(signer.account)
        place = case.may_sign(who)
        self._book.admitted(case, who.account)
        self._book.check(case, Fact.SIGNED_BY_BOTH, who)
        if not self._made_here(case, to_sign):
            raise ProcedureError("This is not the form that was made. Make it again, then sign.")
        waiting = self._waiting(case)
        if waiting is not None:
            self._first_holds(case, waiting)
        form = self._forms.signed(to_sign.form, place, signer, first=waiting is None)
        p7s = self._forms.detached(to_sign.text, signer)
        entry = case.sign_off(
            who,
            covers=to_sign.covers,
            sign_off=sha256_hex(to_sign.text),
            p7s=sha256_hex(p7s),
            form=sha256_hex(form),
            decision=decision,
            reasons=reasons,
        )
        papers = {FORM_SIGNED: form, p7s_name(place): p7s}
        recorded = self._keep(strand, papers, to_sign.covers, progress or NoProgress(), (signer,), entry)
        if recorded.sign_off_state().is_valid:
            self._book.checkpoint()
        return recorded

    def _made_here(self, case: Case, to_sign: ToSign) -> bool:
        """Whether this very form was made here: its text is kept, and the text or the first signature names it."""
        waiting = self._waiting(case)
        if waiting is not None:
            return waiting == to_sign
        text = sha256_hex(to_sign.text)
        kept = any(paper.data.paper == TEXT and paper.data.sha256 == text for paper in case.told(PaperKept))
        return kept and f"{FORM_LINE}{sha256_hex(to_sign.form)}".encode() in to_sign.text.splitlines()

    def _keep(
        self,
        strand: StrandId,
        papers: dict[str, bytes],
        covers: int,
        progress: Progress,
        also: tuple[Signer, ...],
        last: EntryData | None,
    ) -> Case:
        """Keep papers exactly as made, and the entry that speaks of them, in one transaction."""
        before = self._book.load(strand)

        def describe(facts: BlobFacts) -> PaperKept:
            return before.keep_paper(
                self._book.me(),
                PaperKept(
                    paper=facts.name,
                    blob=facts.blob,
                    sha256=facts.sha256,
                    size=facts.size,
                    blob_class=BlobClass.PAPER,
                    media_type="application/pdf" if facts.name.startswith(FORM) else "application/octet-stream",
                    covers=covers,
                ),
            )

        recorded = self._book.desk.take_in(
            strand,
            [Source.from_bytes(name, content) for name, content in papers.items()],
            describe,
            BlobClass.PAPER,
            self._book.now(),
            progress.report,
            lambda: self._book.switch.grade(strand) is Grade.OPEN,
            also=also,
            then=(lambda _facts: (last,)) if last is not None else None,
        )
        return after(before, recorded)

    def decline(self, strand: StrandId, reasons: str) -> Case:
        """The reviewer signed in will not sign, and says why."""
        return self._book.record(strand, lambda case, me: case.decline_sign_off(me, reasons))

    def papers(self, case: Case) -> SignedPapers:
        """The files both signed; raises ProcedureError unless the sign-off is complete and nothing voids it."""
        state = case.sign_off_state()
        if not state.is_valid:
            raise ProcedureError("Both reviewers have not signed what the case says now.")
        by_place = {signature.place: signature for signature in state.signatures}
        last = max(state.signatures, key=lambda signature: signature.at)
        return SignedPapers(
            covers=state.covers,
            form=self._paper(case, FORM_SIGNED, last.form),
            text=self._paper(case, TEXT, last.sign_off),
            reviewer_1=self._paper(case, p7s_name(1), by_place[1].p7s),
            reviewer_2=self._paper(case, p7s_name(2), by_place[2].p7s),
        )

    def attach_scan(
        self, strand: StrandId, source: Source, *, of: str, media_type: str, progress: Progress | None = None
    ) -> Case:
        """Attach the page that came back signed in ink, tied to the head it was printed at."""
        before = self._book.load(strand)
        state = before.sign_off_state()
        at = before.entry_at(state.covers) if state.covers else before.entries[-1]

        def describe(facts: BlobFacts) -> ScanAttached:
            return before.attach_scan(
                self._book.me(),
                ScanAttached(
                    of=of,
                    blob=facts.blob,
                    sha256=facts.sha256,
                    size=facts.size,
                    media_type=media_type,
                    original_name=facts.name,
                    head=at.digest if at else "",
                ),
            )

        recorded = self._book.desk.take_in(
            strand,
            [source],
            describe,
            BlobClass.SCAN,
            self._book.now(),
            (progress or NoProgress()).report,
            lambda: self._book.switch.grade(strand) is not Grade.STOP_IMAGES,
        )
        return after(before, recorded)

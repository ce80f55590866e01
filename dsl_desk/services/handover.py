"""Handing over: a pack is begun on record, written, sealed, read back, and only then named (format section 6)."""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_entries import BOOK
from dsl_desk.domain.errors import Cancelled, DslDeskError, HaltedError, InputError, ProcedureError
from dsl_desk.domain.follow_up_entries import PackStarted, ReceiptAttached
from dsl_desk.domain.outside import why_and_leave
from dsl_desk.domain.words import BlobClass, CaseRef, Grade, Mark, PackKind, StrandId
from dsl_desk.exports.pack.bag import SealedPack, finish, write_pack
from dsl_desk.exports.pack.proof import Sealing
from dsl_desk.exports.pack.transport import Archive, encrypted_archive, new_archive_code, plain_archive
from dsl_desk.exports.papers.handover_receipt import HandoverReceipt
from dsl_desk.exports.papers.transport_cover import TransportCover
from dsl_desk.services.case_book import CaseBook, after
from dsl_desk.services.halt_switch import HaltableProgress
from dsl_desk.services.pack_contents import PackPlan, changed_since, pack_contents
from dsl_desk.services.paper.spelling import first_upper
from dsl_desk.services.paper.tell_handing_over import recipient_words
from dsl_desk.services.ports import NoProgress, Progress
from dsl_desk.services.printing import Page, PrintingService
from dsl_desk.services.sign_off import SignOffService
from dsl_desk.signatures import Signer, certificate_sha256
from dsl_desk.store.values import Source

BY_HAND = "By hand on an encrypted stick in a sealed bag"
AES_ZIP = "AES ZIP; needs 7-Zip at the other end"
PLAIN_ZIP = "ZIP for upload to the force’s own portal from another machine"
UNENCRYPTED = "Unencrypted, because police asked for it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """What is decided before a pack is made."""

    kind: PackKind
    folder: Path
    """Where it is written: the chosen medium itself, never a temporary place."""
    medium: str
    recipient: str
    """police, social_care, lado, iwf, governors, court, other."""
    recipient_name: str = ""
    zip: bool = False
    encrypted: bool = False
    """An AES ZIP beside the folder, locked with a generated code."""
    unencrypted_reason: str = ""
    withheld: Mapping[Mark, str] = field(default_factory=dict)
    """Exhibits whose content this copy leaves out, each with the reason."""
    changed_since: str = ""
    """What changed since the pack before; told from the record where nobody writes it."""
    seal_number: str = ""
    purpose: str = ""
    """Why it goes to them; the work of police, social care, LADO and IWF says it."""
    allowed_by: str = ""
    """Who allowed it to leave on a medium, where that is not a senior who makes it themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """A pack that stands on the medium under its name."""

    case: Case
    pack: Path
    archive: Path | None
    archive_code: str = field(repr=False)
    """Travels apart from the archive; shown once, kept nowhere."""
    receipt: Page
    cover: Page
    files: int
    """As the receipt says: the files that were packed, without those that only prove them."""
    size: int
    """Their bytes."""


class HandoverService:
    """Makes packs, finishes or gives up what was begun, and keeps receipts."""

    def __init__(self, book: CaseBook, printing: PrintingService, sign_offs: SignOffService, program: str) -> None:
        self._book, self._printing, self._sign_offs, self._program = book, printing, sign_offs, program

    def make(
        self, strand: StrandId, plan: Handover, sealers: Sequence[Signer], progress: Progress | None = None
    ) -> HandedOver:
        """Make a pack; `sealers` proved themselves before it is written, and can seal this one alone.

        Raises HaltedError, ProcedureError, MediumError, Cancelled. Nothing finished
        is then left on the medium, and the record says that the pack was given up.
        """
        before = self._book.load(strand)
        self._book.content_allowed(strand, before)
        if any(before.is_about(self._book.actor(signer.account)) for signer in sealers):
            raise ProcedureError("Whom a case is about seals nothing of it. Somebody else seals this pack.")
        case, started = self._begin(strand, plan)
        sealing = Sealing(case=CaseRef(case.ref), number=started.no, signers=sealers)
        watched = HaltableProgress(progress or NoProgress(), self._book.switch, strand, _closed_at(plan.kind))
        try:
            sealed, archive, code = self._write(strand, plan, case, started, sealing, sealers, watched)
        except DslDeskError as error:
            self._give_up(strand, started.no, error)
            raise
        return self._finish(strand, plan, sealed, archive, code)

    def _begin(self, strand: StrandId, plan: Handover) -> tuple[Case, PackStarted]:
        """With whom, why and by whose leave stands on record before a byte is written (P-132, P-186)."""
        purpose, allowed_by = why_and_leave(self._book.me(), plan.recipient, plan.purpose, plan.allowed_by)
        case = self._book.record(
            strand,
            lambda case, me: case.start_pack(
                me,
                plan.kind,
                medium=plan.medium,
                recipient=plan.recipient,
                recipient_name=plan.recipient_name,
                encrypted=plan.encrypted,
                unencrypted_reason=plan.unencrypted_reason,
                changed_since=plan.changed_since or changed_since(case),
                purpose=purpose,
                allowed_by=allowed_by,
            ),
        )
        return case, case.packs[-1].started

    def _write(
        self,
        strand: StrandId,
        plan: Handover,
        case: Case,
        started: PackStarted,
        sealing: Sealing,
        sealers: Sequence[Signer],
        progress: Progress,
    ) -> tuple[SealedPack, Archive | None, str]:
        contents = pack_contents(self._plan(strand, plan, case, started, sealers), self._book.desk.content)
        sealed = write_pack(contents, plan.folder, sealing, book=BOOK, progress=progress.report)
        if not plan.zip:
            return sealed, None, ""
        out = plan.folder / f"{contents.name}.zip"
        if not plan.encrypted:
            return sealed, plain_archive(sealed.partial, out, progress=progress.report), ""
        code = new_archive_code()
        return sealed, encrypted_archive(sealed.partial, out, code, progress=progress.report), code

    def _plan(
        self, strand: StrandId, plan: Handover, case: Case, started: PackStarted, sealers: Sequence[Signer]
    ) -> PackPlan:
        story = self._printing.story(strand).until(case.last)
        signed = self._sign_offs.papers(case) if plan.kind is PackKind.SIGNED_OFF else None
        school = self._book.school()
        certificates = [certificate_sha256(signer.certificate) for signer in sealers]
        outline = PackPlan(
            case=case,
            story=story,
            kind=plan.kind,
            number=started.no,
            recipient=plan.recipient,
            school=school.name,
            program=self._program,
            at=self._book.now(),
            frame=self._printing.frame(story),
            export=self._book.desk.export_strand(strand, case.last, certificates),
            root=self._book.desk.root,
            contacts=self._printing.contacts(),
            lead=self._printing.lead(case),
            form=self._printing.form(story.until(signed.covers) if signed else story, case),
            signed=signed,
            withheld=plan.withheld,
            undone=self._printing.undone(case),
        )
        return replace(outline, frame=self._printing.frame(story, banner=outline.banner))

    def _finish(
        self, strand: StrandId, plan: Handover, sealed: SealedPack, archive: Archive | None, code: str
    ) -> HandedOver:
        """Record what was sealed, then give it its name: a named pack always has its entry."""
        verdict = "good" if sealed.verdict.good else "bad"
        number = self._book.load(strand).unfinished_packs()[-1]
        case = self._book.record(
            strand,
            lambda case, me: case.seal_pack(
                me,
                number,
                tagmanifest=sealed.tag_manifest_sha256,
                p7s=sealed.p7s_sha256,
                archive=archive.sha256 if archive else None,
                verdict=verdict,
            ),
        )
        self._book.checkpoint()
        story = self._printing.story(strand)
        pack = finish(sealed)
        zipped = finish(archive) if archive else None
        receipt = self._receipt(plan, sealed, case)
        frame = self._printing.frame(story)
        return HandedOver(
            case=case,
            pack=pack,
            archive=zipped,
            archive_code=code,
            receipt=self._printing.framed("handover-receipt", receipt, frame),
            cover=self._printing.framed(
                "transport-cover", self._cover(plan, sealed, case.packs[-1].started.purpose), frame
            ),
            files=sealed.files,
            size=sealed.size,
        )

    def _receipt(self, plan: Handover, sealed: SealedPack, case: Case) -> HandoverReceipt:
        return HandoverReceipt(
            pack_name=sealed.final.name,
            pack_kind=plan.kind.value,
            pack_number=sealed.verdict.number or 0,
            tag_manifest_sha256=sealed.tag_manifest_sha256,
            sealed_by=tuple(signature.name for signature in sealed.verdict.sealed_by),
            recipient=first_upper(recipient_words(plan.recipient, plan.recipient_name)),
            medium=plan.medium,
            transport=_way(plan),
            files=f"{sealed.files} files, {sealed.size:,} bytes",
            contents=tuple(str(exhibit.mark) for exhibit in case.exhibits if plan.kind is not PackKind.STOPPED),
            seal_number=plan.seal_number,
            signed_off=case.sign_off_state().words(case.last),
            verdict="Read back from the medium and verified.",
            handed_over_by=self._book.desk.me.name,
        )

    def _cover(self, plan: Handover, sealed: SealedPack, purpose: str) -> TransportCover:
        return TransportCover(
            pack_name=sealed.final.name,
            to=first_upper(recipient_words(plan.recipient, plan.recipient_name)),
            sent_by=self._book.desk.me.name,
            way=_way(plan),
            aes_zip=plan.encrypted,
            tag_manifest_sha256=sealed.tag_manifest_sha256,
            medium=plan.medium,
            seal_number=plan.seal_number,
            files=f"{sealed.files} files, {sealed.size:,} bytes",
            reason=plan.unencrypted_reason,
            passphrase_goes="By telephone, to a number found elsewhere" if plan.encrypted else "",
            purpose=purpose,
            basis=self._book.school().setting("lawful_basis"),
        )

    def _give_up(self, strand: StrandId, number: int, error: DslDeskError) -> None:
        """Say on record that this pack never came to an end; the first fault stays the one that is shown."""
        reasons = {Cancelled: "cancelled by the person making it", HaltedError: "the case was stopped meanwhile"}
        reason = reasons.get(type(error), "the medium or the desk could not go on")
        with contextlib.suppress(DslDeskError):
            self._book.record(strand, lambda case, me: case.lose_pack(me, number, reason))

    def unfinished(self, strand: StrandId) -> tuple[int, ...]:
        """Packs that were begun and have no end, as Home shows them at unlock."""
        return self._book.load(strand).unfinished_packs()

    def lost(self, strand: StrandId, number: int, reason: str) -> Case:
        """A pack never came to an end, or a finished one cannot be found."""
        return self._book.record(strand, lambda case, me: case.lose_pack(me, number, reason))

    def receipt(self, strand: StrandId, receipt: ReceiptAttached) -> Case:
        """Who signed for a pack or a device, in words."""
        return self._book.record(strand, lambda case, me: case.attach_receipt(me, receipt))

    def receipt_scan(
        self, strand: StrandId, receipt: ReceiptAttached, scan: Source, progress: Progress | None = None
    ) -> Case:
        """Who signed, with the signed sheet as a scan; no file comes in behind a stop for pictures."""
        before = self._book.load(strand)
        if receipt.blob:
            raise InputError("A receipt is described by its words; its scan comes with it.")
        recorded = self._book.desk.take_in(
            strand,
            [scan],
            lambda facts: before.attach_receipt(
                self._book.me(),
                ReceiptAttached(
                    received_by=receipt.received_by,
                    at=receipt.at,
                    blob=facts.blob,
                    sha256=facts.sha256,
                    size=facts.size,
                    media_type=receipt.media_type,
                    pack=receipt.pack,
                    agency=receipt.agency,
                    reference=receipt.reference,
                ),
            ),
            BlobClass.RECEIPT,
            self._book.now(),
            (progress or NoProgress()).report,
            lambda: self._book.switch.grade(strand) is not Grade.STOP_IMAGES,
        )
        return after(before, recorded)


def _way(plan: Handover) -> str:
    if plan.unencrypted_reason:
        return f"{UNENCRYPTED}: {plan.unencrypted_reason}"
    if plan.encrypted:
        return AES_ZIP
    return PLAIN_ZIP if plan.zip else BY_HAND


def _closed_at(kind: PackKind) -> Grade | None:
    """The stop that ends such a pack while it is being written; nothing ends a stopped one."""
    match kind:
        case PackKind.STOPPED:
            return None
        case PackKind.AS_IT_STANDS:
            return Grade.STOP_IMAGES
        case PackKind.SIGNED_OFF:
            return Grade.POLICE_FIRST

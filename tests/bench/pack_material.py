"""What a pack of the timings says: a case's real journal and exhibits, and papers of two empty pages."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable

from reportlab.pdfgen.canvas import Canvas

from dsl_desk.domain.case_entries import ExhibitAdded
from dsl_desk.domain.follow_up_entries import CaseOpened
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.words import BlobId, CaseRef, Mark, PackKind, StrandId
from dsl_desk.exports.pack import contents as pack
from dsl_desk.store.desk import OpenDesk
from dsl_desk.store.values import ExportedEntry, StrandExport
from tests.bench.words_of_cases import SCHOOL, Told

PAPERS = ("form.pdf", "chronology.pdf", "completeness.pdf", "exhibit-labels.pdf")


def contents(desk: OpenDesk, case: StrandId, sealer: str, at: Moment) -> pack.PackContents:
    """Everything of a case as an as-it-stands pack, the start of this pack its last entry."""
    records = desk.records(case)
    last = records[-1].payload
    if last is None or last.kind != "pack_started":
        records = (*records, *desk.write(case, Told().pack(1), at=at))
    exported = desk.export_strand(case, records[-1].strand_seq, (sealer,))
    reference = next(
        record.payload.data.reference
        for record in records
        if record.payload is not None and isinstance(record.payload.data, CaseOpened)
    )
    exhibits = tuple(
        _exhibit(desk, record.strand_seq, record.payload.data)
        for record in records
        if record.payload is not None and isinstance(record.payload.data, ExhibitAdded)
    )
    return pack.PackContents(
        kind=PackKind.AS_IT_STANDS, number=1, case=CaseRef(reference), school=SCHOOL, recipient="police",
        program="DSL Desk (timings)", bagging_date=at.utc.date(), not_signed_off_because="a timing is not a review",
        root=desk.root, officer_summary=two_pages(), papers=dict.fromkeys(PAPERS, two_pages()), exhibits=exhibits,
        tables=pack.PackTables(
            addresses=(("Address", "Seen"),), continuity=(("Mark", "At"),), people=(("Name", "Role"),)
        ),
        entries=tuple(map(_line, exported.entries)), sessions=_sessions(exported),
        certificates=exported.certificates,
        register=exported.register,
    )  # fmt: skip


def two_pages() -> bytes:
    """A PDF of two pages with nothing on them."""
    written = io.BytesIO()
    canvas = Canvas(written, invariant=1)
    canvas.showPage()
    canvas.showPage()
    canvas.save()
    return written.getvalue()


def _exhibit(desk: OpenDesk, entry: int, added: ExhibitAdded) -> pack.PackExhibit:
    return pack.PackExhibit(
        mark=Mark(added.mark), entry=entry, description=added.description,
        content=pack.ExhibitContent.INCLUDED, original_name=added.original_name, sha256=added.sha256, size=added.size,
        media_type=added.media_type, produced_by=added.produced_by, role=added.role, made_at_utc=added.made_at_utc,
        made_at_local=added.made_at_local, method=added.method, source=added.source,
        stop_questions_answered_no_by=added.stop_questions_answered_no_by, read=_reader(desk, BlobId(added.blob)),
    )  # fmt: skip


def _reader(desk: OpenDesk, blob: BlobId) -> Callable[[], pack.Chunks]:
    return lambda: itertools.chain(desk.content(blob))


def _line(entry: ExportedEntry) -> pack.EntryLine:
    return pack.EntryLine(
        header=entry.header, digest=entry.digest, withheld=entry.withheld, session=entry.session,
        salt=None if entry.salt is None else bytes.fromhex(entry.salt),
        payload=None if entry.payload is None else entry.payload.encode(),
        signature=bytes.fromhex(entry.signature),
        also_signed=entry.also_signed,
    )  # fmt: skip


def _sessions(exported: StrandExport) -> tuple[pack.SessionLine, ...]:
    return tuple(
        pack.SessionLine(
            session=one.session, statement=one.statement.encode("ascii"), signature=bytes.fromhex(one.signature)
        )
        for one in exported.sessions
    )

"""Check everything: one report that names every entry and file that does not hold, and why (design section 5)."""

from collections.abc import Iterator
from typing import Final

from dsl_desk.domain.errors import StoreError
from dsl_desk.domain.words import StrandId
from dsl_desk.store.blobs import Blobs
from dsl_desk.store.health_files import FileRules
from dsl_desk.store.health_rules import JournalRules, outside_fault
from dsl_desk.store.migrations import LATEST, version
from dsl_desk.store.records import Records
from dsl_desk.store.values import Finding, HealthReport, Progress

INDEX_DUE: Final = "index_due"
"""Set by a step of the tables that leaves the lists empty."""


def check_everything(records: Records, blobs: Blobs, progress: Progress) -> HealthReport:
    """Judge the whole desk as this person can read it; changes nothing.

    `progress` hears of entries first, then of files, and may raise `Cancelled`.
    """
    findings = [_of_records(fault) for fault in records.database.faults(quick=False)]
    told = JournalRules(records, progress).run()
    findings += told.findings
    outside = records.unlocked.outside_head
    if outside is not None and (fault := outside_fault(records, outside.seq, outside.digest)) is not None:
        findings.append(fault)
    of_files, count = FileRules(records, blobs, told, progress).run()
    findings += of_files
    findings += index_findings(records, frozenset(told.not_readable))
    return HealthReport(
        findings=tuple(dict.fromkeys(findings)),
        not_readable=tuple(sorted(told.not_readable)),
        entries=told.entries,
        blobs=count,
        disposed_signatures=told.disposed_sessions,
    )


def _of_records(fault: str) -> Finding:
    return Finding(where="file desk.db", what=f"the database’s own check says: {fault[:200]}")


def ordinary_strands(records: Records) -> tuple[StrandId, ...]:
    """Cases and registers that everybody on this desk may read and that still have their words."""
    desk = records.desk_strand
    found = records.database.rows("SELECT DISTINCT strand FROM strand WHERE wraps IS NULL ORDER BY strand")
    return tuple(StrandId(row[0]) for row in found if row[0] != desk)


def index_findings(records: Records, not_readable: frozenset[StrandId] = frozenset()) -> Iterator[Finding]:
    """Compare every index row with what the journal says; restricted strands must not stand there at all.

    Records of an older program that are only looked at are not compared: their lists
    are made anew once they are opened to write.
    """
    if version(records.database) < LATEST:
        return
    ordinary = ordinary_strands(records)
    for strand in sorted(records.index.strands() - set(ordinary)):
        yield Finding(where=f"strand {strand}", what="the index names it and it does not belong there")
    left, lines = set(records.index.searchable_seqs()), set(records.index.letters.rows())
    for strand in ordinary:
        if strand in not_readable:
            continue
        try:
            case = records.case(strand)
        except StoreError:
            continue  # named already by the rules of the journal
        if not records.index.equals(strand, case):
            yield Finding(where=f"strand {strand}", what="the index differs from its journal")
        left -= {entry.seq for entry in case.entries}
        lines -= {case.entries[0].seq} if case.opened is not None else set()
    for seq in sorted(left):
        yield Finding(where=f"entry {seq}", what="its words stand in the search and do not belong there")
    for seq in sorted(lines):
        yield Finding(where=f"entry {seq}", what="the index of letters names it and it does not belong there")


def rebuild_index(records: Records) -> bool:
    """Drop the index and make it anew from the journal; true where it equals the one that was kept."""
    equal = not any(True for _ in index_findings(records))
    with records.act("index rebuilt"):
        records.index.clear()
        for strand in ordinary_strands(records):
            records.index.fill(strand, records.case(strand))
    return equal


def fill_index_where_due(records: Records) -> tuple[Finding, ...]:
    """Make lists anew that an older program kept otherwise, from every case that can be read; names the others."""
    if records.database.state(INDEX_DUE) is None:
        return ()
    found: list[Finding] = []
    with records.act("lists made anew"):
        records.index.clear()
        for strand in ordinary_strands(records):
            try:
                case = records.case(strand)
            except StoreError:
                found.append(Finding(where=f"strand {strand}", what="it cannot be read, so no list shows it"))
                continue
            records.index.fill(strand, case)
        records.database.execute("DELETE FROM desk_state WHERE name = ?", (INDEX_DUE,))
    return tuple(found)

"""What Check everything asks of the journal: each rule names the entry that breaks it (format sections 2 and 3)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from dsl_desk.domain.desk_entries import Checkpoint, SessionClosed, SessionEnded, SessionOpened
from dsl_desk.domain.errors import DamagedError, NotReadableError, StoreError
from dsl_desk.domain.words import BlobId, StrandId
from dsl_desk.store.journal import EntryRow, Opened
from dsl_desk.store.naming import Named, naming
from dsl_desk.store.readers import ReaderRules
from dsl_desk.store.records import LAST_CLOSE, Records
from dsl_desk.store.strands import EpochKey, StrandRow
from dsl_desk.store.values import Finding, Progress


@dataclass(slots=True)
class Told:
    """What reading the whole journal gave."""

    findings: list[Finding] = field(default_factory=list)
    not_readable: list[StrandId] = field(default_factory=list)
    named: dict[BlobId, Named] = field(default_factory=dict)
    entries: int = 0
    disposed_sessions: int = 0
    """Signatures that can no longer be checked, because their session's statement was disposed of."""

    def say(self, seq: int, what: str) -> None:
        """A finding at an entry."""
        self.findings.append(Finding(where=f"entry {seq}", what=what))


class JournalRules:
    """Every rule of chain, words, signatures, readers, epochs and checkpoints, over the whole desk."""

    def __init__(self, records: Records, progress: Progress) -> None:
        self._records = records
        self._progress = progress
        self._told = Told()
        self._keys: dict[StrandId, Mapping[int, bytes]] = {}
        self._rules: dict[StrandId, ReaderRules] = {}
        self._newest: dict[StrandId, StrandRow] = {}

    def run(self) -> Told:
        """Check all of it; about 0.2 milliseconds an entry."""
        told = self._told
        for fault in self._records.journal.chain_faults():
            told.say(fault.seq, fault.what)
        # read anew from what is kept: what is held in memory may be older than the damage
        self._records.forget()
        register = self._records.register
        for fault in register.faults:
            told.say(fault.seq, fault.what)
        last_close = self._records.database.state(LAST_CLOSE)
        if isinstance(last_close, int) and last_close < register.last_closed:
            told.findings.append(
                Finding(where="file desk.db", what="its notes are older than its journal: an old page")
            )
        self._strands()
        self._sessions_of_restricted()
        total = self._records.head().seq
        for row in self._records.journal.rows():
            if row.seq > total:
                break  # written since by work that went first between two reports
            self._entry(row)
            told.entries += 1
            if told.entries % 256 == 0:
                self._progress(told.entries, total)
        self._endings()
        return told

    def _strands(self) -> None:
        register = self._records.register
        for row in self._records.strands.rows():
            earlier = self._newest.get(row.strand)
            if earlier is not None:
                self._strand(row.strand, f"it keeps the key of epoch {earlier.epoch}, which is over")
            self._newest[row.strand] = row
        for strand, row in self._newest.items():
            if row.wraps is not None and strand not in register.restricted:
                self._strand(strand, "it is kept from others and no entry says so")
            if row.key is not None and strand in register.restricted:
                self._strand(strand, "it was restricted and its key stands in clear")
            self._open_strand(strand, row)

    def _open_strand(self, strand: StrandId, newest: StrandRow) -> None:
        strands = self._records.strands
        try:
            keys = strands.keys(strand)
        except DamagedError as error:
            self._strand(strand, str(error))
            keys = {}
        if newest.epoch not in keys:
            self._told.not_readable.append(strand)
            return
        self._keys[strand] = keys
        under = EpochKey(newest.epoch, keys[newest.epoch])
        self._rules[strand] = ReaderRules(desk=self._records.desk, strand=strand, under=under)

    def _strand(self, strand: StrandId, what: str) -> None:
        self._told.findings.append(Finding(where=f"strand {strand}", what=what))

    def _sessions_of_restricted(self) -> None:
        """Sessions that stand in restricted strands of this reader: known before any entry is judged."""
        register = self._records.register
        before = len(register.faults)
        for strand, keys in self._keys.items():
            if strand not in register.restricted:
                continue
            for row in list(self._records.journal.rows(strand)):
                opened = self._opened(row, keys)
                if opened is not None and isinstance(opened.payload.data, (SessionOpened, SessionClosed, SessionEnded)):
                    register.apply(opened)
        for fault in register.faults[before:]:
            self._told.say(fault.seq, fault.what)

    def _opened(self, row: EntryRow, keys: Mapping[int, bytes]) -> Opened | None:
        if row.payload is None:
            return None
        try:
            return self._records.journal.open(row, keys)
        except StoreError:
            return None

    def _entry(self, row: EntryRow) -> None:
        register, told = self._records.register, self._told
        disposed = register.disposed(row.strand, row.strand_seq)
        self._session(row)
        if row.payload is None:
            if not disposed:
                told.say(row.seq, "its words are missing and no disposal names it")
            if (rules := self._rules.get(row.strand)) is not None:
                rules.skip(row.strand_seq)
            return
        if disposed:
            told.say(row.seq, "a disposal names it and its words are still there")
        keys = self._keys.get(row.strand)
        if keys is not None:
            self._words(row, keys)
        elif row.strand not in self._newest:
            told.say(row.seq, "the key of its strand is missing")

    def _words(self, row: EntryRow, keys: Mapping[int, bytes]) -> None:
        told = self._told
        try:
            opened = self._records.journal.open(row, keys)
        except NotReadableError:
            told.say(row.seq, "it is sealed under an epoch whose key is not there")
        except DamagedError as error:
            told.say(row.seq, str(error))
        else:
            for fault in self._judge(opened):
                told.say(row.seq, fault)

    def _session(self, row: EntryRow) -> None:
        register = self._records.register
        if row.session in register.sessions:
            fault = register.session_fault(row)
            if fault is not None:
                self._told.say(row.seq, fault)
        elif register.partly_disposed(row.strand):
            self._told.disposed_sessions += 1
        elif row.strand not in register.restricted or row.strand in self._keys:
            self._told.say(row.seq, "it is signed by a session that nobody opened")

    def _judge(self, opened: Opened) -> Iterator[str]:
        register, row = self._records.register, opened.row
        session = register.sessions.get(row.session)
        faults: Iterable[str | None] = (
            register.signers_fault(opened),
            self._rules[row.strand].apply(opened, session.account if session else None),
            self._checkpoint(opened),
            self._place(opened),
        )
        yield from (fault for fault in faults if fault is not None)
        named = naming(row.strand, row.seq, opened.payload)
        if named is not None:
            self._told.named.setdefault(named.blob, named)

    def _checkpoint(self, opened: Opened) -> str | None:
        data = opened.payload.data
        if not isinstance(data, Checkpoint):
            return None
        if data.seq != opened.row.seq - 1 or self._records.journal.digest_at(data.seq) != data.head:
            return "it signs a chain that is not this one"
        return None

    def _place(self, opened: Opened) -> str | None:
        """Sessions stand in the desk's strand, or in a restricted one that they write alone."""
        register, row = self._records.register, opened.row
        if not isinstance(opened.payload.data, SessionOpened):
            return None
        if row.strand != register.desk_strand and row.strand not in register.restricted:
            return "a session stands in a record where none belongs"
        return None

    def _endings(self) -> None:
        for strand, rules in self._rules.items():
            fault = rules.ending_fault(restricted=self._newest[strand].wraps is not None)
            if fault is not None:
                self._strand(strand, fault)


def outside_fault(records: Records, seq: int, digest: str) -> Finding | None:
    """Compare an outside head with the chain; one that a restore abandoned is good too (format section 3)."""
    if seq == 0 or records.journal.digest_at(seq) == digest:
        return None
    abandoned = {head for _, restored in records.register.restored for head in restored.abandoned}
    if digest in abandoned:
        return None
    return Finding(
        where=f"entry {seq}", what="this laptop has seen another entry there: this is an old or another copy"
    )

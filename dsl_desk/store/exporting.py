"""A strand's journal as an evidence pack shows it: rows, sessions, certificates (format section 6)."""

from collections.abc import Sequence

from dsl_desk.domain.errors import DamagedError, InputError
from dsl_desk.domain.words import StrandId
from dsl_desk.signatures import certificate_der
from dsl_desk.store.journal import EntryRow, Opened
from dsl_desk.store.records import Records
from dsl_desk.store.register import Register
from dsl_desk.store.values import ExportedEntry, ExportedSession, StrandExport

DISPOSED = "disposed"


def export_strand(
    records: Records, strand: StrandId, until_strand_seq: int, sealers: Sequence[str] = ()
) -> StrandExport:
    """Everything of a strand up to and with one entry; `sealers` are further certificates for the register.

    Raises NotReadableError, InputError where the strand is shorter, DamagedError
    where a session or certificate that was used is not in the register.
    """
    records.must_be_there(strand)
    if records.strands.restricted(strand):
        records.learn(strand)
    register = records.register
    entries = []
    for one in records.opened(strand):
        entry = _entry(one)
        entries.append(entry)
        if len(entries) == until_strand_seq:
            break
    if len(entries) != until_strand_seq or not entries:
        raise InputError("The record is shorter than what was to be handed over. Nothing was written.")
    sessions = _sessions(register, entries)
    signed = {register.sessions[session.session].statement.certificate for session in sessions}
    root = register.believed().root
    if root is None:
        raise DamagedError
    root_sha256 = records.unlocked.root_sha256
    signed |= {also.certificate for entry in entries for also in entry.also_signed}
    signed.discard(root_sha256)
    return StrandExport(
        desk=records.desk,
        strand=strand,
        entries=tuple(entries),
        sessions=sessions,
        certificates=tuple(_certificate(register, sha256) for sha256 in sorted(signed)),
        register=register.rows((signed | set(sealers)) - {root_sha256}),
        root=certificate_der(root),
    )


def _entry(one: Opened | EntryRow) -> ExportedEntry:
    row = one if isinstance(one, EntryRow) else one.row
    opened = one if isinstance(one, Opened) else None
    return ExportedEntry(
        header=row.header,
        digest=row.digest,
        salt=opened.salt.hex() if opened else None,
        payload=opened.payload.raw.decode("utf-8") if opened else None,
        withheld=None if opened else DISPOSED,
        session=row.session,
        signature=row.signature.hex(),
        also_signed=opened.also if opened else (),
    )


def _sessions(register: Register, entries: Sequence[ExportedEntry]) -> tuple[ExportedSession, ...]:
    found = []
    for name in sorted({entry.session for entry in entries}):
        session = register.sessions.get(name)
        if session is None:
            raise DamagedError("The session of an entry is not in the register, so it cannot be handed over.")
        found.append(ExportedSession(session=name, statement=session.text, signature=session.signature))
    return tuple(found)


def _certificate(register: Register, sha256: str) -> bytes:
    found = register.certificate(sha256)
    if found is None:
        raise DamagedError("A certificate that was used here is not in the register. Nothing was written.")
    return certificate_der(found)

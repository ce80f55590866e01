"""Is this the newest state of the desk? What the laptop and slots remember is held against the chain (section 3)."""

from dataclasses import dataclass
from typing import Final

from dsl_desk.domain.desk_entries import DESK_KINDS, Checkpoint
from dsl_desk.domain.errors import OlderStoreError
from dsl_desk.domain.journal import Head
from dsl_desk.domain.payload import EntryBook
from dsl_desk.store.device_secret import DeviceItem
from dsl_desk.store.holdings import Holdings
from dsl_desk.store.journal import EntryRow, Journal
from dsl_desk.store.register import Register

_NEWEST_FIRST: Final = (
    "SELECT seq, strand, strand_seq, header, digest, payload, session, signature, also"
    " FROM entry WHERE strand = ? ORDER BY strand_seq DESC"
)


class OlderRecordsError(OlderStoreError):
    """These records are older than what this laptop has seen. Nothing was changed. Look for the newer ones first.

    If a backup was put back on purpose, two people can say so when they open the desk; or look at it without changing.
    """


class OtherRecordsError(OlderStoreError):
    """These records went another way than those this laptop has seen. Nothing was changed.

    If a backup was put back on purpose, two people can say so when they open the desk; or look at it without changing.
    """


class OlderSlotsError(OlderStoreError):
    """The file of key slots is older than the records. Nothing was changed. Put the newer file back.

    If it is lost, two people can say so when they open the desk.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What was known outside the records, and what is wrong with it."""

    newest: Head | None
    """The newest head that is on the chain; None where nothing outside knew one."""
    strange: tuple[str, ...]
    """Digests known outside that are neither on the chain nor named as abandoned."""
    fault: OlderStoreError | None
    least_counter: int
    """The counter of the slots that the last checkpoint recorded."""


def compare(holdings: Holdings, register: Register, item: DeviceItem | None) -> Outside:
    """Hold every outside head, and the slots' counter, against the records; changes nothing."""
    journal = Journal(holdings.database, holdings.desk, EntryBook(DESK_KINDS))
    heads = [Head(seq=holdings.slots.head.seq, digest=holdings.slots.head.digest)]
    if item is not None:
        heads.append(item.head)
    abandoned = {digest for _, restored in register.restored for digest in restored.abandoned}
    here = [head for head in heads if journal.digest_at(head.seq) == head.digest]
    strange = [head for head in heads if head not in here and head.digest not in abandoned]
    checkpoint = last_checkpoint(holdings, register, journal)
    fault = _fault(holdings, journal, strange, checkpoint)
    return Outside(
        newest=max(here, key=lambda head: head.seq, default=None),
        strange=tuple(dict.fromkeys(head.digest for head in strange)),
        fault=fault,
        least_counter=checkpoint.slots_counter if checkpoint else 0,
    )


def _fault(
    holdings: Holdings, journal: Journal, strange: list[Head], checkpoint: Checkpoint | None
) -> OlderStoreError | None:
    if strange:
        ahead = all(head.seq > journal.head().seq for head in strange)
        return OlderRecordsError() if ahead else OtherRecordsError()
    if checkpoint is None:
        return None
    counter = holdings.slots.counter
    same = counter == checkpoint.slots_counter
    if counter < checkpoint.slots_counter or (same and holdings.slots_sha256 != checkpoint.slots_sha256):
        return OlderSlotsError()
    return None


def last_checkpoint(holdings: Holdings, register: Register, journal: Journal) -> Checkpoint | None:
    """The desk's newest checkpoint, found from the end."""
    database, strand = holdings.database, register.desk_strand
    kept = database.rows("SELECT epoch, key FROM strand WHERE strand = ? AND key IS NOT NULL", (strand,))
    keys: dict[int, bytes] = {epoch: key for epoch, key in kept}  # noqa: C416 - rows are tuples of any length to mypy
    for row in database.each(_NEWEST_FIRST, (strand,)):
        data = journal.open(EntryRow(*row), keys).payload.data
        if isinstance(data, Checkpoint):
            return data
    return None

"""Who may read a strand, as its own entries tell it, and who was allowed to say so (format section 2).

From its first `readers_changed` every entry of a restricted strand is signed by a
reader as of that entry, the change itself by a reader of before. Whoever holds the
volume key can plant a row of keys, but not these entries.
"""

from dataclasses import dataclass

from dsl_desk.domain.desk_entries import EpochOpened, ReadersChanged, SessionClosed, SessionEnded, SessionOpened
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.words import ROOT_ACCOUNT, AccountId, DeskId, SessionId, StrandId
from dsl_desk.store.journal import Opened
from dsl_desk.store.seals import epoch_check
from dsl_desk.store.strands import EpochKey


def _by_codes(own: AccountId, data: EntryData) -> bool:
    """A recovery pair reads what is wrapped to it: two codes may wrap anew for whoever has fresh keys, and no more."""
    return own == ROOT_ACCOUNT and isinstance(data, (EpochOpened, ReadersChanged))


@dataclass(slots=True)
class ReaderRules:
    """The state of one strand's readers and epochs, entry by entry."""

    desk: DeskId
    strand: StrandId
    under: EpochKey | None
    """The newest epoch's key as this person has it, to compare with what `epoch_opened` says."""
    readers: tuple[AccountId, ...] | None = None
    recipients: tuple[str, ...] = ()
    epoch: int = 0
    seen: int = 0
    gap: bool = False
    """Whether entries since the last epoch were disposed of."""
    awaiting: SessionId | None = None
    """The session that opened an epoch of a restricted strand and must name its readers next."""

    def apply(self, opened: Opened, own: AccountId | None) -> str | None:
        """Take the next entry; say what is wrong with it, or None. `own` is the account whose session signed it."""
        data = opened.payload.data
        before, self.seen = self.readers, opened.row.strand_seq
        if self.epoch == 0 and not (self.seen == 1 and isinstance(data, EpochOpened)):
            self.epoch = 1
        if before is not None and own is not None and own not in before and not _by_codes(own, data):
            return "it was written by somebody who was no reader of this strand"
        match data:
            case EpochOpened():
                return self._epoch(opened, data)
            case ReadersChanged():
                return self._change(opened, data)
            case SessionOpened() | SessionClosed() | SessionEnded():
                return None
        fault = "the epoch before it names no readers" if self.awaiting and before is not None else None
        self.awaiting = None
        return fault

    def skip(self, strand_seq: int) -> None:
        """An entry that was disposed of: what it may have said of readers and epochs is not known."""
        self.seen, self.gap = strand_seq, True
        self.readers, self.awaiting = None, None

    def _epoch(self, opened: Opened, data: EpochOpened) -> str | None:
        self.epoch = data.epoch if self.gap else self.epoch + 1
        self.gap = False
        self.awaiting = opened.row.session
        if data.epoch != self.epoch:
            return "it opens an epoch out of order"
        if self.under is not None and data.epoch == self.under.epoch:
            expected = epoch_check(self.desk, self.strand, data.epoch, self.under.key)
            if data.check != expected:
                return "the key of its epoch is not the one it was opened with"
        return None

    def _change(self, opened: Opened, data: ReadersChanged) -> str | None:
        other = self.awaiting is not None and self.awaiting != opened.row.session
        self.awaiting = None
        self.readers = tuple(AccountId(reader) for reader in data.readers)
        self.recipients = data.recipients
        return "its readers were named by another session than the one that opened the epoch" if other else None

    def ending_fault(self, *, restricted: bool) -> str | None:
        """Say what is wrong with how the strand stands now: its newest key must be one that its entries opened."""
        if restricted and self.readers is None:
            return "it is kept from others and none of its entries names its readers"
        if self.under is not None and self.under.epoch != self.epoch:
            return f"epoch {self.under.epoch} of its key was never opened by an entry"
        if not restricted and self.readers is not None:
            return "it was restricted and its key stands in clear"
        return None

"""Who may say who reads a strand: each rule of readers and epochs by itself."""

from __future__ import annotations

from dsl_desk.domain.desk_entries import EpochOpened, ReadersChanged, SessionOpened
from dsl_desk.domain.payload import EntryData, Payload
from dsl_desk.domain.words import ROOT_ACCOUNT, AccountId, DeskId, Digest, SessionId, StrandId
from dsl_desk.store.journal import EntryRow, Opened
from dsl_desk.store.readers import ReaderRules
from dsl_desk.store.seals import epoch_check
from dsl_desk.store.strands import EpochKey
from tests.store.records.world import AT, DEVICE, call

DESK, STRAND = DeskId("1" * 32), StrandId("2" * 32)
ADA, BEN, CAS = (AccountId(letter * 32) for letter in "abc")
KEY = bytes(range(32))


class Strand:
    """A strand that entries are put to one by one."""

    def __init__(self, *, epoch: int = 1, key: bytes = KEY) -> None:
        self.rules = ReaderRules(desk=DESK, strand=STRAND, under=EpochKey(epoch, key))
        self.last = 0

    def put(self, data: EntryData, own: AccountId | None = ADA, session: str = "5") -> str | None:
        self.last += 1
        name = SessionId(session * 32)
        row = EntryRow(self.last, STRAND, self.last, b"", Digest("0" * 64), b"", name, b"", b"")
        payload = Payload(
            kind=data.KIND, by=(own or ADA,), device=DEVICE, session=name, at_local=AT.at_local, zone=AT.zone,
            boot=AT.boot, mono_ms=0, data=data, raw=b"{}",
        )  # fmt: skip
        return self.rules.apply(Opened(row=row, at_utc=AT.at_utc, salt=b"", payload=payload, also=()), own)


def epoch(number: int, key: bytes = KEY) -> EpochOpened:
    return EpochOpened(epoch=number, check=epoch_check(DESK, STRAND, number, key))


def readers(*accounts: AccountId) -> ReadersChanged:
    return ReadersChanged(readers=accounts, recipients=())


def test_a_strand_restricted_from_birth_and_then_anew_holds():
    strand = Strand(epoch=2)
    for data in (
        epoch(1),
        readers(ADA, BEN),
        call("one"),
        epoch(2),
        readers(BEN),
    ):
        assert strand.put(data) is None
    assert strand.put(call("by Ben"), BEN) is None
    assert strand.rules.ending_fault(restricted=True) is None


def test_a_reader_who_was_removed_writes_nothing_more():
    strand = Strand()
    for data in (epoch(1), readers(ADA, BEN), readers(BEN)):
        assert strand.put(data) is None
    assert "no reader" in (strand.put(call("too late"), ADA) or "")


def test_somebody_who_is_no_reader_can_name_none():
    strand = Strand(epoch=2)
    strand.put(epoch(1))
    strand.put(readers(ADA))
    assert "no reader" in (strand.put(epoch(2), CAS) or "")
    assert "no reader" in (strand.put(readers(CAS), CAS) or "")


def test_two_codes_may_wrap_anew_and_write_nothing_else():
    strand = Strand(epoch=2)
    for data in (epoch(1), readers(ADA)):
        strand.put(data)
    assert strand.put(epoch(2), ROOT_ACCOUNT) is None
    assert strand.put(readers(ADA), ROOT_ACCOUNT) is None
    assert "no reader" in (strand.put(call("codes"), ROOT_ACCOUNT) or "")


def test_an_unknown_session_is_left_to_whoever_knows_it():
    strand = Strand()
    strand.put(epoch(1))
    strand.put(readers(ADA))
    assert strand.put(call("somebody"), None) is None


def test_epochs_come_one_after_the_other():
    strand = Strand(epoch=3)
    strand.put(call("ordinary before"))
    assert "out of order" in (strand.put(epoch(3)) or "")


def test_the_key_of_an_epoch_is_the_one_it_was_opened_with():
    strand = Strand(epoch=1)
    assert "not the one" in (strand.put(epoch(1, bytes(32))) or "")


def test_earlier_epochs_whose_keys_are_gone_are_not_compared():
    strand = Strand(epoch=2)
    assert strand.put(epoch(1, bytes(32))) is None


def test_readers_are_named_next_and_by_the_same_session():
    strand = Strand(epoch=2)
    for data in (epoch(1), readers(ADA, BEN), epoch(2)):
        assert strand.put(data) is None
    assert strand.put(SessionOpened(statement="", signature="")) is None
    assert "names no readers" in (strand.put(call("between")) or "")
    strand = Strand(epoch=1)
    strand.put(epoch(1), session="5")
    assert "another session" in (strand.put(readers(ADA), session="6") or "")


def test_what_was_disposed_of_is_not_guessed_at():
    strand = Strand(epoch=7)
    for data in (epoch(1), readers(ADA)):
        strand.put(data)
    strand.rules.skip(3)
    strand.last = 3
    assert strand.put(epoch(7), BEN) is None
    assert strand.put(readers(BEN), BEN) is None
    assert strand.rules.ending_fault(restricted=True) is None


def test_how_a_strand_stands_must_be_borne_out_by_its_entries():
    strand = Strand(epoch=2)
    strand.put(call("ordinary"))
    assert "never opened" in (strand.rules.ending_fault(restricted=False) or "")
    assert "none of its entries" in (strand.rules.ending_fault(restricted=True) or "")
    strand = Strand()
    strand.put(epoch(1))
    strand.put(readers(ADA))
    assert "stands in clear" in (strand.rules.ending_fault(restricted=False) or "")
    strand.rules.under = None
    assert strand.rules.ending_fault(restricted=True) is None

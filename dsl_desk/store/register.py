"""The register: who may sign and read, as the desk's own entries tell it (format sections 1 and 3).

A fold of the desk strand. Nothing enters it that does not lead to the root pinned
in the opener's slot, and nothing that two people must sign enters it with fewer.
"""

from collections.abc import Callable
from dataclasses import replace

from dsl_desk.domain.desk_entries import (
    AccountIssued,
    CertificateWithdrawn,
    Checkpoint,
    DeskCreated,
    Disposed,
    FileRemoved,
    PairIssued,
    Restored,
    SessionClosed,
    SessionEnded,
    SessionOpened,
    SettingsChanged,
    StrandRestricted,
)
from dsl_desk.domain.encoding import read_plain
from dsl_desk.domain.errors import DamagedError, StoreError
from dsl_desk.domain.journal import ChainFault
from dsl_desk.domain.payload import EntryBook, signers_fault
from dsl_desk.domain.signed import AlsoSigned
from dsl_desk.domain.words import ROOT_ACCOUNT, AccountId, DeskId, SessionId, StrandId
from dsl_desk.signatures import (
    Certificate,
    PublicKey,
    certificate_public,
    certificate_sha256,
    leaf_fault,
    public_bytes,
    read_certificate,
    read_public,
    root_fault,
    verifies,
)
from dsl_desk.store.connection import Database
from dsl_desk.store.journal import EntryRow, Journal, Opened
from dsl_desk.store.register_people import RegisterPeople
from dsl_desk.store.register_values import (
    CODE_HOLDERS,
    Disposal,
    Issuance,
    RecoveryPair,
    SignedSession,
    envelopes_in,
)
from dsl_desk.store.sessions import hex_bytes, read_statement

TWO = 2
FIRST_ACCOUNT_SEQ = 2
"""The one `account_issued` that nobody could sign with the person: a desk's first."""


class Register(RegisterPeople):
    """People, recovery pairs, sessions, restricted strands and disposals, in the order they were recorded.

    `faults` names every entry that was not believed; nothing of such an entry is in here.
    """

    def __init__(self, desk: DeskId, root_sha256: str, digest_at: Callable[[int], str | None]) -> None:
        super().__init__()
        self._desk = desk
        self._pinned = root_sha256
        self._digest_at = digest_at
        self.root: Certificate | None = None
        self.created: DeskCreated | None = None
        self.desk_strand: StrandId | None = None
        self.faults: list[ChainFault] = []
        self.sessions: dict[SessionId, SignedSession] = {}
        self.restricted: dict[StrandId, int] = {}
        """Strand to the entry that said so."""
        self.disposals: list[Disposal] = []
        self.restored: list[tuple[int, Restored]] = []
        self.envelopes: dict[str, str] = {}
        """Letter of a code to the person, account or place its envelope was handed to last."""
        self._envelopes_seq = 0
        self.last_checkpoint = 0
        self.last_checkpoint_at_utc = ""
        self.last_closed = 0
        """The last `session_closed` of the desk strand."""
        self.removed_files: list[FileRemoved] = []

    def apply(self, opened: Opened) -> None:
        """Take the next entry of the desk strand, or a session's own entry of a restricted strand."""
        try:
            fault = self._apply(opened)
        except DamagedError as error:
            fault = str(error)
        if fault is not None:
            self.faults.append(ChainFault(seq=opened.row.seq, what=fault))

    def missing(self, row: EntryRow) -> None:
        """An entry of the desk strand has lost its words; the desk's own strand is never disposed of."""
        self.faults.append(ChainFault(seq=row.seq, what="its words are missing and no disposal names it"))

    def _apply(self, opened: Opened) -> str | None:
        match opened.payload.data:
            case DeskCreated() as created:
                return self._create(opened, created)
            case SessionOpened() as told:
                return self._open_session(opened, told)
            case SessionClosed():
                self.last_closed = max(self.last_closed, opened.row.seq)
                return self._end(opened.row.session, opened.row.seq)
            case SessionEnded() as ended:
                return self._end(SessionId(ended.session), opened.row.seq)
        if opened.row.strand != self.desk_strand:
            return None
        if opened.payload.data.SIGNERS == TWO and (fault := self._two_fault(opened)) is not None:
            return fault
        return self._apply_two(opened)

    def _apply_two(self, opened: Opened) -> str | None:
        seq = opened.row.seq
        match opened.payload.data:
            case AccountIssued() as told:
                issuance = self._issuance(opened, told)
                self.issuances.append(issuance)
            case PairIssued() as told:
                self.pairs.append(self._pair(opened, told))
            case CertificateWithdrawn() as told:
                return self._withdraw(told.certificate, opened)
            case StrandRestricted() as told:
                self.restricted.setdefault(StrandId(told.strand), seq)
            case Disposed() as told:
                self.disposals.append(
                    Disposal(strand=StrandId(told.strand), first=told.first, last=told.last, blobs=told.blobs, seq=seq)
                )
            case Restored() as told:
                self.restored.append((seq, told))
            case Checkpoint():
                self.last_checkpoint, self.last_checkpoint_at_utc = seq, opened.at_utc
            case FileRemoved() as told:
                self.removed_files.append(told)
            case SettingsChanged() as told if CODE_HOLDERS in told.settings:
                self.envelopes, self._envelopes_seq = envelopes_in(told.settings[CODE_HOLDERS]), seq
        return None

    def _create(self, opened: Opened, created: DeskCreated) -> str | None:
        if opened.row.seq != 1:
            return "a desk begins only once"
        der = hex_bytes(created.root)
        root = read_certificate(der)
        self.desk_strand = opened.row.strand
        if certificate_sha256(root) != self._pinned:
            return "its school root is another than the one this desk was opened with"
        if (fault := root_fault(root)) is not None:
            return fault
        self.root, self.created = root, created
        return None

    def _issuance(self, opened: Opened, told: AccountIssued) -> Issuance:
        root = self._trusted_root()
        certificate = read_certificate(hex_bytes(told.certificate))
        match read_plain(told.issuance.encode("utf-8", "surrogatepass")):
            case [
                "dsl-desk/issuance/1",
                str(desk),
                str(account),
                str(named),
                str(agreement),
                str(issued_at_utc),
            ] if desk == self._desk and named == certificate_sha256(certificate):
                pass
            case _:
                raise DamagedError("its issuance does not fit the certificate beside it")
        signed = verifies(certificate_public(root), hex_bytes(told.signature), told.issuance.encode())
        if not signed or leaf_fault(certificate, root) is not None:
            raise DamagedError("its issuance is not the school root’s")
        if account == ROOT_ACCOUNT or any(named == known.certificate_sha256 for known in self.issuances):
            raise DamagedError("its certificate was issued before")
        return Issuance(
            account=AccountId(account),
            certificate=certificate,
            certificate_sha256=named,
            agreement=read_public(hex_bytes(agreement)),
            told=told,
            issued_at_utc=issued_at_utc,
            seq=opened.row.seq,
        )

    def _pair(self, opened: Opened, told: PairIssued) -> RecoveryPair:
        root = self._trusted_root()
        match read_plain(told.issuance.encode("utf-8", "surrogatepass")):
            case [
                "dsl-desk/pair/1",
                str(desk),
                str(pair),
                str(letters),
                int(generation),
                str(agreement),
                str(),
            ] if desk == self._desk:
                pass
            case _:
                raise DamagedError("its issuance is not spelled as it must be")
        if not verifies(certificate_public(root), hex_bytes(told.signature), told.issuance.encode()):
            raise DamagedError("its issuance is not the school root’s")
        return RecoveryPair(
            pair=pair,
            letters=letters,
            generation=generation,
            agreement=read_public(hex_bytes(agreement)),
            custodians=dict(told.custodians),
            seq=opened.row.seq,
        )

    def _trusted_root(self) -> Certificate:
        if self.root is None:
            raise DamagedError("the school root it leads to is not the one this desk was opened with")
        return self.root

    def _withdraw(self, certificate: str, opened: Opened) -> str | None:
        seq = opened.row.seq
        for at, known in enumerate(self.issuances):
            if known.certificate_sha256 == certificate and known.withdrawn_seq is None:
                self.issuances[at] = replace(known, withdrawn_seq=seq, withdrawn_at_utc=opened.at_utc)
                for session in self.sessions.values():
                    if session.statement.certificate == certificate:
                        self._end(session.statement.session, seq)
                return None
        return "it withdraws a certificate that nobody has"

    def _open_session(self, opened: Opened, told: SessionOpened) -> str | None:
        statement = read_statement(told.statement)
        row = opened.row
        first = statement.after_seq == 0
        who = self._certificate_of(statement.certificate, row.seq)
        if who is None:
            return "its session was opened with a certificate that is not in force"
        account, key = who
        fits = (
            statement.desk == self._desk
            and statement.session == opened.payload.session == row.session
            and statement.session not in self.sessions
            and statement.after_seq < row.seq
            and self._digest_at(statement.after_seq) == statement.after_head
            and first == (row.seq == FIRST_ACCOUNT_SEQ + 1 and row.strand == self.desk_strand)
            and (row.strand == self.desk_strand or row.strand in self.restricted)
        )
        if not fits or not verifies(key, hex_bytes(told.signature), told.statement.encode()):
            return "its session statement does not hold"
        if public_bytes(statement.public) in self._certified_keys():
            return "its session statement names a key that belongs to a certificate"
        self.sessions[statement.session] = SignedSession(
            statement=statement,
            account=account,
            text=told.statement,
            signature=told.signature,
            home=row.strand,
            opened_seq=row.seq,
            first_of_desk=first,
            ended_seq=self._withdrawn_at(statement.certificate),
        )
        return None

    def _withdrawn_at(self, certificate: str) -> int | None:
        return next((one.withdrawn_seq for one in self.issuances if one.certificate_sha256 == certificate), None)

    def _certified_keys(self) -> set[bytes]:
        keys = {public_bytes(certificate_public(known.certificate)) for known in self.issuances}
        return keys | ({public_bytes(certificate_public(self.root))} if self.root else set())

    def _end(self, session: SessionId, seq: int) -> str | None:
        known = self.sessions.get(session)
        if known is None:
            return "it ends a session that nobody opened"
        if known.ended_seq is None or seq < known.ended_seq:
            self.sessions[session] = replace(known, ended_seq=seq)
        return None

    def left_open(self) -> tuple[SessionId, ...]:
        """Sessions of the desk strand that a crash left open."""
        return tuple(
            name
            for name, session in self.sessions.items()
            if session.ended_seq is None and session.home == self.desk_strand
        )

    def session_fault(self, row: EntryRow) -> str | None:
        """Say what is wrong with the session signature of an entry, or None; the session must be known."""
        session = self.sessions[row.session]
        if session.home not in (self.desk_strand, row.strand):
            return "it is signed by a session that belongs to another strand"
        begun = session.statement.after_seq < row.seq and (session.first_of_desk or session.opened_seq <= row.seq)
        if not begun or (session.ended_seq is not None and row.seq > session.ended_seq):
            return "it is signed by a session outside its range"
        if not verifies(session.statement.public, row.signature, row.header):
            return "its session signature does not hold"
        return None

    def signers_fault(self, opened: Opened) -> str | None:
        """Say what is wrong with who signed an opened entry, or None: the rules of its kind, and every signature."""
        session = self.sessions.get(opened.row.session)
        if opened.payload.session != opened.row.session:
            return "it names another session than the one that signed it"
        fault = signers_fault(
            opened.payload.data,
            first_of_desk=opened.row.seq == FIRST_ACCOUNT_SEQ,
            by=opened.payload.by,
            also=tuple(one.account for one in opened.also),
            own=session.account if session else None,
        )
        if fault is not None:
            return f"it {fault}"
        if not all(self._also_holds(opened, one) for one in opened.also):
            return "a second signature does not hold"
        return None

    def _two_fault(self, opened: Opened) -> str | None:
        """The signatures of an entry that changes this register; the first account comes before its session."""
        if opened.row.session in self.sessions:
            return self.signers_fault(opened)
        if opened.row.seq == FIRST_ACCOUNT_SEQ and isinstance(opened.payload.data, AccountIssued):
            return None
        return "it is signed by a session that nobody opened"

    def _also_holds(self, opened: Opened, one: AlsoSigned) -> bool:
        who = self._certificate_of(one.certificate, opened.row.seq)
        if who is None:
            who = self._introduced_here(opened, one)
        if who is None or who[0] != one.account:
            return False
        return verifies(who[1], hex_bytes(one.signature), opened.row.header)

    def _certificate_of(self, certificate: str, seq: int) -> tuple[AccountId, PublicKey] | None:
        """Whose certificate this is and its key, where it may sign the entry of that number."""
        if self.root is not None and certificate == self._pinned:
            return ROOT_ACCOUNT, certificate_public(self.root)
        for known in self.issuances:
            if known.certificate_sha256 == certificate and known.speaks_at(seq):
                return known.account, certificate_public(known.certificate)
        return None

    def _introduced_here(self, opened: Opened, one: AlsoSigned) -> tuple[AccountId, PublicKey] | None:
        """After a recovery a person's new certificate signs the very entry that issues it, beside the root."""
        told = opened.payload.data
        if not isinstance(told, AccountIssued) or ROOT_ACCOUNT not in opened.payload.by:
            return None
        issuance = self._issuance_or_known(opened, told)
        if issuance.certificate_sha256 != one.certificate:
            return None
        return issuance.account, certificate_public(issuance.certificate)

    def _issuance_or_known(self, opened: Opened, told: AccountIssued) -> Issuance:
        for known in self.issuances:
            if known.seq == opened.row.seq:
                return known
        return self._issuance(opened, told)

    def disposed(self, strand: StrandId, strand_seq: int) -> bool:
        """Whether two people disposed of this entry."""
        return any(
            disposal.strand == strand and disposal.first <= strand_seq <= disposal.last for disposal in self.disposals
        )

    def last_change(self) -> int:
        """The last entry that issued, withdrew or handed out anything: who may be given a key has not changed since."""
        withdrawn = [known.withdrawn_seq or 0 for known in self.issuances]
        issued = [*(known.seq for known in self.issuances), *(pair.seq for pair in self.pairs)]
        return max(*withdrawn, *issued, self._envelopes_seq, 0)

    def partly_disposed(self, strand: StrandId) -> bool:
        """Whether two people disposed of any part of a strand; statements of sessions in it may be gone."""
        return any(one.strand == strand and one.first <= one.last for one in self.disposals)

    def disposed_blobs(self) -> frozenset[str]:
        """Every blob that a disposal names."""
        return frozenset(blob for disposal in self.disposals for blob in disposal.blobs)

    def believed(self) -> "Register":
        """This register, if everything in it was believed; raises DamagedError otherwise."""
        if self.root is None or self.created is None or self.desk_strand is None:
            raise DamagedError("This desk does not lead to the school root it was opened with. Nothing was changed.")
        return self


def read_register(database: Database, desk: DeskId, root_sha256: str, book: EntryBook) -> Register:
    """Fold the desk strand of an open desk; raises DamagedError where it does not lead to the pinned root.

    Entries that are not believed are in `faults`, and nothing of them in the register.
    """
    journal = Journal(database, desk, book)
    register = Register(desk, root_sha256, journal.digest_at)
    first = database.one("SELECT strand FROM entry WHERE seq = 1")
    if first is None:
        raise DamagedError("This desk has no first entry. Nothing was changed; keep a copy of the folder.")
    strand = StrandId(first[0])
    keys: dict[int, bytes] = dict(
        database.rows("SELECT epoch, key FROM strand WHERE strand = ? AND key IS NOT NULL", (strand,))
    )
    for row in journal.rows(strand):
        if row.payload is None:
            register.missing(row)
            continue
        try:
            register.apply(journal.open(row, keys))
        except StoreError as error:
            register.faults.append(ChainFault(seq=row.seq, what=f"it cannot be opened ({type(error).__name__})"))
    return register.believed()

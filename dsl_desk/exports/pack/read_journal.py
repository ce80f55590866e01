"""Reading a pack's journal: links, commitments, every signature, register and checkpoint (format 3, 6, 8)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from dsl_desk.domain.encoding import NO_DIGEST, plain_json, read_json, read_plain, sha256_hex
from dsl_desk.domain.errors import DamagedError
from dsl_desk.domain.journal import Header, commitment_of, verify_strand_chain
from dsl_desk.domain.moments import parse_utc
from dsl_desk.domain.payload import PAYLOAD_VERSION, EntryBook, EntryData, signatures_fault
from dsl_desk.domain.words import IDENTIFIER, ROOT_ACCOUNT
from dsl_desk.exports.pack.journal_files import CHECKPOINT, REGISTER
from dsl_desk.exports.pack.pack_reader import PackReader
from dsl_desk.exports.pack.read_bag import BagInfo, read_certificates
from dsl_desk.signatures import (
    PublicKey,
    certificate_public,
    common_name,
    leaf_fault,
    public_bytes,
    read_certificate,
    read_public,
    verifies,
)

ENTRIES = "bag/data/journal/entries.jsonl"
SESSIONS = "bag/data/journal/sessions.jsonl"
CERTIFICATES = "bag/data/journal/certificates.pem"
REGISTER_FILE = "bag/data/journal/register.json"
CHECKPOINT_FILE = "bag/data/journal/checkpoint.json"
_HEX = re.compile(r"(?:[0-9a-f]{2})+")
_SALT = re.compile(r"[0-9a-f]{64}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
_SESSION_ENDS = frozenset({"session_closed", "session_ended"})
_REGISTER_KEYS = {"certificate", "account", "name", "role", "issued_at_utc", "withdrawn_at_utc"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an entry's payload says, as far as a judge needs it."""

    seq: int
    strand_seq: int
    at_utc: str
    digest: str
    kind: str | None
    """None where the payload is withheld."""
    known: type[EntryData] | None
    """The kind's class, None where withheld or made by a newer program."""
    data: dict[str, Any] = field(default_factory=dict)
    signed_by: tuple[str, ...] = ()
    """Certificates of `also_signed`."""


@dataclass(slots=True, kw_only=True)
class _Session:
    key: PublicKey
    certificate: str
    desk: str
    opened_after: int
    opened_after_head: str
    opened_at: str


@dataclass(slots=True, kw_only=True)
class Journal:
    """The journal of one pack once it was read; `whole` is false where it already failed."""

    whole: bool = False
    entries: list[Told] = field(default_factory=list)
    desk: str | None = None
    strand: str | None = None
    head: str = NO_DIGEST
    certificates: dict[str, PublicKey] = field(default_factory=dict)
    register: dict[str, dict[str, Any]] = field(default_factory=dict)
    used: dict[str, str] = field(default_factory=dict)
    """Certificate to the last `at_utc` it was used at."""

    def entry(self, strand_seq: object) -> Told | None:
        """An entry by its number in the case."""
        if type(strand_seq) is not int or not 1 <= strand_seq <= len(self.entries):
            return None
        return self.entries[strand_seq - 1]


class _Fault(Exception):  # noqa: N818 - a reason on its way to the verdict
    """Why one line does not hold."""


def _need(holds: bool, why: str) -> None:
    if not holds:
        raise _Fault(why)


def read_object(raw: bytes) -> dict[str, Any]:
    """A JSON object, read strictly; raises DamagedError."""
    value = read_json(raw)
    if not isinstance(value, dict):
        raise DamagedError("A file of the pack is not what it should be.")
    return value


class JournalReader:
    """Judges the journal's files together; one line's fault does not hide another's."""

    def __init__(self, reader: PackReader, book: EntryBook, root: bytes | None, root_key: PublicKey | None) -> None:
        self._reader, self._kinds = reader, book.kinds
        self._root, self._root_key = root, root_key
        self._root_sha256 = sha256_hex(root) if root else None
        self._sessions: dict[str, _Session] = {}
        self._used_sessions: set[str] = set()
        self._ended_sessions: set[str] = set()
        self._names: dict[str, str] = {}
        self._named: set[str] = set()
        self.journal = Journal()

    def read(self, info: BagInfo | None, signed_off_by: set[str], sealers: set[str]) -> Journal:
        """Everything; faults are named with their files."""
        files = (ENTRIES, SESSIONS, CERTIFICATES, REGISTER_FILE, CHECKPOINT_FILE)
        if self._root is None or not self._reader.intact(*files):
            return self.journal
        before = self._reader.failures
        self._read_certificates()
        self._read_register()
        self._read_sessions()
        self._read_entries()
        if self._reader.failures == before:  # what could not be read names nobody: no other file is blamed for it
            self._check_named(signed_off_by, sealers)
            if info is not None:
                self._check_ends(info)
        self.journal.whole = self._reader.failures == before
        return self.journal

    def _read_certificates(self) -> None:
        ders = read_certificates(self._reader, CERTIFICATES) or []
        names = [sha256_hex(der) for der in ders]
        if names != sorted(set(names)):
            self._reader.fail(CERTIFICATES, "its certificates are not in order, each once")
        assert self._root is not None  # noqa: S101 - `read` returned without a root
        root = read_certificate(self._root)
        for name, der in zip(names, ders, strict=True):
            try:
                leaf = read_certificate(der)
                fault = leaf_fault(leaf, root)
            except DamagedError:
                fault = "a certificate could not be read"
            if fault is not None:
                self._reader.fail(CERTIFICATES, fault)
                continue
            self.journal.certificates[name] = certificate_public(leaf)
            self._names[name] = common_name(leaf)
        keys = {public_bytes(key) for key in (*self.journal.certificates.values(), certificate_public(root))}
        if len(keys) != len(self.journal.certificates) + 1:  # anybody can flip s under a certificate: other bytes
            self._reader.fail(CERTIFICATES, "two certificates hold one key, so they are one person’s")

    def _read_register(self) -> None:
        raw = self._reader.read(REGISTER_FILE) or b""
        try:
            told = read_object(raw)
            rows = {str(row["certificate"]): row for row in told["certificates"]}
            good = told["format"] == REGISTER and len(rows) == len(told["certificates"])
            good = good and all(set(row) >= _REGISTER_KEYS and _register_row_holds(row) for row in rows.values())
        except (DamagedError, LookupError, TypeError, ValueError, AttributeError):
            good, rows = False, {}
        if not good:
            self._reader.fail(REGISTER_FILE, "it is not a register of certificates")
            rows = {}
        if any(rows[one]["name"] != name for one, name in self._names.items() if one in rows):
            self._reader.fail(REGISTER_FILE, "it gives a certificate another name than stands in it")
        self.journal.register = rows

    def _account(self, certificate: str) -> str | None:
        row = self.journal.register.get(certificate)
        return None if row is None else str(row["account"])

    def _read_sessions(self) -> None:
        order: list[str] = []
        for number, line in enumerate(self._reader.lines(SESSIONS), 1):
            try:
                name, session = self._session(read_object(line))
            except (DamagedError, _Fault, LookupError, TypeError, ValueError, AttributeError) as fault:
                why = fault if isinstance(fault, _Fault) else "it could not be read"
                self._reader.fail(SESSIONS, f"line {number}: {why}")
                continue
            order.append(name)
            self._sessions[name] = session
        if order != sorted(set(order)):
            self._reader.fail(SESSIONS, "its sessions are not in order, each once")
        if len({public_bytes(session.key) for session in self._sessions.values()}) < len(self._sessions):
            self._reader.fail(SESSIONS, "two sessions hold one key, so nobody can say which of them wrote")

    def _session(self, row: dict[str, Any]) -> tuple[str, _Session]:
        text = str(row["statement"]).encode("ascii")
        name, key, certificate, opened_at, after, head = self._statement(read_plain(text), row)
        public = self.journal.certificates.get(certificate)
        if public is None:
            raise _Fault("its session was opened with a certificate that is not in the pack")
        _need(bool(_HEX.fullmatch(row["signature"])), "its signature is not spelled as it must be")
        _need(verifies(public, bytes.fromhex(row["signature"]), text), "its statement is not signed by its account")
        own = read_public(bytes.fromhex(key))
        keys = {public_bytes(one) for one in self.journal.certificates.values()}
        _need(public_bytes(own) not in keys, "its session key is a certificate’s own key")
        self._note_use(certificate, opened_at)
        return name, _Session(
            key=own,
            certificate=certificate,
            desk=str(read_plain(text)[1]),
            opened_after=after,
            opened_after_head=head,
            opened_at=opened_at,
        )

    @staticmethod
    def _statement(told: list[object], row: dict[str, Any]) -> tuple[str, str, str, str, int, str]:
        match told:
            case ["dsl-desk/session/1", str(), str(name), str(key), str(certificate), str(at), int(after), str(head)]:
                good = name == row["id"] and bool(IDENTIFIER.fullmatch(name)) and bool(_MOMENT.fullmatch(at))
                _need(good and bool(_HEX.fullmatch(key)), "its statement is not one of this session")
                return name, key, certificate, at, after, head
            case _:
                raise _Fault("its statement is not that of a session")

    def _note_use(self, certificate: str, at: str) -> None:
        self._named.add(certificate)
        self.journal.used[certificate] = max(at, self.journal.used.get(certificate, ""))

    def _read_entries(self) -> None:
        for fault in verify_strand_chain(self._links()):
            self._reader.fail(ENTRIES, f"entry {fault.seq}: {fault.what}")
        if not self.journal.entries:
            self._reader.fail(ENTRIES, "it holds no entry")
        self._check_session_heads()

    def _links(self) -> Iterator[tuple[bytes, str]]:
        """Header bytes and digest of each entry, all else about it judged on the way."""
        for number, line in enumerate(self._reader.lines(ENTRIES), 1):
            raw, digest = b"", NO_DIGEST
            try:
                row = read_object(line)
                digest = str(row["digest"])
                raw = plain_json(row["header"])
                self._entry(row, raw, digest)
            except (DamagedError, _Fault, LookupError, TypeError, ValueError, AttributeError) as fault:
                why = fault if isinstance(fault, _Fault) else "it could not be read"
                self._reader.fail(ENTRIES, f"entry {number}: {why}")
            yield raw, digest

    def _entry(self, row: dict[str, Any], raw: bytes, digest: str) -> None:
        header = Header.decode(raw)
        session = self._sessions.get(row["session"])
        if session is None:
            raise _Fault("it was written in a session that is not in the pack")
        self._used_sessions.add(row["session"])
        self._note_use(session.certificate, header.at_utc)
        self.journal.desk, self.journal.strand = self.journal.desk or header.desk, self.journal.strand or header.strand
        self.journal.head = digest
        also = self._also(row, raw, header.at_utc)
        told = self._payload(row, header, session, also, digest)
        self.journal.entries.append(told)
        _need(
            header.desk == session.desk and header.seq > session.opened_after,
            "its session is not one of its time and desk",
        )
        _need(bool(_HEX.fullmatch(row["signature"])), "its signature is not spelled as it must be")
        _need(verifies(session.key, bytes.fromhex(row["signature"]), raw), "its session did not sign it")

    def _also(self, row: dict[str, Any], raw: bytes, at: str) -> list[tuple[str, str]]:
        """Account and certificate of each further signature, every one of them verified."""
        also: list[tuple[str, str]] = []
        for extra in row["also_signed"]:
            account, certificate = str(extra["account"]), str(extra["certificate"])
            key = self._root_key if certificate == self._root_sha256 else self.journal.certificates.get(certificate)
            own = ROOT_ACCOUNT if certificate == self._root_sha256 else self._account(certificate)
            _need(key is not None and account == own, "it is signed with a certificate that is not that account’s")
            if certificate != self._root_sha256:
                self._note_use(certificate, at)
            good = _HEX.fullmatch(extra["signature"]) and key and verifies(key, bytes.fromhex(extra["signature"]), raw)
            _need(bool(good), "a further signature under it does not hold")
            also.append((account, certificate))
        _need(len({certificate for _, certificate in also}) == len(also), "one certificate signed it twice")
        return also

    def _payload(
        self, row: dict[str, Any], header: Header, session: _Session, also: list[tuple[str, str]], digest: str
    ) -> Told:
        at: dict[str, Any] = {
            "seq": header.seq,
            "strand_seq": header.strand_seq,
            "at_utc": header.at_utc,
            "digest": digest,
        }
        signed_by = tuple(certificate for _, certificate in also)
        if row["payload"] is None:
            _need(row["salt"] is None and isinstance(row["withheld"], str) and bool(row["withheld"].strip()),
                  "it is withheld without a reason")  # fmt: skip
            return Told(**at, kind=None, known=None, signed_by=signed_by)
        text = str(row["payload"]).encode("utf-8")
        _need(row["withheld"] is None and bool(_SALT.fullmatch(row["salt"])), "it is neither open nor withheld")
        _need(
            commitment_of(bytes.fromhex(row["salt"]), text) == header.commitment, "its words are not those committed to"
        )
        told = read_object(text)
        kind, by = str(told["kind"]), tuple(str(account) for account in told["by"])
        known = self._kinds.get(kind) if told["v"] <= PAYLOAD_VERSION else None
        _need(told["session"] == row["session"], "its words name another session")
        _need(row["session"] not in self._ended_sessions, "its session had ended before")
        if kind in _SESSION_ENDS:
            self._ended_sessions.add(row["session"] if kind == "session_closed" else str(told["data"]["session"]))
        if known is not None:
            fault = signatures_fault(
                known.SIGNERS, by=by, also=tuple(account for account, _ in also), own=self._account(session.certificate)
            )
            _need(fault is None, f"it {fault}")
        data = told["data"] if isinstance(told["data"], dict) else {}
        return Told(**at, kind=kind, known=known, data=data, signed_by=signed_by)

    def _check_session_heads(self) -> None:
        """A session that was opened after an entry of the pack names that entry's digest."""
        digests = {0: NO_DIGEST, **{told.seq: told.digest for told in self.journal.entries}}
        for session in self._sessions.values():
            if digests.get(session.opened_after, session.opened_after_head) != session.opened_after_head:
                self._reader.fail(SESSIONS, "a session names another digest than its entry has")

    def _check_named(self, signed_off_by: set[str], sealers: set[str]) -> None:
        """Exactly those sessions and certificates that are named, and the register of exactly these."""
        if self._used_sessions != set(self._sessions):
            self._reader.fail(SESSIONS, "it does not hold exactly the sessions that wrote the entries")
        named = self._named | signed_off_by
        if named != set(self.journal.certificates):
            self._reader.fail(CERTIFICATES, "it does not hold exactly the certificates that are named")
        if set(self.journal.register) != named | sealers:
            self._reader.fail(REGISTER_FILE, "it does not tell of exactly the certificates that are named")

    def _check_ends(self, info: BagInfo) -> None:
        """The last entry starts this very pack, and the checkpoint closes exactly these entries."""
        entries = self.journal.entries
        last = entries[-1] if entries else None
        if last is None or last.kind != "pack_started" or last.data.get("no") != info.number:
            self._reader.fail(ENTRIES, "it does not end with the start of this very pack")
        opened = next((one for one in entries if one.kind == "case_opened"), None)  # a restricted one has two before it
        if opened is not None and opened.data.get("reference", info.case) != info.case:
            self._reader.fail(ENTRIES, "it opens another case than bag-info.txt names")
        try:
            told = read_object(self._reader.read(CHECKPOINT_FILE) or b"")
            good = bool(_MOMENT.fullmatch(told["at_utc"]))
        except (DamagedError, LookupError, TypeError):
            told, good = {}, False
        wanted = {
            "format": CHECKPOINT,
            "desk_id": self.journal.desk,
            "case": info.case,
            "seq": last.seq if last else 0,
            "head": self.journal.head,
            "strand_id": self.journal.strand,
            "strand_seq": len(entries),
            "strand_head": self.journal.head,
            "pack_no": info.number,
        }
        if not good or any(told.get(key) != value or type(told.get(key)) is bool for key, value in wanted.items()):
            self._reader.fail(CHECKPOINT_FILE, "it does not close exactly the entries of this pack")


def _register_row_holds(row: dict[str, Any]) -> bool:
    until = row["withdrawn_at_utc"]
    moments = [row["issued_at_utc"], *([] if until is None else [until])]
    return all(_MOMENT.fullmatch(moment) and parse_utc(moment) for moment in moments)

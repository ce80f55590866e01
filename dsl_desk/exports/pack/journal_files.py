"""The journal as a pack hands it over: entries, sessions, certificates, register, checkpoint (format section 6)."""

from collections.abc import Iterable, Iterator

from dsl_desk.domain.encoding import compact_json, read_plain, sha256_hex
from dsl_desk.domain.errors import InputError
from dsl_desk.domain.journal import Header
from dsl_desk.domain.signed import RegisterRow
from dsl_desk.domain.words import ROOT_ACCOUNT
from dsl_desk.exports.pack.contents import EntryLine, PackContents
from dsl_desk.signatures import certificate_pem

CHECKPOINT = "dsl-desk/checkpoint/1"
REGISTER = "dsl-desk/register/1"


def entry_line(entry: EntryLine) -> bytes:
    """One entry as one line of entries.jsonl."""
    row = {
        "header": read_plain(entry.header),
        "digest": entry.digest,
        "salt": None if entry.salt is None else entry.salt.hex(),
        "payload": None if entry.payload is None else entry.payload.decode("utf-8"),
        "withheld": entry.withheld,
        "session": entry.session,
        "signature": entry.signature.hex(),
        "also_signed": [
            {"account": one.account, "certificate": one.certificate, "signature": one.signature}
            for one in entry.also_signed
        ],
    }
    return compact_json(row) + b"\n"


def entries_chunks(entries: Iterable[EntryLine]) -> Iterator[bytes]:
    """entries.jsonl piece by piece."""
    return (entry_line(entry) for entry in entries)


class NamedCertificates:
    """Which sessions and certificates a pack's entries name: the pack holds exactly these."""

    def __init__(self, contents: PackContents, sealers: Iterable[str], signed_off_by: Iterable[str]) -> None:
        self._contents = contents
        used = {entry.session for entry in contents.entries}
        self._sessions = sorted((one for one in contents.sessions if one.session in used), key=lambda one: one.session)
        if len(self._sessions) != len(used):
            raise InputError("A session that wrote an entry is missing. Nothing was written.")
        named = {
            one.certificate for entry in contents.entries for one in entry.also_signed if one.account != ROOT_ACCOUNT
        }
        named |= {str(read_plain(one.statement)[4]) for one in self._sessions}
        self._named = named | set(signed_off_by)
        self._sealers = set(sealers)

    def sessions(self) -> bytes:
        """sessions.jsonl."""
        return b"".join(
            compact_json(
                {"id": one.session, "statement": one.statement.decode("ascii"), "signature": one.signature.hex()}
            )
            + b"\n"
            for one in self._sessions
        )

    def certificates(self) -> bytes:
        """certificates.pem."""
        known = {sha256_hex(der): der for der in self._contents.certificates}
        if not self._named <= set(known):
            raise InputError("A certificate that signed an entry is missing. Nothing was written.")
        return b"".join(certificate_pem(known[name]) for name in sorted(self._named))

    def register(self) -> bytes:
        """register.json."""
        rows = {row.certificate: row for row in self._contents.register}
        wanted = sorted(self._named | self._sealers)
        if not set(wanted) <= set(rows):
            raise InputError("The register does not know a certificate that signed. Nothing was written.")
        return (
            compact_json({"format": REGISTER, "certificates": [_register_row(rows[name]) for name in wanted]}) + b"\n"
        )


def _register_row(row: RegisterRow) -> dict[str, str | None]:
    return {
        "certificate": row.certificate,
        "account": row.account,
        "name": row.name,
        "role": row.role,
        "issued_at_utc": row.issued_at_utc,
        "withdrawn_at_utc": row.withdrawn_at_utc,
    }


def checkpoint(contents: PackContents, last: Header, digest: str) -> bytes:
    """checkpoint.json, which closes exactly the entries of the pack."""
    return (
        compact_json(
            {
                "format": CHECKPOINT,
                "desk_id": last.desk,
                "case": contents.case,
                "seq": last.seq,
                "head": digest,
                "strand_id": last.strand,
                "strand_seq": last.strand_seq,
                "strand_head": digest,
                "at_utc": last.at_utc,
                "pack_no": contents.number,
            }
        )
        + b"\n"
    )

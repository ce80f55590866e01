"""The one door to `desk.db`: opened in one order, answering in plain sentences (format section 4).

No other module imports sqlcipher3. Whoever holds a `Database` holds SQLCipher's
exclusive lock; nothing in the process may open `desk.db` by its path meanwhile,
because closing any descriptor of it drops that lock.
"""

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import quote

from sqlcipher3 import dbapi2 as sqlcipher

from dsl_desk.domain.errors import DamagedError, DiskFullError, InUseError, StoreError
from dsl_desk.store.files import create_private
from dsl_desk.store.steps import Steps, no_steps

PAGE: Final = 16384
"""Bytes of a database page; 80 of them are SQLCipher's own."""
APPLICATION_ID: Final = 0x44534C44
KEY_BYTES: Final = 32

Mode = Literal["rw", "create", "read"]
Value = str | int | bytes | None
Row = tuple[Any, ...]

_PRAGMAS: Final = (
    "cipher_compatibility=4",
    f"cipher_default_page_size={PAGE}",  # process-wide; without it VACUUM INTO writes a file nobody can open
    f"cipher_page_size={PAGE}",
    "cache_spill=OFF",  # else pages that were never committed reach the file
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "mmap_size=0",
    "cache_size=-65536",  # KiB: what a list of 100,000 cases is read from, so that it is decrypted once
)
_WRITE_PRAGMAS: Final = ("locking_mode=EXCLUSIVE", "journal_mode=DELETE", "synchronous=EXTRA")
_ADDRESS: Final = {"rw": "mode=rw", "create": "mode=rw", "read": "mode=ro&immutable=1"}


class NotThisKeyError(DamagedError):
    """The desk's records do not open with this key: they are damaged, or belong to another key. Nothing was changed."""


class CutShortError(DamagedError):
    """The file of records is shorter than it was: part of it is missing. Nothing was changed and nothing made anew."""


class MissingRecordsError(DamagedError):
    """The file of records is not there. Nothing was changed and nothing made anew; look for a backup."""


class NotOursError(DamagedError):
    """The file of records was not made by this program. Nothing was changed."""


class DiskFaultError(StoreError):
    """The disk refused to read or write. Nothing of this was kept; what was there before is unchanged."""


def _plainly(error: sqlcipher.Error) -> StoreError:
    """Say in plain words what the database reported; its own text may carry names and stays behind."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    match primary:
        case sqlcipher.SQLITE_NOTADB:
            return NotThisKeyError()
        case sqlcipher.SQLITE_CORRUPT:
            return DamagedError()
        case sqlcipher.SQLITE_FULL:
            return DiskFullError()
        case sqlcipher.SQLITE_BUSY | sqlcipher.SQLITE_LOCKED:
            return InUseError()
        case sqlcipher.SQLITE_IOERR | sqlcipher.SQLITE_READONLY | sqlcipher.SQLITE_CANTOPEN:
            return DiskFaultError()
        case _:
            return StoreError()


@contextlib.contextmanager
def _in_plain_words() -> Iterator[None]:
    try:
        yield
    except sqlcipher.Error as error:
        raise _plainly(error) from error


def _refuse_attach(action: int, *_names: str | None) -> int:
    return int(sqlcipher.SQLITE_DENY if action == sqlcipher.SQLITE_ATTACH else sqlcipher.SQLITE_OK)


class Database:
    """The desk's records, open and locked. Values are always bound; keys alone stand in a statement, as hex.

    Use it from one thread at a time. Every method raises StoreError or one of its
    kinds, never an error of the database library.
    """

    def __init__(self, connection: Any, path: Path, steps: Steps = no_steps) -> None:
        self._connection = connection
        self._path = path
        self._steps = steps
        self._changed_before = 0

    @property
    def changes(self) -> int:
        """A number that grows with every row written through this object: while it stands, nothing has changed."""
        with _in_plain_words():
            return self._changed_before + int(self._connection.total_changes)

    @property
    def path(self) -> Path:
        """Where the records lie; never to be opened while this object lives."""
        return self._path

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return bool(self._connection.in_transaction)

    def execute(self, sql: str, params: Sequence[Value] = ()) -> int:
        """Run one statement; returns how many rows it touched."""
        with _in_plain_words():
            return int(self._connection.execute(sql, params).rowcount)

    def many(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        """Run one statement for each row of values."""
        with _in_plain_words():
            self._connection.executemany(sql, rows)

    def script(self, sql: str) -> None:
        """Run several statements one by one, inside whatever transaction is open."""
        statement = ""
        for line in sql.splitlines(keepends=True):
            statement += line
            if sqlcipher.complete_statement(statement):
                self.execute(statement)
                statement = ""

    def rows(self, sql: str, params: Sequence[Value] = ()) -> list[Row]:
        """Every row of a query."""
        with _in_plain_words():
            return list(self._connection.execute(sql, params))

    def each(self, sql: str, params: Sequence[Value] = ()) -> Iterator[Row]:
        """The rows of a query one after the other, for work that must not hold them all."""
        with _in_plain_words():
            yield from self._connection.execute(sql, params)

    def one(self, sql: str, params: Sequence[Value] = ()) -> Row | None:
        """The first row of a query, or None."""
        with _in_plain_words():
            found: Row | None = self._connection.execute(sql, params).fetchone()
            return found

    @contextlib.contextmanager
    def transaction(self, name: str = "transaction") -> Iterator[None]:
        """Everything inside is kept together or not at all; another one inside is refused.

        `name` is told to the step hook once the commit is durable.
        """
        if self.in_transaction:
            raise StoreError("Two acts were begun at once. The second was refused; the first goes on.")
        with _in_plain_words():
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            with _in_plain_words():
                self._connection.execute("COMMIT")
        except BaseException:
            self._roll_back()
            raise
        self._steps(name)

    def _roll_back(self) -> None:
        """Undo; a full disk may have made the library undo already."""
        if self.in_transaction:
            with _in_plain_words():
                self._connection.execute("ROLLBACK")

    def state(self, name: str) -> Value:
        """A value of `desk_state`, or None."""
        found = self.one("SELECT value FROM desk_state WHERE name = ?", (name,))
        value: Value = found[0] if found else None
        return value

    def set_state(self, name: str, value: Value) -> None:
        """Set a value of `desk_state`; belongs inside a transaction."""
        self.execute("INSERT OR REPLACE INTO desk_state (name, value) VALUES (?, ?)", (name, value))

    def pragma(self, name: str) -> Value:
        """What a setting of the database reads back as."""
        found = self.one(f"PRAGMA {name}")
        value: Value = found[0] if found else None
        return value

    def rekey(self, vk: bytes) -> None:
        """Encrypt everything under another volume key; refused inside a transaction, which it would commit."""
        if self.in_transaction:
            raise StoreError("The key cannot be changed in the middle of an act. Nothing was changed.")
        self.rows(f"PRAGMA rekey=\"x'{_key_hex(vk)}'\"")

    def vacuum_into(self, path: Path) -> None:
        """Write a whole consistent copy, encrypted under the same key, to a path where nothing is yet."""
        if path.exists():
            raise StoreError("A file stands where the copy was to be written. Nothing was changed.")
        self._compacting("VACUUM INTO ?", (str(path),))

    def compact(self) -> None:
        """Write the records anew without their free pages."""
        self._compacting("VACUUM", ())

    def _compacting(self, sql: str, params: Sequence[Value]) -> None:
        self._connection.set_authorizer(None)
        try:
            self.execute(sql, params)
        finally:
            self._connection.set_authorizer(_refuse_attach)

    def make_read_only(self) -> None:
        """From here on nothing can be written through this connection."""
        self.rows("PRAGMA query_only=ON")

    def faults(self, *, quick: bool) -> list[str]:
        """What the database's own checks find: `quick_check`, or every page's seal and the whole structure."""
        if quick:
            return [str(row[0]) for row in self.rows("PRAGMA quick_check") if row != ("ok",)]
        found = [str(row[0]) for row in self.rows("PRAGMA cipher_integrity_check")]
        return found + [str(row[0]) for row in self.rows("PRAGMA integrity_check") if row != ("ok",)]

    def reopen(self, vk: bytes) -> None:
        """Close and open the same records again under this key; whoever holds this object goes on with it.

        Where that fails the object stays closed, and every method says so.
        """
        with contextlib.suppress(StoreError):  # closed already: counted then
            self._changed_before = self.changes + 1
        self.close()
        self._connection = _connect(self._path, vk, "rw")

    def close(self) -> None:
        """Let go of the records; may be called twice."""
        with _in_plain_words():
            self._connection.close()


def _key_hex(vk: bytes) -> str:
    if len(vk) != KEY_BYTES:
        raise StoreError("A key of the wrong length was refused. Nothing was changed.")
    return vk.hex()


def open_database(path: Path, vk: bytes, mode: Mode = "rw", steps: Steps = no_steps) -> Database:
    """Open the records in the fixed order; "create" only where nothing is yet, "read" for a copy on a medium.

    A fresh connection for every key tried. Raises NotThisKeyError where the key
    opens nothing, CutShortError and MissingRecordsError for a file that is not
    whole, InUseError where another process holds it. Never makes a store anew.
    """
    return Database(_connect(path, vk, mode), path, steps)


def _connect(path: Path, vk: bytes, mode: Mode) -> Any:
    key = _key_hex(vk)
    _check_file(path, mode)
    with _in_plain_words():
        address = f"file:{quote(str(path))}?{_ADDRESS[mode]}"
        connection = sqlcipher.connect(address, uri=True, isolation_level=None, check_same_thread=False, timeout=0)
    try:
        with _in_plain_words():
            _settle(connection, key, mode)
            _identify(connection, path, mode)
            connection.set_authorizer(_refuse_attach)
    except BaseException:
        connection.close()
        raise
    return connection


def _check_file(path: Path, mode: Mode) -> None:
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        if mode != "create":
            raise MissingRecordsError from None
        create_private(path)
        return
    except OSError:
        raise DiskFaultError from None
    if mode == "create":
        raise StoreError("There is a desk here already. Nothing was changed.")
    if size < PAGE:
        raise CutShortError


def _settle(connection: Any, key: str, mode: Mode) -> None:
    """Log level, key and settings in the order of format section 4; then the lock and the first reading."""
    settings = _PRAGMAS if mode == "read" else _PRAGMAS + _WRITE_PRAGMAS
    for setting in ("cipher_log_level=NONE", f"key=\"x'{key}'\"", *settings):
        connection.execute(f"PRAGMA {setting}").fetchall()
    if mode == "create":
        connection.execute("PRAGMA encoding='UTF-8'")
    if mode != "read":
        connection.execute("BEGIN EXCLUSIVE")  # until here nothing is locked
        connection.execute("COMMIT")
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()


def _identify(connection: Any, path: Path, mode: Mode) -> None:
    """Whole, and ours; new records are marked as ours."""
    if mode == "create":
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        return
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    if pages * PAGE != path.stat().st_size:
        raise CutShortError
    if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
        raise NotOursError

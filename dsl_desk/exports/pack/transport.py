"""Archives for the way to the officer: a plain ZIP, or an AES-256 ZIP in which no name shows.

An archive is made from the sealed pack folder on the medium, piece by piece, and
read back; it keeps its partial name until the journal has its digest.
"""

import contextlib
import hashlib
import os
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

from dsl_desk.domain.errors import Cancelled, InputError, MediumError
from dsl_desk.exports.files import PIECE, THERE_ALREADY, create, medium_errors, sync_and_read_back, sync_folder

PARTIAL = ".partial"
CODE_SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 26
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""ZIP's earliest date: an archive tells no times of its own."""

_AT_ONCE = 16 << 20
"""So much is read back before anybody who waits is let go first: a stop, a draft, whoever presses Cancel."""

_OPENS_NOT = (
    "The encrypted ZIP on the medium does not open as it was written. It was taken away. Use another stick and make "
    "the pack again."
)

Progress = Callable[[int, int], None]


class Hash(Protocol):
    """What takes a digest piece by piece."""

    def update(self, data: bytes, /) -> None:
        """Take the next bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """An archive that stands whole on the medium under its partial name."""

    partial: Path
    final: Path
    sha256: str
    size: int


def new_archive_code() -> str:
    """A generated code of 26 Crockford symbols (130 bits), to travel apart from the archive."""
    return "".join(CODE_SYMBOLS[byte & 31] for byte in os.urandom(CODE_LENGTH))


def plain_archive(
    pack: Path,
    out: Path,
    *,
    progress: Progress = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Archive:
    """Write the pack folder as the one top folder of a stored ZIP, as `<out>.partial`.

    Raises MediumError, Cancelled; nothing is left then.
    """
    with _new_file(out) as file:
        total = _add_folder(file, pack, progress, cancelled)
    with _whole_or_gone(_partial(out)):
        return _read_back(out, _go_on(total, progress, cancelled))


def encrypted_archive(
    pack: Path,
    out: Path,
    code: str,
    *,
    progress: Progress = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Archive:
    """Write an AE-2 AES-256 ZIP whose only member is `<folder>.zip`, as `<out>.partial` (needs 7-Zip to open).

    `code` is one that `new_archive_code` made, never a chosen password. It is
    opened again from the medium with that code and compared byte for byte before it
    counts. Raises InputError for any other code, MediumError, Cancelled; nothing is left then.
    """
    import pyzipper  # noqa: PLC0415 - brings a cipher library that nothing else needs

    if len(code) != CODE_LENGTH or not set(code) <= set(CODE_SYMBOLS):
        raise InputError(
            "An archive is locked with a generated code, never with a chosen password. Nothing was written."
        )
    name, hasher = _folder_name(pack) + ".zip", hashlib.sha256()
    with _new_file(out) as file, pyzipper.AESZipFile(file, "w", compression=pyzipper.ZIP_STORED) as outer:
        outer.setpassword(code.encode("ascii"))
        outer.setencryption(pyzipper.WZ_AES, nbits=256, force_wz_aes_version=2)
        member = pyzipper.zipfile_aes.AESZipInfo(name, date_time=_EARLIEST)
        with outer.open(member, "w", force_zip64=True) as inner:
            total = _add_folder(inner, pack, progress, cancelled, hasher)
    go_on = _go_on(total, progress, cancelled)
    with _whole_or_gone(_partial(out)):
        archive = _read_back(out, go_on)
        _must_open(archive.partial, name, code, hasher.hexdigest(), go_on)
    return archive


def _go_on(total: int, progress: Progress, cancelled: Callable[[], bool]) -> Callable[[], None]:
    """Asked again and again while what is written is read: raises Cancelled, and lets others go first."""

    def ask() -> None:
        if cancelled():
            raise Cancelled
        progress(total, total)

    return ask


def _must_open(partial: Path, name: str, code: str, expected: str, go_on: Callable[[], None]) -> None:
    """Open the archive from the medium with its code, as the officer will; raises MediumError, Cancelled."""
    import pyzipper  # noqa: PLC0415 - brings a cipher library that nothing else needs

    hasher = hashlib.sha256()
    try:
        with medium_errors(), pyzipper.AESZipFile(partial) as outer:
            if outer.namelist() != [name]:
                raise MediumError(_OPENS_NOT)
            with outer.open(name, pwd=code.encode("ascii")) as inner:
                while piece := inner.read(PIECE):
                    go_on()
                    hasher.update(piece)
    except (zipfile.BadZipFile, pyzipper.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise MediumError(_OPENS_NOT) from error
    if hasher.hexdigest() != expected:
        raise MediumError(_OPENS_NOT)


def _folder_name(pack: Path) -> str:
    return pack.name.removesuffix(PARTIAL)


@contextlib.contextmanager
def _new_file(out: Path) -> Iterator[IO[bytes]]:
    """A new file under its partial name, removed again if anything goes wrong."""
    with medium_errors():
        if out.exists():
            raise MediumError(THERE_ALREADY)
        descriptor = create(_partial(out))
    with _whole_or_gone(_partial(out)), medium_errors(), os.fdopen(descriptor, "w+b") as file:
        yield file


def _partial(out: Path) -> Path:
    """What an archive is called until it counts."""
    return out.with_name(out.name + PARTIAL)


@contextlib.contextmanager
def _whole_or_gone(partial: Path) -> Iterator[None]:
    """Whatever goes wrong, nothing half-made is left on the medium."""
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise


def _add_folder(
    out: IO[bytes], pack: Path, progress: Progress, cancelled: Callable[[], bool], hasher: Hash | None = None
) -> int:
    """Every file under the pack, stored, its folder on top; gives their bytes. `hasher` is told every byte written."""
    files = sorted(path for path in pack.rglob("*") if path.is_file() and not path.is_symlink())
    total, done = sum(path.stat().st_size for path in files), 0
    forward: Any = _Forward(out, hasher)
    with zipfile.ZipFile(forward, "w", compression=zipfile.ZIP_STORED) as archive:
        for path in files:
            info = zipfile.ZipInfo(f"{_folder_name(pack)}/{path.relative_to(pack).as_posix()}", date_time=_EARLIEST)
            info.external_attr = 0o644 << 16
            info.file_size = path.stat().st_size
            with path.open("rb", buffering=0) as source, archive.open(info, "w") as member:
                while piece := source.read(PIECE):
                    if cancelled():
                        raise Cancelled
                    member.write(piece)
                    done += len(piece)
                    progress(done, total)
    return total


class _Forward:
    """A file that can only be written onward, so that one archive can be laid inside another."""

    def __init__(self, out: IO[bytes], hasher: Hash | None) -> None:
        self._out, self._at, self._hasher = out, 0, hasher

    def write(self, data: bytes) -> int:
        """Write the next bytes."""
        self._out.write(data)
        if self._hasher is not None:
            self._hasher.update(data)
        self._at += len(data)
        return len(data)

    def tell(self) -> int:
        """How far it is."""
        return self._at

    def flush(self) -> None:
        """Nothing is held back here."""

    def seekable(self) -> bool:
        """It never goes back."""
        return False


def _read_back(out: Path, go_on: Callable[[], None]) -> Archive:
    """Sync the archive and take its digest as the medium gives it back."""
    partial, hasher, buffer = _partial(out), hashlib.sha256(), bytearray(PIECE)
    with medium_errors():
        size = partial.stat().st_size
        for start in range(0, size, _AT_ONCE):
            go_on()
            sync_and_read_back(partial, start, min(size, start + _AT_ONCE), hasher, buffer)
        sync_folder(partial.parent)
    return Archive(partial=partial, final=out, sha256=hasher.hexdigest(), size=size)

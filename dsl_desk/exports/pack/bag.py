"""Writing a pack straight to the medium: written, sealed, read back past the cache, verified."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dsl_desk.domain.payload import EntryBook
from dsl_desk.exports.pack.contents import PackContents
from dsl_desk.exports.pack.proof import Sealing
from dsl_desk.exports.pack.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedPack:
    """A pack that stands whole on the medium under its partial name, verified, waiting for its journal entry."""

    partial: Path
    final: Path
    tag_manifest_sha256: str
    p7s_sha256: str
    verdict: Verdict
    files: int
    size: int
    """Bytes of the payload."""


def write_pack(
    contents: PackContents,
    folder: Path,
    sealing: Sealing,
    *,
    book: EntryBook,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> SealedPack:
    """Write `<name>.partial` under `folder`, seal, read back, verify.

    `progress(done, total)` counts bytes; `cancelled()` is asked between chunks and
    raises Cancelled here. Exhibits are read on the calling thread. Raises InputError where
    the contents break the format, MediumError for a full or removed medium or one
    that gives back other bytes than it took. Nothing finished is left in any of these cases.
    """
    raise NotImplementedError


def finish(pack: SealedPack) -> Path:
    """Give the pack its final name, after the store recorded `pack_sealed`; raises MediumError."""
    raise NotImplementedError


def discard(partial: Path) -> None:
    """Remove an unfinished pack as far as the medium allows; refuses anything not named `.partial`."""
    raise NotImplementedError

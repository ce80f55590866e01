"""The judge of packs: needs no desk, names every file that fails and why (format section 6)."""

from collections.abc import Callable, Sequence
from pathlib import Path

from dsl_desk.domain.payload import EntryBook
from dsl_desk.exports.pack.verdict import Verdict


def verify_pack(
    pack: Path,
    *,
    book: EntryBook,
    fingerprint: str | None = None,
    time_stamp_roots: Sequence[bytes] = (),
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Verdict:
    """Judge a pack folder by itself.

    `fingerprint` is the school root's SHA-256 from paper (colons and case do not
    matter), `book` knows the kinds of entry (`case_entries.BOOK`), `time_stamp_roots`
    are DER certificates of authorities the reader trusts. Raises CouldNotJudge
    where this is no pack at all, Cancelled where `cancelled()` says so.
    """
    raise NotImplementedError

"""Writes and verifies one pack of the given mebibytes in a process of its own; prints its peak memory in KiB."""

from __future__ import annotations

import hashlib
import resource
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from dsl_desk.domain.words import PackKind
from dsl_desk.exports.pack.bag import finish
from dsl_desk.exports.pack.verifier import verify_pack
from tests.exports.pack.kit import BOOK, Case, case, replace

PIECE = bytes(range(256)) * 4096


def pieces(mebibytes: int) -> Iterator[bytes]:
    for _ in range(mebibytes):
        yield PIECE


def main(folder: Path, mebibytes: int) -> None:
    hasher = hashlib.sha256()
    for piece in pieces(mebibytes):
        hasher.update(piece)
    made = case(PackKind.AS_IT_STANDS, picture=hasher.hexdigest())
    first = made.contents.exhibits[0]
    big = replace(first, sha256=hasher.hexdigest(), size=mebibytes << 20, read=lambda: pieces(mebibytes))
    contents = replace(made.contents, exhibits=(big, *made.contents.exhibits[1:]))
    final = finish(Case(made.school, contents, made.strand).write(folder))
    assert verify_pack(final, book=BOOK).good
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

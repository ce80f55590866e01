"""Made-up material: bytes like those of pictures, words of no language. The same on every run, on every machine."""

from __future__ import annotations

import functools
import hashlib
import itertools
from array import array
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CTR

MIB = 2**20
GIB = 2**30


class Steady:
    """An endless row of bytes that look random and are the same for the same seed."""

    def __init__(self, seed: str) -> None:
        self._stream = Cipher(AES256(hashlib.sha256(seed.encode()).digest()), CTR(bytes(16))).encryptor()

    def take(self, count: int) -> bytes:
        """The next so many bytes."""
        return self._stream.update(bytes(count))


def random_files(folder: Path, sizes: Iterator[int] | list[int], seed: str) -> list[Path]:
    """Files of these sizes that no compression shortens, as photographs and films are."""
    folder.mkdir(parents=True, exist_ok=True)
    bytes_of, made = Steady(seed), []
    for number, size in enumerate(sizes, 1):
        path = folder / f"picture-{number:05}.jpg"
        with path.open("wb") as file:
            for start in range(0, size, MIB):
                file.write(bytes_of.take(min(MIB, size - start)))
        made.append(path)
    return made


def large_files(folder: Path, total: int) -> list[Path]:
    """Films: the total in files of a third of a GiB, or in three where it is less."""
    count = max(3, round(3 * total / GIB))
    return random_files(folder, [total // count] * count, "large")


def small_files(folder: Path, count: int) -> list[Path]:
    """Screenshots: 150 kB each on average, between 100 and 200."""
    return random_files(folder, (100_000 + number * 7919 % 100_001 for number in range(count)), "small")


_SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
_VOCABULARY = [
    first + second + third
    for first, second, third in itertools.islice(
        ((a, b, c) for a in _SYLLABLES for b in _SYLLABLES for c in ("", "n", "ro", "mi")), 0, 19_600
    )
]


@functools.cache
def _table() -> list[str]:
    """65,536 places for words, the frequent ones many times, as words of a language are spread (Zipf)."""
    steady = array("H", Steady("order of words").take(2 * len(_VOCABULARY)))
    ranked = [word for _, word in sorted(zip(steady, _VOCABULARY, strict=True))]
    weights = [1 / (rank + 3) for rank in range(len(ranked))]
    scale = 65_536 / sum(weights)
    table = [word for word, weight in zip(ranked, weights, strict=True) for _ in range(max(1, round(weight * scale)))]
    return (table * 2)[:65_536]


class Words:
    """Sentences of made-up words: a few very frequent ones, a long tail of rare ones."""

    def __init__(self, seed: str) -> None:
        self._steady, self._table = Steady(seed), _table()

    def text(self, count: int) -> str:
        """So many words."""
        return " ".join(map(self._table.__getitem__, array("H", self._steady.take(2 * count))))

    def text_ids(self) -> str:
        """32 hex digits, for an identity that is made up as well."""
        return self._steady.take(16).hex()


def queries() -> list[str]:
    """What somebody might search for: frequent, middling and rare words, alone and in pairs."""
    table = list(dict.fromkeys(_table()))
    single = [table[place] for place in (0, 5, 20, 60, 150, 400, 900, 2000, 5000, 9000)]
    return single + [f"{one} {other}" for one, other in itertools.pairwise(single)]

"""Taking content in: sealed, forced out, recorded, and only then in its place (format section 2).

Order: `.part` written and forced out, folder forced out; one transaction of entry,
row and key; the outside head; rename, folder forced out. A crash at any point
leaves a blob with its entry, or neither.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final

from dsl_desk.domain.case_state import Recorded
from dsl_desk.domain.errors import HaltedError
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.words import BlobClass, StrandId
from dsl_desk.signatures import Signer
from dsl_desk.store.blobs import BlobKey, Blobs
from dsl_desk.store.files import fsync_dir, replace, sync_together
from dsl_desk.store.records import Records
from dsl_desk.store.records_reading import as_recorded
from dsl_desk.store.sealing import Sealed, seal_large, seal_small, source_errors
from dsl_desk.store.values import Allowed, BlobFacts, Progress, Source

GROUP: Final = 64
_LARGE: Final = 8 << 20
"""Bytes from which one file keeps both cores busy by itself."""
_WORKERS: Final = 2
_SYNCERS: Final = 4
_TOGETHER: Final = 8
"""Files from which the system forces a whole group out in one call, where it can: one flush instead of one a file."""

Describe = Callable[[BlobFacts], EntryData]
Then = Callable[[tuple[BlobFacts, ...]], Sequence[EntryData]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be taken in, and how it is to be recorded."""

    strand: StrandId
    sources: Sequence[Source] = field(repr=False)
    describe: Describe
    blob_class: BlobClass
    at: Moment
    progress: Progress
    allowed: Allowed
    also: Sequence[Signer] = ()
    then: Then | None = None


class Intake:
    """Content on its way into the desk."""

    def __init__(self, records: Records, blobs: Blobs) -> None:
        self._records = records
        self._blobs = blobs
        self._steps = records.unlocked.steps

    def take_in(self, wish: Wish) -> tuple[Recorded, ...]:
        """Take everything in, group by group; what is recorded when something goes wrong stays recorded.

        With `then` everything is one group: all of it stands, or nothing.
        """
        self._records.strands.latest(wish.strand)  # refused here, before a byte is written
        count = _Count(wish)
        recorded: list[Recorded] = []
        done = 0
        groups = self._all_at_once(wish, count) if wish.then else self._groups(wish, count)
        for group in groups:
            try:
                recorded += self._record(wish, group, done)
            except BaseException:
                # the row decides: what was recorded keeps its file, whatever went wrong afterwards
                _drop([sealed for sealed in group if self._blobs.row(sealed.blob) is None])
                raise
            done += len(group)
        return tuple(recorded)

    def _all_at_once(self, wish: Wish, count: "_Count") -> Iterator[list[Sealed]]:
        sealed: list[Sealed] = []
        try:
            for group in self._groups(wish, count):
                sealed += group
        except BaseException:
            _drop(sealed)
            raise
        yield sealed

    def _groups(self, wish: Wish, count: "_Count") -> Iterator[list[Sealed]]:
        """Sealed sources, a large one by itself, small ones by 64; the next small group is sealed meanwhile."""
        with ThreadPoolExecutor(_WORKERS) as sealers, ThreadPoolExecutor(_SYNCERS) as syncers:
            waiting: list[Future[Sealed]] = []
            try:
                for small in count.batches():
                    ready = waiting
                    waiting = [] if len(small) == 1 else [sealers.submit(self._small, wish, one) for one in small]
                    if ready:
                        yield self._settled(ready, syncers, count)
                    if len(small) == 1:
                        yield [self._one(wish, small[0], syncers, count)]
                if waiting:
                    ready, waiting = waiting, []
                    yield self._settled(ready, syncers, count)
            except BaseException:
                _drop([one.result() for one in waiting if not one.cancel() and one.exception() is None])
                raise

    def _small(self, wish: Wish, source: Source) -> Sealed:
        return seal_small(self._records.desk, source, self._blobs.folder, wish.allowed)

    def _one(self, wish: Wish, source: Source, syncers: ThreadPoolExecutor, count: "_Count") -> Sealed:
        sealed = seal_large(self._records.desk, source, self._blobs.folder, wish.allowed, count.add)
        return self._synced([sealed], syncers)[0]

    def _settled(self, waiting: list[Future[Sealed]], syncers: ThreadPoolExecutor, count: "_Count") -> list[Sealed]:
        """A group whose every member is sealed and forced out; where one fails, none is kept."""
        failed = next((error for one in waiting if (error := one.exception()) is not None), None)
        sealed = [one.result() for one in waiting if one.exception() is None]
        if failed is not None:
            _drop(sealed)
            raise failed
        try:
            count.add(sum(one.size for one in sealed))
        except BaseException:
            _drop(sealed)
            raise
        return self._synced(sealed, syncers)

    def _synced(self, sealed: list[Sealed], syncers: ThreadPoolExecutor) -> list[Sealed]:
        self._steps("blob: written")
        try:
            if len(sealed) >= _TOGETHER and sync_together(self._blobs.folder):
                for one in sealed:
                    one.close()
            else:
                list(syncers.map(Sealed.sync, sealed))
            self._steps("blob: forced out")
            fsync_dir(self._blobs.folder)
            self._steps("blob: in its folder")
        except BaseException:
            _drop(sealed)
            raise
        return sealed

    def _record(self, wish: Wish, group: list[Sealed], before: int) -> list[Recorded]:
        records = self._records
        facts = [_facts(wish, before + index, sealed) for index, sealed in enumerate(group)]
        recorded: list[Recorded] = []
        with records.act("blob: recorded", wish.at):
            under = records.strands.latest(wish.strand)
            for fact, sealed in zip(facts, group, strict=True):
                key = BlobKey(key=sealed.key, strand=wish.strand, blob_class=wish.blob_class, size=sealed.size)
                self._blobs.keep(sealed.blob, key, sealed.file_sha256, under)
                entry = records.append(wish.strand, wish.describe(fact), at=wish.at, also=wish.also)
                recorded.append(as_recorded(entry))
            further = wish.then(tuple(facts)) if wish.then else ()
            recorded += [as_recorded(records.append(wish.strand, one, at=wish.at, also=wish.also)) for one in further]
            self._steps("blob: in the transaction")
            if not wish.allowed():
                raise HaltedError
        self._put_in_place(group, wish.at)
        return recorded

    def _put_in_place(self, group: list[Sealed], at: Moment) -> None:
        """The entries stand: remember the head outside, then give the files their names."""
        records = self._records
        records.unlocked.keeper.head_moved(records.head(), records.branch, at, at_once=True)
        self._steps("blob: head remembered")
        for sealed in group:
            replace(sealed.part, sealed.path)
            self._steps("blob: renamed")
        fsync_dir(self._blobs.folder)
        self._steps("blob: in place")


def _drop(group: Sequence[Sealed]) -> None:
    """Forget keys and take away bytes that nobody can read any more."""
    for sealed in group:
        sealed.drop()


def _facts(wish: Wish, index: int, sealed: Sealed) -> BlobFacts:
    return BlobFacts(
        blob=sealed.blob,
        index=index,
        name=wish.sources[index].name,
        size=sealed.size,
        sha256=sealed.sha256,
        blob_class=wish.blob_class,
    )


class _Count:
    """Sizes at a first look, for progress and grouping; what counts is what each handle says when it is sealed."""

    def __init__(self, wish: Wish) -> None:
        self._wish = wish
        self._sizes = [_size(source) for source in wish.sources]
        self._done = 0

    def add(self, count: int) -> None:
        """So many more bytes are sealed."""
        self._done += count
        total = sum(self._sizes)
        self._wish.progress(min(self._done, total), total)

    def batches(self) -> Iterator[list[Source]]:
        """In order: each large source alone, small ones by 64."""
        small: list[Source] = []
        for source, size in zip(self._wish.sources, self._sizes, strict=True):
            if small and (size >= _LARGE or len(small) == GROUP):
                yield small
                small = []
            if size >= _LARGE:
                yield [source]
            else:
                small.append(source)
        if small:
            yield small


def _size(source: Source) -> int:
    with source_errors():
        readable, size = source.open()
        readable.close()
    return size

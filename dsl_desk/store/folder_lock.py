"""One desk, one window: the lock that the operating system holds for the life of the process (format section 4).

`desk.lock` and not `desk.db`, because opening and closing the records anywhere in
the process would drop the lock that SQLite itself holds on them.
"""

from filelock import BaseFileLock, FileLock, Timeout

from dsl_desk.domain.errors import InUseError
from dsl_desk.store.files import file_errors, private_mode
from dsl_desk.store.folder import Places


def take_lock(places: Places) -> BaseFileLock:
    """Lock the desk's folder or raise InUseError at once; release it explicitly if opening fails."""
    with file_errors():
        lock = FileLock(
            places.lock,
            timeout=0,
            mode=private_mode(places.folder),
            thread_local=False,
            fallback_to_soft=False,
            preserve_lock_file=True,
        )
        try:
            lock.acquire()
        except Timeout:
            raise InUseError from None
    return lock

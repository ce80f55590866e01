"""Looking after the desk itself: check everything, make the index anew, change the key, back up (design section 5)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from dsl_desk.domain.desk_entries import Checked
from dsl_desk.domain.errors import DslDeskError, MediumError
from dsl_desk.domain.moments import Moment
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.ports import NoProgress, Progress
from dsl_desk.store.backup import BackupWritten
from dsl_desk.store.files import is_folder
from dsl_desk.store.values import HealthReport, Verdict


class Caretaker(Protocol):
    """The part of the store that looks after a desk; `app` ties it to the open desk."""

    def check(self, progress: Progress) -> HealthReport:
        """Check everything; changes nothing."""
        ...

    def rebuild_index(self) -> bool:
        """Make the index anew; true where it equals the one that was kept."""
        ...

    def rotate(self) -> None:
        """Give the desk a fresh volume key."""
        ...

    def backup(self, medium: Path, medium_name: str, at: Moment, progress: Progress) -> BackupWritten:
        """Write a backup, read it back, and have a fresh process verify it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    """What Check everything found, and whether the index made anew equals the one that was kept."""

    report: HealthReport
    index_equal: bool | None = None
    """None where the index was not made anew."""

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong as far as this person can read."""
        return self.report.verdict is not Verdict.BAD and self.index_equal is not False


class CareService:
    """Work on the desk as a whole; long, so each reports and can be stopped."""

    def __init__(self, book: CaseBook, caretaker: Caretaker) -> None:
        self._book, self._caretaker = book, caretaker

    def check(self, progress: Progress | None = None, *, rebuild_index: bool = False) -> Checkup:
        """Check everything; that it was done, and how many findings there were, goes on record where it is good."""
        report = self._caretaker.check(progress or NoProgress())
        equal = self._caretaker.rebuild_index() if rebuild_index else None
        checkup = Checkup(report=report, index_equal=equal)
        if checkup.is_good and self._may_write():
            # "as far as you can read it" would tell every reader of the desk's strand that something is kept from them
            desk = self._book.desk
            desk.write(desk.desk_strand, Checked(verdict=Verdict.GOOD.value), at=self._book.now())
        return checkup

    def _may_write(self) -> bool:
        """Whether somebody is signed in by name, in the desk's own strand, and the laptop is not stopped."""
        try:
            self._book.switch.ask_laptop()
            return self._book.desk.me.role != "chair"
        except DslDeskError:
            return False

    def rotate(self) -> None:
        """Give the desk a fresh key; a backup is due afterwards."""
        self._book.switch.ask_laptop()
        self._book.checked()
        self._caretaker.rotate()

    def backup(self, medium: Path, medium_name: str, progress: Progress | None = None) -> BackupWritten:
        """Back up to a medium; raises MediumError, Cancelled, and nothing unfinished is left then."""
        self._book.switch.ask_laptop()
        self._book.checked()
        if not is_folder(medium):  # a stick that was pulled out: its folder would be made anew on the laptop's own disk
            raise MediumError("The folder for the backup is not there. Put the stick in and choose it again. "
                              "Nothing was written; the desk itself is unchanged.")  # fmt: skip
        return self._caretaker.backup(medium, medium_name, self._book.now(), progress or NoProgress())

"""Material comes in: always after the question what it shows, sealed as it is, shown only when uncovered."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Protocol

from dsl_desk.domain.case import Case, Offered, Recorded, TakenIn
from dsl_desk.domain.case_entries import ExhibitAdded
from dsl_desk.domain.case_words import ContinuityAction, Intake
from dsl_desk.domain.continuity import next_number, previous_link
from dsl_desk.domain.errors import InputError
from dsl_desk.domain.follow_up_entries import ContinuityRecorded
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.payload import EntryData, Payload
from dsl_desk.domain.people import Actor
from dsl_desk.domain.policy_values import Fact
from dsl_desk.domain.words import AccountId, BlobClass, DeviceId, Digest, Grade, Mark, PersonId, SessionId, StrandId
from dsl_desk.services.case_book import CaseBook, after
from dsl_desk.services.ports import NoProgress, Progress
from dsl_desk.services.preview import LARGEST_BYTES, Preview
from dsl_desk.store.values import BlobFacts, Source

SOFT_LIMIT_MB = 50
MEDIA_TYPES = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
    "bmp": "image/bmp", "tif": "image/tiff", "tiff": "image/tiff", "heic": "image/heic", "pdf": "application/pdf",
    "mp4": "video/mp4", "mov": "video/quicktime", "mp3": "audio/mpeg", "wav": "audio/wav", "m4a": "audio/mp4",
    "txt": "text/plain", "csv": "text/csv", "eml": "message/rfc822", "html": "text/html", "htm": "text/html",
    "svg": "image/svg+xml", "json": "application/json", "xml": "application/xml", "log": "text/plain",
}  # fmt: skip
"""By the name's ending alone: nothing is opened to find out what it is."""


class Previews(Protocol):
    """Draws a small copy of a picture where it can harm nothing."""

    def draw(self, untrusted: bytes) -> Preview:
        """Decode one picture; raises InputError where it cannot be shown."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Producer:
    """Whose exhibit it is: the mark carries their initials, a statement may call on them."""

    account: AccountId
    name: str
    person: PersonId
    role: str


class ExhibitService:
    """Takes material in and shows it again; the store refuses content behind a stop whatever is asked here."""

    def __init__(self, book: CaseBook, previews: Previews) -> None:
        self._book, self._previews = book, previews

    def may_come_in(self, strand: StrandId, offered: Offered) -> None:
        """Asked before any file picker opens: raises where nothing may be opened, with what to do instead."""
        self._book.switch.ask_laptop()
        case = self._book.load(strand)
        self._book.switch.ask(strand, _limit(offered.intake))
        case.allow_intake(self._book.me(), offered)
        self._book.check_material(case)
        if offered.intake is not Intake.SUPPLIED:
            self._book.check(case, Fact.LOOKED, self._book.me())

    def take_in(
        self,
        strand: StrandId,
        offered: Offered,
        sources: Sequence[Source],
        *,
        producer: AccountId | None = None,
        larger_allowed: bool = False,
        progress: Progress | None = None,
    ) -> Case:
        """Seal files exactly as they are, each under its mark, each with its entry or not at all.

        Raises HaltedError, ProcedureError, InputError (too large and not yet agreed
        to), DiskFullError, Cancelled; nothing of the file that failed is kept.
        """
        self.may_come_in(strand, offered)
        if not larger_allowed:
            self._within_limit(sources)
        intake = _Intake(self._book, strand, offered, self._producer(producer))
        recorded = self._book.desk.take_in(
            strand,
            sources,
            intake.describe,
            BlobClass.EXHIBIT,
            intake.at,
            (progress or NoProgress()).report,
            lambda: self._book.switch.grade(strand).rank < _limit(offered.intake).rank,
        )
        return after(self._book.load(strand) if not recorded else intake.before, recorded)

    def capture(self, strand: StrandId, offered: Offered, name: str, picture: bytes) -> Case:
        """A picture of a screen just taken, from memory; it touches no disk before it is sealed."""
        return self.take_in(strand, offered, [Source.from_bytes(name, picture)])

    def _producer(self, account: AccountId | None) -> Producer:
        school, who = self._book.school(), self._book.actor(account or self._book.desk.me.account)
        return Producer(account=who.account, name=who.name, person=who.person, role=school.title(who.account))

    def _within_limit(self, sources: Sequence[Source]) -> None:
        limit = int(self._book.school().setting("exhibit_limit_mb") or SOFT_LIMIT_MB)
        for source in sources:
            handle, size = source.open()
            handle.close()
            if size > limit << 20:
                raise InputError(
                    f"This file is larger than {limit} MB. It can be taken in if you say so; it will take longer, "
                    "and so will every pack and backup with it. Nothing was kept yet."
                )

    def uncover(self, strand: StrandId, mark: Mark, reason: str) -> Preview:
        """Show an exhibit for a stated reason: the viewing goes on record before a byte is opened."""
        case = self._book.load(strand)
        self._book.content_allowed(strand, case)
        exhibit = case.reachable(mark)
        self._book.record(strand, lambda case, me: case.view_exhibit(me, mark, reason))
        content = self._book.desk.content_bytes(exhibit.blob, LARGEST_BYTES)
        drawn = self._previews.draw(content)
        self._book.switch.ask(strand)
        return drawn

    def moved(
        self,
        strand: StrandId,
        mark: Mark,
        action: ContinuityAction,
        *,
        from_whom: str,
        to_whom: str,
        witness: str = "",
        reason: str = "",
        authority: str = "",
    ) -> Case:
        """Where an exhibit went, linked to what happened to it before."""

        def decide(case: Case, me: Actor) -> EntryData:
            return case.record_continuity(
                me,
                ContinuityRecorded(
                    no=next_number(case),
                    mark=mark,
                    at=self._book.now().at_local,
                    action=action,
                    from_whom=from_whom,
                    to_whom=to_whom,
                    by_whom=me.name,
                    previous=previous_link(case, mark),
                    witness=witness,
                    reason=reason,
                    authority=authority,
                ),
            )

        return self._book.record(strand, decide)


def _limit(intake: Intake) -> Grade:
    """The grade from which this way of coming in is closed: what people bring is received until pictures are feared."""
    return Grade.STOP_IMAGES if intake is Intake.SUPPLIED else Grade.POLICE_FIRST


class _Intake:
    """Decides the entry of each file of one intake, so that every next one gets the next mark."""

    def __init__(self, book: CaseBook, strand: StrandId, offered: Offered, producer: Producer) -> None:
        self.before = book.load(strand)
        self.at: Moment = book.now()
        self._case, self._me = self.before, book.me()
        self._offered, self._producer = offered, producer

    def describe(self, facts: BlobFacts) -> ExhibitAdded:
        """The entry of one sealed file; asks the case once more whether it may come in."""
        ending = PurePath(facts.name).suffix.lstrip(".").lower()
        taken = TakenIn(
            mark=self._case.next_mark(self._producer.name, self._producer.person),
            blob=facts.blob,
            sha256=facts.sha256,
            size=facts.size,
            original_name=facts.name,
            media_type=MEDIA_TYPES.get(ending, "application/octet-stream"),
            produced_by=self._producer.name,
            produced_by_person=self._producer.person,
            role=self._producer.role,
            made_at_utc=self.at.at_utc,
            made_at_local=self.at.at_local,
        )
        added = self._case.add_exhibit(self._me, self._offered, taken)
        self._case = self._case.apply(_foreseen(self._case, added, self._me, self.at))
        return added


def _foreseen(case: Case, data: EntryData, me: Actor, at: Moment) -> Recorded:
    """The entry as it will stand once it is kept, so that the next mark can be told before the commit."""
    payload = Payload(
        kind=data.KIND, by=(me.account,), device=DeviceId(""), session=SessionId(""), at_local=at.at_local,
        zone=at.zone, boot=at.boot, mono_ms=at.mono_ms, data=data, raw=b"",
    )  # fmt: skip
    return Recorded(seq=0, strand_seq=case.last + 1, at_utc=at.at_utc, digest=Digest(""), payload=payload)

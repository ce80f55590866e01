"""Exhibits' way, papers, signatures, packs, the end, and the desk's own entries, each as one or two plain sentences."""

from collections.abc import Mapping
from typing import Final

from dsl_desk.domain.case_words import Decision
from dsl_desk.domain.desk_entries import EpochOpened, ReadersChanged, SessionClosed, SessionEnded, SessionOpened
from dsl_desk.domain.follow_up_entries import (
    CaseClosed,
    CaseReopened,
    ContinuityRecorded,
    PackLost,
    PackSealed,
    PackStarted,
    PaperKept,
    Printed,
    ReceiptAttached,
    ScanAttached,
    SignedOff,
    SignOffDeclined,
    Viewed,
)
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.words import PackKind
from dsl_desk.services.paper.spelling import agency_words, first_upper, lower, part, sentences
from dsl_desk.services.paper.story import Telling
from dsl_desk.services.paper.tell_follow_up import known
from dsl_desk.services.paper.tell_review import Teller, digest_words

PACKS: Final = {
    PackKind.SIGNED_OFF: "a signed-off pack",
    PackKind.AS_IT_STANDS: "a pack of the case as it stands",
    PackKind.STOPPED: "a stopped pack, without content",
}
_PAPERS: Final = {
    "form": "The review record, unsigned",
    "form-final": "The review record, signed by both",
    "sign-off.txt": "The text that both sign",
    "reviewer-1.p7s": "The signature of reviewer 1",
    "reviewer-2.p7s": "The signature of reviewer 2",
}


def paper_words(name: str) -> str:
    """A paper as people call it."""
    return "review record" if name == "form" else lower(name)


def recipient_words(recipient: str, name: str = "") -> str:
    """Who receives a pack."""
    called = agency_words(recipient)
    return f"{called}, {name}" if name else called


def _continuity(line: Telling[ContinuityRecorded]) -> str:
    went = line.data
    return sentences(
        f"{went.mark}, {lower(went.action)}, from {went.from_whom} to {went.to_whom}, by {went.by_whom}, "
        f"at {line.at(went.at)}",
        part("Witness", went.witness),
        part("Reason", went.reason),
        part("Authority", went.authority),
        part("Seal before", went.seal_before),
        part("Seal after", went.seal_after),
        known(went.digest_held, "Its digest still held", "Its digest no longer held"),
        part("What changed", went.change),
    )


def _viewed(line: Telling[Viewed]) -> str:
    what = "The record was read" if line.data.what == "record" else f"Exhibit {line.data.what} was uncovered"
    seconds = f"{line.data.seconds} seconds" if line.data.seconds else ""
    return sentences(what, part("Reason", line.data.reason), part("For", seconds))


def _printed(line: Telling[Printed]) -> str:
    copies = "" if line.data.copies == 1 else f", {line.data.copies} copies"
    digest = f"; SHA-256 of the file {line.data.sha256}" if line.data.sha256 else ""
    return f"{first_upper(paper_words(line.data.paper))} was printed{copies}{digest}"


def _kept(line: Telling[PaperKept]) -> str:
    paper = line.data
    name = _PAPERS.get(paper.paper, first_upper(lower(paper.paper)))
    covers = f" It covers everything up to entry {paper.covers}." if paper.covers else ""
    return sentences(f"{name}, kept exactly as made: {digest_words(paper.size, paper.sha256)}") + covers


def _scan(line: Telling[ScanAttached]) -> str:
    scan = line.data
    return sentences(
        f"A scan of the {paper_words(scan.of)}, signed in ink, came back: {digest_words(scan.size, scan.sha256)}",
        part("File as it came", scan.original_name),
    )


def _receipt(line: Telling[ReceiptAttached]) -> str:
    receipt = line.data
    what = f"pack {receipt.pack}" if receipt.pack else "what was handed over"
    return sentences(
        f"{receipt.received_by} ({agency_words(receipt.agency)}) signed for {what} at {line.at(receipt.at)}",
        part("Reference", receipt.reference),
        f"The signed sheet: {digest_words(receipt.size, receipt.sha256)}" if receipt.sha256 else "",
    )


def _signed(line: Telling[SignedOff]) -> str:
    signed = line.data
    agrees = "agrees with the conclusion" if signed.decision is Decision.AGREE else "does not agree with the conclusion"
    return sentences(
        f"{line.story.by(line.record)} signed as reviewer {signed.place}, for everything up to entry {signed.covers}, "
        f"and {agrees}",
        part("Reasons", signed.reasons),
        f"SHA-256 of the text that was signed: {signed.sign_off}",
    )


def _declined(line: Telling[SignOffDeclined]) -> str:
    return sentences(f"{line.story.by(line.record)} does not sign", part("Reasons", line.data.reasons))


def _pack_started(line: Telling[PackStarted]) -> str:
    pack = line.data
    whom = recipient_words(pack.recipient, pack.recipient_name)
    return sentences(
        f"Pack {pack.no}, {PACKS[pack.contents]}, was begun for {whom}, on {pack.medium}",
        "Also as an encrypted ZIP" if pack.encrypted else "",
        part("Why", pack.purpose),
        part("Allowed by", pack.allowed_by),
        part("Unencrypted, because", pack.unencrypted_reason),
        part("Since the pack before", pack.changed_since),
    )


def _pack_sealed(line: Telling[PackSealed]) -> str:
    pack = line.data
    return sentences(
        f"Pack {pack.no} was sealed, read back and found {pack.verdict}",
        f"SHA-256 of its list of files: {pack.tagmanifest}",
        f"SHA-256 of the ZIP: {pack.archive}" if pack.archive else "",
    )


def _pack_lost(line: Telling[PackLost]) -> str:
    return sentences(f"Pack {line.data.no} was given up or lost", part("Reason", line.data.reason))


def _closed(line: Telling[CaseClosed]) -> str:
    closed = line.data
    until = f" until {line.at(closed.keep_until)}" if closed.keep_until else ""
    return sentences(
        f"The case was closed; outcome: {line.story.title(closed.outcome)}",
        f"Kept{until} by the rule “{line.story.title(closed.retention)}”",
        part("Reason", closed.reason),
    )


def _reopened(line: Telling[CaseReopened]) -> str:
    return sentences("The case was opened again", part("Reason", line.data.reason))


def _readers(line: Telling[ReadersChanged]) -> str:
    names = ", ".join(line.story.name(reader) for reader in line.data.readers)
    return f"From here this case can be read by: {names or 'nobody but holders of two recovery codes'}"


def _new_key(_: Telling[EpochOpened]) -> str:
    return "From here the record is sealed under a new key"


def _signed_in(line: Telling[SessionOpened]) -> str:
    return f"{line.story.by(line.record)} signed in"


def _signed_out(line: Telling[SessionClosed]) -> str:
    return f"{line.story.by(line.record)} signed out"


def _session_ended(_: Telling[SessionEnded]) -> str:
    return "A sign-in that the desk did not see closed was ended"


HANDING_OVER_TELLERS: Final[Mapping[type[EntryData], Teller]] = {
    ContinuityRecorded: _continuity,
    Viewed: _viewed,
    Printed: _printed,
    PaperKept: _kept,
    ScanAttached: _scan,
    ReceiptAttached: _receipt,
    SignedOff: _signed,
    SignOffDeclined: _declined,
    PackStarted: _pack_started,
    PackSealed: _pack_sealed,
    PackLost: _pack_lost,
    CaseClosed: _closed,
    CaseReopened: _reopened,
    ReadersChanged: _readers,
    EpochOpened: _new_key,
    SessionOpened: _signed_in,
    SessionClosed: _signed_out,
    SessionEnded: _session_ended,
}

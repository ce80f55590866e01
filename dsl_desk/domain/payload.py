"""What an entry says: its envelope, and one small struct a kind (format sections 3 and 8).

The header of an entry tells only time and order; everything about people stands
in the payload, which is sealed. A payload is kept and committed exactly as it
was written and never spelled anew: `Payload.raw` is the truth, the struct is how
this program reads it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Final

import msgspec

from dsl_desk.domain.encoding import read_json
from dsl_desk.domain.errors import DamagedError, InputError
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.words import AccountId, DeviceId, SessionId, StrandKind

PAYLOAD_VERSION: Final = 1


class EntryData(msgspec.Struct, frozen=True, kw_only=True):
    """Base of every kind of entry; a subclass names its kind and what the kind means for signatures."""

    KIND: ClassVar[str]
    STRANDS: ClassVar[frozenset[StrandKind]] = frozenset({StrandKind.CASE})
    SIGNERS: ClassVar[int] = 0
    """How many signing-key signatures stand in `also_signed`; two means two different people."""
    SUBSTANCE: ClassVar[bool] = False
    """Whether a later entry of this kind voids a sign-off (format section 8)."""
    STARRED: ClassVar[tuple[str, ...]] = ()
    """Names of texts that must say something before the entry is decided on (domain rules, starred fields)."""


class UnknownKind(EntryData, frozen=True, kw_only=True):
    """An entry made by a newer program: kept, shown as such, and counted as substance."""

    KIND: ClassVar[str] = ""
    SUBSTANCE: ClassVar[bool] = True
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """One entry's words, opened."""

    kind: str
    by: tuple[AccountId, ...]
    device: DeviceId
    session: SessionId
    at_local: str
    zone: str
    boot: str
    mono_ms: int
    data: EntryData
    raw: bytes
    """Exactly as written; the commitment is over these bytes."""


class _Envelope(msgspec.Struct, frozen=True, kw_only=True):
    kind: str
    v: int
    by: list[str]
    device: str
    session: str
    at_local: str
    zone: str
    boot: str
    mono_ms: int
    data: msgspec.Raw


def encode_payload(
    data: EntryData, *, by: tuple[AccountId, ...], device: DeviceId, session: SessionId, at: Moment
) -> bytes:
    """Spell an entry's words once, to be kept exactly so; raises InputError for what no encoding can keep."""
    told = {
        "kind": data.KIND,
        "v": PAYLOAD_VERSION,
        "by": list(by),
        "device": device,
        "session": session,
        "at_local": at.at_local,
        "zone": at.zone,
        "boot": at.boot,
        "mono_ms": at.mono_ms,
        "data": data,
    }
    try:
        return msgspec.json.encode(told)
    except UnicodeEncodeError as error:
        raise InputError("This text holds something that is not a character. Type it again by hand.") from error


class EntryBook:
    """Every kind of entry this program knows; reads payloads into structs.

    Kinds it does not know, and versions above its own, come back as `UnknownKind`
    and never fail a verification.
    """

    def __init__(self, kinds: Iterable[type[EntryData]]) -> None:
        self._kinds = {kind.KIND: kind for kind in kinds}

    @property
    def kinds(self) -> dict[str, type[EntryData]]:
        """Every known kind by its name."""
        return dict(self._kinds)

    def decode(self, raw: bytes) -> Payload:
        """Read a payload; raises DamagedError where even the envelope cannot be read."""
        try:
            envelope = msgspec.json.decode(raw, type=_Envelope)
            read_json(raw)
            data = self._data(envelope)
        except msgspec.MsgspecError as error:
            raise DamagedError("An entry of the journal could not be read. Nothing was changed.") from error
        return Payload(
            kind=envelope.kind,
            by=tuple(AccountId(account) for account in envelope.by),
            device=DeviceId(envelope.device),
            session=SessionId(envelope.session),
            at_local=envelope.at_local,
            zone=envelope.zone,
            boot=envelope.boot,
            mono_ms=envelope.mono_ms,
            data=data,
            raw=raw,
        )

    def _data(self, envelope: _Envelope) -> EntryData:
        kind = self._kinds.get(envelope.kind)
        if kind is None or envelope.v > PAYLOAD_VERSION:
            return UnknownKind(kind=envelope.kind)
        return msgspec.json.decode(envelope.data, type=kind)


def signers_fault(
    data: EntryData, *, first_of_desk: bool, by: tuple[str, ...], also: tuple[str, ...], own: str | None
) -> str | None:
    """Say what is wrong with who signed an entry, or None (format section 3, `also_signed`).

    `by` stands in the payload, `also` are the accounts of `also_signed` in their
    order, `own` is the account of the session that wrote the entry (None where
    that session is not known to the reader). `first_of_desk` is true for the one
    `account_issued` that begins a desk.
    """
    if isinstance(data, UnknownKind):
        return None
    return signatures_fault(0 if first_of_desk else data.SIGNERS, by=by, also=also, own=own)


def signatures_fault(wanted: int, *, by: tuple[str, ...], also: tuple[str, ...], own: str | None) -> str | None:
    """The same for a kind that wants so many signatures, where the data itself is not read (packs)."""
    if wanted == 0:
        if also:
            return "carries signatures that its kind does not have"
        return "is written in another’s name" if own is not None and by != (own,) else None
    if len(by) != wanted or len(set(by)) != wanted or also != by:
        return "lacks the signatures its kind needs"
    if wanted == 2 and own is not None and own not in by:
        return "is signed by two people, neither of whom wrote it"
    return None


def payload_fields(raw: bytes) -> dict[str, Any]:
    """Read a payload as plain JSON, for listings that must show what this program cannot interpret."""
    value = read_json(raw)
    if not isinstance(value, dict):
        raise DamagedError("An entry of the journal could not be read. Nothing was changed.")
    return value

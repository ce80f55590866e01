"""Sessions: at unlock a person's own key certifies a fresh one, and that one signs what they write (section 1)."""

import secrets
from dataclasses import dataclass

from dsl_desk.domain.desk_entries import SessionOpened
from dsl_desk.domain.encoding import plain_json, read_plain
from dsl_desk.domain.errors import DamagedError
from dsl_desk.domain.journal import Head
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.words import AccountId, DeskId, DeviceId, SessionId, StrandId
from dsl_desk.signatures import PublicKey, Signer, certificate_sha256, new_key, public_bytes, read_public
from dsl_desk.store.journal import Author

STATEMENT_FORMAT = "dsl-desk/session/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a person's signing key says of a session key."""

    desk: DeskId
    session: SessionId
    public: PublicKey
    certificate: str
    opened_at_utc: str
    after_seq: int
    after_head: str


def read_statement(text: str) -> Statement:
    """Read a session statement in its one spelling; raises DamagedError."""
    match read_plain(text.encode("utf-8", "surrogatepass")):
        case [
            str(name),
            str(desk),
            str(session),
            str(public),
            str(certificate),
            str(opened_at_utc),
            int(after_seq),
            str(after_head),
        ] if name == STATEMENT_FORMAT:
            return Statement(
                desk=DeskId(desk),
                session=SessionId(session),
                public=read_public(hex_bytes(public)),
                certificate=certificate,
                opened_at_utc=opened_at_utc,
                after_seq=after_seq,
                after_head=after_head,
            )
    raise DamagedError("A session’s statement is not spelled as it must be. Nothing was changed.")


def hex_bytes(text: str) -> bytes:
    """Bytes of lower-case hex; raises DamagedError for any other spelling."""
    try:
        raw = bytes.fromhex(text)
    except ValueError as error:
        raise DamagedError("A record holds hex that is none. Nothing was changed.") from error
    if raw.hex() != text:
        raise DamagedError("A record holds hex in another spelling. Nothing was changed.")
    return raw


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session of ours: its key, where it begins, and what the journal says of it."""

    author: Author
    home: StrandId
    """The desk's strand, or the one restricted strand that it writes in alone."""
    opened: SessionOpened


def new_session(
    *,
    desk: DeskId,
    signer: Signer,
    device: DeviceId,
    home: StrandId,
    after: Head,
    at: Moment,
    program: str = "",
    failed_attempts: int = 0,
) -> Session:
    """Certify a fresh session key with a person's own; valid for entries after `after`."""
    key, session = new_key(), SessionId(secrets.token_hex(16))
    statement = plain_json(
        [
            STATEMENT_FORMAT,
            desk,
            session,
            public_bytes(key.public_key()).hex(),
            certificate_sha256(signer.certificate),
            at.at_utc,
            after.seq,
            after.digest,
        ]
    )
    return Session(
        author=Author(account=AccountId(signer.account), session=session, device=device, key=key),
        home=home,
        opened=SessionOpened(
            statement=statement.decode("ascii"),
            signature=signer.sign(statement).hex(),
            program=program,
            failed_attempts=failed_attempts,
        ),
    )

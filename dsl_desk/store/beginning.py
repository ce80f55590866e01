"""How a desk and its strands begin (format section 8, "A desk begins")."""

import secrets

from dsl_desk.domain.desk_entries import AccountIssued, DeskCreated
from dsl_desk.domain.journal import Head
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.words import StrandId
from dsl_desk.signatures import Signer
from dsl_desk.store.records import Records
from dsl_desk.store.seals import KEY_BYTES
from dsl_desk.store.sessions import new_session
from dsl_desk.store.strands import EpochKey


def add_ordinary(records: Records, strand: StrandId) -> EpochKey:
    """Give a new strand that everybody on this desk may read its key, inside an act."""
    under = EpochKey(1, secrets.token_bytes(KEY_BYTES))
    records.strands.add(strand, under, None)
    return under


def write_first_entries(
    records: Records, signer: Signer, created: DeskCreated, issued: AccountIssued, at: Moment
) -> None:
    """`desk_created`, the first account, its `session_opened`: all signed by that first session, in one transaction."""
    strand = StrandId(secrets.token_hex(16))
    session = new_session(
        desk=records.desk,
        signer=signer,
        device=records.unlocked.device,
        home=strand,
        after=Head(),
        at=at,
        program=records.unlocked.program,
    )
    with records.database.transaction("desk begun"):
        under = add_ordinary(records, strand)
        for data in (created, issued, session.opened):
            records.journal.append(strand, data, author=session.author, under=under, at=at)
        records.judge_beginning()
    records.use_session(session)
    records.unlocked.keeper.head_moved(records.head(), records.branch, at)

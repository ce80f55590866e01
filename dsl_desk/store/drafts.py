"""Drafts: words begun and not yet recorded, saved every few seconds, sealed like everything else.

A draft of a case is sealed under its strand. Before a case exists it has a key of
its own, wrapped to its author; its seal then bears the draft's id as its strand and
epoch 0 (format sections 2 and 8). Never indexed.
"""

import secrets
from collections.abc import Mapping

from dsl_desk.domain.errors import DamagedError, InputError
from dsl_desk.domain.words import AccountId, StrandId
from dsl_desk.store.records import Records
from dsl_desk.store.seals import KEY_BYTES, seal, unseal
from dsl_desk.store.strands import EpochKey
from dsl_desk.store.values import Draft
from dsl_desk.store.wraps import WrapBrokenError, unwrap, wrap


class Drafts:
    """What this person has begun."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def save(self, draft: str | None, strand: StrandId | None, content: bytes) -> str:
        """Keep a draft, new or again; gives its id. One of somebody else is never written over: it gets another id."""
        records = self._records
        name = secrets.token_hex(16) if draft is None or self._of_others(draft) else draft
        words = records.me.encode("ascii") + b"\n" + content
        # who drafts for a restricted strand stands under its seal alone
        author, wrapped = ("" if strand and records.strands.restricted(strand) else records.me), None
        if strand is None:
            key = secrets.token_bytes(KEY_BYTES)
            wrapped = wrap(records.desk, "draft", name, 0, records.unlocked.agreement.public_key(), key)
            sealed = seal(records.desk, StrandId(name), 0, key, "draft", name, words)
        else:
            under = records.strands.latest(strand)
            sealed = seal(records.desk, strand, under.epoch, under.key, "draft", name, words)
        with records.database.transaction("draft saved"):
            records.database.execute(
                "INSERT OR REPLACE INTO draft (draft, strand, author, seq, sealed, wrap) VALUES (?, ?, ?, ?, ?, ?)",
                (name, strand, author, records.head().seq, sealed, wrapped),
            )
        return name

    def all(self) -> tuple[Draft, ...]:
        """This person's drafts, oldest first; others' and unreadable ones are not among them."""
        found = []
        for row in self._records.database.rows(
            "SELECT draft, strand, seq, sealed, wrap FROM draft ORDER BY seq, draft"
        ):
            draft = self._open(*row)
            if draft is not None and draft.author == self._records.me:
                found.append(draft)
        return tuple(found)

    def _of_others(self, draft: str) -> bool:
        rows = self._records.database.rows("SELECT draft FROM draft WHERE draft = ?", (draft,))
        return any(True for _ in rows) and draft not in {one.draft for one in self.all()}

    def drop(self, draft: str) -> None:
        """Forget a draft of this person; raises InputError where there is none."""
        if draft not in {one.draft for one in self.all()}:
            raise InputError("There is no such draft. Nothing was changed.")
        with self._records.database.transaction("draft dropped"):
            self._records.database.execute("DELETE FROM draft WHERE draft = ?", (draft,))

    def _open(self, name: str, strand: str | None, seq: int, sealed: bytes, wrapped: bytes | None) -> Draft | None:
        records = self._records
        if strand is not None:
            keys: Mapping[int, bytes] = records.strands.keys(StrandId(strand))
            if not keys:
                return None
        elif wrapped is not None:
            try:
                keys = {0: unwrap(records.desk, "draft", name, 0, records.unlocked.agreement, wrapped)}
            except WrapBrokenError:
                return None
        else:
            raise DamagedError("A draft is not kept as it must be. Nothing was changed.")
        _, words = unseal(records.desk, StrandId(strand or name), keys, "draft", name, sealed)
        author, _, content = words.partition(b"\n")
        return Draft(
            draft=name,
            strand=StrandId(strand) if strand else None,
            author=AccountId(author.decode("ascii")),
            seq=seq,
            content=content,
        )

    def seal_anew(self, strand: StrandId, keys: Mapping[int, bytes], under: EpochKey) -> None:
        """Seal a strand's drafts under another epoch, inside an act; whose they are goes under the seal."""
        database, desk = self._records.database, self._records.desk
        for name, sealed in database.rows("SELECT draft, sealed FROM draft WHERE strand = ?", (strand,)):
            _, words = unseal(desk, strand, keys, "draft", name, sealed)
            database.execute(
                "UPDATE draft SET sealed = ?, author = '' WHERE draft = ?",
                (seal(desk, strand, under.epoch, under.key, "draft", name, words), name),
            )

    def remove(self, strand: StrandId) -> None:
        """Drop a strand's drafts, inside an act (disposal)."""
        self._records.database.execute("DELETE FROM draft WHERE strand = ?", (strand,))

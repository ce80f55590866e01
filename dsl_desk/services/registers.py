"""Registers outside cases: checks, changes of the filter, training, breaches, media (issue of the five procedures).

Each register is a strand of its own that begins when its first item is recorded.
Nothing in it is ever taken out: a correction stands beside what it corrects.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from dsl_desk.domain import registers as rules
from dsl_desk.domain.desk_entries import ItemChanged, ItemClosed, ItemRecorded
from dsl_desk.domain.errors import InputError, ProcedureError
from dsl_desk.domain.finding import folded
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.register_items import Item, Mood, dues, fold_items, open_stages, standing
from dsl_desk.domain.register_kinds import RegisterKind
from dsl_desk.domain.words import AccountId, StrandId
from dsl_desk.exports.pack.tables import table_bytes
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.case_things import local_words
from dsl_desk.services.due import Due
from dsl_desk.services.paper.register import item_paper, list_paper
from dsl_desk.services.printing import Page, PrintingService
from dsl_desk.services.register_desk import RegisterDesk, case_called
from dsl_desk.services.register_drafts import RegisterDrafts
from dsl_desk.services.register_files import shipped_kinds
from dsl_desk.services.register_prints import RegisterPrints
from dsl_desk.services.register_tables import read_table, table_rows
from dsl_desk.services.register_values import (
    ItemLine,
    ItemSeen,
    RegisterLine,
    RegisterSeen,
    TableRead,
    Told,
    as_item,
    cells_of,
    due_line,
    due_notice,
    label_words,
    said_words,
    sections_of,
    title_of,
    undated,
    when_words,
)
from dsl_desk.services.waiting_cases import is_near

NOT_YOURS: Final = "This register is not yours to read."
UNKNOWN: Final = "This register is not part of this version of the program."
NOT_KNOWN: Final = "This cannot be done with this line. Nothing was recorded."
ITEM_GONE: Final = "This line is not in the register."


class RegisterService:
    """Every register that the person signed in may use."""

    def __init__(
        self, book: CaseBook, desk: RegisterDesk, printing: PrintingService, identifier: Callable[[], str],
        read: "Callable[[], tuple[RegisterKind, ...]] | None" = None,
    ) -> None:  # fmt: skip
        self._book, self._desk, self._identifier = book, desk, identifier
        self._read = read or shipped_kinds
        self._kinds: tuple[RegisterKind, ...] | None = None
        self.drafts = RegisterDrafts(book, self._draft_strand)
        self._prints = RegisterPrints(book, desk, printing)

    def _draft_strand(self, name: str) -> StrandId | None:
        """Under which strand words begun in a register are sealed; None for a key of their author's own."""
        self.kind(name)
        return None

    # -- reading

    def kinds(self) -> tuple[RegisterKind, ...]:
        """Every register of this person in the order in which they are shown; raises ProfileError for a faulty file."""
        if self._kinds is None:
            self._kinds = self._read()
        role = self._book.me().role
        return tuple(kind for kind in self._kinds if rules.may_use(kind, role))

    def kind(self, name: str) -> RegisterKind:
        """One of them; raises ProcedureError."""
        found = next((kind for kind in self.kinds() if kind.id == name), None)
        if found is None:
            known = any(kind.id == name for kind in self._kinds or ())
            raise ProcedureError(NOT_YOURS if known else UNKNOWN)
        return found

    def see(self) -> tuple[RegisterLine, ...]:
        """The list of registers, with what waits in each."""
        return tuple(self._line(kind) for kind in self.kinds())

    def _line(self, kind: RegisterKind) -> RegisterLine:
        now = self._book.now().local
        items = self._items(kind)
        found = dues(kind, items.values(), now)
        stands = [standing(kind, item, now, found) for item in items.values()]
        return RegisterLine(
            kind=kind,
            count=len(items),
            waiting=sum(one.mood is Mood.WAITS for one in stands),
            late=sum(one.mood is Mood.LATE for one in stands),
            next_words=due_line(found[0], now) if found else "" if items else kind.expected,
        )

    def _items(self, kind: RegisterKind) -> dict[str, Item]:
        return fold_items(self._desk.register(kind.id))

    def items(self, name: str) -> tuple[Item, ...]:
        """Every item of a register in the order in which they were recorded; raises ProcedureError."""
        return tuple(self._items(self.kind(name)).values())

    def _item(self, kind: RegisterKind, item: str) -> Item:
        found = self._items(kind).get(item)
        if found is None:
            raise ProcedureError(ITEM_GONE)
        return found

    def list(self, name: str) -> RegisterSeen:
        """One register with its items."""
        kind, now = self.kind(name), self._book.now().local
        items = self._items(kind)
        found = dues(kind, items.values(), now)
        return RegisterSeen(
            kind=kind,
            lines=tuple(
                ItemLine(
                    id=item.id,
                    cells=cells_of(kind, item),
                    standing=standing(kind, item, now, found),
                    words=folded(" ".join(said_words(kind.fields, item.fields).values())),
                )
                for item in rules.newest_first(items.values())
            ),
        )

    def item(self, name: str, item: str) -> ItemSeen:
        """One item with everything that was ever said of it."""
        kind, now = self.kind(name), self._book.now().local
        items = self._items(kind)
        if item not in items:
            raise ProcedureError(ITEM_GONE)
        one, role = items[item], self._book.me().role
        stages = open_stages(kind, one)
        theirs = next((stage for stage in stages if stage.waits and not rules.may_do(stage, role)), None)
        stands = standing(kind, one, now, dues(kind, items.values(), now))
        return ItemSeen(
            kind=kind,
            item=one,
            title=title_of(kind, one),
            standing=stands,
            sections=sections_of(kind, one),
            history=tuple(self._history(kind, one)),
            next=tuple(stage for stage in stages if rules.may_do(stage, role)),
            waits_for_others=rules.whose(theirs) if theirs else "",
            may_close=kind.closing is not None and one.closed is None,
            due_words=due_notice(stands.due, now),
        )

    def _history(self, kind: RegisterKind, item: Item) -> Iterable[Told]:
        """Everything that was recorded of it, in order; also who printed it alone."""
        labels = {field.id: label_words(field) for field in kind.fields}
        first = item.recorded
        told = [(first.seq, self._told(first.by, first.at_local, kind.first.done))]
        for change in item.changes:
            before = {name: said for name, said in change.before.items() if change.now.get(name) != said}
            said = said_words(kind.fields, before)
            shown = tuple((labels.get(name, name), words) for name, words in said.items())
            what = f"Corrected: {change.reason}" if shown else change.reason
            told.append((change.act.seq, self._told(change.act.by, change.act.at_local, what, shown)))
        if item.closed is not None and kind.closing is not None:
            what = f"{kind.closing.done}: {item.closed_because}"
            told.append((item.closed.seq, self._told(item.closed.by, item.closed.at_local, what)))
        printed = self._prints.of(kind.id, item.id)
        told += ((seq, self._told(payload.by, payload.at_local, "Printed")) for seq, payload in printed)
        return (one for _, one in sorted(told, key=lambda pair: pair[0]))

    def _told(
        self, by: tuple[AccountId, ...], at_local: str, what: str, before: tuple[tuple[str, str], ...] = ()
    ) -> Told:
        names = self._book.school().names
        who = " and ".join(names.get(account, "somebody") for account in by)
        return Told(when=local_words(at_local), by=who, what=what, before=before)

    def due(self, now: Moment) -> tuple[Due, ...]:
        """What falls due in the registers of this person, for Home."""
        return tuple(due for kind in self.kinds() for due in self._due(kind, now))

    def _due(self, kind: RegisterKind, now: Moment) -> Iterable[Due]:
        items = self._items(kind)
        found = dues(kind, items.values(), now.local)
        for due in found:
            yield Due(
                title=due.words,
                what=f"{kind.title}: {cells_of(kind, items[due.item])[0]}",
                by=due.at,
                when=when_words(due, now.local),
                late=due.is_late(now.local),
                register=kind.id,
                item=due.item,
            )
        told = {due.item for due in found if is_near(due.at, now.local)}
        yield from undated(kind, [item for item in items.values() if item.id not in told], self._book.me().role)

    def case_called(self, reference: str) -> StrandId | None:
        """The case that a line names, for whoever may read it."""
        return case_called(self._book, reference)

    # -- writing

    def hand_on(self, name: str) -> None:
        """Give a register to whom it belongs now; those of everybody belong to everybody. Raises StoreError."""
        self.kind(name)

    def record(self, name: str, answers: Mapping[str, str]) -> str:
        """A new item; gives its identifier. Raises InputError or ProcedureError; then nothing was recorded."""
        kind, item = self.kind(name), self._identifier()
        self._write(kind, rules.record(kind, item, answers, self._writer()))
        return item

    def read_table(self, name: str, place: Path) -> TableRead:
        """What the lines of a table would be as items; raises InputError, ProcedureError or MediumError for a fault."""
        kind = self.kind(name)
        if not kind.from_table:
            raise ProcedureError("This register takes no table. Record its lines one by one.")
        told = read_table(kind, place, self._book.now().local)
        entries = self._of_table(kind, told)
        return TableRead(
            cells=tuple(cells_of(kind, as_item(entry)) for entry in entries),
            answers=told,
        )

    def record_table(self, name: str, told: Sequence[tuple[int, Mapping[str, str]]]) -> None:
        """Every line of a table that was read as an item, all or none; raises like `record`."""
        kind = self.kind(name)
        self._write(kind, *self._of_table(kind, told))

    def _of_table(self, kind: RegisterKind, told: Sequence[tuple[int, Mapping[str, str]]]) -> tuple[ItemRecorded, ...]:
        writer, found = self._writer(), list[ItemRecorded]()
        for line, answers in told:
            try:
                found.append(rules.record(kind, self._identifier(), answers, writer))
            except InputError as error:
                raise InputError(f"Line {line}: {error}") from error
        return tuple(found)

    def follow(self, name: str, item: str, stage: str, answers: Mapping[str, str]) -> None:
        """A further page of an item; raises like `record`."""
        kind = self.kind(name)
        self._write(kind, rules.follow(kind, self._item(kind, item), stage, answers, self._writer()))

    def correct(self, name: str, item: str, answers: Mapping[str, str], reason: str) -> None:
        """What was wrong, put right; what stood before stays beside it. Raises like `record`."""
        kind = self.kind(name)
        self._write(kind, rules.correct(kind, self._item(kind, item), answers, reason, self._writer()))

    def close(self, name: str, item: str, reason: str) -> None:
        """The end of an item; raises like `record`."""
        kind = self.kind(name)
        self._write(kind, rules.close(kind, self._item(kind, item), reason, self._writer()))

    def act(self, name: str, item: str, key: str, reason: str, *, who: str = "") -> StrandId | None:
        """Something further; gives the case it began, None where its author may not read that. Raises as `record`."""
        del name, item, key, reason, who
        raise ProcedureError(NOT_KNOWN)

    def _writer(self) -> rules.Writer:
        me = self._book.me()
        return rules.Writer(name=me.name, role=me.role, now=self._book.now().local)

    def _write(self, kind: RegisterKind, *entries: ItemRecorded | ItemChanged | ItemClosed) -> None:
        self._book.switch.ask_laptop()
        at = self._book.now()
        strand = self._strand(kind, at, entries[0].item if entries else "")
        self._book.desk.write(strand, *entries, at=at)

    def _strand(self, kind: RegisterKind, at: Moment, item: str) -> StrandId:
        """Where what is said of an item goes; begun where it is the first."""
        del item
        return self._desk.begin_register(kind.id, at)

    # -- out

    def table(self, name: str, *, names: bool) -> bytes:
        """The register as a table (CSV) in which no cell can run; without `names` what names somebody is left out."""
        self._book.switch.ask_laptop()
        kind = self.kind(name)
        now, items = self._book.now().local, rules.newest_first(self._items(kind).values())
        found = dues(kind, items, now)
        stands = [standing(kind, item, now, found).words for item in items]
        return table_bytes(table_rows(kind, items, stands, names=names))

    def print_list(self, name: str) -> Page:
        """The list on paper; who printed it, and when, is on record."""
        seen = self.list(name)
        return self._prints.print(name, list_paper(seen))

    def print_item(self, name: str, item: str) -> Page:
        """One item on paper, with its history; who printed it, and when, is on record."""
        seen = self.item(name, item)
        return self._prints.print(name, item_paper(seen), item)

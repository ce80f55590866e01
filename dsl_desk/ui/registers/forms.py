"""The page on which a part of a register's item is filled in, made from the kind of the register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from dsl_desk.domain.dates import date_words
from dsl_desk.domain.register_items import Item, applies, is_done
from dsl_desk.domain.register_kinds import DATES, FieldKind, RegisterField, RegisterKind, Stage
from dsl_desk.services.register_values import ItemAct
from dsl_desk.ui.case.asks import Ask, Asked, Form, FormPanel

HOW = {
    FieldKind.LINE: Asked.LINE, FieldKind.NAME: Asked.LINE, FieldKind.NUMBER: Asked.LINE, FieldKind.TEXT: Asked.TEXT,
    FieldKind.WHEN: Asked.WHEN, FieldKind.DAY: Asked.TO_COME, FieldKind.PICK: Asked.PICK,
    FieldKind.CHOICE: Asked.CHOICE,
}  # fmt: skip
REASON = "why it is so"
"""Name of the answer that says why something is corrected or closed; no field of a register can be called so."""
WHO = "who it is"
"""Name of the answer that says whom of the school something is about."""
FIELD = "field-"


class RegisterForm(FormPanel):
    """A page of a register.

    What was typed and not recorded is kept as a draft and there again when the page is
    opened again (`begun`); `register` and `kept_as` say which page it is. Every way
    back keeps it, so there is no button of its own for that.
    """

    help_topic = "registers"

    def __init__(self, form: Form, now: Callable[[], datetime], *, back: str, parent: QWidget | None = None) -> None:
        super().__init__(form, now, back=back, skippable=False, parent=parent)
        self.later.hide()
        self._before: dict[str, tuple[str, str]] = {}
        self._at_first = self.words()
        self.register, self.kept_as = "", ""
        self.recorded = False

    def typed(self) -> dict[str, str]:
        """What was typed and is not recorded: the fields that say something else than when the page came."""
        if self.recorded:
            return {}
        kept = self.words_as_kept()
        return {name: str(kept[name]) for name, said in self.words().items() if said != self._at_first.get(name, "")}

    def told(self) -> dict[str, str]:
        """What goes on record, by the names of the register's fields, and why where that is asked."""
        typed, found = self.words(), self.answers()
        for name, (shown, said) in self._before.items():
            if typed.get(name) == shown:
                found[name] = said  # as it was recorded, at the offset of that day
        return {name.removeprefix(FIELD): said for name, said in found.items()}

    def show_item(self, item: Item, kind: RegisterKind) -> None:
        """Show what stands, so that it can be put right; dates as people write them."""
        fields = {FIELD + field.id: (field, item.said(field.id)) for field in kind.fields if item.said(field.id)}
        self._before = {
            name: (_written(said) if field.kind in DATES else said, said) for name, (field, said) in fields.items()
        }
        self.show_words({name: shown for name, (shown, _) in self._before.items()})
        self._at_first = self.words()


def _written(told: str) -> str:
    """A date as somebody would type it: 3 September 2026 14:00."""
    try:
        at = datetime.fromisoformat(told)
    except ValueError:
        return told
    day = date_words(at)
    return f"{day} {at:%H:%M}" if len(told) > len("2026-09-03") else day


def stage_form(kind: RegisterKind, stage: Stage) -> Form:
    """The page of one stage."""
    hint, asks = kind.hint if stage is kind.first else "", _asks(stage)
    return Form(key="register", topic=kind.topic, title=stage.title, hint=hint, asks=asks, go_on="&Record this entry")


def correct_form(kind: RegisterKind, item: Item) -> Form:
    """Everything that was filled in, to be put right, and why."""
    asks = [
        ask
        for stage in kind.stages
        if applies(stage, item.fields) and is_done(stage, item.fields)
        for ask in _asks(stage, keys=False)
    ]
    why = Ask(name=REASON, label="Why it is &corrected", how=Asked.TEXT, missing="Write why it is corrected")
    return Form(
        key="register", topic="registers", title="Correct it", asks=(*asks, why), go_on="&Record the correction",
        guide="Change only what is wrong. What stood before stays beside it.",
    )  # fmt: skip


def close_form(kind: RegisterKind) -> Form:
    """The end of an item, and why."""
    hint = kind.closing.hint if kind.closing else ""
    why = Ask(name=REASON, label="&Why it ends", how=Asked.TEXT, missing="Write why it ends")
    return Form(key="register", topic=kind.topic, title="Close it", hint=hint, asks=(why,), go_on="&Close it")


def act_form(kind: RegisterKind, act: ItemAct) -> Form:
    """Something further that is done with an item, whom it is about where the name does not say it, and why."""
    who = Ask(
        name=WHO, label="Who it is &about", how=Asked.PICK, missing="Choose who it is about", options=act.which
    )  # fmt: skip
    which = (who,) if act.which else ()
    why = Ask(name=REASON, label=act.ask, how=Asked.TEXT, missing=act.missing)
    return Form(key="register", topic=kind.topic, title=act.title, guide=act.guide, asks=(*which, why), go_on=act.go_on)


def _asks(stage: Stage, *, keys: bool = True) -> tuple[Ask, ...]:
    return tuple(_ask(field, keys=keys) for field in stage.fields if field.kind is not FieldKind.ME)


def _ask(field: RegisterField, *, keys: bool) -> Ask:
    only = (FIELD + field.only_if[0], field.only_if[1]) if field.only_if else None
    return Ask(
        name=FIELD + field.id,
        label=field.label if keys else field.label.replace("&", ""),
        how=HOW[field.kind],
        hint=field.hint or ("Such as Friday or 3/12." if field.kind is FieldKind.DAY else ""),
        missing=field.missing,
        options=field.options,
        short=field.kind is FieldKind.NUMBER,
        known=not field.missing and field.kind not in (FieldKind.CHOICE, FieldKind.PICK, FieldKind.TEXT),
        only_if=only,
    )

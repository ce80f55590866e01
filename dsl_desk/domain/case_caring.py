"""What the policies ask around a case: searches, deletions, staff thresholds, takedowns, lessons passed on.

None of these acts voids a signature, and none shows or takes in content: they
are words about what people did elsewhere (flows sections 7 and 15).
"""

import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeVar

from dsl_desk.domain import wider_entries as wider
from dsl_desk.domain.case_handing_over import CaseHandingOver
from dsl_desk.domain.case_words import Agency, Effect, HoldBack
from dsl_desk.domain.errors import InputError, ProcedureError
from dsl_desk.domain.follow_up_entries import AdviceRecorded, PersonLinked
from dsl_desk.domain.payload import EntryData
from dsl_desk.domain.people import Actor, leads_for_the_dsl
from dsl_desk.domain.words import Role

WiderT = TypeVar("WiderT", bound=EntryData)
_LEADS_IMAGERY: Final = frozenset({Role.DSL, Role.DEPUTY})
_DUTIES: Final = frozenset({Agency.DBS, Agency.TRA})
_ALLOWS_DELETION: Final = frozenset({Effect.DESTROY, Effect.SCHOOL_MAY_PROCEED})
_SHORTEST_NAME: Final = 3
"""Shorter parts of a name stand in too many other words to be looked for."""


class CaseCaring(CaseHandingOver):
    """A case's acts that the five policies ask for beside the review; one person may always write them down."""

    __slots__ = ()

    def note(self, by: Actor, data: WiderT) -> WiderT:
        """Write down one of the wider records; raises InputError or ProcedureError with what is missing."""
        check = _CHECKS.get(type(data))
        if check is not None:
            check(self, by, data)
        return self._plain(by, data)

    def waits_for(self, party: str) -> bool:
        """Whether the hold-back list says that somebody, or an act, must wait."""
        held = self.hold_back_list().get(party)
        return held is not None and held.decision is HoldBack.WAIT

    def named_in(self, text: str) -> bool:
        """Whether a text holds a part of a name that is linked to this case, or its reference."""
        words = set(_plain_words(text))
        names = {part for told in self.told(PersonLinked) for part in _plain_words(told.data.name)}
        return bool(words & {name for name in names if len(name) >= _SHORTEST_NAME}) or (
            bool(self.ref) and self.ref.casefold() in text.casefold()
        )


def _plain_words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char if char.isalnum() else " " for char in folded if not unicodedata.combining(char)).split()


def _viewing(case: CaseCaring, by: Actor, data: wider.ViewingDecided) -> None:
    if data.decision is not wider.Viewing.VIEWED:
        return
    if by.role not in _LEADS_IMAGERY and not leads_for_the_dsl(by, case.subject_kinds):
        raise ProcedureError("Only the DSL or a deputy may record that such a picture was viewed.")
    told = (data.agreed_by, data.viewed_by, data.present, data.place, data.at, data.decided)
    if not all(one.strip() for one in told):
        raise InputError(
            "Write who agreed beforehand (the Headteacher), who viewed it, who else was present, where, when, and what "
            "was decided. Do not describe the picture."
        )


def _deletion(case: CaseCaring, by: Actor, data: wider.DeletionRecorded) -> None:
    del by
    stopped_at = max((ground.at for ground in case.grounds), default=0)
    since = {told.at: told.data for told in case.told(AdviceRecorded) if told.at > stopped_at}
    advice = since.get(data.advice)
    if advice is None or advice.effect not in _ALLOWS_DELETION or advice.agency is not Agency.POLICE:
        raise ProcedureError(
            "First ask the police, and record their advice that it may be deleted. Without it nobody deletes anything: "
            "leave the device locked away."
        )
    if not advice.reference.strip():
        raise InputError("The advice has no reference yet. Ask for the log number, and record the advice with it.")
    if data.deleted_by.strip().casefold() == data.witnessed_by.strip().casefold():
        raise InputError("Whoever saw it being deleted is somebody else than whoever deleted it.")


def _released(case: CaseCaring, by: Actor, data: wider.ItemReleased) -> None:
    del by
    if data.to is wider.Release.POLICE:
        return
    if case.waits_for("give_back") or case.is_stopped:
        raise ProcedureError("It stays locked away: advice is open. Ask the police first; to them it may go at once.")
    if data.may_be_involved.strip().casefold() not in {"no", ""}:
        raise ProcedureError("It is not given to somebody who may be involved. Ask the police what to do with it.")


def _takedown(case: CaseCaring, by: Actor, data: wider.TakedownAsked) -> None:
    del by, data
    if case.waits_for("platform") or case.waits_for("take_down"):
        raise ProcedureError("The hold-back list says wait: ask the police first, or evidence may vanish.")


def _debrief(case: CaseCaring, by: Actor, data: wider.DebriefHeld) -> None:
    del by
    if case.named_in(data.text):
        raise InputError("This text holds a name or the reference of the case. Write it so that nobody can be known.")


def _duty(case: CaseCaring, by: Actor, data: wider.DutyReferralDecided) -> None:
    del case, by
    if data.agency not in _DUTIES:
        raise InputError("Choose DBS or TRA. Other agencies have a referral of their own.")


def _threshold(case: CaseCaring, by: Actor, data: wider.ThresholdDecided) -> None:
    del case
    if data.decision is wider.Threshold.MET and not data.limbs:
        raise InputError("Choose which limb of the harm threshold is met.")
    if by.role not in {Role.HEADTEACHER, Role.CHAIR, Role.DSL, Role.DEPUTY}:
        raise ProcedureError("The Headteacher, the Chair, the DSL or a deputy records this.")


_Check = Callable[[CaseCaring, Actor, Any], None]
_CHECKS: Final[Mapping[type[EntryData], _Check]] = MappingProxyType(
    {
        wider.ViewingDecided: _viewing,
        wider.DeletionRecorded: _deletion,
        wider.ItemReleased: _released,
        wider.TakedownAsked: _takedown,
        wider.DebriefHeld: _debrief,
        wider.DutyReferralDecided: _duty,
        wider.ThresholdDecided: _threshold,
    }
)

"""Recovery codes of an open desk: made anew, typed back, and what they open (format section 1)."""

from collections.abc import Mapping

import msgspec

from dsl_desk.domain.errors import InputError, StoreError
from dsl_desk.domain.moments import Moment
from dsl_desk.store.accounts import Two, custody_of, root_in_hand
from dsl_desk.store.desk import OpenDesk
from dsl_desk.store.holdings import Holdings
from dsl_desk.store.issuing import BoundPair, bind_pairs
from dsl_desk.store.key_slots import seal_escrow
from dsl_desk.store.recovery_codes import RecoveryCode, new_codes, printed
from dsl_desk.store.rotation import RotationWaitsError
from dsl_desk.store.signing_keys import wrap_root_anew
from dsl_desk.store.way_in import by_one_code

CONFIRMED = "codes_confirmed"
"""Name in `desk_state`: the newest generation of codes of which two were typed back."""


def replace_codes(desk: OpenDesk, *, custodians: Mapping[str, str], by: Two, at: Moment) -> tuple[str, ...]:
    """Three new codes by two people; every earlier set opens nothing from here on. Returns them as printed.

    They are shown once and kept nowhere. The volume key is changed afterwards.
    """
    custody = custody_of(desk)
    holdings, register = custody.holdings, custody.holdings.register()
    root = root_in_hand(custody, register, by)
    codes = new_codes(register.generation() + 1)
    pairs = bind_pairs(holdings, root, codes, custodians, at)
    before = holdings.slots
    put_beside(holdings, codes, pairs)
    try:
        with desk.kept.act("new recovery codes", at):
            for pair in pairs:
                desk.kept.append(desk.desk_strand, pair.told, at=at, also=by)
            wrap_root_anew(holdings, holdings.register(), root.key)
            holdings.database.set_state(CONFIRMED, 0)
            holdings.set_rotation_due()
    except BaseException:
        holdings.keep_slots(msgspec.structs.replace(before, counter=holdings.slots.counter))
        raise
    try:
        custody.rotate()
    except RotationWaitsError as error:  # the codes are in force: they are shown, and the key waits for room
        custody.rotation_fault = str(error)
    desk.checkpoint("account", at)
    return tuple(printed(holdings.desk, code) for code in codes)


def put_beside(holdings: Holdings, codes: tuple[RecoveryCode, ...], pairs: list[BoundPair]) -> None:
    """New pairs and escrow beside the old ones; whichever the records then do not know goes at the next opening."""
    if holdings.device is None:
        raise StoreError("This laptop’s device secret is missing. Nothing was changed.")
    escrow = tuple(seal_escrow(holdings.desk, code, holdings.device) for code in codes)
    slots = (*holdings.slots.slots, *(pair.slot for pair in pairs))
    holdings.keep_slots(msgspec.structs.replace(holdings.slots, slots=slots, escrow=(*holdings.slots.escrow, *escrow)))


def confirm_codes(desk: OpenDesk, first: str, second: str) -> None:
    """Two codes typed back from paper prove that it can be read; set-up counts as finished.

    Raises WrongCodeError, InputError where the same code was typed twice.
    """
    holdings = custody_of(desk).holdings
    generation = holdings.register().generation()
    codes = [by_one_code(holdings.desk, holdings.slots, text)[0] for text in (first, second)]
    if codes[0].letter == codes[1].letter:
        raise InputError("The same code was typed twice. Type two different ones.")
    if any(code.generation != generation for code in codes):
        raise InputError("A code is of an older set. Type two of the newest.")
    with holdings.database.transaction("codes typed back"):
        holdings.database.set_state(CONFIRMED, generation)


def generation(desk: OpenDesk) -> int:
    """Which set of codes is in force; the first is 1."""
    return custody_of(desk).holdings.register().generation()


def codes_confirmed(desk: OpenDesk) -> bool:
    """Whether two codes of the newest set were typed back."""
    holdings = custody_of(desk).holdings
    return holdings.database.state(CONFIRMED) == desk.kept.register.generation()

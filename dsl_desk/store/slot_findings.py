"""What stands in key slots and root wraps and should not: named at the opening that removes it (format section 1).

Somebody who knows the volume key can write there; nothing of it is trusted, and
nothing of it goes unsaid.
"""

from itertools import combinations

from dsl_desk.signatures import key_id
from dsl_desk.store.holdings import Holdings, holder_of
from dsl_desk.store.register import Register
from dsl_desk.store.rotation import is_due
from dsl_desk.store.signing_keys import issuers
from dsl_desk.store.values import Finding

_SLOTS = "file desk.slots"


def strange_slots(holdings: Holdings, register: Register, *, by_pending: bool) -> tuple[Finding, ...]:
    """Look before anything is healed; an act that was cut off leaves some of these too, and they are said as well."""
    found: list[Finding] = []
    slots = holdings.slots.slots
    if any(holder_of(register, slot) is None and register.holder(slot.key_id) is None for slot in slots):
        found.append(Finding(where=_SLOTS, what="a key slot stood there that nobody was ever issued"))
    if any(holder_of(register, slot) is None and register.in_force(slot.key_id) for slot in slots):
        found.append(Finding(where=_SLOTS, what="a key slot names another holder than its key was issued to"))
    waiting = any(wrap.state == "pending" for slot in slots for wrap in slot.volume)
    if waiting and not by_pending and not is_due(holdings):
        found.append(Finding(where=_SLOTS, what="a volume key waited there that no change of key had left"))
    return (*found, *_strange_root_wraps(holdings, register))


def _strange_root_wraps(holdings: Holdings, register: Register) -> tuple[Finding, ...]:
    """The root's key belongs to recovery pairs and pairs of issuers alone."""
    rightful = {key_id(pair.agreement) for pair in register.pairs_in_force()}
    for one, other in combinations(issuers(register), 2):
        rightful.add(",".join(sorted((key_id(one.agreement), key_id(other.agreement)))))
    rows = {str(row[0]) for row in holdings.database.rows("SELECT holders FROM root_wrap")}
    if rows <= rightful:
        return ()
    return (Finding(where="file desk.db", what="the school root is wrapped to somebody who does not hold it"),)

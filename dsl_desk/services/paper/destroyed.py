"""How papers and screens say that an exhibit was destroyed: on whose advice, and what else may still show it."""

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_state import Told
from dsl_desk.domain.destroying import copies_since, destroyed_on
from dsl_desk.domain.exhibit import Exhibit
from dsl_desk.domain.follow_up_entries import AdviceRecorded, PackStarted, Printed
from dsl_desk.services.paper.spelling import agency_words, part, sentences, spoken

DESTROYED = "destroyed by two people"


def destroyed_words(case: Case, exhibit: Exhibit) -> str:
    """Such as "destroyed on the advice of PC Mock, police, 3 March 2026 14:02, reference LOG-1"; empty while held."""
    if exhibit.is_held:
        return ""
    said = destroyed_on(case, exhibit)
    return DESTROYED if said is None else f"destroyed on the advice of {who_advised(said)}"


def who_advised(said: Told[AdviceRecorded]) -> str:
    """Who, of which agency, when, with which reference."""
    words = [said.data.who, agency_words(said.data.agency), spoken(said.data.at)]
    return ", ".join([word for word in words if word] + [f"reference {said.data.reference}"])


def advice_words(said: Told[AdviceRecorded]) -> str:
    """The whole advice to destroy, as the page shows it before two people sign."""
    return sentences(who_advised(said), part("Their words", said.data.words))


def copies_words(case: Case, exhibit: Exhibit) -> tuple[str, ...]:
    """Every redacted copy still held, and every print and pack that left since it came in, each on a line."""
    redacted = (
        f"Redacted copy {other.mark}, still held by this desk"
        for other in case.exhibits
        if other.is_held and other.data.parent == exhibit.mark
    )
    return (*redacted, *map(_copy, copies_since(case, exhibit)))


def _copy(told: Told[Printed] | Told[PackStarted]) -> str:
    when = spoken(told.at_local)
    if isinstance(told.data, PackStarted):
        return f"Pack {told.data.no}, {when}"
    return f"Print of {told.data.paper}, {when}"

"""What the pages of judgement and signature show of a case."""

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_entries import PurposeRecorded, SightingRecorded
from dsl_desk.domain.words import AccountId
from dsl_desk.services.case_things import local_words
from dsl_desk.services.school import School
from dsl_desk.ui.sign_off.judge_panel import WORDS, JudgeSeen
from dsl_desk.ui.sign_off.sign_panel import SignerSeen, SignSeen


def judge_seen(case: Case, school: School, me: AccountId) -> JudgeSeen:
    """The judgements as the person signed in may read them now."""
    names = {reviewer.account: reviewer.name for reviewer in case.reviewers}
    others = [name for account, name in names.items() if account != me]
    purpose = case.latest(PurposeRecorded)
    visible = case.judgements_visible_to(me)
    conclusion, profile = case.conclusion(), school.profile
    return JudgeSeen(
        reference=case.ref,
        purpose=purpose.data.purpose if purpose else "",
        me=names.get(me, ""),
        other=others[0] if others else "",
        i_review=me in names,
        i_judged=any(told.by == (me,) for told in case.current_judgements()),
        visible=tuple(
            (names.get(told.by[0], ""), WORDS[told.data.judgement.value], told.data.reasons) for told in visible
        ),
        both=case.both_judged(),
        differ=case.reviewers_differ(),
        concluded=conclusion.data.conclusion if conclusion else "",
        outcomes=tuple((one.id, one.title) for one in profile.outcomes) if profile else (),
        severities=tuple((one.id, one.title) for one in profile.severities) if profile else (),
    )


def sign_seen(case: Case, school: School) -> SignSeen:
    """What the two signatures cover, and where they stand."""
    state = case.sign_off_state()
    signed = {} if state.void_since else {one.account: one for one in state.signatures}
    signers = []
    for reviewer in case.reviewers:
        words = ""
        if (signature := signed.get(reviewer.account)) is not None:
            entry = case.entry_at(signature.at)
            local = entry.payload.at_local if entry is not None and entry.payload is not None else ""
            words = f"Signed at entry {signature.covers} on {local_words(local)}"
            words += "" if signature.decision.value == "agree" else f". Does not agree: {signature.reasons}"
        signers.append(SignerSeen(place=reviewer.place, name=reviewer.name, position=reviewer.position, signed=words))
    return SignSeen(
        reference=case.ref,
        facts=_facts(case),
        signers=tuple(signers),
        statement=school.profile.wording.statement if school.profile else "",
        state=state.words(case.last),
        complete=state.is_valid,
        void=bool(state.void_since),
    )


def _facts(case: Case) -> tuple[tuple[str, str], ...]:
    purpose, conclusion, device = case.latest(PurposeRecorded), case.conclusion(), case.device
    names = {reviewer.account: reviewer.name for reviewer in case.reviewers}
    sightings = len(case.in_review(SightingRecorded))
    judged = [f"{WORDS[told.data.judgement.value]} ({names.get(told.by[0], '')})" for told in case.current_judgements()]
    last = case.entries[-1].payload
    return (
        ("Purpose", purpose.data.purpose if purpose else "Not written yet"),
        ("Reviewers", "; ".join(f"{one.name}, {one.position}" for one in case.reviewers) or "Not named yet"),
        ("Device", f"{device.make}, serial {device.serial}" if device else "None named"),
        ("Looking", f"{_count(len(case.sessions), 'session')}; {_count(sightings, 'sighting')}"),
        ("Exhibits", ", ".join(str(one.mark) for one in case.exhibits) or "None"),
        ("Judgements", "; ".join(judged) if case.both_judged() else "Both judge first"),
        ("Conclusion", conclusion.data.conclusion if conclusion else "Not written yet"),
        ("Record as it stands", f"Entry {case.last}" + (f", {local_words(last.at_local)}" if last else "")),
    )


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"

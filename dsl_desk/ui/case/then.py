"""What happens once a page of a case is saved, in a sentence, by the key of its form."""

from __future__ import annotations

from collections.abc import Mapping

USUAL = "It goes on record in your name, and the case shows the next step."

THEN: Mapping[str, str] = {
    "device_secured": "It goes on record in your name. Then say who must not be told yet.",
    "hold_back_set": "It stands at the top of every page of this case until you change it.",
    "reviewer_named": "When two are named, the desk asks where you will look.",
    "device_named": "Then the access for it is written down. The device stays the same to the end.",
    "access_recorded": "Then both write why anybody has to look. Nothing is opened before that.",
    "purpose_recorded": "Then both declare, each with their own passphrase. Only then can looking begin.",
    "call_logged": "It stands in the chronology. A stop is not opened by a call; that takes advice, recorded by two.",
    "child_voice_recorded": "It stands in the chronology word for word. More can be added at any time.",
    "parents_informed": "It goes on record with its reason. Another decision later stands beside it.",
    "referral": "It goes on record. A referral prints as a sheet, and the case shows when to ask again.",
    "concluded": "Then write what is done about it. Both sign the whole afterwards.",
    "action_decided": "It comes back on Home when its day has come. Both sign the whole afterwards.",
    "external_log_made": "The desk knows then that the main system has it, and stops asking.",
    "halt_reason": "It stands beside the stop. It opens nothing: that takes advice, recorded by two.",
    "case_closed": "The case leaves the list of open ones. Nothing is deleted, and it can be taken up again.",
    "skip": "The step counts as settled, and its reason prints on the form.",
    "advice_recorded": "It opens nothing by itself: two people apply it, one of whom was no reviewer.",
    "copies": "It goes on record in your name. The case goes on listing it until the stop has fallen.",
    "deadline_missed": "It stands in the chronology with your name, and the desk stops asking.",
    "register": "It goes into the register in your name. What is wrong later is put right beside it.",
    "case_reopened": "A second review begins, with signatures of its own. What was signed stays as it is.",
}


def then_words(key: str) -> str:
    """The sentence at the end of a page; the usual one where a page has none of its own."""
    return THEN.get(key, USUAL)

"""Registers as data and as rules: a faulty file is refused by name, items fold, what is forbidden is said in words."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl_desk.domain import registers as rules
from dsl_desk.domain.case_state import Recorded
from dsl_desk.domain.desk_entries import DESK_KINDS, ItemChanged, ItemClosed, ItemRecorded
from dsl_desk.domain.errors import InputError, ProcedureError, ProfileError
from dsl_desk.domain.moments import Moment
from dsl_desk.domain.payload import EntryBook, encode_payload
from dsl_desk.domain.register_checks import read_kind
from dsl_desk.domain.register_items import (
    Mood,
    answer_words,
    dues,
    fold_items,
    moment_of,
    open_stages,
    standing,
)
from dsl_desk.domain.register_kinds import FORMAT, FieldKind, RegisterField, RuleKind
from dsl_desk.domain.registers import Writer, same_person
from dsl_desk.domain.words import DeviceId, Digest, Role, SessionId
from dsl_desk.paths import resources
from dsl_desk.services.register_files import shipped_kinds
from dsl_desk.services.register_values import due_notice
from tests.builders import DSL, there

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 9, 3, 14, 0, tzinfo=UTC)
AT = Moment(utc=NOW, local=NOW, zone="Europe/London", boot="0" * 32, mono_ms=0)
ME = Writer(name="Ada Example", role=Role.DSL, now=NOW)
HEAD = Writer(name="Bo Sample", role=Role.HEADTEACHER, now=NOW)

SMALL = f"""
format = "{FORMAT}"
id = "small"
order = 1
title = "Small"
one = "small thing"
hint = "Hint."
empty = "Nothing."
topic = "registers"
who = ["dsl", "headteacher"]
stages = [
  {{ id = "asked", title = "Ask", act = "Ask…", done = "Asked", fields = [
    {{ id = "what", label = "&What", kind = "line", missing = "Enter what", column = "What" }},
    {{ id = "size", label = "Size", kind = "choice", missing = "Choose", options = [["big", "Big"], ["low", "Low"]] }},
    {{ id = "why_big", label = "Why", kind = "text", missing = "Write why", only_if = ["size", "big"] }},
    {{ id = "by", label = "By", kind = "name" }},
    {{ id = "at", label = "At", kind = "when" }},
    {{ id = "ends", label = "Ends", kind = "day" }},
    {{ id = "number", label = "Number", kind = "number" }},
  ] }},
  {{ id = "note", title = "Note", act = "Note…", done = "Noted", fields = [
    {{ id = "note_words", label = "Note", kind = "text", missing = "Write it" }},
  ] }},
  {{ id = "decided", title = "Decide", act = "Decide…", done = "Decided", waits = "Waits", by = ["headteacher"],
     fields = [
    {{ id = "yes", label = "Yes", kind = "pick", missing = "Choose", options = [["yes", "Yes"], ["no", "No"]] }},
    {{ id = "decider", label = "Decider", kind = "me", missing = "Enter who" }},
    {{ id = "reported", label = "Reported", kind = "when" }},
    {{ id = "late", label = "Why late", kind = "text" }},
  ] }},
  {{ id = "made", title = "Make", act = "Make…", done = "Made", waits = "Not made",
     only_if = [["yes", "yes"]], fields = [
    {{ id = "made_on", label = "Made on", kind = "when", missing = "Enter when" }},
  ] }},
]
clocks = [
  {{ words = "End it", late = "Ran out", since = "ends", until = "made", only_if = [["size", "big"]] }},
  {{ words = "Again", late = "Not again", since = "at", hours = 72, newest = true }},
]
rules = [
  {{ kind = "differ", fields = ["by", "decider"], words = "Not by the same." }},
  {{ kind = "not_before", fields = ["at", "ends"], words = "Ends before." }},
  {{ kind = "within", fields = ["at", "reported"], hours = 72, unless = "late", words = "Too late." }},
  {{ kind = "requires", when = ["size", "low"], then = ["yes", "yes"], words = "Low is always yes." }},
]
closing = {{ act = "Close…", done = "Closed", needs = ["decided", "made"] }}
"""
SMALL = re.sub(r"\n +", " ", SMALL)
KIND = read_kind(SMALL, "small.toml")


def told(seq, data):
    raw = encode_payload(data, by=(DSL.account,), device=DeviceId("1" * 32), session=SessionId("2" * 32), at=AT)
    payload = EntryBook(DESK_KINDS).decode(raw)
    return Recorded(seq=seq, strand_seq=seq, at_utc="", digest=Digest("0" * 64), payload=payload)


def an_item(writer=ME, **more):
    entry = rules.record(KIND, "1", {"what": "A thing", "size": "low", **more}, writer)
    return fold_items([told(1, entry)])["1"]


def after(item, *entries):
    first = ItemRecorded(register="small", item=item.id, fields=dict(item.fields))
    return fold_items([told(n, one) for n, one in enumerate((first, *entries), 1)])[item.id]


def followed(item, stage, answers, writer=HEAD):
    return after(item, rules.follow(KIND, item, stage, answers, writer))


# -- the files


def test_every_register_of_the_program_reads_and_its_topic_of_help_is_there():
    kinds = shipped_kinds()
    assert len({kind.id for kind in kinds}) == len(kinds) > 2
    for kind in kinds:
        assert (resources() / "help" / f"{kind.topic}.md").exists(), kind.id
        assert all(re.fullmatch(r"P-\d{3}", one) for one in kind.provisions), kind.id
        for stage in kind.stages:
            keys = [*re.findall("&(.)", "".join(field.label for field in stage.fields).casefold()), "s"]
            assert len(set(keys)) == len(keys), f"{kind.id}, {stage.id}: two keys of one letter: {keys}"


FAULTS = {
    "a register of another format": ('"dsl-desk/register/1"', '"dsl-desk/register/9"', "format"),
    "a key it does not know": ("order = 1", "order = 1\nunheard = 1", "unheard"),
    "an unknown role": ('"dsl", "headteacher"', '"dsl", "caretaker"', r"who\[1\]: Invalid"),
    "nobody at all": ('who = ["dsl", "headteacher"]', "who = []", "who: nobody"),
    "a name with blanks": ('id = "small"', 'id = "Small One"', "id: small letters"),
    "two fields of one name": ('"number", label', '"ends", label', "two named ends"),
    "two stages of one name": ('id = "note",', 'id = "made",', "stages: there are two named made"),
    "a field with a bad name": ('id = "number"', 'id = "Number!"', r"fields\[6\]\.id"),
    "a choice of nothing": ('options = [["big", "Big"], ["low", "Low"]]', "options = []", "at least two"),
    "a condition on no field": ('only_if = ["size", "big"]', 'only_if = ["siez", "big"]', "siez is not a field"),
    "a condition on no answer": ('only_if = ["size", "big"]', 'only_if = ["size", "huge"]', "huge is not an answer"),
    "a condition on another page": ('only_if = ["size", "big"]', 'only_if = ["yes", "yes"]', "asked on another page"),
    "a page never done": ('kind = "text", missing = "Write it"', 'kind = "text"', "never be seen to be done"),
    "a page of somebody who may not read": ('by = ["headteacher"]', 'by = ["chair"]', "may not read"),
    "a list that shows nothing": (', column = "What"', "", "the list shows"),
    "a clock on what is no date": ('since = "ends"', 'since = "what"', "what is not a date"),
    "a clock until a stage that is not there": ('until = "made"', 'until = "never"', "never is not a stage"),
    "a clock that runs backwards": ("hours = 72, newest", "hours = -1, newest", "less than nothing"),
    "a clock of hours and months": ("hours = 72, newest", "hours = 72, months = 1, newest", "either hours or months"),
    "a clock unless nothing": ("hours = 72, newest", 'hours = 72, unless = "nothing", newest', "g is not a field"),
    "a clock for each nobody": ("newest = true }", 'newest = true, per = "nobody" }', "nobody is not a field"),
    "a rule on one field": ('fields = ["by", "decider"]', 'fields = ["by"]', "must name two"),
    "a rule on what is no name": ('fields = ["by", "decider"]', 'fields = ["what", "decider"]', "not a name"),
    "a rule on what is no date": ('fields = ["at", "ends"]', 'fields = ["at", "unheard"]', "not a date"),
    "a rule without its reason": ('unless = "late"', 'unless = "unheard"', "gives the reason"),
    "a rule without an end": (', then = ["yes", "yes"]', "", "when and then"),
    "a closing that needs no page": ('needs = ["decided", "made"]', 'needs = ["unheard"]', "unheard is not a stage"),
}  # fmt: skip


@pytest.mark.parametrize("what", FAULTS)
def test_a_faulty_register_is_refused_with_file_key_and_fault(what):
    before, now, fault = FAULTS[what]
    assert SMALL.count(before) >= 1
    with pytest.raises(ProfileError, match=rf"(?s)small\.toml: .*{fault}.*was not loaded"):
        read_kind(SMALL.replace(before, now, 1), "small.toml")


def test_a_register_without_stages_or_that_is_no_table_at_all_is_refused():
    head = SMALL.partition("stages = [")[0]
    for text in (head + "stages = []\n", "this is no table"):
        with pytest.raises(ProfileError, match=r"small\.toml"):
            read_kind(text, "small.toml")


def test_a_register_may_do_without_an_end():
    kind = read_kind(SMALL.partition("closing =")[0], "small.toml")
    item = an_item()
    with pytest.raises(ProcedureError, match="no end"):
        rules.close(kind, item, "Why", ME)
    assert kind.field("unheard") is None


# -- what is written


def test_what_has_to_be_said_is_asked_for_and_what_does_not_belong_is_left_out():
    with pytest.raises(InputError, match="Enter what"):
        rules.record(KIND, "1", {"size": "low"}, ME)
    with pytest.raises(InputError, match="Write why"):
        rules.record(KIND, "1", {"what": "A", "size": "big"}, ME)
    entry = rules.record(KIND, "1", {"what": " A ", "size": "low", "why_big": "No reason", "unheard": "x"}, ME)
    assert (entry.fields["what"], entry.fields["why_big"], "unheard" in entry.fields) == ("A", "", False)


@pytest.mark.parametrize(
    ("name", "said"),
    [("size", "huge"), ("number", "twelve"), ("number", "٣"), ("number", "1234567"), ("at", "yesterday"),
     ("at", "2026-09-04"), ("at", "2026-09-03T15:00"), ("ends", "2026-13-01"), ("what", "a\0b"),
     ("what", "x" * 20_001)],
)  # fmt: skip
def test_an_answer_that_cannot_be_is_refused(name, said):
    with pytest.raises(InputError):
        rules.record(KIND, "1", {"what": "A", "size": "low", name: said}, ME)


def test_only_who_may_writes_and_a_page_may_be_for_fewer():
    item = an_item()
    for role in (Role.OSL, None):
        with pytest.raises(ProcedureError, match="not yours"):
            rules.record(KIND, "1", {"what": "A", "size": "low"}, replace(ME, role=role))
    with pytest.raises(ProcedureError, match="the Headteacher"):
        rules.follow(KIND, item, "decided", {"yes": "yes"}, ME)
    assert [stage.id for stage in open_stages(KIND, item)] == ["note", "decided"]
    assert rules.whose(KIND.first) == ""


def test_pages_come_in_turn_and_those_nobody_waits_for_at_any_time():
    item = followed(an_item(), "decided", {"yes": "yes"})
    assert [stage.id for stage in open_stages(KIND, item)] == ["note", "made"]
    item = followed(item, "note", {"note_words": "Words"}, ME)
    item = followed(item, "made", {"made_on": "2026-09-03"}, ME)
    assert open_stages(KIND, item) == ()
    assert standing(KIND, item, NOW, ()).words == "Made"
    refused = followed(an_item(size="big", why_big="So"), "decided", {"yes": "no"})
    assert [stage.id for stage in open_stages(KIND, refused)] == ["note"]
    with pytest.raises(ProcedureError, match="cannot be filled in now"):
        rules.follow(KIND, an_item(), "made", {"made_on": "2026-09-03"}, ME)


def test_the_same_person_does_not_ask_and_decide_also_by_another_spelling():
    for name in ("Bo Sample", "bo sample", "Mr B. Sample", "SAMPLE", "Sample, Bo", "Ms Sample", "\uff22o Sample"):
        with pytest.raises(ProcedureError, match="Not by the same"):
            rules.follow(KIND, an_item(by=name), "decided", {"yes": "yes"}, HEAD)
    followed(an_item(by="Cy Sample"), "decided", {"yes": "yes"})
    put_right = after(an_item(by="Bo Sample"), ItemChanged(item="1", fields={"by": "Cy Other"}, reason="Typing"))
    with pytest.raises(ProcedureError, match="Not by the same"):
        rules.follow(KIND, put_right, "decided", {"yes": "yes"}, HEAD)


@pytest.mark.parametrize("unseen", ["\u200b", "\u202e", "\u2028", "\n", "\x07", "\ufeff"])
def test_a_name_holds_nothing_that_cannot_be_seen_or_one_person_could_ask_and_decide(unseen):
    """A blank of no width inside a name would make two people of one."""
    for name in (f"Bo Sam{unseen}ple", f"{unseen}Bo Sample x"):
        if name.strip() == name:
            with pytest.raises(InputError, match=r"By: The name holds a character .* Nothing was recorded"):
                rules.record(KIND, "1", {"what": "A", "size": "low", "by": name}, ME)
    with pytest.raises(InputError, match="at most 200"):
        rules.record(KIND, "1", {"what": "A", "size": "low", "by": "x" * 201}, ME)
    assert an_item(by="  Zoë  Example ").said("by") == "Zoë  Example"


def test_names_that_say_nothing_are_nobodys():
    assert not same_person("", "")
    assert not same_person("Mr", "Dr Sample")
    assert not same_person("Ada", "Bo Sample")


def test_days_in_the_wrong_order_are_refused_and_hours_count_where_both_have_them():
    with pytest.raises(ProcedureError, match="Ends before"):
        an_item(at="2026-09-02", ends="2026-09-01")
    an_item(at="2026-09-02T10:00", ends="2026-09-02")
    with pytest.raises(ProcedureError, match="Ends before"):
        an_item(at="2026-09-02T10:00", ends="2026-09-02T09:00")


def test_later_than_its_hours_needs_a_reason():
    item = an_item(at="2026-08-30T10:00")
    with pytest.raises(ProcedureError, match="Too late"):
        rules.follow(KIND, item, "decided", {"yes": "yes", "reported": "2026-09-02T11:00"}, HEAD)
    followed(item, "decided", {"yes": "yes", "reported": "2026-09-02T11:00", "late": "Holiday"})
    followed(item, "decided", {"yes": "yes", "reported": "2026-09-02T10:00"})
    strict = msgspec.structs.replace(KIND.rules[2], unless="")
    kind = msgspec.structs.replace(KIND, rules=(strict,))
    with pytest.raises(ProcedureError, match="Too late"):
        rules.follow(kind, item, "decided", {"yes": "yes", "reported": "2026-09-02T11:00", "late": "Holiday"}, HEAD)
    spoiled = after(item, ItemChanged(item="1", fields={"at": "some day"}, reason=""))
    followed(spoiled, "decided", {"yes": "yes", "reported": "2026-09-02T11:00"})


def test_one_answer_asks_for_another_once_that_is_given():
    with pytest.raises(ProcedureError, match="Low is always yes"):
        rules.follow(KIND, an_item(), "decided", {"yes": "no"}, HEAD)
    followed(an_item(size="big", why_big="So"), "decided", {"yes": "no"})


def test_a_correction_names_its_reason_and_puts_its_writer_behind_a_decision():
    item = followed(an_item(by="Cy Other", size="big", why_big="So"), "decided", {"yes": "no"})
    other = replace(HEAD, name="Dee Third")
    entry = rules.correct(KIND, item, {"yes": "yes", "what": "A thing"}, " Wrong line ", other)
    assert entry == ItemChanged(item="1", fields={"yes": "yes", "decider": "Dee Third"}, reason="Wrong line")
    assert item.said("decider") == "Bo Sample"
    with pytest.raises(ProcedureError, match="the Headteacher"):
        rules.correct(KIND, item, {"yes": "yes"}, "Why", ME)
    for answers, reason in (
        ({"yes": "yes"}, " "), ({"yes": "no"}, "Same"), ({"decider": "X"}, "No"), ({"note_words": "x"}, "Early"),
        ({"unheard": "x"}, "No"),
    ):  # fmt: skip
        with pytest.raises(InputError):
            rules.correct(KIND, item, answers, reason, HEAD)


def test_an_item_ends_once_and_only_after_what_it_needs():
    item = an_item()
    with pytest.raises(ProcedureError, match="First: Decide"):
        rules.close(KIND, item, "Why", ME)
    item = followed(item, "decided", {"yes": "yes"})
    with pytest.raises(ProcedureError, match="First: Make"):
        rules.close(KIND, item, "Why", ME)
    item = followed(item, "made", {"made_on": "2026-09-03"})
    with pytest.raises(InputError, match="why it ends"):
        rules.close(KIND, item, " ", ME)
    closed = after(item, rules.close(KIND, item, "Done with", ME))
    assert (closed.closed_because, open_stages(KIND, closed)) == ("Done with", ())
    assert standing(KIND, closed, NOW, ()).mood is Mood.CLOSED
    with pytest.raises(ProcedureError, match="closed already"):
        rules.close(KIND, closed, "Again", ME)
    refused = followed(an_item(size="big", why_big="So"), "decided", {"yes": "no"})
    assert rules.close(KIND, refused, "Refused", ME).reason == "Refused"


# -- what falls due


def test_a_day_is_due_until_it_ends_and_hours_count_from_the_moment():
    big = an_item(size="big", why_big="So", at="2026-09-01T10:00", ends="2026-09-03")
    again, end = sorted(dues(KIND, [big], NOW), key=lambda due: due.words)
    assert (again.at, again.exact) == (datetime(2026, 9, 4, 10, 0, tzinfo=UTC), True)
    assert (end.at, end.exact, end.last_day.date()) == (
        datetime(2026, 9, 4, tzinfo=UTC), False, datetime(2026, 9, 3, tzinfo=UTC).date(),
    )  # fmt: skip
    assert not end.is_late(NOW)
    found = dues(KIND, [big], NOW)
    assert standing(KIND, big, NOW, found).words == "Waits"
    late = standing(KIND, big, NOW + timedelta(days=1), found)
    assert (late.mood, late.words, there(late.waits_for).id) == (Mood.LATE, "Ran out", "decided")


def test_a_calendar_month_ends_with_its_day_unless_another_day_is_told():
    clock = msgspec.structs.replace(KIND.clocks[1], hours=0, months=1, newest=False, unless="ends")
    kind = msgspec.structs.replace(KIND, clocks=(clock,))
    (due,) = dues(kind, [an_item(at="2026-08-31")], NOW)
    assert (due.last_day.date(), due.exact) == (date(2026, 9, 30), False)
    assert dues(kind, [an_item(at="2026-08-31", ends="2026-11-30")], NOW) == ()


@pytest.mark.parametrize(
    ("told", "now", "last_minute"),
    [
        ("2026-07-15T10:00+01:00", datetime(2027, 1, 1, tzinfo=UTC), "2027-01-15T23:59+00:00"),
        ("2027-01-15T10:00+00:00", datetime(2027, 7, 1, tzinfo=UTC), "2027-07-15T23:59+01:00"),
    ],
)
def test_what_was_told_in_summer_is_due_by_winters_clock_and_the_other_way_round(told, now, last_minute):
    clock = msgspec.structs.replace(KIND.clocks[1], hours=0, months=6, newest=False, unless="")
    kind = msgspec.structs.replace(KIND, clocks=(clock,))
    (due,) = dues(kind, [an_item(replace(ME, now=now), at=told)], now.astimezone(LONDON))
    last = datetime.fromisoformat(last_minute)
    assert due.last_day.date() == last.date()
    assert not due.is_late(last.astimezone(LONDON))
    assert due.is_late(last.astimezone(LONDON) + timedelta(minutes=1))


def test_hours_of_a_register_are_shown_by_the_clock_that_hangs_on_the_wall_then():
    now = datetime(2026, 10, 24, tzinfo=LONDON)
    (again,) = dues(KIND, [an_item(replace(ME, now=now), at="2026-10-23T10:00+01:00")], now)
    assert again.at.isoformat() == "2026-10-26T09:00:00+00:00"
    assert not again.is_late(datetime(2026, 10, 26, 8, 59, tzinfo=LONDON))
    assert due_notice(again, datetime(2026, 10, 25, 1, 38, tzinfo=LONDON)).endswith(" 32 hours are left.")


@pytest.mark.parametrize(
    ("known", "told", "refused"),
    [
        ("2026-10-23T10:00+01:00", "2026-10-26T09:00+00:00", False),
        ("2026-10-23T10:00+01:00", "2026-10-26T09:01+00:00", True),
        ("2026-10-23", "2026-10-26", False),
        ("2026-10-23", "2026-10-27", True),
        ("2026-10-25T01:50+01:00", "2026-10-25T01:10+00:00", False),
    ],
)
def test_within_72_hours_is_72_hours_also_where_the_clocks_go_back_between(known, told, refused):
    writer = replace(ME, now=datetime(2026, 11, 2, tzinfo=LONDON))
    (rule,) = (rule for rule in KIND.rules if rule.kind is RuleKind.WITHIN)
    fields = {rule.fields[0]: known, rule.fields[1]: told}
    assert rules._breaks(rule, fields, None, writer.now) is refused
    order = msgspec.structs.replace(rule, kind=RuleKind.NOT_BEFORE)
    assert not rules._breaks(order, fields, None, writer.now)
    assert rules._breaks(order, dict(zip(rule.fields, (told, known), strict=True)), None, writer.now)


def test_what_is_still_to_come_in_the_repeated_hour_is_refused():
    first, second = (datetime(2026, 10, 25, 1, 20, tzinfo=LONDON, fold=fold) for fold in (0, 1))
    assert an_item(replace(ME, now=second), at="2026-10-25T01:40+01:00").said("at")
    with pytest.raises(InputError, match="not come yet"):
        an_item(replace(ME, now=first), at="2026-10-25T01:10+00:00")


def test_what_is_done_closed_or_no_date_is_not_due_and_only_the_newest_counts():
    low = an_item(at="2026-09-01", ends="2026-09-02")
    assert [due.words for due in dues(KIND, [low], NOW)] == ["Again"]
    newer = replace(low, id="2", fields={**low.fields, "at": "2026-09-02"})
    assert [due.item for due in dues(KIND, [newer, low], NOW)] == ["2"]
    each = msgspec.structs.replace(KIND.clocks[1], per="by")
    kind = msgspec.structs.replace(KIND, clocks=(each,))
    other = replace(low, id="3", fields={**low.fields, "by": "Cy Other"})
    assert [due.item for due in dues(kind, [newer, low, other], NOW)] == ["3", "2"]
    big = an_item(size="big", why_big="So", ends="2026-09-02")
    made = replace(big, fields={**big.fields, "made_on": "2026-09-03"})
    closed = replace(big, closed=big.recorded)
    spoiled = replace(big, fields={**big.fields, "ends": "some day"})
    assert dues(KIND, [made, closed, spoiled], NOW) == ()
    assert moment_of("2026-09-01T10:00+02:00", NOW) == datetime(2026, 9, 1, 8, 0, tzinfo=UTC)


def test_an_item_of_which_nothing_can_be_read_stands_as_recorded():
    bare = fold_items([told(1, ItemRecorded(register="small", item="1", fields={}))])["1"]
    short = msgspec.structs.replace(KIND, stages=KIND.stages[:1], closing=None, clocks=())
    assert standing(short, bare, NOW, ()).words == "Asked"
    assert standing(short, replace(bare, closed=bare.recorded), NOW, ()).mood is Mood.DONE


def test_answers_are_read_as_people_say_them():
    field = RegisterField(id="x", label="X", kind=FieldKind.DAY)
    assert answer_words(field, "2026-09-03") == "Thu 3 September 2026"
    assert answer_words(field, "2026-09-03T14:00+01:00") == "Thu 3 September 2026, 14:00"
    assert answer_words(field, "some day") == "some day"
    assert answer_words(there(KIND.field("size")), "big") == "Big"
    assert answer_words(there(KIND.field("size")), "huge") == "huge"
    assert answer_words(there(KIND.field("what")), "2026-09-03") == "2026-09-03"


# -- folding

IDS = st.sampled_from(["", "1", "2", "3"])
FIELDS = st.dictionaries(st.sampled_from(["what", "size", "yes"]), st.text(max_size=5), max_size=3)
ENTRIES = st.one_of(
    st.builds(ItemRecorded, register=st.just("small"), item=IDS, fields=FIELDS),
    st.builds(ItemChanged, item=IDS, fields=FIELDS, reason=st.text(max_size=5)),
    st.builds(ItemClosed, item=IDS, reason=st.text(max_size=5)),
    st.none(),
)


@given(st.lists(ENTRIES, max_size=30))
def test_folding_loses_nothing_that_was_said_of_an_item_and_never_fails(entries):
    records = [
        told(n, one) if one else replace(told(n, ItemClosed(item="1", reason="")), payload=None)
        for n, one in enumerate(entries, 1)
    ]
    items = fold_items(records)
    first: dict[str, int] = {}
    for n, one in enumerate(entries, 1):
        if isinstance(one, ItemRecorded) and one.item:
            first.setdefault(one.item, n)
    assert list(items) == sorted(first, key=lambda name: first[name])
    for name, item in items.items():
        after_it = list(enumerate(entries, 1))[first[name] :]
        mine = [(n, one) for n, one in after_it if isinstance(one, ItemChanged) and one.item == name]
        assert [change.act.seq for change in item.changes] == [n for n, _ in mine]
        said = dict(entries[first[name] - 1].fields)
        for (_, one), change in zip(mine, item.changes, strict=True):
            for field, now in one.fields.items():
                assert change.before.get(field, "") == said.get(field, "")
                said[field] = now
                assert not now or now in item.ever(field)
        assert item.fields == said
        ends = [(n, one) for n, one in after_it if isinstance(one, ItemClosed) and one.item == name]
        assert (item.closed.seq if item.closed else None) == (ends[0][0] if ends else None)
        standing(KIND, item, NOW, dues(KIND, items.values(), NOW))
    assert rules.newest_first(items.values()) == tuple(reversed(tuple(items.values())))


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "9999-12-31T23:59+00:00", "1899-12-31"])
def test_a_year_of_no_school_is_refused_and_breaks_no_list_where_it_stands(day):
    summer = NOW.replace(tzinfo=timezone(timedelta(hours=1)))
    assert moment_of(day, summer) is None
    for kind in shipped_kinds():
        ran = dict(pair for clock in kind.clocks for pair in clock.only_if)
        fields = {field.id: day for field in kind.fields} | ran
        one = ItemRecorded(register=kind.id, item="one", fields=fields)
        items = fold_items((told(1, one),))
        assert dues(kind, items.values(), summer) == ()

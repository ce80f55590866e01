"""Registers outside cases on a real store: recorded, followed up, corrected beside the original, closed, taken out."""

import csv
import io
import subprocess
from datetime import timedelta

import pytest

from dsl_desk.domain.desk_entries import ItemChanged, ItemClosed, ItemRecorded
from dsl_desk.domain.encoding import sha256_hex
from dsl_desk.domain.errors import HaltedError, InputError, ProcedureError
from dsl_desk.domain.follow_up_entries import Printed
from dsl_desk.domain.register_items import Mood
from dsl_desk.domain.words import Role, StrandId
from dsl_desk.services.governors import Period
from dsl_desk.services.home import WaitingKind
from dsl_desk.services.register_facts import facts_of
from tests.desks import let_in, signed_in

CHANGES = "filter-changes"


def text_of(pdf):
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def asked(stage, **more):
    """A request of the filter, as somebody typed it."""
    day = stage.desk.book.now().local.date()
    return {
        "site": "Example video site", "change": "temporary", "starts": day.isoformat(),
        "ends": (day + timedelta(days=3)).isoformat(), "reason": "Lessons on volcanoes", "group": "Year 5",
        "requester": "Sam Sample", "requester_post": "Teacher", "asked_on": day.isoformat(), **more,
    }  # fmt: skip


def granted(stage, **more):
    return {
        "decision": "granted", "decision_reason": "Needed for lessons",
        "decided_on": stage.desk.book.today(), **more,
    }  # fmt: skip


def test_a_register_begins_with_its_first_item_and_everybody_of_it_reads_it(stage):
    registers = stage.sign_in("dsl").registers
    assert registers.list(CHANGES).lines == ()
    assert stage.desk.desk.register(CHANGES) == ()

    item = registers.record(CHANGES, asked(stage))

    (row,) = stage.desk.desk.register(CHANGES)
    assert row.payload.data == ItemRecorded(
        register=CHANGES, item=item, fields={**asked(stage), "risk": "", "case": ""},
    )  # fmt: skip
    stage.sign_in("head")
    (line,) = stage.desk.registers.list(CHANGES).lines
    assert (line.id, line.cells[0], line.standing.words) == (item, "Example video site", "Waits for a decision")


def test_a_request_goes_from_asking_to_blocked_again_and_is_closed(stage):
    registers = stage.sign_in("dsl").registers
    item, today = registers.record(CHANGES, asked(stage)), stage.desk.book.today()
    with pytest.raises(ProcedureError, match="decided first"):
        registers.close(CHANGES, item, "Done with")
    registers.follow(CHANGES, item, "decided", granted(stage))
    registers.follow(CHANGES, item, "applied", {"applied_by": "IT Example", "applied_on": today})
    assert registers.item(CHANGES, item).standing.words == "Unblocked for a time"
    with pytest.raises(ProcedureError, match="cannot be filled in now"):
        registers.follow(CHANGES, item, "applied", {"applied_by": "IT Example", "applied_on": today})
    registers.follow(CHANGES, item, "ended", {"ended_by": "IT Example", "ended_on": today})
    registers.close(CHANGES, item, "Looked at with the Headteacher")

    seen = registers.item(CHANGES, item)
    assert (seen.standing.mood, seen.next, seen.may_close) == (Mood.CLOSED, (), False)
    assert [told.what for told in seen.history] == [
        "Asked for", "Decided", "Made", "Blocked again", "Closed: Looked at with the Headteacher",
    ]  # fmt: skip
    assert isinstance(stage.desk.desk.register(CHANGES)[-1].payload.data, ItemClosed)
    with pytest.raises(ProcedureError):
        registers.close(CHANGES, item, "Again")


def test_whoever_asks_for_a_change_does_not_decide_it(stage):
    registers = stage.sign_in("dsl").registers
    me = stage.desk.book.me().name
    item = registers.record(CHANGES, asked(stage, requester=me))
    with pytest.raises(ProcedureError, match="does not decide it"):
        registers.follow(CHANGES, item, "decided", granted(stage))
    registers.correct(CHANGES, item, {"requester": "Sam Sample"}, "I asked for Sam")
    with pytest.raises(ProcedureError, match="does not decide it"):
        registers.follow(CHANGES, item, "decided", granted(stage))

    head = stage.sign_in("head").registers
    head.follow(CHANGES, item, "decided", granted(stage))
    assert ("Decided by", stage.desk.book.me().name) in head.item(CHANGES, item).sections[1].facts
    back = stage.sign_in("dsl").registers
    with pytest.raises(ProcedureError, match="does not decide it"):
        back.correct(CHANGES, item, {"decision": "refused"}, "Changed my mind")


def test_a_correction_stands_beside_what_it_corrects(stage):
    registers = stage.sign_in("dsl").registers
    item = registers.record(CHANGES, asked(stage))
    registers.correct(CHANGES, item, {"site": "Example audio site", "group": "Year 5"}, "Wrong site")

    last = stage.desk.desk.register(CHANGES)[-1].payload.data
    assert last == ItemChanged(item=item, fields={"site": "Example audio site"}, reason="Wrong site")
    told = registers.item(CHANGES, item).history[-1]
    assert (told.what, told.before) == ("Corrected: Wrong site", (("Site or category", "Example video site"),))
    for answers, reason in (({"site": "Example audio site"}, "Same"), ({"site": ""}, "Empty"), ({"site": "x"}, " "),
                            ({"decision": "granted"}, "Not yet decided"), ({"decider": "X"}, "No")):  # fmt: skip
        with pytest.raises(InputError):
            registers.correct(CHANGES, item, answers, reason)
    assert len(stage.desk.desk.register(CHANGES)) == 2, "what is refused records nothing"


def test_what_falls_due_is_told_with_its_item_and_is_late_once_it_is_past(stage):
    registers, now = stage.sign_in("dsl").registers, stage.desk.book.now()
    known = now.local - timedelta(hours=80)
    breach = registers.record(
        "data-breaches",
        {"known_at": known.isoformat(timespec="minutes"), "what": "A list went astray", "cause": "astray",
         "data": "12 pupils", "contained": "Asked to delete it", "told_by": "Sam Sample"},
    )  # fmt: skip
    (due,) = registers.due(now)
    assert (due.late, due.register, due.item) == (True, "data-breaches", breach)
    assert due.by == known.replace(second=0, microsecond=0) + timedelta(hours=72)
    assert registers.list("data-breaches").lines[0].standing.mood is Mood.LATE
    line = next(line for line in registers.see() if line.kind.id == "data-breaches")
    assert (line.count, line.late) == (1, 1)

    registers.follow("data-breaches", breach, "weighed", {"risk": "likely", "risk_reason": "Names"})
    told = {"ico": "told", "reported_at": now.local.isoformat(timespec="minutes")}
    with pytest.raises(ProcedureError, match="later than 72 hours"):
        registers.follow("data-breaches", breach, "reported", told)
    registers.follow("data-breaches", breach, "reported", {**told, "late_reason": "Nobody was in over the weekend"})
    (waits,) = registers.due(now)
    assert (waits.title, waits.late, waits.by) == ("Not decided whether the people are told", False, None)
    registers.follow("data-breaches", breach, "people", {"people_told": "not-told", "people_reason": "Never read"})
    assert registers.due(now) == ()


def test_a_table_has_no_formula_and_no_name_where_names_are_left_out(stage):
    registers = stage.sign_in("dsl").registers
    registers.record(CHANGES, asked(stage, site='=HYPERLINK("x")', requester="Sam Sample"))
    whole, bare = registers.table(CHANGES, names=True), registers.table(CHANGES, names=False)
    heads, row = csv.reader(io.StringIO(whole.decode("utf-8-sig"), newline=""))
    assert len(set(heads)) == len(heads)
    assert row[0] == '\'=HYPERLINK("x")'
    assert row[heads.index("Asked for by")] == "Sam Sample"
    assert "Sam Sample" in whole.decode()
    assert "Sam Sample" not in bare.decode()
    assert "Volcanoes".casefold() in bare.decode().casefold()


def test_list_and_item_print_with_the_desks_head(stage):
    registers = stage.sign_in("dsl").registers
    assert "Nobody has asked" in text_of(registers.print_list(CHANGES).pdf)
    item = registers.record(CHANGES, asked(stage, reason="Lessons\n" * 60))
    registers.correct(CHANGES, item, {"site": "Example audio site"}, "Wrong site")
    assert "Example audio site" in text_of(registers.print_list(CHANGES).pdf)
    printed = registers.print_item(CHANGES, item).pdf
    paper = text_of(printed)
    for words in ("Waits for a decision", "Asked for", "Corrected: Wrong site", "was: Example video site"):
        assert words in paper, words


def test_who_printed_a_register_and_when_is_on_record_in_it(stage):
    registers = stage.sign_in("dsl").registers
    registers.print_list(CHANGES)
    assert registers._desk.register_strands(CHANGES) == ()  # never begun: there is nothing to note it in
    item = registers.record(CHANGES, asked(stage))
    other = registers.record(CHANGES, asked(stage, site="Another site"))
    page = registers.print_item(CHANGES, item)
    registers.print_list(CHANGES)
    (strand,) = registers._desk.register_strands(CHANGES)
    told = [row.payload for row in registers._desk.records(strand) if isinstance(row.payload.data, Printed)]
    assert [row.data.paper for row in told] == [f"{CHANGES}/{item}", CHANGES]
    assert told[0].data.sha256 == sha256_hex(page.pdf)
    assert told[0].by == (stage.desk.desk.me.account,)
    assert len(registers.items(CHANGES)) == 2
    assert [one.what for one in registers.item(CHANGES, item).history][-1] == "Printed"
    assert "Printed" not in [one.what for one in registers.item(CHANGES, other).history]


def test_somebody_of_another_post_neither_reads_nor_writes_it(stage):
    stage.sign_in("dsl")
    let_in(stage, "dpo", "Jo Sample", Role.DPO)
    registers = signed_in(stage, "dpo").registers
    assert [kind.id for kind in registers.kinds()] == ["data-breaches", "subject-access"]
    for act in (registers.list, registers.print_list, lambda name: registers.record(name, asked(stage))):
        with pytest.raises(ProcedureError, match="not yours"):
            act(CHANGES)
    with pytest.raises(ProcedureError, match="not part of this version"):
        registers.list("unheard-of")


def test_a_part_for_leaders_waits_for_one_of_them(stage):
    stage.sign_in("dsl")
    let_in(stage, "osl", "Jo Sample", Role.OSL)
    registers = signed_in(stage, "osl").registers
    item = registers.record(CHANGES, asked(stage))
    seen = registers.item(CHANGES, item)
    assert [page.id for page in seen.next] == []
    assert seen.waits_for_others == "the DSL or a deputy or the Headteacher or senior staff"
    with pytest.raises(ProcedureError, match="somebody else in the school"):
        registers.follow(CHANGES, item, "decided", granted(stage))


def test_nothing_is_recorded_printed_or_taken_out_on_a_stopped_laptop(stage):
    registers = stage.sign_in("dsl").registers
    item = registers.record(CHANGES, asked(stage))
    stage.desk.switch.stop_laptop(StrandId("0" * 32))
    for act in (
        lambda: registers.record(CHANGES, asked(stage)), lambda: registers.print_list(CHANGES),
        lambda: registers.print_item(CHANGES, item), lambda: registers.table(CHANGES, names=True),
    ):  # fmt: skip
        with pytest.raises(HaltedError):
            act()
    assert len(stage.desk.desk.register(CHANGES)) == 1
    stage.desk.switch.laptop_runs_again(StrandId("0" * 32))


def test_check_everything_finds_nothing_in_a_desk_with_registers(stage):
    registers = stage.sign_in("dsl").registers
    registers.record(CHANGES, asked(stage))
    report = stage.desk.desk.check(lambda done, total: None)
    assert report.findings == ()
    assert stage.desk.lists is not None


COUNTS = "filter-counts"
HEADS = (
    "Term,Kept in which system,Asked for,Granted,Refused,For a time,Still unblocked after their day,"
    "Decided by who asked"
)


def brought(tmp_path, text, name="counts.csv"):
    place = tmp_path / name
    place.write_bytes(text if isinstance(text, bytes) else text.encode())
    return place


def test_termly_counts_come_from_a_table_as_a_whole(stage, tmp_path):
    registers = stage.sign_in("dsl").registers
    lines = "Autumn 2026,Helpdesk,12,9,3,4,0,0,\r\n,,,\r\nSpring 2027,X,1,1,0,0,0,0,=1\r\n"
    place = brought(tmp_path, f"\ufeff{HEADS},Notes\r\n{lines}")
    told = registers.read_table(COUNTS, place)
    assert [cells[0] for cells in told.cells] == ["Autumn 2026", "Spring 2027"]
    assert registers.list(COUNTS).lines == (), "nothing is recorded before it is asked for"
    registers.record_table(COUNTS, told.answers)
    assert [line.cells for line in registers.list(COUNTS).lines] == [
        ("Spring 2027", "1", "1", "0"), ("Autumn 2026", "12", "9", "3"),
    ]  # fmt: skip
    again = brought(tmp_path, registers.table(COUNTS, names=True), "again.csv")
    assert len(registers.read_table(COUNTS, again).answers) == 2, "what goes out can come in"


REFUSED = {
    "no line": HEADS, "letters for a number": f"{HEADS}\nAutumn,X,many,9,3,4,0,0",
    "a cell too few": f"{HEADS}\nAutumn,X",
    "something missing": f"{HEADS}\n,X,1,1,1,1,1,1",
    "a column nobody knows": f"{HEADS},Colour\nAutumn,X,1,1,1,1,1,1,red",
    "a column twice": f"{HEADS},Term\nAutumn,X,1,1,1,1,1,1,Autumn", "a column missing": "Term\nAutumn",
    "no text at all": b"\xff\xfe\x00T", "a broken quotation": f'{HEADS}\n"Autumn',
    "too many lines": f"{HEADS}\n" + "Autumn,X,1,1,1,1,1,1\n" * 501, "far too much": "x" * 1_000_001,
}  # fmt: skip


def test_a_faulty_table_is_refused_as_a_whole(stage, tmp_path):
    registers = stage.sign_in("dsl").registers
    for what, text in REFUSED.items():
        with pytest.raises(InputError, match="Nothing was recorded") as refused:
            registers.read_table(COUNTS, brought(tmp_path, text))
        assert "many" not in str(refused.value), what
    with pytest.raises(InputError):
        registers.read_table(COUNTS, tmp_path / "not there.csv")
    with pytest.raises(ProcedureError, match="takes no table"):
        registers.read_table(CHANGES, brought(tmp_path, HEADS))
    assert registers.list(COUNTS).lines == ()


def test_governors_are_offered_counts_and_months_and_no_name_or_day(stage):
    registers = stage.sign_in("dsl").registers
    day = stage.desk.book.now().local.date()
    later = day + timedelta(days=200)
    period = Period(label="This year", first=f"{day.year}-01-01", last=f"{day.year}-12-31")
    assert facts_of(registers, period) == {}
    item = registers.record(CHANGES, asked(stage))
    registers.follow(CHANGES, item, "decided", granted(stage))
    registers.record(CHANGES, asked(stage, change="block"))
    said = {"subject": "Filter and safety", "group": "governors", "given_on": day.isoformat(), "given_by": "Sam Sample"}
    registers.record("training", said)
    registers.record("filtering-checks", check(day))
    registers.record("filtering-checks", {**check(day), "result": "works", "next_on": later.isoformat()})
    review = {
        "policy": "Online safety",
        "reviewed_on": day.isoformat(),
        "trigger": "due",
        "changes": "None",
        "reviewed_by": "X",
    }
    registers.record("policy-reviews", {**review, "next_on": later.isoformat()})
    month, then = day.strftime("%B %Y"), later.strftime("%B %Y")
    assert facts_of(registers, period) == {
        "changes": "2 asked for, 1 granted, 0 refused, 1 for a time.",
        "training": f"Governors ({month}).",
        "checks": f"2 checks, the last in {month}. 1 found something to mend, 1 still open. Next: {then}.",
        "policies": f"1 policy reviewed, the last in {month}.",
    }
    before = Period(label="Long ago", first="2000-01-01", last="2000-12-31")
    assert facts_of(registers, before) == {}
    let_in(stage, "dpo", "Jo Sample", Role.DPO)
    assert facts_of(signed_in(stage, "dpo").registers, period) == {}


def check(day):
    return {
        "checked_on": day.isoformat(), "checked_by": "Sam Sample", "witness": "nobody", "trigger": "planned",
        "system": "both",
        "device": "Laptop 4", "place": "on-site", "group": "pupils", "channel": "Browser", "tests": "Test pages",
        "expected": "Blocked", "actual": "Shown", "result": "fault", "action": "Mend it", "owner": "IT Example",
        "action_by": day.isoformat(),
    }  # fmt: skip


def test_a_line_that_waits_without_a_day_stands_on_home_for_whom_it_waits_and_no_longer_once_it_is_done(stage):
    registers = stage.sign_in("dsl").registers
    day = stage.desk.book.now().local.date() + timedelta(days=60)
    item = registers.record(CHANGES, asked(stage, ends=day.isoformat()))

    def lines(who):
        return [one for one in stage.sign_in(who).home.look().waiting if one.kind is WaitingKind.REGISTER]

    (line,) = lines("head")
    assert (line.title, line.register, line.item, line.late) == ("Waits for a decision", CHANGES, item, False)
    assert line.what.endswith(": Example video site")
    stage.desk.registers.follow(CHANGES, item, "decided", granted(stage))
    (line,) = lines("head")
    assert line.title == "Granted, not made yet"
    made = {"applied_on": stage.desk.book.today(), "applied_by": "IT Example"}
    stage.desk.registers.follow(CHANGES, item, "applied", made)
    assert lines("head") == [], "that it ends is reminded of by its day"

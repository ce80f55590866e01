"""When somebody noticed it: asked beside when it happened, read back in words, and counted on."""

from __future__ import annotations

from dsl_desk.domain.deadlines import Standing
from dsl_desk.domain.follow_up_entries import ConcernRecorded
from tests.ui.concern.test_new_concern import ask_until_result
from tests.ui.walk import walk


def test_a_report_that_reached_the_dsl_late_is_shown_at_the_case(bench):
    ask_until_result(bench)
    bench.go_on()
    bench.go_on()
    bench.fill("The facts", "Something was said.")
    bench.go_on()
    bench.waits_for("When was it")
    bench.fill("When it happened", "yesterday 2pm")
    bench.fill("When somebody noticed it", "in the spring")
    bench.choose("Who told you", 3)
    bench.go_on()
    assert "such as 3/9/26" in bench.page.noticed.error
    assert walk(bench.window) == []
    bench.page.noticed.set_text("three days ago")
    assert bench.page.noticed.hint.text().startswith("Read as: ")
    bench.go_on()
    bench.waits_for("What kind")
    bench.choose("Kind", 7)
    bench.go_on()
    bench.waits_for("Which route")
    bench.go_on()
    bench.waits_for("Has the child spoken?")
    bench.tick("Yes, these")
    bench.fill("Their exact words", "He said he would give it back.")
    bench.fill("To whom", "Their tutor")
    bench.go_on()
    bench.waits_for("Check what you wrote")
    bench.go_on()
    bench.waits_for("MI-")
    case = bench.on_store(lambda desk: desk.book.load(bench.case.strand))
    assert case.latest(ConcernRecorded).data.noticed_at
    late = bench.on_store(lambda desk: desk.deadlines.see(case))
    assert [(one.title, one.standing) for one in late] == [("Tell the DSL", Standing.MET_LATE)]

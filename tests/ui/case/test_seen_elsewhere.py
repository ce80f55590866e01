"""On a case: other cases that name the same, each a line that opens it; nothing at all where there are none."""

from __future__ import annotations

from dsl_desk.domain.case_words import PersonRole
from dsl_desk.domain.follow_up_entries import DeviceSecured, PersonLinked
from dsl_desk.domain.words import SubjectKind
from dsl_desk.rehearsal.lines import all_no
from dsl_desk.services.concern import About, NewConcern
from dsl_desk.ui.case.panel import CasePanel
from dsl_desk.ui.widgets import Row
from tests.ui.case.test_case_place import CONCERN
from tests.ui.walk import walk


def begun(desk):
    person = PersonLinked(
        person="robin", role=PersonRole.AFFECTED, kind=SubjectKind.PUPIL, name="Robin Sample", online_names="blue_fox"
    )
    device = DeviceSecured(device="Grey phone", held_by="Office", place="Safe", serial="SN-1234")
    about = About(kind=SubjectKind.PUPIL)
    return desk.concern.begin(
        NewConcern(about=about, concern=CONCERN, people=(person,), triage=all_no(SubjectKind.PUPIL), more=(device,))
    )


def lines(bench):
    panel = bench.case.panel
    return [row for row in panel.findChildren(Row) if row.isVisible() and row.text().startswith("MI-")]


def test_another_case_of_the_same_person_is_opened_from_here(bench):
    first, second = bench.on_store(begun), bench.on_store(begun)
    bench.case.case_requested.connect(bench.case.open)
    bench.case.open(first.strand)
    bench.waits_for(first.reference)
    assert [row.text() for row in lines(bench)] == [second.reference]
    assert "Robin Sample; Grey phone, SN-1234; blue_fox too" in lines(bench)[0].accessibleName()
    assert walk(bench.window) == []
    lines(bench)[0].click()
    bench.waits_for(second.reference)
    assert {row.text() for row in lines(bench)} == {first.reference}


def test_a_case_alone_says_nothing_of_others(bench):
    alone = bench.on_store(begun)
    bench.case.open(alone.strand)
    bench.waits_for(alone.reference)
    assert isinstance(bench.page, CasePanel)
    assert lines(bench) == []
    assert not any("other case" in label.text() for label in bench.page.findChildren(type(bench.page._more)))

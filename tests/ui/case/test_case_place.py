"""The place of a case through the real window: its steps, its pages, what happened, what is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from dsl_desk.domain.case_entries import PurposeRecorded, StepSkipped
from dsl_desk.domain.case_words import Agency, CallOutcome, HoldBack, PersonRole
from dsl_desk.domain.follow_up_entries import (
    CallLogged,
    ChildVoiceRecorded,
    ConcernRecorded,
    DeviceSecured,
    ExternalLogMade,
    HoldBackSet,
    PersonLinked,
    Printed,
    ReferralMade,
)
from dsl_desk.domain.procedure import StepState
from dsl_desk.domain.words import Answer, Grade, SubjectKind
from dsl_desk.rehearsal.lines import all_no
from dsl_desk.services.case_list import CaseState
from dsl_desk.services.concern import About, NewConcern
from dsl_desk.ui.case.acts import ACTS, groups_for
from dsl_desk.ui.case.forms import FORMS
from dsl_desk.ui.case.stopped import StopInCase
from dsl_desk.ui.widgets import Notice
from tests.ui.walk import walk

CONCERN = ConcernRecorded(
    occurred_at="2026-11-20", reported_at="2026-11-21T09:00+00:00", reporter="staff", reported_to="Pat Example",
    summary="An invented concern about an account.", categories=("bullying",), suspected=Answer.NO,
    immediate_action="Everybody is safe.",
)  # fmt: skip


def begun(desk, *, grade: str = ""):
    answers = {f"_{grade}": Answer.YES} if grade else {}
    person = PersonLinked(person="robin", role=PersonRole.AFFECTED, kind=SubjectKind.PUPIL, name="Robin Sample")
    about = About(kind=SubjectKind.PUPIL)
    triage = all_no(SubjectKind.PUPIL, **answers)
    return desk.concern.begin(NewConcern(about=about, concern=CONCERN, people=(person,), triage=triage)).strand


@pytest.fixture
def opened(bench):
    strand = bench.on_store(begun)
    bench.case.open(strand)
    bench.waits_for("MI-")
    return bench


def states(bench) -> dict[str, StepState]:
    seen = bench.case._offered.seen
    return {step.id: step.state for group in seen.groups for step in group.steps}


def act(bench, key: str) -> None:
    bench.case.panel.act_requested.emit(key)
    bench.rest()


def case_of(bench):
    return bench.on_store(lambda desk: desk.book.load(bench.case.strand))


def test_a_case_says_how_it_stands_what_is_next_and_what_happened(opened):
    assert walk(opened.window) == []
    assert states(opened)["secure"] is StepState.NOT_STARTED
    assert states(opened)["look"] is StepState.CANNOT_START
    assert opened.case.panel.go.text().endswith("4")
    titles = [entry.title for entry in opened.case._offered.seen.entries]
    assert "Concern: An invented concern about an account." in titles


def test_the_next_step_is_recorded_by_keyboard_and_the_one_after_it_is_named(opened):
    opened.press("Go to step 4")
    opened.waits_for("Secure it")
    opened.go_on()
    assert opened.page.errors.isVisible()
    assert walk(opened.window) == []
    opened.fill("Device", "A grey tablet")
    opened.fill("Who has it now", "Pat Example")
    opened.fill("Where it is locked away", "Office safe")
    opened.tick("Off")
    opened.fill("When it was secured", "yesterday 3pm")
    opened.go_on()
    opened.waits_for("MI-")
    secured = case_of(opened).latest(DeviceSecured).data
    assert (secured.device, secured.power, secured.secured_at[10:16]) == ("A grey tablet", "off", "T15:00")
    assert states(opened)["secure"] is StepState.DONE


def test_a_step_is_left_out_only_with_a_reason(opened):
    opened.press("Go to step 4")
    opened.press("Leave this step out")
    opened.waits_for("Leave out")
    opened.go_on()
    assert opened.page.errors.isVisible()
    opened.fill("Reason", "No school device is involved.")
    opened.go_on()
    opened.waits_for("MI-")
    assert case_of(opened).latest(StepSkipped).data.reason == "No school device is involved."
    assert states(opened)["secure"] is StepState.SKIPPED


def test_the_hold_back_list_stands_above_every_page_of_the_case(opened):
    act(opened, "hold_back")
    opened.choose("Who", 2)
    opened.tick("Wait")
    opened.fill("Reason", "Police asked for it.")
    opened.go_on()
    opened.waits_for("MI-")
    assert case_of(opened).latest(HoldBackSet).data.decision is HoldBack.WAIT
    assert opened.case.panel.hold_back.isVisible()
    assert walk(opened.window) == []
    act(opened, "call")
    assert walk(opened.window) == []


def test_two_different_reviewers_are_named_one_after_the_other(opened):
    offered = dict(opened.case._offered.reviewers)
    assert len(offered) > 1
    act(opened, "reviewer")
    opened.choose("Reviewer", 1)
    opened.go_on()
    (first,) = case_of(opened).reviewers
    act(opened, "reviewer")
    assert opened.case._offered.reviewers == tuple(one for one in offered.items() if one[0] != first.account)
    opened.choose("Reviewer", 1)
    opened.go_on()
    opened.waits_for("MI-")
    assert len(case_of(opened).reviewers) == 2
    assert states(opened)["reviewers"] is StepState.DONE


def test_a_step_that_needs_more_says_so_and_what_is_next_comes_into_sight(opened):
    panel, route = opened.case.panel, opened.case._offered.seen.route
    order = list(states(opened))
    waiting = [one for one in order[: order.index("reviewers")] if states(opened)[one] is StepState.NOT_STARTED]
    for step in waiting:
        opened.on_store(lambda desk, step=step: desk.work.skip(opened.case.strand, route, step, "Nothing to do."))
    opened.case.open(opened.case.strand)
    opened.rest()
    bar = panel._panes._scrollers[0].verticalScrollBar()
    bar.setValue(bar.maximum())
    opened.press("Go to step 6")
    opened.choose("Reviewer", 1)
    opened.go_on()
    opened.waits_for("MI-")

    assert panel._notice.words.startswith("Saved: Two reviewers. Step 6 is not finished yet.")
    assert bar.value() > bar.maximum() / 2  # the same step is next: all stays where it was left

    opened.press("Go to step 6")
    opened.choose("Reviewer", 2)
    opened.go_on()
    opened.waits_for("MI-")

    assert "Next: step 7" in panel._notice.words
    assert bar.maximum() > 0
    assert not panel._next_row.visibleRegion().isEmpty()

    bar.setValue(bar.maximum())
    opened.on_store(lambda desk: desk.halt.stop(opened.case.strand, Grade.POLICE_FIRST))
    opened.case.open(opened.case.strand)
    opened.rest()
    assert bar.value() == 0  # a stop, and what to do now, stand first


def test_device_access_and_purpose_are_recorded_on_their_pages(opened):
    opened.on_store(lambda desk: two_reviewers(desk, opened.case.strand))
    act(opened, "where")
    opened.fill("Make and model", "Acorn 4")
    opened.fill("Number on the label", "EX-0007")
    opened.fill("Where it is", "Room 12")
    opened.fill("How it was found", "Switched off")
    opened.tick("No")
    act_on_last_choice(opened, "Do pupils sign in")
    opened.go_on()
    opened.waits_for("MI-")
    assert case_of(opened).device.make == "Acorn 4"
    act(opened, "access")
    opened.fill("What access", "School guest network")
    opened.fill("Who gave it", "Sam Sample")
    opened.fill("When it was given", "today")
    opened.fill("When it ends", "tomorrow 5pm")
    opened.go_on()
    opened.waits_for("MI-")
    act(opened, "purpose")
    opened.fill("Why anybody has to look", "A named page.")
    opened.fill("What you are looking for", "Whether it is still there.")
    opened.fill("Where you will stop", "At any picture.")
    opened.go_on()
    opened.waits_for("MI-")
    assert case_of(opened).latest(PurposeRecorded).data.stop_where == "At any picture."


def test_a_page_whose_turn_has_not_come_says_what_is_first_and_leads_there(opened):
    act(opened, "purpose")
    opened.fill("Why anybody has to look", "A named page.")
    opened.fill("What you are looking for", "Whether it is still there.")
    opened.fill("Where you will stop", "At any picture.")
    opened.go_on()
    assert case_of(opened).latest(PurposeRecorded) is None
    assert walk(opened.window) == []
    opened.press("Go to “Two reviewers”")
    opened.waits_for("Two reviewers")
    act(opened, "purpose")
    assert opened.page.fields["purpose"].text() == "Whether it is still there."


def two_reviewers(desk, strand):
    first, second = [row.account for row in desk.book.desk.accounts() if row.role in ("dsl", "deputy")]
    desk.review.name_reviewer(strand, first)
    return desk.review.name_reviewer(strand, second)


def act_on_last_choice(bench, name: str) -> None:
    choice = bench.page.fields["pupils_use_it"].editor
    choice.setFocus()
    bench.tick("No")


def test_a_call_and_the_childs_words_are_recorded(opened):
    act(opened, "call")
    opened.fill("Whom you rang", "Police")
    opened.choose("Agency", 1)
    opened.fill("When", "today")
    opened.tick("No answer")
    opened.go_on()
    opened.waits_for("MI-")
    assert case_of(opened).latest(CallLogged).data.outcome.value == "no_answer"
    act(opened, "voice")
    opened.choose("Which child", 1)
    opened.tick("No")
    opened.go_on()
    assert opened.page.fields["not_asked_because"].error == "Write why the child has not been asked yet"
    opened.fill("Not asked yet because", "Social care asked us to wait.")
    opened.go_on()
    opened.waits_for("MI-")
    voice = case_of(opened).latest(ChildVoiceRecorded).data
    assert (voice.spoken, voice.person) == (False, "robin")


def test_what_was_begun_on_a_page_is_kept(opened):
    act(opened, "call")
    opened.fill("Whom you rang", "The duty officer, half typed")
    opened.press("Save and come back later")
    opened.waits_for("MI-")
    act(opened, "call")
    assert opened.page.fields["to"].text() == "The duty officer, half typed"


def test_a_stopped_case_says_why_in_the_exact_sentence_and_closes_looking(bench):
    strand = bench.on_store(lambda desk: begun(desk, grade="3"))
    bench.case.open(strand)
    bench.waits_for("MI-")
    assert bench.case._offered.seen.stop_words == (
        "The desk has closed looking because of your answer to question 3. This is not a finding.",
    )
    assert states(bench)["look"] is StepState.DOES_NOT_APPLY
    assert walk(bench.window) == []
    bench.press("Show what to do now")
    assert bench.window.halt.is_up
    bench.window.release()


def test_chronology_is_found_by_words(opened):
    opened.case.panel.finder.set_text("robin")
    shown = [label.text() for label in opened.case.panel.chronology._lines]
    assert shown == ["Robin Sample linked as affected; pupil"]


def test_every_page_of_a_case_can_be_read_reached_and_named(opened):
    for key in FORMS:
        act(opened, key)
        assert opened.case.form is not None, key
        assert walk(opened.window) == [], key
    elsewhere = {key for key, _ in ACTS} - set(FORMS)
    assert elsewhere <= set(opened.tasks.parts)


def test_a_case_without_a_hold_back_list_does_not_stand_under_that_of_the_case_before(opened):
    first = opened.case.strand
    held = HoldBackSet(party="parents", decision=HoldBack.WAIT, reason="Police were asked.")
    opened.on_store(lambda desk: desk.work.hold_back(first, held))
    opened.case.open(first)
    opened.rest()
    assert opened.case.panel.hold_back.isVisible()
    opened.case.open(opened.on_store(begun))
    opened.rest()
    assert opened.case.strand != first
    assert not opened.case.panel.hold_back.isVisible()


def test_a_step_says_what_the_policy_says_of_it_and_whom_it_goes_to(opened):
    strand = opened.case.strand
    opened.on_store(lambda desk: desk.work.choose_route(strand, "youth-imagery", "Pictures were made."))
    opened.case.open(strand)
    opened.rest()
    lines = [line for group in opened.case._offered.seen.groups for line in group.steps]
    police = next(line for line in lines if line.title == "Police")
    opened.case.panel.step_requested.emit(police)
    opened.rest()
    assert opened.case.form.title.text() == "Police: refer it, or say why not"
    assert opened.case.form.form.hint.startswith(police.why)
    assert opened.case.form.words()["to"] == "police"


def test_a_stop_for_pictures_asks_for_the_police_and_for_every_copy_made_before_it(bench):
    strand = bench.on_store(begun)
    bench.on_store(lambda desk: desk.book.record(strand, lambda case, me: case.note_print(me, Printed(paper="form"))))
    bench.on_store(lambda desk: desk.halt.stop(strand, Grade.STOP_IMAGES))
    bench.case.open(strand)
    bench.waits_for("MI-")
    stop = bench.case.panel.findChild(StopInCase)
    assert stop.call is not None
    assert stop.trace is not None
    assert walk(bench.window) == []
    stop.trace.click()
    bench.waits_for("Where a copy is now")
    assert walk(bench.window) == []
    bench.choose("Which copy", 1)
    bench.fill("Where it is now", "Office safe")
    bench.fill("Locked away by whom", "Pat Example")
    bench.fill("When", "today")
    bench.go_on()
    bench.waits_for("MI-")
    assert [copy.where for copy in bench.case._offered.seen.stop.copies] == ["Office safe, locked away by Pat Example"]
    stop = bench.case.panel.findChild(StopInCase)
    stop.call.click()
    bench.rest()
    bench.fill("Whom you rang", "Police")
    bench.choose("Agency", 1)
    bench.fill("When", "today")
    bench.tick("Somebody answered")
    bench.fill("Log or reference number", "LOG-1234")
    bench.go_on()
    bench.waits_for("MI-")
    assert bench.case._offered.seen.stop.ring == ""


def test_a_referral_says_who_normally_makes_it_and_keeps_who_really_did(opened):
    act(opened, "referral")
    assert "LADO" in opened.page.fields["referred_by"].hint.text()
    opened.choose("To whom", 1)
    opened.tick("Refer it")
    opened.fill("Reason", "An invented reason.")
    opened.fill("Threshold it meets", "An invented threshold.")
    opened.fill("By whom", "Hilary Sample")
    opened.go_on()
    opened.waits_for("MI-")
    assert case_of(opened).latest(ReferralMade).data.referred_by == "Hilary Sample"


def test_after_a_stop_the_main_button_leads_to_the_call_and_then_to_what_is_answered(bench):
    strand = bench.on_store(lambda desk: begun(desk, grade="5b"))
    secured = DeviceSecured(device="A tablet", held_by="Pat Example", place="Safe")
    bench.on_store(lambda desk: desk.work.secure_device(strand, secured))
    bench.case.open(strand)
    bench.waits_for("MI-")
    assert walk(bench.window) == []
    assert "Parents" in [step.title for group in bench.case._offered.seen.groups for step in group.steps]

    bench.press("Ring, and write it down")

    bench.waits_for("A call")
    call = CallLogged(to="Police, 101", at="now", outcome=CallOutcome.ANSWERED, agency=Agency.POLICE, reference="LOG-1")
    hold = HoldBackSet(party="press", decision=HoldBack.WAIT, reason="advice is open")
    voice = ChildVoiceRecorded(not_asked_because="police are asked first")
    note = ExternalLogMade(system="The school’s", reference="1", note="detail held by DSL")
    bench.on_store(lambda desk: desk.work.log_call(strand, call))
    bench.on_store(lambda desk: desk.work.hold_back(strand, hold))
    bench.on_store(lambda desk: desk.work.child_voice(strand, voice))
    bench.on_store(lambda desk: desk.work.main_system(strand, note))
    bench.case.open(strand)
    bench.rest()
    bench.waits_for("MI-")

    waiting = [notice.accessibleName() for notice in bench.page.findChildren(Notice) if notice.isVisible()]
    assert any("Until then wait with: Parents; Close." in words for words in waiting), waiting
    assert walk(bench.window) == []
    bench.press("Write down the answer")
    bench.waits_for("Advice")


def menu(bench):
    """Headings and lines of "Record something…", in their order."""
    acts = bench.case.panel.record.menu_of_acts.actions()
    groups: list[tuple[str, list[str]]] = []
    for act in acts:
        if act.isSeparator():
            groups.append((act.text(), []))
        else:
            groups[-1][1].append(act.text())
    return groups


def test_what_can_be_recorded_stands_under_headings_the_most_likely_first(opened):
    groups = menu(opened)
    assert [title for title, _ in groups] == [
        "Likely now", "Calls, agencies and their answers", "People, and who may know", "Devices and material",
        "The course of the case",
    ]  # fmt: skip
    lines = [line for _, group in groups for line in group]
    assert len(lines) == len(set(lines))
    assert groups[0][1] == ["A call", "The child’s words", "A person"]
    assert not {"A closed case, taken up again", "Two people apply advice", "A reply"} & set(lines)


def test_at_a_stop_the_menu_begins_with_what_a_stop_asks_for(bench):
    strand = bench.on_store(lambda desk: begun(desk, grade="5b"))
    bench.on_store(lambda desk: desk.halt.stop(strand, Grade.POLICE_FIRST, where="told"))
    bench.case.open(strand)
    bench.waits_for("MI-")
    assert menu(bench)[0][1] == [
        "A call", "Advice of police or others", "Two people apply advice", "Who must not be told",
        "Why it was stopped",
    ]  # fmt: skip


def test_the_keys_go_from_line_to_line_and_never_to_a_heading(opened, qtbot):
    record = opened.case.panel.record
    record.click()
    folded = record.menu_of_acts
    qtbot.waitUntil(folded.isVisible)
    lines = [act for act in folded.actions() if not act.isSeparator()]
    assert folded.activeAction() is lines[0]
    for line in lines[1:]:
        QTest.keyClick(folded, Qt.Key.Key_Down)
        assert folded.activeAction() is line
    folded.close()


def test_a_closed_case_begins_with_taking_it_up_again(opened):
    found = opened.case._offered
    closed = replace(found, seen=replace(found.seen, state=CaseState.CLOSED), referrals=(("1", "To the police"),))
    title, lines = groups_for(closed)[0]
    assert (title, [key for key, _ in lines]) == ("Likely now", ["reopen", "feedback", "reply"])

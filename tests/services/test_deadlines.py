"""What is due, on a real desk: on Home late first, at the case, explained once; term dates, and missing ones said."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import msgspec
import pytest

from dsl_desk import app
from dsl_desk.domain.case import open_case
from dsl_desk.domain.case_words import Agency, CallOutcome
from dsl_desk.domain.deadlines import Standing
from dsl_desk.domain.desk_entries import SettingsChanged
from dsl_desk.domain.errors import InputError, ProcedureError
from dsl_desk.domain.follow_up_entries import CallLogged, ReferralMade
from dsl_desk.domain.policy import read_profile
from dsl_desk.domain.triage import Question
from dsl_desk.domain.wider_entries import DateSet, DeadlineMissed, MeasureTaken
from dsl_desk.domain.words import Answer, CaseRef, Grade, Role, StrandId, SubjectKind
from dsl_desk.paths import ResourcesMissingError
from dsl_desk.rehearsal.lines import all_no
from dsl_desk.services.begin import policies
from dsl_desk.services.concern import About, NewConcern
from dsl_desk.services.due import Due
from dsl_desk.services.home import HomeService, WaitingKind
from dsl_desk.services.ports import Clock
from dsl_desk.services.school_days import DaysRead, read_bank_holidays
from dsl_desk.services.unlock import Typed
from dsl_desk.services.waiting_cases import DAYS_AHEAD
from tests.desks import let_in, signed_in
from tests.services.scenes import begun, concern

TERMS = "Autumn: 3 September 2026 to 23 October 2026\n2 November 2026 to 18 December 2026"


@dataclass
class Later:
    """A clock that runs so far ahead, wall clock and time since the start alike."""

    inner: Clock
    ahead: timedelta = timedelta()

    def now(self):
        now = self.inner.now()
        ms = int(self.ahead.total_seconds() * 1000)
        return replace(now, utc=now.utc + self.ahead, local=now.local + self.ahead, mono_ms=now.mono_ms + ms)


@pytest.fixture
def ahead(stage):
    """Services of the DSL on a desk whose clock can be moved on: call with days and hours."""
    stage.sign_in("dsl")
    clock = Later(stage.around.clock)

    def on(days=0, hours=0):
        clock.ahead = timedelta(days=days, hours=hours)
        return app.services(stage.desk.desk, clock)

    return on


def allegation(stage):
    """An allegation that was reported just now."""
    kind, now = SubjectKind.STAFF, stage.around.clock.now().at_local
    given = dict(all_no(kind).given) | {Question.LOW_LEVEL: Answer.NO}
    told = msgspec.structs.replace(concern(), reported_at=now)
    new = NewConcern(about=About(kind=kind), concern=told, triage=replace(all_no(kind), given=given))
    return stage.desk.concern.begin(new)


def lado(outcome=CallOutcome.ANSWERED):
    return CallLogged(to="Duty LADO", at="2026-11-20T12:00:00+00:00", outcome=outcome, agency=Agency.LADO)


def rows(desk, *kinds):
    return [one for one in desk.home.look().waiting if one.kind in (kinds or (WaitingKind.OVERDUE, WaitingKind.DUE))]


def test_an_allegation_is_due_on_home_and_falls_away_by_itself_once_the_lado_was_rung(stage, ahead):
    ref = allegation(stage)
    (due,) = [one for one in rows(ahead()) if "LADO" in one.title]
    assert (due.title, due.reference, due.strand) == (f"Ring the LADO: {ref.reference}", ref.reference, ref.strand)
    day = stage.around.clock.now().local.date()
    notes = (f"{note}." for note in stage.desk.deadlines.calendar().working_days_after(day, 1).notes)
    assert due.what == " ".join(("An allegation: ring, or write down why not.", *notes))  # Easter is named before it
    assert not due.late
    stage.desk.work.log_call(ref.strand, lado(CallOutcome.NO_ANSWER))
    (late,) = [one for one in rows(ahead(days=8)) if "LADO" in one.title]
    assert (late.kind, late.late) == (WaitingKind.OVERDUE, True)
    assert late.when.startswith("Was due ")
    stage.desk.work.log_call(ref.strand, lado())
    assert not any("LADO" in one.title for one in rows(ahead(days=8)))


def test_a_missed_deadline_is_on_record_with_who_and_why_and_stops_asking(stage, ahead):
    ref = allegation(stage)
    desk = ahead(days=8)
    seen = {one.title: one for one in desk.deadlines.see(desk.book.load(ref.strand))}
    assert seen["Ring the LADO"].standing is Standing.LATE
    assert "within one working day" in seen["Ring the LADO"].words
    case = desk.deadlines.explain(
        ref.strand, seen["Ring the LADO"].key, "Nobody answered for two days.", "Wrote today."
    )
    told = case.told(DeadlineMissed)[0]
    assert told.by == (stage.accounts["dsl"],)
    assert (told.data.deadline, told.data.what, told.data.next_step) == ("lado", "Ring the LADO", "Wrote today.")
    assert not any("LADO" in one.title for one in rows(ahead(days=10)))
    kept = {one.title: one for one in desk.deadlines.see(desk.book.load(ref.strand))}["Ring the LADO"]
    assert "missed: Nobody answered for two days." in kept.words
    assert not kept.asks_why
    with pytest.raises(ProcedureError, match="on record already"):
        desk.deadlines.explain(ref.strand, kept.key, "again")
    with pytest.raises(ProcedureError, match="does not run any more"):
        desk.deadlines.explain(ref.strand, "lado:9999", "x")


def test_only_who_reads_a_case_sees_what_is_due_in_it(stage, ahead):
    ref = allegation(stage)
    assert any("LADO" in one.title for one in rows(ahead()))
    stage.sign_in("dsl").keeping.restrict(ref.strand, [stage.accounts["dsl"], stage.accounts["head"]])
    assert not any(one.strand == ref.strand for one in rows(stage.sign_in("deputy")))


def test_while_a_case_is_stopped_its_own_line_asks_for_the_police(stage, ahead):
    ref = begun(stage)
    stage.desk.halt.stop(ref.strand, Grade.STOP_IMAGES)
    desk = ahead(hours=3)
    assert not any("police" in one.title for one in rows(desk))
    assert any(one.kind is WaitingKind.HALTED for one in desk.home.look().waiting)
    seen = {one.title: one for one in desk.deadlines.see(desk.book.load(ref.strand))}
    assert seen["Ring the police"].standing is Standing.LATE


def test_a_referral_is_asked_after_and_dates_of_others_stand_with_their_day(stage, ahead):
    ref, now = begun(stage), stage.around.clock.now().local
    sent = now.isoformat(timespec="minutes")
    stage.desk.referral.refer(ref.strand, ReferralMade(
        to=Agency.SOCIAL_CARE, reason="harm", threshold="significant harm", decided_at=sent, sent_at=sent,
        referred_by="Ada Quill",
    ))  # fmt: skip
    day = (now.date() + timedelta(days=2)).isoformat()
    far = (now.date() + timedelta(days=DAYS_AHEAD + 5)).isoformat()
    stage.desk.work.note(ref.strand, DateSet(what="Strategy meeting", on=day))
    measure = MeasureTaken(measure="Account closed", by_whom="IT", at=sent, until=far)
    stage.desk.work.note(ref.strand, measure)
    found = {one.title.partition(":")[0]: one for one in rows(ahead())}
    assert set(found) == {"Answer of social care", "A date that others set"}, "what is far off stands at the case alone"
    assert found["A date that others set"].what.startswith("Strategy meeting.")
    desk = ahead()
    titles = [one.title for one in desk.deadlines.see(desk.book.load(ref.strand))]
    assert "A measure ends" in titles
    late = rows(ahead(days=DAYS_AHEAD + 9))
    assert [one.late for one in late] == [True, True, True]
    assert late[0].title.partition(":")[0] == "A date that others set", "what was due first"


def test_what_registers_remind_of_stands_in_the_same_list_late_first(stage):
    desk = stage.sign_in("dsl")
    now = desk.book.now().local

    class Registers:
        def due(self, at):
            assert at.local >= now
            for title, days in (("Far off", 90), ("Next week", 7), ("Long ago", -30)):
                by = now + timedelta(days=days)
                yield Due(title=title, what="Of a register.", by=by, when="then", late=days < 0, strand=StrandId("x"),
                          register="breaches", item="7")  # fmt: skip

    home = HomeService(desk.book, desk.set_up, desk.deadlines, (Registers(),))
    found = [one for one in home.look().waiting if one.register]
    assert [one.title for one in found] == ["Long ago", "Next week"]
    assert [(one.kind, one.strand, one.item) for one in found] == [
        (WaitingKind.OVERDUE, None, "7"), (WaitingKind.DUE, None, "7"),
    ]  # fmt: skip


def test_under_every_profile_an_allegation_is_due_and_a_concern_as_its_policy_says(stage, ahead):
    secret = stage.cast.secret("dsl")
    typed = Typed(sign_in_name=secret.sign_in_name, passphrase=secret.passphrase)
    terms = {}
    for choice in policies():
        if read_profile(choice.text, choice.file_name).id != stage.desk.book.school().procedure.id:
            stage.desk.policy_care.choose(choice, typed)
        ref = allegation(stage)
        desk = ahead(days=30)
        seen = {one.title: one for one in desk.deadlines.see(desk.book.load(ref.strand))}
        assert seen["Ring the LADO"].standing is Standing.LATE, choice.file_name
        case = stage.desk.concern.begin(
            NewConcern(about=About(kind=SubjectKind.PUPIL), triage=all_no(SubjectKind.PUPIL))
        )
        (answer,) = [one for one in desk.deadlines.see(desk.book.load(case.strand)) if one.about == 1]
        terms[choice.file_name] = answer.words.partition("; ")[2]
    assert terms == {
        "federation-2019.toml": "the same day.", "independent-prep-2023.toml": "at once.",
        "primary-2023.toml": "at once.", "primary-2024.toml": "the same day.",
        "secondary-2021.toml": "within 24 hours.",
    }  # fmt: skip


# -- the school's days


def test_term_dates_are_kept_as_one_entry_and_read_back_in_words(stage):
    care = stage.sign_in("dsl").school_days
    assert "Term dates are missing" in care.see().understood[0]
    assert care.see().lado_days == 1
    care.keep({"term_dates": TERMS, "closed_days": "INSET: 2 Nov 2026", "lesson_ends": "9:50 15:10", "lado_days": "2"})
    seen = care.see()
    assert seen.understood == (
        "School from Thursday 3 September 2026 to Friday 23 October 2026.",
        "School from Monday 2 November 2026 to Friday 18 December 2026.",
        "No school on Monday 2 November 2026.",
        "Lessons end at 09:50, 15:10.",
    )
    assert (seen.lado_days, seen.values["term_dates"]) == (2, TERMS)
    assert "2025 to 2028" in seen.bank_holidays
    desk = stage.desk.desk
    kept = [one.payload.data for one in desk.records(desk.desk_strand) if isinstance(one.payload.data, SettingsChanged)]
    assert set(kept[-1].settings) == {"term_dates", "closed_days", "lesson_ends", "lado_days"}
    assert any("term dates" in one.words for one in stage.desk.change_log.told())


def test_what_cannot_be_read_is_refused_at_its_field_and_nothing_is_kept(stage):
    care = stage.sign_in("dsl").school_days
    wrong = {"term_dates": "Autumn", "closed_days": "x", "lesson_ends": "after lunch", "lado_days": "9"}
    problems = care.problems(wrong)
    assert set(problems) == set(wrong)
    assert problems["term_dates"].startswith("Line 1 could not be read")
    assert "too long" in care.problems({"term_dates": "x" * 3_000})["term_dates"]
    with pytest.raises(InputError):
        care.keep(wrong)
    assert care.see().values["term_dates"] == ""


def test_whoever_may_only_read_settings_changes_no_term_dates(stage):
    stage.sign_in("dsl")
    let_in(stage, "osl", "Sampla Onlooker", Role.OSL)
    care = signed_in(stage, "osl").school_days
    assert not care.see().may_change
    with pytest.raises(ProcedureError, match="Settings are changed by"):
        care.keep({"lado_days": "0"})


def test_term_dates_that_an_older_program_kept_in_words_count_as_missing_and_are_said(stage):
    desk = stage.sign_in("dsl")
    desk.settings.write({"term_dates": "as the county says", "lesson_ends": "lunch", "lado_days": "soon"})
    assert desk.school_days.see().understood == (
        "The term dates in Settings cannot be read, so Mondays to Fridays are counted.",
    )
    calendar = desk.deadlines.calendar()
    assert (calendar.terms, calendar.lesson_ends) == ((), ())
    assert calendar is desk.deadlines.calendar(), "read once for each state of the settings"
    assert desk.school_days.see().lado_days == 1


def test_bank_holidays_ship_with_their_years_and_their_source():
    known = DaysRead().bank_holidays
    assert sorted(known) == [2025, 2026, 2027, 2028]
    for year, days in known.items():
        assert len(days) == 8
        assert all(day.year == year and day.weekday() < 5 for day in days)
    assert known[2026][date(2026, 12, 28)] == "Boxing Day, substitute"


@pytest.mark.parametrize("text", ["", "years = 3", "[years.2026]\nsoon = 'x'", "[years", "[years]\n2026 = 4"])
def test_a_file_of_bank_holidays_that_was_changed_is_said_to_be_missing(text):
    with pytest.raises(ResourcesMissingError):
        read_bank_holidays(text)


def test_without_the_file_of_bank_holidays_it_is_said_to_be_missing(monkeypatch, tmp_path):
    monkeypatch.setattr("dsl_desk.services.school_days.resources", lambda: tmp_path)
    with pytest.raises(ResourcesMissingError):
        _ = DaysRead().bank_holidays


def test_a_site_with_terms_of_its_own_is_counted_by_them_and_every_other_by_the_federations(stage):
    desk = stage.sign_in("dsl")
    north = "North site: Autumn: 1 Sept 2026 to 16 Oct 2026\nNorth Site: 26 Oct 2026 to 11 Dec 2026"
    desk.school_days.keep({"term_dates": TERMS, "site_terms": north, "site_closed_days": "South: INSET: 3 Nov 2026"})
    own = desk.deadlines.calendar()
    assert desk.deadlines.calendar("unheard of") is own
    there = desk.deadlines.calendar(" north  SITE ")
    assert [term.first.day for term in there.terms] == [1, 26]
    south = desk.deadlines.calendar("South")
    assert south.terms == own.terms
    assert [day.day for day in south.closed] == [3]
    assert own.closed == frozenset()
    understood = " ".join(desk.school_days.see().understood)
    assert "At North Site: School from Tuesday 1 September 2026 to Friday 16 October 2026." in understood
    assert "At South: No school on Tuesday 3 November 2026." in understood


def test_a_case_is_counted_by_the_days_of_its_site(stage, monkeypatch):
    desk = stage.sign_in("dsl")
    used, real = [], desk.deadlines.calendar

    def counted(site=""):
        used.append(site)
        return real(site)

    monkeypatch.setattr(desk.deadlines, "calendar", counted)
    for reference, site in (("MI-2026-K7Q4", "North"), ("MI-2026-K7Q5", "")):
        opened = open_case(CaseRef(reference), school="A school", site=site)
        strand = desk.desk.begin_case(opened, at=desk.book.now())
        desk.deadlines.of(desk.book.load(strand))
    assert used == ["North", ""]


def test_terms_of_a_site_without_its_name_are_refused_at_their_field(stage):
    care = stage.sign_in("dsl").school_days
    problems = care.problems({"site_terms": "1 Sept 2026 to 16 Oct 2026", "site_closed_days": "North: soon"})
    assert set(problems) == {"site_terms", "site_closed_days"}
    assert "does not begin with a site" in problems["site_terms"]
    stage.desk.settings.write({"site_terms": "as the county says"})
    assert stage.desk.deadlines.calendar("North") is stage.desk.deadlines.calendar()

"""Set-up, governors, care of the desk, and what is waiting."""

import datetime as dt
import json
from dataclasses import replace

import msgspec
import pytest

from dsl_desk import app
from dsl_desk.domain.case_words import Agency, Effect, PersonRole
from dsl_desk.domain.errors import (
    DamagedError,
    InputError,
    KeyringError,
    NotReadableError,
    ProcedureError,
    ProfileError,
    WrongCodeError,
)
from dsl_desk.domain.follow_up_entries import AdviceRecorded, PersonLinked, ReferralDeclined, SupportOffered
from dsl_desk.domain.words import Grade, Role, SubjectKind
from dsl_desk.exports.summary import PublishedFact, read_summary
from dsl_desk.rehearsal.opening import HOLDERS, known
from dsl_desk.rehearsal.stage import MemoryKeyring
from dsl_desk.services.case_list import CaseFilter, CaseState, ListState
from dsl_desk.services.case_place import CasePlaceService
from dsl_desk.services.concern import About
from dsl_desk.services.disposing import CHECKS
from dsl_desk.services.governors import Period
from dsl_desk.services.home import WaitingKind
from dsl_desk.services.ports import NoProgress
from dsl_desk.services.unlock import Typed
from dsl_desk.store.values import CaseQuery
from tests.services.scenes import begun, closable

ASKED = {words: "none" for _, words in CHECKS}
PERIOD = Period(label="All time", first="2000-01-01", last="2999-12-31")


def test_set_up_knows_what_is_still_missing(stage):
    desk = stage.sign_in("dsl")
    assert desk.set_up.unfinished() == ()
    assert desk.set_up.contacts_missing() != ()
    with pytest.raises(WrongCodeError):
        desk.set_up.codes_typed_back(stage.codes[0], "A1: 0000-0000-0000-0000-0000-0000-0000")
    with pytest.raises(InputError, match="different holders"):
        desk.set_up.envelopes_handed_out(dict.fromkeys(HOLDERS, "safe"))


def test_a_faulty_profile_is_refused_by_file_and_key_and_the_old_one_stays(stage):
    set_up = stage.sign_in("dsl").set_up
    text = stage.desk.book.school().procedure.id
    with pytest.raises(ProfileError, match=r"mine\.toml"):
        set_up.profile("format = 'dsl-desk/profile/1'\nunheard_of = 1\n", "mine.toml")
    assert stage.desk.book.school().procedure.id == text


def test_a_further_account_takes_two_who_may_issue(stage):
    stage.sign_in("dsl")
    person, secret = stage.cast.person("osl"), replace(stage.cast.secret("dsl"), sign_in_name="sample")
    with pytest.raises(NotReadableError, match="do not hold the duty"):
        stage.desk.set_up.issue(person, secret, (stage.proves("dsl"), stage.proves("chair")))

    account = stage.desk.set_up.issue(person, secret, (stage.proves("dsl"), stage.proves("head")))

    assert stage.desk.book.school().actor(account).role is Role.OSL


def test_papers_of_set_up_carry_the_desks_head(stage):
    set_up = stage.sign_in("dsl").set_up
    for page in (set_up.print_halt_card(), set_up.print_fingerprint(["safe"]), set_up.print_laptop_taken("none")):
        assert page.pdf.startswith(b"%PDF")


def test_a_summary_shows_no_small_count_and_is_released_by_two(stage):
    stage.sign_in("dsl")
    for _ in range(3):
        begun(stage)
    preview = stage.desk.governors.preview(PERIOD)

    assert preview.withheld
    assert preview.gives_away == ()
    for pair in (("dsl", "deputy"), ("head", "dsl")):
        with pytest.raises(ProcedureError):
            stage.desk.governors.release(preview, (stage.proves(pair[0]), stage.proves(pair[1])))
    released = stage.desk.governors.release(preview, (stage.proves("dsl"), stage.proves("head")))
    published = read_summary(released.json)
    assert [one.role for one in published.confirmed] == ["dsl", "headteacher"]
    assert b"made-up" not in released.json
    assert released.page.pdf.startswith(b"%PDF")


def test_a_case_of_half_past_midnight_in_summer_belongs_to_the_period_that_began_at_midnight(stage):
    now = stage.around.clock.now()
    first = dt.datetime(now.utc.year + 1, 8, 31, 23, 30, tzinfo=dt.UTC)  # 00:30 on 1 September by the school's clock
    at = replace(now, utc=first, local=first.astimezone(now.local.tzinfo))
    stage.around = replace(stage.around, clock=Standing(at))
    stage.sign_in("dsl")
    begun(stage)

    def counted(first_day, last_day):
        return len(
            stage.desk.governors._cases(Period(label="", first=first_day, last=last_day), NoProgress(), for_chair=True)
        )

    year = at.local.year
    assert counted(f"{year}-09-01", f"{year + 1}-08-31") == 1
    assert counted(f"{year - 1}-09-01", f"{year}-08-31") == 0


class Standing:
    """A clock that stands."""

    def __init__(self, at):
        self.at = at

    def now(self):
        return self.at


def test_cases_that_bar_the_headteacher_are_counted_only_for_the_chair(stage):
    stage.sign_in("deputy")
    begun(stage, About(kind=SubjectKind.HEADTEACHER, person=known(stage, "head")))
    for _ in range(20):
        begun(stage)

    def total(*, for_chair):
        tables = stage.desk.governors.preview(PERIOD, for_chair=for_chair).summary.tables
        return next(table.rows[0].cells[0].value for table in tables if table.id == "total")

    assert (total(for_chair=False), total(for_chair=True)) == (20, 21)
    chairs = stage.desk.governors.preview(PERIOD, for_chair=True)
    with pytest.raises(ProcedureError, match="The Chair releases it"):
        stage.desk.governors.release(chairs, (stage.proves("deputy"), stage.proves("head")))


def test_part_of_a_name_is_a_name_too_in_the_facts_and_in_what_a_period_is_called(stage):
    stage.sign_in("dsl")
    pupil = PersonLinked(person="1" * 32, role=PersonRole.WITNESS, kind=SubjectKind.PUPIL, name="Wren Zebrowska")
    unnamed = msgspec.structs.replace(pupil, person="2" * 32, name="Year 9 pupil")
    begun(stage, people=(pupil, unnamed))
    governors = stage.desk.governors
    for words in ("One, because of Wren.", "the Zebrowska matter", "zebrowska, WREN ZEBROWSKA"):
        with pytest.raises(InputError, match="names somebody"):
            governors.preview(PERIOD, facts=(PublishedFact(label="Changes", value=words),))
    with pytest.raises(InputError, match="“Period” names somebody"):
        governors.preview(replace(PERIOD, label="Autumn, with Wren"))
    governors.preview(PERIOD, facts=(PublishedFact(label="Changes", value="A wren on a page; Year 9; a pupil."),))


def test_check_rebuild_rotate_and_backup_leave_a_good_desk(stage, tmp_path):
    care = stage.sign_in("dsl").care
    begun(stage)
    assert care.check(rebuild_index=True).is_good
    care.rotate()
    medium = tmp_path / "medium"
    medium.mkdir()
    assert care.backup(medium, "stick no. 9").folder.exists()
    assert care.check().is_good


def test_without_this_laptops_key_a_code_is_asked_for_and_opens(stage):
    stage.lock()
    bare = replace(stage.around, keyring=MemoryKeyring())
    secret = stage.cast.secret("deputy")
    opener = app.opener(stage.desk_folder, bare)
    with pytest.raises((KeyringError, DamagedError)):
        opener.unlock(Typed(sign_in_name=secret.sign_in_name, passphrase=secret.passphrase))

    desk = opener.unlock(Typed(sign_in_name=secret.sign_in_name, passphrase=secret.passphrase, code=stage.codes[1]))
    assert desk.me.account == stage.accounts["deputy"]
    desk.close(stage.around.clock.now())
    desk = opener.recover(stage.codes[0], stage.codes[2])
    assert desk.check(lambda _done, _total: None).findings == ()
    desk.close(stage.around.clock.now())


def test_two_restrictions_of_who_reads_and_a_disposal_take_the_right_people(stage):
    stage.sign_in("dsl")
    strand = begun(stage).strand
    keeping = stage.desk.keeping
    with pytest.raises(ProcedureError, match="Only a closed case"):
        stage.desk.destroying.dispose(strand, (stage.proves("dsl"), stage.proves("head")), {})
    keeping.restrict(strand, [stage.accounts["dsl"], stage.accounts["head"]])

    with pytest.raises(NotReadableError):
        stage.sign_in("deputy").book.load(strand)
    assert stage.sign_in("head").book.load(strand).ref


def test_settings_of_the_school_are_kept_as_text_and_read_again(stage):
    desk = stage.sign_in("dsl")
    before = desk.book.school().contacts
    desk.set_up.contacts({"lado": "01632 960199", "dpo": ""})
    stage.lock()
    school = stage.sign_in("deputy").book.school()

    assert before["dpo"]
    assert school.contacts == {name: number for name, number in before.items() if name != "dpo"} | {
        "lado": "01632 960199"
    }, "a number that is not named stays; an empty one goes"
    assert json.loads(school.settings["code_holders"]) == HOLDERS
    assert school.initials(stage.accounts["dsl"]) == "DPL"


class YearsLater:
    """The laptop's clock, some years on."""

    def __init__(self, clock, years):
        self.clock, self.days = clock, dt.timedelta(days=366 * years)

    def now(self):
        now = self.clock.now()
        return replace(now, utc=now.utc + self.days, local=now.local + self.days, boot="c" * 32)


def test_a_closed_case_is_disposed_of_by_two_once_its_time_has_come(stage):
    desk = stage.sign_in("dsl")
    strand = closable(stage)
    desk = stage.sign_in("dsl")
    desk.work.support(strand, SupportOffered(support="Walrus words nobody else writes"))
    desk.referral.decline(strand, ReferralDeclined(to=Agency.POLICE, reasons="nothing to refer"))
    case = desk.work.close(strand, outcome="no-substance", retention="no-substance")
    both = (stage.proves("dsl"), stage.proves("head"))
    with pytest.raises(ProcedureError, match="still to be kept"):
        desk.destroying.dispose(strand, both, {})
    stage.lock()

    stage.around = replace(stage.around, clock=YearsLater(stage.around.clock, 20))
    desk = stage.sign_in("dsl")
    with pytest.raises(ProcedureError, match="two different people"):
        desk.destroying.dispose(strand, (stage.proves("dsl"), stage.proves("dsl")), {})
    both = (stage.proves("dsl"), stage.proves("head"))
    for unasked in ({}, {**ASKED, "An open referral": " "}):
        with pytest.raises(InputError, match=r"what you found: .*An open referral\."):
            desk.destroying.dispose(strand, both, unasked)
    done = desk.destroying.dispose(strand, both, ASKED)
    certificate = done.certificate

    assert done.waits == ""
    assert certificate.items[0].item == case.ref
    assert desk.desk.search("walrus") == ()
    assert desk.desk.find(case.ref) is None
    assert not (stage.desk_folder / "blobs" / case.exhibits[0].blob).exists()
    assert desk.care.check().report.findings == ()
    assert desk.printing.desk_paper("disposal.pdf", certificate, "Disposal").pdf.startswith(b"%PDF")


def test_a_damaged_case_is_said_and_not_left_out_of_what_may_be_disposed_of(stage):
    stage.sign_in("dsl")
    strand = closable(stage)
    desk = stage.sign_in("dsl")
    desk.referral.decline(strand, ReferralDeclined(to=Agency.POLICE, reasons="nothing to refer"))
    desk.work.close(strand, outcome="no-substance", retention="no-substance")
    kept = desk.desk.kept
    with kept.database.transaction("words lost"):
        kept.journal.remove_words(strand, 2, 2)
    kept.drop_cached(strand)
    with pytest.raises(DamagedError, match="no disposal names it"):
        desk.disposing.over()


def test_what_was_stopped_or_wanted_by_police_after_closing_is_not_disposed_of(stage):
    desk = stage.sign_in("dsl")
    strands = []
    for _ in range(2):
        strands.append(closable(stage))
        desk = stage.sign_in("dsl")
        desk.referral.decline(strands[-1], ReferralDeclined(to=Agency.POLICE, reasons="nothing to refer"))
        desk.work.close(strands[-1], outcome="no-substance", retention="no-substance")
    stopped, wanted = strands
    stage.lock()
    stage.around = replace(stage.around, clock=YearsLater(stage.around.clock, 20))
    desk = stage.sign_in("dsl")
    assert {over.strand for over in desk.disposing.over()} == {stopped, wanted}

    assert desk.home.look().waiting == ()
    desk.halt.stop(stopped, Grade.STOP_IMAGES)
    (waits,) = desk.home.look().waiting  # closed or not, the police are to be rung
    assert (waits.kind, waits.strand) == (WaitingKind.HALTED, stopped)
    assert desk.desk.waiting_cases("stopped", 9)[0][1] == stopped
    (line,) = desk.lists.page(CaseFilter(state=ListState.HALTED), 0, 9).rows  # and the list says so too
    assert (line.strand, line.state) == (stopped, CaseState.HALTED)
    assert CasePlaceService(desk.book).see(stopped).state is CaseState.HALTED
    assert [row.strand for row in desk.lists.page(CaseFilter(), 0, 9).rows] == [stopped]
    (line,) = desk.lists.page(CaseFilter(state=ListState.CLOSED), 0, 9).rows
    assert (line.strand, line.state) == (wanted, CaseState.CLOSED)
    keep = AdviceRecorded(
        who="PC Mock", agency=Agency.POLICE, at="2026-03-03T14:02:00+00:00", words="Keep it all.", effect=Effect.KEEP,
        reference="LOG-9",
    )  # fmt: skip
    desk.advice.record(wanted, keep)

    both = (stage.proves("dsl"), stage.proves("head"))
    with pytest.raises(ProcedureError, match="stopped after it was closed"):
        desk.destroying.dispose(stopped, both, ASKED)
    with pytest.raises(ProcedureError, match="Police said"):
        desk.destroying.dispose(wanted, both, ASKED)
    assert desk.disposing.over() == ()
    assert desk.disposing.one(stopped) is None
    desk.advice.record(wanted, msgspec.structs.replace(keep, effect=Effect.SCHOOL_MAY_PROCEED))
    assert desk.destroying.dispose(wanted, both, ASKED).waits == ""


def test_a_case_is_not_closed_before_the_envelopes_are_handed_out(stage):
    desk = stage.sign_in("dsl")
    strand = begun(stage).strand
    desk.set_up.settings({"envelopes_handed_out": ""})
    with pytest.raises(ProcedureError, match="envelopes"):
        desk.work.close(strand, outcome="no-substance", retention="no-substance")


@pytest.mark.parametrize("days", [0, 400])
def test_the_chair_comes_in_first_of_all_and_on_any_day_and_sees_nothing(stage, days):
    stage.around = replace(stage.around, clock=YearsLater(stage.around.clock, days / 366))
    desk = stage.sign_in("chair")
    assert desk.listing.cases(CaseQuery()).rows == ()
    assert desk.home.waiting() is not None
    with pytest.raises(NotReadableError):
        begun(stage)
    stage.lock()
    stage.sign_in("deputy")
    strand = begun(stage, About(kind=SubjectKind.HEADTEACHER)).strand
    stage.around = replace(stage.around, clock=YearsLater(stage.around.clock, 1))
    assert stage.sign_in("chair").book.load(strand).ref
    stage.lock()
    assert stage.sign_in("dsl").care.check().report.findings == ()

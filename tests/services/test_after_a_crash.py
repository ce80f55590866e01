"""After a crash some acts wait for the full check; what protects a child never does (format section 4)."""

import pytest

from dsl_desk.domain.case_words import Agency, CallOutcome
from dsl_desk.domain.errors import DslDeskError, StoreError
from dsl_desk.domain.follow_up_entries import CallLogged
from dsl_desk.domain.words import Grade, PackKind, SubjectKind
from dsl_desk.rehearsal.lines import all_no
from dsl_desk.services.handover import Handover
from tests.services.scenes import begun, judged, offered, picture


@pytest.fixture
def crashed(stage):
    """A desk whose last sign-in ended in a crash, with a case that waits for its signatures."""
    stage.sign_in("dsl")
    strand = judged(stage)
    stage.sign_in("dsl")
    stage.desk.desk.waits_for_check = True
    return stage, strand


def test_signing_disposal_backup_and_rotation_wait_for_the_check(crashed):
    stage, strand = crashed
    desk, two = stage.desk, (stage.proves("dsl"), stage.proves("deputy"))
    before = desk.desk.head()
    for act in (
        lambda: desk.sign_off.prepare(strand, stage.accounts["dsl"]),
        lambda: desk.destroying.dispose(strand, two, {}),
        lambda: desk.care.backup(stage.out, "stick"),
        desk.care.rotate,
    ):
        with pytest.raises(DslDeskError, match="Run Check everything first"):
            act()
    with pytest.raises(StoreError, match="Check everything first"):
        desk.desk.rotate()
    assert desk.desk.head() == before


def test_recording_triage_halt_referral_and_as_it_stands_packs_stay_open(crashed):
    stage, strand = crashed
    desk = stage.desk
    other = begun(stage).strand
    desk.triage.answer(other, all_no(SubjectKind.PUPIL))
    desk.exhibits.take_in(other, offered(stage), [picture(stage)])
    desk.work.log_call(other, CallLogged(to="Police", at="now", outcome=CallOutcome.ANSWERED, agency=Agency.POLICE))
    desk.printing.print_referral(other, Agency.POLICE)
    plan = Handover(kind=PackKind.AS_IT_STANDS, folder=stage.handover, medium="stick", recipient="police")
    assert desk.handover.make(other, plan, [stage.proves("dsl")]).pack.is_dir()
    assert desk.halt.stop(strand, Grade.STOP_IMAGES).grade is Grade.STOP_IMAGES


def test_keeping_a_case_from_somebody_is_never_refused_and_its_fresh_key_waits(crashed):
    stage, strand = crashed
    desk = stage.desk.desk
    stage.desk.keeping.restrict(strand, [stage.accounts["dsl"], stage.accounts["deputy"]])
    assert desk.readers(strand) is not None
    assert desk.unlocked.database.state("rotation_due")


def test_what_waited_goes_on_once_the_check_found_nothing(crashed):
    stage, strand = crashed
    assert stage.desk.care.check().is_good
    stage.desk.sign_off.prepare(strand, stage.accounts["dsl"])
    stage.desk.care.rotate()

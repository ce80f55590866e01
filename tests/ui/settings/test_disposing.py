"""In the window: what two people destroy for good, a record whose time is over or one exhibit the police named."""

import itertools
from dataclasses import replace

import pytest

from dsl_desk.domain.case_words import Agency
from dsl_desk.domain.follow_up_entries import ReferralDeclined
from dsl_desk.services.disposing import CHECKS, DisposingService
from dsl_desk.ui.papers.panel import PaperPanel
from tests.services.scenes import begun, closable, offered, picture
from tests.services.test_destroying import advised
from tests.services.test_school_and_desk import YearsLater
from tests.ui.settings.conftest import unlock
from tests.ui.settings.test_acting_and_access import sound
from tests.ui.settings.test_settings import go, prove


def sign_both(hands, stage):
    name = hands.ask(lambda services: services.book.me().name)
    prove(hands, stage, "dsl", name)
    prove(hands, stage, "deputy", "the second person")
    hands.press("Destroy it for good")


@pytest.fixture
def over(stage):
    """A closed case, twenty years on; gives its reference."""
    stage.sign_in("dsl")
    strand = closable(stage)
    desk = stage.sign_in("dsl")
    desk.referral.decline(strand, ReferralDeclined(to=Agency.POLICE, reasons="nothing to refer"))
    reference = desk.work.close(strand, outcome="no-substance", retention="no-substance").ref
    assert desk.disposing.over() == ()
    stage.lock()
    stage.around = replace(stage.around, clock=YearsLater(stage.around.clock, 20))
    return reference


def test_a_record_whose_time_is_over_is_found_and_goes_by_two(settings, stage, over):
    hands = settings("dsl")
    go(hands, "Records to dispose of")
    hands.until(lambda: any(row.text() == over for row in hands.rows()), "the case")
    sound(hands)
    hands.window.resize(683, 384)
    go(hands, over, f"Destroy {over}")
    hands.quiet()
    assert not hands.page.primary.hasFocus()
    sound(hands)
    hands.press("Destroy it for good")
    assert len(hands.page.errors.links) == len(CHECKS) + 5
    for _, words in CHECKS:
        hands.type(words, "None, asked after today")
    hands.press("We have both read what stands above, and it may go for good")
    sign_both(hands, stage)
    hands.until(lambda: isinstance(hands.page, PaperPanel), "the certificate")
    hands.says("Destroyed. Print this twice")
    hands.window.lock_now()  # on the way to the printer
    hands.on("Unlock the desk")
    unlock(hands, stage, "deputy")  # who begins with nothing of what was open
    hands.on("What is waiting for me")
    assert not hands.has("Certificate to sign")
    hands.window.lock_now()
    unlock(hands, stage, "dsl")
    hands.on("What is waiting for me")
    go(hands, f"Certificate to sign: {over}", "Records to dispose of")
    hands.until(lambda: any(row.text() == over for row in hands.rows()), "its certificate")
    sound(hands)
    hands.says("There is none.")
    hands.press(over)
    hands.until(lambda: isinstance(hands.page, PaperPanel), "the certificate again")
    sound(hands)
    hands.press("Both copies are signed")
    hands.says("It was neither printed nor saved from this page.")
    hands.press("Both copies are signed")
    hands.on("Records to dispose of")
    hands.says("There is none.")
    assert not hands.has(over)


def test_looking_for_records_ends_with_a_lock_and_says_so(settings, stage, monkeypatch):
    def without_end(_: DisposingService, progress):
        for done in itertools.count():
            progress.report(done, done + 1)

    monkeypatch.setattr(DisposingService, "over", without_end)
    hands = settings("dsl")
    (row,) = [row for row in hands.rows() if row.text() == "Records to dispose of"]
    row.click()
    hands.until(lambda: hands.opened.pool.works_long, "the looking")
    hands.window.lock_now()
    hands.on("Unlock the desk")  # at rest: nothing keeps the desk open
    unlock(hands, stage, "dsl")
    hands.on("Records to dispose of")
    hands.says("The looking ended when you left this page.")


def test_an_exhibit_that_police_said_to_destroy_goes_by_two(settings, stage):
    stage.sign_in("dsl")
    begin = begun(stage)
    stage.desk.exhibits.take_in(begin.strand, offered(stage), [picture(stage)])
    advised(stage, begin.strand)
    hands = settings("dsl")
    hands.press("Cases")
    hands.open_row(begin.reference)
    hands.on(begin.reference)
    hands.press("Look at one, or say where it went…")
    hands.on("Exhibit DP/1")
    hands.press("Destroy it, as the police advised…")
    hands.on("Destroy exhibit DP/1")
    sound(hands)
    hands.press("We have both read what stands above, and it may go for good")
    sign_both(hands, stage)
    hands.until(lambda: isinstance(hands.page, PaperPanel), "the certificate")
    hands.page.back_requested.emit()
    hands.on("Exhibit DP/1")
    assert not hands.has("Destroy it, as the police advised…")

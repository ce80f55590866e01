"""In the window: who stands in for the DSL, named and ended by the Headteacher; who opened which case."""

from dsl_desk.domain.words import Role
from dsl_desk.ui.papers.panel import PaperPanel
from dsl_desk.ui.settings.access_page import AccessPage
from tests.desks import let_in
from tests.services.test_linking import begun, linked
from tests.ui.settings.conftest import unlock
from tests.ui.settings.test_settings import go, prove, said
from tests.ui.walk import walk_in_each_size


def sound(hands):
    assert walk_in_each_size(hands.window, hands.quiet) == [], hands.title


def test_the_headteacher_names_who_stands_in_and_ends_it(settings, stage):
    let_in(stage, "senior", "Sedge Alder", Role.SENIOR)
    hands = settings("head")
    go(hands, "Standing in for the DSL")
    sound(hands)
    hands.press("Name this person")
    hands.quiet()
    assert hands.errors()[0] == "Choose who stands in"
    hands.choose("Who stands in", "Sedge Alder, Senior member of staff")
    hands.type("To the end of", "tomorrow")
    hands.type("Why", "Both are ill.")
    prove(hands, stage, "head")
    hands.press("Name this person")
    hands.says("Recorded.")
    assert "Sedge Alder stands in for the DSL." in said(hands)
    sound(hands)
    prove(hands, stage, "head")
    hands.press("End it now")
    hands.says("Ended")
    assert "stands in for the DSL" not in said(hands)


def test_the_dsl_reads_who_opened_which_case_and_takes_it_out(settings, stage, tmp_path):
    desk = stage.sign_in("dsl")
    strand = begun(desk, linked())
    desk.access_log.note_opened(strand)
    reference, name = desk.desk.case(strand).ref, desk.desk.me.name
    hands = settings("dsl")
    go(hands, "Who opened which case")
    sound(hands)
    model = hands.page.table.model()
    rows = [[str(model.index(row, at).data() or "") for at in range(4)] for row in range(model.rowCount())]
    assert [(row[2], row[3]) for row in rows] == [(reference, "Opened it"), (reference, "Began it")]
    assert name in rows[0][1]
    hands.choose("Time", "The last 7 days")
    hands.quiet()
    assert hands.page.table.model().rowCount() == 2
    hands.press("Save as a table (CSV)…")
    hands.file(tmp_path)
    hands.says("Saved as access-log.csv.")
    assert reference in (tmp_path / "access-log.csv").read_text(encoding="utf-8-sig")
    hands.press("Print it…")
    hands.until(lambda: isinstance(hands.page, PaperPanel), "the paper")
    hands.page.back_requested.emit()
    hands.until(lambda: isinstance(hands.page, AccessPage), "the log")


def test_a_paper_of_one_person_is_gone_when_another_has_come_in(settings, stage):
    hands = settings("dsl")
    go(hands, "Who opened which case")
    hands.press("Print it…")
    hands.until(lambda: isinstance(hands.page, PaperPanel), "the paper")
    hands.window.lock_now()
    hands.on("Unlock the desk")
    unlock(hands, stage, "head")
    hands.on("What is waiting for me")
    hands.until(lambda: not hands.window.findChildren(PaperPanel), "the end of the paper")


def test_who_may_not_see_the_log_is_told_so(settings):
    hands = settings("deputy")
    (row,) = [row for row in hands.rows() if row.text() == "Who opened which case"]
    row.click()
    hands.says("The access log is for")
    assert hands.title == "Settings"

"""Registers in the real window: a line is recorded, decided, corrected, closed, printed and taken out as a table."""

import pytest

from dsl_desk.ui.registers.presenter import RegistersPresenter
from dsl_desk.ui.widgets import Row
from tests.ui.registers.conftest import unlock
from tests.ui.walk import walk_in_each_size


def go(hands, words):
    """Open the register of these words."""
    (row,) = [row for row in hands.page.findChildren(Row) if row.isVisible() and row.text() == words]
    row.click()
    hands.on(words)


def sound(hands):
    """The page can be used by keyboard and by ear, in a small window and a usual one."""
    assert walk_in_each_size(hands.window, hands.quiet) == [], hands.title


def ask(hands):
    """Fill in a request of the filter."""
    hands.press("Record a filter change…")
    hands.on("Ask for a filter change")
    hands.type("Site or category", "Example video site")
    hands.press("Unblock it for a time", "What is asked for")
    hands.type("From", "today")
    hands.type("Until", "31/12/2099")
    hands.type("Why", "Lessons on volcanoes")
    hands.type("For which users", "Year 5")
    hands.type("Asked for by", "Sam Sample")
    hands.type("Their post", "Teacher")
    hands.type("When they asked", "today")


def test_a_filter_change_goes_its_way_through_the_window(registers, stage, tmp_path):
    hands = registers()
    sound(hands)
    go(hands, "Filter changes")
    sound(hands)
    assert "Nobody has asked" in hands.words()
    hands.press("Record a filter change…")
    hands.on("Ask for a filter change")
    hands.press("Record this entry")
    hands.quiet()
    assert "Enter the site or category" in hands.errors()
    sound(hands)
    hands.press("Filter changes")
    hands.on("Filter changes")

    ask(hands)
    hands.press("Filter changes")
    hands.on("Filter changes")
    hands.press("Record a filter change…")
    hands.on("Ask for a filter change")
    hands.says("You were writing this at")
    hands.press("Record this entry")
    hands.on("Filter changes")
    hands.says("Recorded.")
    hands.press("Record a filter change…")
    hands.on("Ask for a filter change")
    assert hands.page.typed() == {}
    hands.press("Filter changes")
    hands.on("Filter changes")
    sound(hands)
    corrected_and_decided(hands)
    printed_and_taken_out(hands, tmp_path)


def corrected_and_decided(hands):
    hands.open_row("Example video site")
    hands.on("Example video site")
    sound(hands)
    hands.press("Correct…")
    hands.on("Correct it")
    hands.type("Why", "Lessons on rivers")
    hands.type("Why it is corrected", "Wrong lesson")
    hands.press("Record the correction")
    hands.on("Example video site")
    hands.says("Corrected.")
    assert "Why was: Lessons on volcanoes" in hands.words()

    hands.press("Decide…")
    hands.on("Decide the filter change")
    hands.press("Refused", "Decision")
    hands.type("Why", "Another site does as well")
    hands.type("When", "today")
    hands.press("Record this entry")
    hands.on("Example video site")
    hands.press("Close it…")
    hands.on("Close it")
    hands.type("Why it ends", "Refused")
    hands.press("Close it")
    hands.on("Example video site")
    hands.says("Closed.")
    assert not hands.has("Decide…")


def printed_and_taken_out(hands, tmp_path):
    hands.press("Print…")
    hands.until(lambda: type(hands.page).__name__ == "PaperPanel", "the paper")
    hands.press("Example video site")
    hands.on("Example video site")
    hands.press("Filter changes")
    hands.on("Filter changes")

    hands.menu("Save as a table…", "Without names")
    hands.file(tmp_path / "changes.csv")
    hands.says("Saved.")
    assert "Sam Sample" not in (tmp_path / "changes.csv").read_text("utf-8-sig")
    hands.menu("Save as a table…", "With names")
    hands.file(tmp_path / "with names")
    hands.until((tmp_path / "with names.csv").exists, "the table")
    assert "Sam Sample" in (tmp_path / "with names.csv").read_text("utf-8-sig")
    hands.type("Find a line", "nobody at all")
    assert "No line has these words." in hands.words()


def test_what_is_refused_is_said_on_the_page_and_what_was_typed_stays(registers, stage):
    hands = registers()
    go(hands, "Filter changes")
    ask(hands)
    hands.type("Asked for by", stage.cast.person("dsl").name)
    hands.press("Record this entry")
    hands.on("Filter changes")
    hands.open_row("Example video site")
    hands.on("Example video site")
    hands.press("Decide…")
    hands.on("Decide the filter change")
    hands.press("Granted", "Decision")
    hands.type("Why", "I want it")
    hands.type("When", "today")
    hands.press("Record this entry")
    hands.says("does not decide it")
    assert hands.title == "Decide the filter change"
    hands.key("F12")
    hands.on("Unlock the desk")
    unlock(hands, stage, "head")
    hands.on("What is waiting for me")
    hands.press("Registers")
    hands.on("Registers")
    go(hands, "Filter changes")
    assert "Waits for a decision" in hands.words() or hands.page.table.model().rowCount() == 1


@pytest.mark.parametrize("kept", [True, False])
def test_a_table_is_never_written_over_a_file(registers, stage, tmp_path, kept):
    hands = registers()
    go(hands, "Filter changes")
    page, place = hands.page, tmp_path / "there.csv"
    if kept:
        place.write_text("mine")
    presenter: RegistersPresenter = hands.opened.desk.registers
    presenter.save(page, page._seen.kind, place, names=False)
    hands.says("There is a file of that name" if kept else "Saved.")
    assert (place.read_text() == "mine") is kept


def test_a_table_that_is_brought_is_shown_before_it_is_recorded(registers, tmp_path):
    hands = registers()
    go(hands, "Filter changes, counted")
    sound(hands)
    place = tmp_path / "counts.csv"
    place.write_text("Term,Asked for\nAutumn 2026,twelve\n", encoding="utf-8")
    hands.press("Bring a table…")
    hands.file(place)
    hands.says("is missing. Nothing was recorded.")
    heads = "Term,Kept in which system,Asked for,Granted,Refused,For a time,Still unblocked after their day"
    place.write_text(f"{heads},Decided by who asked\nAutumn 2026,Helpdesk,12,9,3,4,0,0\n", encoding="utf-8")
    hands.press("Bring a table…")
    hands.file(place)
    hands.on("Record these lines?")
    sound(hands)
    hands.press("Record 1 line")
    hands.on("Filter changes, counted")
    hands.says("are recorded")
    hands.open_row("Autumn 2026")
    hands.on("Autumn 2026")
    assert "Helpdesk" in hands.words()


def test_home_leads_to_what_falls_due_in_a_register(registers, stage):
    desk = stage.sign_in("dsl")
    now = desk.book.now().local
    desk.registers.record(
        "data-breaches",
        {"known_at": now.isoformat(timespec="minutes"), "what": "A list went astray", "cause": "astray",
         "data": "12 pupils", "contained": "Asked to delete it", "told_by": "Sam Sample"},
    )  # fmt: skip
    hands = registers()
    hands.press("Home")
    hands.on("What is waiting for me")
    (row,) = [row for row in hands.rows() if "Decide whether the ICO is told" in row.text()]
    row.click()
    hands.comes("Data breach, ")
    sound(hands)
    assert "hours are left" in hands.words()


def test_what_is_saved_twice_in_a_hurry_stands_there_once(registers, stage):
    hands = registers()
    go(hands, "Filter changes")
    ask(hands)
    page = hands.page
    page.primary.click()
    page.primary.click()
    hands.on("Filter changes")
    hands.says("Recorded.")
    assert hands.ask(lambda services: len(services.registers.items("filter-changes"))) == 1

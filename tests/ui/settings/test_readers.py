"""In the window: restricted records, a new key compared, a case kept to a few; a federation's DSLs from Home."""

from tests.services.test_linking import begun, linked
from tests.services.test_readers import as_the_head, new_keys_for_the_head, restricted
from tests.ui.settings.test_acting_and_access import sound
from tests.ui.settings.test_settings import go, prove


def test_a_new_key_is_compared_by_what_its_holder_told(settings, stage):
    restricted(stage)
    new_keys_for_the_head(stage)
    told = as_the_head(stage).readers.see().own.replace(" ", "")
    stage.sign_in("dsl")
    name = next(row.name for row in stage.desk.book.school().accounts if row.account == stage.accounts["head"])
    hands = settings("dsl")
    go(hands, "Restricted records")
    sound(hands)
    go(hands, name, f"Compare the new key of {name}")
    sound(hands)
    hands.press("We compared them: they are the same")
    assert hands.errors() == ["Enter the sixteen characters they told you"]
    hands.type("The sixteen characters, as they told you", "1234567812345678")
    hands.press("We compared them: they are the same")
    hands.says("Nothing was changed")
    hands.type("The sixteen characters, as they told you", told)
    hands.press("We compared them: they are the same")
    hands.on("Restricted records")
    hands.says("reads 1 more now")


def test_a_case_is_kept_to_a_few_from_the_list_of_restricted_records(settings, stage):
    strand = restricted(stage)
    reference = stage.desk.book.load(strand).ref
    hands = settings("dsl")
    go(hands, "Restricted records")
    go(hands, reference, f"Who reads {reference}")
    sound(hands)
    page = hands.page
    for box in page.boxes.values():
        box.setChecked(False)
    hands.press("Keep it to these")
    assert hands.page.errors.links[0].text() == "Tick at least one reader"
    page.boxes[stage.accounts["dsl"]].setChecked(True)
    prove(hands, stage, "dsl")
    hands.press("Keep it to these")
    hands.on("Restricted records")
    hands.says("Only these read it from now on")
    (row,) = [row for row in hands.rows() if row.text() == reference]
    assert "One loss away" in row.accessibleName() + row.accessibleDescription()


def test_who_may_read_a_case_is_asked_on_the_case_itself(settings, stage):
    desk = stage.sign_in("dsl")
    strand = begun(desk, linked())
    reference = desk.book.load(strand).ref
    hands = settings("dsl")
    hands.press("Cases")
    hands.open_row(reference)
    hands.on(reference)
    hands.menu("Record something…", "Who may read this case")
    hands.on(f"Who reads {reference}")
    assert "whose post may read such a case" in hands.words()
    sound(hands)
    hands.press("Back")
    hands.on(reference)
    assert hands.opened.desk.halting.strand == strand


def test_who_keeps_a_case_on_the_case_itself_is_back_on_it_or_shut_out_with_it(settings, stage):
    desk = stage.sign_in("dsl")
    strand = begun(desk, linked())
    reference = desk.book.load(strand).ref
    hands = settings("dsl")
    hands.press("Cases")
    hands.open_row(reference)
    for left, title in (("deputy", reference), ("dsl", "Restricted records")):
        hands.on(reference)
        hands.menu("Record something…", "Who may read this case")
        hands.on(f"Who reads {reference}")
        for account, box in hands.page.boxes.items():
            box.setChecked(account != stage.accounts[left])
        prove(hands, stage, "dsl")
        hands.press("Keep it to these")
        hands.on(title)
        hands.says("from now on" if title == reference else "You read it no more")
    assert hands.opened.desk.halting.strand is None
    assert not hands.page.hold_back


def test_home_asks_a_federation_for_its_dsls_and_leads_there(settings, stage):
    stage.sign_in("dsl").set_up.settings({"site": "Acorn Lane; Beech Road"})
    hands = settings("dsl")
    hands.press("Home")
    hands.on("What is waiting for me")
    hands.press("Finish set-up")
    hands.on("Set-up unfinished")
    sound(hands)
    go(hands, "2 sites: say who is DSL at each, or that one person is for all.", "Who holds which post")

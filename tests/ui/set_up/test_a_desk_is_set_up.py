"""One person sets a desk up through the real window, by clicks and keys, and is ready to record."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from dsl_desk.app import Surroundings
from dsl_desk.domain.errors import DiskFullError, KeyringError
from dsl_desk.domain.words import Role
from dsl_desk.rehearsal.play import QUICK
from dsl_desk.rehearsal.stage import MemoryKeyring
from dsl_desk.services.set_up import SetUpService
from dsl_desk.ui.painting import resources
from dsl_desk.ui.set_up.begin_pages import PlacePage, SchoolAndYouPage
from dsl_desk.ui.set_up.school_pages import PostsPage
from dsl_desk.ui.set_up.secret_pages import CodesPage, SecretPage, TypeBackPage
from dsl_desk.ui.widgets import Notice
from tests.ui.opened import Hands
from tests.ui.walk import walk

PASSPHRASE = "harbour pencil quartz meadow"
SECOND = "copper violin saturday bridge"


@pytest.fixture
def hands(qapp, tmp_path, theme):
    around = Surroundings(config=tmp_path / "laptop", keyring=MemoryKeyring(), cost=QUICK)
    hands = Hands(qapp, around)
    hands.folder = tmp_path / "desk"
    yield hands
    hands.close()


def begin(hands):
    hands.on("Welcome to DSL Desk")
    hands.press("Begin a new desk")
    hands.on("Where is the desk kept?")
    assert isinstance(hands.page, PlacePage)
    hands.page.set_folder(hands.folder)
    hands.press("Continue")
    hands.on("Your school, and you")
    hands.type("Name of the school", "Example Vale School")
    hands.type("Your name", "Demo Placeholder")
    hands.press("Designated Safeguarding Lead")
    hands.press("Continue")
    hands.on("Your own passphrase")
    hands.type("Sign-in name", "demo")
    hands.type("Passphrase", PASSPHRASE)
    hands.type("The same again", PASSPHRASE)
    hands.press("Begin the desk")
    hands.on("Copy three recovery codes by hand")
    assert isinstance(hands.page, CodesPage)
    return [words.text() for words in hands.page.code_words]


def test_one_person_sets_up_a_desk_and_lets_the_second_in(hands):  # noqa: PLR0915 - one person's whole first day, in its order
    codes = begin(hands)
    assert len(set(codes)) == 3
    hands.press("I have copied all three")
    hands.on("Type two of them back from paper")
    assert "Go back: they can still be seen" in hands.words()
    hands.press("Back")
    hands.on("Copy three recovery codes by hand")
    assert [words.text() for words in part(hands, CodesPage).code_words] == list(codes)
    hands.press("I have copied all three")
    hands.on("Type two of them back from paper")
    hands.type("First code", codes[0])
    hands.type("Second code", codes[2].replace("-", " ").lower())
    hands.press("Compare")
    hands.on("Which policy does your school follow?")
    hands.press("Secondary school, online safety policy 2021")
    hands.press("Continue")
    hands.on("Who holds which post?")
    assert hands.field("Designated Safeguarding Lead").text() == "Demo Placeholder"
    hands.type("Headteacher", "Testa Sample-Dean")
    hands.press("Continue")
    hands.on("What papers say of the school")
    hands.press("Continue")
    hands.on("Whom do you ring?")
    hands.type("LADO (designated officer)", "01632 960103")
    hands.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    hands.on("Where will you look at devices and sites?")
    hands.press("Another device that pupils do not use")
    hands.press("Continue")
    hands.on("Three papers to lie ready")
    hands.press("Go to Home")
    hands.on("What is waiting for me")
    hands.press("Finish set-up")
    hands.on("Set-up unfinished")
    hands.press("Add a second account; then reviewing opens.")
    hands.on("Add a second person")
    assert hands.has("Testa Sample-Dean, Headteacher"), "whose post is known is offered"
    hands.press("Continue")
    assert hands.errors() == ["Choose who it is"]
    hands.press("Somebody else")
    hands.type("Their name", "Mocka Stand-In")
    hands.press("Deputy DSL")
    hands.press("Continue")
    hands.on("Mocka Stand-In chooses a passphrase")
    hands.type("Sign-in name", "mocka")
    hands.type("Passphrase", SECOND)
    hands.type("The same again", SECOND)
    hands.press("Continue")
    hands.on("Let Mocka Stand-In in")
    assert "Demo Placeholder, take the keyboard back." in hands.words()
    assert "Deputy DSL" in hands.words(), "a wrong post would be seen here"
    hands.type("Your sign-in name", "demo")
    hands.type("Your passphrase", PASSPHRASE)
    hands.type("First recovery code", codes[0])
    hands.type("Second recovery code", codes[1])
    hands.press("Let them in")
    hands.on("What is waiting for me")
    hands.key(Qt.Key.Key_F12)
    hands.on("Unlock the desk")
    hands.unlock("mocka", SECOND)
    hands.on("What is waiting for me")


def test_every_page_of_set_up_can_be_used_by_everybody(hands):
    faults = {}

    def look():
        hands.quiet()
        found = walk(hands.window)
        if found:
            faults[hands.page.title.text()] = found

    hands.on("Welcome to DSL Desk")
    look()
    begin(hands)
    look()
    hands.press("I have copied all three")
    for title, way_on in (
        ("Type two of them back from paper", "Later: mark it unfinished"),
        ("Which policy does your school follow?", ""),
        ("Who holds which post?", "Continue"),
        ("What papers say of the school", "Continue"),
        ("Whom do you ring?", "Continue"),
        ("Where will you look at devices and sites?", ""),
        ("Three papers to lie ready", "Go to Home"),
    ):
        hands.on(title)
        look()
        if not way_on:
            hands.press(
                {
                    "Which policy does your school follow?": "Secondary school, online safety policy 2021",
                    "Where will you look at devices and sites?": "This laptop",
                }[title]
            )
            look()
        hands.press(way_on or "Continue")
    hands.on("What is waiting for me")
    look()
    hands.press("Finish set-up")
    hands.on("Set-up unfinished")
    look()
    for row in ("Hand out the three envelopes.", "Add a second account; then reviewing opens."):
        hands.press(row)
        hands.quiet()
        look()
        hands.press("Back")
        hands.on("Set-up unfinished")
    assert faults == {}


def test_what_is_missing_is_said_at_the_field_and_nothing_is_begun(hands):
    hands.on("Welcome to DSL Desk")
    hands.press("Begin a new desk")
    hands.on("Where is the desk kept?")
    hands.page.set_folder(hands.folder)
    hands.press("Continue")
    hands.on("Your school, and you")
    hands.press("Continue")
    assert hands.errors() == ["Enter the name of the school", "Enter the name", "Choose the post"]
    hands.type("Name of the school", "Example Vale School")
    hands.type("Your name", "Demo Placeholder")
    hands.press("Headteacher")
    hands.press("Continue")
    hands.on("Your own passphrase")
    hands.type("Sign-in name", "demo")
    hands.type("Passphrase", "short")
    hands.press("Begin the desk")
    assert "at least 12" in hands.errors()[0]
    hands.type("Passphrase", PASSPHRASE)
    hands.type("The same again", "another one entirely")
    hands.press("Begin the desk")
    assert hands.errors() == ["The two passphrases are not the same. Type the second one again."]
    assert not hands.folder.exists()


def test_another_folder_is_chosen_by_a_button_never_by_passing_it_with_an_arrow_key(hands):
    hands.on("Welcome to DSL Desk")
    hands.press("Begin a new desk")
    hands.on("Where is the desk kept?")
    page = part(hands, PlacePage)
    page.where.setFocus()
    hands.key(Qt.Key.Key_Down)
    assert page.where.key == "other"
    assert hands.window.findChildren(QFileDialog) == []
    assert "None is chosen yet." in hands.words()
    hands.press("Continue")
    assert hands.errors() == ["Choose the folder, or keep the suggested one"]
    hands.press("Choose the folder…")
    hands.until(lambda: bool(hands.window.findChildren(QFileDialog)), "the chooser")


def test_a_folder_that_cannot_hold_a_desk_is_refused_before_anybody_types_a_passphrase(hands):
    hands.folder.mkdir()
    (hands.folder / "somebody's own").write_text("stays", encoding="utf-8")
    hands.on("Welcome to DSL Desk")
    hands.press("Begin a new desk")
    hands.on("Where is the desk kept?")
    part(hands, PlacePage).set_folder(hands.folder)
    hands.press("Continue")
    hands.until(lambda: bool(hands.errors()), "why")
    assert hands.errors() == ["There is something in this folder already. Choose an empty one for the desk."]
    assert (hands.folder / "somebody's own").read_text(encoding="utf-8") == "stays"


def test_going_back_to_the_first_page_and_forth_again_loses_nothing_but_a_passphrase(hands):
    hands.on("Welcome to DSL Desk")
    hands.press("Begin a new desk")
    hands.on("Where is the desk kept?")
    part(hands, PlacePage).set_folder(hands.folder)
    hands.press("Continue")
    hands.on("Your school, and you")
    hands.type("Name of the school", "Example Vale School")
    hands.type("Your name", "Demo Placeholder")
    hands.press("Deputy DSL")
    hands.press("Continue")
    hands.on("Your own passphrase")
    hands.type("Sign-in name", "demo")
    hands.type("Passphrase", PASSPHRASE)
    for title in ("Your school, and you", "Where is the desk kept?", "Welcome to DSL Desk"):
        hands.press("Back")
        hands.on(title)
    hands.press("Begin a new desk")
    hands.on("Where is the desk kept?")
    assert part(hands, PlacePage).folder == hands.folder
    hands.press("Continue")
    hands.on("Your school, and you")
    typed = part(hands, SchoolAndYouPage)
    assert (typed.school.text(), typed.name.text(), typed.role.key) == (
        "Example Vale School",
        "Demo Placeholder",
        Role.DEPUTY.value,
    )
    hands.press("Continue")
    hands.on("Your own passphrase")
    secret = part(hands, SecretPage)
    assert (secret.name.text(), secret.passphrase.text()) == ("demo", "")


def test_what_was_typed_is_kept_whichever_way_a_page_of_set_up_is_left(hands):
    begin(hands)
    hands.press("I have copied all three")
    hands.on("Type two of them back from paper")
    hands.press("Later: mark it unfinished")
    hands.on("Which policy does your school follow?")
    hands.press("Secondary school, online safety policy 2021")
    hands.press("Continue")
    hands.on("Who holds which post?")
    hands.type("Chair of Governors", "Example Chairwood")
    hands.press("The Headteacher is also the proprietor of the school")
    hands.press("Back")
    hands.on("Which policy does your school follow?")
    before = entries(hands)
    hands.press("Continue")
    hands.on("Who holds which post?")
    page = part(hands, PostsPage)
    assert entries(hands) == before, "what stays as it is makes no entry"
    assert (page.names[Role.CHAIR].text(), page.proprietor.isChecked()) == ("Example Chairwood", True)
    hands.press("Continue")
    hands.on("What papers say of the school")
    hands.type("Police force", "Exampleshire Police")
    hands.press("Continue")
    hands.on("Whom do you ring?")
    hands.press("Back")
    hands.on("What papers say of the school")
    assert hands.field("Police force").text() == "Exampleshire Police"
    hands.press("Continue")
    hands.on("Whom do you ring?")
    hands.press("Continue")
    hands.on("Where will you look at devices and sites?")
    hands.press("Another device that pupils do not use")
    hands.type("Its serial number", "SN-0000")
    hands.press("Later: go to Home")
    hands.on("What is waiting for me")
    kept = asked(hands, lambda services: services.set_up.settings_now(("laptop_serial", "looking_where")))
    assert kept == {"laptop_serial": "SN-0000", "looking_where": "another"}


def test_who_cannot_keep_a_page_of_set_up_may_still_leave_it(hands, monkeypatch):
    begin(hands)
    hands.press("I have copied all three")
    hands.on("Type two of them back from paper")
    hands.press("Later: mark it unfinished")
    hands.on("Which policy does your school follow?")
    hands.press("Secondary school, online safety policy 2021")
    hands.press("Continue")
    hands.on("Who holds which post?")

    def full(*_, **__):
        raise DiskFullError

    monkeypatch.setattr(SetUpService, "posts_by_name", full)
    hands.press("Later: go to Home")
    hands.says("Choose the same again to leave without it.")
    assert hands.page.title.text() == "Who holds which post?"
    hands.press("Later: go to Home")
    hands.on("What is waiting for me")


def entries(hands):
    """How many entries the desk's own strand has."""
    return asked(hands, lambda services: len(services.book.desk.records(services.book.desk.desk_strand)))


def asked(hands, work):
    """What the desk answers, on its own thread."""
    answers: list[object] = []
    left = hands.opened.desk.desks
    hands.opened.pool.start(lambda _: work(left.services()), owner=hands.window, done=answers.append)
    hands.until(lambda: bool(answers), "an answer")
    return answers[0]


def test_wrong_codes_typed_back_are_refused_and_may_wait(hands):
    codes = begin(hands)
    hands.press("I have copied all three")
    hands.on("Type two of them back from paper")
    hands.type("First code", codes[0])
    hands.type("Second code", codes[0])
    hands.press("Compare")
    hands.quiet()
    assert hands.page.title.text() == "Type two of them back from paper"
    hands.press("Later: mark it unfinished")
    hands.on("Which policy does your school follow?")
    hands.press("Later: go to Home")
    hands.on("What is waiting for me")
    left = hands.opened.desk.desks
    hands.opened.pool.start(lambda _: [one.part for one in left.services().set_up.left()], owner=hands, done=hands.told)
    hands.until(lambda: bool(hands.parts), "what is left")
    assert "codes" in hands.parts


def part(hands, kind):
    assert isinstance(hands.page, kind)
    return hands.page


class NoKeyring:
    """A laptop whose key store does not answer."""

    def get(self, name):
        raise KeyringError

    def set(self, name, value):
        raise KeyringError


def test_without_a_key_store_a_longer_passphrase_stands_alone(qapp, tmp_path, theme):
    hands = Hands(qapp, Surroundings(config=tmp_path / "laptop", keyring=NoKeyring(), cost=QUICK))
    try:
        hands.on("Welcome to DSL Desk")
        hands.press("Begin a new desk")
        hands.on("Where is the desk kept?")
        part(hands, PlacePage).set_folder(tmp_path / "desk")
        hands.press("Continue")
        hands.on("Your school, and you")
        hands.type("Name of the school", "Example Vale School")
        hands.type("Your name", "Demo Placeholder")
        hands.press("Headteacher")
        hands.press("Continue")
        hands.on("Your own passphrase")
        assert "The laptop may ask for a password next" in hands.words()
        assert "If you cancel, no desk is begun and nothing is lost" in hands.words()
        hands.type("Sign-in name", "demo")
        hands.type("Passphrase", "twelve chars")
        hands.type("The same again", "twelve chars")
        hands.press("Begin the desk")
        hands.until(part(hands, SecretPage).reduced.isVisible, "the way on")
        assert list((tmp_path / "desk").iterdir()) == []
        hands.quiet()
        assert walk(hands.window) == []
        hands.press("Go on without the laptop’s key store, with a longer passphrase")
        hands.press("Begin the desk")
        assert "at least 24" in hands.errors()[0]
        hands.type("Passphrase", PASSPHRASE)
        hands.type("The same again", PASSPHRASE)
        hands.press("Begin the desk")
        hands.on("Copy three recovery codes by hand")
    finally:
        hands.close()


def test_papers_are_saved_and_never_over_others(hands, tmp_path):
    begin(hands)
    hands.press("I have copied all three")
    hands.on("Type two of them back from paper")
    hands.press("Later: mark it unfinished")
    hands.on("Which policy does your school follow?")
    hands.press("Later: go to Home")
    hands.on("What is waiting for me")
    hands.press("Finish set-up")
    hands.on("Set-up unfinished")
    hands.press("Papers to lie ready")
    hands.on("Three papers to lie ready")
    stick = tmp_path / "stick"
    stick.mkdir()
    for said in ("Saved: halt-card.pdf", "Saved: halt-card-2.pdf"):
        hands.press("Save the papers…")
        chooser = hands.page.findChild(QFileDialog)
        chooser.setDirectory(str(stick))
        chooser.done(QFileDialog.DialogCode.Accepted)
        hands.until(lambda said=said: said in hands.page._notice.words, said)
    assert sorted(path.name for path in stick.iterdir()) == [
        "halt-card-2.pdf", "halt-card.pdf", "if-police-take-this-laptop-2.pdf", "if-police-take-this-laptop.pdf",
        "root-fingerprint-2.pdf", "root-fingerprint.pdf",
    ]  # fmt: skip
    assert all(path.read_bytes().startswith(b"%PDF") for path in stick.iterdir())


def test_whoever_comes_back_to_type_codes_that_nobody_copied_is_told_where_the_way_out_stands(qtbot, theme):
    again = TypeBackPage(None)
    qtbot.addWidget(again)

    told = " ".join(notice.words for notice in again.findChildren(Notice))

    assert "Nobody copied them?" in told
    topic = (resources() / "help" / f"{again.help_topic}.md").read_text(encoding="utf-8")
    assert "## If nobody copied them" in topic

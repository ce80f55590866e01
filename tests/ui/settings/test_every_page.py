"""Every page of the settings can be named, reached, hit and read, at every size of window and words."""

from PySide6.QtWidgets import QAbstractButton

from dsl_desk.ui.widgets import Status, Text
from tests.ui.walk import walk

SIZES = ((1366, 768), (683, 384))
"""As most laptops show it, and the same with words of twice the size."""
MORE_SIZES = ((1280, 640), (910, 512))
LOOKED_AT_MORE = ("Settings", "Whom to ring", "Policy", "Recovery codes", "Replace all three codes")


class Tour:
    """Goes through the settings and notes what it finds on each page."""

    def __init__(self, hands, keep=None):
        self.hands, self.keep, self.faults, self.seen = hands, keep, {}, []

    def look(self, title):
        self.hands.on(title)
        self.seen.append(title)
        for width, height in (*SIZES, *(MORE_SIZES if title in LOOKED_AT_MORE else ())):
            self.hands.window.resize(width, height)
            self.hands.quiet()
            found = walk(self.hands.window)
            if found:
                self.faults[f"{title} at {width} x {height}"] = found
        self.hands.window.resize(*SIZES[0])
        self.hands.quiet()
        if self.keep is not None:
            self.keep(title, self.hands)

    def go(self, words, title):
        self.open(words)
        self.look(title)

    def open(self, words):
        """Press the line or button that begins with these words."""
        found = [
            button
            for button in self.hands.page.findChildren(QAbstractButton)
            if button.isVisible()
            and button.isEnabled()
            and words in (button.text().replace("&", ""), button.accessibleName())
        ]
        assert found, words
        found[0].click()

    def back(self, title):
        self.hands.page.back_requested.emit()
        self.hands.on(title)


def school(tour):
    for words, title in (
        ("School", "School"), ("Whom to ring", "Whom to ring"), ("Who holds which post", "Who holds which post"),
        ("Term dates", "Term dates"),
        ("What was changed", "What was changed"), ("Who opened which case", "Who opened which case"),
        ("Standing in for the DSL", "Standing in for the DSL"),
        ("My passphrase", "My passphrase"), ("Restricted records", "Restricted records"),
        ("Records to dispose of", "Records to dispose of"),
        ("Appearance and lock", "Appearance and lock"), ("Try the two keys", "Try the two keys"),
    ):  # fmt: skip
        tour.go(words, title)
        tour.back("Settings")


def papers(tour):
    tour.go("Papers to lie ready", "Papers to lie ready")
    tour.go("Halt card", "Halt card")
    tour.back("Papers to lie ready")
    tour.back("Settings")


def policy(tour):
    tour.go("Policy", "Policy")
    for section, item in (
        ("In general", None), ("Who is told what", "Any suspected misuse or problem"),
        ("Categories", "Bullying online"),
        ("Steps: Device or site review", "10 · Both declare"), ("The first questions", None),
        ("Words of pages and papers", "Stop page: a picture, or not sure"), ("Contacts", "Emergency"),
        ("How long records are kept", None),
    ):  # fmt: skip
        tour.go(section, section)
        if item:
            tour.go(item, item)
            tour.back(section)
        tour.back("Policy")
    tour.go("Follow another policy", "Which policy does your school follow?")
    tour.back("Policy")
    compared(tour)
    tour.back("Settings")


def compared(tour):
    tour.go("Compare two policies", "Which two policies?")
    tour.hands.press("Lay them side by side")
    assert tour.hands.errors() == ["Choose the second policy"]
    editor = tour.hands.page.second.editor
    editor.set_key(editor.itemData(1))
    tour.hands.press("Lay them side by side")
    assert tour.hands.errors() == ["Choose another one: these two are the same"]
    editor.set_key("primary-2024.toml")
    tour.hands.press("Lay them side by side")
    tour.look("Two policies side by side")
    tour.go("Who is told, and how soon", "Who is told, and how soon")
    words = [text.text() for text in tour.hands.page.findChildren(Text)]
    assert "A concern first goes to" in words
    assert any(status.text() == "Differs" for status in tour.hands.page.findChildren(Status))
    assert "Headteacher" in words
    tour.back("Two policies side by side")
    tour.go("Steps: Device or site review", "Steps: Device or site review")
    assert {s.text() for s in tour.hands.page.findChildren(Status)} == {"Only in the first"}
    tour.back("Two policies side by side")
    tour.back("Which two policies?")
    tour.back("Policy")


def devices(tour):
    tour.go("Devices", "Devices")
    tour.go("Add a device", "Add a device")
    for label, words in (
        ("What you call it", "review tablet 1"), ("Make and model", "Exemplar Tab 8"), ("Serial number", "ET8-0001"),
        ("Where it is kept", "cupboard in room 4"), ("Who holds it", "Testa Sample-Dean"),
    ):  # fmt: skip
        tour.hands.type(label, words)
    tour.hands.press("Save")
    tour.look("Devices")
    tour.go("review tablet 1", "review tablet 1")
    tour.back("Devices")
    tour.back("Settings")


def people(tour):
    tour.go("People and accounts", "People and accounts")
    name = tour.hands.page.rows[next(iter(tour.hands.page.rows))].text()
    tour.go(name, name)
    tour.go("End this account…", f"End the account of {name}")
    tour.back(name)
    tour.go("New keys and passphrase…", f"{name} chooses a passphrase")
    tour.back(name)
    tour.back("People and accounts")
    tour.go("Let somebody in", "Let somebody in")
    tour.back("People and accounts")
    tour.back("Settings")
    tour.go("Recovery codes", "Recovery codes")
    for words, title in (
        ("Type two codes back", "Type two of them back from paper"),
        ("Who keeps the envelopes", "Who keeps the envelopes"),
        ("Replace all three codes", "Who will keep the new envelopes?"),
    ):
        tour.go(words, title)
        if title != "Who will keep the new envelopes?":
            tour.back("Recovery codes")
    tour.hands.press("Continue")
    tour.look("Replace all three codes")
    tour.open("Two recovery codes, from two envelopes")
    tour.look("Replace all three codes")
    tour.back("Who will keep the new envelopes?")
    tour.back("Recovery codes")
    tour.back("Settings")


def laptop(tour):
    tour.go("About this desk", "About this desk")
    tour.go("What it protects, and what it does not", "What it protects, and what it does not")
    tour.back("About this desk")
    tour.go("Licences", "Licences")
    tour.back("About this desk")
    tour.back("Settings")


def test_every_page_of_the_settings_can_be_used_by_everybody(settings):
    tour = Tour(settings())
    tour.look("Settings")
    for part in (school, papers, policy, devices, people, laptop):
        part(tour)
    assert len(set(tour.seen)) > 30
    assert tour.faults == {}

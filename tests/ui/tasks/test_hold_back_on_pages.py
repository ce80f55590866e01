"""While advice is open, who must not be told yet stands on every page about the case (flows section 7)."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import dsl_desk.ui
from dsl_desk.domain.case_words import HoldBack
from dsl_desk.domain.follow_up_entries import HoldBackSet
from dsl_desk.domain.words import Grade
from dsl_desk.ui.case.forms import FORMS
from dsl_desk.ui.case.held import before_act
from dsl_desk.ui.case.presenter import CasePresenter
from dsl_desk.ui.page import Page
from dsl_desk.ui.widgets import Notice
from dsl_desk.window_app.holding import HoldBackOnPages
from tests.ui.tasks.played import settle
from tests.ui.walk import walk

NOT_ABOUT_A_CASE = {"HomePanel", "CasesPanel", "PacksPanel", "HelpPanel"}
"""Pages that may be shown while a case is open and are about none, or about many."""
MOST_KINDS = 14
"""How many kinds of page there are to be walked at least."""
WAITS = ("Parents", "Wait: police agree")


def test_every_page_of_a_case_says_who_must_not_be_told_while_advice_is_open(at, qtbot, qapp):
    pages = Walked(at("looked"), qtbot, qapp)
    pages.held_back()
    for part in pages.played.tasks.parts:
        pages.opens(part, lambda part=part: pages.played.tasks.open_part(pages.strand, part))
    pages.opens("a pack", lambda: pages.played.tasks.open_pack(pages.strand))
    pages.opens("the last entry", lambda: pages.played.tasks.around.open_entry(pages.strand, 3))
    for paper in ("officer", "chronology"):
        pages.opens(paper, lambda paper=paper: pages.played.tasks.around.print(pages.strand, paper))
    for key in FORMS:
        pages.opens(key, lambda key=key: pages.case.open_page(pages.strand, key))
    pages.opens("the case", lambda: pages.case.open(pages.strand))
    assert pages.lacking == []
    assert {
        "CasePanel", "ChronologyPanel", "EntryPanel", "PaperPanel", "PlanPanel", "JudgePanel", "OneExhibitPanel",
        "FormPanel", "RoutePage",
    } <= pages.kinds  # fmt: skip
    assert len(pages.kinds) >= MOST_KINDS, pages.kinds
    assert walk(pages.played.window) == []


def test_of_a_stopped_case_nobody_is_told_before_somebody_has_decided(at, qtbot, qapp):
    pages = Walked(at("named"), qtbot, qapp, waits=("Everybody", "Wait: nothing is decided yet"))
    stopped = pages.played.on_store(qtbot, lambda stage: stage.desk.stop_at_once.stop(None, Grade.POLICE_FIRST))
    pages.strand = stopped.strand
    pages.holding.about(stopped.strand)
    for part in ("chronology", "apply_advice", "questions", "person"):
        pages.opens(part, lambda part=part: pages.played.tasks.open_part(pages.strand, part))
    pages.opens("a pack", lambda: pages.played.tasks.open_pack(pages.strand))
    pages.opens("the case", lambda: pages.case.open(pages.strand))
    assert pages.lacking == []
    assert len(pages.kinds) > 4


def test_leaving_the_case_takes_its_list_along(at, qtbot, qapp):
    pages = Walked(at("named"), qtbot, qapp)
    pages.held_back()
    pages.opens("chronology", lambda: pages.played.tasks.open_part(pages.strand, "chronology"))
    chronology = pages.played.window.page
    assert chronology.hold_back.isVisible()
    pages.holding.about(None)
    home = Page(chronology.kind, "Home", parent=pages.played.window)
    pages.played.window.show_page(home)
    settle(qapp)
    assert home.hold_back is None
    pages.played.window.show_page(chronology)
    assert not chronology.hold_back.isVisible()


def test_before_a_device_goes_back_a_platform_or_a_child_is_asked_the_list_is_read(at, qtbot, qapp):
    pages = Walked(at("named"), qtbot, qapp)
    pages.held_back()
    for key, words in (("released", "device is given back"), ("takedown", "platform"), ("voice", "child is asked")):
        pages.opens(key, lambda key=key: pages.case.open_page(pages.strand, key))
        told = [notice.words for notice in pages.played.window.page.findChildren(Notice) if notice.isVisible()]
        assert any(words in one and "Parents" in one for one in told), told
        assert walk(pages.played.window) == []
    pages.opens("call", lambda: pages.case.open_page(pages.strand, "call"))
    offered = pages.case._offered
    assert offered is not None
    assert before_act("call", offered.seen) == ""


def test_only_pages_of_the_whole_desk_are_excused_from_the_list():
    for module in pkgutil.walk_packages(dsl_desk.ui.__path__, "dsl_desk.ui."):
        import_module(module.name)
    assert {page.__name__ for page in _kinds(Page) if not page.about_case} == NOT_ABOUT_A_CASE


def _kinds(kind: type[Page]) -> set[type[Page]]:
    return {kind, *(below for one in kind.__subclasses__() for below in _kinds(one))}


class Walked:
    """A window over a case; each page that it opens is looked at for the list."""

    def __init__(self, played, qtbot, qapp, waits=WAITS) -> None:
        self.played, self._qtbot, self._qapp, self.waits = played, qtbot, qapp, waits
        self.strand = played.strand
        clock = played.stage.around.clock.now
        self.case = CasePresenter(played.window, played.pool, lambda: played.stage.desk, clock)
        self.holding = HoldBackOnPages(played.window, played.pool, lambda: played.stage.desk.book)
        self.holding.about(played.strand)
        self.lacking: list[str] = []
        self.kinds: set[str] = set()

    def held_back(self) -> None:
        held = HoldBackSet(party="parents", decision=HoldBack.WAIT, until="police agree", reason="advice is open")
        self.played.on_store(self._qtbot, lambda stage: stage.desk.work.hold_back(self.strand, held))

    def opens(self, name, opener) -> None:
        """Open a page, and say where the list is not on it; a part that is not open yet says so on the page before."""
        opener()
        self._qtbot.waitUntil(lambda: not self.played.pool.busy)
        settle(self._qapp)
        self._qtbot.waitUntil(lambda: not self.played.pool.busy)
        settle(self._qapp)
        page = self.played.window.page
        if page is None:
            return
        self.kinds.add(type(page).__name__)
        strip = page.hold_back
        shown = strip is not None and strip.isVisible() and self.waits[0] in [who for who, _, _ in strip._audiences]
        if not shown or self.waits not in [(who, words) for who, words, _ in strip._audiences]:
            self.lacking.append(f"{name}: {type(page).__name__}, {page.title.text()}")

"""Background work ends once, on the window's thread, and never after its page is gone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from shiboken6 import Shiboken

from dsl_desk.domain.errors import ProcedureError
from dsl_desk.ui import jobs
from dsl_desk.ui.jobs import JobPool


@pytest.fixture
def pool(qapp) -> Iterator[JobPool]:
    made = JobPool()
    yield made
    assert made.close()


@pytest.fixture
def page(qapp) -> QObject:
    return QObject()


def endings(told: list[tuple[str, tuple[object, ...], bool]]) -> dict[str, Callable[..., None]]:
    """Callbacks that note what they were told and on which thread."""

    def note(kind: str):
        return lambda *args: told.append((kind, args, threading.current_thread() is threading.main_thread()))

    return {"done": note("done"), "failed": note("failed"), "cancelled": note("cancelled")}


@pytest.mark.parametrize(
    ("work", "kind", "says"),
    [
        (lambda _: 7, "done", "7"),
        (lambda _: (_ for _ in ()).throw(ProcedureError("Say why.")), "failed", "Say why."),
        (lambda _: 1 / 0, "failed", "could not be done"),
    ],
    ids=["succeeds", "is-refused", "has-a-bug"],
)
def test_exactly_one_ending_on_the_window_thread(qtbot, pool, page, work, kind, says):
    told: list[tuple[str, tuple[object, ...], bool]] = []
    pool.start(work, owner=page, **endings(told))
    qtbot.waitUntil(lambda: bool(told))
    qtbot.waitUntil(lambda: not pool.busy)

    assert [(entry[0], entry[2]) for entry in told] == [(kind, True)]
    assert says in str(told[0][1])
    if kind == "failed":
        assert "ZeroDivision" not in str(told[0][1])


def test_cancelled_work_stops_at_its_next_report(qtbot, pool, page):
    told: list[tuple[str, tuple[object, ...], bool]] = []
    begun, go_on = threading.Event(), threading.Event()

    def work(progress):
        begun.set()
        go_on.wait(60)
        progress.report(1, 2)
        return "never"

    job = pool.start(work, owner=page, **endings(told))
    assert begun.wait(60)
    job.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: bool(told))

    assert told[0][0] == "cancelled"


def test_what_is_begun_after_work_was_asked_to_stop_finds_it_gone(qtbot, pool, page):
    """Somebody who unlocks right after another locked: the reading that was cancelled then holds nothing any more."""
    begun, go_on = threading.Event(), threading.Event()
    came: list[tuple[str, bool]] = []

    def work(progress):
        begun.set()
        go_on.wait(60)
        progress.report(1, 2)
        came.append(("went on", True))

    job = pool.start(work, owner=page, long=True)
    assert begun.wait(60)
    job.cancel()
    pool.start(lambda _: came.append(("unlock", pool.works_beneath)), owner=page, urgent=True)
    go_on.set()
    qtbot.waitUntil(lambda: not pool.busy)

    assert came == [("unlock", False)]


def test_work_that_is_asked_to_stop_while_it_let_others_go_first_lets_no_more_of_them_go(qtbot, pool, page):
    begun, go_on, held, let = (threading.Event() for _ in range(4))
    came: list[tuple[str, bool]] = []

    def work(progress):
        begun.set()
        go_on.wait(60)
        progress.report(1, 2)
        came.append(("went on", True))

    def draft(_):
        held.set()
        let.wait(60)
        came.append(("draft", pool.works_beneath))

    job = pool.start(work, owner=page, long=True)
    assert begun.wait(60)
    pool.start(draft, owner=page, urgent=True)
    go_on.set()
    assert held.wait(60)
    job.cancel()
    pool.start(lambda _: came.append(("unlock", pool.works_beneath)), owner=page, urgent=True)
    let.set()
    qtbot.waitUntil(lambda: not pool.busy)

    assert came == [("draft", True), ("unlock", False)]


def test_store_work_stays_on_one_thread_which_is_not_the_window(qtbot, pool, page):
    seen: list[int] = []
    for _ in range(20):
        pool.start(lambda _: threading.get_ident(), owner=page, done=seen.append)
    qtbot.waitUntil(lambda: len(seen) == 20)

    assert len(set(seen)) == 1
    assert threading.get_ident() not in seen


def test_urgent_work_goes_before_all_that_waits(qtbot, pool, page):
    order, hold = list[str](), threading.Event()
    pool.start(lambda _: hold.wait(60), owner=page)
    for name in ("one", "two"):
        pool.start(lambda _, name=name: name, owner=page, done=order.append)
    pool.start(lambda _: "halt", owner=page, done=order.append, urgent=True)
    hold.set()
    qtbot.waitUntil(lambda: len(order) == 3)

    assert order == ["halt", "one", "two"]


def test_progress_arrives_on_the_window_thread(qtbot, pool, page):
    told: list[tuple[int, int, bool]] = []

    def hear(done: int, total: int) -> None:
        told.append((done, total, threading.current_thread() is threading.main_thread()))

    pool.start(lambda progress: progress.report(3, 5_000_000_000), owner=page, progressed=hear)
    qtbot.waitUntil(lambda: bool(told))

    assert told == [(3, 5_000_000_000, True)]


def test_no_ending_reaches_a_page_that_is_gone(qtbot, pool):
    told: list[tuple[str, tuple[object, ...], bool]] = []
    begun, go_on = threading.Event(), threading.Event()
    page = QObject()

    def work(_):
        begun.set()
        go_on.wait(60)
        return 1

    pool.start(work, owner=page, **endings(told))
    assert begun.wait(60)
    page.deleteLater()
    qtbot.waitSignal(page.destroyed).wait()
    go_on.set()
    qtbot.waitUntil(lambda: not pool.busy)

    assert told == []


def test_work_aside_does_not_wait_for_the_store(qtbot, pool, page):
    hold, told = threading.Event(), list[str]()
    pool.start(lambda _: hold.wait(60), owner=page)
    pool.start_aside(lambda _: "beside", owner=page, done=told.append)
    qtbot.waitUntil(lambda: told == ["beside"])
    hold.set()


def test_closing_lets_running_work_end_and_begins_nothing_new(qtbot, page):
    pool, ran, begun, go_on = JobPool(), list[str](), threading.Event(), threading.Event()

    def first(_):
        begun.set()
        go_on.wait(60)
        ran.append("first")

    pool.start(first, owner=page)
    pool.start(lambda _: ran.append("second"), owner=page)
    assert begun.wait(60)
    go_on.set()

    assert pool.close()
    assert ran in (["first"], ["first", "second"])


def test_urgent_work_is_done_between_two_reports_of_what_runs_and_other_work_is_not(qtbot, pool, page):
    order, begun, go_on = list[str](), threading.Event(), threading.Event()

    def taking_in(job):
        begun.set()
        assert go_on.wait(60)
        job.report(1, 2)
        order.append("one file is taken in")

    pool.start(taking_in, owner=page)
    assert begun.wait(60)
    pool.start(lambda _: order.append("a list"), owner=page)
    pool.start(lambda _: order.append("a stop"), owner=page, urgent=True)
    go_on.set()
    qtbot.waitUntil(lambda: not pool.busy)

    assert order == ["a stop", "one file is taken in", "a list"]


def test_a_pack_lets_all_other_work_go_first_and_another_pack_waits(qtbot, pool, page):
    order, begun, go_on = list[str](), threading.Event(), threading.Event()
    listed, stopped = threading.Event(), threading.Event()

    def pack(job):
        begun.set()
        assert go_on.wait(60)
        assert pool.works_long
        for done in range(3):
            job.report(done, 2)
        order.append("the pack")

    def listing(job):
        order.append("a list begins")
        listed.set()
        assert stopped.wait(60)
        job.report(1, 1)
        order.append("a list ends")

    pool.start(pack, owner=page, long=True)
    assert begun.wait(60)
    pool.start(lambda _: order.append("a second pack"), owner=page, long=True)
    pool.start(listing, owner=page)
    go_on.set()
    assert listed.wait(60)
    pool.start(lambda _: order.append("a stop"), owner=page, urgent=True)
    stopped.set()
    qtbot.waitUntil(lambda: not pool.busy)

    assert order == ["a list begins", "a stop", "a list ends", "the pack", "a second pack"]
    assert not pool.works_long


def test_a_report_from_another_thread_does_nothing_for_the_store(qtbot, pool, page):
    seen, begun, go_on = list[int](), threading.Event(), threading.Event()

    def checking(job):
        begun.set()
        assert go_on.wait(60)
        helper = threading.Thread(target=job.report, args=(1, 2))
        helper.start()
        helper.join()
        seen.append(0)

    pool.start(checking, owner=page, long=True)
    assert begun.wait(60)
    pool.start(lambda _: seen.append(threading.get_ident()), owner=page, urgent=True)
    go_on.set()
    qtbot.waitUntil(lambda: not pool.busy)

    assert seen[0] == 0, "the urgent work waited for the store's own thread"


def test_closing_the_window_ends_long_work_and_nothing_else(qtbot, pool, page):
    told: list[tuple[str, tuple[object, ...], bool]] = []
    begun, go_on = threading.Event(), threading.Event()

    def pack(job):
        begun.set()
        assert go_on.wait(60)
        job.report(1, 2)

    pool.start(pack, owner=page, long=True, **endings(told))
    assert begun.wait(60)
    pool.start(lambda _: "never", owner=page, long=True, **endings(told))
    pool.start(lambda _: "kept", owner=page, **endings(told))
    pool.end_long_work()
    go_on.set()
    qtbot.waitUntil(lambda: len(told) == 3)

    assert sorted(kind for kind, _, _ in told) == ["cancelled", "cancelled", "done"]


def test_progress_does_not_flood_the_window(qtbot, pool, page):
    told: list[int] = []
    pool.start(
        lambda job: [job.report(done, 20_000) for done in range(20_001)],
        owner=page,
        progressed=lambda done, _: told.append(done),
    )
    qtbot.waitUntil(lambda: 20_000 in told)

    assert told[0] == 0
    assert len(told) < 500


def test_pages_may_go_at_any_moment_while_work_of_theirs_tells_how_far_it_is(qtbot, pool, monkeypatch):
    monkeypatch.setattr(jobs, "TELL_EVERY_MS", -1)
    ran: list[int] = []
    told: list[object] = []
    rounds = 300

    def work(progress):
        for done in range(20):
            progress.report(done, 20)
        ran.append(1)

    for number in range(rounds):
        page = QObject()
        pool.start(work, owner=page, done=told.append, progressed=lambda *_: told.append("progress"))
        if number % 2:
            qtbot.waitUntil(lambda number=number: len(ran) >= number - 1)
        Shiboken.delete(page)
    qtbot.waitUntil(lambda: not pool.busy)

    assert len(ran) == rounds  # what was begun is done to its end: a draft of a page that has gone is kept

"""Beside its help Home is narrower: what waits takes more lines, and each line is whole."""

from __future__ import annotations

from dsl_desk.services.home import Care, HomeSeen, Waiting, WaitingKind
from dsl_desk.ui.desk.panel import HomePanel
from tests.ui.gallery import window
from tests.ui.pictures import settle

CALL = "Ring 101, or 999 if a child is in danger now, and write down the log number."


def seen() -> HomeSeen:
    halted = Waiting(kind=WaitingKind.HALTED, title="MI-2026-K7Q4 is halted", what=CALL, when="Now", late=True)
    done = Care(done=True, title="Backed up today, 16:40", words="To stick, read back and verified")
    return HomeSeen(
        today="Saturday 21 November 2026", waiting=(halted,) * 4, backup=done, check=done, left=(),
        contacts_missing=(), school="Example Vale School", more=False,
    )  # fmt: skip


def test_beside_its_help_no_line_of_what_waits_is_cut(qapp, theme):
    shell = window(qapp)
    shell.resize(1366, 768)
    shell.show()
    page = HomePanel()
    page.show_home(seen())
    shell.set_place("home")
    shell.show_page(page)
    settle(qapp)
    shell.toggle_help()
    settle(qapp)
    wraps = [row for row in page.waiting.rows if row.heightForWidth(row.width()) > row.heightForWidth(1000)]
    assert wraps == page.waiting.rows
    assert all(row.height() >= row.heightForWidth(row.width()) for row in page.waiting.rows)
    shell.close()

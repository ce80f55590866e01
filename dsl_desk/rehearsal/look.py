"""A finished rehearsal opened in the window, with its made-up people and their passphrases beside the door."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dsl_desk import app
from dsl_desk.app import Surroundings
from dsl_desk.paths import make_private
from dsl_desk.rehearsal.play import LAPTOP, QUICK, take_away
from dsl_desk.rehearsal.programme import Programme, read_programme
from dsl_desk.rehearsal.stage import MemoryKeyring
from dsl_desk.rehearsal.window_play import application
from dsl_desk.services.posts import post_words
from dsl_desk.services.unlock import Typed
from dsl_desk.store.files import write_beside
from dsl_desk.ui.doorway import show_whole
from dsl_desk.ui.unlock.made_up import MadeUp, MadeUpPeople
from dsl_desk.window_app.desks import LAST_DESK
from dsl_desk.window_app.opened import WindowApp
from dsl_desk.window_app.screens import size_for


def look(out: Path) -> int:
    """Open the rehearsed desk in the window and stay until it is closed; returns the exit code.

    Its key store is in memory: the desk is first opened with a passphrase and one of its own recovery codes. Raises
    InputError where no finished rehearsal lies there.
    """
    programme = read_programme(out)
    around = key_in_hand(out, programme)
    program = application()
    opened = WindowApp(program, around)
    show_people(opened, programme)
    show_whole(opened.window, size_for(opened.window))
    try:
        return program.exec()
    finally:
        opened.close()
        take_away(out)


def key_in_hand(out: Path, programme: Programme) -> Surroundings:
    """This login as if it had opened the desk before: its key in memory, the folder remembered."""
    around = Surroundings(config=out / LAPTOP, keyring=MemoryKeyring(), cost=QUICK, rehearsal=True)
    make_private(around.config)
    first = programme.people[0]
    typed = Typed(sign_in_name=first.sign_in_name, passphrase=first.passphrase)
    desk = app.opener(out / "desk", around).unlock(replace(typed, code=programme.recovery_codes[0]))
    desk.close(around.clock.now())
    write_beside(around.config / LAST_DESK, str((out / "desk").absolute()).encode())
    return around


def show_people(opened: WindowApp, programme: Programme) -> None:
    """Put the made-up people, with what each signs in with, beside the door."""
    opened.desk.door.panel.show_beside(MadeUpPeople(made_up(programme)))


def made_up(programme: Programme) -> tuple[MadeUp, ...]:
    """The people as the page beside the door shows them."""
    return tuple(
        MadeUp(
            name=person.name, post=post_words(person.role), sign_in_name=person.sign_in_name,
            passphrase=person.passphrase,
        )
        for person in programme.people
    )  # fmt: skip

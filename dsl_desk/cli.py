"""The command line: rehearse, verify, check, recover, rotate; without any of them the window.

Exit codes: 0 good, 1 the verdict is bad, 2 it could not be judged or done.
Passphrases and codes are asked for at the terminal and never taken as arguments,
which other people on the machine could read.
"""

import argparse
import getpass
import io
import logging
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol, TextIO

from dsl_desk import app
from dsl_desk.clock import SystemClock
from dsl_desk.domain.errors import DamagedError, DslDeskError, InputError, KeyringError, OlderStoreError
from dsl_desk.paths import log_folder
from dsl_desk.privacy import harden_process, log_to_folder, only_safe_logs
from dsl_desk.services import preview_worker
from dsl_desk.services.care import CareService, Checkup
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.halt_switch import HaltSwitch
from dsl_desk.services.school import SchoolRegister
from dsl_desk.services.unlock import Typed, UnlockService
from dsl_desk.store.desk import OpenDesk
from dsl_desk.store.issuing import Secret

GOOD, BAD, NOT_JUDGED = 0, 1, 2
_LOG = logging.getLogger(__name__)
PREVIEW_WORKER = "--preview-worker"

DESCRIPTION = """\
DSL Desk keeps a school’s safeguarding records where technology may have been misused.
It works on this laptop alone and never connects to a network."""

EPILOGUE = """\
Passphrases and recovery codes are asked for when they are needed; never type them after a command.
The command ends with 0 where all is well, 1 where something is wrong, 2 where it could not be judged."""


class Terminal(Protocol):
    """Somebody at a keyboard, or a test that types for them."""

    def say(self, text: str) -> None:
        """Show a line."""
        ...

    def ask(self, question: str) -> str:
        """Ask for a line that may be seen."""
        ...

    def ask_hidden(self, question: str) -> str:
        """Ask for a passphrase or code, unseen."""
        ...


class UnheardError(DslDeskError):
    """What was found could not be shown: nobody reads on at the other end, or the disk there is full."""


class Console:
    """The real terminal; where input comes from a pipe, lines are read from it in turn."""

    def __init__(self, source: TextIO, out: TextIO, questions: TextIO) -> None:
        self._in, self._out, self._questions = source, out, questions
        for stream in (out, questions):
            if isinstance(stream, io.TextIOWrapper):  # what a terminal cannot show is spelled out, and no verdict lost
                stream.reconfigure(errors="backslashreplace")

    def say(self, text: str) -> None:
        """Show a line; raises UnheardError where nobody can read it."""
        try:
            print(text, file=self._out, flush=True)
        except OSError as error:
            with suppress(OSError, ValueError):  # else the rest of it fails once more as the program ends
                os.dup2(os.open(os.devnull, os.O_WRONLY), self._out.fileno())
            raise UnheardError from error

    def ask(self, question: str) -> str:
        """Ask for a line; raises InputError where nobody answers, or what comes is no text."""
        print(question, end=" ", file=self._questions, flush=True)
        try:
            line = self._in.readline()
        except UnicodeDecodeError as error:
            raise InputError("What was typed could not be read as text, so nothing was done.") from error
        if not line:
            raise InputError("Nobody answered the question, so nothing was done.")
        return line.rstrip("\r\n")

    def ask_hidden(self, question: str) -> str:
        """Ask without showing what is typed."""
        if not self._in.isatty():
            return self.ask(question)
        return getpass.getpass(f"{question} ")


class ShownProgress:
    """Progress as a percentage, at most one line for each tenth."""

    def __init__(self, terminal: Terminal, what: str) -> None:
        self._terminal, self._what, self._last = terminal, what, -1

    def report(self, done: int, total: int) -> None:
        """Say how far the work is, sparingly."""
        tenth = done * 10 // total if total > 0 else 10
        if tenth > self._last:
            self._last = tenth
            self._terminal.say(f"  {self._what}: {tenth * 10} %")


def parser() -> argparse.ArgumentParser:
    """What can be typed, in words that a headteacher can follow."""
    top = argparse.ArgumentParser(
        prog="dsl-desk", description=DESCRIPTION, epilog=EPILOGUE, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    top.add_argument("--version", action="version", version=app.PROGRAM, help="say which version this is")
    commands = top.add_subparsers(title="what it can do", metavar="COMMAND", dest="command")

    rehearse = commands.add_parser(
        "rehearse",
        help="play four made-up cases from concern to handover",
        description="Plays made-up cases through the real windows, by the clicks and keys a person would make: a "
        "review that two people sign, a case that is stopped, one that goes to police in the first half hour, one "
        "about the Headteacher. Everything is marked REHEARSAL and lands in the folder you name, with a picture of "
        "each screen; nothing else on this laptop is touched. Where there is a screen you see it play: leave mouse "
        "and keyboard alone meanwhile.",
    )
    rehearse.add_argument("--out", required=True, type=Path, metavar="FOLDER", help="a new or empty folder")
    rehearse.add_argument(
        "--open",
        action="store_true",
        help="then open the rehearsed desk in the window, with its people’s passphrases shown; a folder that holds "
        "a rehearsal already is opened as it is",
    )
    rehearse.add_argument(
        "--no-window", action="store_true", help="play through the services alone, faster and without pictures"
    )
    rehearse.set_defaults(run=_rehearse)

    verify = commands.add_parser(
        "verify",
        help="judge an evidence pack",
        description="Judges an evidence pack by itself; it needs no desk and changes nothing. Says who sealed it and "
        "names every file that was altered, removed, added or swapped.",
    )
    verify.add_argument("pack", type=Path, metavar="PACK", help="the pack’s folder, such as MI-2026-K7Q4-pack-1")
    verify.add_argument(
        "--fingerprint", metavar="HEX", help="the school’s fingerprint, read from paper or asked for by telephone"
    )
    verify.set_defaults(run=_verify)

    check = commands.add_parser(
        "check",
        help="check everything in a desk",
        description="Opens a desk with your passphrase (or codes) and checks every entry, signature and sealed file.",
    )
    check.add_argument("desk", type=Path, metavar="DESK", help="the desk’s folder")
    check.add_argument(
        "--rebuild-index", action="store_true", help="also make the lists and the search anew from the record"
    )
    check.set_defaults(run=_check)

    recover = commands.add_parser(
        "recover",
        help="get back into a desk with recovery codes",
        description="For a lost key store, a new laptop or a forgotten passphrase. Asks for one recovery code and a "
        "passphrase, or for two recovery codes; writes this laptop’s key store anew. Nothing is ever deleted.",
    )
    recover.add_argument("desk", type=Path, metavar="DESK", help="the desk’s folder")
    recover.set_defaults(run=_recover)

    rotate = commands.add_parser(
        "rotate",
        help="give a desk a fresh key",
        description="Gives the desk a fresh volume key, so that an older copy of its key opens nothing new. "
        "Make a backup afterwards.",
    )
    rotate.add_argument("desk", type=Path, metavar="DESK", help="the desk’s folder")
    rotate.set_defaults(run=_rotate)
    return top


def _verify(args: argparse.Namespace, terminal: Terminal) -> int:
    verdict = app.verify(args.pack, args.fingerprint, ShownProgress(terminal, "reading"))
    for line in verdict.lines():
        terminal.say(line)
    return GOOD if verdict.good else BAD


def _rehearse(args: argparse.Namespace, terminal: Terminal) -> int:
    """Play the rehearsal and say where to look; then, if wanted, open its desk."""
    from dsl_desk.rehearsal import whole  # noqa: PLC0415 - brings every layer, wanted here alone

    if not (args.open and whole.is_rehearsed(args.out)):
        terminal.say("Playing four made-up cases. Everything is marked REHEARSAL. This takes a few minutes.")
        stage, words = whole.play(args.out, ShownProgress(terminal, "played"), window=not args.no_window)
        for line in (*words, *stage.told()):
            terminal.say(line)
    if not args.open:
        return GOOD
    if not whole.has_screen():
        terminal.say("There is no screen here, so the desk is not opened in a window. Look into the folder instead.")
        return GOOD
    for line in whole.people_of(args.out):
        terminal.say(line)
    return whole.look(args.out)


def _unlocked(folder: Path, terminal: Terminal) -> OpenDesk:
    """Ask who it is, and open the desk; one code more where this laptop has no key of the desk."""
    opener = app.opener(folder, app.Surroundings())
    name = terminal.ask("Sign-in name (leave empty to use two recovery codes):")
    if not name.strip():
        return _by_codes(opener, terminal)
    passphrase = terminal.ask_hidden("Passphrase:")
    try:
        return opener.unlock(Typed(sign_in_name=name, passphrase=passphrase))
    except KeyringError:
        terminal.say("This laptop’s key store does not hold this desk’s key, so one recovery code is needed as well.")
    code = terminal.ask_hidden("One recovery code:")
    return opener.unlock(Typed(sign_in_name=name, passphrase=passphrase, code=code))


def _by_codes(opener: UnlockService[OpenDesk], terminal: Terminal) -> OpenDesk:
    first = terminal.ask_hidden("First recovery code:")
    return opener.recover(first, terminal.ask_hidden("Second recovery code:"))


def _check(args: argparse.Namespace, terminal: Terminal) -> int:
    """Check everything; a desk that cannot be opened because it is damaged or old is a bad verdict too."""
    try:
        desk = _unlocked(args.desk, terminal)
    except (DamagedError, OlderStoreError) as error:
        terminal.say(f"BAD: {error}")
        return BAD
    clock = SystemClock()
    try:
        # with two codes nobody is signed in by name, so the services that ask who are not built
        care = CareService(CaseBook(desk, clock, SchoolRegister(desk), HaltSwitch()), app.caretaker(desk))
        checkup = care.check(ShownProgress(terminal, "checked"), rebuild_index=args.rebuild_index)
    finally:
        desk.close(clock.now())
    return _told(checkup, terminal)


def _told(checkup: Checkup, terminal: Terminal) -> int:
    report = checkup.report
    for finding in report.findings:
        terminal.say(str(finding))
    if checkup.index_equal is not None:
        terminal.say("The index made anew equals the one kept." if checkup.index_equal else "The index kept was wrong.")
    # said to everybody alike, and nothing is counted: a person who is barred from a case must find no trace of it
    terminal.say("What is not yours to read, if there is any, is neither good nor bad here.")
    terminal.say("GOOD: nothing was found." if checkup.is_good else f"BAD: {len(report.findings)} found.")
    return GOOD if checkup.is_good else BAD


def _recover(args: argparse.Namespace, terminal: Terminal) -> int:
    """Give this login its key of the desk again, or somebody a new passphrase."""
    terminal.say("With your passphrase you need one recovery code; without it, two.")
    opener = app.opener(args.desk, app.Surroundings())
    name = terminal.ask("Sign-in name, if the passphrase is known (else leave empty):")
    if name.strip():
        passphrase = terminal.ask_hidden("Passphrase:")
        code = terminal.ask_hidden("One recovery code:")
        opener.unlock(Typed(sign_in_name=name, passphrase=passphrase, code=code)).close(SystemClock().now())
        terminal.say("The desk opens again on this laptop with the passphrase alone, if the laptop has a key store.")
        return GOOD
    first = terminal.ask_hidden("First recovery code:")
    second = terminal.ask_hidden("Second recovery code:")
    desk = opener.recover(first, second)
    try:
        return _new_passphrase(desk, first, second, terminal)
    finally:
        desk.close(SystemClock().now())


def _new_passphrase(desk: OpenDesk, first: str, second: str, terminal: Terminal) -> int:
    """Two codes are in hand: give one person new keys, or nobody."""
    people = [account for account in desk.accounts() if account.in_force]
    for number, account in enumerate(people, 1):
        terminal.say(f"  {number}  {account.name} ({account.role})")
    chosen = terminal.ask("Whose passphrase is forgotten? Number (leave empty for nobody’s):").strip()
    if not chosen:
        terminal.say("The desk opens again on this laptop, if the laptop has a key store. Nobody’s passphrase changed.")
        return GOOD
    if not chosen.isdecimal() or not 1 <= int(chosen) <= len(people):
        raise InputError("That number is not in the list. Nobody’s passphrase was changed.")
    name = terminal.ask("New sign-in name:")
    passphrase = terminal.ask_hidden("New passphrase:")
    if passphrase != terminal.ask_hidden("The same again:"):
        raise InputError("The two were not the same. Nobody’s passphrase was changed.")
    new = Secret(sign_in_name=name, passphrase=passphrase)
    app.forgotten_passphrase(desk, people[int(chosen) - 1].account, new, (first, second), SystemClock())
    terminal.say("Done. The old passphrase opens nothing any more. Make a backup.")
    return GOOD


def _rotate(args: argparse.Namespace, terminal: Terminal) -> int:
    """Give the desk a fresh key."""
    desk = _unlocked(args.desk, terminal)
    try:
        desk.rotate()
    finally:
        desk.close(SystemClock().now())
    terminal.say("The desk has a fresh key. Make a backup now: older ones open with older keys only.")
    return GOOD


def main(arguments: Sequence[str] | None = None, terminal: Terminal | None = None) -> int:
    """Do what was typed; returns the exit code."""
    typed = list(sys.argv[1:] if arguments is None else arguments)
    if typed[:1] == [PREVIEW_WORKER]:
        return preview_worker.main()
    harden_process()
    only_safe_logs(log_to_folder(log_folder()))
    console = terminal or Console(sys.stdin, sys.stdout, sys.stderr)
    wanted = parser().parse_args(typed)
    if wanted.command is None:
        return _calmly(_window, console)
    return _calmly(lambda: wanted.run(wanted, console), console)


def _window() -> int:
    """Open the window; Qt is brought only here, for no other command needs a screen."""
    from dsl_desk.window_app import open_window  # noqa: PLC0415 - Qt is wanted here alone

    return open_window()


def _calmly(work: Callable[[], int], console: Terminal) -> int:
    """Run it; whatever goes wrong ends in a plain sentence, and only a fault of ours leaves its name in the log."""
    try:
        return work()
    except UnheardError:
        return NOT_JUDGED  # a verdict that nobody heard is neither good nor bad
    except DslDeskError as error:
        _say_last(console, str(error))
    except (KeyboardInterrupt, EOFError):
        _say_last(console, "Stopped as you asked. Nothing half-finished was kept.")
    except Exception as error:  # noqa: BLE001 - the outermost place: a bug may end the program, never in a traceback
        name = type(error).__name__
        _LOG.error("A command failed: %s", name)
        words = f"This could not be done, and that is a fault of the program (code {name}). Nothing was removed."
        _say_last(console, words)
    return NOT_JUDGED


def _say_last(console: Terminal, words: str) -> None:
    """Say it, if anybody reads it."""
    with suppress(UnheardError):
        console.say(words)

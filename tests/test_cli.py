"""What can be typed at the command line, and what comes back."""

import io
import logging
import subprocess
import sys
from pathlib import Path

import pytest

from dsl_desk import app, cli
from dsl_desk.cli import BAD, GOOD, NOT_JUDGED, Console, main
from dsl_desk.domain.errors import InputError
from dsl_desk.rehearsal.play import QUICK
from dsl_desk.rehearsal.stage import MemoryKeyring
from tests.desks import set_up_once, stage

__all__ = ["set_up_once", "stage"]


class Keyboard:
    """Types prepared answers, and keeps what was said; a passphrase is never among it."""

    def __init__(self, *answers):
        self.answers, self.said, self.hidden = list(answers), [], 0

    def say(self, text):
        self.said.append(text)

    def ask(self, question):
        return self.answers.pop(0)

    def ask_hidden(self, question):
        self.hidden += 1
        return self.answers.pop(0)

    @property
    def text(self):
        return "\n".join(self.said)


@pytest.fixture(autouse=True)
def nothing_of_this_login(monkeypatch, tmp_path):
    """No real key store, no real configuration folder, no real log."""
    surroundings = app.Surroundings(config=tmp_path / "login", keyring=MemoryKeyring(), cost=QUICK)
    monkeypatch.setattr(app, "Surroundings", lambda: surroundings)
    monkeypatch.setattr(cli, "log_folder", lambda: tmp_path / "log")
    monkeypatch.setattr(cli, "harden_process", lambda: None)
    monkeypatch.setattr(cli, "log_to_folder", lambda _folder: logging.NullHandler())
    monkeypatch.setattr(cli, "only_safe_logs", lambda _handler: None)


@pytest.fixture
def played(stage):
    """A set-up desk, locked."""
    stage.sign_in("dsl")
    stage.lock()
    return stage


def words(stage, name):
    secret = stage.cast.secret(name)
    return secret.sign_in_name, secret.passphrase


def test_without_a_subcommand_the_window_opens(monkeypatch):
    opened: list[int] = []

    def window():
        opened.append(1)
        return GOOD

    monkeypatch.setattr("dsl_desk.window_app.open_window", window)
    assert main([], Keyboard()) == GOOD
    assert opened


def test_help_can_be_followed(capsys):
    for words_typed in (["--help"], ["verify", "--help"], ["check", "--help"], ["recover", "--help"]):
        with pytest.raises(SystemExit) as ended:
            main(words_typed)
        assert ended.value.code == 0
    told = capsys.readouterr().out
    assert "never type them after a command" in told
    assert "fingerprint" in told


def test_check_asks_for_a_code_where_this_laptop_has_no_key_and_says_good(played):
    name, passphrase = words(played, "dsl")
    keyboard = Keyboard(name, passphrase, played.codes[0])

    assert main(["check", str(played.desk_folder), "--rebuild-index"], keyboard) == GOOD
    assert keyboard.hidden == 2
    assert "GOOD" in keyboard.text
    assert "equals the one kept" in keyboard.text
    assert passphrase not in keyboard.text


def test_check_opens_with_two_codes(played):
    keyboard = Keyboard("", played.codes[0], played.codes[2])
    assert main(["check", str(played.desk_folder)], keyboard) == GOOD


def test_a_wrong_passphrase_could_not_be_judged(played):
    keyboard = Keyboard("demo", "quite the wrong passphrase", played.codes[0])
    assert main(["check", str(played.desk_folder)], keyboard) == NOT_JUDGED
    assert "do not fit together" in keyboard.text


def test_a_desk_that_was_cut_is_a_bad_verdict_and_nothing_is_changed(played):
    records = played.desk_folder / "desk.db"
    cut = records.read_bytes()[:100]
    records.write_bytes(cut)
    name, passphrase = words(played, "dsl")

    assert main(["check", str(played.desk_folder)], Keyboard(name, passphrase, played.codes[0])) == BAD
    assert records.read_bytes() == cut


def test_a_folder_that_is_no_desk_could_not_be_judged(tmp_path):
    assert main(["check", str(tmp_path / "none")], Keyboard("a", "b")) == NOT_JUDGED


@pytest.mark.parametrize("command", ["verify", "check", "recover", "rotate", "rehearse"])
@pytest.mark.parametrize("name", ["a" * 300, "a/" * 3000, "no\0name"], ids=["name", "path", "nul"])
def test_a_name_no_folder_can_have_is_no_fault_of_the_program(tmp_path, command, name):
    typed = [command, *(["--open", "--no-window", "--out"] if command == "rehearse" else []), f"{tmp_path}/{name}"]
    keyboard = Keyboard("somebody", "a passphrase", "a code", "x")
    assert main(typed, keyboard) == NOT_JUDGED
    assert "fault of the program" not in keyboard.text
    assert "A file of the desk" not in keyboard.text


@pytest.mark.parametrize("command", ["check", "recover", "rotate"])
def test_a_folder_of_somebodys_own_is_left_as_it_is(tmp_path, command):
    own = tmp_path / "own"
    own.mkdir()
    own.chmod(0o755)
    (own / "letter.txt").write_text("mine")
    keyboard = Keyboard("somebody", "a passphrase", "a code")
    assert main([command, str(own)], keyboard) == NOT_JUDGED
    assert "There is no desk in this folder" in keyboard.text
    assert [one.name for one in own.iterdir()] == ["letter.txt"]
    assert sys.platform == "win32" or own.stat().st_mode & 0o777 == 0o755


def test_rotate_and_recover(played):
    name, passphrase = words(played, "deputy")
    assert main(["rotate", str(played.desk_folder)], Keyboard(name, passphrase, played.codes[1])) == GOOD
    assert main(["recover", str(played.desk_folder)], Keyboard(name, passphrase, played.codes[1])) == GOOD
    assert main(["check", str(played.desk_folder)], Keyboard(name, passphrase)) == GOOD  # the key store holds it again


def test_a_forgotten_passphrase_is_replaced_with_two_codes(played):
    typed = ("", played.codes[0], played.codes[1], "1", "demo", "a fresh made up passphrase")
    wrong = Keyboard(*typed, "another made up passphrase")
    assert main(["recover", str(played.desk_folder)], wrong) == NOT_JUDGED
    assert "Nobody’s passphrase was changed" in wrong.text

    assert main(["recover", str(played.desk_folder)], Keyboard(*typed, "a fresh made up passphrase")) == GOOD
    assert main(["check", str(played.desk_folder)], Keyboard("demo", "a fresh made up passphrase")) == GOOD
    assert main(["recover", str(played.desk_folder)], Keyboard("", *played.codes[:2], "")) == GOOD
    assert main(["recover", str(played.desk_folder)], Keyboard("", *played.codes[:2], "99")) == NOT_JUDGED


def test_verify_without_a_pack_could_not_be_judged_and_rehearse_keeps_what_is_there(tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    assert main(["verify", str(tmp_path / "full")], Keyboard()) == NOT_JUDGED
    keyboard = Keyboard()
    assert main(["rehearse", "--out", str(tmp_path / "full")], keyboard) == NOT_JUDGED
    assert (tmp_path / "full" / "mine.txt").read_text() == "mine"


def test_a_fault_of_the_program_ends_in_a_calm_sentence_without_its_text(monkeypatch):
    def fault(_folder, _around):
        raise RuntimeError("Pip Madeup")

    monkeypatch.setattr(app, "opener", fault)
    keyboard = Keyboard()
    assert main(["check", "x"], keyboard) == NOT_JUDGED
    assert "RuntimeError" in keyboard.text
    assert "Pip" not in keyboard.text


def test_stopping_is_no_fault(monkeypatch):
    def stop(_folder, _around):
        raise KeyboardInterrupt

    monkeypatch.setattr(app, "opener", stop)
    assert main(["check", "x"], Keyboard()) == NOT_JUDGED


def test_a_name_that_a_terminal_cannot_show_is_spelled_out_and_loses_no_verdict():
    """On Windows a verdict sent into a file is written in an old code page, which has no ŷ."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    console = Console(io.StringIO(), out, out)
    console.say("Sealed by Tŷ Enghraifft")
    assert out.buffer.getvalue().decode("cp1252").strip() == "Sealed by T\\u0177 Enghraifft"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full is Linux's")
def test_what_nobody_can_read_is_no_verdict():
    """1 says that a pack is bad; a verdict that could not be shown is neither good nor bad."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "dsl_desk", "verify", "no pack"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (NOT_JUDGED, b"")


def test_bytes_that_are_no_text_are_refused_in_words():
    source = io.TextIOWrapper(io.BytesIO(b"caf\xe9\n"), encoding="utf-8")
    with pytest.raises(InputError, match="could not be read"):
        Console(source, io.StringIO(), io.StringIO()).ask("Name:")


def test_lines_from_a_pipe_are_read_in_turn_and_an_end_is_told(tmp_path):
    with (tmp_path / "typed").open("w+", encoding="utf-8") as typed, (tmp_path / "out").open("w") as out:
        typed.write("demo\nsecret\n")
        typed.seek(0)
        console = Console(typed, out, out)
        assert (console.ask("Name?"), console.ask_hidden("Passphrase?")) == ("demo", "secret")
        with pytest.raises(Exception, match="Nobody answered"):
            console.ask("More?")


def test_the_preview_worker_answers_over_pipes():
    done = subprocess.run(
        [sys.executable, "-m", "dsl_desk", cli.PREVIEW_WORKER], input=b"no picture", capture_output=True, check=False
    )
    assert done.returncode == 3
    assert done.stdout == b""

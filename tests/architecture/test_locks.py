"""What gets installed is what was recorded: hashed, without an index's address, for every system we name."""

from __future__ import annotations

import importlib.util
import os
import re
import sys
import tomllib

import pytest

from tests.architecture.sources import ROOT

sys.path.insert(0, str(ROOT / "installer"))

import bootstrap
import steps
import system_packages

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-build.lock")


def text(lock: str) -> str:
    return (ROOT / "installer" / lock).read_text(encoding="utf-8")


def names(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", text(lock), re.MULTILINE))


def asked_for(requirements: list[str]) -> set[str]:
    return {re.split(r"[=<>]", one)[0].lower() for one in requirements}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_and_hashed_and_no_address_is_written(lock):
    blocks = re.split(r"^(?=[a-z])", text(lock), flags=re.MULTILINE)[1:]
    assert len(blocks) == len(names(lock)) > 3
    assert [block for block in blocks if not re.search(r"--hash=sha256:[0-9a-f]{64}", block)] == []
    assert "://" not in text(lock)


@pytest.mark.parametrize(
    ("lock", "requirements"),
    [
        ("requirements.lock", PROJECT["project"]["dependencies"]),
        ("requirements-dev.lock", PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]),
        ("requirements-build.lock", PROJECT["dependency-groups"]["build"]),
    ],
    ids=LOCKS,
)
def test_everything_the_project_asks_for_is_locked(lock, requirements):
    assert asked_for(requirements) - set(names(lock)) == set()


def test_what_is_tested_is_what_runs():
    run, dev = names("requirements.lock"), names("requirements-dev.lock")
    assert {name: dev.get(name) for name in run} == run
    assert (run["pyside6-essentials"], run["pyside6-addons"], run["sqlcipher3"]) == ("6.11.3", "6.11.3", "0.6.4")


@pytest.mark.parametrize(
    ("package", "marker"),
    [("pywin32-ctypes", "sys_platform == 'win32'"), ("secretstorage", "sys_platform == 'linux'")],
)
def test_what_one_system_needs_is_marked(package, marker):
    assert re.search(rf"^{package}==\S+ ; {re.escape(marker)}", text("requirements.lock"), re.MULTILINE)


def test_bootstrap_says_what_it_installs_here():
    said = bootstrap.names_in(bootstrap.LOCKS["run"])
    assert "sqlcipher3 0.6.4" in said
    assert [one for one in said if one.startswith("pywin32-ctypes ")] == []


def test_a_changed_lock_is_installed_again(tmp_path, monkeypatch):
    before = bootstrap.digest("run")
    changed = tmp_path / "requirements.lock"
    changed.write_text(text("requirements.lock") + "# changed\n", encoding="utf-8")
    monkeypatch.setitem(bootstrap.LOCKS, "run", changed)
    assert bootstrap.digest("run") != before


def test_a_rehearsal_never_goes_into_a_folder_that_is_there(tmp_path, monkeypatch):
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    assert tmp_path / "rehearsal" == bootstrap.free_folder()
    (tmp_path / "rehearsal").mkdir()
    (tmp_path / "rehearsal-2").mkdir()
    assert tmp_path / "rehearsal-3" == bootstrap.free_folder()


def test_a_step_that_fails_hands_its_exit_code_on(capfd):
    assert steps.step("A step", sys.executable, "-c", "raise SystemExit(7)") == 7
    assert "FAILED with exit code 7" in capfd.readouterr().out


def test_a_step_beside_others_is_told_at_its_end_and_hands_its_exit_code_on(capfd, tmp_path):
    words = "print('Halfway.'); raise SystemExit(5)"
    beside = steps.Beside("A long step", tmp_path / "said", sys.executable, "-c", words)
    assert steps.checked(("First", [sys.executable, "-c", "pass"])) == 0
    assert beside.ended() == 5
    beside.stop()
    said = capfd.readouterr().out
    assert said.index("-- First: done") < said.index(
        "== A long step\nHalfway.\n-- A long step: FAILED with exit code 5"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="there its end is waited for")
def test_a_step_beside_others_takes_all_it_began_with_it_when_it_is_stopped(tmp_path):
    os.mkfifo(tmp_path / "held")
    for_ever = f"held = open({str(tmp_path / 'held')!r}, 'w'); import threading; threading.Event().wait()"
    words = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {for_ever!r}])"
    beside = steps.Beside("A step without end", tmp_path / "said", sys.executable, "-c", words)
    with (tmp_path / "held").open() as held:  # opened once the inner one has it
        beside.stop()
        assert held.read() == ""  # it ends where nobody holds the other end any more


@pytest.mark.parametrize("must", [True, False])
def test_without_the_right_to_install_the_exact_command_is_said(must, monkeypatch, capsys):
    monkeypatch.setattr(system_packages, "is_debian", lambda: True)
    monkeypatch.setattr(system_packages, "may_install", lambda: False)
    monkeypatch.setattr(system_packages, "missing", list)
    command = "sudo apt-get install --yes --no-install-recommends openssl p7zip-full"
    wanted = (("openssl",), ("p7zip-full", "7zip"))

    if must:
        with pytest.raises(bootstrap.SetUpError, match=command):
            bootstrap.system(wanted, must=True)
    else:
        bootstrap.system(wanted, must=False)
        assert command in capsys.readouterr().out


def test_a_python_that_cannot_make_an_environment_is_told_which_package_it_lacks(monkeypatch, tmp_path):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / "none")
    monkeypatch.setattr(system_packages, "is_debian", lambda: True)
    monkeypatch.setattr(system_packages, "may_install", lambda: False)
    monkeypatch.setattr(system_packages, "missing", list)

    with pytest.raises(bootstrap.SetUpError, match=rf"python3\.{sys.version_info[1]}-venv"):
        bootstrap.set_up("run", (), must=False)

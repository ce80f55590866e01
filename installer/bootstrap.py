#!/usr/bin/env python3
"""Set DSL Desk up from a checkout and play it, test it or time it. Standard library only.

    python3 installer/bootstrap.py run                    set up, play the rehearsal, open its desk in the window
    python3 installer/bootstrap.py rehearse --out FOLDER  play the rehearsal into a folder of your choice
    python3 installer/bootstrap.py test                   every check of the project, then the rehearsal
    python3 installer/bootstrap.py bench [--out FILE]     the timings

Works with Python 3.11, 3.12 or 3.13. Everything goes into `.venv` beside the README; nothing is installed
elsewhere, except the system packages named on the screen where this is run as root on Debian or Ubuntu.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import system_packages
from steps import ROOT, Beside, checked, say, step

INSTALLER = ROOT / "installer"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "dsl-desk-installed.json"
BUILD_LOCK = INSTALLER / "requirements-build.lock"
LOCKS = {"run": INSTALLER / "requirements.lock", "dev": INSTALLER / "requirements-dev.lock"}
OLDEST, NEWEST = (3, 11), (3, 13)
SOURCE_ONLY = "bagit"
TRACED = ROOT / "tests" / "architecture" / "coverage_tests.txt"


class SetUpError(Exception):
    """The text says what is missing and what to type."""


def main() -> int:
    """Do what the command line asks; the exit code is that of the step that failed."""
    wanted = parsed()
    use_a_python_that_fits()
    try:
        if wanted.work == "test":
            set_up("dev", system_packages.WINDOW + system_packages.TESTS, must=True)
            return test(wanted.rehearsal)
        if wanted.work == "bench":
            set_up("dev", system_packages.TESTS, must=False)
            return step(
                "The timings", PYTHON, "-m", "tests.bench.run", *(["--out", str(wanted.out)] if wanted.out else [])
            )
        set_up("run", system_packages.WINDOW, must=False)
        return rehearse(wanted.out or free_folder(), then_open=wanted.work == "run" and not wanted.no_window)
    except SetUpError as missing:
        print(f"\n{missing}", file=sys.stderr)
        return 1


def parsed() -> argparse.Namespace:
    """The command line; relative paths count from where it was typed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    work = parser.add_subparsers(dest="work", required=True, metavar="run | rehearse | test | bench")
    told = {
        "run": "set up, play the rehearsal, then open its desk in the window where there is a screen",
        "rehearse": "set up and play the rehearsal, and open nothing",
    }
    for name, words in told.items():
        one = work.add_parser(name, help=words, description=words[0].upper() + words[1:] + ".")
        one.add_argument("--out", type=Path, help="an empty or new folder (default: rehearsal/ beside the README)")
        if name == "run":
            one.add_argument("--no-window", action="store_true", help="play it, and do not open its desk afterwards")
    one = work.add_parser("test", help="every check of the project")
    one.add_argument("--rehearsal", type=Path, help="keep the rehearsal of the checks in this new folder")
    one = work.add_parser("bench", help="the timings")
    one.add_argument("--out", type=Path, help="write the rows as JSON to this file too")
    wanted = parser.parse_args()
    for name in ("out", "rehearsal"):
        if getattr(wanted, name, None) is not None:
            setattr(wanted, name, getattr(wanted, name).resolve())
    return wanted


def use_a_python_that_fits() -> None:
    """Go on with this Python, or start anew with one on the path that fits."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        other = shutil.which(f"python3.{minor}")
        if other:
            sys.exit(subprocess.run([other, *sys.argv], check=False).returncode)
    sys.exit("DSL Desk needs Python 3.11, 3.12 or 3.13. Install one of them and try again.")


def set_up(lock: str, packages: tuple[tuple[str, ...], ...], *, must: bool) -> None:
    """System packages, `.venv`, the locked packages, and DSL Desk itself; each is said before it is done."""
    if importlib.util.find_spec("ensurepip") is None and not PYTHON.exists():
        packages = ((f"python3.{sys.version_info[1]}-venv",), *packages)
    system(packages, must=must)
    if importlib.util.find_spec("ensurepip") is None and not PYTHON.exists():
        raise SetUpError(
            "This Python cannot make a virtual environment (ensurepip is missing). Install it and try again."
        )
    if not fits(PYTHON):
        say(f"Making {VENV.relative_to(ROOT)} with Python {sys.version_info[0]}.{sys.version_info[1]}")
        run_or_stop([sys.executable, "-m", "venv", "--clear", str(VENV)])
    if digest(lock) not in stamped():
        install_locked(lock)


def fits(python: Path) -> bool:
    """Whether there is an environment already whose Python runs and is one of ours."""
    if not python.exists():
        return False
    asked = subprocess.run(
        [str(python), "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, check=False
    )
    return asked.returncode == 0 and OLDEST <= tuple(int(part) for part in asked.stdout.split()) <= NEWEST


def system(packages: tuple[tuple[str, ...], ...], *, must: bool) -> None:
    """Install what is missing of the system packages as root on Debian or Ubuntu, else say what to type."""
    if not system_packages.is_debian():
        return
    lacking = system_packages.missing(packages)
    if not lacking:
        return
    names = " ".join(package[0] for package in lacking)
    if system_packages.may_install():
        say(f"Installing these system packages with apt-get: {names}")
        if not system_packages.install(lacking) and must:
            raise SetUpError(f"apt-get could not install: {names}")
        return
    told = f"These system packages are missing. Type:\n  {system_packages.command(lacking)}"
    if must or lacking[0][0].endswith("-venv"):
        raise SetUpError(told)
    say(f"{told}\nGoing on without them: the rehearsal may then have to play without its window and its pictures.")


def install_locked(lock: str) -> None:
    """The packages of the lock, each checked against its hash, then this checkout itself."""
    path = LOCKS[lock]
    say(f"Installing into {VENV.relative_to(ROOT)}, each file checked against the hash in {path.relative_to(ROOT)}:")
    print(
        textwrap.fill(
            ", ".join([*names_in(BUILD_LOCK), *names_in(path)]), 110, initial_indent="  ", subsequent_indent="  "
        )
    )
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
    hashed = [*pip, "--require-hashes", "--no-deps", "--only-binary", ":all:"]
    run_or_stop([*hashed, "--requirement", str(BUILD_LOCK)])
    run_or_stop([*hashed, "--no-binary", SOURCE_ONLY, "--no-build-isolation", "--requirement", str(path)])
    run_or_stop([*pip, "--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT)])
    known = stamped() | {digest(name) for name in (("run", "dev") if lock == "dev" else ("run",))}
    STAMP.write_text(json.dumps(sorted(known)), encoding="utf-8")


def names_in(lock: Path) -> list[str]:
    """`name version` of each package in a lock that this system would take."""
    other = f"sys_platform == '{'linux' if os.name == 'nt' else 'win32'}'"
    lines = lock.read_text(encoding="utf-8").splitlines()
    return [line.split(" ")[0].replace("==", " ") for line in lines if line[:1].isalpha() and other not in line]


def digest(lock: str) -> str:
    """What tells this set of packages, and this project file, from every other."""
    whole = hashlib.sha256(str(ROOT).encode())
    for path in (BUILD_LOCK, LOCKS[lock], ROOT / "pyproject.toml"):
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return f"{lock}:{whole.hexdigest()}"


def stamped() -> set[str]:
    """The digests of what was installed into this environment before."""
    try:
        return {str(one) for one in json.loads(STAMP.read_text(encoding="utf-8"))}
    except (OSError, ValueError):
        return set()


def free_folder() -> Path:
    """`rehearsal`, or `rehearsal-2` and so on where that is there already."""
    number, folder = 1, ROOT / "rehearsal"
    while folder.exists():
        number += 1
        folder = ROOT / f"rehearsal-{number}"
    return folder


def rehearse(folder: Path, *, then_open: bool) -> int:
    """Play the rehearsal, say where to look, and open its desk in the window where there is a screen."""
    code = step("The rehearsal", PYTHON, "-m", "dsl_desk", "rehearse", "--out", folder)
    if code != 0:
        return code
    print(
        f"\nThe rehearsal is finished. Look into {folder}: screens/ for a picture of each page, papers/ to read, "
        "handover/ for the packs, rehearsal.json for who signs in with what."
    )
    again = f"{PYTHON.relative_to(ROOT)} -m dsl_desk rehearse --out {folder} --open"
    if not then_open:
        return 0
    if not has_screen():
        print(f"There is no screen here. On a machine with one, this opens its desk in the window:\n  {again}")
        return 0
    print(f"To open its desk once more, later:  {again}")
    print(f"To begin a desk of your own:        {PYTHON.relative_to(ROOT)} -m dsl_desk")
    return step("Its desk, in the window", PYTHON, "-m", "dsl_desk", "rehearse", "--out", folder, "--open")


def has_screen() -> bool:
    """Whether a window can be seen here."""
    return os.name == "nt" or sys.platform == "darwin" or any(os.environ.get(n) for n in ("DISPLAY", "WAYLAND_DISPLAY"))


def test(keep: Path | None) -> int:
    """Every check in turn; the first that fails ends it with its own exit code.

    The rehearsal plays in one process, and the types are read in one: it plays beside them and beside the first part
    of the tests, so that a second processor has work too.
    """
    code = checked(
        ("Lint", [PYTHON, "-m", "ruff", "check", "."]), ("Layout", [PYTHON, "-m", "ruff", "format", "--check", "."])
    )
    if code != 0:
        return code
    with tempfile.TemporaryDirectory(prefix="dsl-desk-test-", ignore_cleanup_errors=True) as temporary:
        base = Path(temporary)
        played, data = base / "played", base / "coverage.data"
        rehearsal = Beside(
            "The rehearsal", base / "rehearsal.out", PYTHON, "-m", "tests.played", played, keep or played / "rehearsal"
        )
        try:
            return (
                checked(("Types", [PYTHON, "-m", "mypy"]), ("Layers", [PYTHON.with_name("lint-imports")]))
                or tested_with_coverage(data)
                or rehearsal.ended()
                or verified(keep or played / "rehearsal")
                or tested_without(played)
            )
        finally:
            rehearsal.stop()


def verified(folder: Path) -> int:
    """The program's own verdict on every pack of a rehearsal."""
    packs = sorted(path.parent for path in (folder / "handover").glob("*/bag"))
    if not packs:
        print("The rehearsal left no pack in handover/.", file=sys.stderr)
        return 1
    fingerprint = json.loads((folder / "rehearsal.json").read_text(encoding="utf-8"))["root_fingerprint"]
    verify: list[str | Path] = [PYTHON, "-m", "dsl_desk", "verify"]
    return checked(
        *((f"Verify {pack.name}", [*verify, str(pack), "--fingerprint", str(fingerprint)]) for pack in packs)
    )


def tested_with_coverage(data: Path) -> int:
    """What must stay at 100 % is tested with branch coverage; all else without it, for tracing triples the time."""
    return checked(
        ("Tests with branch coverage", [*pytest(2), *traced(), "--cov", "--cov-report="]),
        ("Coverage that may not fall", [PYTHON, "-m", "tests.architecture.ratchet", data]),
        COVERAGE_FILE=str(data),
    )


def tested_without(played: Path) -> int:
    """All tests that are not traced; those of the rehearsal look into the one that was played.

    A sixth of their time they wait for the disk or for a child; three processes keep two processors at work.
    """
    others = [f"--ignore={path}" for path in traced()]
    return checked(
        ("All other tests", [*pytest(3), "--durations", "15", *others, "tests"]), DSL_DESK_PLAYED=str(played)
    )


def pytest(processes: int) -> list[str | Path]:
    """The tests in so many processes, one file after the other in each."""
    return [PYTHON, "-m", "pytest", "-q", "-n", str(processes), "--dist", "loadfile", "--no-loadscope-reorder"]


def traced() -> list[str]:
    """Where the tests lie that are run with branch coverage."""
    return TRACED.read_text(encoding="utf-8").split()


def run_or_stop(words: list[str]) -> None:
    """Run a step of the set-up; where it fails, nothing after it makes sense."""
    if subprocess.run(words, cwd=ROOT, check=False).returncode != 0:
        raise SetUpError(f"This step did not succeed; what it said stands above:\n  {' '.join(words)}")


if __name__ == "__main__":
    raise SystemExit(main())

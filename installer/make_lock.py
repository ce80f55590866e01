#!/usr/bin/env python3
"""Write the hashed locks anew, and prove that every wheel exists where schools run the program.

    python3 installer/make_lock.py            resolve again (after a change of pyproject.toml)
    python3 installer/make_lock.py --check    only prove the locks as they stand

Needs `uv` on the path (`pip install uv`). One lock serves Linux x86-64 and Windows x86-64 on Python 3.11
to 3.13: environment markers stand beside what only one of them needs. No address of a package index is written.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUN = ROOT / "installer" / "requirements.lock"
DEV = ROOT / "installer" / "requirements-dev.lock"
BUILD = ROOT / "installer" / "requirements-build.lock"
SOURCE_ONLY = "bagit"  # pure Python, published without a wheel: built here by the hashed tools of the build lock
PLATFORMS = ("x86_64-manylinux_2_34", "x86_64-pc-windows-msvc")
PYTHONS = ("3.11", "3.12", "3.13")
HEADER = "# {what}\n# Made by installer/make_lock.py from pyproject.toml; do not edit by hand.\n"


def resolve(uv: str, lock: Path, what: str, *options: str) -> None:
    """Resolve pyproject.toml once for all platforms and keep the outcome with its hashes."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / lock.name
        command = [uv, "pip", "compile", "--quiet", "--universal", "--python-version", PYTHONS[0], "--generate-hashes"]
        command += ["--no-header", "--no-emit-index-url", *options, "--output-file", str(made)]
        subprocess.run(command, cwd=ROOT, check=True)
        text = made.read_text(encoding="utf-8")
    if "://" in text:
        raise SystemExit(f"{lock.name}: an address got into the lock; not written.")
    lock.write_text(HEADER.format(what=what) + text, encoding="utf-8", newline="\n")


def prove(uv: str, lock: Path) -> None:
    """Ask for every wheel of the lock, hash required and nothing built, for each platform and Python."""
    for platform in PLATFORMS:
        for python in PYTHONS:
            with tempfile.TemporaryDirectory() as target:
                command = [uv, "pip", "install", "--dry-run", "--quiet", "--require-hashes"]
                command += ["--only-binary", ":all:", "--no-binary", SOURCE_ONLY, "--no-deps", "--target", target]
                command += ["--python-platform", platform, "--python-version", python]
                subprocess.run([*command, "--requirement", str(lock)], cwd=ROOT, check=True)
            print(f"{lock.name}: every wheel exists for {platform}, Python {python}")


def main() -> int:
    """Resolve if asked to, then prove."""
    parser = argparse.ArgumentParser(description="Write or prove the hashed locks.")
    parser.add_argument("--check", action="store_true", help="prove the locks as they stand, resolve nothing")
    check_only: bool = parser.parse_args().check
    uv = shutil.which("uv")
    if uv is None:
        print("This needs uv: pip install uv", file=sys.stderr)
        return 1
    if not check_only:
        resolve(uv, RUN, "What DSL Desk needs to run.", "pyproject.toml")
        resolve(uv, BUILD, "What builds DSL Desk, and bagit, from source.", "--group", "build")
        tested = ("pyproject.toml", "--group", "dev", "--constraint", str(RUN))
        resolve(uv, DEV, "What DSL Desk needs to run and to be tested.", *tested)
    for lock in (BUILD, RUN, DEV):
        prove(uv, lock)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

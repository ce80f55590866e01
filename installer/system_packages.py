"""The Debian and Ubuntu packages that DSL Desk needs beside its Python packages. Standard library only.

A tuple names the same package under its older and its newer name.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

WINDOW = (
    ("libegl1",),
    ("libgl1",),
    ("libglib2.0-0", "libglib2.0-0t64"),
    ("libfontconfig1",),
    ("libxkbcommon0",),
    ("libdbus-1-3",),
    ("libxcb-cursor0",),
    ("libxcb-icccm4",),
    ("libxcb-keysyms1",),
    ("libxcb-shape0",),
    ("libxcb-xfixes0",),
    ("libxkbcommon-x11-0",),
)
TESTS = (
    ("openssl",),
    ("poppler-utils",),
    ("libnss3-tools",),
    ("gnome-keyring",),
    ("dbus",),
    ("p7zip-full", "7zip"),
    ("xvfb",),
    ("xauth",),
    ("at-spi2-core",),
    ("python3-pyatspi",),  # for the system's own Python: somebody outside the process, who cannot see
)
INSTALL = ("apt-get", "install", "--yes", "--no-install-recommends")


def is_debian() -> bool:
    """Whether this machine installs with apt-get."""
    return sys.platform == "linux" and shutil.which("apt-get") is not None and shutil.which("dpkg-query") is not None


def missing(wanted: tuple[tuple[str, ...], ...]) -> list[tuple[str, ...]]:
    """Those of the wanted packages that are installed under none of their names."""
    return [names for names in wanted if not any(_installed(name) for name in names)]


def _installed(name: str) -> bool:
    asked = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${Status}", name], capture_output=True, text=True, check=False
    )
    return asked.returncode == 0 and asked.stdout.endswith("ok installed")


def may_install() -> bool:
    """Whether this login may install packages."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def command(packages: list[tuple[str, ...]]) -> str:
    """What somebody with the right to do so has to type."""
    return "sudo " + " ".join((*INSTALL, *(names[0] for names in packages)))


def install(packages: list[tuple[str, ...]]) -> bool:
    """Install with apt-get, asking nothing; False where apt-get could not, after printing what it said."""
    if not _apt_get("update"):
        print("apt-get update did not succeed; trying with the lists there are.", flush=True)
    return _apt_get(*INSTALL[1:], *(_offered(names) for names in packages))


def _apt_get(*words: str) -> bool:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        ["apt-get", *words], env=quiet, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        print(done.stdout, done.stderr, sep="\n", flush=True)
    return done.returncode == 0


def _offered(names: tuple[str, ...]) -> str:
    """The first of a package's names that this release knows."""
    for name in names:
        shown = subprocess.run(["apt-cache", "show", "--no-all-versions", name], capture_output=True, check=False)
        if shown.returncode == 0 and shown.stdout.strip():
            return name
    return names[0]

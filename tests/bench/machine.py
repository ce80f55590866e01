"""What a timing means depends on where it was taken."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
import shutil
import sqlite3
from pathlib import Path

LIBRARIES = ("cryptography", "sqlcipher3", "bagit", "pyhanko", "msgspec")


def facts(room: Path) -> dict[str, str]:
    """Processor, memory, disk and versions, as far as the machine tells them."""
    return {
        "processor": f"{_processor()}, {os.cpu_count()} cores{_sha()}",
        "memory": _memory(),
        "system": f"{platform.system()} {platform.release()}, {_distribution()}",
        "disk": f"{_filesystem(room)}, {shutil.disk_usage(room).free / 2**30:.0f} GiB free",
        "python": f"{platform.python_version()}, plain SQLite {sqlite3.sqlite_version}",
        "libraries": ", ".join(f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES),
        "load": _load(),
    }


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError:
        return ""


def _processor() -> str:
    found = re.search(r"^model name\s*:\s*(.+)$", _read("/proc/cpuinfo"), re.MULTILINE)
    return found[1] if found else platform.processor() or platform.machine()


def _sha() -> str:
    flags = re.search(r"^flags\s*:\s*(.+)$", _read("/proc/cpuinfo"), re.MULTILINE)
    if flags is None:
        return ""
    return " with SHA instructions" if "sha_ni" in flags[1].split() else " without SHA instructions"


def _memory() -> str:
    found = re.search(r"^MemTotal:\s*(\d+) kB", _read("/proc/meminfo"), re.MULTILINE)
    return f"{int(found[1]) / 2**20:.0f} GiB" if found else "not told"


def _distribution() -> str:
    found = re.search(r'^PRETTY_NAME="?([^"\n]+)', _read("/etc/os-release"), re.MULTILINE)
    return found[1] if found else platform.version()


def _filesystem(room: Path) -> str:
    """The file system of the nearest mount above the folder, as Linux lists it."""
    mounts = {fields[1]: fields[2] for line in _read("/proc/mounts").splitlines() if len(fields := line.split()) > 2}
    above = (str(folder) for folder in (room.resolve(), *room.resolve().parents))
    return next((mounts[folder] for folder in above if folder in mounts), "file system not told")


def _load() -> str:
    return f"{os.getloadavg()[0]:.2f} in the last minute" if hasattr(os, "getloadavg") else "not told"

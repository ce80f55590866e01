"""The rehearsal played once for every test that reads what it leaves, with a home of its own to look for leaks in.

python -m tests.played BASE [OUT]

`installer/bootstrap.py test` plays it so before the tests and names BASE in DSL_DESK_PLAYED; where nobody did, the
first test that wants it plays it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
HANDED_IN = "DSL_DESK_PLAYED"


def play(base: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """Play it in a process of its own, with a home and a place for temporary files of its own."""
    home, temporary = base / "home", base / "tmp"
    home.mkdir(parents=True)
    temporary.mkdir()
    environment = {
        "HOME": str(home), "TMPDIR": str(temporary), "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_STATE_HOME": str(home / "state"), "XDG_DATA_HOME": str(home / "data"),
        "XDG_CACHE_HOME": str(home / "cache"), "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    if os.name == "nt":
        own = {"APPDATA": "config", "LOCALAPPDATA": "data", "USERPROFILE": ""}
        environment = {
            **os.environ, **environment, "TEMP": str(temporary), "TMP": str(temporary),
            **{name: str(home / folder) for name, folder in own.items()},
        }  # fmt: skip
    words = [sys.executable, "-m", "dsl_desk", "rehearse", "--out", str(out)]
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    (base / "played.json").write_text(json.dumps({"out": str(out.resolve()), "said": done.stdout}), encoding="utf-8")
    return done


def read(base: Path) -> dict[str, Any]:
    """Where what was played into this folder lies, what was said at its end, and what rehearsal.json tells."""
    kept = json.loads((base / "played.json").read_text(encoding="utf-8"))
    out = Path(kept["out"])
    told = json.loads((out / "rehearsal.json").read_text(encoding="utf-8"))
    return {"out": out, "home": base / "home", "tmp": base / "tmp", "said": kept["said"], "told": told}


def main() -> int:
    base = Path(sys.argv[1])
    done = play(base, Path(sys.argv[2]) if len(sys.argv) > 2 else base / "out")
    print(done.stdout, done.stderr, sep="", end="", flush=True)
    return done.returncode


if __name__ == "__main__":
    raise SystemExit(main())

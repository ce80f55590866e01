"""A made-up school whose desk the real window opens: set up as a rehearsal is, and filled with cases."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dsl_desk import app
from dsl_desk.app import Services, Surroundings
from dsl_desk.domain.words import BlobClass, StrandId
from dsl_desk.rehearsal import opening
from dsl_desk.rehearsal.cast import Cast, load_cast
from dsl_desk.rehearsal.play import QUICK
from dsl_desk.rehearsal.stage import Stage
from dsl_desk.services.unlock import Typed
from dsl_desk.store.values import Source
from tests.bench.desks import FileKeyring
from tests.bench.words_of_cases import Told

FIRST = "dsl"


def around(folder: Path) -> Surroundings:
    """The laptop, as every process of the timings sees it."""
    return Surroundings(config=folder / "laptop", keyring=FileKeyring(folder / "keyring.json"), cost=QUICK)


def begin(folder: Path) -> None:
    """A desk set up by its first people, and remembered as the one that was opened last."""
    folder.mkdir(parents=True, exist_ok=True)
    stage = Stage(out=folder, cast=load_cast(), around=around(folder))
    opening.play(stage)
    stage.lock()
    (folder / "laptop" / "last-desk").write_text(str(folder / "desk"), encoding="utf-8")


def typed(cast: Cast | None = None) -> Typed:
    """What its first person types at the door."""
    secret = (cast or load_cast()).secret(FIRST)
    return Typed(sign_in_name=secret.sign_in_name, passphrase=secret.passphrase)


def opened(folder: Path) -> Services:
    """The desk open for its first person."""
    laptop = around(folder)
    return app.services(app.opener(folder / "desk", laptop).unlock(typed()), laptop.clock)


def fill(folder: Path, cases: int) -> None:
    """So many cases of two entries; forced out at the end alone, which no school would want."""
    services, told = opened(folder), Told("lists")
    services.desk.unlocked.database.rows("PRAGMA synchronous=OFF")
    services.desk.unlocked.database.rows("PRAGMA journal_mode=MEMORY")
    for _ in range(cases):
        at = services.clock.now()
        services.desk.begin_case(*told.opening(at), at=at)
    services.close()


def case_with(folder: Path, files: Sequence[Path]) -> StrandId:
    """A case with these exhibits in it."""
    services, told = opened(folder), Told("pack", 200_000)
    at = services.clock.now()
    case = services.desk.begin_case(*told.opening(at), at=at)
    if files:
        services.desk.take_in(
            case, [Source.from_path(file) for file in files], told.exhibit(1, at), BlobClass.EXHIBIT, at,
            lambda _done, _total: None, lambda: True,
        )  # fmt: skip
    services.close()
    return case

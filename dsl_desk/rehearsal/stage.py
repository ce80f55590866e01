"""The stage a rehearsal is played on: one desk, one folder, one person signed in at a time."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from dsl_desk import app
from dsl_desk.app import Services, Surroundings
from dsl_desk.domain.errors import InputError, ProcedureError
from dsl_desk.domain.words import AccountId, CaseRef, PersonId
from dsl_desk.paths import make_private
from dsl_desk.rehearsal.cast import Cast
from dsl_desk.services.printing import Page
from dsl_desk.services.unlock import Typed
from dsl_desk.signatures import Signer
from dsl_desk.store.files import write_beside


class MemoryKeyring:
    """A key store that lives as long as the rehearsal, so that this laptop's real one is never touched."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        """What is kept under that name."""
        return self._kept.get(name)

    def set(self, name: str, value: str) -> None:
        """Keep it until the rehearsal ends."""
        self._kept[name] = value


@dataclass(slots=True, kw_only=True)
class Stage:
    """One rehearsal as it is being played."""

    out: Path
    cast: Cast
    around: Surroundings
    codes: tuple[str, ...] = ()
    accounts: dict[str, AccountId] = field(default_factory=dict)
    persons: dict[str, PersonId] = field(default_factory=dict)
    """Who is whom in the school's own list, where the desk gave them ids of its own."""
    references: list[CaseRef] = field(default_factory=list)
    stages: list[tuple[str, float]] = field(default_factory=list)
    packs: list[Path] = field(default_factory=list)
    archive_codes: dict[str, str] = field(default_factory=dict)
    signed_in: str = ""
    root_fingerprint: str = ""
    journal_head: str = ""
    _services: Services | None = None

    @property
    def desk_folder(self) -> Path:
        """The store's folder."""
        return self.out / "desk"

    @property
    def handover(self) -> Path:
        """Where packs are written, as if it were the stick."""
        return self.out / "handover"

    @property
    def desk(self) -> Services:
        """Every use case, for whoever is signed in; raises ProcedureError while the desk is locked."""
        if self._services is None:
            raise ProcedureError("Nobody is signed in.")
        return self._services

    def enter(self, name: str, services: Services) -> None:
        """Somebody is signed in already, because they have just begun the desk."""
        self.signed_in, self._services = name, services

    def sign_in(self, name: str) -> Services:
        """Lock the desk and open it for somebody else with their passphrase."""
        if self.signed_in == name:
            return self.desk
        self.lock()
        secret = self.cast.secret(name)
        typed = Typed(sign_in_name=secret.sign_in_name, passphrase=secret.passphrase)
        desk = app.opener(self.desk_folder, self.around).unlock(typed)
        self.enter(name, app.services(desk, self.around.clock))
        return self.desk

    @property
    def has_screens(self) -> bool:
        """Whether it was played in the window, with a picture of each screen."""
        return (self.out / "screens").is_dir()

    def lock(self) -> None:
        """Sign out whoever is signed in."""
        if self._services is not None:
            self._services.close()
            self._services, self.signed_in = None, ""

    def proves(self, name: str) -> Signer:
        """Somebody types their own passphrase at this moment, for one act."""
        secret = self.cast.secret(name)
        return self.desk.prove(secret.sign_in_name, secret.passphrase)

    def paper(self, page: Page) -> None:
        """A paper comes out of the printer."""
        write_beside(make_private(self.out / "papers") / page.name, page.pdf)

    @contextmanager
    def act(self, name: str) -> Iterator[None]:
        """One stage of the rehearsal, timed."""
        began = time.monotonic()
        yield
        self.stages.append((name, round(time.monotonic() - began, 2)))

    def programme(self) -> bytes:
        """`rehearsal.json`: what was played, by whom, and how to look at it again (design section 12)."""
        people = [
            {
                "name": self.cast.played[name].name,
                "role": self.cast.person(name).role.value,
                "sign_in_name": self.cast.secret(name).sign_in_name,
                "passphrase": self.cast.secret(name).passphrase,
            }
            for name in self.accounts
        ]
        return (
            json.dumps(
                {
                    "case_refs": self.references,
                    "people": people,
                    "recovery_codes": list(self.codes),
                    "root_fingerprint": self.root_fingerprint,
                    "journal_head": self.journal_head,
                    "stages": [{"name": name, "seconds": seconds} for name, seconds in self.stages],
                },
                ensure_ascii=False,
                indent=2,
            )
            + "\n"
        ).encode()

    def told(self) -> list[str]:
        """What to say at the end: where to look, and how to open the desk again."""
        return [
            "The rehearsal is finished: four cases, everything made up.",
            "Look in the folder you named:",
            "  handover        evidence packs; open START-HERE.txt in one of them first",
            "  papers          everything that was printed",
            *(["  screens         a picture of each screen, in the order of play"] if self.has_screens else []),
            "  desk            the encrypted desk itself",
            "  rehearsal.json  who played, with sign-in names, passphrases and recovery codes",
            *(f"  {name} opens with 7-Zip and the code {code}" for name, code in self.archive_codes.items()),
            f"The school's fingerprint, as on paper: {self.root_fingerprint}",
            "To judge a pack:   dsl-desk verify PACK --fingerprint FINGERPRINT",
            "To open the desk:  dsl-desk rehearse --out FOLDER --open  with the folder you named",
            "To check it:       dsl-desk check DESK  with a sign-in name, its passphrase and one recovery code,",
            "                   or with two recovery codes; its key store was in memory and is gone.",
        ]


def empty_folder(out: Path) -> Path:
    """The folder a rehearsal is played into; raises InputError where something is in it already."""
    try:
        taken = out.exists() and (not out.is_dir() or any(out.iterdir()))
        if not taken:
            return make_private(out)
    except (OSError, ValueError) as error:
        raise InputError("No folder of that name can be reached. Name another one; nothing was changed.") from error
    raise InputError("There is something in this folder already. Name a new or empty one; nothing was changed.")

"""A desk set up by four invented people, made once and copied for each test that wants a real store."""

import copy
import functools
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from dsl_desk.app import Services, Surroundings, opener, services
from dsl_desk.domain.words import AccountId, PersonId, Role
from dsl_desk.rehearsal import opening
from dsl_desk.rehearsal.cast import load_cast
from dsl_desk.rehearsal.play import QUICK
from dsl_desk.rehearsal.stage import MemoryKeyring, Stage
from dsl_desk.services.school import Person
from dsl_desk.services.unlock import Typed
from dsl_desk.store.issuing import Secret


@pytest.fixture(scope="session")
def set_up_once(tmp_path_factory):
    """The same desk in every folder of tests that asks for it; to pytest each of them has a fixture of its own."""
    return _set_up(tmp_path_factory.getbasetemp())


@functools.cache
def _set_up(base: Path) -> Stage:
    out = base / "set-up-once"
    out.mkdir()
    around = Surroundings(config=out / "laptop", keyring=MemoryKeyring(), cost=QUICK)
    stage = Stage(out=out, cast=load_cast(), around=around)
    opening.play(stage)
    stage.lock()
    return stage


def copied(stage: Stage, out: Path) -> Stage:
    """A stage of its own over a copy of a desk that nobody has open."""
    shutil.copytree(stage.out, out)
    around = replace(stage.around, config=out / "laptop", keyring=copy.deepcopy(stage.around.keyring))
    mine = replace(
        stage, out=out, around=around, accounts=dict(stage.accounts), persons=dict(stage.persons),
        references=list(stage.references), stages=[], packs=[], archive_codes={},
    )  # fmt: skip
    mine.handover.mkdir(exist_ok=True)
    return mine


@pytest.fixture
def stage(set_up_once, tmp_path):
    """The set-up desk in a folder of its own; sign in with `stage.sign_in("dsl")`."""
    mine = copied(set_up_once, tmp_path / "school")
    yield mine
    mine.lock()


def let_in(stage: Stage, key: str, name: str, role: Role) -> AccountId:
    """Give somebody invented an account, by the DSL and the Headteacher; `signed_in(stage, key)` opens it for them."""
    desk = stage.sign_in("dsl")
    person = Person(id=PersonId(f"{len(stage.accounts):032x}"), name=name, role=role, title="Invented", initials="INV")
    by = (stage.proves("dsl"), stage.proves("head"))
    stage.accounts[key] = desk.set_up.issue(person, _secret(key), by)
    return stage.accounts[key]


def signed_in(stage: Stage, key: str) -> Services:
    """The desk open for somebody who was let in."""
    stage.lock()
    secret = _secret(key)
    typed = Typed(sign_in_name=secret.sign_in_name, passphrase=secret.passphrase)
    stage.enter(key, services(opener(stage.desk_folder, stage.around).unlock(typed), stage.around.clock))
    return stage.desk


def _secret(key: str) -> Secret:
    return Secret(sign_in_name=key, passphrase=f"{key} tells nobody these invented words")

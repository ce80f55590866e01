"""A desk set up by four invented people, made once and copied for each test that wants a real store."""

import copy
import shutil
from dataclasses import replace

import pytest

from dsl_desk.app import Surroundings
from dsl_desk.rehearsal import opening
from dsl_desk.rehearsal.cast import load_cast
from dsl_desk.rehearsal.play import QUICK
from dsl_desk.rehearsal.stage import MemoryKeyring, Stage


@pytest.fixture(scope="session")
def set_up_once(tmp_path_factory):
    out = tmp_path_factory.mktemp("school")
    around = Surroundings(config=out / "laptop", keyring=MemoryKeyring(), cost=QUICK)
    stage = Stage(out=out, cast=load_cast(), around=around)
    opening.play(stage)
    stage.lock()
    return stage


@pytest.fixture
def stage(set_up_once, tmp_path):
    """The set-up desk in a folder of its own; sign in with `stage.sign_in("dsl")`."""
    out = tmp_path / "school"
    shutil.copytree(set_up_once.out, out)
    around = replace(set_up_once.around, config=out / "laptop", keyring=copy.deepcopy(set_up_once.around.keyring))
    mine = Stage(out=out, cast=set_up_once.cast, around=around)
    mine.accounts, mine.codes = dict(set_up_once.accounts), set_up_once.codes
    mine.root_fingerprint = set_up_once.root_fingerprint
    (out / "handover").mkdir()
    yield mine
    mine.lock()

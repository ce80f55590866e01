"""The whole rehearsal, from an empty folder to packs on a stick."""

import shutil
from dataclasses import replace
from pathlib import Path

from dsl_desk import app
from dsl_desk.app import Surroundings
from dsl_desk.exports.summary import PublishedFact
from dsl_desk.paths import make_private
from dsl_desk.rehearsal import disposing, first_case, opening, other_cases, registers_kept
from dsl_desk.rehearsal.cast import load_cast
from dsl_desk.rehearsal.lines import years_played
from dsl_desk.rehearsal.other_cases import RehearsalFailedError
from dsl_desk.rehearsal.stage import MemoryKeyring, Stage, empty_folder
from dsl_desk.services.governors import Period
from dsl_desk.services.ports import NoProgress, Progress
from dsl_desk.store.files import write_beside
from dsl_desk.store.key_slots import SlotCost

QUICK = SlotCost(m=65536, t=1, p=1)
"""The least that the format accepts: a rehearsal opens the desk a dozen times; a real desk costs far more."""
LAPTOP = ".laptop"


def rehearse(out: Path, around: Surroundings | None = None, progress: Progress | None = None) -> Stage:
    """Play everything into an empty folder; raises InputError where there is something in it already.

    Nothing else on this laptop is touched: the key store lives in memory, and what a
    login keeps of a desk lies in the folder while it is played and is taken away at its end.
    """
    report = (progress or NoProgress()).report
    empty_folder(out)
    real = around or Surroundings(config=out / LAPTOP, keyring=MemoryKeyring(), cost=QUICK)
    stage = Stage(out=out, cast=load_cast(), around=replace(real, config=out / LAPTOP))
    make_private(stage.handover)
    scenes = (
        opening.play,
        first_case.play,
        other_cases.play_stopped,
        other_cases.play_police_first,
        registers_kept.play,
        other_cases.play_headteacher,
        disposing.play_backup,
        disposing.play,
        _summary,
        _check,
        _verify,
    )
    try:
        for number, scene in enumerate(scenes):
            report(number, len(scenes))
            scene(stage)
        report(len(scenes), len(scenes))
    finally:
        stage.lock()
    write_beside(out / "rehearsal.json", stage.programme())
    take_away(out)
    return stage


def _summary(stage: Stage) -> None:
    with stage.act("governor summary, released by two"):
        desk = stage.sign_in("dsl")
        name, first, last = years_played(stage.around.clock.now().local)
        period = Period(label=name, first=first.isoformat(), last=last.isoformat())
        facts = (
            PublishedFact(label="Filtering and monitoring checks", value="3, the last this month"),
            PublishedFact(label="Filter changes", value="1"),
        )
        preview = desk.governors.preview(period, facts=facts)
        released = desk.governors.release(preview, (stage.proves("dsl"), stage.proves("head")))
        stage.paper(released.page)


def _check(stage: Stage) -> None:
    with stage.act("check everything, index made anew"):
        checkup = stage.sign_in("dsl").care.check(rebuild_index=True)
        if not checkup.is_good:
            raise RehearsalFailedError
    stage.journal_head = stage.desk.desk.head().digest


def _verify(stage: Stage) -> None:
    """Judge every pack as a stranger would, with the fingerprint from paper."""
    with stage.act("verify every pack"):
        for pack in stage.packs:
            if not app.verify(pack, stage.root_fingerprint).good:
                raise RehearsalFailedError


def take_away(out: Path) -> None:
    """What this login kept of the desk: a copy of its key slots, the device's name, where the desk lies."""
    shutil.rmtree(out / LAPTOP)

"""A backup in the place of a desk: which there are, what is kept, and what is destroyed again."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from dsl_desk import app
from dsl_desk.domain.errors import DslDeskError, StoreError
from dsl_desk.services import putting_back
from dsl_desk.services.unlock import Typed
from dsl_desk.store.restore import BackupFound
from tests.services.scenes import begun


def typed(stage, name):
    secret = stage.cast.secret(name)
    return Typed(sign_in_name=secret.sign_in_name, passphrase=secret.passphrase)


def backed_up(stage, stick):
    stick.mkdir(exist_ok=True)
    stage.sign_in("dsl").care.backup(stick, "stick")


def opened_by_two(stage):
    """Open what was put back, by DSL and deputy, and say what had to be destroyed again."""
    opener = app.opener(stage.desk_folder, stage.around)
    with pytest.raises(DslDeskError, match="older"):
        opener.unlock(typed(stage, "dsl"))
    desk = opener.put_back(typed(stage, "dsl"), typed(stage, "deputy"), "the records were damaged")
    told = app.putting_back(stage.around).destroy_again(
        desk, stage.desk_folder, typed(stage, "dsl"), typed(stage, "deputy")
    )
    return desk, told


def test_backups_are_found_newest_first_and_unfinished_ones_are_not(stage, tmp_path):
    stick = tmp_path / "stick"
    backed_up(stage, stick)
    begun(stage)
    backed_up(stage, stick)
    stage.lock()
    putting_back = app.putting_back(stage.around)
    found = putting_back.backups(stick)
    assert len(found) == 2
    newer, older = (int(one.folder.name.partition("-")[0]) for one in found)
    assert newer > older
    (found[0].folder / "manifest.sig").unlink()
    assert putting_back.backups(stick) == found[1:]
    (found[1].folder / "checkpoint.json").write_bytes(b"nothing of the kind")
    with pytest.raises(StoreError, match="no finished backup"):
        putting_back.backups(stick)


def test_a_backup_of_a_summer_afternoon_is_named_by_the_clock_on_the_wall(tmp_path, stage, monkeypatch):
    class Summer:
        def now(self):
            utc = datetime(2027, 7, 1, 13, 0, tzinfo=UTC)
            return replace(stage.around.clock.now(), utc=utc, local=utc.astimezone(ZoneInfo("Europe/London")))

    found = BackupFound(folder=tmp_path, entries=1, at_utc="2027-07-01T12:21:07.000000Z")
    monkeypatch.setattr(putting_back, "backups_on", lambda _: (found,))
    (told,) = app.putting_back(replace(stage.around, clock=Summer())).backups(tmp_path)
    assert told.when == "1 July 2027, 13:21:07 BST"


def test_what_two_destroyed_since_the_backup_is_destroyed_again_by_two(stage, tmp_path):
    desk = stage.sign_in("dsl").desk
    strand = begun(stage).strand
    backed_up(stage, tmp_path / "stick")
    last = len(desk.records(strand))
    desk.dispose(strand, 1, last, "DOB+25", stage.around.clock.now(), (stage.proves("dsl"), stage.proves("deputy")))
    stage.lock()
    putting_back = app.putting_back(stage.around)
    assert putting_back.put_back(putting_back.backups(tmp_path / "stick")[0], stage.desk_folder)
    restored, told = opened_by_two(stage)
    try:
        assert "destroyed again" in told
        assert not any(restored.kept.strands.rows(strand))
        assert restored.check(lambda _done, _total: None).findings == ()
    finally:
        restored.close(stage.around.clock.now())


def test_a_wrong_backup_put_back_first_lets_nothing_destroyed_live_again(stage, tmp_path):
    """The right backup replaces the wrong one, which knows of no disposal: the store before both does."""
    desk = stage.sign_in("dsl").desk
    strand = begun(stage).strand
    backed_up(stage, tmp_path / "stick")
    last = len(desk.records(strand))
    desk.dispose(strand, 1, last, "DOB+25", stage.around.clock.now(), (stage.proves("dsl"), stage.proves("deputy")))
    stage.lock()
    putting_back = app.putting_back(stage.around)
    chosen = putting_back.backups(tmp_path / "stick")[0]
    assert putting_back.put_back(chosen, stage.desk_folder)
    kept = next(one for one in stage.desk_folder.parent.iterdir() if "superseded" in one.name)
    kept.rename(kept.with_name(f"{stage.desk_folder.name}-superseded-20260102T030405"))  # a while ago
    assert putting_back.put_back(chosen, stage.desk_folder)
    restored, told = opened_by_two(stage)
    try:
        assert "destroyed again" in told
        assert not any(restored.kept.strands.rows(strand))
    finally:
        restored.close(stage.around.clock.now())


def test_a_replaced_store_that_cannot_be_opened_is_said_and_kept(stage, tmp_path):
    stage.sign_in("dsl")
    begun(stage)
    backed_up(stage, tmp_path / "stick")
    stage.lock()
    putting_back = app.putting_back(stage.around)
    putting_back.put_back(putting_back.backups(tmp_path / "stick")[0], stage.desk_folder)
    kept = next(one for one in stage.desk_folder.parent.iterdir() if "superseded" in one.name)
    (kept / "desk.db").write_bytes(b"damaged")
    restored, told = opened_by_two(stage)
    restored.close(stage.around.clock.now())
    assert "cannot be opened" in told
    assert (kept / "desk.db").read_bytes() == b"damaged"

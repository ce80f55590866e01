"""A halt must not wait for a disk: what stands in memory stands, whether or not its entry can be written."""

import pytest

from dsl_desk.domain.errors import DiskFullError, HaltedError
from dsl_desk.domain.words import Grade
from tests.services.scenes import begun, offered, picture


def test_a_halt_whose_entry_finds_no_room_stands_in_memory_all_the_same(stage, monkeypatch):
    stage.sign_in("dsl")
    strand = begun(stage).strand

    def full(*_args, **_more):
        raise DiskFullError

    monkeypatch.setattr(stage.desk.desk, "write_halt", full)
    with pytest.raises(DiskFullError):
        stage.desk.halt.stop(strand, Grade.STOP_IMAGES)

    assert stage.desk.book.load(strand).grade is Grade.OPEN
    with pytest.raises(HaltedError):
        stage.desk.exhibits.take_in(strand, offered(stage), [picture(stage)])
    monkeypatch.undo()
    assert stage.desk.halt.stop(strand, Grade.STOP_IMAGES).grade is Grade.STOP_IMAGES

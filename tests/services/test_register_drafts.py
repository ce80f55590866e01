"""What was begun in a register and not recorded: there after a lock and a kill, and nobody else's."""

from __future__ import annotations

import pytest

from dsl_desk.domain.errors import DiskFullError, ProcedureError
from dsl_desk.domain.low_level import REGISTER
from dsl_desk.services.registers import UNKNOWN
from dsl_desk.store.desk import OpenDesk
from tests.services.test_low_level import answers

PAGE = f"{REGISTER}  Record a low-level concern"
OPEN = "filter-changes"


def drafts(stage, who):
    return stage.sign_in(who).registers.drafts


def test_what_was_begun_in_a_register_is_there_after_a_lock_and_gone_once_recorded(stage):
    drafts(stage, "dsl").save(OPEN, "new", {"field-site": "a museum"})
    stage.lock()
    kept = drafts(stage, "dsl")
    found = kept.find(OPEN, "new")
    assert found.words == {"field-site": "a museum"}
    assert found.time
    kept.save(OPEN, "new", {"field-site": "two museums"})
    assert kept.find(OPEN, "new").words == {"field-site": "two museums"}
    assert len(stage.desk.desk.drafts()) == 1
    assert kept.find(OPEN, "another page") is None
    kept.forget(OPEN, "new")
    assert stage.desk.desk.drafts() == ()


def test_words_that_move_to_another_key_are_kept_there_before_they_go_here(stage, monkeypatch):
    head = drafts(stage, "head")
    head.save(REGISTER, PAGE, {"field-about": "Sedge Alder"})
    stage.desk.registers.record(REGISTER, answers())

    def full(*_: object) -> str:
        raise DiskFullError

    with monkeypatch.context() as disk:
        disk.setattr(OpenDesk, "save_draft", full)
        with pytest.raises(DiskFullError):
            head.save(REGISTER, PAGE, {"field-about": "Sedge Alder again"})
    assert head.find(REGISTER, PAGE).words == {"field-about": "Sedge Alder"}
    head.save(REGISTER, PAGE, {"field-about": "Sedge Alder again"})
    (only,) = stage.desk.desk.drafts()
    assert only.strand is not None


def test_words_taken_out_again_leave_no_draft(stage):
    kept = drafts(stage, "dsl")
    kept.save(OPEN, "new", {"field-site": "a museum"})
    kept.save(OPEN, "new", {})
    assert stage.desk.desk.drafts() == ()


def test_what_the_headteacher_begins_of_a_low_level_concern_is_read_by_nobody_else(stage):
    head = drafts(stage, "head")
    head.save(REGISTER, PAGE, {"field-about": "Sedge Alder"})
    assert stage.desk.desk.drafts()[0].strand is None  # no strand yet: the author's own key
    stage.desk.registers.record(REGISTER, answers())
    head.save(REGISTER, PAGE, {"field-about": "Sedge Alder again"})
    (draft,) = stage.desk.desk.drafts()
    assert draft.strand == stage.desk.registers._desk.register_strands(REGISTER)[0]
    stage.lock()
    for other in ("dsl", "deputy"):
        kept = drafts(stage, other)
        assert stage.desk.desk.drafts() == ()
        with pytest.raises(ProcedureError, match=UNKNOWN):
            kept.find(REGISTER, PAGE)
        rows = list(stage.desk.desk.unlocked.database.rows("SELECT strand, author, sealed FROM draft"))
        assert [author for _, author, _ in rows] == [""]
        assert not any(b"Sedge" in sealed for _, _, sealed in rows)
        stage.lock()
    assert drafts(stage, "head").find(REGISTER, PAGE).words == {"field-about": "Sedge Alder again"}

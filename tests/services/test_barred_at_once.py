"""Whom an answer is about is shut out by the answer itself, though what should follow it could not be written."""

import pytest

from dsl_desk.domain.errors import DiskFullError, NotReadableError
from dsl_desk.domain.words import SubjectKind
from dsl_desk.services.keeping import KeepingService
from tests.services.policy_scenes import SECONDARY, Scene


@pytest.mark.parametrize(("about", "barred"), [(SubjectKind.HEADTEACHER, "head"), (SubjectKind.DSL, "dsl")])
def test_a_disk_that_fills_after_the_answer_leaves_the_case_open_to_nobody_it_is_about(
    keys, monkeypatch, about, barred
):
    scene = Scene(keys, SECONDARY)
    scene.sign_in("deputy")

    def full(*_):
        raise DiskFullError

    with monkeypatch.context() as patch:
        patch.setattr(KeepingService, "keep_from_subject", full)
        with pytest.raises(DiskFullError):
            scene.answer(about=about)
    assert about in scene.case.subject_kinds
    assert not scene.case.subjects
    scene.sign_in(barred)
    with pytest.raises(NotReadableError):
        scene.book.load(scene.strand)
    scene.sign_in("deputy")
    assert scene.book.load(scene.strand).subject_kinds
    scene.answer(about=about)
    assert scene.book.actor(barred).person in scene.case.subjects
    scene.sign_in(barred)
    with pytest.raises(NotReadableError):
        scene.book.load(scene.strand)


def test_an_answer_about_a_pupil_shuts_out_nobody(keys):
    scene = Scene(keys, SECONDARY)
    scene.answer(about=SubjectKind.PUPIL)
    for name in ("dsl", "deputy", "head"):
        scene.sign_in(name)
        assert scene.book.load(scene.strand).subject_kinds == {SubjectKind.PUPIL}

"""Names that nobody tidied up: very long, from right to left, with emoji, pasted markup and signs that do not print."""

from __future__ import annotations

import pytest

from dsl_desk.domain.case_words import PersonRole
from dsl_desk.domain.errors import InputError
from dsl_desk.domain.follow_up_entries import PersonLinked
from dsl_desk.domain.words import SubjectKind
from dsl_desk.rehearsal.lines import all_no
from dsl_desk.services.concern import About, NewConcern
from dsl_desk.store.values import CaseQuery
from tests.ui.case.test_case_place import CONCERN
from tests.ui.walk import walk

NAMES = {
    "as long as it may be": "Robin " + "Sample" * 32,
    "right to left": "רובין דוגמה مثال",
    "emoji": "Robin 🏳 Sample 🎈",
    "markup": "<b>Robin</b><img src=x onerror=alert(1)> &amp; <script>Sample</script>",
}
REFUSED = {
    "ten thousand letters": ("Robin " + "Sample" * 1666, "too long"),
    "turned round": ("\u202eRobin Sample", "cannot be seen"),
    "signs that do not print": ("Robin\x00\x07\x1b[31m Sample", "cannot be seen"),
}


def begun(desk, name: str):
    people = tuple(
        PersonLinked(person=f"robin-{number}", role=role, kind=SubjectKind.PUPIL, name=name)
        for number, role in enumerate((PersonRole.AFFECTED, PersonRole.WITNESS))
    )
    again = PersonLinked(person="robin-0", role=PersonRole.SUBJECT, kind=SubjectKind.PUPIL, name=name)
    about = About(kind=SubjectKind.PUPIL)
    new = NewConcern(about=about, concern=CONCERN, people=(*people, again), triage=all_no(SubjectKind.PUPIL))
    return desk.concern.begin(new).strand


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_two_people_of_one_odd_name_one_of_them_in_two_roles_can_be_read_at_every_size(bench, name):
    strand = bench.on_store(lambda desk: begun(desk, name))
    for size in ((1366, 768), (683, 384)):
        bench.window.resize(*size)
        bench.case.open(strand)
        bench.waits_for("MI-")
        bench.rest()
        assert walk(bench.window) == []
        bench.case.panel.act_requested.emit("voice")
        bench.rest()
        assert walk(bench.window) == []
        bench.case.form.back_requested.emit()
        bench.rest()


@pytest.mark.parametrize(("name", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_a_name_that_nobody_could_read_is_refused_in_words_and_nothing_of_it_is_kept(stage, name, why):
    desk = stage.sign_in("dsl")
    before = len(desk.listing.cases(CaseQuery()).rows)
    with pytest.raises(InputError, match=why):
        begun(desk, name)
    assert len(desk.listing.cases(CaseQuery()).rows) == before

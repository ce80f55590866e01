"""What counts as reaching a case, and what is only written into it."""

import pytest

from dsl_desk.domain.access import AccessKind, access_of, is_reading
from dsl_desk.domain.follow_up_entries import CaseOpened, LessonRecorded, PackStarted, Printed, Viewed
from dsl_desk.domain.words import PackKind

OPENED = Viewed(what="record", reason="Opened in the window")


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        (CaseOpened(reference="MI-2026-K7Q4"), AccessKind.BEGAN),
        (OPENED, AccessKind.OPENED),
        (Viewed(what="PEX/1", reason="to compare"), AccessKind.LOOKED),
        (Printed(paper="chronology"), AccessKind.PRINTED),
        (LessonRecorded(lesson="None"), None),
    ],
)
def test_each_way_to_reach_a_case_has_its_word(entry, kind):
    assert access_of(entry) is kind


def test_a_pack_is_an_access_too():
    started = PackStarted(no=1, medium="stick no. 5", recipient="police", contents=PackKind.AS_IT_STANDS)
    assert access_of(started) is AccessKind.PACKED


def test_only_opening_the_record_moves_nothing():
    assert is_reading(OPENED)
    assert not is_reading(Viewed(what="PEX/1", reason="to compare"))
    assert not is_reading(None)

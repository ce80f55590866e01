"""The page of frozen kinds says what the code says, and says it of every key."""

import msgspec
import pytest

from dsl_desk.domain.case_entries import ALL_KINDS
from tests.documents.entries_page import PAGE, meaning, page, said_in_code, said_of_keys


def test_the_page_of_entries_says_what_the_code_says():
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "run python -m tests.documents.entries_page, and read its first lines"
    )


@pytest.mark.parametrize("kind", ALL_KINDS, ids=lambda kind: kind.KIND)
def test_every_key_of_every_kind_has_a_meaning(kind):
    assert [field.name for field in msgspec.structs.fields(kind) if not meaning(kind, field.name)] == []


def test_no_meaning_stands_for_a_key_that_needs_none():
    needed = {
        name
        for kind in ALL_KINDS
        for field in msgspec.structs.fields(kind)
        if not said_in_code(kind).get(field.name)
        for name in (field.name, f"{kind.KIND}.{field.name}")
    }
    assert set(said_of_keys()) - needed == set()

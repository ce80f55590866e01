"""The page of frozen kinds says what the code says, and says it of every key."""

import msgspec
import pytest

from dsl_desk.domain.case_entries import ALL_KINDS
from dsl_desk.domain.words import StrandKind
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


@pytest.mark.parametrize(
    "kind", [kind for kind in ALL_KINDS if StrandKind.CASE in kind.STRANDS], ids=lambda kind: kind.KIND
)
def test_the_page_of_packs_lists_every_kind_of_a_case_with_its_signers(kind):
    text = (PAGE.parent / "pack-format.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith(("| of substance, ", "| not of substance, "))]
    (row,) = (line for line in rows if f"`{kind.KIND}`" in line)
    if kind.KIND != "corrected":
        signers = {0: "none", 1: "one", 2: "two"}[kind.SIGNERS]
        first = f"{'of' if kind.SUBSTANCE else 'not of'} substance, {signers}"
        assert row.split("|")[1].strip().replace(" further signature", "") == first

"""Hostile names and texts, and exhibit marks (format section 6)."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl_desk.domain.case_entries import Answered, TriageAnswered
from dsl_desk.domain.case_words import CallOutcome, Intake, PersonRole
from dsl_desk.domain.errors import InputError
from dsl_desk.domain.exhibit import initials_of, next_mark
from dsl_desk.domain.follow_up_entries import CallLogged, PersonLinked
from dsl_desk.domain.text import (
    checked,
    clean_account_name,
    clean_name,
    clean_text,
    kept_at_all_costs,
    shown_text,
)
from dsl_desk.domain.words import MARK, Grade, PersonId, Role, SubjectKind
from tests.builders import DSL, CaseBuilder, actor

HOSTILE = {
    "ten thousand": "x" * 10_000,
    "right to left": "Ada\u202ellaQ",
    "isolate": "Ada\u2066Q",
    "line separator": "Ada\u2028Quill",
    "paragraph separator": "Ada\u2029Quill",
    "new line": "Ada\nQuill",
    "null": "Ada\0",
    "escape": "Ada\x1b[31m",
    "surrogate": "Ada\ud800",
    "private use": "Ada\ue000",
    "unassigned": "Ada\U000e1000",
    "byte order mark": "\ufeffAda",
    "empty": "",
    "blank": "   ",
    "no-break blank": "\u00a0",
}


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_name_is_refused_with_a_plain_sentence(name):
    for clean in (clean_name, clean_account_name):
        with pytest.raises(InputError) as caught:
            clean(name)
        assert len(str(caught.value)) < 100
        assert name not in str(caught.value) or not name.strip()


def test_a_joiner_spells_names_but_not_certificates():
    assert clean_name("नि\u200dशा") == "नि\u200dशा"
    with pytest.raises(InputError):
        clean_account_name("नि\u200dशा")
    with pytest.raises(InputError, match="empty"):
        clean_name("\u200d")


@pytest.mark.parametrize("name", ["CON", "nul", "COM1", "=cmd()", "O'Neil", "山田太郎", "Ann-Marie d’Été", "<b>x</b>"])
def test_a_name_that_is_only_odd_is_kept(name):
    assert clean_name(name) == name
    assert clean_account_name(name) == name


def test_a_name_is_composed_and_trimmed_and_counted_after():
    assert clean_name("  Zoe\u0308 ") == "Zoë"
    assert len(clean_account_name("e\u0301" * 50)) == 50
    for clean, limit in ((clean_account_name, 50), (clean_name, 200)):
        assert clean("x" * limit)
        with pytest.raises(InputError, match="too long"):
            clean("x" * (limit + 1))


def test_free_text_keeps_what_was_on_the_screen():
    odd = "\u202e \u2028 \x1b \U0001f600 \ufeff"
    assert clean_text(odd) == odd
    with pytest.raises(InputError, match="too long"):
        clean_text("x" * 20_001)
    for bad in ("\0", "\ud800"):
        with pytest.raises(InputError, match="not a character"):
            clean_text(bad)


def test_free_text_is_harmless_on_one_line_of_paper():
    assert shown_text("a\u202eb\nc\u2028d\u200de") == "a\ufffdb⏎c⏎d\u200de"


def test_the_text_of_a_halt_is_mended_and_not_refused():
    assert kept_at_all_costs("a\0b\ud800") == "ab?"


@pytest.mark.parametrize(
    "entry",
    [
        CallLogged(to="x" * 20_001, at="now", outcome=CallOutcome.ANSWERED),
        PersonLinked(person="p", role=PersonRole.OTHER, kind=SubjectKind.PUPIL, vulnerability=("ok", "\0")),
        TriageAnswered(
            answers=(Answered(question="7", wording="1", answer="no", words="\0"),),
            about=SubjectKind.PUPIL,
            grade=Grade.OPEN,
        ),
    ],
)
def test_every_text_of_an_entry_is_checked(entry):
    with pytest.raises(InputError):
        checked(entry)


def test_texts_in_a_table_of_changes_are_checked_too():
    from dsl_desk.domain.case_entries import Corrected

    for changes in ({"\0": "x"}, {"x": "\0"}):
        with pytest.raises(InputError):
            checked(Corrected(corrects=1, kind="k", changes=changes, reason="r"))


@given(st.text(max_size=300))
def test_no_text_raises_anything_but_a_plain_sentence(text):
    for clean in (clean_name, clean_account_name, clean_text):
        with contextlib.suppress(InputError):
            assert clean(text) is not None
    assert kept_at_all_costs(text).encode("utf-8") is not None
    assert not set(shown_text(text)) & {"\n", "\r", "\u2028", "\u2029", "\0", "\u202e"}


# ---- marks


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Ada Quill", "AQ"),
        ("Ada B. Quill", "ABQ"),
        ("Ada B C D Quill", "ABCQ"),
        ("Éloïse d'Été", "EDE"),
        ("Cher", "CH"),
        ("X", "EX"),
        ("山田太郎", "EX"),
        ("Ðorđe Ø Straße", "EOS"),
        ("", "EX"),
        ("1 2 3", "EX"),
    ],
)
def test_initials_make_a_mark_that_a_label_can_carry(name, initials):
    made = initials_of(name)
    assert MARK.fullmatch(f"{made}/1")
    if name != "Ðorđe Ø Straße":
        assert made == initials


@given(st.text(max_size=60))
def test_every_name_makes_a_mark(name):
    assert MARK.fullmatch(next_mark(name, PersonId("p"), ()))


def test_people_with_the_same_initials_are_told_apart_and_keep_their_own():
    book = CaseBuilder()
    twins = [actor(letter, Role.SENIOR, "Ada Quill") for letter in "abcdef012"]
    marks = [book.exhibit(twin, Intake.SUPPLIED) for twin in twins]
    assert marks == ["AQ/1", *(f"AQ{n}/1" for n in range(2, 10))]
    assert book.case.next_mark(twins[3].name, twins[3].person) == "AQ4/2"
    with pytest.raises(InputError, match="other initials"):
        book.case.next_mark("Ada Quill", PersonId("p-tenth"))
    assert book.case.next_mark("Edie Plum", PersonId("p-other")) == "EP/1"
    assert book.case.next_mark(DSL.name, DSL.person) == "AQ/2"

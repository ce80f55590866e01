"""The fast spelling of signed lists says the same bytes as plain JSON does."""

from __future__ import annotations

import enum
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl_desk.domain.encoding import LARGEST_NUMBER, plain_json, read_plain

PLAIN = st.text(alphabet=[chr(code) for code in range(0x20, 0x7F) if chr(code) not in '"\\'])
VALUES = st.recursive(
    PLAIN | st.integers(0, LARGEST_NUMBER) | st.booleans() | st.none(), lambda inner: st.lists(inner, max_size=4)
)


@given(st.lists(VALUES))
def test_a_signed_list_is_spelled_as_compact_json_and_read_back(value):
    assert json.dumps(value, separators=(",", ":")).encode() == plain_json(value)
    assert value == read_plain(plain_json(value))


@given(st.characters().filter(lambda char: not (" " <= char <= "~") or char in '"\\'))
def test_a_character_that_would_need_an_escape_has_no_signed_spelling(char):
    with pytest.raises(ValueError, match="signed spelling"):
        plain_json([f"before{char}after"])


def test_a_text_or_number_of_a_narrower_type_is_spelled_as_what_it_is():
    class Narrow(str):
        __slots__ = ()

    class Word(str, enum.Enum):  # noqa: UP042 - the older form, which spells itself otherwise
        ONE = "one"

    class Few(int):
        __slots__ = ()

    assert plain_json([Narrow("narrow"), Word.ONE, Few(3)]) == b'["narrow","one",3]'

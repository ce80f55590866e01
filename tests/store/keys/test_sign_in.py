from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl_desk.domain.errors import InputError
from dsl_desk.store.sign_in import (
    ShortPassphraseError,
    UnreadableTextError,
    WrongLengthError,
    check_new_passphrase,
    passphrase_bytes,
    sign_in_bytes,
)
from dsl_desk.store.unicode_14 import is_assigned

ASSIGNED = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("typed", "bytes_"),
    [
        (" a\u00a0\t b ", b"a b"),
        ("\u212bngstro\u0308m", "Ångström".encode()),
        ("two\u2003\u3000words", b"two words"),
        ("line\nbreak\r\nhere", b"line break here"),
        ("ﬁne", b"fine"),
        ("Case Stays", b"Case Stays"),
    ],
)
def test_one_passphrase_is_the_same_bytes_however_it_is_typed(typed: str, bytes_: bytes) -> None:
    assert passphrase_bytes(typed) == bytes_


@pytest.mark.parametrize(
    ("typed", "bytes_"), [("Straße", b"strasse"), ("DANA  Made-Up", b"dana made-up"), ("İ", "i̇".encode())]
)
def test_a_sign_in_name_is_the_same_without_regard_to_case(typed: str, bytes_: bytes) -> None:
    assert sign_in_bytes(typed) == bytes_


@given(text=ASSIGNED)
def test_spelling_twice_changes_nothing(text: str) -> None:
    for spell in (passphrase_bytes, sign_in_bytes):
        try:
            once = spell(text)
        except InputError:
            continue
        assert spell(once.decode()) == once
        assert spell(f" {text}\u2028") == once


@pytest.mark.parametrize("typed", ["", " \u3000\n", "x" * 1025, "é" * 513])
def test_nothing_and_far_too_much_are_refused(typed: str) -> None:
    with pytest.raises(WrongLengthError):
        passphrase_bytes(typed)


@pytest.mark.parametrize(
    "char", ["\ud800", "\x00", "\x1b", "\x1c", "\x7f", "\u0378", "\U0001fae8", "\U00031350", "\U000e0000"]
)
def test_what_cannot_be_typed_the_same_way_everywhere_is_refused(char: str) -> None:
    """The last but two came with Unicode 15: a later Python must not take what an earlier one refuses."""
    with pytest.raises(UnreadableTextError):
        passphrase_bytes(f"a{char}b")
    with pytest.raises(UnreadableTextError):
        sign_in_bytes(char)


def test_a_new_passphrase_is_long_and_longer_without_a_device_secret() -> None:
    check_new_passphrase("twelve chars", with_device=True)
    check_new_passphrase("twenty-four characters !", with_device=False)
    for text, with_device in (("eleven char", True), ("a" + " " * 20 + "b", True), ("twenty-three characters", False)):
        with pytest.raises(ShortPassphraseError):
            check_new_passphrase(text, with_device=with_device)


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="Python 3.11 is the one whose own table is Unicode 14")
def test_the_table_of_unicode_14_is_python_3_11s_own() -> None:
    assert unicodedata.unidata_version == "14.0.0"
    differing = [
        code
        for code in range(sys.maxunicode + 1)
        if is_assigned(chr(code)) != (unicodedata.category(chr(code)) != "Cn")
    ]
    assert differing == []

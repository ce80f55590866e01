from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl_desk.domain.errors import WrongCodeError
from dsl_desk.domain.words import DeskId
from dsl_desk.store.recovery_codes import LETTERS, RecoveryCode, new_codes, printed, read_code

DESK = DeskId("1" * 32)
SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(secret=st.binary(min_size=16, max_size=16), letter=st.sampled_from(LETTERS), generation=st.integers(1, 10**6))
def test_a_printed_code_reads_back_however_it_is_typed(secret: bytes, letter: str, generation: int) -> None:
    code = RecoveryCode(letter=letter, generation=generation, secret=secret)
    text = printed(DESK, code)
    bare = text.partition(": ")[2]
    assert len(bare) == 28 + 6
    for typed in (
        text,
        bare,
        bare.lower(),
        f"  {text.lower()}  ",
        bare.replace("-", " ").replace("0", "O").replace("1", "l"),
        bare.replace("1", "i"),
    ):
        assert read_code(DESK, letter, generation, typed) == code


def test_nearly_every_wrong_symbol_and_every_swap_of_neighbours_is_seen() -> None:
    code = RecoveryCode(letter="A", generation=1, secret=bytes(range(16)))
    text = printed(DESK, code)[4:].replace("-", "")
    wrong = [text[:at] + other + text[at + 1 :] for at in range(28) for other in SYMBOLS if other != text[at]]
    wrong += [text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in range(27) if text[at] != text[at + 1]]
    missed = 0
    for typed in wrong:
        try:
            read_code(DESK, "A", 1, typed)
            missed += 1
        except WrongCodeError:
            pass
    assert missed <= len(wrong) / 256


@pytest.mark.parametrize("typed", ["", "A1:", "A1: 0000", "U" * 28, "0" * 27, "0" * 29, "é" * 28, "Z" * 28])
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(WrongCodeError):
        read_code(DESK, "A", 1, typed)


@pytest.mark.parametrize(("letter", "generation"), [("B", 1), ("A", 2)])
def test_a_label_of_another_code_is_refused(letter: str, generation: int) -> None:
    code = RecoveryCode(letter="A", generation=1, secret=bytes(16))
    with pytest.raises(WrongCodeError, match="label"):
        read_code(DESK, letter, generation, printed(DESK, code))


def test_a_code_of_another_desk_is_refused() -> None:
    code = RecoveryCode(letter="A", generation=1, secret=bytes(range(16)))
    with pytest.raises(WrongCodeError):
        read_code(DeskId("2" * 32), "A", 1, printed(DESK, code))


def test_three_codes_differ_and_tell_nothing_when_shown() -> None:
    codes = new_codes(3)
    assert [(code.letter, code.generation) for code in codes] == [("A", 3), ("B", 3), ("C", 3)]
    assert len({code.secret for code in codes}) == 3
    assert codes[0].secret.hex() not in repr(codes)
    assert repr(codes[0].secret) not in repr(codes)

"""One spelling, moments, errors, journal headers and links (format sections 3 and 8)."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl_desk.domain import errors
from dsl_desk.domain.encoding import (
    LARGEST_NUMBER,
    NO_DIGEST,
    compact_json,
    plain_json,
    read_json,
    read_plain,
    sha256_hex,
    short_head,
)
from dsl_desk.domain.errors import DamagedError, DslDeskError, WaitError
from dsl_desk.domain.journal import (
    Head,
    Header,
    commitment_of,
    desk_chain_holds,
    digest_of,
    next_header,
    verify_desk_chain,
    verify_strand_chain,
)
from dsl_desk.domain.moments import parse_utc
from dsl_desk.domain.words import CASE_REF, DeskId, Grade, StrandId
from tests.builders import moment

DESK = DeskId("d" * 32)
PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(0, LARGEST_NUMBER)
    | st.text(st.characters(min_codepoint=32, max_codepoint=126, exclude_characters='"\\')),
    lambda parts: st.lists(parts, max_size=4),
    max_leaves=12,
)


# ---- encoding


@given(st.lists(PLAIN, max_size=6))
def test_a_value_has_one_spelling_and_reads_back(value):
    raw = plain_json(value)
    assert read_plain(raw) == value
    assert b" " not in raw or any(isinstance(part, str) for part in str(value))


@pytest.mark.parametrize("value", [[1.5], ["é"], ['"'], ["\\"], ["\n"], [-1], [LARGEST_NUMBER + 1], [{}], "text"])
def test_what_has_no_signed_spelling_is_refused(value):
    with pytest.raises(ValueError, match="signed spelling"):
        plain_json(value)


@pytest.mark.parametrize("raw", [b"[1, 2]", b"{}", b"[1.0]", b'["\\u0041"]', b'{"a":1,"a":2}', b"[NaN]", b"[", b"\xff"])
def test_another_spelling_of_the_same_is_damage(raw):
    with pytest.raises(DamagedError):
        read_plain(raw)


def test_json_is_read_strictly():
    assert read_json(b'{"a":[1,"b",null]}') == {"a": [1, "b", None]}
    for raw in (b'{"a":1,"a":1}', b"[1.5]", b"[Infinity]", b"[" * 100_000):
        with pytest.raises(DamagedError):
            read_json(raw)
    assert compact_json({"b": "é"}) == '{"b":"é"}'.encode()


def test_a_head_is_printed_as_24_symbols():
    assert short_head("0" * 64) == "0" * 24
    assert short_head("f" * 64) == "Z" * 24
    assert len(short_head(sha256_hex(b"x"))) == 24
    assert sha256_hex(b"x") == hashlib.sha256(b"x").hexdigest()


# ---- moments, words, errors


def test_a_moment_is_spelled_as_headers_and_payloads_want_it():
    now = moment()
    assert now.at_utc == "2026-11-20T12:00:00.000000Z"
    assert now.at_local == "2026-11-20T12:00:00+00:00"
    assert parse_utc(now.at_utc) == datetime(2026, 11, 20, 12, tzinfo=UTC)
    with pytest.raises(ValueError, match="does not match"):
        parse_utc("2026-11-20")


def test_a_clock_that_was_set_is_seen_within_one_start_of_the_laptop():
    now = moment()
    later = replace(now, utc=now.utc + timedelta(minutes=10), mono_ms=now.mono_ms + 600_000)
    assert later.stepped_since(now) is None
    assert replace(later, mono_ms=now.mono_ms).stepped_since(now) == timedelta(minutes=10)
    back = replace(now, utc=now.utc - timedelta(minutes=3), mono_ms=now.mono_ms)
    assert back.stepped_since(now) == timedelta(minutes=-3)
    assert replace(back, boot="1" * 32).stepped_since(now) is None


def test_grades_rise_in_order():
    assert [grade.rank for grade in Grade] == [0, 1, 2]
    assert CASE_REF.fullmatch("MI-2026-K7Q4")
    assert not CASE_REF.fullmatch("MI-2026-K7O4")


def test_every_error_says_something_that_may_be_shown():
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, DslDeskError)]
    assert len(kinds) > 10
    for kind in kinds:
        made = kind(30) if kind is WaitError else kind()
        assert str(made).endswith(".")
        assert "\n" not in str(made)
    assert "30 seconds" in str(WaitError(30))
    assert str(DslDeskError("In words.")) == "In words."


# ---- journal


def chain(count: int, strands: int = 2) -> list[Header]:
    headers: list[Header] = []
    last = Head()
    heads: dict[str, Head] = {}
    for n in range(count):
        strand = StrandId(f"{n % strands:032x}")
        header = next_header(
            desk=DESK,
            strand=strand,
            at_utc=moment(n).at_utc,
            commitment=commitment_of(bytes(32), str(n).encode()),
            desk_head=last,
            strand_head=heads.get(strand, Head()),
        )
        last = Head(seq=header.seq, digest=digest_of(header.encode()))
        heads[strand] = Head(seq=header.strand_seq, digest=last.digest)
        headers.append(header)
    return headers


def rows(headers: list[Header]) -> list[tuple[bytes, str]]:
    return [(header.encode(), digest_of(header.encode())) for header in headers]


def desk_faults(kept: list[tuple[bytes, str]], desk: DeskId = DESK) -> list[tuple[int, str]]:
    """Every fault by name; the quick judgement must come to the same."""
    faults = [(fault.seq, fault.what) for fault in verify_desk_chain(desk, kept)]
    for size in (1, 4, 1000):
        assert desk_chain_holds(desk, blocks(kept, size)) is not bool(faults)
    return faults


def blocks(kept: list[tuple[bytes, str]], size: int) -> list[tuple[int, bytes]]:
    """Entries as the desk gives them in blocks, the columns beside each header being what it says itself."""
    lines = []
    for number, (raw, digest) in enumerate(kept, 1):
        try:
            header = Header.decode(raw)
            told = f"{header.seq} {header.strand} {header.strand_seq} {digest} "
        except DamagedError:
            told = f"{number} {0:032x} {number} {digest} "
        lines.append(told.encode() + raw)
    parts = [lines[at : at + size] for at in range(0, len(lines), size)]
    return [(len(part), b"\n".join(part)) for part in parts]


def strand_faults(kept: list[tuple[bytes, str]]) -> list[tuple[int, str]]:
    return [(fault.seq, fault.what) for fault in verify_strand_chain(kept)]


def test_a_chain_that_was_written_holds():
    headers = chain(9)
    assert desk_faults(rows(headers)) == []
    for strand in {header.strand for header in headers}:
        assert strand_faults(rows([header for header in headers if header.strand == strand])) == []
    assert (headers[0].prev_desk, headers[0].prev_strand, headers[0].seq) == (NO_DIGEST, NO_DIGEST, 1)
    assert strand_faults(rows(chain(4, 1))) == []


def test_a_header_has_one_spelling():
    header = chain(1)[0]
    assert Header.decode(header.encode()) == header
    for raw in (header.encode() + b" ", header.encode().replace(b"entry/1", b"entry/2"), b"", b"[]"):
        with pytest.raises(DamagedError):
            Header.decode(raw)


def odd(raw: bytes) -> tuple[bytes, str]:
    return raw, hashlib.sha256(raw).hexdigest()


@pytest.mark.parametrize("n", range(6))
def test_one_changed_entry_is_named(n):
    kept = rows(chain(6))
    changed = replace(chain(6)[n], commitment="0" * 64).encode()
    assert (n + 1, "its digest is not that of its header") in desk_faults(
        [*kept[:n], (changed, kept[n][1]), *kept[n + 1 :]]
    )
    faults = desk_faults([*kept[:n], odd(changed), *kept[n + 1 :]])
    assert n == 5 or (n + 2, "it is not linked to the entry before it") in faults


def test_a_left_out_doubled_or_swapped_entry_is_named():
    kept = rows(chain(6))
    numbers = "its numbers do not follow the entries before it"
    for broken in (kept[1:], kept[:2] + kept[3:], [*kept[:3], kept[2], *kept[3:]], [kept[1], kept[0], *kept[2:]]):
        assert any(what == numbers for _, what in desk_faults(broken))
        assert any(what == numbers for _, what in strand_faults(broken))


def test_a_header_that_cannot_be_read_is_named_and_the_rest_is_still_judged():
    kept = rows(chain(6, 1))
    broken = [*kept[:2], (b"x", kept[2][1]), *kept[3:]]
    for faults in (desk_faults(broken), strand_faults(broken)):
        assert (3, "its header is not spelled as it must be") in faults
    assert len(strand_faults(broken)) == 1


def loosened(header: Header, field: str) -> Header:
    if field == "prev_strand":
        return replace(header, prev_strand="0" * 64)
    return replace(header, prev_desk="0" * 64)


def test_a_strand_entry_linked_elsewhere_is_named():
    headers = chain(4, 1)
    for field in ("prev_strand", "prev_desk"):
        loose = [*headers[:3], loosened(headers[3], field)]
        what = "it is not linked to the entry before it"
        if field == "prev_strand":
            what = "it is not linked to its strand’s entry before it"
        assert strand_faults(rows(loose)) == [(4, what)]
        assert desk_faults(rows(loose)) == [(4, what)]


def test_a_strand_entry_with_another_digest_is_named():
    kept = rows(chain(2, 1))
    assert (1, "its digest is not that of its header") in strand_faults([(kept[0][0], "0" * 64), kept[1]])


def test_a_chain_of_another_desk_is_named():
    assert desk_faults(rows(chain(1)), DeskId("0" * 32)) == [(1, "its numbers do not follow the entries before it")]
    assert desk_faults([]) == strand_faults([]) == []


def test_an_entry_that_stands_elsewhere_than_its_header_says_does_not_hold():
    [(count, lines)] = blocks(rows(chain(4)), 10)
    assert desk_chain_holds(DESK, [(count, lines)])
    second = lines.split(b"\n")[1]
    number, strand, rest = second.split(b" ", 2)
    for moved in (b"9 " + strand + b" " + rest, number + b" " + b"e" * 32 + b" " + rest):
        assert not desk_chain_holds(DESK, [(count, lines.replace(second, moved))])
    for broken in ((count - 1, lines), (count + 1, lines), (count, lines.upper()), (count + 1, lines + b"\n")):
        assert not desk_chain_holds(DESK, [broken])


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_damage(raw):
    for read in (Header.decode, read_plain):
        with pytest.raises(DamagedError):
            read(raw + b"?")

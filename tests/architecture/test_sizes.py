"""Small rooms: what grows beyond 300 lines says why (tests excepted), and nothing at all grows beyond 500."""

from __future__ import annotations

from tests.architecture.sources import listed, name, python_files

AIM, LIMIT = 300, 500
ROOMS = ("dsl_desk", "installer", "resources")


def lengths(*folders: str) -> dict[str, int]:
    files = python_files(*folders)
    return {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files}


def test_no_file_is_longer_than_five_hundred_lines():
    assert {file: lines for file, lines in lengths(*ROOMS, "tests").items() if lines > LIMIT} == {}


def test_a_file_of_more_than_three_hundred_lines_says_why():
    reasons = listed("large_files.txt")
    assert {file: lines for file, lines in lengths(*ROOMS).items() if lines > AIM and not reasons.get(file)} == {}


def test_no_reason_stands_for_a_file_that_is_small_or_gone():
    long = {file for file, lines in lengths(*ROOMS).items() if lines > AIM}
    assert set(listed("large_files.txt")) - long == set()

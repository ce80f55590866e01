"""The page of registers says what their files say."""

from tests.documents.registers_page import PAGE, page


def test_the_page_of_registers_says_what_the_files_say():
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tests.documents.registers_page"

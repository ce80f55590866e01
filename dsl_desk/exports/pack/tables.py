"""Tables an investigator imports, in which no cell can run anything (format section 6, CSV)."""

import csv
import io
import re
import unicodedata

from dsl_desk.domain.errors import InputError
from dsl_desk.exports.pack.contents import Rows

_BOM = b"\xef\xbb\xbf"
_LIVE = frozenset("=+-@＝＋－＠\t\r")
_BREAKS = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def _starts_live(cell: str) -> bool:
    """Whether a spreadsheet could take the cell for a formula: its first character after blanks decides."""
    for char in cell:
        if char in _LIVE:
            return True
        if not (char.isspace() or unicodedata.category(char) in {"Cc", "Cf"}):
            return False
    return False


def inert_cell(text: str) -> str:
    """A cell as it may stand: one line, no byte order mark, an apostrophe before what could be a formula."""
    line = _BREAKS.sub(" ", text).replace("\ufeff", "").replace("\x00", "")
    return "'" + line if _starts_live(line) else line


def table_bytes(rows: Rows) -> bytes:
    """A table as CSV: UTF-8 with byte order mark, CRLF; raises InputError where rows differ in length."""
    if not rows or len({len(row) for row in rows}) != 1:
        raise InputError("A table of the pack has rows of different length. Nothing was written.")
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([inert_cell(cell) for cell in row] for row in rows)
    try:
        return _BOM + out.getvalue().encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError("A table of the pack holds characters that cannot be written. Nothing was written.") from error


def table_fault(raw: bytes) -> str | None:
    """Say what is wrong with a table of a pack, or None."""
    if not raw.startswith(_BOM) or raw.count(_BOM) != 1:
        return "it does not begin with the one byte order mark"
    if raw.count(b"\n") != raw.count(b"\r\n") or not raw.endswith(b"\r\n"):
        return "its lines do not end as they must"
    try:
        rows = list(csv.reader(io.StringIO(raw[len(_BOM) :].decode("utf-8"), newline=""), strict=True))
    except (ValueError, csv.Error):
        return "it could not be read as a table"
    if len({len(row) for row in rows}) != 1:
        return "its rows are of different length"
    if any(_starts_live(cell) or "\n" in cell or "\r" in cell for row in rows for cell in row):
        return "a cell could run in a spreadsheet"
    return None

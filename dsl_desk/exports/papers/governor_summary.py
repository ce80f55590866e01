"""The governor summary on paper: the published values and nothing else (flows 13)."""

from dataclasses import dataclass, replace

from reportlab.pdfgen.canvas import Canvas

from dsl_desk.exports.papers.fonts import FINE, LABEL, READ, SMALL, SMALL_STRONG
from dsl_desk.exports.papers.frame import PageFrame
from dsl_desk.exports.papers.page import LEFT, MEASURE, Op, draw_line, one_line
from dsl_desk.exports.papers.sheet import Sheet
from dsl_desk.exports.papers.slots import Column, Line, row_slots
from dsl_desk.exports.papers.text import visible
from dsl_desk.exports.summary import GovernorSummary, PublishedRow, PublishedTable, shown

_FEWEST_BARS, _MOST_TOGETHER = 2, 480.0
_BAR_START, _BAR_LENGTH, _BAR_STEP, _STUB = MEASURE * 0.3, MEASURE * 0.58, 15.0, 40.0
_METHOD = (
    "Counts are taken from the record by fixed fields; no words from a case are used. A count below {threshold} is "
    "withheld, because it could point to a pupil. Further counts are withheld where somebody could work out a small "
    "one by subtracting within it; earlier summaries are not compared. Both kinds read the same on purpose. A nought "
    "may be withheld like any small count."
)
_SMALL_SCHOOL = (
    "The school had few cases in this period. The layout for small numbers is used: one total, risk classes over "
    "twelve months, facts about filtering and monitoring, themes and lessons."
)


@dataclass(frozen=True, slots=True)
class _Bar:
    label: str
    words: str
    length: float | None


def governor_summary_pdf(content: GovernorSummary, frame: PageFrame) -> bytes:
    """Cover, tables, bars, note on method, lines for ink; a withheld cell never tells why it is withheld."""
    frame = replace(frame, printed_by="", rehearsal=frame.rehearsal or content.rehearsal)
    sheet = Sheet(frame, "Online safety: summary for governors", lead=f"{content.period_label} · {content.body}")
    _set_cover(sheet, content)
    sheet.new_page()
    for table in content.tables:
        _set_table(sheet, table, content.threshold)
    for title, facts in (
        ("Filtering and monitoring", content.filtering_and_monitoring),
        ("Training, curriculum, filter changes, last report", content.other_facts),
    ):
        if facts:
            sheet.heading(title)
            sheet.facts((fact.label, fact.value) for fact in facts)
    for title, phrases in (("Themes", content.themes), ("Lessons", content.lessons)):
        if phrases:
            sheet.heading(title, keep_with=16)
            for phrase in phrases:
                sheet.text(f"–  {phrase}", after=1)
    return sheet.pdf()


def _set_cover(sheet: Sheet, content: GovernorSummary) -> None:
    sheet.space(6)
    sheet.text(
        "No person can be identified from this summary. It holds counts, facts and set phrases only.", READ, after=8
    )
    sheet.facts(
        [
            ("School", content.school),
            *([("Site", content.site)] if content.site else []),
            ("Period", f"{content.period_label} ({content.period_from} to {content.period_to})"),
            ("For", content.body),
            ("Withheld", f"Counts below {content.threshold}, and others that would give them away"),
            *((each.acted_as.capitalize(), f"{each.role}, {_day_and_time(each.at_utc)}") for each in content.confirmed),
        ]
    )
    sheet.heading("How the counts were made")
    sheet.text(_METHOD.format(threshold=content.threshold))
    if content.small_school:
        sheet.text(_SMALL_SCHOOL)
    sheet.heading("Released and received", keep_with=100)
    sheet.signatures(("Released: DSL or deputy", ""), ("Released: Headteacher, or Chair", ""))
    sheet.signatures(("Received for the governing body", ""), height=64)


def _day_and_time(at_utc: str) -> str:
    return at_utc[:16].replace("T", ", ") + " UTC" if at_utc.endswith("Z") else at_utc


def _set_table(sheet: Sheet, table: PublishedTable, threshold: int) -> None:
    bars = _bars(table, threshold)
    height = _BAR_STEP * len(bars) + 16 if bars else 0.0
    sheet.heading(table.title, keep_with=min(52 + 19 * len(table.rows) + height, _MOST_TOGETHER))
    share = 0.6 / max(1, len(table.columns))
    columns = [
        Column(title="", share=0.4),
        *(Column(title=name, share=share, align="right") for name in table.columns),
    ]
    strong = [replace(column, style=SMALL_STRONG) for column in columns]
    sheet.table(columns, [_cells(row, strong if row.total else columns, threshold) for row in table.rows])
    if table.previous_period:
        sheet.text("The last column is the period before, as it was published then.", FINE, after=2)
    if bars:
        _set_bars(sheet, visible(table.columns[_bar_column(table)].upper(), LABEL.font, keep_lines=False), bars)


def _cells(row: PublishedRow, columns: list[Column], threshold: int) -> list[tuple[Line, ...]]:
    texts = (row.label, *(shown(cell, threshold) for cell in row.cells))
    return [slot.lines for slot in row_slots(columns, texts)]


def _bar_column(table: PublishedTable) -> int:
    """The last column of this period."""
    return len(table.columns) - (2 if table.previous_period else 1)


def _bars(table: PublishedTable, threshold: int) -> list[_Bar]:
    """One bar a line, totals left out; none where there would be only one, or nothing to see."""
    column = _bar_column(table)
    rows = [row for row in table.rows if not row.total] if column >= 0 else []
    largest = max((row.cells[column].value or 0 for row in rows), default=0)
    if len(rows) < _FEWEST_BARS or largest == 0:
        return []
    bars = []
    for row in rows:
        value = row.cells[column].value
        length = None if value is None else _BAR_LENGTH * value / largest
        bars.append(_Bar(one_line(row.label, SMALL, _BAR_START - 8), shown(row.cells[column], threshold), length))
    return bars


def _set_bars(sheet: Sheet, title: str, bars: list[_Bar]) -> None:
    """Bars side by side; withheld ones all look the same: a dashed stub and the word."""
    sheet.need(_BAR_STEP + 14)
    sheet.space(2)
    title_y = sheet.y - 8
    sheet.op(lambda canvas: draw_line(canvas, title, LABEL, LEFT, title_y))
    sheet.space(14)
    for bar in bars:
        sheet.need(_BAR_STEP)
        sheet.op(_bar_drawing(bar, sheet.y - _BAR_STEP))
        sheet.space(_BAR_STEP)
    sheet.space(6)


def _bar_drawing(bar: _Bar, y: float) -> Op:
    def draw(canvas: Canvas) -> None:
        draw_line(canvas, bar.label, SMALL, LEFT, y + 4)
        canvas.setFillGray(0.35)
        canvas.setStrokeGray(0.3)
        canvas.setLineWidth(0.6)
        if bar.length is None:
            canvas.setDash(2, 2)
            canvas.rect(LEFT + _BAR_START, y + 2, _STUB, 9, stroke=1, fill=0)
            canvas.setDash()
        else:
            canvas.rect(LEFT + _BAR_START, y + 2, bar.length, 9, stroke=0, fill=1)
        end = _STUB if bar.length is None else bar.length
        draw_line(canvas, bar.words, SMALL, LEFT + _BAR_START + end + 6, y + 4)

    return draw

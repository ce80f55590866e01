"""The governor summary on paper: the published values and nothing else (flows 13)."""

from dataclasses import replace

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.lib.colors import Color

from dsl_desk.exports.papers.fonts import FINE, LABEL, READ, SMALL, SMALL_STRONG, Style
from dsl_desk.exports.papers.frame import PageFrame
from dsl_desk.exports.papers.page import LEFT, MEASURE, one_line
from dsl_desk.exports.papers.sheet import Sheet
from dsl_desk.exports.papers.slots import Column, Line, row_slots
from dsl_desk.exports.papers.text import visible, visual
from dsl_desk.exports.summary import GovernorSummary, PublishedRow, PublishedTable, shown

_FEWEST_BARS, _MOST_TOGETHER = 2, 480
_METHOD = (
    "Counts are taken from the record by fixed fields; no words from a case are used. A count below {threshold} is "
    "withheld, because it could point to a pupil. Further counts are withheld where somebody could work out a small "
    "one by subtracting, here or from an earlier summary. Both kinds read the same on purpose. A nought may be withheld "
    "like any small count."
)
_SMALL_SCHOOL = (
    "The school had few cases in this period. The layout for small numbers is used: one total, risk classes over "
    "twelve months, facts about filtering and monitoring, themes and lessons."
)


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
    together = 52 + 19 * len(table.rows) + (bars.height + 16 if bars else 0)
    sheet.heading(table.title, keep_with=min(together, _MOST_TOGETHER))
    share = 0.6 / max(1, len(table.columns))
    columns = [
        Column(title="", share=0.4),
        *(Column(title=name, share=share, align="right") for name in table.columns),
    ]
    strong = [replace(column, style=SMALL_STRONG) for column in columns]
    sheet.table(columns, [_cells(row, strong if row.total else columns, threshold) for row in table.rows])
    if table.previous_period:
        sheet.text("The last column is the period before, as it was published then.", FINE, after=2)
    if bars is not None:
        sheet.need(bars.height + 8)
        place = sheet.y - bars.height
        sheet.op(lambda canvas: renderPDF.draw(bars, canvas, LEFT, place))
        sheet.y = place
        sheet.space(6)


def _cells(row: PublishedRow, columns: list[Column], threshold: int) -> list[tuple[Line, ...]]:
    texts = (row.label, *(shown(cell, threshold) for cell in row.cells))
    return [slot.lines for slot in row_slots(columns, texts)]


def _bars(table: PublishedTable, threshold: int) -> Drawing | None:
    """Bars of the last column of this period; withheld ones all alike: a dashed stub and the word."""
    column = len(table.columns) - (2 if table.previous_period else 1)
    rows = [row for row in table.rows if not row.total]
    cells = [row.cells[column] for row in rows] if column >= 0 else []
    largest = max((cell.value or 0 for cell in cells), default=0)
    if len(cells) < _FEWEST_BARS or largest == 0:
        return None
    labels, full, step = MEASURE * 0.3, MEASURE * 0.6, 15.0
    drawing = Drawing(MEASURE, step * len(cells) + 14)
    drawing.add(_words(0, step * len(cells) + 4, table.columns[column].upper(), LABEL))
    for place, (row, cell) in enumerate(zip(rows, cells, strict=True), 1):
        y = step * (len(cells) - place)
        drawing.add(_words(0, y + 4, one_line(row.label, SMALL, labels - 8), SMALL))
        if cell.value is None:
            drawing.add(
                Rect(
                    labels,
                    y + 2,
                    40,
                    9,
                    fillColor=None,
                    strokeColor=Color(0.3, 0.3, 0.3),
                    strokeWidth=0.6,
                    strokeDashArray=[2, 2],
                )
            )
            drawing.add(_words(labels + 46, y + 4, shown(cell, threshold), SMALL))
        else:
            width = full * cell.value / largest
            drawing.add(Rect(labels, y + 2, width, 9, fillColor=Color(0.35, 0.35, 0.35), strokeColor=None))
            drawing.add(_words(labels + width + 6, y + 4, str(cell.value), SMALL))
    return drawing


def _words(x: float, y: float, text: str, style: Style) -> String:
    grey = Color(style.grey, style.grey, style.grey)
    return String(x, y, visual(visible(text, style.font)), fontName=style.font, fontSize=style.size, fillColor=grey)

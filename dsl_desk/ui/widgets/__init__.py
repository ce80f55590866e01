"""Every part a page is made of; the package docstring of `dsl_desk.ui` says how they are used."""

from dsl_desk.ui.widgets.buttons import Button, Kind
from dsl_desk.ui.widgets.case_parts import (
    Chronology,
    ChronologyEntry,
    EntryLine,
    Facts,
    SignatureBlock,
)
from dsl_desk.ui.widgets.cells import Cell, CellLook, Cells, Column
from dsl_desk.ui.widgets.choices import CheckBox, Choice
from dsl_desk.ui.widgets.counts_table import WITHHELD, CountsTable
from dsl_desk.ui.widgets.covered import Covered
from dsl_desk.ui.widgets.fields import Dropdown, Field, LineEdit, PassphraseField, TextArea
from dsl_desk.ui.widgets.files import ask_file
from dsl_desk.ui.widgets.form_part import FormPart
from dsl_desk.ui.widgets.layouts import Flow, Line, Panel, Scroller, SideBySide, emptied, in_column, in_line
from dsl_desk.ui.widgets.links import ProblemLink, WrappingLink
from dsl_desk.ui.widgets.notices import ErrorSummary, Notice, NoticeKind, Verdict
from dsl_desk.ui.widgets.panes import Panes
from dsl_desk.ui.widgets.rows import Row, TaskGroup, TaskRow
from dsl_desk.ui.widgets.status import Status
from dsl_desk.ui.widgets.steps import ProgressBar, StageList, StageState, StepRail, StepState
from dsl_desk.ui.widgets.strips import FactStrip, HoldBackStrip, HoldState
from dsl_desk.ui.widgets.table import Table
from dsl_desk.ui.widgets.text import Icon, Text
from dsl_desk.ui.widgets.tiles import Tile, TileGroup

__all__ = [
    "WITHHELD",
    "Button",
    "Cell",
    "CellLook",
    "Cells",
    "CheckBox",
    "Choice",
    "Chronology",
    "ChronologyEntry",
    "Column",
    "CountsTable",
    "Covered",
    "Dropdown",
    "EntryLine",
    "ErrorSummary",
    "FactStrip",
    "Facts",
    "Field",
    "Flow",
    "FormPart",
    "HoldBackStrip",
    "HoldState",
    "Icon",
    "Kind",
    "Line",
    "LineEdit",
    "Notice",
    "NoticeKind",
    "Panel",
    "Panes",
    "PassphraseField",
    "ProblemLink",
    "ProgressBar",
    "Row",
    "Scroller",
    "SideBySide",
    "SignatureBlock",
    "StageList",
    "StageState",
    "Status",
    "StepRail",
    "StepState",
    "Table",
    "TaskGroup",
    "TaskRow",
    "Text",
    "TextArea",
    "Tile",
    "TileGroup",
    "Verdict",
    "WrappingLink",
    "ask_file",
    "emptied",
    "in_column",
    "in_line",
]

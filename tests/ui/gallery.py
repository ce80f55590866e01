"""Every widget on made-up pages like those of the desk: what the pictures and the walks look at."""

# ruff: noqa: E501 - made-up words of the pages stand on one line each

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from dsl_desk.domain.moments import Moment
from dsl_desk.domain.words import Grade
from dsl_desk.ui.halt import Stopped
from dsl_desk.ui.main_window import MainWindow
from dsl_desk.ui.page import Page, PageKind
from dsl_desk.ui.shell import Place
from dsl_desk.ui.tokens import Look, Role, Space, State
from dsl_desk.ui.widgets import (
    WITHHELD,
    Button,
    Cell,
    CellLook,
    CheckBox,
    Choice,
    Chronology,
    ChronologyEntry,
    Column,
    CountsTable,
    Covered,
    Dropdown,
    Facts,
    FactStrip,
    Field,
    Flow,
    HoldBackStrip,
    HoldState,
    Icon,
    Kind,
    LineEdit,
    Notice,
    NoticeKind,
    Panel,
    PassphraseField,
    ProgressBar,
    Row,
    SideBySide,
    SignatureBlock,
    StageList,
    StageState,
    Status,
    StepRail,
    StepState,
    Table,
    TaskGroup,
    TaskRow,
    Text,
    TextArea,
    TileGroup,
    Verdict,
)

NOON = datetime(2026, 11, 24, 14, 2, tzinfo=UTC)
PLACES = (
    Place(key="home", words="Home", icon="house"),
    Place(key="cases", words="Cases", icon="folder"),
    Place(key="registers", words="Registers", icon="clipboard-list"),
    Place(key="packs", words="Packs", icon="package"),
    Place(key="governors", words="Governor summary", icon="chart-column"),
    Place(key="settings", words="Settings", icon="settings", at_foot=True),
    Place(key="help", words="Help", icon="circle-question-mark", at_foot=True),
)


class HandClock:
    """A clock that a test sets forward by hand."""

    def __init__(self) -> None:
        self.wall, self.mono_ms = NOON, 1_000_000

    def __call__(self) -> Moment:
        return Moment(utc=self.wall, local=self.wall, zone="Europe/London", boot="0" * 32, mono_ms=self.mono_ms)

    def go(self, seconds: float, *, asleep: bool = False) -> None:
        self.wall += timedelta(seconds=seconds)
        if not asleep:
            self.mono_ms += int(seconds * 1000)


def window(app: QApplication, clock: HandClock | None = None) -> MainWindow:
    made = MainWindow(app, clock or HandClock())
    made.set_desk("Northfield Example School desk")
    made.set_places(PLACES)
    made.set_count("home", 5)
    made.set_lock_page(unlock())
    made.set_person("Pat Example, DSL")
    return made


def home() -> Page:
    page = Page(PageKind.PLACE, "What is waiting for me", subtitle="Tuesday 24 November 2026")
    waiting, column = QWidget(), QVBoxLayout()
    waiting.setLayout(column)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for row in (
        Row("octagon-x", "MI-2026-K7Q4 is halted", "Next open step: ring 101 and write down the log number", "Now",
            role=Role.DANGER, date_role=Role.DANGER),
        Row("signature", "Your sign-off is asked for: MI-2026-W6JN",
            "Sam Sample signed on 23 November. Read the record, then sign.", "Asked yesterday", role=Role.WAIT),
        Row("phone", "Ring the LADO back: MI-2026-R8PX", "They asked for a call before the end of the school day",
            "Today, by 15:30", role=Role.WARN, date_role=Role.WARN),
        Row("calendar-clock", "Filtering check for November", "Last one: 22 October, done by Robin Placeholder",
            "Fri 27 Nov", role=Role.TEXT2),
    ):  # fmt: skip
        column.addWidget(row)
    desk = Panel()
    desk.body.addWidget(Text("This desk", Look.STRONG))
    for icon, role, title, second in (
        ("triangle-alert", Role.WARN, "Set-up unfinished: 2 left", "No number yet for the police force and the LADO."),
        ("circle-check", Role.OK, "Backed up yesterday, 16:40", "To stick B, read back and verified"),
        ("circle-check", Role.OK, "Everything checked on Friday", "No fault found in 214 entries"),
    ):
        line, words = QHBoxLayout(), QVBoxLayout()
        line.setSpacing(Space.M)
        words.setSpacing(0)
        line.addWidget(Icon(icon, 20, role), 0, Qt.AlignmentFlag.AlignTop)
        words.addWidget(Text(title, Look.MEDIUM))
        words.addWidget(Text(second, Look.CAPTION, Role.TEXT2))
        if role is Role.WARN:
            words.addWidget(Button("Finish set-up", Kind.QUIET), 0, Qt.AlignmentFlag.AlignLeft)
        line.addLayout(words, 1)
        desk.body.addLayout(line)
    page.add(SideBySide(waiting, desk, ratio=(746, 308), gap=40))
    filters = QWidget()
    head = Flow(filters, gap=10)
    head.add(Text("Cases", Look.HEADING, wrap=False))
    find = LineEdit(placeholder="Find by reference, name or word")
    find.setAccessibleName("Find a case by reference, name or word")
    find.setFixedWidth(280)
    head.add(find)
    head.add(Dropdown([("open", "Open and halted"), ("all", "All")], name="State"))
    head.add(Dropdown([("", "Led by anyone"), ("me", "Led by me")], name="Led by"))
    head.add(Text("4 of 4", role=Role.TEXT2, wrap=False))
    page.add(filters, space=Space.L)
    table = Table("Cases", [
        Column(title="Reference", width=148), Column(title="Concern"), Column(title="About", width=104, narrow=False),
        Column(title="State", width=222), Column(title="Next to act", width=132, narrow=False),
        Column(title="Sign-off", width=130, narrow=False),
    ], selectable=True)  # fmt: skip
    table.show_rows([
        [Cell("MI-2026-K7Q4", CellLook.MARK), Cell("Picture concern on a phone"), Cell("Pupil, Y9"),
         Cell("Halted: no looking", state=State.HALTED), Cell("You"), Cell("Not requested")],
        [Cell("MI-2026-W6JN", CellLook.MARK), Cell("Filter bypassed on tablets"), Cell("Pupils, Y10"),
         Cell("", state=State.NEEDS_SECOND), Cell("You"), Cell("Requested")],
        [Cell("MI-2026-T3WH", CellLook.MARK), Cell("Account using the school badge"), Cell("Not known"),
         Cell("", state=State.NEEDS_SECOND), Cell("You"), Cell("Not requested")],
        [Cell("MI-2026-R8PX", CellLook.MARK), Cell("Money asked for in a game"), Cell("Pupil, Y7"),
         Cell("", state=State.IN_PROGRESS), Cell("You"), Cell("Not requested")],
    ])  # fmt: skip
    table.show_whole()
    page.add(table, space=Space.S)
    page.body.addStretch(1)
    return page


def question() -> Page:
    done, now, later = StepState.DONE, StepState.NOW, StepState.LATER
    rail = StepRail("New concern", "What is suspected", [
        ("Danger now", "Answered: No", done), ("Who it is about", "Answered: a pupil", done),
        ("Pictures of under-18s", "This question", now), ("An adult and a child", "Not answered yet", later),
        ("Other crime or harm", "Not answered yet", later), ("Could looking spoil it", "Not answered yet", later),
        ("What was done already", "Not answered yet", later),
    ])  # fmt: skip
    page = Page(
        PageKind.QUESTION,
        "Could there be a picture, video or live stream of anyone under 18 who is nude, partly nude or shown sexually?",
        hint="Count drawn, edited and computer-made ones, and pictures you have not seen.",
        back="Back to question 2", rail=rail,
    )  # fmt: skip
    page.help_topic = "triage"
    page.add(Notice("Answer from what you have been told. Do not look to find out.", icon="eye-off"), space=0)
    tiles = TileGroup(page.title.text(), [("yes", "&Yes"), ("no", "&No"), ("not_sure", "Not &sure")])
    page.add(tiles, space=20)
    page.set_primary("&Continue")
    page.add_action("Save and come back later", Kind.QUIET)
    page.set_foot("Draft saved 13:58. Your answers are kept with your name and the time.")
    return page


def case() -> Page:
    page = Page(
        PageKind.PLACE, "MI-2026-T3WH",
        subtitle="Account using the school badge · about: not known · led by Pat Example, DSL · opened 16 November 2026",
    )  # fmt: skip
    page.title.set_mark()
    page.add_to_head(Status(State.NEEDS_SECOND, tag=True))
    page.add_to_head(Button("Make a &pack…", icon="package"))
    page.add_to_head(Button("&Go to step 13", Kind.PRIMARY, icon_after="arrow-right", tall=False))
    strip = HoldBackStrip()
    strip.show_audiences([
        ("Subject", "Wait", HoldState.WAIT), ("Parents", "Wait: police to agree", HoldState.WAIT),
        ("Staff", "Told 19 Nov, 08:30", HoldState.TOLD), ("Platform", "May tell", HoldState.TELL),
        ("Pupils", "May tell", HoldState.TELL), ("Other school", "Wait", HoldState.WAIT), ("Press", "Wait", HoldState.WAIT),
    ])  # fmt: skip
    page.set_strip(strip)
    tasks, column = QWidget(), QVBoxLayout()
    tasks.setLayout(column)
    column.setContentsMargins(0, 0, 0, 0)
    for group in (
        TaskGroup("Before looking", "Steps 1 to 10: 9 done, 1 skipped with reason", [
            TaskRow("3", "What is suspected", "Answered by Pat Example", State.DONE, opens=False),
            TaskRow("4", "Secure it", "Reason: no school device is involved", State.SKIPPED, opens=False),
        ], folded=True),
        TaskGroup("Looking", "2 sessions, 6 sightings", [
            TaskRow("11", "Look and record", "Pat Example and Sam Sample, 20 November", State.DONE, opens=False),
            TaskRow("12", "Finish looking", "Both confirmed, 20 November, 15:41", State.DONE, opens=False),
        ]),
        TaskGroup("Deciding", "Steps 13 to 17", [
            TaskRow("13", "Judge", "Next: Pat Example. Sam Sample judged on 23 November.", State.NEEDS_SECOND, opens=True),
            TaskRow("14", "Act", "Next: Pat Example. 1 action written, none finished.", State.IN_PROGRESS, opens=True),
            TaskRow("15", "The child", "Next: Pat Example. Open since step 3.", State.NOT_STARTED, opens=True),
            TaskRow("16", "Parents", "Next: Pat Example, once the hold-back list allows", State.NOT_STARTED, opens=True),
            TaskRow("17", "Sign", "Next: both reviewers, after step 13", State.CANNOT_START, opens=False),
        ]),
    ):  # fmt: skip
        column.addWidget(group)
    column.addStretch(1)
    page.add(SideBySide(tasks, _chronology(), ratio=(694, 356), gap=40), space=0)
    return page


def _chronology() -> QWidget:
    side, column = QWidget(), QVBoxLayout()
    side.setLayout(column)
    column.setContentsMargins(0, 0, 4, 0)
    head = QHBoxLayout()
    head.addWidget(Text("Chronology", Look.HEADING), 1)
    head.addWidget(Button("&Add a note", icon="plus"))
    column.addLayout(head)
    entries = Chronology("Chronology of MI-2026-T3WH")
    entries.show_entries([
        ChronologyEntry(title="Judgement recorded, closed to the other reviewer", second="23 Nov 16:12 · Sam Sample",
                        icon="scale", role=Role.WAIT),
        ChronologyEntry(title="Call: police said hold off telling parents; log 0417", second="23 Nov 10:05 · Pat Example",
                        icon="phone", role=Role.TEXT2),
        ChronologyEntry(title="Looking finished; tablet locked away, seal EX-0031", second="20 Nov 15:41 · both reviewers",
                        icon="circle-check", role=Role.OK),
        ChronologyEntry(title="Exhibit PE/2 added: picture of a page", second="20 Nov 15:17 · Pat Example", icon="image"),
        ChronologyEntry(title="Concern recorded", second="16 Nov 09:12 · Pat Example", icon="pen-line"),
    ])  # fmt: skip
    column.addWidget(entries)
    column.addStretch(1)
    return side


def review() -> Page:
    page = Page(PageKind.SESSION, "Review session 2", subtitle="MI-2026-T3WH")
    page.looking = True
    page.add_to_head(Text("0:18:42", Look.TITLE, wrap=False))
    page.add_to_head(Button("&Pause", icon="pause"))
    page.add_to_head(Button("&Finish looking…"))
    page.set_strip(FactStrip([
        ("tablet-smartphone", "Staff tablet 04", "Serial EX-0004 · Room 12 · was on", Role.TEXT2),
        ("wifi", "Guest internet until 16:30", "Given by IT at 14:55", Role.TEXT2),
        ("users-round", "Pat Example, Sam Sample", "Both in the room since 15:02", Role.OK),
        ("target", "Looking for: who runs the account", "Stop at: any private message", Role.TEXT2),
    ]))  # fmt: skip
    form, column = QWidget(), QVBoxLayout()
    form.setLayout(column)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.M)
    column.addWidget(Text("Sighting 5", Look.HEADING))
    column.addWidget(Field("&Address, or what the item is", LineEdit("social.example/northfield-badge/about")))
    saw = TextArea(3)
    saw.setText("The page shows the school badge and the words “Northfield news”. It names no pupil.")
    column.addWidget(Field("&What you saw", saw, hint="Plain facts. Full names, no initials."))
    column.addWidget(Field("Why it w&orries you", TextArea(3)))
    column.addWidget(Text("Any reason to stop?", Look.STRONG))
    tiles = TileGroup("Any reason to stop?", [("yes", "&Yes"), ("no", "&No"), ("not_sure", "Not &sure")], compact=True)
    column.addWidget(tiles)
    column.addWidget(Text("Picture, if it adds something", Look.STRONG))
    column.addWidget(Button("Add a p&icture…", icon="camera"))
    column.addStretch(1)
    side, right = QWidget(), QVBoxLayout()
    side.setLayout(right)
    right.setContentsMargins(0, 0, 0, 0)
    right.addWidget(Text("Recorded so far", Look.HEADING))
    for number, words in (
        (4, "social.example/northfield-badge/posts/12"),
        (3, "social.example/northfield-badge/posts/11"),
    ):
        right.addWidget(Row("eye-off", f"{number}  {words}", "15:16 · Timetable of a club, no names", "PE/2"))
    covered = Covered("PE/2", "Added 15:17 by Pat Example. Each uncovering is recorded.")
    covered.setMinimumHeight(220)
    right.addWidget(covered, 1)
    page.add(SideBySide(form, side, ratio=(1, 1), stacks_below=900), space=0)
    page.set_primary("&Record sighting")
    page.add_action("What &next", Kind.QUIET)
    return page


def sign_off() -> Page:
    page = Page(
        PageKind.ASSISTANT, "Sign the review record", back="Back to MI-2026-T3WH", width=1270,
        subtitle="Step 17. Each reviewer signs alone, with their own passphrase, then both sign the printed form in ink.",
    )  # fmt: skip
    left, column = QWidget(), QVBoxLayout()
    left.setLayout(column)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(Text("What your signature covers", Look.HEADING))
    column.addWidget(Facts([
        ("Purpose", "Find out who runs an account that uses the school badge"),
        ("Reviewers", "Sam Sample, Deputy DSL; Pat Example, DSL"), ("Device", "Staff tablet 04, serial EX-0004"),
        ("Looking", "2 sessions, 18 and 20 November; 6 sightings"), ("Exhibits", "2: PE/1 and PE/2"),
        ("Judgements", "Substance (Sam Sample); substance (Pat Example)"),
        ("Conclusion", "Account reported to the platform; assembly on names online"),
        ("Record as it stands", "Entry 41, 25 November 2026, 11:30"),
    ]))  # fmt: skip
    column.addSpacing(Space.S)
    column.addWidget(Button("Read the &whole record", icon="file-text"))
    column.addWidget(Text(
        "A later change to any of these makes both signatures void, and the record says so. What follows, such as "
        "telling parents, never does.", role=Role.TEXT2))  # fmt: skip
    right, blocks = QWidget(), QVBoxLayout()
    right.setLayout(blocks)
    blocks.setContentsMargins(0, 0, 0, 0)
    blocks.setSpacing(Space.L)
    blocks.addWidget(SignatureBlock(
        "Reviewer 1, Deputy DSL", "Sam Sample", "Signed at entry 41 on 25 November 2026, 11:32",
        Status.of("circle-check", "Signed", Role.OK, Role.OK_SOFT)))  # fmt: skip
    asked = SignatureBlock(
        "Reviewer 2, DSL, signed in now", "Pat Example", "",
        Status.of("signature", "Asked to sign", Role.WAIT, Role.WAIT_SOFT), asked=True)  # fmt: skip
    agree = CheckBox("I was there for the review and have read this record.")
    agree.setChecked(True)
    secret = PassphraseField("Your own passphrase", hint="The one that unlocks the desk. Nobody can sign for you.")
    secret.set_text("made-up words")
    asked.body.addWidget(agree)
    asked.body.addSpacing(Space.S)
    asked.body.addWidget(secret)
    asked.body.addSpacing(Space.M)
    asked.body.addWidget(Button("&Sign as Pat Example", Kind.PRIMARY, icon="signature"))
    blocks.addWidget(asked)
    blocks.addWidget(Button("I do not agree with this record", Kind.QUIET))
    page.add(SideBySide(left, right, ratio=(722, 500), stacks_below=800), space=0)
    return page


def writing() -> Page:
    page = Page(
        PageKind.ASSISTANT, "Making pack 2", back="Back to MI-2026-T3WH", width=1270,
        subtitle="Signed off · by hand on an encrypted stick · for Example Police",
    )  # fmt: skip
    left, column = QWidget(), QVBoxLayout()
    left.setLayout(column)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.S)
    column.addWidget(Text("Reading back and checking: 19 of 31 files", Look.HEADING))
    bar = ProgressBar("Reading back and checking")
    bar.show_part(19, 31)
    column.addWidget(bar)
    column.addWidget(StageList([
        ("Gather what the pack holds", "31 files, 84 MB", StageState.DONE), ("Write to the stick", "52 s", StageState.DONE),
        ("Read back from the stick and check each file", "19 of 31", StageState.RUNNING),
        ("Verify the pack as a stranger would", "", StageState.TO_COME),
        ("Name it and enter it in the register", "", StageState.TO_COME),
    ]))  # fmt: skip
    facts, right = QWidget(), QVBoxLayout()
    facts.setLayout(right)
    right.setContentsMargins(0, 0, 0, 0)
    right.addWidget(Text("What is in it", Look.HEADING))
    right.addWidget(Facts([("First page", "Officer summary, two pages"), ("Left out", "Nothing"),
                           ("Goes to", "Stick C, encrypted, 15 GB free")], key_width=126))  # fmt: skip
    page.add(SideBySide(left, facts, ratio=(814, 400)), space=0)
    page.add_action("&Cancel this pack")
    return page


def done() -> Page:
    page = Page(PageKind.ASSISTANT, "Pack 2 for Example Police", back="Back to MI-2026-T3WH", width=1270,
                subtitle="Signed off · MI-2026-T3WH · made 26 November 2026, 14:31")  # fmt: skip
    page.add(Verdict(True, "Verified: complete and unchanged",
                     "All 31 files were read back from stick C and agree with the record at entry 44."), space=0)  # fmt: skip
    page.add(Facts([("Folder", "MI-2026-T3WH-pack-2"), ("Fingerprint", Text("9C4E 71D0 A2B8 55F3", Look.STRONG, mark=True)),
                    ("Receipt", Status.of("circle-dot", "Not back yet", Role.INK, Role.ACCENT_SOFT))]))  # fmt: skip
    page.set_primary("&Print the receipt", icon="printer", keys=False)
    page.add_action("Print the &officer summary", icon="printer")
    page.add_action("Verify again", Kind.QUIET)
    return page


def form() -> Page:
    page = Page(PageKind.ASSISTANT, "Where you will look", hint="A device pupils do not use. The same one to the end.",
                back="Back to MI-2026-R8PX", width=640)  # fmt: skip
    page.help_topic = "where-to-look"
    make = Field("&Make and model", LineEdit())
    label, where = (
        Field("&Number on the label", LineEdit("EX-0007")),
        Field("Where it &is", LineEdit("Office safe, shelf 2")),
    )
    date = Field(
        "&Date it was secured", LineEdit("24th of last month"), hint="Any form will do: 3/9/26, 3 Sept 2026.", width=220
    )
    page.add(make, space=0)
    page.add(SideBySide(label, where, ratio=(1, 1), gap=20, stacks_below=420))
    page.add(date)
    page.add(
        Choice(
            "How it was", [("on", "On"), ("off", "Off"), ("unknown", "Not known")], hint="On stays on, off stays off."
        )
    )
    page.set_primary("&Save and continue")
    page.add_action("Save and come back later", Kind.QUIET)
    page.show_problems([(make, "Enter the make and model"),
                        (date, "Enter the date the device was secured, such as 3/9/26")])  # fmt: skip
    return page


def unlock() -> Page:
    page = Page(PageKind.GATE, "Unlock the desk", subtitle="Northfield Example School")
    page.add(Field("Your account name", LineEdit("pat.example")), space=0)
    page.add(PassphraseField("Your passphrase", hint="You may paste it. Capital letters count."))
    page.set_primary("&Unlock", icon="lock-open", keys=False)
    page.add_action("I cannot unlock", Kind.QUIET)
    page.add_below(Notice("A child in danger now: 999. Police, not urgent: 101. You need no passphrase to ring.",
                          kind=NoticeKind.PLAIN, icon="phone"))  # fmt: skip
    return page


def governors() -> Page:
    page = Page(PageKind.PLACE, "Governor summary, autumn term 2026",
                subtitle="1 September to 24 November 2026 · counts of cases, no names, initials, dates or addresses")  # fmt: skip
    page.help_topic = "governors"
    page.add_to_head(Status.of("circle-dot", "Preview, not released", Role.INK, Role.ACCENT_SOFT))
    page.add(Text("Cases by concern and year group", Look.HEADING), space=0)
    counts: list[tuple[str, list[int | None]]] = [
        ("Bullying online", [12, 9, 7, 28]), ("Unsuitable content", [14, WITHHELD, WITHHELD, 23]),
        ("Contact by strangers", [6, WITHHELD, WITHHELD, 13]), ("Misuse of school accounts", [11, 8, 6, 25]),
    ]  # fmt: skip
    headings = ["What it was about", "Years 7–9", "Years 10–11", "Years 12–13", "Total"]
    page.add(
        CountsTable("Cases by concern and year group", headings, counts, ("All", [43, 22, 24, 89])), space=Space.XS
    )
    page.set_primary("&Ask the Headteacher to release…", keys=False)
    page.add_action("See it as &printed", icon="file-text")
    return page


def two_panes() -> Page:
    page = Page(PageKind.SESSION, "Paper and explanation")
    left, right = QWidget(), QWidget()
    for part, words in ((left, "The paper as it prints."), (right, "What it says and why.")):
        column = QVBoxLayout(part)
        for i in range(12):
            column.addWidget(Text(f"{words} Line {i + 1}, long enough to wrap where the window is narrow."))
    page.set_panes(left, right)
    return page


PAGES: dict[str, Callable[[], Page]] = {
    "home": home, "question": question, "case": case, "review": review, "sign-off": sign_off, "writing": writing,
    "done": done, "form": form, "unlock": unlock, "governors": governors,
}  # fmt: skip
STOPPED = Stopped(grade=Grade.STOP_IMAGES, time="14:02", reference="MI-2026-K7Q4", person="Pat Example, DSL")

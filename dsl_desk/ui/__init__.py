"""The window: what the people at the desk see and press.

Import rule: `ui` imports `services` and `domain`, never `store` or `exports`; Qt lives here and in `app` alone.
The first window imports Qt alone and paints: so nothing in `theme`, `widgets`, `main_window`, `halt` or `lock`
imports a service at module level (use `if TYPE_CHECKING:`). Feature folders may; they are imported by the worker's
side after the first paint.

How a page is made
==================
::

    from dsl_desk.ui.page import Page, PageKind
    from dsl_desk.ui.tokens import Look, Role, Space, State
    from dsl_desk.ui.widgets import Button, Field, Kind, LineEdit, Notice, Text

    class SecurePanel(Page):
        secured = Signal(str)

        def __init__(self, parent: QWidget | None = None) -> None:
            super().__init__(PageKind.ASSISTANT, self.tr("Where you will look"), hint=self.tr("The same one to the end."),
                             back=self.tr("Back to the case"), help_text=HELP, parent=parent)
            self.make = Field(self.tr("&Make and model"), LineEdit())
            self.add(self.make)
            self.save = self.set_primary(self.tr("&Save and continue"))     # bottom left, Ctrl+Enter, key cap shown
            self.later = self.add_action(self.tr("Save and come back &later"), Kind.QUIET)
            self.primary_requested.connect(self._on_primary)                # click and Ctrl+Enter alike

        def _on_primary(self) -> None:
            self.show_problems([] if self.make.text() else [(self.make, self.tr("Enter the make and model"))])

A presenter (QObject beside the panel) joins it to a service through `Jobs` and shows it with `shell.show_page(page)`.

`page.Page(kind, title, *, hint="", subtitle="", back="", help_text="", rail=None, width=None, parent=None)`
    kinds: PLACE (nav and search, page margin 32) · ASSISTANT (no nav, "Back to …" first, margin 48, form measure 640)
    · QUESTION (as ASSISTANT with a rail left, measure 660, title in question style) · SESSION (whole width, no scroller
    of its own) · GATE (unlock, set-up: a column of 400 in the middle). Signals `back_requested`, `primary_requested`.
    `add(widget, *, space=None)`, `add_space(n)`, `body` (QVBoxLayout) · `set_primary(label, *, icon="", keys=True)`,
    `add_action(label, kind=Kind.SECONDARY, *, icon="")` (beside the primary) · `add_to_head(widget)` (right of the title:
    status, buttons) · `set_strip(widget)` (full width under the title: hold-back, facts) · `set_foot(text)` ("Draft saved
    13:58.") · `show_problems([(field, words), …]) -> bool` (error summary on top, the same words at each field, focus and
    announcement; [] clears; True when there is none) · `looking` (bool: red edge of the halt bar) · `focus_first()`.
    The actions stay in sight: when the body does not fit it scrolls above them.

Widgets (`dsl_desk.ui.widgets`; all named for screen readers; all colours are read while painting)
    Text(words, look=Look.BODY, role=Role.TEXT, *, wrap=True, lead=0, buddy=None)  `set_words(str)`; plain text only
    Icon(name, size=20, role=Role.TEXT, *, name_read="")          silent unless it says something alone
    Button(label, kind=Kind.SECONDARY, *, icon="", icon_after="", keys="", tall=None, name="")
        Kind.PRIMARY (44 tall; tall=False: 36) SECONDARY QUIET HALT STOP; label with "&" mnemonic
    Status(State.DONE, words="", *, tag=False) / Status.of(icon, words, role, soft, tag=True)   `set_state(state, words="")`
    Tile(label, *, compact=False), TileGroup(question_name, [("yes", "&Yes"), …], *, compact=False)
        `answer -> str | None`, `set_answer(key)`, signal `answered(str)`; none preset, arrow keys move
    Choice(label, [(key, words), …], *, hint="") — radio buttons, one under another; CheckBox(words)
    StepRail(title, subtitle, [(words, second, StepState.DONE|NOW|LATER), …])   `set_steps`, `position -> (n, of)`
    Notice(words, *, kind=NoticeKind.GUIDE|OK|WARN|STOP|PLAIN, icon="", title="")      Verdict(ok: bool, title, words)
    Row(icon, title, second="", date="", *, role=Role.TEXT, date_role=Role.TEXT2)      a button: `clicked`
    TaskRow(number, title, next_words, state, *, opens: bool)   `opened`;   TaskGroup(title, summary, rows, *, folded=False)
    Field(label, editor, *, hint="", width=None, optional=False)  `editor`, `text()`, `set_text()`, `set_hint`, `set_error`
    LineEdit(), TextArea(lines=3), Dropdown([(key, words), …]) (`key`, `set_key`), PassphraseField(label, *, hint="")
        typed undo and redo are Qt's own; a LineEdit takes at most 10,000 characters and one line
    ErrorSummary — made by `Page.show_problems`
    HoldBackStrip()  `show_audiences([(audience, state_words, HoldState.WAIT|TELL|TOLD), …])`, `change_requested`
    Chronology(name) `show_entries([ChronologyEntry(title, second, icon, role), …])`; one entry is `EntryLine`
    FactStrip([(icon, title, second, Role), …]) · Facts([(key, value), …]) (value: str or widget) `show_facts`
    Covered(mark, words)  `uncover_requested`, `show_picture(QImage, seconds_left)`, `cover()`
    SignatureBlock(capacity, name, words, state, *, asked=False)  `body` layout for what is asked
    StageList([(words, detail, StageState.DONE|RUNNING|TO_COME|FAILED)])  `set_stage(i, state, detail)`; ProgressBar(name)
    Table(name, columns)  a flat QTableView; columns: [Column(title, width or 0 = takes the rest, right=False,
        narrow=True = kept below 1000)]; `show_rows([[Cell(words, link=…, state=…, role=…, strong=…), …], …])` for short
        lists, `setModel` with the item roles in `widgets.table.CellRole` for long ones; `row_opened(int)`
    CountsTable(name, headings, rows, total_row)  counts: int or WITHHELD (None)
    SideBySide(left, right, *, ratio=(3, 2), stacks_below=720) · Panes(left, right, *, side_width=400) (each scrolls;
        stacked in one scroller when narrow) · Scroller(widget) · Line() (hairline) · Panel() (grey ground, padded)
    ask_file(parent, name, title, *, filters, on_picked, saving=False)  Qt's own chooser, without a nested loop or history

Shell (`dsl_desk.ui.main_window.MainWindow`)
    `show_page(page)` (kept alive by who made it; the shown one is hidden, not deleted) · `page` · `set_desk(name)` ·
    `set_person(words or None)` · `set_places([Place(key, words, icon, at_foot)])`, `set_place(key)`, `set_count(key, n)` ·
    `tell(words, kind=…)` (a notice on top of the page, announced) · `announce(words)` · `set_lock_page(page)`,
    `lock_now()`, `unlocked(person)` (back to the same page and field) · `halt` (HaltScreen) · `looking`
    signals: `place_requested(str)`, `new_concern_requested()`, `search_requested(str)`, `locked()`, `closing()`
    keys: F1 help, F6/Shift+F6 panes, Ctrl+Enter primary, Alt+Left back, Ctrl+N new concern, Ctrl+F search, F12/Ctrl+L
    lock, F8/Shift+Esc halt.

Halt (`dsl_desk.ui.halt`)
    `MainWindow.halt`: signals `covered()` (content is already covered: drop the pending capture), `chosen(Grade)` (write
    the entry; the page is already up), `shown_again()`. `halt.set_words(StopWords)` (profile's steps, buttons),
    `halt.set_numbers([(who, number), …])`, `halt.show_stopped(Stopped(grade, time, reference, person, stays))`.
    `stays=True` (looking was done on this laptop): only this page, also after unlocking, until `halt.release()`.

Jobs (`dsl_desk.ui.jobs`)
    `jobs.start(work, *, owner, done=None, failed=None, cancelled=None, progressed=None, urgent=False) -> Job` runs
    `work(progress)` on the one store thread; exactly one ending, on the UI thread, and none once `owner` is gone.
    `failed` receives a text that may be shown. `urgent` work (the halt) goes before all that waits.
    `JobPool.side` runs work that must not touch the store (decoding, verifying a pack) beside it.
"""

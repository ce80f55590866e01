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
        help_topic = "where-to-look"     # resources/help/where-to-look.md
        secured = Signal(str)

        def __init__(self, parent: QWidget | None = None) -> None:
            super().__init__(PageKind.ASSISTANT, self.tr("Where you will look"), width=640,
                             back=self.tr("Back to the case"), parent=parent)
            self.make = Field(self.tr("&Make and model"), LineEdit())
            self.add(self.make)
            self.save = self.set_primary(self.tr("&Save and continue"))     # bottom left, Ctrl+Enter, key cap shown
            self.later = self.add_action(self.tr("Save and come back &later"), Kind.QUIET)
            self.primary_requested.connect(self._on_primary)                # click and Ctrl+Enter alike

        def _on_primary(self) -> None:
            self.show_problems([] if self.make.text() else [(self.make, self.tr("Enter the make and model"))])

A presenter (QObject beside the panel) joins it to a service through `Jobs` and shows it with `shell.show_page(page)`.

`page.Page(kind, title, *, hint="", subtitle="", back="", rail=None, width=None, parent=None)`
    kinds: PLACE (nav and search, margin 32) · ASSISTANT (no nav, "Back to …" first, margin 48; give `width=640` for a
    form) · QUESTION (a rail left, measure 660, title in question style) · SESSION (title and strip stay, body scrolls)
    ·
    GATE (unlock, set-up: a column of 400 in the middle, primary as wide). Signals `back_requested`,
    `primary_requested`.
    `add(widget, *, space=None, stretch=0)`, `add_space(n)`, `body` (QVBoxLayout; add buttons to a layout of your own
    with
    `Qt.AlignmentFlag.AlignLeft`) · `set_primary(label, *, icon="", keys=True)` · `add_action(label, kind, *, icon="")`
    (beside the primary) · `add_below(widget)` (under the actions) · `add_to_head(widget)` (right of the title) ·
    `set_strip(widget)` (as wide as the page, under the title) · `set_title/set_subtitle/set_back(words)` ·
    `set_foot(words)` ("Draft saved 13:58.") · `show_notice(words, kind)` · `show_problems([(field, words), …]) ->
    bool`
    (error summary on top, the same words at each field, focus and announcement; [] clears; True where there is none) ·
    `looking`, `halted` (bool: what the halt bar says) · `title.set_mark()` for references · override `focus_first()`,
    `shown()`. The actions stay in sight: where the body does not fit it scrolls above them. `help_topic` (a
    class attribute): the file of `resources/help` that explains the page, without its ending; every page of a feature
    names one, and a test holds it (`ui/help/topics.py` says how a file is written). Never show a part before it has
    a parent (`hide()` is fine): it would be a window of its own for a moment.

Widgets (`dsl_desk.ui.widgets`; all named for screen readers; all colours are read while painting)
    Text(words, look=Look.BODY, role=Role.TEXT, *, wrap=True, lead=0, buddy=None, mark=False, right=False)
        `set_words`, `set_role`, `set_look`, `set_mark`; always plain text
    Icon(name, size=20, role=Role.TEXT, *, name_read="")          silent unless it says something alone
    Button(label, kind=Kind.SECONDARY, *, icon="", icon_after="", keys="", tall=None, name="")
        Kind.PRIMARY (44 tall; tall=False: 36) SECONDARY QUIET HALT STOP; label with "&" mnemonic; `set_label`
    Status(State.DONE, words="", *, tag=False), Status.of(icon, words, role, soft, tag=True); `set_state`, `set_parts`
    TileGroup(question, [("yes", "&Yes"), …], *, compact=False)   `answer -> str | None`, `set_answer`, `answered(str)`
    Choice(label, [(key, words), …], *, hint="")   `key`, `set_key`, `chosen(str)`;   CheckBox(words)
    StepRail(title, subtitle, [(words, second, StepState.DONE|NOW|LATER), …])   `set_steps`, `position`
    Notice(words, *, kind=NoticeKind.GUIDE|PLAIN|OK|WARN|STOP, icon="", title="")   Verdict(ok, title, words)
    Row(icon, title, second="", date="", *, role=Role.TEXT, date_role=Role.TEXT2)   a button: `clicked`
    TaskRow(number, title, next_words, state, *, opens, words="")   `opened`
    TaskGroup(title, summary, rows, *, folded=False)   folded it still shows what is not plainly done
    Field(label, editor, *, hint="", width=None, optional=False)   `editor`, `text()`, `set_text`, `set_hint`,
    `set_error`
    LineEdit(text="", *, placeholder=""), TextArea(lines=3), Dropdown([(key, words), …], *, name="") (`key`, `set_key`)
    PassphraseField(label, *, hint="")   `entered`, `clear()`
    HoldBackStrip()   `show_audiences([(who, words, HoldState.WAIT|TOLD|TELL), …])`, `change_requested`
    Chronology(name)   `show_entries([ChronologyEntry(title=, second=, icon=, role=), …])`
    FactStrip([(icon, title, second, Role), …])   Facts([(key, words or widget), …], *, key_width=166)   `show_facts`
    Covered(mark, words, *, can_uncover=True)   `uncover_requested`, `cover_requested`, `show_picture(QImage, seconds)`
    SignatureBlock(capacity, name, words, status, *, asked=False)   `body` takes what the signer does
    StageList([(words, detail, StageState.DONE|RUNNING|TO_COME|FAILED), …])   `set_stage(i, state, detail)`
    ProgressBar(name)   `show_part(done, total)`
    Table(name, [Column(title=, width=0, right=False, narrow=True), …], *, selectable=True)   `row_opened(int)`
        short lists: `show_rows([[Cell(words, CellLook.PLAIN|STRONG|LINK|MARK, state, role, withheld), …], …])` and
        `show_whole()`; long ones: `setModel` with a model of their own, a kind of `Cells`, which gives each cell
    CountsTable(name, headings, [(words, [count or WITHHELD, …]), …], total=None)
    SideBySide(left, right, *, ratio=(3, 2), stacks_below=720, gap=48), Panes(left, right, *, side_width=400),
    Flow(parent),
        Scroller(widget), Line(), Panel(*, margins=20, edge=""), in_column(space) -> (part, column), in_line(*parts)
        another area that scrolls is made from `told_plainly(Qt's)` (`widgets/scrolled.py`), or a reader ends the window
    ask_file(parent, title, *, on_picked, filters=(), saving=False, folder=False, start=None, suggested="")
        Qt's own chooser, without a nested loop, remembering nothing; not called at all where it is given up

Shell (`dsl_desk.ui.main_window.MainWindow(app, now, *, lock_after_s=300)`; `doorway.Doorway(then)` paints before it)
    `show_page(page)` (its maker keeps it alive; the page before is hidden, not deleted: `leaving.let_go(window, page)`
    takes it down when the next has come) · `page` · `set_desk(name)` ·
    `set_person(words or "")` · `set_places([Place(key=, words=, icon=, at_foot=)])`, `set_place`, `set_count(key, n)`
    ·
    `tell(words, kind)` (on the page, and announced) · `announce(words)` · `set_lock_page(page)`, `lock_now()`,
    `is_locked`, `set_ajar(True)` (open by two codes, nobody signed in: it locks all the same),
    `unlocked(person)` (back to the same page and field) · `show_stopped(Stopped(…))`, `release()`, `halt`
    ·
    `idle.set_times(after_s)`.
    Signals: `place_requested(str)`, `new_concern_requested`, `search_requested(str)`, `locked` (content is covered
    already), `page_changed(page)`, `closing`.
    Keys: F1 help, F6 and Shift+F6 panes, Ctrl+Enter primary, Alt+Left back, Ctrl+N new concern, Ctrl+F search, F12 and
    Ctrl+L lock, F8 and Shift+Esc halt (these four over everything).

Halt (`dsl_desk.ui.halt`)
    `window.halt` signals: `covered` (content is covered already: drop the pending capture), `chosen(Grade)` (stop in
    memory, then `window.show_stopped(Stopped(grade=, time=, reference=, person=, stays=))`, then write the entry as
    urgent work), `gone_back`, `uncovered`. `halt.set_words(StopWords(…))` (the profile's), `halt.set_numbers([(who,
    number), …])`. `stays=True` (looking was done on this laptop): only this page, also after unlocking, until
    `window.release()`.

Jobs (`dsl_desk.ui.jobs.JobPool`)
    `start(work, *, owner, done=None, failed=None, cancelled=None, progressed=None, urgent=False) -> Job` runs
    `work(progress)` on the one store thread; exactly one ending, on the UI thread, and none once `owner` is gone.
    `failed` receives words that may be shown; `job.error` is the DslDeskError behind them. Urgent work goes before all
    that waits. `start_aside(…)` runs work that touches no store beside it. `job.cancel()`; `close(deadline_ms)`.

Tests: `tests/ui/walk.py` (`assert walk(window) == []`), `tests/ui/gallery.py` (examples), `tests/ui/pictures.py`.
"""

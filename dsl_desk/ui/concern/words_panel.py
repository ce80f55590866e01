"""What was told: fact apart from opinion, the child's own words apart from both, dates as people write them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal

from dsl_desk.domain.dates import When
from dsl_desk.domain.errors import InputError
from dsl_desk.domain.policy_values import Category
from dsl_desk.ui.concern.page import ConcernPage, Problems, bare
from dsl_desk.ui.concern.so_far import SoFar
from dsl_desk.ui.dated import Dated
from dsl_desk.ui.tokens import Space
from dsl_desk.ui.widgets import (
    Button,
    CheckBox,
    Choice,
    Dropdown,
    Facts,
    Field,
    Kind,
    LineEdit,
    Notice,
    StepRail,
    TextArea,
)


class StoryPanel(ConcernPage):
    """What was told, and apart from it what somebody makes of it."""

    help_topic = "writing-it-down"

    def __init__(self, so_far: SoFar, rail: StepRail, *, back: str) -> None:
        super().__init__(self.tr("What were you told?"), rail, back=back)
        self.fact = Field(
            self.tr("The &facts"), TextArea(4), hint=self.tr("What was seen, heard or said, and by whom. Full names.")
        )
        self.opinion = Field(
            self.tr("Your own view, if you have one"),
            TextArea(2),
            hint=self.tr("Kept apart, so that nobody takes it for fact."),
        )
        self.done = Field(
            self.tr("What was done at &once"), TextArea(2), hint=self.tr("Who is safe, and how. Or: nothing yet.")
        )
        for name, field in self._fields():
            field.set_text(so_far.words.get(name, ""))
            self.add(field, space=0 if name == "fact" else Space.M)
        self.finish()

    def _fields(self) -> tuple[tuple[str, Field[TextArea]], ...]:
        return (("fact", self.fact), ("opinion", self.opinion), ("done", self.done))

    def problems(self) -> Problems:
        """The facts are needed."""
        return [] if self.fact.text().strip() else [(self.fact, self.tr("Write what you were told"))]

    def collect(self, so_far: SoFar) -> None:
        """Keep the three texts."""
        so_far.words |= {name: field.text() for name, field in self._fields()}


class WhenPanel(ConcernPage):
    """When and where it was, and who told it."""

    help_topic = "dates"

    def __init__(self, so_far: SoFar, now: Callable[[], datetime], rail: StepRail, *, back: str) -> None:
        super().__init__(self.tr("When was it, and who told you?"), rail, back=back)
        self._any_form = self.tr("Such as 3/9/26, Friday 12.30 or yesterday 2pm.")
        self.when = Field(self.tr("&When it happened"), LineEdit(), hint=self._any_form, width=320)
        self.unknown = CheckBox(self.tr("Not &known when"))
        self.noticed = Field(
            self.tr("When somebody n&oticed it"), LineEdit(), hint=self._any_form, width=320, optional=True
        )
        self.place = Field(self.tr("W&here, or on what"), LineEdit(), hint=self.tr("A room, a site, an app, a device."))
        self.reporter = Field(self.tr("Who &told you"), Dropdown([("", self.tr("Choose…")), *reporters()]), width=320)
        self.name = Field(self.tr("Their full na&me"), LineEdit(), optional=True)
        self.when.set_text(so_far.words.get("when", ""))
        self.noticed.set_text(so_far.words.get("noticed", ""))
        self.unknown.setChecked(so_far.words.get("when_unknown") == "yes")
        self.place.set_text(so_far.words.get("place", ""))
        self.reporter.editor.set_key(so_far.words.get("reporter", ""))
        self.name.set_text(so_far.words.get("reporter_name", ""))
        self.add(self.when, space=0)
        self.add(self.unknown, space=Space.XS)
        for field in (self.noticed, self.place, self.reporter, self.name):
            self.add(field, space=Space.M)
        self._dates = {self.when: Dated(now), self.noticed: Dated(now)}
        for dated in self._dates:
            dated.editor.textChanged.connect(lambda _, dated=dated: self._read_back(dated))
            self._read_back(dated)
        self.finish()

    def _read_back(self, dated: Field[LineEdit]) -> None:
        read = self._read(dated)
        dated.set_hint(self.tr("Read as: {when}").format(when=read.words) if read else self._any_form)

    def _read(self, dated: Field[LineEdit]) -> When | None:
        """The date that stands there, or None where there is none that can be read."""
        try:
            return self._dates[dated].read(dated.text())
        except InputError:
            return None

    def problems(self) -> Problems:
        """A date that can be read, or "not known"; and who told it."""
        missing: Problems = []
        asked = [] if self.unknown.isChecked() else [self.when]
        for field in (*asked, self.noticed) if self.noticed.text().strip() else asked:
            try:
                self._dates[field].read(field.text())
            except InputError as refused:
                missing.append((field, str(refused)))
        if not self.reporter.editor.key:
            missing.append((self.reporter, self.tr("Choose who told you")))
        return missing

    def collect(self, so_far: SoFar) -> None:
        """Keep it as it was read: "yesterday" in a draft of Friday is Thursday on Monday too."""
        unknown = self.unknown.isChecked()
        when, noticed_at = (dates.kept(field.text()) for field, dates in self._dates.items())
        so_far.words |= {
            "when": when, "when_unknown": "yes" if unknown else "", "place": self.place.text(),
            "reporter": self.reporter.editor.key, "reporter_name": self.name.text().strip(),
        }  # fmt: skip
        read, noticed = None if unknown else self._read(self.when), self._read(self.noticed)
        so_far.words |= {"noticed": noticed_at, "noticed_iso": noticed.iso if noticed else ""}
        so_far.words["when_iso"] = read.iso if read else "unknown"
        words = read.words if read else self.tr("Not known")
        also = self.tr("; noticed {when}").format(when=noticed.words) if noticed else ""
        so_far.words["when_words"] = words + also


class KindPanel(ConcernPage):
    """What kind of concern it is, with the school's own guidance beside each."""

    help_topic = "kind-of-concern"

    def __init__(self, categories: Sequence[Category], so_far: SoFar, rail: StepRail, *, back: str) -> None:
        hint = self.tr("The nearest is good enough. “Other” is one.")
        super().__init__(self.tr("What kind of concern is it?"), rail, back=back, hint=hint)
        self._categories = {category.id: category for category in categories}
        options = [(category.id, category.title) for category in categories] or [("other", self.tr("Other"))]
        self.category = Field(self.tr("&Kind"), Dropdown([("", self.tr("Choose…")), *options]))
        self.category.editor.set_key(so_far.words.get("category", ""))
        self.guidance = Notice("", icon="file-text")
        self.add(self.category, space=0)
        self.add(self.guidance)
        self.category.editor.currentIndexChanged.connect(lambda _: self._guide())
        self._guide()
        self.finish()

    def _guide(self) -> None:
        category = self._categories.get(self.category.editor.key)
        self.guidance.setVisible(category is not None)
        if category is not None:
            self.guidance.set_words(" ".join(part for part in (category.definition, category.help) if part))

    def problems(self) -> Problems:
        """One of them."""
        return (
            [] if self.category.editor.key else [(self.category, self.tr("Choose the nearest kind. “Other” is one."))]
        )

    def collect(self, so_far: SoFar) -> None:
        """Keep it, with its title for the last page and its classes of risk."""
        category = self._categories.get(self.category.editor.key)
        so_far.words["category"] = self.category.editor.key
        so_far.words["category_title"] = self.category.text()
        so_far.words["risk"] = " ".join(risk.value for risk in category.risk) if category else ""


class VoicePanel(ConcernPage):
    """The child's own words and wishes, or why the child has not been asked yet."""

    help_topic = "child"

    def __init__(self, hint: str, so_far: SoFar, rail: StepRail, *, back: str) -> None:
        super().__init__(self.tr("Has the child spoken?"), rail, back=back, hint=hint)
        options = [("yes", self.tr("&Yes, these were their words")), ("no", self.tr("No&t asked yet"))]
        self.spoken = Choice("", options)
        self.field = bare(self.tr("Has the child spoken?"), self.spoken)
        self.words = Field(self.tr("Their exact &words"), TextArea(2))
        self.to_whom = Field(self.tr("T&o whom"), LineEdit(), width=320)
        self.prompted = Field(self.tr("What they were asked"), LineEdit(), optional=True)
        self.wishes = Field(self.tr("What the child wants to happen"), LineEdit(), optional=True)
        self.because = Field(self.tr("Not asked yet &because"), TextArea(2))
        self.add(self.field, space=0)
        for name, field in self._fields():
            field.set_text(so_far.words.get(name, ""))
            self.add(field, space=Space.S)
        self.spoken.set_key(so_far.words.get("spoken") or None)
        self.spoken.chosen.connect(lambda _: self._open())
        self._open()
        self.finish()

    def _fields(self) -> tuple[tuple[str, Field[TextArea] | Field[LineEdit]], ...]:
        return (
            ("child_words", self.words), ("to_whom", self.to_whom), ("prompted", self.prompted),
            ("wishes", self.wishes), ("not_asked_because", self.because),
        )  # fmt: skip

    def _open(self) -> None:
        key = self.spoken.key
        for field in (self.words, self.to_whom, self.prompted, self.wishes):
            field.setVisible(key == "yes")
        self.because.setVisible(key == "no")

    def problems(self) -> Problems:
        """Words and to whom, or the reason."""
        if self.spoken.key is None:
            return [(self.field, self.tr("Choose whether the child has spoken"))]
        if self.spoken.key == "no":
            empty = not self.because.text().strip()
            return [(self.because, self.tr("Write why the child has not been asked yet"))] if empty else []
        missing: Problems = []
        if not self.words.text().strip():
            missing.append((self.words, self.tr("Write the child’s exact words")))
        if not self.to_whom.text().strip():
            missing.append((self.to_whom, self.tr("Write to whom they were said")))
        return missing

    def collect(self, so_far: SoFar) -> None:
        """Keep the words apart from everything else."""
        so_far.words |= {name: field.text() for name, field in self._fields()}
        so_far.words["spoken"] = self.spoken.key or ""


class CheckPanel(ConcernPage):
    """Everything once more before it is recorded; each line can be changed.

    Signals: `change_requested(page)`.
    """

    help_topic = "on-record"

    change_requested = Signal(str)

    def __init__(self, lines: Sequence[tuple[str, str, str]], rail: StepRail, *, back: str) -> None:
        hint = self.tr("Once recorded nothing is changed; a correction stands beside it.")
        super().__init__(
            self.tr("Check what you wrote"), rail, back=back, hint=hint, go_on=self.tr("&Record this concern")
        )
        self.changes: dict[str, Button] = {}
        """What changes a line, by the line's own words."""
        for label, _, page in lines:
            change = Button(self.tr("Change"), Kind.QUIET, name=self.tr("Change: {line}").format(line=label))
            change.clicked.connect(partial(self.change_requested.emit, page))
            self.changes[label] = change
        facts = [(label, value) for label, value, _ in lines]
        self.add(Facts(facts, key_width=190, beside=list(self.changes.values())), space=0)
        self.finish()

    def focus_first(self) -> None:
        """To the record: everything above it has been answered."""
        if self.primary is not None:
            self.primary.setFocus()


class KeptPanel(ConcernPage):
    """It is on record, and its author may not read it any more."""

    help_topic = "who-may-read"

    def __init__(self, reference: str, rail: StepRail) -> None:
        super().__init__(
            self.tr("Kept as {reference}").format(reference=reference), rail, back="", go_on=self.tr("&Go to Home")
        )
        self.add(
            Notice(
                self.tr("Because of whom it is about, you will not see this case any more. Who leads it will."),
                icon="lock",
            )
        )
        self.add(
            Notice(
                self.tr("Tell whoever leads it, in person, that it is there. Speak to nobody else about it."),
                icon="message-square",
            )
        )
        self.finish(later=False)


def reporters() -> list[tuple[str, str]]:
    """Who may have told it."""
    return [
        ("pupil", "A pupil"), ("parent", "A parent or carer"), ("staff", "A member of staff"),
        ("monitoring", "The filter or monitoring"),
        ("visitor", "A visitor or neighbour"), ("agency", "Police or an agency"),
        ("self", "I saw or heard it myself"), ("other", "Somebody else"),
    ]  # fmt: skip

"""The pages once the desk exists: policy, posts, particulars, contacts, where looking is done, papers."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from dsl_desk.domain.words import Role
from dsl_desk.services.begin import PolicyChoice
from dsl_desk.services.contacts_asked import ContactAsked
from dsl_desk.services.posts import POSTS
from dsl_desk.services.set_up import Left
from dsl_desk.ui.set_up.page import SetUpPage
from dsl_desk.ui.tokens import Role as Colour
from dsl_desk.ui.tokens import Space
from dsl_desk.ui.widgets import CheckBox, Choice, Facts, Field, LineEdit, Notice, NoticeKind, Row, StepRail, Text

POST_ORDER = (Role.HEADTEACHER, Role.DSL, Role.DEPUTY, Role.OSL, Role.CHAIR)


class PolicyPage(SetUpPage):
    """Which policy the desk follows.

    Signals: `told(choice)`.
    """

    help_topic = "policy"

    told = Signal(object)

    def __init__(
        self, choices: Sequence[PolicyChoice], now: str, rail: StepRail | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            self.tr("Which policy does your school follow?"),
            hint=self.tr("The nearest one. Its words, contacts and deadlines can be changed in Settings."),
            rail=rail,
            parent=parent,
        )
        self._choices = {choice.file_name: choice for choice in choices}
        self.policy = Choice(self.tr("Policy"), [(choice.file_name, choice.title) for choice in choices])
        if now:
            self.policy.set_key(now)
        self.add_field("policy", self.policy)
        self.set_primary(self.tr("&Continue"))
        self.offer_later(self.tr("&Later: go to Home"))
        self.primary_requested.connect(self._on_primary)

    def _on_primary(self) -> None:
        key = self.policy.key
        if self.show_field_problems({} if key else {"policy": self.tr("Choose a policy")}):
            self.told.emit(self._choices[str(key)])


class PostsPage(SetUpPage):
    """Who holds which post: it decides who leads, and who is shut out of a case about themselves.

    Signals: `told`.
    """

    help_topic = "who-is-who"

    told = Signal()

    def __init__(self, rail: StepRail | None, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Who holds which post?"),
            hint=self.tr("It decides who leads a case, and who is shut out of one about themselves."),
            rail=rail,
            back=self.tr("Back"),
            parent=parent,
        )
        self.names: dict[Role, Field[LineEdit]] = {}
        for role in POST_ORDER:
            field = Field(POSTS[role], LineEdit(), width=460)
            self.names[role] = field
            self.add_field(role.value, field)
        self.proprietor = CheckBox(self.tr("The Headteacher is also the &proprietor of the school"))
        self.add(self.proprietor)
        self.add(
            Text(
                self.tr(
                    "Somebody with two posts: type the same name twice. One person signs as one, whatever the post."
                ),
                role=Colour.TEXT2,
            ),
            space=Space.S,
        )
        self.set_primary(self.tr("&Continue"))
        self.offer_later(self.tr("&Later: go to Home"))
        self.primary_requested.connect(self.told)

    def set_me(self, role: Role, name: str) -> None:
        """Somebody is known already."""
        if role in self.names and not self.names[role].text():
            self.names[role].set_text(name)

    @property
    def typed(self) -> dict[Role, str]:
        """Names by post, where one was typed."""
        return {role: field.text().strip() for role, field in self.names.items() if field.text().strip()}


class ParticularsPage(SetUpPage):
    """What papers say of the school.

    Signals: `told`.
    """

    help_topic = "first-day"
    settings = ("site", "local_authority", "police_force", "school_number", "main_system", "form_kept_at")

    told = Signal()

    def __init__(self, now: Mapping[str, str], rail: StepRail | None, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("What papers say of the school"),
            hint=self.tr("Leave empty what you do not know. Nothing here stops you from recording."),
            rail=rail,
            back=self.tr("Back"),
            parent=parent,
        )
        asked = (
            (self.tr("S&ite or sites"), self.tr("Several: a semicolon between them.")),
            (self.tr("Local &authority"), ""),
            (self.tr("&Police force"), ""),
            (self.tr("School’s &telephone number"), self.tr("For an officer who rings back.")),
            (self.tr("&Main safeguarding system"), self.tr("Such as CPOMS or MyConcern.")),
            (self.tr("Where signed forms are &kept"), self.tr("Such as: safe in the DSL’s office.")),
        )
        self.editors: dict[str, Field[LineEdit]] = {}
        for key, (label, hint) in zip(self.settings, asked, strict=True):
            self.editors[key] = Field(label, LineEdit(now[key]), width=460, hint=hint)
            self.add_field(key, self.editors[key])
        self.set_primary(self.tr("&Continue"))
        self.offer_later(self.tr("&Later: go to Home"))
        self.primary_requested.connect(self.told)

    @property
    def typed(self) -> dict[str, str]:
        """What was typed, by setting."""
        return {key: field.text().strip() for key, field in self.editors.items()}


class ContactsPage(SetUpPage):
    """Whom to ring.

    Signals: `told`.
    """

    help_topic = "numbers"

    told = Signal()

    def __init__(self, asked: Sequence[ContactAsked], rail: StepRail | None, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Whom do you ring?"),
            hint=self.tr("999 and 101 are always there. These numbers stand on the stop page and on the halt card."),
            rail=rail,
            back=self.tr("Back"),
            parent=parent,
        )
        self.numbers: dict[str, Field[LineEdit]] = {}
        for one in asked:
            field = Field(one.title, LineEdit(one.number), width=320, hint=one.note)
            self.numbers[one.id] = field
            self.add_field(one.id, field)
        self.set_primary(self.tr("&Continue"))
        self.offer_later(self.tr("&Later: go to Home"))
        self.primary_requested.connect(self.told)

    @property
    def typed(self) -> dict[str, str]:
        """What was typed, by id; empty where nobody is to be rung."""
        return {key: field.text().strip() for key, field in self.numbers.items()}


class LookingPage(SetUpPage):
    """Where the looking will be done.

    Signals: `told`.
    """

    help_topic = "where-to-look"
    settings = ("looking_where", "laptop_make", "laptop_serial")

    told = Signal()

    def __init__(self, now: Mapping[str, str], rail: StepRail | None, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Where will you look at devices and sites?"),
            hint=self.tr("Each review asks again; this is what it suggests."),
            rail=rail,
            back=self.tr("Back"),
            parent=parent,
        )
        self.where = Choice(
            self.tr("Looking is done on"),
            [("another", self.tr("Another device that pupils do not use")), ("this", self.tr("This laptop"))],
        )
        self.risk = Notice(
            self.tr(
                "If something is found while you look on this laptop, the laptop itself may become evidence: the desk "
                "then shows the stop page and nothing else until two people record why it is used again."
            ),
            kind=NoticeKind.WARN,
            title=self.tr("The risk of looking on this laptop"),
        )
        self.risk.hide()
        self.make = Field(self.tr("&Make and model of this laptop"), LineEdit(now["laptop_make"]), width=460)
        self.serial = Field(
            self.tr("Its serial &number"),
            LineEdit(now["laptop_serial"]),
            width=320,
            hint=self.tr("Both print on the sheet “If police take this laptop”."),
        )
        self.add_field("looking_where", self.where)
        self.add(self.risk)
        self.add_field("laptop_make", self.make)
        self.add_field("laptop_serial", self.serial)
        self.set_primary(self.tr("&Continue"))
        self.offer_later(self.tr("&Later: go to Home"))
        self.where.chosen.connect(lambda key: self.risk.setVisible(key == "this"))
        if now["looking_where"]:
            self.where.set_key(now["looking_where"])
        self.risk.setVisible(self.where.key == "this")
        self.primary_requested.connect(self._on_primary)

    @property
    def typed(self) -> dict[str, str]:
        """What was typed, by setting; where looking is done only once it was chosen."""
        told = {"laptop_make": self.make.text().strip(), "laptop_serial": self.serial.text().strip()}
        return {**told, "looking_where": self.where.key} if self.where.key else told

    def _on_primary(self) -> None:
        problems = {} if self.where.key else {"looking_where": self.tr("Choose where looking will be done")}
        if self.show_field_problems(problems):
            self.told.emit()


class PapersPage(SetUpPage):
    """The papers that lie ready for the day they are needed.

    Signals: `save_requested`, `done_requested`.
    """

    help_topic = "printed-papers"

    save_requested = Signal()
    done_requested = Signal()

    def __init__(self, rail: StepRail | None, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Three papers to lie ready"),
            hint=self.tr("Save them on a stick and print them where there is a printer."),
            rail=rail,
            back=self.tr("Back"),
            parent=parent,
        )
        facts = Facts(
            [
                (self.tr("Halt card"), self.tr("Beside the laptop: what to do when something is seen.")),
                (self.tr("Root fingerprint"), self.tr("With the Chair and in the safe: proves every signature.")),
                (self.tr("If police take this laptop"), self.tr("In the safe: what an officer and you need then.")),
            ]
        )
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        facts.setSizePolicy(policy)
        self.add(facts)
        self.add(
            Notice(
                self.tr(
                    "F8 or Shift+Esc stops everything, F12 or Ctrl+L locks. On some laptops F8 and F12 need Fn: "
                    "try them now. Going back from the stop records nothing."
                ),
                kind=NoticeKind.GUIDE,
                title=self.tr("Two keys to know"),
            ),
            space=Space.XL,
        )
        self.set_primary(self.tr("&Save the papers…"), icon="file-text")
        self.done = self.add_action(self.tr("&Go to Home"))
        self.done.clicked.connect(self.done_requested)
        self.primary_requested.connect(self.save_requested)

    def show_saved(self, names: Sequence[str]) -> None:
        """Say what was saved, and what comes next."""
        self.set_busy(False)
        self.show_notice(self.tr("Saved: {names}. Print them, then go to Home.").format(names=", ".join(names)))


class LeftPage(SetUpPage):
    """What of set-up is unfinished; each line opens its page.

    Signals: `part_requested(part)`.
    """

    help_topic = "first-day"

    part_requested = Signal(str)

    def __init__(self, left: Sequence[Left], missing: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Set-up unfinished"),
            hint=self.tr("Recording, stopping and referring work meanwhile."),
            rail=None,
            back=self.tr("Back to Home"),
            parent=parent,
        )
        icons = {"profile": "notebook-tabs", "second": "users-round", "codes": "lock", "envelopes": "package",
                 "sites": "users-round", "readers": "shield-check"}  # fmt: skip
        self.rows: dict[str, Row] = {}
        for one in left:
            self._offer(one.part, icons.get(one.part, "phone"), one.words, "")
        if missing and "contacts" not in self.rows:
            self._offer("contacts", "phone", self.tr("Some numbers are missing."), "; ".join(missing))
        always = (
            (
                "posts",
                "users-round",
                self.tr("Who holds which post"),
                self.tr("Decides who leads and who is shut out."),
            ),
            ("particulars", "file-text", self.tr("What papers say of the school"), ""),
            ("looking", "tablet-smartphone", self.tr("Where looking will be done"), ""),
            ("papers", "printer", self.tr("Papers to lie ready"), self.tr("Halt card, fingerprint, laptop sheet.")),
        )
        self.add(Text(self.tr("To look at again"), role=Colour.TEXT2), space=Space.XL)
        for part, icon, title, second in always:
            self._offer(part, icon, title, second)

    def _offer(self, part: str, icon: str, title: str, second: str) -> None:
        row = Row(icon, title, second, role=Colour.INK)
        row.clicked.connect(lambda _=False: self.part_requested.emit(part))
        self.rows[part] = row
        self.add(row, space=0)

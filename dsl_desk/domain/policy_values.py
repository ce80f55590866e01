"""The shape of a policy profile: frozen values, each key checked when a profile is read (design section 6)."""

import enum

import msgspec

from dsl_desk.domain.case_words import Agency
from dsl_desk.domain.words import Grade, Role


class RiskClass(enum.Enum):
    """The four classes of online risk (KCSIE)."""

    CONTENT = "content"
    CONTACT = "contact"
    CONDUCT = "conduct"
    COMMERCE = "commerce"


class StepKind(enum.Enum):
    """The few kinds of step that every route is made of."""

    CONFIRM = "confirm"
    ANSWER = "answer"
    PEOPLE = "people"
    DEVICE = "device"
    SESSION = "session"
    JUDGEMENT = "judgement"
    DECISION = "decision"
    REFERRAL = "referral"
    RECORD = "record"
    SIGN_OFF = "sign_off"
    PRINT = "print"
    ATTACH = "attach"


class Fact(enum.Enum):
    """What in a case shows that a step is done; a profile chooses from these, each is computed in `procedure`."""

    CHILD_SAFE = "child_safe"
    SUBJECT = "subject"
    TRIAGE = "triage"
    DEVICE_SECURED = "device_secured"
    HOLD_BACK = "hold_back"
    TWO_REVIEWERS = "two_reviewers"
    DEVICE_NAMED = "device_named"
    ACCESS = "access"
    PURPOSE = "purpose"
    BOTH_DECLARED = "both_declared"
    LOOKED = "looked"
    FINISHED_BY_BOTH = "finished_by_both"
    BOTH_JUDGED = "both_judged"
    CONCLUDED = "concluded"
    ACTION = "action"
    CHILD_VOICE = "child_voice"
    PARENTS = "parents"
    SIGNED_BY_BOTH = "signed_by_both"
    FORM_PRINTED = "form_printed"
    SCAN_ATTACHED = "scan_attached"
    MAIN_SYSTEM = "main_system"
    REFERRAL = "referral"
    ADVICE = "advice"
    LESSONS = "lessons"
    CALLED = "called"
    RISK = "risk"
    SUPPORT = "support"
    AGES = "ages"
    VIEWING = "viewing"
    DELETION = "deletion"
    SEARCH = "search"
    RELEASED = "released"
    MEASURE = "measure"
    TAKEDOWN = "takedown"
    PRESERVATION = "preservation"
    SANCTION = "sanction"
    SOMEBODY_TOLD = "somebody_told"
    THRESHOLD = "threshold"
    ACKNOWLEDGED = "acknowledged"
    SHARING = "sharing"
    FEEDBACK = "feedback"
    DEBRIEF = "debrief"
    HANDLING = "handling"
    WELFARE = "welfare"
    DUTY_REFERRAL = "duty_referral"
    CLOSED = "closed"


class Condition(enum.Enum):
    """When a step belongs to a case at all."""

    ALWAYS = "always"
    NOT_STOPPED = "not_stopped"
    STOPPED = "stopped"
    ABOUT_PUPIL = "about_pupil"
    ABOUT_WORKER = "about_worker"
    CHILD_INVOLVED = "child_involved"
    LOOKING_DONE = "looking_done"
    DEVICE_HELD = "device_held"
    ADULT_INVOLVED = "adult_involved"


class Term(enum.Enum):
    """How the desk counts to a deadline."""

    AT_ONCE = "at_once"
    END_OF_LESSON = "end_of_lesson"
    """When the lesson that runs then ends."""
    SAME_DAY = "same_day"
    HOURS = "hours"
    """By the clock, nights and holidays included."""
    WORKING_DAYS = "working_days"
    """Monday to Friday without bank holidays; agencies work in the school holidays."""
    SCHOOL_DAYS = "school_days"
    MONTHS = "months"
    """Calendar months; where that day is none to work on, the next working day."""


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every part of a profile: unknown keys are refused."""


class RoleSaid(_Part, frozen=True, kw_only=True):
    """What a school calls a role, and what it may do in a review."""

    id: Role
    title: str
    may_review: bool = False
    stands_in_for: Role | None = None


class Told(_Part, frozen=True, kw_only=True):
    """Who is told when something is reported or found."""

    when: str
    who: tuple[str, ...]
    provisions: tuple[str, ...] = ()


class Reporting(_Part, frozen=True, kw_only=True):
    """Who hears first of a concern, and how soon."""

    first_report_to: tuple[Role, ...]
    always_reaches: tuple[Role, ...]
    deadline: str
    """As the policy puts it, for screens."""
    within_hours: int
    """For the count on Home; 0 means immediately."""
    urgent_within_hours: int = 0
    term: Term = Term.HOURS
    """How `within_hours` is counted."""
    urgent_term: Term = Term.AT_ONCE
    """How `urgent_within_hours` is counted, where a crime or serious harm is suspected or nobody is sure."""
    provisions: tuple[str, ...] = ()


class Deadline(_Part, frozen=True, kw_only=True):
    """A term that the desk counts down."""

    id: str
    title: str
    hours: int
    """The term in hours, for whoever reads hours alone."""
    term: Term = Term.HOURS
    count: int = 0
    """How many days or months, where the term is told in these."""
    provisions: tuple[str, ...] = ()


class Category(_Part, frozen=True, kw_only=True):
    """What a concern is about: few, each with a definition and its risk classes."""

    id: str
    title: str
    definition: str
    risk: tuple[RiskClass, ...]
    ask_for_advice: bool = False
    help: str = ""
    route: str = ""
    """The route that such a concern follows, where nothing stricter holds."""


class Escalation(_Part, frozen=True, kw_only=True):
    """What goes to others at once, and to whom."""

    id: str
    title: str
    to: tuple[str, ...]
    grade: Grade
    help: str = ""
    provisions: tuple[str, ...] = ()


class Step(_Part, frozen=True, kw_only=True):
    """One step of a route."""

    id: str
    title: str
    why: str
    kind: StepKind
    done: Fact
    by: tuple[Role, ...]
    needs: tuple[str, ...] = ()
    when: tuple[Condition, ...] = (Condition.ALWAYS,)
    skippable: bool = True
    people: int = 1
    """How many different people the step takes."""
    agency: Agency | None = None
    """For a referral, advice or a call: whom it goes to; none means any agency."""
    provisions: tuple[str, ...] = ()


class Route(_Part, frozen=True, kw_only=True):
    """A procedure for one kind of matter, step by step."""

    id: str
    title: str
    steps: tuple[Step, ...]
    provisions: tuple[str, ...] = ()


class Question(_Part, frozen=True, kw_only=True):
    """One question of triage, in the profile's wording."""

    id: str
    text: str
    help: str = ""


class Triage(_Part, frozen=True, kw_only=True):
    """The questions and the version of their wording."""

    version: str
    above: str
    """The sentence above each question."""
    questions: tuple[Question, ...]
    result: str
    """With {question} where the number stands."""


class Contact(_Part, frozen=True, kw_only=True):
    """Whom to ring; the school fills in what is local."""

    id: str
    title: str
    number: str = ""
    hours: str = ""
    web: str = ""
    note: str = ""
    fixed: bool = False
    """True for national numbers that are always there."""


class Governors(_Part, frozen=True, kw_only=True):
    """What governors get, how often and from which size on a count is shown."""

    interval: str
    interval_months: int
    body: str
    fewer_than: int = 5
    beyond_counts: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()


class RetentionClass(_Part, frozen=True, kw_only=True):
    """How long a record is kept, and by which rule."""

    id: str
    title: str
    rule: str
    """dob_plus_years, close_plus_years, transfer_plus_years or hold."""
    years: int = 0
    note: str = ""


class Phrase(_Part, frozen=True, kw_only=True):
    """A set phrase with an id: outcomes, severities, themes, user groups."""

    id: str
    title: str


class Wording(_Part, frozen=True, kw_only=True):
    """Texts of screens and papers; a profile may adapt them, never weaken them."""

    stop_images: tuple[str, ...]
    police_first: tuple[str, ...]
    halt_buttons: tuple[str, str]
    halt_card_title: str
    declaration: str
    statement: str
    """The one line that both reviewers agree to (format section 5)."""
    finish: str
    child_voice_hint: str
    form_foot: str
    stop_question: str
    supplied_questions: tuple[str, ...]
    one_senior: str
    before_any_story: str = ""


class Minimum(_Part, frozen=True, kw_only=True):
    """What no profile can lower; written out so that a school reads it."""

    reviewers: int = 2
    signatures: int = 2
    triage_first: bool = True
    halt_available: bool = True


class Profile(_Part, frozen=True, kw_only=True):
    """A school's policy as data; a case keeps the version it was handled under."""

    format: str
    id: str
    version: int
    title: str
    policy: str
    triage: Triage
    reporting: Reporting
    governors: Governors
    wording: Wording
    roles: tuple[RoleSaid, ...]
    told: tuple[Told, ...]
    deadlines: tuple[Deadline, ...]
    categories: tuple[Category, ...]
    escalation: tuple[Escalation, ...]
    contacts: tuple[Contact, ...]
    retention: tuple[RetentionClass, ...]
    outcomes: tuple[Phrase, ...]
    severities: tuple[Phrase, ...]
    themes: tuple[Phrase, ...]
    routes: tuple[Route, ...]
    minimum: Minimum = Minimum()
    review_contacts_every_months: int = 12
    silent: tuple[str, ...] = ()
    """Points on which the school's policy says nothing; the common default stands there."""

    def route(self, route_id: str) -> Route | None:
        """The route of that name, or None."""
        return next((route for route in self.routes if route.id == route_id), None)

    def may_review(self, role: Role | None) -> bool:
        """Whether somebody of this role may be one of the two reviewers in this school."""
        return any(said.id is role and said.may_review for said in self.roles)

    def contact(self, contact_id: str) -> Contact | None:
        """The contact of that name, or None."""
        return next((contact for contact in self.contacts if contact.id == contact_id), None)

    def category(self, category_id: str) -> Category | None:
        """The category of that name, or None."""
        return next((category for category in self.categories if category.id == category_id), None)

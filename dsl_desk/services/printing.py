"""Every paper the desk prints: set from the record, tied to its head, and noted as printed (design section 9)."""

from collections.abc import Sequence
from dataclasses import dataclass

from dsl_desk.domain.case import Case
from dsl_desk.domain.case_entries import Judged, ReviewOpened, RouteChosen
from dsl_desk.domain.case_words import Agency
from dsl_desk.domain.encoding import sha256_hex
from dsl_desk.domain.errors import HaltedError, ProcedureError
from dsl_desk.domain.follow_up_entries import Printed
from dsl_desk.domain.people import who_leads
from dsl_desk.domain.policy import Profile
from dsl_desk.domain.procedure import unfinished
from dsl_desk.domain.words import Grade, Mark, StrandId, SubjectKind
from dsl_desk.exports.papers import Paper, render
from dsl_desk.exports.papers.companion_note import CompanionNote
from dsl_desk.exports.papers.frame import UNSIGNED_REVIEW, PageFrame
from dsl_desk.exports.papers.review_record import ReviewRecord
from dsl_desk.services.case_book import CaseBook
from dsl_desk.services.paper.case_papers import completeness, exhibit_labels, referral_sheet
from dsl_desk.services.paper.chronology import chronology
from dsl_desk.services.paper.officer import officer_summary
from dsl_desk.services.paper.review_record import review_record
from dsl_desk.services.paper.spelling import moment_words
from dsl_desk.services.paper.story import Story

NOT_KNOWN = SubjectKind.NOT_KNOWN
NO_NOTE = "Follow-up after signing prints under its own heading and is never part of what is signed."


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A paper ready for the printer, and the name under which it may be saved; the name says nothing of anybody."""

    name: str
    pdf: bytes


class PrintingService:
    """Sets papers; every print of a case's paper is an entry of the case."""

    def __init__(self, book: CaseBook) -> None:
        self._book = book

    def story(self, strand: StrandId) -> Story:
        """The case as papers tell it now."""
        school = self._book.school()
        return Story(
            records=self._book.desk.records(strand),
            names=school.names,
            roles=school.roles,
            titles=_titles(school.profile_of(self._book.desk.case(strand))),
        )

    def frame(self, story: Story, *, banner: str = "") -> PageFrame:
        """What stands on every page of a case's paper: the head it was printed at, and when, and by whom."""
        return PageFrame(
            school=self._book.school().name,
            reference=story.reference,
            head=story.head.digest,
            at_entry=story.head.strand_seq,
            printed_at=moment_words(self._book.now().local),
            printed_by=self._book.desk.me.name,
            banner=banner,
            rehearsal=self._book.desk.rehearsal,
        )

    def desk_frame(self, reference: str, *, named: bool = True) -> PageFrame:
        """What stands on every page of a paper of the desk itself."""
        return PageFrame(
            school=self._book.school().name,
            reference=reference,
            head=self._book.desk.head().digest,
            at_entry=None,
            printed_at=moment_words(self._book.now().local),
            printed_by=self._book.desk.me.name if named else "",
            rehearsal=self._book.desk.rehearsal,
        )

    def desk_paper(self, name: str, paper: Paper, reference: str = "Set-up") -> Page:
        """Set a paper of the desk itself."""
        self._book.switch.ask_laptop()
        return Page(name=name, pdf=render(paper, self.desk_frame(reference)))

    def form(self, story: Story, case: Case, *, for_police: bool = False, after: Story | None = None) -> ReviewRecord:
        """What the review record shows; the two reviewers in the order of their places."""
        accounts = [str(reviewer.account) for reviewer in case.reviewers] + ["", ""]
        return review_record(
            story,
            reviewers=(accounts[0], accounts[1]),
            for_police=for_police,
            statement=self.statement(),
            kept_at=self._book.school().setting("form_kept_at"),
            after=after,
        )

    def statement(self) -> str:
        """The one line both agree to."""
        profile = self._book.school().profile
        return profile.wording.statement if profile else ""

    def lead(self, case: Case) -> tuple[str, str]:
        """Who leads the case for the school, and under which number (flows section 5)."""
        school = self._book.school()
        site = case.opened.site if case.opened else ""
        rows = [who_leads(kind, school.posts, site=site) for kind in case.subject_kinds or (NOT_KNOWN,)]
        barred = case.subjects.union(*(row.barred for row in rows))
        leading = [school.people[person] for row in rows for person in row.leads - barred if person in school.people]
        return (leading[0].name if leading else school.name, school.setting("school_number"))

    def contacts(self) -> dict[str, str]:
        """Whom to ring, by the titles the profile gives them."""
        school = self._book.school()
        titles = {contact.id: contact.title for contact in school.profile.contacts} if school.profile else {}
        return {titles.get(name, name): number for name, number in school.contacts.items()}

    def undone(self, case: Case) -> tuple[str, ...]:
        """Steps of the case's route that nobody took, each with why it is open where that is known."""
        profile, chosen = self._book.school().profile_of(case), case.latest(RouteChosen)
        route = profile.route(chosen.data.route) if profile and chosen else None
        if route is None:
            return ("No route was chosen: nothing of a review was done.",)
        why = "closed by the stop" if case.is_stopped else "not done when this was printed"
        return tuple(f"{title}: {why}." for title in unfinished(case, route))

    def print_form(self, strand: StrandId) -> Page:
        """The review record as the case stands now, for ink; refused while it would show an unanswered judgement."""
        case, story = self._book.load(strand), self.story(strand)
        self._both_answered(case, "form")
        return self._print(strand, case, story, "form", self.form(story, case), banner=_banner(case))

    def print_referral(self, strand: StrandId, to: Agency) -> Page:
        """The referral sheet; it prints from the first minute, by one person, at every grade."""
        case, story = self._book.load(strand), self.story(strand)
        number = self._book.school().contacts.get(to.value, "")
        return self._print(strand, case, story, "referral-sheet", referral_sheet(story, to, number))

    def print_chronology(self, strand: StrandId) -> Page:
        """Every entry in order; refused while it would show a judgement that the other reviewer has not answered."""
        case, story = self._book.load(strand), self.story(strand)
        self._both_answered(case, "chronology")
        paper = chronology(story, for_police=False, reviewed=bool(case.sessions))
        return self._print(strand, case, story, "chronology", paper)

    def _both_answered(self, case: Case, paper: str) -> None:
        """Refuse a paper that would show a judgement to whoever has still to judge.

        At a stop nobody judges any more, and what police need is printed. A pack goes
        out of the house at any time: protection never waits for a second judgement.
        """
        me = self._book.me().account
        if not case.is_stopped and any(case.is_hidden_from(told, me) for told in case.told(Judged)):
            raise ProcedureError(
                f"One reviewer has judged, and the other has not. The {paper} would show it; print it once both have."
            )

    def print_labels(self, strand: StrandId) -> Page:
        """A label for each exhibit that may be handled; refused behind a stop for pictures."""
        case, story = self._book.load(strand), self.story(strand)
        if case.grade is Grade.STOP_IMAGES:
            raise HaltedError("This case is stopped for pictures, so no label is printed.")
        shut = [exhibit.mark for exhibit in case.quarantined()]
        return self._print(strand, case, story, "exhibit-labels", exhibit_labels(story, shut))

    def print_officer_summary(self, strand: StrandId) -> Page:
        """Two pages for an officer, as the case stands now."""
        case, story = self._book.load(strand), self.story(strand)
        lead, number = self.lead(case)
        paper = officer_summary(
            story,
            for_police=True,
            contacts=self.contacts(),
            lead=lead,
            lead_number=number,
            undone=self.undone(case),
        )
        return self._print(strand, case, story, "officer-summary", paper)

    def print_completeness(self, strand: StrandId) -> Page:
        """What was looked at, what was not, and why."""
        case, story = self._book.load(strand), self.story(strand)
        shut: Sequence[Mark] = [exhibit.mark for exhibit in case.quarantined()]
        reviewed = bool(story.each(ReviewOpened))
        paper = completeness(story, quarantined=shut, withheld={}, note=NO_NOTE, reviewed=reviewed)
        return self._print(strand, case, story, "completeness", paper)

    def print_companion_note(self, strand: StrandId, text: str, about: str) -> Page:
        """The short note for one child's record in the main system, for retyping."""
        case, story = self._book.load(strand), self.story(strand)
        note = CompanionNote(text=text, main_system=self._book.school().setting("main_system"), about=about)
        return self._print(strand, case, story, "companion-note", note)

    def framed(self, name: str, paper: Paper, frame: PageFrame) -> Page:
        """A paper that is part of an act which has its own entry, such as a receipt."""
        return Page(name=f"{name}.pdf", pdf=render(paper, frame))

    def _print(self, strand: StrandId, case: Case, story: Story, name: str, paper: Paper, *, banner: str = "") -> Page:
        """Set it, note it as printed, then give it out: a paper without its entry does not exist."""
        entry = case.note_print(self._book.me(), Printed(paper=name))  # refused before anything is set
        pdf = render(paper, self.frame(story, banner=banner))
        noted = Printed(paper=entry.paper, head=story.head.digest, sha256=sha256_hex(pdf))
        self._book.record(strand, lambda case, me: case.note_print(me, noted))
        return Page(name=f"{name}.pdf", pdf=pdf)


def _banner(case: Case) -> str:
    return "" if case.sign_off_state().is_valid else UNSIGNED_REVIEW


def _titles(profile: Profile | None) -> dict[str, str]:
    """What the profile calls its set phrases, retention classes, categories, routes and steps, by their ids."""
    if profile is None:
        return {}
    named: list[tuple[str, str]] = []
    named += ((one.id, one.title) for one in (*profile.outcomes, *profile.severities, *profile.themes))
    named += ((one.id, one.title) for one in profile.retention)
    named += ((one.id, one.title) for one in profile.categories)
    for route in profile.routes:
        named += ((route.id, route.title), *((step.id, step.title) for step in route.steps))
    return dict(named)

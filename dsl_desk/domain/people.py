"""Who acts, who leads and who may read, when it depends on whom a case is about (flows sections 5 and 11).

Conflict rules test the person, never the role: one person in two roles is one
signer, and a subject is a subject under every account they hold.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Final

from dsl_desk.domain.words import ROOT_ACCOUNT, AccountId, PersonId, Role, SubjectKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who asks for something: an account, and the person behind it."""

    account: AccountId
    person: PersonId
    role: Role | None
    """What they are in the school; None only for the root."""
    name: str = ""

    @property
    def is_root(self) -> bool:
        """Whether this is the school root, opened by two recovery codes."""
        return self.account == ROOT_ACCOUNT


BY_CODES: Final = Actor(account=ROOT_ACCOUNT, person=PersonId("root"), role=None, name="Two recovery codes")
"""Second signer where no third account exists: the root, opened by two recovery codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolPeople:
    """Who holds which post in the school; one person may hold several."""

    headteacher: PersonId | None = None
    dsl: PersonId | None = None
    deputies: tuple[PersonId, ...] = ()
    osl: PersonId | None = None
    chair: PersonId | None = None
    seniors: tuple[PersonId, ...] = ()
    headteacher_is_proprietor: bool = False
    account_holders: frozenset[PersonId] = frozenset()
    code_holders: frozenset[PersonId] = frozenset()
    """Persons who hold an envelope with a recovery code."""
    headteacher_lets_dsl_help: bool = False
    """For a case about staff (flows section 5)."""
    site_dsls: tuple[tuple[PersonId, str], ...] = ()
    """Further DSLs of a federation, each with the site they are the DSL of (P-226)."""

    @property
    def dsls(self) -> tuple[PersonId, ...]:
        """Everybody who is a DSL here, the one without a site first."""
        return (*(() if self.dsl is None else (self.dsl,)), *(person for person, _ in self.site_dsls))

    def dsl_of(self, site: str) -> PersonId | None:
        """The DSL of a site; the school's own where the site has none or is not told."""
        wanted = site.strip().casefold()
        named = (person for person, of in self.site_dsls if wanted and of.casefold() == wanted)
        return next(named, self.dsl)

    @property
    def seniors_all(self) -> frozenset[PersonId]:
        """Everybody senior enough to lead a case or keep its record."""
        return _some(self.headteacher, self.chair, *self.dsls, *self.deputies, *self.seniors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Who leads a case, who keeps its record, who is shut out and who is told."""

    row: str
    """Which row of the table applies."""
    leads: frozenset[PersonId] = frozenset()
    helps: frozenset[PersonId] = frozenset()
    keeps: frozenset[PersonId] = frozenset()
    barred: frozenset[PersonId] = frozenset()
    told: frozenset[PersonId] = frozenset()
    """Persons in school who are told."""
    lado_told: bool = False
    lado_leads: bool = False
    on_lados_advice: bool = False
    """The record is kept only as the LADO advises."""
    on_paper_card: bool = False
    """Nothing is recorded on this desk: the paper card and the LADO."""


def _some(*people: PersonId | None, but: frozenset[PersonId] = frozenset()) -> frozenset[PersonId]:
    return frozenset(person for person in people if person is not None) - but


def _first(*people: PersonId | None, but: frozenset[PersonId]) -> frozenset[PersonId]:
    return frozenset([person for person in people if person is not None and person not in but][:1])


def row_for(kind: SubjectKind, person: PersonId | None, school: SchoolPeople) -> SubjectKind:
    """Which row of the table a subject falls under: the post the person really holds outranks the answer given."""
    posts = {
        SubjectKind.CHAIR: school.chair,
        SubjectKind.HEADTEACHER: school.headteacher,
        SubjectKind.DSL: school.dsl,
    }
    if person is None:
        person = posts.get(kind)
    for row, holder in posts.items():
        if person is not None and person == holder:
            return row
    if person is not None and person in school.dsls:
        return SubjectKind.DSL
    return SubjectKind.STAFF if kind is SubjectKind.DESK_USER else kind


def _barred(row: SubjectKind, school: SchoolPeople, subject: PersonId | None, site: str) -> frozenset[PersonId]:
    """Whom it is about: the person, or who holds the post; of several DSLs the site's, and all where none is told."""
    if subject is not None:
        return frozenset({subject})
    match row:
        case SubjectKind.CHAIR:
            return _some(school.chair)
        case SubjectKind.HEADTEACHER:
            return _some(school.headteacher)
        case SubjectKind.DSL:
            return _some(school.dsl_of(site)) if site.strip() else frozenset(school.dsls)
        case _:
            return frozenset()


def who_leads(kind: SubjectKind, school: SchoolPeople, *, subject: PersonId | None = None, site: str = "") -> Lead:
    """The table of flows section 5, cell by cell, posts held twice by one person and federations included.

    `subject` is the person, where the school register knows them; without one the
    post itself tells who it is. `site` is the site of the case, where a federation
    has a DSL at each.
    """
    row = row_for(kind, subject, school)
    barred = _barred(row, school, subject, site)
    adult = row in {SubjectKind.STAFF, SubjectKind.HEADTEACHER, SubjectKind.DSL, SubjectKind.CHAIR}
    if adult and barred and (school.account_holders <= barred or school.seniors_all <= barred):
        return Lead(row="only_account", barred=barred, lado_told=True, on_paper_card=True)
    match row:
        case SubjectKind.STAFF:
            return _about_staff(school, barred, site)
        case SubjectKind.DSL:
            leads = _first(school.headteacher, school.chair, but=barred)
            keeps = _some(*school.deputies, but=barred) or _some(*school.dsls, but=barred) or leads
            return Lead(row="dsl", leads=leads, keeps=keeps, barred=barred, lado_told=True, lado_leads=not leads)
        case SubjectKind.HEADTEACHER if not school.headteacher_is_proprietor:
            leads = _some(school.chair, but=barred)
            keeps = _some(*school.deputies, but=barred) or _first(*school.dsls, school.chair, but=barred)
            lead = Lead(row="headteacher", leads=leads, keeps=keeps, barred=barred, told=leads, lado_told=True)
            return replace(lead, lado_leads=not leads)
        case SubjectKind.CHAIR | SubjectKind.HEADTEACHER:
            keeps = _some(*school.deputies, but=barred) or _first(*school.dsls, but=barred)
            lado_leads = Lead(row="chair_or_proprietor", barred=barred, lado_told=True, lado_leads=True)
            return replace(lado_leads, keeps=keeps, on_lados_advice=True)
        case _:
            leads = _first(school.dsl_of(site), *school.deputies, but=barred)
            keeps = _some(*school.dsls, *school.deputies, but=barred)
            told = _some(school.headteacher, but=barred)
            return Lead(row="pupil", leads=leads, keeps=keeps, barred=barred, told=told)


def _about_staff(school: SchoolPeople, barred: frozenset[PersonId], site: str) -> Lead:
    leads = _first(school.headteacher, school.chair, but=barred)
    dsl = school.dsl_of(site)
    helps = _some(dsl, but=barred) if school.headteacher_lets_dsl_help else frozenset()
    keeps = _some(dsl, school.headteacher, but=barred)
    return Lead(row="staff", leads=leads, helps=helps - leads, keeps=keeps, barred=barred, lado_told=True)


def leads_for_the_dsl(who: Actor, about: Collection[SubjectKind]) -> bool:
    """Whether somebody does in a case what is otherwise the DSL's or a deputy's, because they lead it in their place.

    That is the Chair where it is about the Headteacher, who may be the DSL too, and
    the Headteacher where it is about the DSL (flows section 5).
    """
    return (who.role is Role.CHAIR and SubjectKind.HEADTEACHER in about) or (
        who.role is Role.HEADTEACHER and SubjectKind.DSL in about
    )


def must_be_restricted(barred: frozenset[PersonId], school: SchoolPeople) -> bool:
    """Whether a case must be kept from birth from somebody who has an account or holds a code (design section 5)."""
    return bool(barred & (school.account_holders | school.code_holders))


def readers_of_restricted(lead: Lead, school: SchoolPeople) -> frozenset[PersonId]:
    """Who may read a case that bars somebody: who leads, keeps or helps, and who is told if they hold an account."""
    return ((lead.leads | lead.keeps | lead.helps | lead.told) - lead.barred) & school.account_holders


@dataclass(frozen=True, slots=True, kw_only=True)
class Readable:
    """What decides who may read one case."""

    kinds: frozenset[SubjectKind] = frozenset()
    """Whom it is about."""
    barred: frozenset[PersonId] = frozenset()
    author: PersonId | None = None
    assigned: frozenset[PersonId] = field(default_factory=frozenset)
    """Its reviewers."""
    signed: bool = False
    """Whether both have signed, and nothing since has voided it."""
    readers: frozenset[PersonId] | None = None
    """Named readers of a restricted case, None for an ordinary one."""


WORKERS: Final = frozenset(
    {SubjectKind.STAFF, SubjectKind.HEADTEACHER, SubjectKind.DSL, SubjectKind.CHAIR, SubjectKind.DESK_USER}
)
"""Kinds of subject who work or volunteer here."""


def may_read(actor: Actor, case: Readable) -> bool:
    """Default access (flows section 11); a barred person is refused whatever their role."""
    if actor.is_root or actor.person in case.barred:
        return False
    if case.readers is not None:
        return actor.person in case.readers
    match actor.role:
        case Role.DSL | Role.DEPUTY | Role.HEADTEACHER:
            return True
        case Role.OSL:
            mine = actor.person == case.author or actor.person in case.assigned
            return mine and not case.kinds & WORKERS
        case Role.SENIOR:
            return actor.person in case.assigned and not case.signed
        case Role.CHAIR:
            return bool(case.kinds & {SubjectKind.HEADTEACHER}) or actor.person in case.assigned
        case _:
            return False


def may_read_access_log(actor: Actor) -> bool:
    """Whether somebody may see who read what, without content (flows section 11)."""
    return actor.role in {Role.DPO, Role.DSL, Role.HEADTEACHER}

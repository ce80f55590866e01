"""A school begins its desk: one account first, codes on paper, then the second person, and whom else it needs."""

from dsl_desk import app
from dsl_desk.domain.words import Duty, PersonId
from dsl_desk.paths import resources
from dsl_desk.rehearsal.stage import Stage
from dsl_desk.services.paper.desk_papers import ShownCode
from dsl_desk.services.school import Person
from dsl_desk.signatures import Signer, certificate_sha256
from dsl_desk.store.creation import SetUp
from dsl_desk.store.issuing import NewPerson

PROFILE = "secondary-2021.toml"
LETTERS = "ABC"
HOLDERS = {"A": "deputy", "B": "chair", "C": "safe of the trust"}
_CONTACTS = {
    "police_non_emergency": "police-local",
    "mash_day": "mash-day",
    "mash_night": "mash-night",
    "lado": "lado",
    "education_safeguarding_team": "education-safeguarding",
    "data_protection_officer": "dpo",
    "it_provider": "it-provider",
}
"""The material's names of contacts, as the profile calls them."""


def play(stage: Stage) -> None:
    """Set the desk up, print what lies ready, and let the others in."""
    with stage.act("set-up with one account"):
        _begin(stage)
        _tell(stage)
        _print(stage)
    with stage.act("second account, and the others"):
        _second(stage)
        _others(stage)


def _begin(stage: Stage) -> None:
    first = stage.cast.person("dsl")
    created = app.begin_desk(
        stage.desk_folder,
        SetUp(
            school=stage.cast.school.name,
            people=[
                NewPerson(
                    name=first.name,
                    role=first.role,
                    secret=stage.cast.secret("dsl"),
                    duties=(Duty.ISSUER,),
                    person=first.id,
                )
            ],
            custodians=HOLDERS,
            rehearsal=True,
        ),
        stage.around,
    )
    stage.codes = created.codes
    stage.accounts["dsl"] = created.accounts[0]
    stage.root_fingerprint = certificate_sha256(created.desk.root)
    stage.enter("dsl", app.services(created.desk, stage.around.clock))


def _tell(stage: Stage) -> None:
    """Everything set-up asks; recording would have worked before any of it."""
    set_up, school = stage.desk.set_up, stage.cast.school
    text = (resources() / "policies" / PROFILE).read_text(encoding="utf-8")
    set_up.profile(text, PROFILE)
    set_up.settings(
        {
            "school": school.name,
            "site": school.sites[0],
            "local_authority": school.local_authority,
            "police_force": school.police_force,
            "school_number": "01632 960100",
            "main_system": "the school's main safeguarding system",
            "form_kept_at": "Safe in the DSL's office",
            "laptop_make": "Exemplar Book 14",
            "laptop_serial": "EB14-0001",
        }
    )
    set_up.people([stage.cast.person(name) for name in stage.cast.staff])
    set_up.contacts({ours: school.contacts[theirs] for theirs, ours in _CONTACTS.items() if theirs in school.contacts})
    set_up.codes_typed_back(stage.codes[0], stage.codes[2])
    set_up.envelopes_handed_out(HOLDERS)


def _print(stage: Stage) -> None:
    set_up = stage.desk.set_up
    shown = [
        ShownCode(letter=letter, generation=1, printed=code, custodian=_holder(stage, letter))
        for letter, code in zip(LETTERS, stage.codes, strict=True)
    ]
    for page in (
        set_up.print_halt_card(),
        set_up.print_fingerprint(["Chair of Governors, with the minutes", "safe"]),
        set_up.print_envelopes(shown),
        set_up.print_laptop_taken(),
    ):
        stage.paper(page)


def _holder(stage: Stage, letter: str) -> str:
    name = HOLDERS[letter]
    return stage.cast.played[name].name if name in stage.cast.played else name


def _second(stage: Stage) -> None:
    """The second account: the first person, and the root opened with two codes."""
    root = stage.desk.desk.prove_codes(stage.codes[0], stage.codes[1])
    _issue(stage, "deputy", (stage.proves("dsl"), root), issuer=True)


def _others(stage: Stage) -> None:
    """Two issuers let the Headteacher in, who issues from now on; the Chair's account stays in its envelope."""
    _issue(stage, "head", (stage.proves("dsl"), stage.proves("deputy")))
    _issue(stage, "chair", (stage.proves("dsl"), stage.proves("head")))


def _issue(stage: Stage, name: str, by: tuple[Signer, Signer], *, issuer: bool = False) -> None:
    person: Person = stage.cast.person(name)
    stage.accounts[name] = stage.desk.set_up.issue(person, stage.cast.secret(name), by, issuer=issuer)


def known(stage: Stage, name: str) -> PersonId:
    """Somebody of the school register."""
    return stage.persons.get(name, stage.cast.person(name).id)

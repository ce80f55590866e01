"""Set-up in the window: one person first, codes on paper, then the second person, and whom else the school needs."""

from __future__ import annotations

from functools import partial

from dsl_desk.app import Services
from dsl_desk.domain.words import AccountId, PersonId
from dsl_desk.paths import make_private
from dsl_desk.rehearsal.seat import HOME, Seat
from dsl_desk.services.begin import NewAccount
from dsl_desk.services.unlock import Typed
from dsl_desk.signatures import certificate_sha256

POLICY = "Secondary school, online safety policy 2021"
HOLDERS = {"A": "deputy", "B": "chair", "C": "safe of the trust"}
_POSTS = {
    "Headteacher": "head",
    "Deputy DSL": "deputy",
    "Online safety lead": "osl",
    "Chair of Governors": "chair",
}
_NUMBERS = {
    "Children’s social care (MASH), by day": "mash_day",
    "Children’s social care, out of hours": "mash_night",
    "LADO (designated officer)": "lado",
    "Education safeguarding team of the local authority": "education_safeguarding_team",
    "Data Protection Officer": "data_protection_officer",
    "IT provider": "it_provider",
}


def play(seat: Seat) -> None:
    """Set the desk up, print what lies ready, and let the others in."""
    with seat.stage.act("set-up with one account"):
        _begin(seat)
        _codes(seat)
        _school(seat)
        _contacts(seat)
    with seat.stage.act("second account, and the others"):
        _envelopes(seat)
        _second(seat)
        _others(seat)


def _begin(seat: Seat) -> None:
    hands, secret = seat.hands, seat.stage.cast.secret("dsl")
    hands.on("Welcome to DSL Desk")
    hands.picture("welcome")
    hands.press("Begin a new desk")
    hands.on("Where is the desk kept?")
    hands.press("Another folder")
    hands.press("Choose the folder…")
    hands.file(make_private(seat.stage.desk_folder), picture="choose-a-folder")
    hands.picture("where-it-is-kept")
    hands.press("Continue")
    hands.on("Your school, and you")
    hands.type("Name of the school", seat.stage.cast.school.name)
    hands.type("Your name", seat.name("dsl"))
    hands.press("Designated Safeguarding Lead")
    hands.picture("your-school-and-you")
    hands.press("Continue")
    hands.on("Your own passphrase")
    hands.type("Sign-in name", secret.sign_in_name)
    hands.type("Passphrase", secret.passphrase)
    hands.type("The same again", secret.passphrase)
    hands.picture("your-passphrase")
    hands.press("Begin the desk")


def _codes(seat: Seat) -> None:
    """Copied by hand, saved for the envelopes, and two of them typed back."""
    hands, stage = seat.hands, seat.stage
    hands.on("Copy three recovery codes by hand")
    seat.sits = "dsl"
    stage.codes = tuple(hands.read(f"Code {letter}: ") for letter in "ABC")
    hands.press("Save the sheets on a stick…")
    hands.file(seat.papers)
    hands.says("Saved:")
    hands.picture("recovery-codes")
    hands.press("I have copied all three")
    hands.on("Type two of them back from paper")
    hands.type("First code", stage.codes[0])
    hands.type("Second code", stage.codes[2].replace("-", " ").lower())
    hands.picture("codes-typed-back")
    hands.press("Compare")


def _school(seat: Seat) -> None:
    hands, school = seat.hands, seat.stage.cast.school
    hands.on("Which policy does your school follow?")
    hands.press(POLICY)
    hands.picture("policy")
    hands.press("Continue")
    hands.on("Who holds which post?")
    for post, who in _POSTS.items():
        hands.type(post, seat.name(who))
    hands.picture("posts")
    hands.press("Continue")
    hands.on("What papers say of the school")
    for label, words in (
        ("Site or sites", school.sites[0]),
        ("Local authority", school.local_authority),
        ("Police force", school.police_force),
        ("School’s telephone number", "01632 960100"),
        ("Main safeguarding system", "the school's main safeguarding system"),
        ("Where signed forms are kept", "Safe in the DSL's office"),
    ):
        hands.type(label, words)
    hands.picture("particulars")
    hands.press("Continue")


def _contacts(seat: Seat) -> None:
    hands, school = seat.hands, seat.stage.cast.school
    hands.on("Whom do you ring?")
    for label, key in _NUMBERS.items():
        hands.type(label, school.contacts[key])
    hands.picture("whom-to-ring")
    hands.press("Continue")
    hands.on("Where will you look at devices and sites?")
    hands.press("Another device that pupils do not use")
    hands.type("Make and model of this laptop", "Exemplar Book 14")
    hands.type("Its serial number", "EB14-0001")
    hands.picture("where-looking-is-done")
    hands.press("Continue")
    hands.on("Three papers to lie ready")
    hands.press("Save the papers…")
    hands.file(seat.papers)
    hands.says("Saved:")
    hands.picture("papers-to-lie-ready")
    hands.press("Go to Home")
    hands.on(HOME)
    hands.picture("home-on-the-first-day")


def _envelopes(seat: Seat) -> None:
    hands = seat.hands
    hands.press("Finish set-up")
    hands.on("Set-up unfinished")
    hands.picture("set-up-unfinished")
    hands.press("Hand out the three envelopes.")
    hands.on("Hand out the three envelopes")
    for letter, who in HOLDERS.items():
        known = who in seat.stage.cast.played
        hands.type(f"Envelope {letter} is with", seat.name(who) if known else who)
    hands.picture("envelopes")
    hands.press("They are handed out")
    hands.on("Set-up unfinished")


def _second(seat: Seat) -> None:
    """The second account: the first person, and the root opened with two codes."""
    hands, stage = seat.hands, seat.stage
    name, secret, mine = seat.name("deputy"), stage.cast.secret("deputy"), stage.cast.secret("dsl")
    hands.press("Add a second account; then reviewing opens.")
    hands.on("Add a second person")
    hands.press(f"{name}, Deputy DSL")
    hands.picture("second-person")
    hands.press("Continue")
    hands.on(f"{name} chooses a passphrase")
    hands.type("Sign-in name", secret.sign_in_name)
    hands.type("Passphrase", secret.passphrase)
    hands.type("The same again", secret.passphrase)
    hands.press("Continue")
    hands.on(f"Let {name} in")
    hands.type("Your sign-in name", mine.sign_in_name)
    hands.type("Your passphrase", mine.passphrase)
    hands.type("First recovery code", stage.codes[0])
    hands.type("Second recovery code", stage.codes[1])
    hands.picture("two-let-them-in")
    hands.press("Let them in")
    hands.on(HOME)


def _others(seat: Seat) -> None:
    """Two issuers let the Headteacher and the Chair in; this has no page of its own yet."""
    for who, other in (("head", "deputy"), ("chair", "head")):
        seat.ask(partial(_let_in, seat, who, other))
    seat.stage.accounts = seat.ask(lambda services: _accounts(seat, services))
    seat.stage.persons = seat.ask(lambda services: _persons(seat, services))
    seat.stage.root_fingerprint = seat.ask(lambda services: certificate_sha256(services.desk.root))


def _let_in(seat: Seat, who: str, other: str, services: Services) -> AccountId:
    played, secret = seat.stage.cast.person(who), seat.stage.cast.secret(who)
    known = next(person for person in services.book.school().people.values() if person.name == played.name)
    new = NewAccount(
        name=known.name, role=known.role, person=known.id, sign_in_name=secret.sign_in_name,
        passphrase=secret.passphrase, again=secret.passphrase,
    )  # fmt: skip
    return services.letting_in.by_two(new, _typed(seat, "dsl"), _typed(seat, other))


def _typed(seat: Seat, who: str) -> Typed:
    secret = seat.stage.cast.secret(who)
    return Typed(sign_in_name=secret.sign_in_name, passphrase=secret.passphrase)


def _accounts(seat: Seat, services: Services) -> dict[str, AccountId]:
    by_name = {row.name: row.account for row in services.book.school().accounts if row.in_force}
    cast = seat.stage.cast
    return {who: by_name[cast.played[who].name] for who in ("dsl", "deputy", "head", "chair")}


def _persons(seat: Seat, services: Services) -> dict[str, PersonId]:
    by_name = {person.name: person.id for person in services.book.school().people.values()}
    played = seat.stage.cast.played
    return {who: by_name[played[who].name] for who in seat.stage.cast.staff if played[who].name in by_name}

"""What a school may change at any time: each change is an entry, what stood before stays, and access takes two."""

import json
import tomllib
from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl_desk import app
from dsl_desk.domain.desk_entries import ProfileChanged, SettingsChanged
from dsl_desk.domain.errors import (
    InputError,
    NotReadableError,
    ProcedureError,
    WrongCodeError,
    WrongPassphraseError,
)
from dsl_desk.domain.people import who_leads
from dsl_desk.domain.policy import read_profile
from dsl_desk.domain.words import Role, SubjectKind
from dsl_desk.paths import resources
from dsl_desk.rehearsal.opening import known
from dsl_desk.services import laptop
from dsl_desk.services.about import PACKAGES, licences, protects
from dsl_desk.services.account_values import AccountState, TwoTyped
from dsl_desk.services.begin import NewAccount, policies
from dsl_desk.services.devices import Device
from dsl_desk.services.laptop import LaptopSettings
from dsl_desk.services.policy_care import TOGETHER
from dsl_desk.services.profile_file import put, read_parts, written
from dsl_desk.services.profile_texts import sections_of, texts_of
from dsl_desk.services.unlock import Typed
from dsl_desk.ui.case.choices import offered
from dsl_desk.ui.case.forms import FORMS
from dsl_desk.ui.case.keeping import keep
from tests.architecture.sources import ROOT
from tests.services.scenes import begun, ready_to_look

WHERE = "where"
FRESH = NewAccount(sign_in_name="fresh", passphrase="copper violin saturday bridge")
HOSTILE = {
    "10,000 letters": "x" * 10_000,
    "a line that turns round": "Vale \u202eloohcS",
    "a control character": "Vale\x07School",
    "nothing but blanks": "   ",
}


def typed(stage, name):
    secret = stage.cast.secret(name)
    return Typed(sign_in_name=secret.sign_in_name, passphrase=secret.passphrase)


def two(stage, second="head"):
    return TwoTyped(me=typed(stage, stage.signed_in), other=typed(stage, second))


def by_codes(stage):
    return TwoTyped(me=typed(stage, stage.signed_in), codes=(stage.codes[0], stage.codes[2]))


def enter(stage, sign_in_name, passphrase):
    """Sign in by what was typed, whoever that is."""
    stage.lock()
    desk = app.opener(stage.desk_folder, stage.around).unlock(Typed(sign_in_name=sign_in_name, passphrase=passphrase))
    stage.enter("", app.services(desk, stage.around.clock))
    return stage.desk


def settings_of(stage):
    desk = stage.desk.desk
    return [
        record.payload.data.settings
        for record in desk.records(desk.desk_strand)
        if isinstance(record.payload.data, SettingsChanged)
    ]


# -- the school


def test_a_change_of_particulars_is_one_entry_and_what_stood_before_stays(stage):
    care = stage.sign_in("dsl").settings
    before = len(settings_of(stage))
    care.keep_school({**care.school().values, "school_number": "01632 960199", "stand_ins": "Mocka, from 3 May"})

    assert settings_of(stage)[before:] == [{"school_number": "01632 960199", "stand_ins": "Mocka, from 3 May"}]
    assert any(kept.get("school_number") == "01632 960100" for kept in settings_of(stage))
    care.keep_school(dict(care.school().values))
    assert len(settings_of(stage)) == before + 1, "nothing changed, so nothing is written"


def test_a_name_that_could_deceive_a_reader_is_refused_in_words(stage):
    care = stage.sign_in("dsl").settings
    for what, name in HOSTILE.items():
        wanted = {**care.school().values, "school": name}
        words = care.school_problems(wanted)["school"]
        assert len(words) < 120, what
        assert name.strip() not in words or not name.strip(), what
        with pytest.raises(InputError):
            care.keep_school(wanted)
    care.keep_school({**care.school().values, "site": "<b>Annexe</b> \U0001f3eb"})
    assert care.school().values["school"] == "Example Vale School"
    assert care.school().values["site"] == "<b>Annexe</b> \U0001f3eb", "kept as typed, shown as plain words"


def test_a_desk_without_a_name_in_its_settings_goes_by_the_one_it_was_begun_with(stage):
    register = stage.sign_in("dsl").register
    desk = stage.desk.desk
    begun_only = [
        record for record in desk.records(desk.desk_strand) if not isinstance(record.payload.data, SettingsChanged)
    ]
    assert register._fold(begun_only).name == "Example Vale School"


def test_a_new_number_was_not_checked_because_the_old_one_was(stage):
    care = stage.sign_in("dsl").settings

    def seen(name):
        return next(one for one in care.contacts().contacts if one.id == name)

    assert seen("lado").due
    care.keep_contacts({"lado": seen("lado").number}, {"lado": "Ask for the duty officer"}, frozenset({"lado"}))
    assert seen("lado").checked == care.today()
    assert not seen("lado").due
    care.keep_contacts({"lado": "01632 960777", "999": "1"}, {}, frozenset())
    assert seen("lado").number == "01632 960777"
    assert (seen("lado").checked, seen("lado").due, seen("lado").note) == ("", True, "Ask for the duty officer")
    assert seen("999").number == "999", "what is always there is not changed"
    assert seen("mash-day").number, "what was not on the page stays"
    with pytest.raises(InputError, match="cannot be seen"):
        care.keep_contacts({"lado": "0163\u202e2"}, {}, frozenset())


def test_posts_take_the_own_passphrase_and_the_same_name_is_the_same_person(stage):
    posts = stage.sign_in("dsl").posts
    seen = posts.see()
    wanted = replace(seen, one={**seen.one, Role.OSL: seen.one[Role.HEADTEACHER]}, headteacher_lets_dsl_help=True)
    with pytest.raises(WrongPassphraseError):
        posts.keep(wanted, replace(typed(stage, "dsl"), passphrase="not the one"))
    with pytest.raises(ProcedureError, match="signed in"):
        posts.keep(wanted, typed(stage, "head"))
    assert posts.see() == seen

    posts.keep(wanted, typed(stage, "dsl"))

    held = stage.desk.book.school().posts
    assert held.osl == held.headteacher == known(stage, "head")
    assert held.headteacher_lets_dsl_help
    assert held.deputies == (known(stage, "deputy"),)


def test_a_federation_names_a_dsl_for_each_site_and_each_stays_one_person(stage):
    posts = stage.sign_in("dsl").posts
    seen = posts.see()
    assert posts.problems(replace(seen, site_dsls=("Uma Upper",))) == {
        "site_dsls": "Write the site after the name, with a comma between them."
    }
    for twice in (("Uma Upper, Upper School", "Uma Upper, Nursery"), (f"{seen.one[Role.DSL]}, Upper School",)):
        with pytest.raises(InputError, match="no other post"):
            posts.keep(replace(seen, site_dsls=twice), typed(stage, "dsl"))

    posts.keep(replace(seen, site_dsls=("Uma Upper, Upper School",)), typed(stage, "dsl"))

    held = stage.desk.book.school().posts
    ((upper, site),) = held.site_dsls
    assert (site, stage.desk.book.school().people[upper].name) == ("Upper School", "Uma Upper")
    assert held.dsl == known(stage, "dsl"), "the school's own stays"
    assert held.dsl_of("upper school") == upper
    assert posts.see().site_dsls == ("Uma Upper, Upper School",)
    assert who_leads(SubjectKind.DSL, held).barred == {held.dsl, upper}


def test_devices_are_kept_once_and_a_retired_one_stays_with_its_reason(stage):
    devices = stage.sign_in("dsl").devices
    tablet = Device(id="", name="review tablet", make="Exemplar", serial="ET 8", kept_at="safe", held_by="Mocka")
    kept = devices.keep(tablet)
    assert devices.problems(replace(tablet, name="another", serial="et8"))["serial"].startswith("A device with this")
    assert set(devices.problems(Device(id="", name="", make="", serial="", kept_at="", held_by=""))) == {
        "name", "make", "serial", "kept_at", "held_by",
    }  # fmt: skip
    devices.keep(replace(kept, held_by="Testa", encrypted=True))
    with pytest.raises(InputError, match="why"):
        devices.retire(kept.id, "  ")

    devices.retire(kept.id, "its screen broke")

    (seen,) = devices.see().devices
    assert (seen.held_by, seen.encrypted, seen.reason, seen.in_use) == ("Testa", True, "its screen broke", False)
    with pytest.raises(InputError, match="retired"):
        devices.keep(replace(kept, held_by="nobody"))
    assert devices.keep(tablet).id != kept.id, "the same may be added anew"


def test_a_review_names_a_device_of_the_register(stage):
    desk = stage.sign_in("dsl")
    strand = begun(stage).strand
    for name in ("dsl", "deputy"):
        desk.review.name_reviewer(strand, stage.accounts[name])
    assert next(ask.name for ask in FORMS[WHERE](offered(desk, strand)).asks) == "make"
    tablet = Device(id="", name="review tablet", make="Exemplar", serial="ET 8", kept_at="safe", held_by="Mocka")
    kept, gone = desk.devices.keep(tablet), desk.devices.keep(replace(tablet, name="old one", serial="1"))
    desk.devices.retire(gone.id, "broken")

    lists = offered(desk, strand)
    first = FORMS[WHERE](lists).asks[0]
    assert [key for key, _ in first.options] == [kept.id, "other"]
    hidden = {"make": "", "serial": "", "location": ""}
    answers = {"registered": kept.id, "state": "off", "this_laptop": "no", "pupils_use_it": "no", **hidden}
    keep(desk, lists, WHERE, answers)

    named = desk.book.load(strand).device
    assert named is not None
    assert (named.registered, named.name, named.make, named.serial) == (kept.id, "review tablet", "Exemplar", "ET 8")


# -- people


def test_who_is_let_in_by_two_is_the_person_of_the_posts_and_may_change_nothing(stage):
    people = stage.sign_in("dsl").account_care
    (osl,) = people.people().without
    account = people.let_in(replace(FRESH, name=osl.name.upper(), role=osl.role), two(stage))
    assert stage.desk.book.school().account(account).person == known(stage, "osl")
    assert people.people().without == ()

    desk = enter(stage, FRESH.sign_in_name, FRESH.passphrase)
    assert not desk.settings.may_change()
    with pytest.raises(ProcedureError, match="DSL, a deputy or the Headteacher"):
        desk.settings.keep_school({"site": "elsewhere"})
    me = Typed(sign_in_name=FRESH.sign_in_name, passphrase=FRESH.passphrase)
    with pytest.raises(ProcedureError, match="DSL, a deputy or the Headteacher"):
        desk.account_care.withdraw(stage.accounts["head"], "a quarrel", TwoTyped(me=me, other=typed(stage, "dsl")))
    assert desk.settings.school().values["site"] != "elsewhere"


def test_one_person_is_never_two(stage):
    people = stage.sign_in("dsl").account_care
    with pytest.raises(ProcedureError, match="same person"):
        people.withdraw(stage.accounts["deputy"], "left", two(stage, "dsl"))
    with pytest.raises(ProcedureError, match="may not let others"):
        people.withdraw(stage.accounts["deputy"], "left", two(stage, "chair"))
    with pytest.raises(InputError, match="why"):
        people.withdraw(stage.accounts["deputy"], " ", two(stage))
    assert stage.desk.book.school().account(stage.accounts["deputy"]).in_force


def test_an_account_that_two_ended_opens_nothing_and_says_why(stage):
    people = stage.sign_in("dsl").account_care
    assert people.withdraw(stage.accounts["deputy"], "left the school", two(stage)) is False
    row = next(one for one in people.people().accounts if one.account == stage.accounts["deputy"])
    assert row.state is AccountState.WITHDRAWN
    assert "left the school" in row.told[-1]
    with pytest.raises(ProcedureError, match="ended already"):
        people.withdraw(stage.accounts["deputy"], "again", two(stage))
    stage.lock()
    with pytest.raises(WrongPassphraseError):
        stage.sign_in("deputy")


def test_new_keys_by_two_codes_end_the_old_passphrase(stage):
    people = stage.sign_in("dsl").account_care
    assert people.replace(stage.accounts["deputy"], FRESH, "passphrase forgotten", by_codes(stage)) is False
    row = next(one for one in people.people().accounts if one.account == stage.accounts["deputy"])
    assert row.state is AccountState.REPLACED
    stage.lock()
    with pytest.raises(WrongPassphraseError):
        stage.sign_in("deputy")
    assert enter(stage, FRESH.sign_in_name, FRESH.passphrase).desk.me.account == stage.accounts["deputy"]


def test_the_own_passphrase_is_changed_with_the_old_one_alone(stage):
    people = stage.sign_in("dsl").account_care
    with pytest.raises(ProcedureError, match="signed in"):
        people.new_passphrase(typed(stage, "head"), FRESH)
    people.new_passphrase(typed(stage, "dsl"), replace(FRESH, sign_in_name=""))
    stage.lock()
    with pytest.raises(WrongPassphraseError):
        stage.sign_in("dsl")
    mine = stage.cast.secret("dsl").sign_in_name
    assert enter(stage, mine, FRESH.passphrase).settings.may_change()


def test_new_codes_by_two_end_the_old_ones_and_wait_to_be_handed_out(stage):
    people = stage.sign_in("dsl").account_care
    keepers = {"A": stage.cast.played["chair"].name, "B": "the safe", "C": "the trust"}
    with pytest.raises(InputError, match="different holders"):
        people.replace_codes({**keepers, "C": "THE SAFE"}, two(stage))

    new = people.replace_codes(keepers, two(stage))

    seen = people.codes()
    assert (new.generation, seen.generation, seen.typed_back, seen.handed_out) == (2, 2, False, False)
    assert dict(seen.keepers) == keepers
    assert known(stage, "chair") in stage.desk.book.school().posts.code_holders
    with pytest.raises(WrongCodeError):
        stage.desk.set_up.codes_typed_back(stage.codes[0], stage.codes[1])
    stage.desk.set_up.codes_typed_back(new.codes[0], new.codes[2])
    people.hand_out(keepers)
    assert (people.codes().typed_back, people.codes().handed_out) == (True, True)
    assert people.print_envelopes(new).pdf.startswith(b"%PDF")


def test_without_room_for_a_fresh_key_access_ends_and_new_codes_are_shown_all_the_same(stage, monkeypatch):
    people = stage.sign_in("dsl").account_care
    keepers = {"A": "the Chair", "B": "the safe", "C": "the trust"}
    monkeypatch.setattr("dsl_desk.store.rotation.shutil.disk_usage", lambda _: SimpleNamespace(free=0))

    assert len(people.replace_codes(keepers, two(stage)).codes) == 3
    people.withdraw(stage.accounts["deputy"], "left", two(stage))

    assert not stage.desk.book.school().account(stage.accounts["deputy"]).in_force
    assert "too little room" in people.codes().key_waits
    monkeypatch.undo()
    stage.lock()
    assert stage.sign_in("dsl").account_care.codes().key_waits == "", "made up for at the next opening"


def test_every_change_is_told_in_words_without_the_words_that_were_changed(stage):
    desk = stage.sign_in("dsl")
    desk.settings.keep_school({"site": "A made-up annexe", "school": "Example Vale School"})
    first, *_ = desk.change_log.told()
    assert first.words == "Changed: sites. By Demo Placeholder"
    assert all("annexe" not in one.words for one in desk.change_log.told())


# -- the policy

HALT = "wording.stop_images[2]"


def test_a_change_of_words_is_a_new_version_and_old_cases_keep_theirs(stage):
    desk = stage.sign_in("dsl")
    old = ready_to_look(stage)
    texts = {"routes[0].steps[6].title": "Where we look", "categories[0].help": ""}
    assert desk.policy_care.problems(texts) == {}
    assert [one.after for one in desk.policy_care.changes(texts)] == ["", "Where we look"]
    with pytest.raises(WrongPassphraseError):
        desk.policy_care.put_in_force(texts, replace(typed(stage, "dsl"), passphrase="not the one"))

    assert desk.policy_care.put_in_force(texts, typed(stage, "dsl")) == 2

    new = begun(stage).strand
    school, case = desk.book.school(), desk.book.load
    titles = [school.profile_of(case(strand)).routes[0].steps[6].title for strand in (old, new)]
    assert titles == ["Where you will look", "Where we look"]
    assert [one.version for one in desk.policy_care.see().versions] == [2, 1]
    versions = [
        record.payload.data.version
        for record in desk.desk.records(desk.desk.desk_strand)
        if isinstance(record.payload.data, ProfileChanged)
    ]
    assert versions == [1, 2]


REFUSED = (
    (HALT, "Ring somebody.", "must name 999 and 101"),
    ("triage.result", "This is plainly illegal.", "not a finding"),
    ("triage.questions[2].text", "This is probably fine", "probably fine"),
    ("categories[0].definition", "Shown as safe to view", "safe to view"),
    ("wording.statement", "One line\nand another", "one line"),
    ("categories[0].title", "   ", "cannot be empty"),
    ("told[0].who", "\n\n", "cannot be empty"),
    ("roles[0].title", "D\u202eSL", "cannot be seen"),
    ("categories[0].definition", "y" * 10_000, "too long"),
)


def test_words_that_the_profile_refuses_are_told_at_their_field_with_key_and_fault(stage):
    care = stage.sign_in("dsl").policy_care
    for address, words, fault in REFUSED:
        found = care.problems({address: words, "categories[1].title": "Unsafe contact"})
        assert list(found) == [address]
        assert fault in found[address]
        assert address.partition("[")[0] in found[address]
    with pytest.raises(InputError, match="999 and 101"):
        care.put_in_force({HALT: "Ring somebody."}, typed(stage, "dsl"))
    for address in ("minimum.reviewers", "routes[0].steps[9].people", "triage.questions[99].text"):
        with pytest.raises(InputError, match="no such text"):
            care.problems({address: "1"})
    assert care.see().version == 1


def test_what_is_wrong_only_together_is_told_for_the_whole_page(stage):
    care = stage.sign_in("dsl").policy_care
    one = {"wording.stop_images[2]": "In danger: 999, otherwise 101."}
    spread = {"wording.stop_images[4]": "999", "wording.stop_images[2]": "101"}
    assert care.problems(one) == {}
    assert care.problems(spread) == {"wording.stop_images[2]": "wording.stop_images: must name 999 and 101"}
    assert TOGETHER not in care.problems({"wording.stop_images[3]": "Ring 101."})


def test_other_words_of_the_first_questions_are_another_version_of_them(stage):
    desk = stage.sign_in("dsl")
    desk.policy_care.put_in_force({"triage.above": "Answer from what you were told. Do not look."}, typed(stage, "dsl"))
    assert desk.book.school().procedure.triage.version == "2026-1+2"


def test_the_shipped_words_can_be_followed_again_as_a_later_version(stage):
    desk = stage.sign_in("dsl")
    desk.policy_care.put_in_force({"title": "Our own policy"}, typed(stage, "dsl"))
    shipped = next(one for one in policies() if one.file_name == "secondary-2021.toml")
    assert desk.policy_care.choose(shipped, typed(stage, "dsl")) == 3
    assert desk.book.school().procedure.title == "Secondary school, online safety policy 2021"


@pytest.mark.parametrize("path", sorted((resources() / "policies").glob("*.toml")), ids=lambda path: path.name)
def test_a_profile_is_written_as_it_was_read(path):
    text = path.read_text(encoding="utf-8")
    parts = read_parts(text)
    assert tomllib.loads(written(parts)) == parts
    profile = read_profile(text, path.name)
    for address, part in texts_of(profile).items():
        put(parts, address, part.value.split("\n") if part.is_list else part.value)
    kept = read_profile(written(parts), path.name)
    assert kept == profile, "every text stands where its address says"
    sections = sections_of(profile)
    assert len({one.key for one in sections}) == len(sections)
    assert all(item.title and item.key for section in sections for item in section.items)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_is_written_as_it_was_read(text):
    parts = {
        "a": text,
        "b": [text, "x"],
        "t": {"inner": text},
        "rows": [{"text": text}, {"text": "2", "deep": [{"x": 1}]}],
    }
    put(parts, "rows[1].text", text)
    assert tomllib.loads(written(parts)) == parts


# -- this laptop


def test_what_the_laptop_remembers_says_nothing_of_anybody(tmp_path):
    config = tmp_path / "laptop"
    assert laptop.remembered(config) == LaptopSettings()
    chosen = LaptopSettings(appearance="dark", text_percent=150, lock_minutes=2)
    laptop.keep(config, chosen)
    assert laptop.remembered(config) == chosen
    assert json.loads((config / "window.json").read_text()) == {
        "appearance": "dark", "text_percent": 150, "lock_minutes": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    "kept",
    [b"", b"\xff\xfe", b"[]", b'{"lock_minutes": 0}', b'{"lock_minutes": true, "text_percent": 999}', b"[" * 100_000,
     b'{"appearance": {}, "lock_minutes": "1"}'],
    ids=range(7),
)  # fmt: skip
def test_a_file_that_cannot_be_read_counts_as_none_and_the_desk_still_locks(tmp_path, kept):
    (tmp_path / "window.json").write_bytes(kept)
    assert laptop.remembered(tmp_path) == LaptopSettings()


@pytest.mark.parametrize("minutes", [0, -1, 16, 10_000])
def test_a_desk_can_never_be_told_not_to_lock(tmp_path, minutes):
    with pytest.raises(InputError, match="1 to 15"):
        laptop.keep(tmp_path, LaptopSettings(lock_minutes=minutes))


def test_the_window_says_what_is_protected_and_whose_work_it_is():
    said = protects()
    assert [one.words for one in said if one.heading] == ["What it protects", "What it does not protect"]
    assert all("**" not in one.words and "`" not in one.words for one in said)
    assert any(one.words.startswith("Memory.") and one.lead == len("Memory.") for one in said)
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert {name.lower() for name in PACKAGES} == {line.partition("=")[0].rstrip(">").lower() for line in asked}
    assert all("not installed" not in one.words for one in licences())


def test_two_who_do_not_hold_the_root_are_told_to_use_codes(stage):
    people = stage.sign_in("deputy").account_care
    with pytest.raises((ProcedureError, NotReadableError)):
        people.let_in(replace(FRESH, name="Somebody Else", role=Role.SENIOR), two(stage, "chair"))

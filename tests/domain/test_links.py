"""What two cases may share is compared however it was typed, and says nothing of roles."""

import pytest

from dsl_desk.domain.case_entries import Corrected, DeviceNamed, SightingRecorded
from dsl_desk.domain.case_words import CallOutcome, PersonRole
from dsl_desk.domain.follow_up_entries import CallLogged, DeviceSecured, PersonLinked
from dsl_desk.domain.links import LinkKind, link_key, named_by, things_named
from dsl_desk.domain.words import Answer, SubjectKind
from tests.builders import missing, recorded


def person(**more):
    given = {"person": "p1", "role": PersonRole.SUBJECT, "kind": SubjectKind.PUPIL, "name": "Sam Sample", **more}
    return PersonLinked(**given)


def device(**more):
    return DeviceSecured(**{"device": "Phone", "held_by": "Office", "place": "Safe", **more})


def sighting(address):
    return SightingRecorded(
        no=1, session=1, address=address, seen="Words", concern="Unkind", reason_to_stop=Answer.NO, answered_by=()
    )


def pairs(named):
    return [(one.kind, one.key) for one in named]


@pytest.mark.parametrize(
    ("kind", "typed", "key"),
    [
        ("device", " SN-12 34/x ", "sn1234x"),
        ("device", "n/a", ""),
        ("device", "Not known", ""),
        ("address", "HTTPS://www.Site.example/Wall/", "site.example/wall"),
        ("account", " @Blue Fox ", "bluefox"),
        ("person", "P1", "P1"),
    ],
)
def test_the_same_thing_has_the_same_key_however_it_is_typed(kind, typed, key):
    assert link_key(kind, typed) == key


def test_every_kind_of_thing_is_named_and_nothing_of_a_role():
    names = person(online_names="@blue_fox\nsite.example/blue\n \nx")
    assert pairs(named_by(names)) == [
        (LinkKind.PERSON, "p1"), (LinkKind.ACCOUNT, "blue_fox"), (LinkKind.ADDRESS, "site.example/blue"),
    ]  # fmt: skip
    assert named_by(person(name=""))[0].words == "Somebody not named"
    assert pairs(named_by(device(serial="S-77", imei="unknown"))) == [(LinkKind.DEVICE, "s77")]
    named = DeviceNamed(make="Sample", serial="none", location="office", state="off", this_laptop=False)
    assert named_by(named) == ()
    assert pairs(named_by(sighting("http://site.example/a"))) == [(LinkKind.ADDRESS, "site.example/a")]
    assert pairs(named_by(sighting("@blue_fox"))) == [(LinkKind.ACCOUNT, "blue_fox")]
    assert named_by(sighting("the history of Tuesday, 3.15")) == ()
    assert named_by(CallLogged(to="101", at="now", outcome=CallOutcome.ANSWERED)) == ()


@pytest.mark.parametrize(
    ("kind", "changes", "keys"),
    [
        ("device_secured", {"serial": "T-88", "imei": "35 000"}, ["t88", "35000"]),
        ("device_named", {"serial": "?"}, []),
        ("sighting_recorded", {"address": "other.example"}, ["other.example"]),
        ("person_linked", {"online_names": "red_fox"}, ["red_fox"]),
        ("call_logged", {"to": "999"}, []),
    ],
)
def test_a_correction_is_found_under_what_it_says(kind, changes, keys):
    entry = Corrected(corrects=1, kind=kind, changes=changes, reason="Misread")
    assert [one.key for one in named_by(entry)] == keys


def test_what_was_corrected_away_no_longer_counts():
    looked = DeviceNamed(make="Sample", serial="T-88", location="office", state="off", this_laptop=False)
    entries = (
        recorded(1, device(serial="S-77")),
        recorded(2, looked),
        recorded(3, Corrected(corrects=1, kind="device_secured", changes={"serial": "T-88"}, reason="Misread")),
        recorded(4, device(serial="T-88")),
        missing(5),
    )
    (one,) = things_named(entries)
    assert (one.key, one.words, one.looked_on) == ("t88", "Phone, T-88", False)
    (other,) = things_named(entries[1:2])
    assert other.looked_on

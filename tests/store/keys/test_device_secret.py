from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from dsl_desk.domain.errors import DamagedError, KeyringError
from dsl_desk.domain.journal import Head
from dsl_desk.domain.words import DeskId
from dsl_desk.store.device_secret import (
    SERVICE,
    DeviceItem,
    KeyringForgetsError,
    KeyringLockedError,
    KeyringSilentError,
    NoKeyringError,
    OsKeyring,
    decode_item,
    read_item,
    write_item,
)
from tests.store.keys.desks import DEPUTY, DSL, HEAD, PEOPLE, Box, Ring, at, custody, nothing, person

DESK = DeskId("1" * 32)
ITEM = DeviceItem(device=bytes(range(32)), root_sha256="a" * 64, branch="b" * 32, head=Head(seq=7, digest="c" * 64))


def test_an_item_is_spelled_as_the_format_says_and_fits_every_key_store() -> None:
    expected = f'["dsl-desk/device/1","{bytes(range(32)).hex()}","{"a" * 64}","{"b" * 32}",7,"{"c" * 64}"]'
    assert ITEM.encode() == expected
    assert decode_item(expected) == ITEM
    assert len(expected.encode("utf-16")) < 2560
    assert ITEM.device.hex() not in repr(ITEM)
    assert repr(ITEM.device) not in repr(ITEM)


@pytest.mark.parametrize(
    "text",
    ["", "words", "é", "[]", '["dsl-desk/device/2","","","",1,""]', '["dsl-desk/device/1","zz","","",1,""]',
     '["dsl-desk/device/1","00","","",1,""]', '["dsl-desk/device/1", "00","","",1,""]'],
)  # fmt: skip
def test_anything_else_under_the_desks_name_is_not_believed(text: str) -> None:
    with pytest.raises(DamagedError):
        decode_item(text)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    ring = Ring(file=tmp_path / "ring.json")
    assert read_item(ring, DESK) is None
    write_item(ring, DESK, ITEM)
    assert read_item(ring, DESK) == ITEM


def test_a_key_store_that_reports_success_and_forgets_is_found(tmp_path: Path) -> None:
    ring = Ring(file=tmp_path / "ring.json", forgets=True)
    with pytest.raises(KeyringForgetsError):
        write_item(ring, DESK, ITEM)


def test_where_the_key_store_keeps_something_else_the_old_value_stays_in_force(tmp_path: Path) -> None:
    class Cutting(Ring):
        def set(self, name: str, value: str) -> None:
            self.put(name, value if value == "old" else value[:20])

    ring = Cutting(file=tmp_path / "ring.json")
    ring.put(DESK, "old")
    with pytest.raises(KeyringForgetsError):
        write_item(ring, DESK, ITEM)
    assert ring.get(DESK) == "old"


class Backend:
    """What the keyring library hands out, by the module it says it is from."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def itself(self) -> Any:
        return self

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


def backend(module: str, **methods: Any) -> Any:
    return type("Keyring", (Backend,), {"__module__": module, **methods})()


@pytest.mark.parametrize(
    "module",
    [
        "keyring.backends.SecretService",
        "keyring.backends.kwallet",
        "keyring.backends.Windows",
        "keyring.backends.macOS",
    ],
)
def test_key_stores_that_keep_secrets_are_used(module: str) -> None:
    found = backend(module)
    ring = OsKeyring(lambda: found)
    ring.check()
    ring.set(DESK, "value")
    assert found.kept == {(SERVICE, DESK): "value"}
    assert ring.get(DESK) == "value"


@pytest.mark.parametrize(
    "module",
    [
        "keyring.backends.fail",
        "keyring.backends.null",
        "keyrings.alt.file",
        "keyring.backends.libsecret",
        "keyring.backends.SecretServiceOfSomebodyElse",
        "builtins",
    ],
)
def test_key_stores_that_do_not_are_refused_before_anything_is_written(module: str) -> None:
    found = backend(module)
    for use in (lambda ring: ring.set(DESK, "value"), lambda ring: ring.get(DESK), lambda ring: ring.check()):
        with pytest.raises(NoKeyringError):
            use(OsKeyring(lambda: found))
    assert found.kept == {}


def test_an_empty_chain_is_refused_and_the_first_good_link_of_a_full_one_is_used() -> None:
    good = backend("keyring.backends.kwallet")
    empty = backend("keyring.backends.chainer", backends=[])
    plain = backend("keyring.backends.chainer", backends=[backend("keyrings.alt.file")])
    full = backend("keyring.backends.chainer", backends=[backend("keyrings.alt.file"), good])
    for chain in (empty, plain):
        with pytest.raises(NoKeyringError):
            OsKeyring(partial(Backend.itself, chain)).get(DESK)
    OsKeyring(lambda: full).set(DESK, "value")
    assert good.kept == {(SERVICE, DESK): "value"}


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("KeyringLocked", KeyringLockedError),
        ("PromptDismissedException", KeyringLockedError),
        ("NoKeyringError", NoKeyringError),
        ("InitError", NoKeyringError),
        ("PasswordSetError", KeyringError),
    ],
)
def test_what_the_library_raises_becomes_a_plain_sentence_without_its_text(
    name: str, sentence: type[KeyringError]
) -> None:
    error = type(name, (Exception,), {})

    def fails(*_: Any) -> None:
        raise error("/home/somebody/secret place")

    ring = OsKeyring(lambda: backend("keyring.backends.SecretService", get_password=fails, set_password=fails))
    for use in (lambda: ring.get(DESK), lambda: ring.set(DESK, "value")):
        with pytest.raises(sentence) as told:
            use()
        assert "somebody" not in str(told.value)


def test_a_key_store_that_hangs_is_given_up_after_its_time() -> None:
    release = threading.Event()

    def hangs(*_: Any) -> None:
        release.wait(60)

    ring = OsKeyring(lambda: backend("keyring.backends.kwallet", get_password=hangs), seconds=0.05)
    with pytest.raises(KeyringSilentError):
        ring.get(DESK)
    release.set()


FAULTS = [NoKeyringError(), KeyringLockedError(), KeyringSilentError(), KeyringError()]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_with_a_failing_key_store_codes_and_long_passphrases_still_open(box: Box, fault: KeyringError) -> None:
    box.ring.fault = fault
    with pytest.raises(type(fault)):
        box.open(DSL)
    desk = box.open(DEPUTY, seconds=200)
    assert custody(desk).keyring_fault == str(fault)
    desk.close(at(210))
    desk = box.open(HEAD, code=box.code("A"), seconds=300)
    assert desk.check(nothing).findings == ()
    desk.close(at(310))
    box.open_with_codes("BC", seconds=400).close(at(410))
    box.ring.fault = None
    box.open(DSL, seconds=500).close(at(510))


def test_a_key_store_that_fails_while_the_desk_is_open_loses_nothing(box: Box) -> None:
    desk = box.open()
    box.ring.fault = KeyringSilentError()
    desk.checkpoint("day", at(102))
    assert custody(desk).keyring_fault is not None
    desk.checkpoint("day", at(104))
    desk.close(at(110))
    box.ring.fault = None
    box.open(seconds=200).close(at(210))


def test_the_head_is_written_at_most_once_a_second_and_at_close(box: Box) -> None:
    desk = box.open()
    heads = []
    for seconds in (110, 110.3, 110.9, 111.1):
        desk.checkpoint("day", at(seconds))
        heads.append(read_item(box.ring, custody(desk).holdings.desk))
    found = [item.head.seq for item in heads if item is not None]
    assert found == [found[0], found[0], found[0], found[0] + 3]
    desk.checkpoint("day", at(111.2))
    last = desk.head().seq
    desk.close(at(111.3))
    item = read_item(box.ring, custody(desk).holdings.desk)
    assert item is not None
    assert item.head.seq == last + 1


def test_an_altered_item_says_so_and_a_code_writes_it_anew(box: Box) -> None:
    (desk_id, _), *_ = box.ring.kept.items()
    box.ring.put(desk_id, "something else")
    with pytest.raises(KeyringError, match="holds something else"):
        box.open(DSL)
    box.open(DSL, code=box.code("B"), seconds=200).close(at(210))
    box.open(DSL, seconds=300).close(at(310))


def test_another_device_secret_opens_nothing_and_a_code_puts_it_right(box: Box) -> None:
    (desk_id, value), *_ = box.ring.kept.items()
    item = decode_item(value)
    other = DeviceItem(device=os.urandom(32), root_sha256=item.root_sha256, branch=item.branch, head=item.head)
    box.ring.put(desk_id, other.encode())
    with pytest.raises(Exception, match="do not fit together"):
        box.open(DSL)
    box.open(DSL, code=box.code("B"), seconds=200).close(at(210))
    box.open(DSL, seconds=300).close(at(310))


def test_without_a_key_store_a_desk_begins_only_for_people_with_longer_passphrases(tmp_path: Path) -> None:
    box = Box(tmp_path / "no key store")
    box.ring.fault = NoKeyringError()
    with pytest.raises(NoKeyringError):
        box.create()
    assert not (box.folder / "desk.db").exists()
    other = Box(tmp_path / "no key store either")
    other.ring.fault = NoKeyringError()
    long = ("dsl", "a passphrase long enough to stand alone")
    other.create(people=(person(long, "Dana Samplewood", PEOPLE[0].role, reduced=True),)).close(at(10))
    other.open(long).close(at(110))


GNOME = """
import sys
from functools import partial
from pathlib import Path
sys.path.insert(0, {root!r})
from dsl_desk.store.device_secret import OsKeyring
from tests.store.keys.desks import *

box = Box(Path({folder!r}) / "real keyring")
real = OsKeyring(seconds=20)
object.__setattr__(box, "ring", real)
desk = box.create()
desk.close(at(10))
desk = box.open(seconds=100)
print("opened", desk.me.name, custody(desk).keyring_fault)
desk.close(at(110))
print("kept", real.get(box.slots()["desk"])[:21])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="gnome-keyring is a key store of Linux")
def test_a_desk_lives_with_the_real_gnome_keyring(tmp_path: Path) -> None:
    if shutil.which("gnome-keyring-daemon") is None or shutil.which("dbus-run-session") is None:
        pytest.skip("gnome-keyring or dbus is not installed here")
    script = tmp_path / "live.py"
    script.write_text(GNOME.format(root=str(Path(__file__).parents[3]), folder=str(tmp_path)))
    inner = (
        "printf made-up | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1 || exit 99; "
        f"exec {sys.executable} {script}"
    )
    environment = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    environment |= {"HOME": str(tmp_path / "home"), "XDG_RUNTIME_DIR": str(tmp_path / "run")}
    for name in ("HOME", "XDG_RUNTIME_DIR"):
        Path(environment[name]).mkdir(mode=0o700)
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", inner],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=120,
    )
    if done.returncode == 99:
        pytest.skip("the gnome-keyring daemon does not start on this machine")
    assert done.returncode == 0, done.stderr
    assert "opened Dana Samplewood None" in done.stdout
    assert '["dsl-desk/device/1",' in done.stdout


def test_opening_asks_for_the_key_store_by_the_desks_name(box: Box) -> None:
    assert list(box.ring.kept) == [box.slots()["desk"]]

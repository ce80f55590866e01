"""The whole rehearsal in the window: every case played, every pack accepted, a picture of each screen, no leak."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from dsl_desk import app
from dsl_desk.domain.words import CASE_REF, PackKind
from dsl_desk.rehearsal import look
from dsl_desk.rehearsal.hands import Hands
from dsl_desk.rehearsal.lines import years_played
from dsl_desk.rehearsal.play import rehearse
from dsl_desk.rehearsal.programme import read_programme
from dsl_desk.rehearsal.registers_kept import CONCERN
from dsl_desk.store.folder import BLOBS
from tests.played import HANDED_IN, play, read

ROOT = Path(__file__).resolve().parent.parent
KEYS = {"case_refs", "people", "recovery_codes", "root_fingerprint", "journal_head", "stages"}
STORE = {"desk.db", "desk.slots", "desk.slots.2", "desk.lock", "desk.reserve", BLOBS}
MARKERS = (
    "Pip Madeup", "Quill Fictional", "Juno Pretend", "Wren Imaginary", "Marlo Madeup", "Ottoline Fictional",
    "Basil Pretend", "Ipsum Formtutor", "Dolor Cablewright", "Mocka Stand-In", "Testa Sample-Dean",
    "Demo Placeholder", "Example Chairwood", "1 Invented Row", "2 Invented Row", "3 Invented Row", "2014-02-28",
    "2014-04-01", "2012-01-13", "01632 960201", "01632 960202", "01632 960203", "swapvault.example.com",
    "chatterbarn.example.org", "filter-check.example.com", "unlocktunnel.invalid", "mirror-three.invalid",
    "He keeps saying it about my shoes", "I only wanted the skin", "nobody in 8P hears", "gift card codes",
    "messages a pupil privately", "LADO-2291", "LOG-0417", "LOG-0931", "LOG-1188", "MS-5521", "ST10-00417",
    "EB14-2201", "S-100201", "B-220017", "Whether the trading has substance", "concern_recorded",
    "sighting_recorded", "child_voice_recorded", "exhibit_added", "advice_recorded", "referral_made",
    "harbour pencil quartz", "copper violin saturday",
)  # fmt: skip
"""Fifty strings of the rehearsal: names, homes, dates, words, references, kinds of entry, passphrases."""


def files_of(*places):
    for place in places:
        for folder, _, names in os.walk(place):
            for name in names:
                yield Path(folder) / name


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """The rehearsal in a process of its own: the one played before the tests, or one that is played now."""
    if handed := os.environ.get(HANDED_IN):
        return read(Path(handed))
    base = tmp_path_factory.mktemp("rehearsal")
    done = play(base, base / "out")
    assert done.returncode == 0, done.stdout + done.stderr
    return read(base)


def packs(played):
    return sorted(path for path in (played["out"] / "handover").iterdir() if path.is_dir())


def test_it_leaves_exactly_what_the_design_says(played):
    out, told = played["out"], played["told"]
    assert {path.name for path in out.iterdir()} == {"desk", "handover", "papers", "screens", "rehearsal.json"}
    assert set(told) == KEYS
    assert len(told["case_refs"]) == 4
    assert all(CASE_REF.fullmatch(reference) for reference in told["case_refs"])
    assert all(set(person) == {"name", "role", "sign_in_name", "passphrase"} for person in told["people"])
    assert [person["role"] for person in told["people"]] == ["dsl", "deputy", "headteacher", "chair"]
    assert len(told["recovery_codes"]) == 3
    assert re.fullmatch("[0-9a-f]{64}", told["root_fingerprint"])
    assert re.fullmatch("[0-9a-f]{64}", told["journal_head"])
    assert all(set(stage) == {"name", "seconds"} for stage in told["stages"])
    assert {path.name for path in (out / "desk").iterdir()} == STORE
    assert not list((out / "desk" / BLOBS).glob("*.part"))


def test_every_pack_is_good_by_the_printed_fingerprint_and_of_its_kind(played):
    verdicts = [app.verify(pack, played["told"]["root_fingerprint"]) for pack in packs(played)]

    assert all(verdict.good and verdict.rehearsal for verdict in verdicts)
    assert {verdict.kind for verdict in verdicts} == set(PackKind)
    assert len(list((played["out"] / "handover").glob("*.zip"))) == 1


def test_every_screen_has_a_picture_that_opens_is_not_blank_and_differs_from_the_others(played):
    pictures = sorted((played["out"] / "screens").iterdir())
    assert len(pictures) >= 30
    assert all(re.fullmatch(r"\d\d-[a-z-]+\.png", path.name) for path in pictures), [path.name for path in pictures]
    assert [int(path.name[:2]) for path in pictures] == list(range(1, len(pictures) + 1))
    assert len({hashlib.sha256(path.read_bytes()).hexdigest() for path in pictures}) == len(pictures)
    for path in pictures:
        image = QImage(str(path))
        assert (image.width(), image.height()) == (1366, 768), path.name
        small = image.scaled(137, 77)
        colours = {small.pixel(x, y) for x in range(small.width()) for y in range(small.height())}
        assert len(colours) > 40, path.name


def test_the_window_was_played_from_the_first_day_to_the_backup(played):
    names = [path.stem[3:] for path in sorted((played["out"] / "screens").iterdir())]
    wanted = (
        "welcome", "recovery-codes", "home-on-the-first-day", "question-of-triage", "the-childs-own-words",
        "the-case-is-open", "both-declare", "a-sighting", "exhibits-covered", "uncovered-for-a-reason",
        "your-judgement", "unlock-the-desk", "the-record-as-it-prints", "sign-the-record", "the-pack-is-verified",
        "the-receipt-is-recorded", "the-case-is-closed", "stop-what-made-you-stop", "stopped-what-to-do",
        "what-police-said", "stopped-pack", "police-first", "as-it-stands", "home-of-the-chair",
        "no-trace-for-the-headteacher", "governor-summary-preview", "everything-checked", "backed-up",
    )  # fmt: skip
    at = [names.index(name) for name in wanted]
    assert at == sorted(at)


def test_without_a_window_it_plays_the_same_cases_and_packs(tmp_path):
    out = tmp_path / "out"
    stage = rehearse(out)
    assert not stage.has_screens
    verdicts = [app.verify(path.parent, stage.root_fingerprint) for path in (out / "handover").glob("*/bag")]
    assert {verdict.kind for verdict in verdicts if verdict.good} == set(PackKind)
    assert len(stage.references) == 4


def test_every_paper_is_a_pdf_that_says_rehearsal_on_every_page(played):
    papers = sorted((played["out"] / "papers").rglob("*.pdf"))
    assert len(papers) >= 16
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler is not installed")
    for paper in papers:
        text = subprocess.run(["pdftotext", paper, "-"], capture_output=True, text=True, check=True).stdout
        pages = text.split("\f")[:-1]
        assert pages, paper.name
        assert all("REHEARSAL" in page for page in pages), paper.name


def test_a_disposal_is_played_to_its_end_and_its_certificate_names_the_backup(played):
    certificate = played["out"] / "papers" / "disposal-certificate.pdf"
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler is not installed")
    text = subprocess.run(["pdftotext", "-layout", certificate, "-"], capture_output=True, text=True, check=True).stdout
    words = " ".join(text.split())
    assert "exhibit DP/" in words
    assert "key destroyed" in words
    assert "reference LOG-1188" in words
    assert "These backups still hold keys of what was destroyed" in words


def test_none_of_fifty_strings_lies_outside_the_store_and_the_folder(played):
    assert len(MARKERS) == 50
    found = [
        (path.name, marker)
        for path in files_of(played["home"], played["tmp"])
        for marker in MARKERS
        if marker.encode() in path.read_bytes()
    ]
    assert found == []


def test_none_of_them_lies_in_clear_in_the_store(played):
    references = tuple(played["told"]["case_refs"])
    found = [
        (path.name, marker)
        for path in files_of(played["out"] / "desk")
        for marker in (*MARKERS, *references)
        if marker.encode() in path.read_bytes() or marker.encode("utf-16-le") in path.read_bytes()
    ]
    assert found == []


def test_registers_are_played_with_a_table_and_a_paper_and_the_low_level_concern_stays_sealed(played):
    out = played["out"]
    assert any(stage["name"].startswith("registers: ") for stage in played["told"]["stages"])
    assert (out / "papers" / "filtering-checks.pdf").read_bytes().startswith(b"%PDF")
    assert "It works as it should" in (out / "papers" / "filtering-checks.csv").read_text(encoding="utf-8-sig")
    words = CONCERN.encode()
    assert [path.name for path in files_of(out, played["home"], played["tmp"]) if words in path.read_bytes()] == []


def test_no_temporary_file_remains_and_no_name_stands_in_a_file_name(played):
    assert list(files_of(played["tmp"])) == []
    names = " ".join(path.name for path in files_of(played["out"]))
    assert not [marker for marker in MARKERS if marker in names]
    assert not [path for path in files_of(played["out"]) if path.suffix in {".part", ".partial", ".tmp"}]


def test_what_it_says_at_the_end_tells_where_to_look(played):
    assert "rehearsal.json" in played["said"]
    assert played["told"]["root_fingerprint"] in played["said"]
    assert not [marker for marker in MARKERS if marker in played["said"]]


def test_the_desk_opens_again_with_a_passphrase_and_one_code(played, tmp_path):
    desk = tmp_path / "desk"
    shutil.copytree(played["out"] / "desk", desk)
    person = played["told"]["people"][1]
    environment = os.environ | {
        "XDG_CONFIG_HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path),
        "HOME": str(tmp_path),
    }
    typed = f"{person['sign_in_name']}\n{person['passphrase']}\n{played['told']['recovery_codes'][2]}\n"
    done = subprocess.run(
        [sys.executable, "-m", "dsl_desk", "check", str(desk)],
        input=typed, cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "GOOD" in done.stdout


def test_the_rehearsed_desk_opens_in_the_window_with_everybodys_passphrase_beside_the_door(
    played, tmp_path, qapp, theme
):
    out = tmp_path / "again"
    out.mkdir()
    shutil.copytree(played["out"] / "desk", out / "desk")
    shutil.copy(played["out"] / "rehearsal.json", out)
    programme = read_programme(out)
    hands = Hands(qapp, look.key_in_hand(out, programme))
    try:
        look.show_people(hands.opened, programme)
        hands.on("Unlock the desk")
        for person in played["told"]["people"]:
            assert person["passphrase"] in hands.words()
        hands.unlock(programme.people[1].sign_in_name, programme.people[1].passphrase)
        hands.on("What is waiting for me")
    finally:
        hands.close()


def test_material_in_a_pack_is_the_material_that_ships(played):
    shipped = {hashlib.sha256(path.read_bytes()).hexdigest() for path in (ROOT / "resources" / "rehearsal").iterdir()}
    files = [path for pack in packs(played) for path in pack.glob("bag/data/exhibits/*/*") if path.suffix != ".json"]
    copies = [path for path in files if "redacted copy" in (path.parent / "record.json").read_text(encoding="utf-8")]
    exhibits = [path for path in files if path not in copies]
    assert exhibits
    assert all(hashlib.sha256(path.read_bytes()).hexdigest() in shipped for path in exhibits)
    assert len(copies) == 2  # one copy, in the first pack and in the second
    assert not any(hashlib.sha256(path.read_bytes()).hexdigest() in shipped for path in copies)


def test_a_later_pack_of_a_case_says_what_changed_since_the_one_before(played):
    (second,) = (pack for pack in packs(played) if pack.name.endswith("-pack-2"))
    page = (second / "bag/data/papers/chronology.html").read_text(encoding="utf-8")
    assert "Since the pack before: Pack 1 ended at entry" in page
    assert "Parents informed" in (second / "bag/data/index.html").read_text(encoding="utf-8")


def test_it_writes_into_an_empty_folder_only(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(Exception, match="something in this folder"):
        rehearse(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_check_says_the_same_to_somebody_who_is_barred_from_a_case_and_to_its_readers(played, tmp_path):
    def said(role):
        person = next(person for person in played["told"]["people"] if person["role"] == role)
        desk = tmp_path / role / "desk"
        shutil.copytree(played["out"] / "desk", desk)
        typed = (person["sign_in_name"], person["passphrase"], played["told"]["recovery_codes"][0], "")
        done = subprocess.run(
            [sys.executable, "-m", "dsl_desk", "check", str(desk)], cwd=ROOT, input="\n".join(typed), text=True,
            env={"HOME": str(tmp_path / role), "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return [line for line in done.stdout.splitlines() if not line.strip().startswith("checked:")]

    barred, reader = said("headteacher"), said("deputy")
    assert barred == reader
    assert "GOOD: nothing was found." in "\n".join(barred)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (datetime(2026, 11, 22, 0, 20, tzinfo=UTC), ("Year 2026", date(2026, 1, 1), date(2026, 12, 31))),
        (datetime(2027, 1, 1, 0, 1, tzinfo=UTC), ("Years 2026 and 2027", date(2026, 1, 1), date(2027, 12, 31))),
        (datetime(2027, 1, 2, 0, 1, tzinfo=UTC), ("Year 2027", date(2027, 1, 1), date(2027, 12, 31))),
    ],
)
def test_a_rehearsal_over_new_years_midnight_counts_its_cases_of_the_old_year(now, told):
    assert years_played(now) == told

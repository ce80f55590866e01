"""Every paper: what stands on each page, that its text is whole, and that nothing in it can act."""

import re
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from dsl_desk.domain.encoding import short_head
from dsl_desk.domain.errors import InputError, ProcedureError
from dsl_desk.exports.papers import render
from dsl_desk.exports.papers.chronology import Chronology
from dsl_desk.exports.papers.companion_note import CompanionNote
from dsl_desk.exports.papers.disposal_certificate import DisposalCertificate
from dsl_desk.exports.papers.exhibit_labels import ExhibitLabels
from dsl_desk.exports.papers.frame import NOT_FORENSIC, UNSIGNED_REVIEW, PageFrame, shown_address
from dsl_desk.exports.papers.halt_card import STOP_STEPS, HaltCard
from dsl_desk.exports.papers.handover_receipt import HandoverReceipt
from dsl_desk.exports.papers.page import draw_qr
from dsl_desk.exports.papers.recovery_envelopes import RecoveryEnvelopes
from dsl_desk.exports.papers.referral_sheet import ReferralSheet
from dsl_desk.exports.papers.root_fingerprint import RootFingerprint
from dsl_desk.exports.papers.transport_cover import TransportCover
from tests.exports.papers import samples

NAMES = sorted(samples.every_paper())
LIVE = (
    b"/JavaScript",
    b"/JS",
    b"/Launch",
    b"/URI",
    b"/OpenAction",
    b"/EmbeddedFile",
    b"/RichMedia",
    b"/ObjStm",
    b"/AA ",
)
GROUPS = " ".join(re.findall("....", short_head(samples.HEAD)))
REVIEW_PAPERS = ("form", "officer-summary", "chronology", "completeness")


def pages(pdf: bytes, tmp_path: Path, *options: str) -> list[str]:
    """The text of each page, white space made even."""
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdftotext", *options, path, "-"], capture_output=True, check=True)
    assert done.stderr == b""
    return [" ".join(page.split()) for page in done.stdout.decode("utf-8").split("\f")[:-1]]


def set_paper(name: str, **how: Any) -> bytes:
    return render(samples.every_paper()[name], samples.frame(**how))


@pytest.mark.parametrize("name", NAMES)
def test_every_page_carries_fingerprint_number_school_and_reference(name: str, tmp_path: Path) -> None:
    found = pages(set_paper(name), tmp_path)
    for number, page in enumerate(found, 1):
        assert GROUPS in page
        assert f"page {number} of {len(found)}" in page
        assert "MI-2026-K7Q4" in page
        assert "Northfield Example School" in page
        assert "RECORD AS AT ENTRY 41" in page
        assert "REHEARSAL" not in page
        assert UNSIGNED_REVIEW not in page


def test_a_paper_of_the_desk_itself_never_says_how_many_entries_the_desk_has(tmp_path: Path) -> None:
    """Two such papers would tell somebody whom a case is about that something was written which they cannot see."""
    found = pages(set_paper("halt-card", at_entry=None), tmp_path)
    for page in found:
        assert "PAGE FINGERPRINT · RECORD OF THE DESK" in page
        assert GROUPS in page
        assert "AS AT ENTRY" not in page


def test_a_summary_does_not_say_that_it_was_compared_with_earlier_ones(tmp_path: Path) -> None:
    """It is not (decision 006), and governors would rely on it."""
    said = " ".join(pages(set_paper("governor-summary"), tmp_path))
    assert "earlier summaries are not compared" in said
    assert "from an earlier summary" not in said


@pytest.mark.parametrize("name", NAMES)
def test_every_page_of_an_unsigned_rehearsal_says_both(name: str, tmp_path: Path) -> None:
    pdf = set_paper(name, banner=UNSIGNED_REVIEW, rehearsal=True)
    for page in pages(pdf, tmp_path):
        assert "REHEARSAL" in page
        assert UNSIGNED_REVIEW in page


@pytest.mark.parametrize("name", NAMES)
def test_review_papers_say_they_are_no_forensic_copy(name: str, tmp_path: Path) -> None:
    for page in pages(set_paper(name), tmp_path):
        assert (NOT_FORENSIC in page) == (name in REVIEW_PAPERS)


@pytest.mark.parametrize("name", NAMES)
def test_paper_runs_nothing_and_embeds_every_font(name: str, tmp_path: Path) -> None:
    pdf = set_paper(name, rehearsal=True, banner=UNSIGNED_REVIEW)
    assert [word for word in LIVE if word in re.sub(rb"stream\r?\n.*?endstream", b"", pdf, flags=re.DOTALL)] == []
    assert b"ASCII85" not in pdf
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf)
    listed = subprocess.run(["pdffonts", path], capture_output=True, check=True, text=True).stdout.splitlines()[2:]
    assert listed
    for line in listed:
        assert "DejaVu" in line
        assert line.split()[-5] == "yes", "embedded"
    told = subprocess.run(["pdfinfo", path], capture_output=True, check=True, text=True).stdout
    assert re.search(r"JavaScript: +no", told)
    assert re.search(r"Page size: +595\.2\d+ x 841\.\d+ pts \(A4\)", told)
    assert re.search(r"Title: +MI-2026-K7Q4 \w+", told)
    assert "Pat" not in told
    assert "Robin" not in told


@pytest.mark.parametrize("name", NAMES)
def test_a_page_with_letters_by_their_number_says_what_the_numbers_are(name: str, tmp_path: Path) -> None:
    told = "‹U+…›: a letter by its Unicode number."
    pdf = render(samples.every_paper(odd=" 山田")[name], samples.frame())
    found = pages(pdf, tmp_path)
    assert [told in page for page in found] == ["‹U+5C71›" in page.replace(" ", "") for page in found]
    assert not any(told in page for page in pages(set_paper(name), tmp_path))


@pytest.mark.parametrize("name", NAMES)
def test_same_values_give_the_same_bytes(name: str) -> None:
    assert set_paper(name) == set_paper(name)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_stands_outside_the_margins(name: str, tmp_path: Path) -> None:
    odd = " W" + "W" * 10_000 + " end"
    path = tmp_path / "paper.pdf"
    path.write_bytes(render(samples.every_paper(odd=odd)[name], samples.frame(school="S" * 3000)))
    boxes = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, check=True, text=True).stdout
    found = re.findall(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">', boxes)
    assert found
    for left, top, right, bottom in found:
        assert float(left) >= 42
        assert float(right) <= 595.3 - 42
        assert float(top) >= 28
        assert float(bottom) <= 842 - 28


@pytest.mark.parametrize("name", ["chronology", "completeness", "referral-sheet", "disposal-certificate", "form"])
def test_name_of_ten_thousand_characters_is_printed_whole(name: str, tmp_path: Path) -> None:
    odd = "".join(f"{n:05}x" for n in range(1700))
    found = "".join(pages(render(samples.every_paper(odd=odd)[name], samples.frame()), tmp_path, "-raw"))
    missing = [n for n in range(1700) if f"{n:05}" not in found.replace(" ", "")]
    assert len(missing) < 120, "only numbers broken over lines or pages may be hard to find"


def test_chronology_keeps_every_entry_in_order_and_corrections_beside_originals(tmp_path: Path) -> None:
    text = " ".join(pages(render(samples.chronology(120), samples.frame()), tmp_path, "-layout"))
    places = [text.index(f"Entry text {n}:") for n in range(1, 121)]
    assert places == sorted(places)
    assert places[1] < text.index("Corrected by entry 121") < places[2]
    assert text.count("The nickname was on the second post, not on the first.") == 2
    assert "(corrects entry 2)" in text
    assert "Content withheld: privilege" in text
    assert text.count("UTC, AND LOCAL TIME") == text.count("page ") > 5


def test_chronology_of_ten_thousand_entries_is_set(tmp_path: Path) -> None:
    found = pages(render(samples.chronology(2_000), samples.frame()), tmp_path)
    assert "Entry text 2000:" in " ".join(found)


def test_labels_are_refused_for_a_quarantined_exhibit() -> None:
    labels = samples.exhibit_labels(3).labels
    with pytest.raises(ProcedureError):
        render(ExhibitLabels(labels=(*labels, replace(labels[0], quarantined=True))), samples.frame())


def test_each_label_says_what_a_label_must_say(tmp_path: Path) -> None:
    found = pages(render(samples.exhibit_labels(8), samples.frame()), tmp_path)
    assert len(found) == 2
    text = " ".join(found)
    for n in range(1, 9):
        assert f"PE/{n}" in text
        assert f"N 0047{n}" in text
        assert f"BEGINS {n:02X}{n:02X}{n:02X}{n:02X}" in text
        assert text.count(f"{n:02x}" * 16) == 2
    assert text.count("REFERRED TO IN THE STATEMENT OF") == text.count("SIGNATURE OF PRODUCER") == 8
    assert render(ExhibitLabels(labels=()), samples.frame()).startswith(b"%PDF")


def test_halt_card_is_one_page_with_the_words_of_the_stop_page(tmp_path: Path) -> None:
    for rehearsal in (False, True):
        card = render(samples.other_papers()["halt-card"], samples.frame(rehearsal=rehearsal, banner="SET-UP"))
        (page,) = pages(card, tmp_path, "-layout")
        for step in STOP_STEPS:
            assert step.replace("“", "").split(":")[0] in page.replace("“", "")
        for number in ("999", "101", "01632 960101", "01632 960199"):
            assert number in page
        assert "Keep what you already hold; seek no more." in page


def test_recovery_sheets_hold_one_code_each_and_the_square_holds_none(tmp_path: Path) -> None:
    sheets = samples.other_papers()["recovery-envelopes"]
    found = pages(render(sheets, samples.frame(rehearsal=True)), tmp_path)
    assert len(found) == 3
    for letter, page in zip("ABC", found, strict=True):
        assert re.findall(r"[A-C]1: \S+", page) == [f"{letter}1: 0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV"]
        assert "FOLD UP HERE" in page
    with pytest.raises(InputError):
        render(RecoveryEnvelopes(envelopes=(), made_at=""), samples.frame())


def test_root_fingerprint_stands_in_groups(tmp_path: Path) -> None:
    (page,) = pages(render(samples.other_papers()["root-fingerprint"], samples.frame()), tmp_path, "-raw")
    assert " ".join(re.findall("....", samples.HEAD[::-1])) in page
    with pytest.raises(InputError):
        render(RootFingerprint(fingerprint="AB" * 32, made_at=""), samples.frame())


def test_transport_cover_says_that_seven_zip_is_needed(tmp_path: Path) -> None:
    cover = samples.other_papers()["transport-cover"]
    assert "needs 7-Zip at the other end" in pages(render(cover, samples.frame()), tmp_path)[0]
    assert isinstance(cover, TransportCover)
    plain = replace(cover, aes_zip=False, reason="Police asked for it")
    text = pages(render(plain, samples.frame()), tmp_path)[0]
    assert "7-Zip" not in text
    assert "Police asked for it" in text


def test_companion_note_of_600_characters_is_one_page_and_longer_is_refused(tmp_path: Path) -> None:
    (page,) = pages(render(CompanionNote(text="word " * 120), samples.frame(rehearsal=True)), tmp_path)
    assert "600 of 600 characters" in page
    with pytest.raises(InputError):
        CompanionNote(text="x" * 601)


def test_laptop_sheet_is_one_page_and_says_whose_cases_it_holds(tmp_path: Path) -> None:
    (page,) = pages(set_paper("laptop-taken", rehearsal=True), tmp_path)
    assert "other children’s cases, unrelated to this" in page
    assert "0123456789abcdef" * 2 in page


def test_completeness_answers_every_section(tmp_path: Path) -> None:
    text = " ".join(pages(set_paper("completeness"), tmp_path, "-layout"))
    assert text.count("None.") == 2
    for word in ("Looked at", "Not looked at", "Skipped, with reason", "Quarantined", "Third parties", "privilege"):
        assert word in text


def test_square_holds_the_whole_head_and_the_reference_only(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def seen(canvas: Canvas, content: str, x: float, y: float, side: float) -> None:
        drawn.append(content)
        draw_qr(canvas, content, x, y, side)

    monkeypatch.setattr("dsl_desk.exports.papers.page.draw_qr", seen)
    for name in NAMES:
        set_paper(name)
    assert set(drawn) == {f"{samples.HEAD} MI-2026-K7Q4"}


def test_empty_chronology_says_so(tmp_path: Path) -> None:
    assert "No entries." in pages(render(Chronology(lines=()), samples.frame()), tmp_path)[0]


def test_papers_with_less_to_say_are_set_too(tmp_path: Path) -> None:
    papers = samples.other_papers()
    disposed, receipt, referral, card = (
        papers[name] for name in ("disposal-certificate", "handover-receipt", "referral-sheet", "halt-card")
    )
    assert isinstance(disposed, DisposalCertificate)
    assert isinstance(receipt, HandoverReceipt)
    assert isinstance(referral, ReferralSheet)
    assert isinstance(card, HaltCard)
    text = pages(render(replace(disposed, backups_with_keys=()), samples.frame()), tmp_path)[0]
    assert "No backup that the desk knows of" in text
    assert "Contents" not in pages(render(replace(receipt, contents=()), samples.frame()), tmp_path)[0]
    assert "Hold back" not in " ".join(pages(render(replace(referral, hold_back=()), samples.frame()), tmp_path))
    assert "[K]" not in pages(render(replace(card, steps=("Do not look again.",)), samples.frame()), tmp_path)[0]


def test_addresses_seen_at_a_stop_are_withheld_but_from_police_and_iwf() -> None:
    seen = "https://bad.example.invalid"
    assert shown_address(seen, seen_at_stop=True, for_police_or_iwf=False) == "withheld"
    assert shown_address(seen, seen_at_stop=True, for_police_or_iwf=True) == seen
    assert shown_address(seen, seen_at_stop=False, for_police_or_iwf=False) == seen


@pytest.mark.parametrize(
    ("field", "value"), [("head", "3F" * 32), ("head", ""), ("reference", "Robin “M”"), ("reference", "")]
)
def test_page_that_cannot_be_tied_to_the_record_is_refused(field: str, value: str) -> None:
    changed: dict[str, Any] = {field: value}
    with pytest.raises(InputError):
        replace(samples.frame(), **changed)


def test_reference_of_a_desk_paper_may_be_words() -> None:
    assert isinstance(replace(samples.frame(), reference="Set-up 2026"), PageFrame)


odd_text = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from(
            "\u202e\u2066\u200f\ufeff\u2028\u2029\x00\x07\x1b\x85\r\n\t\u0301\u0338א׳ب١٢漢💩\ud800\U000e0041(«"
        ),
    ),
    max_size=400,
)


@settings(max_examples=60)
@given(odd=odd_text, name=st.sampled_from(NAMES))
def test_any_text_is_set_without_a_crash(odd: str, name: str) -> None:
    pdf = render(samples.every_paper(odd=odd)[name], samples.frame(school="School " + odd))
    assert pdf.startswith(b"%PDF")
    assert b"Helvetica" not in pdf

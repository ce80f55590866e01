"""Writing a pack: straight to the medium, sealed for one number, verified, never half-finished."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dsl_desk.domain.errors import Cancelled, DslDeskError, InputError, MediumError, ProcedureError, StoreError
from dsl_desk.domain.words import CaseRef, PackKind
from dsl_desk.exports import files as medium_files
from dsl_desk.exports.pack import medium
from dsl_desk.exports.pack.bag import discard, finish
from dsl_desk.exports.pack.contents import ExhibitContent, PackExhibit
from dsl_desk.exports.pack.layout import exhibit_extension
from dsl_desk.exports.pack.proof import Sealing
from dsl_desk.exports.pack.verifier import verify_pack
from tests.exports.pack.kit import BOOK, Case, case, pdf, replace, school, sha

KINDS = list(PackKind)


@pytest.fixture(scope="module")
def signed() -> Case:
    return case(PackKind.SIGNED_OFF)


@pytest.fixture(scope="module")
def stands() -> Case:
    return case(PackKind.AS_IT_STANDS)


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("kind", KINDS)
def test_a_pack_of_each_kind_is_written_verified_and_then_named(tmp_path: Path, kind: PackKind) -> None:
    made = case(kind, rehearsal=kind is PackKind.STOPPED)
    sealed = made.write(tmp_path, "CA" if kind is PackKind.STOPPED else "A")
    assert left(tmp_path) == ["MI-2026-K7Q4-pack-1.partial"]
    assert sealed.verdict.good
    final = finish(sealed)
    assert left(tmp_path) == ["MI-2026-K7Q4-pack-1"]
    assert sealed.tag_manifest_sha256 == sha((final / "bag/tagmanifest-sha256.txt").read_bytes())
    assert sealed.p7s_sha256 == sha((final / "proof/tagmanifest.p7s").read_bytes())
    verdict = verify_pack(final, book=BOOK, fingerprint=made.school.fingerprint)
    assert verdict.good
    assert verdict.rehearsal is (kind is PackKind.STOPPED)
    assert (verdict.files, verdict.kind) == (sealed.files, kind)


def test_a_rehearsal_is_said_first(tmp_path: Path) -> None:
    sealed = case(PackKind.AS_IT_STANDS, rehearsal=True).write(tmp_path)
    assert sealed.verdict.lines()[0].startswith("REHEARSAL")
    assert "Source-Organization: REHEARSAL" in (sealed.partial / "bag/bag-info.txt").read_text()


def test_ordinary_tools_agree(signed: Case, tmp_path: Path) -> None:
    top = finish(signed.write(tmp_path, "AB"))
    done = subprocess.run(
        [sys.executable, "-m", "bagit", "--validate", top / "bag"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    text = subprocess.run(
        ["pdfsig", top / "bag/data/papers/form.pdf"], capture_output=True, text=True, check=False
    ).stdout
    assert text.count("Signature is Valid") == 2


def commands(start_here: str) -> list[str]:
    """The lines that a reader types: those that begin with a command's name."""
    return [line for line in start_here.split("\n") if line.startswith(("cd bag", "openssl "))]


@pytest.mark.parametrize("sealers", ["A", "AB"])
def test_the_commands_of_start_here_work_as_they_stand(signed: Case, tmp_path: Path, sealers: str) -> None:
    top = finish(signed.write(tmp_path, sealers))
    typed = commands((top / "START-HERE.txt").read_text())
    assert len(typed) == 3
    before = sorted(top.rglob("*"))
    runs = [subprocess.run(line, cwd=top, shell=True, capture_output=True, text=True, check=False) for line in typed]
    assert [done.returncode for done in runs] == [0, 0, 0]
    assert runs[0].stdout.count(": OK") == 6 + len([path for path in (top / "bag/data").rglob("*") if path.is_file()])
    assert "CMS Verification successful" in runs[1].stderr
    assert signed.school.fingerprint.upper() in runs[2].stdout.replace(":", "")
    assert sorted(top.rglob("*")) == before, "checking leaves nothing behind in the pack"


def test_the_commands_of_start_here_refuse_an_altered_pack(signed: Case, tmp_path: Path) -> None:
    top = finish(signed.write(tmp_path))
    digests, seal, _ = commands((top / "START-HERE.txt").read_text())
    with (top / "bag/data/exhibits/ABC-1/ABC-1.jpg").open("ab") as file:
        file.write(b"x")
    done = subprocess.run(digests, cwd=top, shell=True, capture_output=True, text=True, check=False)
    assert "ABC-1.jpg: FAILED" in done.stdout
    with (top / "bag/tagmanifest-sha256.txt").open("ab") as file:
        file.write(b"\n")
    assert subprocess.run(seal, cwd=top, shell=True, capture_output=True, check=False).returncode != 0


def test_start_here_carries_no_fingerprint_and_sends_to_a_number_found_elsewhere(signed: Case, tmp_path: Path) -> None:
    text = (signed.write(tmp_path).partial / "START-HERE.txt").read_text()
    assert signed.school.fingerprint not in "".join(char for char in text.lower() if char in "0123456789abcdef")
    assert "number you find elsewhere" in text.replace("\n", " ")
    assert "certutil -hashfile" in text


def test_original_bytes_lie_in_the_pack_unchanged_and_what_is_withheld_does_not(signed: Case, tmp_path: Path) -> None:
    exhibits = signed.write(tmp_path).partial / "bag/data/exhibits"
    assert sha((exhibits / "ABC-1/ABC-1.jpg").read_bytes()) == signed.contents.exhibits[0].sha256
    assert sha((exhibits / "ABC-2/ABC-2.txt").read_bytes()) == signed.contents.exhibits[1].sha256
    assert [path.name for path in (exhibits / "ABC-3").iterdir()] == ["record.json"]
    record = json.loads((exhibits / "ABC-1/record.json").read_bytes())
    assert (record["original_name"], record["file_name"]) == ("IMG “1”.JPEG", "ABC-1.jpg")


@pytest.mark.parametrize(
    ("name", "media_type", "extension"),
    [
        ("a.PNG", "", "png"),
        ("a.jpeg", "", "jpg"),
        ("a.TIFF", "", "tif"),
        ("page.html", "text/html", "txt"),
        ("mail.eml", "", "txt"),
        ("drawing.svg", "image/svg+xml", "txt"),
        ("run.exe", "", "bin"),
        ("macro.docm", "", "bin"),
        ("noextension", "text/plain", "txt"),
        ("noextension", "", "bin"),
        ("a.png.exe", "image/png", "bin"),
        ("a.", "", "bin"),
    ],
)
def test_only_harmless_kinds_keep_their_extension(name: str, media_type: str, extension: str) -> None:
    assert exhibit_extension(name, media_type) == extension


HOSTILE = '<script>alert(1)</script>"onload="x" http-equiv=refresh url(x) @import \u202egnp.exe\u2028'


def test_other_peoples_words_do_nothing_in_the_index(stands: Case, tmp_path: Path) -> None:
    shown = replace(stands.contents.exhibits[0], description=HOSTILE, original_name=HOSTILE + ".png", source=HOSTILE)
    contents = replace(
        stands.contents, exhibits=(shown, *stands.contents.exhibits[1:]), school=HOSTILE, facts=[(HOSTILE, HOSTILE)]
    )
    sealed = replace_contents(stands, contents).write(tmp_path)
    page = (sealed.partial / "bag/data/index.html").read_text()
    assert "<script" not in page
    assert "\u202e" not in page
    assert "UNSIGNED REVIEW" in page
    assert sealed.verdict.good


def replace_contents(made: Case, contents: object) -> Case:
    return Case(made.school, contents, made.strand)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change",
    [
        {"case": CaseRef("MI-2026-IIII")},
        {"number": 2},
        {"papers": {}},
        {"papers": {"../x.pdf": b""}},
        {"sign_off": None},
        {"signed_off_at": None},
        {"entries": []},
        {"sessions": []},
        {"certificates": []},
        {"register": []},
        {"kind": PackKind.STOPPED},
        {"kind": PackKind.AS_IT_STANDS},
    ],
)
def test_contents_that_could_become_no_valid_pack_are_refused_before_a_byte_is_written(
    signed: Case, tmp_path: Path, change: dict[str, object]
) -> None:
    with pytest.raises(DslDeskError):
        replace_contents(signed, replace(signed.contents, **change)).write(tmp_path)  # type: ignore[arg-type]
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    "change",
    [
        {"mark": "abc/1"},
        {"mark": "ABC/2"},
        {"content": ExhibitContent.QUARANTINED},
        {"withheld": "a reason"},
        {"read": None},
        {"sha256": None},
        {"size": None},
        {"sha256": "x"},
    ],
)
def test_an_exhibit_that_contradicts_itself_is_refused(signed: Case, tmp_path: Path, change: dict[str, object]) -> None:
    odd = replace(signed.contents.exhibits[0], **change)  # type: ignore[arg-type]
    contents = replace(signed.contents, exhibits=(odd, *signed.contents.exhibits[1:]))
    with pytest.raises(InputError):
        replace_contents(signed, contents).write(tmp_path)
    assert left(tmp_path) == []


def test_an_exhibit_that_is_not_what_was_taken_in_stops_the_pack(signed: Case, tmp_path: Path) -> None:
    odd = replace(signed.contents.exhibits[0], read=lambda: iter([b"other bytes"]))
    contents = replace(signed.contents, exhibits=(odd, *signed.contents.exhibits[1:]))
    with pytest.raises(InputError):
        replace_contents(signed, contents).write(tmp_path)
    assert left(tmp_path) == []


def test_a_pack_that_would_not_verify_is_never_finished(signed: Case, tmp_path: Path) -> None:
    papers = {**signed.contents.papers, "form.pdf": pdf("Another form", 2)}
    with pytest.raises(InputError, match=r"form\.pdf"):
        replace_contents(signed, replace(signed.contents, papers=papers)).write(tmp_path)
    assert left(tmp_path) == []


def test_an_error_of_the_store_passes_through_and_leaves_nothing(signed: Case, tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise StoreError

    odd = replace(signed.contents.exhibits[0], read=broken)
    contents = replace(signed.contents, exhibits=(odd, *signed.contents.exhibits[1:]))
    with pytest.raises(StoreError):
        replace_contents(signed, contents).write(tmp_path)
    assert left(tmp_path) == []


def test_a_pack_of_the_same_name_is_never_written_over(signed: Case, tmp_path: Path) -> None:
    final = finish(signed.write(tmp_path))
    whole = (final / "bag/bag-info.txt").read_bytes()
    with pytest.raises(MediumError):
        signed.write(tmp_path)
    assert left(tmp_path) == [final.name]
    assert (final / "bag/bag-info.txt").read_bytes() == whole


def test_an_unfinished_pack_of_the_same_name_is_left_alone_until_it_is_discarded(signed: Case, tmp_path: Path) -> None:
    sealed = signed.write(tmp_path)
    with pytest.raises(MediumError):
        signed.write(tmp_path)
    assert sealed.partial.is_dir()
    discard(sealed.partial)
    assert left(tmp_path) == []


def test_only_what_is_unfinished_can_be_discarded(signed: Case, tmp_path: Path) -> None:
    final = finish(signed.write(tmp_path))
    with pytest.raises(InputError):
        discard(final)
    (tmp_path / "link.partial").symlink_to(final)
    with pytest.raises(InputError):
        discard(tmp_path / "link.partial")
    assert final.is_dir()


def test_a_second_finish_does_not_replace_the_first(signed: Case, tmp_path: Path) -> None:
    sealed = signed.write(tmp_path)
    sealed.final.mkdir()
    with pytest.raises(MediumError):
        finish(sealed)
    assert sealed.partial.is_dir()


BIG = bytes(range(256)) * 4096 * 9  # nine pieces of a mebibyte


def in_pieces(exhibit: PackExhibit) -> PackExhibit:
    """The same exhibit, read a mebibyte at a time where it is large."""
    size = exhibit.size or 0
    if exhibit.read is None or size < 1 << 20:
        return exhibit
    return replace(exhibit, read=lambda: iter([BIG[:size][at : at + (1 << 20)] for at in range(0, size, 1 << 20)]))


@pytest.fixture(scope="module")
def large() -> Case:
    made = case(PackKind.AS_IT_STANDS, exhibits=[("ABC/4", "film.mp4", BIG), ("ABC/5", "film.mov", BIG[:-1])])
    chunked = tuple(in_pieces(one) for one in made.contents.exhibits)
    return replace_contents(made, replace(made.contents, exhibits=chunked))


def test_a_large_exhibit_is_handed_over_in_segments_and_read_back(
    large: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(medium, "SEGMENT", 2 << 20)
    seen: list[tuple[int, int]] = []
    sealed = large.write(tmp_path, "C", progress=lambda done, total: seen.append((done, total)))
    assert sealed.verdict.good
    assert seen[-1][0] == seen[-1][1]
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


@pytest.mark.parametrize("after", [0, 1, 5, 12, 30])
def test_a_pack_can_be_stopped_between_pieces_and_leaves_nothing(large: Case, tmp_path: Path, after: int) -> None:
    asked = iter(range(10_000))
    with pytest.raises(Cancelled):
        large.write(tmp_path, "C", cancelled=lambda: next(asked) >= after)
    assert left(tmp_path) == []


@pytest.mark.parametrize("after", [0, 3, 11, 20, 30])
@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "no room left"),
        (errno.EIO, "removed or no longer answers"),
        (errno.EFBIG, "FAT32"),
        (errno.EROFS, "write-protected"),
    ],
)
def test_a_medium_that_fails_midway_is_told_plainly_and_leaves_no_finished_pack(
    large: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int, number: int, said: str
) -> None:
    real, left_to_write = os.write, after

    def failing(descriptor: int, data: memoryview) -> int:
        nonlocal left_to_write
        left_to_write -= 1
        if left_to_write < 0:
            raise OSError(number, os.strerror(number))
        return real(descriptor, data)

    monkeypatch.setattr(os, "write", failing)
    with pytest.raises(MediumError, match=said):
        large.write(tmp_path, "C")
    assert left(tmp_path) == []


@pytest.mark.parametrize("segment", [2 << 20, 64 << 20])
def test_a_medium_that_gives_back_other_bytes_is_refused(
    large: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, segment: int
) -> None:
    def spoil(descriptor: int, start: int) -> None:
        again = os.open(f"/dev/fd/{descriptor}", os.O_WRONLY)  # small files are read back by what cannot write
        try:
            os.pwrite(again, b"\x00\x01\x02\x03", start + 100)
        finally:
            os.close(again)

    monkeypatch.setattr(medium, "SEGMENT", segment)
    monkeypatch.setattr(medium_files, "_forget", spoil)
    with pytest.raises(MediumError, match="other bytes"):
        large.write(tmp_path, "C")
    assert left(tmp_path) == []


def test_too_little_room_is_said_before_anything_is_written(
    large: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dsl_desk.exports.pack import bag

    monkeypatch.setattr(bag, "free_room", lambda _folder: 1000)
    with pytest.raises(MediumError, match="no room"):
        large.write(tmp_path, "C")
    assert left(tmp_path) == []


def test_a_folder_that_is_not_there_is_told_plainly(signed: Case, tmp_path: Path) -> None:
    with pytest.raises(MediumError):
        signed.write(tmp_path / "removed")


def test_no_thread_is_left_behind(large: Case, tmp_path: Path) -> None:
    before = threading.active_count()
    large.write(tmp_path, "C")
    (tmp_path / "stopped").mkdir()
    with pytest.raises(Cancelled):
        large.write(tmp_path / "stopped", "C", cancelled=lambda: True)
    assert threading.active_count() == before


def test_leave_to_seal_is_for_one_pack_and_one_time() -> None:
    own = school()
    info = b"External-Identifier: MI-2026-K7Q4\nPack-Number: 3\n"
    listed = f"{sha(info)}  bag-info.txt\n".encode()
    sealing = Sealing(case=CaseRef("MI-2026-K7Q4"), number=3, signers=[own["A"].signer])
    assert sealing.seal(listed, info)
    with pytest.raises(ProcedureError, match="used already"):
        sealing.seal(listed, info)
    for number, raw in ((4, info), (3, info.replace(b"K7Q4", b"K7Q5")), (3, info + b"Pack-Number: 3\n")):
        other = Sealing(case=CaseRef("MI-2026-K7Q4"), number=number, signers=[own["A"].signer])
        with pytest.raises(ProcedureError, match="another pack"):
            other.seal(f"{sha(raw)}  bag-info.txt\n".encode(), raw)
    unlisted = Sealing(case=CaseRef("MI-2026-K7Q4"), number=3, signers=[own["A"].signer])
    with pytest.raises(ProcedureError, match="another pack"):
        unlisted.seal(b"", info)


def test_nobody_or_the_same_person_twice_cannot_seal() -> None:
    own = school()
    for signers in ([], [own["A"].signer, own["A"].signer]):
        with pytest.raises(ProcedureError):
            Sealing(case=CaseRef("MI-2026-K7Q4"), number=1, signers=signers)


@pytest.mark.heavy
def test_memory_stays_constant_however_large_the_pack(tmp_path: Path, heavy: Callable[[int, int], int]) -> None:
    grown = []
    for mebibytes in (16, heavy(128, 1024)):
        script = Path(__file__).with_name("one_large_pack.py")
        folder = tmp_path / str(mebibytes)
        folder.mkdir()
        done = run(sys.executable, script, folder, str(mebibytes))
        assert done.returncode == 0, done.stderr
        grown.append(int(done.stdout.split()[-1]))
    assert grown[1] - grown[0] < 64 << 10, grown

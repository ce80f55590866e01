"""Every change to a pack is found, and the file that was changed is named."""

from __future__ import annotations

import os
import random  # noqa: TID251 - a seeded choice of what to damage; nothing secret comes of it
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dsl_desk.domain.errors import Cancelled, InputError
from dsl_desk.domain.words import PackKind
from dsl_desk.exports.cms import cms_detached
from dsl_desk.exports.pack import pack_reader
from dsl_desk.exports.pack.bag import finish
from dsl_desk.exports.pack.verdict import CouldNotJudge, Verdict
from dsl_desk.exports.pack.verifier import verify_pack
from tests.exports.pack.kit import BOOK, Case, case, reseal


@pytest.fixture(scope="module")
def made() -> Case:
    return case(PackKind.SIGNED_OFF)


@pytest.fixture(scope="module")
def good(made: Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    pack = finish(made.write(tmp_path_factory.mktemp("good"), "AB"))
    manifest = (pack / "bag/tagmanifest-sha256.txt").read_bytes()
    (pack / "proof/witness-1.p7s").write_bytes(cms_detached(manifest, [made.school["C"].signer]))
    return pack


@pytest.fixture
def pack(good: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(good, tmp_path / good.name))


def files(pack: Path) -> list[str]:
    return sorted(path.relative_to(pack).as_posix() for path in pack.rglob("*") if path.is_file())


def named(pack: Path) -> set[str]:
    return {failure.path for failure in judge(pack).failures}


def judge(pack: Path) -> Verdict:
    return verify_pack(pack, book=BOOK)


def test_a_whole_pack_is_good_and_says_who_and_when(good: Path, made: Case) -> None:
    verdict = verify_pack(good, book=BOOK, fingerprint=made.school.fingerprint)
    said = "\n".join(verdict.lines())
    assert verdict.good, verdict.failures
    assert said.startswith("GOOD")
    assert "Sealed by Test Person" in said
    assert "at entry 10, 1 entry of follow-up since" in said
    assert "Witnessed by Test Person C" in said
    assert "laptop’s own word" in said
    assert "compared with no fingerprint" not in said


def test_fingerprint_is_taken_as_paper_spells_it(good: Path, made: Case) -> None:
    spelled = ":".join(made.school.fingerprint[at : at + 2].upper() for at in range(0, 64, 2))
    assert verify_pack(good, book=BOOK, fingerprint=f" {spelled}\n").good


def test_another_fingerprint_fails_the_root_and_nothing_else(good: Path) -> None:
    verdict = verify_pack(good, book=BOOK, fingerprint="0" * 64)
    assert {failure.path for failure in verdict.failures} == {"bag/school-root.pem"}


def test_something_that_is_no_fingerprint_is_said_before_anything_is_judged(good: Path) -> None:
    with pytest.raises(InputError):
        verify_pack(good, book=BOOK, fingerprint="abc")


@pytest.mark.parametrize("where", ["nothing", "empty", "file"])
def test_what_is_no_pack_is_not_judged(tmp_path: Path, where: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_bytes(b"PK")
    with pytest.raises(CouldNotJudge):
        judge(tmp_path / where)


@pytest.mark.parametrize("name", ["a" * 300, "a/" * 3000], ids=["name", "path"])
def test_a_name_no_folder_can_have_is_no_pack(tmp_path: Path, name: str) -> None:
    with pytest.raises(CouldNotJudge):
        judge(tmp_path / name)


def test_a_journal_without_an_end_of_line_never_fills_the_memory(
    made: Case, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pack_reader, "LONGEST_LINE", 1 << 16)
    entries = pack / "bag" / "data" / "journal" / "entries.jsonl"
    entries.write_bytes(entries.read_bytes() + b"x" * (1 << 17))
    reseal(pack, made)
    found = judge(pack).failures
    assert ("bag/data/journal/entries.jsonl", "a line of it is far longer than any entry") in {
        (one.path, one.why) for one in found
    }


def test_a_journal_that_the_medium_gives_otherwise_the_second_time_is_named(good: Path, pack: Path) -> None:
    entries = "bag/data/journal/entries.jsonl"
    reader = pack_reader.PackReader(
        pack, progress=lambda _done, _total: None, cancelled=lambda: False, read_back={}
    )  # fmt: skip
    with reader.hashing():
        pass
    (pack / entries).write_bytes((pack / entries).read_bytes()[:-2] + b" \n")
    assert list(reader.lines(entries))
    assert [(one.path, one.why) for one in reader.failures] == [(entries, "it gave other bytes at a second reading")]
    (pack / entries).unlink()
    again = pack_reader.PackReader(good, progress=lambda _done, _total: None, cancelled=lambda: False, read_back={})
    with again.hashing():
        pass
    again._top = pack  # the stick is gone
    assert list(again.lines(entries)) == []
    assert [one.why for one in again.failures] == ["it could not be read"]


def test_verification_can_be_stopped(good: Path) -> None:
    with pytest.raises(Cancelled):
        verify_pack(good, book=BOOK, cancelled=lambda: True)


def test_progress_counts_to_the_end(good: Path) -> None:
    seen: list[tuple[int, int]] = []
    verify_pack(good, book=BOOK, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1][0] == seen[-1][1] == sum(path.stat().st_size for path in good.rglob("*") if path.is_file())


def test_each_single_byte_changed_is_found_and_named(good: Path, pack: Path, heavy: Callable[[int, int], int]) -> None:
    chance = random.Random(20261121)
    names = files(pack)
    for number in range(heavy(len(names), 500)):
        name = names[number % len(names)]
        path, whole = pack / name, (good / name).read_bytes()
        at = chance.randrange(len(whole))
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :])
        assert name in named(pack), f"{name}, byte {at}"
        path.write_bytes(whole)
    assert judge(pack).good


def test_a_change_to_one_file_blames_no_other(good: Path, pack: Path) -> None:
    lists = {"bag/tagmanifest-sha256.txt", "bag/manifest-sha256.txt"}
    for name in set(files(pack)) - lists:
        path, whole = pack / name, (good / name).read_bytes()
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        assert named(pack) == {name}
        path.write_bytes(whole)


def test_each_file_taken_away_is_named(good: Path, pack: Path) -> None:
    for name in set(files(pack)) - {"proof/witness-1.p7s"}:
        (pack / name).unlink()
        found = named(pack)
        assert name in found
        shutil.copyfile(good / name, pack / name)


def test_files_swapped_for_one_another_are_both_named(good: Path, pack: Path, heavy: Callable[[int, int], int]) -> None:
    chance = random.Random(7)
    names = files(pack)
    for _ in range(heavy(20, 200)):
        one, two = chance.sample(names, 2)
        first, second = (good / one).read_bytes(), (good / two).read_bytes()
        if first == second:
            continue
        (pack / one).write_bytes(second)
        (pack / two).write_bytes(first)
        assert {one, two} <= named(pack), (one, two)
        (pack / one).write_bytes(first)
        (pack / two).write_bytes(second)


@pytest.mark.parametrize(
    "name",
    [
        "extra.txt",
        "bag/extra.txt",
        "bag/data/extra.pdf",
        "bag/data/papers/added.pdf",
        "bag/data/papers/added.html",
        "bag/data/exhibits/ABC-1/ABC-1.png",
        "bag/data/exhibits/ABC-9/record.json",
        "bag/data/journal/more.jsonl",
        "proof/more.p7s",
        "proof/witness-3.p7s",
        "proof/tagmanifest.tsr",
        "bag/data/papers/con.pdf",
        "bag/data/papers/a b.pdf",
        "bag/data/papers/ünï.pdf",
        "bag/data/papers/trailing.",
        "bag/data/papers/CHRONOLOGY.pdf",
        "bag/data/exhibits/ABC-1/ABC-1.JPG",
    ],
)
def test_each_file_added_is_named(pack: Path, name: str) -> None:
    path = pack / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"something added\n")
    shown = name.encode("unicode_escape").decode()
    assert shown in named(pack)


@pytest.mark.parametrize("name", [".DS_Store", "bag/Thumbs.db", "bag/data/desktop.ini", "bag/data/papers/._form.pdf"])
def test_what_a_system_dropped_is_foreign_and_not_altered(pack: Path, name: str) -> None:
    (pack / name).write_bytes(b"dropped")
    (failure,) = judge(pack).failures
    assert failure.path == name
    assert failure.why.startswith("foreign file beside sealed content")


def test_a_name_that_changed_its_case_is_named(pack: Path) -> None:
    (pack / "bag/data/papers/form.pdf").rename(pack / "bag/data/papers/Form.pdf")
    assert {"bag/data/papers/form.pdf", "bag/data/papers/Form.pdf"} <= named(pack)


def test_links_pipes_and_empty_folders_are_named_and_never_opened(pack: Path) -> None:
    (pack / "bag/data/papers/link.pdf").symlink_to("/etc/hostname")
    os.mkfifo(pack / "bag/data/papers/pipe.pdf")
    (pack / "bag/empty").mkdir()
    assert {"bag/data/papers/link.pdf", "bag/data/papers/pipe.pdf", "bag/empty"} <= named(pack)


def test_a_link_in_the_place_of_a_file_is_named(good: Path, pack: Path) -> None:
    path = pack / "bag/data/papers/form.pdf"
    path.unlink()
    path.symlink_to(good / "bag/data/papers/form.pdf")
    assert "bag/data/papers/form.pdf" in named(pack)


def test_a_folder_deeper_than_any_pack_is_named(pack: Path) -> None:
    deep = pack / "bag/data/papers/a/b/c/d/e/f"
    deep.mkdir(parents=True)
    (deep / "x.pdf").write_bytes(b"x")
    assert any(path.startswith("bag/data/papers/a/") for path in named(pack))


def test_names_cannot_steer_the_terminal(pack: Path) -> None:
    (pack / "bag/data/papers/a\x1b[2Jb\n.pdf").write_bytes(b"x")
    said = "\n".join(judge(pack).lines())
    assert "\x1b" not in said
    assert "a\\x1b[2Jb\\n.pdf" in said


def test_the_seal_of_another_pack_does_not_fit(made: Case, pack: Path, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    other = finish(case(PackKind.SIGNED_OFF, people=made.school, number=2).write(folder, "AB"))
    shutil.copyfile(other / "proof/tagmanifest.p7s", pack / "proof/tagmanifest.p7s")
    assert named(pack) == {"bag/tagmanifest-sha256.txt"}


def test_everything_replaced_by_another_schools_pack_shows_in_the_fingerprint(made: Case, tmp_path: Path) -> None:
    forged = finish(case(PackKind.SIGNED_OFF).write(tmp_path, "AB"))
    assert judge(forged).good
    assert not verify_pack(forged, book=BOOK, fingerprint=made.school.fingerprint).good


def test_a_sealer_cannot_be_the_witness(made: Case, pack: Path) -> None:
    manifest = (pack / "bag/tagmanifest-sha256.txt").read_bytes()
    (pack / "proof/witness-1.p7s").write_bytes(cms_detached(manifest, [made.school["A"].signer]))
    assert named(pack) == {"proof/witness-1.p7s"}


def test_a_witness_over_another_list_is_named(made: Case, pack: Path) -> None:
    (pack / "proof/witness-1.p7s").write_bytes(cms_detached(b"another list", [made.school["C"].signer]))
    assert named(pack) == {"proof/witness-1.p7s"}


def test_a_witness_numbered_with_a_gap_is_named(pack: Path) -> None:
    (pack / "proof/witness-1.p7s").rename(pack / "proof/witness-2.p7s")
    assert named(pack) == {"proof/witness-2.p7s"}


def test_garbage_in_every_file_never_breaks_the_verifier(
    good: Path, pack: Path, heavy: Callable[[int, int], int]
) -> None:
    chance = random.Random(3)
    for name in files(pack):
        whole = (good / name).read_bytes()
        for _ in range(heavy(1, 5)):
            (pack / name).write_bytes(chance.randbytes(chance.choice([0, 1, 50, 5000])))
            assert name in named(pack)
        (pack / name).write_bytes(whole)


@pytest.mark.skipif("DSL_DESK_ORACLE_PACKS" not in os.environ, reason="no packs of a second hand are named")
def test_packs_of_a_second_hand_are_accepted() -> None:
    packs = sorted(Path(os.environ["DSL_DESK_ORACLE_PACKS"]).rglob("START-HERE.txt"))
    tops = [path.parent for path in packs if (path.parent / "bag").is_dir()]
    assert tops
    assert {str(top): judge(top).failures for top in tops} == {str(top): () for top in tops}

"""Packs: begun on record, written, sealed, read back, named; and what is left when something goes wrong."""

import os
import shutil
import subprocess
import sys

import pytest

from dsl_desk import app
from dsl_desk.domain.errors import Cancelled, DslDeskError, HaltedError, MediumError, ProcedureError
from dsl_desk.domain.follow_up_entries import PackLost, ReceiptAttached
from dsl_desk.domain.words import Grade, PackKind
from dsl_desk.services.handover import Handover
from dsl_desk.services.ports import NoProgress
from tests.services.scenes import begun, offered, picture, signed


def text_of(pdf):
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def plan(stage, kind=PackKind.AS_IT_STANDS, folder=None, **more):
    return Handover(kind=kind, folder=folder or stage.handover, medium="stick", recipient="police", **more)


@pytest.fixture
def case(stage):
    """A case of the first half hour with one exhibit somebody brought."""
    stage.sign_in("dsl")
    strand = begun(stage).strand
    stage.desk.exhibits.take_in(strand, offered(stage), [picture(stage), picture(stage, "filter-log.csv")])
    return strand


def test_the_cover_of_a_pack_says_why_it_goes_and_on_what_basis_as_the_school_puts_it(stage, case):
    care = stage.desk.settings
    care.keep_school({**care.school().values, "lawful_basis": "Public task. Privacy notice: school office."})
    done = stage.desk.handover.make(case, plan(stage), [stage.proves("dsl")])
    words = text_of(done.cover.pdf)
    assert "So that the police can look into it" in words
    assert "Public task. Privacy notice: school office." in words
    started = done.case.packs[-1].started
    assert (started.purpose, started.allowed_by) == (
        "So that the police can look into it and protect children", stage.cast.played["dsl"].name,
    )  # fmt: skip


class After(NoProgress):
    """Does something once the pack is half written."""

    def __init__(self, act):
        self.act, self.done = act, False

    def report(self, done, total):
        if done and not self.done:
            self.done = True
            self.act()


def left_over(stage):
    return sorted(path.name for path in stage.handover.iterdir())


def test_one_person_makes_an_as_it_stands_pack_that_a_stranger_accepts(stage, case):
    done = stage.desk.handover.make(case, plan(stage), [stage.proves("dsl")])

    verdict = app.verify(done.pack, stage.root_fingerprint)
    assert verdict.good
    assert verdict.kind is PackKind.AS_IT_STANDS
    assert (done.pack / "bag/data/exhibits/DP-1/DP-1.png").read_bytes() == stage.cast.file(
        "trading-page.png"
    ).read_bytes()
    assert done.receipt.pdf.startswith(b"%PDF")
    assert done.case.packs[0].sealed_at


def test_a_signed_off_pack_names_both_and_a_second_pack_has_the_next_number(stage):
    stage.sign_in("dsl")
    strand = signed(stage)
    sealers = [stage.proves("dsl"), stage.proves("deputy")]
    first = stage.desk.handover.make(strand, plan(stage, PackKind.SIGNED_OFF), sealers)
    second = stage.desk.handover.make(strand, plan(stage, PackKind.SIGNED_OFF, changed_since="nothing"), sealers[:1])

    verdict = app.verify(first.pack, stage.root_fingerprint)
    assert verdict.good
    assert verdict.signed_off is not None
    assert len(verdict.signed_off.reviewers) == 2
    assert len(verdict.sealed_by) == 2
    assert second.pack.name.endswith("-pack-2")
    assert app.verify(second.pack, stage.root_fingerprint).good


def test_a_stopped_pack_holds_words_and_no_content(stage, case):
    stage.desk.halt.stop(case, Grade.STOP_IMAGES)
    with pytest.raises(HaltedError, match="Only a stopped pack"):
        stage.desk.handover.make(case, plan(stage), [stage.proves("dsl")])

    done = stage.desk.handover.make(case, plan(stage, PackKind.STOPPED), [stage.proves("dsl")])

    assert app.verify(done.pack, stage.root_fingerprint).good
    assert sorted(path.name for path in (done.pack / "bag/data/exhibits/DP-1").iterdir()) == ["record.json"]


def test_an_unsigned_case_makes_no_signed_off_pack(stage, case):
    with pytest.raises(ProcedureError, match="have not signed"):
        stage.desk.handover.make(case, plan(stage, PackKind.SIGNED_OFF), [stage.proves("dsl")])
    assert stage.desk.book.load(case).packs == ()


def test_what_is_withheld_is_left_out_with_its_reason(stage, case):
    done = stage.desk.handover.make(case, plan(stage, withheld={"DP/2": "names others"}), [stage.proves("dsl")])

    assert app.verify(done.pack, stage.root_fingerprint).good
    assert not (done.pack / "bag/data/exhibits/DP-2/DP-2.txt").exists()
    assert b"names others" in (done.pack / "bag/data/exhibits/DP-2/record.json").read_bytes()


def test_a_cancelled_pack_leaves_nothing_and_says_so_on_record(stage, case):
    def cancel():
        raise Cancelled

    with pytest.raises(Cancelled):
        stage.desk.handover.make(case, plan(stage), [stage.proves("dsl")], After(cancel))

    assert left_over(stage) == []
    kept = stage.desk.book.load(case)
    assert kept.unfinished_packs() == ()
    assert "cancelled" in kept.told(PackLost)[0].data.reason


def test_a_medium_that_is_taken_out_leaves_a_plain_sentence_and_no_pack(stage, case):
    gone = After(lambda: shutil.rmtree(stage.handover))
    with pytest.raises(MediumError):
        stage.desk.handover.make(case, plan(stage), [stage.proves("dsl")], gone)

    assert not stage.handover.exists()
    assert stage.desk.book.load(case).packs[0].lost_at


def test_a_halt_while_a_pack_is_written_ends_it_at_the_next_chunk(stage, case):
    halted = After(lambda: stage.desk.switch.stop(case, Grade.STOP_IMAGES))
    with pytest.raises(HaltedError):
        stage.desk.handover.make(case, plan(stage), [stage.proves("dsl")], halted)

    assert left_over(stage) == []


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounts a small medium")
def test_a_full_medium_is_told_plainly_and_the_desk_is_unchanged(stage, case, tmp_path):
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", small], check=False)
    if mounted.returncode:
        pytest.skip("no leave to mount")
    try:
        with pytest.raises(MediumError, match="no room left"):
            stage.desk.handover.make(case, plan(stage, folder=small), [stage.proves("dsl")])
        assert list(small.iterdir()) == []
    finally:
        subprocess.run(["umount", small], check=True)
    assert stage.desk.handover.make(case, plan(stage), [stage.proves("dsl")]).pack.exists()


def test_a_pack_that_was_begun_and_has_no_end_is_shown_at_the_next_unlock(stage, case):
    stage.desk.book.record(
        case, lambda case, me: case.start_pack(me, PackKind.AS_IT_STANDS, medium="stick", recipient="police")
    )
    stage.lock()
    home = stage.sign_in("dsl").home

    assert any("Pack 1 was begun" in item.what for item in home.waiting())
    stage.desk.handover.lost(case, 1, "the laptop lost power")
    assert stage.desk.handover.unfinished(case) == ()


def test_an_encrypted_zip_opens_with_its_code_alone(stage, case):
    import pyzipper

    done = stage.desk.handover.make(case, plan(stage, zip=True, encrypted=True), [stage.proves("dsl")])

    with pyzipper.AESZipFile(done.archive) as archive:
        assert archive.namelist() == [f"{done.pack.name}.zip"]
        archive.setpassword(done.archive_code.encode())
        assert archive.read(archive.namelist()[0])[:2] == b"PK"
    assert done.archive_code not in repr(done)


def test_a_receipt_for_a_pack_that_does_not_exist_is_refused(stage, case):
    with pytest.raises(DslDeskError, match="no pack of that number"):
        stage.desk.handover.receipt(case, ReceiptAttached(received_by="Officer 1", at="now", pack=4))

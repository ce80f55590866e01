"""One exhibit destroyed because the police said so: its content goes for good, its record stays."""

import json
import re
from dataclasses import replace

import pytest

from dsl_desk import app
from dsl_desk.domain.case_entries import ExhibitDestroyed
from dsl_desk.domain.case_words import Agency, ContinuityAction, Effect
from dsl_desk.domain.continuity import continuity_faults, continuity_of
from dsl_desk.domain.desk_entries import Disposed
from dsl_desk.domain.errors import DslDeskError, InputError, NotReadableError, ProcedureError
from dsl_desk.domain.follow_up_entries import AdviceRecorded
from dsl_desk.domain.words import Grade, Mark, PackKind
from dsl_desk.services.case_things import exhibits_of
from dsl_desk.services.drafts import DraftService, Unfinished
from dsl_desk.services.preview import Area
from dsl_desk.store.rotation import RotationWaitsError
from tests.services.scenes import begun, offered, picture
from tests.services.test_handover import plan, text_of
from tests.services.test_putting_back import backed_up, opened_by_two


def advised(stage, strand, mark="DP/1", effect=Effect.DESTROY, reference="LOG-77"):
    told = AdviceRecorded(
        who="PC Mock", agency=Agency.POLICE, at="2026-03-03T14:02:00+00:00", words="Destroy that one.",
        effect=effect, reference=reference, exhibits=(mark,),
    )  # fmt: skip
    return stage.desk.advice.record(strand, told)


def two(stage, first="dsl", second="deputy"):
    return stage.proves(first), stage.proves(second)


@pytest.fixture
def held(stage):
    """A case with two exhibits that somebody brought."""
    stage.sign_in("dsl")
    strand = begun(stage).strand
    stage.desk.exhibits.take_in(strand, offered(stage), [picture(stage), picture(stage, "filter-log.csv")])
    return strand


def test_one_exhibit_goes_on_police_advice_by_two_and_everything_says_so(stage, held, tmp_path):
    backed_up(stage, tmp_path / "stick")
    advised(stage, held)
    destroying, before = stage.desk.destroying, stage.desk.book.load(held)
    (asked,) = destroying.destructible(held)
    assert (asked.mark, asked.reference) == ("DP/1", "LOG-77")
    assert "PC Mock, police" in asked.advice
    assert any(line.startswith("Backup on stick") for line in asked.older_copies)

    done = destroying.destroy_exhibit(held, Mark("DP/1"), two(stage))

    assert done.waits == ""
    sheet = text_of(stage.desk.printing.desk_paper("disposal.pdf", done.certificate, "Disposal").pdf)
    assert "exhibit DP/1" in sheet
    assert re.search(r"stick, \d", sheet)
    assert "stick, entry" not in sheet  # the desk's own count: it would tell of entries that a reader cannot see
    assert "reference LOG-77" in sheet
    case, desk = stage.desk.book.load(held), stage.desk.desk
    gone, stays = case.exhibits
    assert not gone.is_held
    assert not (stage.desk_folder / "blobs" / gone.blob).exists()
    with pytest.raises(NotReadableError):
        desk.content_bytes(gone.blob, 1 << 20)
    assert desk.content_bytes(stays.blob, 1 << 20)
    assert case.entries[: before.last] == before.entries
    assert [told.data.action for told in continuity_of(case, "DP/1")] == [ContinuityAction.DESTROYED]
    assert continuity_faults(case) == ()
    said = desk.records(desk.desk_strand)
    (disposed,) = [one.payload.data for one in said if one.payload and isinstance(one.payload.data, Disposed)]
    assert disposed == Disposed(strand=held, first=1, last=0, blobs=(gone.blob,), rule="police advice")
    assert desk.check(lambda _done, _total: None).findings == ()
    assert desk.rebuild_index()
    with pytest.raises(InputError, match="holds no exhibit"):
        destroying.destroy_exhibit(held, Mark("DP/1"), two(stage))


def test_a_redacted_copy_that_is_still_held_is_among_what_may_still_show_it(stage, held):
    stage.desk.redaction.redact(held, Mark("DP/1"), [Area(left=0, top=0, right=0.5, bottom=0.5)], "for the parents")
    advised(stage, held)
    (asked,) = stage.desk.destroying.destructible(held)
    (copy,) = [exhibit for exhibit in stage.desk.book.load(held).exhibits if exhibit.mark not in ("DP/1", "DP/2")]
    line = f"Redacted copy {copy.mark}, still held by this desk"
    assert line in asked.older_copies
    done = stage.desk.destroying.destroy_exhibit(held, Mark("DP/1"), two(stage))
    assert line in dict(done.certificate.checks)["Copies, prints and packs since"]
    assert line in stage.desk.book.load(held).latest(ExhibitDestroyed).data.older_copies


def test_screen_and_pack_say_on_whose_advice_an_exhibit_is_gone(stage, held):
    advised(stage, held)
    stage.desk.destroying.destroy_exhibit(held, Mark("DP/1"), two(stage))
    stage.lock()
    desk = stage.sign_in("deputy").desk
    assert desk.opening_findings == ()
    case = desk.case(held)
    gone = case.exhibit("DP/1")
    shown = [thing.second for thing in exhibits_of(case)]
    assert "destroyed on the advice of PC Mock, police" in shown[0]
    assert "destroyed" not in shown[1]

    made = stage.desk.handover.make(held, plan(stage), [stage.proves("deputy")]).pack
    assert app.verify(made, stage.root_fingerprint).good
    record = json.loads((made / "bag/data/exhibits/DP-1/record.json").read_bytes())
    assert record["content"] == "withheld"
    assert record["withheld"].startswith("destroyed on the advice of PC Mock, police")
    assert record["sha256"] == gone.data.sha256
    assert (made / "bag/data/exhibits/DP-2/DP-2.txt").exists()
    complete = text_of((made / "bag/data/papers/completeness.pdf").read_bytes())
    assert "destroyed on the advice of PC Mock" in complete
    assert "DP/1" not in text_of((made / "bag/data/papers/exhibit-labels.pdf").read_bytes())


def test_what_is_shut_away_since_a_stop_goes_too_and_the_stop_stays(stage, held):
    stage.desk.halt.stop(held, Grade.STOP_IMAGES)
    advised(stage, held)
    assert stage.desk.destroying.destroy_exhibit(held, Mark("DP/1"), two(stage)).waits == ""
    case = stage.desk.book.load(held)
    assert [one.mark for one in case.quarantined()] == ["DP/2"]
    assert case.grade is Grade.STOP_IMAGES
    made = stage.desk.handover.make(held, plan(stage, PackKind.STOPPED), [stage.proves("dsl")]).pack
    assert app.verify(made, stage.root_fingerprint).good
    record = json.loads((made / "bag/data/exhibits/DP-1/record.json").read_bytes())
    assert record["withheld"].startswith("destroyed on the advice of")
    assert stage.desk.desk.check(lambda _done, _total: None).findings == ()


def test_nothing_goes_without_advice_that_names_it_and_still_stands_or_by_one_person(stage, held):
    destroying, blobs = stage.desk.destroying, stage.desk_folder / "blobs"
    before = sorted(blobs.iterdir())
    with pytest.raises(ProcedureError, match="Only police advice that names"):
        destroying.destroy_exhibit(held, Mark("DP/1"), two(stage))
    with pytest.raises(InputError, match="holds no exhibit"):
        destroying.destroy_exhibit(held, Mark("DP/9"), two(stage))
    advised(stage, held)
    with pytest.raises(ProcedureError, match="two different people"):
        destroying.destroy_exhibit(held, Mark("DP/1"), two(stage, "dsl", "dsl"))
    advised(stage, held, effect=Effect.KEEP)
    assert destroying.destructible(held) == ()
    with pytest.raises(ProcedureError, match="said since"):
        destroying.destroy_exhibit(held, Mark("DP/1"), two(stage))
    assert sorted(blobs.iterdir()) == before
    assert stage.desk.book.load(held).told(ExhibitDestroyed) == ()
    advised(stage, held)
    codes = stage.desk.desk.prove_codes(stage.codes[0], stage.codes[1])
    assert destroying.destroy_exhibit(held, Mark("DP/1"), (stage.proves("dsl"), codes)).waits == ""
    assert stage.desk.desk.check(lambda _done, _total: None).findings == ()


def test_a_restricted_case_is_sealed_anew_when_one_exhibit_goes_and_only_its_readers_read_on(stage, held):
    readers = (stage.accounts["dsl"], stage.accounts["head"])
    stage.desk.keeping.restrict(held, readers)
    advised(stage, held)
    epoch = stage.desk.desk.kept.strands.latest(held).epoch
    stage.desk.destroying.destroy_exhibit(held, Mark("DP/1"), two(stage, "dsl", "head"))
    assert stage.desk.desk.kept.strands.latest(held).epoch == epoch + 1
    assert stage.desk.desk.readers(held) == readers
    assert stage.desk.desk.check(lambda _done, _total: None).findings == ()
    with pytest.raises(NotReadableError):
        stage.sign_in("deputy").book.load(held)
    assert stage.desk.desk.check(lambda _done, _total: None).findings == ()
    assert not stage.sign_in("head").book.load(held).exhibit("DP/1").is_held


def test_a_certificate_waits_until_the_key_was_changed_and_the_file_is_gone(stage, held, monkeypatch):
    advised(stage, held)
    desk = stage.desk.desk
    keeper = desk.unlocked.keeper

    def no_room():
        raise RotationWaitsError

    monkeypatch.setattr(keeper, "rotate_if_due", no_room)
    done = stage.desk.destroying.destroy_exhibit(held, Mark("DP/1"), two(stage))
    assert "Its certificate prints once" in done.waits
    assert not desk.case(held).exhibit("DP/1").is_held
    assert stage.desk.destroying.finish(done).waits
    monkeypatch.undo()
    again = stage.desk.destroying.finish(done)
    assert again == replace(done, waits="")
    assert len(list((stage.desk_folder / "blobs").iterdir())) == 1


@pytest.mark.parametrize("advice_in_backup", [True, False])
def test_what_went_since_a_backup_goes_again_when_it_is_put_back(stage, held, tmp_path, advice_in_backup):
    if advice_in_backup:
        advised(stage, held)
    backed_up(stage, tmp_path / "stick")
    if not advice_in_backup:
        stage.sign_in("dsl")
        advised(stage, held)
    stage.desk.destroying.destroy_exhibit(held, Mark("DP/1"), two(stage))
    stage.lock()
    putting_back = app.putting_back(stage.around)
    assert putting_back.put_back(putting_back.backups(tmp_path / "stick")[0], stage.desk_folder)
    restored, told = opened_by_two(stage)
    try:
        assert "destroyed again" in told
        case = restored.case(held)
        assert [one.is_held for one in case.exhibits] == [False, True]
        assert len(case.told(AdviceRecorded)) == 1
        assert next(thing.second for thing in exhibits_of(case)).count("reference LOG-77") == 1
        assert not (stage.desk_folder / "blobs" / case.exhibits[0].blob).exists()
        assert restored.check(lambda _done, _total: None).findings == ()
        assert restored.rebuild_index()
    finally:
        restored.close(stage.around.clock.now())


def test_entries_written_after_a_backup_was_put_back_are_not_taken_for_those_destroyed_before(stage, held, tmp_path):
    """A record of eight was destroyed; the backup holds five; what is written after them is other work."""
    backed_up(stage, tmp_path / "stick")
    stage.sign_in("dsl")
    advised(stage, held)
    last = len(stage.desk.desk.records(held))
    stage.desk.desk.dispose(held, 4, last, "a part", stage.around.clock.now(), two(stage))
    stage.lock()
    putting_back = app.putting_back(stage.around)
    chosen = putting_back.backups(tmp_path / "stick")[0]
    assert putting_back.put_back(chosen, stage.desk_folder)
    restored, _ = opened_by_two(stage)
    try:
        gone = [record.missing for record in restored.records(held)]
        assert gone[3] == "disposed"
        assert restored.check(lambda _done, _total: None).findings == ()
        said = AdviceRecorded(
            who="PC Mock", agency=Agency.POLICE, at="now", words="Keep.", effect=Effect.KEEP, reference="L"
        )
        (anew,) = restored.write(held, said, at=stage.around.clock.now())
        assert anew.payload is not None
    finally:
        restored.close(stage.around.clock.now())
    desk = stage.sign_in("dsl").desk
    assert desk.records(held)[-1].payload is not None
    assert desk.check(lambda _done, _total: None).findings == ()


def test_the_chair_s_own_sign_in_is_told_who_can_do_it(stage, held):
    stage.sign_in("chair")
    with pytest.raises(DslDeskError, match="the deputy"):
        stage.desk.destroying.destroy_exhibit(held, Mark("DP/1"), two(stage))


def test_a_certificate_is_kept_until_both_copies_are_signed(stage, held):
    advised(stage, held)
    done = stage.desk.destroying.destroy_exhibit(held, Mark("DP/1"), two(stage))
    stage.lock()

    assert stage.sign_in("deputy").destroying.certificates.waiting() == (), "it is sealed for whoever was signed in"
    stage.lock()
    certificates = stage.sign_in("dsl").destroying.certificates
    (kept,) = certificates.waiting()
    assert kept.certificate == done.certificate
    assert [due.title for due in certificates.due(stage.around.clock.now())] == [f"Certificate to sign: {kept.item}"]
    again = stage.desk.destroying.certificate(stage.desk.destroying.found(kept))
    assert done.certificate.entry_digest[:16] in text_of(again.pdf).replace(" ", "").replace("\n", "")
    certificates.put_away(kept)
    assert certificates.waiting() == ()


def test_a_certificate_outlives_a_program_that_ended_right_after_the_act(stage, held, monkeypatch):
    advised(stage, held)
    certificates = stage.desk.destroying.certificates

    def killed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(certificates, "complete", killed)
    with pytest.raises(KeyboardInterrupt):
        stage.desk.destroying.destroy_exhibit(held, Mark("DP/1"), two(stage))
    monkeypatch.undo()
    desk = stage.desk.desk
    said = [one for one in desk.records(desk.desk_strand) if one.payload and isinstance(one.payload.data, Disposed)]

    (kept,) = certificates.waiting()
    assert kept.certificate.entry_digest == said[-1].digest


def test_no_certificate_is_kept_of_what_was_refused_or_never_came_to_pass(stage, held, monkeypatch):
    advised(stage, held)
    destroying, desk = stage.desk.destroying, stage.desk.desk

    def refused(*_):
        raise ProcedureError

    def killed(*_):
        raise KeyboardInterrupt

    for fails, raised in ((refused, ProcedureError), (killed, KeyboardInterrupt)):
        monkeypatch.setattr(desk, "destroy_content", fails)
        with pytest.raises(raised):
            destroying.destroy_exhibit(held, Mark("DP/1"), two(stage))
        assert destroying.certificates.waiting() == ()


def test_a_certificate_that_another_program_kept_stays_and_is_left_out(stage, held):
    drafts = DraftService(stage.desk.book)
    drafts.save(Unfinished(page="certificate", words={"certificate": {"items": "of a newer program"}}))
    assert stage.desk.destroying.certificates.waiting() == ()
    assert drafts.find("certificate") is not None


def test_an_act_that_never_came_to_pass_does_not_take_a_later_one_for_its_own(stage, held, monkeypatch):
    advised(stage, held)
    destroying = stage.desk.destroying

    def killed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(stage.desk.desk, "destroy_content", killed)
    with pytest.raises(KeyboardInterrupt):
        destroying.destroy_exhibit(held, Mark("DP/1"), two(stage, "dsl", "head"))
    monkeypatch.undo()
    done = destroying.destroy_exhibit(held, Mark("DP/1"), two(stage))

    assert [kept.certificate for kept in destroying.certificates.waiting()] == [done.certificate]


def test_whoever_may_not_read_the_case_any_more_is_not_told_of_its_certificate(stage, held):
    advised(stage, held)
    stage.desk.destroying.destroy_exhibit(held, Mark("DP/1"), two(stage))
    stage.lock()
    stage.sign_in("deputy").keeping.restrict(held, [stage.accounts["deputy"], stage.accounts["head"]])
    stage.lock()

    certificates = stage.sign_in("dsl").destroying.certificates
    assert certificates.waiting() == ()
    assert certificates.due(stage.around.clock.now()) == ()

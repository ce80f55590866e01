"""The two grades of stop: what closes at once, what stays open, and how two people open it again."""

import pytest

from dsl_desk.domain.case_words import Agency, Effect, Intake
from dsl_desk.domain.errors import HaltedError, InputError, ProcedureError
from dsl_desk.domain.follow_up_entries import AdviceRecorded, ReceiptAttached
from dsl_desk.domain.words import Answer, Grade, PackKind, SubjectKind
from dsl_desk.rehearsal.lines import all_no
from dsl_desk.services.handover import Handover
from dsl_desk.services.ports import NoProgress
from dsl_desk.store.values import CaseQuery, Source
from tests.services.scenes import PAIR, begun, looking, offered, picture, ready_to_look, sighting


@pytest.fixture
def stopped(stage):
    """A case stopped for pictures in a session, with one exhibit taken in before."""
    stage.sign_in("dsl")
    strand = looking(stage)
    sighting(stage, strand)
    stage.desk.exhibits.take_in(strand, offered(stage, Intake.CAPTURE, PAIR), [picture(stage)])
    stage.desk.halt.stop(strand, Grade.STOP_IMAGES, where="review")
    return strand


def advice(stage, strand, *, agency=Agency.POLICE, effect=Effect.SCHOOL_MAY_PROCEED, exhibits=()):
    case = stage.desk.advice.record(
        strand,
        AdviceRecorded(who="Officer 1", agency=agency, at="now", words="Go on.", effect=effect, exhibits=exhibits),
    )
    return case.last


def two(stage, first="dsl", second="head"):
    return stage.proves(first), stage.proves(second)


def test_nothing_comes_in_and_nothing_is_shown_behind_a_stop_for_pictures(stage, stopped):
    desk = stage.desk
    case = desk.book.load(stopped)
    mark = case.exhibits[0].mark

    for intake, pair in ((Intake.SUPPLIED, ("dsl",)), (Intake.CAPTURE, PAIR), (Intake.FILE, PAIR)):
        with pytest.raises(HaltedError):
            desk.exhibits.take_in(stopped, offered(stage, intake, pair), [picture(stage)])
    with pytest.raises(HaltedError):
        desk.exhibits.uncover(stopped, mark, "to see")
    with pytest.raises(HaltedError):
        list(desk.desk.content(case.exhibits[0].blob))
    with pytest.raises(HaltedError):
        desk.sign_off.attach_scan(stopped, Source.from_bytes("a.pdf", b"x"), of="form", media_type="application/pdf")
    with pytest.raises(HaltedError):
        desk.printing.print_labels(stopped)
    receipt = ReceiptAttached(received_by="Officer 1", at="now")
    with pytest.raises(HaltedError):
        desk.handover.receipt_scan(stopped, receipt, Source.from_bytes("a.pdf", b"x"))
    desk.handover.receipt(stopped, receipt)  # in words it is always possible


def test_a_stop_of_a_case_that_is_theirs_to_read_no_more_is_on_record_in_one_of_its_own(stage):
    desk = stage.sign_in("dsl")
    strand = begun(stage).strand
    desk.keeping.restrict(strand, [stage.accounts["deputy"]])

    kept = desk.stop_at_once.stop(strand, Grade.STOP_IMAGES)

    assert kept.strand != strand
    assert desk.book.load(kept.strand).grade is Grade.STOP_IMAGES
    stage.lock()
    assert stage.sign_in("deputy").book.load(strand).grade is Grade.OPEN


def test_a_stop_outlasts_signing_out(stage, stopped):
    stage.lock()
    case = stage.sign_in("deputy").book.load(stopped)

    assert case.grade is Grade.STOP_IMAGES
    assert case.session is None
    with pytest.raises(HaltedError):
        stage.desk.exhibits.uncover(stopped, case.exhibits[0].mark, "to see")


def test_a_reviewer_who_is_not_sure_stops_the_case_instead_of_recording_a_sighting(stage):
    stage.sign_in("dsl")
    strand = looking(stage)

    case = sighting(stage, strand, answer=Answer.NOT_SURE)

    assert case.grade is Grade.STOP_IMAGES
    assert case.session is None
    with pytest.raises(HaltedError):
        sighting(stage, strand)


def test_capture_is_refused_at_police_first_and_what_people_bring_is_received(stage):
    stage.sign_in("dsl")
    strand = looking(stage)
    stage.desk.halt.stop(strand, Grade.POLICE_FIRST)

    with pytest.raises(HaltedError):
        stage.desk.exhibits.take_in(strand, offered(stage, Intake.CAPTURE, PAIR), [picture(stage)])
    with pytest.raises(HaltedError):
        stage.desk.review.open(strand, present=("A", "B"), place="office")
    case = stage.desk.exhibits.take_in(strand, offered(stage), [picture(stage)])
    assert stage.desk.exhibits.uncover(strand, case.exhibits[0].mark, "police ask what it is").png


@pytest.mark.parametrize("answer", [Answer.YES, Answer.NOT_SURE])
def test_material_that_could_show_a_child_is_not_opened_at_all(stage, answer):
    stage.sign_in("dsl")
    strand = begun(stage).strand

    with pytest.raises(HaltedError, match="Leave it on its owner’s device"):
        stage.desk.exhibits.take_in(strand, offered(stage, answer=answer), [never_opened()])


def never_opened():
    def handle():
        pytest.fail("a byte was read")

    return Source(name="x.png", open=handle)


def test_a_halt_while_a_file_comes_in_leaves_nothing_of_it(stage):
    stage.sign_in("dsl")
    strand = begun(stage).strand

    class Pressed(NoProgress):
        def report(self, done, total):
            stage.desk.switch.stop(strand, Grade.STOP_IMAGES)

    large = Source.from_bytes("large.bin", bytes(3 << 20))
    with pytest.raises(HaltedError):
        stage.desk.exhibits.take_in(strand, offered(stage), [large], progress=Pressed())

    assert stage.desk.book.load(strand).exhibits == ()
    assert list((stage.desk_folder / "blobs").glob("*.part")) == []


def test_a_halt_in_memory_counts_before_its_entry_is_written(stage):
    stage.sign_in("dsl")
    strand = ready_to_look(stage)
    case = stage.desk.exhibits.take_in(strand, offered(stage), [picture(stage)])
    stage.desk.switch.stop(strand, Grade.STOP_IMAGES)

    with pytest.raises(HaltedError):
        stage.desk.exhibits.uncover(strand, case.exhibits[0].mark, "to see")
    with pytest.raises(HaltedError):
        stage.desk.review.open(strand, present=("A", "B"), place="office")
    with pytest.raises(HaltedError):
        stage.desk.handover.make(strand, as_it_stands(stage), [stage.proves("dsl")])


def as_it_stands(stage):
    return Handover(kind=PackKind.AS_IT_STANDS, folder=stage.handover, medium="stick", recipient="police")


def test_police_advice_by_two_opens_the_exhibits_it_names_and_no_others(stage, stopped):
    case = stage.desk.book.load(stopped)
    marks = tuple(exhibit.mark for exhibit in case.exhibits)

    said = advice(stage, stopped, exhibits=marks)
    opened = stage.desk.advice.apply(stopped, two(stage), advice=said, reason="police say so")

    assert opened.grade is Grade.OPEN
    assert stage.desk.exhibits.uncover(stopped, marks[0], "as police allowed").png


@pytest.mark.parametrize(
    ("agency", "effect", "first", "second", "says"),
    [
        (Agency.LADO, Effect.SCHOOL_MAY_PROCEED, "dsl", "head", "Only police advice"),
        (Agency.POLICE, Effect.HOLD_OFF, "dsl", "head", "does not say"),
        (Agency.POLICE, Effect.SCHOOL_MAY_PROCEED, "dsl", "deputy", "not a reviewer"),
        (Agency.POLICE, Effect.SCHOOL_MAY_PROCEED, "dsl", "dsl", "two different people"),
    ],
)
def test_a_stop_for_pictures_stays_without_the_right_advice_and_the_right_two(
    stage, stopped, agency, effect, first, second, says
):
    marks = tuple(exhibit.mark for exhibit in stage.desk.book.load(stopped).exhibits)
    said = advice(stage, stopped, agency=agency, effect=effect, exhibits=marks)

    with pytest.raises(ProcedureError, match=says):
        stage.desk.advice.apply(stopped, two(stage, first, second), advice=said, reason="wanted")

    assert stage.desk.book.load(stopped).grade is Grade.STOP_IMAGES
    assert stage.desk.desk.is_quarantined(stage.desk.book.load(stopped).exhibits[0].blob)


def test_one_account_and_two_codes_can_apply_advice(stage):
    stage.sign_in("dsl")
    strand = begun(stage, triage=all_no(SubjectKind.PUPIL, _5b=Answer.YES)).strand
    said = advice(stage, strand, agency=Agency.SOCIAL_CARE)
    root = stage.desk.desk.prove_codes(stage.codes[0], stage.codes[1])

    case = stage.desk.advice.apply(strand, (stage.proves("dsl"), root), advice=said, reason="social care agrees")

    assert case.grade is Grade.OPEN


def test_a_halt_pressed_by_mistake_needs_both_reviewers_answers_and_two_people(stage):
    stage.sign_in("dsl")
    strand = ready_to_look(stage)
    stage.desk.halt.stop(strand, Grade.STOP_IMAGES)
    with pytest.raises(ProcedureError, match="answer the questions again"):
        stage.desk.advice.undo_mistake(strand, two(stage), "slipped")
    for name in PAIR:
        stage.sign_in(name).triage.answer(strand, all_no(SubjectKind.PUPIL))

    assert stage.desk.advice.undo_mistake(strand, two(stage, "deputy"), "slipped").grade is Grade.OPEN


def test_both_who_looked_cannot_open_a_stop_by_naming_another_reviewer_first(stage, stopped):
    stage.desk.review.name_reviewer(stopped, stage.accounts["head"], place=1, reason="busy")
    marks = tuple(exhibit.mark for exhibit in stage.desk.book.load(stopped).exhibits)
    said = advice(stage, stopped, exhibits=marks)

    with pytest.raises(ProcedureError, match="was not a reviewer"):
        stage.desk.advice.apply(stopped, two(stage, "dsl", "deputy"), advice=said, reason="wanted")
    assert stage.desk.book.load(stopped).grade is Grade.STOP_IMAGES


def test_only_those_who_were_there_can_say_that_a_stop_was_a_mistake(stage, stopped):
    stage.desk.review.name_reviewer(stopped, stage.accounts["head"], place=2, reason="busy")
    for name in ("dsl", "head"):
        stage.sign_in(name).triage.answer(stopped, all_no(SubjectKind.PUPIL))
    root = stage.desk.desk.prove_codes(stage.codes[0], stage.codes[1])

    with pytest.raises(ProcedureError, match="answer the questions again"):
        stage.desk.advice.undo_mistake(stopped, (stage.proves("head"), root), "slipped")
    assert stage.desk.book.load(stopped).grade is Grade.STOP_IMAGES


def test_a_stop_on_this_laptop_ends_all_work_on_it_until_two_say_why(stage):
    stage.sign_in("dsl")
    other = begun(stage).strand
    strand = looking(stage, this_laptop=True)
    stage.desk.halt.stop(strand, Grade.STOP_IMAGES)

    def refused():
        desk = stage.desk
        for act in (
            lambda: begun(stage),
            lambda: desk.triage.answer(other, all_no(SubjectKind.PUPIL)),
            lambda: desk.printing.print_chronology(other),
            desk.set_up.print_halt_card,
            lambda: desk.exhibits.take_in(other, offered(stage), [never_opened()]),
            lambda: desk.handover.make(other, as_it_stands(stage), []),
            lambda: desk.care.backup(stage.out, "stick"),
        ):
            with pytest.raises(HaltedError, match="This laptop was stopped"):
                act()

    refused()
    stage.lock()
    stage.sign_in("deputy")
    refused()
    stage.desk.advice.resume_laptop(strand, two(stage, "deputy"), reason="police advised", police_advised=True)
    stage.desk.printing.print_chronology(other)


def test_a_stop_of_this_laptop_in_a_case_one_cannot_read_ends_their_work_too(stage):
    stage.sign_in("dsl")
    strand = looking(stage, this_laptop=True)
    stage.desk.keeping.restrict(strand, [stage.accounts["dsl"], stage.accounts["deputy"]])
    assert stage.desk.desk.laptop_stops == 0
    stage.desk.halt.stop(strand, Grade.STOP_IMAGES)
    stage.desk.halt.stop(strand, Grade.STOP_IMAGES)

    head = stage.sign_in("head")
    assert head.listing.cases(CaseQuery()).restricted == ()
    state = dict(head.desk.unlocked.database.rows("SELECT name, value FROM desk_state"))
    assert state["laptop_stops"] == 1
    assert strand not in str(state)
    with pytest.raises(HaltedError, match="This laptop was stopped"):
        begun(stage)

    stage.sign_in("deputy").advice.resume_laptop(
        strand, two(stage, "deputy"), reason="police advised", police_advised=True
    )
    assert stage.sign_in("head").desk.laptop_stops == 0
    begun(stage)


def test_a_large_file_asks_first_and_an_unknown_mark_is_told_plainly(stage):
    stage.sign_in("dsl").set_up.settings({"exhibit_limit_mb": "1"})
    strand = begun(stage).strand
    large = Source.from_bytes("large.bin", bytes(2 << 20))

    with pytest.raises(InputError, match="larger than 1 MB"):
        stage.desk.exhibits.take_in(strand, offered(stage), [large])
    case = stage.desk.exhibits.take_in(strand, offered(stage), [large, large], larger_allowed=True)
    assert [exhibit.mark for exhibit in case.exhibits] == ["DP/1", "DP/2"]
    with pytest.raises(InputError, match="no exhibit with that mark"):
        stage.desk.exhibits.uncover(strand, "ZZ/9", "to see")
    with pytest.raises(InputError, match="not a picture"):
        stage.desk.exhibits.uncover(strand, case.exhibits[0].mark, "to see")

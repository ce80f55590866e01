"""What a screen tells of a case, entry by entry: nothing of a judgement that the other reviewer has still to make."""

from dsl_desk.domain.case_entries import Judged
from dsl_desk.domain.case_words import Judgement
from dsl_desk.domain.words import AccountId
from dsl_desk.services.told import story
from tests.services.policy_scenes import PAIR, SECONDARY, Scene


def told_to(scene, name):
    """Everything that the chronology on the screen says to somebody, as one text."""
    return repr(story(scene.case, {}, AccountId(name), str))


def test_what_one_reviewer_judged_reaches_the_other_by_no_line_even_corrected(keys):
    scene = Scene(keys, SECONDARY).looking()
    scene.see()
    for name in PAIR:
        scene.review.finish(
            scene.strand, scene.signer(name), access_withdrawn=True, device_locked_away=True, times_right=True
        )
    scene.sign_in("dsl")
    scene.judgement.judge(scene.strand, Judgement.SUBSTANCE, "a zebra was named")
    at = scene.case.told(Judged)[-1].at
    scene.work.correct(scene.strand, at, {"reasons": "two zebras were named"}, "the second zebra was left out")
    assert "zebra" in told_to(scene, "dsl")
    assert "zebra" not in told_to(scene, "deputy")
    assert "Correction of a judgement, closed to the other reviewer" in told_to(scene, "deputy")
    scene.sign_in("deputy")
    scene.judgement.judge(scene.strand, Judgement.NONE, "a joke among friends")
    assert "two zebras" in told_to(scene, "deputy")
    assert "because the second zebra was left out" in told_to(scene, "deputy")


def test_an_action_is_told_with_its_day_in_words(keys):
    scene = Scene(keys, SECONDARY).looking()
    scene.see()
    for name in PAIR:
        scene.review.finish(
            scene.strand, scene.signer(name), access_withdrawn=True, device_locked_away=True, times_right=True
        )
    for name in PAIR:
        scene.sign_in(name)
        scene.judgement.judge(scene.strand, Judgement.SUBSTANCE, "a zebra was named")
    scene.judgement.conclude(scene.strand, "Substance.")
    scene.judgement.decide_action(
        scene.strand, action="Talk with both families.", who="Pat Example", by_when="2026-11-27", reason="agreed"
    )

    assert "Action: Talk with both families; Pat Example, by 27 November 2026" in told_to(scene, "dsl")

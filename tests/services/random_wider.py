"""What people try besides the review: routes, referrals, sharing, packs, deleting, giving back, closing."""

from collections.abc import Callable
from typing import ClassVar

from dsl_desk.domain import wider_entries as wider
from dsl_desk.domain.case_words import (
    Agency,
    CallOutcome,
    Consent,
    ContinuityAction,
    Effect,
    HoldBack,
    ParentsDecision,
)
from dsl_desk.domain.follow_up_entries import (
    AdviceRecorded,
    CallLogged,
    HoldBackSet,
    InformationShared,
    ParentsInformed,
    ReferralDeclined,
    ReferralMade,
    ReplyReceived,
)
from dsl_desk.domain.outside import APPROVED_CHANNELS
from dsl_desk.domain.policy_values import Fact
from dsl_desk.domain.procedure import SETTLED, steps_of
from dsl_desk.domain.turns import LOOKING
from dsl_desk.domain.words import Mark, PackKind
from tests.services.random_world import PEOPLE, World
from tests.services.test_every_route import Played

AT = "2026-11-20T14:00:00+00:00"
NOT_BY_ONE = LOOKING | {
    Fact.CLOSED, Fact.SUBJECT, Fact.TRIAGE, Fact.CHILD_SAFE, Fact.FINISHED_BY_BOTH, Fact.ACTION, Fact.CONCLUDED,
    Fact.FORM_PRINTED, Fact.SCAN_ATTACHED, Fact.SHARING, Fact.ADVICE,
}  # fmt: skip
RECIPIENTS = ("police", "social_care", "lado", "court", "other")


class WiderWorld(World):
    """The same school and case, with everything else that people may do to it."""

    def follow(self):
        self.work.choose_route(self.strand, self.pick(self.school.procedure.routes).id, self.pick(("", "made up")))

    def refer(self, to=None):
        self.referral.refer(
            self.strand,
            ReferralMade(to=to or self.pick(Agency), reason="made up", threshold="made up", decided_at=AT, sent_at=AT,
                         referred_by="somebody"),
        )  # fmt: skip

    def decline(self):
        self.referral.decline(self.strand, ReferralDeclined(to=self.pick(Agency), reasons="made up"))

    def answered(self):
        made = [told.at for told in self.case.told(ReferralMade)]
        if made:
            self.referral.reply(self.strand, ReplyReceived(referral=self.pick(made), at=AT, outcome="made up"))

    def ring(self):
        call = CallLogged(to="somebody", at=AT, outcome=self.pick(CallOutcome), agency=self.pick(Agency))
        self.work.log_call(self.strand, call)

    def hold(self):
        party = self.pick(("parents", "platform", "give_back", "staff"))
        self.work.hold_back(self.strand, HoldBackSet(party=party, decision=self.pick(HoldBack)))

    def tell_parents(self):
        self.work.parents(
            self.strand,
            ParentsInformed(decision=self.pick(ParentsDecision), reason="made up", agreed_with=self.pick(("", "MASH"))),
        )

    def share(self):
        self.work.share(
            self.strand,
            InformationShared(
                shared=self.pick((True, True, False)), at=AT, what="made up", with_whom="somebody", purpose="made up",
                lawful_basis="made up", consent=self.pick(Consent), reason="made up",
                channel=self.pick((*APPROVED_CHANNELS, "", "private phone")),
                encryption=self.pick(("", "made up")), police_asked_first=self.pick((None, False, True)),
            ),
        )  # fmt: skip

    def hand_over(self):
        """A pack is begun and, as there is no medium here, given up; what counts is whether it may be begun."""
        kind = self.pick((*self.case.pack_kinds(), *PackKind))
        self.book.record(
            self.strand,
            lambda case, me: case.start_pack(me, kind, medium="stick", recipient=self.pick(RECIPIENTS)),
        )
        number = self.case.packs[-1].no
        self.book.record(self.strand, lambda case, me: case.lose_pack(me, number, "no medium here"))

    def hand_on(self):
        marks = [exhibit.mark for exhibit in self.case.exhibits] or [Mark("AB/1")]
        self.exhibits.moved(
            self.strand, self.pick(marks), ContinuityAction.HANDED_OVER, from_whom="desk", to_whom="police"
        )

    def advise_to_destroy(self):
        marks = tuple(exhibit.mark for exhibit in self.case.exhibits)
        self.advice.record(
            self.strand,
            AdviceRecorded(
                who="somebody", agency=self.pick((Agency.POLICE, Agency.POLICE, Agency.LADO)), at=AT, words="made up",
                effect=Effect.DESTROY, reference=self.pick(("LOG-2", "LOG-2", "")), exhibits=self.pick((marks, ())),
            ),
        )  # fmt: skip

    def lift(self):
        """The straight way out of a stop: advice that permits, put in force by two."""
        self.tried(self.good_advice)
        self.advice.apply(self.strand, self.me_and_another(), advice=self.case.last, reason="made up")

    def me_and_another(self):
        me = self.desk.me.account
        return self.signer(me), self.signer(self.pick(name for name in PEOPLE if name != me))

    def destroy_as_told(self):
        """The straight way to destroying: the police say so of each mark, and two do it."""
        self.tried(self.take_in)
        marks = tuple(exhibit.mark for exhibit in self.case.exhibits if exhibit.is_held)
        self.advice.record(
            self.strand,
            AdviceRecorded(who="somebody", agency=Agency.POLICE, at=AT, words="made up", effect=Effect.DESTROY,
                           reference="LOG-3", exhibits=marks),
        )  # fmt: skip
        self.destroy_by(self.me_and_another(), marks[0] if marks else Mark("AB/1"), self.case.last)

    def destroy(self):
        marks = [exhibit.mark for exhibit in self.case.exhibits] or [Mark("AB/1")]
        self.destroy_by(self.two(), self.pick(marks), self.some_advice())

    def destroy_by(self, two, mark, advice):
        first, second = two
        self.book.record(
            self.strand,
            lambda case, me: case.destroy_exhibit(
                self.book.actor(first.account), self.book.actor(second.account), mark=mark, advice=advice,
                reference="LOG-2", method="made up",
            ),
            also=(first, second),
        )  # fmt: skip

    def delete_elsewhere(self):
        self.work.note(
            self.strand,
            wider.DeletionRecorded(
                deleted_by="the pupil", witnessed_by=self.pick(("Cleo", "the pupil")), agency=Agency.POLICE,
                advice=self.some_advice(), agency_words="made up", at=AT,
            ),
        )  # fmt: skip

    def some_advice(self):
        return self.pick([told.at for told in self.case.told(AdviceRecorded)] or [0])

    def give_back(self):
        self.work.note(
            self.strand,
            wider.ItemReleased(item="a phone", to=self.pick(wider.Release), to_name="somebody", at=AT,
                               released_by="somebody"),
        )  # fmt: skip

    def cover_parts(self):
        marks = [exhibit.mark for exhibit in self.case.exhibits] or [Mark("AB/1")]
        self.book.load(self.strand).allow_redaction(self.book.me(), self.pick(marks), "for another copy")
        self.copied = True

    def search(self):
        self.work.note(
            self.strand,
            wider.SearchRecorded(at=AT, place="office", pupil="pupil", grounds="made up", searched_by="cem",
                                 authority=self.pick(wider.Authority),
                                 suspected_picture=self.pick(("no", "no", "no", "not_sure"))),
        )  # fmt: skip

    def close(self):
        self.work.close(self.strand, outcome="support", retention="child", reason=self.pick(("", "made up")))

    def settle_and_close(self):
        """The straight way to the end of whatever route it is."""
        self.sign_in(self.pick(("dsl", "deputy", "head")))
        if self.case.triage() is None:
            self.tried(self.answer_triage)
        for step in self.route.steps:
            seen = next((one for one in steps_of(self.case, self.route) if one.step.id == step.id), None)
            if seen is None or seen.state in SETTLED or step.done in NOT_BY_ONE:
                continue
            if self.dice.random() < 0.5 and step.skippable:
                self.tried(lambda step=step: self.work.skip(self.strand, self.route.id, step.id, "made up"))
            else:
                self.tried(lambda step=step: Played(self, self.strand).take(step))
        self.tried(self.close)

    WIDER = (
        lift, lift, destroy_as_told, destroy_as_told, follow, follow, refer, decline, answered, ring, hold,
        tell_parents, share, hand_over, hand_over, hand_on, advise_to_destroy, destroy, delete_elsewhere, give_back,
        cover_parts, search, close, settle_and_close,
    )  # fmt: skip
    ACTS: ClassVar[tuple[Callable[..., None], ...]] = (*World.ACTS, *WIDER)

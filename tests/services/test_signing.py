"""Two different people sign what the case says, each with their own passphrase; nothing less counts."""

import pytest

from dsl_desk.domain.case_words import Decision, Judgement, PersonRole
from dsl_desk.domain.errors import HaltedError, InputError, ProcedureError, WrongPassphraseError
from dsl_desk.domain.follow_up_entries import PaperKept, SupportOffered
from dsl_desk.domain.words import Grade, PersonId, Role, SubjectKind
from dsl_desk.exports.signing import verify_cms, verify_signed_form
from dsl_desk.rehearsal.lines import linked
from dsl_desk.services.printing import PrintingService
from dsl_desk.services.school import Person
from dsl_desk.services.sign_off import ToSign
from dsl_desk.signatures import certificate_der, certificate_sha256
from dsl_desk.store.accounts import replace_keys
from dsl_desk.store.issuing import Secret
from tests.services.scenes import PAIR, judged, looking, sighting, sign, signed


@pytest.fixture
def waiting(stage):
    """A case that waits for its two signatures."""
    stage.sign_in("dsl")
    return judged(stage)


def test_both_sign_one_form_and_ordinary_tools_agree(stage, waiting):
    for name in PAIR:
        sign(stage, waiting, name)

    desk = stage.desk
    papers = desk.sign_off.papers(desk.book.load(waiting))
    root = certificate_der(desk.desk.root)
    people = [certificate_sha256(stage.proves(name).certificate) for name in PAIR]
    unsigned = next(
        line.removeprefix("Form-SHA256: ") for line in papers.text.decode().splitlines() if "Form-SHA256" in line
    )
    assert [one.certificate_sha256 for one in verify_signed_form(papers.form, unsigned, root, people)] == people
    for p7s, person in zip((papers.reviewer_1, papers.reviewer_2), people, strict=True):
        assert [one.certificate_sha256 for one in verify_cms(p7s, papers.text, root)] == [person]


def test_second_sign_off_by_same_person_is_refused(stage, waiting):
    sign(stage, waiting, "dsl")

    with pytest.raises(ProcedureError, match="You have signed this"):
        sign(stage, waiting, "dsl")
    assert not stage.desk.book.load(waiting).sign_off_state().is_valid


def test_one_certificate_cannot_stand_for_both_reviewers(stage, waiting):
    to_sign = stage.desk.sign_off.prepare(waiting, stage.accounts["dsl"])
    stage.desk.sign_off.sign(waiting, to_sign, stage.proves("dsl"))

    with pytest.raises(ProcedureError):
        stage.desk.sign_off.sign(waiting, to_sign, stage.proves("dsl"))


def test_a_second_account_of_the_same_person_cannot_review_beside_the_first(stage):
    stage.sign_in("dsl")
    person = stage.cast.person("deputy")
    again = stage.desk.set_up.issue(
        Person(id=PersonId(person.id), name="Mocka Second", role=Role.DEPUTY, title="Deputy", initials="MS"),
        Secret(sign_in_name="mocka2", passphrase="another made up passphrase"),
        (stage.proves("dsl"), stage.proves("head")),
    )
    strand = looking(stage)

    with pytest.raises(ProcedureError, match="two different people"):
        stage.desk.review.name_reviewer(strand, again, place=1, reason="another account")


def test_nobody_else_signs(stage, waiting):
    with pytest.raises(ProcedureError, match="Only one of the two reviewers"):
        stage.desk.sign_off.prepare(waiting, stage.accounts["head"])
    to_sign = stage.desk.sign_off.prepare(waiting, stage.accounts["dsl"])
    with pytest.raises(ProcedureError, match="Only one of the two reviewers"):
        stage.desk.sign_off.sign(waiting, to_sign, stage.proves("head"))


def test_a_reviewer_who_becomes_the_subject_signs_nothing(stage, waiting):
    stage.sign_in("dsl")
    to_sign = stage.desk.sign_off.prepare(waiting, stage.accounts["dsl"])
    stage.desk.work.link_person(waiting, linked(stage, "deputy", PersonRole.SUBJECT, SubjectKind.STAFF))

    with pytest.raises(ProcedureError):
        stage.desk.sign_off.sign(waiting, to_sign, stage.proves("deputy"))
    assert not stage.desk.book.load(waiting).sign_off_state().is_valid


def test_signing_after_a_change_is_refused_until_the_form_is_made_again(stage, waiting):
    to_sign = stage.desk.sign_off.prepare(waiting, stage.accounts["dsl"])
    stage.desk.judgement.decide_action(waiting, action="a talk", who="DSL", by_when="Friday", reason="now")

    with pytest.raises(ProcedureError, match="has changed since this form was made"):
        stage.desk.sign_off.sign(waiting, to_sign, stage.proves("dsl"))
    sign(stage, waiting, "dsl")


def test_a_later_entry_of_substance_voids_the_signatures_and_follow_up_never_does(stage):
    stage.sign_in("dsl")
    strand = signed(stage)
    stage.desk.work.support(strand, SupportOffered(support="a weekly talk"))
    assert stage.desk.book.load(strand).sign_off_state().is_valid

    case = stage.desk.judgement.decide_action(strand, action="more", who="DSL", by_when="Friday", reason="new facts")

    state = case.sign_off_state()
    assert not state.is_valid
    assert state.words(case.last).endswith("unsigned")
    with pytest.raises(ProcedureError):
        stage.desk.sign_off.papers(case)
    for name in PAIR:
        sign(stage, strand, name)
    assert stage.desk.book.load(strand).sign_off_state().is_valid


def test_a_form_that_was_not_made_here_is_not_signed(stage, waiting):
    made = stage.desk.sign_off.prepare(waiting, stage.accounts["dsl"])
    other = ToSign(covers=made.covers, form=made.form + b"\n", text=made.text)

    with pytest.raises(ProcedureError, match="not the form that was made"):
        stage.desk.sign_off.sign(waiting, other, stage.proves("dsl"))


def test_signing_waits_for_judgement_and_stops_with_the_case(stage):
    stage.sign_in("dsl")
    strand = looking(stage)
    sighting(stage, strand)
    with pytest.raises(ProcedureError):
        stage.desk.sign_off.prepare(strand, stage.accounts["dsl"])
    stage.desk.halt.stop(strand, Grade.POLICE_FIRST)
    with pytest.raises(HaltedError):
        stage.desk.sign_off.prepare(strand, stage.accounts["dsl"])


def test_a_wrong_passphrase_signs_nothing(stage, waiting):
    before = stage.desk.book.load(waiting).last
    with pytest.raises(WrongPassphraseError):
        stage.desk.prove("demo", "not the passphrase at all")
    assert stage.desk.book.load(waiting).last == before


def test_a_disagreement_is_kept_with_its_reasons(stage, waiting):
    to_sign = stage.desk.sign_off.prepare(waiting, stage.accounts["dsl"])
    signer = stage.proves("dsl")
    with pytest.raises(InputError, match="why you disagree"):
        stage.desk.sign_off.sign(waiting, to_sign, signer, decision=Decision.DISAGREE)

    case = stage.desk.sign_off.sign(
        waiting, to_sign, signer, decision=Decision.DISAGREE, reasons="The second page shows it."
    )
    assert case.signatures[-1].reasons == "The second page shows it."
    sign(stage, waiting, "deputy")
    assert {kept.data.paper for kept in stage.desk.book.load(waiting).told(PaperKept)} == {
        "form", "form-final", "sign-off.txt", "reviewer-1.p7s", "reviewer-2.p7s",
    }  # fmt: skip


def test_each_judges_before_reading_the_others_words(stage):
    stage.sign_in("dsl")
    strand = looking(stage)
    sighting(stage, strand)
    for name in PAIR:
        stage.desk.review.finish(
            strand, stage.proves(name), access_withdrawn=True, device_locked_away=True, times_right=True
        )
    stage.desk.judgement.judge(strand, Judgement.SUBSTANCE, "it is there")

    assert stage.sign_in("deputy").judgement.visible(strand) == ()
    stage.desk.judgement.judge(strand, Judgement.NONE, "it is not")
    assert len(stage.desk.judgement.visible(strand)) == 2
    with pytest.raises(InputError, match="judge differently"):
        stage.desk.judgement.conclude(strand, "unclear")


class DoctoredFirst:
    """The real forms, in whose first signature something is not what it says."""

    def __init__(self, real, how):
        self.real, self.how = real, how

    def __getattr__(self, name):
        return getattr(self.real, name)

    def signed(self, form, place, signer, *, first):
        if self.how == "a form that is not certified":
            return self.real.signed(form, place, signer, first=False)
        done = self.real.signed(form, place, signer, first=first)
        if self.how == "a byte of the form":
            at = done.index(b"/Contents", len(form)) + 40
            done = done[:at] + (b"0" if done[at : at + 1] != b"0" else b"1") + done[at + 1 :]
        return done + b"\n" if self.how == "something after the signature" else done

    def detached(self, text, signer):
        if self.how == "a signature over another text":
            text += b"And: another line.\n"
        p7s = self.real.detached(text, signer)
        return p7s[:-1] + bytes([p7s[-1] ^ 1]) if self.how == "a byte of the signature" else p7s


@pytest.mark.parametrize(
    "how",
    [
        "a form that is not certified", "a byte of the form", "something after the signature",
        "a signature over another text", "a byte of the signature",
    ],
)  # fmt: skip
def test_nobody_signs_beside_a_first_signature_that_does_not_hold(stage, waiting, how):
    service = stage.desk.sign_off
    real = service._forms
    service._forms = DoctoredFirst(real, how)
    sign(stage, waiting, "dsl")
    service._forms = real
    case = stage.desk.book.load(waiting)

    with pytest.raises(ProcedureError, match="first reviewer’s signature does not hold"):
        service.prepare(waiting, stage.accounts["deputy"])
    with pytest.raises(ProcedureError, match="first reviewer’s signature does not hold"):
        service.sign(waiting, service._waiting(case), stage.proves("deputy"))

    assert stage.desk.book.load(waiting).last == case.last
    stage.desk.review.name_reviewer(waiting, stage.accounts["dsl"], place=1, reason="the signature does not hold")
    for name in PAIR:
        stage.desk.review.declare(waiting, stage.proves(name))
    for name in PAIR:
        sign(stage, waiting, name)
    assert stage.desk.book.load(waiting).sign_off_state().is_valid


def test_new_keys_between_two_signatures_ask_for_a_new_form(stage, waiting):
    sign(stage, waiting, "dsl")
    stage.sign_in("dsl")
    secret = stage.cast.secret("deputy")
    same = Secret(sign_in_name=secret.sign_in_name, passphrase=secret.passphrase)
    by, at = (stage.proves("dsl"), stage.proves("head")), stage.around.clock.now()
    replace_keys(stage.desk.desk, stage.accounts["deputy"], new=same, by=by, at=at)

    with pytest.raises(ProcedureError, match="new keys since the form was made"):
        stage.desk.sign_off.prepare(waiting, stage.accounts["deputy"])

    stage.desk.review.name_reviewer(waiting, stage.accounts["deputy"], place=2, reason="new keys")
    stage.desk.review.declare(waiting, stage.proves("deputy"))
    for name in PAIR:
        sign(stage, waiting, name)
    assert stage.desk.book.load(waiting).sign_off_state().is_valid


def test_no_paper_shows_a_judgement_to_whoever_has_still_to_judge_and_a_stop_prints_all(stage):
    stage.sign_in("dsl")
    strand = looking(stage)
    sighting(stage, strand)
    for name in PAIR:
        stage.desk.review.finish(
            strand, stage.proves(name), access_withdrawn=True, device_locked_away=True, times_right=True
        )
    stage.desk.judgement.judge(strand, Judgement.SUBSTANCE, "it is there")
    printing = stage.sign_in("deputy").printing
    for refused in (printing.print_form, printing.print_chronology):
        with pytest.raises(ProcedureError, match="would show it; print it once both have"):
            refused(strand)
    for always in (printing.print_officer_summary, printing.print_completeness):
        assert always(strand).pdf
    stage.desk.halt.stop(strand, Grade.POLICE_FIRST)
    for printed in (printing.print_form, printing.print_chronology):
        assert printed(strand).pdf


def test_every_print_is_noted_with_the_head_it_was_made_at(stage, waiting):
    printing: PrintingService = stage.desk.printing
    before = stage.desk.book.load(waiting)
    page = printing.print_form(waiting)
    printed = stage.desk.book.load(waiting).entries[-1].payload.data

    assert page.pdf.startswith(b"%PDF")
    assert printed.head == before.entries[-1].digest

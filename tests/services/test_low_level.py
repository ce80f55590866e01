"""The register of low-level concerns: a strand of its own for the Headteacher, without a trace to anybody else."""

import pytest

from dsl_desk.domain.case_entries import Halted, RouteChosen
from dsl_desk.domain.case_words import PersonRole
from dsl_desk.domain.desk_entries import ItemClosed
from dsl_desk.domain.errors import InputError, NotReadableError, ProcedureError, StoreError
from dsl_desk.domain.low_level import REGISTER
from dsl_desk.domain.words import Grade, Role, SubjectKind
from dsl_desk.services.low_level import ALLEGATION, NOBODY_KNOWN, low_level_kind
from tests.desks import let_in, signed_in

STAFF = "Sedge Alder"


def answers(about=STAFF, **more):
    return {
        "about": about, "post": "Teaching assistant", "happened": "not known", "shared_on": "2026-01-12",
        "sharer": "withheld", "details": "Was alone with a pupil behind a closed door.", "context": "After a club.",
        "why_low": "The door had a window and nobody was hurt.", **more,
    }  # fmt: skip


def ids(desk):
    return [kind.id for kind in desk.registers.kinds()]


def of_register(desk):
    return [strand for strand in desk.desk.restricting.readable() if desk.desk.case(strand).opened is None]


def test_it_stands_in_the_headteachers_list_alone_and_leaves_others_no_trace(stage):
    head = stage.sign_in("head")
    assert ids(head)[-1] == REGISTER
    item = head.registers.record(REGISTER, answers())
    (strand,) = of_register(head)
    assert head.desk.readers(strand) == (head.desk.me.account,)
    assert head.registers.list(REGISTER).lines[0].id == item
    assert head.desk.search("closed door") == ()
    rows = head.desk.unlocked.database.rows("SELECT count(*) FROM link_index WHERE strand = ?", (strand,))
    assert rows == [(0,)]

    let_in(stage, "senior", STAFF, Role.SENIOR)
    for name in ("dsl", "deputy", "chair"):
        other = stage.sign_in(name)
        assert REGISTER not in ids(other)
        assert of_register(other) == []
        assert other.desk.register(REGISTER) == ()
        with pytest.raises(ProcedureError):
            other.registers.list(REGISTER)
        with pytest.raises(ProcedureError):
            other.registers.record(REGISTER, answers())
        with pytest.raises(NotReadableError):
            other.desk.records(strand)
    senior = signed_in(stage, "senior")
    assert REGISTER not in ids(senior)
    assert senior.desk.search("closed door") == ()


def test_every_field_the_rules_ask_for_is_there_and_none_of_them_may_be_empty(stage):
    head = stage.sign_in("head")
    fields = {field.id: field for field in low_level_kind().fields}
    starred = {"about", "post", "happened", "shared_on", "sharer", "details", "context", "why_low", "action"}
    assert all(fields[name].missing for name in starred)
    for name in starred - {"action"}:
        with pytest.raises(InputError):
            head.registers.record(REGISTER, answers(**{name: " "}))
    with pytest.raises(InputError, match="who shared it"):
        head.registers.record(REGISTER, answers(sharer="named"))
    assert of_register(head) == []


def test_a_concern_about_the_headteacher_is_refused_here(stage):
    head = stage.sign_in("head")
    with pytest.raises(ProcedureError, match="Chair of Governors"):
        head.registers.record(REGISTER, answers(about=head.desk.me.name))


def test_others_about_the_same_name_are_shown_together(stage):
    head = stage.sign_in("head")
    first = head.registers.record(REGISTER, answers())
    assert head.registers.item(REGISTER, first).notices == ()
    head.registers.record(REGISTER, answers(about="Ms S. Alder"))
    head.registers.record(REGISTER, answers(about="Dag Finch"))
    (words,) = head.registers.item(REGISTER, first).notices
    assert words.startswith("Another concern stands here about this name.")


def test_what_is_done_is_recorded_then_it_closes_and_prints(stage):
    head = stage.sign_in("head")
    item = head.registers.record(REGISTER, answers())
    with pytest.raises(ProcedureError, match="First write what is done"):
        head.registers.close(REGISTER, item, "It is settled.")
    done = {"heard": "heard", "lado": "no", "action": "Spoken with.", "decided_on": "2026-01-13"}
    head.registers.follow(REGISTER, item, "decided", done)
    head.registers.follow(REGISTER, item, "pattern", {
        "looked_on": "2026-01-13", "pattern": "none", "pattern_words": "Nothing like it before.",
    })  # fmt: skip
    head.registers.close(REGISTER, item, "It is settled.")
    assert head.registers.item(REGISTER, item).acts == ()
    assert head.registers.print_item(REGISTER, item).pdf.startswith(b"%PDF")
    assert STAFF not in head.registers.table(REGISTER, names=False).decode("utf-8-sig")


def test_taken_up_it_becomes_a_case_on_the_staff_route_stopped_police_first(stage):
    account = let_in(stage, "senior", STAFF, Role.SENIOR)
    head = stage.sign_in("head")
    item = head.registers.record(REGISTER, answers())
    with pytest.raises(InputError):
        head.registers.act(REGISTER, item, ALLEGATION, " ")
    strand = head.registers.act(REGISTER, item, ALLEGATION, "Another pupil says the door was locked.")

    case = head.book.load(strand)
    assert case.grade is Grade.POLICE_FIRST
    assert case.latest(Halted).data.where == "Low-level concerns"
    assert case.latest(RouteChosen).data.route == "staff-misuse"
    assert case.subject_kinds == {SubjectKind.STAFF}
    assert case.people_who_are(PersonRole.SUBJECT) == {head.book.school().actor(account).person}
    seen = head.registers.item(REGISTER, item)
    assert case.ref in seen.item.closed_because
    with pytest.raises(ProcedureError, match="closed"):
        head.registers.act(REGISTER, item, ALLEGATION, "Again.")

    subject = signed_in(stage, "senior")
    with pytest.raises(NotReadableError):
        subject.book.load(strand)
    assert stage.sign_in("dsl").book.load(strand).grade is Grade.POLICE_FIRST


def test_nothing_else_is_done_with_a_line_and_other_registers_know_no_such_act(stage):
    head = stage.sign_in("head")
    item = head.registers.record(REGISTER, answers())
    for name, key in ((REGISTER, "else"), ("training", ALLEGATION)):
        with pytest.raises(ProcedureError):
            head.registers.act(name, item, key, "Why.")
    with pytest.raises(ProcedureError):
        head.registers.act("training", item, "", "Why.")


def test_somebody_the_desk_does_not_know_can_be_named_in_it_too(stage):
    head = stage.sign_in("head")
    item = head.registers.record(REGISTER, answers(about="Wanda Notlisted", sharer="named", shared_by="Dag Finch"))
    strand = head.registers.act(REGISTER, item, ALLEGATION, "A crime is possible.")
    assert head.book.load(strand).grade is Grade.POLICE_FIRST


def test_the_next_headteacher_receives_it_from_the_one_before_unless_it_is_about_them(stage):
    head = stage.sign_in("head")
    head.registers.record(REGISTER, answers())
    before = head.desk.me.account
    let_in(stage, "next", "Rowan Teal", Role.HEADTEACHER)
    let_in(stage, "about", STAFF, Role.HEADTEACHER)
    head = stage.sign_in("head")
    head.registers.list(REGISTER)
    assert len(head.desk.readers(of_register(head)[0])) == 1  # reading writes nothing
    head.registers.hand_on(REGISTER)
    (strand,) = of_register(head)
    assert set(head.desk.readers(strand)) == {before, stage.accounts["next"]}
    received = signed_in(stage, "next")
    assert len(received.registers.list(REGISTER).lines) == 1
    assert of_register(signed_in(stage, "about")) == []


def test_of_two_people_of_one_name_it_is_asked_which_one_it_is_about(stage):
    first = let_in(stage, "senior", STAFF, Role.SENIOR)
    second = let_in(stage, "osl", STAFF, Role.OSL)
    head = stage.sign_in("head")
    item = head.registers.record(REGISTER, answers())
    (act,) = head.registers.item(REGISTER, item).acts
    assert len(act.which) == 3
    assert "not known" in act.which[-1][1]
    for who in ("", "nobody of these"):
        with pytest.raises(InputError, match="Choose who it is about"):
            head.registers.act(REGISTER, item, ALLEGATION, "A pupil was hurt.", who=who)
    assert head.registers.item(REGISTER, item).item.closed is None
    person = head.book.school().actor(second).person
    assert str(person) in dict(act.which)
    strand = head.registers.act(REGISTER, item, ALLEGATION, "A pupil was hurt.", who=str(person))
    assert head.book.load(strand).people_who_are(PersonRole.SUBJECT) == {person}
    with pytest.raises(NotReadableError):
        signed_in(stage, "osl").book.load(strand)
    assert first != second


def test_a_short_name_that_could_be_somebodys_is_asked_about_and_can_be_somebody_else(stage):
    let_in(stage, "senior", STAFF, Role.SENIOR)
    head = stage.sign_in("head")
    item = head.registers.record(REGISTER, answers(about="Ms S. Alder"))
    which = head.registers.item(REGISTER, item).acts[0].which
    assert [words for _, words in which] == [f"{STAFF}, Invented", "Somebody else, who is not known to this desk"]
    strand = head.registers.act(REGISTER, item, ALLEGATION, "A pupil was hurt.", who=NOBODY_KNOWN)
    assert not head.book.load(strand).people_who_are(PersonRole.SUBJECT) & {
        head.book.school().actor(row.account).person for row in head.book.school().accounts
    }


def test_the_case_and_the_end_of_the_line_are_recorded_together_or_not_at_all(stage, monkeypatch):
    head = stage.sign_in("head")
    item = head.registers.record(REGISTER, answers())
    before = head.desk.head()
    append = head.desk.kept.append

    def dies(strand, data, **more):
        if isinstance(data, ItemClosed):
            raise StoreError("The disk is gone.")
        return append(strand, data, **more)

    with monkeypatch.context() as patched:
        patched.setattr(head.desk.kept, "append", dies)
        with pytest.raises(StoreError):
            head.registers.act(REGISTER, item, ALLEGATION, "A pupil was hurt.")
    assert head.desk.head() == before
    assert head.registers.item(REGISTER, item).item.closed is None
    strand = head.registers.act(REGISTER, item, ALLEGATION, "A pupil was hurt.")
    assert head.book.load(strand).ref in head.registers.item(REGISTER, item).item.closed_because

"""Who reads restricted records: near to being lost, a new key compared by its end, a case kept to a few."""

import pytest

from dsl_desk.app import opener, services
from dsl_desk.domain.errors import InputError, NotReadableError, ProcedureError
from dsl_desk.domain.words import Role
from dsl_desk.services.unlock import Typed
from dsl_desk.store import accounts
from dsl_desk.store.issuing import Secret
from tests.desks import let_in
from tests.services.test_linking import begun, linked

NEW = Secret(sign_in_name="head-anew", passphrase="quiet invented words for nobody else")


def proof(stage, key):
    secret = stage.cast.secret(key)
    return Typed(sign_in_name=secret.sign_in_name, passphrase=secret.passphrase)


def restricted(stage):
    """A case that only the DSL and the Headteacher read, from the DSL's desk."""
    desk = stage.sign_in("dsl")
    strand = begun(desk, linked())
    desk.readers.keep_to(strand, [stage.accounts["dsl"], stage.accounts["head"]], proof(stage, "dsl"))
    return strand


def new_keys_for_the_head(stage):
    desk = stage.sign_in("dsl").desk
    by = (stage.proves("dsl"), stage.proves("head"))
    accounts.replace_keys(desk, stage.accounts["head"], new=NEW, by=by, reason="Forgotten.", at=stage.desk.clock.now())


def as_the_head(stage):
    stage.lock()
    typed = Typed(sign_in_name=NEW.sign_in_name, passphrase=NEW.passphrase)
    stage.enter("head", services(opener(stage.desk_folder, stage.around).unlock(typed), stage.around.clock))
    return stage.desk


def test_a_case_kept_to_a_few_is_on_the_list_of_its_readers_and_of_nobody_else(stage):
    strand = restricted(stage)
    (record,) = stage.desk.readers.see().records
    assert record.is_case
    assert not record.one_loss_away
    assert len(record.readers) == 2
    assert stage.desk.readers.left() == ()
    desk = stage.sign_in("deputy")
    assert desk.readers.see().records == ()
    with pytest.raises(NotReadableError):
        desk.readers.one(strand)


def test_a_record_with_one_reader_is_one_loss_away_and_home_says_so(stage):
    desk = stage.sign_in("dsl")
    strand = begun(desk, linked())
    assert not desk.readers.one(strand).restricted
    desk.readers.keep_to(strand, [stage.accounts["dsl"]], proof(stage, "dsl"))
    assert desk.readers.one(strand).one_loss_away
    (left,) = desk.readers.left()
    assert left.words.startswith("One loss away from being lost for good: MI-")
    assert left in desk.home.look().left
    mine = {one.account: one.reads for one in desk.readers.may_read(strand)}
    assert mine[stage.accounts["dsl"]]
    assert not mine[stage.accounts["deputy"]]


def test_another_persons_passphrase_keeps_nothing(stage):
    desk = stage.sign_in("dsl")
    strand = begun(desk, linked())
    with pytest.raises(ProcedureError):
        desk.readers.keep_to(strand, [stage.accounts["dsl"]], proof(stage, "head"))
    assert not desk.readers.one(strand).restricted


def test_a_new_key_reads_restricted_records_once_its_end_was_told_and_typed(stage):
    strand = restricted(stage)
    new_keys_for_the_head(stage)
    head = as_the_head(stage)
    assert head.readers.see().records == ()
    told = "".join(head.readers.see().own.split())

    desk = stage.sign_in("dsl")
    (waiting,) = desk.readers.see().waiting
    assert (waiting.account, len(waiting.records)) == (stage.accounts["head"], 1)
    assert any("Compare the new key" in left.words for left in desk.home.look().left)
    with pytest.raises(InputError, match="not the characters of the new key"):
        desk.readers.compared(waiting.account, told[::-1])
    with pytest.raises(InputError):
        desk.readers.compared(waiting.account, "")
    assert desk.readers.see().waiting == (waiting,)
    with pytest.raises(ProcedureError, match="Somebody else compares your key"):
        desk.readers.compared(stage.accounts["dsl"], "nothing like it")
    assert desk.readers.compared(waiting.account, f" {told[:4].lower()} {told[4:]}") == 1
    assert desk.readers.see().waiting == ()
    assert as_the_head(stage).book.load(strand).ref


def test_several_sites_are_asked_for_their_dsls_until_somebody_said_who(stage):
    let_in(stage, "senior", "Sedge Alder", Role.SENIOR)
    desk = stage.sign_in("dsl")
    assert all(left.part != "sites" for left in desk.set_up.left())
    desk.set_up.settings({"site": "Acorn Lane; Beech Road"})
    assert [left.words for left in desk.home.look().left if left.part == "sites"] == [
        "2 sites: say who is DSL at each, or that one person is for all."
    ]
    desk.posts.keep(desk.posts.see(), proof(stage, "dsl"))
    assert all(left.part != "sites" for left in desk.set_up.left())

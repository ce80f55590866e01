"""Redacted copies: burned in, proved by reading again, new exhibits with a mark, in packs like any other."""

import hashlib
import io
import json

import pytest
from PIL import Image, PngImagePlugin

from dsl_desk import app
from dsl_desk.domain.case_entries import ExhibitAdded, ExhibitRedacted
from dsl_desk.domain.case_words import Intake
from dsl_desk.domain.errors import DamagedError, HaltedError, InputError, ProcedureError
from dsl_desk.domain.words import Grade, Mark, PackKind
from dsl_desk.services import preview_worker
from dsl_desk.services.handover import Handover
from dsl_desk.services.preview import Area, ChildPreviews
from dsl_desk.services.redaction import RedactionService
from dsl_desk.store.values import Source
from tests.services.scenes import begun, offered, picture

HALF = Area(left=0.25, top=0.5, right=0.75, bottom=1.0)
WHITE = (255, 255, 255)


def page(kind="PNG", mode="RGB", **saved):
    out = io.BytesIO()
    Image.new(mode, (101, 61), "white").save(out, kind, **saved)
    return out.getvalue()


def pixels(png):
    with Image.open(io.BytesIO(png)) as copy:
        return copy.convert("RGB"), dict(copy.info)


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("BMP", "RGB")]
)
def test_an_area_is_filled_solid_and_the_rest_stays_as_it_was(kind, mode):
    copy, info = pixels(ChildPreviews().redacted(page(kind, mode), [HALF]))

    assert copy.size == (101, 61)
    assert info == {}
    for x in range(101):
        for y in range(61):
            inside = 25 <= x < 76 and y >= 30
            assert copy.getpixel((x, y)) == ((0, 0, 0) if inside else WHITE)


def test_nothing_of_the_original_file_but_its_pixels_goes_into_the_copy():
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "Ottoline Markwell")
    copy = ChildPreviews().redacted(page(pnginfo=told, dpi=(72, 72)), [HALF])
    assert b"Markwell" not in copy
    assert b"pHYs" not in copy


@pytest.mark.parametrize(
    ("png", "told"),
    [(page(), "a pixel that is still there"), (page(dpi=(72, 72)), "words beside the pixels"), (page("BMP"), "no PNG")],
)
def test_a_copy_that_does_not_prove_it_is_refused(png, told):
    assert preview_worker.prove(png, [[0.25, 0.5, 0.75, 1.0]])[0] == preview_worker.DAMAGED, told


def test_a_copy_of_what_is_no_picture_is_refused():
    with pytest.raises(InputError, match="not a picture"):
        ChildPreviews().redacted(b"words", [HALF])


@pytest.mark.parametrize("edges", [(0.5, 0, 0.5, 1), (0, 0.9, 1, 0.1), (-0.1, 0, 1, 1), (0, 0, 1.1, 1)])
def test_an_area_must_lie_on_the_picture(edges):
    left, top, right, bottom = edges
    with pytest.raises(InputError, match="must lie on the picture"):
        Area(left=left, top=top, right=right, bottom=bottom)


@pytest.fixture
def case(stage):
    stage.sign_in("dsl")
    strand = begun(stage).strand
    stage.desk.exhibits.take_in(strand, offered(stage), [picture(stage), Source.from_bytes("words.txt", b"words")])
    return strand


def test_a_copy_is_a_new_exhibit_that_names_what_it_was_made_from_and_passes_in_a_pack(stage, case):
    made = stage.desk.redaction.redact(case, Mark("DP/1"), [HALF], "for the parents", description="Names covered")

    original, _, copy = made.exhibits
    assert (copy.mark, len(made.exhibits)) == ("DP/3", 3)
    assert isinstance(copy.data, ExhibitAdded)
    assert copy.data.intake is Intake.REDACTED
    assert (copy.data.parent, copy.data.parent_sha256) == ("DP/1", original.data.sha256)
    told = made.told(ExhibitRedacted)[-1].data
    assert (told.mark, told.parent, told.parent_sha256) == ("DP/3", "DP/1", original.data.sha256)
    assert (told.sha256, told.areas, told.reason) == (copy.data.sha256, 1, "for the parents")
    assert stage.desk.book.load(case) == made
    assert stage.desk.care.check(rebuild_index=True).is_good

    plan = Handover(kind=PackKind.AS_IT_STANDS, folder=stage.handover, medium="stick", recipient="police")
    pack = stage.desk.handover.make(case, plan, [stage.proves("dsl")]).pack
    assert app.verify(pack, stage.root_fingerprint).good
    folder = pack / "bag/data/exhibits/DP-3"
    record = json.loads((folder / "record.json").read_text(encoding="utf-8"))
    handed = (folder / "DP-3.png").read_bytes()
    assert record["sha256"] == hashlib.sha256(handed).hexdigest() == copy.data.sha256
    shown, _ = pixels(handed)
    wide, high = shown.size
    assert shown.crop((wide // 4, high // 2, wide * 3 // 4, high)).getextrema() == ((0, 0),) * 3


def test_a_copy_survives_that_the_case_is_kept_from_somebody(stage, case):
    stage.desk.redaction.redact(case, Mark("DP/1"), [HALF], "for the parents")
    stage.desk.keeping.restrict(case, [stage.accounts["dsl"], stage.accounts["deputy"]])
    assert stage.desk.exhibits.uncover(case, Mark("DP/3"), "to compare").png
    assert stage.desk.care.check().is_good


@pytest.mark.parametrize("grade", [Grade.POLICE_FIRST, Grade.STOP_IMAGES])
def test_no_copy_is_made_at_a_stop(stage, case, grade):
    stage.desk.halt.stop(case, grade)
    with pytest.raises(HaltedError):
        stage.desk.redaction.redact(case, Mark("DP/1"), [HALF], "for the parents")


def test_a_stop_while_the_copy_is_made_keeps_nothing_of_it(stage, case):
    class Stopping(ChildPreviews):
        def redacted(self, untrusted, areas):
            stage.desk.switch.stop(case, Grade.POLICE_FIRST)
            return super().redacted(untrusted, areas)

    with pytest.raises(HaltedError):
        RedactionService(stage.desk.book, Stopping()).redact(case, Mark("DP/1"), [HALF], "for the parents")
    assert len(stage.desk.book.load(case).exhibits) == 2
    assert stage.desk.desk.check(lambda _done, _total: None).findings == ()


def test_a_copy_asks_for_areas_a_reason_a_picture_and_a_mark_there_is(stage, case):
    redact = stage.desk.redaction.redact
    with pytest.raises(InputError, match="Mark what is to be covered"):
        redact(case, Mark("DP/1"), [], "why")
    with pytest.raises(InputError, match="why parts of it are covered"):
        redact(case, Mark("DP/1"), [HALF], "  ")
    with pytest.raises(InputError, match="not a picture"):
        redact(case, Mark("DP/2"), [HALF], "why")
    with pytest.raises(InputError, match="no exhibit with that mark"):
        redact(case, Mark("DP/9"), [HALF], "why")
    assert len(stage.desk.book.load(case).exhibits) == 2


def test_a_copy_of_an_original_that_is_no_longer_the_same_is_refused(stage, case, monkeypatch):
    monkeypatch.setattr(type(stage.desk.desk), "content_bytes", lambda *_: page())
    with pytest.raises(DamagedError):
        stage.desk.redaction.redact(case, Mark("DP/1"), [HALF], "why")


def test_a_redacted_copy_does_not_come_in_by_the_way_of_other_material(stage, case):
    with pytest.raises(ProcedureError, match="does not come in"):
        stage.desk.exhibits.take_in(case, offered(stage, Intake.REDACTED), [picture(stage)])

"""Pictures are drawn in a child with limits; whatever cannot be shown says so plainly."""

import io
import subprocess
import sys

import pytest
from PIL import Image

from dsl_desk.domain.errors import InputError
from dsl_desk.services import preview
from dsl_desk.services.preview import ChildPreviews, worker_command


def picture(width, height, kind="PNG", mode="RGB"):
    out = io.BytesIO()
    Image.new(mode, (width, height), 0).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"])
def test_a_picture_is_drawn_small_and_its_bytes_are_not_touched(kind):
    original = picture(3000, 40, kind)
    kept = bytes(original)

    drawn = ChildPreviews().draw(original)

    assert kept == original
    assert Image.open(io.BytesIO(drawn.png)).size == (1600, 21)


def test_a_picture_that_is_no_picture_says_so():
    with pytest.raises(InputError, match="not a picture that the desk opens"):
        ChildPreviews().draw(b"<html>made up</html>")


def test_a_picture_of_100_megapixels_is_not_decoded():
    with pytest.raises(InputError, match="more than 50 million pixels"):
        ChildPreviews().draw(picture(10_000, 10_000, mode="1"))


def test_a_picture_beyond_every_limit_is_not_decoded():
    with pytest.raises(InputError, match="more than 50 million pixels"):
        ChildPreviews().draw(picture(20_000, 20_000, mode="1"))


def test_a_cut_picture_is_kept_and_not_drawn():
    with pytest.raises(InputError, match="could not be drawn"):
        ChildPreviews().draw(picture(300, 300)[:-60])


def test_a_kind_that_can_hold_programs_is_not_opened():
    out = io.BytesIO()
    Image.new("RGB", (9, 9)).save(out, "EPS")
    with pytest.raises(InputError, match="not a picture"):
        ChildPreviews().draw(out.getvalue())


def test_a_picture_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(preview, "worker_command", lambda: [sys.executable, "-I", "-c", "import time; time.sleep(60)"])
    with pytest.raises(InputError, match="could not be drawn"):
        ChildPreviews(seconds=1).draw(b"x")


def test_a_file_too_large_to_show_never_reaches_the_child(monkeypatch):
    monkeypatch.setattr(preview, "worker_command", lambda: pytest.fail("the child was started"))
    with pytest.raises(InputError, match="too large"):
        ChildPreviews().draw(bytes(preview.LARGEST_BYTES + 1))


@pytest.mark.skipif(sys.platform == "win32", reason="limits are those of a job object there")
def test_the_child_cannot_take_all_memory():
    code = (
        "import runpy,sys; m=runpy.run_path(sys.argv[1]); m['limit']()\n"
        "try: bytearray(2<<30)\nexcept MemoryError: sys.exit(7)"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code, worker_command()[-1]], check=False, env={})
    assert done.returncode == 7

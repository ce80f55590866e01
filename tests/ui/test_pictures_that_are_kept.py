"""Pictures are packed tightly, and read back point by point."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageChops

from tests.ui.screens.camera import fewer, packed


@pytest.mark.parametrize("size", [(7, 5), (8, 5), (1, 1)])
def test_a_picture_reads_back_as_it_was_taken(size):
    taken = Image.new("RGB", size, "#FFFFFF")
    for at in range(size[0] * size[1]):
        taken.putpixel((at % size[0], at // size[0]), (at * 7 % 256, at * 13 % 256, 90))
    painted = fewer(taken, 16)
    read = Image.open(io.BytesIO(packed(painted)))
    assert read.size == size
    assert ImageChops.difference(read.convert("RGB"), painted.convert("RGB")).getbbox() is None


def test_a_picture_of_few_colours_loses_none():
    taken = Image.new("RGB", (40, 9), "#A3121B")
    taken.paste("#E5EDF6", (3, 2, 30, 7))
    read = Image.open(io.BytesIO(packed(fewer(taken, 16)))).convert("RGB")
    assert ImageChops.difference(read, taken).getbbox() is None

from __future__ import annotations

import numpy as np
import pytest

from baoguan.model import Box, Char, Direction, Line
from baoguan.ocr.ink import find_rules
from baoguan.ocr.pictures import find_pictures
from baoguan.ocr.sheet import Sheet

TONED = Box(200, 200, 500, 520)


def column(left: int, top: int, count: int, confidence: float) -> Line:
    chars = tuple(
        Char("字", Box(left, top + 20 * i, left + 20, top + 20 * i + 20), confidence)
        for i in range(count)
    )
    return Line(Box.around(char.box for char in chars), Direction.VERTICAL_RL, chars)


def sheet(*lines: Line) -> Sheet:
    """A toned field on white paper, beside a column of text."""
    pixels = np.full((800, 800), 240, np.uint8)
    pixels[TONED.top : TONED.bottom, TONED.left : TONED.right] = 110
    beside = column(700, 100, 20, 0.95)
    for char in beside.chars:
        pixels[char.box.top + 4 : char.box.bottom - 4, char.box.left + 4 : char.box.right - 4] = 20
    found = Sheet(pixels=pixels, lines=(beside, *lines), glyph=20.0)
    return find_rules(found)


def test_a_toned_field_is_a_picture() -> None:
    (picture,) = find_pictures(sheet())
    assert picture.overlap(TONED) > 0.9 * picture.area


@pytest.mark.parametrize(("confidence", "pictures"), [(0.7, 0), (0.4, 1)])
def test_a_toned_field_full_of_text_that_can_be_read_is_none(
    confidence: float, pictures: int
) -> None:
    small = [column(210 + 45 * i, 210, 15, confidence) for i in range(6)]
    assert len(find_pictures(sheet(*small))) == pictures


def test_on_a_scan_without_text_only_what_stands_out_is_a_picture() -> None:
    grain = np.random.default_rng(0).integers(0, 255, (700, 500)).astype(np.uint8)
    assert find_pictures(find_rules(Sheet(pixels=grain, glyph=8.0))) == []

from __future__ import annotations

import numpy as np
import pytest

from baoguan.ocr.beside import columns_beside, is_column_beside
from baoguan.ocr.engines.rapidocr import RapidOcr
from baoguan.ocr.light import ink_of
from baoguan.ocr.lines import Strip
from baoguan.ocr.recognise import Glyph, Reading
from baoguan.ocr.second_look import Read
from baoguan.ocr.sheet import Affine, Floats, Sheet
from tests.scans import columns_at

SIDE, PITCH = 24, 27
TEXT = "江城早報記者昨日在"
BODY = 24.0
CHANCE = np.full((70, 40), 0.1, np.float32)


def page(*columns: tuple[int, int, int], side: int = SIDE, pitch: int = PITCH) -> np.ndarray:
    """Columns of black squares: x, the place of the first, and how many."""
    pixels = np.full((700, 400), 255, np.uint8)
    for left, top, count in columns:
        for y in range(top, top + pitch * count, pitch):
            pixels[y : y + side, left : left + side] = 30
            pixels[y + side // 4 : y + side // 2, left + side // 4 : left + 3 * side // 4] = 255
    return pixels


def line(left: int, top: int, count: int, sure: float = 0.9, side: int = PITCH) -> Read:
    """What was read of a column: so many of its squares."""
    length = side * count
    to_sheet = Affine(0.0, -1.0, left + side - 2, 1.0, 0.0, top)
    strip = Strip(np.full((side, length), 255, np.uint8), to_sheet, down=True)
    glyphs = (Glyph(TEXT[i % 9], (i + 0.4) / count, sure) for i in range(count))
    return strip, Reading(tuple(glyphs))


def found(pixels: np.ndarray, *lines: Read, of: int = 0) -> list[tuple[int, int, int]]:
    """What may be columns beside one of these lines: x in columns from it, and, in squares from
    y = 50, the first and the last."""
    strips = columns_beside(pixels, ink_of(pixels), CHANCE, lines, {of})
    boxes = (strip.box(0, strip.length, 400, 700) for strip in strips)
    return sorted(
        (
            round((box.centre[0] - 112) / PITCH),
            round((box.top - 50) / PITCH),
            round((box.bottom - 50) / PITCH),
        )
        for box in boxes
    )


def test_ink_beside_a_column_at_its_own_distance_may_be_columns() -> None:
    pixels = page((100 - PITCH, 50, 9), (100, 50, 9), (100 + PITCH, 50, 9))
    assert found(pixels, line(100, 50, 9)) == [(-1, 0, 9), (1, 0, 9)]


def test_ink_without_any_chance_of_text_is_left_alone() -> None:
    pixels = page((100, 50, 9), (100 + PITCH, 50, 9))
    nowhere = np.zeros_like(CHANCE)
    assert columns_beside(pixels, ink_of(pixels), nowhere, [line(100, 50, 9)], {0}) == []


def test_a_column_that_is_shorter_is_cut_where_its_ink_is() -> None:
    pixels = page((100, 50, 12), (100 + PITCH, 50 + 3 * PITCH, 5))
    ((place, first, last),) = found(pixels, line(100, 50, 12))
    assert (place, abs(first - 3) <= 1, abs(last - 8) <= 1) == (1, True, True)


def test_what_a_line_read_well_holds_is_left_alone_and_what_one_read_badly_holds_is_not() -> None:
    pixels = page((100, 50, 9), (100 + PITCH, 50, 9))
    well, badly = (line(100 + PITCH, 50, 9, sure) for sure in (0.9, 0.6))
    assert found(pixels, line(100, 50, 9), well) == []
    assert found(pixels, line(100, 50, 9), badly) == [(1, 0, 9)]


def test_white_paper_white_type_pages_of_rows_and_lines_read_badly_offer_nothing() -> None:
    alone = page((100, 50, 9))
    assert found(alone, line(100, 50, 9)) == []
    both = page((100, 50, 9), (100 + PITCH, 50, 9))
    assert found(both, line(100, 50, 9, sure=0.5)) == []
    white = 255 - page((106, 56, 9), (106 + PITCH, 56, 9), side=12)
    assert found(white, line(100, 50, 9)) == []
    strip, reading = line(100, 50, 9)
    assert found(both, (Strip(strip.pixels, strip.to_sheet, down=False), reading)) == []
    assert found(page((100, 50, 9), (140, 50, 2)), line(100, 50, 9)) == []


@pytest.mark.parametrize(
    ("side", "sure", "stands"), [(24, 0.7, True), (48, 0.7, False), (48, 0.9, True)]
)
def test_larger_type_has_to_read_more_surely(side: int, sure: float, stands: bool) -> None:
    assert is_column_beside(line(100, 50, 5, sure, side), BODY) is stands


def test_an_ornament_is_no_column() -> None:
    strip, _ = line(100, 50, 6)
    same = Reading(tuple(Glyph("了", i / 6, 0.9) for i in range(6)))
    assert not is_column_beside((strip, same), BODY)


def test_columns_that_the_detector_leaves_out_of_a_block_are_read() -> None:
    class Gaps(RapidOcr):
        """Finds every third column."""

        def find(self, sheet: Sheet) -> tuple[list[Strip], Floats]:
            strips, chance = super().find(sheet)
            across = sorted(strips, key=lambda strip: strip.to_sheet.point(0, 0)[0])
            return across[1::3], chance

    said = [
        "江城早報記者昨日在南京路",
        "上海各報今日起增出一大張",
        "市政府昨日開會討論修路事",
        "本埠米價連日上漲民食堪憂",
        "電車公司工人要求增加工資",
        "省立中學定於下月十日開課",
    ]
    solid = columns_at(*((text, 340 - 40 * i, 50, 32) for i, text in enumerate(said)), pitch=1.125)
    pixels = np.asarray(solid)
    lines = Gaps("fast").read_lines(Sheet(pixels=pixels, lies=0)).lines
    assert sorted(each.text for each in lines) == sorted(said)

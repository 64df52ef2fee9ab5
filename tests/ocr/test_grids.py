from __future__ import annotations

import numpy as np
import pytest

from baoguan.ocr.engines.rapidocr import RapidOcr
from baoguan.ocr.grids import are_columns, grids_in
from baoguan.ocr.language import chinese
from baoguan.ocr.lines import Strip, warped
from baoguan.ocr.second_look import Read
from baoguan.ocr.sheet import Affine, Floats, Sheet
from tests.ocr.test_second_look import reading
from tests.scans import columns_at

SIDE = 30
PAPER = np.full((700, 700), 255, np.uint8)


def row(text: str, top: int, left: int = 100, step: int = 36, side: int = SIDE) -> Read:
    """As it is read, from left to right."""
    strip = Strip(np.full((side, step * len(text)), 255, np.uint8), Affine(c=left, f=top), False)
    return strip, reading(text, 0.9)


def column(text: str, left: int) -> Read:
    to_sheet = Affine(0.0, -1.0, left + SIDE, 1.0, 0.0, 50)
    return Strip(np.full((SIDE, 36 * len(text)), 255, np.uint8), to_sheet, True), reading(text, 0.9)


BODY = [column("江城早報記者昨日在南京路", 400), column("上海各報今日起增出一大張", 440)]


def found(*rows: Read) -> list[tuple[int, ...]]:
    return [grid.rows for grid in grids_in(PAPER, [*BODY, *rows], chinese())]


def test_rows_under_each_other_as_near_as_their_characters_are_columns() -> None:
    (grid,) = grids_in(PAPER, [*BODY, row("還包", 100), row("洋退", 136)], chinese())
    assert grid.rows == (2, 3)
    right, left = (strip.box(0, strip.length, 700, 700) for strip in grid.columns)
    assert right.left <= 154 <= right.right
    assert left.left <= 118 <= left.right
    assert right.overlap(left) <= 2 * right.height
    assert right.top <= 106
    assert right.bottom >= 160


@pytest.mark.parametrize(
    "second",
    [
        row("洋退", 160),
        row("洋退", 250),
        row("洋退", 136, left=120),
        row("洋退貨", 136),
        row("洋退", 136, side=50),
    ],
    ids=["further apart than across", "far", "aside", "longer", "larger"],
)
def test_rows_that_do_not_stand_under_each_other_are_rows(second: Read) -> None:
    assert found(row("還包", 100), second) == []


def test_what_the_language_says_are_rows_are_rows() -> None:
    assert found(row("國民華中", 100), row("市海上京", 136)) == []


def test_a_page_of_rows_has_no_columns_in_rows() -> None:
    assert grids_in(PAPER, [row("還包", 100), row("洋退", 136)], chinese()) == []


def test_columns_stand_where_they_read_about_as_well() -> None:
    rows = reading("還包", 0.9), reading("洋退", 0.9)
    assert are_columns(rows, [reading("包退", 0.9), reading("還洋", 0.8)])
    assert not are_columns(rows, [reading("包退", 0.5), reading("還洋", 0.5)])
    assert not are_columns(rows, [reading("包退", 0.9), reading("還", 0.9)])


def test_columns_that_the_detector_takes_for_rows_are_read_whole() -> None:
    class Rows(RapidOcr):
        """Finds rows at the head of the columns on the left."""

        def find(self, sheet: Sheet) -> tuple[list[Strip], Floats]:
            strips, chance = super().find(sheet)
            body = [strip for strip in strips if strip.to_sheet.point(0, 0)[0] > 260]
            places = [Affine(c=70, f=top) for top in (36, 72)]
            rows = [Strip(warped(sheet.pixels, at, 120, 38), at, False) for at in places]
            return [*body, *rows], chance

    said = [
        ("江城早報記者昨日在南京路", 340, 30, 30),
        ("上海各報今日起增出一大張", 300, 30, 30),
        ("婦女旗袍大衣", 150, 30, 30),
        ("出租男女禮服", 114, 30, 30),
        ("電話招呼卽到", 78, 30, 30),
    ]
    image = columns_at(*said, pitch=1.2)
    lines = Rows("fast").read_lines(Sheet(pixels=np.asarray(image), lies=0)).lines
    assert {text for text, *_ in said} <= {line.text for line in lines}

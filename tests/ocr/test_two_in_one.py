from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from baoguan.ocr.engines.rapidocr import RapidOcr
from baoguan.ocr.light import ink_of
from baoguan.ocr.lines import Strip, warped
from baoguan.ocr.recognise import Slot
from baoguan.ocr.second_look import Read
from baoguan.ocr.sheet import Affine, Floats, Sheet
from baoguan.ocr.two_in_one import Pair, left_of, pairs_in, read_better
from tests.ocr.test_second_look import reading
from tests.scans import columns_at

TEXT = "江城早報記者昨日在"
LENGTH = 400


def page(*squares: tuple[int, int, int]) -> np.ndarray:
    """Black squares: x, y, side."""
    pixels = np.full((600, 300), 255, np.uint8)
    for left, top, side in squares:
        pixels[top : top + side, left : left + side] = 30
    return pixels


def line(pixels: np.ndarray, left: int, side: int, sure: float = 0.9, down: bool = True) -> Read:
    to_sheet = Affine(0.0, -1.0, left + side, 1.0, 0.0, 50)
    strip = Strip(warped(pixels, to_sheet, LENGTH, side), to_sheet, down)
    return strip, reading(TEXT, sure)


def twos(top: int, count: int) -> list[tuple[int, int, int]]:
    """Rows of two squares of 24 pixels, 52 pixels together."""
    return [(100 + 28 * (i % 2), top + 26 * (i // 2), 24) for i in range(2 * count)]


def body(pixels: np.ndarray) -> list[Read]:
    return [line(pixels, 200 + 28 * i, 24) for i in range(3)]


def great(text: str) -> Image.Image:
    """A column of type of 52 pixels."""
    return columns_at((text, 100, 40, 52), size=(300, 600))


def test_a_strip_is_two_columns_where_its_middle_is_empty() -> None:
    pixels = page(*twos(50, 15))
    pair, *_ = pairs_in(pixels, ink_of(pixels), [line(pixels, 100, 52), *body(pixels)])
    assert (pair.line, pair.first, pair.last) == (0, 0, LENGTH)
    right, left = (strip.box(0, strip.length, 300, 600) for strip in pair.columns)
    assert abs(right.centre[0] - 140) < 4
    assert abs(left.centre[0] - 112) < 4


def test_behind_great_type_only_the_stretch_of_small_type_is_two_columns() -> None:
    pixels = np.minimum(page(*twos(224, 8)), np.asarray(great("中華書")))
    (pair,) = pairs_in(pixels, ink_of(pixels), [line(pixels, 100, 52), *body(pixels)])
    assert 195 <= pair.first + 50 <= 224
    assert pair.last == LENGTH


def test_great_type_and_body_columns_are_not_parted() -> None:
    pixels = np.asarray(great("中華書局事東"))
    assert pairs_in(pixels, ink_of(pixels), [line(pixels, 100, 52), *body(pixels)]) == []
    pixels = page(*twos(50, 15))
    assert pairs_in(pixels, ink_of(pixels), [line(pixels, 100, 52)]) == []


def test_what_is_read_surely_is_not_parted() -> None:
    pixels = page(*twos(50, 15))
    assert pairs_in(pixels, ink_of(pixels), [line(pixels, 100, 52, 0.99), *body(pixels)]) == []


def test_two_columns_have_to_read_better_than_one() -> None:
    pixels = page(*twos(50, 15))
    strip, _ = line(pixels, 100, 52)
    pair = Pair(0, 0, LENGTH, (strip, strip))
    well, badly, stroke = reading("江城早報", 0.9), reading("江城", 0.5), reading("一二", 0.9)
    assert read_better((strip, badly), pair, (well, well))
    assert not read_better((strip, reading(TEXT, 0.9)), pair, (well, well))
    assert not read_better((strip, badly), pair, (well, reading("江", 0.9)))
    assert not read_better((strip, badly), pair, (stroke, stroke))


@given(st.lists(st.floats(0.01, 0.99), max_size=12), st.sets(st.integers(0, LENGTH), max_size=6))
def test_what_is_not_parted_stays_where_it_is(places: list[float], ends: set[int]) -> None:
    pixels = page(*twos(50, 15))
    strip, _ = line(pixels, 100, 52)
    bounds = sorted(ends)
    pairs = [
        Pair(0, first, last, (strip, strip))
        for first, last in zip(bounds[::2], bounds[1::2], strict=False)
    ]
    slots = [Slot(place, {"報": 0.9}) for place in sorted(places)]
    kept = {
        round(part.to_sheet.point(slot.place * part.length, 0)[1], 3)
        for part, slots in left_of(pixels, strip, slots, pairs)
        for slot in slots
    }
    own = {
        round(strip.to_sheet.point(place * LENGTH, 0)[1], 3)
        for place in places
        if not any(pair.first <= place * LENGTH <= pair.last for pair in pairs)
    }
    assert own <= kept


class Wide(RapidOcr):
    """Takes all that is left of the body for one column."""

    def find(self, sheet: Sheet) -> tuple[list[Strip], Floats]:
        strips, chance = super().find(sheet)
        body = [strip for strip in strips if strip.to_sheet.point(0, 0)[0] > 260]
        wide = Affine(0.0, -1.0, 225, 1.0, 0.0, 30)
        return [*body, Strip(warped(sheet.pixels, wide, 480, 75), wide, down=True)], chance


def read(*said: tuple[str, int, int, int]) -> set[str]:
    body = ("江城早報記者昨日在南京路", 340, 40, 30), ("上海各報今日起增出一大張", 300, 40, 30)
    sheet = Sheet(pixels=np.asarray(columns_at(*body, *said)), lies=0)
    return {each.text for each in Wide("fast").read_lines(sheet).lines}


def test_phrases_abreast_behind_great_type_are_read_one_after_the_other() -> None:
    said = ("中華書局", 150, 40, 68), ("大小筵席", 186, 335, 32), ("隨意小酌", 150, 335, 32)
    assert {"中華書局", "大小筵席", "隨意小酌"} <= read(*said)


def test_two_columns_that_the_detector_takes_for_one_are_read_apart() -> None:
    said = "市政府昨日開會討論修路事", "本埠米價連日上漲民食堪憂"
    assert set(said) <= read((said[0], 188, 40, 30), (said[1], 154, 40, 30))


def test_great_type_stays_one_column() -> None:
    assert "開門行川非小" in read(("開門行川非小", 152, 40, 66))


@given(st.integers(1, 60), st.integers(1, 120), st.integers(0, 9))
def test_strips_of_any_size_are_looked_at(thick: int, length: int, seed: int) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, (300, 300), np.uint8)
    to_sheet = Affine(0.0, -1.0, 100 + thick, 1.0, 0.0, 50)
    strip = Strip(warped(pixels, to_sheet, length, thick), to_sheet, down=True)
    for pair in pairs_in(pixels, pixels < 128, [(strip, reading("", 0.9))]):
        assert 0 <= pair.first < pair.last <= length

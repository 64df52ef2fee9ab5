from __future__ import annotations

from dataclasses import replace

import numpy as np

from baoguan.ocr.ink import find_rules
from baoguan.ocr.registers import cut_at_bands
from baoguan.ocr.sheet import Sheet
from tests.ocr.test_layout import PITCH, SIDE, column

UPPER, LOWER = "天地玄黃宇宙洪荒", "日月盈昃辰宿列張"


def touching_registers() -> Sheet:
    lines = []
    for n in range(8):
        right, foot = 500 - n * PITCH, 100 + len(UPPER) * SIDE
        both = [column(UPPER, right, 100), column(LOWER, right, foot)]
        lines += [column(UPPER + LOWER, right, 100)] if n == 3 else both
    ink = np.ones((800, 600), np.bool_)
    pixels = np.full((800, 600), 255, np.uint8)
    return Sheet(pixels=pixels, lines=tuple(lines), glyph=float(SIDE), ink=ink)


def test_a_column_through_registers_that_touch_is_cut_where_those_beside_end() -> None:
    cut = cut_at_bands(touching_registers(), PITCH)
    assert sorted(line.text for line in cut) == sorted([UPPER, LOWER] * 8)


def test_print_beside_the_kernel_of_a_column_that_was_not_read_is_no_rule() -> None:
    pixels = np.full((600, 400), 255, np.uint8)
    pixels[100:250, 188:191] = pixels[100:250, 209:212] = 0
    for n in range(1, 5):
        pixels[96 + n * 30 : 102 + n * 30] = 255  # between characters
    sheet = Sheet(pixels=pixels, glyph=float(SIDE))
    chance = np.zeros((600, 400), np.float32)
    chance[100:250, 194:206] = 1.0
    assert find_rules(sheet).rules.down
    assert not find_rules(replace(sheet, chance=chance)).rules.down

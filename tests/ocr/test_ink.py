from __future__ import annotations

from dataclasses import replace

import numpy as np

from baoguan.model import Box, Char, Direction, Line
from baoguan.ocr.ink import find_rules
from baoguan.ocr.sheet import Sheet

SIDE = 32
LONG = 20  # characters


def column(left: int, right: int) -> Line:
    chars = tuple(
        Char("國", Box(left, 40 + n * SIDE, right, 40 + (n + 1) * SIDE), 0.9) for n in range(LONG)
    )
    return Line(Box(left, 40, right, 40 + LONG * SIDE), Direction.VERTICAL_RL, chars)


def printed(pixels: np.ndarray, left: int, right: int, white: int = 6) -> None:
    """Characters with upright strokes at their sides, pixels of white between them."""
    for n in range(LONG):
        top, foot = 40 + n * SIDE, 40 + (n + 1) * SIDE - white
        pixels[top:foot, left : left + 4] = pixels[top:foot, right - 4 : right] = 0
        pixels[top : top + 4, left:right] = 0


def sheet_of(pixels: np.ndarray, *lines: Line) -> Sheet:
    return Sheet(pixels=pixels, lines=lines, glyph=float(SIDE))


def test_sides_of_characters_outside_a_line_that_is_detected_thin_are_no_rule() -> None:
    pixels = np.full((720, 200), 255, np.uint8)
    printed(pixels, 60, 92)
    printed(pixels, 120, 152)
    sheet = sheet_of(pixels, column(62, 90), column(122, 152))
    assert not find_rules(sheet).rules.down


def test_a_rule_that_print_touches_on_both_sides_is_found_under_the_lines_boxes() -> None:
    pixels = np.full((720, 200), 255, np.uint8)
    printed(pixels, 60, 92)
    printed(pixels, 95, 127)
    pixels[36:690, 92:95] = 0
    sheet = sheet_of(pixels, column(56, 100), column(88, 131))
    (rule,) = find_rules(sheet).rules.down
    assert rule.left <= 92
    assert rule.right >= 95
    assert rule.height > 0.9 * LONG * SIDE


def test_sides_of_characters_set_close_are_no_rule_and_what_is_inked_from_end_to_end_is() -> None:
    pixels = np.full((720, 200), 255, np.uint8)
    printed(pixels, 60, 92, white=3)
    sheet = sheet_of(pixels, column(56, 96))
    assert not find_rules(sheet).rules.down
    pixels[40:677, 90:93] = 0
    (rule,) = find_rules(sheet).rules.down
    assert rule.left <= 91 < rule.right
    assert rule.height > 0.9 * LONG * SIDE


def test_a_rule_of_which_text_is_seen_over_a_part_is_found_whole() -> None:
    pixels = np.full((720, 200), 255, np.uint8)
    pixels[40:690, 100:104] = 0
    chance = np.zeros((720, 200), np.float32)
    chance[40:400, 96:108] = 0.5
    (rule,) = find_rules(replace(sheet_of(pixels), chance=chance)).rules.down
    assert rule.height > 600


def test_a_rule_beside_a_bar_is_a_rule_where_both_are_no_thicker_than_a_character() -> None:
    pixels = np.full((200, 720), 255, np.uint8)
    pixels[90:94, 40:690] = pixels[100:114, 40:690] = 0
    (rule,) = find_rules(sheet_of(pixels)).rules.across
    assert rule.width > 600

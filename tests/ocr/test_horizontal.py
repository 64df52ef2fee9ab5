from __future__ import annotations

import numpy as np

from baoguan.model import Box, Char, Direction, Line
from baoguan.ocr.horizontal import lay_out_horizontal
from baoguan.ocr.ink import find_rules
from baoguan.ocr.sheet import Sheet

SIDE, LEADING = 20, 28  # pixels
LEFT, RIGHT = 60, 330  # where two columns of twelve characters begin, a gutter of 30 between


def row(text: str, left: int, number: int) -> Line:
    """A row of Latin letters of SIDE; spaces take as much and have no character."""
    top = 100 + number * LEADING
    chars = tuple(
        Char(letter, Box(left + i * SIDE, top, left + (i + 1) * SIDE, top + SIDE), 0.9)
        for i, letter in enumerate(text)
        if letter != " "
    )
    return Line(Box.around(c.box for c in chars), Direction.HORIZONTAL_LTR, chars)


def read(lines: list[Line]) -> list[str]:
    """The rows of all blocks."""
    pixels = np.full((700, 640), 250, np.uint8)
    for line in lines:
        for char in line.chars:
            box = char.box
            pixels[box.top + 2 : box.bottom - 2, box.left + 2 : box.right - 2] = 20
    sheet = find_rules(Sheet(pixels=pixels, lines=tuple(lines), glyph=float(SIDE)))
    groups = lay_out_horizontal(sheet).groups
    return [line.text for group in groups for block in group.blocks for line in block.lines]


def test_a_row_found_through_two_columns_is_cut_and_one_found_in_pieces_joined() -> None:
    texts = [("abcdefghijkl", "mnopqrstuvwx")] * 12
    first = [row(text, LEFT, i) for i, (text, _) in enumerate(texts)]
    second = [row(text, RIGHT, i) for i, (_, text) in enumerate(texts)]
    first[5] = row("abcdef", LEFT, 5)
    rest = row("ijkl", LEFT + 8 * SIDE, 5)
    whole = Line(
        Box.around((first[7].box, second[7].box)),
        first[7].direction,
        first[7].chars + second[7].chars,
    )
    single = row("m", RIGHT, 9)
    tail = Line(
        Box.around((first[9].box, single.box)), first[9].direction, first[9].chars + single.chars
    )
    lines = [x for i, x in enumerate(first) if i not in (7, 9)]
    lines += [x for i, x in enumerate(second) if i not in (7, 9)]
    found = read([*lines, rest, whole, tail])
    columns = ["abcdefghijkl"] * 11 + ["abcdefijkl"], ["mnopqrstuvwx"] * 11 + ["m"]
    assert sorted(found) == sorted(columns[0] + columns[1])

"""Which way a page runs, by weighing its lines, and then each line on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from baoguan.model import Direction, Line
from baoguan.ocr.rows import is_ornament, join_rows, sort_out, with_row_ends
from baoguan.ocr.sheet import Rules, Sheet


def page_direction(lines: Iterable[Line], wanted: str = "auto") -> Direction:
    """`wanted`, or the direction of most characters; HORIZONTAL_RTL only where wanted."""
    if wanted != "auto":
        return Direction(wanted)
    down = across = 0
    for line in lines:
        if line.direction.vertical:
            down += len(line.chars)
        else:
            across += len(line.chars)
    return Direction.VERTICAL_RL if down > across else Direction.HORIZONTAL_LTR


def with_directions(sheet: Sheet, wanted: str = "auto") -> Sheet:
    """The sheet with its direction, and each line in reading order.

    Before the 1950s a horizontal line on a page of columns runs from right to left; Latin script
    and figures never do.
    """
    direction = page_direction(sheet.lines, wanted)
    ornaments = [line.box for line in sheet.lines if is_ornament(line, sheet.glyph)]
    rules = Rules(
        tuple(box for box in ornaments if box.width > box.height),
        tuple(box for box in ornaments if box.width <= box.height),
    )
    lines = tuple(line for line in sheet.lines if not is_ornament(line, sheet.glyph))
    if direction is not Direction.HORIZONTAL_LTR:
        lines = tuple(_to_right_to_left(line) for line in lines)
    if direction.vertical:
        whole = with_row_ends(sort_out(lines, sheet.glyph))
        lines = tuple(join_rows(whole, direction, sheet.glyph))
    return replace(sheet, direction=direction, lines=lines, rules=rules)


def _to_right_to_left(line: Line) -> Line:
    if line.direction is not Direction.HORIZONTAL_LTR or is_latin(line.text):
        return line
    chars = tuple(reversed(line.chars))
    return replace(line, direction=Direction.HORIZONTAL_RTL, chars=chars)


def is_latin(text: str) -> bool:
    """More Latin letters than Han characters, and at least two of them."""
    latin = sum(c.isascii() and c.isalpha() for c in text)
    han = sum("\u3400" <= c <= "\u9fff" for c in text)
    return latin >= 2 and latin > han


def prevailing(lines: Sequence[Line], otherwise: Direction) -> Direction:
    """The direction of most characters."""
    weight = dict.fromkeys(Direction, 0)
    for line in lines:
        weight[line.direction] += len(line.chars)
    best = max(weight, key=lambda d: weight[d])
    return best if weight[best] else otherwise

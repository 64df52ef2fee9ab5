"""Characters set wide across, found one by one, are joined to rows."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Sequence
from dataclasses import replace

from baoguan.model import Box, Direction, Line

SQUARE = 1.6  # a line no longer than this, in its thickness, may be one character of a row
APART = 1.7  # of the character's height: the widest gap within a row
PIECES_APART = 0.8
ALIKE = 1.45
LARGE = 1.3  # glyph sides: pieces of a headline are joined whatever their length
WAVES = frozenset("sSwWmMvVuUnN")  # what a wave down the page is read as
SPREAD = 1.6  # of its thickness: letters further apart down the page are a wave's
AMONG_WAVES = 8  # characters of a wave to one that is read as another letter or figure
LEAST_ROW, LEAST_ENDS = 3, 2  # characters of a row cut short, and of columns that hold its end
LEVEL = 0.35  # of a row's height
ROW_STEP = 1.6  # of the step from character to character
PARTED = 1.25  # of the other steps in a column
THIN = 0.42  # glyph sides


def join_rows(lines: Sequence[Line], direction: Direction, glyph: float) -> list[Line]:
    """`lines` with the single characters that stand in a row, and in no column, as one line."""
    squares = [each for each in lines if _is_square(each) or _is_headline_piece(each, glyph)]
    rows: list[list[Line]] = []
    for line in sorted(squares, key=lambda each: (each.box.left, each.box.top)):
        row = next((r for r in rows if _continues(r[-1], line)), None)
        if row is None:
            rows.append([line])
        else:
            row.append(line)
    joined = [r for r in rows if len(r) > 1 and not _stands_in_column(r, lines)]
    taken = {id(line) for row in joined for line in row}
    kept = [line for line in lines if id(line) not in taken]
    return kept + [_row(row, direction) for row in joined]


def _is_square(line: Line) -> bool:
    count = len(line.chars)
    if count > 2 or (
        line.direction.vertical and count > 1 and line.box.height > SQUARE * line.box.width
    ):
        return False
    sides = line.box.width / (1 if line.direction.vertical else count), line.box.height
    return max(sides) <= SQUARE * max(1.0, min(sides))


def _is_headline_piece(line: Line, glyph: float) -> bool:
    return not line.direction.vertical and line.box.height > LARGE * glyph


def _continues(last: Line, line: Line) -> bool:
    a, b = last.box, line.box
    height = min(a.height, b.height)
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    alike = max(a.height, b.height) <= ALIKE * max(1, height)
    return (
        alike
        and shared > 0.7 * height
        and -0.3 * height < b.left - a.right < _apart(last, line) * height
    )


def _apart(last: Line, line: Line) -> float:
    """Longer pieces stand closer than the single characters of a row set wide."""
    return APART if len(last.chars) <= 2 and len(line.chars) <= 2 else PIECES_APART


def _stands_in_column(row: Sequence[Line], lines: Sequence[Line]) -> bool:
    """Whether most of the row's characters have a like one right above or below."""
    count = 0
    for line in row:
        for other in lines:
            if any(other is each for each in row) or other.box.width > ALIKE * line.box.width:
                continue
            shared = min(line.box.right, other.box.right) - max(line.box.left, other.box.left)
            gap = max(line.box.top, other.box.top) - min(line.box.bottom, other.box.bottom)
            if shared > 0.6 * line.box.width and 0 <= gap < 0.25 * line.box.height:
                count += 1
                break
    return count > len(row) / 2 and len(row) < 4


def _row(row: Sequence[Line], page: Direction) -> Line:
    across = Direction.HORIZONTAL_RTL if page.vertical else Direction.HORIZONTAL_LTR
    ordered = sorted(row, key=lambda each: each.box.left, reverse=page.vertical)
    chars = tuple(char for line in ordered for char in line.chars)
    return Line(Box.around(c.box for c in chars), across, chars)


def sort_out(lines: Sequence[Line], glyph: float) -> list[Line]:
    """`lines` on a page of columns; rows that the detector made of the first characters of columns
    are given back to these."""
    kept = list(lines)
    out: list[Line] = []
    for line in kept:
        if not line.direction.vertical and _is_row_of_heads(line, kept, glyph):
            out += [Line(c.box, Direction.VERTICAL_RL, (c,)) for c in line.chars]
        else:
            out.append(line)
    return out


def with_row_ends(lines: Sequence[Line]) -> list[Line]:
    """`lines` with rows from right to left made whole: where columns begin level with a row's left
    end and white parts their first characters from what follows, these are the row's, and so is a
    character found alone between."""
    kept = list(lines)
    for k, row in enumerate(kept):
        if row.direction is not Direction.HORIZONTAL_RTL or len(row.chars) < LEAST_ROW:
            continue
        ends = _ends_of(row, kept)
        if sum(len(kept[i].chars) > 1 for i in ends) >= LEAST_ENDS:
            chars = (*row.chars, *(kept[i].chars[0] for i in ends))
            kept[k] = replace(row, chars=chars, box=Box.around(char.box for char in chars))
            for i in ends:
                rest = kept[i].chars[1:]
                box = Box.around(char.box for char in rest or kept[i].chars)
                kept[i] = replace(kept[i], chars=rest, box=box)
    return [line for line in kept if line.chars]


def _ends_of(row: Line, lines: Sequence[Line]) -> list[int]:
    """Columns, by index, whose first characters go on with a row, one step after the other; and
    characters found one by one."""
    middles = [char.box.centre[0] for char in row.chars]
    step = (middles[0] - middles[-1]) / (len(middles) - 1)
    height, y = row.box.height, row.box.centre[1]
    found: list[int] = []
    while True:
        next_to = [
            (middles[-1] - line.chars[0].box.centre[0], i)
            for i, line in enumerate(lines)
            if (line.direction.vertical or len(line.chars) == 1)
            and line.chars
            and abs(line.chars[0].box.centre[1] - y) < LEVEL * height
            and 0.5 * step < middles[-1] - line.chars[0].box.centre[0] < ROW_STEP * step
            and _stands_apart(line)
        ]
        if not next_to:
            return found
        found.append(min(next_to)[1])
        middles.append(lines[found[-1]].chars[0].box.centre[0])


def _stands_apart(column: Line) -> bool:
    """Whether more white than elsewhere in it follows on a column's first character."""
    middles = [char.box.centre[1] for char in column.chars]
    steps = [b - a for a, b in itertools.pairwise(middles)]
    return not steps or (len(steps) > 2 and steps[0] > PARTED * statistics.median(steps[1:]))


def is_ornament(line: Line, glyph: float) -> bool:
    """A wave, a row of dots: read as signs only or as a few letters far apart, or too thin for
    type."""
    letters = [c.text for c in line.chars if c.text.isalnum() and not is_kana(c.text)]
    thick = line.box.width if line.direction.vertical else line.box.height
    others = [text for text in letters if text not in WAVES]
    few = len(others) <= len(line.chars) // AMONG_WAVES and all(map(str.isascii, others))
    spread = all(map(str.isascii, letters)) and line.box.height > SPREAD * thick * len(line.chars)
    wave = line.direction.vertical and bool(letters) and (few or spread)
    return (not letters and len(line.chars) >= 3) or wave or thick < THIN * glyph


def is_kana(text: str) -> bool:
    return "\u3040" <= text[0] <= "\u30ff"


def _is_row_of_heads(line: Line, lines: Sequence[Line], glyph: float) -> bool:
    topmost = not any(other.box.bottom < line.box.top for other in lines)
    if len(line.chars) < 2 or line.box.height > 1.25 * glyph or topmost:
        return False
    return sum(_heads_column(char.box, lines, glyph) for char in line.chars) > 0.75 * len(
        line.chars
    )


def _heads_column(box: Box, lines: Sequence[Line], glyph: float) -> bool:
    x = box.centre[0]
    return any(
        line.direction.vertical
        and line.box.left < x < line.box.right
        and -0.4 * glyph < line.box.top - box.bottom < 0.45 * glyph
        and line.box.height > 2 * glyph
        for line in lines
    )

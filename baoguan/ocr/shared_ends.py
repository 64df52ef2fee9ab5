"""Ink that two columns, one below the other, both read: it is the character's that is read surer.

Where only a little white parts two registers, the strip of a column may reach into the last
character of the one above it, whose lowest stroke is then read once more, as 一 or as a sign.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from baoguan.model import Box, Char, Direction, Line

SHARED = 0.3  # of the lower character, from which on two ends are the same ink
IN_LINE = 0.5  # of the thinner column's width, that both have in common
DOUBTED = 0.9  # confidence below which an end may be taken for another's ink


def without_shared_ends(lines: Sequence[Line]) -> list[Line]:
    """The lines, those of columns without what they read of a neighbour's end."""
    kept = list(lines)
    for above, below in _stacked(lines):
        upper, lower = kept[above], kept[below]
        if len(upper.chars) < 2 or len(lower.chars) < 2:
            continue
        end, start = upper.chars[-1], lower.chars[0]
        if not _share_ink(end, start):
            continue
        if start.confidence < min(DOUBTED, end.confidence):
            kept[below] = _of(lower, lower.chars[1:])
        elif end.confidence < min(DOUBTED, start.confidence):
            kept[above] = _of(upper, upper.chars[:-1])
    return kept


def _stacked(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Columns of which the first ends within the second, by their indexes."""
    down = [i for i, line in enumerate(lines) if line.direction is Direction.VERTICAL_RL]
    down.sort(key=lambda i: lines[i].box.left)
    for place, i in enumerate(down):
        for j in down[place + 1 :]:
            one, other = lines[i].box, lines[j].box
            if other.left >= one.right:
                break
            if _common(one, other) <= IN_LINE * min(one.width, other.width):
                continue
            if one.top < other.top < one.bottom < other.bottom:
                yield i, j
            elif other.top < one.top < other.bottom < one.bottom:
                yield j, i


def _common(one: Box, other: Box) -> int:
    return min(one.right, other.right) - max(one.left, other.left)


def _share_ink(end: Char, start: Char) -> bool:
    return end.box.bottom - start.box.top > SHARED * start.box.height


def _of(line: Line, chars: tuple[Char, ...]) -> Line:
    ends = Box.around(char.box for char in chars)
    return replace(line, chars=chars, box=replace(line.box, top=ends.top, bottom=ends.bottom))

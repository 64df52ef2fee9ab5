"""Ink that two lines, one going on where the other ends, both read: it is one character's.

Where only a little white parts two registers, the strip of a column may reach into the last
character of the one above it, whose lowest stroke is then read once more, as 一 or as a sign; and
where the detector finds two pieces of one line, both may hold a character, or a part of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from baoguan.model import Box, Char, Direction, Line

SHARED = 0.3  # of the shorter character, from which on two ends are the same ink
IN_LINE = 0.6  # of the thicker line's thickness, that both have in common
ENDS = 1.5  # thicknesses: lines that have more in common are two readings of one
STROKES = frozenset("一二三")  # what single strokes, rules and wear are read as
READ = 0.5  # confidence of a character to which another's ink may belong
DOUBTED = 0.9  # confidence below which an end may be taken for another's ink
COVERED = 0.5  # of a character, from which on it is a part of one that is less covered


def without_shared_ends(lines: Sequence[Line]) -> list[Line]:
    """The lines, columns or rows from left to right, without what they read of another's end."""
    kept = list(lines)
    for first, second in (*_in_line(lines, down=True), *_in_line(lines, down=False)):
        kept[first], kept[second] = _parted(kept[first], kept[second])
    return kept


def _in_line(lines: Sequence[Line], *, down: bool) -> Iterator[tuple[int, int]]:
    """Lines of which the first ends within the second, by their indexes."""
    these = [i for i, line in enumerate(lines) if is_down(line) is down]
    these.sort(key=lambda i: across(lines[i].box, down)[0])
    for place, i in enumerate(these):
        for j in these[place + 1 :]:
            one, other = lines[i].box, lines[j].box
            if across(other, down)[0] >= across(one, down)[1]:
                break
            if _goes_on(one, other, down):
                yield i, j
            elif _goes_on(other, one, down):
                yield j, i


def _goes_on(one: Box, other: Box, down: bool) -> bool:
    """Whether a line ends a little after another one in line with it has begun."""
    (low, high), (other_low, other_high) = across(one, down), across(other, down)
    thick = max(high - low, other_high - other_low)
    start, end = along(one, down)
    other_start, other_end = along(other, down)
    in_line = min(high, other_high) - max(low, other_low) > IN_LINE * thick
    return in_line and start < other_start < end < min(other_end, other_start + ENDS * thick)


def _parted(first: Line, second: Line) -> tuple[Line, Line]:
    """Both without what is the other's; neither loses its last character."""
    down = is_down(first)
    while True:
        end, start = first.chars[-1], second.chars[0]
        (low, high), (other_low, other_high) = along(end.box, down), along(start.box, down)
        shared = high - other_low
        if shared <= SHARED * min(high - low, other_high - other_low):
            return first, second
        of_end, of_start = shared / (high - low), shared / (other_high - other_low)
        if len(second.chars) > 1 and _gives_way(start, end, of_start, of_end):
            second = _of(second, second.chars[1:])
        elif len(first.chars) > 1 and _gives_way(end, start, of_end, of_start):
            first = _of(first, first.chars[:-1])
        else:
            return first, second


def _gives_way(char: Char, other: Char, covered: float, other_covered: float) -> bool:
    """Whether the ink of both is that of `other`: the same character, one of which `char` is a
    stroke or a part, or the surer one."""
    if other.confidence < READ:
        return char.confidence < other.confidence
    if char.text == other.text:
        return char.confidence <= other.confidence
    if char.text in STROKES and other.text not in STROKES:
        return True
    part = covered > COVERED and covered > other_covered
    return part or char.confidence < min(DOUBTED, other.confidence)


def is_down(line: Line) -> bool:
    return line.direction is Direction.VERTICAL_RL


def along(box: Box, down: bool) -> tuple[int, int]:
    return (box.top, box.bottom) if down else (box.left, box.right)


def across(box: Box, down: bool) -> tuple[int, int]:
    return along(box, not down)


def stretch(box: Box, start: int, end: int, down: bool) -> Box:
    """As thick as a line's box, from `start` to `end` along it."""
    return replace(box, top=start, bottom=end) if down else replace(box, left=start, right=end)


def _of(line: Line, chars: tuple[Char, ...]) -> Line:
    """The line of these of its characters, as thick as it was."""
    down = is_down(line)
    start, end = along(Box.around(char.box for char in chars), down)
    return replace(line, chars=chars, box=stretch(line.box, start, end, down))

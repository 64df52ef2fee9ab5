"""Recursive cuts on white: blocks of lines in reading order."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

from baoguan.model import Box, Line

Span = Callable[[Box], tuple[int, int]]
ALIKE = 0.7  # of the widest gap: another gap at which the same cut is made


def blocks_in_order(lines: Sequence[Line], least: float, right_to_left: bool) -> list[list[Line]]:
    """Lines parted at the widest white, across or down, again and again.

    What stands one above the other is read from the top, what stands side by side from the right
    with `right_to_left`. A white narrower than `least` parts nothing; below 0, boxes that overlap
    are parted too.
    """
    if len(lines) < 2:
        return [list(lines)] if lines else []
    stacked = _gaps(lines, lambda b: (b.top, b.bottom))
    beside = _gaps(lines, lambda b: (b.left, b.right))
    widest = max(width for _, width in [*stacked, *beside])
    if widest < least:
        return [list(lines)]
    down = max(width for _, width in stacked) == widest
    gaps = stacked if down else beside
    wide = [place for place, width in gaps if width >= min(widest, ALIKE * widest)]
    parts = _parted(lines, wide, 1 if down else 0)
    if not down and right_to_left:
        parts.reverse()
    if len(parts) < 2:
        return [list(lines)]
    return [block for part in parts for block in blocks_in_order(part, least, right_to_left)]


def _gaps(lines: Sequence[Line], span: Span) -> list[tuple[float, float]]:
    """The middle and the width of each white between lines; of the narrowest overlap if none."""
    spans = sorted(span(line.box) for line in lines)
    gaps = []
    end = spans[0][1]
    for start, stop in spans[1:]:
        gaps.append(((start + end) / 2, float(start - end)))
        end = max(end, stop)
    return gaps


def _parted(lines: Sequence[Line], places: Sequence[float], axis: int) -> list[list[Line]]:
    bounds = [float("-inf"), *sorted(places), float("inf")]
    parts = [
        [line for line in lines if low < line.box.centre[axis] <= high]
        for low, high in itertools.pairwise(bounds)
    ]
    return [part for part in parts if part]

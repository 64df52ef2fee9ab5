"""Leaders: rows of dots that lead from a word to what belongs to it, as in prices and contents.

洋布每疋………三元五角 is one line, but the detector finds two, and dots read as colons and stops at
their ends. So leaders are told by their ink, as dots of one size, evenly apart and alone; lines are
looked for without them; and those at either end of one are joined again, with …… in between.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from baoguan.model import Box, Char, Line
from baoguan.ocr.shared_ends import across, along, is_down, stretch
from baoguan.ocr.sheet import Mask, Sheet

# In glyph sides, but for shares.
SMALL, LARGE = 0.06, 0.36  # of a dot
LIKE = 0.4  # by which share its longer side may differ from that of the dot before
ROUND = 1.8  # its longer side by its shorter one
FILLED = 0.5  # of its box
APART = 0.18, 1.0  # from one dot to the next
ASIDE = 0.12
EVEN = 0.3  # by which share a step may differ from the usual one
LONG = 2.2  # the two cells of …… within a sentence are shorter
FEWEST = 6  # dots
ALONE = 0.42  # to both sides
DIRTY = 0.03  # share of ink there
NEAR = 1.5  # from a leader's end to its line
IN_LINE = 0.4  # of the line's thickness, from its middle
ALIKE = 1.6  # the thickness of two lines that are joined
EDGE = 2  # pixels around a dot that its blur takes
LEADER = "…"  # twice

Dots = npt.NDArray[np.int64]  # (dots, 4): left, top, right, bottom
Plane = npt.NDArray[np.uint8]


def leaders_in(ink: Mask, side: float) -> list[list[Box]]:
    """The dots of each leader, columns first, in the order of their line."""
    if side <= 0:
        return []
    plane = ink.view(np.uint8)
    dots, sums = _dots(plane, side), np.asarray(cv2.integral(plane), np.int32)
    down = _chains(_alone(dots, sums, side), side)
    turned = _chains(_alone(_turned(dots), sums.T, side), side)
    return [*map(_boxes, down), *(_boxes(_turned(chain)) for chain in turned)]


def _turned(dots: Dots) -> Dots:
    return dots[:, [1, 0, 3, 2]]


def _dots(ink: Plane, side: float) -> Dots:
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    left, top, width, height, area = stats[1:].astype(np.int64).T
    shorter, longer = np.minimum(width, height), np.maximum(width, height)
    fits = (shorter >= max(2.0, SMALL * side)) & (longer <= LARGE * side)
    fits &= (longer <= ROUND * shorter) & (area >= FILLED * width * height)
    fits &= (left > 0) & (top > 0)  # what is cut off at the page's edge is no dot
    boxes = np.stack([left, top, left + width, top + height], 1)
    return np.asarray(boxes[fits], np.int64)


def _alone(dots: Dots, sums: npt.NDArray[np.int32], side: float) -> Dots:
    """Dots with paper to the left and to the right; `sums` is the ink above and left of a pixel."""
    left, top, right, bottom = dots.T
    height, width = sums.shape
    reach = np.maximum(1, np.round(ALONE * side - (right - left) / 2)).astype(np.int64)
    free = np.ones(len(dots), np.bool_)
    for start, end in ((left - 1 - reach, left - 1), (right + 1, right + 1 + reach)):
        start, end = np.clip(start, 0, width - 1), np.clip(end, 0, width - 1)
        high, low = np.clip(top - reach, 0, height - 1), np.clip(bottom + reach, 0, height - 1)
        found = sums[low, end] - sums[low, start] - sums[high, end] + sums[high, start]
        free &= found <= DIRTY * (end - start) * (low - high)
    return dots[free]


def _chains(dots: Dots, side: float) -> Iterator[Dots]:
    """Dots that stand evenly one under the other."""
    dots = dots[np.argsort(dots[:, 1], kind="stable")]
    points = np.column_stack(
        [dots[:, [0, 2]].mean(1), dots[:, [1, 3]].mean(1), (dots[:, 2:] - dots[:, :2]).max(1)]
    )
    free = np.ones(len(dots), np.bool_)
    for first in range(len(dots)):
        chain = [first] if free[first] else []
        while chain and (following := _next(points, free, chain, side)) is not None:
            chain.append(following)
        if len(chain) >= FEWEST and np.ptp(points[chain, 1]) >= LONG * side:
            free[chain] = False
            yield dots[chain]


def _next(
    points: npt.NDArray[np.float64], free: Mask, chain: Sequence[int], side: float
) -> int | None:
    """The nearest dot under the last one, as far from it as the others are from each other, or
    twice as far, where one is worn away."""
    x, y, size = points[chain[-1]]
    steps = [(APART[0] * side, APART[1] * side)]
    if len(chain) > 1:
        usual = float(np.median(np.diff(points[list(chain), 1])))
        steps = [((n - EVEN) * usual, (n + EVEN) * usual) for n in (1, 2)]
    for low, high in steps:
        near = np.arange(*np.searchsorted(points[:, 1], [y + low, y + high]))
        near = near[free[near] & (np.abs(points[near, 0] - x) <= ASIDE * side)]
        near = near[np.abs(points[near, 2] - size) <= LIKE * size]
        if len(near):
            return int(near[0])
    return None


def _boxes(chain: Dots) -> list[Box]:
    return [Box(*dot) for dot in chain.tolist()]


def without_leaders(sheet: Sheet, leaders: Iterable[Iterable[Box]]) -> Sheet:
    """The sheet with paper where the dots are."""
    pixels, ink = sheet.pixels.copy(), sheet.ink.copy()
    for dot in itertools.chain.from_iterable(leaders):
        rows = slice(max(0, dot.top - EDGE), dot.bottom + EDGE)
        columns = slice(max(0, dot.left - EDGE), dot.right + EDGE)
        pixels[rows, columns] = pixels[rows, columns].max()
        ink[rows, columns] = False
    return replace(sheet, pixels=pixels, ink=ink)


def with_leaders(lines: Sequence[Line], leaders: Iterable[Sequence[Box]]) -> list[Line]:
    """The lines, each leader being part of the line before it, and what is behind it too."""
    kept = list(lines)
    for dots in leaders:
        box = Box.around(dots)
        down = box.height > box.width
        near = [line for line in kept if is_down(line) is down and _is_in_line(line, box, down)]
        start, end = along(box, down)
        before = _nearest(near, [start - along(line.box, down)[1] for line in near])
        behind = _nearest(near, [along(line.box, down)[0] - end for line in near])
        if before and behind and _are_alike(before, behind):
            kept = [line for line in kept if line is not before and line is not behind]
            kept.append(_joined(before, box, behind))
        elif before:
            kept = [_joined(line, box) if line is before else line for line in kept]
    return kept


def _is_in_line(line: Line, leader: Box, down: bool) -> bool:
    (low, high), (first, last) = across(line.box, down), across(leader, down)
    return abs(low + high - first - last) / 2 <= IN_LINE * (high - low)


def _nearest(lines: Sequence[Line], gaps: Sequence[int]) -> Line | None:
    """The line that a leader begins or ends at; a stroke of either may reach into it."""
    near = [
        (abs(gap), i)
        for i, (line, gap) in enumerate(zip(lines, gaps, strict=True))
        if -1 <= gap / _thickness(line) <= NEAR
    ]
    return lines[min(near)[1]] if near else None


def _thickness(line: Line) -> int:
    low, high = across(line.box, is_down(line))
    return max(1, high - low)


def _are_alike(one: Line, other: Line) -> bool:
    thin, thick = sorted((_thickness(one), _thickness(other)))
    return thick <= ALIKE * thin


def _joined(before: Line, leader: Box, behind: Line | None = None) -> Line:
    """As thick as its lines are; `leader` is between their characters."""
    down = is_down(before)
    lines = [before, behind] if behind else [before]
    ends = Box.around(line.box for line in lines)
    named = _without_signs(before)
    start = along(named[-1].box, down)[1]
    end = along(behind.chars[0].box, down)[0] if behind else along(leader, down)[1]
    end = max(start + 2, end)
    middle = (start + end) // 2
    cells = [stretch(ends, a, b, down) for a, b in ((start, middle), (middle, end))]
    chars = (*named, *(Char(LEADER, cell, 1.0) for cell in cells))
    chars += behind.chars if behind else ()
    return replace(before, chars=chars, box=Box.around([ends, *cells]))


def _without_signs(line: Line) -> tuple[Char, ...]:
    """Its characters but for signs at its end, as which a dot was read that no leader has."""
    letters = [i for i, char in enumerate(line.chars) if char.text.isalnum()]
    return line.chars[: letters[-1] + 1] if letters else line.chars

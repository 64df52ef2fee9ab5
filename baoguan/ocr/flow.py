"""Columns of vertical print followed leftwards: which column is read after which.

All distances are in `pitch`, the distance from one body column to the next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from baoguan.model import Box, Line
from baoguan.ocr.sheet import Mask, Rules

FAR = 2.6  # between the middles of neighbours, beyond half their widths
LEVEL = 1.7  # by which the tops of neighbours may differ
HEADLINE = 1.3  # of the body's glyph side
HEAD_LEVEL = 4.5  # the same beside a headline
BOLD = 1.25  # of the ink of its neighbours
BOLD_SIZE = 1.0
FREE_HEAD, FREE_FOOT = 0.5, 0.3
ACROSS_COVER = 0.5  # of a column's width that a rule must cover to stop it


@dataclass(frozen=True, slots=True)
class Column:
    """A printed column in its cell: free room from `ceiling` to `floor`, up to a rule or print.

    `top` is where it begins, or where the horizontal headline above it does. `size` is the side of
    its glyphs, in the page's body glyphs, `dark` the share of its box that is ink.
    """

    line: Line
    ceiling: float
    floor: float
    top: float
    size: float
    dark: float = 0.0

    @property
    def box(self) -> Box:
        return self.line.box

    @property
    def middle(self) -> float:
        return self.box.centre[0]


def pitch_of(lines: Sequence[Line], glyph: float) -> float:
    """The distance between neighbouring body columns: median over each column's nearest on the
    left that overlaps it by half; the glyph's side where there are none."""
    body = [l for l in lines if l.direction.vertical and l.box.width < HEADLINE * glyph]
    steps = []
    for line in body:
        beside = [
            line.box.centre[0] - other.box.centre[0]
            for other in body
            if other.box.right < line.box.centre[0]
            and _shared(line.box, other.box) > 0.5 * min(line.box.height, other.box.height)
        ]
        if beside:
            steps.append(min(beside))
    close = [step for step in steps if step < 2.5 * glyph]
    return float(np.median(close)) if close else glyph


def _shared(one: Box, other: Box) -> float:
    """Height that both span."""
    return max(0, min(one.bottom, other.bottom) - max(one.top, other.top))


def columns_of(
    lines: Sequence[Line],
    rules: Rules,
    extent: Box,
    glyph: float,
    heads: Mapping[int, Line],
    ink: Mask | None = None,
) -> list[Column]:
    """The vertical ones of `lines`, with the room above and below each, within `extent`.

    `heads` maps the index of a line to the horizontal headline above it.
    """
    columns = []
    for i, line in enumerate(lines):
        if line.direction.vertical:
            ceiling = _ceiling(line.box, lines, rules, extent)
            floor = _floor(line.box, lines, rules, extent)
            top = heads[i].box.top if i in heads else line.box.top
            dark = 0.0 if ink is None else share_of_ink(ink, line.box)
            size = size_of(line) / glyph
            columns.append(Column(line, min(ceiling, top), floor, top, size, dark))
    return columns


def share_of_ink(ink: Mask, box: Box) -> float:
    inside = ink[box.top : box.bottom, box.left : box.right]
    return float(inside.mean()) if inside.size else 0.0


def size_of(line: Line) -> float:
    """The side of a line's glyphs, pixels: its thickness, unless its characters stand closer."""
    box, down = line.box, line.direction.vertical
    thick = box.width if down else box.height
    if len(line.chars) < 3:
        return float(thick)
    middles = [char.box.centre[1 if down else 0] for char in line.chars]
    step = abs(middles[-1] - middles[0]) / (len(middles) - 1)
    return min(float(thick), 1.45 * step)


def _covers(box: Box, other: Box) -> bool:
    """Whether `other` spans enough of the width of `box` to stop it."""
    width = min(box.right, other.right) - max(box.left, other.left)
    return width > ACROSS_COVER * min(box.width, max(other.width, 1))


def _ceiling(box: Box, lines: Sequence[Line], rules: Rules, extent: Box) -> float:
    above = [float(extent.top)]
    middle = box.centre[1]
    above += [r.bottom for r in rules.across if r.centre[1] < middle and _covers(box, r)]
    above += [
        l.box.bottom
        for l in lines
        if l.box.centre[1] < middle
        and l.box.bottom <= box.top + 0.3 * box.width
        and _covers(box, l.box)
    ]
    return min(max(above), float(box.top))


def _floor(box: Box, lines: Sequence[Line], rules: Rules, extent: Box) -> float:
    below = [float(extent.bottom)]
    middle = box.centre[1]
    below += [r.top for r in rules.across if r.centre[1] > middle and _covers(box, r)]
    below += [
        l.box.top
        for l in lines
        if l.box.centre[1] > middle
        and l.box.top >= box.bottom - 0.3 * box.width
        and _covers(box, l.box)
    ]
    return max(min(below), float(box.bottom))


def walled(one: Box, other: Box, rules: Rules) -> bool:
    """Whether a rule stands between two neighbours (`other` on the left) where both have print."""
    top, bottom = max(one.top, other.top), min(one.bottom, other.bottom)
    if bottom <= top:
        top, bottom = min(one.top, other.top), max(one.bottom, other.bottom)
    hidden = 0
    for rule in rules.down:
        if other.centre[0] < rule.centre[0] < one.centre[0]:
            hidden += max(0, min(bottom, rule.bottom) - max(top, rule.top))
    return hidden > 0.4 * (bottom - top)


def follow(columns: Sequence[Column], rules: Rules, pitch: float) -> dict[int, int]:
    """For each column the one read after it, on its left; nearest and most level pairs first."""
    pairs = []
    for i, column in enumerate(columns):
        for k, other in enumerate(columns):
            cost = _cost(column, other, pitch)
            if cost is not None:
                pairs.append((cost, i, k))
    after: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, k in sorted(pairs):
        if i in after or k in taken or walled(columns[i].box, columns[k].box, rules):
            continue
        if _between(columns, i, k):
            continue
        after[i] = k
        taken.add(k)
    return after


def _cost(column: Column, other: Column, pitch: float) -> float | None:
    """None where `other` cannot be read after `column`."""
    gap = column.box.left - other.box.right
    nearest = -max(0.6 * pitch, 0.5 * min(column.box.width, other.box.width))
    if other.middle >= column.middle - 0.4 * pitch or not nearest <= gap <= FAR * pitch:
        return None
    level = abs(column.top - other.top) / pitch
    ceiling = abs(column.ceiling - other.ceiling) / pitch
    if min(level, ceiling) > (LEVEL if max(column.size, other.size) < HEADLINE else HEAD_LEVEL):
        return None
    if min(column.floor, other.floor) - max(column.ceiling, other.ceiling) < pitch:
        return None
    return max(0.0, gap / pitch) + 0.5 * min(level, 4.0) + 0.3 * min(ceiling, 3.0)


def _between(columns: Sequence[Column], i: int, k: int) -> bool:
    """Whether a third column stands between the two, beside both."""
    right, left = columns[i], columns[k]
    top, bottom = max(right.box.top, left.box.top), min(right.box.bottom, left.box.bottom)
    for j, third in enumerate(columns):
        if j in (i, k) or not left.middle < third.middle < right.middle:
            continue
        if third.box.left < left.box.centre[0] or third.box.right > right.box.centre[0]:
            continue
        shared = min(bottom, third.box.bottom) - max(top, third.box.top)
        if shared > 0.5 * min(third.box.height, bottom - top):
            return True
    return False


def chains_of(count: int, after: dict[int, int]) -> list[list[int]]:
    """Columns joined in reading order, each in one chain."""
    starts = sorted(set(range(count)) - set(after.values()))
    chains = []
    for start in starts:
        chain = [start]
        while chain[-1] in after:
            chain.append(after[chain[-1]])
        chains.append(chain)
    return chains


def headings(columns: Sequence[Column], chain: Sequence[int], pitch: float) -> set[int]:
    """Which columns of a chain are set as headings: large; or bold, and free at head and foot."""
    found = {i for i in chain if columns[i].size >= HEADLINE}
    for n, i in enumerate(chain):
        near = [columns[k] for k in chain[max(0, n - 4) : n + 5] if k != i and k not in found]
        if len(near) < 2 or i in found:
            continue
        column = columns[i]
        bold = column.dark > BOLD * float(np.median([c.dark for c in near]))
        head = column.box.top - min(c.box.top for c in near)
        foot = max(c.box.bottom for c in near) - column.box.bottom
        free = head > FREE_HEAD * pitch and foot > FREE_FOOT * pitch
        if bold and free and column.size > BOLD_SIZE:
            found.add(i)
    return found

"""Zones of a page: the text, and what stands beside it behind a wall of rules.

A wall is a vertical rule, or several in line, along most of the text's height: the page's frame.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from baoguan.model import Box, Line
from baoguan.ocr.sheet import Rules

WALL = 0.6  # share of the text's height that rules in line must cover
IN_LINE = 0.9  # glyph sides
CROSSED = 5  # rules across that run through: then it only looks like a wall
OUTER = 0.3  # of the sheet, from its sides: where a zone's wall may stand
NARROW = 0.2  # of the sheet: a narrower zone holds no articles
SPANNING = 0.7  # of a narrow zone's width: a rule that parts what stands above from below


def walls(rules: Rules, zone: Box, glyph: float) -> list[float]:
    """x of each wall, from left to right."""
    found: list[float] = []
    for rule in sorted(rules.down, key=lambda r: r.centre[0]):
        x = rule.centre[0]
        in_line = [r for r in rules.down if abs(r.centre[0] - x) < IN_LINE * glyph]
        covered = length_of_union((r.top, r.bottom) for r in in_line)
        crossing = sum(r.left < x - 2 * glyph and r.right > x + 2 * glyph for r in rules.across)
        if covered < WALL * zone.height or crossing >= CROSSED:
            continue
        middle = sum(r.centre[0] * r.height for r in in_line) / sum(r.height for r in in_line)
        if not found or middle - found[-1] > 2 * glyph:
            found.append(middle)
    return found


def length_of_union(spans: Iterable[tuple[int, int]]) -> int:
    total, end = 0, -(10**9)
    for start, stop in sorted(spans):
        total += max(0, stop - max(start, end))
        end = max(end, stop)
    return total


def side_zones(lines: Sequence[Line], at: Sequence[float], width: int) -> list[list[Line]]:
    """Lines beyond the first and the last wall, where that leaves too little room for articles."""
    lefts = [x for x in at if x < OUTER * width]
    rights = [x for x in at if x > (1 - OUTER) * width]
    left = [line for line in lines if lefts and line.box.centre[0] < max(lefts)]
    right = [line for line in lines if rights and line.box.centre[0] >= min(rights)]
    return [zone for zone in (left, right) if zone and _is_narrow(zone, width)]


def _is_narrow(lines: Sequence[Line], width: int) -> bool:
    return Box.around(line.box for line in lines).width < NARROW * width


def stacked(lines: Sequence[Line], rules: Rules) -> list[tuple[Box, list[Line]]]:
    """Lines of a narrow zone, parted at rules across it, with the room between those rules."""
    box = Box.around(line.box for line in lines)
    cuts = sorted(
        r.centre[1]
        for r in rules.across
        if min(r.right, box.right) - max(r.left, box.left) > SPANNING * box.width
    )
    bounds = [float(box.top), *(c for c in cuts if box.top < c < box.bottom), float(box.bottom)]
    before = [c for c in cuts if c <= box.top]
    behind = [c for c in cuts if c >= box.bottom]
    if before and box.top - before[-1] < 0.3 * box.width:
        bounds[0] = before[-1]
    if behind and behind[0] - box.bottom < 0.3 * box.width:
        bounds[-1] = behind[0]
    parts = []
    for top, bottom in itertools.pairwise(bounds):
        members = [line for line in lines if top <= line.box.centre[1] < bottom]
        if members:
            room = Box(box.left, round(top), box.right, round(bottom))
            parts.append((Box.around([room, *(line.box for line in members)]), members))
    return parts

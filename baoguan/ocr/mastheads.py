"""The head of a page: its masthead with all beside it, or the line above the first rule."""

from __future__ import annotations

from collections.abc import Sequence

from baoguan.model import Box, Line
from baoguan.ocr.flow import size_of
from baoguan.ocr.sheet import Rules
from baoguan.ocr.zones import length_of_union

MAST_SIZE = 2.3  # of the body glyph
MAST_LENGTH = 9  # characters at most
TOP = 0.25  # of the printed height
SPANNING = 0.55  # of the printed width
BAND = 3.2  # glyph sides: the height of a band of particulars under a masthead
CLOSE = 2.6  # glyph sides from a running head to its rule


def head_foot(lines: Sequence[Line], rules: Rules, glyph: float) -> float | None:
    """The height above which all lines belong to the page's head; None without a head."""
    if not lines:
        return None
    extent = Box.around(line.box for line in lines)
    spanning = _spanning(rules, extent, glyph)
    name = _name(lines, extent, glyph)
    if name is not None:
        return _below_bands(float(name.box.bottom), lines, spanning, glyph)
    row = _top_row(lines)
    foot = max(line.box.bottom for line in row)
    ruled = any(-glyph < y - foot < CLOSE * glyph for y in spanning)
    across = not any(line.direction.vertical for line in row)
    return float(foot) if ruled and across else None


def _spanning(rules: Rules, extent: Box, glyph: float) -> list[float]:
    """Heights of the rules, or rules in line, that run across most of the page."""
    found: list[float] = []
    for rule in sorted(rules.across, key=lambda r: r.centre[1]):
        y = rule.centre[1]
        in_line = [(r.left, r.right) for r in rules.across if abs(r.centre[1] - y) < 0.8 * glyph]
        if length_of_union(in_line) > SPANNING * extent.width:
            found.append(y)
    return found


def _name(lines: Sequence[Line], extent: Box, glyph: float) -> Line | None:
    """The name of the paper: the largest line across near the top, with nothing above it."""
    near_top = [
        line
        for line in lines
        if not line.direction.vertical and line.box.centre[1] < extent.top + TOP * extent.height
    ]
    large = [line for line in near_top if size_of(line) > MAST_SIZE * glyph]
    if not large:
        return None
    name = max(large, key=size_of)
    above = [line for line in lines if line.box.bottom < name.box.top + 0.15 * name.box.height]
    return name if not above and len(name.chars) <= MAST_LENGTH else None


def _below_bands(
    foot: float, lines: Sequence[Line], spanning: Sequence[float], glyph: float
) -> float:
    """The foot of a masthead, with the ruled bands of particulars under it."""
    for y in spanning:
        if y < foot - glyph:
            continue
        between = [line for line in lines if foot < line.box.centre[1] < y]
        narrow = y - foot < BAND * glyph or (between and _height(between) < BAND * glyph)
        if narrow and not any(line.direction.vertical for line in between):
            foot = max(foot, y)
        else:
            break
    return foot


def _height(lines: Sequence[Line]) -> int:
    return Box.around(line.box for line in lines).height


def _top_row(lines: Sequence[Line]) -> list[Line]:
    """The topmost line and those level with it."""
    first = min(lines, key=lambda line: line.box.top)
    return [line for line in lines if line.box.centre[1] < first.box.bottom]

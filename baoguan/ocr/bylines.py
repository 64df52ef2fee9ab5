"""Bylines: short rows of small type right under a headline that runs down the page."""

from __future__ import annotations

from collections.abc import Sequence

from baoguan.model import Box, Line
from baoguan.ocr.flow import HEADLINE, size_of
from baoguan.ocr.sheet import Rules

SMALL = 1.2  # glyph sides: larger type is a headline of its own
SHORT = 10  # characters
UNDER = 6.0  # glyph sides from the headline's foot
ASIDE = 0.7  # glyph sides by which a row may reach beyond its headline


def bylines(lines: Sequence[Line], rules: Rules, glyph: float) -> dict[int, list[Line]]:
    """For the id of a headline's line, the rows right under it, from the top."""
    heads = [x for x in lines if x.direction.vertical and size_of(x) > HEADLINE * glyph]
    found: dict[int, list[Line]] = {}
    for row in sorted(lines, key=lambda line: line.box.top):
        if row.direction.vertical or len(row.chars) > SHORT or size_of(row) > SMALL * glyph:
            continue
        over = [head for head in heads if _is_under(row.box, head.box, glyph)]
        head = max(over, key=lambda each: each.box.bottom, default=None)
        if head is not None and not _is_parted(row, head, lines, rules):
            found.setdefault(id(head), []).append(row)
    return found


def _is_under(row: Box, head: Box, glyph: float) -> bool:
    within = head.left - ASIDE * glyph < row.centre[0] < head.right + ASIDE * glyph
    wide = row.width < head.width + 4 * ASIDE * glyph
    return within and wide and -0.5 * glyph < row.top - head.bottom < UNDER * glyph


def _is_parted(row: Line, head: Line, lines: Sequence[Line], rules: Rules) -> bool:
    """Whether a rule or a column stands between a headline and a row."""
    x = row.box.centre[0]
    between = [*rules.across, *(line.box for line in lines if line.direction.vertical)]
    return any(
        head.box.bottom <= box.centre[1] <= row.box.top and box.left < x < box.right
        for box in between
    )

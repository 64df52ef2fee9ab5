"""Lines to groups: which layout fits the direction of the page."""

from __future__ import annotations

from dataclasses import replace

from baoguan.model import ArticleKind, Box, Direction, RegionKind
from baoguan.ocr.cuts import blocks_in_order, sorted_lines
from baoguan.ocr.direction import prevailing
from baoguan.ocr.ink import find_rules
from baoguan.ocr.sheet import Block, Group, Sheet
from baoguan.ocr.vertical import lay_out_vertical


def lay_out(sheet: Sheet) -> Sheet:
    """The sheet with rules, and its lines in groups."""
    sheet = find_rules(sheet)
    if not sheet.lines:
        return sheet
    if sheet.direction is Direction.VERTICAL_RL:
        return lay_out_vertical(sheet)
    return _by_cuts(sheet)


def _by_cuts(sheet: Sheet) -> Sheet:
    right_to_left = sheet.direction is not Direction.HORIZONTAL_LTR
    gap = max(4.0, sheet.glyph * 0.6)
    groups = []
    for lines in blocks_in_order(sheet.lines, gap, gap, right_to_left):
        direction = prevailing(lines, sheet.direction)
        block = Block(
            RegionKind.TEXT,
            Box.around(line.box for line in lines),
            direction,
            tuple(sorted_lines(lines, direction)),
        )
        groups.append(Group(ArticleKind.ARTICLE, (block,)))
    return replace(sheet, groups=tuple(groups))

"""Lines to groups: which layout fits the direction of the page."""

from __future__ import annotations

from baoguan.model import Direction
from baoguan.ocr.horizontal import lay_out_horizontal
from baoguan.ocr.ink import find_rules
from baoguan.ocr.sheet import Sheet
from baoguan.ocr.vertical import lay_out_vertical


def lay_out(sheet: Sheet) -> Sheet:
    """The sheet with rules, and its lines in groups."""
    sheet = find_rules(sheet)
    if sheet.direction is Direction.VERTICAL_RL:
        return lay_out_vertical(sheet)
    return lay_out_horizontal(sheet)

"""Lines to groups: which layout fits the sheet."""

from __future__ import annotations

from dataclasses import replace

from baoguan.model import Direction
from baoguan.ocr.horizontal import lay_out_horizontal
from baoguan.ocr.ink import find_rules
from baoguan.ocr.photographs import find_photographs, lay_out_photographs
from baoguan.ocr.sheet import Sheet
from baoguan.ocr.vertical import lay_out_vertical

LINES_GUESSED = 60  # on a page without text: the measure for its pictures
READABLE = 4.0  # pixels: what seems to be smaller type is grain


def lay_out(sheet: Sheet) -> Sheet:
    """The sheet with rules, and its lines in groups."""
    if sheet.glyph < READABLE:
        guessed = min(sheet.width, sheet.height) / LINES_GUESSED
        sheet = replace(sheet, glyph=max(READABLE, guessed))
    if photographs := find_photographs(sheet):
        return lay_out_photographs(sheet, photographs)
    sheet = find_rules(sheet)
    if sheet.direction is Direction.VERTICAL_RL:
        return lay_out_vertical(sheet)
    return lay_out_horizontal(sheet)

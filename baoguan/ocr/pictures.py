"""Pictures: inked areas that are neither text nor rules."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from baoguan.model import Box, Line
from baoguan.ocr.sheet import Sheet

CELLS = 4  # plane pixels to a glyph side
SMALLEST = 4.0  # glyph sides, both ways
INKED = 0.2  # of a cell, to count as inked
FULL = 0.3  # share of a picture's box that must be inked after closing
TEXTUAL = 0.3  # share of its box that lines may cover
LARGEST = 0.6  # of the sheet: more than that is a dark scan


def find_pictures(sheet: Sheet) -> list[Box]:
    """Boxes in sheet pixels, top to bottom."""
    if sheet.glyph <= 0:
        return []
    scale = CELLS / sheet.glyph
    size = max(1, round(sheet.width * scale)), max(1, round(sheet.height * scale))
    share = cv2.resize(sheet.ink.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    inked = (share > INKED).astype(np.uint8)
    for box in [line.box for line in sheet.lines] + [*sheet.rules.across, *sheet.rules.down]:
        _clear(inked, box, scale)
    solid = cv2.morphologyEx(inked, cv2.MORPH_CLOSE, np.ones((CELLS + 1, CELLS + 1), np.uint8))
    solid = cv2.morphologyEx(solid, cv2.MORPH_OPEN, np.ones((CELLS, CELLS), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=8)
    found = []
    for left, top, width, height, area in stats[1:count]:
        sides = Box(*(round(v / scale) for v in (left, top, left + width, top + height)))
        if min(width, height) < SMALLEST * CELLS or area < FULL * width * height:
            continue
        if sides.area > LARGEST * sheet.width * sheet.height or _touches_border(sides, sheet):
            continue
        if _covered(sides, sheet.lines) <= TEXTUAL:
            found.append(sides)
    return sorted(_without_inner(found), key=lambda b: (b.top, b.left))


def _clear(plane: np.ndarray, box: Box, scale: float) -> None:
    left, top, right, bottom = (side * scale for side in box.as_tuple())
    plane[int(top) : int(np.ceil(bottom)), int(left) : int(np.ceil(right))] = 0


def _touches_border(box: Box, sheet: Sheet) -> bool:
    """Dark edges of a scan are no pictures."""
    edge = sheet.glyph
    outside = (box.left < edge) + (box.right > sheet.width - edge)
    outside += (box.top < edge) + (box.bottom > sheet.height - edge)
    thin = min(box.width, box.height) < 0.15 * max(box.width, box.height)
    return outside >= 2 or (outside >= 1 and thin)


def _covered(box: Box, lines: Sequence[Line]) -> float:
    return sum(box.overlap(line.box) for line in lines) / max(1, box.area)


def _without_inner(boxes: Sequence[Box]) -> list[Box]:
    return [
        b
        for b in boxes
        if not any(o is not b and b.overlap(o) > 0.8 * b.area and o.area > b.area for o in boxes)
    ]

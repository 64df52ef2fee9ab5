"""Faces: what the printed rules close in. A framed advertisement is one, a register another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from baoguan.model import Box, Line
from baoguan.ocr.sheet import Sheet

CELLS = 8  # plane pixels to a glyph side
BRIDGED = 1.1  # glyph sides by which a rule is lengthened at both ends, to close corners

BRIDGED_LONG = 1.8
LONG = 8.0  # glyph sides: a rule of a frame rather than of a register
TALL = 8.0
OUTSIDE = 0


@dataclass(frozen=True, slots=True, eq=False)
class Faces:
    """`labels`: int32 plane, 0 outside; `scale` leads from sheet to plane pixels."""

    labels: npt.NDArray[np.int32]
    scale: float
    boxes: tuple[Box, ...]

    def face_of(self, box: Box) -> int:
        """The face in which the middle stretch of `box` lies."""
        left, top, right, bottom = (side * self.scale for side in box.as_tuple())
        inset_x, inset_y = (right - left) / 4, (bottom - top) / 4
        rows = slice(int(top + inset_y), max(int(top + inset_y) + 1, int(bottom - inset_y)))
        columns = slice(int(left + inset_x), max(int(left + inset_x) + 1, int(right - inset_x)))
        labels = self.labels[rows, columns]
        labels = labels[labels >= 0]
        return int(np.bincount(labels.ravel()).argmax()) if labels.size else OUTSIDE


def find_faces(sheet: Sheet) -> Faces:
    """Faces of the rule network; the one that touches the sheet's border is OUTSIDE."""
    scale = CELLS / sheet.glyph
    size = max(3, round(sheet.height * scale)), max(3, round(sheet.width * scale))
    free = np.ones(size, np.uint8)
    for box in sheet.rules.across:
        reach = (BRIDGED_LONG if box.width > LONG * sheet.glyph else BRIDGED) * sheet.glyph
        _draw(free, box.left - reach, (box.top + box.bottom) / 2, box.right + reach, None, scale)
    for box in sheet.rules.down:
        reach = (BRIDGED_LONG if box.height > LONG * sheet.glyph else BRIDGED) * sheet.glyph
        _draw(free, (box.left + box.right) / 2, box.top - reach, None, box.bottom + reach, scale)
    _draw_extent(free, sheet, scale)
    free[[0, -1], :] = 1
    free[:, [0, -1]] = 1
    count, labels, stats, _ = cv2.connectedComponentsWithStats(free, connectivity=4)
    outside = labels[0, 0]
    renamed = np.arange(count)
    renamed[outside], renamed[1] = OUTSIDE, outside
    renamed[0] = -1
    if outside == 1:
        renamed[1] = OUTSIDE
    boxes = [Box(0, 0, sheet.width, sheet.height)] * count
    for label in range(1, count):
        left, top, width, height = (side / scale for side in stats[label][:4])
        boxes[renamed[label]] = Box(
            round(left), round(top), round(left + width), round(top + height)
        )
    return Faces(np.asarray(renamed[labels], np.int32), scale, tuple(boxes))


def _draw_extent(free: npt.NDArray[np.uint8], sheet: Sheet, scale: float) -> None:
    """The head and the foot of the printed frame, whose own rule may be broken or thick."""
    tall = [r for r in sheet.rules.down if r.height > TALL * sheet.glyph]
    if len(tall) < 2:
        return
    extent = Box.around(tall)
    for y in (extent.top, extent.bottom):
        _draw(free, extent.left, y, extent.right, None, scale)


def _draw(
    free: npt.NDArray[np.uint8],
    x: float,
    y: float,
    to_x: float | None,
    to_y: float | None,
    scale: float,
) -> None:
    start = round(x * scale), round(y * scale)
    end = round((x if to_x is None else to_x) * scale), round((y if to_y is None else to_y) * scale)
    cv2.line(free, start, end, 0, 2)


def lines_by_face(lines: Sequence[Line], faces: Faces) -> dict[int, list[Line]]:
    found: dict[int, list[Line]] = {}
    for line in lines:
        found.setdefault(faces.face_of(line.box), []).append(line)
    return found

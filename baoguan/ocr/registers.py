"""Columns that the detector ran through two registers are cut at the white band between these.

The gap inside one column does not tell: a band of white across several columns does. Ink without
rules is taken, and white that is wide enough and high enough.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import cv2
import numpy as np
import numpy.typing as npt

from baoguan.model import Box, Line
from baoguan.ocr.sheet import Sheet

CELLS = 8  # plane pixels to a pitch
WIDE = 4.6  # pitches: a band of white spans several columns
HIGH = 0.34
INKED = 0.12  # of a plane pixel, to count as inked
AROUND = 4.5  # pitches: columns beside that must agree
NEAR = 1.2
VOTES = 3
PIECE = 1.6  # pitches: the least length of what is cut off

Plane = npt.NDArray[np.uint8]


def cut_at_bands(sheet: Sheet, pitch: float) -> tuple[Line, ...]:
    """The sheet's lines, columns cut where a white band runs through them."""
    if pitch <= 0:
        return sheet.lines
    scale = CELLS / pitch
    bands = white_bands(sheet, scale)
    upright = [line for line in sheet.lines if line.direction.vertical]
    wanted = {id(line): _cuts(line, bands, scale, pitch) for line in upright}
    cut: list[Line] = []
    for line in sheet.lines:
        heights = [y for y in wanted.get(id(line), []) if _agreed(line, y, upright, wanted, pitch)]
        cut += split_line(line, heights)
    return tuple(cut)


def _agreed(
    line: Line, y: float, lines: Sequence[Line], wanted: Mapping[int, list[float]], pitch: float
) -> bool:
    """Whether columns beside `line` end, begin or are to be cut at the height `y` too."""
    x = line.box.centre[0]
    votes = 0
    for other in lines:
        if other is line or abs(other.box.centre[0] - x) > AROUND * pitch:
            continue
        ends = abs(other.box.bottom - y) < NEAR * pitch or abs(other.box.top - y) < NEAR * pitch
        if ends or any(abs(cut - y) < 0.7 * NEAR * pitch for cut in wanted[id(other)]):
            votes += 1
    return votes >= VOTES


def white_bands(sheet: Sheet, scale: float) -> Plane:
    """1 where white is WIDE by HIGH pitches at least; 8 plane pixels to a pitch."""
    size = max(1, round(sheet.width * scale)), max(1, round(sheet.height * scale))
    share = cv2.resize(sheet.ink.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    white = (share < INKED).astype(np.uint8)
    for box in (*sheet.rules.across, *sheet.rules.down):
        left, top, right, bottom = (round(side * scale) for side in box.as_tuple())
        white[top : bottom + 1, left : right + 1] = 1
    kernel = np.ones((max(2, round(HIGH * CELLS)), round(WIDE * CELLS)), np.uint8)
    return np.asarray(cv2.morphologyEx(white, cv2.MORPH_OPEN, kernel), np.uint8)


def _cuts(line: Line, bands: Plane, scale: float, pitch: float) -> list[float]:
    """Heights at which a white band runs through a column."""
    box = line.box
    inset = box.width / 4
    columns = slice(int((box.left + inset) * scale), int((box.right - inset) * scale) + 1)
    rows = bands[int(box.top * scale) : int(box.bottom * scale) + 1, columns]
    if rows.size == 0 or len(line.chars) < 3:
        return []
    covered = rows.mean(axis=1) > 0.7
    cuts: list[float] = []
    for start, end in _runs(covered):
        middle = box.top + (start + end + 1) / 2 / scale
        if min(middle - box.top, box.bottom - middle) > PIECE * pitch:
            cuts.append(middle)
    return cuts


def _runs(flags: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return [(int(a), int(b) - 1) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def split_line(line: Line, cuts: Sequence[float]) -> list[Line]:
    """A column cut at heights, between characters; pieces without any are left out."""
    if not cuts:
        return [line]
    bounds = [float("-inf"), *sorted(cuts), float("inf")]
    pieces = []
    for low, high in zip(bounds, bounds[1:], strict=False):
        chars = tuple(c for c in line.chars if low < c.box.centre[1] <= high)
        if chars:
            pieces.append(Line(Box.around(c.box for c in chars), line.direction, chars))
    return pieces

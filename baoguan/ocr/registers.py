"""Columns that the detector ran through two registers are cut at the white band between these.

The gap inside one column does not tell: a band of white across several columns does. Ink without
rules is taken, and white that is wide enough and high enough.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
import numpy.typing as npt

from baoguan.model import Box, Line
from baoguan.ocr.direction import is_latin
from baoguan.ocr.profiles import runs
from baoguan.ocr.sheet import Sheet

CELLS = 8  # plane pixels to a pitch
BAND = 4.1, 0.34  # pitches, wide and high: a band of white spans several columns
ALLEY = 4.6, 0.34  # and one beside rows several of these
GUTTER = 9.0, 0.5  # and one that may cut off a single word
INKED = 0.12  # of a plane pixel, to count as inked
AROUND = 4.5  # pitches: columns beside that must agree
NEAR = 1.2
VOTES = 3
LARGE = 1.3  # glyph sides: headlines run through registers
PIECE = 1.2  # pitches: the least length of what is cut off a column
WORD = 0.8
SEAM = 0.35  # pitches by which columns of one register may differ in height
ROW_PIECE = 3.4  # and a row, where signs and spaces under each other look like a gutter

Plane = npt.NDArray[np.uint8]


def cut_at_bands(
    sheet: Sheet, pitch: float, across: bool = False, *, high: bool = False
) -> tuple[Line, ...]:
    """The sheet's lines, cut where a white band runs through them.

    Columns are cut at bands across; with `across`, rows are cut at the gutters between columns.
    With `high` only long bands cut, and they cut off single words of Latin script.
    """
    if pitch <= 0:
        return sheet.lines
    scale = CELLS / pitch
    bands = white_bands(sheet, scale, across, GUTTER if high else ALLEY if across else BAND)
    mine = [line for line in sheet.lines if line.direction.vertical is not across]
    spans = {id(line): Span.of(line, across) for line in mine}
    if high:
        for line in mine:
            spans[id(line)].least = WORD if is_latin(line.text) else float("inf")
    body = [span for span in spans.values() if span.thick < LARGE * sheet.glyph]
    for span in body:
        span.cuts += _cuts(span, bands, scale, pitch)
    seams = {} if across else {id(span): _seams(span, body, pitch) for span in body}
    cut: list[Line] = []
    for line in sheet.lines:
        span_of = spans.get(id(line))
        agreed = [y for y in span_of.cuts if _agreed(span_of, y, body, pitch)] if span_of else []
        cut += split_line(line, [*agreed, *seams.get(id(span_of), ())], across)
    return tuple(cut)


@dataclass(slots=True)
class Span:
    """A line seen along its reading: where it starts and ends, and its middle across."""

    start: float
    end: float
    middle: float
    thick: float
    count: int
    least: float  # pitches: the length of a piece
    cuts: list[float] = field(default_factory=list)

    @staticmethod
    def of(line: Line, across: bool) -> Span:
        box = line.box
        if across:
            return Span(box.left, box.right, box.centre[1], box.height, len(line.chars), ROW_PIECE)
        return Span(box.top, box.bottom, box.centre[0], box.width, len(line.chars), PIECE)


def _agreed(span: Span, y: float, body: Sequence[Span], pitch: float) -> bool:
    """Whether lines beside end, begin or are to be cut at `y` too, and `span` is one of a block."""
    votes = aligned = against = 0
    for other in body:
        if other is span or abs(other.middle - span.middle) > AROUND * pitch:
            continue
        ends = abs(other.end - y) < NEAR * pitch or abs(other.start - y) < NEAR * pitch
        agrees = ends or any(abs(cut - y) < 0.7 * NEAR * pitch for cut in other.cuts)
        votes += agrees
        against += not agrees and other.start < y < other.end
        level = abs(other.start - span.start) < NEAR * pitch
        aligned += level or abs(other.end - span.end) < NEAR * pitch
    return votes >= VOTES and aligned > 0 and against <= votes / 2


def _seams(span: Span, body: Sequence[Span], pitch: float) -> list[float]:
    """Where registers touch without any white: columns on both sides end there and others begin,
    level with the ends of `span`."""
    beside = [o for o in body if o is not span and abs(o.middle - span.middle) < AROUND * pitch]
    give = SEAM * pitch
    above = [o for o in beside if abs(o.start - span.start) < give and o.end < span.end - give]
    below = [o for o in beside if abs(o.end - span.end) < give and o.start > span.start + give]
    seams: list[float] = []
    for upper in above:
        y = upper.end
        ends = [o for o in above if abs(o.end - y) < give]
        begins = [o for o in below if abs(o.start - y) < give]
        sides = {o.middle > span.middle for o in ends}
        open_side = {o.middle > span.middle for o in beside if o.start < y < o.end} - sides
        enough = min(len(ends), len(begins)) >= VOTES - 1 and not open_side
        if enough and not any(abs(y - known) < give for known in seams):
            seams.append((y + min(o.start for o in begins)) / 2)
    return seams


def white_bands(sheet: Sheet, scale: float, across: bool, size: tuple[float, float]) -> Plane:
    """1 where white is `size` pitches wide and high at least; 8 plane pixels to a pitch.

    With `across` the plane is transposed: its rows run along the lines in both cases.
    """
    shape = max(1, round(sheet.width * scale)), max(1, round(sheet.height * scale))
    share = cv2.resize(sheet.ink.astype(np.float32), shape, interpolation=cv2.INTER_AREA)
    white = (share < INKED).astype(np.uint8)
    for box in (*sheet.rules.across, *sheet.rules.down):
        left, top, right, bottom = (round(side * scale) for side in box.as_tuple())
        white[top : bottom + 1, left : right + 1] = 1
    if across:
        white = np.ascontiguousarray(white.T)
    wide, high = (round(side * CELLS) for side in size)
    kernel = np.ones((max(2, high), wide), np.uint8)
    return np.asarray(cv2.morphologyEx(white, cv2.MORPH_OPEN, kernel), np.uint8)


def _cuts(span: Span, bands: Plane, scale: float, pitch: float) -> list[float]:
    """Places along a line at which a white band runs through it."""
    low, high = span.middle - span.thick / 4, span.middle + span.thick / 4
    columns = slice(int(low * scale), int(high * scale) + 1)
    rows = bands[int(span.start * scale) : int(span.end * scale) + 1, columns]
    if rows.size == 0 or span.count < 3:
        return []
    cuts = []
    for first, end in runs(rows.mean(axis=1) > 0.7):
        middle = span.start + (first + end) / 2 / scale
        if min(middle - span.start, span.end - middle) > span.least * pitch:
            cuts.append(middle)
    return cuts


def split_line(line: Line, cuts: Sequence[float], across: bool = False) -> list[Line]:
    """A line cut between characters; pieces without any are left out."""
    if not cuts:
        return [line]
    bounds = [float("-inf"), *sorted(cuts), float("inf")]
    axis = 0 if across else 1
    pieces = []
    for low, high in itertools.pairwise(bounds):
        chars = tuple(c for c in line.chars if low < c.box.centre[axis] <= high)
        if chars:
            pieces.append(Line(Box.around(c.box for c in chars), line.direction, chars))
    return pieces

"""Columns beside columns: what the detector did not see at all, but where the next one must stand.

In small type set solid or out of focus the detector leaves out whole columns of a block, or takes
two for one. Columns of a block stand side by side at one distance, as thick as they are. So where
ink goes on beside a column that is read, and no line read well holds it, it is cut at that distance
and read. See `docs/decisions/0010-lines.md`.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

import numpy as np

from baoguan.ocr.detect import Stroke
from baoguan.ocr.lines import Strip, cut, kernel_in
from baoguan.ocr.profiles import runs, smooth
from baoguan.ocr.second_look import READ, THINNEST, UNIT, Read, is_text, is_thin
from baoguan.ocr.sheet import Floats, Grey, Mask
from baoguan.ocr.surroundings import HEAVIEST, SMOOTHED, Surroundings, surroundings_of

SEED = 0.6  # worth of a line beside which others are looked for
FEWEST = 3  # characters of it
INKED = 0.5  # of the line's own ink: as much is beside it
FREE = 0.3  # share of a column's width that other lines may take
SHORTEST = 2.5  # characters of it that are looked at
GAP = 1.0  # characters without ink, or taken, that it may be broken by
TAKEN = 0.2  # share of its length that may be taken
TRACE = 0.005  # chance of text, without which ink is a rule's or a picture's
READ_LARGE = 0.8  # worth from which on larger type is text


def columns_beside(
    image: Grey, inked: Mask, chance: Floats, lines: Sequence[Read], which: Container[int]
) -> list[Strip]:
    """What may be columns beside the lines of indices `which`, where a page is one of columns:
    ink with a trace of `chance` of text, as the detector's map has it."""
    around = surroundings_of(inked, lines)
    if around is None:
        return []
    return [
        cut(image, stroke)
        for i, (strip, reading) in enumerate(lines)
        if i in which and strip.down and strip.thickness >= THINNEST * around.body
        if reading.worth >= SEED and len(reading.glyphs) >= FEWEST
        for stroke in _beside(around, strip)
        if _chance_of(stroke, chance, chance.shape[0] / len(image)) >= TRACE
    ]


def _chance_of(stroke: Stroke, chance: Floats, scale: float) -> float:
    """The mean chance of text along the middle of a column."""
    along = np.linspace(-stroke.length / 2, stroke.length / 2, max(2, round(stroke.length * scale)))
    xs = (stroke.x - np.sin(stroke.tilt) * along) * scale
    ys = (stroke.y + np.cos(stroke.tilt) * along) * scale
    height, width = chance.shape
    inside = (xs >= 0) & (xs < width) & (ys >= 0) & (ys < height)
    return float(chance[ys[inside].astype(int), xs[inside].astype(int)].sum() / len(along))


def is_column_beside(line: Read, body: float) -> bool:
    """Whether what is beside a column reads like text: larger type more surely than the body's,
    since pictures and ornaments are larger too."""
    strip, reading = line
    least = READ if is_thin(strip, body) else READ_LARGE
    return reading.worth >= least and is_text(reading)


def _beside(around: Surroundings, strip: Strip) -> Iterator[Stroke]:
    ink, taken = around.of(strip, 0, 1)
    side = round(UNIT)
    usual = float(ink[side : 2 * side].mean())
    if usual > HEAVIEST:
        return
    for sign, band in ((-1, slice(0, side - 1)), (1, slice(2 * side + 1, 3 * side))):
        free = (taken[band] > 0).mean(axis=0) < FREE
        profile = smooth(ink[band].mean(axis=0), round(SMOOTHED * UNIT))
        seen = free & (profile > INKED * usual)
        for first, end in runs(seen, GAP * UNIT):
            long = seen[first:end].sum() >= SHORTEST * UNIT
            if long and float((~free[first:end]).mean()) <= TAKEN:
                yield kernel_in(
                    strip,
                    (first * strip.thickness / UNIT, end * strip.thickness / UNIT),
                    (sign * strip.thickness, (sign + 1) * strip.thickness),
                )

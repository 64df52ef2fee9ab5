"""A second reading of a column: its glyphs cut apart, set upright from left to right.

The recogniser knows rows of upright characters better than columns on their side, and its errors
are others: two readings vote. A long gap between two characters is looked at as well.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from baoguan.ocr.lines import Strip
from baoguan.ocr.recognise import Glyph, Reading, edges
from baoguan.ocr.sheet import Grey

SKIPPED = 1.6  # steps: a gap in which a character may have been skipped
SURE = 0.5  # of a character that only the second reading sees
SECOND = 1.0  # weight of the second reading's chances


def with_skipped(reading: Reading) -> Reading:
    """The reading with an empty glyph in each long gap."""
    places = [glyph.place for glyph in reading.glyphs]
    steps = np.diff(places)
    if len(steps) < 2:
        return reading
    usual = float(np.median(steps))
    glyphs = [reading.glyphs[0]]
    for glyph, step in zip(reading.glyphs[1:], steps, strict=True):
        count = round(float(step) / usual) - 1 if step > SKIPPED * usual else 0
        start = glyph.place - float(step)
        glyphs += [
            Glyph("", start + float(step) * (i + 1) / (count + 1), 0.0) for i in range(count)
        ]
        glyphs.append(glyph)
    return Reading(tuple(glyphs))


def upright_row(strip: Strip, reading: Reading) -> Grey:
    """The cells of a column's glyphs as a row of squares, one to a glyph."""
    side = strip.thickness
    at = edges([glyph.place for glyph in reading.glyphs], strip.pixels)
    cells = [_cell(strip.pixels, start, end, side) for start, end in itertools.pairwise(at)]
    return np.hstack(cells)


def _cell(pixels: Grey, start: float, end: float, side: int) -> Grey:
    first = min(max(0, round(start)), pixels.shape[1] - 1)
    last = max(first + 1, min(round(end), first + round(1.25 * side)))
    cell = np.rot90(pixels[:, first:last], -1)
    height, width = cell.shape
    if height > side:
        return np.asarray(cv2.resize(cell, (width, side), interpolation=cv2.INTER_AREA), np.uint8)
    square = np.full((side, width), int(np.median(pixels[[0, -1]])), np.uint8)
    top = (side - height) // 2
    square[top : top + height] = cell
    return square


def voted(first: Reading, second: Reading) -> Reading:
    """`first` with each character weighed against what `second` reads in its cell."""
    count = len(first.glyphs)
    in_cell: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in second.glyphs:
        in_cell[min(count - 1, int(glyph.place * count))].append(glyph)
    glyphs = [_vote(glyph, in_cell[i]) for i, glyph in enumerate(first.glyphs)]
    return Reading(tuple(glyph for glyph in glyphs if glyph.text))


def _vote(glyph: Glyph, others: Sequence[Glyph]) -> Glyph:
    if not glyph.text:
        sure = [other for other in others if other.confidence > SURE and not other.text.isspace()]
        best = max(sure, key=lambda other: other.confidence, default=None)
        return glyph if best is None else replace(best, place=glyph.place)
    if len(others) != 1:
        return glyph
    chances: dict[str, float] = defaultdict(float)
    for text, chance in ((glyph.text, glyph.confidence), *glyph.others):
        chances[text] += chance
    for text, chance in ((others[0].text, others[0].confidence), *others[0].others):
        chances[text] += SECOND * chance
    text = max(chances, key=lambda t: chances[t])
    ordered = sorted(chances.items(), key=lambda item: (-item[1], item[0]))
    shares = [(form, chance / (1 + SECOND)) for form, chance in ordered]
    rest = tuple((form, share) for form, share in shares if form != text)
    mean = min(1.0, chances[text] / (1 + SECOND))
    return replace(glyph, text=text, confidence=mean, others=rest)

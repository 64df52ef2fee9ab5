"""A second reading of a column: its glyphs cut apart, set upright from left to right.

The recogniser knows rows of upright characters better than columns on their side, and its errors
are others: two readings vote. Only what is in doubt is read again, with a neighbour on each side:
as good as all of it, in two fifths of the time. A long gap between two characters is in doubt too.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence, Set
from dataclasses import replace

import cv2
import numpy as np

from baoguan.ocr.lines import Strip
from baoguan.ocr.recognise import NONE, Chances, Options, Reading, Slot, edges, runs_of
from baoguan.ocr.sheet import Grey

SURE = 0.9  # confidence of a character that is read once
SECOND = 0.7  # weight of the second reading's chances
# Neither a sure character nor the mean of two readings is as likely right as it says: the logarithm
# of the odds is BIAS + SLOPE × what it would be. Fitted on one fold of 1939 and read off the other,
# both ways: .97 + .49 and .88 + .57 (docs/decisions/0010-lines.md).
BIAS, SLOPE = 0.94, 0.55


def in_doubt(slots: Sequence[Slot], reading: Reading) -> list[tuple[int, int]]:
    """First slot, and the one behind the last, of each stretch that wants a second reading."""
    sure = {glyph.place for glyph in reading.glyphs if glyph.confidence >= SURE}
    doubt = [slot.open or slot.place not in sure for slot in slots]
    near = ["x" if any(doubt[max(0, i - 1) : i + 2]) else NONE for i in range(len(slots))]
    return [(first, last + 1) for first, last in runs_of(near) if near[first] != NONE]


def upright_row(strip: Strip, places: Sequence[float]) -> Grey:
    """The cells of a column's characters as a row of squares; `places` are their middles, 0 to
    1 along the strip."""
    side = strip.thickness
    at = edges(places, strip.pixels)
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


def cells_of(row: Chances, count: int, never: Set[str] = frozenset()) -> list[Options]:
    """What a row of `count` cells holds: in each the highest chance of every character, and the
    lowest of none."""
    width = row.filled / count
    return [
        _most(row.steps[math.floor(i * width) : math.ceil((i + 1) * width)], never)
        for i in range(count)
    ]


def _most(steps: Sequence[Options], never: Set[str]) -> Options:
    most = {NONE: min((step.get(NONE, 0.0) for step in steps), default=1.0)}
    for step in steps:
        for text, chance in step.items():
            if text != NONE and text not in never and not text.isspace():
                most[text] = max(chance, most.get(text, 0.0))
    return most


def voted(slots: Sequence[Slot], cells: Sequence[Options]) -> tuple[Slot, ...]:
    """The slots with the chances of both readings; where one has to stand, none is no option."""
    return tuple(_vote(slot, cell) for slot, cell in zip(slots, cells, strict=True))


def calibrated(reading: Reading) -> Reading:
    """A reading in doubt here and there, read again there, with the chance that each character is
    right as its confidence."""
    return Reading(
        tuple(replace(g, confidence=_chance_of_right(g.confidence)) for g in reading.glyphs)
    )


def _chance_of_right(mean: float) -> float:
    kept = min(max(mean, 0.001), 0.999)
    return 1 / (1 + math.exp(-BIAS - SLOPE * math.log(kept / (1 - kept))))


def _vote(slot: Slot, cell: Options) -> Slot:
    chances: dict[str, float] = {}
    for options, weight in ((slot.options, 1.0), (cell, SECOND)):
        for text, chance in options.items():
            if text != NONE or slot.open:
                chances[text] = chances.get(text, 0.0) + weight * chance
    return Slot(slot.place, {text: chance / (1 + SECOND) for text, chance in chances.items()})

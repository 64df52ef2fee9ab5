"""Strips that hold two columns, wholly or for a stretch, parted there.

The detector takes two columns of small type set solid for one. And old print sets two short
columns abreast in the width of one: notes within a line (雙行夾注), and phrases of half its size
behind a word of great type. Both leave little ink along the middle of the strip; whether they are
two columns, what is read in them tells. See `docs/decisions/0010-lines.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from baoguan.ocr.carried_on import evidence
from baoguan.ocr.lines import Strip, cut, kernel_in, lengthened, warped
from baoguan.ocr.profiles import runs
from baoguan.ocr.recognise import Reading, Slot
from baoguan.ocr.second_look import Read, body_of
from baoguan.ocr.sheet import Floats, Grey, Mask

LEAST = 8  # pixels: thinner strips do not hold two columns
THICK = 1.2  # of the body's thickness: strips that may hold two columns
MIDDLE = 0.38, 0.62  # of a strip's thickness: where two columns part
OVER = 0.9  # of its thickness: the length over which ink is averaged
LITTLE = 0.35  # of the ink on average: no more is along the middle
HALF = 0.3  # of the ink on average: as much is in each half, at least
INKED = 0.1  # share of ink: with less there is nothing
SHORTEST = 0.7  # of a strip's thickness: stretches that may be two columns, before they grow
GROWN = 0.25  # by which they are longer than where the middle is empty, at each end
REACH = 0.5  # how far from there its ends are looked for, in a white gap
EDGE = 0.1  # of white on average
BROKEN = 0.7  # by which one may be broken
LEFT = 0.6  # shorter than this, what is left at an end of the strip belongs to them
MARGIN = 0.2  # by which a strip is longer at each end than one of half its thickness would be
SURE = 0.97  # mean confidence of what is read in a stretch that is one column
BETTER = 1.5  # evidence by which two columns read better than one


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Two columns, the right one first, or two rows, the upper one first, in the strip of index
    `line`, from `first` to `last` along it in pixels."""

    line: int
    first: int
    last: int
    columns: tuple[Strip, Strip]

    def said(self, line: Read) -> Reading:
        """What is read of the strip there."""
        strip, reading = line
        inside = (g for g in reading.glyphs if self.first <= g.place * strip.length <= self.last)
        return Reading(tuple(inside))


def pairs_in(image: Grey, inked: Mask, lines: Sequence[Read]) -> list[Pair]:
    """What may be two columns, and is not read surely as one."""
    thick = max(LEAST, THICK * body_of(lines))
    paper = np.uint8(255) * ~inked
    pairs = (
        pair
        for i, (strip, _) in enumerate(lines)
        if strip.length >= strip.thickness >= thick
        for pair in _pairs_of(image, paper, i, strip)
    )
    return [pair for pair in pairs if pair.said(lines[pair.line]).worth <= SURE]


def _pairs_of(image: Grey, paper: Grey, line: int, strip: Strip) -> Iterator[Pair]:
    ink = warped(paper, strip.to_sheet, strip.length, strip.thickness) < 128
    margin = MARGIN * strip.thickness
    for first, last, middle in _stretches(ink.astype(np.float32)):
        along = max(margin, first), min(strip.length - margin, last)
        halves = (0, middle), (middle, strip.thickness)
        right, left = (cut(image, kernel_in(strip, along, half)) for half in halves)
        yield Pair(line, first, last, (right, left))


def _stretches(ink: Floats) -> Iterator[tuple[int, int, int]]:
    """Where a strip's middle is empty and its halves are not: first, last, and the emptiest row of
    the middle."""
    thick, length = ink.shape
    low, high = (round(share * thick) for share in MIDDLE)
    over = max(1, round(OVER * thick)), 1
    whole, above, below = (
        cv2.blur(part.mean(axis=0, keepdims=True), over)[0] for part in (ink, ink[:low], ink[high:])
    )
    rows = cv2.blur(ink[low - 1 : high + 1], (over[0], 3)).min(axis=0)
    apart = (rows < LITTLE * whole) & (whole > INKED)
    apart &= (above > HALF * whole) & (below > HALF * whole)
    for begin, end in runs(apart, BROKEN * thick):
        if end - begin >= SHORTEST * thick:
            before, behind = begin - GROWN * thick, end + GROWN * thick
            first = 0 if before < LEFT * thick else _gap(ink, before)
            last = length if length - behind < LEFT * thick else _gap(ink, behind)
            yield first, last, low + int(ink[low:high, first:last].mean(axis=1).argmin())


def _gap(ink: Floats, near: float) -> int:
    """The place along a strip, not far from `near`, with the least ink around."""
    thick, length = ink.shape
    around = max(1, round(EDGE * thick))
    profile = np.convolve(ink.sum(axis=0), np.ones(around), mode="same")
    low, high = (round(near + sign * REACH * thick) for sign in (-1, 1))
    at = np.arange(max(0, low), min(length, high + 1))
    return int(at[np.lexsort((np.abs(at - near), profile[at]))[0]])


def read_better(line: Read, pair: Pair, readings: Sequence[Reading]) -> bool:
    """Whether two columns read better than what the strip says there."""
    several = all(len(each.glyphs) > 1 for each in readings)
    return several and sum(map(_evidence, readings)) > _evidence(pair.said(line)) + BETTER


def _evidence(reading: Reading) -> float:
    return sum(map(evidence, reading.glyphs))


def left_of(
    image: Grey, strip: Strip, slots: Sequence[Slot], pairs: Iterable[Pair]
) -> Iterator[tuple[Strip, tuple[Slot, ...]]]:
    """The strip before, between and behind what is parted."""
    bounds = [0, *(end for pair in pairs for end in (pair.first, pair.last)), strip.length]
    for first, last in zip(bounds[::2], bounds[1::2], strict=True):
        if last > first:
            at = [(slot.place * strip.length - first, slot) for slot in slots]
            length = last - first
            inside = (Slot(x / length, slot.options) for x, slot in at if 0 <= x < length)
            yield lengthened(image, strip, -first, last - strip.length), tuple(inside)

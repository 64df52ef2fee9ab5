"""A closer look at a page of columns: at ink that no line covers and at lines read badly.

Small type set solid, as in advertisements, is found only on a large map, and large type only on a
small one. Looking closely everywhere takes five times as long and finds no more, and what is found
closely among ornaments, in headlines and in pictures is seldom text: so a line found so has to be
as thin as a body column, and to read well. See `docs/decisions/0010-lines.md`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from baoguan.model import Box
from baoguan.ocr.lines import Strip
from baoguan.ocr.recognise import Reading
from baoguan.ocr.sheet import Floats, Mask

CLOSER = 1.67  # times the scale of the first look
UNIT = 8.0  # pixels of a body character on the shrunk page
BADLY = 0.75  # worth of a line that is looked at again
DENSE = 0.2  # share of ink over a character's square: more than a rule has
FAINT = 0.1  # chance of text without which ink is no text
FEWEST = 64  # characters' squares in doubt for which a tile of the page is looked at
TOUCHED = 0.3  # share of a line that lies over doubtful ink
NARROWED = 0.8  # thickness of a line, where lines side by side are told apart
COVERED = 0.5  # share of a line that better ones cover
CERTAIN = 0.4  # confidence from which on a character speaks for its line
THINNEST, THICKEST = 0.45, 1.25  # of the body's thickness: lines that a closer look may add
READ = 0.6  # worth from which on they are text
REPEATED = 0.4  # share of a line's characters that are the same one: an ornament

Plane = npt.NDArray[np.uint8]
Read = tuple[Strip, Reading]


@dataclass(frozen=True, slots=True, eq=False)
class Doubtful:
    """A shrunk page (1 where a closer look is wanted) and its scale."""

    plane: Plane
    scale: float

    def __call__(self, box: Box) -> bool:
        """Whether there is enough doubt in a box of the page to look at it."""
        left, top, right, bottom = (round(side * self.scale) for side in box.as_tuple())
        return int(self.plane[top:bottom, left:right].sum()) >= FEWEST * UNIT**2

    def touches(self, strip: Strip) -> bool:
        return _share(self.plane, strip, self.scale) > TOUCHED


def body_of(lines: Iterable[Read]) -> float:
    """The thickness of the typical line in pixels, each character weighing the same; 0 without."""
    sides = [strip.thickness for strip, reading in lines for _ in reading.glyphs]
    return float(np.median(sides)) if sides else 0.0


def scale_of(body: float) -> float:
    """Of the shrunk page, on which a body character has UNIT pixels."""
    return min(1.0, UNIT / max(4.0, body))


def is_thin(strip: Strip, body: float) -> bool:
    """Whether a strip is about as thin as a body column."""
    return THINNEST * body <= strip.thickness <= THICKEST * body


def doubtful(inked: Mask, lines: Sequence[Read], chance: Floats, body: float) -> Doubtful:
    """Where ink as dense as text, with some `chance` of it, is in no line, or in one read badly."""
    scale = scale_of(body)
    ink = shrunk(inked, scale)
    for strip, _ in lines:
        cv2.fillPoly(ink, [corners_of(strip, scale)], 0.0)
    likely = cv2.resize(chance, ink.shape[::-1], interpolation=cv2.INTER_AREA)
    near = cv2.dilate(likely, _square(UNIT + 1)) > FAINT
    dense = cv2.blur(ink, (round(UNIT), round(UNIT))) > DENSE
    spread = cv2.morphologyEx((dense & near).astype(np.uint8), cv2.MORPH_OPEN, _square(UNIT / 2))
    plane = np.asarray(spread, np.uint8)
    for strip, reading in lines:
        if reading.worth < BADLY:
            cv2.fillPoly(plane, [corners_of(strip, scale)], 1)
    return Doubtful(plane, scale)


def shrunk(ink: Mask, scale: float) -> Floats:
    """The share of ink in each pixel of the shrunk page."""
    size = max(1, round(ink.shape[1] * scale)), max(1, round(ink.shape[0] * scale))
    return np.asarray(
        cv2.resize(ink.astype(np.float32), size, interpolation=cv2.INTER_AREA), np.float32
    )


def _square(side: float) -> Plane:
    return np.ones((round(side), round(side)), np.uint8)


def is_column(line: Read, body: float) -> bool:
    """Whether what a closer look found is as thin as a body column and reads like text."""
    strip, reading = line
    return is_thin(strip, body) and reading.worth >= READ and is_text(reading)


def is_text(reading: Reading) -> bool:
    """Whether what is read is letters rather than an ornament."""
    letters = Counter(glyph.text for glyph in reading.glyphs if glyph.text.isalnum())
    count = sum(letters.values())
    return count > max(1, len(reading.glyphs) / 2) and (
        count < 4 or max(letters.values()) <= REPEATED * count
    )


def with_more(lines: Sequence[Read], more: Sequence[Read]) -> list[int]:
    """Which of both (`more` counts on from `lines`) stand where they cover each other: the better
    read. Lines read well give way to one of `more` only."""
    both = [*lines, *more]
    if not both:
        return []
    scale = scale_of(body_of(both))
    corners = [corners_of(strip, scale, NARROWED) for strip, _ in both]
    width, height = np.vstack(corners).max(axis=0) + 2
    taken, added = np.zeros((2, height, width), np.uint8)
    kept = []
    for i in sorted(range(len(both)), key=lambda i: (-weight_of(both[i][1]), i)):
        strip, reading = both[i]
        fixed = i < len(lines) and reading.worth >= BADLY
        if _share(added if fixed else taken, strip, scale) <= COVERED:
            kept.append(i)
            for plane in (taken, added) if i >= len(lines) else (taken,):
                cv2.fillPoly(plane, [corners[i]], 1)
    return sorted(kept)


def weight_of(reading: Reading) -> float:
    """How much what is read speaks for its being a line: less than 0 where it is read badly."""
    return sum(glyph.confidence - CERTAIN for glyph in reading.glyphs)


def _share(plane: Plane, strip: Strip, scale: float) -> float:
    """How much of a line is over ones of the plane."""
    corners = corners_of(strip, scale, NARROWED)
    left, top = np.maximum(corners.min(axis=0), 0)
    right, bottom = corners.max(axis=0) + 1
    part = plane[top:bottom, left:right]
    if not part.size:
        return 0.0
    line = np.zeros(part.shape, np.uint8)
    cv2.fillPoly(line, [corners - np.array([left, top], np.int32)], 1)
    return float((part & line).sum() / max(1, line.sum()))


def corners_of(strip: Strip, scale: float, narrowed: float = 1.0) -> npt.NDArray[np.int32]:
    """The corners of a line on the shrunk page."""
    inset = strip.thickness * (1 - narrowed) / 2
    low, high = inset, strip.thickness - inset
    along = (0, strip.length, strip.length, 0)
    around = [
        strip.to_sheet.point(x, y) for x, y in zip(along, (low, low, high, high), strict=True)
    ]
    return np.asarray(np.round(np.array(around) * scale), np.int32)

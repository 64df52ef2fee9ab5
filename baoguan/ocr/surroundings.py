"""What is around a column on the shrunk page: ink, and ink that is other lines'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from baoguan.ocr.lines import Strip
from baoguan.ocr.second_look import (
    BADLY,
    NARROWED,
    UNIT,
    Read,
    body_of,
    corners_of,
    scale_of,
    shrunk,
)
from baoguan.ocr.sheet import Affine, Floats, Mask

HEAVIEST = 0.7  # share of ink in a column: white type on black has more
SMOOTHED = 0.6  # characters along a column over which ink is averaged


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """A shrunk page of columns: the share of ink in its pixels, and in `taken` one more than the
    index of the line that is read well there, 0 elsewhere. `body` is the thickness of the typical
    line in pixels of the page."""

    ink: Floats
    taken: Floats
    scale: float
    body: float

    def of(self, strip: Strip, ahead: int, aside: int) -> tuple[Floats, Floats]:
        """Ink and what is taken over a strip, `ahead` characters before and behind it and `aside`
        beside it; (across, along), UNIT pixels a character, a character being as long as the strip
        is thick."""
        step = strip.thickness / UNIT
        far, side, own = round(ahead * UNIT), round(aside * UNIT), self.length(strip)
        around = Affine(a=step, c=-far * step, e=step, f=-side * step)
        to_plane = Affine(a=self.scale, e=self.scale).after(strip.to_sheet).after(around)
        size = 2 * far + own, 2 * side + round(UNIT)
        ink, taken = (
            cv2.warpAffine(plane, to_plane.matrix(), size, flags=cv2.WARP_INVERSE_MAP | smooth)
            for plane, smooth in ((self.ink, cv2.INTER_LINEAR), (self.taken, cv2.INTER_NEAREST))
        )
        return np.asarray(ink, np.float32), np.asarray(taken, np.float32)

    def length(self, strip: Strip) -> int:
        """Of a strip, in those pixels."""
        return max(1, round(strip.length * UNIT / strip.thickness))


def surroundings_of(inked: Mask, lines: Sequence[Read]) -> Surroundings | None:
    """None where a page is not one of columns."""
    if not is_of_columns(lines):
        return None
    body = body_of(lines)
    scale = scale_of(body)
    ink = shrunk(inked, scale)
    taken = np.zeros(ink.shape, np.float32)
    for i, (strip, reading) in enumerate(lines):
        if reading.worth >= BADLY:
            cv2.fillPoly(taken, [corners_of(strip, scale, NARROWED)], i + 1.0)
    return Surroundings(ink, taken, scale, body)


def is_of_columns(lines: Sequence[Read]) -> bool:
    """Whether most characters are in columns."""
    columns = sum(len(reading.glyphs) for strip, reading in lines if strip.down)
    return 2 * columns > sum(len(reading.glyphs) for _, reading in lines)

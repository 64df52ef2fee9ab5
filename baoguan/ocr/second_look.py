"""A second, closer look where ink is left over or was read badly, and one line where two looks find
the same.

Small type set solid, as in advertisements, is found only on a large map, and large type only on a
small one. Looking closely everywhere takes four times as long and finds no more.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import cv2
import numpy as np
import numpy.typing as npt

from baoguan.model import Box
from baoguan.ocr.detect import Stroke, body_side
from baoguan.ocr.light import ink_of
from baoguan.ocr.recognise import Reading
from baoguan.ocr.sheet import Grey

CLOSER = 2.0  # times the scale of the first look
UNIT = 8.0  # pixels of a character on the shrunk page
BADLY = 0.75  # worth of a line that is looked at again
DENSE = 0.2  # share of ink over a character's square: more than a rule has
TOUCHED = 0.3  # share of a line that lies over doubtful ink
NARROWED = 0.8  # width of a kernel, where lines side by side are told apart
COVERED = 0.7  # share of a line that better ones cover
CERTAIN = 0.4  # confidence from which on a character speaks for its line

Plane = npt.NDArray[np.uint8]
Line = TypeVar("Line")


@dataclass(frozen=True, slots=True, eq=False)
class Doubtful:
    """A shrunk page (1 where a closer look is wanted) and its scale."""

    plane: Plane
    scale: float

    def __call__(self, box: Box) -> bool:
        """Whether the closer look is wanted anywhere in a box of the page."""
        left, top, right, bottom = (round(side * self.scale) for side in box.as_tuple())
        return bool(self.plane[top : bottom + 1, left : right + 1].any())

    def touches(self, stroke: Stroke) -> bool:
        return _share(self.plane, stroke, self.scale) > TOUCHED


def doubtful_ink(image: Grey, lines: Sequence[tuple[Stroke, float]]) -> Doubtful:
    """Where ink as dense as text is in no line, or a line is of little worth (0 to 1)."""
    strokes = [stroke for stroke, _ in lines]
    scale = min(1.0, UNIT / max(4.0, body_side(strokes) or UNIT))
    size = max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale))
    ink = cv2.resize(ink_of(image).astype(np.float32), size, interpolation=cv2.INTER_AREA)
    for stroke in strokes:
        cv2.fillPoly(ink, [_quad(stroke, scale, 1 + 1.2 * stroke.reach / stroke.width)], 0.0)
    side = round(UNIT)
    dense = np.asarray(cv2.blur(ink, (side, side)) > DENSE, np.uint8)
    left_over = cv2.morphologyEx(dense, cv2.MORPH_OPEN, np.ones((side // 2, side // 2), np.uint8))
    for stroke, worth in lines:
        if worth < BADLY:
            cv2.fillPoly(left_over, [_quad(stroke, scale, 1.3)], 1)
    grown = cv2.dilate(left_over, np.ones((side + 1, side + 1), np.uint8))
    return Doubtful(np.asarray(grown, np.uint8), scale)


def without_doubles(
    lines: Iterable[Line], told: Callable[[Line], tuple[Stroke, Reading]]
) -> list[Line]:
    """The best of the lines that cover each other, by what is read in them, in their order."""
    ordered = list(lines)
    strokes = [told(line)[0] for line in ordered]
    if not strokes:
        return []
    scale = min(1.0, UNIT / max(4.0, body_side(strokes)))
    size = (
        math.ceil(max(s.y + s.length + s.width for s in strokes) * scale) + 1,
        math.ceil(max(s.x + s.length + s.width for s in strokes) * scale) + 1,
    )
    taken = np.zeros(size, np.uint8)
    kept = []
    for i in sorted(range(len(ordered)), key=lambda i: (-_weight(told(ordered[i])[1]), i)):
        if _share(taken, strokes[i], scale) <= COVERED:
            cv2.fillPoly(taken, [_quad(strokes[i], scale, NARROWED)], 1)
            kept.append(i)
    return [ordered[i] for i in sorted(kept)]


def _weight(reading: Reading) -> float:
    return sum(glyph.confidence - CERTAIN for glyph in reading.glyphs)


def _share(plane: Plane, stroke: Stroke, scale: float) -> float:
    """How much of a line is over ones of the plane."""
    quad = _quad(stroke, scale, NARROWED)
    left, top = np.maximum(quad.min(axis=0), 0)
    right, bottom = quad.max(axis=0) + 1
    part = plane[top:bottom, left:right]
    if not part.size:
        return 0.0
    line = np.zeros(part.shape, np.uint8)
    cv2.fillPoly(line, [quad - np.array([left, top], np.int32)], 1)
    return float((part & line).sum() / max(1, line.sum()))


def _quad(stroke: Stroke, scale: float, widened: float) -> npt.NDArray[np.int32]:
    """The corners of a line's kernel, longer at its ends, on the shrunk page."""
    length, width = stroke.length + 1.2 * stroke.reach, stroke.width * widened
    size = (width, length) if stroke.down else (length, width)
    corners = cv2.boxPoints(
        (
            (stroke.x * scale, stroke.y * scale),
            (size[0] * scale, size[1] * scale),
            math.degrees(stroke.tilt),
        )
    )
    return np.asarray(np.round(corners), np.int32)

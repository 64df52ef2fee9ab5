"""Where text is: the detector's probability over tiles, blended, and one look over the whole page.

Shrinking a whole newspaper page to the size a detector likes loses its small type; so does
detecting piece by piece, since lines break at the seams. See `docs/decisions/0003-layout.md`.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from baoguan.model import Box
from baoguan.ocr.sheet import Floats, Grey

TILE = 960  # pixels of the shrunk page
OVERLAP = 256
STRIDE = 32  # what the network's sides must be a multiple of
FIRST_SCALE = 0.6
GLYPHS = (12.0, 34.0)  # width of a widened column on the shrunk page that is read well
AIM = 23.0
THRESHOLD = 0.3
SURE = 0.5
UNCLIP = 1.6  # the network is trained on kernels shrunk by this ratio of area to perimeter

Network = Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True)
class Stroke:
    """The kernel of a line: its middle, the length along it, width across, and its tilt.

    `down` tells a column from a row; `tilt` is in radians from upright, clockwise.
    All in sheet pixels, not widened.
    """

    x: float
    y: float
    length: float
    width: float
    down: bool
    tilt: float
    score: float

    @property
    def reach(self) -> float:
        """By how much the print exceeds the kernel on each side (the network's own rule)."""
        return self.length * self.width * UNCLIP / (2 * (self.length + self.width))


def strokes_of(image: Grey, network: Network) -> tuple[list[Stroke], Floats]:
    """Lines found and the probability map.

    The map is made again at another scale where the characters are too large or too small for it.
    """
    scale = FIRST_SCALE
    chance = text_map(image, scale, network)
    strokes = strokes_in(chance, scale)
    side = body_side(strokes) * scale
    if strokes and not GLYPHS[0] <= side <= GLYPHS[1]:
        scale = min(2.0, max(0.15, scale * AIM / side))
        chance = text_map(image, scale, network)
        strokes = strokes_in(chance, scale)
    return strokes, chance


def body_side(strokes: Iterable[Stroke]) -> float:
    """The width of the typical character."""
    return typical((s.width + 2 * s.reach, s.length) for s in strokes)


def typical(sides: Iterable[tuple[float, float]]) -> float:
    """The median thickness of lines (thickness, length) over their length; 0 without any."""
    order = sorted(sides)
    half = sum(length for _, length in order) / 2
    run = 0.0
    for side, length in order:
        run += length
        if run >= half:
            return float(side)
    return 0.0


def text_map(
    image: Grey, scale: float, network: Network, where: Callable[[Box], bool] = lambda _: True
) -> Floats:
    """float32, the page's size times `scale`: the chance that a pixel is in a line's kernel.

    Tiles whose box of the page is not `where` wanted are left out: no text is seen there. Smaller
    ones would cost less, but the network sees less in them.
    """
    height, width = image.shape
    size = max(STRIDE, round(width * scale)), max(STRIDE, round(height * scale))
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    total = np.zeros(small.shape, np.float32)
    weight = np.zeros(small.shape, np.float32)
    for down, across in itertools.product(_tiles(size[1]), _tiles(size[0])):
        sides = across.start, down.start, across.stop, down.stop
        if not where(Box(*(int(side / scale) for side in sides))):
            continue
        tile = np.asarray(small[down, across], np.uint8)
        chance = network(_prepared(tile))[: tile.shape[0], : tile.shape[1]]
        feather = np.outer(_feather(tile.shape[0]), _feather(tile.shape[1]))
        total[down, across] += chance * feather
        weight[down, across] += feather
    return np.asarray(total / np.maximum(weight, 1e-6), np.float32)


def _tiles(length: int) -> list[slice]:
    """Pieces that cover `length` evenly: as few as there may be, each no larger than it need be."""
    count = max(1, math.ceil((length - OVERLAP) / (TILE - OVERLAP)))
    least = (length + (count - 1) * OVERLAP) / count
    side = min(length, math.ceil(least / STRIDE) * STRIDE)
    starts = [round(i * (length - side) / max(1, count - 1)) for i in range(count)]
    return [slice(start, start + side) for start in starts]


def _feather(length: int) -> Floats:
    """Weights along a tile's side, falling to almost nothing at its ends."""
    ramp = np.minimum(np.arange(length), np.arange(length)[::-1]).astype(np.float32)
    return np.asarray(np.clip((ramp + 1) / (OVERLAP / 2), 0.01, 1.0), np.float32)


def _prepared(tile: Grey) -> Floats:
    """(1, 3, h, w), sides padded to the stride with white, values -1 to 1."""
    height, width = (math.ceil(side / STRIDE) * STRIDE for side in tile.shape)
    padded = np.full((height, width), 255, np.uint8)
    padded[: tile.shape[0], : tile.shape[1]] = tile
    plane = (padded.astype(np.float32) / 255 - 0.5) / 0.5
    return np.asarray(np.broadcast_to(plane, (1, 3, height, width)), np.float32)


def strokes_in(chance: Floats, scale: float) -> list[Stroke]:
    """The lines of a probability map, in sheet pixels."""
    mask = cv2.dilate((chance > THRESHOLD).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    found = (_stroke(np.asarray(contour, np.int32), chance, scale) for contour in contours)
    return sorted((s for s in found if s is not None), key=lambda s: (s.y, s.x))


def _stroke(contour: npt.NDArray[np.int32], chance: Floats, scale: float) -> Stroke | None:
    (x, y), (width, height), degrees = cv2.minAreaRect(contour)
    width, height = width + 1, height + 1
    if min(width, height) < 3:
        return None
    quarters = round(degrees / 90)  # turned away, so that `width` runs across the page
    angle = math.radians(degrees - 90 * quarters)
    if quarters % 2:
        width, height = height, width
    left, top, right, bottom = cv2.boundingRect(contour)
    inside = np.zeros((bottom, right), np.uint8)
    cv2.drawContours(inside, [contour - np.array([[left, top]])], -1, 1, -1)
    score = float(chance[top : top + bottom, left : left + right][inside > 0].mean())
    if score < SURE:
        return None
    down = height >= 1.5 * width
    length, thick = (height, width) if down else (width, height)
    return Stroke(x / scale, y / scale, length / scale, thick / scale, down, angle, score)

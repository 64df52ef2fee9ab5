"""A Sheet is one page on its way from pixels to a Page: an upright image and the facts so far.

Sheet pixels are grey, uint8 (height, width), ink dark. Everything on a sheet is told in its own
pixels; `to_master` leads from there to the pixels of the master frame.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from baoguan.model import ArticleKind, Box, Direction, Line, RegionKind, Step

Grey = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Affine:
    """x' = a·x + b·y + c, y' = d·x + e·y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 0.0
    e: float = 1.0
    f: float = 0.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.b * y + self.c, self.d * x + self.e * y + self.f

    def after(self, first: Affine) -> Affine:
        """The map that applies `first` and then this one."""
        return Affine(
            self.a * first.a + self.b * first.d,
            self.a * first.b + self.b * first.e,
            self.a * first.c + self.b * first.f + self.c,
            self.d * first.a + self.e * first.d,
            self.d * first.b + self.e * first.e,
            self.d * first.c + self.e * first.f + self.f,
        )

    def inverse(self) -> Affine:
        """Raises ZeroDivisionError for a map that flattens the plane."""
        det = self.a * self.e - self.b * self.d
        a, b, d, e = self.e / det, -self.b / det, -self.d / det, self.a / det
        return Affine(a, b, -(a * self.c + b * self.f), d, e, -(d * self.c + e * self.f))

    def matrix(self) -> npt.NDArray[np.float64]:
        """(2, 3), as OpenCV takes it."""
        return np.array([[self.a, self.b, self.c], [self.d, self.e, self.f]])

    def box(self, box: Box, width: int, height: int) -> Box:
        """Where `box` lies after the map, kept in an image of `width` by `height`.

        The middles of the sides are mapped, not the corners, so that a small turn does not swell
        long boxes.
        """
        x, y = box.centre
        sides = [(box.left, y), (box.right, y), (x, box.top), (x, box.bottom)]
        xs, ys = zip(*(self.point(*side) for side in sides), strict=True)
        left, right = (min(max(round(x), 0), width) for x in (min(xs), max(xs)))
        top, bottom = (min(max(round(y), 0), height) for y in (min(ys), max(ys)))
        return Box(left, top, right, bottom)


@dataclass(frozen=True, slots=True)
class Block:
    """A region before it has an id. Its lines are in reading order."""

    kind: RegionKind
    box: Box
    direction: Direction
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """An article before it has an id: its blocks in reading order."""

    kind: ArticleKind
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """Printed rules, frames and waves, as thin boxes."""

    across: tuple[Box, ...] = ()
    down: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """One page: what is known of it grows from stage to stage."""

    pixels: Grey
    to_master: Affine = Affine()
    number: int = 1
    part: Box | None = None  # of the master that this page takes
    skew: float = 0.0
    lies: int | None = None  # degrees clockwise that would set it upright; None while unknown
    direction: Direction = Direction.HORIZONTAL_LTR
    lines: tuple[Line, ...] = ()
    glyph: float = 0.0  # side of a body character, pixels; 0 while unknown
    chance: Floats = field(default_factory=lambda: np.zeros((0, 0), np.float32))  # of text, shrunk
    rules: Rules = Rules()
    ink: Mask = field(default_factory=lambda: np.zeros((0, 0), np.bool_))
    groups: tuple[Group, ...] = ()
    provenance: tuple[Step, ...] = ()

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])


def glyph_side(lines: Iterable[Line]) -> float:
    """The thickness of the typical line: the median over all characters, 0 without any."""
    sides = [
        line.box.width if line.direction.vertical else line.box.height
        for line in lines
        for _ in line.chars
    ]
    return float(np.median(sides)) if sides else 0.0

"""The desk a page is laid out on: its grid, its coordinates along and across the lines.

See `layout` for the coordinates. All lengths are pixels.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from baoguan.model import Direction
from press.fonts import Face
from press.paper import House
from press.setting import PlacedLine, Type, place
from press.sheet import Rect, SetArticle, ink_of


class Overset(ValueError):
    """An item has more text than its space holds."""


@dataclass(frozen=True, slots=True)
class Space:
    u0: float
    v0: float
    u1: float
    v1: float

    @property
    def length(self) -> float:
        return self.u1 - self.u0

    @property
    def depth(self) -> float:
        return self.v1 - self.v0


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a page is laid out: its house style, the rectangle of its body and its grid."""

    house: House
    body: Rect
    columns: int

    @property
    def vertical(self) -> bool:
        return self.house.direction is Direction.VERTICAL_RL

    @property
    def crossing(self) -> Direction:
        """The direction of a headline set across the lines."""
        return Direction.HORIZONTAL_RTL if self.vertical else Direction.VERTICAL_RL

    @property
    def gap(self) -> float:
        """Between the blocks of a stack."""
        return self.house.size * 0.95

    @property
    def measure(self) -> float:
        length = self.body.height if self.vertical else self.body.width
        return (length - self.house.gutter * (self.columns - 1)) / self.columns

    def extent(self, span: int) -> float:
        return span * self.measure + (span - 1) * self.house.gutter

    def rect(self, space: Space) -> Rect:
        body = self.body
        if self.vertical:
            return Rect(
                body.right - space.v1,
                body.top + space.u0,
                body.right - space.v0,
                body.top + space.u1,
            )
        return Rect(
            body.left + space.u0,
            body.top + space.v0,
            body.left + space.u1,
            body.top + space.v1,
        )

    def type(self, size: float, face: Face, ink: Iterable[int] = ()) -> Type:
        return Type(face, self.house.script, round(size), ink_of(ink))

    def line(self, text: str, u: float, v: float, type_: Type, tracking: float = 0) -> PlacedLine:
        """A line along u whose cells begin at u, v."""
        corner = self.rect(Space(u, v, u, v + type_.size))
        return place(text, self.house.direction, corner.left, corner.top, type_, tracking)

    def crossed_line(
        self, text: str, u: float, v: float, type_: Type, tracking: float = 0
    ) -> PlacedLine:
        """A line along v."""
        corner = self.rect(Space(u, v, u + type_.size, v))
        return place(text, self.crossing, corner.left, corner.top, type_, tracking)


class Block(Protocol):
    def depths(self, columns: int) -> tuple[float, float, float]:
        """The least, natural and greatest depth on so many columns of the grid."""
        ...

    def set(self, space: Space, columns: int) -> tuple[SetArticle, str]:
        """The block set, and a note on how well it fills."""
        ...

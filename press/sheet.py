"""What a page is made of once it is set: regions with their lines, articles, pictures, rules.

All lengths are pixels of the sheet, before scanning.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from baoguan.model import ArticleKind, Direction, RegionKind
from press.setting import PlacedLine

Ink = tuple[int, int, int]
BLACK: Ink = (0, 0, 0)


def ink_of(values: Iterable[int]) -> Ink:
    """Red, green and blue; black where nothing is given."""
    red, green, blue = tuple(values) or BLACK
    return red, green, blue


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle, right and bottom exclusive, not rounded."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def inset(self, x: float, y: float | None = None) -> Rect:
        y = x if y is None else y
        return Rect(self.left + x, self.top + y, self.right - x, self.bottom - y)

    def holds(self, other: Rect, slack: float = 0.01) -> bool:
        return (
            other.left >= self.left - slack
            and other.top >= self.top - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """A line (style thin, thick, wavy, double, dotted or chain) between two points, or the four
    sides of a frame (style box, double-box, thick-box, wavy-box, ornate or ring)."""

    style: str
    rect: Rect
    ink: Ink = BLACK


@dataclass(frozen=True, slots=True)
class Tint:
    """A flat colour under the type."""

    rect: Rect
    ink: Ink


@dataclass(frozen=True, slots=True)
class SetRegion:
    kind: RegionKind
    rect: Rect
    direction: Direction
    lines: tuple[PlacedLine, ...] = ()
    drawing: str = ""  # for a picture: the name of what is drawn
    outline: tuple[tuple[float, float], ...] = ()  # a picture cut out along it


@dataclass(frozen=True, slots=True)
class SetArticle:
    """Regions of one item in reading order. `captions` pairs a picture with its caption."""

    key: str
    kind: ArticleKind
    headline: str
    regions: tuple[SetRegion, ...]
    rules: tuple[Rule, ...] = ()
    tints: tuple[Tint, ...] = ()


@dataclass(frozen=True, slots=True)
class SetPage:
    number: int
    width: int
    height: int
    direction: Direction
    articles: tuple[SetArticle, ...]
    rules: tuple[Rule, ...] = ()
    notes: tuple[str, ...] = field(default=(), compare=False)  # how well each item filled its space

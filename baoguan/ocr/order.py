"""The order of articles on a page: recursive cuts on white."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from baoguan.model import Box
from baoguan.ocr.sheet import Group

Span = Callable[[Box], tuple[int, int]]
GIVE = 0.6  # glyph sides that boxes may overlap and still be parted


def box_of(group: Group) -> Box:
    return Box.around(block.box for block in group.blocks)


def in_order(groups: Sequence[Group], glyph: float, right_to_left: bool = False) -> list[Group]:
    """Bands from top to foot, and in each what stands side by side, again and again.

    What no straight cut parts is read by its upper corner.
    """
    boxed = [(box_of(group), group) for group in groups]
    return [group for _, group in _cut(boxed, GIVE * glyph, right_to_left)]


Boxed = tuple[Box, Group]


def _cut(boxed: Sequence[Boxed], give: float, right_to_left: bool) -> list[Boxed]:
    if len(boxed) < 2:
        return list(boxed)
    parts = _parts(boxed, lambda b: (b.top, b.bottom), give)
    if len(parts) == 1:
        parts = _parts(boxed, lambda b: (b.left, b.right), give)
        if right_to_left:
            parts.reverse()
    if len(parts) == 1:
        return _by_corner(boxed, give, right_to_left)
    return [item for part in parts for item in _cut(part, give, right_to_left)]


def _by_corner(boxed: Sequence[Boxed], give: float, right_to_left: bool) -> list[Boxed]:
    """The one whose reading begins first, then the rest."""

    def corner(item: Boxed) -> tuple[float, float]:
        box = item[0]
        return (round(box.top / (4 * give + 1)), -box.right if right_to_left else box.left)

    first = min(boxed, key=corner)
    rest = [item for item in boxed if item is not first]
    return [first, *_cut(rest, give, right_to_left)]


def _parts(boxed: Sequence[Boxed], span: Span, give: float) -> list[list[Boxed]]:
    parts: list[list[Boxed]] = []
    edge = float("-inf")
    for item in sorted(boxed, key=lambda item: (span(item[0]), item[0].as_tuple())):
        start, end = span(item[0])
        if start >= edge - give or not parts:
            parts.append([])
        parts[-1].append(item)
        edge = max(edge, float(end))
    return parts

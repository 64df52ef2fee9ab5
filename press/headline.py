"""Headlines: a small line, a large one or two, a small one, the author's name."""

from __future__ import annotations

from dataclasses import dataclass

from baoguan.model import RegionKind
from press.desk import Desk, Space
from press.fonts import Face
from press.paper import Item
from press.setting import PlacedLine, Type
from press.sheet import SetRegion


@dataclass(frozen=True, slots=True)
class Tier:
    """One line of a headline: where it stands within it, across its direction."""

    text: str
    type: Type
    offset: float


def headline(item: Item, space: Space, desk: Desk) -> tuple[list[SetRegion], float]:
    """A headline along the lines at the start of the space, and its depth."""
    depth = headline_depth(item, desk, space.length)
    head = Space(space.u0, space.v0, space.u1, space.v0 + depth)
    return headline_regions(item, desk, head), depth


def _tiers(item: Item, desk: Desk, room: float) -> list[Tier]:
    house = desk.house
    face = Face(item.head_face) if item.head_face else house.head_face
    small = max(house.size + 2, round(item.head_size * 0.52))
    wanted = [
        (item.kicker, small, house.deck_face),
        *((head, item.head_size, face) for head in item.head),
        (item.deck, small, house.deck_face),
        (item.by, house.size, house.caption_face),
    ]
    tiers, offset = [], 0.0
    for text, size, tier_face in wanted:
        if text:
            fitting = min(size, int(room / (len(text) + 0.3)))
            tiers.append(Tier(text, desk.type(fitting, tier_face, item.ink), offset))
            offset += fitting * 1.24
    return tiers


def headline_depth(item: Item, desk: Desk, room: float) -> float:
    tiers = _tiers(item, desk, room)
    if not tiers:
        return 0.0
    return tiers[-1].offset + tiers[-1].type.size + desk.house.size * 0.7


def headline_regions(item: Item, desk: Desk, head: Space) -> list[SetRegion]:
    room = head.depth if item.crossed else head.length
    lines = tuple(
        _tier_line(tier, item.crossed, desk, head, room) for tier in _tiers(item, desk, room)
    )
    if not lines:
        return []
    direction = desk.crossing if item.crossed else desk.house.direction
    return [SetRegion(RegionKind.HEADLINE, desk.rect(head), direction, lines)]


def _tier_line(tier: Tier, crossed: bool, desk: Desk, head: Space, room: float) -> PlacedLine:
    length = tier.type.length(tier.text)
    tracking = _tracking(len(tier.text), length, tier.type.size, room)
    indent = (room - length - tracking * (len(tier.text) - 1)) / 2
    if not crossed:
        return desk.line(tier.text, head.u0 + indent, head.v0 + tier.offset, tier.type, tracking)
    u = head.u0 + tier.offset
    if not desk.vertical:
        # Vertical lines follow each other leftwards, so the first tier stands rightmost.
        u = head.u1 - desk.house.size * 0.7 - tier.offset - tier.type.size
    return desk.crossed_line(tier.text, u, head.v0 + indent, tier.type, tracking)


def _tracking(count: int, length: float, size: int, room: float) -> float:
    """Space between the characters of a headline: short ones are set wide."""
    if count < 2:
        return 0.0
    return max(0.0, min(size * 0.3, (room * 0.92 - length) / (count - 1)))

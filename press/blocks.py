"""The blocks of a page, each set into a space given along and across its lines (see `layout`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from baoguan.model import ArticleKind, Direction, RegionKind
from press.fonts import Face
from press.paper import House, Illustration, Item
from press.setting import PlacedLine, SetLine, Type, break_lines, place
from press.sheet import BLACK, Ink, Rect, Rule, SetArticle, SetRegion, Tint

PITCHES = (1.24, 1.85)  # the closest and the widest setting, over the size of type
# A headline set across the lines takes its full size, however short the article turns out.
CROSSING = 10_000.0
SCALES = (1.0, 0.94, 1.06, 0.88, 1.13, 1.21, 0.82, 1.3, 1.4)  # tried on an illustration


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
        return Type(face, self.house.script, round(size), _ink(ink))

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


@dataclass(frozen=True, slots=True)
class Tier:
    """One line of a headline: where it stands within it, across its direction."""

    text: str
    type: Type
    offset: float


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the parts of an article stand."""

    head: Space
    columns: tuple[Space, ...]
    picture: Space | None
    caption: tuple[SetLine, ...]

    @property
    def possible(self) -> bool:
        """Whether an illustration leaves its columns at least no less than nothing."""
        return all(column.depth > -1 for column in self.columns)

    def rooms(self, pitch: float, size: int) -> list[int]:
        return [max(0, int((c.depth - size) / pitch + 1.001)) for c in self.columns]


@dataclass(frozen=True, slots=True)
class ArticleBlock:
    item: Item
    desk: Desk

    def depths(self, columns: int) -> tuple[float, float, float]:
        length = self.desk.extent(columns)
        lines = len(self._lines(self._measure(length, columns)))
        pitch = self.type.size * self.desk.house.pitch
        depth = 60.0
        while True:
            plan = self._plan(Space(0, 0, length, depth), columns, 1.0, 0.0)
            if plan.possible and sum(plan.rooms(pitch, self.type.size)) >= lines:
                break
            depth += 4
        return depth * 0.95, depth, depth * (1.2 if self.item.illustration else 1.06)

    def set(self, space: Space, columns: int) -> tuple[SetArticle, str]:
        lines = self._lines(self._measure(space.length, columns))
        plan, pitch, short = self._fit(space, columns, len(lines))
        regions = [
            *_head_regions(self.item, self.desk, plan.head),
            *self._text_regions(plan, lines, pitch),
        ]
        if plan.picture:
            regions += _picture_regions(
                self.item.illustration, plan.picture, plan.caption, self.desk
            )
        rect = self.desk.rect(space)
        article = SetArticle(
            key=self.item.key,
            kind=ArticleKind.ARTICLE,
            headline="".join(self.item.head),
            regions=tuple(regions),
            rules=(Rule(self.item.frame, rect),) if self.item.frame else (),
            tints=(Tint(rect, _ink(self.item.tint)),) if self.item.tint else (),
        )
        ratio = pitch / self.type.size
        return article, f"{self.item.key}: pitch {ratio:.2f}, {short} lines short"

    @property
    def type(self) -> Type:
        house = self.desk.house
        face = Face(self.item.face) if self.item.face else house.face
        return self.desk.type(self.item.size or house.size, face)

    @property
    def _pad(self) -> float:
        return self.desk.house.size * 0.75 if self.item.frame or self.item.tint else 0.0

    def _count(self, columns: int) -> int:
        return self.item.columns or columns

    def _measure(self, length: float, columns: int) -> float:
        count = self._count(columns)
        head = _head_depth(self.item, self.desk, CROSSING) if self.item.crossed else 0.0
        room = length - 2 * self._pad - head
        return (room - self.desk.house.gutter * (count - 1)) / count

    def _lines(self, measure: float) -> list[SetLine]:
        return break_lines(self.item.body, measure, self.type, self.desk.house.indent)

    def _fit(self, space: Space, columns: int, lines: int) -> tuple[Plan, float, int]:
        """The plan, pitch and count of missing lines that fill the space most evenly."""
        size, wanted = self.type.size, self.desk.house.pitch
        best: tuple[float, Plan, float, int] | None = None
        for scale in SCALES if self.item.illustration else (1.0,):
            for airs in range(5):
                plan = self._plan(space, columns, scale, airs * size * 0.3)
                pitch = _widest_pitch(plan, lines, size) if plan.possible else None
                if pitch is None:
                    continue
                short = sum(plan.rooms(pitch, size)) - lines
                cost = abs(pitch / size - wanted) + 0.09 * short + 0.02 * airs
                cost += 0.15 * abs(scale - 1) + 0.05 * _stubs(plan.rooms(pitch, size), lines)
                if best is None or cost < best[0]:
                    best = cost, plan, pitch, short
        if best is None:
            raise Overset(f"{self.item.key}: {lines} lines do not fit")
        return best[1:]

    def _plan(self, space: Space, columns: int, scale: float, air: float) -> Plan:
        pad, gutter = self._pad, self.desk.house.gutter
        inner = Space(space.u0 + pad, space.v0 + pad, space.u1 - pad, space.v1 - pad)
        measure = self._measure(space.length, columns)
        if self.item.crossed:
            depth = _head_depth(self.item, self.desk, CROSSING)
            head = Space(inner.u0, inner.v0, inner.u0 + depth, inner.v1)
            u, v = inner.u0 + depth, inner.v0
        else:
            depth = _head_depth(self.item, self.desk, inner.length)
            depth += air if depth else 0.0
            head = Space(inner.u0, inner.v0 + air / 3, inner.u1, inner.v0 + depth)
            u, v = inner.u0, inner.v0 + depth
        count = self._count(columns)
        starts = [u + i * (measure + gutter) for i in range(count)]
        spaces = [Space(start, v, start + measure, inner.v1) for start in starts]
        return self._with_picture(head, spaces, scale)

    def _with_picture(self, head: Space, spaces: list[Space], scale: float) -> Plan:
        picture = self.item.illustration
        if picture is None:
            return Plan(head, tuple(spaces), None, ())
        first = 0 if picture.first else len(spaces) - picture.span
        under = spaces[first : first + picture.span]
        u0, u1 = under[0].u0, under[-1].u1
        aspect = 1 / picture.aspect if self.desk.vertical else picture.aspect
        caption = tuple(_caption_lines(picture.caption, u1 - u0, self.desk))
        depth = (u1 - u0) * aspect * scale + _caption_depth(caption, self.desk)
        gap = self.desk.house.size * 0.6
        if picture.at == "start":
            v0 = under[0].v0
            cut = [Space(s.u0, v0 + depth + gap, s.u1, s.v1) for s in under]
        else:
            v0 = under[0].v1 - depth
            cut = [Space(s.u0, s.v0, s.u1, v0 - gap) for s in under]
        spaces[first : first + picture.span] = cut
        return Plan(head, tuple(spaces), Space(u0, v0, u1, v0 + depth), caption)

    def _text_regions(self, plan: Plan, lines: Sequence[SetLine], pitch: float) -> list[SetRegion]:
        regions, start = [], 0
        for space, room in zip(plan.columns, plan.rooms(pitch, self.type.size), strict=True):
            chunk = lines[start : start + room]
            start += room
            full = len(chunk) == room > 1
            step = min(pitch * 1.1, (space.depth - self.type.size) / (room - 1)) if full else pitch
            if chunk:
                regions.append(_text_region(chunk, space, step, self.type, self.desk))
        return regions


def headline(item: Item, space: Space, desk: Desk) -> tuple[list[SetRegion], float]:
    """A headline along the lines at the start of the space, and its depth."""
    depth = _head_depth(item, desk, space.length)
    head = Space(space.u0, space.v0, space.u1, space.v0 + depth)
    return _head_regions(item, desk, head), depth


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


def _head_depth(item: Item, desk: Desk, room: float) -> float:
    tiers = _tiers(item, desk, room)
    if not tiers:
        return 0.0
    return tiers[-1].offset + tiers[-1].type.size + desk.house.size * 0.7


def _head_regions(item: Item, desk: Desk, head: Space) -> list[SetRegion]:
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


def _text_region(
    lines: Sequence[SetLine], space: Space, pitch: float, type_: Type, desk: Desk
) -> SetRegion:
    placed = tuple(
        desk.line(line.text, space.u0 + line.indent, space.v0 + i * pitch, type_, line.tracking)
        for i, line in enumerate(lines)
    )
    end = space.v0 + (len(lines) - 1) * pitch + type_.size
    rect = desk.rect(Space(space.u0, space.v0, space.u1, min(space.v1, end)))
    return SetRegion(RegionKind.TEXT, rect, desk.house.direction, placed)


def _picture_regions(
    picture: Illustration | None, space: Space, caption: Sequence[SetLine], desk: Desk
) -> list[SetRegion]:
    if picture is None:
        return []
    return picture_with_caption(picture.draw, space, caption, desk)


def picture_with_caption(
    drawing: str, space: Space, caption: Sequence[SetLine], desk: Desk
) -> list[SetRegion]:
    """The picture, and its caption at the far end of the space."""
    edge = space.v1 - _caption_depth(caption, desk)
    rect = desk.rect(Space(space.u0, space.v0, space.u1, edge))
    regions = [SetRegion(RegionKind.PICTURE, rect, desk.house.direction, drawing=drawing)]
    if caption:
        type_ = _caption_type(desk)
        v = edge + type_.size * 0.45
        lines = tuple(
            desk.line(line.text, space.u0 + line.indent, v + i * type_.size * 1.3, type_)
            for i, line in enumerate(caption)
        )
        area = desk.rect(Space(space.u0, v, space.u1, space.v1))
        regions.append(SetRegion(RegionKind.CAPTION, area, desk.house.direction, lines))
    return regions


def _caption_type(desk: Desk) -> Type:
    """Kai looks small for its size."""
    face = desk.house.caption_face
    size = desk.house.size
    return desk.type(size + 2 if face is Face.KAI else size, face)


def _caption_lines(text: str, measure: float, desk: Desk) -> list[SetLine]:
    """Centred when it is one line."""
    type_ = _caption_type(desk)
    lines = break_lines([text], measure, type_, indent=0) if text else []
    if len(lines) == 1:
        return [SetLine(lines[0].text, (measure - type_.length(lines[0].text)) / 2, 0.0)]
    return [SetLine(line.text, 0.0, 0.0) for line in lines]


def caption_lines(text: str, measure: float, desk: Desk) -> list[SetLine]:
    return _caption_lines(text, measure, desk)


def _caption_depth(lines: Sequence[SetLine], desk: Desk) -> float:
    if not lines:
        return 0.0
    size = _caption_type(desk).size
    return size * (0.45 + 1.3 * (len(lines) - 1) + 1.05)


def _widest_pitch(plan: Plan, lines: int, size: int) -> float | None:
    least, most = (round(limit * 200) for limit in PITCHES)
    for step in range(most, least - 1, -1):
        pitch = step / 200 * size
        if sum(plan.rooms(pitch, size)) >= lines:
            return pitch
    return None


def _stubs(rooms: Sequence[int], lines: int) -> int:
    """How many columns hold only a line or two, where they could hold none or more."""
    stubs = 0
    for room in rooms:
        held = min(room, lines)
        stubs += held in (0, 1, 2)
        lines -= held
    return stubs


def _tracking(count: int, length: float, size: int, room: float) -> float:
    """Space between the characters of a headline: short ones are set wide."""
    if count < 2:
        return 0.0
    return max(0.0, min(size * 0.3, (room * 0.92 - length) / (count - 1)))


def _ink(values: Iterable[int]) -> Ink:
    red, green, blue = tuple(values) or BLACK
    return red, green, blue

"""Articles: a headline, columns of text, and a picture set into them (see `layout`)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from baoguan.model import ArticleKind, RegionKind
from press.desk import Desk, Overset, Space
from press.fonts import Face
from press.headline import headline_depth, headline_regions
from press.paper import Item
from press.picture import caption_depth, caption_lines, picture_with_caption
from press.setting import SetLine, Type, break_lines
from press.sheet import Rule, SetArticle, SetRegion, Tint, ink_of

PITCHES = (1.24, 1.85)  # the closest and the widest setting, over the size of type
# A headline set across the lines takes its full size, however short the article turns out.
CROSSING = 10_000.0
SCALES = (1.0, 0.94, 1.06, 0.88, 1.13, 1.21, 0.82, 1.3, 1.4)  # tried on an illustration


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
            *headline_regions(self.item, self.desk, plan.head),
            *self._text_regions(plan, lines, pitch),
        ]
        if plan.picture and self.item.illustration:
            drawing = self.item.illustration.draw
            regions += picture_with_caption(drawing, plan.picture, plan.caption, self.desk)
        rect = self.desk.rect(space)
        article = SetArticle(
            key=self.item.key,
            kind=ArticleKind.ARTICLE,
            headline="".join(self.item.head),
            regions=tuple(regions),
            rules=(Rule(self.item.frame, rect),) if self.item.frame else (),
            tints=(Tint(rect, ink_of(self.item.tint)),) if self.item.tint else (),
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
        head = headline_depth(self.item, self.desk, CROSSING) if self.item.crossed else 0.0
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
                rooms = [column.room for column in _on_grid(plan, lines, pitch, size)]
                short = sum(rooms) - lines
                cost = abs(pitch / size - wanted) + 0.09 * short + 0.02 * airs
                cost += 0.15 * abs(scale - 1) + _stubs(rooms, lines)
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
            depth = headline_depth(self.item, self.desk, CROSSING)
            head = Space(inner.u0, inner.v0, inner.u0 + depth, inner.v1)
            u, v = inner.u0 + depth, inner.v0
        else:
            depth = headline_depth(self.item, self.desk, inner.length)
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
        caption = tuple(caption_lines(picture.caption, u1 - u0, self.desk))
        depth = (u1 - u0) * aspect * scale + caption_depth(caption, self.desk)
        gap = self.desk.house.size * 0.8
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
        for column in _on_grid(plan, len(lines), pitch, self.type.size):
            chunk = lines[start : start + column.room]
            start += column.room
            if chunk:
                regions.append(_text_region(chunk, column, self.type, self.desk))
        return regions


@dataclass(frozen=True, slots=True)
class Column:
    """A column of text, its first line at `space.v0`."""

    space: Space
    room: int  # lines
    pitch: float


def _on_grid(plan: Plan, lines: int, pitch: float, size: int) -> list[Column]:
    """The columns with their lines level with each other, if there is room for all lines so.

    The deepest column fills its space; the others keep to its lines.
    """
    deepest = max(plan.columns, key=lambda column: column.depth)
    room = max(2, plan.rooms(pitch, size)[plan.columns.index(deepest)])
    widest = min(pitch * 1.06, (deepest.depth - size) / (room - 1))
    for step in (widest * (1 - i / 200) for i in range(16)):
        columns = [_column(column, deepest.v0, step, size) for column in plan.columns]
        if sum(column.room for column in columns) >= lines:
            return columns
    rooms = plan.rooms(pitch, size)
    return [Column(s, room, pitch) for s, room in zip(plan.columns, rooms, strict=True)]


def _column(space: Space, origin: float, step: float, size: int) -> Column:
    first = math.ceil((space.v0 - origin) / step - 0.001)
    last = math.floor((space.v1 - size - origin) / step + 0.001)
    cut = Space(space.u0, origin + first * step, space.u1, space.v1)
    return Column(cut, max(0, last - first + 1), step)


def _text_region(lines: Sequence[SetLine], column: Column, type_: Type, desk: Desk) -> SetRegion:
    space, pitch = column.space, column.pitch
    placed = tuple(
        desk.line(line.text, space.u0 + line.indent, space.v0 + i * pitch, type_, line.tracking)
        for i, line in enumerate(lines)
    )
    end = space.v0 + (len(lines) - 1) * pitch + type_.size
    rect = desk.rect(Space(space.u0, space.v0, space.u1, min(space.v1, end)))
    return SetRegion(RegionKind.TEXT, rect, desk.house.direction, placed)


def _widest_pitch(plan: Plan, lines: int, size: int) -> float | None:
    least, most = (round(limit * 200) for limit in PITCHES)
    for step in range(most, least - 1, -1):
        pitch = step / 200 * size
        if sum(plan.rooms(pitch, size)) >= lines:
            return pitch
    return None


def _stubs(rooms: Sequence[int], lines: int) -> float:
    """What it costs that columns stay empty or hold only a line or two."""
    cost = 0.0
    for room in rooms:
        held = min(room, lines)
        cost += {0: 0.04, 1: 0.2, 2: 0.12}.get(held, 0.0)
        lines -= held
    return cost

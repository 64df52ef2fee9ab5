"""Advertisements, pictures that stand alone, and tables. All lengths are pixels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from baoguan.model import ArticleKind, Direction, RegionKind
from press.desk import Desk, Overset, Space
from press.fonts import Face
from press.headline import headline
from press.paper import Item
from press.picture import caption_lines, picture_with_caption
from press.setting import PlacedLine, SetLine, Type, break_lines, place
from press.sheet import Rect, Rule, SetArticle, SetRegion, Tint, ink_of


@dataclass(frozen=True, slots=True)
class AdvertisementBlock:
    """A name, a drawing, lines in the largest type that fits, and a foot."""

    item: Item
    desk: Desk

    def depths(self, columns: int) -> tuple[float, float, float]:  # noqa: ARG002
        return self.item.depth * 0.85, self.item.depth, self.item.depth * self.item.stretch

    def set(self, space: Space, columns: int) -> tuple[SetArticle, str]:  # noqa: ARG002
        item = self.item
        rect = self.desk.rect(space)
        inner = rect.inset(self.desk.house.size * 0.62)
        name, inner = self._name(inner)
        foot, inner = self._foot(inner)
        drawing, inner = self._drawing(inner)
        body = self._body(inner)
        text = SetRegion(
            RegionKind.ADVERTISEMENT,
            rect.inset(4),
            self.desk.house.direction,
            (*name, *body, *foot),
        )
        article = SetArticle(
            key=item.key,
            kind=ArticleKind.ADVERTISEMENT,
            headline=item.name,
            regions=(text, *drawing),
            rules=(Rule(item.frame or "box", rect),),
            tints=(Tint(rect, ink_of(item.tint)),) if item.tint else (),
        )
        sizes = {glyph.type.size for line in body for glyph in line.glyphs}
        return article, f"{item.key}: advertisement {rect.width:.0f}x{rect.height:.0f} {sizes}"

    @property
    def _across(self) -> Direction:
        vertical = self.desk.vertical
        return Direction.HORIZONTAL_RTL if vertical else Direction.HORIZONTAL_LTR

    def _name(self, rect: Rect) -> tuple[list[PlacedLine], Rect]:
        item = self.item
        face = Face(item.head_face) if item.head_face else self.desk.house.head_face
        if not item.name:
            return [], rect
        if item.along and self.desk.vertical:
            size = int(min(item.name_size, rect.height / (len(item.name) + 0.2)))
            column = Rect(rect.right - size, rect.top, rect.right, rect.bottom)
            type_ = self.desk.type(size, face, item.ink)
            line = centred(item.name, column, Direction.VERTICAL_RL, type_, 0.8)
            return [line], Rect(rect.left, rect.top, rect.right - size * 1.25, rect.bottom)
        size = int(min(item.name_size, rect.width / (len(item.name) + 0.2)))
        strip = Rect(rect.left, rect.top, rect.right, rect.top + size)
        type_ = self.desk.type(size, face, item.ink)
        line = centred(item.name, strip, self._across, type_, 0.8)
        return [line], Rect(rect.left, rect.top + size * 1.22, rect.right, rect.bottom)

    def _foot(self, rect: Rect) -> tuple[list[PlacedLine], Rect]:
        if not self.item.foot:
            return [], rect
        type_ = self.desk.type(self.desk.house.size, Face.HEI_BOLD)
        texts = [
            line.text
            for part in self.item.foot.split("|")
            for line in break_lines([part], rect.width, type_, indent=0)
        ]
        pitch = type_.size * 1.36
        top = rect.bottom - pitch * (len(texts) - 1) - type_.size
        lines = [
            centred(
                text,
                Rect(rect.left, top + i * pitch, rect.right, top + i * pitch + type_.size),
                self._across,
                type_,
                0.0,
            )
            for i, text in enumerate(texts)
        ]
        return lines, Rect(rect.left, rect.top, rect.right, top - type_.size * 0.5)

    def _drawing(self, rect: Rect) -> tuple[list[SetRegion], Rect]:
        item = self.item
        if not item.draw:
            return [], rect
        gap = self.desk.house.size * 0.6
        if rect.width >= rect.height:
            edge = rect.left + rect.width * item.draw_share
            area = Rect(rect.left, rect.top, edge - gap, rect.bottom)
            rest = Rect(edge, rect.top, rect.right, rect.bottom)
        else:
            edge = rect.top + rect.height * item.draw_share
            area = Rect(rect.left, rect.top, rect.right, edge - gap)
            rest = Rect(rect.left, edge, rect.right, rect.bottom)
        direction = self.desk.house.direction
        return [SetRegion(RegionKind.PICTURE, area, direction, drawing=item.draw)], rest

    def _body(self, rect: Rect) -> list[PlacedLine]:
        item, vertical = self.item, self.desk.vertical
        if not item.body:
            return []
        face = Face(item.face) if item.face else Face.SONG_BOLD
        measure, room = (rect.height, rect.width) if vertical else (rect.width, rect.height)
        type_, lines = fit(item.body, measure, room, self.desk, face, item.size or 46)
        pitch = min(type_.size * 1.9, room / len(lines))
        start = (room - pitch * len(lines)) / 2 + (pitch - type_.size) / 2
        placed = []
        for i, line in enumerate(lines):
            across = start + i * pitch
            if vertical:
                x = rect.right - across - type_.size
                column = Rect(x, rect.top, x + type_.size, rect.bottom)
                placed.append(centred(line.text, column, Direction.VERTICAL_RL, type_, 0.25))
            else:
                strip = Rect(
                    rect.left, rect.top + across, rect.right, rect.top + across + type_.size
                )
                placed.append(centred(line.text, strip, Direction.HORIZONTAL_LTR, type_, 0.1))
        return placed


@dataclass(frozen=True, slots=True)
class PictureBlock:
    item: Item
    desk: Desk

    def depths(self, columns: int) -> tuple[float, float, float]:  # noqa: ARG002
        return self.item.depth * 0.85, self.item.depth, self.item.depth * self.item.stretch

    def set(self, space: Space, columns: int) -> tuple[SetArticle, str]:  # noqa: ARG002
        caption = caption_lines("".join(self.item.body), space.length, self.desk)
        regions = picture_with_caption(self.item.draw, space, caption, self.desk)
        article = SetArticle(self.item.key, ArticleKind.ARTICLE, "", tuple(regions))
        return article, f"{self.item.key}: picture {space.length:.0f}x{space.depth:.0f}"


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A headline over a ruled table; for horizontal pages."""

    item: Item
    desk: Desk

    def depths(self, columns: int) -> tuple[float, float, float]:
        _, head = headline(self.item, Space(0, 0, self.desk.extent(columns), 0), self.desk)
        natural = head + len(self.item.rows) * self.desk.house.size * 1.8
        return natural * 0.92, natural, natural * 1.25

    def set(self, space: Space, columns: int) -> tuple[SetArticle, str]:  # noqa: ARG002
        head, depth = headline(self.item, space, self.desk)
        area = self.desk.rect(Space(space.u0, space.v0 + depth, space.u1, space.v1))
        widths = _column_widths(self.item.rows, area.width)
        pitch = area.height / len(self.item.rows)
        lines = [
            self._cell(
                text, Rect(left, area.top + row * pitch, right, area.top + (row + 1) * pitch), row
            )
            for row, texts in enumerate(self.item.rows)
            for text, (left, right) in zip(texts, _spans(area.left, widths), strict=True)
        ]
        edges = [
            Rule("thin", Rect(area.left, area.top + i * pitch, area.right, area.top + i * pitch))
            for i in range(1, len(self.item.rows))
        ]
        top = Rect(area.left, area.top, area.right, area.top + pitch)
        region = SetRegion(RegionKind.TABLE, area, self.desk.house.direction, tuple(lines))
        article = SetArticle(
            key=self.item.key,
            kind=ArticleKind.ARTICLE,
            headline="".join(self.item.head),
            regions=(*head, region),
            rules=(Rule("box", area), *edges),
            tints=(Tint(top, ink_of(self.item.tint)),) if self.item.tint else (),
        )
        return article, f"{self.item.key}: table, rows {pitch:.0f}"

    def _cell(self, text: str, rect: Rect, row: int) -> PlacedLine:
        face = Face.HEI_BOLD if row == 0 else self.desk.house.face
        type_ = self.desk.type(self.desk.house.size, face)
        top = rect.top + (rect.height - type_.size) / 2
        strip = Rect(rect.left, top, rect.right, top + type_.size)
        return centred(text, strip, Direction.HORIZONTAL_LTR, type_, 0.0)


def centred(text: str, strip: Rect, direction: Direction, type_: Type, widen: float) -> PlacedLine:
    """In the middle of a strip; `widen` is the most space between characters, over the size."""
    vertical = direction is Direction.VERTICAL_RL
    room = strip.height if vertical else strip.width
    length = type_.length(text)
    gaps = max(1, len(text) - 1)
    tracking = max(0.0, min(type_.size * widen, (room * 0.94 - length) / gaps))
    indent = (room - length - tracking * (len(text) - 1)) / 2
    if vertical:
        return place(text, direction, strip.left, strip.top + indent, type_, tracking)
    if direction is Direction.HORIZONTAL_RTL:
        return place(text, direction, strip.right - indent, strip.top, type_, tracking)
    return place(text, direction, strip.left + indent, strip.top, type_, tracking)


def fit(
    paragraphs: Sequence[str], measure: float, room: float, desk: Desk, face: Face, most: int
) -> tuple[Type, list[SetLine]]:
    """The largest type, down to that of the house, in which the paragraphs fit, if possible each
    on a line of its own."""
    whole = [desk.type(size, face) for size in range(most, desk.house.size - 1, -1)]
    for type_ in whole:
        longest = max(type_.length(paragraph) for paragraph in paragraphs)
        if longest <= measure and len(paragraphs) * type_.size * 1.34 <= room:
            return type_, [SetLine(paragraph, 0.0, 0.0) for paragraph in paragraphs]
    for type_ in whole:
        lines = break_lines(paragraphs, measure, type_, indent=0)
        if len(lines) * type_.size * 1.34 <= room:
            return type_, lines
    raise Overset(f"{paragraphs[0]}: does not fit")


def _column_widths(rows: Sequence[Sequence[str]], width: float) -> list[float]:
    longest = [max(len(row[i]) for row in rows) + 1.5 for i in range(len(rows[0]))]
    return [width * part / sum(longest) for part in longest]


def _spans(left: float, widths: Iterable[float]) -> list[tuple[float, float]]:
    spans = []
    for width in widths:
        spans.append((left, left + width))
        left += width
    return spans

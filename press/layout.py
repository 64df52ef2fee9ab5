"""Lays out a page: a plan of rows and stacks on a grid of columns.

Everything is computed in coordinates along the lines (u) and across them (v). On a horizontal page
u is x and v is y; on a vertical one u is y and v runs from the right edge leftwards, so that its
registers are the columns of a page turned a quarter. All lengths are pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from baoguan.model import Direction
from press.advertisement import AdvertisementBlock, PictureBlock, TableBlock
from press.article import ArticleBlock
from press.desk import Block, Desk, Space
from press.masthead import folio, masthead
from press.paper import House, Item, PagePlan
from press.sheet import Rect, Rule, SetArticle, SetPage

FOLIO_DEPTH = 58
BLOCKS: Mapping[str, Callable[[Item, Desk], Block]] = {
    "article": ArticleBlock,
    "advertisement": AdvertisementBlock,
    "picture": PictureBlock,
    "table": TableBlock,
}


@dataclass(frozen=True, slots=True)
class Depths:
    """How far something may reach across the lines."""

    least: float
    natural: float
    most: float


def lay_out(plan: PagePlan, house: House, items: Mapping[str, Item]) -> SetPage:
    sheet = Rect(0, 0, house.width, house.height).inset(house.margin)
    if plan.masthead:
        head, rules, depth = masthead(plan.masthead, sheet, house)
    else:
        head, rules, depth = folio(plan.folio, sheet, house, FOLIO_DEPTH)
    body = Rect(sheet.left, sheet.top + depth, sheet.right, sheet.bottom)
    vertical = house.direction is Direction.VERTICAL_RL
    desk = Desk(house, body, plan.columns)
    space = Space(0, 0, *((body.height, body.width) if vertical else (body.width, body.height)))
    setter = _Setter(desk, items)
    setter.fill(plan.plan, space, plan.columns)
    return SetPage(
        number=plan.number,
        width=house.width,
        height=house.height,
        direction=house.direction,
        articles=(head, *setter.articles),
        rules=(*rules, *setter.rules),
        notes=tuple(setter.notes),
    )


class _Setter:
    """Walks a plan in reading order and collects what it sets."""

    def __init__(self, desk: Desk, items: Mapping[str, Item]) -> None:
        self.desk = desk
        self.items = items
        self.articles: list[SetArticle] = []
        self.rules: list[Rule] = []
        self.notes: list[str] = []

    def fill(self, plan: Any, space: Space, columns: int) -> None:
        if isinstance(plan, str):
            article, note = self._block(plan).set(space, columns)
            self.articles.append(article)
            self.notes.append(note)
        elif plan[0] == "stack":
            self._fill_stack(plan[1:], space, columns)
        else:
            self._fill_row(plan[1:], space)

    def depths(self, plan: Any, columns: int) -> Depths:
        if isinstance(plan, str):
            return Depths(*self._block(plan).depths(columns))
        if plan[0] == "stack":
            parts = [self.depths(part, columns) for part in plan[1:]]
            gaps = self.desk.gap * (len(parts) - 1)
            return _combined(parts, sum, gaps)
        return _combined([self.depths(part, span) for span, part in plan[1:]], max, 0.0)

    def _block(self, key: str) -> Block:
        item = self.items[key]
        return BLOCKS[item.kind](item, self.desk)

    def _fill_row(self, parts: Sequence[Any], space: Space) -> None:
        desk = self.desk
        u = space.u0
        for position, (span, part) in enumerate(parts):
            width = desk.extent(span)
            if position:
                middle = u - desk.house.gutter / 2
                style = self._rule_before(part, desk.house.row_rule)
                self._rule(style, Space(middle, space.v0, middle, space.v1))
            self.fill(part, Space(u, space.v0, u + width, space.v1), span)
            u += width + desk.house.gutter

    def _fill_stack(self, parts: Sequence[Any], space: Space, columns: int) -> None:
        gap = self.desk.gap
        room = space.depth - gap * (len(parts) - 1)
        v = space.v0
        wanted = [self.depths(part, columns) for part in parts]
        for position, (part, depth) in enumerate(zip(parts, share(wanted, room), strict=True)):
            if position:
                style = self._rule_before(part, self.desk.house.stack_rule)
                self._rule(style, Space(space.u0, v - gap / 2, space.u1, v - gap / 2))
            self.fill(part, Space(space.u0, v, space.u1, v + depth), columns)
            v += depth + gap

    def _rule_before(self, part: Any, default: str) -> str:
        while not isinstance(part, str):
            part = part[1] if part[0] == "stack" else part[1][1]
        return self.items[part].rule or default

    def _rule(self, style: str, space: Space) -> None:
        if style != "none":
            self.rules.append(Rule(style, self.desk.rect(space)))


def share(wanted: Sequence[Depths], room: float) -> list[float]:
    """Depths that fill the room: what is willing to stretch or shrink does so first."""
    natural = sum(part.natural for part in wanted)
    extra = room - natural
    give = [(p.most if extra > 0 else p.least) - p.natural for p in wanted]
    total = sum(give)
    if abs(total) >= abs(extra) and total:
        return [p.natural + extra * g / total for p, g in zip(wanted, give, strict=True)]
    rest = (extra - total) / natural
    return [p.natural * (1 + rest) + g for p, g in zip(wanted, give, strict=True)]


def _combined(parts: Sequence[Depths], by: Callable[[list[float]], float], gaps: float) -> Depths:
    return Depths(
        by([p.least for p in parts]) + gaps,
        by([p.natural for p in parts]) + gaps,
        by([p.most for p in parts]) + gaps,
    )

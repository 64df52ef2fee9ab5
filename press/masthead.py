"""The head of a page: the masthead of a front page, the folio line of the others."""

from __future__ import annotations

from baoguan.model import ArticleKind, Direction, RegionKind
from press.fonts import Face
from press.paper import House, Masthead
from press.setting import PlacedLine, Type, place
from press.sheet import Rect, Rule, SetArticle, SetRegion, ink_of

Head = tuple[SetArticle, tuple[Rule, ...], float]


def masthead(plan: Masthead, sheet: Rect, house: House) -> Head:
    """Name and ear side by side over a double rule; the strip under them between rules."""
    rtl = house.direction is Direction.VERTICAL_RL
    strip = house.size + 26 if plan.foot else 0
    band = Rect(sheet.left, sheet.top, sheet.right, sheet.top + plan.depth - strip)
    name_type = Type(Face(plan.face), house.script, plan.size, ink_of(plan.ink))
    ear_width = max((len(line) for line in plan.lines), default=0) * (house.size + 1.0) + 40
    if rtl:
        ear_width = len(plan.lines) * house.size * 1.55 + 36
    ear = Rect(band.left, band.top, band.left + ear_width, band.bottom).inset(0, 4)
    room = Rect(ear.right + 30, band.top, band.right, band.bottom)
    if not rtl:
        ear = Rect(band.right - ear_width, band.top, band.right, band.bottom).inset(0, 4)
        room = Rect(band.left, band.top, ear.left - 30, band.bottom)
    regions = [_name_region(plan.name, name_type, room, rtl), _ear_region(plan, ear, house)]
    rules = [Rule("double", Rect(sheet.left, band.bottom + 9, sheet.right, band.bottom + 9))]
    rules.append(Rule("box", ear))
    if plan.foot:
        line = Rect(sheet.left, band.bottom + 18, sheet.right, band.bottom + strip)
        regions.append(_strip_region(RegionKind.MASTHEAD, plan.foot, line, house, rtl))
        rules.append(Rule("thin", Rect(sheet.left, line.bottom + 4, sheet.right, line.bottom + 4)))
    article = SetArticle("masthead", ArticleKind.HEAD, plan.name, tuple(regions))
    return article, tuple(rules), plan.depth + 26


def folio(text: str, sheet: Rect, house: House, depth: float) -> Head:
    rtl = house.direction is Direction.VERTICAL_RL
    line = Rect(sheet.left, sheet.top, sheet.right, sheet.top + house.size + 6)
    region = _strip_region(RegionKind.MARGIN, text, line, house, rtl)
    rule = Rule("double", Rect(sheet.left, line.bottom + 6, sheet.right, line.bottom + 6))
    return SetArticle("folio", ArticleKind.MARGIN, "", (region,)), (rule,), depth


def _name_region(name: str, type_: Type, room: Rect, rtl: bool) -> SetRegion:
    length = type_.length(name)
    tracking = min(type_.size * 0.5, (room.width - length) / max(1, len(name) - 1) * 0.85)
    whole = length + tracking * (len(name) - 1)
    y = room.top + (room.height - type_.size) / 2
    side = (room.width - whole) / 2
    if rtl:
        direction = Direction.HORIZONTAL_RTL
        line = place(name, direction, room.right - side, y, type_, tracking)
    else:
        direction = Direction.HORIZONTAL_LTR
        line = place(name, direction, room.left + side, y, type_, tracking)
    rect = Rect(room.left + side, y, room.right - side, y + type_.size)
    return SetRegion(RegionKind.MASTHEAD, rect, direction, (line,))


def _ear_region(plan: Masthead, ear: Rect, house: House) -> SetRegion:
    type_ = Type(house.face, house.script, house.size)
    if house.direction is Direction.VERTICAL_RL:
        lines = _vertical_ear(plan.lines, ear.inset(18, 14), type_)
    else:
        lines = _horizontal_ear(plan.lines, ear.inset(18, 14), type_)
    return SetRegion(RegionKind.MASTHEAD, ear.inset(8), house.direction, lines)


def _vertical_ear(texts: tuple[str, ...], ear: Rect, type_: Type) -> tuple[PlacedLine, ...]:
    pitch = ear.width / len(texts)
    return tuple(
        place(
            text,
            Direction.VERTICAL_RL,
            ear.right - pitch * i - (pitch + type_.size) / 2,
            ear.top,
            type_,
            min(type_.size * 0.2, (ear.height - type_.length(text)) / max(1, len(text) - 1)),
        )
        for i, text in enumerate(texts)
    )


def _horizontal_ear(texts: tuple[str, ...], ear: Rect, type_: Type) -> tuple[PlacedLine, ...]:
    pitch = ear.height / len(texts)
    return tuple(
        place(
            text,
            Direction.HORIZONTAL_LTR,
            ear.left + (ear.width - type_.length(text)) / 2,
            ear.top + pitch * i + (pitch - type_.size) / 2,
            type_,
        )
        for i, text in enumerate(texts)
    )


def _strip_region(kind: RegionKind, text: str, strip: Rect, house: House, rtl: bool) -> SetRegion:
    """Phrases parted by `|`, spread over the width."""
    type_ = Type(house.face, house.script, house.size)
    parts = text.split("|")
    direction = Direction.HORIZONTAL_RTL if rtl else Direction.HORIZONTAL_LTR
    used = sum(type_.length(part) for part in parts)
    gap = (strip.width - 12 - used) / max(1, len(parts) - 1)
    y = strip.top + (strip.height - type_.size) / 2
    lines, along = [], 6.0
    for part in parts:
        x = strip.right - along if rtl else strip.left + along
        lines.append(place(part, direction, x, y, type_))
        along += type_.length(part) + gap
    return SetRegion(kind, strip, direction, tuple(lines))

"""Pictures and the captions that stand at their far end."""

from __future__ import annotations

from collections.abc import Sequence

from baoguan.model import RegionKind
from press.desk import Desk, Space
from press.fonts import Face
from press.setting import SetLine, Type, break_lines
from press.sheet import SetRegion


def picture_with_caption(
    drawing: str, space: Space, caption: Sequence[SetLine], desk: Desk
) -> list[SetRegion]:
    """The picture, and its caption at the far end of the space."""
    edge = space.v1 - caption_depth(caption, desk)
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


def caption_lines(text: str, measure: float, desk: Desk) -> list[SetLine]:
    """Centred when it is one line."""
    type_ = _caption_type(desk)
    lines = break_lines([text], measure, type_, indent=0) if text else []
    if len(lines) == 1:
        return [SetLine(lines[0].text, (measure - type_.length(lines[0].text)) / 2, 0.0)]
    return [SetLine(line.text, 0.0, 0.0) for line in lines]


def caption_depth(lines: Sequence[SetLine], desk: Desk) -> float:
    if not lines:
        return 0.0
    size = _caption_type(desk).size
    return size * (0.45 + 1.3 * (len(lines) - 1) + 1.05)

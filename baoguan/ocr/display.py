"""Display type: how an advertisement is told from an article by its sizes of type."""

from __future__ import annotations

from collections.abc import Sequence

from baoguan.model import Line
from baoguan.ocr.flow import size_of

LARGE = 1.35  # of the body glyph
SHARE = 0.35  # of large characters
ROOM = 0.24  # of the lines' room that large ones take, where some are of DISPLAY size
DISPLAY = 1.5
BODY = 0.9, 1.12  # type smaller than that is an advertisement's
COLUMNS = 5  # of body type: an article, if they hold this share of its characters
MOSTLY = 0.6
MANY, NEARLY = 20, 0.8  # the same, in a strip: it holds articles, not stacked advertisements
FEW = 160  # characters: an advertisement's frame seldom holds more


def is_display(lines: Sequence[Line], glyph: float) -> bool:
    """Few lines of mixed and large sizes, as advertisements are set."""
    chars = sum(len(line.chars) for line in lines)
    large = [line for line in lines if size_of(line) > LARGE * glyph]
    if not 0 < chars <= FEW or not large:
        return False
    if _is_set_as_text(lines, glyph, COLUMNS, MOSTLY):
        return False
    many = sum(len(line.chars) for line in large) >= SHARE * chars
    room = sum(line.box.area for line in large) >= ROOM * sum(line.box.area for line in lines)
    return many or (room and max(size_of(line) for line in large) > DISPLAY * glyph)


def holds_articles(lines: Sequence[Line], glyph: float) -> bool:
    """Whether many columns of body type make nearly all of a strip beside the page's frame."""
    return _is_set_as_text(lines, glyph, MANY, NEARLY)


def _is_set_as_text(lines: Sequence[Line], glyph: float, columns: int, share: float) -> bool:
    """Whether as many columns of body type hold more than this share of the characters."""
    low, high = (size * glyph for size in BODY)
    body = [line for line in lines if low <= size_of(line) < high and len(line.chars) > 3]
    chars = sum(len(line.chars) for line in lines)
    return len(body) >= columns and sum(len(line.chars) for line in body) > share * chars

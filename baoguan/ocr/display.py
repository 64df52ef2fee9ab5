"""Display type: how an advertisement is told from an article by its sizes of type."""

from __future__ import annotations

from collections.abc import Sequence

from baoguan.model import Line
from baoguan.ocr.flow import size_of

LARGE = 1.35  # of the body glyph
SHARE = 0.35  # of large characters
ROOM = 0.24  # of the lines' room that large ones take, where some are of DISPLAY size
ROOMY, GREAT = 0.45, 3.5  # of that, and glyph sides: such names are an advertisement's
DISPLAY = 1.5
BODY = 0.9, 1.12  # type smaller than that is an advertisement's
COLUMNS = 5  # of body type: an article, if they hold this share of its characters
MOSTLY = 0.6
TWO, NEARLY = 2, 0.8  # or so few, if they hold nearly all
MANY = 20  # and nearly all, in a strip: it holds articles, not stacked advertisements
SHORT = 5  # characters in a line on average: so short ones are an advertisement's
FEW, MOST = 160, 240  # characters: an advertisement's frame seldom holds more


def is_display(lines: Sequence[Line], glyph: float) -> bool:
    """Few lines of mixed and large sizes, as advertisements are set."""
    chars = sum(len(line.chars) for line in lines)
    large = [line for line in lines if size_of(line) > LARGE * glyph]
    if not chars or not large:
        return False
    room = sum(line.box.area for line in large) / sum(line.box.area for line in lines)
    greatest = max(size_of(line) for line in large) / glyph
    if room >= ROOMY or greatest > GREAT:
        return chars <= MOST
    few = MOST if chars < SHORT * len(lines) else FEW
    if chars > few or _is_text(lines, glyph):
        return False
    many = sum(len(line.chars) for line in large) >= SHARE * chars
    return many or (room >= ROOM and greatest > DISPLAY)


def _is_text(lines: Sequence[Line], glyph: float) -> bool:
    """Whether many columns of body type make most of it, or nearly all of it in few."""
    return _is_set_as_text(lines, glyph, COLUMNS, MOSTLY) or _is_set_as_text(
        lines, glyph, TWO, NEARLY
    )


def holds_articles(lines: Sequence[Line], glyph: float) -> bool:
    """Whether many columns of body type make nearly all of a strip beside the page's frame."""
    return _is_set_as_text(lines, glyph, MANY, NEARLY)


def _is_set_as_text(lines: Sequence[Line], glyph: float, columns: int, share: float) -> bool:
    """Whether as many columns of body type hold more than this share of the characters."""
    low, high = (size * glyph for size in BODY)
    body = [line for line in lines if low <= size_of(line) < high and len(line.chars) > 3]
    chars = sum(len(line.chars) for line in lines)
    return len(body) >= columns and sum(len(line.chars) for line in body) > share * chars

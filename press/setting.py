"""Setting lines: where a line may break, and where each character stands in it.

All lengths are pixels.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from baoguan.model import Direction
from press.fonts import Face, Script, font

NEVER_FIRST = frozenset("，。、；：？！）》〉」』】”’…—％℃·々")
NEVER_LAST = frozenset("（《〈「『【“‘")
_UNBREAKABLE = re.compile(r"[A-Za-z0-9.,:%+\-/]+|—+|…+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Type:
    face: Face
    script: Script
    size: int
    ink: tuple[int, int, int] = (0, 0, 0)

    def advance(self, char: str) -> float:
        """The length of a character along a line."""
        if unicodedata.east_asian_width(char) in "WFA":
            return self.size
        return float(font(self.face, self.script, self.size).getlength(char))

    def length(self, text: str) -> float:
        return sum(self.advance(char) for char in text)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character in its cell, not rounded to whole pixels."""

    text: str
    left: float
    top: float
    width: float
    height: float
    type: Type
    vertical: bool


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line broken off a paragraph: its text, its indent, and the space to add after each
    character so that it fills the measure."""

    text: str
    indent: float
    tracking: float


@dataclass(frozen=True, slots=True)
class PlacedLine:
    direction: Direction
    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)


def break_lines(
    paragraphs: Iterable[str], measure: float, type_: Type, indent: int = 2
) -> list[SetLine]:
    """Justified lines; no line begins with closing or ends with opening punctuation.

    `indent` is in characters and opens each paragraph.
    """
    return [
        line
        for paragraph in paragraphs
        for line in _paragraph(paragraph, measure, type_, indent * type_.size)
    ]


def place(
    text: str,
    direction: Direction,
    x: float,
    y: float,
    type_: Type,
    tracking: float = 0.0,
) -> PlacedLine:
    """A line from its leading corner: top left, or top right where it runs right to left.

    A space moves on and prints nothing.
    """
    glyphs = []
    sign = -1 if direction is Direction.HORIZONTAL_RTL else 1
    for char in text:
        step = type_.advance(char)
        left = x - step if direction is Direction.HORIZONTAL_RTL else x
        width, height = (type_.size, step) if direction.vertical else (step, type_.size)
        if not char.isspace():
            glyphs.append(Glyph(char, left, y, width, height, type_, direction.vertical))
        if direction.vertical:
            y += step + tracking
        else:
            x += sign * (step + tracking)
    return PlacedLine(direction, tuple(glyphs))


def _paragraph(text: str, measure: float, type_: Type, indent: float) -> Iterator[SetLine]:
    words = _UNBREAKABLE.findall(text)
    start, room = 0, indent
    while start < len(words):
        end = _break(words, start, measure - room, type_)
        line = "".join(words[start:end])
        slack = measure - room - type_.length(line)
        spread = end < len(words) or slack < 0
        gaps = max(1, len(line) - 1)
        yield SetLine(line, room, slack / gaps if spread else 0.0)
        start, room = end, 0.0


def _break(words: Sequence[str], start: int, room: float, type_: Type) -> int:
    """The index of the first word of the next line."""
    end, used = start, 0.0
    while end < len(words) and used + type_.length(words[end]) <= room + 0.01:
        used += type_.length(words[end])
        end += 1
    end = max(end, start + 1)
    if end == len(words):
        return end
    fallback = end
    while end > start + 1 and (words[end][0] in NEVER_FIRST or words[end - 1][-1] in NEVER_LAST):
        end -= 1
    return end if end > start + 1 else fallback

"""A printed line as words, for forms that have a level between line and character."""

from __future__ import annotations

from itertools import groupby

from baoguan.model import Char, Line


def words(line: Line) -> tuple[tuple[Char, ...], ...]:
    """Runs of characters between spaces: a Chinese line is one word, an English line several."""
    runs = groupby(line.chars, key=lambda char: char.text.isspace())
    return tuple(tuple(run) for space, run in runs if not space)


def confidence(chars: tuple[Char, ...]) -> float:
    """Mean over the characters, 0 to 1; 0 for none."""
    return sum(char.confidence for char in chars) / len(chars) if chars else 0.0

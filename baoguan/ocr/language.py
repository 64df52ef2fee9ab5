"""Which character likely follows which: pairs counted in old newspapers and in words.

The language has a small say: it decides between characters that the recogniser sees, and adds none
of its own. `python -m training.language` writes the table.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from baoguan.ocr.forms import joined, root, rows_of
from baoguan.ocr.recognise import NONE, Glyph, Options, Reading, Slot

WEIGHT = 0.15  # of the language beside the recogniser; .1 and .2 within .001, .3 and more hurt
PRIOR = 20.0  # pairs' worth of the single character's frequency
FAINT = 1e-4  # options with less of a chance are not weighed
PATHS = 12
OTHERS = 4
OTHERS_LEAST = 0.01

START = ""


@dataclass(frozen=True, slots=True)
class Language:
    """`singles` are shares of all characters; `pairs` are counts, `before` their sums by the first
    character. All are of root forms."""

    singles: Mapping[str, float]
    pairs: Mapping[str, float]
    before: Mapping[str, float]
    rare: float = 1e-6  # share of a Han character that was not counted
    mark: float = 3e-3  # share of anything else that was not counted: marks, Latin, figures

    def follows(self, first: str, second: str) -> float:
        """The logarithm of the chance that `second` follows `first` (START: begins a line)."""
        single = self.singles.get(second) or (self.rare if is_han(second) else self.mark)
        if first == START:
            return math.log(single)
        pairs = self.pairs.get(first + second, 0.0)
        return math.log((pairs + PRIOR * single) / (self.before.get(first, 0.0) + PRIOR))


@cache
def chinese() -> Language:
    """The language of the shipped table."""
    singles: dict[str, float] = {}
    pairs: dict[str, float] = {}
    before: dict[str, float] = {}
    for row in rows_of("pairs.txt"):
        first, share, *followers = row.split("\t")
        singles[first] = level(share) * 1e-7
        before[first] = 0.0
        for count, seconds in zip(followers[::2], followers[1::2], strict=True):
            before[first] += level(count) * len(seconds)
            pairs |= dict.fromkeys((first + second for second in seconds), level(count))
    return Language(singles, pairs, before)


def is_han(char: str) -> bool:
    return unicodedata.name(char[0], "").startswith("CJK UNIFIED")


def level(written: str) -> float:
    """A count as the table has it, in steps of a half more each: 0 is 1, 1 is 1.5, 2 is 2.25."""
    return float(1.5 ** int(written))


@dataclass(frozen=True, slots=True)
class _Path:
    """One way to read the slots so far; the last choice, and the path before it."""

    score: float
    last: str  # root form of the last character
    text: str
    before: _Path | None


def chosen(slots: Sequence[Slot], language: Language) -> Reading:
    """The likeliest character at each slot, or none, by the recogniser and the language."""
    joint = [joined(slot.options) for slot in slots]
    paths = [_Path(0.0, START, NONE, None)]
    for options in joint:
        paths = _extended(paths, options, language)
    best: _Path | None = max(paths, key=lambda path: path.score)
    glyphs: list[Glyph] = []
    for slot, options in zip(reversed(slots), reversed(joint), strict=True):
        assert best is not None
        if best.text != NONE:
            glyphs.append(_glyph(best.text, slot.place, options))
        best = best.before
    return Reading(tuple(reversed(glyphs)))


def _extended(paths: Sequence[_Path], options: Options, language: Language) -> list[_Path]:
    best: dict[str, _Path] = {}
    for text, chance in options.items():
        if chance < FAINT:
            continue
        sight = math.log(chance)
        shared = root(text)
        for path in paths:
            last, heard = path.last, 0.0
            if text != NONE:
                last, heard = shared, WEIGHT * language.follows(path.last, shared)
            score = path.score + sight + heard
            if last not in best or score > best[last].score:
                best[last] = _Path(score, last, text, path)
    if not best:
        return [_Path(path.score, path.last, NONE, path) for path in paths]
    return sorted(best.values(), key=lambda path: -path.score)[:PATHS]


def _glyph(text: str, place: float, options: Options) -> Glyph:
    ordered = sorted(options.items(), key=lambda item: (-item[1], item[0]))
    others = tuple(
        (other, chance)
        for other, chance in ordered
        if other not in (text, NONE) and chance >= OTHERS_LEAST
    )
    return Glyph(text, place, min(1.0, options[text]), others[:OTHERS])

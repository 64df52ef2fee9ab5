"""From the recogniser's columns of chances to characters and their places along a strip (CTC)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from baoguan.ocr.sheet import Floats

BLANK = 0


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character read: `place` is its middle along the strip, 0 to 1."""

    text: str
    place: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Reading:
    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        return "".join(g.text for g in self.glyphs)

    @property
    def worth(self) -> float:
        """Mean confidence, 0 where nothing was read."""
        return sum(g.confidence for g in self.glyphs) / len(self.glyphs) if self.glyphs else 0.0


def decode(chances: Floats, alphabet: Sequence[str], used: float = 1.0) -> Reading:
    """The best path: `chances` is (steps, classes), class 0 blank; `used` the share of steps that
    the strip fills, the rest being padding."""
    classes = chances.argmax(axis=1)
    steps = len(classes)
    ends = max(1.0, steps * used)
    glyphs = []
    for first, last in runs_of(classes):
        if classes[first] == BLANK:
            continue
        peak = chances[first : last + 1, classes[first]]
        centre = first + float((np.arange(len(peak)) * peak).sum() / peak.sum()) + 0.5
        if centre > ends:
            continue
        text = unicodedata.normalize("NFC", alphabet[classes[first]])
        glyphs.append(Glyph(text, centre / ends, float(peak.max())))
    return Reading(_trimmed(glyphs))


def runs_of(values: npt.NDArray[np.int64]) -> list[tuple[int, int]]:
    """First and last index of each run of equal values."""
    if not len(values):
        return []
    cuts = np.flatnonzero(np.diff(values)) + 1
    starts = [0, *cuts.tolist()]
    return list(zip(starts, [c - 1 for c in [*cuts.tolist(), len(values)]], strict=True))


def _trimmed(glyphs: list[Glyph]) -> tuple[Glyph, ...]:
    """Without spaces at the ends."""
    while glyphs and glyphs[-1].text.isspace():
        glyphs.pop()
    while glyphs and glyphs[0].text.isspace():
        glyphs.pop(0)
    return tuple(glyphs)


def edges(places: Sequence[float], length: float, thickness: float) -> list[float]:
    """Where characters end and begin along a strip, in its pixels: one more than there are places.

    Neighbours meet half way; the first and last character are as long as the strip is thick, or as
    their half of the gap where that is less.
    """
    at = [place * length for place in places]
    if not at:
        return []
    middles = [(a + b) / 2 for a, b in zip(at, at[1:], strict=False)]
    half = thickness / 2
    first = max(0.0, at[0] - (min(half, middles[0] - at[0]) if middles else half))
    last = min(length, at[-1] + (min(half, at[-1] - middles[-1]) if middles else half))
    return [first, *middles, last]

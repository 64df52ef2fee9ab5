"""From the recogniser's columns of chances to characters and their places along a strip (CTC)."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from baoguan.ocr.sheet import Floats, Grey

BLANK = 0
# What stands between Han characters is set full width; the stop of a column, high in its cell, is
# taken for a degree sign.
FULL_WIDTH = str.maketrans("°(),:;?!", "。（），：；？！")
ALTERNATIVES = 6
PULL = 0.6  # of the darkest ink: how strongly a boundary is drawn to the middle


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character read: `place` is its middle along the strip, 0 to 1; `others` are characters
    that it may be instead, with their chances."""

    text: str
    place: float
    confidence: float
    others: tuple[tuple[str, float], ...] = ()


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
        top = chances[first + int(peak.argmax())]
        others = _others(top, int(classes[first]), alphabet)
        glyphs.append(Glyph(text, centre / ends, float(peak.max()), others))
    return Reading(_trimmed(glyphs))


def _others(chances: Floats, taken: int, alphabet: Sequence[str]) -> tuple[tuple[str, float], ...]:
    """The next likely characters of a step, blank and `taken` left out."""
    count = min(ALTERNATIVES, len(chances))
    likely = np.argpartition(chances, -count)[-count:]
    return tuple(
        (unicodedata.normalize("NFC", alphabet[i]), float(chances[i]))
        for i in sorted(likely.tolist(), key=lambda i: -chances[i])
        if i not in (BLANK, taken)
    )


def with_full_width(glyphs: Sequence[Glyph]) -> tuple[Glyph, ...]:
    """The glyphs with punctuation as Chinese type has it, wherever no Latin letter or digit is
    beside it."""
    texts = ["", *(glyph.text for glyph in glyphs), ""]
    return tuple(
        glyph
        if any(c.isascii() and c.isalnum() for c in before + after)
        else replace(glyph, text=glyph.text.translate(FULL_WIDTH))
        for before, glyph, after in zip(texts, glyphs, texts[2:], strict=False)
    )


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


def edges(places: Sequence[float], pixels: Grey) -> list[float]:
    """Where characters end and begin along a strip, in its pixels: one more than there are places.

    Neighbours meet where there is least ink about half way; the outer ends lie a little more than
    half a character away.
    """
    thickness, length = pixels.shape
    at = [place * length for place in places]
    if not at:
        return []
    steps = np.diff(at)
    step = float(np.median(steps)) if len(steps) else float(thickness)
    ink = 255 - pixels.astype(np.float32).mean(axis=0)
    ink = np.convolve(ink, [0.25, 0.5, 0.25], mode="same")
    weight = float(ink.max() + 1) * PULL
    middles = [_valley(ink, a, b, weight) for a, b in itertools.pairwise(at)]
    half = min(0.6 * thickness, 0.75 * step) if len(steps) else thickness / 2
    first = max(0.0, at[0] - half)
    last = min(float(length), at[-1] + half)
    return [first, *middles, max(last, middles[-1] + 1 if middles else first + 1)]


def _valley(ink: Floats, before: float, after: float, weight: float) -> float:
    """The place between two middles with least ink, half way preferred."""
    low, high = before + 0.25 * (after - before), after - 0.25 * (after - before)
    places = np.arange(round(low), round(high) + 1)
    places = places[(places >= 0) & (places < len(ink))]
    if not len(places):
        return (before + after) / 2
    away = np.abs(places - (before + after) / 2) / max(1.0, (after - before) / 2)
    return float(places[int(np.argmin(ink[places] + weight * away**2))]) + 0.5

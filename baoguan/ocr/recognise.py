"""From the recogniser's table of chances to the places along a strip where characters may stand.

The table is that of a CTC network: at each step along the strip the chance of every character and
of none. Where a character is likelier than none, one stands; where it nearly is, one may stand.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

import numpy as np

from baoguan.ocr.sheet import Floats, Grey

NONE = ""  # no character
LEAST = 0.002  # smaller chances are dropped
OPTIONS = 12  # characters kept for a place
# What stands between Han characters is set full width; the stop of a column, high in its cell, is
# taken for a degree sign.
FULL_WIDTH = str.maketrans("°(),:;?!", "。（），：；？！")
NOT_NONE = 0.88  # chance of none: under it, the likeliest character may stand there
ROOM = 0.6  # of the usual step: how far a character that may stand is from the others
SKIPPED = 1.6  # steps: a gap in which a character may have been skipped
PULL = 0.6  # of the darkest ink: how strongly a boundary is drawn to the middle

Options = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Chances:
    """Characters with their chances, NONE among them, at each step; `filled` is the number of steps
    that the strip takes, the others being padding."""

    steps: tuple[Options, ...]
    filled: float


@dataclass(frozen=True, slots=True)
class Slot:
    """A place along the strip, 0 to 1, with what may stand there; NONE is an option only where
    nothing may."""

    place: float
    options: Options

    @property
    def open(self) -> bool:
        return NONE in self.options


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


def alphabet_of(characters: Iterable[str]) -> tuple[str, ...]:
    """The recogniser's classes as text in NFC: NONE first, the space last."""
    return (NONE, *(unicodedata.normalize("NFC", c) for c in characters), " ")


def chances_of(table: Floats, alphabet: Sequence[str], used: float = 1.0) -> Chances:
    """`table` is (steps, classes); `used` the share of its steps that the strip fills."""
    filled = max(1.0, len(table) * used)
    table = table[: int(np.ceil(filled))]
    steps: list[dict[str, float]] = [{} for _ in table]
    seen = np.flatnonzero(table > LEAST)  # of the flat table: six times as fast
    at, classes = np.divmod(seen, table.shape[1])
    for step, index, chance in zip(
        at.tolist(), classes.tolist(), table.ravel()[seen].tolist(), strict=True
    ):
        text = alphabet[index]
        steps[step][text] = steps[step].get(text, 0.0) + chance
    return Chances(tuple(steps), filled)


def likeliest(chances: Chances) -> Iterator[str]:
    """The characters on the best path."""
    for text, _ in itertools.groupby(map(_best, chances.steps)):
        if text != NONE:
            yield text


def _best(step: Options) -> str:
    return max(step, key=lambda text: step[text], default=NONE)


def slots_of(chances: Chances, never: Set[str] = frozenset()) -> tuple[Slot, ...]:
    """Where characters stand or may stand; those of `never` do not."""
    steps = [_without(step, never) for step in chances.steps]
    best = [_best(step) for step in steps]
    found = []
    for first, last in runs_of(best):
        peak = np.array([steps[i].get(best[first], 0.0) for i in range(first, last + 1)])
        if best[first] == NONE:
            continue
        middle = first + float((np.arange(len(peak)) * peak).sum() / peak.sum()) + 0.5
        if middle <= chances.filled:
            top = _characters(steps[first + int(peak.argmax())])
            found.append(Slot(middle / chances.filled, top))
    return _trimmed(sorted([*found, *_open(steps, best, found, chances.filled)], key=_place))


def _without(step: Options, never: Set[str]) -> Options:
    return {text: chance for text, chance in step.items() if text not in never}


def _characters(step: Options) -> Options:
    return _likeliest({text: chance for text, chance in step.items() if text != NONE})


def _likeliest(options: Options) -> Options:
    ordered = sorted(options.items(), key=lambda item: (-item[1], item[0]))
    return dict(ordered[:OPTIONS])


def _place(slot: Slot) -> float:
    return slot.place


def _open(
    steps: Sequence[Options], best: Sequence[str], found: Sequence[Slot], filled: float
) -> list[Slot]:
    """Peaks that lie just under the chance of none, where there is room for a character."""
    if len(found) < 3:
        return []
    places = np.array([slot.place for slot in found]) * filled
    room = ROOM * float(np.median(np.diff(places)))
    height = [0.0, *(_height(step) for step in steps), 0.0]
    slots = []
    for i, step in enumerate(steps):
        peak = height[i] <= height[i + 1] > height[i + 2]
        if best[i] != NONE or not peak or step.get(NONE, 0.0) > NOT_NONE or i + 0.5 > filled:
            continue
        if np.abs(places - i - 0.5).min() >= room:
            slots.append(Slot((i + 0.5) / filled, _likeliest(step)))
    return slots


def _height(step: Options) -> float:
    return max((chance for text, chance in step.items() if text != NONE), default=0.0)


def _trimmed(slots: list[Slot]) -> tuple[Slot, ...]:
    """Without spaces at the ends."""
    while slots and _is_space(slots[-1]):
        slots.pop()
    while slots and _is_space(slots[0]):
        slots.pop(0)
    return tuple(slots)


def _is_space(slot: Slot) -> bool:
    return max(slot.options, key=lambda text: slot.options[text]).isspace()


def with_gaps(slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """The slots with empty ones in each long gap, for a second reading to fill."""
    steps = np.diff([slot.place for slot in slots])
    if len(steps) < 2:
        return slots
    usual = float(np.median(steps))
    filled = [slots[0]]
    for slot, step in zip(slots[1:], steps.tolist(), strict=True):
        count = round(step / usual) - 1 if step > SKIPPED * usual else 0
        start = slot.place - step
        filled += [Slot(start + step * (i + 1) / (count + 1), {NONE: 1.0}) for i in range(count)]
        filled.append(slot)
    return tuple(filled)


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


def runs_of(values: Sequence[str]) -> list[tuple[int, int]]:
    """First and last index of each run of equal values."""
    runs, first = [], 0
    for _, run in itertools.groupby(values):
        end = first + sum(1 for _ in run)
        runs.append((first, end - 1))
        first = end
    return runs


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

"""Columns carried on beyond what the detector found of them, as far as their ink goes.

In small type, set solid or out of focus, the detector breaks columns: pieces are found, and what is
between and behind them is not. But there the ink goes on in line with the piece. It is cut with the
piece's own sides, read, and kept as far as it reads like text. See `docs/decisions/0010-lines.md`.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from baoguan.ocr.lines import Strip, lengthened, warped
from baoguan.ocr.profiles import smooth
from baoguan.ocr.recognise import Glyph, Reading, Slot
from baoguan.ocr.second_look import UNIT, Read, is_thin
from baoguan.ocr.shared_ends import STROKES
from baoguan.ocr.sheet import Affine, Grey, Mask
from baoguan.ocr.surroundings import HEAVIEST, SMOOTHED, Surroundings, surroundings_of

FARTHEST = 30  # characters by which a column is carried on at most
SEED = 0.5  # worth of a line that is carried on
INKED = 0.3  # of the line's own ink: as much goes on
WHITE = 1.2  # characters: a longer white ends the column
WORTHWHILE = 1.2  # characters of ink: less is the blur of the last one
RULED = 0.6  # of the line's own black, across it and as much on both sides: a rule
BESIDE = 0.1  # share of these pixels that may be lighter: rules are broken
CONTEXT = 1.0  # characters of the line that are read once more with what follows
LIKELY = 0.4  # confidence from which on a character speaks for its being text
SIGN = 0.1  # what a sign that is no character of Chinese counts against it, at least
DOUBT = 0.5  # sum of what speaks against it, from which on what follows is no text

Ahead = tuple["End", tuple[Slot, ...], Reading]


@dataclass(frozen=True, slots=True, eq=False)
class End:
    """Ink that goes on in line with the line of index `line`, before or behind it.

    `strip` holds it with a little of the line; all else in pixels along the line's own strip:
    `strip` begins at `start`, what is read beyond `bound` is new, and the line's strip ends at
    `edge`.
    """

    line: int
    behind: bool
    strip: Strip
    start: float
    bound: float
    edge: float

    def at(self, place: float) -> float:
        """Along the line's own strip, for a place 0 to 1 along this one."""
        return self.start + place * self.strip.length

    def beyond(self, place: float, limit: float) -> bool:
        return self.at(place) > limit if self.behind else self.at(place) < limit


def ends_of(
    image: Grey, inked: Mask, lines: Sequence[Read], which: Container[int] | None = None
) -> list[End]:
    """What may be read on, where a page is one of columns: of the lines of indices `which`, or of
    those as thin as a body column."""
    around = surroundings_of(inked, lines)
    if around is None:
        return []
    found: list[End] = []
    for i, (strip, reading) in enumerate(lines):
        wanted = is_thin(strip, around.body) if which is None else i in which
        if wanted and strip.down and reading.worth >= SEED and len(reading.glyphs) > 1:
            before, behind = _reaches(around, i + 1, strip)
            before = _to_rule(image, strip, False, before)
            behind = _to_rule(image, strip, True, behind)
            found += _ends(image, i, lines[i], (before, behind))
    return found


def _reaches(around: Surroundings, mark: int, strip: Strip) -> tuple[int, int]:
    """By how many pixels a line's ink goes on before and behind it."""
    wide, taken = around.of(strip, FARTHEST, 1)
    far, own, side = round(FARTHEST * UNIT), around.length(strip), round(UNIT)
    inner = slice(side, 2 * side)
    profile = smooth(wide[inner].mean(axis=0), round(SMOOTHED * UNIT))
    usual = float(np.median(profile[far : far + own]))
    if usual > HEAVIEST:
        return 0, 0
    foreign = (taken[inner] > 0) & (taken[inner] != mark)
    stop = smooth(foreign.mean(axis=0), round(SMOOTHED * UNIT)) > 0.5
    inked = profile > INKED * usual
    before = _run(inked[:far][::-1], stop[:far][::-1])
    behind = _run(inked[far + own :], stop[far + own :])
    step = strip.thickness / UNIT
    return round(before * step), round(behind * step)


def _to_rule(image: Grey, strip: Strip, behind: bool, reach: int) -> int:
    """The pixels of a line's reach up to a rule that crosses it and the columns beside it."""
    if not reach:
        return 0
    side = strip.thickness
    ahead = Affine(c=strip.length if behind else -reach, f=-side)
    dark = 255.0 - warped(image, strip.to_sheet.after(ahead), reach, 3 * side)
    across = np.quantile(dark if behind else dark[:, ::-1], BESIDE, axis=0)
    black = np.quantile(255.0 - strip.pixels, 0.95)
    ruled = np.flatnonzero(across > RULED * black)
    free = int(ruled[0]) if len(ruled) else reach
    return free if free >= WORTHWHILE * side else 0


def _run(inked: np.ndarray, stop: np.ndarray) -> int:
    """Steps as far as ink goes on, over white that is not too long; 0 where it is not worth it."""
    stops = np.flatnonzero(stop)
    steps = np.flatnonzero(inked[: stops[0] if len(stops) else len(inked)])
    gaps = np.flatnonzero(np.diff(steps, prepend=-1) > WHITE * UNIT)
    steps = steps[: gaps[0] if len(gaps) else len(steps)]
    return int(steps[-1]) + 1 if len(steps) and steps[-1] + 1 >= WORTHWHILE * UNIT else 0


def _ends(image: Grey, line: int, read: Read, reaches: tuple[int, int]) -> Iterator[End]:
    strip, reading = read
    at = [glyph.place * strip.length for glyph in reading.glyphs]
    context = round(CONTEXT * strip.thickness)
    before, behind = reaches
    if before:
        bound = (at[0] + at[1]) / 2
        stop = min(strip.length, round(bound) + context)
        cut = lengthened(image, strip, before, stop - strip.length)
        yield End(line, False, cut, -before, bound, 0.0)
    if behind:
        bound = (at[-2] + at[-1]) / 2
        start = max(0, round(bound) - context)
        cut = lengthened(image, strip, -start, behind)
        yield End(line, True, cut, start, bound, strip.length)


def carried_on(
    image: Grey, strip: Strip, slots: tuple[Slot, ...], ends: Iterable[Ahead]
) -> tuple[Strip, tuple[Slot, ...]] | None:
    """A line with what its ends read, as far as that is text; None where nothing of it is."""
    at = [(slot.place * strip.length, slot) for slot in slots]
    low, high = 0.0, float(strip.length)
    for end, found, reading in ends:
        last = _last(end, reading)
        if last is None:
            continue
        new = [(end.at(s.place), s) for s in found if end.beyond(s.place, end.bound)]
        if end.behind:
            high = _after(last, end, reading)
            at = [x for x in at if x[0] < end.bound] + [x for x in new if x[0] < high]
        else:
            low = _after(last, end, reading)
            at = [x for x in new if x[0] > low] + [x for x in at if x[0] > end.bound]
    before, behind = round(-low), round(high) - strip.length
    if not before and not behind:
        return None
    longer = lengthened(image, strip, before, behind)
    placed = (Slot((x + before) / longer.length, slot.options) for x, slot in at)
    return longer, tuple(placed)


def _last(end: End, reading: Reading) -> Glyph | None:
    """The last character of what reads like text beyond a line's end."""
    ahead = [glyph for glyph in reading.glyphs if end.beyond(glyph.place, end.edge)]
    if not end.behind:
        ahead.reverse()
    last, so_far, most = None, 0.0, 0.0
    for glyph in ahead:
        so_far += evidence(glyph)
        if so_far > most:
            last, most = glyph, so_far
        if so_far < most - DOUBT:
            break
    return last


def evidence(glyph: Glyph) -> float:
    """How much a character speaks for its being text, or against."""
    if "一" <= glyph.text <= "鿿":
        return min(0.0 if glyph.text in STROKES else 1.0, glyph.confidence - LIKELY)
    return min(-SIGN, glyph.confidence - LIKELY)


def _after(last: Glyph, end: End, reading: Reading) -> float:
    """Half way from the last character that is kept to the next one, or where the strip ends."""
    at = reading.glyphs.index(last) + (1 if end.behind else -1)
    if 0 <= at < len(reading.glyphs):
        return end.at((last.place + reading.glyphs[at].place) / 2)
    return end.at(1.0 if end.behind else 0.0)

"""Which way up print lies on its scan, told by reading some of its lines all ways round.

The recogniser knows upright characters, and those of a column on its side, which lie with their
heads to the left; upside down it reads next to nothing. So two looks tell how a strip's characters
lie: the strip as it is or on its head, whichever reads better, and then its characters turned a
quarter clockwise one by one, which are read only where they lay. Latin letters never lie across
their line.

Measured on nine pages, Chinese and Latin, each lying all four ways, means of a page: the right way
round .8 to 1.0, on its head .0 to .3 (Latin .3 to .6); turned characters that lay .9 to 1.0, that
stood .0 to .3.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from baoguan.ocr.direction import is_latin
from baoguan.ocr.lines import Strip
from baoguan.ocr.recognise import Reading
from baoguan.ocr.sheet import Affine, Grey
from baoguan.ocr.upright import upright_row

LONG, CUT = 3.0, 5.0  # strips at least so long are looked at, and so much of them, in thicknesses
THICK = 8  # pixels: less is not read
FIRST, MORE = 5, 24  # strips looked at, and where most of these do not stand upright
READ = 0.55  # sureness: below it a strip tells nothing
LAY = 0.6  # sureness of characters that were turned
FEWEST, SHARE = 3, 0.7  # strips that must tell of a turn, and of all that tell anything

FILLED = 0.7  # characters in a strip as long as it is thick: where fewer are read, some are missed
SURE = 0.9  # above it a strip is not looked at on its head

NOTHING = Reading(())
Glance = Callable[[Sequence[Grey]], Sequence[Reading]]  # what is read in each image


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """A piece of a strip, whether it is on its head now, and what is read there."""

    down: bool
    pixels: Grey
    flipped: bool = False
    reading: Reading = NOTHING

    @property
    def sure(self) -> float:
        return _sureness(self.reading, self.pixels)


def turn_of(strips: Sequence[Strip], glance: Glance) -> int | None:
    """Degrees clockwise by which the sheet has to be turned to stand upright: 0, 90, 180 or 270;
    None where too little of it can be read to tell."""
    first = _votes(_some(strips, FIRST), glance)
    if first.count(0) >= max(FEWEST, SHARE * len(first)):
        return 0
    told = _votes(_some(strips, MORE), glance)
    if len(told) < FEWEST:
        return None
    turn, count = Counter(told).most_common(1)[0]
    return turn if count >= SHARE * len(told) else 0


def _some(strips: Sequence[Strip], count: int) -> list[Strip]:
    """Strips long enough, from all over the page."""
    long = [s for s in strips if s.thickness >= THICK and s.length >= LONG * s.thickness]
    places = np.linspace(0, len(long) - 1, min(count, len(long))).round().astype(int)
    return [long[place] for place in places]


def _votes(strips: Sequence[Strip], glance: Glance) -> list[int]:
    """The turn that each strip asks for, without those that cannot be read."""
    looks = _seen([_Look(strip.down, _middle(strip)) for strip in strips], glance)
    doubtful = [look for look in looks if look.sure < SURE]
    on_head = [replace(look, pixels=_on_head(look.pixels), flipped=True) for look in doubtful]
    better = {
        id(look): head
        for look, head in zip(doubtful, _seen(on_head, glance), strict=True)
        if head.sure > look.sure
    }
    read = [look for look in (better.get(id(each), each) for each in looks) if look.sure >= READ]
    rows = [_upright(look) for look in read]
    return [
        _asked(look, lay=_sureness(cells, row) > LAY and not is_latin(look.reading.text))
        for look, row, cells in zip(read, rows, glance(rows), strict=True)
    ]


def _seen(looks: Sequence[_Look], glance: Glance) -> list[_Look]:
    seen = glance([look.pixels for look in looks])
    return [replace(look, reading=reading) for look, reading in zip(looks, seen, strict=True)]


def _sureness(reading: Reading, pixels: Grey) -> float:
    """Mean confidence, also of the characters that should be there and are not seen."""
    room = FILLED * pixels.shape[1] / pixels.shape[0]
    return float(sum(g.confidence for g in reading.glyphs) / max(len(reading.glyphs), room, 1))


def _upright(look: _Look) -> Grey:
    """The characters that were read, each turned a quarter clockwise where it stands."""
    strip = Strip(look.pixels, Affine(), look.down)
    return upright_row(strip, [glyph.place for glyph in look.reading.glyphs])


def _asked(look: _Look, *, lay: bool) -> int:
    """From how the characters of a strip lay to the turn that sets the sheet upright.

    A column's strip was laid down a quarter against the clock to begin with.
    """
    turn = (180 if look.flipped else 0) + (90 if lay else 0) - (90 if look.down else 0)
    return turn % 360


def _middle(strip: Strip) -> Grey:
    length = min(strip.length, round(CUT * strip.thickness))
    start = (strip.length - length) // 2
    return strip.pixels[:, start : start + length]


def _on_head(pixels: Grey) -> Grey:
    return np.ascontiguousarray(pixels[::-1, ::-1])

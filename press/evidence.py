"""What is seen of one run of columns going on in another, by name, with weights as a prior.

The geometry is that of `baoguan.ocr.links`, whose costs are set by hand; the text is beside it.
Lengths are in column pitches. See `docs/decisions/0003-layout.md`.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from baoguan.model import Box
from baoguan.ocr.links import (
    FRAMED,
    WITHIN,
    Run,
    ends_short,
    foot_over,
    is_indented,
    stands_right_of,
)

WEIGHTS: Mapping[str, float] = {
    "down": 0.35,  # white between a run and the next
    "side": 0.22,  # how far their right edges differ
    "short": 2.0,  # the last column ends well above its floor
    "indented": 0.5,
    "shared": -0.5,  # pairs of characters that only these two have, and few others
    "unlike": 1.0,  # type of another size
    "alone": 1.5,  # nothing comes before, though there is no headline
    "alone at a sign": -1.0,  # such as ▲, which begins an item
    "alone at a stop": 1.0,  # a comma or a closing bracket begins no article
}
MOST_SIDE = 3.0 / 0.22
RARE = 3  # runs: a pair of characters in no more of them tells something
MOST_SHARED = 4
SIGNS = frozenset("◎○●▲△◆◇■□★☆【")
STOPS = frozenset("、。，；：？！」』）》")


class Evidence:
    """What speaks for and against each run as the one before another; the names are of WEIGHTS."""

    def __init__(self, runs: Sequence[Run], pitch: float, pictures: Sequence[Box] = ()) -> None:
        self.runs, self.pitch, self.pictures = runs, pitch, pictures
        self.pairs = [_pairs(run) for run in runs]
        spread = Counter(pair for pairs in self.pairs for pair in pairs)
        self.rare = {pair for pair, count in spread.items() if 2 <= count <= RARE}

    def alone(self, i: int) -> dict[str, float]:
        first = self.runs[i].columns[0].first.text[:1]
        return {
            "alone": 1.5,
            "alone at a sign": float(first in SIGNS),
            "alone at a stop": float(first in STOPS),
        }

    def jump(self, k: int, i: int) -> dict[str, float] | None:
        """What is seen of reading run `i` after run `k`; None where that cannot be."""
        earlier, run, pitch = self.runs[k], self.runs[i], self.pitch
        first = run.columns[0]
        down = (first.top - foot_over(earlier, first, pitch)) / pitch
        if i == k or down < -WITHIN or earlier.body.right < run.box.left:
            return None
        side = min(abs(b.right - first.box.right) / pitch for b in (earlier.box, earlier.body))
        beside = [column.box for column in earlier.columns]
        if stands_right_of(first.box, beside, 1.5 * pitch, pitch) or stands_right_of(
            first.box, self.pictures, 3.5 * pitch, pitch
        ):
            side = 0.0
        shared = len(self.pairs[k] & self.pairs[i] & self.rare)
        told = {
            "down": max(0.0, down - 0.5),
            "side": min(MOST_SIDE, side),
            "short": float(ends_short(earlier, pitch)),
            "indented": float(is_indented(run, pitch)),
            "shared": float(min(MOST_SHARED, shared)),
            "unlike": abs(float(np.log(_type_of(earlier) / _type_of(run)))),
        }
        share = FRAMED if earlier.frame and earlier.frame == run.frame else 1.0
        return {name: share * value for name, value in told.items()}


def _pairs(run: Run) -> frozenset[str]:
    """Pairs of Han characters that follow each other in a column."""
    return frozenset(
        a + b
        for column in run.columns
        for line in column.lines
        for a, b in itertools.pairwise(line.text)
        if a >= "\u3400" and b >= "\u3400"
    )


def _type_of(run: Run) -> float:
    """The size of its type, body glyphs."""
    body = [c.size for i, c in enumerate(run.columns) if i not in run.headings]
    return max(0.1, float(np.median(body or [c.size for c in run.columns])))

"""Runs of columns put together to articles: which run goes on in which, one register below.

Each run is given the run before it, or none, in one assignment over the page. What a choice costs
is a weighted sum of what is seen. The weights are set by hand, judged on real and on typeset folds;
`python -m press learn` fits them, see `docs/decisions/0003-layout.md`. Lengths are in pitches.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from baoguan.model import Box, Line
from baoguan.ocr.flow import Column

WEIGHTS: Mapping[str, float] = {
    "down": 0.35,  # white between a run and the next
    "side": 0.22,  # how far their right edges differ
    "short": 2.0,  # the last column ends well above its floor
    "indented": 0.5,
    "shared": -0.25,  # pairs of characters that only these two have, and few others
    "unlike": 0.0,  # type of another size
    "alone": 1.5,  # nothing comes before, though there is no headline
    "alone at a sign": -0.5,  # such as ▲, which begins an item
    "alone at a stop": 0.5,  # a comma or a closing bracket begins no article
}
FRAMED = 0.25  # of what is seen counts between runs in the frame of one article
MOST_SIDE = 13.64
RARE = 3  # runs: a pair of characters in no more of them tells something
MOST_SHARED = 4
SIGNS = frozenset("◎○●▲△◆◇■□★☆【")
STOPS = frozenset("、。，；：？！」』）》")
WITHIN = 0.6  # pitch: overlap in height that is still "below"
FORBIDDEN = 1e6


@dataclass(frozen=True, slots=True)
class Run:
    """Columns that follow each other in one register, and the headlines that lead them."""

    columns: tuple[Column, ...]
    heads: tuple[Line, ...] = ()  # horizontal headlines above the first column
    begins: bool = False  # an article: nothing comes before it
    frame: int = 0  # printed around one article only; 0 for none
    headings: frozenset[int] = frozenset()  # indices of columns that are headings

    @property
    def box(self) -> Box:
        return Box.around([c.box for c in self.columns] + [h.box for h in self.heads])

    @property
    def body(self) -> Box:
        """Without headlines, where there is anything else."""
        body = [c.box for i, c in enumerate(self.columns) if i not in self.headings]
        return Box.around(body) if body else self.box


def link(
    runs: Sequence[Run],
    pitch: float,
    pictures: Sequence[Box] = (),
    weights: Mapping[str, float] = WEIGHTS,
) -> list[list[int]]:
    """Articles as lists of runs in reading order; each run is in one."""
    if not runs:
        return []
    costs = _costs(runs, pitch, pictures, weights)
    rows, choices = linear_sum_assignment(costs)
    before = {int(r): int(c) for r, c in zip(rows, choices, strict=True) if c < len(runs)}
    before = {r: c for r, c in before.items() if costs[r, c] < FORBIDDEN}
    after = {c: r for r, c in before.items()}
    articles = []
    for start in (i for i in range(len(runs)) if i not in before):
        article = [start]
        while article[-1] in after:
            article.append(after[article[-1]])
        articles.append(article)
    return articles


def _costs(
    runs: Sequence[Run], pitch: float, pictures: Sequence[Box], weights: Mapping[str, float]
) -> npt.NDArray[np.float64]:
    """(runs, 2·runs): the cost of each run as predecessor of a run, then that of having none."""
    count = len(runs)
    costs = np.full((count, 2 * count), FORBIDDEN)
    seen = Evidence(runs, pitch, pictures)
    for i, run in enumerate(runs):
        costs[i, count + i] = 0.0 if run.begins else weighed(seen.alone(i), weights)
        if run.begins:
            continue
        for k in range(count):
            told = seen.jump(k, i)
            if told is not None:
                costs[i, k] = weighed(told, weights)
    return costs


def weighed(told: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(weights[name] * value for name, value in told.items())


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
        down = (first.top - _foot_over(earlier, first, pitch)) / pitch
        if i == k or down < -WITHIN or earlier.body.right < run.box.left:
            return None
        side = min(abs(b.right - first.box.right) / pitch for b in (earlier.box, earlier.body))
        beside = [column.box for column in earlier.columns]
        if _stands_right_of(first.box, beside, 1.5 * pitch, pitch) or _stands_right_of(
            first.box, self.pictures, 3.5 * pitch, pitch
        ):
            side = 0.0
        shared = len(self.pairs[k] & self.pairs[i] & self.rare)
        told = {
            "down": max(0.0, down - 0.5),
            "side": min(MOST_SIDE, side),
            "short": float(_ends_short(earlier, pitch)),
            "indented": float(_is_indented(run, pitch)),
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


def _foot_over(earlier: Run, first: Column, pitch: float) -> float:
    """Where `earlier` ends above `first`; elsewhere, where its last column does."""
    over = [
        c.box.bottom
        for c in earlier.columns
        if c.box.left < first.box.right - 0.3 * pitch and c.box.right > first.box.left + 0.3 * pitch
    ]
    return float(over[0] if over else earlier.columns[-1].box.bottom)


def _ends_short(run: Run, pitch: float) -> bool:
    """Whether the last column ends well above its neighbours."""
    bottoms = [c.box.bottom for c in run.columns[-6:-1] if c.size < 1.3]
    last = run.columns[-1]
    foot = float(np.median(bottoms)) if bottoms else last.floor
    return min(foot, last.floor) - last.box.bottom > 1.8 * pitch


def _is_indented(run: Run, pitch: float) -> bool:
    if len(run.columns) < 2:
        return False
    return run.columns[0].top - run.columns[1].top > 0.6 * pitch


def _stands_right_of(box: Box, others: Sequence[Box], far: float, pitch: float) -> bool:
    """Whether the room right beside `box` is taken by one of `others`."""
    for other in others:
        gap = other.left - box.right
        shared = min(other.bottom, box.bottom) - max(other.top, box.top)
        if -0.5 * pitch < gap < far and shared > 0.5 * box.height:
            return True
    return False

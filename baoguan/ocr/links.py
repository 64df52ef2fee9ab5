"""Runs of columns put together to articles: which run goes on in which, one register below.

The costs are hand-set, in units of the column pitch, and were judged on two folds at once; see
`docs/decisions/0003-layout.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from baoguan.model import Box, Line
from baoguan.ocr.flow import FAR, Column

LARGE = 1.8  # of the body's glyph side: a headline with room for other articles beside it
ALONE = 1.5  # cost of a run that begins an article without a headline
DOWN = 0.35  # per pitch of white between a run and the next
SIDE = 0.26  # per pitch by which their right edges differ
MOST_SIDE = 3.0
BACK = 1.2  # at most, where it begins further right than the whole run above
SHORT = 2.0  # the last column ends well above its floor
SIGNED = 8  # characters: the longest name, brackets included
SIGNED_ABOVE = 0.5  # pitches
INDENT = 0.5
TAIL = 0.4  # a column ends what is read on: little is won, and much lost if another text follows
LEAVE = 1.5  # out of a frame that has room left
FRAMED = 0.25  # of the cost, within a frame
WITHIN = 0.6  # pitch: overlap in height that is still "below"
WHOLE = 1.0  # pitch between a column and its floor
LEAST_TEXT, LEAST_LED = 3, 2  # columns, the second under a headline
OVER = 1.0  # pitches: columns beside that tell where a register ends
FORBIDDEN = 1e6


@dataclass(frozen=True, slots=True)
class Run:
    """Columns that follow each other in one register, and the headlines that lead them."""

    columns: tuple[Column, ...]
    heads: tuple[Line, ...] = ()  # horizontal headlines above the first column
    begins: bool = False  # an article: nothing comes before it
    frame: int = 0  # printed around one article only; 0 for none
    ends_in_frame: bool = False  # white is left in it
    headings: frozenset[int] = frozenset()  # indices of columns that are headings

    @property
    def box(self) -> Box:
        return Box.around([c.box for c in self.columns] + [h.box for h in self.heads])

    @property
    def body(self) -> Box:
        """Without headlines, where there is anything else."""
        body = [c.box for i, c in enumerate(self.columns) if i not in self.headings]
        return Box.around(body) if body else self.box


def link(runs: Sequence[Run], pitch: float, pictures: Sequence[Box] = ()) -> list[list[int]]:
    """Articles as lists of runs in reading order; each run is in one."""
    if not runs:
        return []
    costs = _costs(runs, pitch, pictures)
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


def with_own_text(
    runs: Sequence[Run], articles: Sequence[Sequence[int]], pitch: float
) -> tuple[list[Run], list[list[int]]]:
    """A large headline with another one's text at its head, and text that follows nothing beside
    its foot: that text is its own, and the other headline begins an article."""
    runs, found = list(runs), [list(article) for article in articles]
    for article in found:
        run = runs[article[0]]
        if not _has_second_title(run):
            continue
        own = next((o for o in found if _is_own(runs[o[0]], run, pitch)), None)
        if own is not None:
            head, rest = run.columns[:1], run.columns[1:]
            headings = frozenset({0, *(n - 1 for n in run.headings if n)})
            runs[article[0]] = replace(run, columns=rest, heads=(), headings=headings)
            runs.append(Run(head, run.heads, True, run.frame, headings=frozenset({0})))
            own.insert(0, len(runs) - 1)
    return runs, found


def _has_second_title(run: Run) -> bool:
    """Whether behind a large headline another title stands: a heading, or with a byline behind."""
    if 0 not in run.headings or run.columns[0].size < LARGE or len(run.columns) < 3:
        return False
    return 1 in run.headings or signed_from(run.columns[2].first.text) == 0


def _is_own(text: Run, led: Run, pitch: float) -> bool:
    """Whether `text` begins beside the foot of the headline that leads `led`, under the second."""
    head, second, first = led.columns[0].box, led.columns[1].box, text.columns[0].box
    beside = -0.6 * pitch < head.left - first.right < FAR * pitch
    under = second.bottom < first.top < head.bottom - 2 * pitch
    return not text.begins and beside and under


def _costs(runs: Sequence[Run], pitch: float, pictures: Sequence[Box]) -> npt.NDArray[np.float64]:
    """(runs, 2·runs): the cost of each run as predecessor of a run, then that of having none."""
    count = len(runs)
    costs = np.full((count, 2 * count), FORBIDDEN)
    for i, run in enumerate(runs):
        costs[i, count + i] = 0.0 if run.begins else ALONE
        if run.begins:
            continue
        for k, earlier in enumerate(runs):
            if i != k:
                costs[i, k] = _jump(earlier, run, pitch, pictures)
    return costs


def _jump(earlier: Run, run: Run, pitch: float, pictures: Sequence[Box]) -> float:
    """The cost of reading `run` after `earlier`."""
    first = run.columns[0]
    down = (first.top - foot_over(earlier, first, pitch)) / pitch
    if down < -WITHIN:
        return FORBIDDEN
    side = abs(earlier.box.right - first.box.right) / pitch
    side = min(side, abs(earlier.body.right - first.box.right) / pitch)
    beside = [column.box for column in earlier.columns]
    if stands_right_of(first.box, beside, 1.5 * pitch, pitch) or stands_right_of(
        first.box, pictures, 3.5 * pitch, pitch
    ):
        side = 0.0
    back = first.box.left > earlier.body.right and _fills_its_register(earlier, pitch)
    cost = (
        DOWN * max(0.0, down - 0.5)
        + min(BACK if back else MOST_SIDE, SIDE * side)
        + (SHORT if ends_short(earlier, pitch) or ends_signed(earlier, pitch) else 0.0)
        + (INDENT if is_indented(run, pitch) else 0.0)
        + (TAIL if is_tail(run, pitch) else 0.0)
    )
    if earlier.frame and earlier.frame == run.frame:
        return FRAMED * cost
    return cost + (LEAVE if earlier.ends_in_frame else 0.0)


def _fills_its_register(run: Run, pitch: float) -> bool:
    """Whether a run of text ends with a whole column, so that it may go on anywhere below."""
    text = [n for n in range(len(run.columns)) if n not in run.headings]
    last = run.columns[-1]
    foot = min(last.floor, float(np.median([c.box.bottom for c in run.columns])))
    whole = foot - last.box.bottom < WHOLE * pitch and not ends_short(run, pitch)
    return (
        len(text) >= (LEAST_LED if 0 in run.headings else LEAST_TEXT)
        and text[-1] == len(run.columns) - 1
        and whole
    )


def foot_over(earlier: Run, first: Column, pitch: float) -> float:
    """Where `earlier` ends above `first` or close beside; elsewhere, where its last columns do.

    One column does not tell: it may be a byline, or the last of a paragraph. A headline ends
    where its text does.
    """
    text = earlier.body.bottom
    over = [
        max(c.box.bottom, min(text, c.floor)) if n in earlier.headings else c.box.bottom
        for n, c in enumerate(earlier.columns)
        if c.box.left < first.box.right - 0.3 * pitch
        and c.box.right > first.box.left + 0.3 * pitch - OVER * pitch
        and c.box.bottom < first.top + WITHIN * pitch
    ]
    return float(max(over or (c.box.bottom for c in earlier.columns[-3:])))


def ends_short(run: Run, pitch: float) -> bool:
    """Whether the last column ends well above its neighbours."""
    bottoms = [c.box.bottom for c in run.columns[-6:-1] if c.size < 1.3]
    last = run.columns[-1]
    foot = float(np.median(bottoms)) if bottoms else last.floor
    return min(foot, last.floor) - last.box.bottom > 1.8 * pitch


def signed_from(text: str) -> int:
    """Where the name in brackets begins with which a text ends; -1 without one."""
    at = text.rfind("（")
    return at if text.endswith("）") and at >= len(text) - SIGNED else -1


def ends_signed(run: Run, pitch: float) -> bool:
    """Whether the last column ends with a name in brackets, above the foot of its register."""
    last = run.columns[-1]
    white = min(last.floor, run.body.bottom) - last.box.bottom
    return signed_from(last.lines[-1].text) > 0 and white > SIGNED_ABOVE * pitch


def is_indented(run: Run, pitch: float) -> bool:
    if len(run.columns) < 2:
        return False
    return run.columns[0].top - run.columns[1].top > 0.6 * pitch


def is_tail(run: Run, pitch: float) -> bool:
    """Whether the first column ends a paragraph, above the foot of those after it."""
    feet = [column.box.bottom for column in run.columns[1:4]]
    return bool(feet) and max(feet) - run.columns[0].box.bottom > 1.4 * pitch


def stands_right_of(box: Box, others: Sequence[Box], far: float, pitch: float) -> bool:
    """Whether the room right beside `box` is taken by one of `others`."""
    for other in others:
        gap = other.left - box.right
        shared = min(other.bottom, box.bottom) - max(other.top, box.top)
        if -0.5 * pitch < gap < far and shared > 0.5 * box.height:
            return True
    return False

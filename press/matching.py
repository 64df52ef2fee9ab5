"""Which article stood in which polygons: one choice for a page, by amount of text and position.

The printed lines tell how many columns an article takes and how many characters each holds; a
polygon's width and height tell the same. Every chain of polygons whose columns fit an article is a
candidate, and an integer program takes at most one for each article, each polygon once.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from press.ecpo import Shape, Told
from press.sheet import Rect

PITCH = 35.0  # pixels from column to column, on the scans that the polygons were drawn on
EM = 27.75  # pixels from character to character
HEAD_WIDE = (38.0, 190.0)  # a vertical headline
NEXT = 75.0  # pixels: a neighbour in the register
UNPLACED = 1.5  # cost of an article without polygons
FAR = 5000.0  # pixels: as bad as a wholly wrong number of characters
LONE = 0.06
CAPTION = "◎"
LOOSE = 0.3  # of a column's characters: the greatest mismatch that is a candidate
MOST_SHAPES = 7
MOST_CHAINS = 400  # for each article, the best


@dataclass(frozen=True, slots=True)
class Chain:
    """Where an article stands: its headline's polygon, if any, and those of its text, in order."""

    head: Shape | None
    body: tuple[Shape, ...]
    cost: float

    @property
    def shapes(self) -> list[Shape]:
        return [*([self.head] if self.head else []), *self.body]


def rows_of(rect: Rect) -> int:
    return max(1, round(rect.height / EM))


def columns_in(rect: Rect) -> int:
    return max(1, round(rect.width / PITCH))


def room_of(rect: Rect) -> int:
    """Characters that a polygon holds."""
    return rows_of(rect) * columns_in(rect)


def match(articles: Sequence[Told], shapes: Sequence[Shape]) -> dict[int, Chain]:
    """For articles that fit somewhere, by index, their chains; no two share a polygon."""
    choices = [
        (i, chain) for i, article in enumerate(articles) for chain in _chains(article, shapes)
    ]
    if not choices:
        return {}
    place = {shape.id: len(articles) + k for k, shape in enumerate(shapes)}
    entries = [
        (row, column)
        for column, (i, chain) in enumerate(choices)
        for row in [i, *(place[shape.id] for shape in chain.shapes)]
    ]
    rows, columns = zip(*entries, strict=True)
    size = len(articles) + len(shapes), len(choices)
    uses = csr_array((np.ones(len(rows)), (rows, columns)), shape=size)
    result = milp(
        np.array([chain.cost - UNPLACED for _, chain in choices]),
        constraints=LinearConstraint(uses, -np.inf, 1),
        integrality=np.ones(len(choices)),
        bounds=Bounds(0, 1),
        options={"time_limit": 20, "mip_rel_gap": 0.002},
    )
    if result.x is None:
        return {}
    return {i: chain for taken, (i, chain) in zip(result.x, choices, strict=True) if taken > 0.5}


def title_of(article: Told) -> str:
    """The first line, where it is short and the only one of its paragraph."""
    first = article.paragraphs[0].lines
    return first[0] if len(first) == 1 and len(first[0]) <= 18 and len(article.lines) > 2 else ""


def is_byline(lines: Sequence[str]) -> bool:
    return all(line.startswith("（") and len(line) < 10 for line in lines)


def body_of(article: Told) -> list[tuple[str, ...]]:
    """The lines of each paragraph under the title and the byline, captions left out."""
    parts = [p.lines for p in article.paragraphs[1 if title_of(article) else 0 :]]
    if title_of(article) and parts and is_byline(parts[0]):
        parts = parts[1:]
    return [*parts[:1], *(lines for lines in parts[1:] if not is_caption(lines))]


def is_caption(lines: Sequence[str]) -> bool:
    """Whether a paragraph within an article stood under its picture: a line after a sign."""
    return len(lines) == 1 and lines[0].startswith(CAPTION)


def _chains(article: Told, shapes: Sequence[Shape]) -> list[Chain]:
    lines = [(len(line), n == len(part) - 1) for part in body_of(article) for n, line in
             enumerate(part)]  # fmt: skip
    if not lines:
        return []
    bodies = [s for s in shapes if s.rect.height > 2.5 * EM and s.rect.width > 0.7 * PITCH]
    title = title_of(article)
    found = []
    heads: list[tuple[Shape | None, float]] = [(None, 0.5 if title else 0.0)]
    if title:
        heads += [(s, _title_cost(title, s.rect)) for s in shapes]
    for head, cost in heads:
        if cost > 1.0:
            continue
        starts = [s for s in bodies if head is None or starts_at(s, head)]
        for start in starts:
            mates = [s for s in bodies if s.group == start.group]
            for body, misfit in _poured([start], 0, lines, mates, head):
                far = sum(jump_cost(a.rect, b.rect) for a, b in itertools.pairwise(body))
                left = _left_over(body, mates)
                found.append(Chain(head, tuple(body), cost + misfit + far + left))
    return sorted(found, key=lambda chain: chain.cost)[:MOST_CHAINS]


def _title_cost(title: str, rect: Rect) -> float:
    """How ill a vertical headline fits a polygon."""
    if not HEAD_WIDE[0] < rect.width < HEAD_WIDE[1] or rect.height < 1.3 * rect.width:
        return math.inf
    side = rect.height / len(title)
    return 0.5 * abs(math.log(side / (1.1 * rect.width)))


def _left_over(body: Sequence[Shape], mates: Sequence[Shape]) -> float:
    """The share of a group's room that a chain leaves empty."""
    if not body[0].group:
        return 0.0
    return 1.0 - sum(room_of(s.rect) for s in body) / sum(room_of(s.rect) for s in mates)


def starts_at(shape: Shape, headline: Shape) -> bool:
    """Whether text may begin in `shape`, on the left of a headline and in its group."""
    rect, head = shape.rect, headline.rect
    gap = head.left - rect.right
    shared = min(rect.bottom, head.bottom) - max(rect.top, head.top)
    beside = -20 < gap < NEXT and shared > 0.3 * min(rect.height, head.height)
    return beside and shape.group == headline.group


def _poured(
    body: list[Shape],
    at: int,
    lines: Sequence[tuple[int, bool]],
    bodies: Sequence[Shape],
    head: Shape | None,
    misfit: float = 0.0,
) -> Iterator[tuple[list[Shape], float]]:
    """Chains that begin with `body`, into whose last polygon the lines from `at` on go."""
    rect = body[-1].rect
    rows, columns = rows_of(rect), columns_in(rect)
    part = lines[at : at + columns]
    full = [abs(length - rows) / rows for length, last in part if not last]
    over = [max(0, length - rows) / rows for length, last in part if last]
    here = float(np.mean(full)) if full else (float(np.mean(over)) if over else 0.0)
    if here > LOOSE:
        return
    misfit += here * len(part) / len(lines)
    left = len(lines) - at - columns
    if left <= max(1, 0.06 * len(lines)):
        spare = abs(left) / max(4, len(lines))
        if spare < 0.3:
            yield list(body), misfit + spare
        return
    if len(body) == MOST_SHAPES:
        return
    for after in bodies:
        new = after is not head and not any(after is s for s in body)
        if new and can_follow(rect, after.rect):
            yield from _poured([*body, after], at + columns, lines, bodies, head, misfit)


def can_follow(rect: Rect, after: Rect) -> bool:
    """On the left in the same register, or in the next one."""
    gap = rect.left - after.right
    if -15 < gap < NEXT and abs(after.top - rect.top) < 25:
        return True
    down = after.top - rect.bottom
    return -15 < down < 60 and after.right > rect.left - 40


def jump_cost(rect: Rect, after: Rect) -> float:
    """The cost of going on in another polygon; far sideways costs more, and so does a single
    column, which any text fits."""
    aside = 0.0 if after.top < rect.bottom - 15 else abs(after.right - rect.right) / FAR
    return 0.02 + aside + (LONE if columns_in(after) == 1 else 0.0)

"""Where a reading differs from the truth: each true character beside the one read in its place.

What was read is dealt out to the true lines by where it stands, then put beside them with as few
edits as possible. So a mark tells of recognition, whatever the reading order; order and articles
are told by the figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np

from baoguan.evaluate.scores import diplomatic, folded
from baoguan.model import Char, Line, Page, Region

REACH = 0.5  # of a line's thickness: how far outside it a character still belongs to it


class Verdict(StrEnum):
    RIGHT = "right"
    VARIANT = "variant"  # another form of the right character
    WRONG = "wrong"
    MISSING = "missing"
    EXTRA = "extra"


PRICES = {Verdict.RIGHT: 0.0, Verdict.VARIANT: 0.5, Verdict.WRONG: 1.0}


@dataclass(frozen=True, slots=True)
class Mark:
    """A true character and the one read in its place; one of the two may be missing."""

    truth: Char | None
    read: Char | None

    @property
    def verdict(self) -> Verdict:
        if self.truth is None:
            return Verdict.EXTRA
        if self.read is None:
            return Verdict.MISSING
        return _verdict(self.truth.text, self.read.text)

    @property
    def fault(self) -> bool:
        return self.verdict not in (Verdict.RIGHT, Verdict.VARIANT)


@dataclass(frozen=True, slots=True)
class ComparedRegion:
    """A true region, and the marks of each of its lines."""

    region: Region
    lines: tuple[tuple[Mark, ...], ...]

    @property
    def faults(self) -> int:
        return sum(mark.fault for line in self.lines for mark in line)


@dataclass(frozen=True, slots=True)
class Differences:
    """The true regions in their order, and what was read where nothing is printed."""

    regions: tuple[ComparedRegion, ...]
    extra: tuple[Mark, ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        inside = (m for region in self.regions for line in region.lines for m in line)
        return (*inside, *self.extra)


def differences(truth: Page, read: Page) -> Differences:
    lines = [line for region in truth.regions for line in region.lines]
    dealt, extra = _deal_out(_printed(read), lines)
    marks = iter([_beside(_bare(line.chars), dealt[n]) for n, line in enumerate(lines)])
    return Differences(
        tuple(
            ComparedRegion(region, tuple(next(marks) for _ in region.lines))
            for region in truth.regions
        ),
        tuple(Mark(None, char) for char in extra),
    )


def _printed(page: Page) -> list[Char]:
    return _bare([char for r in page.regions for line in r.lines for char in line.chars])


def _bare(chars: Sequence[Char]) -> list[Char]:
    return [char for char in chars if not char.text.isspace()]


def _deal_out(
    chars: Sequence[Char], lines: Sequence[Line]
) -> tuple[dict[int, list[Char]], list[Char]]:
    """The characters of each line, along it, and those that no line reaches."""
    dealt: dict[int, list[Char]] = {number: [] for number in range(len(lines))}
    if not lines:
        return dealt, list(chars)
    edges = np.array([line.box.as_tuple() for line in lines], dtype=float)
    reach = REACH * np.minimum(edges[:, 2] - edges[:, 0], edges[:, 3] - edges[:, 1])
    extra = []
    for char in chars:
        x, y = char.box.centre
        beyond_x = np.maximum(0, np.maximum(edges[:, 0] - x, x - edges[:, 2]))
        beyond_y = np.maximum(0, np.maximum(edges[:, 1] - y, y - edges[:, 3]))
        beyond = np.maximum(beyond_x, beyond_y)
        nearest = int(np.where(beyond <= reach, beyond, np.inf).argmin())
        if beyond[nearest] <= reach[nearest]:
            dealt[nearest].append(char)
        else:
            extra.append(char)
    for number, line in enumerate(lines):
        dealt[number].sort(key=lambda char, line=line: _along(char, line))  # type: ignore[misc]
    return dealt, extra


def _along(char: Char, line: Line) -> float:
    x, y = char.box.centre
    if line.direction.vertical:
        return y
    return x if line.direction.value.endswith("ltr") else -x


def _beside(truth: Sequence[Char], read: Sequence[Char]) -> tuple[Mark, ...]:
    """The two side by side with as few edits as can be, a variant costing half of one."""
    costs = _costs(truth, read)
    marks: list[Mark] = []
    t, r = len(truth), len(read)
    while t or r:
        here = costs[t][r]
        if t and r and here == costs[t - 1][r - 1] + _price(truth[t - 1], read[r - 1]):
            t, r = t - 1, r - 1
            marks.append(Mark(truth[t], read[r]))
        elif t and here == costs[t - 1][r] + 1:
            t -= 1
            marks.append(Mark(truth[t], None))
        else:
            r -= 1
            marks.append(Mark(None, read[r]))
    return tuple(reversed(marks))


def _costs(truth: Sequence[Char], read: Sequence[Char]) -> list[list[float]]:
    costs = [[float(r) for r in range(len(read) + 1)]]
    for t, wanted in enumerate(truth, 1):
        row = [float(t)]
        for r, got in enumerate(read, 1):
            row.append(min(costs[-1][r] + 1, row[-1] + 1, costs[-1][r - 1] + _price(wanted, got)))
        costs.append(row)
    return costs


def _price(wanted: Char, got: Char) -> float:
    return PRICES[_verdict(wanted.text, got.text)]


@lru_cache(1 << 16)
def _verdict(truth: str, read: str) -> Verdict:
    """Of two characters that stand in one place."""
    if diplomatic(truth) == diplomatic(read):
        return Verdict.RIGHT
    return Verdict.VARIANT if folded(truth) == folded(read) != "" else Verdict.WRONG

"""How steady the layout is: all boxes of a fold's lines shifted by a pixel or two, it runs again.

A detector at another scale draws its boxes a little otherwise, and one run of one set of lines is
luck: so the mean over shifts counts. See `docs/decisions/0003-layout.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from baoguan.evaluate.scores import folded, lost_anywhere, lost_pairwise
from baoguan.model import Box
from baoguan.ocr.direction import with_directions
from baoguan.ocr.layout import lay_out
from baoguan.ocr.sheet import Sheet
from press.ecpo import articles_in
from press.measure import is_set, sheets_of

BY = 2  # pixels
ARTICLE = 0.5  # what an error in articles weighs beside one in order

Layout = Callable[[Sheet], Sheet]


@dataclass(frozen=True, slots=True)
class Errors:
    """Edits per true character: `order` and `article` as `baoguan evaluate` tells them, folded."""

    order: float
    article: float

    @property
    def weighed(self) -> float:
        return self.order + ARTICLE * self.article

    def __str__(self) -> str:
        return f"{self.order:.4f} / {self.article:.4f}"


def mean(errors: Sequence[Errors]) -> Errors:
    return Errors(
        float(np.mean([each.order for each in errors])),
        float(np.mean([each.article for each in errors])),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A fold: its true articles and both sheets with their lines; `lines` is of measure.SOURCES."""

    name: str
    lines: str
    truth: tuple[str, ...]
    sheets: tuple[Sheet, ...]


def known(scan: Path, cache: Path | None = None) -> Iterator[Known]:
    """A real fold twice, its lines read with best and with fast; a set fold with the truth's.

    The true text is `NAME.text.xml` beside the scan; lines are kept in `cache` once they are read.
    """
    truth = tuple(folded("".join(lines)) for lines in articles_in(scan.with_suffix(".text.xml")))
    for lines in ("truth",) if is_set(scan) else ("best", "fast"):
        sheets = tuple(map(with_directions, sheets_of(scan, lines, cache)))
        yield Known(scan.stem, lines, tuple(filter(None, truth)), sheets)


def shifted(sheet: Sheet, seed: int, by: int = BY) -> Sheet:
    """The sheet with every side of every line's box moved by `by` pixels at most; as it is for the
    seed 0."""
    if not seed:
        return sheet
    rng = np.random.default_rng(seed)
    lines = []
    for line in sheet.lines:
        left, top, right, bottom = (
            int(side) for side in line.box.as_tuple() + rng.integers(-by, by + 1, 4)
        )
        box = Box(max(0, left), max(0, top), min(sheet.width, right), min(sheet.height, bottom))
        lines.append(replace(line, box=box))
    return replace(sheet, lines=tuple(lines))


def errors(fold: Known, laid: Sequence[Sheet]) -> Errors:
    """Of the sheets of `fold` once their lines are in groups."""
    ordered = sorted(laid, key=lambda sheet: sheet.number)
    articles = [
        "".join(folded(line.text) for block in group.blocks for line in block.lines)
        for sheet in ordered
        for group in sheet.groups
    ]
    return Errors(lost_anywhere(fold.truth, "".join(articles)), lost_pairwise(fold.truth, articles))


def steadiness(
    fold: Known, shifts: int, by: int = BY, layout: Layout = lay_out
) -> tuple[Errors, ...]:
    """Errors with the boxes as they were read, then with each of so many shifts."""
    return tuple(
        errors(fold, [layout(shifted(sheet, seed, by)) for sheet in fold.sheets])
        for seed in range(shifts + 1)
    )


def told(fold: Known, runs: Sequence[Errors]) -> str:
    """A line: order / article as read, mean and standard deviation over the shifts, the worst."""
    moved = runs[1:] or runs
    spread = Errors(
        float(np.std([each.order for each in moved])),
        float(np.std([each.article for each in moved])),
    )
    worst = Errors(max(each.order for each in moved), max(each.article for each in moved))
    return (
        f"{fold.name:30} {fold.lines:5}  as read {runs[0]}  "
        f"shifted {mean(moved)}  sd {spread}  worst {worst}"
    )

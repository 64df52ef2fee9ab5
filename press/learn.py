"""Weights for links, learned on set folds: which run of columns goes on in which.

A conditional logit: for each run, its candidates and "none" are weighed against each other, and the
true one is to be the likeliest. Weights are held near a prior, so that what the folds do not tell
stays as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from baoguan.model import Box, Page
from baoguan.ocr import vertical
from baoguan.ocr.direction import with_directions
from baoguan.ocr.layout import lay_out
from baoguan.ocr.links import Run, link
from baoguan.ocr.sheet import Sheet
from press.evidence import WEIGHTS, Evidence
from press.measure import sheets_of, true_pages_of

NEAR = 9  # characters that may be lost between two runs
HELD = 3.0  # how strongly weights are held: half a squared step counts this much
NAMES = tuple(WEIGHTS)

Place = tuple[int, int]
Spot = tuple[int, int]  # an article, and a character's place in it


@dataclass(frozen=True, slots=True)
class Choice:
    """What is seen of each candidate, (candidates, features), and which of them is true."""

    seen: npt.NDArray[np.float64]
    true: int


def learn(scans: Sequence[Path], prior: Mapping[str, float] = WEIGHTS) -> dict[str, float]:
    return fit([choice for scan in scans for choice in choices_on(scan)], prior)


def fit(choices: Sequence[Choice], prior: Mapping[str, float]) -> dict[str, float]:
    """The likeliest weights, costs as in `links`; raises ValueError without a choice."""
    if not choices:
        raise ValueError("nothing to learn from")
    start = np.array([prior[name] for name in NAMES])

    def loss(weights: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        total = HELD / 2 * float(((weights - start) ** 2).sum())
        slope = HELD * (weights - start)
        for choice in choices:
            costs = choice.seen @ weights
            chances = np.exp(costs.min() - costs)
            chances /= chances.sum()
            total -= float(np.log(max(chances[choice.true], 1e-12)))
            slope = slope + choice.seen[choice.true] - chances @ choice.seen
        return total, slope

    found = minimize(loss, start, jac=True, method="L-BFGS-B")
    return dict(zip(NAMES, (round(float(v), 3) for v in found.x), strict=True))


def choices_on(scan: Path) -> list[Choice]:
    """The choices that the runs of a fold leave, as its lines are now laid out."""
    truth = true_pages_of(scan)
    found: list[Choice] = []
    for sheet in sheets_of(scan, "truth"):
        spots = _spots(truth, sheet)
        for runs, pitch, pictures in _runs_of(sheet):
            found += _choices(runs, pitch, pictures, spots)
    return found


def _runs_of(sheet: Sheet) -> list[tuple[Sequence[Run], float, Sequence[Box]]]:
    """What `link` is given while a sheet is laid out."""
    seen: list[tuple[Sequence[Run], float, Sequence[Box]]] = []

    def keep(runs: Sequence[Run], pitch: float, pictures: Sequence[Box] = ()) -> list[list[int]]:
        seen.append((runs, pitch, pictures))
        return link(runs, pitch, pictures)

    with mock.patch.object(vertical, "link", keep):
        lay_out(with_directions(sheet))
    return seen


def _spots(truth: Sequence[Page], sheet: Sheet) -> dict[Place, Spot]:
    """The article and the place in it of each character, by its middle on the sheet."""
    back = sheet.to_master.inverse()
    spots: dict[Place, Spot] = {}
    articles = [(page, article) for page in truth for article in page.articles]
    for number, (page, article) in enumerate(articles):
        chars = [char for line in page.lines_of(article) for char in line.chars]
        for n, char in enumerate(chars):
            spots[_place(back.box(char.box, sheet.width, sheet.height))] = number, n
    return spots


def _place(box: Box) -> Place:
    return box.left + box.right, box.top + box.bottom


def _choices(
    runs: Sequence[Run], pitch: float, pictures: Sequence[Box], spots: Mapping[Place, Spot]
) -> list[Choice]:
    told = [
        [
            spots[_place(char.box)]
            for column in run.columns
            for line in column.lines
            for char in line.chars
            if _place(char.box) in spots
        ]
        for run in runs
    ]
    owner = {spot: k for k, each in enumerate(told) for spot in each}
    evidence = Evidence(runs, pitch, pictures)
    found = []
    for i, run in enumerate(runs):
        if run.begins or not told[i]:
            continue
        article, first = told[i][0]
        before = [
            owner[article, first - step]
            for step in range(1, NEAR)
            if (article, first - step) in owner
        ]
        candidates = [(k, evidence.jump(k, i)) for k in range(len(runs))]
        rows = [(k, seen) for k, seen in candidates if seen is not None]
        places = {k: n for n, (k, _) in enumerate(rows)}
        if first > 2 and not (before and before[0] in places):
            continue  # lost, or no candidate
        true = len(rows) if first <= 2 else places[before[0]]
        table = [_row(seen) for _, seen in rows] + [_row(evidence.alone(i))]
        found.append(Choice(np.array(table), true))
    return found


def _row(seen: Mapping[str, float]) -> list[float]:
    return [seen.get(name, 0.0) for name in NAMES]

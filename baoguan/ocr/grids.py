"""Short columns side by side that were taken for rows.

Where characters stand as far apart down the page as across it, as in an advertisement's 包退 beside
還洋, the detector finds rows (還包, 洋退). On a page of columns they are columns, unless the
language says that they are rows. See `docs/decisions/0010-lines.md`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from baoguan.ocr.forms import root
from baoguan.ocr.language import Language
from baoguan.ocr.lines import Strip, cut, kernel_at
from baoguan.ocr.recognise import Reading
from baoguan.ocr.second_look import Read, weight_of
from baoguan.ocr.sheet import Grey
from baoguan.ocr.surroundings import is_of_columns

LENGTHS = range(2, 9)  # characters of such a row
ALIKE = 1.4  # thicknesses of rows, the one to the other
LEVEL = 0.4  # of the step from character to character: how far one may be beside the one above
NEAREST, FARTHEST = 0.5, 1.6  # of a row's thickness: steps from row to row
SPREAD = 0.8  # of the step from row to row: characters of columns are as far apart, at least
SAYS_ROWS = 2.0  # logarithm of the odds from which on the language says that they are rows
WORSE = 1.0  # sum of confidence by which columns may read worse than the rows

Points = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One of `lines` by its index, and the middles of its characters from left to right."""

    line: int
    strip: Strip
    reading: Reading
    at: Points  # (characters, 2)

    @property
    def step(self) -> float:
        """From character to character."""
        return float(np.abs(np.diff(self.at[:, 0])).mean())

    @property
    def y(self) -> float:
        return float(self.at[:, 1].mean())


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Lines of these indices, and the columns that they may be, from right to left."""

    rows: tuple[int, ...]
    columns: tuple[Strip, ...]


def grids_in(image: Grey, lines: Sequence[Read], language: Language) -> list[Grid]:
    """Rows that may be columns, where a page is one of columns."""
    if not is_of_columns(lines):
        return []
    return [
        Grid(tuple(row.line for row in stack), tuple(_columns(image, stack)))
        for stack in _stacks(_rows(lines))
        if _steps(stack)[0] >= SPREAD * _steps(stack)[1] and not _says_rows(stack, language)
    ]


def _rows(lines: Sequence[Read]) -> list[Row]:
    rows = []
    for i, (strip, reading) in enumerate(lines):
        if not strip.down and len(reading.glyphs) in LENGTHS:
            middle = strip.thickness / 2
            points = (strip.to_sheet.point(g.place * strip.length, middle) for g in reading.glyphs)
            rows.append(Row(i, strip, reading, np.array(list(points))))
    return sorted(rows, key=lambda row: row.y)


def _stacks(rows: Iterable[Row]) -> list[list[Row]]:
    """Rows under each other, as many characters in each, and each under one of the row above."""
    stacks: list[list[Row]] = []
    for row in rows:
        stack = next((stack for stack in stacks if _goes_on(stack[-1], row)), None)
        if stack is None:
            stacks.append([row])
        else:
            stack.append(row)
    return [stack for stack in stacks if len(stack) > 1]


def _goes_on(above: Row, row: Row) -> bool:
    thin, thick = sorted((above.strip.thickness, row.strip.thickness))
    return (
        len(above.at) == len(row.at)
        and thick <= ALIKE * thin
        and NEAREST * thick <= row.y - above.y <= FARTHEST * thick
        and float(np.abs(row.at[:, 0] - above.at[:, 0]).max()) <= LEVEL * above.step
    )


def _steps(stack: Sequence[Row]) -> tuple[float, float]:
    """From character to character across, and from row to row."""
    across = float(np.mean([row.step for row in stack]))
    return across, (stack[-1].y - stack[0].y) / (len(stack) - 1)


def _says_rows(stack: Sequence[Row], language: Language) -> bool:
    """Whether the characters, from right to left and down, are likelier said row by row."""
    rows = ["".join(glyph.text for glyph in reversed(row.reading.glyphs)) for row in stack]
    columns = ("".join(chars) for chars in zip(*rows, strict=True))
    return _said("".join(rows), language) - _said("".join(columns), language) > SAYS_ROWS


def _said(text: str, language: Language) -> float:
    roots = [root(char) for char in text]
    return sum(language.follows(*pair) for pair in itertools.pairwise(roots))


def _columns(image: Grey, stack: Sequence[Row]) -> Iterator[Strip]:
    across, down = _steps(stack)
    places = np.mean([row.at for row in stack], axis=0)
    for x, y in sorted(places, key=lambda point: -point[0]):
        yield cut(image, kernel_at((x, y), down * len(stack), across, down=True))


def are_columns(rows: Iterable[Reading], columns: Sequence[Reading]) -> bool:
    """Whether the columns read about as well as the rows."""
    several = all(len(each.glyphs) > 1 for each in columns)
    return several and sum(map(weight_of, columns)) >= sum(map(weight_of, rows)) - WORSE

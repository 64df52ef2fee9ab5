"""Single lines of old and new newspapers, set and aged: what a recogniser is trained on.

A line stands on a small piece of a page between its neighbours, whose ink a reader sees at its
edges. Type is set solid, as hand-set type is, three times as large as it is scanned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from press.oldtype import Case, glyph, has
from press.worn import Age, worn

FINE = 3  # pixels of set type to a pixel of the scan
POINTS = frozenset("，。、．")
TURNED = frozenset("（）()《》〈〉「」『』【】〔〕“”‘’—…～-")
RUN = re.compile(r"[!-~]+|.", re.DOTALL)  # letters and figures together, all else one by one
ABREAST = 3  # figures at most that share a cell
FIGURE = 0.52  # em: how wide a figure is
RULE = 0.3  # how often a rule crosses the end of a column
REVERSED, OUTLINED = 0.12, 0.12  # of the lines that are not body type

Ink = NDArray[np.uint8]  # height, width; 255 is ink


@dataclass(frozen=True, slots=True)
class Look:
    """`size` is the em in pixels of the scan; in ems, `pitch` leads from glyph to glyph and `lead`
    from line to line. `latin` tells how letters and figures stand in a column: `standing`, each in
    a cell of its own; `lying` on their side, read as the column runs; `abreast`, up to three
    figures upright in one cell (縱中橫), and what is longer lying."""

    case: Case
    size: int
    pitch: float
    lead: float
    down: bool
    body: bool
    age: Age
    latin: str = "standing"


@dataclass(frozen=True, slots=True)
class _Cell:
    """A character whose middle is `at` along the line and `aside` of its middle across, in pixels
    of set type; `wide` of its width, `lying` where it is turned a quarter clockwise."""

    char: str
    at: float
    aside: float = 0.0
    wide: float = 1.0
    lying: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A scanned piece of a page around one line: where its type stands, and the middle of each of
    its glyphs along it from the line's beginning, 0 to 1."""

    pixels: Ink
    left: float
    top: float
    right: float
    bottom: float
    down: bool
    places: tuple[float, ...]


def settable(text: str, case: Case) -> bool:
    return all(has(case, char) for char in text)


def piece(text: str, before: str, after: str, look: Look, rng: np.random.Generator) -> Piece:
    """`text` set between the lines `before` (to its right or above) and `after`."""
    em = look.size * FINE
    margin = round(em * rng.uniform(0.7, 1.5))
    cells, length = _cells(text, look, em, rng)
    along = round(length + 2 * margin)
    lead = look.lead * em
    across = round(2 * lead + 2.2 * em)
    middle = across / 2
    shape = (along, across) if look.down else (across, along)
    ink = np.zeros(shape, np.uint8)
    for other, side in ((before, 1), (after, -1)):
        offset = middle + side * lead if look.down else middle - side * lead
        start = margin + rng.uniform(-0.5, 0.5) * em
        _put(ink, _cells(other, look, em, rng)[0], start, offset, look, em, rng)
    _put(ink, cells, margin, middle, look, em, rng)
    _rules(ink, margin, along, middle, lead, look, rng)
    begins, ends = margin, margin + length
    if not look.body:
        ink = _displayed(ink, middle, em, look.down, rng)
    pixels = worn(ink, FINE, look.age, rng)
    half = 0.5 * em
    edges = np.array([begins, middle - half, ends, middle + half]) / FINE
    if look.down:
        edges = edges[[1, 0, 3, 2]]
    at = [cell.at / max(1.0, length) for cell in cells]
    left, top, right, bottom = (float(edge) for edge in edges)
    return Piece(pixels, left, top, right, bottom, look.down, tuple(at))


def _cells(text: str, look: Look, em: int, rng: np.random.Generator) -> tuple[list[_Cell], float]:
    """Where each character stands, and how long the line is."""
    narrow = rng.random() < 0.3  # points take half a place
    cells: list[_Cell] = []
    at = 0.0
    for run in _runs(text, look):
        if look.latin == "abreast" and run.isdigit() and 1 < len(run) <= ABREAST:
            step = look.pitch * em * rng.uniform(0.985, 1.015)
            cells += _abreast(run, at + step / 2, em)
            at += step
            continue
        lying = len(run) > 1
        for char in run:
            step = _step(char, look, em, narrow, lying, rng) * rng.uniform(0.985, 1.015)
            cells.append(_Cell(char, at + step / 2, lying=lying))
            at += step
    return cells, at


def _runs(text: str, look: Look) -> Iterator[str]:
    """Characters that are set as one: only letters and figures that do not stand one by one."""
    for run in RUN.findall(text):
        yield from (run,) if look.down and look.latin != "standing" else run


def _abreast(figures: str, at: float, em: int) -> list[_Cell]:
    wide = min(1.0, 1 / (FIGURE * len(figures)))
    first = -(len(figures) - 1) / 2
    return [
        _Cell(figure, at, (first + i) * FIGURE * wide * em, wide)
        for i, figure in enumerate(figures)
    ]


def _step(
    char: str, look: Look, em: int, narrow: bool, lying: bool, rng: np.random.Generator
) -> float:
    """How far a character goes along the line."""
    if lying or (not look.down and char.isascii() and not char.isspace()):
        return _advance(look.case, char, em)
    step = look.pitch * em
    if char in POINTS and narrow:
        return step * 0.6
    return step * rng.uniform(0.4, 1.0) if char.isspace() else step


def _advance(case: Case, char: str, em: int) -> float:
    box = glyph(case, char, em).getbbox()
    return (box[2] - box[0] if box else 0.3 * em) + 0.08 * em


def _put(
    ink: Ink,
    cells: list[_Cell],
    start: float,
    middle: float,
    look: Look,
    em: int,
    rng: np.random.Generator,
) -> None:
    # points stand near the corner of their cell, or in its middle
    corner = rng.uniform(0.3, 1.0) if rng.random() < 0.8 else 0.0
    large = rng.uniform(1.0, 1.5)
    wide = rng.uniform(0.94, 1.06)
    for cell in cells:
        if not cell.char.isspace() and has(look.case, cell.char):
            shape = _shape(cell, look, em, corner, large, wide)
            jitter = rng.normal(0, 0.012 * em, 2)
            along, across = start + cell.at + jitter[0], middle + cell.aside + jitter[1]
            x, y = (across, along) if look.down else (along, across)
            _press(ink, shape, x, y)


def _shape(cell: _Cell, look: Look, em: int, corner: float, large: float, wide: float) -> Ink:
    char, flat = cell.char, cell.lying or not look.down
    shape = np.asarray(glyph(look.case, char, em))
    side = shape.shape[0]
    if look.down and char in POINTS:
        shape = _enlarged(np.asarray(shape, np.uint8), large)
    if look.down and char in TURNED and not cell.lying:
        shape = np.rot90(shape, -1)
    if char in POINTS or (flat and char.isascii()):
        shape = _centred(shape, not flat, corner if char in POINTS else 0.0, char not in POINTS)
    if cell.lying:
        shape = np.rot90(shape, -1)
    wide *= cell.wide
    if abs(wide - 1) > 0.01:
        shape = cv2.resize(shape, (round(side * wide), side), interpolation=cv2.INTER_AREA)
    return np.asarray(shape, np.uint8)


def _enlarged(shape: Ink, factor: float) -> Ink:
    """About the middle, into a square of the same size."""
    side = shape.shape[0]
    turn = cv2.getRotationMatrix2D((side / 2, side / 2), 0, factor)
    return np.asarray(cv2.warpAffine(shape, turn, (side, side)), np.uint8)


def _centred(shape: Ink, down: bool, corner: float, sideways_only: bool) -> Ink:
    """Points so far from the middle of their cell, 0 to 1 for its corner; Latin letters on their
    line."""
    rows, columns = np.nonzero(shape)
    if not len(rows):
        return shape
    side = shape.shape[0]
    em = side / 1.5
    dx = side / 2 - (columns.min() + columns.max()) / 2
    dy = 0.0 if sideways_only else side / 2 - (rows.min() + rows.max()) / 2
    if corner:
        dx += corner * (0.26 * em if down else -0.2 * em)
        dy += corner * (-0.2 * em if down else 0.3 * em)
    elif not down and not sideways_only:
        dy += 0.3 * em
    move = np.array([[1, 0, dx], [0, 1, dy]])
    return np.asarray(cv2.warpAffine(shape, move, (side, side)), np.uint8)


def _press(ink: Ink, shape: Ink, x: float, y: float) -> None:
    """Ink where there was none; what lies beyond the piece is cut off."""
    height, width = shape.shape
    left, top = round(x - width / 2), round(y - height / 2)
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = min(ink.shape[1], left + width), min(ink.shape[0], top + height)
    if x0 < x1 and y0 < y1:
        part = shape[y0 - top : y1 - top, x0 - left : x1 - left]
        np.maximum(ink[y0:y1, x0:x1], part, out=ink[y0:y1, x0:x1])


def _rules(
    ink: Ink,
    margin: int,
    along: int,
    middle: float,
    lead: float,
    look: Look,
    rng: np.random.Generator,
) -> None:
    thick = int(rng.integers(2, 3 + FINE))
    for end in (margin * rng.uniform(0.2, 0.75), along - margin * rng.uniform(0.2, 0.75)):
        if rng.random() < RULE:
            a = round(end)
            ink[
                (slice(a, a + thick), slice(None))
                if look.down
                else (slice(None), slice(a, a + thick))
            ] = 255
    for side in (-1, 1):
        if rng.random() < RULE / 2:
            a = round(middle + side * max(lead / 2, 0.62 * look.size * FINE))
            ink[
                (slice(None), slice(a, a + thick))
                if look.down
                else (slice(a, a + thick), slice(None))
            ] = 255


def _displayed(ink: Ink, middle: float, em: int, down: bool, rng: np.random.Generator) -> Ink:
    """White on black, or only the outline of the type, as some headlines and advertisements are."""
    chance = rng.random()
    half = round(em * rng.uniform(0.58, 0.75))
    band = (slice(None), slice(round(middle) - half, round(middle) + half))
    if not down:
        band = band[::-1]
    if chance < REVERSED:
        ink[band] = 255 - ink[band]
    elif chance < REVERSED + OUTLINED:
        kernel = np.ones((2 * FINE - 1, 2 * FINE - 1), np.uint8)
        ink[band] = cv2.morphologyEx(ink[band], cv2.MORPH_GRADIENT, kernel)
    return ink

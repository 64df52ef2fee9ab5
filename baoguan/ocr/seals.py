"""Seals: a few characters in a frame or in white on a block, which run down and from right to left.

A seal stands alone and so small that the detector finds its characters in rows, or not at all. So
frames and blocks of its size are told by their ink, parted into cells, and read cell by cell. What
reads like characters is a seal; a great 國 is not, though it has a frame.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from baoguan.model import Box, Char, Direction, Line
from baoguan.ocr.ink import scaled, shrunk
from baoguan.ocr.language import is_han
from baoguan.ocr.recognise import Options, Reading, Slot
from baoguan.ocr.shared_ends import STROKES
from baoguan.ocr.sheet import Floats, Grey, Mask, Sheet

UNIT = 12  # pixels of a glyph side on the map on which seals are looked for
INK = 100  # of 255: of a pixel of that map
CHIPPED = 3  # pixels of that map: a frame is whole in spite of shorter gaps
# In glyph sides, but for shares.
SMALL, LARGE = 1.2, 9.0  # of a seal's sides
TALL = 3.6  # its height by its width, at most; at least, it is nearly square
SQUARE = 0.8
INKED = 0.85  # share of each side that has ink
FRAME = 0.14  # of the shorter side: how far from the edge that is looked for
ALONE = 0.25  # of paper around it
DIRTY = 0.08  # share of ink there
FRAMED = 0.6  # share of ink along a frame
MOST_DOWN, MOST_ACROSS = 4, 3  # characters
SMALLEST = 8  # pixels of a cell's sides
CELL = 0.68, 1.5  # a cell's height by its width
VALLEY = 0.2  # of a cell: how far from its even place its edge may be
PAPER = 0.9  # quantile of grey that is paper
CLEAR = 0.75  # of the ink elsewhere, on an edge between cells; .6 in seals, 1 to 3 in characters
MARGIN = 0.08  # of paper around a character in its cell, for reading
SURE, SAME = 0.8, 0.6  # confidence of a character that is no seal, and what both have in common
READ = 0.7  # mean confidence of a seal's characters; ornaments and great characters come to .5
WITHIN = 0.5  # of a line lies in a seal

Plane = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """One way to part a seal: a box on the sheet for each character, column by column from the
    right, and those characters, black on white, as a row of squares."""

    columns: tuple[tuple[Box, ...], ...]
    row: Grey

    @property
    def boxes(self) -> tuple[Box, ...]:
        return tuple(itertools.chain.from_iterable(self.columns))


def seals_in(sheet: Sheet, lines: Iterable[Line], side: float) -> list[Box]:
    """What may be a seal by its ink alone, frame and all, but is no character of `lines`; `side` is
    that of the sheet's characters, in pixels."""
    if side <= 0:
        return []
    shrink = max(1.0, side / UNIT)
    plane = np.asarray(shrunk(sheet.ink, shrink) > INK, np.uint8)
    boxes = scaled(_enclosures(plane, side / shrink), shrink, sheet)
    sure = [char.box for line in lines for char in line.chars if char.confidence >= SURE]
    return [box for box in boxes if not any(_are_same(box, other) for other in sure)]


def _are_same(one: Box, other: Box) -> bool:
    return one.overlap(other) >= SAME * max(one.area, other.area)


def _enclosures(plane: Plane, unit: float) -> Iterator[Box]:
    """Ink of a seal's size in one piece, with a side all around and paper around that."""
    whole = cv2.morphologyEx(plane, cv2.MORPH_CLOSE, np.ones((CHIPPED, CHIPPED), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(whole, connectivity=8)
    left, top, width, height, _ = stats.astype(np.int64).T
    fits = (np.minimum(width, height) >= SMALL * unit) & (np.maximum(width, height) <= LARGE * unit)
    fits &= (height >= SQUARE * width) & (height <= TALL * width)
    for i in np.flatnonzero(fits):
        box = Box(*map(int, (left[i], top[i], left[i] + width[i], top[i] + height[i])))
        own = labels[box.top : box.bottom, box.left : box.right] == i
        if _has_sides(own) and _is_alone(plane, box, ALONE * unit):
            yield box


def _has_sides(own: Mask) -> bool:
    deep = max(2, round(FRAME * min(own.shape)))
    ends = own[:deep].any(0), own[-deep:].any(0), own[:, :deep].any(1), own[:, -deep:].any(1)
    return all(end.mean() >= INKED for end in ends)


def _is_alone(plane: Plane, box: Box, reach: float) -> bool:
    out = max(1, round(reach))
    wide = plane[
        max(0, box.top - 1 - out) : box.bottom + 1 + out,
        max(0, box.left - 1 - out) : box.right + 1 + out,
    ]
    near = plane[max(0, box.top - 1) : box.bottom + 1, max(0, box.left - 1) : box.right + 1]
    return bool(wide.sum() - near.sum() <= DIRTY * (wide.size - near.size))


def partings(sheet: Sheet, seal: Box) -> Iterator[Cells]:
    """Every way to part a seal into two or more cells that are nearly square: as characters in a
    frame, which is left out, and as characters in white on a block."""
    ink = sheet.ink[seal.top : seal.bottom, seal.left : seal.right]
    top, bottom = _within(ink.mean(axis=1), min(ink.shape))
    left, right = _within(ink.mean(axis=0), min(ink.shape))
    pixels = sheet.pixels[seal.top : seal.bottom, seal.left : seal.right]
    yield from _parted(pixels[top:bottom, left:right], seal.left + left, seal.top + top)
    yield from _parted(np.asarray(255 - pixels, np.uint8), seal.left, seal.top)


def _within(inked: Floats, side: int) -> tuple[int, int]:
    """Where a frame ends and where it begins again; `inked` is the share of ink across it."""
    deep = max(1, round(FRAME * side))
    return _thick(inked[:deep]), len(inked) - _thick(inked[::-1][:deep])


def _thick(inked: Floats) -> int:
    """How far a frame reaches in from the edge, with its blur."""
    frame = np.flatnonzero(inked > FRAMED)
    gaps = np.flatnonzero(np.diff(frame) > 1)
    return int(frame[gaps[0]] if len(gaps) else frame[-1]) + 2 if len(frame) else 0


def _parted(pixels: Grey, left: int, top: int) -> Iterator[Cells]:
    """`pixels`, black on white, in cells; they begin at `left` and `top` of the sheet."""
    height, width = pixels.shape
    dark = np.maximum(0.0, np.quantile(pixels, PAPER) - pixels).astype(np.float32)
    for across, down in itertools.product(range(1, MOST_ACROSS + 1), range(2, MOST_DOWN + 1)):
        step = width / across, height / down
        if min(step) >= SMALLEST and CELL[0] <= step[1] / step[0] <= CELL[1]:
            columns = tuple(_columns(dark, across, down))
            if _are_clear(dark, columns):
                row = _row([pixels[b.top : b.bottom, b.left : b.right] for c in columns for b in c])
                yield Cells(tuple(tuple(b.shift(left, top) for b in c) for c in columns), row)


def _columns(dark: Floats, across: int, down: int) -> Iterator[tuple[Box, ...]]:
    """The cells of each column, from the right."""
    for left, right in reversed(list(itertools.pairwise(_edges(dark.sum(axis=0), across)))):
        ends = _edges(dark[:, left:right].sum(axis=1), down)
        yield tuple(Box(left, top, right, bottom) for top, bottom in itertools.pairwise(ends))


def _are_clear(dark: Floats, columns: Sequence[Sequence[Box]]) -> bool:
    """Whether little ink lies on the edges between cells; the strokes of one great character lie
    there."""
    most = CLEAR * dark.mean()
    right = [dark[:, column[0].left - 1 : column[0].left + 2] for column in columns[:-1]]
    under = [
        dark[cell.top - 1 : cell.top + 2, cell.left : cell.right]
        for column in columns
        for cell in column[1:]
    ]
    return all(edge.mean() <= most for edge in (*right, *under))


def _edges(profile: Floats, count: int) -> list[int]:
    """Where the cells along one side begin and end: at the least ink near their even places."""
    step = len(profile) / count
    smooth = np.convolve(profile, [0.25, 0.5, 0.25], mode="same")
    found = [0]
    for k in range(1, count):
        places = np.arange(round((k - VALLEY) * step), round((k + VALLEY) * step) + 1)
        off = np.abs(places - k * step) / step
        found.append(int(places[np.argmin(smooth[places] / (smooth.max() + 1) + off)]))
    return [*found, len(profile)]


def _row(cells: Sequence[Grey]) -> Grey:
    """The cells as squares of one size, on paper of their shade."""
    side = max(max(cell.shape) for cell in cells)
    side += 2 * round(MARGIN * side)
    paper = int(np.quantile(np.concatenate([cell.ravel() for cell in cells]), PAPER))
    row = np.full((side, side * len(cells)), paper, np.uint8)
    for i, cell in enumerate(cells):
        height, width = cell.shape
        top, left = (side - height) // 2, i * side + (side - width) // 2
        row[top : top + height, left : left + width] = cell
    return row


def slots_in(cells: Sequence[Options]) -> list[Slot]:
    """A Chinese character in each cell."""
    return [
        Slot((i + 0.5) / len(cells), {text: c for text, c in cell.items() if text and is_han(text)})
        for i, cell in enumerate(cells)
    ]


def columns_of(cells: Cells, reading: Reading) -> list[Line]:
    """The seal's columns, from the right; none where it does not read like characters."""
    glyphs, boxes = reading.glyphs, cells.boxes
    strokes = sum(glyph.text in STROKES for glyph in glyphs)
    if len(glyphs) < len(boxes) or reading.worth < READ or 2 * strokes >= len(glyphs):
        return []
    chars = (Char(g.text, b, g.confidence, g.others) for g, b in zip(glyphs, boxes, strict=True))
    columns = [tuple(itertools.islice(chars, len(column))) for column in cells.columns]
    return [Line(Box.around(c.box for c in col), Direction.VERTICAL_RL, col) for col in columns]


def with_seals(lines: Sequence[Line], seals: Iterable[Sequence[Line]]) -> list[Line]:
    """The lines, but for what was read in a seal, and the columns of the seals; what holds more
    characters that are read surely is none, but a small advertisement."""
    kept = list(lines)
    for columns in seals:
        box = Box.around(column.box for column in columns)
        inside = [line for line in kept if line.box.overlap(box) >= WITHIN * line.box.area]
        sure = sum(char.confidence >= SURE for line in inside for char in line.chars)
        if sure <= sum(len(column.chars) for column in columns):
            kept = [line for line in kept if not any(line is each for each in inside)]
            kept += columns
    return kept

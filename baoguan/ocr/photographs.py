"""Press photographs scanned alone: a print with its typed label, an album leaf, a contact sheet.

Such a scan has a frame of one tone (paper, card, the base of a film) around pictures, and hardly
any text. What differs from the tone of its frame is cut at gutters of that tone, and the pieces
again at gutters of theirs.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace

import cv2
import numpy as np

from baoguan.model import Box, Line, RegionKind
from baoguan.ocr.order import in_order
from baoguan.ocr.pictures import READ, with_pictures, within
from baoguan.ocr.profiles import runs
from baoguan.ocr.sheet import Block, Floats, Group, Sheet

LONG_SIDE = 400  # pixels of the plane that is looked at: finer grain than this is no picture
TEXT_AT_MOST = 120  # characters beside the pictures: more make a page
COVERED = 0.25  # of the sheet, by pictures
TEXTUAL = 0.12  # of the sheet, by lines however badly read: more is a page
RING = 0.015  # of the short side: the width of the frame that is looked at
EVEN = 9.0  # grey levels: standard deviation of a frame of one tone
APART = 14.0  # grey levels between a frame and what is not the frame
SMALLEST = 0.09  # of the plane's long side, both ways
PICTURED = 10.0  # grey levels: standard deviation of a picture, once its grain is gone
GRAIN = 5  # pixels of the plane
PITCH = 0.12  # of the pitch: how far frames of a film stand from where they should
SPACED = 1.5  # frame lengths: the widest pitch
CLEAR = 0.98  # of a gutter's length has its tone


def find_photographs(sheet: Sheet) -> list[Box]:
    """Boxes in sheet pixels of the pictures of a scan that holds little else; else none."""
    text = [line for line in sheet.lines if _is_read(line)]
    scale = min(1.0, LONG_SIDE / max(sheet.width, sheet.height))
    plane = _plane(sheet, scale)
    found = [_scaled(box, 1 / scale, sheet) for box in _photographs(plane, _on(plane, text, scale))]
    beside = sum(len(x.chars) for x in text if not any(within(x.box, box) for box in found))
    whole = max(1, sheet.width * sheet.height)
    textual = sum(line.box.area for line in sheet.lines) / whole > TEXTUAL
    covered = sum(box.area for box in found) / whole >= COVERED
    return found if covered and not textual and beside <= TEXT_AT_MOST else []


def lay_out_photographs(sheet: Sheet, photographs: Sequence[Box]) -> Sheet:
    """The sheet with a group for each photograph, its label as its caption."""
    inside = [x for x in sheet.lines if any(within(x.box, box) for box in photographs)]
    beside = [x for x in sheet.lines if _is_read(x) and not any(x is i for i in inside)]
    labels = _labels(beside, photographs)
    captions = {
        i: Block(RegionKind.CAPTION, Box.around(x.box for x in lines), lines[0].direction, lines)
        for i, lines in labels.items()
    }
    groups: list[Group] = with_pictures([], photographs, captions, inside, sheet.direction)
    return replace(sheet, groups=tuple(in_order(groups, sheet.glyph, sheet.direction.vertical)))


def _is_read(line: Line) -> bool:
    return len(line.chars) >= 2 and line.confidence > READ


def _labels(lines: Iterable[Line], photographs: Sequence[Box]) -> dict[int, tuple[Line, ...]]:
    """The lines of each photograph's label, by its place: those that lie nearest to it."""
    labels: dict[int, tuple[Line, ...]] = {}
    for line in lines:
        nearest = min(range(len(photographs)), key=lambda i: _distance(line.box, photographs[i]))
        labels[nearest] = (*labels.get(nearest, ()), line)
    return {i: tuple(sorted(label, key=_place)) for i, label in labels.items()}


def _place(line: Line) -> tuple[int, int]:
    return (
        (-line.box.right, line.box.top) if line.direction.vertical else line.box.as_tuple()[1::-1]
    )


def _distance(label: Box, picture: Box) -> float:
    """Pixels between them; a label over a picture counts as further off than one under it."""
    across = max(picture.left - label.right, label.left - picture.right, 0)
    above, below = max(picture.top - label.bottom, 0), max(label.top - picture.bottom, 0)
    return float(across + below + 1.5 * above)


def _plane(sheet: Sheet, scale: float) -> Floats:
    size = max(1, round(sheet.width * scale)), max(1, round(sheet.height * scale))
    return np.asarray(cv2.resize(sheet.pixels, size, interpolation=cv2.INTER_AREA), np.float32)


def _on(plane: Floats, lines: Iterable[Line], scale: float) -> list[Box]:
    height, width = plane.shape
    whole = Box(0, 0, width, height)
    grown = (_outset(line.box, scale) for line in lines)
    return [_clipped(box, whole) for box in grown]


def _outset(box: Box, scale: float) -> Box:
    left, top, right, bottom = (side * scale for side in box.as_tuple())
    return Box(int(left) - 1, int(top) - 1, int(right) + 2, int(bottom) + 2)


def _clipped(box: Box, whole: Box) -> Box:
    left, top = max(box.left, whole.left), max(box.top, whole.top)
    return Box(
        left, top, max(left, min(box.right, whole.right)), max(top, min(box.bottom, whole.bottom))
    )


def _scaled(box: Box, by: float, sheet: Sheet) -> Box:
    left, top, right, bottom = (round(side * by) for side in box.as_tuple())
    return Box(left, top, min(right, sheet.width), min(bottom, sheet.height))


def _photographs(plane: Floats, text: Sequence[Box]) -> list[Box]:
    height, width = plane.shape
    smallest = max(4, round(SMALLEST * max(height, width)))
    whole = Box(0, 0, width, height)
    tone = _frame_tone(plane, whole)
    if tone is None:
        leaves = [whole]
    else:
        clean = plane.copy()
        for box in text:
            clean[box.top : box.bottom, box.left : box.right] = tone
        pieces = _pieces(clean, whole, tone, smallest)
        leaves = [leaf for piece in pieces for leaf in _frames_of(clean, piece, smallest)]
    smooth = np.asarray(cv2.blur(plane, (GRAIN, GRAIN)), np.float32)
    return [leaf for leaf in leaves if _part(smooth, leaf).std() >= PICTURED]


def _part(plane: Floats, box: Box) -> Floats:
    return plane[box.top : box.bottom, box.left : box.right]


def _frame_tone(plane: Floats, box: Box) -> float | None:
    """The grey of the frame around a box's content, None where it has none of one tone."""
    part = _part(plane, box)[1:-1, 1:-1]  # the outermost pixels mix two tones
    width = max(2, round(RING * min(part.shape)))
    if min(part.shape) <= 3 * width:
        return None
    sides = (part[:width], part[-width:], part[:, :width], part[:, -width:])
    ring = np.concatenate([side.ravel() for side in sides])
    low, high = np.percentile(ring, [5, 95])
    kept = ring[(ring >= low) & (ring <= high)]
    return float(np.median(kept)) if kept.std() <= EVEN else None


def _pieces(plane: Floats, box: Box, tone: float, smallest: int) -> list[Box]:
    """What a box holds, cut at gutters of a tone, again and again."""
    content = np.abs(_part(plane, box) - tone) > APART
    rows = _runs(content.mean(axis=1) > 1 - CLEAR, smallest)
    columns = _runs(content.mean(axis=0) > 1 - CLEAR, smallest)
    cuts = [
        Box(box.left + left, box.top + top, box.left + right, box.top + bottom)
        for top, bottom in rows
        for left, right in columns
    ]
    if cuts in ([], [box]):
        return cuts
    return [piece for cut in cuts for piece in _pieces(plane, cut, tone, smallest)]


def _frames_of(plane: Floats, strip: Box, smallest: int) -> list[Box]:
    """The frames of a strip of film, which follow each other at one pitch; any other picture
    as it is. Frames whose edges are as dark as the film tell their size by their neighbours."""
    tone = _frame_tone(plane, strip)
    if tone is None:
        return [strip]
    down = strip.height > strip.width
    inner = Box(strip.left + 1, strip.top + 1, strip.right - 1, strip.bottom - 1)
    content = np.abs(_part(plane, inner) - tone) > APART
    along = _runs(content.mean(axis=1 if down else 0) > 1 - CLEAR, smallest)
    across = _runs(content.mean(axis=0 if down else 1) > 1 - CLEAR, smallest)
    frames = _at_one_pitch(along)
    if len(across) != 1 or not frames:
        return [strip]
    ((near, far),) = across
    boxes = [(near, a, far, b) if down else (a, near, b, far) for a, b in frames]
    return [_clipped(Box(*box).shift(inner.left, inner.top), inner) for box in boxes]


def _at_one_pitch(runs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs of one length and pitch in the place of these; none where they keep no pitch."""
    length = max((end - start for start, end in runs), default=0)
    starts = [start for start, end in runs if end - start > 0.9 * length]
    if len(starts) < 2:
        return []
    step = min(b - a for a, b in itertools.pairwise(starts))
    pitch = (starts[-1] - starts[0]) / round((starts[-1] - starts[0]) / step)
    away = [(start - starts[0]) / pitch for start in starts]
    if pitch > SPACED * length or any(abs(steps - round(steps)) > PITCH for steps in away):
        return []
    first = -int(starts[0] / pitch)
    last = round((max(end for _, end in runs) - length - starts[0]) / pitch)
    places = [round(starts[0] + steps * pitch) for steps in range(first, last + 1)]
    return [(max(0, place), place + length) for place in places]


def _runs(content: np.ndarray, smallest: int) -> list[tuple[int, int]]:
    """Where content begins and ends, what is too short for a picture left out."""
    return [(first, end) for first, end in runs(content) if end - first >= smallest]

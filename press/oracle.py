"""Sheets of a set fold whose lines are the truth's, broken as a detector breaks them.

So the layout is measured alone, in seconds: characters are right, and columns run through two
registers or are cut in two as often as on real folds. Of 663 body columns of 1939 that end at a
register with another below, 13 were run through, none of them over a rule; of those without one,
13 of 59. One column in a thousand was cut in two, and more in advertisements.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from baoguan.model import Box, Char, Direction, Line, Page
from baoguan.ocr.deskew import deskew
from baoguan.ocr.fold import split
from baoguan.ocr.light import grey, ink_of
from baoguan.ocr.sheet import Floats, Mask, Sheet, glyph_side

MAP = 0.5  # map pixels per sheet pixel
KERNEL = 0.4  # of a line's thickness
THROUGH = 0.22  # how often the detector runs through a gap without a rule in it
RULED = 0.8  # of a column's width inked: a rule
GAP = 1.1  # glyph sides: the largest gap it runs through
BROKEN = 0.01
LOST = 0.01  # detected, and not read
WIDENED = (0.03, 0.15)  # of the thickness, each side of a box: it reaches to the valley of ink


def oracle_sheets(scan: Path, pages: Sequence[Page]) -> tuple[Sheet, ...]:
    """Both halves of a fold with lines and the map of text; `pages` are its true pages, from left
    to right."""
    rng = np.random.default_rng(zlib.crc32(scan.name.encode()))
    sheets = [deskew(sheet) for sheet in split(grey(np.asarray(Image.open(scan))))]
    every = [line for page in pages for region in page.regions for line in region.lines]
    found: list[Sheet] = []
    for sheet, page in zip(sheets, pages, strict=True):
        part = sheet.part or page.box
        mine = [line for line in every if part.left <= line.box.centre[0] < part.right]
        printed = _broken([_moved(line, sheet) for line in mine], ink_of(sheet.pixels), rng)
        printed.sort(key=lambda line: (line.box.top, line.box.left))
        lines = [line for line in printed if rng.random() > LOST]
        found.append(
            replace(
                sheet,
                lines=tuple(lines),
                glyph=glyph_side(lines),
                chance=_chance(printed, sheet),
                number=page.number,
            )
        )
    return tuple(found)


def _moved(line: Line, sheet: Sheet) -> Line:
    """A line in pixels of the sheet, as detected: what runs across, from left to right."""
    back = sheet.to_master.inverse()
    chars = [
        Char(char.text, back.box(char.box, sheet.width, sheet.height), 0.9) for char in line.chars
    ]
    direction = line.direction
    if direction is Direction.HORIZONTAL_RTL:
        chars, direction = chars[::-1], Direction.HORIZONTAL_LTR
    return Line(Box.around(char.box for char in chars), direction, tuple(chars))


def _broken(lines: Sequence[Line], ink: Mask, rng: np.random.Generator) -> list[Line]:
    """Lines joined over small gaps, cut at random, a little wider or narrower."""
    upright = sorted((x for x in lines if x.direction.vertical), key=lambda x: x.box.top)
    joined: list[Line] = []
    for line in upright:
        over = [k for k, other in enumerate(joined) if _runs_on(other, line, ink)]
        if over and rng.random() < THROUGH:
            joined[over[0]] = _of(joined[over[0]], (*joined[over[0]].chars, *line.chars))
        else:
            joined.append(line)
    pieces: list[Line] = []
    for line in [*joined, *(x for x in lines if not x.direction.vertical)]:
        if rng.random() < BROKEN and len(line.chars) > 5:
            at = int(rng.integers(2, len(line.chars) - 2))
            pieces += [_of(line, line.chars[:at]), _of(line, line.chars[at:])]
        else:
            pieces.append(line)
    return [_widened(line, rng) for line in pieces]


def _runs_on(line: Line, other: Line, ink: Mask) -> bool:
    """Whether a detector may take `other` for the rest of `line`, right above it."""
    a, b = line.box, other.box
    alike = 0.8 < a.width / max(1, b.width) < 1.25 and abs(a.centre[0] - b.centre[0]) < (
        0.3 * a.width
    )
    near = -0.2 * a.width < b.top - a.bottom < GAP * a.width
    return alike and near and not _is_ruled(ink, a, b)


def _is_ruled(ink: Mask, above: Box, below: Box) -> bool:
    """Whether a rule runs between two pieces of a column."""
    reach = above.width // 4
    between = ink[above.bottom - reach : below.top + reach, above.left : above.right]
    return bool(between.size) and float(between.mean(axis=1).max()) > RULED


def _of(line: Line, chars: Sequence[Char]) -> Line:
    return Line(Box.around(char.box for char in chars), line.direction, tuple(chars))


def _widened(line: Line, rng: np.random.Generator) -> Line:
    box = line.box
    thick = box.width if line.direction.vertical else box.height
    low, high = (round(thick * float(v)) for v in rng.uniform(*WIDENED, 2))
    if line.direction.vertical:
        return replace(line, box=Box(max(0, box.left - low), box.top, box.right + high, box.bottom))
    return replace(line, box=Box(box.left, max(0, box.top - low), box.right, box.bottom + high))


def _chance(lines: Sequence[Line], sheet: Sheet) -> Floats:
    """1 in the kernels of lines, as the detector's map."""
    chance = np.zeros((round(sheet.height * MAP), round(sheet.width * MAP)), np.float32)
    for line in lines:
        left, top, right, bottom = (side * MAP for side in line.box.as_tuple())
        inset = min(right - left, bottom - top) * (1 - KERNEL) / 2
        rows = slice(max(0, round(top + inset)), max(0, round(bottom - inset)))
        chance[rows, max(0, round(left + inset)) : max(0, round(right - inset))] = 1.0
    return chance

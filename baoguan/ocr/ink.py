"""Printed rules: what is long and thin once text is blanked out. Lengths in glyph sides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from baoguan.model import Box, Line
from baoguan.ocr.light import ink_of
from baoguan.ocr.sheet import Mask, Rules, Sheet

BLANKED = 0.78  # of a line's thickness; more would wipe out rules that touch the print
CLOSED = 0.35  # along a rule: dashes and waves become one
WIDENED = 0.25  # across a rule: a wave becomes solid
OPENED = 2.0
LONG = 2.8
THIN = 1.0
FINE, FINE_LONG = 0.6, 7.0  # as thin and long as this: a rule, though the detector sees text
UNREAD = 0.3  # to both sides of the kernel of a column that was not read
BESIDE = 0.2  # of a line: what is seen there is of its own
TEXT = 0.3  # chance of text over which ink is no rule
LEFT = 0.12  # from a line's side: as near as that stands what blanking leaves of its print
INKED = 0.95  # of a rule's length; sides of characters leave gaps
UNBROKEN, UNBROKEN_GAP, UNBROKEN_THIN = 4.5, 0.15, 0.5  # a rule seen without any blanking
CORE = 0.5  # of a column's width: ink that runs down in it is of its characters

Plane = npt.NDArray[np.uint8]


def find_rules(sheet: Sheet) -> Sheet:
    """The sheet with `ink` and more `rules`, both in sheet pixels."""
    sheet = with_ink(sheet)
    ink = sheet.ink
    if sheet.glyph <= 0:
        return sheet
    shrink = max(1.0, sheet.glyph / 14)
    plane = np.asarray(shrunk(ink, shrink) > 90, np.uint8)
    whole = plane.copy()
    _blank_lines(plane, sheet.lines, shrink)
    unit = sheet.glyph / shrink
    fine = _both_ways(plane, unit, FINE_LONG, FINE)
    _blank_text(plane, sheet, (*fine[0], *fine[1]))
    across, down = _both_ways(plane, unit, LONG, THIN)
    across, down = _united(across, fine[0]), _united(down, fine[1])
    across = list(_printed(scaled(across, shrink, sheet), sheet, ink, down=False))
    down = list(_printed(scaled(down, shrink, sheet), sheet, ink, down=True))
    touching = _beside_print(scaled(_unbroken(whole, unit), shrink, sheet), sheet)
    down = _united(down, list(_printed(touching, sheet, ink, down=True)))
    rules = Rules((*sheet.rules.across, *across), (*sheet.rules.down, *down))
    return replace(sheet, rules=rules)


def with_ink(sheet: Sheet) -> Sheet:
    """The sheet with its `ink`, unless it has it."""
    return sheet if sheet.ink.size else replace(sheet, ink=ink_of(sheet.pixels))


def _printed(rules: Iterable[Box], sheet: Sheet, ink: Mask, *, down: bool) -> Iterator[Box]:
    """`rules` without sides of characters that blanking has left: along a line only what is inked
    from end to end is a rule."""
    lines = [line.box for line in sheet.lines if line.direction.vertical is down]
    if not down:
        lines, ink = [_flipped(box) for box in lines], ink.T
    near = [_wider(box, LEFT * sheet.glyph) for box in lines]
    for rule in rules:
        box = rule if down else _flipped(rule)
        inked = ink[box.top : box.bottom, box.left : box.right].any(axis=1)
        if _share_within(box, near) < 0.5 or inked.mean() > INKED:
            yield rule


def _unbroken(plane: Plane, unit: float) -> list[Box]:
    """Ink that runs down the plane for longer than any stroke of print, text not blanked."""
    turned = np.ascontiguousarray(plane.T)
    runs = _runs(turned, UNBROKEN_GAP * unit, 2, UNBROKEN * unit)  # a rule leans by a pixel
    return [_flipped(box) for box, thick in runs if thick <= UNBROKEN_THIN * unit]


def _beside_print(rules: Iterable[Box], sheet: Sheet) -> list[Box]:
    """`rules` without strokes that stand in line down the middle of a column."""
    columns = [line.box for line in sheet.lines if line.direction.vertical]
    cores = [_wider(box, -(1 - CORE) / 2 * box.width) for box in columns]
    return [rule for rule in rules if _share_within(rule, cores) < 0.3]


def _wider(box: Box, by: float) -> Box:
    return Box(round(box.left - by), box.top, round(box.right + by), box.bottom)


def _share_within(rule: Box, boxes: Iterable[Box]) -> float:
    """How much of the length of an upright rule runs within `boxes`."""
    within = np.zeros(rule.height, np.bool_)
    for box in boxes:
        if box.left < rule.centre[0] < box.right:
            within[max(0, box.top - rule.top) : max(0, box.bottom - rule.top)] = True
    return float(within.mean())


def _blank_lines(plane: Plane, lines: Iterable[Line], shrink: float) -> None:
    for line in lines:
        box = line.box
        side = box.width if line.direction.vertical else box.height
        inset = side * (1 - BLANKED) / 2
        left, top, right, bottom = (float(edge) for edge in box.as_tuple())
        if line.direction.vertical:
            left, right = left + inset, right - inset
        else:
            top, bottom = top + inset, bottom - inset
        rows = slice(max(0, round(top / shrink)), max(0, round(bottom / shrink)))
        plane[rows, max(0, round(left / shrink)) : max(0, round(right / shrink))] = 0


def _blank_text(plane: Plane, sheet: Sheet, rules: Iterable[Box]) -> None:
    """A column that was detected and not read looks like a rule; `rules` are none of those."""
    if sheet.chance.size:
        chance = cv2.resize(sheet.chance, (plane.shape[1], plane.shape[0]))
        plane[chance > TEXT] = 0
        unread = _unread(chance > TEXT, sheet)
        for left, top, right, bottom in (box.as_tuple() for box in rules):
            unread[top:bottom, left:right] = 0
        plane[unread > 0] = 0


def _unread(text: npt.NDArray[np.bool_], sheet: Sheet) -> Plane:
    """1 where text was detected that no line covers, as wide as its print: a kernel is narrower."""
    scale = text.shape[1] / sheet.width
    unit = sheet.glyph * scale
    alone = text.astype(np.uint8)
    for line in sheet.lines:
        left, top, right, bottom = (side * scale for side in line.box.as_tuple())
        rows = slice(max(0, round(top - BESIDE * unit)), round(bottom + BESIDE * unit))
        alone[rows, max(0, round(left - BESIDE * unit)) : round(right + BESIDE * unit)] = 0
    tall = np.ones((max(2, round(unit)), 2), np.uint8)
    columns = cv2.morphologyEx(alone, cv2.MORPH_OPEN, tall)
    return np.asarray(cv2.dilate(columns, _bar(2 * UNREAD * unit + 1, along=True)), np.uint8)


def _both_ways(plane: Plane, unit: float, long: float, thin: float) -> tuple[list[Box], list[Box]]:
    """Rules across and rules down, in pixels of the plane."""
    across = _long_and_thin(plane, long * unit, thin * unit, unit)
    down = _long_and_thin(np.ascontiguousarray(plane.T), long * unit, thin * unit, unit)
    return across, [_flipped(box) for box in down]


def _united(some: Sequence[Box], others: Sequence[Box]) -> list[Box]:
    """Both without what they have twice: of boxes that cover each other, the longer one."""
    more = [o for o in others if not _covered(o, (s for s in some if _long(s) >= _long(o)))]
    return [*(s for s in some if not _covered(s, more)), *more]


def _covered(box: Box, by: Iterable[Box]) -> bool:
    return any(box.overlap(other) > 0.3 * box.area for other in by)


def _long(box: Box) -> int:
    return max(box.width, box.height)


def _long_and_thin(plane: Plane, long: float, thin: float, unit: float) -> list[Box]:
    """Boxes of rules that run across, in pixels of the plane."""
    return [
        box
        for box, thick in _runs(plane, CLOSED * unit, WIDENED * unit, OPENED * unit)
        if box.width >= long
        and thick <= thin
        and box.height <= max(2.0 * unit, 0.03 * box.width + unit)
    ]


def _runs(
    plane: Plane, closed: float, widened: float, opened: float
) -> Iterator[tuple[Box, float]]:
    """Ink that runs across for `opened` at least, once gaps of `closed` in it are filled and it is
    `widened`; each with its mean thickness. All in pixels of the plane."""
    filled = cv2.morphologyEx(plane, cv2.MORPH_CLOSE, _bar(closed, along=True))
    solid = cv2.dilate(filled, _bar(widened, along=False))
    runs = cv2.morphologyEx(solid, cv2.MORPH_OPEN, _bar(opened, along=True))
    count, _, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    for left, top, width, height, area in stats[1:count]:
        box = Box(int(left), int(top), int(left + width), int(top + height))
        yield box, area / width


def _bar(length: float, along: bool) -> Plane:
    side = max(1, round(length))
    return np.ones((1, side) if along else (side, 1), np.uint8)


def _flipped(box: Box) -> Box:
    return Box(box.top, box.left, box.bottom, box.right)


def shrunk(ink: Mask, by: float) -> Plane:
    """How much ink there is in each pixel of a page made so many times smaller, 0 to 255."""
    height, width = ink.shape
    size = max(1, round(width / by)), max(1, round(height / by))
    return np.asarray(
        cv2.resize(ink.view(np.uint8) * 255, size, interpolation=cv2.INTER_AREA), np.uint8
    )


def scaled(boxes: Iterable[Box], by: float, sheet: Sheet) -> Iterator[Box]:
    """`boxes` of a page made so many times smaller, on the page."""
    for box in boxes:
        left, top, right, bottom = (round(side * by) for side in box.as_tuple())
        yield Box(left, top, min(right, sheet.width), min(bottom, sheet.height))

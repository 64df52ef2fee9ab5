"""Text poured into rectangles: body type set solid, headlines, bylines, advertisements.

All lengths are pixels of the sheet.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from baoguan.model import Direction, RegionKind
from press.fonts import Face, Script
from press.matching import EM, columns_in, rows_of
from press.setting import PlacedLine, Type, place
from press.sheet import Rect, SetRegion

TIGHT = 30.0  # the least distance from column to column
TRADITIONAL = Script.TRADITIONAL


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph: its text, and how far it is set in, in characters."""

    text: str
    face: Face
    indent: int = 0
    heading: bool = False


def pour(parts: Sequence[Part], rects: Sequence[Rect]) -> tuple[list[SetRegion], int]:
    """Columns from the right, rectangle after rectangle; and how many characters found no room."""
    queue = list(parts)
    regions: list[SetRegion] = []
    for n, rect in enumerate(rects):
        rows, columns = rows_of(rect), columns_in(rect)
        if n == len(rects) - 1:
            columns = max(columns, min(_needed(queue, rows), int(rect.width / TIGHT)))
        lines: list[tuple[PlacedLine, bool]] = []
        pitch, em = rect.width / columns, rect.height / rows
        for column in range(columns):
            if not queue:
                break
            part = queue.pop(0)
            taken = part.text[: rows - part.indent]
            rest = part.text[len(taken) :]
            if rest:
                queue.insert(0, Part(rest, part.face, 0, part.heading))
            size = math.floor(min(em, 0.88 * pitch))
            left = rect.right - (column + 1) * pitch + (pitch - size) / 2
            top = rect.top + part.indent * em + (em - size) / 2
            type_ = Type(part.face, TRADITIONAL, size)
            line = place(taken, Direction.VERTICAL_RL, left, top, type_, em - size)
            if line.glyphs:
                lines.append((line, part.heading))
        regions += _stretches(lines, rect)
        if not queue:
            break
    return regions, sum(len(part.text) for part in queue)


def _needed(parts: Sequence[Part], rows: int) -> int:
    return sum(-(-(len(part.text) + part.indent) // rows) for part in parts)


def _stretches(lines: Sequence[tuple[PlacedLine, bool]], rect: Rect) -> list[SetRegion]:
    """A region for each stretch of headings or of text."""
    regions: list[SetRegion] = []
    known: bool | None = None
    for line, heading in lines:
        if heading is known:
            last = regions.pop()
            regions.append(SetRegion(last.kind, last.rect, last.direction, (*last.lines, line)))
        else:
            kind = RegionKind.HEADLINE if heading else RegionKind.TEXT
            regions.append(SetRegion(kind, rect, Direction.VERTICAL_RL, (line,)))
        known = heading
    return regions


def fitted(
    text: str, rect: Rect, direction: Direction, face: Face, widen: float = 0.25, most: float = 150
) -> PlacedLine:
    """One line as large as `rect` allows, in its middle, its characters spread a little."""
    down = direction.vertical
    along, across = (rect.height, rect.width) if down else (rect.width, rect.height)
    size = max(12, int(min(across * 0.96, along / len(text), most)))
    type_ = Type(face, TRADITIONAL, size)
    length = type_.length(text)
    while length > along and size > 12:
        size -= 1
        type_ = Type(face, TRADITIONAL, size)
        length = type_.length(text)
    gaps = max(1, len(text) - 1)
    tracking = max(0.0, min(widen * size, (along - length) / gaps))
    indent = (along - length - tracking * (len(text) - 1)) / 2
    aside = (across - size) / 2
    if down:
        return place(text, direction, rect.left + aside, rect.top + indent, type_, tracking)
    if direction is Direction.HORIZONTAL_RTL:
        return place(text, direction, rect.right - indent, rect.top + aside, type_, tracking)
    return place(text, direction, rect.left + indent, rect.top + aside, type_, tracking)


def advertisement(
    lines: Sequence[str], rect: Rect, rng: np.random.Generator, faces: Sequence[Face]
) -> SetRegion:
    """A name in the largest type, across the head or down the right, columns of mixed sizes, and
    sometimes a line across the foot."""
    inner = rect.inset(min(16, rect.width * 0.08), min(16, rect.height * 0.08))
    placed: list[PlacedLine] = []
    texts = [line for line in lines if line.strip()]
    face = faces[int(rng.integers(len(faces)))]
    if inner.height < 90 or inner.width < 60:
        direction = (
            Direction.HORIZONTAL_RTL if inner.width > inner.height else Direction.VERTICAL_RL
        )
        return SetRegion(RegionKind.ADVERTISEMENT, rect, direction,
                         (fitted(texts[0], inner, direction, face, 0.5, 90),))  # fmt: skip
    if len(texts) > 2 and len(texts[-1]) < 24 and rng.random() < 0.5 and inner.width > 200:
        strip = Rect(inner.left, inner.bottom - 34, inner.right, inner.bottom)
        foot = fitted(texts.pop(), strip, Direction.HORIZONTAL_RTL, Face.HEI_BOLD, 0.3, 34)
        inner = Rect(inner.left, inner.top, inner.right, inner.bottom - 46)
    else:
        foot = None
    if len(texts) > 1 and len(texts[0]) < 12:
        name = texts.pop(0)
        if inner.width > 1.1 * inner.height and len(name) < 7 and rng.random() < 0.6:
            high = min(0.3 * inner.height, 110)
            strip = Rect(inner.left, inner.top, inner.right, inner.top + high)
            placed.append(fitted(name, strip, Direction.HORIZONTAL_RTL, face, 0.8, 110))
            inner = Rect(inner.left, inner.top + high * 1.15, inner.right, inner.bottom)
        else:
            wide = min(0.3 * inner.width, inner.height / len(name), 120)
            strip = Rect(inner.right - wide, inner.top, inner.right, inner.bottom)
            placed.append(fitted(name, strip, Direction.VERTICAL_RL, face, 0.6, 120))
            inner = Rect(inner.left, inner.top, inner.right - wide * 1.2, inner.bottom)
    placed += _columns(texts, inner, rng, faces)
    if foot:
        placed.append(foot)
    kept = tuple(line for line in placed if line.glyphs)
    return SetRegion(RegionKind.ADVERTISEMENT, rect, Direction.VERTICAL_RL, kept)


def _columns(
    texts: Sequence[str], rect: Rect, rng: np.random.Generator, faces: Sequence[Face]
) -> list[PlacedLine]:
    """Columns that fill a rectangle, each in the largest type up to its share of the width."""
    if not texts or rect.width < 24 or rect.height < 60:
        return []
    columns = list(texts)
    wide = rect.width / len(columns)
    if wide < 28 or max(map(len, columns)) * 20 > rect.height:
        rows = max(3, int(rect.height / EM))
        whole = "".join(columns)
        columns = [whole[i : i + rows] for i in range(0, len(whole), rows)]
        columns = columns[: max(1, int(rect.width / TIGHT))]
        wide = min(rect.width / len(columns), 40)
    weights = np.array([wide * float(rng.uniform(0.75, 1.25)) for _ in columns])
    if len(columns) > 8:
        weights[:] = wide
    weights *= min(1.0, rect.width / weights.sum())
    placed, x = [], rect.right
    face = faces[int(rng.integers(len(faces)))]
    for text, width in zip(columns, weights, strict=True):
        strip = Rect(x - width * 0.92, rect.top, x - width * 0.08, rect.bottom)
        if len(columns) > 8:
            size = int(min(width * 0.84, rect.height / max(map(len, columns))))
            type_ = Type(face, TRADITIONAL, max(14, size))
            placed.append(place(text, Direction.VERTICAL_RL, strip.left, strip.top, type_))
        else:
            placed.append(fitted(text, strip, Direction.VERTICAL_RL, face, 0.35, 64))
        x -= width
    return placed

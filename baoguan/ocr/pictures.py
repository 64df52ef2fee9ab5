"""Pictures: inked areas that are neither text nor rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from baoguan.model import ArticleKind, Box, Direction, Line, RegionKind
from baoguan.ocr.faces import Faces
from baoguan.ocr.sheet import Block, Floats, Group, Rules, Sheet

CELLS = 4  # plane pixels to a glyph side
NEAR = 1.2  # glyph sides between pieces of one picture
PIECED = 1.5  # their common box, in their own areas together
EDGE = 0.6  # glyph sides around a picture that belong to it
SMALLEST = 4.0  # glyph sides, both ways
PAPER = 80  # percentile of grey that is paper
INKED = 0.1  # share of ink of an inked cell
FULL = 0.4  # share of a picture's box that must be inked after closing
TONED_FULL = 0.55
TEXTUAL = 0.3  # share of its box that lines may cover
LARGEST = 0.6  # of the sheet: more than that is a dark scan
LABEL = 0.6  # confidence of text inside a picture
READ = 0.75  # confidence of a line that is text, not a pattern in a picture
APART = 6.0  # grey levels between a picture on a scan without text and the scan
TONE = 0.05  # darker than paper by this in its brightest spots: toned

Plane = npt.NDArray[np.uint8]


def find_pictures(sheet: Sheet) -> list[Box]:
    """Boxes in sheet pixels, top to bottom.

    Tones (halftones, solid prints) have no white within a glyph, as text has; drawings in line
    are ink that is left over when text and rules are taken away.
    """
    if sheet.glyph <= 0:
        return []
    scale = CELLS / sheet.glyph
    shrunk = _shrunk(sheet, scale)
    paper = float(np.percentile(shrunk, PAPER))
    text = [line.box for line in sheet.lines if _is_read(line)]
    toned = _toned(shrunk, paper, text, scale)
    size = shrunk.shape[1], shrunk.shape[0]
    share = cv2.resize(sheet.ink.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    drawn = (share > INKED).astype(np.uint8)  # not by its grey, since paper darkens to its edge
    for box in [line.box for line in sheet.lines] + [*sheet.rules.across, *sheet.rules.down]:
        if _share(toned, box, scale) < 0.5:
            _clear(drawn, box, scale)
    drawn[toned > 0] = 0
    solid = cv2.morphologyEx(drawn, cv2.MORPH_CLOSE, _square(CELLS + 1))
    solid = cv2.morphologyEx(solid, cv2.MORPH_OPEN, _square(CELLS))
    told = [line for line in sheet.lines if line.confidence > LABEL]
    found = [b for b in _components(toned, scale, TONED_FULL) if _covered(b, told) <= TEXTUAL]
    found += [
        b
        for b in _components(np.asarray(solid, np.uint8), scale, FULL)
        if _covered(b, sheet.lines) <= TEXTUAL
    ]
    found = [box for box in found if not _touches_border(box, sheet)]
    if not text:
        found = [box for box in found if _stands_out(box, shrunk, scale)]
    found = _merged(found, text, sheet.glyph)
    return sorted(_without_inner(found), key=lambda b: (b.top, b.left))


def _stands_out(box: Box, shrunk: Floats, scale: float) -> bool:
    """Whether it is no stretch of a scan that is grain all over."""
    return abs(_brightness(shrunk, box, scale) - float(shrunk.mean())) > APART


def _merged(boxes: Sequence[Box], text: Sequence[Box], glyph: float) -> list[Box]:
    """Pieces of one picture put together: close to each other, with no text between."""
    merged = list(boxes)
    for _ in boxes:
        pairs = [(a, b) for i, a in enumerate(merged) for b in merged[i + 1 :]]
        pair = next((p for p in pairs if _belong(*p, text, glyph)), None)
        if pair is None:
            break
        merged = [box for box in merged if box not in pair] + [Box.around(pair)]
    return merged


def _belong(a: Box, b: Box, text: Sequence[Box], glyph: float) -> bool:
    both = Box.around((a, b))
    if both.area > PIECED * (a.area + b.area):
        return False
    if not _grown(a, NEAR * glyph).overlap(b):
        return False
    return not any(within(line, both) for line in text)


def _shrunk(sheet: Sheet, scale: float) -> Floats:
    size = max(1, round(sheet.width * scale)), max(1, round(sheet.height * scale))
    shrunk = cv2.resize(sheet.pixels, size, interpolation=cv2.INTER_AREA)
    return np.asarray(shrunk, np.float32)


def _is_read(line: Line) -> bool:
    return len(line.chars) >= 3 and line.confidence > READ


def _toned(shrunk: Floats, paper: float, text: Sequence[Box], scale: float) -> Plane:
    """1 where there is no white within a glyph's reach, over two glyphs at least, and no text."""
    brightest = np.asarray(cv2.dilate(shrunk, _square(3)), np.float32)
    usual = [_brightness(brightest, box, scale) for box in text]
    drop = 1 - float(np.median(usual)) / paper if usual else 0.0  # of paper between characters
    dark = (brightest < (1 - max(TONE, drop + TONE)) * paper).astype(np.uint8)
    for box in text:
        _clear(dark, box, scale)
    core = cv2.morphologyEx(dark, cv2.MORPH_OPEN, _square(2 * CELLS))
    return np.asarray(cv2.dilate(core, _square(3)), np.uint8)


def _brightness(plane: Floats, box: Box, scale: float) -> float:
    left, top, right, bottom = (round(side * scale) for side in box.as_tuple())
    inside = plane[top : bottom + 1, left : right + 1]
    return float(inside.mean()) if inside.size else 255.0


def _square(side: int) -> Plane:
    return np.ones((side, side), np.uint8)


def _share(plane: Plane, box: Box, scale: float) -> float:
    left, top, right, bottom = (round(side * scale) for side in box.as_tuple())
    inside = plane[top : bottom + 1, left : right + 1]
    return float(inside.mean()) if inside.size else 0.0


def _components(solid: Plane, scale: float, full: float) -> list[Box]:
    """Boxes of what is large and full enough."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=8)
    found = []
    for left, top, width, height, area in stats[1:count]:
        if min(width, height) >= SMALLEST * CELLS and area >= full * width * height:
            found.append(Box(*(round(v / scale) for v in (left, top, left + width, top + height))))
    return found


def within(box: Box, picture: Box) -> bool:
    """Whether most of `box` lies in `picture`."""
    return box.overlap(picture) > 0.7 * max(1, box.area)


def with_whole_frames(pictures: Sequence[Box], faces: Faces, sheet: Sheet) -> list[Box]:
    """Pictures in a frame that holds little else as the whole frame."""
    found: list[Box] = []
    for picture in pictures:
        face = faces.face_of(picture)
        box = faces.boxes[face]
        text = sum(line.box.overlap(box) for line in sheet.lines)
        around = face and within(picture, box)
        if around and text < 0.12 * box.area and box.area < 0.25 * sheet.width * sheet.height:
            picture = box
        if picture not in found:
            found.append(picture)
    return _without_inner(found)


def with_pictures(
    groups: Sequence[Group],
    pictures: Sequence[Box],
    captions: Mapping[int, Block],
    inside: Sequence[Line],
    direction: Direction,
) -> list[Group]:
    """Each picture, with its caption, in the group that surrounds it, or as a group of its own."""
    out = list(groups)
    left = list(inside)
    for i, picture in enumerate(pictures):
        lines = tuple(line for line in left if within(line.box, picture) and _is_label(line))
        left = [line for line in left if not within(line.box, picture)]
        blocks = [Block(RegionKind.PICTURE, picture, direction, lines)]
        blocks += [captions[i]] if i in captions else []
        home = _home(out, picture)
        if home is None:
            out.append(Group(ArticleKind.ARTICLE, tuple(blocks)))
        else:
            out[home] = replace(out[home], blocks=out[home].blocks + tuple(blocks))
    return out


def _is_label(line: Line) -> bool:
    """Text in a picture, not a pattern read as letters, or a window as 田."""
    han = sum("\u3400" <= c <= "\u9fff" for c in line.text)
    return line.confidence > LABEL and han > 1


def _home(groups: Sequence[Group], picture: Box) -> int | None:
    """The index of the smallest group whose box holds most of `picture`."""
    boxes = [Box.around(block.box for block in group.blocks) for group in groups]
    holding = [i for i, box in enumerate(boxes) if box.overlap(picture) > 0.6 * picture.area]
    return min(holding, key=lambda i: boxes[i].area) if holding else None


def _clear(plane: Plane, box: Box, scale: float) -> None:
    left, top, right, bottom = (side * scale for side in box.as_tuple())
    plane[int(top) : int(np.ceil(bottom)), int(left) : int(np.ceil(right))] = 0


def _touches_border(box: Box, sheet: Sheet) -> bool:
    """Dark edges of a scan are no pictures."""
    edge = sheet.glyph
    if box.area > LARGEST * sheet.width * sheet.height:
        return True
    outside = (box.left < edge) + (box.right > sheet.width - edge)
    outside += (box.top < edge) + (box.bottom > sheet.height - edge)
    thin = min(box.width, box.height) < 0.15 * max(box.width, box.height)
    return outside >= 2 or (outside >= 1 and thin)


def _covered(box: Box, lines: Sequence[Line]) -> float:
    return sum(box.overlap(line.box) for line in lines) / max(1, box.area)


def _without_inner(boxes: Sequence[Box]) -> list[Box]:
    return [
        b
        for b in boxes
        if not any(o is not b and b.overlap(o) > 0.8 * b.area and o.area > b.area for o in boxes)
    ]


def _grown(box: Box, by: float) -> Box:
    room = round(by)
    return Box(box.left - room, box.top - room, box.right + room, box.bottom + room)


def rules_outside(rules: Rules, pictures: Sequence[Box], glyph: float) -> Rules:
    """Rules that are no part of a picture, nor its edge."""
    wide = [_grown(picture, EDGE * glyph) for picture in pictures]

    def outside(boxes: Sequence[Box]) -> tuple[Box, ...]:
        return tuple(b for b in boxes if not any(within(b, p) for p in wide))

    return Rules(outside(rules.across), outside(rules.down))

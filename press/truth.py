"""The true Page of a scan: where every character came to stand, in pixels of the scan."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from baoguan.model import (
    Article,
    Box,
    Char,
    Line,
    Page,
    Picture,
    Region,
    RegionKind,
    article_id,
    page_id,
    picture_id,
    region_id,
)
from press.scanner import Scanned, Turn
from press.setting import Glyph, PlacedLine
from press.sheet import SetPage, SetRegion

DPI = 200.0
# These reach to their frame; other regions only around their lines.
FRAMED = frozenset({RegionKind.ADVERTISEMENT, RegionKind.TABLE})


def true_pages(issue: str, pages: Sequence[SetPage], scanned: Scanned) -> list[Page]:
    """One page for each sheet on the scan, from left to right."""
    return [
        _page(issue, page, scanned, turn, position)
        for position, (page, turn) in enumerate(zip(pages, scanned.turns, strict=True))
    ]


def _page(issue: str, page: SetPage, scanned: Scanned, turn: Turn, position: int) -> Page:
    own = page_id(issue, page.number)
    box = Box(0, 0, scanned.width, scanned.height)
    if scanned.fold is not None:
        left, right = (0, scanned.fold) if position == 0 else (scanned.fold, scanned.width)
        box = Box(left, 0, right, scanned.height)
    placer = _Placer(turn, box)
    regions: list[Region] = []
    articles: list[Article] = []
    pictures: list[Picture] = []
    for number, article in enumerate(page.articles, 1):
        mine = [
            placer.region(region_id(own, len(regions) + i), region)
            for i, region in enumerate(article.regions, 1)
        ]
        regions += mine
        ids = tuple(region.id for region in mine)
        articles.append(Article(article_id(own, number), article.kind, article.headline, ids))
        caption = "".join(
            line.text for r in mine if r.kind is RegionKind.CAPTION for line in r.lines
        )
        pictures += [
            Picture(picture_id(own, len(pictures) + i), region.id, region.box, caption)
            for i, region in enumerate([r for r in mine if r.kind is RegionKind.PICTURE], 1)
        ]
    return Page(
        id=own,
        master=hashlib.sha256(scanned.jpeg).hexdigest(),
        frame=0,
        width=scanned.width,
        height=scanned.height,
        box=box,
        direction=page.direction,
        regions=tuple(regions),
        articles=tuple(articles),
        pictures=tuple(pictures),
        dpi=DPI,
        skew=turn.degrees,
    )


class _Placer:
    """Takes boxes from the sheet to the scan, within the page's part of it."""

    def __init__(self, turn: Turn, limit: Box) -> None:
        self.turn = turn
        self.limit = limit

    def region(self, id_: str, region: SetRegion) -> Region:
        lines = tuple(self._line(line) for line in region.lines)
        if lines and region.kind not in FRAMED:
            tight = Box.around(line.box for line in lines)
            return Region(id_, region.kind, tight, region.direction, lines)
        rect = region.rect
        box = self._box(rect.left, rect.top, rect.right, rect.bottom)
        box = Box.around([box, *(line.box for line in lines)])
        return Region(id_, region.kind, box, region.direction, lines)

    def _line(self, line: PlacedLine) -> Line:
        chars = tuple(self._char(glyph) for glyph in line.glyphs)
        return Line(Box.around(char.box for char in chars), line.direction, chars)

    def _char(self, glyph: Glyph) -> Char:
        box = self._box(glyph.left, glyph.top, glyph.left + glyph.width, glyph.top + glyph.height)
        return Char(glyph.text, box, 1.0)

    def _box(self, left: float, top: float, right: float, bottom: float) -> Box:
        corners = self.turn.corners(left, top, right, bottom)
        (x0, y0), (x1, y1) = corners.min(axis=0), corners.max(axis=0)
        limit = self.limit
        xs = np.clip([round(x0), round(x1)], limit.left, limit.right)
        ys = np.clip([round(y0), round(y1)], limit.top, limit.bottom)
        return Box(int(xs[0]), int(ys[0]), int(xs[1]), int(ys[1]))

"""A page that was turned to stand upright, told in pixels of its scan as it lies.

Files that name the master for others to open beside them need this: nobody else knows of the turn.
"""

from __future__ import annotations

from dataclasses import replace

from baoguan.model import Box, Line, Page, Region

QUARTER = 90  # degrees


def as_scanned(page: Page) -> Page:
    """The page with size, boxes and polygons as on its scan, and a `turn` of 0."""
    for _ in range(page.turn // QUARTER):
        page = _turned_back(page)
    return replace(page, turn=0)


def _turned_back(page: Page) -> Page:
    """A quarter against the clock: what was at the right is at the top."""
    across = page.width
    return replace(
        page,
        width=page.height,
        height=page.width,
        box=_box(page.box, across),
        regions=tuple(_region(region, across) for region in page.regions),
        pictures=tuple(replace(p, box=_box(p.box, across)) for p in page.pictures),
    )


def _region(region: Region, across: int) -> Region:
    return replace(
        region,
        box=_box(region.box, across),
        lines=tuple(_line(line, across) for line in region.lines),
        polygon=tuple((y, across - x) for x, y in region.polygon),
    )


def _line(line: Line, across: int) -> Line:
    chars = tuple(replace(char, box=_box(char.box, across)) for char in line.chars)
    return replace(line, box=_box(line.box, across), chars=chars)


def _box(box: Box, across: int) -> Box:
    return Box(box.top, across - box.right, box.bottom, across - box.left)

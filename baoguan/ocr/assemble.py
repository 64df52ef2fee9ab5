"""From the groups of a sheet to a Page of the master: ids, master pixels, headlines, pictures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from baoguan.model import (
    Article,
    Box,
    Line,
    Page,
    Picture,
    Region,
    RegionKind,
    Scan,
    Step,
    article_id,
    page_id,
    picture_id,
    region_id,
)
from baoguan.ocr.sheet import Block, Group, Sheet


def assemble(
    sheet: Sheet, scan: Scan, width: int, height: int, provenance: tuple[Step, ...]
) -> Page:
    """The Page of a sheet whose layout is done; `width` and `height` are the master's."""
    page = page_id(scan.issue, sheet.number)
    regions: list[Region] = []
    articles: list[Article] = []
    for group in sheet.groups:
        members = [
            _region(block, region_id(page, len(regions) + i), sheet, width, height)
            for i, block in enumerate(group.blocks)
        ]
        regions += members
        articles.append(_article(group, members, article_id(page, len(articles))))
    return Page(
        id=page,
        master=scan.master,
        frame=scan.frame,
        width=width,
        height=height,
        box=sheet.part or Box(0, 0, width, height),
        direction=sheet.direction,
        regions=tuple(regions),
        articles=tuple(articles),
        pictures=tuple(_pictures(page, regions)),
        dpi=scan.dpi,
        skew=sheet.skew,
        provenance=provenance + sheet.provenance,
    )


def _article(group: Group, members: list[Region], name: str) -> Article:
    heads = [r for r in members if r.kind is RegionKind.HEADLINE]
    headline = " ".join(line.text for region in heads for line in region.lines)
    return Article(name, group.kind, headline, tuple(r.id for r in members))


def _region(block: Block, name: str, sheet: Sheet, width: int, height: int) -> Region:
    def moved(box: Box) -> Box:
        return sheet.to_master.box(box, width, height)

    lines = tuple(_line(line, sheet, width, height) for line in block.lines)
    box = Box.around([moved(block.box), *(line.box for line in lines)])
    return Region(name, block.kind, box, block.direction, lines)


def _line(line: Line, sheet: Sheet, width: int, height: int) -> Line:
    chars = tuple(
        replace(char, box=sheet.to_master.box(char.box, width, height)) for char in line.chars
    )
    return replace(line, box=Box.around(char.box for char in chars), chars=chars)


def _pictures(page: str, regions: Iterable[Region]) -> Iterable[Picture]:
    """A picture's caption is the caption region that follows it."""
    ordered = list(regions)
    following: list[Region | None] = [*ordered[1:], None]
    count = 0
    for region, after in zip(ordered, following, strict=False):
        if region.kind is not RegionKind.PICTURE:
            continue
        told = after is not None and after.kind is RegionKind.CAPTION
        caption = after.text.replace("\n", " ") if told and after else ""
        yield Picture(picture_id(page, count), region.id, region.box, caption)
        count += 1

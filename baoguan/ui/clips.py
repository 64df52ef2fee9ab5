"""Clippings: a piece of the page around a hit, with the hit marked as a reader would mark it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from baoguan.archive import Archive
from baoguan.catalogue import PageEntry
from baoguan.errors import NotFound
from baoguan.model import Box, page_of
from baoguan.search import Match, locate, loosened, parse, place

SIZE = (232, 148)  # pixels of the place that a clipping fills; it is cut at twice as many
READABLE = 10  # characters of a long passage, in a clipping of it


@dataclass(frozen=True, slots=True)
class Clip:
    """What to cut from the page, and the boxes to mark in it, both in master pixels."""

    page: PageEntry
    part: Box
    marks: tuple[Box, ...]


def clip_of_hit(archive: Archive, article: str, words: str, *, misread: bool = False) -> Clip:
    """Around the first hit of `words` in an article; NotFound where there is none, or BadQuery."""
    entry = archive.catalogue.page(page_of(article))
    page, found = archive.article(article)
    query = parse(words)
    hits = locate(loosened(query) if misread else query, page, found)
    boxes = [box for hit in hits for box in hit.boxes]
    if not boxes:
        raise NotFound(f"{words} is not in {article}")
    return _clip(entry, surroundings(boxes[0], entry.box), boxes)


def clip_of_passage(archive: Archive, article: str, start: int, end: int) -> Clip:
    """Around the characters from `start` to `end` of an article; NotFound where there are none."""
    entry = archive.catalogue.page(page_of(article))
    page, found = archive.article(article)
    passage: Match = place((start, end), page, found)
    if not passage.boxes:
        raise NotFound(f"{article} has no characters {start} to {end}")
    return _clip(entry, surroundings(_beginning(passage.boxes[0]), entry.box), passage.boxes)


def _beginning(box: Box) -> Box:
    """Of a line or column as much as can be read in a clipping."""
    longest = READABLE * min(box.width, box.height)
    return Box(
        box.left,
        box.top,
        min(box.right, box.left + longest),
        min(box.bottom, box.top + longest),
    )


def surroundings(box: Box, page: Box) -> Box:
    """A piece of the page around a hit, shaped like a clipping, some eight characters high."""
    size = max(20, min(box.width, box.height))
    height = min(page.height, max(size * 8, int(box.height * 1.4)))
    width = min(page.width, max(height * SIZE[0] // SIZE[1], int(box.width * 1.2)))
    left = min(max(page.left, int(box.centre[0] - width / 2)), page.right - width)
    top = min(max(page.top, int(box.centre[1] - height / 2)), page.bottom - height)
    return Box(left, top, left + width, top + height)


def _clip(entry: PageEntry, part: Box, boxes: Sequence[Box]) -> Clip:
    return Clip(entry, part, tuple(box for box in boxes if box.overlap(part)))

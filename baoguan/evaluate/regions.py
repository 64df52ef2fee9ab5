"""How far the regions read cover the true ones, class by class.

Regions are drawn at an eighth of the scan's size, by their polygons where they have them; a class
is counted only on pages that have it in truth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from baoguan.labels import ALL_LABELS, region_labels
from baoguan.model import Page, Region

SCALE = 8


@dataclass(frozen=True, slots=True)
class Overlap:
    """Pixels, at an eighth of the scan's size, in both readings of a class and in either."""

    both: int
    either: int

    @property
    def iou(self) -> float:
        """Intersection over union, 0 to 1."""
        return self.both / max(1, self.either)


def overlaps(truth: Page, read: Page) -> dict[str, Overlap]:
    """For each class that the truth has: article, advertisement, additional, image."""
    size = max(truth.width, read.width), max(truth.height, read.height)
    found = {}
    for label in ALL_LABELS:
        wanted, got = _mask(truth, label, size), _mask(read, label, size)
        if wanted.any():
            found[label] = Overlap(int((wanted & got).sum()), int((wanted | got).sum()))
    return found


def summed(pages: Iterable[Mapping[str, Overlap]]) -> dict[str, Overlap]:
    """Over several pages, each pixel weighing the same."""
    whole: dict[str, Overlap] = {}
    for page in pages:
        for label, overlap in page.items():
            so_far = whole.get(label, Overlap(0, 0))
            whole[label] = Overlap(so_far.both + overlap.both, so_far.either + overlap.either)
    return {label: whole[label] for label in ALL_LABELS if label in whole}


def _mask(page: Page, label: str, size: tuple[int, int]) -> np.ndarray:
    canvas = Image.new("1", (size[0] // SCALE + 1, size[1] // SCALE + 1))
    draw = ImageDraw.Draw(canvas)
    labels = region_labels(page)
    for region in page.regions:
        if labels[region.id] == label and region.box.area:
            draw.polygon([(x / SCALE, y / SCALE) for x, y in _outline(region)], fill=1)
    return np.asarray(canvas)


def _outline(region: Region) -> tuple[tuple[int, int], ...]:
    if len(region.polygon) > 2:
        return region.polygon
    left, top, right, bottom = region.box.as_tuple()
    return (left, top), (right, top), (right, bottom), (left, bottom)

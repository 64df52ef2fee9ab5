"""A fold of two facing pages is split at its gutter, a white line that may be slanted."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from baoguan.model import Box
from baoguan.ocr.light import ink_of
from baoguan.ocr.sheet import Affine, Floats, Grey, Sheet

SHRUNK_HEIGHT = 1000
SEARCHED = 0.16  # of the width, to either side of the middle
SLANTS = np.linspace(-0.02, 0.02, 41)  # sideways per pixel down: up to 1.1 degrees
FAR_COST = 0.1  # in shares of ink, at the end of the searched span
SLANT_COST = 1.0


def split(image: Grey) -> tuple[Sheet, Sheet]:
    """The left and the right half, cut at the gutter and still unnumbered."""
    at_top, at_foot = gutter(image)
    return _half(image, at_top, at_foot, left=True), _half(image, at_top, at_foot, left=False)


def number_on_left(numbers: tuple[int, ...], right_to_left: bool) -> int:
    """Which of two page numbers is on the left half.

    A paper bound right to left has its odd page there, else its even one. Where both are of one
    parity, the lower comes first as one reads.
    """
    first, second = sorted(numbers)
    if first % 2 == second % 2:
        return second if right_to_left else first
    odd, even = (first, second) if first % 2 else (second, first)
    return odd if right_to_left else even


def _half(image: Grey, at_top: float, at_foot: float, left: bool) -> Sheet:
    """One side of the gutter, white beyond it."""
    height, width = image.shape
    low, high = sorted((at_top, at_foot))
    part = (
        Box(0, 0, min(width, int(high) + 1), height)
        if left
        else Box(max(0, int(low)), 0, width, height)
    )
    pixels = image[:, part.left : part.right].copy()
    edge = np.linspace(at_top, at_foot, height) - part.left
    columns = np.arange(pixels.shape[1])[None, :]
    beyond = columns >= edge[:, None] if left else columns < edge[:, None]
    pixels[beyond] = 255
    return Sheet(pixels=pixels, to_master=Affine(c=part.left, f=part.top), part=part)


def gutter(image: Grey) -> tuple[float, float]:
    """x where the gutter meets the top and the foot of the image, in its pixels.

    Of all lines near the middle, the one with least ink on and beside it; between equals, the one
    nearest to the middle.
    """
    height, width = image.shape
    shrink = max(1.0, height / SHRUNK_HEIGHT)
    size = max(1, round(width / shrink)), max(1, round(height / shrink))
    share = cv2.resize(ink_of(image).astype(np.float32), size, interpolation=cv2.INTER_AREA)
    ink = np.asarray(share, np.float32)
    middle, span = size[0] / 2, max(1, int(size[0] * SEARCHED))
    starts = np.arange(int(middle) - span, int(middle) + span + 1)
    best = (float("inf"), middle, 0.0)
    for slant in SLANTS:
        cost = _ink_along(ink, starts, float(slant)) + FAR_COST * np.abs(starts - middle) / span
        k = int(np.argmin(cost))
        if cost[k] + SLANT_COST * abs(slant) < best[0]:
            best = (float(cost[k] + SLANT_COST * abs(slant)), float(starts[k]), float(slant))
    half = best[2] * size[1] / 2
    return (best[1] + 0.5 - half) * width / size[0], (best[1] + 0.5 + half) * width / size[0]


def _ink_along(ink: Floats, starts: npt.NDArray[np.int64], slant: float) -> npt.NDArray[np.float64]:
    """Mean ink along slanted lines through `starts` at half height."""
    rows = np.arange(ink.shape[0])
    shift = slant * (rows - ink.shape[0] / 2)
    columns = np.clip(np.round(starts[:, None] + shift[None, :]), 0, ink.shape[1] - 1)
    return np.asarray(ink[rows[None, :], columns.astype(int)].mean(axis=1), np.float64)

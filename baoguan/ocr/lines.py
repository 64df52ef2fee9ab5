"""Strips: the pixels of one line cut clean of its neighbours, laid left to right.

A column is turned by a quarter against the clock, as the recogniser has learnt it. The detector
gives the middle of a line; its sides are found at the valleys of the ink between it and its
neighbours, since neighbouring ink in a strip costs more than a stroke that is cut off. White type
on black is turned to black on white: the recogniser reads either, but valleys, here and between
characters, are told by ink.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from baoguan.model import Box
from baoguan.ocr.detect import UNCLIP, Stroke
from baoguan.ocr.sheet import Affine, Floats, Grey

NEAREST, EXPECTED, FARTHEST = 0.15, 0.45, 0.75  # of the reach: where a side's valley is looked for
KERNEL = 0.58  # of a line's thickness: the kernel that is found in it
BLACK = 0.9  # share of a row that is dark on both sides of white type; 0.85 is the most, on four
# pages of 1939, on the lighter side of dark type (rules and frames darken one side, seldom both)


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """`pixels`: uint8 (across, along). `to_sheet` leads from strip pixels to sheet pixels."""

    pixels: Grey
    to_sheet: Affine
    down: bool

    @property
    def length(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def thickness(self) -> int:
        return int(self.pixels.shape[0])

    def box(self, start: float, end: float, sheet_width: int, sheet_height: int) -> Box:
        """The sheet's box of the stretch from `start` to `end` along the strip."""
        stretch = Box(
            math.floor(start), 0, max(math.floor(start) + 1, math.floor(end)), self.thickness
        )
        return self.to_sheet.box(stretch, sheet_width, sheet_height)


def cut(image: Grey, stroke: Stroke) -> Strip:
    """The strip of one line."""
    reach = stroke.reach
    along = stroke.length + 2 * reach
    across = stroke.width + 4 * reach
    wide = _window(image, stroke, along, across)
    shown = 255 - wide.pixels if _is_reversed(wide.pixels, stroke) else wide.pixels
    low, high = _valleys(shown, stroke.width, reach)
    pixels = shown[low:high]
    return Strip(pixels, wide.to_sheet.after(Affine(f=low)), stroke.down)


def _window(image: Grey, stroke: Stroke, along: float, across: float) -> Strip:
    """Pixels around the stroke's middle, turned upright; white beyond the sheet."""
    length, thick = max(2, round(along)), max(2, round(across))
    turn = stroke.tilt + (math.pi / 2 if stroke.down else 0.0)
    cos, sin = math.cos(turn), math.sin(turn)
    if abs(stroke.tilt) * along < 1.0:
        cos, sin = (0.0, 1.0) if stroke.down else (1.0, 0.0)
    # strip x runs along (cos, sin), strip y a quarter further
    x = stroke.x - cos * length / 2 + sin * thick / 2
    y = stroke.y - sin * length / 2 - cos * thick / 2
    to_sheet = Affine(cos, -sin, round(x), sin, cos, round(y))
    return Strip(warped(image, to_sheet, length, thick), to_sheet, stroke.down)


def kernel_in(strip: Strip, along: tuple[float, float], across: tuple[float, float]) -> Stroke:
    """The kernel that the detector would find of a line that lies as a strip does, between these
    pixels of it; they may be outside."""
    middle = strip.to_sheet.point(sum(along) / 2, sum(across) / 2)
    turn = math.atan2(strip.to_sheet.d, strip.to_sheet.a)
    tilt = turn - math.pi / 2 if strip.down else turn
    return kernel_at(middle, along[1] - along[0], across[1] - across[0], strip.down, tilt)


def kernel_at(
    middle: tuple[float, float], length: float, thickness: float, down: bool, tilt: float = 0.0
) -> Stroke:
    """The kernel that the detector would find of a line of this size, in pixels of the sheet."""
    width = KERNEL * thickness
    return Stroke(*middle, max(width, length - UNCLIP * width), width, down, tilt, 1.0)


def lengthened(image: Grey, strip: Strip, before: int, behind: int) -> Strip:
    """The strip cut longer (or shorter, where negative) by pixels at its ends; not for white type
    on black."""
    to_sheet = strip.to_sheet.after(Affine(c=-before))
    length = max(1, strip.length + before + behind)
    return Strip(warped(image, to_sheet, length, strip.thickness), to_sheet, strip.down)


def warped(image: Grey, to_sheet: Affine, length: int, thick: int) -> Grey:
    """(thick, length): the sheet's pixels to which `to_sheet` leads; white beyond the sheet."""
    # pixel centres lie half a pixel inside
    centred = Affine(c=-0.5, f=-0.5).after(to_sheet).after(Affine(c=0.5, f=0.5))
    pixels = cv2.warpAffine(
        image,
        centred.matrix(),
        (length, thick),
        flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=255,
    )
    return np.asarray(pixels, np.uint8)


def _is_reversed(window: Grey, stroke: Stroke) -> bool:
    """Whether the type is white on black: black on both of its sides, and between its characters
    rather than white."""
    reach = round(stroke.reach)
    inside = window[:, reach : max(reach + 2, window.shape[1] - reach)]
    dark = inside < (int(inside.min()) + int(inside.max())) / 2
    middle, half = window.shape[0] / 2, stroke.width / 2
    between = dark[round(middle - half) : round(middle + half) + 1].mean(axis=0)
    if (between > 0.95).sum() <= (between < 0.05).sum():
        return False
    beside = half + np.arange(NEAREST * stroke.reach, FARTHEST * stroke.reach + 1)
    rows = dark.mean(axis=1)
    sides = (np.clip(np.round(middle + sign * beside), 0, len(rows) - 1) for sign in (-1, 1))
    return all(rows[side.astype(int)].max() > BLACK for side in sides)


def _valleys(window: Grey, kernel: float, reach: float) -> tuple[int, int]:
    """Rows between which the line's own ink lies."""
    dark = (255 - window.astype(np.float32)).mean(axis=1)
    dark = np.convolve(dark, [0.25, 0.5, 0.25], mode="same")
    middle = window.shape[0] / 2
    near, far = NEAREST * reach, FARTHEST * reach
    slope = 0.15 * float(dark.max() + 1) / max(far - near, 1.0)

    def valley(sign: int) -> int:
        edge = middle + sign * kernel / 2
        rows = np.arange(round(near), max(round(near) + 1, round(far)))
        places = np.clip(np.round(edge + sign * rows).astype(int), 0, window.shape[0] - 1)
        wanted = np.abs(rows - EXPECTED * reach)
        return int(places[int(np.argmin(dark[places] + slope * wanted))])

    low, high = valley(-1), valley(1)
    return max(0, low), min(window.shape[0], high + 1)


def stretched(pixels: Grey, height: int, squeeze: float) -> Floats:
    """The strip at the recogniser's height, its contrast full, -1 to 1; float32 (height, width)."""
    thick, length = pixels.shape
    width = max(height // 3, round(length * height / thick * squeeze))
    shrinks = height < thick or width < length * 0.9
    resized = cv2.resize(
        pixels, (width, height), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
    ).astype(np.float32)
    low, high = float(resized.min()), float(resized.max())
    if high - low < 24:
        return np.ones((height, width), np.float32)
    return np.asarray((resized - low) / (high - low) * 2 - 1, np.float32)

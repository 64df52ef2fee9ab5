"""Ages a printed sheet and scans it: tone, bleed, worn ink, dirt, folds, skew, border, JPEG."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.float32]  # height, width, 3; 0 is black, 1 is white


@dataclass(frozen=True, slots=True)
class Wear:
    paper: tuple[float, float, float]  # the tone of clean paper
    mottle: float  # how much that tone wanders
    ink: tuple[float, float, float]  # what black has become
    fade: float  # how unevenly the ink covers, 0 to 1
    bleed: float  # how much of the other side shows
    blur: float  # standard deviation in pixels
    noise: float
    dirt: int  # specks on a page
    skew: float  # degrees, at most, either way
    quality: int  # of the JPEG
    colour: bool = False  # whether the press printed in colour


WEARS = {
    "1930s": Wear(
        paper=(0.87, 0.80, 0.66),
        mottle=0.05,
        ink=(0.16, 0.13, 0.11),
        fade=0.12,
        bleed=0.06,
        blur=0.5,
        noise=0.009,
        dirt=70,
        skew=0.7,
        quality=74,
    ),
    "1950s": Wear(
        paper=(0.88, 0.83, 0.72),
        mottle=0.04,
        ink=(0.17, 0.15, 0.14),
        fade=0.12,
        bleed=0.05,
        blur=0.55,
        noise=0.009,
        dirt=55,
        skew=0.6,
        quality=70,
    ),
    "1980s": Wear(
        paper=(0.90, 0.87, 0.80),
        mottle=0.03,
        ink=(0.16, 0.15, 0.15),
        fade=0.10,
        bleed=0.05,
        blur=0.55,
        noise=0.011,
        dirt=35,
        skew=0.5,
        quality=70,
    ),
    "2000s": Wear(
        paper=(0.95, 0.94, 0.91),
        mottle=0.015,
        ink=(0.11, 0.11, 0.12),
        fade=0.05,
        bleed=0.03,
        blur=0.5,
        noise=0.008,
        dirt=8,
        skew=0.3,
        quality=76,
        colour=True,
    ),
}


@dataclass(frozen=True, slots=True)
class Turn:
    """From the pixels of a sheet to those of the scan: turned clockwise, then moved."""

    degrees: float
    dx: float
    dy: float

    @property
    def matrix(self) -> NDArray[np.float64]:
        cos, sin = np.cos(np.deg2rad(self.degrees)), np.sin(np.deg2rad(self.degrees))
        return np.array([[cos, -sin, self.dx], [sin, cos, self.dy]])

    def corners(self, left: float, top: float, right: float, bottom: float) -> NDArray[np.float64]:
        """The four corners of a box, turned, as rows of x and y."""
        points = np.array([[left, right, right, left], [top, top, bottom, bottom], [1, 1, 1, 1]])
        turned: NDArray[np.float64] = (self.matrix @ points).T
        return turned


@dataclass(frozen=True, slots=True)
class Scanned:
    jpeg: bytes
    width: int
    height: int
    turns: tuple[Turn, ...]  # one for each sheet, from left to right
    fold: int | None  # x of the fold between two sheets


def scan(
    sheets: Sequence[Image.Image],
    backs: Sequence[Image.Image],
    wear: Wear,
    seed: int,
    border: int = 26,
) -> Scanned:
    """One sheet, or two facing pages on one sheet of paper; `backs` are what is printed behind."""
    rng = np.random.default_rng(seed)
    widths, height = [sheet.width for sheet in sheets], sheets[0].height
    angle = float(rng.uniform(0.3, 1.0) * wear.skew * rng.choice([-1, 1]))
    slope = abs(np.tan(np.deg2rad(angle)))
    whole = (sum(widths) + int(slope * height), height + int(slope * sum(widths)))
    width, tall = whole[0] + 2 * border, whole[1] + 2 * border
    turns = _turns(widths, height, angle, (width, tall), rng)
    paper = _paper((tall, width), wear, rng)
    ink = np.ones((tall, width, 3), np.float32)
    for sheet, back, turn in zip(sheets, backs, turns, strict=True):
        ink = np.minimum(ink, _warp(_inked(sheet, wear, rng), turn, (width, tall)))
        ghost = _blurred(_pixels(back)[:, ::-1], 2.4)
        paper *= 1 - wear.bleed * (1 - _warp(ghost, turn, (width, tall)))
    picture = paper * ink
    # What cannot be lighter than worn ink.
    picture = np.maximum(picture, np.array(wear.ink, np.float32) * paper)
    fold = _fold_x(turns, widths, height) if len(sheets) == 2 else None
    if fold is not None:
        picture *= _fold_shadow((tall, width), fold, rng)
    picture = _dirt(picture, wear.dirt * len(sheets), rng)
    picture = _border(picture, turns, widths, height)
    picture = _blurred(picture, wear.blur)
    picture = picture + rng.normal(0, wear.noise, (tall, width, 1)).astype(np.float32)
    return Scanned(_jpeg(picture, wear.quality), width, tall, turns, fold)


def _turns(
    widths: Sequence[int],
    height: int,
    angle: float,
    size: tuple[int, int],
    rng: np.random.Generator,
) -> tuple[Turn, ...]:
    """Turned about the middle; the second of two sheets a little more or less than the first."""
    whole = Turn(angle, 0, 0)
    centre = whole.matrix @ np.array([sum(widths) / 2, height / 2, 1])
    dx, dy = size[0] / 2 - centre[0], size[1] / 2 - centre[1]
    turns = [Turn(angle, float(dx), float(dy))]
    for width in widths[1:]:
        corner = turns[-1].matrix @ np.array([width, 0, 1])
        more = angle + float(rng.uniform(-0.12, 0.12))
        turns.append(Turn(more, float(corner[0]), float(corner[1])))
    return tuple(turns)


def _single(values: NDArray[Any]) -> Pixels:
    return values.astype(np.float32)


def _blurred(pixels: Pixels, deviation: float) -> Pixels:
    return _single(cv2.GaussianBlur(pixels, (0, 0), deviation))


def _pixels(image: Image.Image) -> Pixels:
    return _single(np.asarray(image.convert("RGB")) / 255)


def _warp(pixels: Pixels, turn: Turn, size: tuple[int, int]) -> Pixels:
    warped = cv2.warpAffine(
        pixels,
        turn.matrix,
        size,
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(1, 1, 1),
    )
    return _single(np.clip(warped, 0, 1))


def _clouds(shape: tuple[int, int], size: int, rng: np.random.Generator) -> Pixels:
    """Smooth noise between -1 and 1 whose features are `size` pixels wide."""
    small = rng.normal(0, 1, (shape[0] // size + 2, shape[1] // size + 2)).astype(np.float32)
    cloud = cv2.resize(small, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
    return _single(np.clip(cloud / 2, -1, 1)[..., None])


def _paper(shape: tuple[int, int], wear: Wear, rng: np.random.Generator) -> Pixels:
    tone = np.array(wear.paper, np.float32)
    mottle = 0.6 * _clouds(shape, 420, rng) + 0.3 * _clouds(shape, 90, rng)
    fibre = 0.25 * _clouds(shape, 5, rng)
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    edge = np.minimum(np.minimum(x, shape[1] - x) / 160, np.minimum(y, shape[0] - y) / 160)
    browned = np.clip(1 - edge, 0, 1)[..., None] ** 2
    warm = np.array((0.05, 0.09, 0.15), np.float32) * min(1.0, wear.mottle * 22)
    return _single(tone * (1 + wear.mottle * (mottle + fibre)) * (1 - warm * browned))


def _inked(sheet: Image.Image, wear: Wear, rng: np.random.Generator) -> Pixels:
    """Ink spreads a little, and covers unevenly."""
    pixels = _pixels(sheet)
    spread = _blurred(pixels, 0.5)
    # A flat tint is lighter than any dot of black ink, and would be lost.
    contrast = 1.0 if wear.colour else 1.25
    pixels = np.clip((spread - 0.5) * contrast + 0.5 + 0.02 * rng.uniform(-1, 1), 0, 1)
    shape = pixels.shape[:2]
    patches = 0.5 * (1 + _clouds(shape, 260, rng)) * wear.fade
    grain = 0.5 * (1 + _clouds(shape, 3, rng)) * wear.fade * 0.4
    cover = np.clip(1 - patches - grain, 0.45, 1)
    return _single(1 - (1 - pixels) * cover)


def _fold_x(turns: Sequence[Turn], widths: Sequence[int], height: int) -> int:
    """Where the fold crosses the middle of the scan."""
    middle = turns[0].matrix @ np.array([widths[0], height / 2, 1])
    return round(float(middle[0]))


def _fold_shadow(shape: tuple[int, int], fold: int, rng: np.random.Generator) -> Pixels:
    x = np.arange(shape[1], dtype=np.float32)[None, :]
    wander = cv2.GaussianBlur(rng.normal(0, 1, (shape[0], 1)).astype(np.float32), (1, 201), 60)
    away = np.abs(x - fold - wander * 12)
    shadow = 0.24 * np.exp(-away / 26) + 0.25 * np.exp(-((away / 2.2) ** 2))
    return _single((1 - shadow)[..., None])


def _dirt(pixels: Pixels, specks: int, rng: np.random.Generator) -> Pixels:
    height, width = pixels.shape[:2]
    mask = np.zeros((height, width), np.float32)
    for _ in range(specks):
        centre = int(rng.uniform(0, width)), int(rng.uniform(0, height))
        axes = int(rng.integers(1, 4)), int(rng.integers(1, 3))
        cv2.ellipse(mask, centre, axes, float(rng.uniform(0, 180)), 0, 360, 0.6, -1)
    for _ in range(specks // 25):
        centre = int(rng.uniform(0, width)), int(rng.uniform(0, height))
        cv2.circle(mask, centre, int(rng.integers(20, 60)), 0.06, -1)
    mask = _blurred(mask, 0.9)
    return _single(pixels * (1 - mask[..., None]))


def _border(pixels: Pixels, turns: Sequence[Turn], widths: Sequence[int], height: int) -> Pixels:
    """Black beyond the edge of the paper, as from a scanner's lid."""
    inside = np.zeros(pixels.shape[:2], np.float32)
    for turn, width in zip(turns, widths, strict=True):
        corners = turn.corners(-4, -4, width + 4, height + 4)
        cv2.fillPoly(inside, [np.round(corners).astype(np.int32)], 1.0)
    inside = _blurred(inside, 1.2)[..., None]
    return _single(pixels * inside + 0.05 * (1 - inside))


def _jpeg(pixels: Pixels, quality: int) -> bytes:
    whole = (np.clip(pixels, 0, 1) * 255 + 0.5).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(whole).save(out, "JPEG", quality=quality, optimize=True, dpi=(200, 200))
    return out.getvalue()

"""A small piece of set type as a scan of old paper shows it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

WHITE = 252  # paper is scanned so light that most of it has no shade

Grey = NDArray[np.uint8]
Plane = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Age:
    """How far a piece is from a clean print, each 0 for none to 1 for as bad as is still read."""

    spread: float  # of ink into the paper; below 0 strokes thin and break
    uneven: float
    blur: float
    bleed: float
    noise: float
    tilt: float  # degrees

    @classmethod
    def some(cls, rng: np.random.Generator, much: float = 1.0) -> Age:
        return cls(
            spread=float(rng.normal(1.3, 0.35)) * much,
            uneven=float(rng.beta(1.2, 2.0)) * much,
            blur=float(rng.beta(3.0, 1.4)) * much,
            bleed=float(rng.beta(1.0, 3.0)) * much,
            noise=float(rng.beta(1.2, 2.5)) * much,
            tilt=float(rng.normal(0, 0.45)) * much,
        )


def worn(ink: Grey, fine: int, age: Age, rng: np.random.Generator) -> Grey:
    """The scan of `ink` (255 is ink, `fine` pixels to one of the scan): 0 is black."""
    cover = _tilted(_printed(ink, fine, age, rng), age.tilt)
    height, width = cover.shape[0] // fine, cover.shape[1] // fine
    cover = np.asarray(cv2.resize(cover, (width, height), interpolation=cv2.INTER_AREA), np.float32)
    paper = rng.uniform(228, 264) + 6 * age.noise * _clouds(cover.shape, 24, rng)
    behind = cv2.GaussianBlur(np.roll(cover, height // 3 + 5, 0)[:, ::-1], (0, 0), 1.3)
    paper = paper * (1 - 0.2 * age.bleed * behind)
    black = rng.uniform(20, 70 + 50 * age.uneven)
    picture = paper * (1 - cover) + np.minimum(black, paper) * cover
    picture = cv2.GaussianBlur(picture, (0, 0), 0.35 + 1.5 * age.blur)
    picture = picture + rng.normal(0, 1.0 + 3.5 * age.noise, picture.shape)
    scanned = np.clip(picture, 0, WHITE).astype(np.uint8)
    quality = int(rng.integers(45, 95))
    _, jpeg = cv2.imencode(".jpg", scanned, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(jpeg, cv2.IMREAD_GRAYSCALE), np.uint8)


def _printed(ink: Grey, fine: int, age: Age, rng: np.random.Generator) -> Plane:
    """How much ink lies where, 0 to 1: the type's edge moves in and out, and ink is patchy."""
    width = 0.3 + rng.uniform(0.2, 0.6) * max(0.0, age.spread)  # pixels of the scan
    soft = cv2.GaussianBlur(ink, (0, 0), fine * width).astype(np.float32) / 255
    rough = 0.16 * age.uneven * _clouds(ink.shape, 2 * fine, rng)
    rough = rough + 0.14 * age.uneven * _clouds(ink.shape, 12 * fine, rng)
    level = np.clip(0.5 - 0.26 * age.spread, 0.13, 0.78)
    cover = np.clip((soft + rough - level) * 5 + 0.5, 0, 1)
    fade = 0.5 * age.uneven * (0.5 + 0.5 * _clouds(ink.shape, 20 * fine, rng))
    return np.asarray(cover * (1 - fade), np.float32)


def _tilted(cover: Plane, degrees: float) -> Plane:
    height, width = cover.shape
    if abs(np.deg2rad(degrees)) * max(height, width) < 1:
        return cover
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return np.asarray(cv2.warpAffine(cover, turn, (width, height)), np.float32)


def _clouds(shape: tuple[int, ...], size: int, rng: np.random.Generator) -> Plane:
    """Smooth noise, mostly between -1 and 1, whose features are `size` pixels wide."""
    small = rng.normal(0, 0.5, (shape[0] // size + 3, shape[1] // size + 3)).astype(np.float32)
    grown = cv2.resize(small, None, fx=size, fy=size, interpolation=cv2.INTER_LINEAR)
    return np.asarray(grown[: shape[0], : shape[1]], np.float32)

"""A sheet as microfilm shows it: almost black and white, letters worn or clogged, scratched."""

from __future__ import annotations

import io
from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from press.scanner import Scanned, Turn

Grey = npt.NDArray[np.float32]  # height, width; 0 is black, 1 is white
SKEW = 0.6  # degrees, at most, either way
BLUR = (0.7, 1.1)  # standard deviation in pixels
STEEP = 3.2  # contrast of the film
QUALITY = 70


def film(sheets: Sequence[Image.Image], seed: int) -> Scanned:
    """One sheet, or two facing pages, on one frame as large as they are together."""
    rng = np.random.default_rng(seed)
    printed = np.hstack([np.asarray(sheet.convert("L")) for sheet in sheets])
    height, width = printed.shape
    angle = float(rng.uniform(-SKEW, SKEW))
    centre = Turn(angle, 0, 0).matrix @ np.array([width / 2, height / 2, 1])
    first = Turn(angle, float(width / 2 - centre[0]), float(height / 2 - centre[1]))
    turned = cv2.warpAffine(printed, first.matrix, (width, height), borderValue=(255,))
    grey = _exposed((turned / 255).astype(np.float32), rng)
    turns = [first]
    for sheet in sheets[:-1]:
        corner = turns[-1].matrix @ np.array([sheet.width, 0, 1])
        turns.append(Turn(angle, float(corner[0]), float(corner[1])))
    fold = None
    if len(sheets) == 2:
        fold = round(float((first.matrix @ np.array([sheets[0].width, height / 2, 1]))[0]))
    return Scanned(_jpeg(grey), width, height, tuple(turns), fold)


def _exposed(grey: Grey, rng: np.random.Generator) -> Grey:
    blurred = cv2.GaussianBlur(grey, (0, 0), float(rng.uniform(*BLUR)))
    cloud = _clouds(grey.shape, 500, rng)
    grain = _clouds(grey.shape, 2, rng)
    # where the film is dark strokes clog, where it is light they break
    level = 0.62 + 0.12 * cloud + 0.1 * grain
    exposed = np.clip((blurred - level) * STEEP + 0.5, 0, 1)
    exposed = _scratched(exposed, rng)
    noise = rng.normal(0, 0.02, grey.shape).astype(np.float32)
    return np.asarray(np.clip(0.06 + 0.92 * exposed + noise, 0, 1), np.float32)


def _clouds(shape: tuple[int, ...], size: int, rng: np.random.Generator) -> Grey:
    """Smooth noise, mostly between -1 and 1, whose features are `size` pixels wide."""
    small = rng.normal(0, 0.5, (shape[0] // size + 2, shape[1] // size + 2)).astype(np.float32)
    cloud = cv2.resize(small, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(cloud, -1, 1), np.float32)


def _scratched(grey: Grey, rng: np.random.Generator) -> Grey:
    """Specks, hairs and long scratches."""
    height, width = grey.shape
    mask = np.zeros(grey.shape, np.float32)
    for _ in range(int(rng.integers(250, 700))):
        at = int(rng.uniform(0, width)), int(rng.uniform(0, height))
        cv2.circle(mask, at, int(rng.integers(1, 4)), 0.8, -1)
    for _ in range(int(rng.integers(10, 40))):
        x, y = float(rng.uniform(0, width)), float(rng.uniform(0, height))
        dx, dy = float(rng.normal(0, 12)), float(rng.uniform(20, 160))
        cv2.line(mask, (int(x), int(y)), (int(x + dx), int(y + dy)), 0.5, 1)
    softened = cv2.GaussianBlur(mask, (0, 0), 0.7)
    return np.asarray(grey * (1 - np.clip(softened, 0, 1)), np.float32)


def _jpeg(grey: Grey) -> bytes:
    out = io.BytesIO()
    whole = (grey * 255 + 0.5).astype(np.uint8)
    Image.fromarray(whole).save(out, "JPEG", quality=QUALITY, dpi=(200, 200))
    return out.getvalue()

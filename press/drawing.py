"""The drawn pictures: photographs under the halftone screen, line blocks as they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from press import line_blocks, photographs
from press.plate import WHITE, Plate

FINE = 3  # drawn this many times larger, then reduced
SCREEN = 3.8  # pixels from dot to dot of the halftone
SCREEN_ANGLE = 45.0  # degrees

Drawer = Callable[[Plate], None]
PHOTOGRAPHS: Sequence[Drawer] = (
    photographs.harbour,
    photographs.bridge,
    photographs.mill,
    photographs.portrait,
    photographs.portrait_woman,
    photographs.ploughing,
    photographs.opera,
    photographs.market,
    photographs.dusk,
    photographs.park,
    photographs.metro,
    photographs.reading_room,
    photographs.kite,
)
DRAWINGS: Sequence[Drawer] = (
    line_blocks.bicycle,
    line_blocks.night_ferry,
    line_blocks.bottle,
    line_blocks.clock,
    line_blocks.radio,
    line_blocks.sewing,
    line_blocks.thermos,
    line_blocks.noodles,
    line_blocks.chart_map,
    line_blocks.fruit,
    line_blocks.bars,
    line_blocks.homes,
)
PICTURES: Mapping[str, tuple[Drawer, bool]] = {  # with whether it is a photograph
    **{picture.__name__: (picture, True) for picture in PHOTOGRAPHS},
    **{picture.__name__: (picture, False) for picture in DRAWINGS},
}


def draw(name: str, width: int, height: int, rng: np.random.Generator, colour: bool) -> Image.Image:
    """The picture `name` in so many pixels; photographs are screened unless in colour."""
    picture, photograph = PICTURES[name]
    plate = Plate(Image.new("RGB", (width * FINE, height * FINE), WHITE), rng)
    picture(plate)
    if photograph:
        plate.grain(7)
    small = plate.image.resize((width, height), Image.Resampling.LANCZOS)
    if photograph and not colour:
        return _halftone(small)
    return small


def _halftone(image: Image.Image) -> Image.Image:
    levels = np.asarray(image.convert("L")).astype(np.float32) / 255
    height, width = levels.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    turn = np.deg2rad(SCREEN_ANGLE)
    u = (x * np.cos(turn) + y * np.sin(turn)) * 2 * np.pi / SCREEN
    v = (-x * np.sin(turn) + y * np.cos(turn)) * 2 * np.pi / SCREEN
    screen: NDArray[np.float32] = (2 + np.cos(u) + np.cos(v)) / 4
    ink = np.clip((levels * 1.1 - 0.05 - screen) * 3.0 + 0.5, 0, 1)
    return Image.fromarray((ink * 255).astype(np.uint8)).convert("RGB")

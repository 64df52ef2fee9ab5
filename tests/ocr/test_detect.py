from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from baoguan.model import Box
from baoguan.ocr.detect import STRIDE, TILE, text_map


class Ink:
    """Sees text where there is ink, and keeps the sizes of the tiles that it was shown."""

    def __init__(self) -> None:
        self.sizes: list[tuple[int, ...]] = []

    def __call__(self, batch: np.ndarray) -> np.ndarray:
        self.sizes.append(batch.shape[2:])
        return np.asarray(batch[0, 0] < 0, np.float32)


def page(height: int, width: int) -> np.ndarray:
    pixels = np.full((height, width), 255, np.uint8)
    pixels[::7] = 0
    return pixels


@given(st.integers(1, 3000), st.integers(1, 200))
def test_tiles_cover_the_page(long: int, short: int) -> None:
    pixels, network = page(long, max(short, STRIDE)), Ink()
    seen = text_map(pixels, 1.0, network)
    assert seen.shape == (max(long, STRIDE), max(short, STRIDE))
    if long >= STRIDE:
        assert np.array_equal(seen > 0.5, pixels == 0)
    assert max(height for height, _ in network.sizes) <= TILE


def test_only_tiles_that_are_wanted_are_looked_at() -> None:
    network, asked = Ink(), list[Box]()

    def lower(box: Box) -> bool:
        asked.append(box)
        return box.top > 0

    ink = np.zeros((4 * TILE, 400), np.uint8)
    seen = text_map(ink, 0.5, network, lower)
    assert len(asked) == len(network.sizes) + 1
    assert asked[0] == Box(0, 0, 400, 1664), "three tiles need not be as large as they may be"
    assert not seen[: asked[1].top // 2].any()
    assert seen[asked[1].top // 2 :].all()

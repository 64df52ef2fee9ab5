"""A scan keeps what was printed, and says where it went."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from press.scanner import WEARS, Scanned, scan


def sheet_with_spot() -> Image.Image:
    sheet = Image.new("RGB", (400, 600), (255, 255, 255))
    ImageDraw.Draw(sheet).rectangle((300, 450, 329, 479), fill=(0, 0, 0))
    return sheet


def grey(scanned: Scanned) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(scanned.jpeg)).convert("L")).astype(float)


@pytest.mark.parametrize("wear", WEARS)
def test_a_turned_box_finds_its_ink_again(wear: str) -> None:
    blank = Image.new("RGB", (400, 600), (255, 255, 255))
    scanned = scan([sheet_with_spot()], [blank], WEARS[wear], seed=3)
    corners = scanned.turns[0].corners(300, 450, 330, 480)
    left, top = np.round(corners.min(axis=0)).astype(int)
    right, bottom = np.round(corners.max(axis=0)).astype(int)
    pixels = grey(scanned)
    assert np.median(pixels[top + 3 : bottom - 3, left + 3 : right - 3]) < 110
    assert np.median(pixels[top:bottom, left - 30 : left - 8]) > 150


def test_the_same_seed_gives_the_same_scan() -> None:
    blank = Image.new("RGB", (400, 600), (255, 255, 255))
    first, second = (scan([sheet_with_spot()], [blank], WEARS["1930s"], seed=7) for _ in range(2))
    assert first.jpeg == second.jpeg


def test_facing_pages_meet_at_the_fold() -> None:
    sheets = [sheet_with_spot(), sheet_with_spot()]
    scanned = scan(sheets, sheets, WEARS["1930s"], seed=5)
    assert scanned.fold is not None
    end = scanned.turns[0].corners(0, 0, 400, 600)[:, 0].max()
    start = scanned.turns[1].corners(0, 0, 400, 600)[:, 0].min()
    assert start - 8 < scanned.fold < end + 8

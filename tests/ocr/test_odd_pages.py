"""What comes in beside newspaper pages, read by the real engine: each gives a sensible Page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from baoguan.model import Direction, Page, RegionKind, Scan
from baoguan.ocr import Options, read_scan
from tests.scans import in_columns, written

ROWS = ["江上早报记者昨日在码头见到", "三艘新船同时起航前往下游", "两岸站满了送行的人们"]
ENGLISH = ["The steamer left the wharf at", "seven in the morning, and was", "seen no more."]


def read(pixels: np.ndarray, quality: str = "best") -> Page:
    (page,) = read_scan(pixels, Scan("0" * 64, 0, "a-undated-a", (1,)), Options(quality=quality))
    return page


def grain(height: int, width: int, *colours: int) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 255, (height, width, *colours)).astype(np.uint8)


def clouds(height: int, width: int, seed: int, slope: float) -> np.ndarray:
    """Grain whose larger shapes are stronger, as in nature; 0 to 1."""
    y, x = np.fft.fftfreq(height)[:, None], np.fft.fftfreq(width)[None]
    frequency = np.hypot(x, y)
    frequency[0, 0] = 1
    white = np.random.default_rng(seed).standard_normal((height, width))
    made = np.fft.ifft2(np.fft.fft2(white) / frequency**slope).real
    return np.asarray((made - made.min()) / np.ptp(made))


def photograph(height: int = 600, width: int = 800) -> np.ndarray:
    """Sky, a hill and houses with windows, in colour."""
    sky = np.stack([150 + 100 * clouds(height, width, i, 1.6) for i in range(3)], axis=-1)
    hill = np.stack([50 + 90 * clouds(height, width, 3 + i, 1.2) for i in range(3)], axis=-1)
    ground = np.arange(height)[:, None, None] > 0.6 * height
    image = Image.fromarray(np.where(ground, hill, sky).clip(0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(image)
    for left in range(60, 700, 130):
        draw.rectangle((left, 280, left + 80, 430), fill=(160, 110, 90), outline=(60, 40, 30))
        for i in range(9):
            x, y = left + 10 + 24 * (i % 3), 296 + 40 * (i // 3)
            draw.rectangle((x, y, x + 14, y + 22), fill=(40, 45, 60))
    return np.asarray(image)


def paper(height: int, width: int) -> np.ndarray:
    fibres = 5 * np.random.default_rng(1).standard_normal((height, width))
    return (225 + 14 * clouds(height, width, 9, 1.2) + fibres).clip(0, 255).astype(np.uint8)


EMPTY: dict[str, Callable[[], np.ndarray]] = {
    "grain": lambda: grain(700, 500),
    "grain in colour": lambda: grain(400, 500, 3),
    "specks": lambda: np.where(grain(700, 500) < 15, 0, 255).astype(np.uint8),
    "grain of film": lambda: (paper(700, 500) * 0.8 + 0.2 * grain(700, 500)).astype(np.uint8),
    "paper": lambda: paper(700, 500),
    "white": lambda: np.full((700, 500), 255, np.uint8),
    "black": lambda: np.zeros((700, 500, 3), np.uint8),
    "one pixel": lambda: np.zeros((1, 1), np.uint8),
    "a stamp": lambda: paper(12, 9),
    "a long strip": lambda: np.full((60, 20_000), 250, np.uint8),
    "a long strip of grain": lambda: grain(40, 12_000),
    "a tall strip of grain": lambda: grain(12_000, 40),
}


@pytest.mark.parametrize("name", EMPTY)
def test_no_text_and_no_picture_is_made_of_nothing(name: str) -> None:
    page = read(EMPTY[name]())
    assert page.regions == ()
    assert page.turn == 0


@pytest.mark.parametrize("border", [0, 60])
def test_a_photograph_in_colour_is_a_picture_without_text(border: int) -> None:
    pixels = np.pad(photograph(), ((border,) * 2, (border,) * 2, (0, 0)), constant_values=240)
    page = read(pixels)
    assert page.text == ""
    (region,) = page.regions
    assert region.kind is RegionKind.PICTURE
    assert region.box.area > 0.9 * 600 * 800
    assert [picture.region for picture in page.pictures] == [region.id]


@pytest.mark.parametrize("image", [written(ROWS), in_columns(ROWS)], ids=["rows", "columns"])
def test_a_page_of_one_bit_reads_like_one_of_greys(image: Image.Image) -> None:
    pixels = np.asarray(image)
    assert read(pixels > 128).text == read(pixels).text == "\n".join(ROWS)


def test_a_page_of_english_reads_from_left_to_right() -> None:
    page = read(np.asarray(written(ENGLISH)))
    assert page.direction is Direction.HORIZONTAL_LTR
    assert page.text.splitlines() == ENGLISH


def test_a_printed_page_of_english_has_its_words_and_columns(shared: Path) -> None:
    scans = shared / "data" / "western" / "article_segmented" / "batch_topaz_times" / "pages"
    with Image.open(scans / "images" / "ttt_19441101-19450131_0060.tif") as scan:
        page = read(np.asarray(scan)[:520, :], quality="fast")
    assert page.direction is Direction.HORIZONTAL_LTR
    words = " ".join(page.text.split())
    for printed in (
        "EVACUEE PROPERTY OFFICE FUNCTIONS",
        "a series of five articles dealing with the services",
        "are normally made through licensed real estate bro-",
        "If one is not available, the evacuee",
    ):
        assert printed in words


def test_a_strip_much_longer_than_wide_is_read_to_its_end() -> None:
    piece = np.asarray(written(ROWS[:1], (900, 160)))
    page = read(np.hstack([piece] * 8), quality="fast")
    assert page.text.replace("\n", "").count(ROWS[0]) == 8
    last = page.regions[-1].box
    assert last.right > 7 * 900

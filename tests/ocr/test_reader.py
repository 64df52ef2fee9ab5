from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from baoguan.errors import EngineMissing
from baoguan.evaluate import evaluate
from baoguan.model import Box, Direction, Page, Scan, issue_of
from baoguan.ocr import Options, read_scan
from baoguan.revisions import page_to_json, pages_from_json
from tests.conftest import ROOT
from tests.scans import written

SAMPLES = sorted((ROOT / "samples" / "scans").glob("*/*.jpg"))
ROWS = ["江上早报记者昨日在码头见到", "三艘新船同时起航前往下游"]


def scan(*numbers: int, issue: str = "jiang-1956-05-01-a") -> Scan:
    return Scan("0" * 64, 0, issue, numbers or (1,))


def read(pixels: np.ndarray, *numbers: int, quality: str = "fast") -> tuple[Page, ...]:
    return read_scan(pixels, scan(*numbers), Options(quality=quality))


def check(page: Page, pixels: np.ndarray) -> None:
    """The promises of a page."""
    height, width = pixels.shape[:2]
    named = [region for article in page.articles for region in article.regions]
    assert sorted(named) == sorted({*named})
    assert {region.id for region in page.regions if region.lines} <= set(named)
    frame = Box(0, 0, width, height)
    for region in page.regions:
        assert region.box.overlap(frame) == region.box.area
        for line in region.lines:
            assert line.chars
            for char in line.chars:
                assert char.box.overlap(region.box) == char.box.area
                assert 0 <= char.confidence <= 1
    assert page.provenance


def noise(height: int, width: int) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 255, (height, width)).astype(np.uint8)


BARREN: dict[str, Callable[[], np.ndarray]] = {
    "blank": lambda: np.full((700, 500), 255, np.uint8),
    "black": lambda: np.zeros((500, 400), np.uint8),
    "noise": lambda: noise(500, 400),
    "tiny": lambda: noise(50, 50),
    "colour": lambda: np.full((300, 200, 3), 200, np.uint8),
    "narrow": lambda: np.full((1500, 60), 255, np.uint8),
}


@pytest.mark.parametrize("name", BARREN)
@pytest.mark.parametrize("numbers", [(1,), (1, 4)])
def test_a_page_without_text_is_a_page(name: str, numbers: tuple[int, ...]) -> None:
    pixels = BARREN[name]()
    pages = read(pixels, *numbers)
    assert [page.id for page in pages] == [f"jiang-1956-05-01-a-p{n:04d}" for n in numbers]
    for page in pages:
        check(page, pixels)
        assert len(page.text) < 12


def test_rows_are_read_and_read_again_the_same() -> None:
    pixels = np.asarray(written(ROWS))
    (first,), (second,) = read(pixels), read(pixels)
    assert first.text.splitlines() == ROWS
    assert first.direction is Direction.HORIZONTAL_LTR
    assert page_to_json(first) == page_to_json(second)
    check(first, pixels)


def test_a_page_of_one_bit_and_one_on_its_head_are_pages_too() -> None:
    pixels = np.asarray(written(ROWS))
    for other in (pixels > 128, pixels[::-1, ::-1].copy()):
        (page,) = read(other)
        check(page, other)


def test_progress_is_told() -> None:
    told: list[str] = []
    read_scan(np.full((200, 200), 255, np.uint8), scan(), Options(quality="fast"), told.append)
    assert told


def test_options_that_do_not_exist_are_refused() -> None:
    with pytest.raises(ValueError, match="quality"):
        Options(quality="middling")
    with pytest.raises(ValueError, match="direction"):
        Options(direction="boustrophedon")
    with pytest.raises(EngineMissing, match="no engine"):
        read_scan(np.full((100, 100), 255, np.uint8), scan(), Options(engine="nobody"))


@pytest.mark.slow
@pytest.mark.skipif(not SAMPLES, reason="no samples: python -m press samples --out samples")
@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.stem)
def test_a_sample_is_read_in_order(file: Path) -> None:
    truths = pages_from_json(file.with_suffix(".truth.json").read_bytes())
    pixels = np.asarray(Image.open(file).convert("RGB"))
    numbers = tuple(page.number for page in truths)
    pages = read_scan(pixels, scan(*numbers, issue=issue_of(truths[0].id)))
    for page, truth in zip(pages, truths, strict=True):
        check(page, pixels)
        assert page.direction is truth.direction
        wrong = evaluate(truth, page).diplomatic.order_cer
        assert wrong <= (0.04 if truth.direction.vertical else 0.02)

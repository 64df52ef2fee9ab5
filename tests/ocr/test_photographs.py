"""Photographs scanned alone: prints with labels, album leaves, contact sheets."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from baoguan.model import Box, Char, Direction, Line, RegionKind
from baoguan.ocr.layout import lay_out
from baoguan.ocr.photographs import find_photographs
from baoguan.ocr.sheet import Grey, Sheet
from baoguan.revisions import pages_from_json

CARD, FILM = 225, 14


def picture(width: int, height: int, seed: int, edge: int = 0) -> Grey:
    """Smooth light and shade, as dark as film in the outermost `edge` pixels."""
    few = np.random.default_rng(seed).uniform(40, 200, (6, 8)).astype(np.float32)
    tones = cv2.resize(few, (width, height), interpolation=cv2.INTER_CUBIC)
    pixels = np.clip(tones, 0, 255).astype(np.uint8)
    pixels[:, :edge] = FILM
    return pixels


def leaf(height: int, width: int, tone: int = CARD) -> Grey:
    grain = np.random.default_rng(1).normal(0, 4, (height, width))
    return np.clip(tone + grain, 0, 255).astype(np.uint8)


def put(on: Grey, what: Grey, left: int, top: int) -> Box:
    height, width = what.shape
    on[top : top + height, left : left + width] = what
    return Box(left, top, left + width, top + height)


def typed(text: str, left: int, top: int, side: int = 30) -> Line:
    boxes = [Box(left + i * side, top, left + (i + 1) * side, top + side) for i in range(len(text))]
    chars = tuple(Char(c, box, 0.95) for c, box in zip(text, boxes, strict=True))
    return Line(Box.around(boxes), Direction.HORIZONTAL_LTR, chars)


def near(found: Box, true: Box, by: int = 12) -> bool:
    return all(abs(a - b) <= by for a, b in zip(found.as_tuple(), true.as_tuple(), strict=True))


def test_a_print_is_cut_out_of_its_card_with_its_label_as_caption() -> None:
    card = leaf(1500, 1200)
    true = put(card, picture(900, 1000, 2), 150, 120)
    lines = (typed("記者攝於外灘", 300, 1200), typed("民國廿三年五月", 300, 1250))
    sheet = lay_out(Sheet(pixels=card, lines=lines))
    (group,) = sheet.groups
    shown, caption = group.blocks
    assert shown.kind is RegionKind.PICTURE
    assert near(shown.box, true)
    assert caption.kind is RegionKind.CAPTION
    assert [line.text for line in caption.lines] == ["記者攝於外灘", "民國廿三年五月"]


def test_an_album_leaf_gives_each_picture_the_label_under_it() -> None:
    page = leaf(2000, 1500)
    places = [(100, 100), (800, 120), (110, 1000), (800, 1010)]
    true = [put(page, picture(560, 600, i), *at) for i, at in enumerate(places)]
    names = ["外灘", "四馬路", "報館門前", "印刷間"]
    lines = tuple(
        typed(name, box.left + 150, box.bottom + 40) for name, box in zip(names, true, strict=True)
    )
    groups = lay_out(Sheet(pixels=page, lines=lines)).groups
    assert [group.blocks[1].lines[0].text for group in groups] == names
    assert all(near(g.blocks[0].box, box) for g, box in zip(groups, true, strict=True))


def test_a_contact_sheet_is_split_into_the_frames_of_its_strips_of_film() -> None:
    page = leaf(1800, 2400)
    true = []
    for row in range(4):
        put(page, np.full((380, 2200), FILM, np.uint8), 100, 60 + 430 * row)
        for column in range(6):
            dark = 60 if (row, column) == (1, 2) else 0
            shot = picture(330, 250, 6 * row + column, dark)
            true.append(put(page, shot, 120 + 365 * column, 125 + 430 * row))
    found = find_photographs(Sheet(pixels=page))
    assert len(found) == len(true)
    assert all(any(near(box, frame, by=20) for box in found) for frame in true)


def test_a_print_without_a_border_is_one_picture() -> None:
    pixels = picture(1400, 1000, 3)
    assert find_photographs(Sheet(pixels=pixels)) == [Box(0, 0, 1400, 1000)]


def test_a_night_shot_is_not_cut_at_its_dark() -> None:
    card = leaf(1500, 1500)
    night = np.full((1000, 1200), FILM, np.uint8)
    put(night, picture(300, 500, 4), 150, 300)
    put(night, picture(260, 200, 5), 800, 420)
    true = put(card, night, 150, 150)
    (found,) = find_photographs(Sheet(pixels=card))
    assert near(found, true)


@pytest.mark.parametrize("seed", [0, 1])
def test_noise_and_bare_paper_hold_no_photograph(seed: int) -> None:
    noise = np.random.default_rng(seed).integers(0, 256, (1600, 1200)).astype(np.uint8)
    assert find_photographs(Sheet(pixels=noise)) == []
    assert find_photographs(Sheet(pixels=leaf(1600, 1200))) == []


def test_no_sample_newspaper_is_taken_for_photographs(samples: Path) -> None:
    """With its true lines, and with all of them badly read."""
    for truth in sorted((samples / "scans").rglob("*.truth.json")):
        for page in pages_from_json(truth.read_bytes()):
            scan = next(p for p in truth.parent.glob(f"{truth.name.split('.')[0]}.*") if p != truth)
            pixels = cv2.imread(str(scan), cv2.IMREAD_GRAYSCALE)
            assert pixels is not None
            box = page.box
            part = pixels[box.top : box.bottom, box.left : box.right]
            lines = tuple(
                Line(
                    line.box.shift(-box.left, -box.top),
                    line.direction,
                    tuple(Char(c.text, c.box, 0.3) for c in line.chars),
                )
                for region in page.regions
                for line in region.lines
            )
            assert find_photographs(Sheet(pixels=part, lines=lines)) == []

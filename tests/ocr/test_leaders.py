"""Dots that lead from a word to what belongs to it make one line of both."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from baoguan.model import Box, Char, Direction, Line
from baoguan.ocr.engines.rapidocr import RapidOcr
from baoguan.ocr.leaders import leaders_in, with_leaders
from baoguan.ocr.sheet import Grey, Mask, Sheet
from tests.scans import in_columns, written

SIDE = 30.0
PRICES = [("洋布每疋", "三元五角"), ("棉紗每包", "九十二元"), ("白米每石", "十一元二角")]


def dots(steps: list[int], *, x: int = 200, radius: int = 3) -> Mask:
    """Ink of round dots so far from each other down a page of 400 × 900."""
    page = Image.new("1", (400, 900))
    draw = ImageDraw.Draw(page)
    for y in np.cumsum([100, *steps]).tolist():
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=1)
    return np.array(page)


def test_evenly_set_dots_that_stand_alone_are_a_leader_down_and_across() -> None:
    ink = dots([14] * 20)
    (down,), (across,) = leaders_in(ink, SIDE), leaders_in(ink.T, SIDE)
    assert (len(down), Box.around(down)) == (21, Box(197, 97, 204, 384))
    assert Box.around(across) == Box(97, 197, 384, 204)


def test_a_dot_that_is_worn_away_does_not_end_a_leader() -> None:
    assert len(leaders_in(dots([14] * 8 + [28] + [14] * 8), SIDE)[0]) == 18


@pytest.mark.parametrize(
    "steps", [[10] * 5, [40] * 10, [9, 22, 13, 30, 8, 25, 12, 31, 9], [14] * 3]
)
def test_dots_of_a_sentence_or_far_apart_or_uneven_or_few_are_none(steps: list[int]) -> None:
    assert not leaders_in(dots(steps), SIDE)


def test_dots_beside_print_or_in_a_screen_are_none() -> None:
    beside = dots([14] * 20)
    beside[100:380, 208:214] = True
    screen = np.any([dots([14] * 20, x=x) for x in range(60, 340, 14)], axis=0)
    assert not leaders_in(beside, SIDE)
    assert not leaders_in(screen, SIDE)


def test_where_nothing_is_read_there_is_no_leader() -> None:
    assert not leaders_in(dots([14] * 20), 0)


def column(text: str, top: int, *, side: int = 30, x: int = 185) -> Line:
    chars = tuple(
        Char(c, Box(x, top + i * side, x + side, top + (i + 1) * side), 0.9)
        for i, c in enumerate(text)
    )
    return Line(Box.around(c.box for c in chars), Direction.VERTICAL_RL, chars)


def leader() -> list[Box]:
    return leaders_in(dots([14] * 20), SIDE)[0]


def test_what_stands_before_and_behind_a_leader_is_one_line_and_signs_read_of_it_go() -> None:
    aside = column("另一行", 0, x=300)
    before, behind = column("白米：", 10), column("三元", 390)
    joined = [line.text for line in with_leaders([behind, aside, before], [leader()])]
    assert sorted(joined) == ["另一行", "白米……三元"]


def test_the_dots_of_a_joined_line_lie_between_its_characters() -> None:
    (line,) = with_leaders([column("白米", 30), column("三元", 390)], [leader()])
    tops = [char.box.top for char in line.chars]
    assert tops == sorted(tops)
    assert line.box == Box(185, 30, 215, 450)


def test_a_leader_to_nothing_ends_its_line_and_one_without_a_line_changes_none() -> None:
    (line,) = with_leaders([column("白米", 30)], [leader()])
    assert line.text == "白米……"
    far = [column("白米", 30, x=20), column("三元", 600)]
    assert with_leaders(far, [leader()]) == far


def test_a_headline_and_small_print_at_two_ends_of_a_leader_stay_apart() -> None:
    large = column("白米", 390, side=60, x=170)
    lines = with_leaders([column("三元", 30), large], [leader()])
    assert [line.text for line in lines] == ["三元……", "白米"]


@pytest.mark.parametrize("down", [True, False])
def test_a_list_of_prices_is_read_a_line_each(down: bool) -> None:
    page = in_columns([], (500, 1000)) if down else written([], (1000, 500))
    lines = RapidOcr("fast").read_lines(Sheet(pixels=_prices(page, down), lies=0)).lines
    assert {line.text for line in lines} == {f"{name}……{price}" for name, price in PRICES}


def _prices(page: Image.Image, down: bool) -> Grey:
    for number, (name, price) in enumerate(PRICES):
        for part, at in ((name, 60), (price, 720)):
            shown = in_columns([part], (500, 300)) if down else written([part], (300, 300))
            box = (380, 50, 440, 280) if down else (50, 50, 260, 110)
            ink = shown.crop(box)
            page.paste(ink, (380 - 80 * number, at) if down else (at, 50 + 80 * number))
        draw = ImageDraw.Draw(page)
        for along in range(245, 700, 13):
            x, y = (406 - 80 * number, along) if down else (along, 84 + 80 * number)
            draw.ellipse((x - 3, y - 3, x + 3, y + 3), fill=15)
    return np.asarray(page.filter(ImageFilter.GaussianBlur(0.7)))

"""Columns in their cells, and which is read after which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from baoguan.model import Box, Line
from baoguan.ocr.flow import (
    HEADLINE,
    Column,
    chains_of,
    columns_of,
    follow,
    headings,
)
from baoguan.ocr.sheet import Rules
from tests.ocr.test_layout import PITCH, SIDE, column, register

EXTENT = Box(0, 0, 1400, 1400)
NO_INK = np.zeros((1400, 1400), np.bool_)
NO_RULES = Rules()


def cells(lines: Sequence[Line], rules: Rules = NO_RULES) -> list[Column]:
    return columns_of(lines, rules, EXTENT, SIDE, {}, NO_INK)


def room_of(own: Line, lines: Sequence[Line]) -> tuple[float, float]:
    (cell,) = (c for c in cells([own, *lines]) if c.first is own)
    return cell.ceiling, cell.floor


def test_a_column_stops_at_two_columns_set_off_by_half_of_one() -> None:
    own = column("中" * 8, 1200, 500)
    above = [column("上" * 9, 1220, 100), column("上" * 10, 1180, 100)]
    below = [column("下" * 9, 1220, 870), column("下" * 10, 1180, 840)]
    assert room_of(own, [*above, *below]) == (370, 870)
    for alone in (0, 1):
        assert room_of(own, [above[alone], below[alone]]) == (0, 1400)


def test_a_column_that_was_cut_too_wide_is_no_larger_than_its_characters_stand_apart() -> None:
    own = column("地八畝，興建新校舍", 1200, 100)
    box = replace(own.box, left=own.box.left - SIDE // 2)
    chars = tuple(replace(c, box=replace(c.box, left=box.left)) for c in own.chars)
    wide = replace(own, box=box, chars=chars)
    assert wide.box.width > HEADLINE * SIDE
    assert [cell.size < HEADLINE for cell in (*cells([own]), *cells([wide]))] == [True, True]


def test_of_two_columns_far_below_a_headlines_head_the_higher_is_read_first() -> None:
    rules = Rules(across=tuple(Box(900, top, 1135, top + 3) for top in (290, 490, 690)))
    head = column("大字標題大字標題大字", 1200, 100, 60)
    higher, lower = column("高" * 5, 1130, 300), column("低" * 5, 1130, 500)
    columns = cells([lower, higher, head], rules)
    assert columns[follow(columns, rules, PITCH)[2]].first is higher


@pytest.mark.parametrize(("text", "leads"), [("丙丙丙", True), ("丙丙", False)])
def test_what_is_as_short_as_a_paragraphs_end_is_no_kicker(text: str, leads: bool) -> None:
    before = register(["甲" * 18] * 3, 1200, 100)
    kicker, heading = column(text, 1080, 130), column("大字標題", 1040, 130, 56)
    columns = cells([*before, kicker, heading, *register(["丁" * 18] * 3, 970, 100)])
    (chain,) = chains_of(len(columns), follow(columns, Rules(), PITCH))
    found = {columns[i].first for i in headings(columns, chain, PITCH)}
    assert found == ({kicker, heading} if leads else {heading})


@pytest.mark.parametrize(
    ("top", "count", "side", "is_heading"),
    [(260, 4, 40, True), (260, 4, 33, False), (100, 4, 40, False), (260, 10, 40, True)],
    ids=["set in", "no larger", "level at its head", "into the next register"],
)
def test_a_column_rather_large_and_out_of_line_with_its_register_is_a_heading(
    top: int, count: int, side: int, is_heading: bool
) -> None:
    before, after = register(["甲" * 16] * 3, 1200, 100), register(["丁" * 16] * 3, 1020, 100)
    own, edge = column("題" * count, 1080, top, side), Rules(across=(Box(900, 90, 1300, 93),))
    columns = cells([*before, own, *after], edge)
    chains = chains_of(len(columns), follow(columns, edge, PITCH))
    (chain,) = (chain for chain in chains if any(columns[i].first is own for i in chain))
    found = [columns[i].first for i in headings(columns, chain, PITCH)]
    assert found == ([own] if is_heading else [])


def test_pieces_of_a_small_line_beside_a_headline_longer_than_both_are_one_column() -> None:
    pieces = [column("費時四載", 1000, 200), column("用款一百", 1000, 200 + 5 * SIDE)]
    text = register(["丁" * 4] * 3, 880, 100)
    headline = column("清溪鐵橋今日行通車", 960, 150, 60)
    assert len(cells([*pieces, headline, *text])) == 5
    assert len(cells([*pieces, *text])) == 5, "without the headline they are two"

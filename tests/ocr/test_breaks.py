"""Where articles begin among columns, and who signs them."""

from __future__ import annotations

import numpy as np
import pytest

from baoguan.model import Box, Direction, Line
from baoguan.ocr.breaks import runs_of
from baoguan.ocr.bylines import bylines
from baoguan.ocr.flow import chains_of, columns_of, follow
from baoguan.ocr.links import Run
from baoguan.ocr.sheet import Rules
from tests.ocr.test_layout import PITCH, SIDE, column, register, row

EXTENT = Box(0, 0, 1400, 1400)
NO_INK = np.zeros((1400, 1400), np.bool_)


def runs_in(lines: list[Line]) -> list[Run]:
    """What stands under a rule at the head of the columns."""
    rules = Rules(across=(Box(0, 95, 1400, 98),))
    columns = columns_of(lines, rules, EXTENT, SIDE, {}, NO_INK)
    chains = chains_of(len(columns), follow(columns, rules, PITCH))
    return runs_of(columns, chains, {}, PITCH, rules)


def heads_of_runs(lines: list[Line]) -> list[str]:
    return [run.columns[0].first.text[0] for run in runs_in(lines)]


def test_an_item_behind_its_sign_is_an_article_of_its_own() -> None:
    lines = register(["甲" * 10, "乙" * 10, "◎丙" + "丙" * 8, "丁" * 10], 1200, 100)
    assert heads_of_runs(lines) == ["甲", "◎"]


def test_signs_on_both_ends_are_those_of_a_caption() -> None:
    lines = register(["甲" * 10, "乙" * 10, "◎丙" + "丙" * 7 + "◎", "丁" * 10], 1200, 100)
    assert heads_of_runs(lines) == ["甲"]


@pytest.mark.parametrize(("top", "signs"), [(350, True), (700, False)])
def test_a_short_row_right_under_a_headline_is_its_byline(top: int, signs: bool) -> None:
    head = column("大字標題", 1200, 100, 60)
    name = row("（小英）", 1110, top)
    lines = [head, name, *register(["甲" * 12] * 6, 1080, 100)]
    assert bylines(lines, Rules(), SIDE) == ({id(head): [name]} if signs else {})


def test_a_rule_parts_a_headline_from_what_stands_below() -> None:
    head = column("大字標題", 1200, 100, 60)
    name = row("（小英）", 1110, 380)
    rules = Rules(across=(Box(1000, 360, 1300, 363),))
    assert bylines([head, name], rules, SIDE) == {}
    assert name.direction is Direction.HORIZONTAL_LTR


def test_a_headline_is_followed_by_the_byline_set_in_at_the_head_of_its_cell() -> None:
    """The text of the register below, level with its foot, is not its own."""
    head = column("大字標題大字標", 1200, 200, 60)
    byline = column("（小隱）", 1120, 160)
    upper = register(["甲" * 9] * 4, 1080, 100)
    lower = register(["子" * 9] * 5, 1120, 400)
    lines = [head, byline, *upper, *lower]
    rules = Rules(across=(Box(900, 385, 1140, 388), Box(900, 95, 1260, 98)))
    columns = columns_of(lines, rules, EXTENT, SIDE, {}, NO_INK)
    after = follow(columns, rules, PITCH)
    first = next(i for i, c in enumerate(columns) if c.first is head)
    assert columns[after[first]].first is byline


def test_a_name_in_brackets_above_the_floor_ends_an_article() -> None:
    texts = ["甲" * 10, "乙" * 10, "乙乙（小英）", "丙" * 10, "丁" * 10]
    assert heads_of_runs(register(texts, 1200, 100)) == ["甲", "丙"]


def test_a_name_in_brackets_after_a_title_ends_nothing() -> None:
    title, byline = column("小題", 1200, 160), column("（小英）", 1160, 220)
    lines = [title, byline, *register(["丙" * 10, "丁" * 10, "戊" * 10], 1120, 100)]
    assert "丙" not in heads_of_runs(lines)


def test_a_heading_with_a_number_in_brackets_ends_nothing() -> None:
    heading = column("四方大事（二）", 1200, 100, 60)
    lines = [heading, *register(["丙" * 18] * 3, 1130, 100)]
    assert heads_of_runs(lines) == ["四"]


@pytest.mark.parametrize(("top", "begins"), [(350, True), (280, False)])
def test_a_heading_that_stands_below_the_column_before_it_begins_an_article(
    top: int, begins: bool
) -> None:
    before = register([*["甲" * 18] * 3, "乙" * 8], 1300, 100)
    heading = column("小題大作", 1140, top, 44)
    lines = [*before, heading, *register(["丙" * 18] * 3, 1090, 100)]
    assert heads_of_runs(lines) == (["甲", "小"] if begins else ["甲"])


@pytest.mark.parametrize(("between", "begins"), [(0, True), (1, True), (2, False)])
def test_headings_with_no_more_than_a_column_between_begin_an_article(
    between: int, begins: bool
) -> None:
    before = register(["甲" * 18] * 3, 1300, 100)
    first = column("小題大作", 1180, 130, 44)
    text = register(["乙" * 18] * between, 1130, 100)
    second = column("又一題也", 1130 - PITCH * between, 130, 44)
    after = register(["丙" * 18] * 3, 1080 - PITCH * between, 100)
    heads = heads_of_runs([*before, first, *text, second, *after])
    assert heads == (["甲", "小"] if begins else ["甲"])


@pytest.mark.parametrize(("behind", "begins"), [("（小英）", True), ("小英先生", False)])
def test_a_title_with_a_byline_begins_an_article_at_the_head_of_its_columns(
    behind: str, begins: bool
) -> None:
    title, byline = column("小題大作之一", 1200, 190), column(behind, 1160, 220)
    (run,) = runs_in([title, byline, *register(["丙" * 18] * 3, 1120, 100)])
    assert run.begins is begins

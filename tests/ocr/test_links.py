"""Which run goes on in which: what stands below, unless it is far."""

from __future__ import annotations

from dataclasses import replace

from baoguan.model import Box, Char, Direction, Line
from baoguan.ocr.flow import Column
from baoguan.ocr.links import Run, foot_over, link

PITCH = 30.0


def column(text: str, right: int, top: int) -> Column:
    chars = tuple(
        Char(c, Box(right - 24, top + 24 * i, right, top + 24 * i + 24), 0.9)
        for i, c in enumerate(text)
    )
    box = Box.around(char.box for char in chars)
    line = Line(box, Direction.VERTICAL_RL, chars)
    return Column((line,), box, box.top, box.bottom, box.top, 1.0)


def run(texts: list[str], right: int, top: int, begins: bool = False) -> Run:
    columns = [column(text, right - n * int(PITCH), top) for n, text in enumerate(texts)]
    floor = max(column.floor for column in columns)
    return Run(tuple(replace(column, floor=floor) for column in columns), begins=begins)


def test_a_run_goes_on_below() -> None:
    above = run(["春眠不覺曉處處聞啼鳥"] * 4, 600, 0, begins=True)
    below = run(["夜來風雨聲花落知多少"] * 4, 600, 260)
    assert link([above, below], PITCH) == [[0, 1]]


def test_a_run_far_from_all_others_is_an_article_of_its_own() -> None:
    above = run(["春眠不覺曉處處聞啼鳥"] * 4, 1600, 0, begins=True)
    below = run(["夜來風雨聲花落知多少"] * 4, 300, 900)
    assert link([above, below], PITCH) == [[0], [1]]


def test_a_run_whose_columns_are_whole_may_go_on_back_at_the_right() -> None:
    above = run(["春眠不覺曉處處聞啼鳥"] * 4, 600, 0, begins=True)
    below = run(["夜來風雨聲花落知多少"] * 4, 1500, 260)
    assert link([above, below], PITCH) == [[0, 1]]


def test_a_run_that_ends_within_its_register_goes_on_nowhere() -> None:
    above = run(["春眠不覺曉處處聞啼鳥"] * 4 + ["春眠"], 600, 0, begins=True)
    below = run(["夜來風雨聲花落知多少"] * 4, 1500, 260)
    assert link([above, below], PITCH) == [[0], [1]]


def test_back_at_the_right_the_tail_of_a_paragraph_is_left_alone() -> None:
    above = run(["春眠不覺曉處處聞啼鳥"] * 4, 600, 0, begins=True)
    below = run(["夜來", *["夜來風雨聲花落知多少"] * 4], 1500, 260)
    assert link([above, below], PITCH) == [[0], [1]]


def test_a_byline_does_not_hide_where_the_register_above_it_ends() -> None:
    above = run(["小隱", *["春眠不覺曉處處聞啼鳥"] * 4], 600, 0, begins=True)
    below = run(["夜來風雨聲花落知多少"] * 4, 600, 260)
    assert foot_over(above, below.columns[0], PITCH) == above.columns[1].box.bottom
    assert link([above, below], PITCH) == [[0, 1]]

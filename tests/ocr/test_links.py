"""Which run goes on in which: what stands below, unless it is far."""

from __future__ import annotations

from baoguan.model import Box, Char, Direction, Line
from baoguan.ocr.flow import Column
from baoguan.ocr.links import Run, link

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
    return Run(tuple(columns), begins=begins)


def test_a_run_goes_on_below() -> None:
    above = run(["春眠不覺曉處處聞啼鳥"] * 4, 600, 0, begins=True)
    below = run(["夜來風雨聲花落知多少"] * 4, 600, 260)
    assert link([above, below], PITCH) == [[0, 1]]


def test_a_run_far_from_all_others_is_an_article_of_its_own() -> None:
    above = run(["春眠不覺曉處處聞啼鳥"] * 4, 1600, 0, begins=True)
    below = run(["夜來風雨聲花落知多少"] * 4, 300, 900)
    assert link([above, below], PITCH) == [[0], [1]]

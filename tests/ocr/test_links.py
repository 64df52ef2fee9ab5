"""Which run goes on in which: geometry first, then what the text tells."""

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


def test_pairs_of_characters_that_only_two_runs_share_link_them() -> None:
    one = run(["紅樓夢中人物之多如此"] * 4, 600, 0, begins=True)
    other = run(["黃河入海流白日依山盡"] * 4, 480, 0, begins=True)
    below = run(["入海流者必依山而行也"] * 4, 540, 260)
    assert [1, 2] in link([one, other, below], PITCH)
    swapped = [run([c.first.text for c in other.columns], 600, 0, begins=True),
               run([c.first.text for c in one.columns], 480, 0, begins=True), below]  # fmt: skip
    assert [0, 2] in link(swapped, PITCH)

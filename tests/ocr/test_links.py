"""Which run goes on in which: what stands below, unless it is far."""

from __future__ import annotations

from dataclasses import replace

import pytest

from baoguan.model import Box, Char, Direction, Line
from baoguan.ocr.flow import Column
from baoguan.ocr.links import Run, foot_over, link, with_own_text

PITCH = 30.0
WHOLE, NEXT = "春眠不覺曉處處聞啼鳥", "夜來風雨聲花落知多少"


def column(text: str, right: int, top: int) -> Column:
    chars = tuple(
        Char(c, Box(right - 24, top + 24 * i, right, top + 24 * i + 24), 0.9)
        for i, c in enumerate(text)
    )
    box = Box.around(char.box for char in chars)
    line = Line(box, Direction.VERTICAL_RL, chars)
    return Column((line,), box, box.top, box.bottom, box.top, 1.0)


def run(texts: list[str], right: int, top: int, begins: bool = False, white: int = 0) -> Run:
    """Columns of a register, `white` below the longest of them."""
    columns = [column(text, right - n * int(PITCH), top) for n, text in enumerate(texts)]
    floor = max(column.floor for column in columns) + white
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


def test_a_run_whose_columns_end_level_may_go_on_back_at_the_right_over_white() -> None:
    above = run([WHOLE] * 4, 600, 0, begins=True, white=36)
    below = run([NEXT] * 4, 1500, 276)
    assert link([above, below], PITCH) == [[0, 1]]


def test_two_whole_columns_may_go_on_back_at_the_right_under_a_headline_alone() -> None:
    above = run([WHOLE] * 3, 600, 0, begins=True)
    below = run([NEXT] * 4, 1500, 260)
    assert link([replace(above, headings=frozenset({0})), below], PITCH) == [[0, 1]]
    assert link([replace(above, columns=above.columns[1:]), below], PITCH) == [[0], [1]]


def test_what_leaves_room_in_its_own_frame_goes_on_within_it_and_nowhere_else() -> None:
    above = replace(run([WHOLE] * 4, 600, 0, begins=True), frame=1, ends_in_frame=True)
    below = run([NEXT] * 4, 600, 260)
    assert link([above, below], PITCH) == [[0], [1]]
    assert link([replace(above, ends_in_frame=False), below], PITCH) == [[0, 1]]
    assert link([above, replace(below, frame=1, ends_in_frame=True)], PITCH) == [[0, 1]]


def test_a_headline_ends_where_its_text_does_unless_its_cell_ends_before() -> None:
    whole = run(["大題", *[WHOLE] * 4], 600, 0, begins=True)
    wide = replace(whole.columns[0], box=Box(540, 0, 600, 150))
    text = tuple(column(WHOLE, 530 - n * int(PITCH), 0) for n in range(4))
    below = column(NEXT, 600, 260)

    def foot(floor: float) -> float:
        head = replace(wide, floor=floor)
        return foot_over(Run((head, *text), headings=frozenset({0})), below, PITCH)

    assert foot(400) == text[0].box.bottom == 240
    assert foot(200) == 200


def texts_with_own(led: Run, other: Run) -> list[str]:
    """What two articles say once each large headline has its own text."""
    runs, articles = with_own_text([led, other], [[0], [1]], PITCH)
    return ["".join(c.first.text for i in article for c in runs[i].columns) for article in articles]


BIG, TITLE, BYLINE = "四方大事四方大事四方大事", "小題大作", "（小英）"


def led(behind: str, size: float = 2.0, headings: frozenset[int] = frozenset({0})) -> Run:
    """A large headline down the page, a short column and others at its head."""
    head = replace(column(BIG, 640, 0), size=size)
    rest = run([TITLE, behind, "春眠"], 600, 0).columns
    return Run((head, *rest), begins=True, headings=headings)


@pytest.mark.parametrize(
    "first", [led(BYLINE), led("不覺", headings=frozenset({0, 1}))], ids=["byline", "heading"]
)
def test_text_at_the_foot_of_a_large_headline_is_its_own_under_another_title(first: Run) -> None:
    own = run([NEXT] * 2, 600, 110)
    title = "".join(c.first.text for c in first.columns[1:])
    assert texts_with_own(first, own) == [title, BIG + NEXT * 2]
    runs, _ = with_own_text([first, own], [[0], [1]], PITCH)
    assert runs[0].begins
    assert 0 in runs[0].headings


@pytest.mark.parametrize(
    ("first", "other"),
    [
        (led(BYLINE, size=1.5), run([NEXT] * 2, 600, 110)),
        (led("不覺"), run([NEXT] * 2, 600, 110)),
        (led(BYLINE), run([NEXT] * 2, 600, 110, begins=True)),
        (led(BYLINE), run([NEXT] * 2, 500, 110)),
        (led(BYLINE), run([NEXT] * 2, 600, 300)),
    ],
    ids=["small", "one title", "another article", "far aside", "below the headline"],
)
def test_elsewhere_a_headline_keeps_the_columns_at_its_head(first: Run, other: Run) -> None:
    said = ["".join(c.first.text for c in each.columns) for each in (first, other)]
    assert texts_with_own(first, other) == said

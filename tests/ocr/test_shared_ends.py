from __future__ import annotations

from baoguan.model import Box, Char, Direction, Line
from baoguan.ocr.shared_ends import without_shared_ends


def column(text: str, top: int, left: int = 0, sure: float = 0.99, side: int = 40) -> Line:
    chars = tuple(
        Char(c, Box(left, top + i * side, left + side, top + (i + 1) * side), sure)
        for i, c in enumerate(text)
    )
    return Line(Box.around(c.box for c in chars), Direction.VERTICAL_RL, chars)


def doubted(line: Line, at: int) -> Line:
    chars = list(line.chars)
    chars[at] = Char(chars[at].text, chars[at].box, 0.6)
    return Line(line.box, line.direction, tuple(chars))


UPPER = column("自初八日開秤以來四", 0)


def test_a_stroke_read_again_at_the_head_of_the_next_column_is_left_out() -> None:
    lower = doubted(column("一右茶棧", UPPER.box.bottom - 15), 0)
    upper, kept = without_shared_ends([UPPER, lower])
    assert upper == UPPER
    assert kept.text == "右茶棧"
    assert kept.box.top == lower.chars[1].box.top


def test_a_foot_that_reads_the_head_of_the_next_column_is_left_out() -> None:
    lower = column("右茶棧公", UPPER.box.bottom - 15)
    upper, kept = without_shared_ends([doubted(UPPER, -1), lower])
    assert (upper.text, kept) == ("自初八日開秤以來", lower)
    assert upper.box.bottom == UPPER.chars[-2].box.bottom


def test_what_is_read_surely_stays_on_both() -> None:
    lower = column("一右茶棧", UPPER.box.bottom - 15)
    assert without_shared_ends([UPPER, lower]) == [UPPER, lower]


def test_columns_that_only_touch_or_stand_beside_each_other_keep_their_ends() -> None:
    below = doubted(column("一右茶棧", UPPER.box.bottom - 5), 0)
    beside = doubted(column("一右茶棧", UPPER.box.bottom - 15, left=30), 0)
    assert without_shared_ends([UPPER, below, beside]) == [UPPER, below, beside]


def test_a_column_of_one_character_is_left_whole() -> None:
    lone = doubted(column("一", UPPER.box.bottom - 15), 0)
    assert without_shared_ends([UPPER, lone]) == [UPPER, lone]

from __future__ import annotations

from baoguan.model import Box, Char, Direction, Line
from baoguan.ocr.shared_ends import without_shared_ends


def column(text: str, top: int, left: int = 0, sure: float = 0.99, side: int = 40) -> Line:
    chars = tuple(
        Char(c, Box(left, top + i * side, left + side, top + (i + 1) * side), sure)
        for i, c in enumerate(text)
    )
    return Line(Box.around(c.box for c in chars), Direction.VERTICAL_RL, chars)


def row(text: str, left: int, side: int = 40) -> Line:
    chars = tuple(
        Char(c, Box(left + i * side, 0, left + (i + 1) * side, side), 0.99)
        for i, c in enumerate(text)
    )
    return Line(Box.around(c.box for c in chars), Direction.HORIZONTAL_LTR, chars)


def narrowed(char: Char, to: int) -> Char:
    left, top, _, bottom = char.box.as_tuple()
    return Char(char.text, Box(left, top, left + to, bottom), char.confidence)


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
    lower = column("丁右茶棧", UPPER.box.bottom - 15)
    assert without_shared_ends([UPPER, lower]) == [UPPER, lower]


def test_a_stroke_read_surely_is_that_of_the_character_whose_ink_it_is() -> None:
    upper = column("較前日漲三一", 0)
    lower = column("元九角，鹽", upper.box.bottom - 15)
    cut, kept = without_shared_ends([upper, lower])
    assert (cut.text, kept) == ("較前日漲三", lower)
    both = column("三千元", upper.box.bottom - 15)
    assert without_shared_ends([upper, both]) == [upper, both]


def test_a_character_read_twice_or_in_part_is_read_once_in_rows_too() -> None:
    first, second = row("上等香", 0), row("香茶", 105)
    kept, cut = without_shared_ends([first, second])
    assert (kept, cut.text, cut.box.left) == (first, "茶", second.chars[1].box.left)
    whole, part = row("僞標", 0), row("票商", 60)
    part = Line(part.box, part.direction, (narrowed(part.chars[0], 30), part.chars[1]))
    assert [line.text for line in without_shared_ends([whole, part])] == ["僞標", "商"]


def test_a_sliver_of_the_next_character_is_its_ink_however_little_of_that_it_is() -> None:
    head, year = row("五年", 0), row("年三十二", 48)
    sliver = narrowed(doubted(head, -1).chars[-1], 12)
    head = Line(Box(0, 0, 52, 40), head.direction, (head.chars[0], sliver))
    assert [line.text for line in without_shared_ends([head, year])] == ["五", "年三十二"]


def test_a_heading_whose_strip_ends_among_columns_takes_nothing_of_them() -> None:
    heading, text = column("中西按摩院", 0, side=80), column("女子精按", 380, left=20)
    assert without_shared_ends([heading, text]) == [heading, text]


def test_two_readings_of_one_column_are_left_alone() -> None:
    upper, same = column("及一切性病可於短期", 0), column("切性病可於短期治愈", 80)
    assert without_shared_ends([upper, same]) == [upper, same]


def test_columns_that_only_touch_or_stand_beside_each_other_keep_their_ends() -> None:
    below = doubted(column("一右茶棧", UPPER.box.bottom - 5), 0)
    beside = doubted(column("一右茶棧", UPPER.box.bottom - 15, left=30), 0)
    assert without_shared_ends([UPPER, below, beside]) == [UPPER, below, beside]


def test_a_column_of_one_character_is_left_whole() -> None:
    lone = doubted(column("一", UPPER.box.bottom - 15), 0)
    assert without_shared_ends([UPPER, lone]) == [UPPER, lone]

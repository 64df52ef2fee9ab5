from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from baoguan.model import ArticleKind, Box, Char, Direction, Line, RegionKind
from baoguan.ocr.cuts import blocks_in_order
from baoguan.ocr.flow import (
    chains_of,
    columns_of,
    follow,
    pitch_of,
    towers,
    without_bars,
    without_decoration,
)
from baoguan.ocr.layout import lay_out
from baoguan.ocr.registers import split_line
from baoguan.ocr.rows import is_ornament, join_rows, with_row_ends
from baoguan.ocr.sheet import Rules, Sheet

SIDE, PITCH = 30, 40


def column(text: str, right: int, top: int, side: int = SIDE) -> Line:
    chars = tuple(
        Char(c, Box(right - side, top + i * side, right, top + (i + 1) * side), 0.9)
        for i, c in enumerate(text)
    )
    return Line(Box.around(c.box for c in chars), Direction.VERTICAL_RL, chars)


def row(text: str, left: int, top: int, side: int = SIDE) -> Line:
    chars = tuple(
        Char(c, Box(left + i * side, top, left + (i + 1) * side, top + side), 0.9)
        for i, c in enumerate(text)
    )
    return Line(Box.around(c.box for c in chars), Direction.HORIZONTAL_LTR, chars)


def sheet_of(lines: Sequence[Line], direction: Direction) -> Sheet:
    """A sheet whose pixels show a black box for each character."""
    pixels = np.full((1400, 1400), 250, np.uint8)
    for line in lines:
        for char in line.chars:
            box = char.box
            pixels[box.top + 3 : box.bottom - 3, box.left + 3 : box.right - 3 : 4] = 20
    return Sheet(pixels=pixels, lines=tuple(lines), glyph=float(SIDE), direction=direction)


def register(texts: Sequence[str], right: int, top: int) -> list[Line]:
    return [column(text, right - i * PITCH, top) for i, text in enumerate(texts)]


def text_of(sheet: Sheet) -> str:
    return "".join(
        line.text for group in sheet.groups for block in group.blocks for line in block.lines
    )


def test_columns_are_read_from_right_to_left() -> None:
    lines = register(["甲乙丙丁戊己庚", "子丑寅卯辰巳午", "天地玄黃宇宙洪"], 1200, 100)
    columns = columns_of(
        lines, Rules(), Box(0, 0, 1400, 1400), SIDE, {}, np.zeros((1400, 1400), np.bool_)
    )
    after = follow(columns, Rules(), pitch_of(lines, SIDE))
    assert chains_of(3, after) == [[0, 1, 2]]


def test_a_rule_between_columns_parts_them() -> None:
    lines = register(["甲乙丙丁戊己庚", "子丑寅卯辰巳午"], 1200, 100)
    rules = Rules(down=(Box(1163, 90, 1166, 320),))
    columns = columns_of(
        lines, rules, Box(0, 0, 1400, 1400), SIDE, {}, np.zeros((1400, 1400), np.bool_)
    )
    assert follow(columns, rules, PITCH) == {}


def test_rules_between_all_columns_of_a_block_part_nothing() -> None:
    down = tuple(Box(x, 100, x + 3, 700) for x in range(300, 700, PITCH))
    kept = without_decoration(Rules(down=down), PITCH).down
    assert set(kept) == {down[0], down[-1]}


def test_a_rule_in_pieces_counts_as_one_among_rules_between_all_columns() -> None:
    whole = [Box(x, 0, x + 4, 900) for x in (100, 280)]
    beside = [Box(160, 0, 164, 300), Box(161, 560, 165, 640)]
    piece = Box(220, 320, 224, 540)
    left = without_decoration(Rules((), (*whole, *beside, piece)), 50.0)
    assert set(left.down) == set(whole)


def test_rules_at_the_ends_of_two_registers_are_not_pieces_of_one() -> None:
    above, below = Box(220, 0, 224, 300), Box(220, 900, 224, 1300)
    beside = [Box(x, 900, x + 4, 1300) for x in (160, 280)]
    left = without_decoration(Rules((), (above, below, *beside)), 50.0)
    assert above in left.down
    assert below not in left.down


def test_the_lower_register_is_read_after_the_upper() -> None:
    upper = register(["甲" * 10, "乙" * 10, "丙" * 10, "丁" * 10, "戊" * 10], 1200, 100)
    lower = register(["子" * 10, "丑" * 10, "寅" * 10, "卯" * 10, "辰" * 10], 1200, 440)
    laid = lay_out(sheet_of([*lower, *upper], Direction.VERTICAL_RL))
    read = text_of(laid)
    assert [read.index(c) for c in "甲乙丙丁戊子丑寅卯辰"] == sorted(
        read.index(c) for c in "甲乙丙丁戊子丑寅卯辰"
    )


def test_a_large_column_is_a_headline() -> None:
    lines = [column("大字標題", 1200, 100, 60), *register(["甲" * 12] * 6, 1120, 100)]
    laid = lay_out(sheet_of(lines, Direction.VERTICAL_RL))
    heads = [b for g in laid.groups for b in g.blocks if b.kind is RegionKind.HEADLINE]
    assert [line.text for block in heads for line in block.lines] == ["大字標題"]


def test_a_headline_over_two_columns_of_rows_owns_both() -> None:
    left = [row("左" * 12, 100, 300 + i * 45) for i in range(8)]
    right = [row("右" * 12, 520, 300 + i * 45) for i in range(8)]
    head = row("大字标题在上", 250, 180, 66)
    laid = lay_out(sheet_of([*left, *right, head], Direction.HORIZONTAL_LTR))
    (article,) = (g for g in laid.groups if g.kind is ArticleKind.ARTICLE)
    kinds = [block.kind for block in article.blocks]
    assert kinds == [RegionKind.HEADLINE, RegionKind.TEXT, RegionKind.TEXT]
    assert text_of(laid).startswith("大字标题在上左")
    assert text_of(laid).endswith("右")


def test_every_line_is_laid_out_once() -> None:
    lines = [
        *register(["甲" * 8, "乙" * 3, "丙" * 8], 1300, 100),
        row("一二三四", 300, 50, 70),
        column("邊", 40, 700),
        column("大字", 900, 500, 80),
    ]
    for direction in (Direction.VERTICAL_RL, Direction.HORIZONTAL_LTR):
        laid = lay_out(sheet_of(lines, direction))
        placed = [line.text for g in laid.groups for b in g.blocks for line in b.lines]
        assert len(placed) == len(set(placed))
        assert set(placed) <= {line.text for line in lines}


def test_a_cut_column_keeps_all_its_characters() -> None:
    line = column("甲乙丙丁戊己", 500, 100)
    pieces = split_line(line, [190.0])
    assert [piece.text for piece in pieces] == ["甲乙丙", "丁戊己"]


def test_single_characters_set_wide_are_one_row_read_from_the_right() -> None:
    singles = [row(c, 200 + i * 75, 100, 50) for i, c in enumerate("刊報江")]
    (joined,) = join_rows(singles, Direction.VERTICAL_RL, SIDE)
    assert joined.text == "江報刊"
    assert joined.direction is Direction.HORIZONTAL_RTL


def test_a_wave_is_no_text() -> None:
    assert is_ornament(column("wwmw", 100, 100), SIDE)
    assert is_ornament(column("wwwsww～w", 100, 100), SIDE)
    assert is_ornament(column("M3S>>>>～s>>Sw～>", 100, 100), SIDE)
    assert not is_ornament(column("W4", 100, 100), SIDE)
    assert not is_ornament(column("wwww報wwww", 100, 100), SIDE)
    assert not is_ornament(column("江城日報", 100, 100), SIDE)


def articles_of(sheet: Sheet) -> list[str]:
    return [
        "".join(line.text for block in group.blocks for line in block.lines)
        for group in sheet.groups
        if group.kind is ArticleKind.ARTICLE
    ]


def test_a_heading_may_stand_over_two_columns_of_its_text() -> None:
    lines = [
        *register(["甲" * 18, "乙" * 18], 1200, 100),
        column("小題大作", 1120, 110, 60),
        column("丙" * 10, 1120, 370),
        column("丁" * 10, 1080, 370),
        *register(["戊" * 18, "己" * 18, "庚" * 18], 1040, 100),
    ]
    read = text_of(lay_out(sheet_of(lines, Direction.VERTICAL_RL)))
    order = [read.index(c) for c in "甲乙小丙丁戊己庚"]
    assert order == sorted(order)


def test_bars_on_both_sides_of_a_sub_heading_part_nothing() -> None:
    heading = column("小題大作", 1080, 130, 48)
    bars = (Box(1086, 130, 1089, 322), Box(1018, 130, 1021, 322))
    rules = without_bars(Rules(down=bars), [heading], SIDE)
    assert rules.down == ()
    assert without_bars(Rules(down=bars[:1]), [heading], SIDE).down == bars[:1]


def begins_an_article(heading: Line, before: Sequence[Line], after: Sequence[Line]) -> bool:
    sheet = sheet_of([*before, heading, *after], Direction.VERTICAL_RL)
    laid = lay_out(replace(sheet, pixels=np.full_like(sheet.pixels, 250)))
    return any(text.startswith(heading.text) for text in articles_of(laid))


def test_a_large_heading_parted_by_white_begins_an_article() -> None:
    before = register(["甲" * 18] * 6, 1300, 100)
    after = register(["戊" * 18] * 6, 960, 100)
    assert begins_an_article(column("小題大作", 1030, 130, 48), before, after)
    assert not begins_an_article(column("小題大作", 1068, 130, 48), before, after)


def test_a_great_heading_begins_an_article_unless_a_greater_one_leads_its_columns() -> None:
    text = register(["甲" * 18] * 6, 1300, 100)
    after = register(["戊" * 18] * 6, 960, 100)
    great = column("小題大作", 1068, 130, 56)
    headline = column("四方大事", 1420, 100, 110)
    assert begins_an_article(great, text, after)
    assert not begins_an_article(great, [headline, *text], after)


def test_a_column_set_in_with_a_byline_behind_it_begins_an_article() -> None:
    before = register(["甲" * 18] * 6, 1300, 100)
    after = register(["戊" * 18] * 6, 1012, 100)
    title = column("小題大作之一", 1082, 190, 32)
    byline = column("（丹翁）", 1047, 220, 32)
    assert begins_an_article(title, before, [byline, *after])
    assert not begins_an_article(title, before, [column("丹翁先生", 1047, 220, 32), *after])


def test_what_ends_with_a_name_in_brackets_does_not_go_on_below() -> None:
    def articles(last: str) -> list[str]:
        above = register([*["甲" * 18] * 5, "乙" * 14 + last], 1300, 100)
        below = register(["丙" * 18] * 6, 1300, 100 + 19 * SIDE)
        sheet = sheet_of([*above, *below], Direction.VERTICAL_RL)
        return articles_of(lay_out(replace(sheet, pixels=np.full_like(sheet.pixels, 250))))

    assert len(articles("乙乙乙")) == 1
    assert len(articles("（戴）")) == 2


def across(text: str, right: int, top: int, step: int = SIDE) -> Line:
    """A row from right to left."""
    chars = tuple(
        Char(c, Box(right - i * step - SIDE, top, right - i * step, top + SIDE), 0.9)
        for i, c in enumerate(text)
    )
    return Line(Box.around(c.box for c in chars), Direction.HORIZONTAL_RTL, chars)


def test_a_row_gets_back_what_was_taken_for_the_heads_of_columns() -> None:
    row_ = across("學生自製桌", 1300, 100, PITCH)
    right = 1300 - 5 * PITCH
    loose = column("椅", right, 100)
    heads = [column("六", right - PITCH, 100), column("十", right - 2 * PITCH, 100)]
    below = [column("天地玄黃宇", right - (n + 1) * PITCH, 100 + SIDE + 15) for n in range(2)]
    columns = [
        replace(low, chars=(*top.chars, *low.chars), box=Box.around([top.box, low.box]))
        for top, low in zip(heads, below, strict=True)
    ]
    for alone in (loose, across("椅", right, 100)):
        assert [line.text for line in with_row_ends([row_, alone, *columns])] == [
            "學生自製桌椅六十",
            "天地玄黃宇",
            "天地玄黃宇",
        ]
    assert with_row_ends([row_, loose, columns[0]]) == [row_, loose, columns[0]]
    solid = [column("六天地玄黃宇", right - (n + 1) * PITCH, 100) for n in range(2)]
    assert with_row_ends([row_, loose, *solid]) == [row_, loose, *solid]


def test_columns_under_a_headline_and_under_the_one_below_it_are_of_one_article() -> None:
    before = register(["甲" * 12] * 12, 1300, 100)
    upper = across("新校舍下週落成", 1300, 600, 60)
    lower = across("桌椅六十副", 1300, 640, PITCH)
    columns = register(["乙" * 12] * 10, 1300, 685)
    sheet = sheet_of([*before, upper, lower, *columns], Direction.VERTICAL_RL)
    laid = lay_out(replace(sheet, pixels=np.full_like(sheet.pixels, 250)))
    assert sum("乙" in text for text in articles_of(laid)) == 1


def test_a_wave_read_as_a_few_letters_far_apart_is_an_ornament() -> None:
    def down(text: str, step: int) -> Line:
        boxes = [Box(100, 100 + i * step, 124, 100 + (i + 1) * step) for i in range(len(text))]
        chars = tuple(Char(c, box, 0.5) for c, box in zip(text, boxes, strict=True))
        return Line(Box.around(boxes), Direction.VERTICAL_RL, chars)

    assert is_ornament(down("wiS>", 143), 35)
    assert is_ornament(down("×>55sw53>5<3ws>", 45), 35)
    assert not is_ornament(down("wiSe", 18), 35)
    assert not is_ornament(down("一人家", 143), 35)


def test_pieces_of_a_headline_that_share_a_character_are_one_column() -> None:
    def pieces(side: int) -> int:
        upper = column("渡口", 1000, 100, side)
        lower = column("一人家", 1000, 100 + 2 * side - round(0.6 * side), side)
        return len(towers([upper, lower], [], Rules(), SIDE))

    assert pieces(80) == 1
    assert pieces(SIDE) == 2


@pytest.mark.parametrize(("foot", "kind"), [(1200, "advertisement"), (1000, "article")])
def test_a_drawing_in_its_frame_level_with_an_advertisement_is_one(foot: int, kind: str) -> None:
    text = [line for top in (60, 400) for line in register(["天地玄黃宇宙洪荒"] * 25, 1300, top)]
    advert = [column("杏花酒樓", 1240, 850, 80), column("高尙粵菜", 1140, 850, 60)]
    sheet = sheet_of([*text, *advert], Direction.VERTICAL_RL)
    for left, right, bottom in ((1000, 1300, 1200), (560, 960, foot)):
        sheet.pixels[800:806, left:right] = sheet.pixels[bottom - 6 : bottom, left:right] = 20
        sheet.pixels[800:bottom, left : left + 6] = sheet.pixels[800:bottom, right - 6 : right] = 20
    y, x = np.ogrid[:1400, :1400]
    grain = np.random.default_rng(1).random((1400, 1400)) < 0.6
    sheet.pixels[((x - 760) ** 2 + (y - (800 + foot) / 2) ** 2 < 80**2) & grain] = 60
    groups = lay_out(sheet).groups
    (group,) = (g for g in groups if any(b.kind is RegionKind.PICTURE for b in g.blocks))
    assert group.kind.value == kind


def test_a_row_under_all_columns_of_an_advertisement_is_read_last_however_short() -> None:
    text = [line for top in (60, 400) for line in register(["天地玄黃宇宙洪荒"] * 25, 1300, top)]
    name, *columns = column("花露", 1285, 820, 110), *register(["質料高貴純淸"] * 8, 1150, 820)
    foot = across("各大商店代售", 1280, 1042)
    sheet = sheet_of([*text, name, foot, *columns], Direction.VERTICAL_RL)
    sheet.pixels[800:806, 800:1300] = sheet.pixels[1194:1200, 800:1300] = 20
    sheet.pixels[800:1200, 800:806] = sheet.pixels[800:1200, 1294:1300] = 20
    (advert,) = (g for g in lay_out(sheet).groups if g.kind is ArticleKind.ADVERTISEMENT)
    read = [line.text for block in advert.blocks for line in block.lines]
    assert read == [name.text, *(line.text for line in columns), foot.text]


def test_an_advert_is_cut_at_its_widest_white_first() -> None:
    right = [column("甲乙丙", 1000, 100), column("丁戊己", 960, 100), row("天地", 935, 200)]
    left = [row("玄黃", 520, 100), column("子丑寅", 580, 140), column("卯辰巳", 540, 140)]
    blocks = blocks_in_order([*left, *right], -SIDE, right_to_left=True)
    read = "".join(line.text[0] for block in blocks for line in block)
    assert read == "甲丁天玄子卯"

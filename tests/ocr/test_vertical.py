"""Pages of columns: frames and what stands in them, rows, strips beside a wall of rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from baoguan.model import ArticleKind, Box, Direction, Line
from baoguan.ocr.sheet import Rules, Sheet
from baoguan.ocr.vertical import headlines_above, lay_out_vertical, without_specks
from tests.ocr.test_layout import PITCH, SIDE, articles_of, column, register, row, sheet_of

FRAME = Box(700, 100, 1300, 700)
NO_RULES = Rules()


def around(box: Box) -> Rules:
    return Rules(
        across=tuple(Box(box.left, y, box.right, y + 3) for y in (box.top, box.bottom)),
        down=tuple(Box(x, box.top, x + 3, box.bottom) for x in (box.left, box.right)),
    )


def laid_out(lines: Sequence[Line], rules: Rules = NO_RULES) -> Sheet:
    sheet = sheet_of(lines, Direction.VERTICAL_RL)
    return lay_out_vertical(replace(sheet, ink=sheet.pixels < 128, rules=rules))


@pytest.mark.parametrize(
    ("rule", "leads"),
    [
        (Box(400, 150, 700, 153), False),
        (Box(700, 150, 1000, 153), True),
        (Box(400, 90, 700, 93), True),
    ],
    ids=["between", "aside", "above"],
)
def test_a_row_leads_no_column_beyond_a_rule(rule: Box, leads: bool) -> None:
    head = row("四方大事", 500, 100)
    lines = [head, column("甲" * 10, 600, 170)]
    found = headlines_above(lines, Rules(across=(rule,)), SIDE)
    assert found == ({1: head} if leads else {})


@pytest.mark.parametrize("at_head", [True, False])
def test_a_row_that_leads_nothing_belongs_to_the_article_in_whose_frame_it_stands(
    at_head: bool,
) -> None:
    text = register(["甲" * 14] * 10, 1280, 250 if at_head else 115)
    lines = [*text, row("一二三四", 900, 115 if at_head else 640)]
    lines += register(["乙" * 14] * 10, 680, 100)
    said = "甲" * 140
    whole = "一二三四" + said if at_head else said + "一二三四"
    assert whole in articles_of(laid_out(lines, around(FRAME)))
    assert "一二三四" in articles_of(laid_out(lines))


def test_a_row_under_the_only_article_of_a_page_without_frames_is_one_for_itself() -> None:
    lines = [*register(["甲" * 14] * 10, 1280, 115), row("一二三四", 900, 640)]
    assert articles_of(laid_out(lines)) == ["甲" * 140, "一二三四"]


def count_of(columns: int, rules: Rules) -> int:
    """How many articles there are where text stands under one that is as many columns wide."""
    above = [column("大字標題", 1285, 115, 60), *register(["甲" * 19] * columns, 1205, 115)]
    below = register(["乙" * 14] * 12, 1285, 720)
    return len(articles_of(laid_out([*above, *below], rules)))


def test_what_leaves_room_in_its_frame_does_not_go_on_below_it() -> None:
    assert count_of(12, around(FRAME)) == 1
    assert count_of(8, around(FRAME)) == 2


def test_an_article_without_a_frame_goes_on_whatever_room_it_leaves() -> None:
    assert count_of(8, NO_RULES) == 1


@pytest.mark.parametrize(
    ("columns", "kind"), [(21, ArticleKind.ARTICLE), (18, ArticleKind.ADVERTISEMENT)]
)
def test_a_strip_of_many_body_columns_beside_a_wall_holds_articles(
    columns: int, kind: ArticleKind
) -> None:
    strip = [column("丙" * 12, 1390 - n // 3 * PITCH, 100 + n % 3 * 400) for n in range(columns)]
    text = [line for y in (100, 500, 900) for line in register(["甲" * 12] * 20, 1060, y)]
    laid = laid_out([*strip, *text], Rules(down=(Box(1105, 60, 1108, 1340),)))
    kinds = {g.kind for g in laid.groups for b in g.blocks for x in b.lines if x.text[0] == "丙"}
    assert kinds == {kind}


def test_a_large_headline_with_another_title_at_its_head_leads_the_text_at_its_foot() -> None:
    head, title = column("四方大事記四方大事記", 1300, 100, 72), column("小題大作", 1218, 100, 48)
    text = register([*["甲" * 9] * 5, "甲甲甲"], 1160, 100)
    own = register(["乙" * 13] * 7, 1218, 420)
    items = register(["◎丙丙丙丙丙丙"] * 3, 1340, 900)
    rules = Rules(across=(Box(900, 390, 1222, 393),))
    articles = articles_of(laid_out([head, title, *text, *own, *items], rules))
    assert articles[:2] == [head.text + "乙" * 91, title.text + "甲" * 48]


def test_a_word_far_from_all_others_is_kept_where_it_is_read_surely() -> None:
    body = register(["江上早報記者", "昨日到埠之船"], 1200, 100)
    word = column("吉祥", 200, 1200)
    doubtful = replace(word, chars=tuple(replace(c, confidence=0.5) for c in word.chars))
    assert without_specks([*body, word], SIDE) == (*body, word)
    assert without_specks([*body, doubtful], SIDE) == tuple(body)


@pytest.mark.parametrize(
    ("pieces", "is_margin"), [(("廣告刊例" * 3, "每日每行" * 4), True), (("廣告刊例",), False)]
)
def test_columns_in_line_along_most_of_the_text_are_its_margin(
    pieces: tuple[str, ...], is_margin: bool
) -> None:
    text = [line for top in (80, 400, 720, 1040) for line in register(["甲" * 10] * 30, 1240, top)]
    tops = 90, 560
    margin = [column(said, 1300, top) for said, top in zip(pieces, tops, strict=False)]
    kinds = {
        line.text: group.kind
        for group in laid_out([*text, *margin]).groups
        for block in group.blocks
        for line in block.lines
    }
    assert {kinds[said] is ArticleKind.MARGIN for said in pieces} == {is_margin}

"""Display type: an advertisement is told from an article by its sizes of type."""

from __future__ import annotations

import pytest

from baoguan.ocr.display import is_display
from tests.ocr.test_layout import SIDE, column, register


@pytest.mark.parametrize(("large", "is_advert"), [(120, True), (105, True), (60, False)])
def test_text_under_a_great_name_is_an_advertisement_and_under_a_headline_an_article(
    large: int, is_advert: bool
) -> None:
    name = column("秦錫祺醫師", 1200, 100, large)
    text = register(["主治砂眼赤眼腫痛流淚"] * 7, 1060, 100)
    assert is_display([name, *text], SIDE) is is_advert


def test_a_headline_over_two_long_columns_in_a_cell_of_rules_is_an_articles() -> None:
    head, text = (
        column("崔到齊事三詠", 1200, 100, 60),
        register(["昨夜溫柔一夢過" * 4] * 2, 1130, 100),
    )
    assert not is_display([head, *text], SIDE)
    assert is_display([head, *(column("每瓶六角", line.box.right, 100) for line in text)], SIDE)


def test_many_short_lines_with_large_type_are_an_advertisement_and_long_ones_an_article() -> None:
    large = [column("四大禁書", 1300 - 70 * i, 100, 60) for i in range(4)]
    short = [column("價一元", 1000 - 40 * (i % 20), 400 + 250 * (i // 20)) for i in range(50)]
    assert is_display([*large, *short], SIDE)
    long = register(["每部大洋三角郵費在內"] * 16, 1000, 400)
    assert not is_display([*large, *long], SIDE)

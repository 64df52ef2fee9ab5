"""What a printer rules between what stands above and beside each other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from baoguan.model import ArticleKind, Direction, RegionKind
from press.ecpo import Shape
from press.ruling import rules_of, style_of
from press.sheet import Rect, Rule, SetArticle, SetRegion


def article(name: str, *rects: Rect) -> SetArticle:
    regions = tuple(SetRegion(RegionKind.TEXT, rect, Direction.VERTICAL_RL) for rect in rects)
    return SetArticle(name, ArticleKind.ARTICLE, "", regions)


def ruled(*articles: SetArticle) -> list[Rule]:
    rects = [region.rect for each in articles for region in each.regions]
    shapes = [
        Shape(str(n), "article", ((r.left, r.top), (r.right, r.top), (r.right, r.bottom),
                                  (r.left, r.bottom)))
        for n, r in enumerate(rects)
    ]  # fmt: skip
    rng = np.random.default_rng(0)
    style = replace(style_of(rng), registers=1.0, bars=1.0, bar="thin")
    return rules_of(articles, shapes, style, rng)


UPPER, LOWER = Rect(100, 0, 500, 400), Rect(100, 412, 500, 800)
LEFT = Rect(0, 0, 90, 400)


def test_a_line_parts_registers_of_one_article_too() -> None:
    (rule,) = ruled(article("a", UPPER, LOWER))
    assert rule.rect == Rect(100, 406, 500, 406)


def test_a_bar_parts_articles_side_by_side_and_not_the_text_of_one() -> None:
    (rule,) = ruled(article("a", UPPER), article("b", LEFT))
    assert rule.rect == Rect(95, 0, 95, 400)
    assert ruled(article("a", UPPER, LEFT)) == []


def test_a_bar_parts_articles_that_adjoin_without_white() -> None:
    (rule,) = ruled(article("a", UPPER), article("b", Rect(0, 0, 100, 400)))
    assert rule.rect == Rect(100, 0, 100, 400)


def test_a_line_is_drawn_out_as_far_as_nothing_stands_in_its_way() -> None:
    aside = Rect(540, 0, 900, 380)
    lines = [r.rect for r in ruled(article("a", UPPER, LOWER, aside)) if r.rect.top == 406]
    assert lines == [Rect(100, 406, 900, 406)]

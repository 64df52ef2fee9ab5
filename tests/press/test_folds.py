"""Folds set again: every character of the truth stands in the polygons, jumps included."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from baoguan.model import ArticleKind, Direction
from press.ecpo import Fold, Paragraph, Shape, Told, folds_below
from press.facsimile import set_page
from press.folds import make_folds, set_fold, straight
from press.fonts import Face
from press.matching import match
from press.pouring import Part, pour
from press.ruling import style_of
from press.sheet import Rect


def shape(
    name: str, left: float, top: float, right: float, bottom: float, kind: str = "article"
) -> Shape:
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    return Shape(name, kind, corners)


def article(title: str, lines: int, rows: int) -> Told:
    body = tuple("春" * rows for _ in range(lines))
    parts = (Paragraph((title,), Direction.VERTICAL_RL), Paragraph(body, Direction.VERTICAL_RL))
    return Told("article", 2, parts)


HEAD = shape("head", 1000, 0, 1100, 500)
BESIDE = shape("beside", 650, 0, 1000, 444)  # 10 columns of 16
BELOW = shape("below", 950, 464, 1125, 908)  # 5 columns of 16, in the next register
SHORT = shape("short", 650, 464, 940, 741)  # columns of 10


def test_an_article_is_found_where_its_columns_fit_and_it_jumps_to_the_next_register() -> None:
    found = match([article("不怕死下場", 15, 16)], [HEAD, BESIDE, BELOW, SHORT])
    assert found[0].head is HEAD
    assert found[0].body == (BESIDE, BELOW)


def test_no_two_articles_share_a_polygon() -> None:
    twice = [article("不怕死下場", 15, 16), article("揩油博士傳", 15, 16)]
    assert len(match(twice, [HEAD, BESIDE, BELOW, SHORT])) == 1


def test_text_goes_on_in_the_next_rectangle_and_what_finds_no_room_is_counted() -> None:
    regions, lost = pour([Part("春" * 250, Face.SONG)], [BESIDE.rect, BELOW.rect])
    assert [len(region.lines) for region in regions] == [10, 5]
    assert lost == 250 - 15 * 16
    for region in regions:
        for line in region.lines:
            for glyph in line.glyphs:
                cell = Rect(glyph.left, glyph.top, glyph.left + glyph.width,
                            glyph.top + glyph.height)  # fmt: skip
                assert region.rect.holds(cell, 1.0)


def test_slanted_polygons_are_turned_upright() -> None:
    slanted = Shape("s", "article", ((100, 0), (400, 0), (380, 1000), (80, 1000)))
    (upright,) = straight([slanted])
    assert upright.rect.width == pytest.approx(300, abs=8)


def test_the_same_fold_is_set_alike_every_time() -> None:
    told = [article("不怕死下場", 15, 16)]

    def page() -> object:
        rng = np.random.default_rng(7)
        return set_page(2, (2400, 3400), told, [], [HEAD, BESIDE, BELOW], style_of(rng), rng)

    assert page() == page()


@pytest.mark.parametrize("left", [400, 2300], ids=["on a page", "in the strip"])
def test_articles_polygons_within_an_advertisement_are_its_own_text(
    left: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for step in ("print_page", "film", "true_pages"):
        monkeypatch.setattr(f"press.folds.{step}", lambda *_, **__: ())
    shapes = [
        shape("advert", left, 500, left + 400, 1300, "advertisement"),
        shape("within", left + 20, 520, left + 380, 960),
        shape("half", left + 220, 1000, left + 620, 1290),
    ]
    elsewhere = [shape("left", 1400, 0, 1760, 440), shape("right", 3000, 0, 3360, 440)]
    advert = Told("advert", 2, (Paragraph(("張小泉剪刀", "杭州大井巷"), Direction.VERTICAL_RL),))
    told = [advert, *(article(c * 5, 12, 16) for c in "天地玄黃")]
    told += [replace(each, page=3) for each in told]
    fold = Fold("jb", dt.date(1920, 4, 6), (2, 3), tuple(told), (*shapes, *elsewhere))
    pages = set_fold(fold, []).set_pages
    tops = {(a.kind, r.rect.top) for page in pages for a in page.articles for r in a.regions}
    assert tops == {
        (ArticleKind.ADVERTISEMENT, 505), (ArticleKind.ARTICLE, 1002), (ArticleKind.ARTICLE, 2)
    }  # fmt: skip


def test_every_advertisement_has_a_frame() -> None:
    lines = ("張小泉剪刀", "杭州大井巷", "零售批發一律歡迎")
    told = [Told("advert", 2, (Paragraph(lines, Direction.VERTICAL_RL),))]
    rects = [(100 + n % 10 * 220, 100 + n // 10 * 420) for n in range(40)]
    shapes = [shape(f"{x} {y}", x, y, x + 200, y + 400, "advertisement") for x, y in rects]
    rng = np.random.default_rng(7)
    page = set_page(2, (2400, 1800), told, [], shapes, style_of(rng), rng)
    assert len(page.articles) == 40
    for advert in page.articles:
        (rule,) = advert.rules
        assert rule.rect == advert.regions[0].rect
        assert rule.style


def test_a_real_fold_gives_a_scan_with_its_truth_in_both_forms(
    shared: Path, tmp_path: Path
) -> None:
    (made,) = make_folds(shared / "data" / "jingbao-text", tmp_path, "1920-04-15_0002+0003")
    truth = json.loads((tmp_path / f"{made.name}.truth.json").read_text("utf-8"))
    assert len(truth) == 2
    assert sum(len(page.articles) for page in made.pages) > 10
    text = (tmp_path / f"{made.name}.text.xml").read_text("utf-8")
    assert text.count("<lb/>") == sum(len(r.lines) for p in made.pages for r in p.regions)
    matched = [note for page in made.set_pages for note in page.notes if "matched" in note]
    assert len(matched) >= 8


def test_forty_folds_are_told(shared: Path) -> None:
    folds: list[Fold] = list(folds_below(shared / "data" / "jingbao-text"))
    assert len(folds) == 40
    assert folds[1].numbers == (3, 2)
    assert folds[1].date == dt.date(1920, 4, 3)

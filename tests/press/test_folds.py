"""Folds set again: every character of the truth stands in the polygons, jumps included."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import numpy as np
import pytest

from baoguan.model import Direction
from press.ecpo import Fold, Paragraph, Shape, Told, folds_below
from press.facsimile import set_page
from press.folds import make_folds, straight
from press.fonts import Face
from press.matching import match
from press.pouring import Part, pour
from press.ruling import style_of
from press.sheet import Rect


def shape(name: str, left: float, top: float, right: float, bottom: float) -> Shape:
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    return Shape(name, "article", corners)


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

"""The laws of a page."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baoguan.model import Direction, RegionKind
from press.fonts import Face, FontMissing, Script, font
from press.layout import Depths, lay_out, share
from press.paper import House, Item, PagePlan, Paper, all_papers
from press.sheet import Rect, SetPage

try:
    font(Face.SONG_BLACK, Script.TRADITIONAL, 28)
    font(Face.KAI, Script.TRADITIONAL, 28)
except FontMissing as missing:
    pytest.skip(str(missing), allow_module_level=True)

HOUSE = House(
    width=900,
    height=1200,
    margin=40,
    script=Script.TRADITIONAL,
    direction=Direction.VERTICAL_RL,
    size=28,
    pitch=1.5,
    gutter=34,
)
directions = st.sampled_from([Direction.VERTICAL_RL, Direction.HORIZONTAL_LTR])
body = st.text("一二三城江水月日報新聞風雨，。", min_size=60, max_size=420)


def set_one(text: str, direction: Direction, columns: int) -> SetPage:
    plan = PagePlan(1, "story", folio="報頭|第一版", columns=columns)
    story = Item("story", head=("水漲三尺",), body=(text,))
    return lay_out(plan, replace(HOUSE, direction=direction), {"story": story})


def text_of(page: SetPage, key: str, kind: RegionKind = RegionKind.TEXT) -> str:
    article = next(a for a in page.articles if a.key == key)
    regions = [region for region in article.regions if region.kind is kind]
    return "".join(line.text for region in regions for line in region.lines)


@given(body, directions, st.integers(2, 4))
@settings(max_examples=40, deadline=None)
def test_no_character_of_an_article_is_lost_or_set_twice(
    text: str, direction: Direction, columns: int
) -> None:
    page = set_one(text, direction, columns)
    assert text_of(page, "story") == text
    assert text_of(page, "story", RegionKind.HEADLINE) == "水漲三尺"


@given(body, directions, st.integers(2, 4))
@settings(max_examples=40, deadline=None)
def test_columns_run_to_the_left_when_vertical_and_down_when_horizontal(
    text: str, direction: Direction, columns: int
) -> None:
    page = set_one(text, direction, columns)
    for region in page.articles[-1].regions:
        if region.kind is not RegionKind.TEXT:
            continue
        firsts = [line.glyphs[0] for line in region.lines]
        for before, after in itertools.pairwise(firsts):
            if direction is Direction.VERTICAL_RL:
                assert after.left < before.left
            else:
                assert after.top > before.top


@given(body, directions, st.integers(2, 4))
@settings(max_examples=40, deadline=None)
def test_every_character_stands_inside_its_region(
    text: str, direction: Direction, columns: int
) -> None:
    page = set_one(text, direction, columns)
    for region in page.articles[-1].regions:
        for glyph in (glyph for line in region.lines for glyph in line.glyphs):
            cell = Rect(glyph.left, glyph.top, glyph.left + glyph.width, glyph.top + glyph.height)
            assert region.rect.holds(cell, slack=1.0)


depths = st.builds(
    lambda least, more, most: Depths(least, least + more, least + more + most),
    st.floats(20, 400),
    st.floats(0, 80),
    st.floats(0, 300),
)


@given(st.lists(depths, min_size=1, max_size=6), st.floats(500, 2500))
def test_a_stack_fills_its_room_to_the_end(wanted: list[Depths], room: float) -> None:
    assert sum(share(wanted, room)) == pytest.approx(room)


@pytest.mark.parametrize("paper", all_papers(), ids=lambda p: f"{p.title}-{p.date.year}")
def test_every_word_of_a_paper_is_printed_once(paper: Paper) -> None:
    for plan in paper.pages:
        page = lay_out(plan, paper.house, paper.items)
        for article in page.articles[1:]:
            item = paper.items[article.key]
            printed = "".join(line.text for r in article.regions for line in r.lines)
            wanted = [item.kicker, *item.head, item.deck, item.by, *item.body]
            wanted += [item.name, item.foot.replace("|", "")]
            wanted += [cell for row in item.rows for cell in row]
            if item.illustration:
                wanted.append(item.illustration.caption)
            assert sorted(printed) == sorted(c for c in "".join(wanted) if not c.isspace())


@pytest.mark.parametrize("paper", all_papers(), ids=lambda p: f"{p.title}-{p.date.year}")
def test_no_two_items_of_a_page_overlap(paper: Paper) -> None:
    for plan in paper.pages:
        page = lay_out(plan, paper.house, paper.items)
        sheet = Rect(0, 0, page.width, page.height)
        cells = [
            (article.key, glyph)
            for article in page.articles
            for region in article.regions
            for line in region.lines
            for glyph in line.glyphs
        ]
        taken: dict[tuple[int, int], str] = {}
        for key, glyph in cells:
            assert sheet.holds(
                Rect(glyph.left, glyph.top, glyph.left + glyph.width, glyph.top + glyph.height)
            )
            middle = int(glyph.left + glyph.width / 2) // 8, int(glyph.top + glyph.height / 2) // 8
            assert taken.setdefault(middle, key) == key

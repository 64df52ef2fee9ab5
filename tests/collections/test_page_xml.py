from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from baoguan.collections.page_xml import NAMESPACE, page_xml
from baoguan.model import ArticleKind, Box, Direction, Page, RegionKind
from baoguan.revisions import pages_from_json
from tests.collections.schemas import schema
from tests.pages import vertical_page

NS = {"p": NAMESPACE}
MADE = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)


def document(page: Page) -> etree._Element:
    return etree.fromstring(page_xml(page, image="jb_1939-04-23_1.jpg", made=MADE))


def with_kind(page: Page, index: int, kind: RegionKind) -> Page:
    regions = list(page.regions)
    regions[index] = replace(regions[index], kind=kind)
    return replace(page, regions=tuple(regions))


def points(element: etree._Element) -> list[tuple[int, int]]:
    coords = element.find("p:Coords", NS)
    assert coords is not None
    pairs = (pair.split(",") for pair in coords.get("points", "").split())
    return [(int(x), int(y)) for x, y in pairs]


def test_every_kind_of_region_is_valid(shared: Path) -> None:
    rules = schema(shared / "schemas" / "page-2024-07-15.xsd")
    for kind in RegionKind:
        rules.assertValid(document(with_kind(vertical_page(), 0, kind)))


def test_an_empty_page_is_valid_too(shared: Path) -> None:
    page = replace(vertical_page(), regions=(), articles=(), pictures=(), provenance=(), dpi=None)
    schema(shared / "schemas" / "page-2024-07-15.xsd").assertValid(document(page))


def test_every_sample_is_valid(shared: Path, samples: Path) -> None:
    rules = schema(shared / "schemas" / "page-2024-07-15.xsd")
    for file in samples.rglob("*.truth.json"):
        for page in pages_from_json(file.read_bytes()):
            rules.assertValid(document(page))


def test_every_character_has_its_box_and_its_confidence() -> None:
    page = vertical_page()
    chars = [c for region in page.regions for line in region.lines for c in line.chars]
    glyphs = document(page).findall(".//p:Glyph", NS)
    assert [glyph.findtext("p:TextEquiv/p:Unicode", None, NS) for glyph in glyphs] == [
        char.text for char in chars
    ]
    for glyph, char in zip(glyphs, chars, strict=True):
        (left, top), (right, _), (_, bottom), _ = points(glyph)
        assert Box(left, top, right + 1, bottom + 1) == char.box
        equivalent = glyph.find("p:TextEquiv", NS)
        assert equivalent is not None
        assert equivalent.get("conf") == "0.900"


def test_a_doubtful_character_tells_what_else_it_may_be() -> None:
    first, second, *_ = document(vertical_page()).findall(".//p:Glyph", NS)
    told = [
        (each.get("index"), each.get("conf"), each.findtext("p:Unicode", None, NS))
        for each in first.findall("p:TextEquiv", NS)
    ]
    assert told == [("0", "0.900", "華"), ("1", "0.060", "囘"), ("2", "0.020", "回")]
    assert len(second.findall("p:TextEquiv", NS)) == 1


def test_articles_are_groups_in_reading_order() -> None:
    page = vertical_page()
    whole = document(page).find("p:Page/p:ReadingOrder/p:OrderedGroup", NS)
    assert whole is not None
    *groups, picture = whole
    assert [group.get("caption") for group in groups] == ["華軍反攻南昌", "寧波米價高漲"]
    assert picture.get("regionRef") == f"b-{page.regions[-1].id}"
    for group, article in zip(groups, page.articles, strict=True):
        assert [each.get("regionRef") for each in group] == [f"b-{id_}" for id_ in article.regions]


def test_an_article_from_another_page_is_marked_as_going_on() -> None:
    page = vertical_page()
    first = page.articles[0]
    moved = replace(first, regions=("jb-1939-04-23-a-p0000-r000", *first.regions))
    root = document(replace(page, articles=(moved, *page.articles[1:])))
    groups = root.findall(".//p:OrderedGroupIndexed", NS)
    assert [group.get("continuation") for group in groups] == ["true", None]
    assert len(groups[0]) == len(first.regions)


def test_an_article_that_began_on_another_page_says_so() -> None:
    page = vertical_page()
    content = page_xml(page, image="x.jpg", made=MADE, continued={page.articles[1].id})
    groups = etree.fromstring(content).findall(".//p:OrderedGroupIndexed", NS)
    assert [group.get("continuation") for group in groups] == [None, "true"]


def test_an_advertisement_holds_its_text_in_a_region_that_the_order_names() -> None:
    page = with_kind(vertical_page(), 0, RegionKind.ADVERTISEMENT)
    articles = (replace(page.articles[0], kind=ArticleKind.ADVERTISEMENT), page.articles[1])
    root = document(replace(page, articles=articles))
    inside = root.find(".//p:AdvertRegion/p:TextRegion", NS)
    first = root.find(".//p:OrderedGroupIndexed/p:RegionRefIndexed", NS)
    assert inside is not None
    assert first is not None
    assert first.get("regionRef") == inside.get("id")
    assert inside.findtext("p:TextEquiv/p:Unicode", None, NS) == page.regions[0].text


def test_each_region_tells_how_it_is_read() -> None:
    page = vertical_page()
    told = {
        Direction.VERTICAL_RL: ("top-to-bottom", "right-to-left"),
        Direction.HORIZONTAL_RTL: ("right-to-left", "top-to-bottom"),
        Direction.HORIZONTAL_LTR: ("left-to-right", "top-to-bottom"),
    }
    for direction, wanted in told.items():
        first = replace(page.regions[0], direction=direction)
        region = document(replace(page, regions=(first,))).find(".//p:TextRegion", NS)
        assert region is not None
        assert (region.get("readingDirection"), region.get("textLineOrder")) == wanted


def test_a_polygon_is_kept() -> None:
    page = vertical_page()
    corners = ((10, 10), (50, 10), (50, 80), (10, 60))
    first = replace(page.regions[0], polygon=corners)
    region = document(replace(page, regions=(first,))).find(".//p:TextRegion", NS)
    assert region is not None
    assert points(region) == list(corners)


def test_spaces_part_words() -> None:
    page = vertical_page("jb-1939-04-23-a-p0001", ("THE CRYSTAL 晶報",))
    words = document(page).findall(".//p:Word", NS)
    texts = [word.findtext("p:TextEquiv/p:Unicode", None, NS) for word in words]
    assert texts == ["THE", "CRYSTAL", "晶報"]


def test_no_id_is_given_twice() -> None:
    ids = [e.get("id") for e in document(vertical_page()).iter() if e.get("id")]
    assert all(a != b for a, b in itertools.pairwise(sorted(filter(None, ids))))


@pytest.mark.parametrize(("turn", "told"), [(0, -0.25), (90, 89.75), (180, 179.75), (270, -90.25)])
def test_the_turn_that_would_set_the_scan_upright_is_told(turn: int, told: float) -> None:
    sheet = document(replace(vertical_page(), turn=turn)).find("p:Page", NS)
    assert sheet is not None
    assert float(sheet.get("orientation", 0)) == told

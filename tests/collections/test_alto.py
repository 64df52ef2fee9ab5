from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lxml import etree

from baoguan.collections.alto import NAMESPACE, alto
from baoguan.model import ArticleKind, Direction
from baoguan.revisions import pages_from_json
from tests.collections.schemas import schema
from tests.pages import vertical_page

NS = {"a": NAMESPACE}


def parsed(content: bytes) -> etree._Element:
    return etree.fromstring(content)


def test_the_document_is_valid_alto(shared: Path) -> None:
    rules = schema(shared / "schemas" / "alto-4-4.xsd")
    rules.assertValid(parsed(alto(vertical_page(), image="jb_1939-04-23_1.jpg")))


def test_an_empty_page_is_valid_too(shared: Path) -> None:
    page = replace(vertical_page(), regions=(), articles=(), pictures=(), provenance=())
    schema(shared / "schemas" / "alto-4-4.xsd").assertValid(parsed(alto(page, image="x.tif")))


def test_every_character_stands_in_its_box() -> None:
    page = vertical_page()
    glyphs = parsed(alto(page, image="x.jpg")).findall(".//a:Glyph", NS)
    chars = [c for region in page.regions for line in region.lines for c in line.chars]
    assert [glyph.get("CONTENT") for glyph in glyphs] == [char.text for char in chars]
    for glyph, char in zip(glyphs, chars, strict=True):
        left, top = int(glyph.get("HPOS", 0)), int(glyph.get("VPOS", 0))
        size = int(glyph.get("WIDTH", 0)), int(glyph.get("HEIGHT", 0))
        assert (left, top, *size) == (char.box.left, char.box.top, char.box.width, char.box.height)


def test_a_doubtful_character_has_its_variants() -> None:
    first, second, *_ = parsed(alto(vertical_page(), image="x.jpg")).findall(".//a:Glyph", NS)
    told = [(each.get("CONTENT"), each.get("VC")) for each in first]
    assert told == [("囘", "0.06"), ("回", "0.02")]
    assert len(second) == 0


def test_blocks_stand_in_reading_order_and_carry_their_class() -> None:
    page = vertical_page()
    kinds = (ArticleKind.ADVERTISEMENT, ArticleKind.MARGIN)
    articles = tuple(replace(a, kind=k) for a, k in zip(page.articles, kinds, strict=True))
    root = parsed(alto(replace(page, articles=articles), image="x.jpg"))
    labels = {tag.get("ID"): tag.get("LABEL") for tag in root.findall(".//a:LayoutTag", NS)}
    space = root.find(".//a:PrintSpace", NS)
    assert space is not None
    assert [labels[block.get("TAGREFS")] for block in space] == (
        ["advertisement"] * 3 + ["additional"] * 2 + ["image"]
    )
    assert [block.get("ID") for block in space] == [f"b-{r.id}" for r in page.regions]


def test_directions_are_told() -> None:
    page = vertical_page()
    first = replace(page.regions[0], direction=Direction.HORIZONTAL_RTL)
    root = parsed(alto(replace(page, regions=(first, *page.regions[1:])), image="x.jpg"))
    blocks = root.findall(".//a:TextBlock", NS)
    assert [block.get("BASEDIRECTION") for block in blocks[:2]] == ["rtl", "ttb"]


def test_every_sample_is_valid(shared: Path, samples: Path) -> None:
    rules = schema(shared / "schemas" / "alto-4-4.xsd")
    for file in samples.rglob("*.truth.json"):
        for page in pages_from_json(file.read_bytes()):
            rules.assertValid(parsed(alto(page, image="x.jpg")))


def test_a_page_that_was_turned_is_told_as_its_scan_lies(shared: Path) -> None:
    page = replace(vertical_page(), turn=90)
    root = parsed(alto(page, image="x.jpg"))
    schema(shared / "schemas" / "alto-4-4.xsd").assertValid(root)
    assert root.find(".//a:Page", NS).get("ROTATION") == "90"  # type: ignore[union-attr]
    glyph = root.find(".//a:Glyph", NS)
    box = page.regions[0].lines[0].chars[0].box
    assert glyph is not None
    assert int(glyph.get("HPOS", 0)) == box.top
    assert int(glyph.get("VPOS", 0)) == page.width - box.right

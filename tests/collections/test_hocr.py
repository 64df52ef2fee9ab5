from __future__ import annotations

from dataclasses import replace

from lxml import etree

from baoguan.collections.hocr import XHTML, hocr
from baoguan.model import Direction, Page
from tests.pages import vertical_page


def document(page: Page, language: str = "zh-Hant") -> etree._Element:
    return etree.fromstring(hocr(page, image="jb_1939-04-23_1.jpg", language=language))


def of_class(root: etree._Element, name: str) -> list[etree._Element]:
    return [element for element in root.iter() if element.get("class") == name]


def test_every_character_has_its_box_and_its_confidence() -> None:
    page = vertical_page()
    chars = [c for region in page.regions for line in region.lines for c in line.chars]
    told = of_class(document(page), "ocrx_cinfo")
    assert [element.text for element in told] == [char.text for char in chars]
    for element, char in zip(told, chars, strict=True):
        place = " ".join(map(str, char.box.as_tuple()))
        assert element.get("title") == f"x_bboxes {place}; x_confs 90.0"


def test_areas_and_lines_stand_in_reading_order() -> None:
    page = vertical_page()
    root = document(page)
    areas = of_class(root, "ocr_carea") + of_class(root, "ocr_photo")
    assert [area.get("id") for area in areas] == [f"b-{region.id}" for region in page.regions]
    lines = ["".join(map(str, line.itertext())) for line in of_class(root, "ocr_line")]
    assert lines == page.text.splitlines()


def test_a_browser_is_told_language_and_direction() -> None:
    page = vertical_page()
    first = replace(page.regions[0], direction=Direction.HORIZONTAL_RTL)
    root = document(replace(page, regions=(first, *page.regions[1:])))
    assert root.tag == f"{{{XHTML}}}html"
    assert root.get("lang") == "zh-Hant"
    styles = [area.get("style", "") for area in of_class(root, "ocr_carea")[:2]]
    assert "bidi-override" in styles[0]
    assert "vertical-rl" in styles[1]
    assert "vertical-rl" in of_class(root, "ocr_line")[0].get("style", "")


def test_the_page_names_its_image_and_its_place_on_it() -> None:
    (sheet,) = of_class(document(vertical_page()), "ocr_page")
    assert sheet.get("title") == (
        'image "jb_1939-04-23_1.jpg"; bbox 0 0 1000 1000; ppageno 0; scan_res 200 200'
    )


def test_spaces_part_words() -> None:
    page = vertical_page("jb-1939-04-23-a-p0001", ("THE CRYSTAL 晶報",))
    words = of_class(document(page), "ocrx_word")
    assert ["".join(map(str, word.itertext())) for word in words] == ["THE", "CRYSTAL", "晶報"]


def test_what_the_document_uses_it_declares() -> None:
    root = document(vertical_page())
    (declared,) = [e.get("content", "") for e in root.iter() if e.get("name") == "ocr-capabilities"]
    used = {e.get("class") for e in root.iter() if e.get("class")}
    assert used <= set(declared.split())


def test_a_reader_of_plain_html_finds_the_same_areas() -> None:
    page = vertical_page()
    root = etree.HTML(hocr(page, image="x.jpg").partition(b"?>")[2])
    areas = root.findall("body/div/div")
    assert [area.get("id") for area in areas] == [f"b-{region.id}" for region in page.regions]

"""A Page as hOCR 1.2: areas in reading order, lines, words, and a box for each character.

The document is XHTML, so that a browser shows the text in its own direction: columns from right to
left, old headlines against the order of their letters. Coordinates are pixels of the master scan.
"""

from __future__ import annotations

from lxml import etree

from baoguan import __version__
from baoguan.collections.alto import block_id
from baoguan.collections.as_scanned import as_scanned
from baoguan.collections.words import confidence, words
from baoguan.model import Box, Char, Direction, Line, Page, Region, RegionKind

XHTML = "http://www.w3.org/1999/xhtml"
CAPABILITIES = "ocr_page ocr_carea ocr_photo ocr_line ocrx_word ocrx_cinfo"
STYLES = {
    Direction.VERTICAL_RL: "writing-mode: vertical-rl",
    Direction.HORIZONTAL_RTL: "direction: rtl; unicode-bidi: bidi-override",
    Direction.HORIZONTAL_LTR: "writing-mode: horizontal-tb",
}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def hocr_name(page: str) -> str:
    return f"{page}.hocr.html"


def hocr(page: Page, *, image: str, language: str = "zh") -> bytes:
    """The hOCR document; `image` is the name of the master's file, `language` a BCP 47 tag."""
    page = as_scanned(page)
    # lxml takes None for the default namespace; its stubs do not know.
    names = {None: XHTML}
    root = etree.Element("html", {XML_LANG: language, "lang": language}, nsmap=names)  # type: ignore[arg-type]
    root.append(_head(page, language))
    body = etree.SubElement(root, "body")
    sheet = etree.SubElement(body, "div", id=f"p-{page.id}", title=_page_title(page, image))
    sheet.set("class", "ocr_page")
    sheet.extend(map(_area, page.regions))
    for element in root.iter():
        element.tag = f"{{{XHTML}}}{element.tag}"
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", doctype="<!DOCTYPE html>")


def _head(page: Page, language: str) -> etree._Element:
    head = etree.Element("head")
    etree.SubElement(head, "title").text = page.id
    etree.SubElement(
        head, "meta", {"http-equiv": "Content-Type", "content": "text/html;charset=utf-8"}
    )
    about = {
        "ocr-system": f"baoguan {__version__}",
        "ocr-capabilities": CAPABILITIES,
        "ocr-langs": language,
        "ocr-number-of-pages": "1",
    }
    for name, content in about.items():
        etree.SubElement(head, "meta", name=name, content=content)
    return head


def _page_title(page: Page, image: str) -> str:
    quoted = image.replace('"', "")
    resolution = f"; scan_res {page.dpi:.0f} {page.dpi:.0f}" if page.dpi else ""
    return f'image "{quoted}"; {_bbox(page.box)}; ppageno {page.frame}{resolution}'


def _area(region: Region) -> etree._Element:
    photo = region.kind is RegionKind.PICTURE and not region.lines
    area = etree.Element("div", id=block_id(region.id), title=_bbox(region.box))
    area.set("class", "ocr_photo" if photo else "ocr_carea")
    area.set("style", STYLES[region.direction])
    area.text = ""  # an HTML reader takes <div/> for a <div> that never ends
    for number, line in enumerate(region.lines, 1):
        area.append(_line(line, f"{block_id(region.id)}-l{number:03d}", region.direction))
    return area


def _line(line: Line, id_: str, around: Direction) -> etree._Element:
    element = _span("ocr_line", id_, _bbox(line.box))
    if line.direction is not around:
        element.set("style", STYLES[line.direction])
    for number, chars in enumerate(words(line), 1):
        word = _word(chars, f"{id_}-w{number:02d}")
        word.tail = " "
        element.append(word)
    if len(element):
        element[-1].tail = None
    element.tail = "\n"
    return element


def _word(chars: tuple[Char, ...], id_: str) -> etree._Element:
    box = Box.around(char.box for char in chars)
    word = _span("ocrx_word", id_, f"{_bbox(box)}; x_wconf {100 * confidence(chars):.0f}")
    for number, char in enumerate(chars, 1):
        place = " ".join(map(str, char.box.as_tuple()))
        about = f"x_bboxes {place}; x_confs {100 * char.confidence:.1f}"
        span = _span("ocrx_cinfo", f"{id_}-c{number:03d}", about)
        span.text = char.text
        word.append(span)
    return word


def _span(class_: str, id_: str, title: str) -> etree._Element:
    span = etree.Element("span", id=id_, title=title)
    span.set("class", class_)
    return span


def _bbox(box: Box) -> str:
    return f"bbox {box.left} {box.top} {box.right} {box.bottom}"

"""A Page as PAGE XML (2024-07-15): regions by kind, lines, and a glyph for each character.

Coordinates are pixels of the master scan, the last pixel included, since no point may lie outside
the image. Advertisements, tables and pictures with text hold it in a text region of their own,
which is what the reading order names: a group for each article.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from lxml import etree

from baoguan import __version__
from baoguan.collections.alto import block_id
from baoguan.collections.as_scanned import as_scanned
from baoguan.collections.words import confidence, words
from baoguan.model import (
    Article,
    ArticleKind,
    Box,
    Char,
    Direction,
    Line,
    Page,
    Region,
    RegionKind,
    Step,
    page_of,
)

NAMESPACE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2024-07-15"
TEXT_TYPES = {
    RegionKind.HEADLINE: "heading",
    RegionKind.TEXT: "paragraph",
    RegionKind.PICTURE: "floating",
    RegionKind.CAPTION: "caption",
    RegionKind.ADVERTISEMENT: "paragraph",
    RegionKind.TABLE: "paragraph",
    RegionKind.MASTHEAD: "header",
    RegionKind.MARGIN: "marginalia",
}
AROUND_TEXT = {
    RegionKind.PICTURE: "ImageRegion",
    RegionKind.ADVERTISEMENT: "AdvertRegion",
    RegionKind.TABLE: "TableRegion",
}
READING = {
    Direction.VERTICAL_RL: ("top-to-bottom", "right-to-left"),
    Direction.HORIZONTAL_RTL: ("right-to-left", "top-to-bottom"),
    Direction.HORIZONTAL_LTR: ("left-to-right", "top-to-bottom"),
}

Points = Sequence[tuple[int, int]]


def page_name(page: str) -> str:
    return f"{page}.page.xml"


def page_xml(
    page: Page, *, image: str, made: dt.datetime, continued: Collection[str] = ()
) -> bytes:
    """The PAGE document; `image` is the name of the master's file, `made` has a time zone, and
    `continued` are the ids of articles that began on another page."""
    orientation = page.turn - page.skew
    page = as_scanned(page)
    # lxml takes None for the default namespace; its stubs do not know.
    names = {None: NAMESPACE}
    root = etree.Element("PcGts", nsmap=names)  # type: ignore[arg-type]
    root.append(_metadata(page.provenance, made))
    sheet = etree.SubElement(
        root,
        "Page",
        _reading(page.direction),
        imageFilename=image,
        imageWidth=str(page.width),
        imageHeight=str(page.height),
        orientation=f"{orientation - 360 if orientation > 180 else orientation:.4f}",
    )
    if page.dpi:
        sheet.set("imageXResolution", f"{page.dpi:g}")
        sheet.set("imageYResolution", f"{page.dpi:g}")
        sheet.set("imageResolutionUnit", "PPI")
    etree.SubElement(sheet, "Border").append(_coords(_corners(page.box)))
    if page.regions:
        sheet.append(_reading_order(page, continued))
    sheet.extend(map(_region, page.regions))
    return _written(root)


def _metadata(provenance: Sequence[Step], made: dt.datetime) -> etree._Element:
    metadata = etree.Element("Metadata")
    moment = made.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    etree.SubElement(metadata, "Creator").text = f"baoguan {__version__}"
    etree.SubElement(metadata, "Created").text = moment
    etree.SubElement(metadata, "LastChange").text = moment
    for step in provenance:
        item = etree.SubElement(
            metadata, "MetadataItem", type="processingStep", name=step.name, value=step.version
        )
        if step.settings:
            labels = etree.SubElement(item, "Labels")
            for key, value in step.settings.items():
                etree.SubElement(labels, "Label", type=key, value=str(value))
    return metadata


def _reading_order(page: Page, continued: Collection[str]) -> etree._Element:
    order = etree.Element("ReadingOrder")
    whole = etree.SubElement(order, "OrderedGroup", id="order")
    for index, (article, regions) in enumerate(_groups(page)):
        if article is None:
            whole.append(_reference(index, regions[0]))
            continue
        group = etree.SubElement(
            whole,
            "OrderedGroupIndexed",
            id=f"g-{article.id}",
            index=str(index),
            type="article" if article.kind is ArticleKind.ARTICLE else "other",
            custom=_structure(article.kind),
        )
        if article.headline:
            group.set("caption", article.headline)
        if article.id in continued or page_of(article.regions[0]) != page.id:
            group.set("continuation", "true")
        group.extend(_reference(place, region) for place, region in enumerate(regions))
    return order


def _groups(page: Page) -> Iterator[tuple[Article | None, tuple[Region, ...]]]:
    """Articles with their regions on this page, where they begin in the page's reading order."""
    here = {region.id: region for region in page.regions}
    article_of = {id_: a for a in reversed(page.articles) for id_ in a.regions}
    told = set()
    for region in page.regions:
        article = article_of.get(region.id)
        if article is None:
            yield None, (region,)
        elif article.id not in told:
            told.add(article.id)
            yield article, tuple(here[id_] for id_ in article.regions if id_ in here)


def _reference(index: int, region: Region) -> etree._Element:
    return etree.Element("RegionRefIndexed", index=str(index), regionRef=_text_id(region))


def _text_id(region: Region) -> str:
    """The element that holds the region's text, or the region itself where it has none."""
    inside = region.kind in AROUND_TEXT and region.lines
    return f"{block_id(region.id)}-text" if inside else block_id(region.id)


def _region(region: Region) -> etree._Element:
    if region.kind not in AROUND_TEXT:
        return _text_region(region)
    element = etree.Element(
        AROUND_TEXT[region.kind], id=block_id(region.id), custom=_structure(region.kind)
    )
    element.append(_coords(_outline(region)))
    if region.lines:
        element.append(_text_region(region))
    return element


def _text_region(region: Region) -> etree._Element:
    element = etree.Element(
        "TextRegion",
        _reading(region.direction),
        id=_text_id(region),
        type=TEXT_TYPES[region.kind],
        custom=_structure(region.kind),
    )
    element.append(_coords(_outline(region)))
    for number, line in enumerate(region.lines, 1):
        element.append(_line(line, f"{block_id(region.id)}-l{number:03d}", number - 1))
    element.append(_equivalent(region.text))
    return element


def _line(line: Line, id_: str, index: int) -> etree._Element:
    element = etree.Element(
        "TextLine",
        id=id_,
        index=str(index),
        readingDirection=READING[line.direction][0],
    )
    element.append(_coords(_corners(line.box)))
    etree.SubElement(element, "Baseline", points=_points(_baseline(line)))
    for number, chars in enumerate(words(line), 1):
        element.append(_word(chars, f"{id_}-w{number:02d}"))
    element.append(_equivalent(line.text, line.confidence))
    return element


def _word(chars: tuple[Char, ...], id_: str) -> etree._Element:
    element = etree.Element("Word", id=id_)
    element.append(_coords(_corners(Box.around(char.box for char in chars))))
    for number, char in enumerate(chars, 1):
        glyph = etree.SubElement(element, "Glyph", id=f"{id_}-g{number:03d}")
        glyph.append(_coords(_corners(char.box)))
        glyph.extend(_readings(char))
    text = "".join(char.text for char in chars)
    element.append(_equivalent(text, confidence(chars)))
    return element


def _readings(char: Char) -> Iterator[etree._Element]:
    """What a character is read as, and then what it may be instead."""
    for index, (text, chance) in enumerate([(char.text, char.confidence), *char.others]):
        reading = _equivalent(text, chance)
        if char.others:
            reading.set("index", str(index))
        yield reading


def _equivalent(text: str, sure: float | None = None) -> etree._Element:
    about = {} if sure is None else {"conf": f"{min(max(sure, 0.0), 1.0):.3f}"}
    element = etree.Element("TextEquiv", about)
    etree.SubElement(element, "Unicode").text = text
    return element


def _baseline(line: Line) -> Points:
    """Along the bottom of a row; down the middle of a column, as trainers expect."""
    (left, top), (right, _), (_, bottom), _ = _corners(line.box)
    middle = (left + right) // 2
    return {
        Direction.VERTICAL_RL: ((middle, top), (middle, bottom)),
        Direction.HORIZONTAL_RTL: ((right, bottom), (left, bottom)),
        Direction.HORIZONTAL_LTR: ((left, bottom), (right, bottom)),
    }[line.direction]


def _outline(region: Region) -> Points:
    return region.polygon if len(region.polygon) > 2 else _corners(region.box)


def _corners(box: Box) -> Points:
    """Clockwise from the top left, the box's own last pixels included."""
    right, bottom = max(box.left, box.right - 1), max(box.top, box.bottom - 1)
    return (box.left, box.top), (right, box.top), (right, bottom), (box.left, bottom)


def _coords(points: Points) -> etree._Element:
    return etree.Element("Coords", points=_points(points))


def _points(points: Points) -> str:
    return " ".join(f"{max(0, x)},{max(0, y)}" for x, y in points)


def _reading(direction: Direction) -> dict[str, str]:
    within, lines = READING[direction]
    return {"readingDirection": within, "textLineOrder": lines}


def _structure(kind: RegionKind | ArticleKind) -> str:
    """Our own kind, in the form that transcription tools use."""
    return f"structure {{type:{kind};}}"


def _written(root: etree._Element) -> bytes:
    for element in root.iter():
        element.tag = f"{{{NAMESPACE}}}{element.tag}"
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)

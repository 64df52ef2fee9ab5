"""A Page as ALTO 4.4: blocks with layout tags, lines, and a glyph with its box for each character.

Coordinates are pixels of the master scan, so the two pages of a fold share one system. Chinese has
no spaces between words: a line is one String, and its Glyphs are the characters.
"""

from __future__ import annotations

from lxml import etree

from baoguan.collections.as_scanned import as_scanned
from baoguan.labels import ALL_LABELS, region_labels
from baoguan.model import Box, Direction, Line, Page, Region, RegionKind

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
BASE_DIRECTIONS = {
    Direction.VERTICAL_RL: "ttb",
    Direction.HORIZONTAL_RTL: "rtl",
    Direction.HORIZONTAL_LTR: "ltr",
}


def block_id(region: str) -> str:
    """A region's id as an XML name, which may not begin with a digit."""
    return f"b-{region}"


def alto(page: Page, *, image: str) -> bytes:
    """The ALTO document; `image` is the name of the master's file, in whose pixels it is told also
    where the page lies turned there."""
    rotation = {"ROTATION": str(page.turn)} if page.turn else {}
    page = as_scanned(page)
    # lxml takes None for the default namespace; its stubs do not know.
    names = {None: NAMESPACE}
    root = etree.Element("alto", nsmap=names, SCHEMAVERSION="4.4")  # type: ignore[arg-type]
    root.append(_description(page, image))
    tags = etree.SubElement(root, "Tags")
    for label in ALL_LABELS:
        etree.SubElement(tags, "LayoutTag", ID=_tag_id(label), LABEL=label)
    sheet = etree.SubElement(
        etree.SubElement(root, "Layout"),
        "Page",
        rotation,
        ID=f"p-{page.id}",
        PHYSICAL_IMG_NR=str(page.frame + 1),
        WIDTH=str(page.width),
        HEIGHT=str(page.height),
    )
    space = etree.SubElement(sheet, "PrintSpace", _place(page.box))
    labels = region_labels(page)
    space.extend(_block(region, labels[region.id]) for region in page.regions)
    return _written(root)


def _description(page: Page, image: str) -> etree._Element:
    description = etree.Element("Description")
    etree.SubElement(description, "MeasurementUnit").text = "pixel"
    source = etree.SubElement(description, "sourceImageInformation")
    etree.SubElement(source, "fileName").text = image
    for number, step in enumerate(page.provenance, 1):
        processing = etree.SubElement(description, "Processing", ID=f"step-{number}")
        etree.SubElement(processing, "processingCategory").text = "contentGeneration"
        settings = " ".join(f"{key}={value}" for key, value in step.settings.items())
        etree.SubElement(processing, "processingStepSettings").text = settings
        software = etree.SubElement(processing, "processingSoftware")
        etree.SubElement(software, "softwareName").text = step.name
        etree.SubElement(software, "softwareVersion").text = step.version
    return description


def _block(region: Region, label: str) -> etree._Element:
    about = {"ID": block_id(region.id), "TAGREFS": _tag_id(label)} | _place(region.box)
    if not region.lines:
        kind = "Illustration" if region.kind is RegionKind.PICTURE else "GraphicalElement"
        return etree.Element(kind, about)
    block = etree.Element("TextBlock", about, BASEDIRECTION=BASE_DIRECTIONS[region.direction])
    for number, line in enumerate(region.lines, 1):
        block.append(_line(line, f"{block_id(region.id)}-l{number:03d}"))
    return block


def _line(line: Line, id_: str) -> etree._Element:
    element = etree.Element(
        "TextLine", {"ID": id_} | _place(line.box), BASEDIRECTION=BASE_DIRECTIONS[line.direction]
    )
    string = etree.SubElement(
        element, "String", _place(line.box), CONTENT=line.text, WC=f"{line.confidence:.2f}"
    )
    for char in line.chars:
        glyph = etree.SubElement(
            string, "Glyph", _place(char.box), CONTENT=char.text, GC=f"{char.confidence:.2f}"
        )
        for text, chance in char.others:
            etree.SubElement(glyph, "Variant", CONTENT=text, VC=f"{chance:.2f}")
    return element


def _place(box: Box) -> dict[str, str]:
    return {
        "HPOS": str(box.left),
        "VPOS": str(box.top),
        "WIDTH": str(box.width),
        "HEIGHT": str(box.height),
    }


def _tag_id(label: str) -> str:
    return f"tag-{label}"


def _written(root: etree._Element) -> bytes:
    for element in root.iter():
        element.tag = f"{{{NAMESPACE}}}{element.tag}"
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)

"""Folds as the Early Chinese Periodicals Online publish them: true text, and polygons, parted.

A fold is a scan of two facing pages. Its text tells articles, advertisements, heads and margins by
printed line; its regions are polygons of text segments and pictures. The two share no id.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from baoguan.model import Direction
from press.sheet import Rect

Point = tuple[float, float]
NO_GLYPH = "\ue111"  # stands for a character without a code point
SIGNS = str.maketrans({"◘": "◎", "䨇": "雙"})  # what the fonts lack
UNITS = ("article", "advert", "head", "margin")
TOLD = (*UNITS, "image", "other")
_NAME = re.compile(r"jb_\d+_(\d{4}-\d\d-\d\d)_(\d{4})\+(\d{4})$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    lines: tuple[str, ...]  # as printed
    direction: Direction


@dataclass(frozen=True, slots=True)
class Told:
    """One article, advertisement, head, margin or caption (`kind` is of TOLD) on page `page`."""

    kind: str
    page: int
    paragraphs: tuple[Paragraph, ...]

    @property
    def lines(self) -> list[str]:
        return [line for paragraph in self.paragraphs for line in paragraph.lines]


@dataclass(frozen=True, slots=True)
class Shape:
    """A polygon on the fold; `kind` is article, advertisement, additional or image; `group` is
    shared by the polygons of an article, where they are told as one."""

    id: str
    kind: str
    polygon: tuple[Point, ...]
    group: str = ""

    @property
    def rect(self) -> Rect:
        xs, ys = zip(*self.polygon, strict=True)
        return Rect(min(xs), min(ys), max(xs), max(ys))


@dataclass(frozen=True, slots=True)
class Fold:
    name: str
    date: dt.date
    numbers: tuple[int, int]  # from left to right
    told: tuple[Told, ...]
    shapes: tuple[Shape, ...]


def folds_below(folder: Path) -> Iterator[Fold]:
    """The folds of `YEAR/*.xml` and `YEAR-regions/*.json`, by name."""
    for path in sorted(folder.glob("[0-9]*/*.xml")):
        regions = path.parent.with_name(f"{path.parent.name}-regions")
        name = _NAME.match(path.stem)
        if name is None:
            continue
        yield Fold(
            name=path.stem,
            date=dt.date.fromisoformat(name[1]),
            numbers=numbers_of(path.stem),
            told=tuple(told_in(path)),
            shapes=tuple(_shapes(regions / f"{path.stem.replace('+', 'to')}.json")),
        )


def numbers_of(stem: str) -> tuple[int, int]:
    """The page numbers in a fold's name, from left to right; raises ValueError without any."""
    name = _NAME.match(stem)
    if name is None:
        raise ValueError(f"not named like a fold: {stem}")
    first, second = int(name[2]), int(name[3])
    return (first, second) if first % 2 and second % 2 == 0 else (second, first)


def articles_in(path: Path) -> list[tuple[str, ...]]:
    """The printed lines of each article, advertisement, head and margin of a TEI file, and of each
    division outside of these, without what comments tell."""
    root = root_of(path)
    over = {child: parent for parent in root.iter() for child in parent}
    found: dict[ET.Element | None, list[str]] = {}
    for part in root.iter():
        if part.tag in ("p", "div") and not any(
            p.tag in ("p", "div") for p in list(part.iter())[1:]
        ):
            lines = [line for line in map(str.strip, broken(part)) if line]
            found.setdefault(_unit(part, over), []).extend(lines)
    return [tuple(lines) for lines in found.values() if lines]


def _unit(element: ET.Element, over: Mapping[ET.Element, ET.Element]) -> ET.Element | None:
    """The outermost article or the like around an element, or else the outermost division."""
    around = [element]
    while around[-1] in over:
        around.append(over[around[-1]])
    divisions = [each for each in reversed(around) if each.tag == "div"]
    units = [each for each in divisions if each.get("type") in UNITS]
    others = [each for each in divisions if each.get("type") != "page"]
    return next(iter([*units, *others]), None)


def told_in(path: Path) -> Iterator[Told]:
    """What a TEI file tells, article by article, page by page."""
    for page in root_of(path, comments=True).iter("div"):
        if page.get("type") == "page":
            for part in page:
                if part.tag == "div" and part.get("type") in TOLD:
                    yield Told(
                        part.get("type", ""), int(page.get("n", "0")), tuple(_paragraphs(part))
                    )


def root_of(path: Path, *, comments: bool = False) -> ET.Element:
    """A TEI file as a tree, NO_GLYPH for each `&gaiji;`; comments as elements, or left out."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"<\?xml-model.*?\?>", "", text)
    text = re.sub(r"<!DOCTYPE.*?\]>", "", text, flags=re.DOTALL).replace("&gaiji;", NO_GLYPH)
    parser = ET.XMLParser(target=ET.TreeBuilder(insert_comments=comments))
    return ET.fromstring(text.strip(), parser)


def _paragraphs(part: ET.Element) -> Iterator[Paragraph]:
    directions = {
        id(child): Direction.VERTICAL_RL if _inherited(part, child) else Direction.HORIZONTAL_RTL
        for child in part.iter("p")
    }
    for child in part.iter("p"):
        lines = tuple(_clean(line) for line in broken(child))
        kept = tuple(line for line in lines if line)
        if kept:
            ltr = child.get("dir") == "ltr"
            yield Paragraph(kept, Direction.HORIZONTAL_LTR if ltr else directions[id(child)])
    if part.get("type") == "advert":
        # the words of an advertisement are told in a comment
        for note in part.iter(ET.Comment):  # type: ignore[arg-type]
            for line in (note.text or "").splitlines():
                if _is_han(line):
                    yield Paragraph((_clean(line),), Direction.VERTICAL_RL)


def _inherited(part: ET.Element, child: ET.Element) -> bool:
    """Whether a paragraph runs down."""
    mode = child.get("mode") or part.get("mode") or "vertical-rl"
    return mode == "vertical-rl"


def broken(element: ET.Element) -> Iterable[str]:
    """The text of an element, broken at its `lb`."""
    lines = [element.text or ""]

    def walk(parent: ET.Element) -> None:
        for child in parent:
            if child.tag in ("lb", "pb"):
                lines.append("")
            elif isinstance(child.tag, str):
                lines[-1] += child.text or ""
                walk(child)
            lines[-1] += child.tail or ""

    walk(element)
    return lines


def _clean(line: str) -> str:
    return line.replace(NO_GLYPH, "").translate(SIGNS).strip()


def _is_han(text: str) -> bool:
    return sum("\u4e00" <= char <= "\u9fff" for char in text) > 1


def _shapes(path: Path) -> Iterator[Shape]:
    items = json.loads(path.read_text(encoding="utf-8"))["items"]
    known = set()
    # a polygon of a group is told alone too
    for item in sorted(items, key=lambda item: not _group(item)):
        kinds = [b["value"]["name"] for b in item["body"] if b.get("type") == "CategoryLabel"]
        for target in item["target"]:
            for polygon in _polygons(target["selector"]["value"]):
                key = tuple(round(value / 4) for point in polygon for value in point)
                if kinds and len(polygon) > 2 and key not in known:
                    known.add(key)
                    yield Shape(str(target["id"]), kinds[0], polygon, _group(item))


def _group(item: dict[str, Any]) -> str:
    bodies = (body for body in item["body"] if body.get("type") == "GroupAnnotation")
    return next((str(body["id"]) for body in bodies), "")


def _polygons(svg: str) -> Iterator[tuple[Point, ...]]:
    found = re.search(r"matrix\(([^)]*)\)", svg)
    a, b, c, d, e, f = (float(v) for v in found[1].split()) if found else (1, 0, 0, 1, 0, 0)
    for points in re.findall(r'points="([^"]*)"', svg):
        xy = [tuple(float(v) for v in point.split(",")) for point in points.split()]
        yield tuple((a * x + c * y + e, b * x + d * y + f) for x, y in xy)

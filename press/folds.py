"""Real folds set again from their texts and polygons (`ecpo`), filmed, their truth beside them.

Each fold gives a scan, `.truth.json` (true pages), `.text.xml` and `.regions.json`, the last two
in the form of the originals.
"""

from __future__ import annotations

import json
import statistics
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np

from baoguan.model import ArticleKind, Page, RegionKind, issue_id
from baoguan.ocr.profiles import runs
from baoguan.revisions import page_to_json
from press.ecpo import Fold, Point, Shape, Told, folds_below
from press.facsimile import set_page
from press.film import film
from press.printing import print_page
from press.ruling import Style, style_of
from press.scanner import Scanned
from press.sheet import Rect, SetPage
from press.truth import true_pages

SIZE = (4832, 3424)  # of the scans that the polygons were drawn on
MIDDLE = (0.42, 0.58)  # of the width: the gutter is there
STRIP = 0.1
WITHIN = 0.5  # of a shape
TALL = 200.0  # pixels: a side that tells how the page is turned
DIVISIONS = {
    ArticleKind.ARTICLE: "article",
    ArticleKind.ADVERTISEMENT: "advert",
    ArticleKind.HEAD: "head",
    ArticleKind.MARGIN: "margin",
}
CLASSES = {
    RegionKind.ADVERTISEMENT: "advertisement",
    RegionKind.MASTHEAD: "additional",
    RegionKind.MARGIN: "additional",
    RegionKind.PICTURE: "image",
}


@dataclass(frozen=True, slots=True)
class SetFold:
    name: str
    scanned: Scanned
    set_pages: tuple[SetPage, ...]
    pages: tuple[Page, ...]


def make_folds(texts: Path, out: Path, only: str = "") -> Iterator[SetFold]:
    """Sets and writes the folds whose names contain `only`; yields each once it is written."""
    folds = list(folds_below(texts))
    out.mkdir(parents=True, exist_ok=True)
    for fold in folds:
        if only in fold.name:
            others = [f for f in folds if f.date.year == fold.date.year and f.date != fold.date]
            made = set_fold(fold, [t for f in others for t in f.told if t.kind == "article"])
            write(made, out)
            yield made


def set_fold(fold: Fold, spare: Sequence[Told]) -> SetFold:
    """One fold; `spare` are articles that fill what its own leave empty."""
    seed = zlib.crc32(fold.name.encode())
    rng = np.random.default_rng(seed)
    style = style_of(rng)
    spare = [t for t in spare if t.paragraphs]
    order = rng.permutation(len(spare))
    shuffled = [spare[int(i)] for i in order]
    gutter = _gutter(fold.shapes)
    sheets, pages = [], []
    for side, number in enumerate(fold.numbers):
        pages.append(_page(fold, side, number, gutter, shuffled[side::2], style, rng))
        sheets.append(print_page(pages[-1], seed, colour=False))
    scanned = film(sheets, seed)
    issue = issue_id("jb", fold.date)
    return SetFold(fold.name, scanned, tuple(pages), tuple(true_pages(issue, pages, scanned)))


def _page(
    fold: Fold,
    side: int,
    number: int,
    gutter: int,
    spare: Sequence[Told],
    style: Style,
    rng: np.random.Generator,
) -> SetPage:
    shift = gutter if side else 0
    width = SIZE[0] - gutter if side else gutter
    known = [_in_strip(s) for s in fold.shapes]
    shapes = [s for s in known if (s.rect.left + s.rect.right > 2 * gutter) == bool(side)]
    upright = [
        replace(s, polygon=tuple((x - shift, y) for x, y in s.polygon))
        for s in straight(list(_apart(shapes)))
    ]
    told = [t for t in fold.told if t.page == number]
    return set_page(number, (width, SIZE[1]), told, spare, upright, style, rng)


def _apart(shapes: Sequence[Shape]) -> Iterator[Shape]:
    """Shapes without those told as articles within an advertisement: they are its own text, which
    is set in the advertisement's polygon."""
    adverts = [s.rect for s in shapes if s.kind in ("advertisement", "strip")]
    for shape in shapes:
        if shape.kind != "article" or all(_shared(shape.rect, a) < WITHIN for a in adverts):
            yield shape


def _shared(rect: Rect, other: Rect) -> float:
    """The share of `rect` that lies in `other`."""
    width = min(rect.right, other.right) - max(rect.left, other.left)
    height = min(rect.bottom, other.bottom) - max(rect.top, other.top)
    return max(0.0, width) * max(0.0, height) / max(1.0, rect.width * rect.height)


def _in_strip(shape: Shape) -> Shape:
    """A narrow advertisement in the fold is of the strip that both pages share."""
    low, high = (share * SIZE[0] for share in MIDDLE)
    narrow = shape.rect.width < STRIP * SIZE[0]
    if shape.kind == "advertisement" and narrow and low < shape.rect.left < shape.rect.right < high:
        return replace(shape, kind="strip")
    return shape


def _gutter(shapes: Sequence[Shape]) -> int:
    """The middle of the widest room near the middle that no polygon reaches into."""
    low, high = (round(share * SIZE[0]) for share in MIDDLE)
    taken = np.zeros(SIZE[0], bool)
    taken[:low] = taken[high:] = True
    for shape in shapes:
        taken[max(0, int(shape.rect.left)) : int(shape.rect.right) + 1] = True
    if taken.all():
        return SIZE[0] // 2
    first, end = max(runs(~taken), key=lambda run: run[1] - run[0])
    return (first + end) // 2


def straight(shapes: Sequence[Shape]) -> list[Shape]:
    """The polygons of a page turned upright, as their long sides tell."""
    slants = [
        (b[0] - a[0]) / (b[1] - a[1])
        for shape in shapes
        for a, b in zip(shape.polygon, (*shape.polygon[1:], shape.polygon[0]), strict=True)
        if abs(b[1] - a[1]) > TALL and abs(b[0] - a[0]) < 0.05 * abs(b[1] - a[1])
    ]
    slant = statistics.median(slants) if slants else 0.0
    if not shapes:
        return []
    xs, ys = zip(*(point for shape in shapes for point in shape.polygon), strict=True)
    x0, y0 = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2

    def turned(point: Point) -> Point:
        x, y = point
        return x - slant * (y - y0), y + slant * (x - x0)

    return [replace(s, polygon=tuple(turned(point) for point in s.polygon)) for s in shapes]


def write(made: SetFold, out: Path) -> None:
    stem = out / made.name
    Path(f"{stem}.jpg").write_bytes(made.scanned.jpeg)
    truth = b",\n".join(page_to_json(page) for page in made.pages)
    Path(f"{stem}.truth.json").write_bytes(b"[" + truth + b"]\n")
    Path(f"{stem}.text.xml").write_text(_text(made), encoding="utf-8")
    Path(f"{stem}.regions.json").write_text(json.dumps(_regions(made)), encoding="utf-8")
    notes = [note for page in made.set_pages for note in page.notes]
    Path(f"{stem}.notes.txt").write_text("\n".join(notes) + "\n", encoding="utf-8")


def _text(made: SetFold) -> str:
    parts = [f'<fold xml:id="{made.name}">']
    for page in made.pages:
        number = page.number
        parts.append(f'<div type="page" n="{number}" mode="vertical-rl" dir="rtl">')
        for article in page.articles:
            lines = page.lines_of(article)
            if lines:
                text = "".join(f"{escape(line.text)}<lb/>\n" for line in lines)
                parts.append(f'<div type="{DIVISIONS[article.kind]}"><p>\n{text}</p></div>')
        parts.append("</div>")
    return "\n".join([*parts, "</fold>", ""])


def _regions(made: SetFold) -> dict[str, list[object]]:
    items: list[object] = []
    for region in (region for page in made.pages for region in page.regions):
        left, top, right, bottom = region.box.as_tuple()
        points = f"{left},{top} {right},{top} {right},{bottom} {left},{bottom}"
        name = CLASSES.get(region.kind, "article")
        items.append(
            {
                "body": [{"type": "CategoryLabel", "value": {"name": name}}],
                "target": [{"selector": {"value": f'<polygon points="{points}"/>'}}],
            }
        )
    return {"items": items}

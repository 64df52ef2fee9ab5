"""An HTML page that shows where the reading went wrong: worst pages first, worst regions first.

It holds all it shows, scans too, and asks no other host for anything.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from PIL import Image

from baoguan.evaluate.differences import ComparedRegion, Differences, Mark, Verdict, differences
from baoguan.evaluate.regions import Overlap, summed
from baoguan.evaluate.scores import ArticleMatch, Evaluation, Score, article_matches, overall
from baoguan.labels import ALL_LABELS
from baoguan.model import Box, Page, page_of

PAGE_SIDE = 1600  # pixels of the longer side of a page as shown
REGION_SIDE = 700
MARGIN = 12  # pixels of the master around a region as shown
REGIONS_SHOWN = 12  # of each page
ARTICLES_SHOWN = 8
OPENING = 24  # characters by which an article is named
QUALITY = 70  # of JPEGs
GAP = "〇"
STYLE = Path(__file__).with_name("report.css")
LEGEND = (
    (Verdict.WRONG, "wrong"),
    (Verdict.MISSING, "missing: printed and not read"),
    (Verdict.EXTRA, "extra: read and not printed"),
    (Verdict.VARIANT, "another form of the right character"),
)


@dataclass(frozen=True, slots=True)
class Compared:
    """A page's truth, its reading, and the figures of the two."""

    truth: Page
    read: Page
    evaluation: Evaluation


def report(pages: Sequence[Compared], scan_of: Callable[[Page], Image.Image]) -> Iterator[str]:
    """The document in parts, the page that lost most characters first.

    `scan_of` gives a page's whole master; one is in memory at a time.
    """
    worst_first = sorted(pages, key=lambda page: _lost(page.evaluation), reverse=True)
    yield f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>How the pages were read</title>
<meta name="viewport" content="width=device-width">
<style>{STYLE.read_text("utf-8")}</style></head><body>
<header><h1>How the pages were read</h1></header>
"""
    yield _summary([page.evaluation for page in worst_first])
    for page in worst_first:
        yield from _page(page, scan_of(page.read))
    yield "</body></html>\n"


def _lost(evaluation: Evaluation) -> float:
    return evaluation.diplomatic.line_cer * evaluation.diplomatic.characters


def _summary(evaluations: Sequence[Evaluation]) -> str:
    rows = [
        _row(f'<a href="#{e.page}">{escape(e.page)}</a>', e.diplomatic, e.folded, e.regions)
        for e in evaluations
    ]
    whole = overall([e.diplomatic for e in evaluations]), overall([e.folded for e in evaluations])
    rows.append(_row("all pages", *whole, summed(e.regions for e in evaluations)))
    legend = " · ".join(f'<b class="{verdict}">{escape(told)}</b>' for verdict, told in LEGEND)
    return f"""<p>Error rates line, order, article: edits per true character; recall and precision:
shares, wherever a character stands; the four classes: intersection over union of regions.
Diplomatic keeps every printed glyph; ° joins variants and drops punctuation.</p>
<p>{legend}</p>
<div class="wide">{_table(rows)}</div>
"""


def _table(rows: Iterable[str]) -> str:
    figures = ("line", "order", "article", "recall", "precision")
    names = ["characters", *figures, *(f"{name}°" for name in figures), *ALL_LABELS]
    heads = "".join(f"<th>{name}</th>" for name in ("page", *names))
    return f"<table><tr>{heads}</tr>{''.join(rows)}</table>"


def _row(name: str, exact: Score, loose: Score, regions: Mapping[str, Overlap]) -> str:
    figures = [str(exact.characters)]
    for s in (exact, loose):
        rates = (s.line_cer, s.order_cer, s.article_cer, s.char_recall, s.char_precision)
        figures += [f"{rate:.4f}" for rate in rates]
    figures += [f"{regions[k].iou:.3f}" if k in regions else "–" for k in ALL_LABELS]
    return f"<tr><td>{name}</td>{''.join(f'<td>{figure}</td>' for figure in figures)}</tr>"


def _page(page: Compared, scan: Image.Image) -> Iterator[str]:
    found = differences(page.truth, page.read)
    counts = {verdict: 0 for verdict, _ in LEGEND}
    for mark in found.marks:
        if mark.verdict in counts:
            counts[mark.verdict] += 1
    told = ", ".join(f"{number} {verdict}" for verdict, number in counts.items())
    e = page.evaluation
    yield f"""<h2 id="{e.page}">{escape(e.page)}</h2>
<p>{told}</p>
{_picture(scan, page.truth.box, found.marks, PAGE_SIDE)}
"""
    yield _articles(article_matches(page.truth, page.read))
    for region in _worst(found):
        yield _region(region, scan)


def _articles(matches: Sequence[ArticleMatch]) -> str:
    """The articles that lost most: to recognition, to reading order, or to their parting."""
    faulty = sorted((m for m in matches if m.edits), key=lambda m: m.edits, reverse=True)
    rows = "".join(
        f"<tr><td>{_opening(match.truth)}</td><td>{match.article.kind}</td>"
        f"<td>{len(match.truth)}</td><td>{len(match.read) or '–'}</td>"
        f"<td>{match.rate:.4f}</td></tr>"
        for match in faulty[:ARTICLES_SHOWN]
    )
    heads = "<th>article</th><th>kind</th><th>characters</th><th>read</th><th>lost</th>"
    return f'<div class="wide"><table><tr>{heads}</tr>{rows}</table></div>' if rows else ""


def _opening(text: str) -> str:
    cut = text if len(text) <= OPENING else f"{text[:OPENING]}…"
    return f'<span lang="zh">{escape(cut)}</span>'


def _worst(found: Differences) -> list[ComparedRegion]:
    faulty = [region for region in found.regions if region.faults]
    return sorted(faulty, key=lambda region: region.faults, reverse=True)[:REGIONS_SHOWN]


def _region(compared: ComparedRegion, scan: Image.Image) -> str:
    region = compared.region
    marks = [mark for line in compared.lines for mark in line]
    around = Box(
        max(0, region.box.left - MARGIN),
        max(0, region.box.top - MARGIN),
        min(scan.width, region.box.right + MARGIN),
        min(scan.height, region.box.bottom + MARGIN),
    )
    vertical = " vertical" if region.direction.vertical else ""
    name = region.id.removeprefix(f"{page_of(region.id)}-")
    truth = "".join(f"<div>{''.join(map(_true, line))}</div>" for line in compared.lines)
    read = "".join(f"<div>{''.join(map(_read, line))}</div>" for line in compared.lines)
    return f"""<section class="region">
<h3>{escape(name)}, {region.kind}: {compared.faults} of {len(marks)} differ</h3>
{_picture(scan, around, marks, REGION_SIDE)}
<div class="text{vertical}"><h4>truth</h4><div class="lines" lang="zh">{truth}</div></div>
<div class="text{vertical}"><h4>reading</h4><div class="lines" lang="zh">{read}</div></div>
</section>
"""


def _true(mark: Mark) -> str:
    return _glyph(mark.truth.text if mark.truth else "", mark.verdict)


def _read(mark: Mark) -> str:
    return _glyph(mark.read.text if mark.read else "", mark.verdict)


def _glyph(text: str, verdict: Verdict) -> str:
    if verdict is Verdict.RIGHT:
        return escape(text)
    return f'<b class="{verdict}">{escape(text)}</b>' if text else f'<b class="gap">{GAP}</b>'


def _picture(scan: Image.Image, box: Box, marks: Iterable[Mark], side: int) -> str:
    """The part of the scan in `box`, with the marks drawn over it."""
    drawn = "".join(_outline(mark, box) for mark in marks if mark.verdict is not Verdict.RIGHT)
    width, height = max(1, box.width), max(1, box.height)
    return f"""<div class="scan"><img alt="" width="{width}" height="{height}" src="{
        _data(scan, box, side)
    }"><svg viewBox="0 0 {width} {height}">{drawn}</svg></div>"""


def _outline(mark: Mark, box: Box) -> str:
    char = mark.truth or mark.read
    if char is None:
        return ""
    place = char.box.shift(-box.left, -box.top)
    told = f"{mark.truth.text if mark.truth else GAP} → {mark.read.text if mark.read else GAP}"
    return (
        f'<rect class="{mark.verdict}" x="{place.left}" y="{place.top}" width="{place.width}" '
        f'height="{place.height}"><title>{escape(told)}</title></rect>'
    )


def _data(scan: Image.Image, box: Box, side: int) -> str:
    """A JPEG of that part, no side longer than `side` pixels, as a data URL."""
    cut = scan.crop(box.as_tuple())
    cut.thumbnail((side, side), Image.Resampling.LANCZOS)
    content = io.BytesIO()
    cut.convert("L" if cut.mode == "L" else "RGB").save(content, "JPEG", quality=QUALITY)
    return f"data:image/jpeg;base64,{base64.b64encode(content.getvalue()).decode()}"

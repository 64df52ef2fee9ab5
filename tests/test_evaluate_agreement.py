"""Our figures beside those of the scoring tool that all systems are measured with.

The two fold text differently: the tool by NFKC and a list of printed variants, ours as the search
does, to simplified characters too. On text without such pairs the figures are the same. The tool
sees the boxes of regions alone, ours their polygons where they have them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path
from types import ModuleType

import pytest

from baoguan.collections.alto import alto
from baoguan.collections.mets import alto_name, mets
from baoguan.evaluate import evaluate
from baoguan.labels import region_labels
from baoguan.model import Box, Issue, Line, Page, Title
from baoguan.revisions import pages_from_json

SAMPLE = "scans/nanbu/nanbu_1934-05-12_0002.truth.json"


@pytest.fixture(scope="module")
def truth(samples: Path) -> Page:
    (page,) = pages_from_json((samples / SAMPLE).read_bytes())
    return page


def misread(page: Page) -> Iterator[Page]:
    """The page as right, with wrong and lost characters, out of order, wrongly parted, moved."""
    yield page
    regions = tuple(
        replace(region, lines=tuple(map(_spoiled, region.lines))) for region in page.regions
    )
    yield replace(page, regions=regions)
    yield replace(page, regions=page.regions[::-1])
    first, second, *others = page.articles
    merged = replace(first, regions=(*first.regions, *second.regions))
    yield replace(page, articles=(merged, *others))
    moved = (replace(region, box=_moved(region.box)) for region in page.regions)
    yield replace(page, regions=tuple(moved))


def _spoiled(line: Line) -> Line:
    chars = [c if i % 7 else replace(c, text="鑫") for i, c in enumerate(line.chars, 1)]
    return replace(line, chars=tuple(c for i, c in enumerate(chars, 1) if i % 11))


def _moved(box: Box) -> Box:
    return Box(box.left + 40, box.top + 24, box.right + 40, box.bottom + 24)


def true_text(page: Page) -> str:
    """The truth in the form that the tool reads: a division for each article, `lb` after a line."""
    articles = "".join(
        f'<div type="article"><p>{"<lb/>".join(_lines(page, n))}</p></div>'
        for n in range(len(page.articles))
    )
    return f'<text><div type="page">{articles}</div></text>'


def _lines(page: Page, number: int) -> list[str]:
    return [escape(line.text) for line in page.lines_of(page.articles[number])]


def true_regions(page: Page) -> str:
    labels = region_labels(page)
    items = [
        {
            "body": [{"type": "CategoryLabel", "value": {"name": labels[region.id]}}],
            "target": [{"selector": {"value": f'<polygon points="{_points(region.box)}"/>'}}],
        }
        for region in page.regions
    ]
    return json.dumps({"items": items})


def _points(box: Box) -> str:
    corners = [(box.left, box.top), (box.right, box.top), (box.right, box.bottom)]
    return " ".join(f"{x},{y}" for x, y in [*corners, (box.left, box.bottom)])


def test_the_figures_are_those_of_the_tool(tool: ModuleType, truth: Page, tmp_path: Path) -> None:
    (tmp_path / "text.xml").write_text(true_text(truth), "utf-8")
    (tmp_path / "regions.json").write_text(true_regions(truth), "utf-8")
    issue = Issue(truth.issue, "nanbu", None)
    for read in misread(truth):
        files = tmp_path / alto_name(read.id), tmp_path / "issue.mets.xml"
        files[0].write_bytes(alto(read, image="x.jpg"))
        files[1].write_bytes(mets(Title("nanbu"), issue, [read], {}))
        told = tool.score([files[0]], files[1], tmp_path / "text.xml", tmp_path / "regions.json")
        ours = evaluate(truth, read)
        assert ours.folded.characters == told["gt_chars"]
        for name in ("line_cer", "order_cer", "article_cer", "char_recall", "char_precision"):
            assert getattr(ours.folded, name) == pytest.approx(told[name], abs=1e-3), name
        iou = {label: overlap.iou for label, overlap in ours.regions.items()}
        assert iou == pytest.approx(told["region_iou"], abs=0.01)

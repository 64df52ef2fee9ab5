"""Makes the samples: scans with their truth beside them, titles, an exhibit and a gallery."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from baoguan.model import Box, Page, RegionKind, issue_id
from baoguan.revisions import page_to_json
from press import toml
from press.layout import lay_out
from press.paper import Paper, all_papers
from press.printing import print_page
from press.scanner import WEARS, Scanned, scan
from press.sheet import SetPage
from press.truth import true_pages

SHOWN = Path(__file__).parent / "shown"


@dataclass(frozen=True, slots=True)
class Sample:
    """One scan of one or two pages."""

    paper: Paper
    numbers: tuple[int, ...]  # from left to right
    scanned: Scanned
    set_pages: tuple[SetPage, ...]
    pages: tuple[Page, ...]

    @property
    def stem(self) -> str:
        numbers = "+".join(f"{number:04d}" for number in sorted(self.numbers))
        return f"{self.paper.title}_{self.paper.date.isoformat()}_{numbers}"


def make(out: Path) -> Iterator[Sample]:
    """Writes everything below `out`, and yields each sample once it is written."""
    boxes: dict[tuple[str, str, str], Box] = {}
    for paper in all_papers():
        folder = out / "scans" / paper.title
        folder.mkdir(parents=True, exist_ok=True)
        for sample in samples_of(paper):
            (folder / f"{sample.stem}.jpg").write_bytes(sample.scanned.jpeg)
            pages = b",\n".join(page_to_json(page) for page in sample.pages)
            (folder / f"{sample.stem}.truth.json").write_bytes(b"[" + pages + b"]\n")
            boxes |= shown_boxes(sample)
            yield sample
    for template in sorted(SHOWN.rglob("*.toml")):
        data = tomllib.loads(template.read_text(encoding="utf-8"))
        target = out / template.relative_to(SHOWN)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(toml.dump(_placed(data, boxes)), encoding="utf-8")


def samples_of(paper: Paper) -> Iterator[Sample]:
    pages = set_pages(paper)
    sheets = {
        number: print_page(page, paper.seed, WEARS[paper.wear].colour)
        for number, page in pages.items()
    }
    for numbers in paper.scans:
        scanned = scan(
            [sheets[number] for number in numbers],
            [sheets[_behind(number, len(sheets))] for number in numbers],
            WEARS[paper.wear],
            seed=paper.seed * 100 + numbers[0],
        )
        on_scan = tuple(pages[number] for number in numbers)
        truth = tuple(true_pages(issue_id(paper.title, paper.date), on_scan, scanned))
        yield Sample(paper, numbers, scanned, on_scan, truth)


def set_pages(paper: Paper) -> dict[int, SetPage]:
    return {plan.number: lay_out(plan, paper.house, paper.items) for plan in paper.pages}


def shown_boxes(sample: Sample) -> dict[tuple[str, str, str], Box]:
    """By page id, item key and part (whole, picture or headline)."""
    boxes = {}
    for page, plan in zip(sample.pages, sample.set_pages, strict=True):
        for article, item in zip(page.articles, plan.articles, strict=True):
            regions = [page.region(id_) for id_ in article.regions]
            boxes[page.id, item.key, "whole"] = Box.around(region.box for region in regions)
            for kind in (RegionKind.PICTURE, RegionKind.HEADLINE):
                some = [region.box for region in regions if region.kind is kind]
                if some:
                    boxes[page.id, item.key, kind.value] = Box.around(some)
    return boxes


def _behind(number: int, count: int) -> int:
    """The page printed on the other side of the leaf."""
    other = number + 1 if number % 2 else number - 1
    return other if other <= count else 1


def _placed(data: Any, boxes: Mapping[tuple[str, str, str], Box]) -> Any:
    """The same, with `of` and `part` replaced by the box of that item."""
    if isinstance(data, Mapping):
        plain = {k: _placed(v, boxes) for k, v in data.items() if k not in {"of", "part"}}
        if "of" in data:
            box = boxes[data["page"], data["of"], data.get("part", "whole")]
            plain = {"page": data["page"], "box": list(box.as_tuple())} | plain
        return plain
    if isinstance(data, Sequence) and not isinstance(data, str):
        return [_placed(value, boxes) for value in data]
    return data

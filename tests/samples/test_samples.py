"""The committed samples keep what their README promises."""

from __future__ import annotations

import hashlib
import itertools
import json
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from baoguan.model import (
    ArticleKind,
    Box,
    Char,
    Direction,
    Page,
    RegionKind,
    issue_id,
    page_id,
)
from baoguan.revisions import page_from_json

SAMPLES = Path(__file__).parents[2] / "samples"
TRUTHS = sorted(SAMPLES.glob("scans/*/*.truth.json"))
LANGUAGES = {"zh-Hans", "zh-Hant", "en"}
each_scan = pytest.mark.parametrize("truth", TRUTHS, ids=lambda path: path.name.split(".")[0])


def jpeg_of(truth: Path) -> Path:
    return truth.with_name(truth.name.replace(".truth.json", ".jpg"))


@cache
def pages_of(truth: Path) -> tuple[Page, ...]:
    pages = json.loads(truth.read_text(encoding="utf-8"))
    return tuple(page_from_json(json.dumps(page).encode()) for page in pages)


def grey(truth: Path) -> NDArray[np.float64]:
    with Image.open(jpeg_of(truth)) as image:
        return np.asarray(image.convert("L")).astype(float)


def chars_of(page: Page) -> list[Char]:
    return [char for region in page.regions for line in region.lines for char in line.chars]


def inside(inner: Box, outer: Box) -> bool:
    return (
        outer.left <= inner.left
        and outer.top <= inner.top
        and inner.right <= outer.right
        and inner.bottom <= outer.bottom
    )


def test_there_are_three_titles_and_a_dozen_pages() -> None:
    pages = [page for truth in TRUTHS for page in pages_of(truth)]
    assert len(pages) >= 12
    assert len({truth.parent.name for truth in TRUTHS}) >= 3
    assert len({page.id for page in pages}) == len(pages)


def test_a_fold_of_two_pages_is_among_them() -> None:
    folds = [truth for truth in TRUTHS if "+" in truth.name]
    assert folds
    for fold in folds:
        left, right = pages_of(fold)
        assert left.box.right == right.box.left
        assert left.box.left == 0
        assert right.box.right == right.width


def test_all_together_they_are_small_enough_to_keep_in_the_repository() -> None:
    assert sum(path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file()) <= 12_000_000


@each_scan
def test_the_truth_belongs_to_the_scan_beside_it(truth: Path) -> None:
    content = jpeg_of(truth).read_bytes()
    with Image.open(jpeg_of(truth)) as image:
        size = image.size
    title, _, _ = truth.name.split("_")
    for page in pages_of(truth):
        assert page.master == hashlib.sha256(content).hexdigest()
        assert (page.width, page.height) == size
        assert page.id.startswith(title)


@each_scan
def test_every_box_lies_on_its_page(truth: Path) -> None:
    for page in pages_of(truth):
        for region in page.regions:
            assert inside(region.box, page.box)
            for line in region.lines:
                assert inside(line.box, region.box)
                assert all(inside(char.box, line.box) for char in line.chars)


@each_scan
def test_every_region_with_text_belongs_to_exactly_one_article(truth: Path) -> None:
    for page in pages_of(truth):
        owners = Counter(id_ for article in page.articles for id_ in article.regions)
        assert all(owners[region.id] == 1 for region in page.regions if region.lines)
        assert set(owners) <= {region.id for region in page.regions}


@each_scan
def test_every_picture_has_a_region_and_the_caption_that_stands_by_it(truth: Path) -> None:
    for page in pages_of(truth):
        for picture in page.pictures:
            assert page.region(picture.region).kind is RegionKind.PICTURE
            assert picture.box == page.region(picture.region).box
        captions = {r.text.replace("\n", "") for r in page.regions if r.kind is RegionKind.CAPTION}
        assert captions == {picture.caption for picture in page.pictures if picture.caption}


@each_scan
def test_lines_follow_each_other_in_the_direction_of_their_region(truth: Path) -> None:
    for page in pages_of(truth):
        for region in page.regions:
            if region.kind is not RegionKind.TEXT:
                continue
            centres = [line.box.centre for line in region.lines]
            for before, after in itertools.pairwise(centres):
                if region.direction is Direction.VERTICAL_RL:
                    assert after[0] < before[0]
                else:
                    assert after[1] > before[1]


@each_scan
def test_ink_lies_under_the_boxes_and_paper_between_the_lines(truth: Path) -> None:
    scan = grey(truth)
    for page in pages_of(truth):
        drawn, missed = 0, 0
        for char in chars_of(page):
            if not "\u4e00" <= char.text <= "\u9fff":
                continue
            box = char.box
            cell = scan[box.top : box.bottom, box.left : box.right]
            # A character is darker than the margin of its own cell.
            drawn += 1
            inner = cell[3:-3, 3:-3]
            missed += np.percentile(inner, 5) > np.percentile(cell, 90) - 35
        assert drawn > 300
        assert missed / drawn < 0.005


@each_scan
def test_characters_sit_in_the_middle_of_their_boxes(truth: Path) -> None:
    """Were the boxes a few pixels off, the mean of all cells would not be centred."""
    scan = 255 - grey(truth)
    for page in pages_of(truth):
        offsets = []
        for region in page.regions:
            if region.kind is not RegionKind.TEXT:
                continue
            for char in (char for line in region.lines for char in line.chars):
                if not "\u4e00" <= char.text <= "\u9fff":
                    continue
                box = char.box
                cell = scan[box.top : box.bottom, box.left : box.right]
                cell = np.clip(cell - np.percentile(cell, 40), 0, None)
                total = cell.sum() or 1.0
                y = (cell.sum(axis=1) * np.arange(cell.shape[0])).sum() / total
                x = (cell.sum(axis=0) * np.arange(cell.shape[1])).sum() / total
                offsets.append((x - (cell.shape[1] - 1) / 2, y - (cell.shape[0] - 1) / 2))
        if offsets:
            assert np.abs(np.median(np.array(offsets), axis=0)).max() < 1.5


@each_scan
def test_text_is_kept_without_spaces_and_every_article_has_its_kind(truth: Path) -> None:
    for page in pages_of(truth):
        assert not any(char.text.isspace() for char in chars_of(page))
        kinds = {article.kind for article in page.articles}
        assert kinds & {ArticleKind.HEAD, ArticleKind.MARGIN}
        assert 500 <= len(chars_of(page)) <= 1500


def shown() -> list[Any]:
    files = [*SAMPLES.glob("exhibits/*.toml"), *SAMPLES.glob("galleries/*.toml")]
    return [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(files)]


def localised(data: Any) -> list[dict[str, str]]:
    """Every table of languages below `data`."""
    if isinstance(data, dict):
        if "en" in data:
            return [data]
        return [found for value in data.values() for found in localised(value)]
    if isinstance(data, list):
        return [found for value in data for found in localised(value)]
    return []


def items(data: Any) -> list[dict[str, Any]]:
    sections = [item for section in data.get("sections", ()) for item in section["items"]]
    covers = [data["cover"]] if "cover" in data else []
    return [*covers, *sections, *data.get("items", ())]


def test_what_is_shown_lies_on_pages_that_are_there() -> None:
    pages = {page.id: page for truth in TRUTHS for page in pages_of(truth)}
    for data in shown():
        assert len(items(data)) >= 8
        for item in items(data):
            page = pages[item["page"]]
            if "box" in item:
                assert inside(Box(*item["box"]), page.box)


def test_what_is_shown_speaks_three_languages() -> None:
    assert {path.parent.name for path in SAMPLES.glob("*/*.toml")} == {"exhibits", "galleries"}
    for data in shown():
        for names in localised(data):
            assert set(names) == LANGUAGES
            assert all(text.strip() for text in names.values())


def test_every_title_is_named() -> None:
    titles = tomllib.loads((SAMPLES / "titles.toml").read_text(encoding="utf-8"))
    assert set(titles) == {truth.parent.name for truth in TRUTHS}
    for title in titles.values():
        assert set(title["names"]) == LANGUAGES


def test_ids_say_which_page_of_which_issue() -> None:
    for truth in TRUTHS:
        title, date, numbers = truth.name.removesuffix(".truth.json").split("_")
        for page, number in zip(pages_of(truth), sorted(numbers.split("+")), strict=True):
            assert page.id == page_id(issue_id(title, None), int(number)).replace("undated", date)

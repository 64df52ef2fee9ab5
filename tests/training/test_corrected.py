"""Lines of real pages with their true text, as training gets them."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from baoguan.model import Box, Page
from baoguan.ocr.engines.rapidocr import HEIGHT, RapidOcr
from baoguan.revisions import pages_from_json
from training.corrected import LIST, Corrected, corrected, read, write
from training.strips import samples
from training.texts import load_texts

PART = Box(900, 1000, 1500, 1800)  # of the sample: a corner of one page, to be quick


@pytest.fixture(scope="module")
def page(samples: Path) -> Page:
    """The lines of a sample that lie in PART."""
    file = samples / "scans" / "nanbu" / "nanbu_1934-05-12_0002.truth.json"
    (whole,) = pages_from_json(file.read_bytes())
    regions = tuple(
        replace(region, lines=tuple(line for line in region.lines if _lies_in(line.box, PART)))
        for region in whole.regions
    )
    return replace(whole, box=PART, regions=regions)


def _lies_in(box: Box, part: Box) -> bool:
    return box.overlap(part) == box.area


@pytest.fixture(scope="module")
def cut(page: Page, samples: Path) -> list[Corrected]:
    scan = samples / "scans" / "nanbu" / "nanbu_1934-05-12_0002.jpg"
    return list(corrected(page, np.asarray(Image.open(scan)), RapidOcr()))


def test_lines_are_cut_where_the_true_page_has_them(page: Page, cut: list[Corrected]) -> None:
    true = [line for region in page.regions for line in region.lines]
    assert len(true) > 15
    assert len(cut) > 0.8 * len(true)
    assert {line.text for line in cut} <= {line.text for line in true}


def test_what_is_cut_is_what_it_says(cut: list[Corrected]) -> None:
    """The reader reads in the strips what they are said to say."""
    reader = RapidOcr("fast")
    columns = [line for line in cut if line.down and len(line.text) > 5][:8]
    read_there = reader.read_prepared(
        [line.image(np.random.default_rng(0)) for line in columns], reader.columns
    )
    same = [
        len(set(line.text) & set(reading.text)) / len(set(line.text))
        for line, reading in zip(columns, read_there, strict=True)
    ]
    assert len(columns) == 8
    assert min(same) > 0.6


def test_a_folder_of_lines_is_read_as_it_was_written(cut: list[Corrected], tmp_path: Path) -> None:
    folder = tmp_path / "lines"
    empty = Corrected(cut[0].pixels, True, " \n")
    assert write(folder, [*cut[:5], empty]) == 5
    for line, again in zip(cut[:5], read(folder), strict=True):
        assert (again.down, again.text) == (line.down, " ".join(line.text.split()))
        assert np.array_equal(again.pixels, line.pixels)
    assert len((folder / LIST).read_text("utf-8").splitlines()) == 5
    with pytest.raises(FileExistsError):
        write(folder, cut[:1])


def test_they_take_their_share_among_typeset_lines(cut: list[Corrected]) -> None:
    texts = load_texts(None)
    alphabet = ["", *sorted(texts.characters), " "]
    known = [line for line in cut if set(line.text) <= texts.characters]
    drawn = list(itertools.islice(samples(texts, alphabet, 3, 0, known, 0.9), 60))
    real = [sample for sample in drawn if sample.kind == "real"]
    assert 45 <= len(real) < 60
    assert {sample.text for sample in real} <= {line.text for line in known}
    assert all(sample.image.shape[0] == HEIGHT for sample in real)

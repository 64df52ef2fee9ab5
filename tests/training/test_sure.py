"""Stretches that are read surely, cut from a real scan."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from baoguan.evaluate.scores import folded
from baoguan.model import Box, Char
from baoguan.ocr.engines.rapidocr import RapidOcr
from baoguan.ocr.light import grey
from baoguan.ocr.lines import Strip
from baoguan.ocr.sheet import Affine
from baoguan.revisions import pages_from_json
from training.sure import cut_stretch, sure_lines, sure_stretches


def chars(*confidences: float) -> tuple[Char, ...]:
    return tuple(Char(str(i), Box(0, i, 1, i + 1), c) for i, c in enumerate(confidences))


def test_a_stretch_ends_where_a_character_is_in_doubt() -> None:
    line = chars(0.9, 0.9, 0.9, 0.9, 0.3, 0.9, 0.9, 0.9, 0.3, 0.8, 0.8, 0.8, 0.8, 0.8)
    found = ["".join(c.text for c in stretch) for stretch in sure_stretches(line, 0.8)]
    assert found == ["0123", "910111213"]


def test_a_stretch_is_cut_from_the_strip_of_its_own_column_and_from_no_wider_one() -> None:
    stretch = tuple(Char("字", Box(40, 20 * i, 60, 20 * i + 20), 0.9) for i in range(5))
    wide = strip_over(Box(0, 0, 100, 200))
    assert cut_stretch(stretch, [wide]) is None
    cut = cut_stretch(stretch, [wide, strip_over(Box(38, 0, 63, 200))])
    assert cut is not None
    assert cut.text == "字字字字字"
    assert cut.pixels.shape == (25, 100)


def strip_over(box: Box) -> tuple[Strip, Box]:
    pixels = np.zeros((box.width, box.height), np.uint8)
    return Strip(pixels, Affine(), True), box


def test_what_is_read_surely_is_nearly_all_right_and_cut_where_it_stands(samples: Path) -> None:
    folder = samples / "scans" / "nanbu"
    pixels = grey(np.asarray(Image.open(folder / "nanbu_1934-05-12_0002.jpg")))
    part = np.ascontiguousarray(pixels[1000:1800, 900:1500])
    lines = list(sure_lines(part, RapidOcr(), 0.82, fold=False))
    (truth,) = pages_from_json((folder / "nanbu_1934-05-12_0002.truth.json").read_bytes())
    true = "".join(folded(line.text) for region in truth.regions for line in region.lines)
    assert len(lines) > 10
    assert sum(folded(line.text) in true for line in lines) > 0.9 * len(lines)
    for line in lines:
        assert line.down
        across, along = line.pixels.shape
        assert 0.5 < along / across / len(line.text) < 2.0

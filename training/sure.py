"""Stretches of real lines that are read surely: real type to train on where no text is known.

What two readings and the language agree on is more often right than one reading, which is what
training changes (self-training, as by Lee 2013, "Pseudo-Label"). Of what is read wrongly with
confidence, nothing is learned anew; type, paper and wear are real.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from baoguan.model import Box, Char, Line, Page, Scan
from baoguan.ocr import Options, read_scan
from baoguan.ocr.engines.rapidocr import RapidOcr
from baoguan.ocr.light import grey
from baoguan.ocr.lines import Strip
from baoguan.ocr.sheet import Grey
from training.corrected import Corrected, placed_strips, write

LEAST = 4  # characters in a stretch
BESIDE = 0.6  # of a stretch lies in its strip
ALONE = 1.7  # of its width: a wider strip holds other columns too


def export_sure(scans: Sequence[Path], out: Path, least: float, fold: bool) -> int:
    """Writes what of these scans, each of one page or a fold of two, is read with confidences of at
    least `least`, 0 to 1; gives the number of stretches. Raises FileExistsError for a folder that
    is there."""
    finder = RapidOcr()
    return write(
        out, (line for scan in scans for line in sure_lines(_read(scan), finder, least, fold))
    )


def _read(scan: Path) -> Grey:
    with Image.open(scan) as image:
        return grey(np.asarray(image.convert("L")))


def sure_lines(pixels: Grey, finder: RapidOcr, least: float, fold: bool) -> Iterator[Corrected]:
    scan = Scan("0" * 64, 0, "sure", (1, 2) if fold else (1,))
    for page in read_scan(pixels, scan, Options(turn="0")):
        placed = [each for each in placed_strips(page, pixels, finder) if each[0].down]
        for line in _columns(page):
            for chars in sure_stretches(line.chars, least):
                if cut := cut_stretch(chars, placed):
                    yield cut


def _columns(page: Page) -> Iterator[Line]:
    lines = (line for region in page.regions for line in region.lines)
    return (line for line in lines if line.direction.vertical)


def sure_stretches(chars: tuple[Char, ...], least: float) -> Iterator[tuple[Char, ...]]:
    for sure, run in itertools.groupby(chars, key=lambda char: char.confidence >= least):
        stretch = tuple(run)
        if sure and len(stretch) >= LEAST:
            yield stretch


def cut_stretch(chars: tuple[Char, ...], placed: Sequence[tuple[Strip, Box]]) -> Corrected | None:
    """The stretch in the strip that it was read from, where that is found again."""
    box = Box.around(char.box for char in chars)
    for strip, place in placed:
        inside = place.top - 2 <= box.top and box.bottom <= place.bottom + 2
        alone = place.width <= ALONE * box.width
        if inside and alone and box.overlap(place) >= BESIDE * box.area:
            start, stop = max(0, box.top - place.top), box.bottom - place.top
            pixels = np.ascontiguousarray(strip.pixels[:, start:stop])
            return Corrected(pixels, True, "".join(char.text for char in chars))
    return None

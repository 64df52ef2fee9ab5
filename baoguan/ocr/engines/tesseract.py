"""Tesseract as the second engine: it reads the strips that our own detection finds.

Left to itself Tesseract finds some 3 to 40 % of the characters of a dense Chinese page; given clean
lines it reads most of them. All strips of one direction go to one process, since loading the model
takes longer than reading a line. Tesseract's own character boxes are of no width on vertical lines
(tessdata issue 129), so the characters of a word are tiled evenly along it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytesseract

from baoguan.errors import EngineMissing
from baoguan.model import Box, Char, Direction, Line, Step
from baoguan.ocr.engines import RUNTIMES
from baoguan.ocr.engines.rapidocr import RapidOcr
from baoguan.ocr.lines import Strip
from baoguan.ocr.sheet import Grey, Sheet, glyph_side

THICKNESS = 48  # pixels of a strip as Tesseract gets it
BORDER = 12  # white pixels around it; Tesseract's documentation asks for 10
WORTH = 0.2  # lines read with less confidence are not text
COLUMN, ROW = "--psm 5", "--psm 7"  # page segmentation: one vertical block, one line


@dataclass(frozen=True, slots=True)
class _Word:
    """What Tesseract calls a word: its text, its stretch along the strip as Tesseract got it (in
    pixels), and its confidence, 0 to 1."""

    text: str
    start: int
    end: int
    confidence: float


class Tesseract:
    """Raises EngineMissing where Tesseract or one of its Chinese models is not installed."""

    def __init__(self, quality: str = "best", runtime: str = RUNTIMES[0]) -> None:
        try:
            self._version = str(pytesseract.get_tesseract_version())
            installed = set(pytesseract.get_languages())
        except pytesseract.TesseractNotFoundError as error:
            raise EngineMissing("tesseract is not installed") from error
        needed = {"chi_tra_vert", "chi_tra", "chi_sim", "eng"}
        if not needed <= installed:
            missing = ", ".join(sorted(needed - installed))
            raise EngineMissing(f"tesseract lacks the languages {missing}")
        self._finder = RapidOcr(quality, runtime=runtime)

    def step(self) -> Step:
        found_on = self._finder.step().settings["lines found on"]
        return Step(
            "tesseract",
            self._version,
            {"lines": "rapidocr detection", "lines found on": found_on},
        )

    def read_lines(self, sheet: Sheet) -> Sheet:
        strips, chance = self._finder.find(sheet)
        if sheet.lies is None:
            sheet = replace(sheet, lies=self._finder.turn_of(strips))
        if sheet.lies:
            return sheet
        columns = [strip for strip in strips if strip.down]
        rows = [strip for strip in strips if not strip.down]
        across = "chi_tra" if len(columns) > len(rows) else "chi_sim+eng"
        lines = [
            *_read(columns, "chi_tra_vert", COLUMN, sheet),
            *_read(rows, across, ROW, sheet),
        ]
        good = tuple(line for line in lines if line.confidence >= WORTH)
        return replace(sheet, lines=good, glyph=glyph_side(good), chance=chance)


def _read(strips: Sequence[Strip], language: str, layout: str, sheet: Sheet) -> Iterator[Line]:
    if not strips:
        return
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder, "strips.txt")
        names = [_save(strip, Path(folder, f"{i}.png")) for i, strip in enumerate(strips)]
        listed.write_text("\n".join(names), "utf-8")
        data = pytesseract.image_to_data(
            str(listed), lang=language, config=layout, output_type=pytesseract.Output.DICT
        )
    words = _words_by_strip(data, down=layout == COLUMN)
    for index, strip in enumerate(strips):
        if index in words:
            yield _line(strip, words[index], sheet)


def _save(strip: Strip, path: Path) -> str:
    """The strip upright, at the size Tesseract likes."""
    scale = THICKNESS / strip.thickness
    size = max(THICKNESS, round(strip.length * scale)), THICKNESS
    pixels: Grey = np.asarray(cv2.resize(strip.pixels, size, interpolation=cv2.INTER_AREA))
    upright = np.rot90(pixels, -1) if strip.down else pixels
    cv2.imwrite(str(path), np.pad(upright, BORDER, constant_values=255))
    return str(path)


def _words_by_strip(data: Mapping[str, Sequence[Any]], *, down: bool) -> dict[int, list[_Word]]:
    start, size = ("top", "height") if down else ("left", "width")
    words: dict[int, list[_Word]] = {}
    for page, text, sure, first, long in zip(
        data["page_num"], data["text"], data["conf"], data[start], data[size], strict=True
    ):
        if text.strip():
            word = _Word(text.strip(), first - BORDER, first + long - BORDER, max(0.0, sure) / 100)
            words.setdefault(page - 1, []).append(word)
    return words


def _line(strip: Strip, words: Sequence[_Word], sheet: Sheet) -> Line:
    scale = strip.thickness / THICKNESS
    chars = tuple(
        Char(text, strip.box(start, end, sheet.width, sheet.height), word.confidence)
        for word in words
        for text, start, end in _tiled(word, scale)
    )
    direction = Direction.VERTICAL_RL if strip.down else Direction.HORIZONTAL_LTR
    return Line(Box.around(char.box for char in chars), direction, chars)


def _tiled(word: _Word, scale: float) -> Iterator[tuple[str, float, float]]:
    """Each character of a word with its stretch along the strip, in the strip's own pixels."""
    step = (word.end - word.start) / len(word.text) * scale
    for i, text in enumerate(word.text):
        start = max(0.0, word.start * scale + i * step)
        yield text, start, start + step

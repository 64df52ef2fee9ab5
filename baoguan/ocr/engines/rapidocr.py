"""The PP-OCR models of the rapidocr wheel, run on onnxruntime with our own page-wide detection."""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import unicodedata
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnxruntime

from baoguan.errors import EngineMissing
from baoguan.model import Box, Char, Direction, Line, Step
from baoguan.ocr.detect import Stroke, strokes_in, strokes_of, text_map
from baoguan.ocr.forms import never_printed
from baoguan.ocr.language import chinese, chosen
from baoguan.ocr.lines import Strip, cut, stretched
from baoguan.ocr.recognise import (
    Chances,
    Reading,
    Slot,
    alphabet_of,
    chances_of,
    edges,
    slots_of,
    with_full_width,
    with_gaps,
)
from baoguan.ocr.second_look import CLOSER, doubtful_ink, without_doubles
from baoguan.ocr.sheet import Floats, Sheet, glyph_side
from baoguan.ocr.upright import cells_of, upright_row, voted

DETECTOR = "PP-OCRv6_det_small.onnx"
RECOGNISER = "PP-OCRv6_rec_small.onnx"
HEIGHT = 48  # the recogniser's input height
BATCH = 6
BATCH_WIDTH = 2400  # strips together, pixels: keeps the memory of long lines small
SQUEEZE_DOWN = 0.6  # columns pressed together along the line: 1.0 .207, .7 .157, .6 .154 CER
SQUEEZE_ACROSS = 1.0
SQUEEZE_UPRIGHT = 0.85
WORTH = 0.3  # lines read with less confidence are not text


NOTHING = Reading(())


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """A line found, what the recogniser sees in it, and what is read there so far."""

    stroke: Stroke
    strip: Strip
    chances: Chances
    slots: tuple[Slot, ...] = ()
    reading: Reading = NOTHING


class RapidOcr:
    """Raises EngineMissing where the wheel or its models are not there."""

    def __init__(self, quality: str = "best") -> None:
        folder = _model_folder()
        self._quality = quality
        self._detector = _session(folder / DETECTOR)
        self._recogniser = _session(folder / RECOGNISER)
        characters = self._recogniser.get_modelmeta().custom_metadata_map["character"]
        self.alphabet = alphabet_of(characters.split("\n"))
        self._hashes = {name: _hash(folder / name) for name in (DETECTOR, RECOGNISER)}

    def step(self) -> Step:
        settings: dict[str, str | int | float | bool] = {"quality": self._quality}
        settings |= {f"sha256 {name}": digest for name, digest in self._hashes.items()}
        return Step("rapidocr", importlib.metadata.version("rapidocr"), settings)

    def read_lines(self, sheet: Sheet) -> Sheet:
        strokes, chance, scale = strokes_of(sheet.pixels, self._detect)
        found = self._seen(sheet, strokes)
        never = never_printed(glyph.text for each in found for glyph in each.reading.glyphs)
        found = [_read(each, never) for each in found]
        if self._quality == "best":
            found = self._look_again(sheet, found, scale, never)
            found = self._read_again(found, never)
        lines = [
            line_of(each.strip, each.reading, sheet)
            for each in found
            if each.reading.worth >= WORTH
        ]
        return replace(sheet, lines=tuple(lines), glyph=glyph_side(lines), chance=chance)

    def find(self, sheet: Sheet) -> tuple[list[Strip], Floats]:
        """The strips of the sheet's lines, and the chance of text over it."""
        strokes, chance, _ = strokes_of(sheet.pixels, self._detect)
        return [cut(sheet.pixels, stroke) for stroke in strokes], chance

    def _detect(self, batch: Floats) -> Floats:
        name = self._detector.get_inputs()[0].name
        return np.asarray(self._detector.run(None, {name: batch})[0][0, 0], np.float32)

    def _seen(self, sheet: Sheet, strokes: Sequence[Stroke]) -> list[_Found]:
        """One look at each line."""
        strips = [cut(sheet.pixels, stroke) for stroke in strokes]
        prepared = [
            stretched(s.pixels, HEIGHT, SQUEEZE_DOWN if s.down else SQUEEZE_ACROSS) for s in strips
        ]
        seen = zip(strokes, strips, self._chances(prepared), strict=True)
        return [_read(_Found(*each), frozenset()) for each in seen]

    def _look_again(
        self, sheet: Sheet, found: Sequence[_Found], scale: float, never: Set[str]
    ) -> list[_Found]:
        """With the lines that a closer look finds where ink is left over or was read badly."""
        doubtful = doubtful_ink(sheet.pixels, [(each.stroke, each.reading.worth) for each in found])
        closer = text_map(sheet.pixels, CLOSER * scale, self._detect, doubtful)
        strokes = [s for s in strokes_in(closer, CLOSER * scale) if doubtful.touches(s)]
        more = [_read(each, never) for each in self._seen(sheet, strokes)]
        return without_doubles([*found, *more], lambda each: (each.stroke, each.reading))

    def _read_again(self, found: Sequence[_Found], never: Set[str]) -> list[_Found]:
        """Columns read a second time, glyph by glyph upright, and voted on."""
        slots = [with_gaps(each.slots) for each in found]
        columns = [
            i
            for i, each in enumerate(found)
            if each.strip.down and len(slots[i]) > 1 and each.reading.worth >= WORTH
        ]
        rows = [
            stretched(upright_row(found[i].strip, slots[i]), HEIGHT, SQUEEZE_UPRIGHT)
            for i in columns
        ]
        read = list(found)
        for i, row in zip(columns, self._chances(rows), strict=True):
            both = voted(slots[i], cells_of(row, len(slots[i]), never))
            read[i] = replace(found[i], slots=both, reading=chosen(both, chinese()))
        return read

    def _chances(self, prepared: Sequence[Floats]) -> list[Chances]:
        seen = [Chances((), 1.0)] * len(prepared)
        for batch in _batches([p.shape[1] for p in prepared]):
            images = [prepared[i] for i in batch]
            tables = self._recognise(images)
            widest = max(image.shape[1] for image in images)
            for i, image, table in zip(batch, images, tables, strict=True):
                seen[i] = chances_of(table, self.alphabet, image.shape[1] / widest)
        return seen

    def _recognise(self, images: Sequence[Floats]) -> Floats:
        """(images, steps, classes)."""
        widest = max(image.shape[1] for image in images)
        batch = np.zeros((len(images), 3, HEIGHT, widest), np.float32)
        for i, image in enumerate(images):
            batch[i, :, :, : image.shape[1]] = image
        name = self._recogniser.get_inputs()[0].name
        return np.asarray(self._recogniser.run(None, {name: batch})[0], np.float32)


def _read(found: _Found, never: Set[str]) -> _Found:
    """The line read from one look at it."""
    slots = slots_of(found.chances, never)
    return replace(found, slots=slots, reading=chosen(slots, chinese()))


def line_of(strip: Strip, reading: Reading, sheet: Sheet) -> Line:
    """A line of the sheet, its characters tiled along the strip."""
    glyphs = with_full_width(reading.glyphs) if any(map(_is_han, reading.text)) else reading.glyphs
    at = edges([g.place for g in glyphs], strip.pixels)
    chars = tuple(
        Char(g.text, strip.box(start, end, sheet.width, sheet.height), min(1.0, g.confidence))
        for g, start, end in zip(glyphs, at, at[1:], strict=False)
    )
    direction = Direction.VERTICAL_RL if strip.down else Direction.HORIZONTAL_LTR
    return Line(Box.around(c.box for c in chars), direction, chars)


def _is_han(char: str) -> bool:
    return unicodedata.name(char, "").startswith("CJK UNIFIED")


def _batches(widths: Sequence[int]) -> Iterator[list[int]]:
    """Indices of strips of like width, at most BATCH together."""
    batch: list[int] = []
    for i in sorted(range(len(widths)), key=lambda i: (widths[i], i)):
        full = len(batch) == BATCH or (len(batch) + 1) * widths[i] > BATCH_WIDTH
        alike = not batch or widths[i] <= 1.25 * widths[batch[0]] + HEIGHT / 2
        if batch and (full or not alike):
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch


def _model_folder() -> Path:
    found = importlib.util.find_spec("rapidocr")
    if found is None or not found.submodule_search_locations:
        raise EngineMissing("the package rapidocr is not installed")
    folder = Path(next(iter(found.submodule_search_locations))) / "models"
    for name in (DETECTOR, RECOGNISER):
        if not (folder / name).is_file():
            raise EngineMissing(f"{name} is missing beside the package rapidocr, in {folder}")
    return folder


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]

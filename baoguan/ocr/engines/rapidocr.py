"""The PP-OCR models of the rapidocr wheel, run on onnxruntime with our own page-wide detection."""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnxruntime

from baoguan.errors import EngineMissing
from baoguan.model import Box, Char, Direction, Line, Step
from baoguan.ocr.detect import strokes_in, strokes_of, text_map, typical
from baoguan.ocr.engines import RUNTIMES
from baoguan.ocr.engines.runtimes import network, session
from baoguan.ocr.forms import never_printed
from baoguan.ocr.ink import with_ink
from baoguan.ocr.language import chinese, chosen, is_han
from baoguan.ocr.leaders import leaders_in, with_leaders, without_leaders
from baoguan.ocr.lines import Strip, cut, stretched
from baoguan.ocr.missed import Seen, better, seen_as, with_missed
from baoguan.ocr.models import MODELS, RECOGNISERS, WHEEL
from baoguan.ocr.recognise import (
    Chances,
    Reading,
    alphabet_of,
    chances_of,
    edges,
    likeliest,
    slots_of,
    with_full_width,
    with_gaps,
)
from baoguan.ocr.seals import columns_of, partings, seals_in, slots_in, with_seals
from baoguan.ocr.second_look import CLOSER, body_of, doubtful, is_column
from baoguan.ocr.shared_ends import without_shared_ends
from baoguan.ocr.sheet import Floats, Grey, Sheet, glyph_side
from baoguan.ocr.turn import turn_of
from baoguan.ocr.upright import calibrated, cells_of, in_doubt, upright_row, voted

DETECTOR = "PP-OCRv6_det_small.onnx"
RECOGNISER = "PP-OCRv6_rec_small.onnx"
HEIGHT = 48  # the recogniser's input height
BATCH = 6
BATCH_WIDTH = 2400  # strips together, pixels: keeps the memory of long lines small
SQUEEZE_DOWN = 0.6  # columns pressed together along the line: 1.0 .207, .7 .157, .6 .154 CER
SQUEEZE_FAST = 0.52  # reads as well as .6, in a seventh less time
SQUEEZE_ACROSS = 1.0
SQUEEZE_UPRIGHT = 0.85
WORTH = 0.3  # lines read with less confidence are not text

NOTHING_SEEN = Chances((), 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class Recogniser:
    """`alphabet` is the text of each of the network's classes: the one for columns of old type
    knows more forms than the wheel's."""

    session: onnxruntime.InferenceSession
    alphabet: tuple[str, ...]


class RapidOcr:
    """`recogniser` names what reads columns: a model of `baoguan.ocr.models`, or the wheel's;
    `runtime` what finds lines, one of `baoguan.ocr.engines.RUNTIMES`.

    Rows are always read by the wheel's, so that nothing modern is read worse. Raises EngineMissing
    where the wheel, its models or the runtime are not there.
    """

    def __init__(
        self,
        quality: str = "best",
        recogniser: str = RECOGNISERS[0],
        runtime: str = RUNTIMES[0],
    ) -> None:
        folder = _model_folder()
        columns = MODELS[recogniser][quality] if recogniser in MODELS else folder / RECOGNISER
        files = {folder / DETECTOR, folder / RECOGNISER, columns}
        self._quality = quality
        self._recogniser = recogniser
        self._squeeze = SQUEEZE_DOWN if quality == "best" else SQUEEZE_FAST
        self._detector = network(folder / DETECTOR, runtime)
        self._rows = recogniser_of(folder / RECOGNISER)
        self.columns = self._rows if recogniser == WHEEL else recogniser_of(columns)
        self._hashes = dict(sorted((file.name, _hash(file)) for file in files))

    def step(self) -> Step:
        settings: dict[str, str | int | float | bool] = {
            "quality": self._quality,
            "recogniser": self._recogniser,
            "lines found on": self._detector.name,
        }
        settings |= {f"sha256 {name}": digest for name, digest in self._hashes.items()}
        return Step("rapidocr", importlib.metadata.version("rapidocr"), settings)

    def read_lines(self, sheet: Sheet) -> Sheet:
        strips, chance = self.find(sheet)
        if sheet.lies is None:
            sheet = replace(sheet, lies=self.turn_of(strips))
        if sheet.lies:
            return sheet
        sheet = with_ink(sheet)
        side = typical((strip.thickness, strip.length) for strip in strips)
        shown, leaders = sheet, leaders_in(sheet.ink, side)
        if leaders:
            shown = without_leaders(sheet, leaders)
            strips, chance = self.find(shown)
        lines = with_leaders(self._lines(shown, strips, chance), leaders)
        lines = with_seals(lines, self._seals(sheet, lines, side))
        return replace(sheet, lines=tuple(lines), glyph=glyph_side(lines), chance=chance)

    def _lines(self, sheet: Sheet, strips: Sequence[Strip], chance: Floats) -> list[Line]:
        """What is printed in the strips, and in what they miss of the sheet."""
        read, never = self._read_once(strips)
        if self._quality == "best" and never:
            read = self._look_closer(sheet, read, never, chance)
        read = with_missed(sheet, read, chance, lambda more: self._look(more, never))
        if self._quality == "best":
            read = self._read_again(read, never)
        lines = [line_of(e.strip, e.reading, sheet) for e in read if e.reading.worth >= WORTH]
        return without_shared_ends(lines)

    def find(self, sheet: Sheet) -> tuple[list[Strip], Floats]:
        """The strips of the sheet's lines, and the chance of text over it."""
        strokes, chance = strokes_of(sheet.pixels, self._detect)
        return [cut(sheet.pixels, stroke) for stroke in strokes], chance

    def turn_of(self, strips: Sequence[Strip]) -> int | None:
        """By how much, degrees clockwise, the sheet of these strips is to be turned."""
        return turn_of(strips, self._glance)

    def read_strips(self, strips: Sequence[Strip]) -> list[Reading]:
        """One reading for each strip of a page, in their order."""
        read, never = self._read_once(strips)
        if self._quality == "best":
            read = self._read_again(read, never)
        return [each.reading for each in read]

    def _read_once(self, strips: Sequence[Strip]) -> tuple[list[Seen], frozenset[str]]:
        """Each strip read, and what is not printed on their page."""
        looks = self._looks(strips)
        never = never_printed(text for chances in looks for text in likeliest(chances))
        return _seen(strips, looks, never), never

    def _look(self, strips: Sequence[Strip], never: Set[str]) -> list[Seen]:
        """Each strip read from one look at it."""
        return _seen(strips, self._looks(strips), never)

    def read_prepared(self, prepared: Sequence[Floats], model: Recogniser) -> list[Reading]:
        """What a model alone reads in images as they are put to it."""
        seen = self._chances(prepared, model)
        return [chosen(slots_of(chances), chinese()) for chances in seen]

    def _glance(self, images: Sequence[Grey]) -> list[Reading]:
        """What the rows' recogniser reads in each image."""
        prepared = [stretched(image, HEIGHT, SQUEEZE_ACROSS) for image in images]
        return self.read_prepared(prepared, self._rows)

    def _detect(self, batch: Floats) -> Floats:
        return np.asarray(self._detector.run(batch)[0, 0], np.float32)

    def _looks(self, strips: Sequence[Strip]) -> list[Chances]:
        """A first look at each strip."""
        looks: dict[int, Chances] = {}
        for down, model, squeeze in (
            (True, self.columns, self._squeeze),
            (False, self._rows, SQUEEZE_ACROSS),
        ):
            these = [i for i, strip in enumerate(strips) if strip.down is down]
            prepared = [stretched(strips[i].pixels, HEIGHT, squeeze) for i in these]
            looks |= zip(these, self._chances(prepared, model), strict=True)
        return [looks[i] for i in range(len(strips))]

    def _look_closer(
        self, sheet: Sheet, read: Sequence[Seen], never: Set[str], chance: Floats
    ) -> list[Seen]:
        """With the columns that only a larger map shows, where there is doubt."""
        lines = [each.line for each in read]
        body = body_of(lines)
        doubt = doubtful(sheet.ink, lines, chance, body)
        scale = min(1.0, CLOSER * chance.shape[0] / sheet.height)
        closer = text_map(sheet.pixels, scale, self._detect, doubt)
        strips = [cut(sheet.pixels, stroke) for stroke in strokes_in(closer, scale)]
        found = self._look([strip for strip in strips if doubt.touches(strip)], never)
        return better(read, [each for each in found if is_column(each.line, body)])

    def _seals(self, sheet: Sheet, lines: Sequence[Line], side: float) -> Iterator[list[Line]]:
        """The columns of each seal that is read."""
        for box in seals_in(sheet, lines, side):
            cells = list(partings(sheet, box))
            rows = [stretched(each.row, HEIGHT, SQUEEZE_UPRIGHT) for each in cells]
            seen = self._chances(rows, self.columns)
            read = []
            for each, chances in zip(cells, seen, strict=True):
                reading = chosen(slots_in(cells_of(chances, len(each.boxes))), chinese())
                if columns := columns_of(each, reading):
                    read.append((reading.worth, columns))
            if read:
                yield max(read, key=lambda pair: pair[0])[1]

    def _read_again(self, read: Sequence[Seen], never: Set[str]) -> list[Seen]:
        """Columns read a second time where they are in doubt, glyph by glyph upright, and voted
        on."""
        return [
            self._voted(each, never) if each.strip.down and each.reading.worth >= WORTH else each
            for each in read
        ]

    def _voted(self, seen: Seen, never: Set[str]) -> Seen:
        slots = list(with_gaps(seen.slots))
        for first, last in in_doubt(slots, seen.reading):
            places = [slot.place for slot in slots[first:last]]
            row = stretched(upright_row(seen.strip, places), HEIGHT, SQUEEZE_UPRIGHT)
            (chances,) = self._chances([row], self.columns)
            slots[first:last] = voted(slots[first:last], cells_of(chances, len(places), never))
        return replace(seen, slots=tuple(slots), reading=calibrated(chosen(slots, chinese())))

    def _chances(self, prepared: Sequence[Floats], model: Recogniser) -> list[Chances]:
        seen = [NOTHING_SEEN] * len(prepared)
        for batch in _batches([p.shape[1] for p in prepared]):
            images = [prepared[i] for i in batch]
            tables = _recognised(model.session, images)
            widest = max(image.shape[1] for image in images)
            for i, image, table in zip(batch, images, tables, strict=True):
                seen[i] = chances_of(table, model.alphabet, image.shape[1] / widest)
        return seen


def _seen(strips: Sequence[Strip], looks: Sequence[Chances], never: Set[str]) -> list[Seen]:
    slots = (slots_of(chances, never) for chances in looks)
    return [seen_as(*each) for each in zip(strips, slots, strict=True)]


def line_of(strip: Strip, reading: Reading, sheet: Sheet) -> Line:
    """A line of the sheet, its characters tiled along the strip."""
    glyphs = with_full_width(reading.glyphs) if any(map(is_han, reading.text)) else reading.glyphs
    at = edges([g.place for g in glyphs], strip.pixels)
    chars = tuple(
        Char(g.text, strip.box(start, end, sheet.width, sheet.height), g.confidence, g.others)
        for g, start, end in zip(glyphs, at, at[1:], strict=False)
    )
    direction = Direction.VERTICAL_RL if strip.down else Direction.HORIZONTAL_LTR
    return Line(Box.around(c.box for c in chars), direction, chars)


def _recognised(model: onnxruntime.InferenceSession, images: Sequence[Floats]) -> Floats:
    """(images, steps, classes)."""
    widest = max(image.shape[1] for image in images)
    batch = np.zeros((len(images), 3, HEIGHT, widest), np.float32)
    for i, image in enumerate(images):
        batch[i, :, :, : image.shape[1]] = image
    return np.asarray(model.run(None, {model.get_inputs()[0].name: batch})[0], np.float32)


def _batches(widths: Sequence[int]) -> Iterator[list[int]]:
    """Indices of strips of like width, at most BATCH together."""
    batch: list[int] = []
    for i in sorted(range(len(widths)), key=lambda i: (widths[i], i)):
        full = len(batch) == BATCH or (len(batch) + 1) * widths[i] > BATCH_WIDTH
        alike = not batch or widths[i] <= 1.1 * widths[batch[0]] + HEIGHT / 4
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


def recogniser_of(path: Path) -> Recogniser:
    loaded = session(path)
    characters = loaded.get_modelmeta().custom_metadata_map["character"]
    return Recogniser(loaded, alphabet_of(characters.split("\n")))


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]

"""Lines of real pages with their true text: what an archive adds to typeset lines.

A folder of them holds the strips as the reader cuts them, one PNG each, not yet squeezed, and
`lines.tsv`, a row for each: its file, down or across, and what it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from baoguan.archive import Archive, open_archive
from baoguan.ingest import decode
from baoguan.model import Box, Page
from baoguan.ocr.deskew import deskew
from baoguan.ocr.engines.rapidocr import HEIGHT, SQUEEZE_ACROSS, RapidOcr
from baoguan.ocr.light import grey
from baoguan.ocr.lines import Strip, stretched
from baoguan.ocr.sheet import Affine, Floats, Grey, Sheet
from baoguan.settings import load_settings

LIST = "lines.tsv"
INSIDE, FILLED = 0.8, 0.5  # of a true line lies in its strip; of the strip is covered by the line
SQUEEZES_DOWN = 0.42, 0.64  # columns are pressed together by any of these: by more for `fast`
SHADES = 0.06  # how far the light of a strip is moved each time it is shown
OFF = 0.05  # of a strip's thickness: how far its edges are moved each time
BLURRED, BLUR = 0.3, 0.8  # how often, and pixels of the strip at most


@dataclass(frozen=True, slots=True, eq=False)
class Corrected:
    """`pixels`: uint8 (across, along), as `baoguan.ocr.lines.cut` gives them."""

    pixels: Grey
    down: bool
    text: str

    def image(self, rng: np.random.Generator) -> Floats:
        """As the recogniser gets it; longer or shorter, cut wider or closer, sharper or less so,
        lighter or darker each time."""
        squeeze = rng.uniform(*SQUEEZES_DOWN) if self.down else SQUEEZE_ACROSS
        image = stretched(_worn(_recut(self.pixels, rng), rng), HEIGHT, squeeze)
        lighter = image * rng.uniform(1 - SHADES, 1 + SHADES) + rng.normal(0, SHADES)
        return np.asarray(np.clip(lighter, -1, 1), np.float32)


def _recut(pixels: Grey, rng: np.random.Generator) -> Grey:
    """A strip with its long edges moved in or out, as the next detector might have cut it."""
    above, below = (round(OFF * len(pixels) * rng.uniform(-1, 1)) for _ in range(2))
    inner = pixels[max(0, above) : len(pixels) - max(0, below)]
    out = max(0, -above), max(0, -below)
    return np.asarray(np.pad(inner, (out, (0, 0)), mode="edge"), np.uint8)


def _worn(pixels: Grey, rng: np.random.Generator) -> Grey:
    if rng.random() >= BLURRED:
        return pixels
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), rng.uniform(0.3, BLUR)), np.uint8)


def export_lines(folder: Path, pages: Sequence[str], out: Path) -> int:
    """Writes the lines of these pages of an archive, as they stand in their last revision, and
    gives their number. Raises NoArchive, and NotFound for a page that the archive does not have."""
    finder = RapidOcr()
    with open_archive(load_settings(folder)) as archive:
        texts = [archive.page(page) for page in pages]
        scans = (_scan(archive, page) for page in texts)
        lines = (
            line
            for page, scan in zip(texts, scans, strict=True)
            for line in corrected(page, scan, finder)
        )
        return write(out, lines)


def _scan(archive: Archive, page: Page) -> np.ndarray:
    master = archive.store.path("masters", page.master)
    return decode(master, page.frame, pdf_dpi=archive.settings.pdf_dpi, turn=page.turn)


def corrected(page: Page, pixels: np.ndarray, finder: RapidOcr) -> Iterator[Corrected]:
    """The page's lines, each with the strip that the reader finds in its place on the frame
    `pixels`; those that it finds no strip for, or with other lines in one, are left out."""
    placed = placed_strips(page, pixels, finder)
    for line in (line for region in page.regions for line in region.lines):
        for strip, place in placed:
            if strip.down is line.direction.vertical and _same(line.box, place):
                yield Corrected(strip.pixels, strip.down, line.text)
                break


def placed_strips(page: Page, pixels: np.ndarray, finder: RapidOcr) -> list[tuple[Strip, Box]]:
    """The strips that the reader finds on a page, each with its place on the frame `pixels`."""
    box = page.box
    part = np.ascontiguousarray(grey(pixels)[box.top : box.bottom, box.left : box.right])
    sheet = deskew(Sheet(part, to_master=Affine(c=box.left, f=box.top)))
    return [(strip, _on_frame(strip, sheet, page)) for strip in finder.find(sheet)[0]]


def _on_frame(strip: Strip, sheet: Sheet, page: Page) -> Box:
    on_sheet = strip.box(0, strip.length, sheet.width, sheet.height)
    return sheet.to_master.box(on_sheet, page.width, page.height)


def _same(line: Box, strip: Box) -> bool:
    both = line.overlap(strip)
    return both >= INSIDE * line.area and both >= FILLED * strip.area


def write(folder: Path, lines: Iterable[Corrected]) -> int:
    """Adds nothing to a folder that is there: raises FileExistsError."""
    folder.mkdir(parents=True)
    rows: list[str] = []
    for line in lines:
        text = " ".join(line.text.split())
        if not text:
            continue
        name = f"{len(rows):06}.png"
        cv2.imwrite(str(folder / name), line.pixels)
        rows.append(f"{name}\t{'down' if line.down else 'across'}\t{text}")
    (folder / LIST).write_text("".join(f"{row}\n" for row in rows), "utf-8")
    return len(rows)


def read(folder: Path) -> tuple[Corrected, ...]:
    lines = []
    for row in (folder / LIST).read_text("utf-8").splitlines():
        name, way, text = row.split("\t", 2)
        pixels = cv2.imread(str(folder / name), cv2.IMREAD_GRAYSCALE)
        if pixels is None:
            raise FileNotFoundError(folder / name)
        lines.append(Corrected(np.asarray(pixels, np.uint8), way == "down", text))
    return tuple(lines)

"""One scan read: split, deskew, lines, direction, layout, pages."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable
from dataclasses import dataclass, replace

import cv2
import numpy as np

from baoguan.model import Box, Direction, Page, Scan, Step
from baoguan.ocr.assemble import assemble
from baoguan.ocr.deskew import deskew
from baoguan.ocr.direction import page_direction, with_directions
from baoguan.ocr.engines import RUNTIMES, Engine, make_engine
from baoguan.ocr.fold import number_on_left, split
from baoguan.ocr.layout import lay_out
from baoguan.ocr.light import grey
from baoguan.ocr.models import RECOGNISERS
from baoguan.ocr.sheet import Grey, Sheet

TURNS = ("auto", "0", "90", "180", "270")


@dataclass(frozen=True, slots=True)
class Options:
    """Everything that changes the result.

    `engine` is rapidocr or tesseract; `quality` best or fast; `direction` auto or the value of a
    model.Direction; `recogniser`, for rapidocr, what reads columns: old-type or wheel; `turn` auto
    or the degrees clockwise by which the frame is turned before it is read; `runtime` what lines
    are found on: onnxruntime or openvino. Raises ValueError for a quality, direction, recogniser,
    turn or runtime that does not exist.
    """

    engine: str = "rapidocr"
    quality: str = "best"
    direction: str = "auto"
    recogniser: str = RECOGNISERS[0]
    turn: str = "auto"
    runtime: str = RUNTIMES[0]

    def __post_init__(self) -> None:
        if self.quality not in ("best", "fast"):
            raise ValueError(f"quality is best or fast, not {self.quality!r}")
        if self.direction not in ("auto", *Direction):
            raise ValueError(f"direction is auto or one of {', '.join(Direction)}")
        if self.recogniser not in RECOGNISERS:
            raise ValueError(f"recogniser is one of {', '.join(RECOGNISERS)}")
        if self.turn not in TURNS:
            raise ValueError(f"turn is one of {', '.join(TURNS)}")
        if self.runtime not in RUNTIMES:
            raise ValueError(f"runtime is one of {', '.join(RUNTIMES)}")


Progress = Callable[[str], None]


def read_scan(
    pixels: np.ndarray,
    scan: Scan,
    options: Options = Options(),
    progress: Progress | None = None,
) -> tuple[Page, ...]:
    """The pages of one frame, in the order of `scan.numbers` (one number, or two for a fold).

    `pixels` is uint8, grey (height, width) or RGB (height, width, 3), as large as the frame. Print
    that lies on its side or on its head is found and turned: all coordinates of the pages are
    pixels of the frame turned by their `turn`. The same input gives the same pages. Raises
    EngineMissing where the engine is not installed, ValueError for pixels of another shape.
    """
    cv2.setNumThreads(1)
    tell = progress or (lambda _: None)
    engine = make_engine(options.engine, options.quality, options.recogniser, options.runtime)
    image = grey(pixels)
    turn = 0 if options.turn == "auto" else int(options.turn)
    frame = _turned(image, turn)
    lies = None if options.turn == "auto" else 0
    sheets = _read(frame, scan.numbers, engine, lies, tell)
    if lying := next((sheet.lies for sheet in sheets if sheet.lies), 0):
        turn, frame = lying, _turned(image, lying)
        sheets = _read(frame, scan.numbers, engine, 0, tell)
    sheets = _numbered(sheets, scan.numbers, options.direction)
    tell("layout")
    height, width = frame.shape
    provenance = (_own_step(options, turn), engine.step())
    pages = [
        assemble(
            lay_out(with_directions(sheet, options.direction)), scan, width, height, provenance
        )
        for sheet in sheets
    ]
    pages = [replace(page, turn=turn) for page in pages]
    return tuple(sorted(pages, key=lambda page: _place(page, scan)))


def _read(
    image: Grey, numbers: tuple[int, ...], engine: Engine, lies: int | None, tell: Progress
) -> tuple[Sheet, ...]:
    """The sheets of a frame with their lines; as far as one that lies turned, where one does."""
    tell("split")
    height, width = image.shape
    whole = Sheet(pixels=image, number=numbers[0], part=Box(0, 0, width, height))
    read: list[Sheet] = []
    for sheet in split(image) if len(numbers) == 2 else (whole,):
        tell("lines")
        read.append(engine.read_lines(replace(deskew(sheet), lies=lies)))
        lies = read[-1].lies
        if lies:
            break
    return tuple(read)


def _turned(image: Grey, degrees: int) -> Grey:
    return np.ascontiguousarray(np.rot90(image, -degrees // 90))


def _place(page: Page, scan: Scan) -> int:
    return scan.numbers.index(page.number)


def _numbered(
    sheets: tuple[Sheet, ...], numbers: tuple[int, ...], wanted: str
) -> tuple[Sheet, ...]:
    """Halves of a fold with their page numbers, which depend on how the paper is bound."""
    if len(sheets) == 1:
        return sheets
    lines = [line for sheet in sheets for line in sheet.lines]
    right_to_left = page_direction(lines, wanted) is not Direction.HORIZONTAL_LTR
    on_left = number_on_left(numbers, right_to_left)
    on_right = next(n for n in numbers if n != on_left)
    return replace(sheets[0], number=on_left), replace(sheets[1], number=on_right)


def _own_step(options: Options, turn: int) -> Step:
    settings: dict[str, str | int | float | bool] = {
        "engine": options.engine,
        "quality": options.quality,
        "direction": options.direction,
        "turn": options.turn,
    }
    if turn:
        settings["turned"] = turn
    return Step("baoguan.ocr", importlib.metadata.version("baoguan"), settings)

"""Engines find and read lines. Which one is used is a name in a dict."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Protocol

from baoguan.errors import EngineMissing
from baoguan.model import Step
from baoguan.ocr.models import RECOGNISERS
from baoguan.ocr.sheet import Sheet

RUNTIMES = ("onnxruntime", "openvino")  # what lines may be found on: see `runtimes`


class Engine(Protocol):
    """Finds and reads the lines of a sheet."""

    def step(self) -> Step:
        """Name, version and settings, for provenance."""

    def read_lines(self, sheet: Sheet) -> Sheet:
        """The sheet with `lines` (any order), `glyph` and `chance`.

        One whose `lies` is None is looked at first, and given back unread with it where it lies
        turned.
        """


def make_engine(
    name: str, quality: str, recogniser: str = RECOGNISERS[0], runtime: str = RUNTIMES[0]
) -> Engine:
    """`recogniser` is asked for by rapidocr alone. Raises EngineMissing for an engine that is
    unknown, or that is not installed or its `runtime` is not."""
    makers: dict[str, Callable[[], Engine]] = {
        "rapidocr": lambda: _rapidocr(quality, recogniser, runtime),
        "tesseract": lambda: _tesseract(quality, runtime),
    }
    if name not in makers:
        raise EngineMissing(f"no engine is called {name!r}; there are {', '.join(makers)}")
    return makers[name]()


@cache  # its models take a third of a second to load
def _rapidocr(quality: str, recogniser: str, runtime: str) -> Engine:
    from baoguan.ocr.engines.rapidocr import RapidOcr

    return RapidOcr(quality, recogniser, runtime)


def _tesseract(quality: str, runtime: str) -> Engine:
    from baoguan.ocr.engines.tesseract import Tesseract

    return Tesseract(quality, runtime)

"""Engines find and read lines. Which one is used is a name in a dict."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from baoguan.errors import EngineMissing
from baoguan.model import Step
from baoguan.ocr.sheet import Sheet


class Engine(Protocol):
    """Finds and reads the lines of an upright sheet."""

    def step(self) -> Step:
        """Name, version and settings, for provenance."""

    def read_lines(self, sheet: Sheet) -> Sheet:
        """The sheet with `lines` (any order), `glyph` and `direction`."""


def make_engine(name: str, quality: str) -> Engine:
    """Raises EngineMissing for an engine that is unknown or not installed."""
    makers: dict[str, Callable[[str], Engine]] = {"rapidocr": _rapidocr, "tesseract": _tesseract}
    if name not in makers:
        raise EngineMissing(f"no engine is called {name!r}; there are {', '.join(makers)}")
    return makers[name](quality)


def _rapidocr(quality: str) -> Engine:
    from baoguan.ocr.engines.rapidocr import RapidOcr

    return RapidOcr(quality)


def _tesseract(quality: str) -> Engine:
    from baoguan.ocr.engines.tesseract import Tesseract

    return Tesseract(quality)

"""Tesseract through pytesseract: lines from its page segmentation, characters from its boxes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytesseract

from baoguan.errors import EngineMissing
from baoguan.model import Box, Char, Direction, Line, Step
from baoguan.ocr.sheet import Sheet, glyph_side

LANGUAGES = ("chi_tra_vert", "chi_sim", "eng")  # each is tried; the one read surest is taken
SURE_ENOUGH = 80.0  # mean confidence, percent, with which no other language is tried
PAGE_MODE = "--psm 3"  # automatic segmentation; 12 (sparse) loses the lines
TRIED_SIDE = 1600  # pixels: the language is chosen on a page no larger


class Tesseract:
    """Raises EngineMissing where the program or all its languages are missing."""

    def __init__(self, quality: str = "best") -> None:
        self._quality = quality
        try:
            self._version = str(pytesseract.get_tesseract_version())
            installed = pytesseract.get_languages()
        except (pytesseract.TesseractNotFoundError, OSError) as error:
            raise EngineMissing("the program tesseract is not installed") from error
        self._languages = [name for name in LANGUAGES if name in installed]
        if not self._languages:
            raise EngineMissing(f"tesseract has none of the languages {', '.join(LANGUAGES)}")

    def step(self) -> Step:
        settings = {"quality": self._quality, "languages": "+".join(self._languages)}
        return Step("tesseract", self._version, settings)

    def read_lines(self, sheet: Sheet) -> Sheet:
        language = self._language_of(sheet)
        lines = tuple(_lines(sheet, language))
        return replace(sheet, lines=lines, glyph=glyph_side(lines))

    def _language_of(self, sheet: Sheet) -> str:
        """The language whose words are read with most confidence, weighed by their length."""
        step = max(1, -(-max(sheet.width, sheet.height) // TRIED_SIDE))
        sample = sheet.pixels[::step, ::step]
        best, best_worth = self._languages[0], -1.0
        for language in self._languages:
            found = _data(sample, language)
            words = zip(found["text"], found["conf"], strict=True)
            sure = [(len(t.strip()), float(c)) for t, c in words if t.strip() and float(c) >= 0]
            worth = sum(n * c for n, c in sure)
            if worth > best_worth:
                best, best_worth = language, worth
            letters = sum(n for n, _ in sure)
            if letters and worth / letters > SURE_ENOUGH and letters > 200:
                break
        return best


def _data(pixels: object, language: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = pytesseract.image_to_data(
        pixels, lang=language, config=PAGE_MODE, output_type=pytesseract.Output.DICT
    )
    return found


def _lines(sheet: Sheet, language: str) -> Iterator[Line]:
    """Lines with their characters spread evenly over the boxes of their words."""
    vertical = language.endswith("_vert")
    found = _data(sheet.pixels, language)
    words: dict[tuple[str, ...], list[Char]] = {}
    for i, text in enumerate(found["text"]):
        if not text.strip() or float(found["conf"][i]) < 0:
            continue
        left, top = int(found["left"][i]), int(found["top"][i])
        box = Box(left, top, left + int(found["width"][i]), top + int(found["height"][i]))
        key = tuple(str(found[name][i]) for name in ("block_num", "par_num", "line_num"))
        sure = min(1.0, float(found["conf"][i]) / 100)
        text = unicodedata.normalize("NFC", text.strip())
        words.setdefault(key, []).extend(_spread(text, box, sure, vertical))
    for chars in words.values():
        yield _line(chars, vertical)


def _spread(text: str, box: Box, sure: float, vertical: bool) -> list[Char]:
    """The characters of a word, side by side or one under the other in its box."""
    count = len(text)
    chars = []
    for i, char in enumerate(text):
        if vertical and box.height >= box.width:
            top = box.top + box.height * i // count
            cell = Box(box.left, top, box.right, box.top + box.height * (i + 1) // count)
        else:
            left = box.left + box.width * i // count
            cell = Box(left, box.top, box.left + box.width * (i + 1) // count, box.bottom)
        chars.append(Char(char, cell, sure))
    return chars


def _line(chars: Sequence[Char], vertical: bool) -> Line:
    box = Box.around(char.box for char in chars)
    down = vertical and box.height > box.width
    direction = Direction.VERTICAL_RL if down else Direction.HORIZONTAL_LTR
    if not down and len(chars) > 1:
        chars = sorted(chars, key=lambda char: char.box.left)
    return Line(box, direction, tuple(chars))

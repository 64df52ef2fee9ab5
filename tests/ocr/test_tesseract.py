from __future__ import annotations

import shutil

import numpy as np
import pytesseract
import pytest
from PIL import Image, ImageDraw, ImageFont

from baoguan.errors import EngineMissing
from baoguan.evaluate import edit_distance
from baoguan.model import Page, Scan
from baoguan.ocr import Options, read_scan
from tests.scans import FONT, written

LINES = ["江上早报记者昨日在码头见到", "三艘新船同时起航前往下游"]
COLUMNS = ["江水一夜漲三尺沿江各堤", "日夜搶護商民千餘人登堤"]

needs_tesseract = pytest.mark.skipif(not shutil.which("tesseract"), reason="no tesseract here")


def read(image: Image.Image) -> Page:
    scan = Scan("0" * 64, 0, "jiang-1956-05-01-a", (1,))
    (page,) = read_scan(np.asarray(image), scan, Options(engine="tesseract"))
    return page


def almost(read: list[str], printed: list[str]) -> bool:
    """At most one character wrong in each line."""
    pairs = zip(read, printed, strict=True)
    return all(edit_distance(one, other) <= 1 for one, other in pairs)


def in_columns(columns: list[str]) -> Image.Image:
    image = Image.new("L", (500, 700), 245)
    font = ImageFont.truetype(str(FONT), 36, index=3)
    for number, text in enumerate(columns):
        for row, char in enumerate(text):
            at = (400 - number * 60, 60 + row * 40)
            ImageDraw.Draw(image).text(at, char, font=font, fill=15)
    return image


@needs_tesseract
def test_rows_are_read() -> None:
    page = read(written(LINES))
    assert almost(page.text.splitlines(), LINES)
    assert page.provenance[-1].name == "tesseract"


@needs_tesseract
def test_columns_are_read_from_right_to_left_with_a_box_for_each_character() -> None:
    page = read(in_columns(COLUMNS))
    assert almost(page.text.splitlines(), COLUMNS)
    (first, *_), *_ = (line.chars for region in page.regions for line in region.lines)
    assert abs(first.box.centre[0] - 418) < 18
    assert abs(first.box.centre[1] - 80) < 20


def test_a_machine_without_tesseract_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", "no-such-tesseract")
    with pytest.raises(EngineMissing, match="not installed") as caught:
        read(written(LINES))
    assert "doctor" in caught.value.advice

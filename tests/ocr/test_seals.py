"""Seals are read down and from right to left; great characters and ornaments are none."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from baoguan.model import Box, Char, Direction, Line
from baoguan.ocr.engines.rapidocr import RapidOcr
from baoguan.ocr.ink import with_ink
from baoguan.ocr.recognise import Glyph, Reading
from baoguan.ocr.seals import columns_of, partings, seals_in, with_seals
from baoguan.ocr.sheet import Grey, Sheet
from tests.scans import FONT, in_columns

SIDE = 32.0
AT = 60, 300
BODY = ["昨日本埠商會召集各業", "討論米價問題主席報告", "近來米市情形略謂自入"]


def page(seal: Image.Image | None = None) -> Grey:
    """Three columns, and to the left of them a seal."""
    image = in_columns(BODY, (500, 700))
    if seal is not None:
        image.paste(seal, AT)
    return np.asarray(image)


def seal(text: str, down: int, *, block: bool, size: int = 44) -> Image.Image:
    """`text` in columns of `down` characters, in a frame or in white on a block."""
    across = len(text) // down
    ink, paper = (235, 45) if block else (45, 245)
    width, height = across * size + 16, down * size + 16
    image = Image.new("L", (width, height), paper)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width - 1, height - 1), outline=45, width=5)
    font = ImageFont.truetype(str(FONT), size - 2, index=3)
    for number, char in enumerate(text):
        x = 8 + (across - 1 - number // down + 0.5) * size
        draw.text((x, 8 + (number % down + 0.5) * size), char, font=font, fill=ink, anchor="mm")
    return image


def enclosures(pixels: Grey, lines: tuple[Line, ...] = ()) -> list[Box]:
    return seals_in(with_ink(Sheet(pixels=pixels)), lines, SIDE)


def texts(pixels: Grey) -> list[str]:
    lines = RapidOcr("fast").read_lines(Sheet(pixels=pixels, lies=0)).lines
    return [line.text for line in lines if line.box.right < 240]


@pytest.mark.parametrize("block", [True, False])
@pytest.mark.parametrize(
    ("text", "down"), [("江南報印", 2), ("江海報館之印", 3), ("張大千印", 4), ("吉祥", 2)]
)
def test_a_seal_is_read_down_and_from_right_to_left(text: str, down: int, block: bool) -> None:
    columns = [text[i : i + down] for i in range(0, len(text), down)]
    assert texts(page(seal(text, down, block=block))) == columns


def test_its_characters_have_their_boxes_where_they_stand() -> None:
    lines = RapidOcr("fast").read_lines(Sheet(pixels=page(seal("江南報印", 2, block=True)), lies=0))
    right, left = (line for line in lines.lines if line.box.right < 240)
    middles = [char.box.centre for line in (right, left) for char in line.chars]
    expected = [(x, y) for x in (60 + 74, 60 + 30) for y in (300 + 30, 300 + 74)]
    assert np.abs(np.array(middles) - expected).max() < 6


def test_a_frame_with_gaps_is_one() -> None:
    chipped = seal("江南報印", 2, block=False)
    for gap in ((30, 0, 34, 6), (0, 60, 6, 64), (99, 40, 104, 44)):
        chipped.paste(245, gap)
    (box,) = enclosures(page(chipped))
    assert box.overlap(Box(60, 300, 164, 404)) > 0.9 * box.area


def test_what_touches_print_or_is_open_on_a_side_is_none() -> None:
    open_ = seal("江南報印", 2, block=False)
    open_.paste(245, (0, 0, 104, 7))
    beside = np.array(page(seal("江南報印", 2, block=False)))
    beside[290:420, 168:174] = 20
    assert not enclosures(page(open_))
    assert not enclosures(beside)


def test_a_character_that_is_read_surely_is_none() -> None:
    pixels = page(seal("江南報印", 2, block=True))
    (box,) = enclosures(pixels)
    sure, doubtful = (
        Line(box, Direction.VERTICAL_RL, (Char("國", box, confidence),))
        for confidence in (0.95, 0.3)
    )
    assert not enclosures(pixels, (sure,))
    assert enclosures(pixels, (doubtful,)) == [box]


def test_an_ornament_is_not_read_as_characters_in_a_frame() -> None:
    ring = Image.new("L", (90, 90), 45)
    ring.paste(245, (30, 30, 60, 60))
    assert len(enclosures(page(ring))) == 1
    assert len("".join(texts(page(ring)))) < 2


def test_where_nothing_is_read_there_is_no_seal() -> None:
    assert not seals_in(with_ink(Sheet(pixels=page(seal("江南報印", 2, block=True)))), (), 0)


def test_a_cell_that_reads_like_nothing_makes_it_none() -> None:
    sheet = with_ink(Sheet(pixels=page(seal("江南報印", 2, block=False))))
    cells = next(partings(sheet, Box(60, 300, 164, 404)))
    glyphs = [Glyph(char, 0.5, 0.95) for char in "江南報印甲乙丙丁戊"[: len(cells.boxes)]]
    assert columns_of(cells, Reading(tuple(glyphs)))
    assert not columns_of(cells, Reading(tuple(glyphs[1:])))
    assert not columns_of(cells, Reading(tuple(Glyph(g.text, 0.5, 0.4) for g in glyphs)))


def test_what_was_read_in_a_seal_before_gives_way_and_what_only_touches_it_stays() -> None:
    def line(text: str, box: Box) -> Line:
        return Line(box, Direction.VERTICAL_RL, (Char(text, box, 0.9),))

    inside, beside = line("田", Box(10, 10, 50, 50)), line("江", Box(90, 10, 190, 50))
    columns = [line("南", Box(50, 0, 100, 100)), line("印", Box(0, 0, 50, 100))]
    assert with_seals([inside, beside], [columns]) == [beside, *columns]
    assert with_seals([inside, beside], []) == [inside, beside]


def test_a_small_advertisement_in_a_frame_keeps_its_lines() -> None:
    char = Char("江", Box(0, 0, 10, 10), 0.9)
    small = [
        Line(Box(10 * i, 0, 10 * i + 10, 90), Direction.VERTICAL_RL, (char,) * 9) for i in (1, 3)
    ]
    seal_ = [Line(Box(0, 0, 60, 90), Direction.VERTICAL_RL, (char,) * 4)]
    assert with_seals(small, [seal_]) == small

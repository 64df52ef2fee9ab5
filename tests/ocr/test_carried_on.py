from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baoguan.ocr.carried_on import End, carried_on, ends_of
from baoguan.ocr.engines.rapidocr import RapidOcr
from baoguan.ocr.light import ink_of
from baoguan.ocr.lines import Strip, lengthened
from baoguan.ocr.recognise import Glyph, Reading, Slot
from baoguan.ocr.second_look import Read
from baoguan.ocr.sheet import Affine, Floats, Sheet
from tests.scans import in_columns

SIDE, PITCH = 24, 30
TEXT = "江城早報記者昨日在"


def page(*columns: tuple[int, int, int]) -> np.ndarray:
    """Columns of squares with a hole: x, the place of the first, and how many."""
    pixels = np.full((700, 400), 255, np.uint8)
    for left, top, count in columns:
        for y in range(top, top + PITCH * count, PITCH):
            pixels[y : y + SIDE, left : left + SIDE] = 30
            pixels[y + 6 : y + 18, left + 6 : left + 18] = 255
    return pixels


def line(pixels: np.ndarray, left: int, top: int, count: int, sure: float = 0.9) -> Read:
    """What was read of a column: so many of its squares."""
    length = PITCH * count
    to_sheet = Affine(0.0, -1.0, left + SIDE, 1.0, 0.0, top)
    strip = Strip(np.full((SIDE, length), 255, np.uint8), to_sheet, down=True)
    glyphs = (Glyph(TEXT[i % 9], (i + 0.4) / count, sure) for i in range(count))
    return lengthened(pixels, strip, 0, 0), Reading(tuple(glyphs))


def reaches(pixels: np.ndarray, *lines: Read) -> list[tuple[int, bool, int]]:
    """Each end's line, its side, and by how many squares it goes on."""
    return [
        (
            end.line,
            end.behind,
            round(abs((end.at(1.0) if end.behind else end.at(0.0)) - end.edge) / PITCH),
        )
        for end in ends_of(pixels, ink_of(pixels), lines)
    ]


def test_ink_in_line_with_a_piece_of_a_column_is_looked_at_on_both_sides() -> None:
    pixels = page((100, 50, 15), (140, 50, 15))
    lines = line(pixels, 100, 200, 4), line(pixels, 140, 50, 15)
    assert reaches(pixels, *lines) == [(0, False, 5), (0, True, 6)]


def test_a_rule_a_long_white_and_another_line_end_a_column() -> None:
    pixels = page((100, 50, 15))
    read = line(pixels, 100, 50, 4)
    ruled = pixels.copy()
    ruled[pixel_rows(50 + 9 * PITCH), 40:200] = 20
    white = page((100, 50, 7), (100, 50 + 9 * PITCH, 6))
    other = line(pixels, 100, 50 + 10 * PITCH, 5)
    assert reaches(pixels, read) == [(0, True, 11)]
    assert reaches(ruled, read) == [(0, True, 5)]
    assert reaches(white, read) == [(0, True, 3)]
    assert (0, True, 6) in reaches(pixels, read, other)


def pixel_rows(top: int) -> slice:
    return slice(top - 5, top - 2)


def test_a_line_read_badly_does_not_end_a_column() -> None:
    pixels = page((100, 50, 15))
    read, other = line(pixels, 100, 50, 4), line(pixels, 100, 50 + 10 * PITCH, 5, sure=0.6)
    assert (0, True, 11) in reaches(pixels, read, other)


def test_whole_columns_headings_rows_and_white_type_are_left_as_they_are() -> None:
    whole = page((100, 50, 15))
    assert reaches(whole, line(whole, 100, 50, 15)) == []
    strip, reading = line(whole, 100, 50, 4)
    across = Strip(strip.pixels, strip.to_sheet, down=False)
    assert reaches(whole, (across, reading)) == []
    body = [line(whole, 300, 50 + 40 * i, 1) for i in range(9)]
    wide = Strip(np.zeros((2 * SIDE, strip.length), np.uint8), strip.to_sheet, down=True)
    assert (9, True, 11) not in reaches(whole, *body, (wide, reading))
    black = 255 - whole
    assert reaches(black, line(black, 100, 50, 4)) == []


def ahead(
    text: str, sure: float = 0.9, behind: bool = True
) -> tuple[End, tuple[Slot, ...], Reading]:
    """An end of a line of four squares, in which `text` is read, one of it within the line."""
    pixels = page((100, 50, 15))
    count = len(text)
    own, _ = line(pixels, 100, 200, 4)
    start = 3 * PITCH if behind else PITCH * (1 - count)
    strip = lengthened(pixels, own, -start, start + PITCH * count - own.length)
    glyphs = tuple(Glyph(c, (i + 0.4) / count, sure) for i, c in enumerate(text))
    slots = tuple(Slot(glyph.place, {glyph.text: sure}) for glyph in glyphs)
    bound, edge = (3.0 * PITCH, 4.0 * PITCH) if behind else (1.0 * PITCH, 0.0)
    return End(0, behind, strip, start, bound, edge), slots, Reading(glyphs)


def joined(*ends: tuple[End, tuple[Slot, ...], Reading]) -> tuple[str, Strip] | None:
    pixels = page((100, 50, 15))
    strip, reading = line(pixels, 100, 200, 4)
    slots = tuple(Slot(glyph.place, {glyph.text: 0.9}) for glyph in reading.glyphs)
    whole = carried_on(pixels, strip, slots, ends)
    return whole and ("".join(next(iter(s.options)) for s in whole[1]), whole[0])


def test_what_reads_like_text_is_joined_and_the_character_at_the_end_read_anew() -> None:
    text, strip = joined(ahead("報記者社", behind=False), ahead("電昨日在")) or ("", None)
    assert text == "報記者社城早電昨日在"
    assert strip is not None
    assert strip.box(0, strip.length, 400, 700).as_tuple() == (100, 110, 124, 410)


@pytest.mark.parametrize("noise", ["電一二三", "電、。（", "電ABCD"])
def test_strokes_signs_and_letters_alone_are_not_text(noise: str) -> None:
    assert joined(ahead(noise)) is None


def test_what_is_read_badly_is_not_joined() -> None:
    assert joined(ahead("電昨日在", sure=0.3)) is None


def test_what_follows_noise_is_left_out() -> None:
    text, _ = joined(ahead("電昨ABCDEF日在")) or ("", None)
    assert text == "江城早電昨"


@given(st.text("昨日在記者電報社", min_size=2, max_size=9), st.booleans())
def test_a_lines_own_characters_stay_where_they_are(said: str, behind: bool) -> None:
    pixels = page((100, 50, 15))
    strip, reading = line(pixels, 100, 200, 4)
    slots = tuple(Slot(glyph.place, {glyph.text: 0.9}) for glyph in reading.glyphs)
    whole = carried_on(pixels, strip, slots, [ahead(said, behind=behind)])
    assert whole is not None
    before, after = ({place(s, slot) for slot in own} for s, own in ((strip, slots), whole))
    kept = before - {max(before) if behind else min(before)}
    assert kept <= after


def place(strip: Strip, slot: Slot) -> int:
    return round(strip.to_sheet.point(slot.place * strip.length, 0)[1])


def test_a_column_found_in_part_is_read_whole() -> None:
    class Short(RapidOcr):
        """Finds the first half of each column."""

        def find(self, sheet: Sheet) -> tuple[list[Strip], Floats]:
            strips, chance = super().find(sheet)
            halves = [lengthened(sheet.pixels, s, 0, -s.length // 2) for s in strips]
            return halves, chance

    said = ["江城早報記者昨日在南京路", "上海各報今日起增出一大張"]
    sheet = Sheet(pixels=np.asarray(in_columns(said)), lies=0)
    lines = Short("fast").read_lines(sheet).lines
    assert sorted(line.text for line in lines) == sorted(said)

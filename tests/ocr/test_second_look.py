from __future__ import annotations

import numpy as np

from baoguan.model import Box
from baoguan.ocr.light import ink_of
from baoguan.ocr.lines import Strip
from baoguan.ocr.recognise import Glyph, Reading
from baoguan.ocr.second_look import body_of, doubtful, is_column, with_more
from baoguan.ocr.sheet import Affine

BODY = 24.0
TEXT = "江城早報記者昨日在"
SEEN = np.ones((60, 120), np.float32)
WHOLE = Box(0, 0, 1200, 600)


def column(left: int, top: int = 100, length: int = 200, thickness: int = 24) -> Strip:
    """A column of the page; along the strip is down the page."""
    to_sheet = Affine(0.0, -1.0, left + thickness, 1.0, 0.0, top)
    return Strip(np.full((thickness, length), 255, np.uint8), to_sheet, down=True)


def reading(text: str, confidence: float) -> Reading:
    glyphs = (Glyph(c, (i + 0.5) / len(text), confidence) for i, c in enumerate(text))
    return Reading(tuple(glyphs))


def printed(*lefts: int) -> np.ndarray:
    """A page with columns of squares, 24 pixels each, ten columns side by side from each place."""
    page = np.full((600, 1200), 255, np.uint8)
    for left in (left + 30 * i for left in lefts for i in range(10)):
        for top in range(100, 300, 30):
            page[top : top + 24, left : left + 24] = 30
    return page


def read(left: int, confidence: float = 0.95) -> list[tuple[Strip, Reading]]:
    return [(column(left + 30 * i), reading(TEXT, confidence)) for i in range(10)]


def test_ink_that_no_line_covers_is_doubtful_and_white_is_not() -> None:
    doubt = doubtful(ink_of(printed(100, 600)), read(100), SEEN, BODY)
    assert doubt(Box(580, 80, 920, 320))
    assert not doubt(Box(80, 80, 420, 320))
    assert not doubt(Box(580, 400, 920, 600))
    assert doubt.touches(column(600))
    assert not doubt.touches(column(100))


def test_a_little_doubt_is_not_worth_a_look() -> None:
    doubt = doubtful(ink_of(printed(100)), read(100)[1:], SEEN, BODY)
    assert doubt.touches(column(100))
    assert not doubt(WHOLE)


def test_ink_without_any_chance_of_text_is_not_doubtful() -> None:
    unseen = np.zeros((60, 120), np.float32)
    assert not doubtful(ink_of(printed(100, 600)), read(100), unseen, BODY)(WHOLE)


def test_lines_read_badly_are_looked_at_again() -> None:
    doubt = doubtful(ink_of(printed(100)), read(100, 0.4), SEEN, BODY)
    assert doubt(WHOLE)
    assert doubt.touches(column(100))


def test_rules_are_not_dense_enough_to_be_text() -> None:
    page = printed(100)
    for top in range(400, 600, 30):
        page[top : top + 3, 50:1150] = 0
    assert not doubtful(ink_of(page), read(100), SEEN, BODY)(WHOLE)


def test_a_column_is_as_thin_as_the_body_and_reads_like_text() -> None:
    assert is_column((column(100), reading(TEXT, 0.8)), BODY)
    assert not is_column((column(100), reading(TEXT, 0.5)), BODY)
    assert not is_column((column(100, thickness=40), reading(TEXT, 0.8)), BODY)
    assert not is_column((column(100), reading("中", 0.9)), BODY)
    for ornament in ("※※※※※※", "一一一一一口", "、、、報、、、、"):
        assert not is_column((column(100), reading(ornament, 0.9)), BODY)


def test_of_lines_that_cover_each_other_the_better_read_stands() -> None:
    bad, beside = (column(100), reading(TEXT, 0.5)), (column(140), reading(TEXT, 0.9))
    good = column(104, 102), reading(TEXT, 0.9)
    assert with_more([bad, beside], [good]) == [1, 2]
    assert with_more([bad, beside], [(good[0], reading(TEXT, 0.45))]) == [0, 1]
    assert with_more([], []) == []


def test_a_line_read_well_gives_way_to_a_closer_look_only() -> None:
    one, other = (column(100), reading(TEXT, 0.95)), (column(102), reading(TEXT, 0.9))
    assert with_more([one, other], []) == [0, 1]
    assert with_more([other], [one]) == [1]


def test_the_body_is_the_thickness_of_most_characters() -> None:
    lines = [(column(100), reading(TEXT, 0.9)), (column(200, thickness=60), reading("報", 0.9))]
    assert body_of(lines) == BODY
    assert body_of([]) == 0.0

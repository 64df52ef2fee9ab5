from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baoguan.ocr.lines import Strip
from baoguan.ocr.recognise import NONE, Chances, Glyph, Reading, Slot
from baoguan.ocr.sheet import Affine
from baoguan.ocr.upright import calibrated, cells_of, in_doubt, upright_row, voted


def test_each_slot_is_a_square_of_the_row() -> None:
    strip = Strip(np.full((30, 120), 255, np.uint8), Affine(), down=True)
    slots = [Slot((i + 0.5) / 4, {"報": 1.0}) for i in range(4)]
    assert upright_row(strip, [slot.place for slot in slots]).shape == (30, 120)


def test_a_cell_holds_the_most_of_each_character_and_the_least_of_none() -> None:
    steps = ({NONE: 0.9, "報": 0.1}, {NONE: 0.2, "報": 0.8}, {NONE: 1.0}, {NONE: 0.4, "报": 0.6})
    row = Chances(steps, 4.0)
    assert cells_of(row, 2) == [{NONE: 0.2, "報": 0.8}, {NONE: 0.4, "报": 0.6}]
    assert cells_of(row, 2, frozenset("报")) == [{NONE: 0.2, "報": 0.8}, {NONE: 0.4}]


def test_the_second_reading_counts_a_little_less_and_none_only_where_a_slot_is_open() -> None:
    sure, maybe = Slot(0.2, {"探": 0.6, "採": 0.4}), Slot(0.6, {NONE: 1.0})
    first, second = voted([sure, maybe], [{NONE: 0.1, "採": 0.9}, {NONE: 0.2, "報": 0.8}])
    assert first.options == pytest.approx({"探": 0.6 / 1.7, "採": (0.4 + 0.7 * 0.9) / 1.7})
    assert second.options == pytest.approx({NONE: (1 + 0.7 * 0.2) / 1.7, "報": 0.7 * 0.8 / 1.7})


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_surer_character_is_likelier_right(one: float, other: float) -> None:
    reading = calibrated(Reading((Glyph("報", 0.3, one), Glyph("館", 0.7, other))))
    first, second = (glyph.confidence for glyph in reading.glyphs)
    assert 0 < first < 1
    assert (first <= second) or one >= other


def test_what_is_in_doubt_is_read_again_with_its_neighbours() -> None:
    slots = [Slot((i + 0.5) / 9, {"報": 1.0}) for i in range(9)]
    glyphs = [Glyph("報", slot.place, 0.98) for slot in slots]
    assert in_doubt(slots, Reading(tuple(glyphs))) == []
    glyphs[0] = Glyph("報", slots[0].place, 0.6)
    assert in_doubt(slots, Reading(tuple(glyphs))) == [(0, 2)]
    gap = [*slots[:5], Slot(slots[5].place, {NONE: 1.0}), *slots[6:]]
    assert in_doubt(gap, Reading(tuple(glyphs[:5] + glyphs[6:]))) == [(0, 2), (4, 7)]

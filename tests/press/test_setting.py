"""The laws of setting a line."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baoguan.model import Direction
from press.fonts import Face, FontMissing, Script, font
from press.setting import NEVER_FIRST, NEVER_LAST, Type, break_lines, place

TYPE = Type(Face.SONG, Script.SIMPLIFIED, 28)

try:
    font(Face.SONG, Script.SIMPLIFIED, 28)
except FontMissing as missing:
    pytest.skip(str(missing), allow_module_level=True)

hanzi = st.text("一二三城江水月日報纸新闻风雨", min_size=1, max_size=9)
mark = st.sampled_from("，。、；？！")
sentence = st.builds(lambda words, end: words + end, hanzi, mark)
quoted = st.builds(lambda words: f"“{words}”", hanzi)
figure = st.sampled_from(["1958", "3.5", "24%"])
paragraph = st.lists(st.one_of(sentence, quoted, figure), min_size=1, max_size=12).map("".join)
measures = st.integers(min_value=8, max_value=20).map(lambda characters: characters * 28)


@given(st.lists(paragraph, min_size=1, max_size=4), measures)
def test_no_character_is_lost_or_set_twice(paragraphs: list[str], measure: int) -> None:
    lines = break_lines(paragraphs, measure, TYPE)
    assert "".join(line.text for line in lines) == "".join(paragraphs)


@given(paragraph, measures)
def test_every_line_stays_within_its_measure(text: str, measure: int) -> None:
    for line in break_lines([text], measure, TYPE):
        length = line.indent + TYPE.length(line.text) + line.tracking * (len(line.text) - 1)
        assert length <= measure + 0.5


@given(paragraph, measures)
def test_all_lines_but_the_last_fill_the_measure(text: str, measure: int) -> None:
    *full, _ = break_lines([text], measure, TYPE)
    for line in full:
        length = line.indent + TYPE.length(line.text) + line.tracking * (len(line.text) - 1)
        assert length == pytest.approx(measure, abs=0.5) or len(line.text) == 1


@given(st.lists(sentence, min_size=1, max_size=12).map("".join), measures)
def test_no_line_begins_with_a_point(text: str, measure: int) -> None:
    for line in break_lines([text], measure, TYPE)[1:]:
        assert line.text[0] not in NEVER_FIRST


@given(st.lists(quoted, min_size=1, max_size=6).map("".join), measures)
def test_no_line_ends_with_an_opening_quote(text: str, measure: int) -> None:
    for line in break_lines([text], measure, TYPE):
        assert line.text[-1] not in NEVER_LAST


@given(hanzi, st.sampled_from(list(Direction)))
@settings(max_examples=60)
def test_characters_follow_each_other_in_the_direction_of_the_line(
    text: str, direction: Direction
) -> None:
    glyphs = place(text, direction, 500, 100, TYPE, tracking=2).glyphs
    for before, after in itertools.pairwise(glyphs):
        if direction is Direction.VERTICAL_RL:
            assert (after.left, after.top) == (before.left, before.top + 30)
        elif direction is Direction.HORIZONTAL_RTL:
            assert (after.left, after.top) == (before.left - 30, before.top)
        else:
            assert (after.left, after.top) == (before.left + 30, before.top)


def test_a_space_moves_on_and_prints_nothing() -> None:
    line = place("上　下", Direction.HORIZONTAL_LTR, 0, 0, TYPE)
    assert line.text == "上下"
    assert line.glyphs[1].left == 56

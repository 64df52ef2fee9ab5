from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from baoguan.ocr.recognise import Glyph, Reading, decode, edges, runs_of, with_full_width
from baoguan.ocr.upright import voted

ALPHABET = ["", "江", "城", "报", " "]


def chances(classes: list[int]) -> np.ndarray:
    table = np.full((len(classes), len(ALPHABET)), 0.02, np.float32)
    table[np.arange(len(classes)), classes] = 0.92
    return table


def test_repeated_steps_are_one_character_and_blanks_part_two() -> None:
    assert decode(chances([0, 1, 1, 0, 1, 2, 0]), ALPHABET).text == "江江城"


def test_spaces_at_the_ends_are_no_characters() -> None:
    assert decode(chances([4, 0, 3, 0, 4]), ALPHABET).text == "报"


def test_what_the_padding_seems_to_hold_is_not_read() -> None:
    assert decode(chances([1, 0, 2, 0, 0, 0, 3, 3]), ALPHABET, used=0.5).text == "江城"


def test_places_run_from_0_to_1_along_the_strip() -> None:
    places = [glyph.place for glyph in decode(chances([1, 0, 0, 2]), ALPHABET).glyphs]
    assert places == [0.125, 0.875]


@given(st.lists(st.integers(0, 3), max_size=40))
def test_runs_cover_all_steps_once(values: list[int]) -> None:
    runs = runs_of(np.array(values, np.int64))
    assert [i for first, last in runs for i in range(first, last + 1)] == list(range(len(values)))


@given(st.lists(st.floats(0.01, 0.99), min_size=1, max_size=30, unique=True))
def test_boxes_touch_and_do_not_overlap(places: list[float]) -> None:
    places.sort()
    strip = np.full((32, 600), 255, np.uint8)
    at = edges(places, strip)
    assert len(at) == len(places) + 1
    assert all(0 <= a <= 600.5 for a in at)


def test_characters_are_parted_at_the_ink_between_them() -> None:
    strip = np.full((32, 120), 255, np.uint8)
    for start in (2, 34, 66, 98):
        strip[4:28, start : start + 20] = 0
    places = [(start + 12) / 120 for start in (2, 34, 66, 98)]
    for edge, gap in zip(edges(places, strip)[1:-1], (28, 60, 92), strict=True):
        assert abs(edge - gap) < 7


def test_punctuation_between_han_is_full_width_and_beside_latin_as_it_was() -> None:
    def said(text: str) -> str:
        return "".join(g.text for g in with_full_width([Glyph(c, 0.5, 1.0) for c in text]))

    assert said("不止°昨日") == "不止。昨日"
    assert said("(記者)說:好!") == "（記者）說：好！"
    assert said("氣溫28°C") == "氣溫28°C"
    assert said("第(3)版f(x)") == "第(3)版f(x)"


def test_what_a_vote_does_not_choose_is_kept_with_its_share() -> None:
    first = Reading((Glyph("探", 0.5, 0.6, (("採", 0.4),)),))
    second = Reading((Glyph("採", 0.5, 0.8, (("探", 0.1),)),))
    (glyph,) = voted(first, second).glyphs
    assert glyph.text == "採"
    assert glyph.others == (("探", 0.35),)

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from baoguan.ocr.recognise import (
    NONE,
    Chances,
    Glyph,
    alphabet_of,
    chances_of,
    edges,
    likeliest,
    runs_of,
    slots_of,
    with_full_width,
    with_gaps,
)

ALPHABET = alphabet_of("江城报")


def table(classes: list[int]) -> np.ndarray:
    chances = np.full((len(classes), len(ALPHABET)), 0.02, np.float32)
    chances[np.arange(len(classes)), classes] = 0.92
    return chances


def said(classes: list[int], used: float = 1.0, never: str = "") -> str:
    slots = slots_of(chances_of(table(classes), ALPHABET, used), frozenset(never))
    return "".join(max(slot.options, key=lambda text: slot.options[text]) for slot in slots)


def test_repeated_steps_are_one_character_and_blanks_part_two() -> None:
    assert said([0, 1, 1, 0, 1, 2, 0]) == "江江城"


def test_spaces_at_the_ends_are_no_characters() -> None:
    assert said([4, 0, 3, 0, 4]) == "报"


def test_what_the_padding_seems_to_hold_is_not_read() -> None:
    assert said([1, 0, 2, 0, 0, 0, 3, 3], used=0.5) == "江城"


def test_the_likeliest_characters_are_those_of_the_best_path() -> None:
    steps = ({"江": 0.9}, {"江": 0.8}, {NONE: 0.9}, {"江": 0.7}, {}, {"城": 0.6, "报": 0.4})
    assert list(likeliest(Chances(steps, 6.0))) == ["江", "江", "城"]


def test_what_is_never_printed_is_not_read() -> None:
    assert said([1, 0, 3, 0, 2], never="报") in ("江城", "江江城", "江城城")
    assert "报" not in said([3, 3, 0, 3], never="报")


def test_places_run_from_0_to_1_along_the_strip() -> None:
    slots = slots_of(chances_of(table([1, 0, 0, 2]), ALPHABET))
    assert [slot.place for slot in slots] == [0.125, 0.875]


def test_a_peak_just_under_none_may_stand_and_one_beside_a_character_may_not() -> None:
    sure, none, maybe = {"江": 0.9}, {NONE: 0.99}, {NONE: 0.7, "城": 0.3}
    steps = [sure, none, none, sure, none, none, sure, none, none, maybe, none, none, sure]
    assert [slot.open for slot in slots_of(Chances(tuple(steps), 13.0))] == [
        *[False] * 3,
        True,
        False,
    ]
    steps[9], steps[11] = none, maybe
    assert not any(slot.open for slot in slots_of(Chances(tuple(steps), 13.0)))


def test_a_long_gap_is_given_empty_slots() -> None:
    slots = slots_of(chances_of(table([1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1]), ALPHABET))
    assert [slot.options == {NONE: 1.0} for slot in with_gaps(slots)] == [
        *[False] * 3,
        *[True] * 2,
        False,
    ]


@given(st.lists(st.sampled_from("江城报"), max_size=40))
def test_runs_cover_all_steps_once(values: list[str]) -> None:
    runs = runs_of(values)
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
    def printed(text: str) -> str:
        return "".join(g.text for g in with_full_width([Glyph(c, 0.5, 1.0) for c in text]))

    assert printed("不止°昨日") == "不止。昨日"
    assert printed("(記者)說:好!") == "（記者）說：好！"
    assert printed("氣溫28°C") == "氣溫28°C"
    assert printed("第(3)版f(x)") == "第(3)版f(x)"
